"""What of a case goes into its bundle, and as which exhibit."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Final

from pirights import plain
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.bundle import Exhibit, Group, Source, arranged
from pirights.domain.cost import Cost
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.reply import Reply
from pirights.domain.words import Words
from pirights.evidence.names import plain_suffix
from pirights.vault.journal import JournalRow
from pirights.workflow import chat_words, exhibit_texts, scan_record
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.rendering import paper

_BY_NAME: Final = (
    (
        Group.RELATIONSHIP,
        "票 收据 发票 合同 年卡 会员 订单 receipt invoice ticket contract order card",
    ),
    (Group.RULES, "规则 政策 隐私 协议 policy privacy terms rules"),
    (Group.REFUSAL, "拒绝 拒 refus denied"),
    (Group.LOSS, "交通 车费 损失 fare taxi cost"),
)
"""Words in a file's own name that suggest what it proves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An exhibit and where its octets come from.

    Attributes:
        owner: The label of what it shows: an encounter, a letter, a reply (`I3`).
        role: `record` and `letter` for papers made here, else the attachment's purpose.
        content: Opens the octets afresh at each call.
        text: What to set as pages where the original is a mail or a text.
    """

    exhibit: Exhibit
    owner: str
    role: str
    content: Callable[[], Iterator[bytes]]
    text: str | None = None


def gathered(desk: Desk, shown: Shown) -> tuple[Piece, ...]:
    """Collect the exhibits of a case in the catalogue's order, numbered from 1."""
    rows = custody(desk, shown)
    found: list[Piece] = []
    for encounter in shown.encounters:
        found.append(_record(encounter, rows))
        found += [
            _file(desk, file, *_of_encounter(encounter, file))
            for file in desk.vault.attachments(encounter.label)
        ]
    for letter in shown.standing.letters:
        if letter.kind == FollowUp.COURT:
            continue  # no exhibit of its own suit: what it names must not move when it is kept
        if letter.dispatch is None:
            continue  # a draft proves nothing: neither a request made nor its sending
        found.append(_letter(letter, desk))
        found += [
            _file(desk, file, *_of_letter(letter, file))
            for file in desk.vault.attachments(letter.label)
            if file.id not in letter.void_files
        ]
    for reply in shown.standing.replies:
        found += [
            _file(desk, file, *_of_reply(reply, file, place))
            for place, file in enumerate(desk.vault.attachments(f"I{reply.id}"))
        ]
    for cost in shown.costs:
        if cost.counts:
            found += [
                _file(desk, file, *_of_cost(cost, file))
                for file in desk.vault.attachments(cost.label)
            ]
    order = arranged(piece.exhibit for piece in found)
    by_path = {piece.exhibit.path: piece for piece in found}
    return tuple(replace(by_path[each.path], exhibit=_placed(each)) for each in order)


def custody(desk: Desk, shown: Shown) -> list[JournalRow]:
    """The journal's rows of this case, oldest first, up to the last thing done in it.

    The person's own rows stay out: they hold an identity number and the files kept with it, and
    say nothing of the case that its letters do not.
    """
    case = shown.standing.case
    came = desk.all_replies(case)  # the voided ones too: what was done with them stays told
    replies = {f"I{reply.id}" for reply in came}
    labels = (
        {case.ref, f"H{case.handler}"}
        | {f"E{number}" for number in case.encounters}
        | {letter.label for letter in desk.all_letters(case)}
        | {reply.label for reply in came}
        | replies
        | {cost.label for cost in shown.costs}
    )
    return [row for row in desk.vault.journal_rows() if row.subject in labels]


