"""The empty sheet that a clinic fills in: its headings, an example, and what each column means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pirights.batch.columns import (
    CASES_SHEET,
    COLUMNS,
    COLUMNS_SHEET,
    WORDS_SHEET,
    Column,
)
from pirights.batch.words import chinese
from pirights.domain.words import Words
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited, workbook
from pirights.workflow.workbook import Cell, Guide, Page
from pirights.workflow.workbook_parts import Look

Tell = Callable[[object], Words]
"""Says a sentence, or a word of the domain, in both languages."""

EXAMPLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "key": "EXAMPLE",
        "person_name": "王小明",
        "person_name_en": "Wang Xiaoming",
        "person_phone": "13900000137",
        "person_email": "wang@example.com",
        "person_id_number": "11010519491231002X",
        "person_address": "浙江省杭州市临安区青山路1号",
        "capacity": "本人",
        "handler_name": "临安云栖野趣乐园有限公司",
        "handler_name_en": "Lin'an Yunqi Wild Park Co., Ltd.",
        "handler_uscc": "91330112MA2TEXT00R",
        "handler_address": "浙江省杭州市临安区云栖路2号",
        "handler_email": "privacy@example.com",
        "encounter_at": "2026-11-20 18:05;2026-11-21 09:30",
        "place": "东门3号闸机",
        "venue": "景区",
        "mode": "辨识",
        "notice": "否",
        "consent": "否",
        "separate_consent": "否",
        "alternative": "否",
        "purpose": "年卡会员入园",
        "rights": "查阅;复制;删除",
        "letters": "中英文",
        "identify_by": "年卡号 1234",
        "channel": "特快专递",
        "note": "11月22日来访登记",
    }
)
"""A row that can be read; its key says that nothing is to be made of it."""

NOTES: Final = (
    message(
        "One row is one client against one company or body: one case, one letter. A client with "
        "two companies has two rows."
    ),
    message("The columns with a yellow heading are required; all others may stay empty."),
    message(
        "Headings may be English or Chinese, and in any order. A column with another heading is "
        "named and refused."
    ),
    message("Several values in one cell have a semicolon between them."),
    message(
        "What one row says of a company holds for all rows that name it: its English name, code, "
        "address and e-mail may stay empty in the others."
    ),
    message(
        "Where the capacity is guardian, close relative or agent, the owner of the vault, P1, acts "
        "and signs for the client. For an agent, a power of attorney is made with each letter."
    ),
    message(
        "The row with the key EXAMPLE only shows how, and is passed over. Write from row 4 on."
    ),
    message(
        "All cells are text, so that identity numbers and telephone numbers stay whole. Write no "
        "formula, and merge no cells."
    ),
    message(
        "Then: `pirights batch check FILE` names every fault; `pirights batch run FILE --out DIR` "
        "makes the letters."
    ),
    message("The sheet is not encrypted: keep it safe, and delete it when it is no longer needed."),
)
"""What the sheet of explanations says before the columns."""

_WIDTHS: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(("key", "person_name", "person_phone", "capacity", "venue", "mode"), 15),
        **dict.fromkeys(("notice", "consent", "separate_consent", "alternative", "letters"), 19),
        **dict.fromkeys(("person_address", "handler_name", "handler_address"), 34),
        **dict.fromkeys(("encounter_at", "rights"), 36),
    }
)
_WIDTH: Final = 22
"""Characters, where nothing else is said."""

_EXPLAINED: Final = (20, 20, 16, 46, 56, 40, 34)
_WORDED: Final = (34, 34, 16, 18, 30, 36, 44)
_FIRST: Final = 3
"""The row of the example; what is filled in stands below it."""


def octets(path: Path, *, tell: Tell) -> bytes:
    """Make the empty sheet in the form that the file's name asks for, the same every time.

    Raises:
        BadInput: The name asks for neither form.
    """
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        return as_workbook(tell)
    if ending == ".csv":
        return as_csv()
    raise BadInput(
        message("{file} has neither of the endings .xlsx and .csv.", file=path),
        hint=message("The ending says in which form the sheet is written."),
    )


def is_filled_in(path: Path, fresh: bytes) -> bool:
    """Say whether something stands there that would be lost: all but the same empty sheet."""
    try:
        return path.is_file() and path.read_bytes() != fresh
    except (OSError, ValueError):  # not ours to look at: writing will say so
        return False


def as_csv() -> bytes:
    """The headings in both languages and the example, for programs that open no workbook."""
    return delimited.written(
        (
            [column.name for column in COLUMNS],
            [column.zh for column in COLUMNS],
            [EXAMPLE[column.name] for column in COLUMNS],
        )
    )


def as_workbook(tell: Tell) -> bytes:
    """The sheet to fill in, what its columns mean, and the words that may stand in them."""
    heading = [Look.REQUIRED if column.required else Look.HEADING for column in COLUMNS]
    cases = (
        [(column.name, look) for column, look in zip(COLUMNS, heading, strict=True)],
        [(column.zh, look) for column, look in zip(COLUMNS, heading, strict=True)],
        [(EXAMPLE[column.name], Look.EXAMPLE) for column in COLUMNS],
    )
    return workbook.write(
        (
            Page(
                title=CASES_SHEET,
                rows=enumerate(cases, start=1),
                widths=[width(column.name) for column in COLUMNS],
                frozen=2,
                guides=[guide(column, place, tell) for place, column in enumerate(COLUMNS)],
            ),
            Page(
                title=COLUMNS_SHEET,
                rows=enumerate(_explained(tell), start=1),
                widths=_EXPLAINED,
                wide=True,
            ),
            Page(
                title=WORDS_SHEET,
                rows=enumerate(_worded(tell), start=1),
                widths=_WORDED,
                frozen=1,
                wide=True,
            ),
        )
    )


def guide(column: Column, place: int, tell: Tell) -> Guide:
    """What a spreadsheet program says of a column and offers there: Chinese words first.

    Where a cell may hold several words the list only suggests one, and says nothing of others.
    """
    about = tell(column.about)
    prompt = f"{about.zh}\n{about.en}"
    star = " *" if column.required else ""
    return Guide(
        column=place,
        first=_FIRST,
        title=f"{column.zh} {column.name}{star}",
        prompt=prompt if len(prompt) <= workbook.LIST_LIMIT else about.zh,
        words=words(column),
        strict=not column.several,
    )


def words(column: Column) -> tuple[str, ...]:
    """The words that a list offers for a column: the Chinese ones, then the English ones."""
    shown = chinese(column.choices)
    values = _values(column)
    return (*(shown[value] for value in values), *(value.value for value in values))


def width(name: str) -> float:
    """How wide a column is shown, in characters."""
    return _WIDTHS.get(name, _WIDTH)


def _values(column: Column) -> Sequence[StrEnum]:
    """Give what may be chosen in a column, in the domain's order."""
    known = set(column.choices.values())
    return [value for kind in {type(one) for one in known} for value in kind if value in known]


