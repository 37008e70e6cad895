"""A bundle of 2,000 files and 2 GB beside bagit.py: `python -m tests.bench.bundles`, minutes long.

Ours is the whole program: it opens the vault, decrypts every file, gives each its sheet, catalogue
row and page in the bound copy, copies it, sums it in SHA-256 and SM3 and waits for the disk.
bagit.py works in place: it moves the same files and sums them in SHA-256 and SHA-512, as it does
unless told otherwise; with `--sha256` it is told so. Both check the same bag. They run in turn, by
the clock, and the best of each counts; the figure of processor seconds stands beside it, because
ours uses a second core where there is one. SM3, five times slower than SHA-256, is half of ours.

It needs 9 GB in the folder for temporary files (TMPDIR).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from pirights.domain.bundle import Exhibit, Group, Source
from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.render.exhibits import ExhibitSource, bind
from pirights.workflow import encounters
from tests.bench.report import elapsed, say
from tests.render import strange_files
from tests.workflow import office

FILES, SIZE, AT_ONCE, ROUNDS = 2_000, 1_000_000, 100, 2
MEBI = 2**20
BINDINGS, PAGES = 3, 300
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Started by a small process: a child counts the memory of the process that it was forked from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a process took.

    Attributes:
        clock: Seconds by the clock.
        processor: Seconds of all its threads, user and system.
        peak: MiB of memory at most.
    """

    clock: float
    processor: float
    peak: float


def main() -> None:
    """Measure binding, building and checking."""
    for what, sources in (
        ("300 pages bound, of 30 PDFs", papers(30)),
        ("300 pages bound, a third photos", [*photos(100), *papers(10), *mails(100)]),
    ):
        binding = partial(bound, sources)
        say(f"{what}, seconds", min(elapsed(binding) for _ in range(BINDINGS)), "10")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "passphrase").write_text(office.PASSPHRASE, encoding="utf-8")
        ref = vault_of_files(home)
        build, verify = "2,000 files, 2 GB: build", "2,000 files, 2 GB: verify"
        bagged = partial(run, home, "bagit", "files")
        ours, theirs, fewer = in_turn(
            home, partial(built, home, ref), bagged, partial(bagged, "--sha256")
        )
        ratios(f"{build} / bagit.py", ours, theirs, "4")
        ratios(f"{build} / bagit.py --sha256", ours, fewer, "-")
        say(f"{build}, peak MiB", max(one.peak for one in ours), "300")
        ours, theirs = in_turn(
            home,
            partial(run, home, "pirights", "bundle", "verify", "bag"),
            partial(run, home, "bagit", "--validate", "bag"),
        )
        ratios(f"{verify} / bagit.py --validate", ours, theirs, "1.5")
        say(f"{verify}, peak MiB", max(one.peak for one in ours), "300")


def ratios(what: str, ours: Sequence[Taken], theirs: Sequence[Taken], bar: str) -> None:
    """Divide the best of each."""
    say(what, min(one.clock for one in ours) / min(one.clock for one in theirs), bar)
    processor = min(one.processor for one in ours) / min(one.processor for one in theirs)
    say("  in processor seconds", processor, bar)
    say("  ours, seconds by the clock", min(one.clock for one in ours), "-")


def vault_of_files(home: Path) -> str:
    """Put the files into a folder for bagit.py and into a vault for us; returns the case."""
    block = os.urandom(SIZE)
    (home / "files").mkdir()
    paths = [home / "files" / f"{number:04d}.bin" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_bytes(number.to_bytes(8) + block[8:])
    office.make(home / "vault")
    desk = office.opened(home / "vault")
    with desk.vault:
        scan = office.scan(desk, office.park(desk))
        for start in range(0, FILES, AT_ONCE):
            encounters.attach(desk, scan.id, paths[start : start + AT_ONCE])
        return office.case(desk).case.ref


def in_turn(home: Path, *acts: Callable[[], Taken]) -> list[list[Taken]]:
    """Run one after the other, as often as was agreed."""
    taken: list[list[Taken]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, each in zip(acts, taken, strict=True):
            unpacked(home / "files")
            each.append(act())
    return taken


def built(home: Path, ref: str) -> Taken:
    """Build the bundle anew."""
    shutil.rmtree(home / "bag", ignore_errors=True)
    (home / "bag-root.pdf").unlink(missing_ok=True)
    return run(home, "pirights", "bundle", "build", ref, "--out", "bag")


def unpacked(folder: Path) -> None:
    """Make a plain folder again of what bagit.py made a bag of, and let the disk come to rest."""
    for path in folder.glob("*.txt"):
        path.unlink()
    if (folder / "data").is_dir():
        for path in (folder / "data").iterdir():
            path.rename(folder / path.name)
        (folder / "data").rmdir()
    os.sync()


def run(home: Path, module: str, *words: str) -> Taken:
    """Run a module to its end.

    Raises:
        CalledProcessError: It did not end well.
    """
    began = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, "-m", module, *words],
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PIRIGHTS_VAULT": str(home / "vault"),
            "PIRIGHTS_PASSPHRASE_FILE": str(home / "passphrase"),
        },
        capture_output=True,
        check=True,
    ).stdout.split()
    clock = time.perf_counter() - began
    return Taken(clock=clock, processor=float(told[0]), peak=float(told[1]) * 1024 / MEBI)


def bound(sources: Sequence[ExhibitSource]) -> None:
    """Bind exhibits of 300 pages.

    Raises:
        RuntimeError: They have more, or fewer.
    """
    made = bind(
        sources,
        BytesIO(),
        reference="PR-2026-7K3M9QX-C",
        on=date(2026, 11, 25),
        zone="Asia/Shanghai",
        letters=Letters.BOTH,
    )
    if made.pages != PAGES:
        raise RuntimeError(made.pages)


def photos(count: int) -> list[ExhibitSource]:
    """Make exhibits of a photo of twelve million points each."""
    grain = Image.effect_noise((1000, 750), 60).convert("RGB")
    taken = BytesIO()
    grain.resize((4000, 3000), Image.Resampling.BICUBIC).save(taken, "JPEG", quality=85)
    return [source(number, taken.getvalue(), "image/jpeg") for number in range(1, count + 1)]


def papers(count: int) -> list[ExhibitSource]:
    """Make exhibits of a PDF of ten pages each."""
    paper = strange_files.pdf(pages=10)
    return [source(number, paper, "application/pdf") for number in range(101, 101 + count)]


def mails(count: int) -> list[ExhibitSource]:
    """Make exhibits of a mail of one page each."""
    said = "尊敬的用户：您的请求已收到，我们将依法处理。\n" * 15
    return [
        source(number, said.encode(), "message/rfc822", said) for number in range(201, 201 + count)
    ]


def source(number: int, data: bytes, media_type: str, text: str | None = None) -> ExhibitSource:
    """Name an exhibit."""
    exhibit = Exhibit(
        number=number,
        group=Group.REPLY,
        title=Words(zh=f"材料{number}", en=f"Paper {number}"),
        source=Source.HANDLER.words,
        purpose=Group.REPLY.purpose,
        original_name=f"{number}.bin",
        path=f"exhibits/E{number:03d}/original.bin",
        media_type=media_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        imported_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
    )
    return ExhibitSource(exhibit=exhibit, content=lambda: [data], text=text)


if __name__ == "__main__":
    main()
