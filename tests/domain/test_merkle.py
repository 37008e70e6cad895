"""The tree of RFC 6962: against published answers, against its definition, against forgers."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pirights.domain import merkle
from pirights.domain.merkle import Tree

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243",
        "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
"""The eight leaves that the first implementation of Certificate Transparency was tested with."""

ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots, of the first leaf alone to all eight."""

PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
"""Published audit paths: leaf and size of the tree."""

GROWTHS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
"""Published consistency proofs: the two sizes."""

# --- the RFC's own definitions, word for word and slow: the other judge


def below(size: int) -> int:
    power = 1
    while 2 * power < size:
        power *= 2
    return power


def mth(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


# --- ours


def root(leaves: Sequence[bytes]) -> bytes:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def proof(leaves: Sequence[bytes], spans: Sequence[merkle.Span]) -> list[bytes]:
    tree = Tree(keeping=spans)
    for leaf in leaves:
        tree.append(leaf)
    return [tree.hash_of(span) for span in spans]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert root([]) == sha256(b"").digest()
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_published_roots_come_out() -> None:
    for size, known in enumerate(ROOTS, start=1):
        assert root(LEAVES[:size]).hex() == known == mth(LEAVES[:size]).hex()


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_published_audit_paths_come_out(index: int, size: int) -> None:
    made = proof(LEAVES[:size], merkle.inclusion_spans(index, size))
    assert [one.hex() for one in made] == PATHS[index, size]
    assert made == path(index, LEAVES[:size])


@pytest.mark.parametrize(("first", "second"), GROWTHS)
def test_the_published_consistency_proofs_come_out(first: int, second: int) -> None:
    made = proof(LEAVES[:second], merkle.consistency_spans(first, second))
    assert [one.hex() for one in made] == GROWTHS[first, second]
    assert made == subproof(first, LEAVES[:second], whole=True)


def test_consistency_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no proof leads"):
        merkle.consistency_spans(0, 8)
    for second in (0, 1, 8):
        assert not merkle.is_consistent(
            [],
            first=0,
            first_root=merkle.EMPTY,
            second=second,
            second_root=root(LEAVES[:second]),
        )


def test_what_lies_outside_the_tree_has_no_proof() -> None:
    for index, size in ((-1, 8), (8, 8), (0, 0), (0, 2**63)):
        with pytest.raises(ValueError, match="has no leaf"):
            merkle.inclusion_spans(index, size)
        assert not merkle.is_included(b"", [], index=index, size=size, root=merkle.EMPTY)
    for first, second in ((5, 4), (-1, 4), (1, 2**63)):
        with pytest.raises(ValueError, match="no proof leads"):
            merkle.consistency_spans(first, second)


def test_a_node_cannot_be_passed_off_as_a_leaf() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert root([left + right]) != root([b"a", b"b"])


def test_a_hash_that_was_not_to_be_kept_is_not_there() -> None:
    tree = Tree(keeping=[(0, 2)])
    tree.append(b"a")
    with pytest.raises(KeyError):
        tree.hash_of((0, 2))
    tree.append(b"b")
    assert tree.hash_of((0, 2)) == tree.root()
    with pytest.raises(KeyError):
        tree.hash_of((0, 1))


def test_a_hundred_thousand_leaves_are_held_as_one_hash_for_each_bit_of_their_number() -> None:
    spans = [span for index in (0, 77_777, 99_999) for span in merkle.inclusion_spans(index, 10**5)]
    tree = Tree(keeping=spans)
    most = 0
    for number in range(100_000):
        tree.append(number.to_bytes(4))
        most = max(most, len(tree._peaks))
    assert most <= (100_000).bit_length()
    assert len(tree._kept) <= len(spans) * 17


# --- properties

SOME = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(SOME)
def test_every_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert root(leaves) == mth(leaves)


@given(SOME, st.data())
def test_every_leaf_is_proved_and_no_other_is(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    made = proof(leaves, merkle.inclusion_spans(index, len(leaves)))
    assert made == path(index, leaves)
    told = {"index": index, "size": len(leaves), "root": mth(leaves)}

    def accepts(leaf: bytes, by: Sequence[bytes], **other: int | bytes) -> bool:
        return merkle.is_included(leaf, by, **{**told, **other})  # type: ignore[arg-type]

    assert accepts(leaves[index], made)
    assert not accepts(leaves[index] + b"x", made)
    assert not accepts(leaves[index], made, root=mth([*leaves, b"more"]))
    assert not accepts(leaves[index], [*made, merkle.EMPTY])
    if made:
        assert not accepts(leaves[index], made[:-1])
        place = data.draw(st.integers(0, len(made) - 1))
        flipped = [*made[:place], bytes([made[place][0] ^ 1]) + made[place][1:], *made[place + 1 :]]
        assert not accepts(leaves[index], flipped)
    other = data.draw(st.integers(0, len(leaves)))
    if other != index:
        same = other < len(leaves) and path(other, leaves) == made
        same = same and leaves[other] == leaves[index]
        assert accepts(leaves[index], made, index=other) == same


@settings(max_examples=200)
@given(SOME, st.data())
def test_growth_is_proved_and_a_rewritten_past_is_not(
    leaves: list[bytes], data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    made = proof(leaves, merkle.consistency_spans(first, len(leaves)))
    assert made == subproof(first, leaves, whole=True)
    told = {
        "first": first,
        "first_root": mth(leaves[:first]),
        "second": len(leaves),
        "second_root": mth(leaves),
    }

    def accepts(by: Sequence[bytes], **other: int | bytes) -> bool:
        return merkle.is_consistent(by, **{**told, **other})  # type: ignore[arg-type]

    assert accepts(made)
    changed = data.draw(st.integers(0, first - 1))
    rewritten = [*leaves[:changed], leaves[changed] + b"x", *leaves[changed + 1 :]]
    assert not accepts(made, first_root=mth(rewritten[:first]))
    assert not accepts(made, second_root=mth(rewritten))
    forged = proof(rewritten, merkle.consistency_spans(first, len(leaves)))
    assert accepts(forged) == (forged == made)
    assert not accepts([*made, merkle.EMPTY])
    if made:
        assert not accepts(made[1:])
