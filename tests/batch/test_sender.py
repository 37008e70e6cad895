"""Who stands as sender on the sheet for the post, and where an answer to a letter goes."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.domain.person import Person
from pirights.workflow.desk import Desk
from tests.batch import clinic
from tests.batch.clinic import client
from tests.batch.spreadsheet import sheets
from tests.needs import program

LAWYER = {"name": "王律师", "phone": "13900000777", "email": ""}
LAWYERS_OWN = "杭州市西湖区文三路1号"
HEADINGS = ("寄件人 sender", "寄件电话 sender's telephone", "寄件地址 sender's address")


@program("soffice")
@pytest.mark.parametrize("address", [LAWYERS_OWN, ""])
@pytest.mark.parametrize("capacity", ["agent", "guardian"])
def test_name_telephone_and_address_are_of_one_person(
    desk: Desk, tmp_path: Path, capacity: str, address: str
) -> None:
    owner = desk.vault.get(Person, 1)
    with desk.vault.change(now=desk.now) as change:
        change.replace(
            replace(owner, address=address, name=LAWYER["name"], phone=LAWYER["phone"], email=""),
            kind="person.edited",
        )
    row = client(1, capacity=capacity, person_id_number="")
    ran = clinic.run(desk, clinic.sheet(tmp_path / "s.csv", [row]), tmp_path / "out")
    assert ran.made == 1
    sender = of_first(tmp_path / "out" / "labels.xlsx")
    told = [one for one in ran.notices if "the client is the sender of 1 letters" in str(one)]
    (letter,) = [one for one in (tmp_path / "out").glob("P*/*.txt") if "poa" not in one.name]
    text = letter.read_text(encoding="utf-8")
    mine = row["person_name"], row["person_phone"], row["person_address"]
    if address:
        assert sender == (LAWYER["name"], LAWYER["phone"], address)
        assert not told
        assert row["person_address"] not in text
    else:
        assert sender == mine
        assert len(told) == 1
        assert row["person_address"] in text
        assert LAWYER["phone"] not in text


def of_first(path: Path) -> tuple[str, ...]:
    """The sender of the first letter: name, telephone, address."""
    (found,) = sheets(path).values()
    said: Mapping[str, str] = dict(zip(found[0], found[1], strict=True))
    return tuple(said[name] for name in HEADINGS)
