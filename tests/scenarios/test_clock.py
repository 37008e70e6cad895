"""The clock of a case at the real command line: promises, more time, pauses, and the year's end."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from chinese_calendar import constants

from pirights.domain import calendar
from tests.scenarios.stage import HANDLER, Stage

Case = tuple[Stage, str]


@contextlib.contextmanager
def notices_until(year: int) -> Iterator[None]:
    """Forget every holiday notice after a year's, as if it had not been given yet."""
    with pytest.MonkeyPatch.context() as patch:
        for days in (constants.holidays, constants.workdays, constants.in_lieu_days):
            for day in [day for day in days if day.year > year]:
                patch.delitem(days, day)
        calendar._years.cache_clear()
        try:
            assert calendar.years()[-1] == year
            yield
        finally:
            patch.undo()
            calendar._years.cache_clear()


@pytest.fixture(autouse=True)
def _known_notices() -> Iterator[None]:
    """Keep the tests of the year's end true when the notice for 2027 comes."""
    with notices_until(2026):
        yield


def at(stage: Stage, day: str) -> Stage:
    """The same stage at noon of a day, as the clock in Shanghai has it."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+08:00").astimezone(UTC)
    return stage.having(SOURCE_DATE_EPOCH=str(int(noon.timestamp())))


def arrived(
    stage: Stage,
    day: str,
    *handler: str,
    seen: str = "",
    venue: str = "",
    rights: Sequence[str] = ("access", "delete"),
) -> str:
    """A case whose letter was written, sent and received on one day, recorded that day."""
    then = at(stage, day)
    known = then.data("handler", "add", "--name", HANDLER, *handler)["id"]
    where = ("--place", "东门", "--venue", venue or "scenic-area", "--handler", str(known))
    then.data("log", "add", "--at", f"{seen or day} 09:00", *where)
    asked = [word for right in rights for word in ("--right", right)]
    ref = str(then.data("request", "new", "--handler", str(known), *asked)["ref"])
    then.data("sent", ref, "--channel", "hand", "--at", day)
    then.data("received", ref, "--at", day)
    return ref


def steps(data: dict[str, Any]) -> str:
    return "\n".join(data["steps"])


def says(data: dict[str, Any], *words: str) -> bool:
    """One step says all of these words."""
    return any(all(word in step for word in words) for step in data["steps"])


# --- National Day 2026


def test_a_promise_over_national_day_names_every_day_it_left_out(stage: Stage) -> None:
    # Wednesday 16 September 2026, by hand: 17, 18 (2); Sunday the 20th is worked (3); 21-24 (7);
    # 28-30 (10); 8, 9 October (12); Saturday the 10th is worked (13); 12 and 13 (15).
    ref = arrived(stage, "2026-09-16", "--policy-days", "15wd")
    told = at(stage, "2026-09-17").data("law", "deadline", ref)
    assert (told["ref"], told["due"], told["force"]) == (ref, "2026-10-13", "promise")
    assert (told["start"], told["provisional"], told["was"]) == ("2026-09-16", False, None)
    for one in (
        "The handler's own published rules promise 15 working days.",
        "Weekends, not counted: 2026-09-19, 2026-10-11.",
        "The last day is 2026-10-13.",
    ):
        assert one in told["steps"]
    assert says(told, "Mid-Autumn Festival", "not counted: 2026-09-25/2026-09-27.")
    assert says(told, "National Day", "not counted: 2026-10-01/2026-10-07.")
    assert says(told, "Make-up", "调休", ", counted: 2026-09-20, 2026-10-10.")
    chinese = at(stage, "2026-09-17").data("law", "deadline", ref, "--lang", "zh")
    assert says(chinese, "国庆节", "不计入", "2026-10-01/2026-10-07")
    assert says(chinese, "中秋节", "不计入", "2026-09-25/2026-09-27")
    assert says(chinese, "周末", "不计入", "2026-09-19, 2026-10-11")
    assert says(chinese, "调休", "，计入", "2026-09-20, 2026-10-10")
    assert says(chinese, "《民法典》第二百零一条第一款")


def test_thirty_days_that_end_in_the_golden_week_move_as_an_assumption(stage: Stage) -> None:
    ref = arrived(stage, "2026-09-01")  # day 30 is 1 October
    told = at(stage, "2026-09-02").data("law", "deadline", ref)
    assert (told["due"], told["force"]) == ("2026-10-08", "standard")
    assert "The last day is 2026-10-01." in told["steps"]
    assert says(told, "2026-10-01 is a rest day", "2026-10-08", "Civil Code 203(1)")
    assert says(told, "Assumption", "法定休假日", "Civil Code 203(1)")
    chinese = at(stage, "2026-09-02").data("law", "deadline", ref, "--lang", "zh")
    assert says(chinese, "2026-10-08", "《民法典》第二百零三条第一款")


# --- the year's end without a notice


def test_working_days_over_the_year_end_are_refused_and_shown_when_asked(stage: Stage) -> None:
    # Friday 18 December 2026: 21-25 (5), 28-31 (9), 4-8 January (14), Monday the 11th.
    ref = arrived(stage, "2026-12-18", "--policy-days", "15wd")
    now = at(stage, "2026-12-21")
    told = now.refusal("law", "deadline", ref, code=14)
    assert told["message"] == "There is no official holiday notice for 2027 yet."
    assert "--provisional counts by weekends and fixed holidays; the day may move" in told["hint"]
    assert "2027 年尚无正式放假通知" in now.run("law", "deadline", ref, "--lang", "zh", code=14).err
    shown = now.data("law", "deadline", ref, "--provisional")
    assert (shown["due"], shown["provisional"]) == ("2027-01-11", True)
    assert "Provisional: there is no official holiday notice for 2027 yet" in steps(shown)
    assert "Only weekends, 1 January" in steps(shown)
    assert "the date may move" in steps(shown)
    assert "Make-up" not in steps(shown)
    # `due` has many cases to show and shows this one as provisional.
    for command in (("due",), ("case", "show", ref)):
        warned = now.run(*command, "--lang", "en", code=None).out
        assert "Provisional, until the State Council's holiday notice" in warned
        assert "2027-01-11" in warned.partition("Provisional")[2]
    due = now.data("due")["items"][0]
    assert (due["on"], due["provisional"]) == ("2027-01-11", True)


def test_calendar_days_over_the_year_end_are_provisional_and_not_refused(stage: Stage) -> None:
    ref = arrived(stage, "2026-12-02")  # day 30 is 1 January 2027
    told = at(stage, "2026-12-03").data("law", "deadline", ref)
    assert (told["due"], told["provisional"], told["force"]) == ("2027-01-04", True, "standard")
    assert "no official holiday notice for 2027 yet" in steps(told)


def test_the_last_days_of_december_are_provisional_too(stage: Stage) -> None:
    ref = arrived(stage, "2026-12-01")  # day 30 is Thursday 31 December
    told = at(stage, "2026-12-02").data("law", "deadline", ref)
    assert (told["due"], told["provisional"]) == ("2026-12-31", True)
    assert "notice for 2027 may still move the last days of the year before" in steps(told)


def test_a_promised_day_over_the_year_end_is_no_guess(stage: Stage) -> None:
    ref = arrived(stage, "2026-12-02", "--policy-days", "15wd")
    now = at(stage, "2026-12-03")
    now.data("case", "promise", ref, "--until", "2027-01-15")
    told = now.data("law", "deadline", ref)
    assert (told["due"], told["provisional"], told["force"]) == ("2027-01-15", False, "promise")


# --- the notice comes


def test_when_the_notice_comes_the_two_days_are_told(stage: Stage) -> None:
    # Thursday 11 December 2025 and 15 working days: 12, 15-19 (6), 22-26 (11), 29-31 (14). By
    # weekends and fixed holidays alone the 15th is Friday 2 January; by the notice for 2026 that
    # day rests and Sunday the 4th is worked.
    with notices_until(2025):
        ref = arrived(stage, "2025-12-11", "--policy-days", "15wd")
        before = at(stage, "2025-12-12")
        before.refusal("law", "deadline", ref, code=14)
        shown = before.data("law", "deadline", ref, "--provisional")
        assert (shown["due"], shown["provisional"], shown["was"]) == ("2026-01-02", True, None)
    after = at(stage, "2025-12-20")
    told = after.data("law", "deadline", ref)
    assert (told["due"], told["was"], told["provisional"]) == ("2026-01-04", "2026-01-02", False)
    assert told["steps"][-1] == (
        "Before the holiday notice for 2026 it was given as 2026-01-02, provisionally; the notice "
        "moves it to 2026-01-04."
    )
    text = after.run("law", "deadline", ref).out
    assert "2026-01-02" in text
    assert "2026-01-04" in text
    assert after.data("law", "deadline", ref) == told  # as often as it is asked


def test_thirty_days_are_moved_by_a_notice_too(stage: Stage) -> None:
    # Day 30 from 3 December 2025 is Friday 2 January 2026.
    with notices_until(2025):
        ref = arrived(stage, "2025-12-03")
        shown = at(stage, "2025-12-04").data("law", "deadline", ref)
        assert (shown["due"], shown["provisional"]) == ("2026-01-02", True)
    told = at(stage, "2025-12-20").data("law", "deadline", ref)
    assert (told["due"], told["was"]) == ("2026-01-04", "2026-01-02")
    assert "the notice moves it to 2026-01-04" in steps(told)


def test_a_notice_that_moves_nothing_is_not_spoken_of(stage: Stage) -> None:
    with notices_until(2025):
        ref = arrived(stage, "2025-12-12", "--policy-days", "20wd")
        shown = at(stage, "2025-12-13").data("law", "deadline", ref, "--provisional")
    # 15-19 (5), 22-26 (10), 29-31 (13), 2 January (or the 4th, 14), 5-9 (19), 12.
    told = at(stage, "2025-12-20").data("law", "deadline", ref)
    assert shown["due"] == told["due"] == "2026-01-12"
    assert told["was"] is None
    assert "Before the holiday notice" not in steps(told)


def test_a_change_of_the_clock_is_not_blamed_on_a_notice(stage: Stage) -> None:
    with notices_until(2025):
        ref = arrived(stage, "2025-12-11", "--policy-days", "15wd")
    now = at(stage, "2025-12-20")
    now.data("case", "promise", ref, "--until", "2026-01-20")
    told = now.data("law", "deadline", ref)
    assert (told["due"], told["was"]) == ("2026-01-20", None)


def test_a_change_of_the_published_promise_is_not_blamed_on_a_notice(stage: Stage) -> None:
    with notices_until(2025):
        ref = arrived(stage, "2025-12-11", "--policy-days", "15wd")
        at(stage, "2025-12-12").data("law", "deadline", ref, "--provisional")
    now = at(stage, "2025-12-20")
    now.data("handler", "edit", "H1", "--policy-days", "5wd")
    told = now.data("law", "deadline", ref)
    assert (told["due"], told["was"]) == ("2025-12-18", None)


# --- changing the clock


def test_promise_more_time_and_pause_are_shown_before_and_after(stage: Stage) -> None:
    ref = arrived(stage, "2026-09-16", "--policy-days", "15wd")  # 13 October, as above
    said = ("--because", "来电告知")
    now = at(stage, "2026-10-20")
    done = now.data("case", "extend", ref, "5wd", "--at", "2026-10-12", *said)
    assert (done["kind"], done["on"], done["because"]) == ("extension", "2026-10-12", "来电告知")
    assert (done["before"]["on"], done["after"]["on"]) == ("2026-10-13", "2026-10-20")
    done = now.data("case", "extend", ref, "--until", "2026-10-23", "--at", "2026-10-13")
    assert (done["before"]["on"], done["after"]["on"]) == ("2026-10-20", "2026-10-23")
    text = now.run("case", "promise", ref, "10", "--at", "2026-10-19", "--lang", "en").out
    assert "2026-10-23" in text
    assert f"pirights law deadline {ref}" in text
    told = now.data("law", "deadline", ref)
    assert (told["due"], told["basis"]) == ("2026-10-29", "case-promise")
    assert "they count from that day" in steps(told)


def test_a_pause_over_the_golden_week_takes_only_what_would_have_counted(stage: Stage) -> None:
    ref = arrived(stage, "2026-09-16", "--policy-days", "15wd")
    now = at(stage, "2026-10-09")
    done = now.data("case", "pause", ref, "--because", "等待鉴定", "--at", "2026-09-28")
    assert (done["before"]["on"], done["after"]["what"]) == ("2026-10-13", "paused")
    told = now.data("law", "deadline", ref)
    assert (told["what"], told["due"], told["provisional"]) == ("paused", None, False)
    assert "等待鉴定" in steps(told)
    # Going again on 8 October: 28, 29 and 30 September did not count, 13 October and three.
    done = now.data("case", "restart", ref, "--at", "2026-10-08")
    assert done["before"]["what"] == "paused"
    assert done["after"]["on"] == "2026-10-16"
    told = now.data("law", "deadline", ref)
    assert "Paused from 2026-09-28 up to but not on 2026-10-08" in steps(told)
    assert "等待鉴定" in steps(told)


def test_a_paused_case_is_nothing_that_is_due(stage: Stage) -> None:
    ref = arrived(stage, "2026-09-16", "--policy-days", "15wd")
    late = at(stage, "2026-11-23")
    assert late.data("due", code=10)["items"][0]["is_due"] is True
    late.data("case", "pause", ref, "--because", "等待鉴定", "--at", "2026-09-28")
    found = late.data("due")["items"]
    assert [(one["what"], one["is_due"]) for one in found] == [("paused", False)]
    assert late.data("case", "list")["cases"][0]["stage"] == "sent"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # From Monday 16 November 2026.
        ("10", "2026-11-26"),
        ("10d", "2026-11-26"),
        ("10天", "2026-11-26"),
        ("10wd", "2026-11-30"),
        ("10 WD", "2026-11-30"),
        ("10个工作日", "2026-11-30"),
        ("10工作日", "2026-11-30"),
    ],
)
def test_a_time_is_written_as_people_write_it(stage: Stage, typed: str, day: str) -> None:
    ref = arrived(stage, "2026-11-15")
    done = stage.data("case", "promise", ref, typed, "--at", "2026-11-16")
    assert done["after"]["on"] == day


def test_the_message_that_says_so_can_be_named(stage: Stage) -> None:
    ref = arrived(stage, "2026-11-16")
    text = "您的来函已收到，我们将在15个工作日内答复。".encode()
    stage.data("reply", "add", ref, stage.file("a.txt", text))
    label = [one["id"] for one in stage.data("case", "show", ref)["messages"]][-1]
    done = stage.data("case", "promise", ref, "15wd", "--at", "2026-11-17", "--from", label)
    assert done["from"] == label
    assert label in steps(stage.data("law", "deadline", ref))


def test_another_period_is_chosen_and_is_the_only_statutory_day(stage: Stage) -> None:
    ref = arrived(stage, "2026-11-02", venue="bank", rights=["access", "correct"])
    now = at(stage, "2026-11-03")
    told = now.data("law", "deadline", ref)
    assert (told["due"], told["force"]) == ("2026-12-02", "standard")
    assert "`pirights case period` chooses that rule" in steps(told)
    done = now.data("case", "period", ref, "credit-objection", "--because", "征信异议")
    # Credit-reporting regulations 25(2): 20 days, Sunday 22 November, moved to Monday.
    assert (done["after"]["on"], done["after"]["force"]) == ("2026-11-23", "statutory")


# --- refusals


def test_what_cannot_be_is_refused_and_changes_nothing(case: Case) -> None:
    stage, ref = case
    promise = ("case", "promise", ref)
    stage.refusal(*promise, "15wd", code=11)  # nothing was sent
    stage.data("sent", ref, "--channel", "ems", "--at", "2026-11-20")
    stage.data("received", ref, "--at", "2026-11-21")
    before = stage.data("case", "show", ref)
    for wrong, code in (
        ((*promise,), 14),
        ((*promise, "15wd", "--until", "2026-12-31"), 14),
        ((*promise, "soon"), 14),
        ((*promise, "-15"), 2),
        ((*promise, "0"), 14),
        ((*promise, "3651"), 14),
        ((*promise, "99999wd"), 14),
        ((*promise, "999999"), 14),
        ((*promise, "--until", "2037-01-01"), 14),
        ((*promise, "--until", "2026-11-01"), 14),
        ((*promise, "--until", "9999-12-31"), 14),
        ((*promise, "15wd", "--at", "2026-11-24"), 14),
        ((*promise, "15wd", "--at", "2026-02-30"), 14),
        ((*promise, "15wd", "--from", "I77"), 12),
        (("case", "extend", ref), 14),
        (("case", "extend", ref, "3651wd"), 14),
        (("case", "pause", ref), 14),
        (("case", "pause", ref, "--because", " "), 14),
        (("case", "restart", ref), 11),
        (("case", "period", ref, "limitation"), 12),
        (("case", "promise", "PR-2026-7K3M9QX-C", "15wd"), 12),
    ):
        stage.refusal(*wrong, code=code)
    assert stage.data("case", "show", ref) == before
    stage.data("case", "pause", ref, "--because", "等待", "--at", "2026-11-22")
    stage.refusal("case", "pause", ref, "--because", "等待", code=11)
    stage.refusal("case", "restart", ref, "--at", "2026-11-21", code=14)
    stage.data("case", "close", ref)
    for closed in (
        (*promise, "15wd"),
        ("case", "extend", ref, "5"),
        ("case", "pause", ref, "--because", "x"),
        ("case", "restart", ref),
        ("case", "period", ref, "credit-objection"),
        ("law", "deadline", ref),
    ):
        told = stage.refusal(*closed, code=11)
        assert f"case reopen {ref}" in told["hint"]
    assert stage.data("vault", "check")["findings"] == []


# --- the limitation of claims


def test_limitation_is_explained_always_and_due_only_when_near(stage: Stage) -> None:
    ref = arrived(stage, "2026-11-02", seen="2024-02-29")
    far = at(stage, "2026-08-31")  # 181 days before 28 February 2027
    assert (date(2027, 2, 28) - date(2026, 8, 31)).days == 181
    assert "limitation" not in [one["what"] for one in far.data("due")["items"]]
    near = at(stage, "2026-11-03")
    assert "limitation" in [one["what"] for one in near.data("due")["items"]]
    (other,) = near.data("law", "deadline", ref)["others"]
    assert (other["what"], other["on"], other["force"]) == ("limitation", "2027-02-28", "statutory")
    assert says(other, "interrupts limitation", "only for what was demanded", "195")


def test_a_limitation_that_has_passed_is_said_to_have_and_is_due_no_more(stage: Stage) -> None:
    ref = arrived(stage, "2026-11-02", seen="2023-11-04")
    on_the_day, after = at(stage, "2026-11-04"), at(stage, "2026-11-05")
    for now, code, passed in ((on_the_day, 10, False), (after, 0, True)):
        told = now.data("due", code=code)["items"]
        (one,) = [each for each in told if each["what"] == "limitation"]
        assert one["is_due"] is not passed
        assert ("that day has passed" in one["meaning"]) is passed
        (other,) = now.data("law", "deadline", ref)["others"]
        assert ("that day has passed" in other["meaning"]) is passed
    assert after.data("due", "--within", "1")["items"]  # shown, and no reason for code 10
    written = after.home / "due.ics"
    after.data("due", "--ics", str(written))
    assert "limitation" not in written.read_text()


def test_an_extension_found_late_is_recorded_though_a_follow_up_has_left(stage: Stage) -> None:
    ref = arrived(stage, "2026-09-02")
    late = at(stage, "2026-10-30")
    second = late.data("escalate", ref, "--as", "reminder")["message"]
    late.data("sent", second, "--channel", "ems", "--at", "2026-10-30")
    done = late.data("case", "extend", ref, "15wd", "--at", "2026-10-05", "--because", "x")
    assert done["ref"] == ref
    told = late.refusal("case", "extend", ref, "15wd", "--at", "2026-09-01", code=14)
    assert "2026-09-02" in told["message"]


def test_before_the_civil_code_a_remark_takes_the_place_of_a_day(stage: Stage) -> None:
    ref = arrived(stage, "2026-11-02", seen="2020-12-31")
    told = at(stage, "2026-11-03").data("law", "deadline", ref)
    assert told["others"] == []  # no scan since then either
    assert "before the Civil Code" in "".join(told["remarks"])
    assert "Ask a lawyer" in at(stage, "2026-11-03").run("law", "deadline", ref).out
