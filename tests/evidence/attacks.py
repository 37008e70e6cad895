"""Everything that somebody may do to a bundle, each as one act on a good one with a time stamp."""

import json
import os
import shutil
import stat
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pirights.domain.catalogue import CatalogueRow, catalogue_csv, catalogue_json
from pirights.evidence import stamp_rules, timestamp
from tests import tsa
from tests.evidence import bags

TOKEN: Final = "tagmanifest-sha256.txt.tsr"  # noqa: S105 (a file's name)
ROOT_LIST: Final = "tagmanifest-sha256.txt"
CERTIFICATES: Final = "tsa-certs/001.pem"
COVER: Final = "data/00-cover.pdf"
SHEET: Final = "data/exhibits/E001/exhibit.json"
CHECKPOINT: Final = "data/custody/checkpoint.txt"

Act = Callable[[Path, Path, Path], object]
"""Takes the bundle's folder, the keys of its authority and those of a rogue one."""


def stamped(bundle: Path, keys: Path) -> None:
    """Stamp the root as the authority does, with `openssl` alone."""
    asked = bundle.parent / "query.tsq"
    subprocess.run(
        ["openssl", "ts", "-query", "-data", bundle / ROOT_LIST, "-sha256", "-cert", "-out", asked],
        check=True,
        capture_output=True,
    )
    (bundle / TOKEN).write_bytes(tsa.reply(keys, asked.read_bytes()))


