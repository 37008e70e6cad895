"""Two machines that would write other letters have another sum."""

from pathlib import Path

import pytest

from pirights import resources
from pirights.batch.letter_sources import fingerprint


def test_the_sum_is_the_same_each_time_and_another_with_letters_of_one_s_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprint.__wrapped__()
    assert fingerprint.__wrapped__() == before
    own = tmp_path / "letters" / "request"
    own.mkdir(parents=True)
    (own / "zh.md").write_text("+++\n+++\n", encoding="utf-8")
    monkeypatch.setenv("PIRIGHTS_TEMPLATES", str(tmp_path))
    assert fingerprint.__wrapped__() != before


def test_the_sum_covers_version_and_law_and_not_where_they_lie(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    law = tmp_path / "templates" / "law"
    law.mkdir(parents=True)
    (law / "pipl.toml").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(resources, "folder", lambda _: law.parent)
    before = fingerprint.__wrapped__()
    law.parent.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path / "elsewhere")
    assert fingerprint.__wrapped__() == before
    monkeypatch.setattr("pirights.batch.letter_sources.__version__", "0.0.9")
    assert fingerprint.__wrapped__() != before
    monkeypatch.undo()
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "law" / "pipl.toml").write_text("a = 2\n", encoding="utf-8")
    assert fingerprint.__wrapped__() != before
