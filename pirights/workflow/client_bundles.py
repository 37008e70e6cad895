"""A bundle of each case of one client, side by side in a folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pirights.domain.case import Case
from pirights.domain.person import Person
from pirights.errors import BadInput, Message, NotFound, PirightsError, message
from pirights.workflow import bundles
from pirights.workflow.bundles import Built
from pirights.workflow.desk import Desk
from pirights.workflow.time_stamping import Authority
from pirights.workflow.withholding import EVERYTHING, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """What became of one case: its bundle, or why there is none."""

    ref: str
    built: Built | None = None
    problem: Message | None = None
    hint: Message | None = None


def build(  # noqa: PLR0913 (as for one bundle)
    desk: Desk,
    number: int,
    *,
    out: Path,
    progress: Callable[[int], None] = lambda _: None,
    tsa: Authority | None = None,
    wanted: Wanted = EVERYTHING,
) -> tuple[Each, ...]:
    """Build a bundle for each case, oldest first, named by its reference.

    A case of which no bundle can be made does not keep the others from theirs.

    Raises:
        BadInput: The folder cannot be made or written.
        NotFound: An unknown person, or one without a case.
    """
    person = desk.vault.get(Person, number)
    found = desk.vault.find_all(Case, newest_first=False, person=number)
    if not found:
        raise NotFound(
            message("{person} has no case.", person=person.label),
            hint=message("See them all with `pirights case list`."),
        )
    _make(out)
    return tuple(_built(desk, found, out, progress, tsa, wanted))


def _built(  # noqa: PLR0913, PLR0917 (as for one bundle)
    desk: Desk,
    found: list[Case],
    out: Path,
    progress: Callable[[int], None],
    tsa: Authority | None,
    wanted: Wanted,
) -> Iterator[Each]:
    for done, case in enumerate(found, start=1):
        try:
            built = bundles.build(desk, case.ref, out=out / case.ref, tsa=tsa, wanted=wanted)
        except PirightsError as wrong:
            yield Each(ref=case.ref, problem=wrong.message, hint=wrong.hint)
        else:
            yield Each(ref=case.ref, built=built)
        progress(done)


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=out, problem=why),
            hint=message("Choose another folder with --out."),
        ) from wrong
