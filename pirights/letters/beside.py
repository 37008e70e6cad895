"""What the papers beside a letter have in common: the letter itself, its parties and its day."""

from dataclasses import dataclass
from datetime import date

from pirights.domain.dispatch import Letter
from pirights.domain.document import Language, Letters
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.person import Person
from pirights.letters import assembly, template
from pirights.letters.bilingual import addressee
from pirights.letters.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBrief:
    """What a paper beside a letter is written from.

    Attributes:
        letter: Beside which it goes; its name and its day are the paper's.
        actor: Who acts for the person, if that is somebody else.
        letters: The paper's own language.
        two_step: The letter asks for copies first, and for deletion afterwards.
    """

    letter: Letter
    person: Person
    handler: Handler
    letters: Letters
    zone: str
    actor: Person | None = None
    two_step: bool = False

    @property
    def label(self) -> str:
        """The letter's own name, such as PR-2026-7K3M9QX-C/1."""
        return self.letter.label

    @property
    def on(self) -> date:
        """The letter's date, which is the paper's too."""
        return self.letter.on


def common(brief: PaperBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the template of every such paper may name, in the template's language."""
    return {
        **assembly.parties(brief, source, laws),
        "letter": {f"title_{source.language}": title(brief.letter, source.language)},
        "two_step": brief.two_step,
        "authority": to_authority(brief.letter),
        "receiver": receiver(brief, source.language),
    }


def to_authority(letter: Letter) -> bool:
    """Say whether a letter goes to an authority, an association or a court."""
    return letter.kind in TO_AUTHORITY


def receiver(brief: PaperBrief, language: Language) -> str:
    """Name whom the letter goes to; an authority by the name that stands on it."""
    if to_authority(brief.letter):
        return brief.letter.handler_name
    return addressee(brief.handler, brief.letters, language)


def title(letter: Letter, language: Language) -> str:
    """A letter's title in a language, whichever it is written in."""
    if language is letter.letters.languages[0]:
        return letter.document.title
    return template.load(letter.kind, language).title
