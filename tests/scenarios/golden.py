"""Comparing what was printed with what was agreed, by equality."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "golden"

_ROOT: Final = re.compile(r"\b[0-9a-f]{64}\b")
_CODE: Final = re.compile(r"\b(?:[0-9A-Z]{5}-){5}[0-9A-Z]{2}\b")
_BYTES: Final = re.compile(r'("bytes": )\d+|((?:Size in bytes|占用字节) +)\d+')


def steady(text: str, refs: Mapping[str, str], home: Path, *, hashes: frozenset[str]) -> str:
    """Give drawn and passing values fixed names.

    Args:
        text: What was printed.
        refs: The references that were drawn, each with its fixed name of the same width.
        home: The scenario's home folder.
        hashes: SHA-256 that are the same in every run, and so stay.
    """
    text = text.replace(str(home), "HOME")
    for ref, name in refs.items():
        text = text.replace(ref, name)
    text = _CODE.sub("RECOVERY-CODE", text)
    text = _ROOT.sub(lambda found: found[0] if found[0] in hashes else "SHA-256", text)
    return _BYTES.sub(lambda found: (found[1] or found[2]) + "0", text)


def compare(name: str, text: str, *, update: bool) -> None:
    """Hold a text to the golden file of this name."""
    path = FOLDER / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name}: --update-golden, and look"


def pretty(envelope: str) -> str:
    """Write one JSON object so that a difference can be read."""
    return json.dumps(json.loads(envelope), ensure_ascii=False, indent=1) + "\n"
