"""Further acts on a bundle, by somebody who knows its rules and writes all lists anew."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pirights.domain.catalogue import CatalogueRow, catalogue_csv, catalogue_json
from pirights.evidence import timestamp
from tests import tsa
from tests.evidence import attacks, bags
from tests.evidence.attacks import Act, resealed, written

ROWS: Final = "data/01-catalogue.json"
TABLE: Final = "data/01-catalogue.csv"
PAPER: Final = "data/01-catalogue.pdf"
PROOFS: Final = "data/custody/proofs.json"
JOURNAL: Final = "data/custody/journal.jsonl"
SHEET: Final = attacks.SHEET


def papered(bundle: Path, table: bytes, data: bytes, printed: Sequence[CatalogueRow]) -> None:
    """Write a catalogue whose paper names these very files, whatever it shows."""
    (bundle / TABLE).write_bytes(table)
    (bundle / ROWS).write_bytes(data)
    (bundle / PAPER).write_bytes(bags.paper(printed, (table, data)))
    bags.relist(bundle)


def paper_of_other_rows(bundle: Path, *_: Path) -> None:
    other = [replace(bags.rows()[0], purpose="证明别的"), bags.rows()[1]]
    papered(bundle, catalogue_csv(other), catalogue_json(other), bags.rows())


def table_of_other_rows(bundle: Path, *_: Path) -> None:
    rows = bags.rows()
    other = [replace(rows[0], purpose="证明别的"), rows[1]]
    papered(bundle, catalogue_csv(other), catalogue_json(rows), rows)


def catalogue_as(table: Callable[[bytes], bytes], data: Callable[[bytes], bytes]) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        rows = bags.rows()
        papered(bundle, table(catalogue_csv(rows)), data(catalogue_json(rows)), rows)

    return resealed(act)


def called(name: str, data: bytes = b"another photo", kind: str = "text/plain") -> Act:
    """Exchange the first exhibit for a file of this name, of which the journal has no row."""

    def act(bundle: Path, *_: Path) -> None:
        first, second = bags.rows()
        row = bags.row(1, first.title, first.path, data)
        row = replace(row, original_name=name, media_type=kind)
        (bundle / "data" / first.path).write_bytes(data)
        (bundle / SHEET).write_bytes(bags.sheet(1, data, original_name=name, media_type=kind))
        papered(bundle, catalogue_csv([row, second]), catalogue_json([row, second]), [row, second])

    return resealed(act)


def custody(*rows: Mapping[str, object]) -> Act:
    """Let the journal show these rows, truly proved."""

    def act(bundle: Path, *_: Path) -> None:
        for name, data in bags.custody(*rows).items():
            (bundle / "data" / name).write_bytes(data)
        bags.relist(bundle)

    return resealed(act)


def with_more(data: bytes) -> bytes:
    """Add a key that pirights does not write."""
    told = json.loads(data) | {"note": "x"}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def with_loose_end(data: bytes) -> bytes:
    """Write the last hash so that it reads the same, with other bits at its end."""
    at = data.index(b"=")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return data[: at - 1] + bytes([alphabet[alphabet.index(data[at - 1]) + 1]]) + data[at:]


def later(name: str, data: bytes) -> Act:
    """Put something among what comes after the sealing."""

    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(data)

    return act


def stamp_of_something_else(bundle: Path, keys: Path, _: Path) -> None:
    (bundle / "timestamps").mkdir()
    asked = timestamp.request(b"\1" * 32, number=timestamp.nonce())
    (bundle / "timestamps/002.tsr").write_bytes(tsa.reply(keys, asked))


def of_the_case(ref: str) -> Act:
    """Say that the bundle is of another case, or of what is none."""

    def act(bundle: Path, *_: Path) -> None:
        info = bundle / "bag-info.txt"
        info.write_text(info.read_text().replace(bags.REFERENCE, ref))
        bags.relist_tags(bundle)

    return resealed(act)


def counted_otherwise(bundle: Path, *_: Path) -> None:
    info = bundle / "bag-info.txt"
    info.write_bytes(info.read_bytes().replace(b"Oxum: ", b"Oxum: 0"))
    bags.relist_tags(bundle)


FOLDER: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "paper of other rows, identifier forged": resealed(paper_of_other_rows),
        "table of other rows, identifier forged": resealed(table_of_other_rows),
        "table with another heading": catalogue_as(
            lambda table: table.replace("证明目的".encode(), "目的".encode()), lambda data: data
        ),
        "table with quotes more": catalogue_as(
            lambda table: table.replace(b"Exhibit 1", b'"Exhibit 1"'), lambda data: data
        ),
        "rows with a key more": catalogue_as(
            lambda table: table, lambda data: data.replace(b'"group"', b'"x": "", "group"', 1)
        ),
        "rows with a key twice": catalogue_as(
            lambda table: table,
            lambda data: data.replace(b'"number"', b'"number": "9", "number"', 1),
        ),
        "sheet with a key twice": written(
            SHEET, lambda data: data.replace(b'"size"', b'"size": 1, "size"', 1)
        ),
        "exhibit that the log does not know": called("IMG_1.jpg"),
        "paper of pirights of another kind": called("E1.txt", kind="image/jpeg"),
        "paper of pirights told twice": called("law.txt"),
        "record of a scan that the log does not know": called("E7.txt"),
        "log with a key more": custody(bags.journal_row(note="x")),
        "log whose row has another number": custody(bags.journal_row(seq=2), bags.journal_row(2)),
        "log that does not hang together": custody(
            bags.journal_row(1), bags.journal_row(2, previous="11")
        ),
        "log without its last line end": written(JOURNAL, lambda data: data[:-1]),
        "proofs with a key more": written(PROOFS, with_more),
        "checkpoint with loose bits": written(attacks.CHECKPOINT, with_loose_end),
        "paper that is no PDF": written(attacks.COVER, lambda _: b"GIF89a"),
        "exhibit's folder with a note": attacks.added("data/exhibits/E001/notes.txt"),
        "exhibit's folder without a row": attacks.added("data/exhibits/E003/exhibit.json"),
        "folder of letters named as an exhibit": attacks.added("data/E001/x.txt"),
        "exhibit numbered in other digits": attacks.added("data/exhibits/E٠٠٣/x.txt"),
        "bagit.txt with a line more": written("bagit.txt", lambda data: data + b"\n"),
        "bag-info on one line": written("bag-info.txt", lambda data: data.replace(b"\n", b" ")),
        "bag-info of another case": of_the_case("PR-2026-0000000-0"),
        "bag-info of a scan": of_the_case("E1"),
        "log without a row of the case": custody(bags.journal_row(subject="E1")),
        "count with a nought before it": resealed(counted_otherwise),
        "later time stamp without the first": resealed(
            lambda bundle, *_: later("timestamps/003.tsr", b"x")(bundle, bundle, bundle)
        ),
        "later time stamp of something else": stamp_of_something_else,
        "junk among the time stamps": later("timestamps/002.tsr", b"junk"),
        "junk among the certificates": later("tsa-certs/001.pem", b"junk"),
        "strange file among the certificates": later("tsa-certs/root.pem", b"junk"),
    }
)
"""On a bundle that is a folder."""


def edited(edit: Callable[[bytearray, int], object]) -> Callable[[Path], Path]:
    """Edit a packed bundle; the edit is told where its directory begins."""

    def act(bundle: Path) -> Path:
        path = attacks.packed(bundle)
        data = bytearray(path.read_bytes())
        edit(data, data.index(b"PK\1\2"))
        path.write_bytes(data)
        return path

    return act


def commented(data: bytearray, _: int) -> None:
    data[-2:] = b"\4\0note"


def directory_moved(data: bytearray, more: int) -> None:
    """Tell that the directory begins so many octets later."""
    start = int.from_bytes(data[-6:-2], "little") + more
    data[-6:-2] = start.to_bytes(4, "little")


def hidden_before_the_directory(data: bytearray, directory: int) -> None:
    data[directory:directory] = b"hidden"
    directory_moved(data, len(b"hidden"))


def own_sum(data: bytearray, _: int) -> None:
    """Let the first file's own header tell another sum than the directory."""
    data[14] ^= 1


