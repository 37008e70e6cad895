"""What is erased is gone from the file's very pages, and the journal holds all the same."""

import contextlib
import os
import random
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.encounter import Encounter
from pirights.domain.merkle import Tree
from pirights.errors import BadInput, NotFound
from pirights.vault import database, erasing, store
from pirights.vault.erasing import Erasure
from pirights.vault.shelves import Record
from tests.vault import pages, sample

RARE = "龘靐齾麤"
"""Letters that stand nowhere else."""


def furnish(vault: store.Vault, folder: Path, *, others: int = 300) -> Sequence[Record]:
    """Two scans that are to go, among others that stay; and a file of each."""
    file = folder / "a.txt"
    file.write_text(f"{RARE} in a file\n" * 90_000, encoding="utf-8")
    going: list[Record] = []
    with vault.change(now=sample.NOW) as change:
        park = change.add(sample.handler())
        for number in range(others):
            is_going = number in {7, others - 1}
            note = f"{RARE} {number} " + "much to say " * 30 if is_going else f"others {number}"
            scan = change.add(sample.encounter(note, handlers=(park.id,)))
            if is_going:
                kept = change.attach(file, owner=scan.label, purpose=Purpose.ENCOUNTER)
                going += [scan, kept]
        change.note("some.note", "", {"said": f"a note that holds {RARE}"})
        change.note("some.note", "E1", {"said": "a note on another record"})
    return going


def erasure(records: Sequence[Record], because: str = "") -> Erasure:
    labels = frozenset(one.label for one in records if isinstance(one, Encounter))
    return Erasure(person="P7", records=records, labels=labels, words=(RARE,), because=because)


def indexed(vault: store.Vault) -> bytes:
    """What the search index holds, as it lies there."""
    rows = vault._connection.execute("SELECT block FROM encounter_pairs_data")
    return b"".join(block for (block,) in rows)


def test_no_octet_of_what_was_erased_is_left_in_the_file(
    vault: store.Vault, tmp_path: Path
) -> None:
    going = furnish(vault, tmp_path)
    assert pages.plain(vault).count(RARE.encode()) > 1000, "the pages can be read at all"
    vault.erase(erasure(going, "asked"), now=sample.NOW)
    assert RARE.encode() not in pages.plain(vault)
    assert RARE.encode("utf-16-le") not in pages.plain(vault)
    assert not vault.is_unswept


def test_the_words_to_search_are_gone_from_the_index(vault: store.Vault, tmp_path: Path) -> None:
    letters = [letter.encode() for letter in RARE[1:]]  # a pair may lie there without its first
    going = [one for turn in range(3) for one in furnish(vault, tmp_path, others=40 + turn)]
    assert all(letter in indexed(vault) for letter in letters)
    vault.erase(erasure(going), now=sample.NOW)
    assert not any(letter in indexed(vault) for letter in letters)
    assert len(vault.search_encounters("others 17")) == 3