def flip(name: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        data = bytearray((bundle / name).read_bytes())
        data[len(data) // 2] ^= 1
        (bundle / name).write_bytes(data)

    return act


def rewrite(bundle: Path, *_: Path) -> None:
    """Write another exhibit, and everything that speaks of it, so that all agrees again."""
    forged = b"\xff\xd8\xff\xe0 another gate " * 50
    first, second = bags.rows()
    rows = [bags.row(1, first.title, first.path, forged), second]
    (bundle / "data" / first.path).write_bytes(forged)
    (bundle / "data/exhibits/E001/exhibit.json").write_bytes(bags.sheet(1, forged))
    (bundle / "data/01-catalogue.csv").write_bytes(catalogue_csv(rows))
    (bundle / "data/01-catalogue.json").write_bytes(catalogue_json(rows))
    (bundle / "data/01-catalogue.pdf").write_bytes(bags.paper(rows))
    (bundle / TOKEN).rename(bundle.parent / "token")
    bags.relist(bundle)
    (bundle.parent / "token").rename(bundle / TOKEN)


def drop(*names: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        for name in names:
            (bundle / name).unlink()

    return act


def token_of_another(bundle: Path, keys: Path, _: Path) -> None:
    other = bags.build(bundle.parent / "other", {**bags.payload(), "letters/01.txt": b"x"}).path
    stamped(other, keys)
    shutil.copy(other / TOKEN, bundle / TOKEN)


def rogue(bundle: Path, keys: Path, rogue_keys: Path) -> None:
    rewrite(bundle, keys, rogue_keys)
    (bundle / "tsa-certs").mkdir()
    stamped(bundle, rogue_keys)
    shutil.copy(rogue_keys / "root.pem", bundle / "tsa-certs/001.pem")


def certified(act: Act) -> Act:
    """Do something to a bundle that has the time stamp's own certificates beside it."""

    def whole(bundle: Path, keys: Path, rogue_keys: Path) -> None:
        for name, data in stamp_rules.files(1, (bundle / TOKEN).read_bytes()).items():
            (bundle / name).parent.mkdir(exist_ok=True)
            (bundle / name).write_bytes(data)
        act(bundle, keys, rogue_keys)

    return whole


def rogue_with_its_own(bundle: Path, keys: Path, rogue_keys: Path) -> None:
    rewrite(bundle, keys, rogue_keys)
    stamped(bundle, rogue_keys)
    certified(lambda *_: None)(bundle, keys, rogue_keys)


def cut(name: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).write_bytes((bundle / name).read_bytes()[:-1])

    return act


def with_other_lines(name: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).write_bytes((bundle / name).read_bytes().replace(b"\n", b"\r\n"))

    return act


def certificates_listed(bundle: Path, keys: Path, _: Path) -> None:
    bags.relist_tags(bundle)
    stamped(bundle, keys)


def add(name: str, data: bytes = b"added") -> Act:
    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(data)

    return act


def rename(bundle: Path, *_: Path) -> None:
    (bundle / COVER).rename(bundle / "data/00-cave.pdf")


def link(name: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).rename(bundle.parent / "outside")
        (bundle / name).symlink_to(bundle.parent / "outside")

    return act


def pipe(name: str) -> Act:
    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).unlink()
        os.mkfifo(bundle / name)

    return act


def resealed(act: Act) -> Act:
    """Do something, write the lists anew, and have the true authority stamp them."""

    def whole(bundle: Path, keys: Path, rogue_keys: Path) -> None:
        (bundle / TOKEN).unlink()
        act(bundle, keys, rogue_keys)
        stamped(bundle, keys)

    return whole


def relisted(like: Callable[[str], bytes]) -> Act:
    return resealed(lambda bundle, *_: bags.relist(bundle, like=like))


def utf16(bundle: Path, *_: Path) -> None:
    path = bundle / "bagit.txt"
    path.write_text(path.read_text().replace("UTF-8", "UTF-16"))
    bags.relist(bundle, like=lambda text: text.encode("utf-16"))


def weak(bundle: Path, *_: Path) -> None:
    """Leave MD5 sums only."""
    import hashlib

    files = {name: data for name, data in bags.all_files(bundle).items() if name[:5] == "data/"}
    lines = (f"{hashlib.md5(data).hexdigest()}  {name}\n" for name, data in files.items())  # noqa: S324
    (bundle / "manifest-md5.txt").write_text("".join(lines))
    (bundle / "manifest-sha256.txt").unlink()
    bags.relist_tags(bundle)


def listed(name: str) -> Act:
    """List a file under a name that leads out of the bundle."""

    def act(bundle: Path, *_: Path) -> None:
        path = bundle / "manifest-sha256.txt"
        path.write_text(path.read_text() + f"{'0' * 64}  {name}\n")
        bags.relist_tags(bundle)

    return resealed(act)


def added(name: str) -> Act:
    """Add a file with a name that a bundle must not have, and list it."""

    def act(bundle: Path, *_: Path) -> None:
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(b"x")
        bags.relist(bundle)

    return resealed(act)


def table(bundle: Path, *_: Path) -> None:
    """Let the table disagree with the paper and the data, and list it anew."""
    rows = [bags.row(1, "别的", "exhibits/E001/original.jpg", bags.PHOTO), bags.rows()[1]]
    (bundle / "data/01-catalogue.csv").write_bytes(catalogue_csv(rows))
    bags.relist(bundle)


def table_of_another_file(bundle: Path, *_: Path) -> None:
    """Let table, data and paper agree on a sum that is not the file's, and list them anew."""
    first, second = bags.rows()
    rows = [bags.row(1, first.title, first.path, b"other"), second]
    (bundle / "data/01-catalogue.csv").write_bytes(catalogue_csv(rows))
    (bundle / "data/01-catalogue.json").write_bytes(catalogue_json(rows))
    (bundle / "data/01-catalogue.pdf").write_bytes(bags.paper(rows))
    bags.relist(bundle)


def proof_of_another_tree(bundle: Path, *_: Path) -> None:
    other = bags.custody(bags.journal_row(seq=1), bags.journal_row(seq=5, previous="11"))
    (bundle / "data/custody/proofs.json").write_bytes(other["custody/proofs.json"])
    bags.relist(bundle)


def checkpoint_of_another_tree(bundle: Path, *_: Path) -> None:
    other = bags.custody(bags.journal_row(seq=3))
    (bundle / "data/custody/checkpoint.txt").write_bytes(other["custody/checkpoint.txt"])
    bags.relist(bundle)


def withhold(bundle: Path, *_: Path, original: bytes = bags.PHOTO) -> None:
    """Leave the first original out, with a copy in its place, as a bundle may."""
    copy, (first, second) = b"\xff\xd8\xff\xe0 the gate, faces painted over", bags.rows()
    path = "exhibits/E001/rendition-01.jpg"
    withheld = {"sha256": bags.sha256(original), "size": len(original), "why": ["masked"]}
    made = [{"file": path, "sha256": bags.sha256(copy)}, {"file": "02-exhibits.pdf", "pages": "1"}]
    row = replace(bags.row(1, first.title, path, copy), withheld_sha256=bags.sha256(original))
    (bundle / "data" / first.path).unlink()
    (bundle / "data" / path).write_bytes(copy)
    (bundle / SHEET).write_bytes(bags.sheet(1, copy, withheld=withheld, derived=made))
    catalogued(bundle, [row, second])


def catalogued(bundle: Path, rows: Sequence[CatalogueRow]) -> None:
    (bundle / "data/01-catalogue.csv").write_bytes(catalogue_csv(rows))
    (bundle / "data/01-catalogue.json").write_bytes(catalogue_json(rows))
    (bundle / "data/01-catalogue.pdf").write_bytes(bags.paper(rows))
    bags.relist(bundle)


def withheld_but(act: Callable[[Path], object]) -> Act:
    def whole(bundle: Path, *_: Path) -> None:
        withhold(bundle)
        act(bundle)
        bags.relist(bundle)

    return resealed(whole)


SEVERAL: Final = (b"the card's front", b"the card's back", b"the card's sleeve")


def of_several(
    bundle: Path, order: Sequence[int] = (0, 1, 2), *, withheld: int | None = None
) -> None:
    """Make the first exhibit one of several files, as a bundle may have it.

    Args:
        bundle: The folder.
        order: In which its row and its sheet name the files.
        withheld: Which of them is left out, with the copy in its place.
    """
    first, second = bags.rows()
    names = [f"exhibits/E001/original-0{place}.txt" for place in (1, 2, 3)]
    if withheld is not None:
        names[withheld] = f"exhibits/E001/rendition-0{withheld + 1}.jpg"
    parts: list[dict[str, object]] = [
        {
            "original_name": f"card {place}.txt",
            "media_type": "text/plain",
            "sha256": bags.sha256(data),
            "size": len(data),
            "withheld": {"sha256": "0" * 64, "size": 7} if place == withheld else None,
            "derived": [{"file": names[place], "sha256": bags.sha256(data)}]
            if place == withheld
            else [],
        }
        for place, data in enumerate(SEVERAL)
    ]
    (bundle / "data" / first.path).unlink()
    for name, data in zip(names, SEVERAL, strict=True):
        (bundle / "data" / name).write_bytes(data)
    told = {"exhibit": "E001", "files": [parts[place] for place in order]}
    (bundle / SHEET).write_text(json.dumps(told))
    taken = [
        bags.journal_row(
            2 * place, file={"size": 7, "sha256": "0" * 64} if part["withheld"] else part
        )
        for place, part in enumerate(parts, start=1)
    ]
    for name, data in bags.custody(*taken).items():
        (bundle / "data" / name).write_bytes(data)
    away = ["0" * 64 if place == withheld else "-" for place in order]
    row = replace(
        first,
        path=" ".join(names[place] for place in order),
        original_name=" / ".join(f"card {place}.txt" for place in order),
        media_type=" ".join("text/plain" for _ in order),
        size=" ".join(str(len(SEVERAL[place])) for place in order),
        sha256=" ".join(bags.sha256(SEVERAL[place]) for place in order),
        withheld_sha256="" if withheld is None else " ".join(away),
    )
    catalogued(bundle, [row, second])


def several_but(act: Callable[[Path], object]) -> Act:
    def whole(bundle: Path, *_: Path) -> None:
        of_several(bundle)
        act(bundle / "data/exhibits/E001")
        bags.relist(bundle)

    return resealed(whole)


def swapped(folder: Path) -> None:
    """Let two files of an exhibit change places, and leave the rest."""
    one, other = (folder / f"original-0{place}.txt" for place in (1, 2))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def sheet_in_another_order(folder: Path) -> None:
    sheet = folder / "exhibit.json"
    told = json.loads(sheet.read_bytes())
    sheet.write_text(json.dumps({**told, "files": told["files"][::-1]}))


def sheet_without_the_last(folder: Path) -> None:
    sheet = folder / "exhibit.json"
    told = json.loads(sheet.read_bytes())
    sheet.write_text(json.dumps({**told, "files": told["files"][:-1]}))


def row_without_the_last(bundle: Path, *_: Path) -> None:
    """Let row, sheet and paper tell of two files, and leave the third in the folder."""
    of_several(bundle, (0, 1))


def told_otherwise(**more: object) -> Callable[[Path], object]:
    """Let the sheet of the first exhibit tell something else."""

    def act(bundle: Path) -> None:
        told = json.loads((bundle / SHEET).read_bytes())
        (bundle / SHEET).write_text(json.dumps(told | more))

    return act


def written(name: str, data: Callable[[bytes], bytes]) -> Act:
    """Write a file anew, or add it, and list it."""

    def act(bundle: Path, *_: Path) -> None:
        path = bundle / name
        path.write_bytes(data(path.read_bytes() if path.exists() else b""))
        bags.relist(bundle)

    return resealed(act)


def earlier_checkpoint_unstamped(bundle: Path, *_: Path) -> None:
    """Prove an earlier checkpoint that no time stamp is of."""
    for name, data in bags.custody(bags.journal_row(seq=3), sizes=(1, 3)).items():
        (bundle / "data" / name).write_bytes(data)
    bags.relist(bundle)


def earlier_checkpoints(
    *sizes: int, written: Callable[[bytes], bytes] = lambda data: data, named: str = ""
) -> Act:
    """Prove checkpoints of these sizes, each but the last truly stamped, and list them.

    Args:
        sizes: Of the trees, in the order in which the proofs name them.
        written: What is made of the proofs.
        named: What the first of them is called instead.
    """

    def act(bundle: Path, keys: Path, _: Path) -> None:
        def stamp(text: bytes) -> bytes:
            digest = bytes.fromhex(bags.sha256(text))
            return tsa.reply(keys, timestamp.request(digest, number=timestamp.nonce()))

        files = bags.custody(bags.journal_row(seq=3), sizes=sizes, stamp=stamp)
        files["custody/proofs.json"] = written(files["custody/proofs.json"])
        for name, data in files.items():
            called = name.replace("checkpoint-001", named or "checkpoint-001")
            (bundle / "data" / called).write_bytes(data)
        bags.relist(bundle)

    return resealed(act)


def unknown_encoding(bundle: Path, *_: Path) -> None:
    """Declare an encoding that only some programs know; the lists are the same in it."""
    path = bundle / "bagit.txt"
    path.write_text(path.read_text().replace("UTF-8", "ISO-8859-1"))
    bags.relist(bundle)


FOLDER: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "good": lambda *_: None,
        "one byte flipped in a payload file": flip("data/exhibits/E001/original.jpg"),
        "one byte flipped in a tag file": flip("bag-info.txt"),
        "one byte flipped in the root list": flip(ROOT_LIST),
        "one byte flipped in the verifier": flip("tools/verify.py"),
        "extra file": add("data/exhibits/more.txt"),
        "extra file beside data": add("notes.txt"),
        "deleted file": drop(COVER),
        "deleted tag file": drop("bag-info.txt"),
        "renamed file": rename,
        "full rewrite with fresh manifests": rewrite,
        "tagmanifest and token dropped": drop(ROOT_LIST, TOKEN),
        "token of another bundle": token_of_another,
        "rogue authority and root from inside": rogue,
        "rogue authority with its certificates": rogue_with_its_own,
        "certificates beside the time stamp": certified(lambda *_: None),
        "certificates changed": certified(flip(CERTIFICATES)),
        "certificates with other line ends": certified(with_other_lines(CERTIFICATES)),
        "certificates without anything": certified(add(CERTIFICATES, b"")),
        "certificates of no time stamp": certified(drop(TOKEN)),
        "certificates in the list of tag files": certified(certificates_listed),
        "time stamp cut short": cut(TOKEN),
        "folder symlink under data": link("data/exhibits"),
        "file symlink": link(COVER),
        "pipe": pipe(COVER),
        "pipe in place of bagit.txt": pipe("bagit.txt"),
        "tag file symlink": link("bag-info.txt"),
        "fetch.txt present": add("fetch.txt", b"https://x.example/ - data/a.txt\n"),
        "MD5 only": resealed(weak),
        "names differing by case": added("data/EXHIBITS/x.txt"),
        "names differing by normal form": added("data/cafe\u0301.txt"),
        "absolute path in a list": listed("/etc/passwd"),
        "path that climbs in a list": listed("data/../../x"),
        "home folder in a list": listed("~/x"),
        "network path in a list": listed("\\\\host\\share\\x"),
        "lists with CRLF": relisted(lambda text: text.replace("\n", "\r\n").encode()),
        "lists with a byte-order mark": relisted(lambda text: text.encode("utf-8-sig")),
        "lists in UTF-16, declared": resealed(utf16),
        "lists in an encoding that is not Unicode": resealed(unknown_encoding),
        "table disagrees with the paper": resealed(table),
        "catalogue disagrees with the manifest": resealed(table_of_another_file),
        "proof of another tree": resealed(proof_of_another_tree),
        "checkpoint of another tree": resealed(checkpoint_of_another_tree),
        "checkpoint with a line end more": written(CHECKPOINT, lambda data: data + b"\n"),
        "earlier checkpoint without its token": resealed(earlier_checkpoint_unstamped),
        "earlier checkpoints, each with its token": earlier_checkpoints(1, 2, 3),
        "earlier checkpoints in another order": earlier_checkpoints(2, 1, 3),
        "earlier checkpoint proved twice": earlier_checkpoints(1, 1, 3),
        "earlier checkpoint under another name": earlier_checkpoints(
            1,
            3,
            written=lambda data: data.replace(b"checkpoint-001", b"checkpoint-007"),
            named="checkpoint-007",
        ),
        "earlier checkpoint of another size": earlier_checkpoints(
            1, 3, written=lambda data: data.replace(b'"first":1', b'"first":2')
        ),
        "proofs in another form": written("data/custody/proofs.json", lambda data: data + b" "),
        "log in another form": written(
            "data/custody/journal.jsonl", lambda data: data.replace(b'"at":', b'"at": ', 1)
        ),
        "strange file among the custody": written("data/custody/more.txt", lambda _: b"x"),
        "an original withheld": resealed(withhold),
        "withheld, and the original there": withheld_but(
            lambda bundle: (bundle / "data/exhibits/E001/original.jpg").write_bytes(bags.PHOTO)
        ),
        "withheld, and not said": withheld_but(told_otherwise(withheld=None)),
        "withheld, with another sum": withheld_but(told_otherwise(withheld={"sha256": "0" * 64})),
        "withheld, and the copy not told": withheld_but(told_otherwise(derived=[])),
        "said to be withheld, and there": written(
            SHEET,
            lambda data: json.dumps({**json.loads(data), "withheld": {"sha256": "0"}}).encode(),
        ),
        "sheet with another name": written(
            SHEET, lambda data: data.replace(b"original_name", b"x")
        ),
        "sheet that tells nothing made": written(SHEET, lambda data: data.replace(b"[]", b"null")),
        "an exhibit of several files": resealed(lambda bundle, *_: of_several(bundle)),
        "several files, one withheld": resealed(lambda bundle, *_: of_several(bundle, withheld=1)),
        "several files, one changed": several_but(
            lambda folder: (folder / "original-02.txt").write_bytes(b"another card's back")
        ),
        "several files, two swapped": several_but(swapped),
        "several files, sheet in another order": several_but(sheet_in_another_order),
        "several files, one left out": several_but(
            lambda folder: (folder / "original-03.txt").unlink()
        ),
        "several files, one not in the sheet": several_but(sheet_without_the_last),
        "several files, one not in the row": resealed(row_without_the_last),
        "several files, one told twice": resealed(
            lambda bundle, *_: of_several(bundle, (0, 1, 2, 2))
        ),
        "several files, one more beside them": several_but(
            lambda folder: (folder / "original-04.txt").write_bytes(b"another card")
        ),
        "listed file beside the exhibits": added("data/exhibits/more.txt"),
        "listed file that no bundle has": added("data/zz.pdf"),
        "listed folder that no bundle has": added("data/web/x.html"),
        "several files, one taken in at another time": several_but(
            lambda folder: (folder / "exhibit.json").write_text(
                (folder / "exhibit.json")
                .read_text()
                .replace('"size"', '"imported_at": "2020-01-01T00:00:00Z", "size"', 1)
            )
        ),
        "sealed on no day": written(
            "bag-info.txt", lambda data: data.replace(b"2026-11-23", b"2026-13-45")
        ),
        "label more in bag-info": written("bag-info.txt", lambda data: b"Note: x\n" + data),
        "rendition that no sheet tells": written(
            "data/exhibits/E002/rendition-01.jpg", lambda _: b"another picture"
        ),
    }
)
"""On a bundle that is a folder."""


