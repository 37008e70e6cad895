"""`due --ics`: a calendar file beside the list, in both languages, over and over again."""

from pathlib import Path

import pytest
from icalendar import Calendar

from pirights.cli.language import Language, Voice
from tests.scenarios.stage import HANDLER, NOW, PLACE, Stage


def summaries(file: Path) -> list[str]:
    return [str(one["SUMMARY"]) for one in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]


def test_a_case_is_followed_from_draft_to_its_end(case: tuple[Stage, str]) -> None:
    stage, ref = case
    file = stage.home / "due.ics"
    told = stage.data("due", "--ics", str(file), code=0)
    assert told["ics"] == {"file": str(file), "entries": 1, "cancelled": 0}
    assert summaries(file) == [f"{ref}: to be sent"]
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "E1")
    told = stage.data("due", "--ics", str(file))
    assert told["ics"] == {"file": str(file), "entries": 1, "cancelled": 1}
    stage.run("case", "close", ref, "--outcome", "withdrawn")
    told = stage.data("due", "--ics", str(file))
    assert (told["items"], told["ics"]["entries"], told["ics"]["cancelled"]) == ([], 0, 2)
    statuses = [one["STATUS"] for one in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    assert statuses == ["CANCELLED", "CANCELLED"]


def test_exit_codes_are_those_of_due(case: tuple[Stage, str]) -> None:
    stage, _ = case
    file = str(stage.home / "due.ics")
    stage.run("due", "--ics", file, code=0)
    stage.run("due", "--ics", file, "--within", "60", code=10)
    later = stage.having(SOURCE_DATE_EPOCH=str(int(NOW) + 90 * 86_400))
    later.run("due", "--ics", file, code=10)
    later.run("due", "--ics", "-", code=10)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_stdout_stands_the_calendar_and_nothing_else(
    language: str, case: tuple[Stage, str]
) -> None:
    stage, ref = case
    ended = stage.run("due", "--ics", "-", "--lang", language)
    assert ended.out.startswith("BEGIN:VCALENDAR\r\n")
    assert ended.out.endswith("END:VCALENDAR\r\n")
    again = stage.outside.run("due", "--ics", "-", "--lang", language)
    assert again.out.replace("\r\n", "\n") == ended.out.replace("\r\n", "\n")
    (event,) = Calendar.from_ical(ended.out).walk("VEVENT")
    voice = Voice(Language(language))
    assert str(event["SUMMARY"]) == voice.text("{ref}: to be sent").format(ref=ref)
    assert HANDLER not in ended.out
    assert PLACE not in ended.out


def test_names_stand_in_it_only_where_they_are_asked_for(case: tuple[Stage, str]) -> None:
    stage, _ = case
    file = stage.home / "due.ics"
    stage.run("due", "--ics", str(file))
    assert HANDLER not in file.read_text(encoding="utf-8").replace("\r\n ", "")
    ended = stage.run("due", "--ics", str(file), "--detail")
    assert "names the handlers" in ended.err
    assert HANDLER in summaries(file)[0]


def test_what_does_not_go_together_is_refused(case: tuple[Stage, str]) -> None:
    stage, _ = case
    stage.refusal("due", "--detail", code=2)
    stage.refusal("due", "--ics", "-", code=2)
    theirs = stage.file("theirs.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    told = stage.refusal("due", "--ics", theirs, code=14)
    assert "theirs.ics" in told["message"]
    assert Path(theirs).read_bytes() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    stage.refusal("due", "--ics", str(stage.home / "nowhere" / "due.ics"), code=14)


def test_nothing_due_writes_no_file(stage: Stage) -> None:
    file = stage.home / "due.ics"
    assert stage.data("due", "--ics", str(file))["ics"] == {
        "file": None,
        "entries": 0,
        "cancelled": 0,
    }
    assert not file.exists()
    assert stage.run("due", "--ics", "-").out == ""
