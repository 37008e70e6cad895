"""One client of many: listed, bundled, given a vault of their own, and erased."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pirights.workflow import client_export
from tests.scenarios import stage as stages
from tests.scenarios.stage import HANDLER, Stage
from tests.scenarios.terminal import at_terminal
from tests.vault.killing import moments

NEW = "另一个 passphrase, longer"
CLIENT = "赵小丽"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """A vault with three clients against one handler; P2 has two cases and the large file."""

    stage: Stage
    refs: Mapping[str, Sequence[str]]

    def own(self, out: str) -> Stage:
        """The stage of the vault that was exported."""
        return replace(self.stage, vault=self.stage.home / out, passphrase=NEW)


@pytest.fixture
def clinic(stage: Stage) -> Clinic:
    stage.data("handler", "add", "--name", HANDLER)
    stage.data("person", "add", "--name", CLIENT, "--phone", "13900000555")
    stage.data("person", "add", "--name", "钱大海", "--capacity", "agent")
    refs: dict[str, list[str]] = {}
    for number, person in enumerate(("P1", "P2", "P3", "P2"), start=1):
        stage.log_scan("--handler", "H1", place=f"{number}号闸机", at=f"2026-11-20 18:0{number}")
        words = ("--handler", "H1", "--person", person, "--encounter", f"E{number}")
        made = stage.data("request", "new", *words, "--right", "access", "--right", "copy")
        refs.setdefault(person, []).append(made["ref"])
    stage.data("log", "attach", "E2", stage.file("large.bin", os.urandom(6_000_000)))
    new = stage.file("new-passphrase", NEW.encode())
    return Clinic(stage=stage.having(PIRIGHTS_NEW_PASSPHRASE_FILE=new), refs=refs)


def test_the_cases_of_one_client_are_listed_alone(clinic: Clinic) -> None:
    stage = clinic.stage
    mine = stage.data("case", "list", "--person", "P2")
    assert [one["ref"] for one in mine["cases"]] == clinic.refs["P2"][::-1]
    assert {one["person"] for one in mine["cases"]} == {"P2"}
    assert mine["total"] == 2
    assert stage.data("case", "list", "--person", "P2", "--limit", "1")["total"] == 2
    assert stage.data("case", "list", "--handler", "H1")["total"] == 4
    assert stage.data("case", "list", "--handler", "H1", "--person", "P3")["total"] == 1
    paged = stage.run("case", "list", "--person", "P2", "--limit", "1")
    assert "1 more" in paged.out
    for words in (("--person", "P9"), ("--handler", "H9")):
        stage.refusal("case", "list", *words, code=12)
    stage.refusal("case", "list", "--person", "H1", code=14)


def test_a_client_leaves_with_a_vault_and_is_erased(clinic: Clinic) -> None:
    stage, (first, second) = clinic.stage, clinic.refs["P2"]
    told = stage.data("vault", "export", "--person", "P2", "--out", "own")
    assert told["cases"] == [first, second]
    assert told["counts"]["case"] == 2
    own = clinic.own("own")
    assert own.data("vault", "check")["clean"] is True
    assert [one["ref"] for one in own.data("case", "list")["cases"]] == [second, first]
    assert own.data("case", "show", first)["encounters"] == ["E2"]
    own.run("request", "render", first, "--out", "letter.pdf")
    own.run("bundle", "build", first, "--out", "bundle")
    assert own.data("bundle", "verify", "bundle", "--strict")["verdict"] == "valid"
    assert own.data("log", "search", "2号闸机")["encounters"][0]["id"] == "E2"
    assert own.data("log", "search", "3号闸机")["encounters"] == []
    assert replace(own, passphrase=told["recovery_code"]).data("case", "list")["total"] == 2
    own.refusal("case", "show", clinic.refs["P3"][0], code=12)
    stage.refusal("vault", "export", "--person", "P2", "--out", "own", code=11)

    done = stage.data("vault", "erase", "--person", "P2", "--because", "应其请求", "--yes")
    assert (done["erased"], done["swept"], done["staying"]) == (True, True, ["H1"])
    assert stage.data("vault", "check")["clean"] is True
    assert stage.data("case", "list")["total"] == 2
    for words in (("case", "show", first), ("person", "show", "P2"), ("log", "show", "E2")):
        stage.refusal(*words, code=12)
    assert CLIENT not in stage.run("person", "list").out
    assert stage.vault.joinpath("vault.db").stat().st_size < 3_000_000
    assert own.data("case", "list")["total"] == 2


def test_the_preview_erases_nothing_and_says_what_runs(clinic: Clinic) -> None:
    stage = clinic.stage
    told = stage.data("vault", "erase", "--person", "P2", "--dry-run")
    assert told["erased"] is False
    assert told["counts"]["attachment"] == 1
    assert told["open"] == clinic.refs["P2"]
    assert {one["ref"] for one in told["running"]} == set(clinic.refs["P2"])
    said = stage.run("vault", "erase", "--person", "P2", "--dry-run").out
    for words in (CLIENT, "cannot be undone", "vault export --person P2", "Not touched"):
        assert words in said
    assert stage.data("case", "list")["total"] == 4


def test_nobody_is_erased_without_a_word(clinic: Clinic) -> None:
    stage = clinic.stage
    stage.refusal("vault", "erase", "--person", "P2", code=2)
    stage.refusal("vault", "erase", "--person", "P1", "--yes", code=11)
    stage.refusal("vault", "erase", "--person", "P9", "--yes", code=12)
    stage.refusal("vault", "erase", "--yes", code=2)
    stage.data("person", "edit", "P3", "--represented-by", "P2")
    stage.refusal("vault", "erase", "--person", "P2", "--yes", code=11)
    words = ("--person", "P3", "--yes", "--because", "钱大海要求")
    stage.refusal("vault", "erase", *words, code=14)
    assert stage.data("case", "list")["total"] == 4


def test_at_a_terminal_the_label_is_typed_before_anything_is_erased(clinic: Clinic) -> None:
    stage = clinic.stage
    asked = ("vault", "erase", "--person", "P2")
    opening = ("Passphrase", f"{stage.passphrase}\n")
    code, seen = at_terminal(stage, *asked, dialogue=[opening, ("type P2", "y\n")])
    assert code == 3, seen
    assert stage.data("case", "list")["total"] == 4
    code, seen = at_terminal(stage, *asked, dialogue=[opening, ("type P2", "p2\n")])
    assert code == 0, seen
    assert CLIENT in seen
    assert stage.data("case", "list")["total"] == 2


def test_at_a_terminal_the_new_passphrase_is_asked_for_twice(clinic: Clinic) -> None:
    stage = replace(clinic.stage, environment={})
    code, seen = at_terminal(
        stage,
        *("vault", "export", "--person", "P3", "--out", "own"),
        dialogue=[
            ("Passphrase", f"{stage.passphrase}\n"),
            ("New passphrase", f"{NEW}\n"),
            ("again", f"{NEW}\n"),
        ],
    )
    assert code == 0, seen
    assert NEW not in seen
    assert clinic.own("own").data("case", "list")["total"] == 1


def test_without_a_passphrase_for_the_new_vault_there_is_none(clinic: Clinic) -> None:
    bare = replace(clinic.stage, environment={})
    bare.refusal("vault", "export", "--person", "P2", "--out", "own", code=20)
    weak = bare.having(PIRIGHTS_NEW_PASSPHRASE_FILE=bare.file("weak", b"short"))
    weak.refusal("vault", "export", "--person", "P2", "--out", "own", code=14)
    clinic.stage.refusal("vault", "export", "--person", "P2", "--out", ".", code=14)
    assert not (bare.home / "own").exists()
    assert clinic.stage.data("vault", "check")["clean"] is True


def test_a_disk_without_room_gets_no_half_a_vault(clinic: Clinic, small_disk: Path) -> None:
    out = str(small_disk / "own")
    clinic.stage.refusal("vault", "export", "--person", "P2", "--out", out, code=14)
    assert list(small_disk.iterdir()) == []
    (small_disk / "taken").write_bytes(bytes(2_900_000))
    clinic.stage.refusal("vault", "export", "--person", "P3", "--out", out, code=14)
    assert [one.name for one in small_disk.iterdir()] == ["taken"]
    assert clinic.stage.data("vault", "check")["clean"] is True


def test_a_disk_that_fills_up_meanwhile_gets_no_half_a_vault(
    clinic: Clinic, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_export, "_refuse_without_room", lambda *_: None)
    out = str(small_disk / "own")
    clinic.stage.refusal("vault", "export", "--person", "P2", "--out", out, code=14)
    assert list(small_disk.iterdir()) == []
    assert clinic.stage.data("vault", "check")["clean"] is True


def test_a_bundle_of_each_case_lies_in_one_folder(clinic: Clinic) -> None:
    stage, refs = clinic.stage, clinic.refs["P2"]
    told = stage.data("bundle", "build", "--person", "P2", "--out", "bundles")
    assert [one["ref"] for one in told["bundles"]] == refs
    assert told["failed"] == []
    assert [one["not_taken"] for one in told["bundles"]] == [None, None]
    for ref in refs:
        assert stage.data("bundle", "verify", f"bundles/{ref}")["verdict"] == "valid"
    again = stage.data("bundle", "build", "--person", "P2", "--out", "bundles", code=40)
    assert [one["ref"] for one in again["failed"]] == refs
    stage.refusal("bundle", "build", refs[0], "--person", "P2", "--out", "b", code=2)
    stage.refusal("bundle", "build", "--out", "b", code=2)
    stage.refusal("bundle", "build", "--person", "P2", "--out", "b.zip", code=2)
    stage.refusal(
        *("bundle", "build", "--person", "P2", "--out", "b", "--mask", "E001:1,1,1,1"), code=2
    )
    stage.refusal("bundle", "build", "--person", "P9", "--out", "b", code=12)


def killed(stage: Stage, *arguments: str, after: float) -> bool:
    """Run a command, kill it after some seconds, and say whether it had ended before."""
    child = stage.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    child.kill()
    return child.wait() == 0


def test_killed_while_a_client_is_exported_there_is_a_whole_vault_or_none(clinic: Clinic) -> None:
    stage, seen = clinic.stage, set[bool]()
    began = time.monotonic()
    stage.outside.data("vault", "export", "--person", "P2", "--out", "whole")
    for turn, after in enumerate(moments(8, 1.1 * (time.monotonic() - began))):
        out = f"own-{turn}"
        ended = killed(stage, "vault", "export", "--person", "P2", "--out", out, after=after)
        whole = (stage.home / out / "vault.json").exists()
        assert whole or not ended
        seen.add(whole)
        if whole:
            assert clinic.own(out).data("vault", "check")["clean"] is True
            assert clinic.own(out).data("case", "list")["total"] == 2
        else:
            stage.data("vault", "export", "--person", "P2", "--out", out)
            assert {one.name for one in (stage.home / out).iterdir()} == {"vault.db", "vault.json"}
    assert stage.data("vault", "check")["clean"] is True
    assert False in seen


def test_killed_while_a_client_is_erased_all_of_it_is_there_or_nothing(
    clinic: Clinic, tmp_path: Path
) -> None:
    seen, whole = set[int](), stages.copy(clinic.stage, tmp_path / "whole")
    began = time.monotonic()
    whole.outside.data("vault", "erase", "--person", "P2", "--yes")
    for turn, after in enumerate(moments(10, 1.2 * (time.monotonic() - began))):
        copy = stages.copy(clinic.stage, tmp_path / f"turn-{turn}")
        ended = killed(copy, "vault", "erase", "--person", "P2", "--yes", after=after)
        assert copy.data("vault", "check")["clean"] is True
        left = copy.data("case", "list")["total"]
        assert left in {2, 4}
        assert left == 2 or not ended
        code = 0 if left == 4 else 12
        copy.run("person", "show", "P2", code=code)
        assert (copy.vault / "vault.db").stat().st_size < 3_000_000 or left == 4
        seen.add(left)
    assert 4 in seen


def test_a_checkpoint_of_the_old_vault_is_no_alarm_in_the_new_one(clinic: Clinic) -> None:
    stage = clinic.stage
    stage.data("bundle", "build", clinic.refs["P2"][0], "--out", "b")
    stage.data("vault", "export", "--person", "P2", "--out", "own")
    held = ("--checkpoint", "b/data/custody/checkpoint.txt")
    told = clinic.own("own").data("vault", "check", *held)
    assert told["clean"] is True
    assert len(told["notices"]) == 1
    assert "older than this vault" in told["notices"][0]
    assert "that vault alone can tell" in clinic.own("own").run("vault", "check", *held).out
    assert "notices" not in stage.data("vault", "check", *held)


def test_two_clients_at_once_are_refused_and_nothing_is_built(clinic: Clinic) -> None:
    words = ("bundle", "build", "--person", "P2", "--person", "P3", "--out", "both")
    told = clinic.stage.refusal(*words, code=2)
    assert "--person names one client" in told["message"]
    assert not (clinic.stage.home / "both").exists()
