"""The Merkle tree of RFC 6962 section 2.1: one hash for many rows, and short proofs about it.

A row's place in the tree is proved without showing any other row (an audit path), and so is that
a tree only grew (a consistency proof). All hashes are SHA-256, 32 octets; leaves count from 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
"""A run of leaves with a hash of its own: the first one's number, and that after the last."""

EMPTY: Final = sha256(b"").digest()
"""The hash of a tree without leaves."""

LARGEST: Final = 2**63 - 1
"""Leaves of the largest tree that is spoken of."""


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf; its prefix keeps a leaf from being taken for a node."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf.

    It holds one hash for each bit of its size, and those of the spans that it was asked to keep:
    what proofs need is gathered in the one pass in which the leaves come by.

    Attributes:
        size: Its leaves so far.
    """

    def __init__(self, *, keeping: Iterable[Span] = ()) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        self._wanted = {part for span in keeping for part in _perfect(span)}
        self._kept: dict[Span, bytes] = {}

    def append(self, leaf: bytes) -> None:
        """Add a leaf at the right."""
        node, width = leaf_hash(leaf), 1
        self.size += 1
        self._keep(node, width)
        while self.size % (2 * width) == 0:
            node, width = node_hash(self._peaks.pop(), node), 2 * width
            self._keep(node, width)
        self._peaks.append(node)

    def root(self) -> bytes:
        """The hash of the whole tree."""
        return _joined(self._peaks)

    def hash_of(self, span: Span) -> bytes:
        """The hash of a span that was to be kept.

        Raises:
            KeyError: It was not, or its leaves have not come yet.
        """
        return _joined([self._kept[part] for part in _perfect(span)])

    def _keep(self, node: bytes, width: int) -> None:
        span = (self.size - width, self.size)
        if span in self._wanted:
            self._kept[span] = node


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Name the spans whose hashes are the audit path of a leaf, lowest first (section 2.1.1).

    Raises:
        ValueError: A tree of this size has no such leaf.
    """
    if not 0 <= index < size <= LARGEST:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    spans: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """Name the spans whose hashes prove that a tree grew into another (section 2.1.2).

    Args:
        first: The earlier size. Never 0: of an empty tree nothing is proved.
        second: The later size, or the same.

    Raises:
        ValueError: The sizes are not 0 < first <= second.
    """
    if not 0 < first <= second <= LARGEST:
        raise ValueError(f"no proof leads from {first} leaves to {second}")
    spans: list[Span] = []
    start, end = 0, second
    while first != end:
        middle = start + _left_part(end - start)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    if start:
        spans.append((start, end))
    return spans[::-1]


def is_included(leaf: bytes, path: Sequence[bytes], *, index: int, size: int, root: bytes) -> bool:
    """Say whether an audit path leads from a leaf (its octets, not its hash) to a tree's root."""
    try:
        spans = inclusion_spans(index, size)
    except ValueError:
        return False
    if len(path) != len(spans):
        return False
    node = leaf_hash(leaf)
    for (start, _), beside in zip(spans, path, strict=True):
        node = node_hash(node, beside) if start > index else node_hash(beside, node)
    return node == root


def is_consistent(
    path: Sequence[bytes], *, first: int, first_root: bytes, second: int, second_root: bytes
) -> bool:
    """Say whether a proof leads from a tree's root to that of what it grew into.

    From size 0 nothing is accepted: an empty tree grows into any tree.
    """
    try:
        spans = consistency_spans(first, second)
    except ValueError:
        return False
    if len(path) != len(spans):
        return False
    rest = list(zip(spans, path, strict=True))
    # Where the earlier tree is itself a node of the later one, the proof does not repeat its hash.
    is_whole = first & (first - 1) == 0 or first == second
    before = after = first_root if is_whole else rest.pop(0)[1]
    for (start, _), beside in rest:
        if start >= first:
            after = node_hash(after, beside)
        else:
            before, after = node_hash(beside, before), node_hash(beside, after)
    return before == first_root and after == second_root


def _left_part(size: int) -> int:
    """The largest power of two below a size: the leaves on the left of a tree's top."""
    return 1 << ((size - 1).bit_length() - 1)


def _perfect(span: Span) -> Iterator[Span]:
    """Part a span into the full subtrees that it is made of, largest first."""
    start, end = span
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        yield start, start + width
        start += width


def _joined(parts: Sequence[bytes]) -> bytes:
    """Join neighbouring subtrees, largest first, into the tree that they make."""
    if not parts:
        return EMPTY
    node = parts[-1]
    for left in reversed(parts[:-1]):
        node = node_hash(left, node)
    return node
