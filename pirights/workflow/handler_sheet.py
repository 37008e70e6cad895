"""Handlers as rows of text, from CSV, a workbook or JSON: every faulty cell named, none guessed.

Rows are numbered as in `encounter_sheet`. A row is given as what it says and no more: a column
that is not there says nothing, and an empty cell says that there is nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pirights.domain import entry
from pirights.domain.handler import RELATIONS, Handler, Period, TimeUnit
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited
from pirights.workflow.encounter_cells import word
from pirights.workflow.encounter_words import VENUES
from pirights.workflow.excel_sheet import Cell
from pirights.workflow.sheet_faults import Fault
from pirights.workflow.sheet_headings import Headings

ROW_LIMIT: Final = 100_000
"""Rows of a sheet, its heading apart."""

COLUMNS: Final = (
    *("id", "name", "name_en", "aliases", "uscc", "address", "email", "phone", "web"),
    *("policy_url", "policy_days", "venue", "source", "verified"),
    *RELATIONS,
)
"""Every heading, in the order in which the export writes them."""

_CHINESE_HEADINGS: Final[Mapping[str, str]] = {
    "编号": "id",
    **dict.fromkeys(("名称", "全称", "企业名称", "公司名称", "处理者", "个人信息处理者"), "name"),
    **dict.fromkeys(("英文名称", "英文名"), "name_en"),
    **dict.fromkeys(("别名", "其他名称", "品牌名", "商号"), "aliases"),
    **dict.fromkeys(("统一社会信用代码", "信用代码", "社会信用代码"), "uscc"),
    **dict.fromkeys(("地址", "注册地址", "住所"), "address"),
    **dict.fromkeys(("邮箱", "电子邮箱", "电子邮件"), "email"),
    **dict.fromkeys(("电话", "联系电话", "手机"), "phone"),
    **dict.fromkeys(("网站", "网址"), "web"),
    **dict.fromkeys(("处理规则网址", "隐私政策网址", "隐私政策"), "policy_url"),
    **dict.fromkeys(("承诺期限", "承诺答复期限"), "policy_days"),
    **dict.fromkeys(("场所", "场所类型"), "venue"),
    **dict.fromkeys(("来源", "出处"), "source"),
    **dict.fromkeys(("核实日期", "最近核实", "核对日期"), "verified"),
    **dict.fromkeys(("总公司", "所属总公司", "分支机构属于"), "branch_of"),
    **dict.fromkeys(("品牌属于", "品牌所属公司"), "brand_of"),
    **dict.fromkeys(("母公司", "上级公司"), "parent"),
}

HEADINGS: Final = Headings(columns=COLUMNS, chinese=_CHINESE_HEADINGS, required=("name",))

Record = tuple[int, int, Sequence[Cell] | Message]
"""A row's number, its line, and its cells, or why it cannot be read."""

