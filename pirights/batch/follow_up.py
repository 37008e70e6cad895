"""A follow-up sheet: each row names a case and the letter that comes next in it.

Rows without a kind are those that `due --export` proposes no letter for, and that nobody gave one:
they are passed over. What may be written is said by the rules that `escalate` goes by; no row is
forced.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from pirights import canonical_json
from pirights.batch import cells
from pirights.batch.checking import Checked
from pirights.batch.follow_up_columns import unread
from pirights.batch.hidden_rows import HiddenRows
from pirights.batch.known_parties import KnownHandlers
from pirights.batch.sheet import Record, Sheet
from pirights.batch.sheet_handlers import SheetHandlers
from pirights.batch.step import Row
from pirights.domain import reference
from pirights.domain.batch_row import BatchRow
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import FollowUp
from pirights.errors import BadInput, Message, PirightsError, message
from pirights.workflow import escalating
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import Fault, SheetFaults

KINDS: Final[Mapping[str, FollowUp]] = {
    **{kind.value: kind for kind in FollowUp},
    **dict.fromkeys(("催告", "催告函", "提醒"), FollowUp.REMINDER),
    **dict.fromkeys(("补充答复", "补充答复请求书"), FollowUp.INCOMPLETE),
    **dict.fromkeys(("说明理由", "说明拒绝理由", "说明拒绝理由请求书"), FollowUp.REASONS),
    **dict.fromkeys(("身份核验", "关于身份核验方式的回复"), FollowUp.IDENTITY),
    **dict.fromkeys(("撤回同意", "撤回同意通知书"), FollowUp.WITHDRAWAL),
    **dict.fromkeys(("保全", "证据保全", "证据与数据保全告知函"), FollowUp.PRESERVE),
    **dict.fromkeys(("泄露询问", "个人信息泄露情况询问函"), FollowUp.BREACH),
    **dict.fromkeys(("投诉举报", "投诉举报材料"), FollowUp.REGULATOR),
    **dict.fromkeys(("消费者投诉", "消费者投诉书"), FollowUp.CONSUMER),
    **dict.fromkeys(("报警", "情况反映"), FollowUp.POLICE),
    **dict.fromkeys(("公益诉讼线索", "公益诉讼线索材料"), FollowUp.PROCURATORATE),
    **dict.fromkeys(("起诉", "起诉状", "民事起诉状"), FollowUp.COURT),
}
"""The words of `escalate --as`, and the titles of the letters."""

_COMMAND: Final = re.compile("`[^`]*`")

NOTICE_LIMIT: Final = 50
"""Different remarks that are told."""

_ROWS: Final = 8
"""Rows that are named beside a remark."""

_Remarks: TypeAlias = dict[str, tuple[Message, list[int]]]
"""What is remarked on the letters, by its words, with the rows that it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow(Row):
    """A good row with what it says."""

    ref: str
    kind: FollowUp


def check(
    desk: Desk | None,
    sheet: Sheet,
    *,
    progress: Callable[[int], None] = lambda _: None,
    by_rules: bool = True,
) -> Checked:
    """Check every row: can it be read, does it stand once, and may its letter be written now.

    Args:
        desk: Vault and moment; None where there is no vault to compare with.
        sheet: The sheet.
        progress: Told how many rows are done.
        by_rules: Try each letter, as `escalate` would write it; a run does that itself, for the
            rows that it has not made before.

    Raises:
        BadInput: There are no rows, or too many, or the file turns out to be damaged.
    """
    faults, faulty = SheetFaults(), set[int]()
    seen: dict[str, int] = {}
    remarks: _Remarks = {}
    hidden = HiddenRows()
    lying = _Lying(desk) if desk is not None and by_rules else None
    rows = passed = faults_count = before = 0
    for record in sheet.records():
        one = _row(record)
        if one is None:
            passed += 1
            continue
        rows += 1
        hidden.take(record)
        told = one if isinstance(one, Fault) else _twice(one, seen)
        if told is None and lying is not None and isinstance(one, FollowUpRow):
            if lying.holds(one):
                before += 1
            else:
                told = _tried(lying.desk, one, remarks)
        if told is not None:
            faults.note(told)
            faulty.add(told.row)
            faults_count += 1
        progress(rows)
    if not rows and not passed:
        raise BadInput(
            message("{sheet} has headings and no rows.", sheet=sheet.named),
            hint=message("Write one anew with `pirights due --export due.xlsx`."),
        )
    return Checked(
        rows=rows,
        faults=tuple(faults.listed),
        faulty=frozenset(faulty),
        notices=(
            *unread(sheet.headings),
            *hidden.told(),
            *_passed_over(passed),
            *_made(before),
            *_bounded(remarks),
        ),
        unlisted=faults_count - len(faults.listed),
        handlers=SheetHandlers(KnownHandlers(None)),
    )


