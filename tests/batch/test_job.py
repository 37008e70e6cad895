"""The work on one row: values in, values out, and no fault of a row stops another."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar, cast

import pytest

from pirights.batch.job import Done, Job, do
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.errors import message
from pirights.workflow import request_writing
from pirights.workflow.request_writing import Asking
from pirights.workflow.wish import Wish
from tests.workflow import office

T = TypeVar("T")

SCAN = Encounter(
    id=0,
    at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
    place="东门3号闸机",
    venue=Venue.RESIDENTIAL,
)
RARE = "\U0002b820"
"""A character of extension E, which the fonts lack."""


def asking(
    *, person: Person | None = None, handler: str = "杭州样例物业", place: str = "东门"
) -> Asking:
    return Asking(
        wish=Wish(handler=0, rights=(Right.ACCESS,)),
        person=person or Person(id=0, name="样例居民"),
        handler=Handler(id=0, name=handler),
        encounters=(replace(SCAN, place=place),),
        ref="PR-2026-7K3M9QX-C",
        on=office.TODAY,
        zone="Asia/Shanghai",
    )


def job(said: Asking, *forms: Form) -> Job:
    return Job(row=7, forms=forms or (Form.TXT,), asking=said)


def test_a_letter_is_rendered_in_each_form_with_the_pages_of_its_pdf() -> None:
    done = do(job(asking(), Form.PDF, Form.TXT))
    assert done.problem is None
    pdf, text = done.files
    assert (pdf.form, pdf.data[:5], pdf.pages >= 1) == (Form.PDF, b"%PDF-", True)
    assert (text.form, text.pages) == (Form.TXT, 0)
    assert "样例居民" in text.data.decode()


def test_a_row_is_told_of_the_two_steps_and_not_of_an_option_that_it_lacks() -> None:
    wish = Wish(handler=0, rights=(Right.COPY, Right.DELETE))
    told = office.said(do(job(replace(asking(), wish=wish))).notices)
    assert "goes in two steps" in told
    assert "add --delete-now" not in told
    assert "A sheet cannot ask for both at once; for one client, `pirights request new`" in told


def test_a_job_and_what_comes_of_it_can_go_to_another_process() -> None:
    said = job(asking(person=Person(id=0, name="样例居民", capacity=Capacity.SELF)))
    assert sent(said) == said
    done = do(said)
    assert sent(done) == done
    told = sent(Done(row=1, problem=message("{name} is empty.", name="x")))
    assert str(told.problem) == "x is empty."


def sent(value: T) -> T:
    """What arrives of a value in another process."""
    return cast("T", pickle.loads(pickle.dumps(value)))  # noqa: S301 (our own octets)


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (asking(person=Person(id=0, name=RARE)), "person_name"),
        (asking(person=Person(id=5, name="样", address=RARE)), "person_address"),
        (asking(handler=RARE), "handler_name"),
        (asking(place=RARE), "place"),
    ],
)
def test_a_character_without_glyph_is_told_of_its_column(said: Asking, column: str) -> None:
    done = do(job(said))
    assert (done.row, done.column, done.files) == (7, column, ())
    assert "no glyph" in str(done.problem)


def test_a_row_that_cannot_be_written_says_why() -> None:
    done = do(job(replace(asking(), encounters=(replace(SCAN, at=office.NOW.replace(year=2027)),))))
    assert "before encounter" in str(done.problem)


def test_a_bug_in_one_row_is_told_of_that_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret words of a client")

    monkeypatch.setattr(request_writing, "written", broken)
    done = do(job(asking()))
    assert "bug in pirights: KeyError" in str(done.problem)
    assert "secret" not in str(done.problem)


def test_an_agent_has_a_power_and_is_told_so_once() -> None:
    said = asking(person=Person(id=0, name="样例居民", capacity=Capacity.AGENT))
    done = do(job(replace(said, actor=Person(id=1, name="律师"))))
    assert [file.enclosure for file in done.files] == [False, True]
    told = office.said(done.notices)
    assert "power of attorney lies beside" in told
    assert "request render" not in told