def sheet(exhibit: Exhibit, derived: Iterable[str], facts: object) -> bytes:
    """Write `exhibit.json`: what the file was when it was taken in, and what was made of it."""
    return (
        json.dumps(
            {
                "exhibit": exhibit.folder,
                "original_name": exhibit.original_name,
                "size": exhibit.size,
                "sha256": exhibit.sha256,
                "media_type": exhibit.media_type,
                "imported_at": plain.moment(exhibit.imported_at),
                "photo": facts,
                "derived": list(derived),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    ).encode()


def _placed(exhibit: Exhibit) -> Exhibit:
    suffix = PurePath(exhibit.path).suffix
    return replace(exhibit, path=f"exhibits/{exhibit.folder}/original{suffix}")


def _file(desk: Desk, file: Attachment, group: Group, title: Words, source: Words) -> Piece:
    suffix = plain_suffix(file.name)

    def content() -> Iterator[bytes]:
        return desk.vault.chunks(file)

    return Piece(
        exhibit=Exhibit(
            number=0,
            group=group,
            title=title,
            source=source,
            purpose=group.purpose,
            original_name=file.name,
            path=f"A{file.id}{suffix}",
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            imported_at=file.imported_at,
        ),
        owner=file.owner,
        role=file.purpose,
        content=content,
        text=exhibit_texts.text(file, content) if exhibit_texts.has_text(file) else None,
    )


def _record(encounter: Encounter, rows: Iterable[JournalRow]) -> Piece:
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
        content=lambda: iter([data]),
        text=text,
    )


def _letter(letter: Letter, desk: Desk) -> Piece:
    data = paper(letter.document, Form.PDF)
    written = next(
        row for row in desk.vault.journal_rows() if row.subject == letter.label and row.record
    )
    return Piece(
        exhibit=Exhibit(
            number=0,
            group=_group(letter),
            title=Words(
                zh=f"{letter.document.title}（{letter.on}）",
                en=f"Letter {letter.label} of {letter.on}",
            ),
            source=Source.APPLICANT.words,
            purpose=_group(letter).purpose,
            original_name=f"{letter.label.replace('/', '-')}.pdf",
            path=f"L{letter.id}.pdf",
            media_type="application/pdf",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=datetime.fromisoformat(written.at),
        ),
        owner=letter.label,
        role="letter",
        content=lambda: iter([data]),
    )


def _of_encounter(encounter: Encounter, file: Attachment) -> tuple[Group, Words, Words]:
    name = file.name.casefold()
    group = next(
        (kind for kind, words in _BY_NAME if any(word in name for word in words.split())),
        Group.DEMAND,
    )
    day = f"{encounter.local:%Y-%m-%d}"
    return (
        group,
        Words(zh=f"{day}现场材料：{file.name}", en=f"Kept from the scan of {day}: {file.name}"),
        Source.APPLICANT.words,
    )


def _group(letter: Letter) -> Group:
    return Group.COMPLAINT if letter.kind in TO_AUTHORITY else Group.REQUEST


def _of_letter(letter: Letter, file: Attachment) -> tuple[Group, Words, Words]:
    arrived = file.purpose is Purpose.ARRIVAL_PROOF
    by_carrier = letter.dispatch is not None and letter.dispatch.channel is Channel.EMS
    zh, en = ("送达凭证", "Proof of arrival") if arrived else ("寄送凭证", "Proof of sending")
    return (
        _group(letter),
        Words(zh=f"{zh}：{file.name}", en=f"{en}: {file.name}"),
        (Source.CARRIER if by_carrier else Source.APPLICANT).words,
    )


def _of_reply(reply: Reply, file: Attachment, place: int) -> tuple[Group, Words, Words]:
    if reply.parts and not reply.answers:
        return (Group.REPLY, chat_words.title(reply, place), chat_words.SOURCE)
    if reply.answers:
        return (
            Group.COMPLAINT,
            Words(
                zh=f"{reply.on}{reply.answerer}回复：{file.name}",
                en=f"Answer of {reply.answerer}, {reply.on}: {file.name}",
            ),
            Words(zh=f"{reply.answerer}出具", en=f"Issued by {reply.answerer}"),
        )
    return (
        Group.REPLY,
        Words(zh=f"{reply.on}答复：{file.name}", en=f"Reply of {reply.on}: {file.name}"),
        Source.HANDLER.words,
    )


def _of_cost(cost: Cost, file: Attachment) -> tuple[Group, Words, Words]:
    name = cost.kind.words
    return (
        Group.LOSS,
        Words(
            zh=f"{cost.on}{name.zh}凭证（{cost.amount}元）：{file.name}",
            en=f"Proof of {name.en}, {cost.on} ({cost.amount} yuan): {file.name}",
        ),
        Source.APPLICANT.words,
    )
