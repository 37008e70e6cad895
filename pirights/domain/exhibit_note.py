"""The owner's own words on an exhibit, which go before what its kind suggests."""

from dataclasses import dataclass, replace

from pirights.domain.bundle import Exhibit, Group
from pirights.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitNote:
    """What the owner says of one exhibit; what is empty stays as suggested.

    Attributes:
        key: What it is about, whatever its number: a kept file (`A12`), the record of a scan
            (`E1`), a letter (`L3`) or the list of law (`law`).
        group: Where it stands in the catalogue.
        title: 证据名称; the English one is the same where it is empty.
        purpose: 证明目的; likewise.
        held: 原件/复印件, who keeps the original; likewise.
        joins: The keys of the files that follow it in the same exhibit, in order.
    """

    key: str
    group: Group | None = None
    title: str = ""
    title_en: str = ""
    purpose: str = ""
    purpose_en: str = ""
    held: str = ""
    held_en: str = ""
    joins: tuple[str, ...] = ()

    def put_on(self, exhibit: Exhibit) -> Exhibit:
        """Give an exhibit these words; with another group comes the purpose that one suggests."""
        group = self.group or exhibit.group
        suggested = exhibit.purpose if group is exhibit.group else group.purpose
        return replace(
            exhibit,
            group=group,
            title=_words(self.title, self.title_en, exhibit.title),
            purpose=_words(self.purpose, self.purpose_en, suggested),
            held=_words(self.held, self.held_en, exhibit.held),
        )


def _words(zh: str, en: str, suggested: Words) -> Words:
    return Words(zh=zh or suggested.zh, en=en or zh or suggested.en)
