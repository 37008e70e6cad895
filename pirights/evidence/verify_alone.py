#!/usr/bin/env python3
"""Check a pirights evidence bundle: python3 tools/verify.py [BUNDLE or .zip], Python 3.8 or later.

Exit 0: valid; 31: not. Time stamps: VERIFY.txt. 返回0为有效，31为无效；时间戳另见VERIFY.zh.txt。
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

LISTS = ("manifest-sha256.txt", "sm3sums.txt", "tagmanifest-sha256.txt")
TAGS = {*LISTS, "VERIFY.txt", "VERIFY.zh.txt", "bag-info.txt", "bagit.txt", "tools/verify.py"}
LATER = r"tagmanifest-sha256\.txt\.tsr|timestamps/\d{3}\.tsr|tsa-certs/[a-z0-9][a-z0-9._-]*\.pem"
NAMES = "00-cover.pdf 02-exhibits.pdf 03-timeline.pdf 01-catalogue.csv 01-catalogue.json "
NAMES += "01-catalogue.pdf custody/journal.jsonl custody/checkpoint.txt custody/proofs.json"
*_, CSV, JSON, PDF, ROWS, ROOT, PROOFS = DATA = [f"data/{name}" for name in NAMES.split()]
PART = r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$))[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?"
PLAIN = rf"data/(?:exhibits/E\d{{3,6}}/{PART}|(?!exhibits/){PART}(?:/{PART})*)"
MARK = r"(?s)BagIt-Profile-Identifier: https://pirights\.invalid/profiles/bundle-1\.json\s"
SAID = r"\ABagIt-Version: 1\.0\s{1,2}Tag-File-Character-Encoding: ((?i:utf-(?:8|16|32)))\s{1,2}\Z"
INFO = MARK + r"External-Identifier: \S+\sBagging-Date: [\d-]{10}\sPayload-Oxum: (\d+)\.(\d+)\s"
ONE_FORM = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
CHECKPOINT = r"\Apirights\.invalid/journal-1\n(\d+)\n(.{44})\nclaimed-time: [\dT:-]{19}Z\n\Z"


class Bundle:
    def __init__(self, path: str) -> None:
        self.faults, self.sizes = [], {}  # type: ignore[var-annotated]
        self.open: Any = lambda name: Path(path, name).open("rb")

    def must(self, holds: object, name: str, what: str) -> bool:
        self.faults += [] if holds else [(name, what)]
        return bool(holds)

    def walk(self, top: str, at: str = "") -> None:
        inside = list(os.scandir(Path(top, at)))
        self.must(inside, at or top, "an empty folder 空文件夹")
        for entry in inside:
            name = at + entry.name
            if entry.is_dir(follow_symlinks=False):
                self.walk(top, name + "/")
            elif self.must(entry.is_file(follow_symlinks=False), name, "no file 不是普通文件"):
                self.sizes[name] = entry.stat().st_size

    def unzip(self, path: str) -> None:
        file: Any = zipfile.ZipFile(path)
        entries = sorted(file.infolist(), key=lambda entry: entry.header_offset)
        tops, end, slack = {entry.filename.split("/")[0] for entry in entries}, 0, 0
        self.must(len(tops) == 1, path, "not one folder at the top 顶层不是一个文件夹")
        self.open = lambda name: file.open(f"{min(tops)}/{name}")
        for entry in entries:
            name, kind = entry.filename.partition("/")[2], entry.external_attr >> 28
            self.must(end <= entry.header_offset <= end + slack, name, "shares bytes 数据重叠")
            file.fp.seek(entry.header_offset + 26)
            end = entry.header_offset + 30 + entry.compress_size
            end += sum(int.from_bytes(file.fp.read(2), "little") for _ in range(2))
            slack = 24 if entry.flag_bits & 8 else 0
            folder = entry.filename[-1:] == "/" and kind in {0, 4} and not entry.file_size
            fine = kind in {0, 8} and not entry.flag_bits & 1 and name not in self.sizes
            fine &= entry.file_size <= max(2**20, 200 * entry.compress_size)
            if not folder and self.must(fine, name, "a link, encrypted, twice or a bomb 不可读取"):
                self.sizes[name] = entry.file_size
        self.must(end <= file.start_dir <= end + slack, path, "shares bytes 数据重叠")

    def data(self, name: str) -> bytes:
        return bytes(self.open(name).read(2**26))

    def sum(self, name: str) -> str:
        made = hashlib.sha256()
        with self.open(name) as file:
            for piece in iter(lambda: file.read(2**20), b""):
                made.update(piece)
        return made.hexdigest()

    def listed(self, name: str, encoding: str, here: set[str]) -> dict[str, str]:
        *lines, last = re.split(r"(\r\n|\r|\n)", self.data(name).decode(encoding))
        sums = {line[66:]: line[:64] for line in lines if re.match("[0-9a-f]{64}  ", line)}
        fine = [f"{sums[other]}  {other}" for other in sorted(sums)] == lines[::2] and not last
        fine &= len(set(lines[1::2])) == 1
        self.must(fine, name, "not written as pirights writes it 写法不符")
        for other in sums.keys() ^ here:
            self.must(False, other, f"is not both there and in {name} 与清单不符")
        return sums

    def check_bag(self) -> None:
        for name in TAGS.union(self.sizes, DATA):
            known = name in TAGS or re.fullmatch(f"{PLAIN}|{LATER}", name)
            self.must(known and name in self.sizes, name, "missing, or too much 缺失或者多余")
        encoding = re.sub(SAID, r"\1", self.data("bagit.txt").decode())
        payload = {name for name in self.sizes if name.startswith("data/")}
        oxum = (str(sum(self.sizes[name] for name in payload)), str(len(payload)))
        info = re.sub("\r\n?", "\n", self.data("bag-info.txt").decode(encoding))
        fine = (found := re.fullmatch(INFO, info)) and found.groups() == oxum
        self.must(fine, "bag-info.txt", f"not of a pirights bundle, or not of {oxum} 与内容不符")
        self.sums, _ = (self.listed(name, encoding, payload) for name in LISTS[:2])
        sums = {**self.listed(LISTS[2], encoding, TAGS - {LISTS[2]}), **self.sums}
        for name, digest in sums.items():
            self.must(name not in self.sizes or self.sum(name) == digest, name, "changed 已被改动")

    def check_catalogue(self) -> None:
        sums = " ".join(f"sha256:{self.sums[name]}" for name in (CSV, JSON))
        same = f"<dc:identifier>{sums}</dc:identifier>".encode() in self.data(PDF)
        self.must(same, PDF, "made with other rows 与数据文件不一致")
        shown = {x for x in self.sums if re.match(r"data/exhibits/\w+/(original|rendition-)", x)}
        for number, row in enumerate(json.loads(self.data(JSON)), 1):
            names, here = ["data/" + x for x in row["path"].split(" ")], f"E{number:03d}"
            told = json.loads(self.data(f"data/exhibits/{here}/exhibit.json"))
            files = told.get("files", [told])
            away = [(x.get("withheld") or {}).get("sha256") or "-" for x in files]
            made = {x["file"]: x["sha256"] for y in files for x in y["derived"] if "sha256" in x}
            kept = {one: self.sums[one] for one in shown if f"/{here}/" in one}
            said = [told["exhibit"], row["number"], *((x["sha256"], x["size"]) for x in files)]
            agree = said == [here, str(number), *((kept[x], self.sizes[x]) for x in names)]
            for k in "sha256", "size", "media_type", "original_name":
                agree &= row[k] == (" / " if k[0] == "o" else " ").join(str(x[k]) for x in files)
            agree &= row["withheld_sha256"] == (" ".join(away) if set(away) != {"-"} else "")
            agree &= [x == "-" for x in away] == ["/original" in x for x in dict.fromkeys(names)]
            agree &= made == {one[5:]: kept[one] for one in kept if "/original" not in one}
            self.must(agree, row["path"], "disagrees with the catalogue 与证据目录不一致")
            shown -= {"data/" + x for x in made}.union(names)
        self.must(not shown, str(shown), "not in the catalogue 证据目录中没有")

    def check_custody(self) -> None:
        lines = self.data(ROWS).splitlines(keepends=True)
        rows = [json.loads(line) for line in lines]
        once = sorted({row["seq"]: row for row in rows}.items())
        fine = lines and lines == [ONE_FORM.encode(row).encode() + b"\n" for _, row in once]
        self.must(fine, ROWS, "not written as pirights writes it 写法不符")
        proofs, (size, root), first = json.loads(self.data(PROOFS)), self.tree(ROOT), 0
        fine = proofs["tree"]["tree_size"] == size and len(proofs["inclusion"]) == len(rows)
        fine &= self.data(PROOFS) == ONE_FORM.encode(proofs).encode() + b"\n"
        self.must(fine, PROOFS, "of another tree, or changed 属于另一棵树或者已被改动")
        for number, row in enumerate(rows, 1):
            leaf = ONE_FORM.encode({k: row[k] for k in row.keys() - {"payload", "hash"}}).encode()
            digest = hashed(bytes.fromhex(row["salt"]), (row["payload"] or "").encode()).hex()
            at, proof = row["seq"] - 1, proofs["inclusion"][number - 1]
            fine = hashed(leaf).hex() == row["hash"]
            fine &= row["payload"] is None or digest == row["digest"]
            grown = climbed(hashed(b"\0", leaf), b"", proof["audit_path"], at, size - 1)
            fine &= 0 <= at == proof["leaf_index"] < size and grown == (root, b"")
            self.must(fine, ROWS, f"line {number} changed 第{number}行已被改动")
        more = {x for x in self.sizes if x[:13] == "data/custody/"} - {*DATA, ROOT + ".tsr"}
        for number, one in enumerate(proofs["consistency"], 1):
            name, path = f"data/custody/checkpoint-{number:03d}.txt", one["consistency"]
            last, (first, before), more = first, self.tree(name), more ^ {name, name + ".tsr"}
            path = [base64.b64encode(before).decode()][: first & (first - 1) == 0] + path
            odd, node = (first ^ (first - 1)).bit_length() - 1, base64.b64decode(path[0])
            grown = climbed(node, node, path[1:], first - 1 >> odd, size - 1 >> odd)
            fine = last < first == one["first"] < size == one["second"] and grown == (root, before)
            self.must(fine and one["file"] == name[13:], name, "another tree 另一棵树")
        self.must(not more, str(more), "missing, or not in the proofs 缺失，或者证明中没有")

    def tree(self, name: str) -> tuple[int, bytes]:
        ((size, root),) = re.findall(CHECKPOINT, self.data(name).decode())
        return int(size), base64.b64decode(root, validate=True)


def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def climbed(node: bytes, before: bytes, path: list[str], at: int, last: int) -> object:
    """Climb a tree of RFC 6962 to its root, and beside it to that of the tree it grew from."""
    for beside in map(base64.b64decode, path):
        if not last:
            return None
        if at & 1 or at == last:
            node, before = hashed(b"\1", beside, node), before and hashed(b"\1", beside, before)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = hashed(b"\1", node, beside)
        at, last = at >> 1, last >> 1
    return None if last else (node, before)


def main(path: str) -> int:
    bag = Bundle(path)
    try:
        (bag.walk if Path(path).is_dir() else bag.unzip)(path)
        for check in (bag.check_bag, bag.check_catalogue, bag.check_custody):
            check()
    except Exception as problem:  # whatever cannot be read is a fault
        bag.must(False, path, f"cannot be read 无法读取: {problem!r}")
    sys.stdout.writelines(f"{ascii(name)[1:-1]}  {what}\n" for name, what in bag.faults)
    print(("valid; time stamps not checked 有效；未核验时间戳", "NOT VALID 无效")[bool(bag.faults)])
    return 31 * bool(bag.faults)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).resolve().parents[1])))
