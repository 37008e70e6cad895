"""How the frozen vaults were made: `python -m tests.vaults.make tests/vaults/format-4`.

Run once for each format, by the program that wrote that format; what it made is committed and
from then on only read.
"""

import sys
from dataclasses import replace
from pathlib import Path

from pirights.domain.person import Person
from tests.vault import sample


def make(folder: Path) -> None:
    sample.create(folder)
    photo = folder.with_name("photo.jpg")
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"seen at the gate " * 5000)
    try:
        with sample.opened(folder) as vault:
            sample.fill(vault, photo)
            with vault.change(now=sample.later(-60)) as change:
                person = vault.get(Person, 1)
                change.replace(replace(person, phone="+86 138 0000 0000"), kind="person.edited")
                change.note("bundle.built", sample.REF, {"root": "00" * 32})
    finally:
        photo.unlink()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
