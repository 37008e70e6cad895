"""What can stop an act: one exception for each exit code, with a message in the user's language.

A message is an English sentence with named gaps, looked up in the catalogues of `locales/`
only when it is shown. Whoever raises or warns marks the sentence with `message(...)`, so that
the extraction finds it; whoever shows it translates it and escapes what fills the gaps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Final


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the user, not yet translated.

    Attributes:
        text: The English sentence with `{name}` gaps; the key of the catalogues.
        values: What fills the gaps. Foreign text is allowed: it is escaped when shown.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        """The English sentence with its gaps filled, for programmers' eyes."""
        return self.text.format(**self.values)

    def holding(self, **values: object) -> "Message":
        """Give the same sentence with values that it does not show, such as what a cell says."""
        return Message(self.text, MappingProxyType({**self.values, **values}))

    def __reduce__(self) -> tuple[type["Message"], tuple[str, Mapping[str, object]]]:
        """Let another process have it: what fills the gaps goes as a plain dictionary."""
        return Message, (self.text, dict(self.values))


def message(text: str, /, **values: object) -> Message:
    """Mark a sentence for translation and keep what fills its gaps."""
    return Message(text, MappingProxyType(values))


class PirightsError(Exception):
    """The root of everything that pirights itself raises.

    Attributes:
        exit_code: What the program returns to the shell (`docs/exit-codes.md`).
        name: The word that names the error to programs.
        message: What happened, to which thing.
        hint: What to do next.
        details: What programs read beside it, under `--json` only.
    """

    exit_code: ClassVar[int]
    name: ClassVar[str]

    def __init__(
        self,
        said: Message,
        /,
        *,
        hint: Message | None = None,
        details: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        super().__init__(said)
        self.message: Final = said
        self.hint: Final = hint
        self.details: Final = details

    def __str__(self) -> str:
        """The English message."""
        return str(self.message)


class WrongUsage(PirightsError):
    """The command line does not say what to do."""

    exit_code = 2
    name = "wrong-usage"


class Cancelled(PirightsError):
    """The user said no, or pressed Ctrl-C."""

    exit_code = 3
    name = "cancelled"


class NotNextStep(PirightsError):
    """The act is real but does not come next in this case."""

    exit_code = 11
    name = "not-the-next-step"


class NotFound(PirightsError):
    """No such vault, record, law or letter."""

    exit_code = 12
    name = "not-found"


class FoldersMissing(PirightsError):
    """pirights was installed without `templates/` or `locales/`."""

    exit_code = 13
    name = "folders-missing"


class BadInput(PirightsError):
    """A file, a date, a template or a field that cannot be taken as it is."""

    exit_code = 14
    name = "bad-input"


class VaultLocked(PirightsError):
    """The vault's key was not to be had."""

    exit_code = 20
    name = "vault-locked"


class VaultDamaged(PirightsError):
    """The vault's files are broken or were altered."""

    exit_code = 21
    name = "vault-damaged"


class VaultTooNew(PirightsError):
    """A later pirights wrote this vault."""

    exit_code = 22
    name = "vault-too-new"


class NetworkRefused(PirightsError):
    """A service on the network cannot be reached, refuses, or ends the talk."""

    exit_code = 30
    name = "network-refused"


class EvidenceAltered(PirightsError):
    """A bundle is not what its lists say."""

    exit_code = 31
    name = "evidence-altered"


class MissingGlyph(PirightsError):
    """A character of the letter is in none of the fonts."""

    exit_code = 50
    name = "missing-glyph"
