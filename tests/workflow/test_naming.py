"""Who is named where: short names, words with quotation marks, references torn at a line's end."""

import pytest

from pirights.domain.case import CaseNote
from pirights.domain.person import Person
from pirights.workflow import cases, directory, naming
from pirights.workflow.desk import Desk
from tests.workflow import office


def noted(text: str) -> CaseNote:
    return CaseNote(id=1, ref="PR-2026-7K3M9QX-C", on=office.TODAY, text=text)


@pytest.mark.parametrize(
    ("particulars", "text"),
    [
        ({"name": "彭乙"}, "与彭乙同住"),
        ({"name": "彭乙二"}, "与彭乙二同住"),
        ({"name": "欧阳乙二三"}, "见欧阳乙二三所述"),
        ({"name": 'Peng "Yi"'}, 'seen with Peng "Yi" there'),
        ({"name": "彭", "phone": "13900000302"}, "电话13900000302"),
        ({"name": "彭", "address": "宁波市\\乙路2号"}, "住宁波市\\乙路2号三楼"),
    ],
)
def test_somebody_else_is_found_by_any_particular(
    desk: Desk, particulars: dict[str, str], text: str
) -> None:
    directory.add_person(desk, Person(id=0, **{"name": "无名", **particulars}))  # type: ignore[arg-type]  # texts
    owner = directory.person(desk, 1)
    found = naming.of_others(
        desk, [noted(text), noted("无关")], but=[owner], refs=["PR-2026-7K3M9QX-C"]
    )
    assert found == ("PR-2026-7K3M9QX-C",)
    assert naming.of_others(desk, [noted("无关")], but=[owner], refs=["PR-2026-7K3M9QX-C"]) == ()


def test_who_may_be_named_is_not_told_and_a_name_of_one_letter_is_not_looked_for(
    desk: Desk,
) -> None:
    twin = directory.add_person(desk, Person(id=0, name="彭"))
    directory.add_person(desk, Person(id=0, name="林知远"))  # of the owner's own name
    owner = directory.person(desk, 1)
    told = noted("林知远与彭同住")
    assert naming.words_of(twin) == ()
    assert naming.of_others(desk, [told], but=[owner], refs=[told.ref]) == ()


def test_a_reference_of_another_case_is_found_however_it_is_torn() -> None:
    assert naming.has_other_refs({"text": ["see PR-2026-\n7K3M9QX-C"]}, ["PR-2026-0000000-0"])
    assert not naming.has_other_refs({"text": "see PR-2026-7K3M9QX-C"}, ["PR-2026-7K3M9QX-C"])


def test_what_was_corrected_since_is_found_in_the_journal(desk: Desk) -> None:
    ref = office.begun(desk)
    cases.note(desk, ref, "与彭乙二同住")
    directory.edit_handler(desk, 1, {"source": "彭乙二所告"})
    directory.edit_handler(desk, 1, {"source": "网页"})
    assert naming.in_vault(desk, ["彭乙二"], but=[]) == (ref, "H1")
    handler = directory.handler(desk, 1)
    assert naming.in_vault(desk, ["彭乙二"], but=[handler]) == (ref,)
    assert naming.in_vault(desk, [], but=[]) == ()
