"""Pictures of which a bundle shows less: their originals stay sealed, and it says so."""

import io
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pirights.domain import mask
from pirights.domain.dispatch import Channel
from pirights.errors import BadInput, NotFound
from pirights.render.raster import text_of_pdf
from pirights.workflow import bundles, dispatching
from pirights.workflow.bundles import Built
from pirights.workflow.desk import Desk
from pirights.workflow.withholding import EVERYTHING, Wanted
from tests.needs import program
from tests.render import strange_files
from tests.workflow import office
from tests.workflow.office import case, park, said, scan

HELD_UPRIGHT = 6
"""The camera was turned: what is stored at the left is seen at the top."""

PLACED = strange_files.exif_of(HELD_UPRIGHT)
PHOTO = strange_files.picture("JPEG", exif=PLACED)
BARE = strange_files.picture("PNG")
STRIP = Wanted(strip_location=True)


def kept(desk: Desk, folder: Path, **files: bytes) -> str:
    paths = []
    for name, data in files.items():
        paths.append(folder / name.replace("__", "."))
        paths[-1].write_bytes(data)
    scan(desk, park(desk), files=tuple(paths))
    return case(desk).case.ref


def built(desk: Desk, ref: str, out: Path, wanted: Wanted = EVERYTHING) -> Built:
    done = bundles.build(desk, ref, out=out, wanted=wanted)
    verdict = bundles.check(done.path, strict=True)
    assert verdict.findings == ()
    assert [one.file for one in verdict.warnings] == [
        f"data/{exhibit.path}" for exhibit in done.exhibits if exhibit.withheld
    ]
    assert all("the original is not in the bundle" in str(one.meaning) for one in verdict.warnings)
    alone = (sys.executable, "-I", str(done.path / "tools/verify.py"), str(done.path))
    assert subprocess.run(alone, check=False, capture_output=True).returncode == 0
    return done


def masked(*texts: str, **more: Any) -> Wanted:  # noqa: ANN401 (fields of a record)
    return Wanted(masks=tuple(map(mask.parse, texts)), **more)


def octets(bundle: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(bundle.rglob("*")) if path.is_file())


def sheet(bundle: Path, folder: str) -> dict[str, Any]:
    told = json.loads((bundle / f"data/exhibits/{folder}/exhibit.json").read_bytes())
    assert isinstance(told, dict)
    return told


