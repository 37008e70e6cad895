"""The texts of a complaint for bodies that take only web forms."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.domain.dispatch import Letter
from pirights.domain.document import Language
from pirights.domain.escalation import FollowUp
from pirights.errors import BadInput, message
from pirights.render.field_texts import FieldText, as_text, field_texts
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole

_WITH_FIELDS: Final = frozenset({FollowUp.REGULATOR, FollowUp.CONSUMER})
_HEAD: Final = {
    Language.ZH: "以下各段供逐项粘贴。字数按字符计：汉字、字母、数字、标点和换行各计为1；各网站的"
    "计数方法可能不同，提交前请核对。",
    Language.EN: "Texts to paste, one for each field. Characters are code points: a Chinese "
    "character, a letter, a digit, a mark and a line break count 1 each. Sites may count "
    "differently; check before you submit.",
}
_COUNTED: Final = {Language.ZH: "（{number}字）", Language.EN: " ({number} characters)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFields:
    """A letter, cut into texts; `text` is all of them, to copy from."""

    letter: Letter
    fields: tuple[FieldText, ...]
    text: str


def of_letter(desk: Desk, ref: str) -> FormFields:
    """Cut a complaint into texts for the fields of a form.

    Raises:
        BadInput: The letter goes to nobody who takes web forms.
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    if letter.kind not in _WITH_FIELDS:
        raise BadInput(
            message(
                "Letter {label} is made to be sent whole; only complaints have texts for web "
                "forms.",
                label=letter.label,
            ),
            hint=message(
                "Write one with `pirights escalate {ref} --as regulator`, or render this letter "
                "without --fields.",
                ref=letter.ref,
            ),
        )
    language = letter.letters.languages[0]
    texts = field_texts(letter.document)
    return FormFields(
        letter=letter,
        fields=texts,
        text=as_text(texts, _HEAD[language], _COUNTED[language]),
    )


def write(found: FormFields, out: Path) -> None:
    """Write the texts into a file.

    Raises:
        BadInput: It cannot be written.
    """
    write_whole(out, found.text.encode())
