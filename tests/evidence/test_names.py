"""Endings of other people's file names."""

import pytest

from pirights.evidence import names


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("IMG_0001.JPG", ".jpg"),
        ("reply.eml", ".eml"),
        ("archive.tar.gz", ".gz"),
        ("证据.照片", ""),
        (".hidden", ""),
        ("none", ""),
        ("dot.", ""),
        ("a.b/c", ""),
        ("x.%0a", ""),
        ("x." + "y" * 17, ""),
    ],
)
def test_only_plain_endings_are_kept(name: str, suffix: str) -> None:
    assert names.plain_suffix(name) == suffix
    assert names.is_plain(f"original{suffix}")
