"""The exhibits that are written for the bundle: the log of a scan, a letter, the list of law."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from pirights.domain import law_list as domain_list
from pirights.domain.bundle import Exhibit, Group, Source
from pirights.domain.dispatch import Letter
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.words import Words
from pirights.vault.journal import JournalRow
from pirights.workflow import exhibit_words, scan_record
from pirights.workflow.desk import Desk
from pirights.workflow.piece import Piece
from pirights.workflow.rendering import paper


def record(encounter: Encounter, rows: Iterable[JournalRow]) -> Piece:
    """Write out what the log says of a scan."""
    written = [row for row in rows if row.subject == encounter.label and row.record]
    return _made(
        scan_record.written_out(encounter, written),
        owner=encounter.label,
        group=Group.SCANS,
        title=Words(
            zh=f"人脸识别经过记录（{encounter.local:%Y-%m-%d %H:%M}）",
            en=f"Record of the scan ({encounter.local:%Y-%m-%d %H:%M})",
        ),
        name=f"{encounter.label}.txt",
        rows=written,
    )


def law_list(desk: Desk, letters: Sequence[Letter], rows: Iterable[JournalRow]) -> Piece | None:
    """List the law that the letters rest on; None where they cite none that is known."""
    cited = domain_list.cited(item for letter in letters for item in letter.items)
    known = [key for key in cited if key in desk.laws.provisions]
    labels = {letter.label for letter in letters}
    written = [row for row in rows if row.subject in labels and row.kind == "letter.added"]
    if not known or not written:
        return None
    return _made(
        domain_list.written_out(desk.laws, known),
        owner="law",
        group=Group.LAW,
        title=Words(zh="法律依据清单", en="List of law"),
        name="law.txt",
        rows=written,
    )


def _made(  # noqa: PLR0913 (each is needed once)
    text: str, *, owner: str, group: Group, title: Words, name: str, rows: list[JournalRow]
) -> Piece:
    data = text.encode()
    return Piece(
        exhibit=Exhibit(
            number=0,
            group=group,
            title=title,
            source=Source.APPLICANT.words,
            purpose=group.purpose,
            original_name=name,
            path=name,
            media_type="text/plain",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=datetime.fromisoformat(rows[-1].at),
        ),
        owner=owner,
        role="record",
        key=PurePath(name).stem,
        content=lambda: iter([data]),
        text=text,
    )


def letter(desk: Desk, letter: Letter) -> Piece:
    """Make the exhibit of a letter, with the bytes that it is printed as."""
    data = paper(letter.document, Form.PDF)
    written = next(
        row for row in desk.vault.journal_rows() if row.subject == letter.label and row.record
    )
    return Piece(
        exhibit=Exhibit(
            number=0,
            group=exhibit_words.group(letter),
            title=Words(
                zh=f"{letter.document.title}（{letter.on}）",
                en=f"Letter {letter.label} of {letter.on}",
            ),
            source=Source.APPLICANT.words,
            purpose=exhibit_words.group(letter).purpose,
            original_name=f"{letter.label.replace('/', '-')}.pdf",
            path=f"L{letter.id}.pdf",
            media_type="application/pdf",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=datetime.fromisoformat(written.at),
        ),
        owner=letter.label,
        role="letter",
        key=f"L{letter.id}",
        content=lambda: iter([data]),
    )
