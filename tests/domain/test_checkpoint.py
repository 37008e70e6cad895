"""The text of a checkpoint: four lines that say nothing of whose journal it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import checkpoint
from pirights.domain.checkpoint import Checkpoint

ONE = Checkpoint(
    size=57, root=bytes(range(32)), claimed_at=datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
)
TEXT = b"""\
pirights.invalid/journal-1
57
AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
claimed-time: 2026-11-23T04:00:00Z
"""


def test_its_text_is_four_lines() -> None:
    assert ONE.text() == TEXT
    assert checkpoint.parse(TEXT) == ONE


def test_the_time_is_told_in_utc_whatever_the_clocks_zone() -> None:
    there = ONE.claimed_at.astimezone(timezone(timedelta(hours=8)))
    assert Checkpoint(size=57, root=ONE.root, claimed_at=there).text() == TEXT


@pytest.mark.parametrize(
    "text",
    [
        b"",
        TEXT[:-1],
        TEXT + b"\n",
        TEXT.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + TEXT,
        TEXT.replace(b"journal-1", b"journal-2"),
        TEXT.replace(b"57", b"057"),
        TEXT.replace(b"57", b"0"),
        TEXT.replace(b"57", b"-57"),
        TEXT.replace(b"57", b"9" * 19),
        TEXT.replace(b"57", "５７".encode()),
        TEXT.replace(b"8=", b"9="),  # bits that no octet has
        TEXT.replace(b"AAEC", b"AAE"),
        TEXT.replace(b"2026-11-23", b"2026-02-30"),
        TEXT.replace(b"Z", b"+00:00"),
    ],
)
def test_what_is_written_otherwise_is_no_checkpoint(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says)
        checkpoint.parse(text)


@given(
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.integers(0, 2**35),
)
def test_reading_undoes_writing(size: int, root: bytes, seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    made = Checkpoint(size=size, root=root, claimed_at=at)
    assert checkpoint.parse(made.text()) == made
