"""Measure the main job and the law, and print ratios: `python -m tests.bench`, about four minutes.

Both sides of a ratio are measured in turn in one run, because the machine's speed drifts. The
figures are medians of processor seconds (user and system) of whole processes; those of letters,
which are made in this process, are the best of many. `python -m tests.bench.letters` measures
letters alone, in half a minute; `python -m tests.bench.bundles` measures bundles, in 9 GB of disk.
`python -m tests.bench.batch` measures a clinic's sheet of 5,000 rows, in about ten minutes.
"""

import csv
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pirights import assessment_data, law_data, rule_data
from pirights.domain.assessment import Assessor
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.handler import Venue
from tests.bench import letters, rows
from tests.bench.report import say, seconds

HEADINGS = ("at", "place", "venue", "handler", "mode", "notice", "consent", "purpose", "note")
MANY, FEW, RUNS = 100_000, 100, 7
RARE = 0.15
ONE_COMMAND = "import typer\ndef main() -> None: print('1')\ntyper.run(main)"


def main() -> None:
    """Run every measurement."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "passphrase").write_text("correct horse battery staple", encoding="utf-8")
        start_up(home)
        lists(home)
    law()
    letters.main()
    rows.main()
    assessments()


def start_up(home: Path) -> None:
    """Compare `pirights --version` with a program of one typer command."""
    ours = [sys.executable, "-m", "pirights", "--version"]
    theirs = [sys.executable, "-c", ONE_COMMAND]
    say("--version / one-command typer", ratio(ours, theirs, home), "1.25")


def lists(home: Path) -> None:
    """Compare lists and searches over many and few encounters, and time the import."""
    for name, count in (("many", MANY), ("few", FEW)):
        sheet = home / f"{name}.csv"
        sheet.write_bytes(encounters(count))
        run(program("init", "--no-keyring", "--name", "x", vault=name), home)
        began = time.perf_counter()
        run(program("log", "import", str(sheet), vault=name), home)
        if count == MANY:
            say(f"import of {MANY:,}, wall seconds", time.perf_counter() - began, "20")
    for words in (("log", "list"), ("log", "search", "东区第9号")):
        figure = ratio(program(*words, vault="many"), program(*words, vault="few"), home)
        say(f"{' '.join(words)}: {MANY:,} / {FEW}", figure, "1.5")


def law() -> None:
    """Time what reading the law's files, and their reader, adds to a command that needs them."""
    code = (
        "import time; from pirights.domain import law; began = time.process_time()\n"
        "from pirights import law_data; law_data.laws(); print(time.process_time() - began)"
    )
    added = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    say("loading the law: milliseconds added", 1000 * statistics.median(added), "30")


def assessments() -> None:
    """Time the assessment of many scans, their facts drawn at random, in this process."""
    rules = assessment_data.rules()
    drawn_facts = random.Random(20261125)  # noqa: S311 (no secret)
    weigh = Assessor(
        rules=rules.rules,
        questions=rules.questions,
        telling=rules.telling,
        laws=law_data.laws(),
        usual={venue: one.public_place for venue, one in rule_data.venues().items()},
        today=date(2026, 11, 25),
    )
    scans = [scan(number, drawn_facts) for number in range(1, MANY + 1)]

    def all_of_them() -> None:
        for one in scans:
            weigh.assess(one)

    say(f"assessment of {MANY:,}, processor seconds", seconds(all_of_them), "5")


def scan(number: int, drawn_facts: random.Random) -> Encounter:
    """Draw a scan between 2018 and 2026."""
    any_of = drawn_facts.choice
    minutes = drawn_facts.randrange(8 * 365 * 24 * 60)
    return Encounter(
        id=number,
        at=datetime(2018, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes),
        place=any_of(["东门3号闸机", "3号楼更衣室", "地铁站厅"]),
        venue=any_of(list(Venue)),
        mode=any_of(list(ScanMode)),
        notice=any_of(list(Answer)),
        consent=any_of(list(Answer)),
        separate_consent=any_of(list(Answer)),
        alternative=any_of(list(Answer)),
        public_place=any_of(list(Answer)),
        refused=drawn_facts.random() < RARE,
        minor=drawn_facts.random() < RARE,
        purpose=any_of(["", "入园核验", "安防", "会员营销"]),
        exemption=any_of(["", "疫情防控", "公共安全"]),
        circumstances=tuple(drawn_facts.sample(list(Circumstance), drawn_facts.randrange(4))),
    )


def encounters(count: int) -> bytes:
    """Write a sheet of so many encounters."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(HEADINGS)
    for number in range(count):
        day = f"2026-{1 + number % 9:02d}-{1 + number % 28:02d}"
        clock = f"{number % 24:02d}:{number % 60:02d}"
        place = f"东区第{number % 97}号门 {number}"
        row = (
            "residential",
            "某某物业有限公司",
            "verification",
            "no",
            "no",
            "门禁",
            f"备注{number}",
        )
        writer.writerow([f"{day} {clock}", place, *row])
    return sheet.getvalue().encode()


def program(*words: str, vault: str) -> list[str]:
    """Name a command of pirights on one of the vaults."""
    return [sys.executable, "-m", "pirights", "--vault", vault, *words]


def ratio(ours: Sequence[str], theirs: Sequence[str], home: Path) -> float:
    """Run two commands in turn and divide the medians."""
    pairs = [(run(ours, home), run(theirs, home)) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def run(command: Sequence[str], home: Path) -> float:
    """Run a command to its end and return its processor seconds."""
    before = os.times()
    subprocess.run(
        command,
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PIRIGHTS_PASSPHRASE_FILE": str(home / "passphrase"),
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


if __name__ == "__main__":
    main()
