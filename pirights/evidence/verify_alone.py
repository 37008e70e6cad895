#!/usr/bin/env python3
"""Check a pirights evidence bundle: python3 tools/verify.py [BUNDLE or .zip]; exit 31: no."""

import csv, hashlib, io, json, os, re, ssl, sys, zipfile
from base64 import b64decode, b64encode
from pathlib import Path

LISTS = ("manifest-sha256.txt", "sm3sums.txt", "tagmanifest-sha256.txt")
TAGS = {*LISTS, "VERIFY.txt", "VERIFY.zh.txt", "bag-info.txt", "bagit.txt", "tools/verify.py"}
NAMES = "00-cover.pdf 02-exhibits.pdf 03-timeline.pdf 01-catalogue.pdf 01-catalogue.csv "
NAMES += "01-catalogue.json custody/journal.jsonl custody/checkpoint.txt custody/proofs.json"
*PDFS, CSV, JSON, ROWS, ROOT, PROOFS = DATA = [f"data/{name}" for name in NAMES.split()]
STAMPS = [f"{LISTS[2]}.tsr", *(f"timestamps/{number:03d}.tsr" for number in range(2, 1000))]
CERTS = [f"tsa-certs/{number:03d}.pem" for number in range(1, 1000)]
FILE = r"(?:original(?:-\d{2,3})?|rendition-\d{2,3})(?:\.[a-z0-9]{1,16})?|exhibit\.json"
PLAIN = rf"data/(?:exhibits/E\d{{3,6}}/(?:{FILE})|letters/\d{{2,6}}-[a-z0-9-]{{1,50}}\.txt|"
PLAIN += r"replies/\d{2,6}\.txt|custody/checkpoint-\d{3}\.txt|custody/checkpoint[\d-]*\.txt\.tsr)"
BAGIT = r"\ABagIt-Version: 1\.0\nTag-File-Character-Encoding: ((?i:utf-(?:8|16|32)))\n\Z"
INFO = r"(?a)BagIt-Profile-Identifier: https://pirights\.invalid/profiles/bundle-1\.json\nExternal-"
INFO += r"Identifier: (\S{17})\nBagging-Date: \d{4}-(?:0\d|1[0-2])-[0-3]\d\nPayload-Oxum: %d\.%d\n"
TREE = rb"\Apirights\.invalid/journal-1\n([1-9]\d*)\n(\S{42}[AEIMQUYcgkosw048]=)\n"
TREE += rb"claimed-time: \d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ\n\Z"
HEADS = "807653cddc191e457198071b48ea9470cddcd30211c9ffd9c1fd9880129cfa59"  # keys, and first line
ACTS = "^(?=['\u0020\u3000]*[=+\\-@\t\r\n＝＋－＠])"  # cells that a spreadsheet would compute
CELLS = dict.fromkeys("at digest hash kind payload previous record salt subject zone".split(), str)
WRITTEN = r"(?:(E\d+|law)\.txt|(PR-.+)-(\d+)\.pdf)"  # exhibits that pirights writes itself
HERE = "; not checked 未核验: time stamps 时间戳; words of PDFs PDF的文字; zip headers 文件头; "
HERE += "SM3 sums 国密SM3校验值 (cksum -a sm3 --strict -c sm3sums.txt)"
one_form = lambda told: json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
once = lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else 1 / 0  # a key stands twice
read = lambda text: json.loads(text, object_pairs_hook=once)
again = lambda path: [b64encode(b64decode(each)).decode() for each in path]
whole = lambda x: x[:1] == b"0" and int.from_bytes(x[2 : x[1] - 126], "big") == len(x) + 126 - x[1]
hashed = lambda *parts: hashlib.sha256(b"".join(parts)).digest()


