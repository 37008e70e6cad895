"""Names, addresses and telephone numbers: what people have passes, what can be none is told."""

import pytest

from pirights.batch import contact_cells
from pirights.errors import BadInput


@pytest.mark.parametrize(
    "number",
    [
        *("13900000137", "+86 139 0000 0137", "+86-139-0000-0137", "0086 13900000137"),
        *("0571-88888888", "(0571) 88888888", "（0571）8888 8888", "0571-8888 8888转801"),
        *("0571-87654321 转 8", "0571-88888888 内线 801", "0571-88888888 分机号801"),
        *("400-820-8820", "4008208820", "400 820 8820 转接 1", "95588", "12345"),
        *("88888888", "010\u201488888888", "010\u20138888 8888", "+1 (415) 555-2671 ext. 12"),
        *(
            "0571-88888888#801",
            "0571-88888888 x801",
            "\uff10５７１－８８８８８８８８",
            "010.8888.8888",
        ),
    ],
)
def test_a_telephone_number_as_people_write_it_is_taken(number: str) -> None:
    assert contact_cells.phone(number, "person_phone")


@pytest.mark.parametrize(
    "number",
    [
        *("abc", "1234", "1" * 21, "无", "13900000137/13900000138", "13900000137、0571-88888888"),
        *("13900000137 (mother)", "电话13900000137", "13900000137;13900000138"),
        *("wang@mail.example", "1" * 5 + "转" * 90 + "!"),
    ],
)
def test_what_can_be_no_telephone_number_is_told(number: str) -> None:
    with pytest.raises(BadInput, match="no single telephone number"):
        contact_cells.phone(number, "person_phone")


@pytest.mark.parametrize(
    "address",
    [
        *("wang@mail.example", "Wang.Xiao-Ming+pi@sub.mail.com.cn", "12345@qq.com"),
        *("王小明@邮箱.中国", "josé@correo.example", "o'neil@mail.example", "a_b@xn--fiqs8s.cn"),
        "wang＠mail．example",
    ],
)
def test_an_address_as_people_have_it_is_taken(address: str) -> None:
    assert "@" in contact_cells.email(address, "person_email")


@pytest.mark.parametrize(
    "address",
    [
        *("not an email", "x y z", "@mail.example", "wang@", "wang@localhost", "wang@.example"),
        *("wang@mail..example", "wang@-mail.example", "wang wang@mail.example", "无", "a@b.c."),
        *("Wang <wang@mail.example>", "mailto:wang@mail.example", "w" * 65 + "@mail.example"),
    ],
)
def test_what_can_be_no_address_is_told(address: str) -> None:
    with pytest.raises(BadInput, match="no e-mail address, as in"):
        contact_cells.email(address, "person_email")


@pytest.mark.parametrize("sign", [";", "；", ",", " ", "、", "/"])
def test_several_addresses_are_refused_and_that_is_said(sign: str) -> None:
    with pytest.raises(BadInput, match="more than one e-mail address; give one alone"):
        contact_cells.email(f"a@mail.example{sign}b@mail.example", "person_email")


@pytest.mark.parametrize("cell", ["", " ", "-", "——", "/", "…"])
def test_signs_that_stand_for_nothing_are_nothing(cell: str) -> None:
    assert contact_cells.email(cell, "e") == contact_cells.phone(cell, "p") == ""
    assert contact_cells.name(cell, "n") == ""


@pytest.mark.parametrize(
    "name", ["王小明", "Ó Briain", "阿卜杜拉·买买提", "360公司", "7-Eleven", "𠮷野"]
)
def test_a_name_has_a_letter(name: str) -> None:
    assert contact_cells.name(name, "person_name") == name


@pytest.mark.parametrize("name", ["12345", "7-11", "１２３", "+86 139"])
def test_digits_and_signs_are_no_name(name: str) -> None:
    with pytest.raises(BadInput, match="no name"):
        contact_cells.name(name, "person_name")
