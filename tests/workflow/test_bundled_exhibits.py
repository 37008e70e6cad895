"""The sheet of an exhibit gives back the very octets of the file's own name (docs/custody.md)."""

import json
import os
from pathlib import Path

import pytest

from pirights.workflow import bundles
from pirights.workflow.desk import Desk
from tests.workflow.office import case, park, scan


def octets(told: dict[str, str]) -> bytes:
    """Do what docs/custody.md says of a file's name."""
    exact = told.get("original_name_hex")
    return told["original_name"].encode() if exact is None else bytes.fromhex(exact)


@pytest.mark.skipif(os.name != "posix", reason="other systems take no such names")
def test_any_file_name_can_be_had_again_to_the_octet(desk: Desk, tmp_path: Path) -> None:
    names = [
        b"line\nbreak.txt",
        b"back\\slash.txt",
        rb"looks like an octet \xff.txt",
        b"no utf-8 \xff\xfe.txt",
        b"both \\ and \xff.txt",
        "\u202etxt.exe".encode(),
        "e\u0301 \U0001f600.txt".encode(),
        "证据.txt".encode(),
    ]
    paths = [tmp_path / os.fsdecode(name) for name in names]
    for number, path in enumerate(paths):
        path.write_bytes(b"%d" % number)
    scan(desk, park(desk), files=tuple(paths))
    built = bundles.build(desk, case(desk).case.ref, out=tmp_path / "bundle")
    verdict = bundles.check(built.path, strict=True)
    assert (verdict.findings, verdict.warnings) == ((), ())
    told = [
        json.loads(sheet.read_bytes())
        for sheet in sorted(built.path.glob("data/exhibits/*/exhibit.json"))
    ]
    assert set(names) <= set(map(octets, told))
    plain = next(one for one in told if one["original_name"] == "证据.txt")
    assert "original_name_hex" not in plain
    assert not [one for one in told if set("\n\u202e") & set(one["original_name"])]
