"""What a bundle of this kind should hold and does not (`bundle gaps`).

The kinds are those of the evidence in Guo Bing v. Hangzhou Safari Park and later cases. A gap is
a hint, not a fault: a bundle with gaps is sealed like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.bundle import Group
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import TO_AUTHORITY
from pirights.errors import Message, message

LATE: Final = 3
"""Days after a scan from which writing it down counts as late: our own measure, no rule's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An encounter, and when it was written down.

    Attributes:
        label: Such as E1.
        on: The day of the scan, in its zone.
        written_on: The day it entered the log, by this computer's clock.
    """

    label: str
    on: date
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a case holds for its bundle.

    Attributes:
        ref: The case.
        person: The person's label, such as P1.
        handler: The handler's label, such as H1.
        groups: The groups with at least one file of their own; a paper that pirights wrote for
            the bundle (the record of a scan, a letter) does not count. A kept identity document
            counts, although no bundle holds it.
        encounters: Its encounters, oldest first.
        letters: Those that left, oldest first; without the complaint to the court, which is no
            exhibit of its own suit.
        proved: Labels of the letters with a file that proves the sending.
        arrived: Labels of the letters with a file that proves the arrival.
        answered: Something came back from the handler.
        unmet: The handler refused, or gave a part only.
        answer_due: By when an answer may be expected, inclusive; None if nothing runs.
        answered_papers: Numbers of the papers to authorities that were answered.
        unproved_costs: Labels of the costs without a file.
        costs: How many costs count.
        stamped: At least one of the case's rows has a third party's time.
        today: In the vault's zone.
    """

    ref: str
    person: str
    handler: str
    groups: frozenset[Group]
    encounters: Sequence[Written]
    letters: Sequence[Letter]
    proved: frozenset[str]
    arrived: frozenset[str]
    answered: bool
    unmet: bool
    answer_due: date | None
    answered_papers: frozenset[int]
    unproved_costs: Sequence[str]
    costs: int
    stamped: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is missing.

    Attributes:
        group: Of the catalogue.
        what: What is missing.
        why: Why it matters.
        command: What to type; words in capitals are to be filled in. Empty where nothing helps.
        hint: Nothing need be done: it tells why the group may well stay empty.
    """

    group: Group
    what: Message
    why: Message
    command: str = ""
    hint: bool = False


def gaps(held: Holdings) -> tuple[Gap, ...]:
    """Find what is missing, in the catalogue's order."""
    found = [*_of_facts(held), *_of_request(held), *_of_outcome(held)]
    order = list(Group)
    return tuple(sorted(found, key=lambda gap: order.index(gap.group)))


def _of_facts(held: Holdings) -> Iterator[Gap]:
    first = held.encounters[0].label if held.encounters else "E1"
    attach = f"pirights log attach {first} FILE"
    if Group.IDENTITY not in held.groups:
        yield Gap(
            group=Group.IDENTITY,
            what=message("No paper shows who you are."),
            why=message(
                "A court or an authority wants a copy of an identity card. Mark the copy with its "
                "purpose, and hand it in by yourself: it need not go to the other side."
            ),
            command=f'pirights idcopy IMAGE --for "PURPOSE" --keep {held.person}',
        )
    if Group.RELATIONSHIP not in held.groups:
        yield Gap(
            group=Group.RELATIONSHIP,
            what=message("No ticket, card, invoice, contract or account is kept."),
            why=message("It shows that you are a customer, resident or member, and since when."),
            command=attach,
        )
    if Group.DEMAND not in held.groups:
        yield Gap(
            group=Group.DEMAND,
            what=message("No photo of the gate or sign, no text message and no chat is kept."),
            why=message(
                "Your record says what happened; a picture of the device and of the notice shows "
                "it. Faces of bystanders need not be in it."
            ),
            command=attach,
        )
    if Group.RULES not in held.groups:
        yield Gap(
            group=Group.RULES,
            what=message("The handler's published rules are not kept."),
            why=message("Rules change. What they said, and promised, at the time has to be shown."),
            command=f"pirights capture URL --handler {held.handler}",
        )
    for one in held.encounters:
        if (days := (one.written_on - one.on).days) >= LATE:
            yield Gap(
                group=Group.SCANS,
                what=message(
                    "{label} was written down {days} days after the scan.",
                    label=one.label,
                    days=days,
                ),
                why=message(
                    "A note made at once weighs more. Whatever shows the day itself helps: a "
                    "payment, an entry record, a message of that day."
                ),
                command=f"pirights log attach {one.label} FILE",
            )
    if Group.REFUSAL not in held.groups:
        yield Gap(
            group=Group.REFUSAL,
            what=message("Nothing shows that you refused the scan or asked for another way."),
            why=message(
                "Without it the other side may say that nobody was forced. The chat or recording "
                "of such a request, and the answer to it, show it."
            ),
            command=attach,
        )


