"""Copy first, delete afterwards."""

import pytest

from pirights.domain.case import Case, Outcome
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.errors import NotNextStep
from pirights.workflow import cases, directory, rendering, requests
from pirights.workflow.desk import Desk
from tests.workflow.office import begun, case, kinds, park, said, scan


def test_copy_and_deletion_together_become_a_letter_of_two_steps_by_themselves(
    desk: Desk,
) -> None:
    scan(desk, park(desk))
    opened = case(desk, Right.DELETE, Right.COPY)
    assert {item.right for item in opened.letter.items if item.after_receipt} == {Right.DELETE}
    assert "goes in two steps" in said(opened.notices)
    assert "--delete-now" in said(opened.notices)
    assert "本请求分两步进行" in rendering.text_of(desk, opened.case.ref)[1]
    assert not opened.case.delete_now


def test_deletion_alone_is_an_ordinary_request_with_one_line_of_advice(desk: Desk) -> None:
    scan(desk, park(desk))
    opened = case(desk, Right.DELETE)
    assert said(opened.notices) == (
        "Deletion destroys evidence. If you may need it, ask for a copy too (right: copy)."
    )
    assert not any(item.after_receipt for item in opened.letter.items)


def test_a_request_without_deletion_hears_nothing_of_it(desk: Desk) -> None:
    scan(desk, park(desk))
    assert case(desk, Right.COPY, Right.ACCESS).notices == ()


def test_deletion_alone_waits_while_a_copy_is_open_with_the_same_handler(desk: Desk) -> None:
    ref = begun(desk, Right.COPY)
    with pytest.raises(NotNextStep, match=f"In case {ref}") as caught:
        case(desk, Right.DELETE)
    assert caught.value.exit_code == 11
    assert "--delete-now" in str(caught.value.hint)
    assert desk.vault.count(Case) == 1


def test_the_two_step_letter_itself_is_an_open_copy(desk: Desk) -> None:
    begun(desk, Right.COPY, Right.DELETE)
    with pytest.raises(NotNextStep):
        case(desk, Right.DELETE, Right.WITHDRAW)


def test_whoever_insists_may_delete_at_once_and_the_journal_keeps_it(desk: Desk) -> None:
    begun(desk, Right.COPY)
    before = kinds(desk).count("case.deletion-insisted")
    opened = case(desk, Right.DELETE, delete_now=True)
    assert opened.case.delete_now
    assert "as you said" in said(opened.notices)
    (row,) = [row for row in desk.vault.journal_rows() if row.kind == "case.deletion-insisted"]
    assert (before, row.subject) == (0, opened.case.ref)


def test_insisting_turns_the_two_steps_into_one(desk: Desk) -> None:
    scan(desk, park(desk))
    opened = case(desk, Right.COPY, Right.DELETE, delete_now=True)
    assert not any(item.after_receipt for item in opened.letter.items)
    assert "两步" not in rendering.text_of(desk, opened.case.ref)[1]


def test_a_preview_that_insists_leaves_no_trace_in_the_journal(desk: Desk) -> None:
    from pirights.workflow.wish import Wish

    begun(desk, Right.COPY)
    before = kinds(desk)
    requests.preview(desk, Wish(handler=1, rights=(Right.DELETE,), delete_now=True))
    assert kinds(desk) == before


def test_an_open_access_request_does_not_hold_deletion_up(desk: Desk) -> None:
    begun(desk, Right.ACCESS)
    assert case(desk, Right.DELETE).letter.items


def test_a_closed_case_does_not_hold_deletion_up_until_it_is_taken_up_again(desk: Desk) -> None:
    ref = begun(desk, Right.COPY)
    cases.close(desk, ref, outcome=Outcome.FULL)
    deletion = case(desk, Right.DELETE).case.ref
    cases.close(desk, deletion, outcome=Outcome.FULL)
    cases.reopen(desk, ref)
    with pytest.raises(NotNextStep):
        case(desk, Right.DELETE)


def test_copies_of_another_person_or_from_another_handler_do_not_count(desk: Desk) -> None:
    begun(desk, Right.COPY)
    directory.add_person(desk, Person(id=0, name="王样例"))
    assert case(desk, Right.DELETE, person=2).letter.items
    other = park(desk, "别的公司")
    scan(desk, other)
    assert case(desk, Right.DELETE, handler=other.id).letter.items