def _explained(tell: Tell) -> Iterator[Sequence[Cell]]:
    title = tell(message("What each column means"))
    yield [(title.zh, Look.TITLE)]
    yield [(title.en, Look.TITLE)]
    yield []
    for number, note in enumerate(map(tell, NOTES), start=1):
        yield [(f"{number}. {note.zh}", Look.TEXT)]
        yield [(f"    {note.en}", Look.TEXT)]
    yield []
    yield _heading(
        tell,
        message("Heading"),
        message("Chinese heading"),
        message("Required"),
        message("Meaning in Chinese"),
        message("Meaning in English"),
        message("Words that may stand in it"),
        message("Example"),
    )
    for column in COLUMNS:
        about = tell(column.about)
        needed = tell(message("required") if column.required else message("optional"))
        look = Look.REQUIRED if column.required else Look.PROSE
        yield [
            (column.name, look),
            (column.zh, look),
            (f"{needed.zh} {needed.en}", look),
            (about.zh, Look.PROSE),
            (about.en, Look.PROSE),
            ("、".join(chinese(column.choices)[one] for one in _values(column)), Look.PROSE),
            (EXAMPLE[column.name], Look.PROSE),
        ]


def _worded(tell: Tell) -> Iterator[Sequence[Cell]]:
    yield _heading(
        tell,
        message("Heading"),
        message("Chinese heading"),
        message("Chinese word"),
        message("English word"),
        message("Meaning in Chinese"),
        message("Meaning in English"),
        message("Other words that are understood"),
    )
    for columns in _alike():
        choices = columns[0].choices
        shown = chinese(choices)
        for value in _values(columns[0]):
            meaning = tell(value)
            others = [
                word
                for word, meant in choices.items()
                if meant is value and word.isprintable() and word not in {"", value, shown[value]}
            ]
            yield [
                (", ".join(column.name for column in columns), Look.PROSE),
                ("、".join(column.zh for column in columns), Look.PROSE),
                (shown[value], Look.PROSE),
                (value.value, Look.PROSE),
                (meaning.zh, Look.PROSE),
                (meaning.en, Look.PROSE),
                ("、".join(others), Look.PROSE),
            ]


def _alike() -> Iterator[list[Column]]:
    """Take together the columns in which the same words may stand."""
    rest = [column for column in COLUMNS if column.choices]
    while rest:
        same = [column for column in rest if column.choices is rest[0].choices]
        rest = [column for column in rest if column not in same]
        yield same


def _heading(tell: Tell, *titles: Message) -> Sequence[Cell]:
    both = map(tell, titles)
    return [(f"{one.zh}\n{one.en}", Look.HEADING) for one in both]
