"""Capturing a web page: fetched as it is, kept in the vault, and a handler's promise taken from it.

A page belongs to a handler, whose cases all take it into their bundles, or to one scan or case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.document import Letters
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler, Period
from pirights.domain.text import several_lines
from pirights.errors import BadInput, Message, NetworkRefused, message
from pirights.evidence import browser, warc
from pirights.evidence.exchange import Page
from pirights.workflow import capture_record, capture_sheet
from pirights.workflow.desk import Desk
from pirights.workflow.handler_checking import checked_handler
from pirights.workflow.papers import write_whole

_OK: Final = 200
_FEW_CHARACTERS: Final = 200
_HTML: Final = frozenset({"text/html", "application/xhtml+xml", ""})
_PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to capture, and what it belongs to: exactly one of handler, encounter and case.

    Attributes:
        policy_days: The time for an answer that the user read there; with a handler only.
        private: Whether addresses outside the public Internet may be connected to.
        pictures: Whether a browser may print and picture it.
        note: The user's own words about it.
        letters: The languages of the sheet.
        out: A folder to write copies of the files into, made where there is none; or None.
    """

    url: str
    handler: int | None = None
    encounter: int | None = None
    case: str | None = None
    policy_days: Period | None = None
    private: bool = False
    pictures: bool = True
    note: str = ""
    letters: Letters = Letters.BOTH
    out: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page as it is now kept.

    Attributes:
        owner: What it belongs to: `H1`, `E1` or a case's reference.
        files: In the vault, the sheet first.
        warc: Which of them holds the page.
        promise: The handler with what was recorded of its promise, or None.
    """

    owner: str
    page: Page
    files: tuple[Attachment, ...]
    warc: Attachment
    promise: Handler | None
    notices: tuple[Message, ...]


def capture(
    desk: Desk,
    order: Order,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> Kept:
    """Capture a page and keep it.

    Args:
        desk: Vault and moment.
        order: What to capture.
        clock: Says the moment of each request.
        progress: Told the number of each file before it is asked for.

    Raises:
        BadInput: No address of a web page, a field that cannot be taken, or a folder that cannot be
            made.
        NetworkRefused: The page cannot be had, or its server cannot be believed; nothing is kept.
        NotFound: No such handler, scan or case.
    """
    owner = _owner(desk, order)
    note = several_lines(order.note, field="--note")
    promise = _promise(desk, order)
    if order.out is not None:
        _make(order.out)
    page = _fetched(order, clock=clock, progress=progress)
    if promise is not None and page.page.status != _OK:
        raise NetworkRefused(
            message(
                "Nothing was kept: {url} answers {status}, which shows no promise.",
                url=page.page.url,
                status=page.page.status,
            )
        )
    shown = _shown(page, order)
    files = {f".{kind}": data for kind, data in _files(page, shown, now=desk.now)}
    stem = f"capture-{desk.now:%Y%m%d-%H%M%S}z"
    named = {f"{stem}{ending}": data for ending, data in files.items()}
    record = capture_record.written(
        page,
        asked=order.url,
        began=desk.now,
        ended=clock(),
        files=named,
        browser=shown.browser if shown else "",
        private=order.private,
        note=note,
    )
    named[f"{stem}.json"] = record
    sheet = capture_sheet.written(
        desk,
        page,
        asked=order.url,
        promised=order.policy_days,
        note=note,
        letters=order.letters,
        files=named,
    )
    named = {f"{stem}-sheet.pdf": sheet, **named}
    if order.out is not None:
        _copied(order.out, named)
    with desk.vault.change(now=desk.now) as change:
        kept = tuple(
            change.attach_octets(name, data, owner=owner, purpose=Purpose.CAPTURE)
            for name, data in named.items()
        )
        archive = next(one for one in kept if one.name.endswith(".warc"))
        if promise is not None:
            promise = replace(promise, policy_sha256=archive.sha256, policy_seen=desk.today)
            change.replace(promise, kind="handler.promise")
    return Kept(
        owner=owner,
        page=page,
        files=kept,
        warc=archive,
        promise=promise,
        notices=tuple(_notices(page, order, shown, files)),
    )


def _owner(desk: Desk, order: Order) -> str:
    if order.handler is not None:
        return desk.vault.get(Handler, order.handler).label
    if order.encounter is not None:
        return desk.vault.get(Encounter, order.encounter).label
    if order.case is None:
        raise ValueError("a captured page belongs to something")
    return desk.case(order.case).ref


def _promise(desk: Desk, order: Order) -> Handler | None:
    """Say what the handler will be, before anything is asked for."""
    if order.handler is None or order.policy_days is None:
        return None
    from pirights.evidence.capture import address

    url = address(order.url)
    before = desk.vault.get(Handler, order.handler)
    return checked_handler(
        desk,
        replace(
            before,
            policy_url=url,
            policy_days=order.policy_days,
            source=before.source or url,
            verified=desk.today,
        ),
    )


def _fetched(
    order: Order, *, clock: Callable[[], datetime], progress: Callable[[int], None]
) -> Page:
    from pirights.evidence.capture import fetch

    try:
        return fetch(order.url, clock=clock, private=order.private, progress=progress)
    except NetworkRefused as wrong:
        raise NetworkRefused(
            message("Nothing was kept. {reason}", reason=wrong.message), hint=wrong.hint
        ) from wrong


def _shown(page: Page, order: Order) -> browser.Shown | None:
    program = browser.installed() if order.pictures else None
    if program is None or page.page.media_type not in _HTML:
        return None
    return browser.shown(page, program)


def _files(
    page: Page, shown: browser.Shown | None, *, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """The files by their endings, in the order of a reader's interest."""
    pdf = page.page.body if page.page.media_type == _PDF else shown and shown.pdf
    if pdf:
        yield "pdf", pdf
    if shown is not None and shown.png:
        yield "png", shown.png
    words = text_of(page)
    if words:
        yield "txt", words.encode()
    yield "warc", warc.written(page, now=now)
    if page.page.tls is not None:
        yield "pem", warc.pem(page.page.tls)


