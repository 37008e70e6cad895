"""Brings the catalogues up to date with the sentences in the code, and compiles them.

Run as `make messages`. New sentences arrive in both catalogues: the English one is filled by
itself, the Chinese one waits for a translator, and a test fails until it has one. Sentences
that are gone from the code are dropped.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import compile_catalogues  # noqa: E402 (found only by the line above)

LANGUAGES = ("en", "zh_CN")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"message": (1,), "N_": (1,)}

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: pirights\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Without dates, which would change the file on every run."""


def main() -> None:
    """Update and compile both catalogues."""
    fresh = from_code()
    for language in LANGUAGES:
        path = po_file(language)
        catalogue = updated(read(path, language), fresh, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(HEADER.format(language=language).encode())
            write_po(stream, catalogue, width=100, sort_output=True, omit_header=True)
        missing = sum(1 for entry in catalogue if entry.id and not entry.string)
        sys.stdout.write(f"{language}: {len(catalogue)} sentences, {missing} not translated\n")
    compile_catalogues(ROOT / "locales")


def po_file(language: str) -> Path:
    """Say where a catalogue is."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "pirights.po"


def from_code() -> Catalog:
    """Collect every sentence that the code marks with `message(...)` or `N_(...)`."""
    found = Catalog(charset="utf-8")
    for sentence in sorted(set(_sentences())):
        found.add(sentence)
    return found


def _sentences() -> Iterator[str]:
    extracted = extract_from_dir(
        str(ROOT / "pirights"), method_map=[("**.py", "python")], keywords=KEYWORDS
    )
    for _, _, sentence, _, _ in extracted:
        if not isinstance(sentence, str):
            raise TypeError(sentence)
        yield sentence


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    if not path.is_file():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(old: Catalog, fresh: Catalog, language: str) -> Catalog:
    """Keep the translations of the sentences that are still there; English is its own."""
    new = Catalog(locale=language, charset="utf-8")
    for entry in fresh:
        if entry.id:
            known = old.get(entry.id)
            kept = known.string if known else ""
            new.add(entry.id, entry.id if language == "en" else kept)
    return new


if __name__ == "__main__":
    main()
