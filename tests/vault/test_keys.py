import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pirights.errors import BadInput, NotFound, VaultDamaged, VaultLocked, VaultTooNew
from pirights.vault import keys, store
from tests.vault import sample


def edited(folder: Path, edit: Callable[[Any], object]) -> None:
    path = folder / "vault.json"
    data = json.loads(path.read_bytes())
    edit(data)
    path.write_text(json.dumps(data))


def test_passphrase_and_recovery_code_open_the_vault(folder: Path, code: str) -> None:
    for typed in (sample.PASSPHRASE, code, code.lower().replace("-", " ").replace("0", "o")):
        sample.opened(folder, typed).close()


def test_a_wrong_passphrase_is_told_as_such(folder: Path) -> None:
    with pytest.raises(VaultLocked, match="does not open") as refused:
        sample.opened(folder, sample.PASSPHRASE + " ")
    assert refused.value.exit_code == 20
    assert refused.value.hint is not None


def test_a_typing_mistake_in_a_recovery_code_is_told_as_such(folder: Path, code: str) -> None:
    wrong = "2" if code[3] != "2" else "3"
    for typed in (code[:3] + wrong + code[4:], code[:-1], code + "7"):
        with pytest.raises(VaultLocked, match="typing mistake"):
            sample.opened(folder, typed)


def test_the_recovery_code_of_another_vault_is_no_typing_mistake(
    folder: Path, tmp_path: Path
) -> None:
    other = sample.create(tmp_path / "other")
    with pytest.raises(VaultLocked, match="does not open"):
        sample.opened(folder, other)


def test_without_any_secret_the_vault_stays_locked(folder: Path) -> None:
    with pytest.raises(VaultLocked, match="no passphrase was given") as refused:
        store.open_(folder, sample.secrets(None), now=sample.NOW)
    assert "PIRIGHTS_PASSPHRASE_FILE" in str(refused.value.hint)


def test_a_secret_given_beforehand_is_used_and_nobody_is_asked(folder: Path) -> None:
    def fail() -> str:
        raise AssertionError

    given = keys.Secrets(passphrase=lambda: sample.PASSPHRASE, use_keyring=False, prompt=fail)
    store.open_(folder, given, now=sample.NOW).close()
    wrong = keys.Secrets(passphrase=lambda: "wrong", use_keyring=False, prompt=fail)
    with pytest.raises(VaultLocked):
        store.open_(folder, wrong, now=sample.NOW)


def test_the_person_is_asked_last(folder: Path) -> None:
    asked = keys.Secrets(use_keyring=False, prompt=lambda: sample.PASSPHRASE)
    store.open_(folder, asked, now=sample.NOW).close()


def test_a_passphrase_is_the_same_however_its_accents_are_typed(tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", "Élysée ガード 密码")
    vault, _ = store.create(
        tmp_path / "v", passphrase=composed, use_keyring=False, zone="UTC", now=sample.NOW
    )
    vault.close()
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    sample.opened(tmp_path / "v", decomposed).close()


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [("", "empty"), ("   \t", "empty"), ("1234567", "shorter than 8"), ("x" * 1025, "longer")],
)
def test_a_passphrase_that_protects_nothing_is_refused(
    tmp_path: Path, passphrase: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        store.create(
            tmp_path / "v", passphrase=passphrase, use_keyring=False, zone="UTC", now=sample.NOW
        )
    assert refused.value.hint is not None
    assert list((tmp_path / "v").iterdir()) == []


def test_a_vault_without_passphrase_and_keyring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="needs a passphrase"):
        store.create(tmp_path / "v", passphrase=None, use_keyring=False, zone="U", now=sample.NOW)


def test_no_vault_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotFound) as refused:
            sample.opened(folder)
        assert "pirights init" in str(refused.value.hint)


@pytest.mark.parametrize("number", [2, 99, 10**30])
def test_a_vault_from_the_future_is_refused(folder: Path, number: int) -> None:
    edited(folder, lambda data: data.update(format=number, more="of what we do not know"))
    with pytest.raises(VaultTooNew) as refused:
        sample.opened(folder)
    assert refused.value.exit_code == 22


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: data.update(format=0),
        lambda data: data.update(format=-1),
        lambda data: data.update(format=True),
        lambda data: data.update(format="99"),
        lambda data: data.pop("format"),
        lambda data: data.pop("id"),
        lambda data: data.update(slots=[]),
        lambda data: data.update(slots={}),
        lambda data: data.update(slots=data["slots"][:1] * 2),
        lambda data: data.update(unknown=1),
        lambda data: data["slots"][0].update(kind="fingerprint"),
        lambda data: data["slots"][0].update(nonce="00"),
        lambda data: data["slots"][0].update(sealed=7),
        lambda data: data["slots"][0]["derivation"].update(memory=64 * 2**20),
        lambda data: data["slots"][0]["derivation"].update(passes=100_000),
        lambda data: data["slots"][0]["derivation"].update(memory=8),
        lambda data: data["slots"][0].update(derivation=data["slots"][1]["derivation"]),
    ],
)
def test_a_tampered_key_file_is_refused_before_any_work(
    folder: Path, edit: Callable[[Any], object]
) -> None:
    edited(folder, edit)

    def fail() -> str:
        raise AssertionError

    with pytest.raises(VaultDamaged) as refused:
        store.open_(folder, keys.Secrets(passphrase=fail), now=sample.NOW)
    assert refused.value.exit_code == 21


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 60_000, b" " * 70_000, b'{"format":1}']
)
def test_a_key_file_of_other_stuff_is_refused(folder: Path, data: bytes) -> None:
    (folder / "vault.json").write_bytes(data)
    with pytest.raises(VaultDamaged):
        sample.opened(folder)


def test_a_key_file_that_is_a_pipe_or_a_folder_is_refused_at_once(folder: Path) -> None:
    path = folder / "vault.json"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(VaultDamaged):
        sample.opened(folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(VaultDamaged):
        sample.opened(folder)


@pytest.mark.parametrize("slot", [0, 1])
@pytest.mark.parametrize("part", ["nonce", "sealed", "salt"])
def test_one_flipped_bit_in_a_slot_closes_it_and_leaves_the_other(
    folder: Path, code: str, slot: int, part: str
) -> None:
    def flip(data: Any) -> None:  # noqa: ANN401 (any JSON)
        holder = data["slots"][slot]
        holder = holder["derivation"] if part == "salt" else holder
        holder[part] = ("0" if holder[part][0] != "0" else "1") + holder[part][1:]

    edited(folder, flip)
    closed, open_still = (sample.PASSPHRASE, code) if slot == 0 else (code, sample.PASSPHRASE)
    with pytest.raises(VaultLocked):
        sample.opened(folder, closed)
    sample.opened(folder, open_still).close()