def colours(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_photo_is_shown_by_a_picture_that_is_kept_and_told(desk: Desk, tmp_path: Path) -> None:
    done = built(desk, kept(desk, tmp_path, a__jpg=PHOTO), tmp_path / "b")
    rendition = (done.path / "data/exhibits/E001/rendition-01.jpg").read_bytes()
    told = sheet(done.path, "E001")
    assert (told["withheld"], told["sha256"]) == (None, sha256(PHOTO).hexdigest())
    made, bound = told["derived"]
    assert made["file"] == "exhibits/E001/rendition-01.jpg"
    assert made["sha256"] == bound["source_sha256"] == sha256(rendition).hexdigest()
    assert made["source_sha256"] == told["sha256"]
    assert (bound["file"], bound["pages"]) == ("02-exhibits.pdf", "1")
    assert rendition in (done.path / "data/02-exhibits.pdf").read_bytes()
    assert b"SECRETCAMERA" not in rendition
    assert told["photo"]["position"] == pytest.approx([30.25, 120.15])
    assert "position" in "".join(told["photo"]["flags"])


def test_without_location_no_byte_tells_the_place_and_the_original_is_not_there(
    desk: Desk, tmp_path: Path
) -> None:
    ref = kept(desk, tmp_path, a__jpg=PHOTO, b__png=BARE)
    done = built(desk, ref, tmp_path / "b", STRIP)
    everything = octets(done.path)
    assert PHOTO not in everything
    assert b"SECRETCAMERA" not in everything
    assert b"30.25" not in everything
    told = sheet(done.path, "E001")
    assert told["photo"]["position"] is None
    assert "position" not in "".join(told["photo"]["flags"])
    assert told["withheld"] == {
        "sha256": sha256(PHOTO).hexdigest(),
        "size": len(PHOTO),
        "media_type": "image/jpeg",
        "why": ["location-removed"],
    }
    rendition = (done.path / "data/exhibits/E001/rendition-01.jpg").read_bytes()
    assert told["sha256"] == sha256(rendition).hexdigest()
    assert not colours(rendition).getexif()
    printed = "".join(text_of_pdf((done.path / "data/01-catalogue.pdf").read_bytes()).split())
    assert "原件未入包" in printed
    assert sha256(PHOTO).hexdigest() in printed


def test_a_picture_without_notes_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    done = built(desk, kept(desk, tmp_path, b__png=BARE), tmp_path / "b", STRIP)
    assert (done.path / "data/exhibits/E001/original.png").read_bytes() == BARE
    assert done.exhibits[0].withheld is None


def test_a_mask_hides_its_part_of_the_picture_as_one_sees_it(desk: Desk, tmp_path: Path) -> None:
    ref = kept(desk, tmp_path, a__jpg=PHOTO)
    whole = built(desk, ref, tmp_path / "w")
    done = built(desk, ref, tmp_path / "b", masked("E001:0,0,100,50"))
    seen = colours((whole.path / "data/exhibits/E001/rendition-01.jpg").read_bytes())
    rendition = (done.path / "data/exhibits/E001/rendition-01.jpg").read_bytes()
    left = colours(rendition)
    assert seen.size == left.size == (480, 640)
    assert seen.getpixel((240, 100))[0] > 200  # type: ignore[index]
    assert max(high for _, high in left.crop((0, 0, 480, 316)).getextrema()) < 20  # type: ignore[misc]
    assert left.getpixel((240, 500)) == pytest.approx(seen.getpixel((240, 500)), abs=6)
    assert done.exhibits[0].withheld is not None
    assert PHOTO not in octets(done.path)
    assert sheet(done.path, "E001")["derived"][0]["done"][-2:] == ["mask:0,0,100,50", "jpeg"]


@program("pdftoppm")
def test_what_the_bound_copy_shows_of_a_masked_picture_is_masked_too(
    desk: Desk, tmp_path: Path
) -> None:
    done = built(desk, kept(desk, tmp_path, a__jpg=PHOTO), tmp_path / "b", masked("1:0,0,100,100"))
    pages = tmp_path / "page"
    bound = str(done.path / "data/02-exhibits.pdf")
    subprocess.run(["pdftoppm", "-r", "20", "-f", "1", "-l", "1", "-png", bound, pages], check=True)
    (page,) = [colours(path.read_bytes()) for path in tmp_path.glob("page-*.png")]
    middle = page.getpixel((page.width // 2, page.height // 2))
    assert isinstance(middle, tuple)
    assert max(middle) < 20


def test_a_picture_kept_twice_is_masked_wherever_it_stands(desk: Desk, tmp_path: Path) -> None:
    ref = kept(desk, tmp_path, a__jpg=PHOTO)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=None, proofs=[tmp_path / "a.jpg"])
    done = built(desk, ref, tmp_path / "b", masked("E001:0,0,50,50"))
    pictures = [one for one in done.exhibits if one.original_name == "a.jpg"]
    assert len(pictures) == 2
    assert all(one.withheld for one in pictures)
    assert PHOTO not in octets(done.path)


def test_originals_are_put_in_beside_the_copies_where_that_is_asked(
    desk: Desk, tmp_path: Path
) -> None:
    ref = kept(desk, tmp_path, a__jpg=PHOTO)
    done = built(desk, ref, tmp_path / "b", masked("E001:0,0,50,50", with_originals=True))
    assert (done.path / "data/exhibits/E001/original.jpg").read_bytes() == PHOTO
    assert (done.path / "data/exhibits/E001/rendition-01.jpg").is_file()
    assert done.exhibits[0].withheld is None
    assert "已遮盖部分画面" in done.exhibits[0].held.zh


def test_files_that_cannot_be_stripped_are_named(desk: Desk, tmp_path: Path) -> None:
    ref = kept(desk, tmp_path, a__jpg=PHOTO, c__pdf=strange_files.pdf(), d__txt=b"text")
    done = built(desk, ref, tmp_path / "b", STRIP)
    assert "c.pdf" in said(done.notices)
    assert "a.jpg" not in said(done.notices)
    assert "d.txt" not in said(done.notices)
    assert said(built(desk, ref, tmp_path / "c").notices) == ""


def test_what_cannot_be_masked_is_refused_by_name_and_nothing_is_written(
    desk: Desk, tmp_path: Path
) -> None:
    broken = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"no picture" * 40
    ref = kept(desk, tmp_path, a__jpg=broken, c__pdf=strange_files.pdf())
    with pytest.raises(NotFound, match="E009"):
        bundles.build(desk, ref, out=tmp_path / "b", wanted=masked("E009:0,0,1,1"))
    with pytest.raises(BadInput, match=r"c\.pdf"):
        bundles.build(desk, ref, out=tmp_path / "b", wanted=masked("E002:0,0,1,1"))
    for wanted in (masked("E001:0,0,1,1"), STRIP):
        with pytest.raises(BadInput, match=r"a\.jpg"):
            bundles.build(desk, ref, out=tmp_path / "b", wanted=wanted)
    assert not (tmp_path / "b").exists()
    assert not list(tmp_path.glob("*-root.pdf"))
    assert "bundle.built" not in office.kinds(desk)
