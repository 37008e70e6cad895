"""The next letters of many cases: proposed as a sheet, left as the user wants, checked and made."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pirights.batch import due_sheet, follow_up, preparing, sheet
from pirights.batch import run as running
from pirights.batch.checking import Checked
from pirights.batch.executors import local
from pirights.batch.outcome import How, Ran
from pirights.cli.language import Language, Voice
from pirights.domain.case import Outcome
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Score, counted
from pirights.errors import BadInput, message
from pirights.workflow import (
    cases,
    client_erasure,
    directory,
    escalating,
    put_right_replies,
    scoring,
)
from pirights.workflow.desk import Desk
from pirights.workflow.escalating import FollowedUp
from tests.batch.spreadsheet import sheets
from tests.needs import program
from tests.workflow import office

REFUSAL = "尊敬的林先生：您的申请不予提供。特此答复。"
IDENTITY = "为核实您的身份，请提供身份证正反面复印件。"


def overdue(desk: Desk, *, person: int = 1, name: str = "杭州样例野趣乐园有限公司") -> str:
    """A case whose request arrived, and to which nothing came; it is about an app, not a camera."""
    handler = office.park(desk, name, venue=Venue.APP)
    office.scan(desk, handler, venue=Venue.APP)
    on = date(2026, 11, 21)
    ref = office.case(desk, handler=handler.id, person=person, on=on).case.ref
    office.sent(desk, ref)
    office.arrived(desk, ref)
    return ref


def later(desk: Desk) -> Desk:
    """The same desk after the day for an answer."""
    return office.days_later(desk, 60)


def client(desk: Desk, name: str, **facts: object) -> Person:
    return directory.add_person(desk, Person(id=0, name=name, **facts))  # type: ignore[arg-type]


def written(
    folder: Path, *rows: Sequence[str], head: Sequence[str] = ("reference", "kind")
) -> Path:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([head, *rows])
    path = folder / "due.csv"
    path.write_text(target.getvalue(), encoding="utf-8")
    return path


def put(
    desk: Desk, path: Path, say: Callable[[object], str] = str, within: int | None = None
) -> None:
    due_sheet.write(path, due_sheet.composed(desk, path, say, within=within))


def exported(desk: Desk, path: Path, *, within: int | None = None) -> list[list[str]]:
    put(desk, path, within=within)
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def checked(desk: Desk | None, path: Path) -> Checked:
    return follow_up.check(desk, sheet.opened(path))


def problems(found: Checked) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, str(one.problem)) for one in found.faults]


def made(desk: Desk, path: Path, out: Path, *, resume: bool = False) -> Ran:
    prepared = preparing.prepare(desk, path, out, resume=resume)
    how = How(hire=lambda: local(1), moment=lambda: desk.now, say=str)
    return running.run(prepared, how)


def refuse_all(desk: Desk, ref: str) -> None:
    """Mark every item as refused without a reason."""
    items = counted(desk.letters(desk.case(ref))[0].items)
    scoring.score(desk, ref, {item.number: Score.REFUSED for item in items})


def kinds(desk: Desk, ref: str) -> list[str]:
    return [letter.kind for letter in desk.letters(desk.case(ref))]


# --- the sheet that is proposed


def test_the_sheet_names_each_thing_due_and_the_letter_that_comes_next(
    desk: Desk, tmp_path: Path
) -> None:
    ref = overdue(desk)
    heading, chinese, *rows = exported(later(desk), tmp_path / "due.csv")
    assert heading == [
        *("reference", "kind", "person", "handler", "what", "due", "force", "stage", "command")
    ]
    assert chinese[0] == "案号"
    (row,) = rows
    assert row[:4] == [ref, "reminder", "P1 林知远", "H1 杭州样例野趣乐园有限公司"]
    assert row[5] < later(desk).today.isoformat()
    assert row[8] == f"pirights escalate {ref} --as reminder"


def test_what_is_not_due_yet_is_in_the_sheet_without_a_letter(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    *_, row = exported(desk, tmp_path / "due.csv")
    assert (row[0], row[1], row[8]) == (ref, "", "")
    assert exported(desk, tmp_path / "due.csv", within=0)[2:] == []


def test_a_letter_that_no_day_asks_for_is_proposed_all_the_same(desk: Desk, tmp_path: Path) -> None:
    """An answer ends the waiting, so that no day runs; what it refused can be asked about now."""
    ref = overdue(desk)
    office.answer(desk, ref, tmp_path, REFUSAL)
    refuse_all(desk, ref)
    first = exported(desk, tmp_path / "due.csv")[2]
    assert first[:2] == [ref, "reasons"]
    assert first[5] == ""


def test_a_reply_to_confirm_or_to_mark_by_has_a_row_without_a_letter(
    desk: Desk, tmp_path: Path
) -> None:
    ref = overdue(desk)
    taken = office.answer(desk, ref, tmp_path, REFUSAL)
    (row,) = exported(desk, tmp_path / "due.csv")[2:]
    assert (row[0], row[1], row[5]) == (ref, "", "")
    assert row[4].startswith(f"Read {taken.reply.label}, and confirm what it seems to say")
    assert row[8] == f"pirights reply confirm {taken.reply.label}"
    put_right_replies.confirm(desk, taken.reply.label)
    (row,) = exported(desk, tmp_path / "due.csv", within=0)[2:]
    assert (row[0], row[1]) == (ref, "")
    assert row[4].startswith("Mark each item")
    assert row[8].startswith(f"pirights reply score {ref}")
    assert checked(desk, tmp_path / "due.csv").rows == 0


def test_a_demand_to_confirm_stands_beside_the_day_for_answering_it(
    desk: Desk, tmp_path: Path
) -> None:
    ref = overdue(desk)
    taken = office.answer(desk, ref, tmp_path, IDENTITY)
    rows = exported(desk, tmp_path / "due.csv")[2:]
    commands = [row[8] for row in rows]
    assert commands[0] == f"pirights reply confirm {taken.reply.label}"
    assert len(rows) > 1
    assert set(commands[1:]) == {""}


def test_what_only_waits_or_is_due_later_has_no_row_of_its_own(desk: Desk, tmp_path: Path) -> None:
    handler = office.park(desk)
    office.scan(desk, handler)
    office.case(desk, handler=handler.id)  # to be sent, within seven days
    overdue(desk)
    assert exported(desk, tmp_path / "due.csv", within=0)[2:] == []


def test_a_case_is_proposed_one_letter_however_much_is_due_in_it(
    desk: Desk, tmp_path: Path
) -> None:
    ref = overdue(desk)
    far = office.days_later(desk, 1000)  # the limitation is near as well
    rows = exported(far, tmp_path / "due.csv")[2:]
    assert [row[0] for row in rows] == [ref] * len(rows)
    assert len(rows) > 1
    assert sum(bool(row[1]) for row in rows) <= 1


def test_a_closed_case_proposes_nothing(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    cases.close(desk, ref, outcome=Outcome.WITHDRAWN)
    assert exported(later(desk), tmp_path / "due.csv")[2:] == []


def test_a_name_that_looks_like_a_formula_is_no_formula_in_the_sheet(
    desk: Desk, tmp_path: Path
) -> None:
    overdue(desk, person=client(desk, '=HYPERLINK("http://x.example")').id)
    rows = exported(later(desk), tmp_path / "due.csv")
    assert rows[2][2].startswith("P2 =")  # the label stands before it: nothing begins with =
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_taken_back_and_without_a_fault(
    desk: Desk, tmp_path: Path, ending: str
) -> None:
    overdue(desk)
    overdue(desk, name="样例物业有限公司")
    path = tmp_path / f"due.{ending}"
    told = due_sheet.composed(later(desk), path, str, within=None)
    due_sheet.write(path, told)
    found = checked(later(desk), path)
    assert (found.rows, problems(found)) == (2, [])
    assert (told.rows, told.letters) == (2, 2)


def test_the_same_vault_at_the_same_moment_gives_the_same_sheet(desk: Desk, tmp_path: Path) -> None:
    overdue(desk)
    for name in ("one.xlsx", "two.xlsx"):
        put(desk, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_name_without_the_ending_of_a_sheet_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.csv and \.xlsx"):
        put(desk, tmp_path / "due.txt")


# --- checking


def test_each_row_is_told_why_its_letter_is_not_written(desk: Desk, tmp_path: Path) -> None:
    draft = office.begun(desk)
    waiting = overdue(desk, name="样例物业有限公司")
    answered = overdue(desk, name="样例商场有限公司")
    office.answer(desk, answered, tmp_path, REFUSAL)
    path = written(
        tmp_path,
        (draft, "reminder"),
        (answered, "reminder"),
        (waiting, "praise"),
        ("PR-2026-0000000-0", "reminder"),
        ("nonsense", "reminder"),
        ("", "reminder"),
        (waiting, "reasons"),
        (waiting, "=A1"),
        (waiting, ""),
    )
    found = checked(later(desk), path)
    told = problems(found)
    assert [(row, column) for row, column, _ in told] == [
        *((2, "kind"), (3, "kind"), (4, "kind"), (5, "reference"), (6, "reference")),
        *((7, "reference"), (8, "kind"), (9, "kind")),
    ]
    said = [problem for _, _, problem in told]
    assert "has not been sent yet" in said[0]
    assert f"pirights sent {draft}" in said[0]
    assert "An answer came on" in said[1]
    words = Voice(Language.EN).say(found.faults[2].problem)
    assert "these are: 催告 (reminder); 补充答复 (incomplete)" in words
    assert "No answer of the handler's is kept" in said[6]
    assert "formula" in said[7]
    assert found.rows == 8
    assert office.said(found.notices).startswith("Rows that name no letter and are passed over: 1.")


def test_no_fault_names_an_option_as_if_a_sheet_had_it(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    ((_, _, said),) = problems(checked(later(desk), written(tmp_path, (ref, "breach"))))
    assert "write this letter by itself, with `pirights escalate`: For example: --sign" in said


def test_a_case_that_stands_twice_is_told_once_with_the_row_of_the_first(
    desk: Desk, tmp_path: Path
) -> None:
    ref = overdue(desk)
    path = written(tmp_path, (ref, "reminder"), (ref.casefold(), "preserve"))
    ((row, column, problem),) = problems(checked(later(desk), path))
    assert (row, column) == (3, "reference")
    assert "Row 2" in problem


def test_chinese_headings_and_words_are_taken(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    path = written(tmp_path, (ref, "催告函", "林知远"), head=("案号", "类型", "姓名甲"))
    found = checked(later(desk), path)
    assert (found.rows, problems(found)) == (1, [])
    (row,) = follow_up.good_rows(sheet.opened(path), found)
    assert (row.key, row.kind) == (f"{ref} reminder", FollowUp.REMINDER)


@pytest.mark.parametrize("kind", list(FollowUp))
def test_every_letter_has_its_word_and_its_chinese_title(kind: FollowUp) -> None:
    words = [word for word, known in follow_up.KINDS.items() if known is kind]
    assert kind.value in words
    title = (Path("templates/letters") / kind.value / "zh.md").read_text(encoding="utf-8")
    assert any(f'title = "{word}"' in title for word in words)


def test_remarks_on_letters_are_told_once_with_their_rows(desk: Desk, tmp_path: Path) -> None:
    refs = [overdue(desk, name=f"样例第{number}有限公司") for number in range(3)]
    found = checked(desk, written(tmp_path, *((ref, "reminder") for ref in refs)))
    assert problems(found) == []
    (remark,) = found.notices
    assert "Rows 2, 3, 4: The day for an answer" in str(remark)


def test_so_many_different_remarks_are_told_and_the_others_counted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_up, "NOTICE_LIMIT", 2)
    remark = iter(range(9))
    preview = escalating.preview

    def remarked(desk: Desk, ref: str, kind: FollowUp) -> FollowedUp:
        one = message("Remark {number}.", number=next(remark))
        return replace(preview(desk, ref, kind), notices=(one,))

    monkeypatch.setattr(escalating, "preview", remarked)
    refs = [overdue(desk, name=f"样例第{number}有限公司") for number in range(5)]
    found = checked(later(desk), written(tmp_path, *((ref, "reminder") for ref in refs)))
    assert [str(one) for one in found.notices] == [
        *("Row 2: Remark 0.", "Row 3: Remark 1.", "… and 3 more remarks.")
    ]


def test_checking_writes_nothing_down(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    before = office.kinds(desk)
    checked(later(desk), written(tmp_path, (ref, "reminder")))
    assert office.kinds(desk) == before


def test_without_a_vault_the_words_are_checked_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, ("PR-2026-0000000-0", "reminder"), ("PR-2026-7K3M9QX-C", "reminder"))
    assert [(row, column) for row, column, _ in problems(checked(None, path))] == [(2, "reference")]


def test_a_sheet_without_a_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="headings and no rows"):
        checked(None, written(tmp_path))


# --- making


def test_all_reminders_of_the_week_are_made_at_once(desk: Desk, tmp_path: Path) -> None:
    other = client(desk, "沈一诺")
    refs = [overdue(desk), overdue(desk, person=other.id, name="样例物业有限公司")]
    desk = later(desk)
    path, out = tmp_path / "due.xlsx", tmp_path / "out"
    put(desk, path)
    ran = made(desk, path, out)
    assert (ran.rows, ran.made, ran.failed, ran.skipped) == (2, 2, 0, 0)
    assert [kinds(desk, ref) for ref in refs] == [["request", "reminder"]] * 2
    papers = sorted(str(one.relative_to(out)) for one in out.glob("P*/*"))
    assert papers == [f"P1/{refs[0]}-2.pdf", f"P2/{refs[1]}-2.pdf"]
    index = list(csv.DictReader((out / "index.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["key"] for row in index} == {f"{ref} reminder" for ref in refs}
    assert {row["file"] for row in index} == set(papers)
    shown = {(one.ref, one.deadline.id): one.deadline.on for one in cases.due(desk)}
    assert [row["due"] for row in index] == [
        shown[row["ref"].partition("/")[0], "send"].isoformat() for row in index
    ]


def test_the_letter_is_the_one_that_escalate_writes(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    desk = later(desk)
    alone = escalating.preview(desk, ref, FollowUp.REMINDER)
    made(desk, written(tmp_path, (ref, "reminder")), tmp_path / "out")
    kept = desk.letters(desk.case(ref))[-1]
    assert kept.document == alone.letter.document
    assert kept.kind == "reminder"


def test_a_sheet_that_names_no_letter_makes_no_folder(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    ran = made(desk, written(tmp_path, (ref, "")), tmp_path / "out")
    assert (ran.rows, ran.made, ran.files) == (0, 0, ())
    assert "No row names a letter: nothing was made." in office.said(ran.notices)
    assert not (tmp_path / "out").exists()
    ran = made(later(desk), written(tmp_path, (ref, "reminder")), tmp_path / "out")
    assert ran.made == 1


def test_a_row_that_is_not_the_next_step_fails_and_the_others_go_on(
    desk: Desk, tmp_path: Path
) -> None:
    good, draft = overdue(desk), office.begun(desk)
    desk = later(desk)
    ran = made(desk, written(tmp_path, (draft, "reminder"), (good, "reminder")), tmp_path / "out")
    assert (ran.rows, ran.made, ran.failed) == (2, 1, 1)
    ((fault),) = ran.errors
    assert (fault.row, fault.column) == (2, "kind")
    assert kinds(desk, draft) == ["request"]
    assert ran.error_sheet is not None


def test_going_on_makes_no_letter_twice(desk: Desk, tmp_path: Path) -> None:
    ref, draft = overdue(desk), office.begun(desk)
    desk = later(desk)
    path, out = written(tmp_path, (ref, "reminder"), (draft, "reminder")), tmp_path / "out"
    made(desk, path, out)
    found = checked(desk, path)
    assert [(row, column) for row, column, _ in problems(found)] == [(3, "kind")]
    assert "a run made and nobody sent yet: 1." in office.said(found.notices)
    paper = out / "P1" / f"{ref}-2.pdf"
    octets = paper.read_bytes()
    paper.unlink()
    ran = made(desk, path, out, resume=True)
    assert (ran.rows, ran.made, ran.failed, ran.skipped) == (2, 0, 1, 1)
    assert kinds(desk, ref) == ["request", "reminder"]
    assert paper.read_bytes() == octets


def test_where_the_sheet_cannot_be_written_its_own_option_is_named(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as wrong:
        put(desk, tmp_path / "none" / "due.xlsx")
    assert "--export" in str(wrong.value.hint)


def test_columns_that_nobody_reads_are_named(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    proposed = exported(desk, tmp_path / "due.csv")
    assert proposed[2][0] == ref
    assert "not read" not in office.said(checked(desk, tmp_path / "due.csv").notices)
    head = ("reference", "kind", "errors", "期限", "office", "colour")
    path = written(tmp_path, (ref, "reminder", "", "", "杭州市网信办", "red"), head=head)
    found = checked(desk, path)
    assert "Columns that are not read: office, colour." in office.said(found.notices)
    assert found.faults == ()


def test_a_sheet_of_references_without_kinds_says_what_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path, ("PR-2026-7K3M9QX-C", "x"), head=("reference", "colour"))
    with pytest.raises(BadInput, match="Required headings are missing: kind") as wrong:
        checked(None, path)
    assert "due --export" in str(wrong.value.hint)


def test_a_row_without_a_reference_says_so(desk: Desk, tmp_path: Path) -> None:
    told = problems(checked(desk, written(tmp_path, ("", "reminder"))))
    assert told == [(2, "reference", "This cell must not be empty.")]


def test_a_second_reminder_is_no_repetition(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    desk = later(desk)
    path = written(tmp_path, (ref, "reminder"))
    made(desk, path, tmp_path / "first")
    office.sent(desk, ref, on=desk.today)
    office.arrived(desk, ref, on=desk.today)
    prepared = preparing.prepare(later(desk), path, tmp_path / "second")
    assert prepared.to_make == 1
    assert [one for one in prepared.notices if "a second time" in str(one)] == []


def test_a_letter_of_an_agent_brings_the_power_of_attorney(desk: Desk, tmp_path: Path) -> None:
    someone = client(desk, "沈一诺", capacity=Capacity.AGENT)
    ref = overdue(desk, person=someone.id)
    ran = made(later(desk), written(tmp_path, (ref, "reminder")), tmp_path / "out")
    names = {one.name for one in (tmp_path / "out" / f"P{someone.id}").iterdir()}
    assert names == {f"{ref}-2.pdf", f"{ref}-2-poa.pdf"}
    assert "A power of attorney lies beside the letter. Both sign it" in office.said(
        [one.said for one in ran.remarks]
    )


@pytest.mark.parametrize("kind", ["reminder", "regulator"])
def test_the_sheet_for_the_post_names_the_power_of_attorney(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    someone = client(desk, "沈一诺", capacity=Capacity.AGENT)
    ref = overdue(desk, person=someone.id)
    made(later(desk), written(tmp_path, (ref, kind)), tmp_path / "out")
    heading, line = openpyxl.load_workbook(tmp_path / "out" / "labels.xlsx").active  # type: ignore[misc]  # its rows
    cells = {str(head.value): cell.value for head, cell in zip(heading, line, strict=True)}
    assert cells["附件 enclosed"] == "授权委托书原件一份"


def test_the_row_of_an_erased_client_is_to_be_deleted_for_its_sheet_has_no_key(
    desk: Desk, tmp_path: Path
) -> None:
    someone = client(desk, "沈一诺")
    gone = overdue(desk, person=someone.id)
    kept = overdue(desk, name="样例物业有限公司")
    desk = later(desk)
    path = written(tmp_path, (gone, "reminder"), (kept, "reminder"))
    made(desk, path, tmp_path / "out")
    client_erasure.erase(desk, someone.id)
    ran = made(desk, path, tmp_path / "out", resume=True)
    (fault,) = ran.errors
    assert fault.column == "reference"
    assert "delete the row" in str(fault.problem)
    assert "key" not in str(fault.problem)


def test_the_remarks_on_letters_are_told_after_the_run(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    ran = made(desk, written(tmp_path, (ref, "reminder")), tmp_path / "out")
    (remark,) = ran.remarks
    assert "a reminder usually comes" in str(remark)


def test_a_demand_for_proof_of_identity_is_answered_in_bulk(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    taken = office.answer(desk, ref, tmp_path, IDENTITY)
    put_right_replies.confirm(desk, taken.reply.label)
    proposed = exported(desk, tmp_path / "due.csv")[2]
    assert proposed[1] == "identity"
    made(desk, tmp_path / "due.csv", tmp_path / "out")
    assert kinds(desk, ref) == ["request", "identity"]


@program("soffice")
def test_a_spreadsheet_program_opens_the_sheet_of_what_is_due(desk: Desk, tmp_path: Path) -> None:
    ref = overdue(desk)
    put(later(desk), tmp_path / "due.xlsx")
    ((heading, chinese, row),) = sheets(tmp_path / "due.xlsx").values()
    assert (heading[0], chinese[0], row[:2]) == ("reference", "案号", [ref, "reminder"])
