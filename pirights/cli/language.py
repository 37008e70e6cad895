"""The user's language: which one, and a sentence said in it.

The keys of the catalogues are the English sentences in the code, marked by `message(...)` or,
where a help text is only named and shown later, by `N_(...)`. Nothing is translated at import.
"""

import gettext
import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import PurePath, PureWindowsPath
from typing import Final

from pirights.domain.text import visible
from pirights.errors import FoldersMissing, Message, message
from pirights.resources import folder
from pirights.settings import language_wish


class Language(StrEnum):
    """A language that the program speaks; that of a letter is another choice."""

    ZH = "zh"
    EN = "en"


CATALOGUES: Final = {Language.ZH: "zh_CN", Language.EN: "en"}
"""The folder of each language under `locales/`."""

_PLAIN_PATH: Final = re.compile(r"[\w@%+=:,./-]+")
"""What every shell takes as it stands; letters and digits are those of any script."""


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a sentence for translation that is said later."""
    return text


def surrounding_language(environment: Mapping[str, str]) -> Language:
    """Take the language of the surroundings: any Chinese is Chinese, all else English."""
    wish = language_wish(environment).casefold()
    # Windows writes "Chinese (Simplified)_China".
    return Language.ZH if wish.startswith(("zh", "chinese")) else Language.EN


def guessed_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Guess the language of help and usage errors, which come before the options are understood.

    Only a guess: `--note --lang` would fool it. Once the options are read, they decide.
    """
    guess = surrounding_language(environment)
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        following = arguments[position + 1] if position + 1 < len(arguments) else ""
        wish = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and wish in set(Language):
            guess = Language(wish)
    return guess


class Voice:
    """Says sentences in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._catalogue: gettext.NullTranslations | None = None

    def load(self) -> None:
        """Read the catalogue.

        Raises:
            FoldersMissing: It was not installed.
        """
        path = folder("locales") / CATALOGUES[self.language] / "LC_MESSAGES" / "pirights.mo"
        if not path.is_file():
            raise FoldersMissing(
                message(
                    "The catalogue of the language {language} is missing.", language=self.language
                ),
                hint=message("Install pirights again; in a checkout, run: make messages"),
            )
        with path.open("rb") as stream:
            self._catalogue = gettext.GNUTranslations(stream)

    def text(self, english: str) -> str:
        """Translate a sentence without gaps. In English where the catalogue cannot be read.

        An error must always be said, that of a missing catalogue too.
        """
        if self._catalogue is None:
            try:
                self.load()
            except (FoldersMissing, OSError):
                self._catalogue = gettext.NullTranslations()
        assert self._catalogue is not None  # noqa: S101 (load() or the line above set it)
        return self._catalogue.gettext(english) if english else ""

    def say(self, what: Message) -> str:
        """Translate a sentence and fill its gaps; what fills them is shown, never obeyed.

        Between backticks stands a command to copy: there a path is quoted as a shell wants it.
        """
        filled = {name: self.value(value) for name, value in what.values.items()}
        paths = {
            name: _quoted(one) for name, one in what.values.items() if isinstance(one, PurePath)
        }
        pieces = self.text(what.text).split("`")
        return "`".join(
            piece.format(**(filled | paths if place % 2 else filled))
            for place, piece in enumerate(pieces)
        )

    def value(self, value: object, *, keep: str = "") -> str:
        """Write a value for people: messages and known words translated, foreign text escaped."""
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, Enum):
            from pirights.cli.words import word

            known = word(value)
            return self.text(known) if known else visible(str(value.value))
        if isinstance(value, tuple | list):
            between = "；" if self.language == "zh" else "; "
            if all(isinstance(one, Message) for one in value):  # whole sentences
                between = "" if self.language == "zh" else " "
            return between.join(self.value(one, keep=keep) for one in value)
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.text(N_("yes")) if value else self.text(N_("no"))
        if isinstance(value, str):
            from pirights.cli.system_words import KNOWN

            return self.text(value) if value in KNOWN else visible(value, keep=keep)
        from pirights.domain.words import Words

        if isinstance(value, Words):
            return visible(value.zh if self.language is Language.ZH else value.en)
        return visible(str(value), keep=keep)


def _quoted(path: PurePath) -> str:
    shown = visible(str(path))
    if _PLAIN_PATH.fullmatch(shown):
        return shown
    return f'"{shown}"' if isinstance(path, PureWindowsPath) else shlex.quote(shown)
