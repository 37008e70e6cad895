"""A vault of every format that was ever released still opens, and is brought up to date."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3

from pirights.domain.adjustment import Adjustment, Told
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case
from pirights.domain.cost import Cost, CostKind
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from tests.vault import sample

_FROZEN = Path(__file__).parents[1] / "vaults"


@pytest.mark.parametrize("frozen", sorted(_FROZEN.glob("format-*")), ids=lambda path: path.name)
def test_a_vault_of_every_format_opens_and_is_clean(frozen: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(frozen, tmp_path / "v"))
    with sample.opened(folder) as vault:
        assert vault.check() == []
        assert vault.format == 4
        assert vault.get(Person, 1).phone == "+86 138 0000 0000"
        assert vault.get(Handler, 1).name == "杭州样例野生动物世界有限公司"
        assert vault.get(Encounter, 1).place == "样例动物园东门"
        assert [found.id for found in vault.search_encounters("刷脸 野生动物")] == [1]
        assert vault.find_all(Case, ref=sample.REF)[0].encounters == (1,)
        (kept,) = vault.attachments("E1")
        assert b"".join(vault.chunks(kept))[4:20] == b"seen at the gate"
        assert "clock.backwards" in [row.kind for row in vault.journal_rows()]
        with vault.change(now=sample.later(5)) as change:
            assert change.add(sample.encounter()).id == 2
        assert vault.check() == []


def test_there_is_a_frozen_vault_of_every_format() -> None:
    assert sorted(path.name for path in _FROZEN.glob("format-*")) == [
        "format-1",
        "format-2",
        "format-3",
        "format-4",
    ]


def test_what_changed_the_clock_is_kept_from_format_2_on(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_FROZEN / "format-2", tmp_path / "v"))
    with sample.opened(folder) as vault:
        assert vault.find_all(Adjustment, ref=sample.REF) == [replace(sample.adjustment(), id=1)]
        assert vault.find_all(Told, ref=sample.REF) == [replace(sample.told(), id=1)]


def test_a_vault_of_format_1_gets_a_clock_and_keeps_its_journal(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_FROZEN / "format-1", tmp_path / "v"))
    with sample.opened(folder) as vault:
        rows = list(vault.journal_rows())
        assert vault.find_all(Adjustment) == []
        assert vault.find_all(Told) == []
        with vault.change(now=sample.later(5)) as change:
            change.add(sample.adjustment())
            change.add(sample.told())
        assert list(vault.journal_rows())[: len(rows)] == rows
        assert vault.check() == []
    with sample.opened(folder) as vault:  # brought up to date once only
        assert vault.find_all(Adjustment, ref=sample.REF) == [replace(sample.adjustment(), id=1)]
        assert vault.format == 4


def test_what_a_case_cost_is_kept_from_format_3_on(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_FROZEN / "format-3", tmp_path / "v"))
    with sample.opened(folder) as vault:
        (kept,) = vault.find_all(Cost, ref=sample.REF)
        assert kept == replace(sample.cost(), id=1)
        assert str(kept.amount) == "11.30"
        assert kept.kind is CostKind.POSTAGE


@pytest.mark.parametrize("frozen", ["format-1", "format-2"])
def test_a_vault_of_before_format_3_gets_costs_and_keeps_its_journal(
    frozen: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(_FROZEN / frozen, tmp_path / "v"))
    with sample.opened(folder) as vault:
        rows = list(vault.journal_rows())
        assert vault.find_all(Cost) == []
        with vault.change(now=sample.later(5)) as change:
            change.add(sample.cost())
        assert list(vault.journal_rows())[: len(rows)] == rows
        assert vault.check() == []
    with sample.opened(folder) as vault:  # brought up to date once only
        assert vault.find_all(Cost, ref=sample.REF) == [replace(sample.cost(), id=1)]
        assert vault.format == 4


def test_what_a_sheets_row_became_is_kept_from_format_4_on(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_FROZEN / "format-4", tmp_path / "v"))
    with sample.opened(folder) as vault:
        assert vault.find_all(BatchRow, run="0123456789abcdef") == [
            replace(sample.batch_row(), id=1)
        ]


def test_a_vault_of_before_format_4_gets_rows_of_sheets_and_a_key_once_in_a_run(
    tmp_path: Path,
) -> None:
    folder = Path(shutil.copytree(_FROZEN / "format-3", tmp_path / "v"))
    with sample.opened(folder) as vault:
        before = list(vault.journal_rows())
        assert vault.find_all(BatchRow) == []
        with vault.change(now=sample.later(5)) as change:
            change.add(sample.batch_row())
        assert list(vault.journal_rows())[: len(before)] == before
        with pytest.raises(sqlcipher3.IntegrityError), vault.change(now=sample.later(6)) as change:
            change.add(sample.batch_row())
        assert vault.check() == []
        assert vault.format == 4
