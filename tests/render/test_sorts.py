"""Characters become the sorts of their language, and read as themselves."""

from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.document import Language
from pirights.render import fonts
from pirights.render.sorts import CHARACTERS, NAMES, TWO_EM_DASH, cast, read, without_invisible

texts = st.text(st.sampled_from("中文ab ‘’“”——…—\u200b\n"), max_size=30)


@given(texts, st.sampled_from(Language))
def test_what_is_set_reads_as_what_was_written(text: str, language: Language) -> None:
    assert read(cast(text, language)) == without_invisible(text)


def test_a_chinese_dash_is_one_stroke_two_squares_wide() -> None:
    assert cast("原件——复印件", Language.ZH) == f"原件{TWO_EM_DASH}复印件"
    for face in (fonts.SERIF, fonts.SANS):
        assert fonts.advances(face)[TWO_EM_DASH] == 2.0


def test_quotes_are_narrow_in_english_and_square_in_chinese() -> None:
    serif = fonts.advances(fonts.SERIF)
    assert all(serif[sort] == 1.0 for sort in cast("“”‘’", Language.ZH))
    assert all(serif[sort] < 0.5 for sort in cast("“”‘’", Language.EN))


def test_an_apostrophe_inside_a_latin_word_is_narrow_in_chinese_too() -> None:
    assert fonts.advances(fonts.SERIF)[cast("don’t", Language.ZH)[3]] < 0.5


def test_every_sort_has_a_name_and_a_reading() -> None:
    assert NAMES.keys() == CHARACTERS.keys()
