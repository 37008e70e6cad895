"""Bags to try things on: a small bundle of ours, and bags that others made."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from pirights.domain import merkle
from pirights.domain.catalogue import HEADINGS, CatalogueRow, catalogue_csv, catalogue_json
from pirights.domain.checkpoint import Checkpoint
from pirights.evidence import bag, custody_proofs

Member = tuple[str | zipfile.ZipInfo, bytes]

PHOTO = b"\xff\xd8\xff\xe0 a photo of the gate " * 50
REPLY = "From: gate@example.com\n\n您好。\n".encode()
REFERENCE = "PR-2026-7K3M9QX-C"
DAY = date(2026, 11, 23)
NAMES = {1: "E1.txt", 2: "law.txt"}
"""Those of papers that pirights writes, so that a journal need not tell where they came from."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def row(number: int, title: str, path: str, data: bytes) -> CatalogueRow:
    blank = dict.fromkeys(HEADINGS, "")
    told = {
        "number": str(number),
        "title": title,
        "path": path,
        "group": "现场",
        "group_en": "Scene",
        "title_en": f"Exhibit {number}",
        "original_name": NAMES.get(number, f"原件 {number}"),
        "media_type": "text/plain",
        "size": str(len(data)),
        "sha256": sha256(data),
    }
    return CatalogueRow(**(blank | told))


def rows() -> list[CatalogueRow]:
    return [
        row(1, "照片，门口", "exhibits/E001/original.jpg", PHOTO),
        row(2, "=答复", "exhibits/E002/original.eml", REPLY),
    ]


def sheet(number: int, data: bytes, **more: object) -> bytes:
    told = {
        "exhibit": f"E{number:03d}",
        "original_name": NAMES.get(number, f"原件 {number}"),
        "media_type": "text/plain",
        "sha256": sha256(data),
        "size": len(data),
        "withheld": None,
        "derived": [],
    }
    return json.dumps(told | more).encode()


def journal_row(
    seq: int = 1,
    previous: str = "00",
    *,
    file: Mapping[str, object] = MappingProxyType({"sha256": sha256(PHOTO), "size": len(PHOTO)}),
    **other: object,
) -> dict[str, object]:
    """Make a row of the case's about a file taken in, the photo, with the sums it must have."""
    payload, salt = json.dumps(dict(file)), "ab" * 16
    covered = {
        "seq": seq,
        "at": "2026-11-05T02:00:00Z",
        "zone": "Asia/Shanghai",
        "kind": "attachment.added",
        "subject": REFERENCE,
        "record": "attachment/1",
        "salt": salt,
        "digest": sha256(bytes.fromhex(salt) + payload.encode()),
        "previous": previous,
    } | other
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {**covered, "payload": payload, "hash": sha256(text.encode())}


def scan_row(after: Mapping[str, object]) -> dict[str, object]:
    """Make the row of a scan, by which the paper about it goes, right behind another row."""
    seq, previous = int(str(after["seq"])) + 1, str(after["hash"])
    return journal_row(seq, previous, kind="encounter.added", subject="E1", record="encounter/1")


def journal(*rows: Mapping[str, object]) -> bytes:
    lines = (
        json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for row in rows
    )
    return b"".join(line.encode(errors="backslashreplace") + b"\n" for line in lines)


def custody(
    *rows: Mapping[str, object],
    sizes: Sequence[int] = (),
    other: bytes = b"a row of another case",
    stamp: Callable[[bytes], bytes] | None = None,
) -> dict[str, bytes]:
    """Give the files about the journal that a bundle has which shows these rows and no others.

    Args:
        rows: In order.
        sizes: Of the checkpoints, in order; the last row's number if none is given.
        other: What the tree holds of each row that is not shown.
        stamp: Makes the time stamp of a checkpoint's text.
    """
    shown = {int(str(row["seq"])): leaf(row) for row in rows}
    *before, size = sizes or [max(shown)]
    spans = {row: merkle.inclusion_spans(row - 1, size) for row in shown}
    growths = {first: merkle.consistency_spans(first, size) for first in before}
    keeping = [span for one in [*spans.values(), *growths.values()] for span in one]
    tree = merkle.Tree(keeping=[*keeping, *((0, first) for first in (*before, size))])
    for number in range(1, size + 1):
        tree.append(shown.get(number, other))
    proofs = custody_proofs.Proofs(
        size=size,
        rows=tuple(
            custody_proofs.Inclusion(index=row - 1, path=tuple(map(tree.hash_of, spans[row])))
            for row in shown
        ),
        growths=tuple(
            custody_proofs.Growth(
                file=custody_proofs.earlier(place),
                size=first,
                path=tuple(map(tree.hash_of, growths[first])),
            )
            for place, first in enumerate(before, start=1)
        ),
    )
    found = {
        "custody/journal.jsonl": journal(*rows),
        "custody/proofs.json": custody_proofs.written(proofs),
    }
    names = [*(growth.file for growth in proofs.growths), custody_proofs.FINAL]
    for name, first in zip(names, (*before, size), strict=True):
        at = datetime(2026, 11, 5, 2, tzinfo=UTC)
        text = Checkpoint(size=first, root=tree.hash_of((0, first)), claimed_at=at).text()
        found[f"custody/{name}"] = text
        if stamp is not None:
            found[f"custody/{name}.tsr"] = stamp(text)
    return found


