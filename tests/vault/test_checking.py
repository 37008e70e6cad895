"""What `vault check` must notice, done to the vault by someone who has its key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pirights.errors import VaultDamaged
from pirights.vault import store
from pirights.vault.database import PAGE
from tests.vault import sample

_UNGUARDED = "DROP TRIGGER journal_stands; DROP TRIGGER journal_keeps;"


def test_a_full_vault_is_clean(vault: store.Vault, photo: Path) -> None:
    sample.fill(vault, photo)
    assert vault.check() == []


_ALTERED = {
    "UPDATE encounter SET record = replace(record, '刷脸', '刷卡')": "encounter/1 is not what",
    "UPDATE encounter SET record = 'x'": "encounter/1 is not what",
    "UPDATE encounter SET at = '2020-01-01T00:00:00Z'": "encounter/1 is filed under",
    "UPDATE person SET record = replace(record, '郭', '张')": "person/1 is not what",
    "DELETE FROM reply": "reply/1 is in the journal but no longer",
    "INSERT INTO reply (ref, record) SELECT ref, record FROM reply": "reply/2 is in the vault but",
    "UPDATE reply SET record = CAST(x'ff' AS TEXT)": "cannot be read further",
    "UPDATE adjustment SET record = replace(record, '20', '99')": "adjustment/1 is not what",
    "DELETE FROM adjustment": "adjustment/1 is in the journal but no longer",
    "UPDATE told SET record = replace(record, '2026-12-30', '2026-12-31')": "told/1 is not what",
    "UPDATE told SET ref = 'PR-2026-0000000-0'": "told/1 is filed under",
    "UPDATE attachment SET owner = 'E2'": "attachment/1 is filed under",
    "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE number = 1": "照片.jpg of E1",
    "DELETE FROM chunk WHERE number = 3": "照片.jpg of E1",
    "UPDATE chunk SET number = number + 1 WHERE number = 3": "照片.jpg of E1",
    "UPDATE presence SET handler = 7": "presence belongs to a record that is not there",
    "INSERT INTO chunk VALUES (9, 0, x'00')": "chunk belongs to a record that is not there",
    "UPDATE journal SET payload = replace(payload, '刷脸', '')": "payload of row 4 of the journal",
    "UPDATE journal SET salt = 'no hex' WHERE seq = 4": "payload of row 4 of the journal",
    "UPDATE journal SET kind = 'x' WHERE seq = 3": "Row 3 of the journal breaks the chain",
    "UPDATE journal SET at = 'soon' WHERE seq = 4": "Row 4 of the journal is out of its time",
    "UPDATE journal SET at = '2026-11-23T09:00:00Z' WHERE seq = 2": "Row 3 of the journal is out",
    "DELETE FROM journal WHERE seq = 4": "The journal lacks the rows before 5",
    "DELETE FROM journal WHERE seq = 1": "The journal lacks the rows before 2",
    "DELETE FROM journal": "The journal is empty",
}


@pytest.mark.parametrize(("sql", "said"), _ALTERED.items())
def test_what_was_altered_is_named(vault: store.Vault, photo: Path, sql: str, said: str) -> None:
    sample.fill(vault, photo)
    vault._connection.executescript(f"PRAGMA foreign_keys = OFF; {_UNGUARDED} {sql}")
    findings = [str(finding) for finding in vault.check()]
    assert any(said in finding for finding in findings), findings


def test_a_record_whose_journal_payload_was_erased_is_still_held_to_it(
    vault: store.Vault, photo: Path
) -> None:
    sample.fill(vault, photo)
    vault._connection.execute("UPDATE journal SET payload = NULL")
    assert vault.check() == []
    vault._connection.execute("UPDATE encounter SET record = replace(record, '刷脸', '刷卡')")
    assert [str(found) for found in vault.check()] == [
        "encounter/1 is not what the journal says of it."
    ]


def test_the_journal_of_another_vault_is_noticed(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        change.add(sample.encounter())
    vault.id = "00" * 16
    assert "Row 1 of the journal breaks the chain." in [str(found) for found in vault.check()]


def _pages(folder: Path) -> int:
    return (folder / "vault.db").stat().st_size // PAGE


def _flip(folder: Path, octet: int) -> None:
    with (folder / "vault.db").open("r+b") as file:
        file.seek(octet)
        old = file.read(1)[0]
        file.seek(octet)
        file.write(bytes([old ^ 0x10]))


def test_one_flipped_bit_in_any_page_is_named(folder: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.txt"
    small.write_bytes(b"ticket" * 3000)
    with sample.opened(folder) as vault:
        sample.fill(vault, small)
    for page in range(1, _pages(folder)):
        where = page * PAGE + 37 * page % PAGE
        _flip(folder, where)
        try:
            with sample.opened(folder) as vault:
                findings = [str(finding) for finding in vault.check()]
            assert any(f"page {page + 1}." in found for found in findings), (page, findings)
        except VaultDamaged:
            pass  # a page without which the vault does not even open
        _flip(folder, where)
    with sample.opened(folder) as vault:
        assert vault.check() == []


@pytest.mark.parametrize("octet", [0, 15, 16, 100, PAGE - 1])
def test_one_flipped_bit_in_the_first_page_closes_the_vault(folder: Path, octet: int) -> None:
    _flip(folder, octet)
    with pytest.raises(VaultDamaged) as refused:
        sample.opened(folder)
    assert refused.value.exit_code == 21


def test_reading_a_damaged_page_is_an_error_of_the_vault(folder: Path, photo: Path) -> None:
    with sample.opened(folder) as vault:
        kept = sample.fill(vault, photo)
    for page in range(_pages(folder) // 2, _pages(folder) // 2 + 3):
        _flip(folder, page * PAGE + 100)
    with sample.opened(folder) as vault, pytest.raises(VaultDamaged):
        list(vault.chunks(kept))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2 // PAGE * PAGE],
        lambda data: data[:-PAGE],
        lambda data: data[: PAGE + 100],
        lambda data: data[:100],
        lambda _: b"",
        lambda data: bytes(len(data)),
        lambda data: b"SQLite format 3\0" + data[16:],
        lambda data: data[PAGE:],
    ],
)
def test_a_truncated_or_overwritten_file_is_refused(
    folder: Path,
    photo: Path,
    damage: Callable[[bytes], bytes],
    capfd: Any,  # noqa: ANN401
) -> None:
    with sample.opened(folder) as vault:
        sample.fill(vault, photo)
    path = folder / "vault.db"
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(VaultDamaged) as refused:
        sample.opened(folder)
    assert refused.value.exit_code == 21
    assert path.read_bytes() == damaged
    assert capfd.readouterr() == ("", "")
