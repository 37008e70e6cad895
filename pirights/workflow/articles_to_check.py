"""Which cited articles the user should read before a paper leaves, since we read only parts."""

from collections.abc import Iterable

from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.law import Laws, Read
from pirights.domain.words import Words
from pirights.errors import Message, message


def told(laws: Laws, keys: Iterable[str]) -> list[Message]:
    """Name the articles whose text was not read in full, by how much of it was.

    Args:
        laws: The law.
        keys: What is cited, such as `frt-measures-2025:6`; may be named twice.
    """
    read: dict[Read, list[str]] = {}
    for key in dict.fromkeys(keys):
        read.setdefault(laws.provision(key).read, []).append(key)
    return [
        message(
            "Check before you send it, {grade}: {articles}.",
            grade=grade,
            articles=Words(
                zh=cite_all(laws, read[grade], Language.ZH),
                en=cite_all(laws, read[grade], Language.EN),
            ),
        )
        for grade in (Read.PARTIAL, Read.UNVERIFIED)
        if grade in read
    ]