def _members(bundle: Path) -> dict[str, bytes]:
    return {f"bag/{name}": data for name, data in bags.all_files(bundle).items()}


def packed(bundle: Path, more: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    return bags.pack(bundle.parent / "bag.zip", {**_members(bundle), **more}.items())


def zip_with_link(bundle: Path) -> Path:
    entry = zipfile.ZipInfo("bag/data/link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return bags.pack(
        bundle.parent / "bag.zip", [*_members(bundle).items(), (entry, b"/etc/passwd")]
    )


def zip_with_twins(bundle: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return bags.pack(
            bundle.parent / "bag.zip", [*_members(bundle).items(), (f"bag/{COVER}", b"other")]
        )


def zip_bomb(bundle: Path) -> Path:
    return packed(bundle, {f"bag/{COVER}": bytes(64 * 2**20)})


def _edited(bundle: Path, edit: Callable[[bytearray, int], object]) -> Path:
    """Edit a packed bundle; the number given is where the first entry of the directory stands."""
    path = packed(bundle)
    data = bytearray(path.read_bytes())
    edit(data, data.index(b"PK\x01\x02"))
    path.write_bytes(data)
    return path


def zip_encrypted(bundle: Path) -> Path:
    def edit(data: bytearray, directory: int) -> None:
        data[directory + 8] |= 1
        data[6] |= 1

    return _edited(bundle, edit)


def zip_overlapping(bundle: Path) -> Path:
    """Let two names of the directory lead to the same bytes."""

    def edit(data: bytearray, directory: int) -> None:
        following = data.index(b"PK\x01\x02", directory + 4)
        data[following + 42 : following + 46] = data[directory + 42 : directory + 46]

    return _edited(bundle, edit)


ZIP: Final[Mapping[str, Callable[[Path], Path]]] = MappingProxyType(
    {
        "zip: good": packed,
        "zip: slip": lambda bundle: packed(bundle, {"bag/../../outside.txt": b"x"}),
        "zip: absolute name": lambda bundle: packed(bundle, {"/etc/passwd": b"x"}),
        "zip: symlink": zip_with_link,
        "zip: duplicate names": zip_with_twins,
        "zip: bomb": zip_bomb,
        "zip: encrypted": zip_encrypted,
        "zip: overlapping": zip_overlapping,
    }
)
"""On a bundle that is a zip file."""
