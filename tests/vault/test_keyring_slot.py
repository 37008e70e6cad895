import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null
from keyring.errors import KeyringLocked
from keyrings.alt.file import PlaintextKeyring  # type: ignore[import-untyped]

from pirights.errors import VaultLocked
from pirights.vault import keyring_slot, keys, store
from tests.needs import program
from tests.vault import sample

SECRET = bytes(range(32))

Choose: TypeAlias = Callable[[KeyringBackend], None]


@pytest.fixture
def choose() -> Iterator[Choose]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


class Remembering(KeyringBackend):
    """Says that it is a keyring of the system; only its class's name is believed."""

    priority = 9.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Locked(Remembering):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(service, username, password)


def of_the_system(kind: type[Remembering]) -> Remembering:
    """A backend that bears the name of a real one, as only code inside the process can."""

    class Keyring(kind):  # type: ignore[valid-type, misc]
        pass

    Keyring.__module__, Keyring.__qualname__ = SecretService.__name__, "Keyring"
    backend = Keyring()
    assert isinstance(backend, Remembering)
    return backend


def test_a_keyring_that_writes_a_plain_file_is_never_used(
    choose: Choose,
    tmp_path: Path,
) -> None:
    plain = PlaintextKeyring()
    plain.file_path = str(tmp_path / "keyring.cfg")
    choose(plain)
    assert not keyring_slot.keep("v", SECRET)
    plain.set_password("pirights", "v", SECRET.hex())
    assert keyring_slot.fetch("v") == []


def test_the_password_of_a_mail_account_lies_in_a_trusted_keyring_only(
    choose: Choose, tmp_path: Path
) -> None:
    plain = PlaintextKeyring()
    plain.file_path = str(tmp_path / "keyring.cfg")
    choose(plain)
    assert not keyring_slot.keep_password("wang@smtp.mail.example", "secret")
    assert keyring_slot.fetch_password("wang@smtp.mail.example") is None
    assert not list(tmp_path.iterdir())
    choose(of_the_system(Remembering))
    assert keyring_slot.keep_password("wang@smtp.mail.example", "secret")
    assert keyring_slot.fetch_password("wang@smtp.mail.example") == "secret"
    assert keyring_slot.fetch_password("wang@other.example") is None
    assert keyring_slot.fetch("wang@smtp.mail.example") == []
    choose(of_the_system(Locked))
    assert not keyring_slot.keep_password("wang@smtp.mail.example", "secret")
    assert keyring_slot.fetch_password("wang@smtp.mail.example") is None


@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring, Remembering])
def test_other_keyrings_are_not_used(choose: Choose, backend: type[KeyringBackend]) -> None:
    choose(backend())
    assert not keyring_slot.keep("v", SECRET)
    assert keyring_slot.fetch("v") == []


def test_a_chain_is_opened_and_only_its_trusted_members_are_used(
    choose: Choose,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger, trusted = Remembering(), of_the_system(Remembering)
    chain = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [stranger, trusted])
    choose(chain)
    assert keyring_slot.keep("v", SECRET)
    assert keyring_slot.fetch("v") == [SECRET]
    assert stranger.kept == {}
    assert trusted.kept == {("pirights", "v"): SECRET.hex()}


def test_a_locked_keyring_is_one_that_is_not_there(
    choose: Choose,
) -> None:
    choose(of_the_system(Locked))
    assert not keyring_slot.keep("v", SECRET)
    assert keyring_slot.fetch("v") == []


def test_a_keyring_opens_the_vault_and_losing_it_is_normal(
    choose: Choose,
    tmp_path: Path,
) -> None:
    system = of_the_system(Remembering)
    choose(system)
    vault, _ = store.create(
        tmp_path / "v",
        passphrase=sample.PASSPHRASE,
        use_keyring=True,
        zone="Asia/Shanghai",
        now=sample.NOW,
    )
    vault.close()
    assert vault.slots == ("passphrase", "recovery", "keyring")
    store.open_(tmp_path / "v", keys.Secrets(), now=sample.NOW).close()
    with pytest.raises(VaultLocked):
        store.open_(tmp_path / "v", sample.secrets(None), now=sample.NOW)
    system.kept.clear()
    with pytest.raises(VaultLocked):
        store.open_(tmp_path / "v", keys.Secrets(), now=sample.NOW)
    system.kept["pirights", vault.id] = "no hex"
    with pytest.raises(VaultLocked):
        store.open_(tmp_path / "v", keys.Secrets(), now=sample.NOW)
    sample.opened(tmp_path / "v").close()


_REAL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pirights.vault import keys, store
now = datetime(2026, 11, 23, tzinfo=UTC)
vault, _ = store.create(Path(sys.argv[1]), passphrase=None, use_keyring=True, zone="UTC", now=now)
vault.close()
with store.open_(Path(sys.argv[1]), keys.Secrets(), now=now) as vault:
    print(*vault.slots, len(vault.check()))
"""


@program("dbus-run-session", "gnome-keyring-daemon")
def test_the_secret_service_of_a_real_session_keeps_the_key(tmp_path: Path) -> None:
    start = 'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >&2; exec "$@"'
    python = [sys.executable, "-c", _REAL, str(tmp_path / "v")]
    session = shutil.which("dbus-run-session") or "dbus-run-session"
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [session, "--", "sh", "-c", start, "sh", *python],
        env={
            **kept,
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "PYTHONPATH": str(Path(store.__file__).parents[2]),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.split() == ["recovery", "keyring", "0"], done.stderr
    assert not list(tmp_path.rglob("*.cfg")), "keyrings.alt is installed and was not to be used"
