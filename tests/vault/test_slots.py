from dataclasses import replace

import pytest

from pirights.vault.slots import Argon2id, Hkdf, Slot, SlotKind, seal, unseal

VAULT = "00" * 16
OTHER_VAULT = "01" * 16
KEY = bytes(range(32))
SECRET = b"a secret of enough bits"


@pytest.fixture(scope="module", params=list(SlotKind))
def slot(request: pytest.FixtureRequest) -> Slot:
    return seal(KEY, vault=VAULT, kind=request.param, secret=SECRET)


def test_a_slot_opens_with_its_secret_and_no_other(slot: Slot) -> None:
    assert slot.is_sound
    assert unseal(slot, vault=VAULT, secret=SECRET) == KEY
    assert unseal(slot, vault=VAULT, secret=SECRET + b" ") is None


def test_a_slot_does_not_open_another_vault(slot: Slot) -> None:
    assert unseal(slot, vault=OTHER_VAULT, secret=SECRET) is None


def test_a_slot_is_bound_to_its_kind() -> None:
    slot = seal(KEY, vault=VAULT, kind=SlotKind.RECOVERY, secret=SECRET)
    assert unseal(replace(slot, kind=SlotKind.KEYRING), vault=VAULT, secret=SECRET) is None


def test_a_slot_is_bound_to_the_work_it_asks() -> None:
    slot = seal(KEY, vault=VAULT, kind=SlotKind.PASSPHRASE, secret=SECRET)
    assert isinstance(slot.derivation, Argon2id)
    for weaker in (
        replace(slot.derivation, memory=32 * 1024),
        replace(slot.derivation, passes=2),
        replace(slot.derivation, lanes=1),
    ):
        changed = replace(slot, derivation=weaker)
        assert changed.is_sound
        assert unseal(changed, vault=VAULT, secret=SECRET) is None


def test_any_flipped_bit_closes_a_slot() -> None:
    slot = seal(KEY, vault=VAULT, kind=SlotKind.RECOVERY, secret=SECRET)
    for name in ("nonce", "sealed"):
        good = bytes.fromhex(getattr(slot, name))
        for bit in range(len(good) * 8):
            bad = (int.from_bytes(good, "big") ^ 1 << bit).to_bytes(len(good), "big").hex()
            changed = Slot(
                kind=slot.kind,
                derivation=slot.derivation,
                nonce=bad if name == "nonce" else slot.nonce,
                sealed=bad if name == "sealed" else slot.sealed,
            )
            assert unseal(changed, vault=VAULT, secret=SECRET) is None


@pytest.mark.parametrize(
    "absurd",
    [
        {"memory": 64 * 2**20},
        {"memory": 256 * 1024 + 1},
        {"memory": 1024},
        {"memory": 0},
        {"memory": -1},
        {"passes": 0},
        {"passes": 11},
        {"passes": 2**31},
        {"lanes": 0},
        {"lanes": 17},
        {"passes": 1, "memory": 20 * 1024},
        {"salt": "00"},
        {"salt": "00" * 4096},
        {"salt": "zz" * 16},
    ],
)
def test_absurd_or_weak_work_is_refused_unasked(absurd: dict[str, int | str]) -> None:
    slot = seal(KEY, vault=VAULT, kind=SlotKind.PASSPHRASE, secret=SECRET)
    assert isinstance(slot.derivation, Argon2id)
    salt = str(absurd.get("salt", slot.derivation.salt))
    derivation = Argon2id(
        salt=salt,
        memory=int(absurd.get("memory", 65536)),
        passes=int(absurd.get("passes", 3)),
        lanes=int(absurd.get("lanes", 4)),
    )
    assert not replace(slot, derivation=derivation).is_sound


def test_a_passphrase_is_never_taken_without_hard_work() -> None:
    easy = seal(KEY, vault=VAULT, kind=SlotKind.RECOVERY, secret=SECRET)
    assert isinstance(easy.derivation, Hkdf)
    assert not replace(easy, kind=SlotKind.PASSPHRASE).is_sound


@pytest.mark.parametrize("wrong", ["", "00", "zz" * 12, "00" * 13])
def test_parts_of_another_length_are_refused(wrong: str) -> None:
    slot = seal(KEY, vault=VAULT, kind=SlotKind.RECOVERY, secret=SECRET)
    assert not replace(slot, nonce=wrong).is_sound
    assert not replace(slot, sealed=wrong).is_sound
