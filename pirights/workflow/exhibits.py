"""What of a case goes into its bundle, and as which exhibit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pirights.domain import plaintiff
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.bundle import Exhibit, Group, arranged
from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.words import Words
from pirights.evidence.names import plain_suffix
from pirights.vault.journal import JournalRow
from pirights.workflow import (
    captured_pages,
    chat_words,
    exhibit_texts,
    exhibit_words,
    former_log,
    joining,
    made_exhibits,
)
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.piece import Piece

_OF_THE_VAULT: Final = ("bundle.", "checkpoint.")
"""How the kinds of rows begin that tell of the vault, even where they name a case: building a
bundle or stamping the journal changes nothing in the case."""


def gathered(desk: Desk, shown: Shown) -> tuple[Piece, ...]:
    """Collect the exhibits of a case in the catalogue's order, numbered from 1."""
    rows, letters = custody(desk, shown), letters_of(shown)
    case = shown.standing.case
    found: list[Piece] = []
    for encounter in shown.encounters:
        found.append(made_exhibits.record(encounter, rows))
        found += [
            _file(desk, letters, file, *exhibit_words.of_encounter(encounter, file))
            for file in desk.vault.attachments(encounter.label)
            if file.purpose is not Purpose.CAPTURE
        ]
    found += [
        _file(desk, letters, file, *captured_pages.described(desk, file))
        for file in captured_pages.of_case(desk, shown)
    ]
    left: list[Letter] = []
    for letter in shown.standing.letters:
        if letter.kind == FollowUp.COURT:
            continue  # no exhibit of its own suit: what it names must not move when it is kept
        if letter.dispatch is None:
            continue  # a draft proves nothing: neither a request made nor its sending
        found.append(made_exhibits.letter(desk, letter))
        left.append(letter)
        found += [
            _file(desk, letters, file, *exhibit_words.of_letter(letter, file))
            for file in desk.vault.attachments(letter.label)
            if file.id not in letter.void_files
        ]
    for reply in shown.standing.replies:
        files = [
            _file(desk, letters, file, *exhibit_words.of_reply(reply, file, place))
            for place, file in enumerate(desk.vault.attachments(f"I{reply.id}"))
        ]
        is_series = len(files) > 1 and reply.parts and not reply.answers
        found += [joining.together(files, chat_words.whole(reply))] if is_series else files
    for cost in shown.costs:
        if cost.counts:
            found += [
                _file(desk, letters, file, *exhibit_words.of_cost(cost, file))
                for file in desk.vault.attachments(cost.label)
            ]
    found += [
        _file(desk, letters, file, *former_log.described(file))
        for file in former_log.kept(desk, case.ref)
    ]
    law = made_exhibits.law_list(desk, left, rows)
    found += [law] if law is not None else []
    called = plaintiff.exhibit if in_court(shown) else replace
    notes = {note.key: note for note in case.exhibit_notes}
    found = joining.as_told(found, notes)
    by_path = {one.exhibit.path: one for one in found}
    order = arranged(
        notes[one.key].put_on(one.exhibit) if one.key in notes else one.exhibit for one in found
    )
    return tuple(joining.placed(by_path[each.path], each, called) for each in order)


def letters_of(shown: Shown) -> Letters:
    """The languages of a case's bundle: Chinese always, English where its letters have it."""
    return Letters.ZH if shown.standing.case.letters is Letters.ZH else Letters.BOTH


def in_court(shown: Shown) -> bool:
    """Whether a complaint is kept: its words and those of the list of evidence are to agree."""
    return any(letter.kind == FollowUp.COURT for letter in shown.standing.letters)


def custody(desk: Desk, shown: Shown) -> list[JournalRow]:
    """The journal's rows of this case, oldest first, up to the last thing done in it.

    The person's own rows stay out: they hold an identity number and the files kept with it, and
    say nothing of the case that its letters do not. So does what was done with the bundle itself.
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
    return [
        row
        for row in desk.vault.journal_rows()
        if row.subject in labels and not row.kind.startswith(_OF_THE_VAULT)
    ]


def _file(  # noqa: PLR0913, PLR0917 (where it is kept, and what it is called)
    desk: Desk, letters: Letters, file: Attachment, group: Group, title: Words, source: Words
) -> Piece:
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
        key=f"A{file.id}",
        text=exhibit_texts.text(file, content, letters) if exhibit_texts.has_text(file) else None,
    )
