import shutil
from pathlib import Path

import pytest

from pirights.domain.case import Case
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
    assert sorted(path.name for path in _FROZEN.glob("format-*")) == ["format-1"]
