"""Parts of a picture to hide, in percent of what one sees."""

import pytest

from pirights.domain import mask
from pirights.domain.mask import Mask
from pirights.errors import BadInput


@pytest.mark.parametrize(
    "text",
    ["E003:40,10,15,20.5", "3:40,10,15,20.5", "e3：40，10，15，20.5", "E3: 40%, 10%, 15%, 20.5%"],
)
def test_a_mask_is_read_however_it_is_typed(text: str) -> None:
    assert mask.parse(text) == Mask(exhibit=3, left=40, top=10, width=15, height=20.5)


def test_the_whole_picture_may_be_hidden() -> None:
    assert mask.parse("E001:0,0,100,100").box == (0, 0, 100, 100)


@pytest.mark.parametrize("text", ["E003:90,0,10.1,5", "E003:0,50,5,51", "3:101,0,1,1"])
def test_a_mask_that_reaches_beyond_the_picture_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(BadInput, match=text) as refused:
        mask.parse(text)
    assert "beyond the picture" in str(refused.value)
    assert refused.value.hint is not None


@pytest.mark.parametrize(
    "text",
    ["", "E003", "E003:", "E003:1,2,3", "E003:1,2,3,4,5", "E003:a,2,3,4", "x:1,2,3,4",
     "E003:-1,2,3,4", "E003:nan,2,3,4", "E003:1e1,2,3,4", "E003:1,2,inf,4", "E003:1,2,0,4",
     "E003:1,2,3,0.0", ":1,2,3,4"],
)  # fmt: skip
def test_what_is_no_mask_is_refused_with_the_form_it_should_have(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        mask.parse(text)
    assert "E003:40,10,15,20" in str(refused.value.hint)


@pytest.mark.parametrize("text", ["E003/2:40,10,15,20", "3/02：40，10，15，20"])
def test_a_mask_may_name_the_second_file_of_an_exhibit(text: str) -> None:
    assert mask.parse(text) == Mask(exhibit=3, file=2, left=40, top=10, width=15, height=20)
