"""A clinic's sheet of clients, runs over it, and what a folder holds whatever its references."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from pirights.batch import executors, preparing
from pirights.batch import run as running
from pirights.batch.in_order import Hire
from pirights.batch.outcome import How, Progress, Ran
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case, CaseNote
from pirights.domain.dispatch import Letter
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.workflow.desk import Desk
from tests.workflow import office

COLUMNS = (
    *("key", "person_name", "person_phone", "person_id_number", "person_address", "capacity"),
    *(
        "handler_name",
        "handler_address",
        "encounter_at",
        "place",
        "venue",
        "rights",
        "letters",
        "channel",
        "note",
    ),
)

ALONE: Hire = partial(executors.local, 1)
TEXT = (Form.TXT,)


def client(number: int, **more: str) -> dict[str, str]:
    """A resident of one of three estates."""
    estate = number % 3
    return {
        "key": f"K{number}",
        "person_name": f"样例居民{number}",
        "person_phone": f"139{number:08}",
        "person_address": f"杭州市西湖区样例路{number}号",
        "handler_name": f"杭州样例物业服务第{estate}有限公司",
        "handler_address": f"杭州市样例区{estate}号",
        "encounter_at": f"2026-11-{1 + number % 20:02} 08:05",
        "place": "东门3号闸机",
        "venue": "residential",
        "rights": "access;copy" if number % 2 else "access",
        **more,
    }


def sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write the rows as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def clients(path: Path, count: int) -> Path:
    """Write a sheet of so many good rows; every seventh client is represented."""
    return sheet(
        path,
        (
            client(
                number, capacity="" if number % 7 else "agent", note="" if number % 5 else "备注"
            )
            for number in range(1, count + 1)
        ),
    )


def run(  # noqa: PLR0913 (what a run can be told)
    desk: Desk,
    file: Path,
    out: Path,
    *,
    resume: bool = False,
    forms: tuple[Form, ...] = TEXT,
    hire: Hire = ALONE,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Ran:
    """Make the letters of a sheet; as text, which is quick, unless forms are named."""
    prepared = preparing.prepare(desk, file, out, resume=resume, forms=() if resume else forms)
    return running.run(
        prepared, How(hire=hire, moment=lambda: office.NOW, say=str, progress=progress)
    )


_REF = re.compile(r"PR-\d{4}-[0-9A-Z]{7}-[0-9A-Z]")
_SUM = re.compile(r"[0-9a-f]{64}")


def masked(text: str) -> str:
    """Take out what is drawn anew in every run, and sums over it."""
    return _SUM.sub("SUM", _REF.sub("REF", text))


def contents(out: Path) -> dict[str, str]:
    """What a folder holds, by masked name: the text of what is text; the rest is merely there."""
    return {
        masked(path.relative_to(out).as_posix()): masked(path.read_text(encoding="utf-8-sig"))
        if path.suffix in {".txt", ".csv"}
        else ""
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


RECORDS = (Person, Handler, Encounter, Case, Letter, CaseNote, BatchRow)


def counts(desk: Desk) -> list[int]:
    """Count what a run adds to a vault."""
    return [desk.vault.count(kind) for kind in RECORDS]


def index(out: Path) -> list[dict[str, str]]:
    """Read the index of a run."""
    with (out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
