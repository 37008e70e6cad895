"""The proofs and checkpoints in a bundle, and every way in which somebody might swap them.

Each bundle here is sealed anew after the attack, so that every list is right again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pirights.evidence import custody_proofs, stamp_rules, timestamp, timestamp_trust, verify
from tests import needs, tsa
from tests.evidence import bags

FIRST = bags.journal_row(seq=2, previous="11")
SECOND = bags.journal_row(seq=5, previous="22")
THIRD = bags.journal_row(seq=9, previous="33")
ROWS = (FIRST, SECOND, THIRD)

Files = dict[str, bytes]


def sealed(folder: Path, files: Mapping[str, bytes], *roots: bytes) -> verify.Verdict:
    whole = {name: data for name, data in bags.payload().items() if "custody/" not in name}
    bags.build(folder, {**whole, **files})
    return verify.check(folder, strict=True, roots=roots)


def named(verdict: verify.Verdict) -> set[str]:
    return {finding.file.removeprefix("data/custody/") for finding in verdict.findings}


def said(verdict: verify.Verdict) -> str:
    return " ".join(str(finding.meaning) for finding in verdict.findings)


def proofs(files: Files) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(files["custody/proofs.json"])


def rewritten(files: Files, told: object) -> Files:
    data = json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return {**files, "custody/proofs.json": data}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    tsa.keys(folder)
    return folder


def stamping(folder: Path) -> Callable[[bytes], bytes]:
    def stamp(text: bytes) -> bytes:
        digest = hashlib.sha256(text).digest()
        return tsa.reply(folder, timestamp.request(digest, number=timestamp.nonce()))

    return stamp


def root(folder: Path, *, make: bool = False) -> bytes:
    if make:
        tsa.keys(folder)
    (found,) = timestamp_trust.roots((folder / "root.pem").read_bytes(), "root.pem")
    return found


# --- without time stamps


def test_good(tmp_path: Path) -> None:
    verdict = sealed(tmp_path / "bag", bags.custody(*ROWS, sizes=[9]))
    assert (verdict.findings, verdict.warnings, verdict.custody) == ((), (), ())
    assert sealed(tmp_path / "more", bags.custody(*ROWS, sizes=[40])).valid


def test_proof_of_another_tree(tmp_path: Path) -> None:
    ours, other = bags.custody(*ROWS), bags.custody(*ROWS, other=b"another journal")
    verdict = sealed(
        tmp_path / "proofs", {**ours, "custody/proofs.json": other["custody/proofs.json"]}
    )
    assert named(verdict) == {"proofs.json"}
    assert "the proof is of another tree" in said(verdict)
    verdict = sealed(
        tmp_path / "root", {**ours, "custody/checkpoint.txt": other["custody/checkpoint.txt"]}
    )
    assert named(verdict) == {"proofs.json"}
    larger = bags.custody(*ROWS, sizes=[10])
    verdict = sealed(
        tmp_path / "size", {**ours, "custody/checkpoint.txt": larger["custody/checkpoint.txt"]}
    )
    assert named(verdict) == {"checkpoint.txt"}


def test_a_row_rewritten_with_all_its_own_sums(tmp_path: Path) -> None:
    forged = bags.journal_row(seq=5, previous="22", kind="forged")
    journal = bags.journal(FIRST, forged, THIRD)
    verdict = sealed(tmp_path / "bag", {**bags.custody(*ROWS), "custody/journal.jsonl": journal})
    assert named(verdict) == {"proofs.json"}
    assert "Row 5 of the journal is not in the tree" in said(verdict)


def test_a_row_taken_out_or_put_in(tmp_path: Path) -> None:
    for number, rows in enumerate([(FIRST, THIRD), (*ROWS, bags.journal_row(seq=12))]):
        files = {**bags.custody(*ROWS), "custody/journal.jsonl": bags.journal(*rows)}
        verdict = sealed(tmp_path / str(number), files)
        assert named(verdict) == {"proofs.json"}
        assert "the very rows that are shown" in said(verdict)


def test_a_row_that_claims_another_place(tmp_path: Path) -> None:
    moved = bags.journal_row(seq=4, previous="22")
    files = {**bags.custody(*ROWS), "custody/journal.jsonl": bags.journal(FIRST, moved, THIRD)}
    assert named(sealed(tmp_path / "journal", files)) == {"proofs.json"}
    told = proofs(files)
    told["inclusion"][1]["leaf_index"] = 3
    assert named(sealed(tmp_path / "both", rewritten(files, told))) == {"proofs.json"}


def test_consistency_of_another_journal(tmp_path: Path) -> None:
    ours = bags.custody(*ROWS, sizes=[3, 6, 9], stamp=lambda _: b"no time stamp")
    other = bags.custody(*ROWS, sizes=[3, 6, 9], other=b"another journal")
    files = {**ours, "custody/checkpoint-002.txt": other["custody/checkpoint-002.txt"]}
    verdict = sealed(tmp_path / "bag", files)
    assert "checkpoint-002.txt" in named(verdict)
    assert "checkpoint-001.txt" not in named(verdict)
    assert "did not grow out of this one" in said(verdict)


@pytest.mark.parametrize("first", [0, -1, 9, 10, 2**70])
def test_consistency_from_nothing_or_from_later(tmp_path: Path, first: int) -> None:
    files = bags.custody(*ROWS, sizes=[3, 9])
    told = proofs(files)
    told["consistency"][0] |= {"first": first, "consistency": []}
    text = files["custody/checkpoint-001.txt"].replace(b"\n3\n", b"\n%d\n" % first)
    verdict = sealed(
        tmp_path / "bag", {**rewritten(files, told), "custody/checkpoint-001.txt": text}
    )
    assert {"checkpoint-001.txt", "proofs.json"} & named(verdict)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b"\xff\n",
        b"[" * 100_000,
        b'{"tree":1}\n',
        b'{"consistency":[],"inclusion":[],"tree":{"file":"checkpoint.txt","tree_size":"9"}}\n',
        b'{"consistency":[],"inclusion":1,"tree":{"file":"checkpoint.txt","tree_size":9}}\n',
        b'{"consistency":[],"inclusion":[1],"tree":{"file":"checkpoint.txt","tree_size":9}}\n',
        b'{"consistency":[],"inclusion":[],"tree":{"file":"../../x","tree_size":9}}\n',
        b'{"consistency":[],"inclusion":[],"tree":{"file":"checkpoint.txt","tree_size":true}}\n',
    ],
)
def test_proofs_that_make_no_sense(tmp_path: Path, data: bytes) -> None:
    files = {**bags.custody(*ROWS), "custody/proofs.json": data}
    verdict = sealed(tmp_path / "bag", files)
    assert named(verdict) == {"proofs.json"}
    assert "not written as pirights writes it" in said(verdict)


def test_proofs_with_paths_that_are_none(tmp_path: Path) -> None:
    files = bags.custody(*ROWS)
    for number, path in enumerate([["AAAA"], [1], "x", ["A" * 44], ["=" * 44], [""] * 99]):
        told = proofs(files)
        told["inclusion"][0]["audit_path"] = path
        assert named(sealed(tmp_path / str(number), rewritten(files, told))) == {"proofs.json"}


def test_proofs_in_another_form_than_their_one(tmp_path: Path) -> None:
    files = bags.custody(*ROWS)
    for number, data in enumerate(
        [
            files["custody/proofs.json"].rstrip(),
            files["custody/proofs.json"].replace(b":", b": "),
            json.dumps({**proofs(files), "more": 1}).encode(),
        ]
    ):
        verdict = sealed(tmp_path / str(number), {**files, "custody/proofs.json": data})
        assert named(verdict) == {"proofs.json"}


def test_a_checkpoint_in_another_form(tmp_path: Path) -> None:
    files = bags.custody(*ROWS)
    text = files["custody/checkpoint.txt"]
    for number, data in enumerate([b"", text + b"\n", text.replace(b"\n", b"\r\n"), b"x" * 9999]):
        verdict = sealed(tmp_path / str(number), {**files, "custody/checkpoint.txt": data})
        assert named(verdict) == {"checkpoint.txt"}


def test_a_bundle_without_proofs_or_checkpoint(tmp_path: Path) -> None:
    for name in ("proofs.json", "checkpoint.txt"):
        files = bags.custody(*ROWS)
        del files[f"custody/{name}"]
        assert name in named(sealed(tmp_path / name, files))


def test_files_that_the_proofs_do_not_speak_of(tmp_path: Path) -> None:
    for name in ("checkpoint-001.txt", "checkpoint-001.txt.tsr", "note.txt", "more/proofs.json"):
        files = {**bags.custody(*ROWS), f"custody/{name}": b"x"}
        assert named(sealed(tmp_path / name.replace("/", "-"), files)) == {name}


# --- with time stamps


@needs.program("openssl")
def test_rows_under_a_stamped_checkpoint_are_told_with_its_time(
    tmp_path: Path, authority: Path
) -> None:
    files = bags.custody(*ROWS, sizes=[6, 9], stamp=stamping(authority))
    del files["custody/checkpoint.txt.tsr"]
    verdict = sealed(tmp_path / "bag", files, root(authority))
    assert (verdict.findings, verdict.warnings) == ((), ())
    (covered,) = verdict.custody
    assert (covered.file, covered.rows) == ("data/custody/checkpoint-001.txt", (2, 5))
    assert (covered.signer, covered.proved) == ("Test TSA", True)
    unknown = verify.check(tmp_path / "bag")
    assert unknown.valid
    assert [one.proved for one in unknown.custody] == [False]
    assert {one.file for one in unknown.warnings} == {"data/custody/checkpoint-001.txt.tsr"}


@needs.program("openssl")
def test_rogue_tsa_and_root_from_inside_the_bundle(tmp_path: Path, authority: Path) -> None:
    rogue = tmp_path / "rogue"
    tsa.keys(rogue)
    files = bags.custody(*ROWS, stamp=stamping(rogue))
    assert sealed(tmp_path / "bag", files, root(authority)).findings
    (tmp_path / "bag" / "tsa-certs").mkdir()
    (tmp_path / "bag" / "tsa-certs" / "root.pem").write_bytes((rogue / "root.pem").read_bytes())
    verdict = verify.check(tmp_path / "bag", roots=[root(authority)])
    assert "checkpoint.txt.tsr" in named(verdict)
    assert verdict.custody == ()
    assert not any(one.proved for one in verify.check(tmp_path / "bag").custody)


@needs.program("openssl")
def test_a_checkpoint_of_another_authority_is_kept_beside_one_that_is_vouched_for(
    tmp_path: Path, authority: Path
) -> None:
    tsa.keys(tmp_path / "other")
    files = bags.custody(*ROWS, sizes=[6, 9], stamp=stamping(authority))
    other = stamping(tmp_path / "other")(files["custody/checkpoint.txt"])
    bundle = tmp_path / "bag"
    verdict = sealed(bundle, {**files, "custody/checkpoint.txt.tsr": other}, root(authority))
    assert verdict.findings == ()
    assert [(one.rows, one.proved) for one in verdict.custody] == [
        ((2, 5), True),
        ((2, 5, 9), False),
    ]
    (warning,) = verdict.warnings
    assert warning.file == "data/custody/checkpoint.txt.tsr"
    assert not verify.check(bundle, roots=[root(tmp_path / "third", make=True)]).valid


@needs.program("openssl")
def test_a_time_stamp_of_the_whole_is_one_of_its_checkpoints_too(
    tmp_path: Path, authority: Path
) -> None:
    tsa.keys(tmp_path / "other")
    files = bags.custody(*ROWS, stamp=stamping(authority))
    bundle = tmp_path / "bag"
    sealed(bundle, files)
    listed = (bundle / "tagmanifest-sha256.txt").read_bytes()
    for name, data in stamp_rules.files(1, stamping(tmp_path / "other")(listed)).items():
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(data)
    later = verify.check(bundle, roots=[root(tmp_path / "other")])
    assert (later.findings, later.stamped) == ((), True)
    assert [one.proved for one in later.custody] == [False]
    earlier = verify.check(bundle, roots=[root(authority)])
    assert {one.file for one in earlier.findings} == {stamp_rules.FIRST}


@needs.program("openssl")
def test_token_of_another_checkpoint(tmp_path: Path, authority: Path) -> None:
    files = bags.custody(*ROWS, sizes=[6, 9], stamp=stamping(authority))
    token = files["custody/checkpoint-001.txt.tsr"]
    verdict = sealed(
        tmp_path / "bag", {**files, "custody/checkpoint.txt.tsr": token}, root(authority)
    )
    assert named(verdict) == {"checkpoint.txt.tsr"}
    assert "something else" in said(verdict)


@needs.program("openssl")
def test_full_rewrite_of_the_log_under_an_old_time_stamp(tmp_path: Path, authority: Path) -> None:
    old = bags.custody(*ROWS, stamp=stamping(authority))
    forged = bags.custody(FIRST, bags.journal_row(seq=5, previous="22", kind="forged"), THIRD)
    token = {"custody/checkpoint.txt.tsr": old["custody/checkpoint.txt.tsr"]}
    verdict = sealed(tmp_path / "bag", {**forged, **token}, root(authority))
    assert named(verdict) == {"checkpoint.txt.tsr"}
    dropped = sealed(tmp_path / "dropped", forged, root(authority))
    assert dropped.valid
    assert dropped.custody == ()


@needs.program("openssl")
def test_time_stamp_of_an_earlier_checkpoint_dropped(tmp_path: Path, authority: Path) -> None:
    files = bags.custody(*ROWS, sizes=[6, 9], stamp=stamping(authority))
    del files["custody/checkpoint-001.txt.tsr"]
    assert named(sealed(tmp_path / "bag", files)) == {"checkpoint-001.txt.tsr"}


@needs.program("openssl")
def test_one_byte_of_a_time_stamp_flipped(tmp_path: Path, authority: Path) -> None:
    files = bags.custody(*ROWS, stamp=stamping(authority))
    token = files["custody/checkpoint.txt.tsr"]
    imprint = token.index(hashlib.sha256(files["custody/checkpoint.txt"]).digest())
    for at in (0, imprint, imprint + 40, len(token) - 1):
        other = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        verdict = sealed(
            tmp_path / str(at), {**files, "custody/checkpoint.txt.tsr": other}, root(authority)
        )
        assert named(verdict) == {"checkpoint.txt.tsr"}


@needs.program("openssl")
def test_a_time_stamp_of_absurd_size(tmp_path: Path) -> None:
    files = {**bags.custody(*ROWS), "custody/checkpoint.txt.tsr": bytes(1024 * 1024 + 1)}
    assert named(sealed(tmp_path / "bag", files)) == {"checkpoint.txt.tsr"}


def test_reading_proofs_undoes_writing_them() -> None:
    data = bags.custody(*ROWS, sizes=[3, 6, 9])["custody/proofs.json"]
    read = custody_proofs.read(data)
    assert custody_proofs.written(read) == data
    assert [growth.size for growth in read.growths] == [3, 6]
