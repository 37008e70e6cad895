"""The bundle of a case: all of it, nothing of another's, the same every time, and checked."""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from pirights.domain.case import Case
from pirights.domain.dispatch import Channel
from pirights.domain.document import Document, Letters
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, message
from pirights.evidence import bag
from pirights.evidence.bag import Entry
from pirights.render import pdf
from pirights.render.raster import text_of_pdf
from pirights.vault.journal import JournalRow
from pirights.workflow import bundles, cases, demo_files, directory, dispatching, replies
from pirights.workflow.bundles import Built
from pirights.workflow.desk import Desk
from tests.evidence import bags
from tests.workflow import office
from tests.workflow.office import TODAY, case, park, said, scan

OURS = (
    "林知远",
    "杭州甲乐园有限公司",
    "甲乐园东门",
    "甲的备注：闸机拍照",
    "甲回执.txt",
    "甲答复.txt",
)
THEIRS = (
    "王样例",
    "宁波乙商店有限公司",
    "乙商店收银台",
    "乙的备注：请求被拒",
    "乙现场.txt",
    "乙答复.txt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A vault with two cases that have nothing to do with each other, and a bundle of each."""

    folder: Path
    ours: Built
    theirs: Built
    rows: list[JournalRow]


def _case(desk: Desk, folder: Path, number: int, names: tuple[str, ...]) -> str:
    _, company, place, note, proof, reply = names
    handler = park(desk, company)
    seen = folder / proof
    seen.write_text(f"{company}的凭证\n", encoding="utf-8")
    told = scan(desk, handler, place=place, note=note, files=(seen,))
    ref = case(
        desk,
        Right.ACCESS,
        handler=handler.id,
        person=number,
        encounters=(told.id,),
        letters=Letters.BOTH if number == 1 else Letters.ZH,
    ).case.ref
    dispatching.sent(
        desk, ref, channel=Channel.EMS, on=None, tracking=f"10000000{number}", proofs=[seen]
    )
    office.answer(desk, ref, folder, f"{company}已收到您的来函，我们将尽快处理。", reply)
    cases.note(desk, ref, f"{place}的案件备注")
    return ref


@pytest.fixture(scope="module")
def both(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    place = tmp_path_factory.mktemp("bundles")
    folder = Path(shutil.copytree(furnished, place / "vault"))
    desk = office.opened(folder)
    with desk.vault:
        directory.add_person(desk, Person(id=0, name=THEIRS[0]))
        ours = _case(desk, place, 1, OURS)
        theirs = _case(desk, place, 2, THEIRS)
        rows = list(desk.vault.journal_rows())
        shutil.copytree(folder, place / "before")
        return Office(
            folder=place,
            ours=bundles.build(desk, ours, out=place / "ours"),
            theirs=bundles.build(desk, theirs, out=place / "theirs.zip"),
            rows=rows,
        )


def files(bundle: Path) -> dict[str, bytes]:
    """Every file of a bundle, folder or zip, by its name in it."""
    if bundle.is_dir():
        return {
            path.relative_to(bundle).as_posix(): path.read_bytes()
            for path in sorted(bundle.rglob("*"))
            if path.is_file()
        }
    with zipfile.ZipFile(bundle) as archive:
        return {
            name.partition("/")[2]: archive.read(name)
            for name in archive.namelist()
            if not name.endswith("/")
        }


def traces(bundle: Built, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Where words stand in a bundle: in its bytes, its names, and the text of its PDFs."""
    for name, data in {**files(bundle.path), "root": bundle.root_sheet.read_bytes()}.items():
        shown = text_of_pdf(data) if data.startswith(b"%PDF") else ""
        for word in words:
            forms = (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode())
            if any(form in data for form in forms) or word in name + "".join(shown.split()):
                yield name, word


def test_a_bundle_is_accepted_by_its_own_check_and_by_its_root(both: Office) -> None:
    for built in (both.ours, both.theirs):
        verdict = bundles.check(built.path, strict=True, root=built.root_sha256)
        assert (verdict.verdict, verdict.findings, verdict.warnings) == ("valid", (), ())
        assert verdict.root_sha256 == built.root_sha256
        assert verdict.files == built.files
    wrong = bundles.check(both.ours.path, root=both.theirs.root_sha256)
    assert wrong.verdict == "invalid"


def test_a_bundle_tells_everything_of_its_own_case(both: Office) -> None:
    for built, words in ((both.ours, OURS), (both.theirs, THEIRS)):
        found = {word for _, word in traces(built, words)}
        assert found == set(words)


def test_a_bundle_holds_no_word_of_another_case(both: Office) -> None:
    assert list(traces(both.ours, THEIRS)) == []
    assert list(traces(both.theirs, OURS)) == []


def test_a_bundle_holds_no_salt_payload_or_label_of_another_case(both: Office) -> None:
    journals = {
        built.path: [
            json.loads(line)
            for line in files(built.path)["data/custody/journal.jsonl"].splitlines()
        ]
        for built in (both.ours, both.theirs)
    }
    for built, other in ((both.ours, both.theirs), (both.theirs, both.ours)):
        mine = {row["seq"] for row in journals[built.path]}
        theirs = {row["seq"] for row in journals[other.path]}
        assert mine
        assert not mine & theirs
        octets = b"".join(files(built.path).values())
        foreign = [row for row in both.rows if row.seq not in mine]
        assert len(foreign) > 5
        for row in foreign:
            assert row.salt.encode() not in octets
            assert row.digest.encode() not in octets


def test_the_custody_is_the_journals_own_rows_unchanged(both: Office) -> None:
    lines = files(both.ours.path)["data/custody/journal.jsonl"].splitlines()
    by_seq = {row.seq: row for row in both.rows}
    told = [JournalRow(**json.loads(line)) for line in lines]
    assert [row.seq for row in told] == sorted(row.seq for row in told)
    for row in told:
        withheld = row.kind == "note.added"
        assert row == (replace(by_seq[row.seq], payload=None) if withheld else by_seq[row.seq])
    kinds = {row.kind for row in told}
    known = {"encounter.added", "case.added", "letter.added", "letter.sent", "reply.added"}
    assert {"note.added", *known} <= kinds


def test_the_originals_are_the_very_bytes_that_were_taken_in(both: Office) -> None:
    found = files(both.ours.path)
    sums = {
        exhibit.original_name: sha256(found[f"data/{exhibit.path}"]).hexdigest()
        for exhibit in both.ours.exhibits
    }
    for name in ("甲回执.txt", "甲答复.txt"):
        assert sums[name] == sha256((both.folder / name).read_bytes()).hexdigest()
    assert [sums[exhibit.original_name] for exhibit in both.ours.exhibits] == [
        exhibit.sha256 for exhibit in both.ours.exhibits
    ]


def test_every_exhibit_has_its_sheet_and_numbers_run_from_one(both: Office) -> None:
    found = files(both.ours.path)
    numbers = [exhibit.number for exhibit in both.ours.exhibits]
    assert numbers == list(range(1, len(numbers) + 1))
    for exhibit in both.ours.exhibits:
        sheet = json.loads(found[f"data/exhibits/{exhibit.folder}/exhibit.json"])
        assert (sheet["sha256"], sheet["size"]) == (exhibit.sha256, exhibit.size)
        assert sheet["original_name"] == exhibit.original_name


def test_the_catalogue_says_the_same_in_all_its_forms(both: Office) -> None:
    found = files(both.ours.path)
    rows = list(csv.reader(io.StringIO(found["data/01-catalogue.csv"].decode("utf-8-sig"))))
    table = "".join(text_of_pdf(found["data/01-catalogue.pdf"]).split())
    assert len(rows) == len(both.ours.exhibits) + 1
    for exhibit, row in zip(both.ours.exhibits, rows[1:], strict=True):
        assert exhibit.title.zh in row
        assert exhibit.sha256 in row
        assert "".join(exhibit.title.zh.split()) in table


def test_the_root_is_printed_on_the_sheet_beside_the_bag_and_nowhere_in_it(
    both: Office,
) -> None:
    for built, name in ((both.ours, "ours-root.pdf"), (both.theirs, "theirs.zip-root.pdf")):
        assert built.root_sheet == both.folder / name
        printed = re.sub(r"\s", "", text_of_pdf(built.root_sheet.read_bytes())).lower()
        assert built.root_sha256 in printed
        octets = b"".join(files(built.path).values())
        assert built.root_sha256.encode() not in octets
        tags = files(built.path)["tagmanifest-sha256.txt"]
        assert sha256(tags).hexdigest() == built.root_sha256


def test_the_same_vault_at_the_same_moment_gives_the_same_bytes(
    both: Office, tmp_path: Path
) -> None:
    made = []
    for turn in ("one", "two"):
        folder = Path(shutil.copytree(both.folder / "before", tmp_path / turn / "vault"))
        desk = office.opened(folder)
        with desk.vault:
            ref = desk.vault.find_all(Case, person=2)[0].ref
            made.append(bundles.build(desk, ref, out=tmp_path / turn / "theirs.zip"))
    one, two = made
    assert one.path.read_bytes() == two.path.read_bytes() == both.theirs.path.read_bytes()
    assert one.root_sheet.read_bytes() == two.root_sheet.read_bytes()


def test_a_second_bundle_is_the_first_one_again_although_the_journal_went_on(
    both: Office, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(both.folder / "before", tmp_path / "vault"))
    desk = office.opened(folder)
    with desk.vault:
        ref = desk.vault.find_all(Case, person=1)[0].ref
        (tmp_path / "1").mkdir()
        (tmp_path / "2").mkdir()
        one = files(bundles.build(desk, ref, out=tmp_path / "1" / "b").path)
        two = files(bundles.build(desk, ref, out=tmp_path / "2" / "b").path)
        assert office.kinds(desk)[-2:] == ["bundle.built", "bundle.built"]
    assert one == two


def test_sixty_exhibits_stand_on_the_pages_that_a_long_catalogue_says(
    desk: Desk, tmp_path: Path
) -> None:
    papers = [tmp_path / f"年卡{number:02d}.txt" for number in range(60)]
    for number, path in enumerate(papers):
        path.write_text("一行\n" * (1 + number * 3), encoding="utf-8")
    scan(desk, park(desk), files=tuple(papers))
    built = bundles.build(desk, case(desk).case.ref, out=tmp_path / "b")
    assert bundles.check(built.path, strict=True).valid
    found = files(built.path)
    assert len(text_of_pdf(found["data/01-catalogue.pdf"]).split("\f")) >= 3
    bound = text_of_pdf(found["data/02-exhibits.pdf"]).split("\f")
    assert len(bound) == built.pages > 60
    for exhibit in built.exhibits:
        whole = exhibit.page_to - exhibit.page_from + 1
        for page in range(exhibit.page_from, exhibit.page_to + 1):
            place = page - exhibit.page_from + 1
            stamp = f"证据{exhibit.number}第{place}页/共{whole}页·总第{page}页"
            assert stamp in "".join(bound[page - 1].split())


# --- attacks


def reference(built: Built) -> str:
    """The case that a bundle says it is of."""
    label, _, ref = files(built.path)["bag-info.txt"].decode().splitlines()[1].partition(": ")
    assert label == "External-Identifier"
    return ref


def resealed(both: Office, tmp_path: Path, **changes: bytes) -> Path:
    """Seal the payload anew with other bytes in some files: every sum is right again."""
    payload = {
        name.removeprefix("data/"): data
        for name, data in files(both.ours.path).items()
        if name.startswith("data/")
    }
    payload.update({name.replace("__", "."): data for name, data in changes.items()})
    target = tmp_path / "resealed"
    bag.write(
        target,
        [Entry(name=name, source=data) for name, data in payload.items()],
        reference=reference(both.ours),
        bagged_on=TODAY,
    )
    return target


def test_a_bundle_sealed_anew_as_of_another_case_is_found_though_every_sum_is_right(
    both: Office, tmp_path: Path
) -> None:
    bundle = resealed(both, tmp_path)
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().replace(reference(both.ours), reference(both.theirs)))
    bags.relist_tags(bundle)
    verdict = bundles.check(bundle)
    assert [one.file for one in verdict.findings] == ["bag-info.txt"]


def test_a_bundle_sealed_anew_without_a_change_is_still_accepted(
    both: Office, tmp_path: Path
) -> None:
    assert bundles.check(resealed(both, tmp_path)).verdict == "valid"


def test_a_catalogue_pdf_that_disagrees_is_found_though_every_sum_is_right(
    both: Office, tmp_path: Path
) -> None:
    other = files(both.theirs.path)["data/01-catalogue.pdf"]
    verdict = bundles.check(resealed(both, tmp_path, **{"01-catalogue__pdf": other}))
    assert verdict.verdict == "invalid"
    assert {finding.file for finding in verdict.findings} == {"data/01-catalogue.pdf"}


def test_an_empty_catalogue_pdf_is_found_though_every_sum_is_right(
    both: Office, tmp_path: Path
) -> None:
    blank = pdf.to_bytes(
        Document(title="空", letters=Letters.ZH, reference="", on=TODAY, blocks=())
    )
    verdict = bundles.check(resealed(both, tmp_path, **{"01-catalogue__pdf": blank}))
    assert {each.file for each in verdict.findings} == {"data/01-catalogue.pdf"}


def test_a_catalogue_table_that_disagrees_is_found_though_every_sum_is_right(
    both: Office, tmp_path: Path
) -> None:
    table = files(both.ours.path)["data/01-catalogue.csv"].replace(
        "甲回执".encode(), "乙回执".encode()
    )
    verdict = bundles.check(resealed(both, tmp_path, **{"01-catalogue__csv": table}))
    named = {finding.file for finding in verdict.findings}
    assert named == {"data/01-catalogue.csv", "data/01-catalogue.pdf"}


@pytest.mark.parametrize(
    "name",
    ["data/00-cover.pdf", "data/exhibits/E001/exhibit.json", "data/custody/journal.jsonl",
     "VERIFY.zh.txt", "bag-info.txt"],
)  # fmt: skip
def test_a_flipped_bit_is_found_in_its_file(both: Office, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(both.ours.path, tmp_path / "copy"))
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).chmod(0o644)
    (copy / name).write_bytes(data)
    verdict = bundles.check(copy)
    assert verdict.verdict == "invalid"
    assert name in {finding.file for finding in verdict.findings}


# --- what stops it


def test_a_bundle_is_never_written_over_anything(desk: Desk, tmp_path: Path) -> None:
    ref = office.begun(desk)
    (tmp_path / "taken" / "mine").mkdir(parents=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("taken", "dangling"):
        with pytest.raises(BadInput, match="exists already"):
            bundles.build(desk, ref, out=tmp_path / name)
    with pytest.raises(BadInput, match="cannot be written"):
        bundles.build(desk, ref, out=tmp_path / "no" / "folder")
    with pytest.raises(NotFound):
        bundles.build(desk, "PR-2026-7K3M9QX-C", out=tmp_path / "x")
    assert "bundle.built" not in office.kinds(desk)
    assert not list(tmp_path.glob("*-root.pdf"))


def test_folder_and_zip_of_one_name_lie_side_by_side_each_with_its_sheet(
    desk: Desk, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    for name in ("s", "s.zip"):
        built = bundles.build(desk, ref, out=tmp_path / name)
        assert built.root_sheet == tmp_path / f"{name}-root.pdf"
        assert bundles.check(built.path, strict=True, root=built.root_sha256).valid


def test_an_empty_folder_becomes_the_bundle_and_keeps_its_mode(desk: Desk, tmp_path: Path) -> None:
    ref = office.begun(desk)
    (tmp_path / "empty").mkdir(mode=0o700)
    built = bundles.build(desk, ref, out=tmp_path / "empty")
    assert bundles.check(built.path, strict=True).valid
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o700
    (tmp_path / "empty.zip").mkdir()
    with pytest.raises(BadInput, match="exists already"):
        bundles.build(desk, ref, out=tmp_path / "empty.zip")


def test_an_empty_folder_is_there_again_where_the_bundle_comes_to_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = office.begun(desk)
    (tmp_path / "empty").mkdir()

    def fails(*_: object) -> None:
        raise BadInput(message("no room"))

    monkeypatch.setattr(bundles, "write_whole", fails)
    with pytest.raises(BadInput, match="no room"):
        bundles.build(desk, ref, out=tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []
    assert not list(tmp_path.glob(".pirights-*"))


def test_a_draft_has_a_bundle_too(desk: Desk, tmp_path: Path) -> None:
    built = bundles.build(desk, office.begun(desk), out=tmp_path / "draft.zip")
    assert bundles.check(built.path, strict=True).verdict == "valid"
    assert [exhibit.original_name[:2] for exhibit in built.exhibits] == ["E1"]
    assert not built.stamped


def test_a_file_that_cannot_be_shown_is_named_and_kept_all_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "坏照片.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + b"not a picture" * 40)
    strange = tmp_path / "录音.m4a"
    strange.write_bytes(b"\x00\x00\x00\x18ftypM4A sound")
    torn = tmp_path / "坏文件.pdf"
    torn.write_bytes(b"%PDF-1.7\nnothing more")
    scan(desk, park(desk), files=(broken, strange, torn))
    built = bundles.build(desk, case(desk).case.ref, out=tmp_path / "b")
    by_name = {exhibit.original_name: exhibit for exhibit in built.exhibits}
    for name in ("坏照片.jpg", "坏文件.pdf"):
        assert f"Exhibit {by_name[name].number} is not shown whole" in said(built.notices)
    found = files(built.path)
    for path in (broken, strange, torn):
        assert found[f"data/{by_name[path.name].path}"] == path.read_bytes()
    assert bundles.check(built.path, strict=True).verdict == "valid"


def test_photos_and_mails_of_a_case_are_bound_with_what_they_say_of_themselves(
    desk: Desk, tmp_path: Path
) -> None:
    made = demo_files.write_all(tmp_path)
    scan(desk, park(desk), files=(made["gate"], made["sign"]))
    ref = case(desk).case.ref
    replies.add(desk, ref, [demo_files.reply(tmp_path, ref)], on=None)
    built = bundles.build(desk, ref, out=tmp_path / "b")
    assert built.notices == ()
    found = files(built.path)
    by_name = {exhibit.original_name: exhibit for exhibit in built.exhibits}
    jpeg = json.loads(found[f"data/exhibits/{by_name['IMG_0719.jpg'].folder}/exhibit.json"])
    heic = json.loads(found[f"data/exhibits/{by_name['IMG_1017.heic'].folder}/exhibit.json"])
    assert jpeg["photo"]["taken"] == "2026-07-19T09:26:11"
    assert jpeg["photo"]["zone"] == "+08:00"
    assert jpeg["photo"]["position"] == pytest.approx([30.07, 119.96])
    assert heic["photo"]["taken"] == "2026-10-17T10:03:40"
    assert heic["photo"]["zone"] == "unknown"
    assert "收到来函之日起15个工作日内" in found["data/replies/02.txt"].decode()


def test_what_is_neither_folder_nor_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        bundles.check(tmp_path / "none")
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(BadInput, match="neither a folder nor a zip"):
        bundles.check(tmp_path / "a.txt")
    with pytest.raises(BadInput, match="64 hex digits"):
        bundles.check(tmp_path, root="12")