def test_what_lay_between_the_pages_after_many_changes_is_gone_too(
    vault: store.Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite wipes what is deleted where it lies, and not where it lay before a page was split."""
    dice, going = random.Random(0), list[int]()  # noqa: S311 (the same in every run)
    with vault.change(now=sample.NOW) as change:
        for number in range(400):
            word = RARE if number % 10 == 3 else "x"
            scan = change.add(sample.encounter(word * dice.randint(1, 30)))
            going += [scan.id] if word == RARE else []
    for _ in range(3):
        with vault.change(now=sample.NOW) as change:
            numbers = list(range(1, 401))
            dice.shuffle(numbers)
            for number in numbers:
                scan = vault.get(Encounter, number)
                note = scan.note * 2 if len(scan.note) < 300 else scan.note[:20]
                change.replace(replace(scan, note=note), kind="encounter.edited")
    sweep, left = erasing.sweep, list[int]()

    def counted(connection: database.Connection, folder: Path) -> None:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        left.append(pages.plain(vault).count(RARE.encode()))
        sweep(connection, folder)

    monkeypatch.setattr(erasing, "sweep", counted)
    vault.erase(erasure([vault.get(Encounter, number) for number in going]), now=sample.NOW)
    assert left > [0], "nothing was left by deleting alone: change more, or otherwise"
    assert RARE.encode() not in pages.plain(vault)


def test_what_stays_is_whole_and_found_as_before(vault: store.Vault, tmp_path: Path) -> None:
    going = furnish(vault, tmp_path)
    before = [one for one in vault.each(Encounter) if one not in going]
    vault.erase(erasure(going), now=sample.NOW)
    assert vault.check() == []
    assert list(vault.each(Encounter)) == before
    assert [one.note for one in vault.search_encounters("others 242")] == ["others 242"]
    assert vault.search_encounters(RARE) == []
    assert vault.attachments() == []
    for record in going:
        with pytest.raises(NotFound):
            vault.get(type(record), record.id)


def test_the_chain_and_the_tree_of_the_journal_are_what_they_were(
    vault: store.Vault, tmp_path: Path
) -> None:
    going = furnish(vault, tmp_path)
    before = list(vault.journal_rows())
    lost = vault.erase(erasure(going, "asked"), now=sample.later(1))
    after = list(vault.journal_rows())
    assert [row.leaf() for row in after[:-1]] == [row.leaf() for row in before]
    assert roots(row.leaf() for row in after[:-1]) == roots(row.leaf() for row in before)
    silent = [row for row in after if row.payload is None]
    assert len(silent) == lost == 5, "two scans, two files and the note that named the person"
    told = after[-1]
    assert (told.kind, told.subject) == ("person.erased", "P7")
    assert told.payload is not None
    assert RARE not in told.payload
    assert '"because":"asked"' in told.payload


def roots(leaves: object) -> bytes:
    tree = Tree()
    for leaf in leaves:  # type: ignore[attr-defined]  # of octets
        tree.append(leaf)
    return tree.root()


def test_a_number_is_not_given_again(vault: store.Vault, tmp_path: Path) -> None:
    going = furnish(vault, tmp_path, others=10)
    vault.erase(erasure(going), now=sample.NOW)
    with vault.change(now=sample.later(1)) as change:
        assert change.add(sample.encounter()).id == 11
    assert vault.check() == []


def test_a_record_that_is_gone_without_being_told_is_still_named(
    vault: store.Vault, tmp_path: Path
) -> None:
    going = furnish(vault, tmp_path, others=10)
    vault.erase(erasure(going), now=sample.NOW)
    vault._connection.execute("DELETE FROM presence WHERE encounter = 3")
    vault._connection.execute("DELETE FROM encounter WHERE id = 3")
    assert [str(one) for one in vault.check()] == [
        "encounter/3 is in the journal but no longer in the vault."
    ]


def test_an_erasure_that_was_not_swept_is_named_and_swept_when_opened(
    vault: store.Vault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = furnish(vault, tmp_path)
    with monkeypatch.context() as cut:
        cut.setattr(erasing, "sweep", lambda *_: None)  # killed between the two
        vault.erase(erasure(going), now=sample.NOW)
    assert vault.is_unswept
    assert ["written anew" in str(one) for one in vault.check()] == [True]
    vault.close()
    with sample.opened(folder) as again:
        assert not again.is_unswept
        assert again.check() == []
        assert RARE.encode() not in pages.plain(again)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at open files in /proc")
def test_what_lies_aside_while_the_file_is_written_anew_is_encrypted(
    vault: store.Vault, tmp_path: Path
) -> None:
    going = furnish(vault, tmp_path, others=2000)
    large = tmp_path / "large.txt"
    large.write_text(f"{RARE}\n" * 2_000_000, encoding="utf-8")
    with vault.change(now=sample.NOW) as change:
        change.attach(large, owner="E1", purpose=Purpose.ENCOUNTER)  # of somebody else: it stays
    vault._connection.execute("PRAGMA cache_size = 100")  # as a far larger vault does it
    seen: list[bytes] = []
    ended = threading.Event()
    watch = threading.Thread(target=lambda: seen.extend(aside(ended, vault.folder)))
    watch.start()
    vault.erase(erasure(going), now=sample.NOW)
    ended.set()
    watch.join()
    assert seen, "it lies in the vault's folder, without a name"
    assert not any(RARE.encode() in data for data in seen)
    assert {path.suffix for path in vault.folder.iterdir()} <= {
        ".db",
        ".json",
        ".db-wal",
        ".db-shm",
    }


def aside(ended: threading.Event, folder: Path) -> Iterator[bytes]:
    """What the files without a name in a folder hold, again and again."""
    while not ended.is_set():
        for one in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                name = str(one.readlink())
                if name.startswith(str(folder)) and name.endswith("(deleted)"):
                    yield os.pread(int(one.name), 2**24, 0)


def test_while_another_program_reads_the_old_pages_stay_and_that_is_known(
    vault: store.Vault, folder: Path, tmp_path: Path
) -> None:
    going = furnish(vault, tmp_path, others=10)
    vault._connection.execute("PRAGMA busy_timeout = 50")
    with sample.opened(folder) as reader:
        reader._connection.execute("BEGIN")
        assert reader.count(Encounter) == 10
        vault.erase(erasure(going), now=sample.NOW)
        assert vault.is_unswept
        assert vault.count(Encounter) == 8
        assert reader.count(Encounter) == 10
        reader._connection.execute("ROLLBACK")
    vault.close()
    with sample.opened(folder) as again:
        assert not again.is_unswept
        assert again.check() == []
        assert RARE.encode() not in pages.plain(again)


def test_without_room_to_write_the_file_anew_nothing_is_erased(
    vault: store.Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = furnish(vault, tmp_path, others=10)
    usage = type("Usage", (), {"free": database.PAGE})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(BadInput, match="not room"):
        vault.erase(erasure(going), now=sample.NOW)
    assert vault.count(Attachment) == 2
    assert vault.check() == []
    assert not vault.is_unswept