def with_more_packed(bundle: Path) -> Path:
    """Let octets follow the packed data of a file, and count among it."""
    path = attacks.packed(bundle)
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\1\2")
    packed = int.from_bytes(data[18:22], "little")
    start = 30 + int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    data[start + packed : start + packed] = b"more"
    directory += 4
    for at in (18, directory + 20):
        data[at : at + 4] = (packed + 4).to_bytes(4, "little")
    at = data.index(b"PK\1\2", directory + 4)
    while at > 0:
        moved = int.from_bytes(data[at + 42 : at + 46], "little") + 4
        data[at + 42 : at + 46] = moved.to_bytes(4, "little")
        at = data.find(b"PK\1\2", at + 4)
    directory_moved(data, 4)
    path.write_bytes(data)
    zlib.decompress(bytes(data[start : start + packed]), -15)  # the file itself is as it was
    return path


ZIP: Final[Mapping[str, Callable[[Path], Path]]] = MappingProxyType(
    {
        "zip: comment": edited(commented),
        "zip: bytes behind it": edited(lambda data, _: data.extend(b"hidden")),
        "zip: bytes before it": edited(lambda data, _: data.__setitem__(slice(0, 0), b"hidden")),
        "zip: bytes before its directory": edited(hidden_before_the_directory),
        "zip: empty folder": lambda bundle: attacks.packed(bundle, {"bag/data/empty/": b""}),
        "zip: folder that climbs": lambda bundle: attacks.packed(bundle, {"bag/data/../x/": b""}),
        "zip: file and folder of one name": lambda bundle: attacks.packed(
            bundle, {"bag/data/custody": b"x"}
        ),
        "zip: second folder": lambda bundle: attacks.packed(bundle, {"other/x.txt": b"x"}),
        "zip: file without a folder": lambda bundle: attacks.packed(bundle, {"x.txt": b"x"}),
        "zip: two sums of one file": edited(own_sum),
        "zip: bytes behind packed data": with_more_packed,
    }
)
"""On a bundle that is a zip file."""
