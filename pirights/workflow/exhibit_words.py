"""What a kept file is called in the catalogue: its group, title and source."""

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.bundle import Group, Source
from pirights.domain.cost import Cost
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.reply import Reply
from pirights.domain.words import Words
from pirights.workflow import chat_words, file_names


def of_encounter(encounter: Encounter, file: Attachment) -> tuple[Group, Words, Words]:
    """Describe a file that was kept with a scan."""
    day = f"{encounter.local:%Y-%m-%d}"
    return (
        file_names.group(file.name),
        Words(zh=f"{day}现场材料：{file.name}", en=f"Kept from the scan of {day}: {file.name}"),
        file_names.source(file.name).words,
    )


def group(letter: Letter) -> Group:
    """Say to which group a letter and its proofs belong."""
    return Group.COMPLAINT if letter.kind in TO_AUTHORITY else Group.REQUEST


def of_letter(letter: Letter, file: Attachment) -> tuple[Group, Words, Words]:
    """Describe a file that proves how a letter went."""
    arrived = file.purpose is Purpose.ARRIVAL_PROOF
    by_carrier = letter.dispatch is not None and letter.dispatch.channel is Channel.EMS
    zh, en = ("送达凭证", "Proof of arrival") if arrived else ("寄送凭证", "Proof of sending")
    return (
        group(letter),
        Words(zh=f"{zh}：{file.name}", en=f"{en}: {file.name}"),
        (Source.CARRIER if by_carrier else Source.APPLICANT).words,
    )


def of_reply(reply: Reply, file: Attachment, place: int) -> tuple[Group, Words, Words]:
    """Describe a file of something that came in, by its place among them, from 0."""
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


def of_cost(cost: Cost, file: Attachment) -> tuple[Group, Words, Words]:
    """Describe a file that proves a cost."""
    name = cost.kind.words
    return (
        Group.LOSS,
        Words(
            zh=f"{cost.on}{name.zh}凭证（{cost.amount}元）：{file.name}",
            en=f"Proof of {name.en}, {cost.on} ({cost.amount} yuan): {file.name}",
        ),
        cost.kind.source,
    )
