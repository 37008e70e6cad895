import json
from datetime import timedelta
from hashlib import sha256

import pytest
import sqlcipher3

from pirights.domain.encounter import Encounter
from pirights.vault import journal, store
from tests.vault import sample


def test_each_row_hangs_on_the_one_before_and_the_first_on_the_vault(vault: store.Vault) -> None:
    for minute in range(3):
        with vault.change(now=sample.later(minute)) as change:
            change.add(sample.encounter())
    previous = sha256(f"pirights journal of vault {vault.id}".encode()).hexdigest()
    for number, row in enumerate(vault.journal_rows(), start=1):
        assert row.seq == number
        assert row.previous == previous
        covered = {
            name: getattr(row, name)
            for name in ("seq", "at", "zone", "kind", "subject", "record", "salt", "digest",
                         "previous")
        }  # fmt: skip
        form = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert row.leaf() == form.encode()
        assert row.hash == sha256(form.encode()).hexdigest()
        previous = row.hash


def test_the_digest_is_of_salt_and_payload(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        change.add(sample.encounter("脸"))
    row = list(vault.journal_rows())[-1]
    assert row.payload is not None
    assert json.loads(row.payload)["note"] == "脸"
    assert row.digest == sha256(bytes.fromhex(row.salt) + row.payload.encode()).hexdigest()
    assert len(bytes.fromhex(row.salt)) == 16


def test_no_two_salts_are_the_same(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        for _ in range(50):
            change.note("same", "", {})
    salts = [row.salt for row in vault.journal_rows()]
    assert len(set(salts)) == len(salts)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM journal WHERE seq = 2",
        "UPDATE journal SET payload = '{}' WHERE seq = 2",
        "UPDATE journal SET payload = NULL, kind = 'x' WHERE seq = 2",
        "UPDATE journal SET hash = 'x' WHERE seq = 2",
        "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE seq = 2",
        "UPDATE journal SET seq = 9 WHERE seq = 2",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "UPDATE OR REPLACE journal SET seq = 1, payload = NULL WHERE seq = 2",
    ],
)
def test_a_row_stands_as_it_was_written(vault: store.Vault, sql: str) -> None:
    with vault.change(now=sample.NOW) as change:
        change.add(sample.encounter())
    before = list(vault.journal_rows())
    with pytest.raises(sqlcipher3.IntegrityError, match="journal"):
        vault._connection.execute(sql)
    assert list(vault.journal_rows()) == before


def test_a_payload_can_be_erased_and_the_chain_holds(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        change.note("remark", "E1", {"text": "to be forgotten"})
    vault._connection.execute("UPDATE journal SET payload = NULL WHERE seq = 2")
    assert [row.payload for row in vault.journal_rows()][1] is None
    assert vault.check() == []


def test_a_clock_that_goes_backwards_is_written_down_once(vault: store.Vault) -> None:
    for minutes in (10, -60 * 24, -60 * 23, 20):
        with vault.change(now=sample.later(minutes)) as change:
            change.add(sample.encounter())
            change.add(sample.encounter())
    rows = list(vault.journal_rows())
    assert [row.kind for row in rows if row.kind != "encounter.added"] == [
        "vault.created",
        journal.CLOCK_BACKWARDS,
    ]
    back = rows[3]
    assert back.kind == journal.CLOCK_BACKWARDS
    assert back.payload == '{"before":"2026-11-23T08:10:00Z","now":"2026-11-22T08:00:00Z"}'
    assert [row.seq for row in rows] == list(range(1, 11))
    assert vault.check() == []
    assert vault.count(Encounter) == 8


def test_fractions_of_a_second_are_compared_as_times(vault: store.Vault) -> None:
    for milliseconds in (0, 500, 1000):
        with vault.change(now=sample.NOW + timedelta(milliseconds=milliseconds)) as change:
            change.note("tick", "", {})
    assert [row.kind for row in vault.journal_rows()] == ["vault.created", "tick", "tick", "tick"]