def _of_request(held: Holdings) -> Iterator[Gap]:
    if not held.letters:
        yield Gap(
            group=Group.REQUEST,
            what=message("No request has left yet."),
            why=message(
                "Before a suit over a copy or deletion, the handler has as a rule to be asked."
            ),
            command=f"pirights sent {held.ref} --channel CHANNEL --at DATE --proof FILE",
        )
    for letter in held.letters:
        group = Group.COMPLAINT if letter.kind in TO_AUTHORITY else Group.REQUEST
        if letter.may_leave:
            yield Gap(
                group=group,
                what=message("{label} came back.", label=letter.label),
                why=message("A letter that did not arrive asks for nothing. Send it another way."),
                command=f"pirights sent {letter.shortest} --channel CHANNEL --at DATE --proof FILE",
            )
            continue
        if letter.label not in held.proved:
            yield Gap(
                group=group,
                what=message("Nothing proves that {label} was sent.", label=letter.label),
                why=message("The other side may say that no letter came."),
                command=f"pirights sent {letter.shortest} --correct --proof FILE --because TEXT",
            )
        if letter.label not in held.arrived:
            way = "--at DATE" if letter.arrived_on is None else "--correct --because TEXT"
            yield Gap(
                group=group,
                what=message("Nothing proves that {label} arrived.", label=letter.label),
                why=message("The time to wait for an answer is counted from the arrival."),
                command=f"pirights received {letter.shortest} {way} --proof FILE",
            )


def _of_outcome(held: Holdings) -> Iterator[Gap]:
    waited = held.answer_due is not None and held.answer_due < held.today
    if held.letters and not held.answered and not waited:
        yield Gap(
            group=Group.REPLY,
            what=message("There is no reply yet, and the time to wait for one is not over."),
            why=message("Silence is shown by the proof of arrival and by the time that passed."),
            command=f"pirights case show {held.ref}",
        )
    if held.letters and not held.answered and waited:
        yield Gap(
            group=Group.REPLY,
            what=message("No reply came, and the time to wait for one is over."),
            why=message(
                "Silence has no paper of its own: the proof that the request arrived shows it, "
                "with the time that passed since."
            ),
            command=f"pirights case show {held.ref}",
            hint=True,
        )
    complained = any(letter.kind in TO_AUTHORITY for letter in held.letters)
    if held.letters and not complained and (held.unmet or (waited and not held.answered)):
        yield Gap(
            group=Group.COMPLAINT,
            what=message("No complaint to an authority has been made."),
            why=message(
                "None need be made before a suit: Article 50(2) of the Personal Information "
                "Protection Law opens the court to whoever was refused and asks for no complaint "
                "first. Where one is made, it and its answer belong here."
            ),
            command=f"pirights escalate {held.ref} --as regulator",
            hint=True,
        )
    for letter in held.letters:
        if letter.kind in TO_AUTHORITY and letter.number not in held.answered_papers:
            yield Gap(
                group=Group.COMPLAINT,
                what=message("The authority's answer to {label} is not kept.", label=letter.label),
                why=message(
                    "Its receipt and its answer show that the complaint was made and heard."
                ),
                command=f"pirights reply add {letter.label} FILE",
            )
    for label in held.unproved_costs:
        yield Gap(
            group=Group.LOSS,
            what=message("No receipt is kept for {label}.", label=label),
            why=message(
                "What is claimed as a cost has to be shown. Take it out, and write it down again "
                "with its receipt."
            ),
            command=f"pirights case cost {held.ref} --void {label} --because TEXT",
        )
    if not held.costs:
        yield Gap(
            group=Group.LOSS,
            what=message("No cost is written down."),
            why=message(
                "The reasonable costs of stopping the wrong, such as postage, notary and "
                "travel, can be claimed where they are shown."
            ),
            command=f"pirights case cost {held.ref} --kind KIND --amount YUAN --proof FILE",
        )
    if not held.stamped:
        yield Gap(
            group=Group.INTEGRITY,
            what=message("No third party's time covers this case."),
            why=message(
                "The times of the log are this computer's. A time stamp shows that the rows "
                "existed by its time, whoever looks later."
            ),
            command=f"pirights stamp {held.ref}",
        )
