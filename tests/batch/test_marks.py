"""By what a person is known again."""

import pytest

from pirights.batch import marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13912340077", "+86-139-1234-0077"),
        ("13912340077", "0086 139 1234 0077"),
        ("13912340077", "86 13912340077"),
        ("13912340077", "１３９ １２３４ ００７７"),
        ("0571-88888888", "+86 571 8888 8888"),
        ("0571-88888888 转 801", "(0571) 88888888-801"),
    ],
)
def test_a_telephone_number_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert marks.phone_digits(one) == marks.phone_digits(other)
    assert marks.contact_marks("张三", one, "") == marks.contact_marks("张 三", other, "")


@pytest.mark.parametrize("other", ["13912340078", "+852 1391 2340 0771", "8613912340"])
def test_another_number_is_another(other: str) -> None:
    assert marks.phone_digits("13912340077") != marks.phone_digits(other)


def test_a_mere_name_is_nobodys_mark() -> None:
    assert marks.contact_marks("张三", "", "") == ()
    assert marks.contact_marks("张三", "-", "") == ()