_SPLIT: Final = re.compile(r"\\(.)|([;；])|([^\\;；]+)|(\\)", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"[\\;；]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A good row.

    Attributes:
        label: What the sheet itself calls the handler, such as H3, or empty.
        fields: What it says, by field of `Handler`.
        relations: How it names other handlers, by field; empty where it says there is none.
        has_labels: The sheet numbers its handlers, so that `H3` is one of its own.
    """

    row: int
    line: int
    label: str
    fields: Mapping[str, Any]
    relations: Mapping[str, str]
    has_labels: bool = False


def entries(records: Iterable[Record], *, guarded: bool = True) -> Iterator[Listed | Fault]:
    """Read rows under their heading, which is the first that is not empty.

    Args:
        records: The heading and the rows.
        guarded: An apostrophe before what would be a formula is not part of the text.

    Raises:
        BadInput: No heading, or one that is not known.
    """
    numbered = iter(records)
    heading = _heading_of(numbered)
    for row, line, cells in numbered:
        if row > ROW_LIMIT + 1:
            problem = message("More than {limit} rows; the rest was not read.", limit=ROW_LIMIT)
            yield Fault(row=row, line=line, column="", problem=problem)
            return
        if isinstance(cells, Message):
            yield Fault(row=row, line=line, column="", problem=cells)
        elif not all(map(_is_empty, cells)):
            given = dict(zip(heading, [*cells, *[""] * len(heading)], strict=False))
            stray = given.pop("", "") or any(
                not _is_empty(cell)
                for place, cell in enumerate(cells)
                if place >= len(heading) or not heading[place]
            )
            yield from read(row, line, given, guarded=guarded, stray=bool(stray))


def read(
    row: int, line: int, given: Mapping[str, Cell], *, guarded: bool, stray: bool = False
) -> Iterator[Listed | Fault]:
    """Read one row: the row, or all its faults."""
    fields: dict[str, Any] = {}
    relations: dict[str, str] = {}
    label = ""
    faults: list[Fault] = []
    if stray:
        problem = message("The row has a cell under no heading.")
        faults.append(Fault(row=row, line=line, column="", problem=problem))
    for column, cell in given.items():
        if isinstance(cell, Message):
            faults.append(Fault(row=row, line=line, column=column, problem=cell))
            continue
        text = delimited.unguarded(cell) if guarded else cell
        try:
            if column == "id":
                label = f"H{entry.record_number(text, 'H')}" if text.strip() else ""
            elif column in RELATIONS:
                relations[column] = text.strip()
            else:
                fields[column] = _READERS.get(column, str)(text)
        except BadInput as wrong:
            faults.append(Fault(row=row, line=line, column=column, problem=wrong.message))
    if not faults and not str(fields.get("name", "")).strip():
        problem = message("The name is missing.")
        faults.append(Fault(row=row, line=line, column="name", problem=problem))
    if faults:
        yield from faults
        return
    yield Listed(
        row=row,
        line=line,
        label=label,
        fields=fields,
        relations=relations,
        has_labels="id" in given,
    )


def cells_of(one: Handler) -> dict[str, str]:
    """Write a handler as cells that `entries` reads back."""
    found: dict[str, str] = {}
    for column in COLUMNS:
        if column == "id":
            found[column] = one.label
        elif column == "aliases":
            found[column] = joined(one.aliases)
        elif column == "policy_days":
            found[column] = days(one.policy_days)
        elif column in RELATIONS:
            number = getattr(one, column)
            found[column] = f"H{number}" if number is not None else ""
        else:
            value = getattr(one, column)
            found[column] = "" if value is None else str(value)
    return found


def joined(names: Iterable[str]) -> str:
    """Write several names into one cell, with a semicolon between them."""
    return "; ".join(_TO_ESCAPE.sub(r"\\\g<0>", name) for name in names)


def days(period: Period | None) -> str:
    """Write a period as it is typed: `15`, `15wd`."""
    if period is None:
        return ""
    return f"{period.amount}{'wd' if period.unit is TimeUnit.WORKING_DAY else ''}"


def _heading_of(numbered: Iterator[Record]) -> list[str]:
    for row, _, cells in numbered:
        if isinstance(cells, Message):
            raise BadInput(cells)
        if not all(map(_is_empty, cells)):
            return HEADINGS.read(cells)
        if row > ROW_LIMIT:
            break
    raise BadInput(
        message("The sheet is empty."),
        hint=message("Its first row names the columns: {columns}.", columns=", ".join(COLUMNS)),
    )


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _aliases(cell: str) -> tuple[str, ...]:
    names = [""]
    for escaped, semicolon, plain, stray in _SPLIT.findall(cell):
        if semicolon:
            names.append("")
        else:
            names[-1] += escaped or plain or stray
    return tuple(stripped for name in names if (stripped := name.strip()))


def _period(cell: str) -> Period | None:
    return None if cell.strip() in {"", "0", "none"} else entry.period(cell)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "aliases": _aliases,
    "policy_days": _period,
    "venue": lambda cell: word(cell, VENUES, "venue") if cell.strip() else None,
    "verified": lambda cell: entry.day(cell, field="verified") if cell.strip() else None,
    "web": lambda cell: entry.web_address(cell, field="web"),
    "policy_url": lambda cell: entry.web_address(cell, field="policy_url"),
}
