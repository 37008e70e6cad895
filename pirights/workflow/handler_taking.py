"""Taking rows into the directory one by one: new, there already, replaced, or refused."""

from dataclasses import dataclass, field, replace

from pirights.domain import entry
from pirights.domain.handler import Handler
from pirights.errors import BadInput, Message, message
from pirights.vault.change import Change
from pirights.workflow.desk import Desk
from pirights.workflow.handler_checking import checked_fields
from pirights.workflow.handler_sheet import Listed
from pirights.workflow.known_handlers import KnownHandlers
from pirights.workflow.sheet_faults import FAULT_LIMIT, Fault, SheetFaults


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A row whose handler is there already, and which was not taken.

    Attributes:
        number: The handler's number.
        because: By what it is the same.
        differs: The fields in which the row says something else.
        in_file: An earlier row of the same file is of that handler.
    """

    row: int
    line: int
    number: int
    name: str
    because: Message
    differs: tuple[str, ...]
    in_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file; of a preview, what would.

    Attributes:
        added: The numbers of new handlers, in the order of the file.
        updated: The numbers of those that were replaced by what the file says.
        twins: The first rows that were there already, as many as are listed.
        all_twins: How many there are.
        faults: The first faults, as many as are listed.
        failed: Rows that were not taken in, all of them; rows that lost a relation are not.
        unlisted: Rows with a fault of which none is in the list.
        remarks: What else to know of the file, such as namesakes that it tells apart.
    """

    added: tuple[int, ...]
    updated: tuple[int, ...]
    twins: tuple[Twin, ...]
    all_twins: int
    faults: tuple[Fault, ...]
    failed: int
    unlisted: int
    remarks: tuple[Message, ...]


@dataclass(slots=True)
class _Relation:
    """A relation that a row states, to be settled when all rows are known."""

    number: int
    name: str
    refers_to: str
    of: Listed


