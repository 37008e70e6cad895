"""Words that stand in a paper in either of its languages."""

from dataclasses import dataclass

from pirights.domain.document import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str

    @classmethod
    def same(cls, text: str) -> "Words":
        """Words that are not translated: a file's name, a sentence of the user's."""
        return cls(zh=text, en=text)

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language is Language.ZH else self.en
