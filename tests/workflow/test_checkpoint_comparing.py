"""A vault put back to an older copy: named where a checkpoint was kept elsewhere (EVIDENCE 6)."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pirights import clock, settings
from pirights.errors import BadInput
from pirights.workflow import bundles, stamping, vault_care
from pirights.workflow.desk import Desk
from tests import needs, tsa
from tests.workflow import office

pytestmark = needs.program("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """At the real moment: the authority's clock is the real one."""
    return replace(desk, now=clock.now())


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "time_stamps", settings.TimeStamps)


def found(desk: Desk, *outside: Path) -> str:
    return "\n".join(str(one) for one in vault_care.check(desk, outside))


def test_a_vault_that_only_grew_is_clean(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    stamping.stamp(desk, url=authority.url, out=tmp_path / "one.txt")
    office.sent(desk, ref)
    stamping.stamp(desk, url=authority.url, out=tmp_path / "two.txt")
    assert found(desk) == ""
    assert found(desk, tmp_path / "one.txt", tmp_path / "two.txt") == ""
    bundles.build(desk, ref, out=tmp_path / "b")
    held = tmp_path / "b" / "data" / "custody"
    assert found(desk, held / "checkpoint-001.txt", held / "checkpoint.txt") == ""


def test_rolled_back_to_an_older_copy(desk: Desk, authority: tsa.Authority, tmp_path: Path) -> None:
    ref = office.begun(desk)
    older = Path(shutil.copytree(desk.vault.folder, tmp_path / "older"))
    office.sent(desk, ref)
    done = stamping.stamp(desk, url=authority.url, out=tmp_path / "copy.txt")
    back = office.opened(older)
    with back.vault:
        assert found(back) == ""  # the copy itself cannot know
        said = found(back, tmp_path / "copy.txt")
        assert "The vault was put back to an older copy" in said
        assert "copy.txt (stamped on" in said
        assert f"by Test TSA) covers {done.checkpoint.size} rows" in said
        (tmp_path / "copy.txt.tsr").unlink()
        assert "as its maker's clock said" in found(back, tmp_path / "copy.txt")
        for _ in range(5):
            office.park(back)
        said = found(back, tmp_path / "copy.txt")
        assert "was put back to an older copy and used on" in said
        assert f"The first {done.checkpoint.size} rows" in said


def test_what_is_no_checkpoint_is_refused(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("text")
    for path in (tmp_path / "text.txt", tmp_path / "none", tmp_path):
        with pytest.raises(BadInput):
            found(desk, path)
    stamping.stamp(desk, url=authority.url, out=tmp_path / "one.txt")
    stamping.stamp(desk, url=authority.url, out=tmp_path / "two.txt")
    shutil.copy(tmp_path / "one.txt.tsr", tmp_path / "two.txt.tsr")
    with pytest.raises(BadInput, match="no time stamp of it"):
        found(desk, tmp_path / "two.txt")
