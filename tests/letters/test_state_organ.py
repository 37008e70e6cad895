"""A request to the police or a government office says what binds a state organ in particular."""

from dataclasses import replace
from datetime import date

import pytest

from pirights.domain.document import Letters, Paragraph
from pirights.domain.handler import Venue
from pirights.domain.request import Right
from pirights.letters.compose import Brief
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, at_venue, brief, written

RIGHTS = (Right.KNOW, Right.ACCESS, Right.CORRECT, Right.DELETE)


def hall(venue: Venue = Venue.GOVERNMENT, letters: Letters = Letters.ZH) -> Brief:
    told = at_venue(brief(rights=RIGHTS, letters=letters), venue)
    (one,) = told.encounters
    return replace(
        told,
        encounters=(replace(one, place="样例区政务服务中心一楼"),),
        handler=replace(HANDLER, name="样例区政务服务中心", name_en="", email=""),
    )


@pytest.mark.parametrize("venue", [Venue.GOVERNMENT, Venue.POLICE])
def test_it_cites_what_binds_state_organs_beside_the_rest(venue: Venue) -> None:
    asked, document = written(hall(venue))
    cites = {item.id: item.cites for item in asked}
    assert cites["know.kinds"][-1] == "pipl:35"
    assert cites["correct.data"][-1] == "gov-info-2019:41"
    said = "\n".join(one.text for one in document.blocks if isinstance(one, Paragraph))
    assert "第三十三条、第三十四条、第三十七条" in said
    assert "告知将妨碍履行法定职责的，请说明所依据的规定" in said


@pytest.mark.parametrize("venue", [Venue.GOVERNMENT, Venue.POLICE])
def test_the_law_between_equals_is_not_cited_to_it(venue: Venue) -> None:
    told = at_venue(brief(date(2021, 8, 20), date(2026, 11, 20), rights=tuple(Right)), venue)
    asked, document = written(told)
    assert not [key for item in asked for key in item.cites if key.startswith(("civil", "spc"))]
    assert "民法典" not in to_text(document)
    assert all(item.cites for item in asked if item.right is not None)
    company = to_text(written(at_venue(told, Venue.SHOP))[1])
    assert "民法典" in company


def test_no_item_names_a_law_twice() -> None:
    asked, _ = written(hall())
    for item in asked:
        laws = [key.partition(":")[0] for key in item.cites]
        assert len(
            [law for law, before in zip(laws, ["", *laws], strict=False) if law != before]
        ) == len(set(laws)), item.id


def test_a_company_is_told_nothing_of_it() -> None:
    asked, document = written(brief(rights=RIGHTS))
    assert not {"pipl:34", "pipl:35", "gov-info-2019:41"} & {
        key for item in asked for key in item.cites
    }
    assert "国家机关" not in to_text(document)


@pytest.mark.parametrize("letters", list(Letters))
def test_the_letter_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    golden(f"letters/state-organ.{letters}.txt", to_text(written(hall(letters=letters))[1]))