def good_rows(sheet: Sheet, checked: Checked) -> Iterator[FollowUpRow]:
    """Read the rows without a fault, in the order of the sheet."""
    for one in map(_row, sheet.records()):
        if isinstance(one, FollowUpRow) and one.row not in checked.faulty:
            yield one


def problem_of(wrong: PirightsError) -> Message:
    """Say why a letter is not written, and what to do about it, in one cell."""
    if wrong.hint is None:
        return wrong.message
    if "--" in _COMMAND.sub("", wrong.hint.text):  # an option of `escalate`, not a command
        return message(
            "{problem} A sheet cannot say more; write this letter by itself, with `pirights "
            "escalate`: {hint}",
            problem=wrong.message,
            hint=wrong.hint,
        )
    return message("{problem} {hint}", problem=wrong.message, hint=wrong.hint)


def _row(record: Record) -> FollowUpRow | Fault | None:
    """Read a row; None where it names no letter."""

    def fault(column: str, problem: Message) -> Fault:
        return Fault(row=record.row, line=0, column=column, problem=problem)

    for column, problem in record.stray.items():
        return fault(column, problem)
    for column, cell in record.cells.items():
        if isinstance(cell, Message):
            return fault(column, cell)
        if not_meant := cells.not_meant(cell):
            return fault(column, not_meant)
    told = {name: cell for name, cell in record.cells.items() if isinstance(cell, str)}
    if "kind" not in told:
        return None
    column = "reference"
    if column not in told:
        return fault(column, message("This cell must not be empty."))
    try:
        ref = reference.parse(told[column])
        column = "kind"
        kind = cells.word(told["kind"], KINDS, column)
    except BadInput as wrong:
        return fault(column, wrong.message)
    key = f"{ref} {kind.value}"
    digest = sha256(canonical_json.canonical({"kind": kind.value, "reference": ref})).hexdigest()
    return FollowUpRow(row=record.row, key=key, digest=digest, ref=ref, kind=kind)


def _twice(one: FollowUpRow | Fault, seen: dict[str, int]) -> Fault | None:
    if isinstance(one, Fault):
        return one
    first = seen.setdefault(one.ref, one.row)
    if first == one.row:
        return None
    return Fault(
        row=one.row,
        line=0,
        column="reference",
        problem=message("Row {row} names the same case: one letter at a time.", row=first),
    )


def _tried(desk: Desk, one: FollowUpRow, remarks: _Remarks) -> Fault | None:
    """Write the letter and throw it away; note what is remarked on it."""
    try:
        desk.case(one.ref)
    except PirightsError as wrong:
        return Fault(row=one.row, line=0, column="reference", problem=wrong.message)
    try:
        written = escalating.preview(desk, one.ref, one.kind)
    except PirightsError as wrong:
        return Fault(row=one.row, line=0, column="kind", problem=problem_of(wrong))
    for remark in written.notices:
        remarks.setdefault(str(remark), (remark, []))[1].append(one.row)
    return None


class _Lying:
    """The letters that runs made of follow-up rows and that were not sent yet."""

    def __init__(self, desk: Desk) -> None:
        self.desk: Final = desk
        self._made: Final = {one.key: one.number for one in desk.vault.each(BatchRow)}

    def holds(self, row: FollowUpRow) -> bool:
        """Say whether the letter of a row lies there."""
        number = self._made.get(row.key)
        if number is None:
            return False
        letters = self.desk.vault.find_all(Letter, ref=row.ref, number=number)
        return any(one.counts and one.dispatch is None for one in letters)


def _made(count: int) -> Iterator[Message]:
    if count:
        yield message(
            "Rows whose letter a run made and nobody sent yet: {count}. They are not faulty; a "
            "run with --resume passes them over.",
            count=count,
        )


def _passed_over(count: int) -> Iterator[Message]:
    if count:
        yield message("Rows that name no letter and are passed over: {count}.", count=count)


def _bounded(remarks: _Remarks) -> Iterator[Message]:
    """Tell each remark once, with the rows that it is of."""
    for remark, rows in list(remarks.values())[:NOTICE_LIMIT]:
        named = ", ".join(map(str, rows[:_ROWS]))
        if len(rows) == 1:
            yield message("Row {row}: {remark}", row=named, remark=remark)
        elif len(rows) <= _ROWS:
            yield message("Rows {rows}: {remark}", rows=named, remark=remark)
        else:
            yield message(
                "Rows {rows} and {count} more: {remark}",
                rows=named,
                count=len(rows) - _ROWS,
                remark=remark,
            )
    if len(remarks) > NOTICE_LIMIT:
        yield message("… and {count} more remarks.", count=len(remarks) - NOTICE_LIMIT)