def check(path, faults):
    sizes = {}
    opened = lambda name: sizes[name] + 1 and Path(path, name).open("rb")  # no pipe, no link
    data = lambda name: opened(name).read(2**26)
    tree = lambda name: next((int(x), b64decode(y)) for x, y in re.findall(TREE, data(name)))
    must = lambda holds, name, what: bool(holds) or faults.append((name, what))

    def text(name, codec):
        found = data(name).decode(codec)
        ends = {*re.findall("\r\n|\r|\n", found)}
        return found.replace(*ends, "\n") if len(ends) == 1 else ""

    def walk(at):
        inside = list(os.scandir(Path(path, at)))
        must(inside, at or path, "an empty folder 空文件夹")
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                walk(f"{at}{entry.name}/")
            elif must(entry.is_file(follow_symlinks=False), at + entry.name, "no file 不是文件"):
                sizes[at + entry.name] = entry.stat().st_size

    if Path(path).is_dir():
        walk("")
    else:
        packed = zipfile.ZipFile(path if Path(path).is_file() else "")
        entries = sorted(packed.infolist(), key=lambda entry: entry.header_offset)
        top, end, slack, folders = entries[0].orig_filename.split("/")[0] + "/", 0, 0, {}
        opened = lambda name: packed.open(top + name)
        tail = Path(path).stat().st_size - packed.start_dir
        for entry in entries:
            name, kind = entry.orig_filename[len(top) :], entry.external_attr >> 28
            packed.fp.seek(entry.header_offset + 26)
            fine = end <= entry.header_offset <= end + slack and not entry.comment
            n, m = (int.from_bytes(packed.fp.read(2), "little") for _ in range(2))
            end, tail = entry.header_offset + 30 + n + m + entry.compress_size, tail - 46 - n
            tail -= len(entry.extra)
            slack, is_file = 3 * (entry.flag_bits & 8), name[-1:] not in {"", "/"}
            fine &= kind in ({0, 8} if is_file else {0, 4, 8}) and not entry.flag_bits & 0x2041
            fine &= entry.orig_filename == top + name and entry.compress_type in {0, 8}
            fine &= entry.file_size <= max(2**20, 200 * entry.compress_size) * is_file
            if must(fine and name not in sizes, name, "unreadable 不可读取"):
                (sizes if is_file else folders)[name] = entry.file_size
        above = {name[: slash.end()] for name in sizes for slash in re.finditer("/", name)}
        fine = not {*folders} - above - {""} and not above & {f"{x}/" for x in sizes}
        fine &= end <= packed.start_dir <= end + slack and tail in {22, 98} and not packed.comment
        must(fine, path, "empty folders or hidden bytes 有空文件夹或者隐藏数据")
    for name in TAGS.union(sizes, DATA) - {*STAMPS, *CERTS}:
        known = name in TAGS.union(DATA) or re.fullmatch(PLAIN, name, re.ASCII)
        must(known and name in sizes, name, "missing, or too much 缺失或者多余")
    must(not {*STAMPS[sum(x in sizes for x in STAMPS) :]} & {*sizes}, STAMPS[0], "missing 缺失")
    sums, load = {}, {name for name in sizes if name[:5] == "data/"}
    for name in sizes:
        made, file = hashlib.sha256(), opened(name)
        for piece in iter(lambda: file.read(2**20), b""):
            made.update(piece)
        sums[name] = made.hexdigest()
        must(name not in PDFS or data(name)[:5] == b"%PDF-", name, "no PDF 不是PDF")
        must(name[-4:] != ".tsr" or name[5] == "e" or whole(data(name)), name, "no stamp 非时间戳")
    for name in sorted({*CERTS} & {*sizes}):
        stamp, pem = STAMPS[int(name[-7:-4]) - 1], data(name).decode()
        ders = [ssl.PEM_cert_to_DER_cert(one) for one in re.findall("(?s)-.*?-\n.*?-\n", pem)]
        fine = pem == "".join(map(ssl.DER_cert_to_PEM_cert, ders)) > "" and stamp in sizes
        must(fine and all(der in data(stamp) for der in ders), name, "of no stamp 与时间戳不符")
    codec = re.sub(BAGIT, r"\1", text("bagit.txt", "utf-8"))
    for name, names in zip(LISTS, (load, load, TAGS - {LISTS[2]})):
        lines = text(name, codec).splitlines(keepends=True)
        wanted = [f"{sums.get(other)}  {other}\n" for other in sorted(names)]
        if name == LISTS[1]:  # SM3 is not compared, for many a Python lacks it
            wanted = [re.match("[0-9a-f]{64}|", x)[0] + y[64:] for x, y in zip(lines, wanted)]
        must(lines == wanted, name, f"not as it is 与内容不符 {sorted({*lines} ^ {*wanted})!a}")
    rows, (head, _, rest), table = read(data(JSON)), data(CSV).partition(b"\n"), io.StringIO()
    csv.writer(table).writerows([re.sub(ACTS, "'", x) for x in row.values()] for row in rows)
    fine = {hashed(" ".join(row).encode(), head).hex() for row in rows} == {HEADS}
    must(fine and rest == table.getvalue().encode(), CSV, f"not as {JSON} 与之不一致")
    same = f"<dc:identifier>sha256:{sums[CSV]} sha256:{sums[JSON]}</dc:identifier>"
    must(same.encode() in data(PDFS[3]), PDFS[3], "made of other rows 与数据文件不一致")
    left, parts = {name for name in sizes if name[:14] == "data/exhibits/"}, []
    for number, row in enumerate(rows, 1):
        here, names = f"data/exhibits/E{number:03d}/", [f"data/{x}" for x in row["path"].split(" ")]
        told, inside = read(data(f"{here}exhibit.json")), {x for x in left if here in x}
        files = told.get("files", [told])
        away = [(part.get("withheld") or {}).get("sha256") or "-" for part in files]
        made = {x["file"]: x["sha256"] for y in files for x in y["derived"] if "sha256" in x}
        copies = {x: sums[x] for x in inside if "/rendition-" in x}
        fine = {f"data/{x}": made[x] for x in made} == copies and told["exhibit"] == here[14:-1]
        fine &= inside == {f"{here}exhibit.json", *names, *copies}
        fine &= [x in copies for x in names] == [x != "-" for x in away]
        said = {x: " ".join(str(y[x]) for y in files) for x in ("sha256", "size", "media_type")}
        said["original_name"] = " / ".join(str(part["original_name"]) for part in files)
        said["withheld_sha256"] = " ".join(away) if {*away} != {"-"} else ""
        fine &= row == {**row, **said, "number": str(number)} and len({*names}) == len(names)
        fine &= [(x["sha256"], x["size"]) for x in files] == [(sums[x], sizes[x]) for x in names]
        must(fine, here, "not as in the catalogue 与目录不符")
        left, parts = left - inside, parts + files
    must(not left, str(left), "not in the catalogue 目录中没有")
    lines, proofs, shown, grew = data(ROWS).splitlines(keepends=True), read(data(PROOFS)), [], []
    (size, root), before, seen, first = tree(ROOT), {"seq": 0, "hash": ""}, {"law"}, 0
    for line, proof in zip(lines, proofs["inclusion"]):
        row, at = read(line), proof["leaf_index"]
        words = row["payload"] if row["payload"] is not None else ""
        leaf = one_form({key: row[key] for key in row.keys() - {"payload", "hash"}}).encode()
        digest = hashed(bytes.fromhex(row["salt"]), words.encode()).hex()
        fine = {x: type(y) for x, y in {**row, "payload": words}.items()} == {**CELLS, "seq": int}
        fine &= line.decode() == one_form(row) + "\n" and hashed(leaf).hex() == row["hash"]
        fine &= digest == row["digest"] or row["payload"] is None
        fine &= before["seq"] < row["seq"] == at + 1 <= size
        fine &= before["hash"] in {"", row["previous"]} or before["seq"] < at
        fine &= climbed(hashed(b"\0", leaf), b"", proof["audit_path"], at, size - 1) == (root, b"")
        must(fine, ROWS, f"row {at + 1} changed 第{at + 1}行已被改动")
        taken, before = read(words) if words and row["kind"] == "attachment.added" else {}, row
        seen |= {row["subject"], tuple(map(taken.get, ("sha256", "size", "imported_at")))}
        shown += [{"audit_path": again(proof["audit_path"]), "leaf_index": at}]
    fine = re.fullmatch(INFO % (sum(map(sizes.get, load)), len(load)), text("bag-info.txt", codec))
    must(fine and fine[1] in seen, "bag-info.txt", "of other files or another case 与内容不符")
    for part in parts:
        of, name = part.get("withheld") or part, part["original_name"]
        taken = (of["sha256"], of["size"], part.get("imported_at"))
        found = of is part and re.fullmatch(WRITTEN, name)
        paper = found and (found[1] or f"{found[2]}/{found[3]}")
        kind = "text/plain" if found and found[1] else "application/pdf"
        if taken not in seen:
            fine = paper in seen and part["media_type"] == kind
            must(fine, name, "not taken in so, says the log 与日志记录不符")
            seen -= {paper}
    more = {name for name in sizes if name[:13] == "data/custody/"} - {*DATA, ROOT + ".tsr"}
    for number, one in enumerate(proofs["consistency"], 1):
        name, hashes = f"data/custody/checkpoint-{number:03d}.txt", one["consistency"]
        last, (first, old), more = first, tree(name), more ^ {name, name + ".tsr"}
        grew += [{"consistency": again(hashes), "file": name[13:], "first": first, "second": size}]
        hashes = [b64encode(old).decode()][: first & (first - 1) == 0] + hashes
        odd, node = (first ^ (first - 1)).bit_length() - 1, b64decode(hashes[0])
        grown = climbed(node, node, hashes[1:], first - 1 >> odd, size - 1 >> odd)
        must(last < first < size and grown == (root, old), name, "another tree 另一棵树")
    must(not more, str(more), "missing, or not in the proofs 缺失，或者证明中没有")
    told = {"inclusion": shown, "consistency": grew, "tree": {"file": ROOT[13:], "tree_size": size}}
    fine = data(PROOFS).decode() == one_form(told) + "\n" and len(shown) == len(lines) > 0
    must(fine, PROOFS, "of other rows, or changed 与日志不符或者已被改动")


def climbed(node, before, path, at, last):
    """Climb a tree of RFC 6962 to its root, and beside it to that of the tree it grew from."""
    for beside in map(b64decode, path):
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


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    bundle, found = [*sys.argv[1:], str(Path(__file__).resolve().parents[1])][0], []
    try:
        check(bundle, found)
    except Exception as problem:  # whatever cannot be read is a fault
        found.append((bundle, f"cannot be read 无法读取: {problem!r}"))
    sys.stdout.writelines(f"{ascii(name)[1:-1]}  {what}\n" for name, what in found)
    print(("valid 有效", "NOT VALID 无效")[bool(found)], HERE, sep="")
    sys.exit(31 * bool(found))