def leaf(row: Mapping[str, object]) -> bytes:
    """Give what the tree holds of a row."""
    covered = {key: row[key] for key in row if key not in {"payload", "hash"}}
    return json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def printed(rows: Sequence[CatalogueRow]) -> str:
    """Give the words of a printed catalogue, as a reader of PDFs tells them."""
    texts: list[str] = []
    for suffix, head, heading, note in (
        ("", "序号 证据名称 证据来源 证明目的 页码 原件/复印件", "第一组", "注：页码……"),
        ("_en", "No. Exhibit Source Purpose of proof Page Original or copy", "Group 1:", "Pages."),
    ):
        lines = ["证据目录" if not suffix else "Catalogue of evidence"]
        for at, row in enumerate(rows):
            cells = {key: getattr(row, key) for key in HEADINGS}
            if not at:
                lines += [f"{heading} {cells['group' + suffix]}", head]
            keys = ["number", *(f"{key}{suffix}" for key in ("title", "source", "purpose"))]
            lines.append(" ".join(cells[key] for key in [*keys, "pages", f"held{suffix}"]))
        foot = f"PR-X 第 {len(texts) + 1} 页 共 2 页 / Page {len(texts) + 1} of 2"
        texts.append("\r\n".join([*lines, note, foot]))
    return "\f".join(texts)


def paper(rows: Sequence[CatalogueRow], files: Sequence[bytes] = ()) -> bytes:
    """Give what stands for a catalogue's PDF that shows these rows; `words` reads it.

    Args:
        rows: What it shows.
        files: The table and the data that it names; those of the rows if not given.
    """
    named = identified(rows, files)
    return b"%PDF-1.7 catalogue " + named + b"\n" + printed(rows).encode()


def words(data: bytes) -> str:
    """Read a `paper`."""
    return data.partition(b"\n")[2].decode()


def identified(rows: Sequence[CatalogueRow], files: Sequence[bytes] = ()) -> bytes:
    """Give the identifier of the metadata of a catalogue's PDF."""
    files = files or (catalogue_csv(rows), catalogue_json(rows))
    sums = " ".join(f"sha256:{sha256(data)}" for data in files)
    return f"<dc:identifier>{sums}</dc:identifier>".encode()


def payload() -> dict[str, bytes]:
    taken_in = journal_row()
    return {
        "00-cover.pdf": b"%PDF-1.7 cover",
        "01-catalogue.pdf": paper(rows()),
        "01-catalogue.csv": catalogue_csv(rows()),
        "01-catalogue.json": catalogue_json(rows()),
        "02-exhibits.pdf": b"%PDF-1.7 exhibits",
        "03-timeline.pdf": b"%PDF-1.7 timeline",
        **custody(taken_in, scan_row(taken_in)),
        "exhibits/E001/original.jpg": PHOTO,
        "exhibits/E001/exhibit.json": sheet(1, PHOTO),
        "exhibits/E002/original.eml": REPLY,
        "exhibits/E002/exhibit.json": sheet(2, REPLY),
    }


def entries(files: Mapping[str, bytes]) -> list[bag.Entry]:
    return [bag.Entry(name=name, source=data) for name, data in files.items()]


def build(target: Path, files: Mapping[str, bytes] | None = None) -> bag.Sealed:
    return bag.write(target, entries(files or payload()), reference=REFERENCE, bagged_on=DAY)


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def relist(folder: Path, *, like: Callable[[str], bytes] = str.encode) -> None:
    """Write all lists of our bundle anew, as somebody would who changed a file and knows how."""
    files = all_files(folder)
    inside = {name: data for name, data in files.items() if name.startswith("data/")}
    manifest = "".join(f"{sha256(data)}  {name}\n" for name, data in inside.items())
    sm3 = "".join(
        f"{hashlib.new('sm3', data).hexdigest()}  {name}\n" for name, data in inside.items()
    )
    (folder / "manifest-sha256.txt").write_bytes(like(manifest))
    (folder / "sm3sums.txt").write_bytes(like(sm3))
    info = (folder / "bag-info.txt").read_text()
    oxum = f"Payload-Oxum: {sum(map(len, inside.values()))}.{len(inside)}"
    kept = [line for line in info.splitlines() if not line.startswith("Payload-Oxum")]
    (folder / "bag-info.txt").write_bytes(like("\n".join([*kept, oxum]) + "\n"))
    relist_tags(folder, like=like)


def relist_tags(folder: Path, *, like: Callable[[str], bytes] = str.encode) -> None:
    """Write only the list of the files beside `data/` anew."""
    files = all_files(folder)
    tags = "".join(
        f"{sha256(data)}  {name}\n"
        for name, data in files.items()
        if not name.startswith(("data/", "tagmanifest-"))
    )
    (folder / "tagmanifest-sha256.txt").write_bytes(like(tags))


def foreign(
    folder: Path,
    files: Mapping[str, bytes] | None = None,
    *,
    version: str = "1.0",
    algorithm: str = "sha256",
    **tag_files: str,
) -> Path:
    """Make a bag as others make them; tag files are named with _ for their dot and dashes."""
    files = {"hello.txt": b"hello\n"} if files is None else files
    (folder / "data").mkdir(parents=True)
    for name, data in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "bagit.txt").write_bytes(
        f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n".encode()
    )
    (folder / f"manifest-{algorithm}.txt").write_bytes(
        "".join(
            f"{hashlib.new(algorithm, data).hexdigest()}  data/{name}\n"
            for name, data in files.items()
        ).encode()
    )
    for name, text in tag_files.items():
        stem = name.removesuffix("_txt").replace("_", "-")
        (folder / f"{stem}.txt").write_bytes(text.encode())
    return folder


def pack(path: Path, members: Iterable[Member]) -> Path:
    """Pack files into a zip as other programs do."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path
