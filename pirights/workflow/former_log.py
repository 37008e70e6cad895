"""A case's rows in the log of the vault that it came from, kept as one file of the case.

In its new vault everything was written down on the day on which it was taken over. When it was
first written down, only the log of the old vault tells: its rows, with proofs of their place, as
`custody/` of a bundle holds them. So they go along, and into every bundle of the case.
"""

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.bundle import Group, Source
from pirights.domain.words import Words
from pirights.workflow.desk import Desk


def kept(desk: Desk, ref: str) -> list[Attachment]:
    """The logs that came with a case, that of the oldest vault first."""
    return [file for file in desk.vault.attachments(ref) if file.purpose is Purpose.FORMER_LOG]


def described(file: Attachment) -> tuple[Group, Words, Words]:
    """Say what it is in a catalogue: group, title, source."""
    return (
        Group.INTEGRITY,
        Words(
            zh=f"本案在原加密库日志中的记录及其证明：{file.name}",
            en=f"The case's rows in the log of its former vault, with proofs: {file.name}",
        ),
        Source.APPLICANT.words,
    )
