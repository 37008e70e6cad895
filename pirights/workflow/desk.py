"""What every act is done at: the open vault, the law, and the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pirights import law_data
from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Encounter
from pirights.domain.law import Laws
from pirights.domain.reply import Reply
from pirights.errors import BadInput, NotFound, message
from pirights.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open vault and the moment of the act.

    Attributes:
        now: Aware, UTC.
    """

    vault: Vault
    now: datetime

    @property
    def zone(self) -> str:
        """The vault's IANA zone: what a legal day is counted in."""
        return self.vault.zone

    @property
    def today(self) -> date:
        """The legal day of the act."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def laws(self) -> Laws:
        """The law data, read when first asked for."""
        return law_data.laws()

    def day_of(self, moment: datetime) -> date:
        """The legal day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def case(self, text: str) -> Case:
        """Find a case by its reference, however it was typed; a message's label will do.

        Raises:
            BadInput: It has not the form of a reference.
            NotFound: No case has it, or its check character does not fit.
        """
        try:
            ref, _ = reference.split(text)
        except BadInput as wrong:
            if reference.looks_like(text):
                raise NotFound(wrong.message, hint=wrong.hint) from wrong
            raise
        found = self.vault.find_all(Case, ref=ref)
        if not found:
            raise NotFound(
                message("There is no case {ref} in this vault.", ref=ref),
                hint=message("See them all with `pirights case list`."),
            )
        return found[0]

    def letters(self, case: Case) -> Sequence[Letter]:
        """The outgoing messages of a case that count, oldest first."""
        return [letter for letter in self.all_letters(case) if letter.counts]

    def all_letters(self, case: Case) -> Sequence[Letter]:
        """The outgoing messages of a case, oldest first, those taken back among them."""
        return self.vault.find_all(Letter, newest_first=False, ref=case.ref)

    def replies(self, case: Case) -> Sequence[Reply]:
        """The incoming messages of a case that count, oldest first."""
        return [reply for reply in self.all_replies(case) if reply.counts]

    def all_replies(self, case: Case) -> Sequence[Reply]:
        """The incoming messages of a case, oldest first, the voided ones among them."""
        return self.vault.find_all(Reply, newest_first=False, ref=case.ref)

    def encounters(self, case: Case) -> Sequence[Encounter]:
        """The scans a case is about that count."""
        found = (self.vault.get(Encounter, number) for number in case.encounters)
        return [one for one in found if one.counts]

    def next_number(self, case: Case) -> int:
        """The number of a case's next message, out or in."""
        numbers = [letter.number for letter in self.all_letters(case)]
        numbers += [reply.number for reply in self.all_replies(case)]
        return max(*numbers, case.numbered_until, 0) + 1

    def letter(self, text: str) -> tuple[Case, Letter]:
        """Find the letter that a reference names: its first one, or the number after the slash.

        Raises:
            BadInput: It is no reference.
            NotFound: No such case or letter.
        """
        case = self.case(text)
        _, number = reference.split(text)
        letters = self.letters(case)
        for letter in letters:
            if letter.number == number or (number is None and letter is letters[-1]):
                return case, letter
        raise NotFound(
            message("Case {ref} has no letter {number}.", ref=case.ref, number=number),
            hint=message("`pirights case show {ref}` lists its messages.", ref=case.ref),
        )

    def past_day(self, on: date | None, *, field: str) -> date:
        """Take a day on which something happened: today if not given, never later.

        Args:
            on: The day.
            field: The option by which it is given, without its dashes.

        Raises:
            BadInput: It lies in the future, or before 1990.
        """
        if on is None:
            return self.today
        named = f"--{field}"
        if on > self.today:
            raise BadInput(
                message("The date {date} for {field} is in the future.", date=on, field=named),
                hint=message("Today is {today} in {zone}.", today=self.today, zone=self.zone),
            )
        if on.year < 1990:  # noqa: PLR2004 (before any device scanned a face)
            raise BadInput(
                message("The date {date} for {field} is too long ago.", date=on, field=named),
            )
        return on
