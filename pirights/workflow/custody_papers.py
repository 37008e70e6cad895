"""What a bundle says of the log: the case's rows, proofs of their place, a third party's time.

Only the first checkpoint after a row that a third party stamped says when it was written, so only
those go in. Rows that no stamped checkpoint covers are proved to one without a time stamp, which
ends at the case's last row: what is done later, or in other cases, changes nothing in a bundle of
the same facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pirights import canonical_json, plain
from pirights.domain import merkle
from pirights.domain.checkpoint import Checkpoint
from pirights.domain.merkle import Tree
from pirights.errors import VaultDamaged, message
from pirights.evidence import custody_proofs, timestamp_token
from pirights.evidence.bag import Entry
from pirights.evidence.custody_proofs import FINAL, FOLDER, Growth, Inclusion, Proofs
from pirights.vault.journal import JournalRow
from pirights.workflow import checkpoints, custody_disclosure, exhibits
from pirights.workflow.cases import Shown
from pirights.workflow.checkpoints import SUFFIX, Kept
from pirights.workflow.desk import Desk
from pirights.workflow.written_before import WrittenBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """The log of a case as it goes into a bundle.

    Attributes:
        entries: The files.
        written: Tells by which time of a third party a statement stood in the log.
        stamped: A checkpoint with a time stamp that tells a time covers at least one row.
    """

    entries: tuple[Entry, ...]
    written: WrittenBefore
    stamped: bool


def of(desk: Desk, shown: Shown, roots: Sequence[bytes] = ()) -> Custody:
    """Write out the log of a case with its proofs.

    Args:
        desk: The vault.
        shown: The case.
        roots: Root certificates that the user trusts, to tell which time stamps are vouched for.

    Raises:
        VaultDamaged: A checkpoint in the vault is not one of its journal.
    """
    rows = custody_disclosure.disclosed(desk, shown, exhibits.custody(desk, shown))
    every = checkpoints.kept(desk)
    stamped = sorted(
        (  # a time stamp that makes no sense shall not keep a later one out
            one
            for early in (False, True)
            for one in _first_after_each([one for one in every if one.early is early], rows)
        ),
        key=lambda one: one.checkpoint.size,
    )
    files = [(one.checkpoint, one) for one in stamped]
    sizes = [made.size for made, _ in files]
    last = rows[-1].seq
    whole = max([*sizes, last])
    tree = checkpoints.grown(desk, keeping=_spans(rows, sizes, whole), until=whole)
    for made, one in files:
        if made.root != tree.hash_of((0, made.size)):
            raise VaultDamaged(
                message("{name} in the vault is not a checkpoint of the journal.", name=one.name),
                hint=message("Run `pirights vault check` to see what is wrong."),
            )
    bare = Checkpoint(
        size=whole,
        root=tree.root(),
        claimed_at=datetime.fromisoformat(rows[-1].at).replace(microsecond=0),
    )
    texts = [one.text for _, one in files] + ([] if whole in sizes else [bare.text()])
    before = [size for size in sizes if size != whole]
    return Custody(
        entries=(
            Entry(name=f"{FOLDER}/journal.jsonl", source=_journal(rows)),
            Entry(
                name=f"{FOLDER}/proofs.json",
                source=custody_proofs.written(_proofs(tree, rows, before)),
            ),
            *_named(texts, [one.token for _, one in files]),
        ),
        written=WrittenBefore(
            rows, stamped, roots, desk.zone, checked=checkpoints.checked_when_stamped(desk)
        ),
        stamped=any(not one.early for one in stamped),
    )


def _first_after_each(every: Sequence[Kept], rows: Sequence[JournalRow]) -> list[Kept]:
    """Take the checkpoints with which an authority is the first time to cover one of the rows.

    Each authority counts for itself: not every reader trusts the same one.
    """
    waiting: dict[str, int] = {}
    found: list[Kept] = []
    for one in sorted(every, key=lambda one: one.checkpoint.size):
        size, signer = one.checkpoint.size, _signer(one)
        if any(waiting.get(signer, 0) < row.seq <= size for row in rows):
            found.append(one)
        waiting[signer] = size
    return found


def _signer(one: Kept) -> str:
    try:
        return timestamp_token.read(one.token).signer
    except timestamp_token.NoToken:
        return ""


def _spans(rows: Sequence[JournalRow], sizes: Sequence[int], whole: int) -> list[merkle.Span]:
    return [
        *((0, size) for size in sizes),
        *(span for size in sizes for span in merkle.consistency_spans(size, whole)),
        *(span for row in rows for span in merkle.inclusion_spans(row.seq - 1, whole)),
    ]


def _proofs(tree: Tree, rows: Sequence[JournalRow], before: Sequence[int]) -> Proofs:
    def path(spans: Sequence[merkle.Span]) -> tuple[bytes, ...]:
        return tuple(tree.hash_of(span) for span in spans)

    return Proofs(
        size=tree.size,
        rows=tuple(
            Inclusion(index=row.seq - 1, path=path(merkle.inclusion_spans(row.seq - 1, tree.size)))
            for row in rows
        ),
        growths=tuple(
            Growth(
                file=custody_proofs.earlier(place),
                size=size,
                path=path(merkle.consistency_spans(size, tree.size)),
            )
            for place, size in enumerate(before, start=1)
        ),
    )


def _named(texts: Sequence[bytes], tokens: Sequence[bytes]) -> Iterator[Entry]:
    """Name the checkpoints: the last one `checkpoint.txt`, those before it by number."""
    for place, text in enumerate(texts, start=1):
        file = FINAL if place == len(texts) else custody_proofs.earlier(place)
        yield Entry(name=f"{FOLDER}/{file}", source=text)
        if place <= len(tokens):
            yield Entry(name=f"{FOLDER}/{file}{SUFFIX}", source=tokens[place - 1])


def _journal(rows: Sequence[JournalRow]) -> bytes:
    return b"".join(canonical_json.canonical(plain.to_plain(row)) + b"\n" for row in rows)
