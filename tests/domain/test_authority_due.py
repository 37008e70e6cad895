"""The time of an authority: only where a law that was read gives a number."""

from dataclasses import replace
from datetime import date

import pytest

from pirights import rule_data
from pirights.domain.authority_due import authority_due, has_period
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.period import Force
from pirights.domain.reply import Reply, ReplyKind

REF = "PR-2026-7K3M9QX-C"
DAY = date(2026, 9, 22)


def paper(kind: str = "consumer", body: str = "market-12315", arrived: date | None = DAY) -> Letter:
    return Letter(
        id=4,
        ref=REF,
        number=4,
        kind=kind,
        on=DAY,
        letters=Letters.ZH,
        handler_name="",
        items=(),
        document=Document(title="", letters=Letters.ZH, reference=REF, on=DAY, blocks=()),
        arrived_on=arrived,
        body=body,
    )


def due(letter: Letter, *replies: Reply) -> Deadline | None:
    return authority_due(letter, replies, rule_data.periods())


def test_seven_working_days_over_mid_autumn_and_national_day() -> None:
    # Tuesday 22 September 2026, by hand: 23, 24 (2); 25-27 off; 28, 29, 30 (5); 1-7 October off;
    # 8 and 9 October (7).
    found = due(paper())
    assert found is not None
    assert (found.id, found.on, found.start) == ("authority", date(2026, 10, 9), DAY)
    assert (found.force, found.basis, found.letter) == (Force.STATUTORY, "cpl:46", 4)
    assert not found.provisional


def test_a_make_up_saturday_counts() -> None:
    # Wednesday 30 September: 8, 9 October (2); Saturday the 10th is worked (3); 12-15 (7).
    found = due(paper(arrived=date(2026, 9, 30)))
    assert found is not None
    assert found.on == date(2026, 10, 15)


def test_over_the_year_end_the_day_is_provisional() -> None:
    found = due(paper(arrived=date(2029, 12, 28)))
    assert found is not None
    assert found.provisional
    assert found.guessed_year == 2030


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("consumer", "consumer-association"),
        ("consumer", ""),
        ("regulator", "local-cac"),
        ("regulator", "pboc-branch"),
        ("police", "public-security"),
        ("procuratorate", "procuratorate"),
        ("court", ""),
    ],
)
def test_no_other_body_is_given_a_number(kind: str, body: str) -> None:
    assert not has_period(paper(kind, body))
    assert due(paper(kind, body)) is None


def test_it_runs_from_arrival_until_the_authority_answers() -> None:
    assert due(paper(arrived=None)) is None
    answer = Reply(id=1, ref=REF, number=5, on=DAY, kind=ReplyKind.REFUSED, answers=4)
    assert due(paper(), answer) is None
    for still in (
        replace(answer, kind=ReplyKind.ACKNOWLEDGEMENT),
        replace(answer, kind=ReplyKind.AUTO_REPLY),
        replace(answer, answers=0),
        replace(answer, answers=3),
    ):
        assert due(paper(), still) is not None