def text_of(page: Page) -> str:
    """The words of a page, without its markup; empty where it is no text."""
    from pirights.domain.text import visible
    from pirights.evidence.page_parts import decoded
    from pirights.mail.plain_text import words_of

    one = page.page
    if one.media_type in _HTML:
        return visible(words_of(decoded(one.body, one.header("content-type"))), keep="\n\t")
    if one.media_type.startswith("text/"):
        return visible(decoded(one.body, one.header("content-type")), keep="\n\t")
    return ""


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=folder, problem=why),
            hint=message("Choose another folder with --out."),
        ) from wrong


def _copied(folder: Path, files: dict[str, bytes]) -> None:
    """Write copies for the user to look at; none takes another's place."""
    for name in files:
        if (folder / name).exists():
            raise BadInput(
                message("{file} exists already.", file=folder / name),
                hint=message("Choose a folder that exists and has room, with --out."),
            )
    for name, data in files.items():
        write_whole(folder / name, data)


def _notices(
    page: Page, order: Order, shown: browser.Shown | None, files: dict[str, bytes]
) -> Iterator[Message]:
    one = page.page
    if one.status != _OK:
        yield message("The server answers {status}: is it the page you mean?", status=one.status)
    if one.tls is None:
        yield message("The page came over http: anyone on the way could have altered it.")
    if page.lost:
        yield message(
            "{count} parts of the page could not be had; the record says why.",
            count=len(page.lost),
        )
    if one.media_type in _HTML:
        is_short = len(files.get(".txt", b"").decode()) < _FEW_CHARACTERS
        if is_short and b"<script" in one.body.lower():
            yield message(
                "The page says hardly anything without its scripts, which are not run: it may show "
                "its rules only in a browser. Take screenshots too, or go to a notary."
            )
        if order.pictures and shown is None:
            yield message(
                "There is no browser of the Chromium family here, so there is no PDF and no "
                "picture of the page."
            )
        elif shown is not None and not (shown.pdf and shown.png):
            yield message("The browser made no PDF or no picture of the page.")