@dataclass(slots=True)
class Taking:
    """Takes rows one by one, and remembers what became of them."""

    desk: Desk
    update: bool
    known: KnownHandlers = field(init=False)
    added: list[int] = field(default_factory=list)
    updated: dict[int, None] = field(default_factory=dict)
    twins: list[Twin] = field(default_factory=list)
    all_twins: int = 0
    faults: SheetFaults = field(default_factory=SheetFaults)
    lost: list[Fault] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    relations: list[_Relation] = field(default_factory=list)
    apart: list[Message] = field(default_factory=list)
    branches: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at what is there before the file."""
        self.known = KnownHandlers(self.desk)

    def take(self, one: Listed | Fault, change: Change) -> None:
        """Take a row, or say why not."""
        if isinstance(one, Fault):
            self.faults.note(one)
            return
        if one.label and one.label in self.labels:
            self._refuse(one, "id", message("{label} stands twice.", label=one.label))
            return
        try:
            checked = checked_fields(self.desk, Handler(id=0, **one.fields))
        except BadInput as wrong:
            self._refuse(one, _column(wrong, one), wrong.message)
            return
        found = self._same(one, checked)
        if not found:
            number = self._add(one, checked, change)
        elif len(found) > 1 and self.update:
            labels = ", ".join(f"H{number}" for number in found)
            self._refuse(one, "name", message("Several have this name: {labels}.", labels=labels))
            return
        else:
            number = found[0]
            self._meet(one, number, checked, change)
        if one.label:
            self.labels[one.label] = number

    def _same(self, one: Listed, checked: Handler) -> list[int]:
        """Find which handler a row is of: several, if nothing tells them apart.

        Rows that the file itself numbers are as many handlers, and so are branches of different
        companies: two of them are never the same one.
        """
        taken = set(self.labels.values()) if one.label else set()
        found = [
            number
            for number in self.known.like(checked)
            if number not in taken and not self._is_other_branch(one, number)
        ]
        if len(found) < 2:  # noqa: PLR2004 (one, or none)
            return found
        likeness = {number: self._likeness(one, number, checked) for number in found}
        whole = len(one.fields) + 1
        best = max(likeness.values())
        if best < whole and not one.label:
            return found
        nearest = [number for number in found if likeness[number] == best]
        return nearest[:1] if best == whole else nearest

    def _likeness(self, one: Listed, number: int, checked: Handler) -> int:
        """Count the fields of a row in which a handler is the same, and its head office."""
        there = self.desk.vault.get(Handler, number)
        same = sum(bool(getattr(there, name) == getattr(checked, name)) for name in one.fields)
        refers_to = one.relations.get("branch_of")
        if refers_to is None:
            return same + 1
        if not refers_to:
            return same + (there.branch_of is None)
        head = self._named(_Relation(number=number, name="branch_of", refers_to=refers_to, of=one))
        return same + (head is None or head == there.branch_of)

    def _is_other_branch(self, one: Listed, number: int) -> bool:
        """Whether a row is a branch of that handler, or both of the file of different companies."""
        head = one.relations.get("branch_of", "")
        if self.known.is_of_this_file(number) and self.branches.get(number, "") != head:
            return True
        of = _Relation(number=0, name="branch_of", refers_to=head, of=one)
        return bool(head) and self._named(of) == number

    def _add(self, one: Listed, checked: Handler, change: Change) -> int:
        namesakes = self.known.like(checked)
        number = change.add(checked).id
        self.added.append(number)
        self.known.note(number, checked, is_new=True)
        self.branches[number] = one.relations.get("branch_of", "")
        self._relate_later(one, number)
        if namesakes and len(self.apart) < FAULT_LIMIT:
            self.apart.append(
                message(
                    "Row {row}: {name} is called as {labels}, and was taken as another handler, "
                    "for the file tells them apart.",
                    row=one.row,
                    name=checked.name,
                    labels=", ".join(f"H{each}" for each in namesakes),
                )
            )
        return number

    def relate(self, change: Change) -> None:
        """Settle the relations, now that all rows are known."""
        for one in self.relations:
            number = self._named(one) if one.refers_to else None
            before = self.desk.vault.get(Handler, one.number)
            if one.refers_to and number in {None, one.number}:
                problem = message(
                    "{name} is no other handler of the file; the row was taken without it.",
                    name=one.refers_to,
                )
                self.lost.append(
                    Fault(row=one.of.row, line=one.of.line, column=one.name, problem=problem)
                )
                continue
            after = replace(before, **{one.name: number})  # type: ignore[arg-type]  # the number of a handler
            self._put(before, after, change)

    def taken(self, remarks: tuple[Message, ...]) -> Taken:
        """Say what became of the rows."""
        room = max(0, FAULT_LIMIT - len(self.faults.listed))
        return Taken(
            added=tuple(self.added),
            updated=tuple(self.updated),
            twins=tuple(self.twins),
            all_twins=self.all_twins,
            faults=(*self.faults.listed, *self.lost[:room]),
            failed=self.faults.rows,
            unlisted=self.faults.unlisted + len(self.lost[room:]),
            remarks=(*remarks, *self.apart),
        )

    def _meet(self, one: Listed, number: int, checked: Handler, change: Change) -> None:
        """Deal with a row whose handler is there."""
        is_new = self.known.is_of_this_file(number)
        before = self.desk.vault.get(Handler, number)
        after = replace(before, **{name: getattr(checked, name) for name in one.fields})
        if self.update and not is_new:
            self._put(before, after, change)
            self.known.note(number, after)
            self._relate_later(one, number)
            return
        self.all_twins += 1
        if len(self.twins) < FAULT_LIMIT:
            self.twins.append(
                Twin(
                    row=one.row,
                    line=one.line,
                    number=number,
                    name=before.name,
                    because=_because(checked, before),
                    differs=tuple(
                        name
                        for name in one.fields
                        if getattr(after, name) != getattr(before, name)
                        and (getattr(after, name) or not is_new)
                    ),
                    in_file=is_new,
                )
            )

    def _put(self, before: Handler, after: Handler, change: Change) -> None:
        if after.email != before.email:
            after = replace(after, email_bounced=None)
        after = after.without_stale_capture(before)
        if after != before:
            change.replace(after, kind="handler.edited")
            if not self.known.is_of_this_file(before.id):
                self.updated[before.id] = None

    def _relate_later(self, one: Listed, number: int) -> None:
        for name, refers_to in one.relations.items():
            if refers_to or not self.known.is_of_this_file(number):
                self.relations.append(
                    _Relation(number=number, name=name, refers_to=refers_to, of=one)
                )

    def _named(self, one: _Relation) -> int | None:
        try:
            number = entry.record_number(one.refers_to, "H")
        except BadInput:
            return self.known.named(one.refers_to, but=one.number)
        if one.of.has_labels:
            return self.labels.get(f"H{number}")
        return number if self.known.has(number) else None

    def _refuse(self, one: Listed, column: str, problem: Message) -> None:
        self.faults.note(Fault(row=one.row, line=one.line, column=column, problem=problem))


def _because(row: Handler, there: Handler) -> Message:
    """Say by what a row and a handler are the same."""
    if row.uscc and row.uscc == there.uscc:
        return message("the same social credit code")
    if row.name == there.name:
        return message("the same name, and no other code")
    return message("the same name but for its spelling, and no other code")


def _column(wrong: BadInput, one: Listed) -> str:
    """Say which column an error is about: the one that it names, or the code."""
    named = str(wrong.message.values.get("field")).removeprefix("--")
    if named in one.fields:
        return named
    return "policy_days" if "amount" in wrong.message.values else "uscc"
