"""Making a copy of an identity document that can be handed over with the least harm."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pirights.domain import entry, id_copy
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.handler import Handler
from pirights.domain.id_copy import MOST_REGIONS, ZONES, Part, Region, Side
from pirights.domain.person import Person
from pirights.domain.refusal import Refusal
from pirights.errors import BadInput, Message, message
from pirights.vault.change import Change
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole

if TYPE_CHECKING:
    from pirights.render.raster import Pixels

DPI: Final = 150
LEAST_DPI: Final = 96
MOST_DPI: Final = 300
"""Dots per inch: below, Chinese text across the copy is not read; above, the copy is a master."""

_ROOM_MM: Final = (170.0, 257.0)
"""Width and height of an A4 page between margins of 20 mm."""

_LEAST_SIDE, _LONGEST_SHAPE = 120, 4
"""Pixels of the shorter side, and how often it goes into the longer one at most."""

_ENDINGS: Final = frozenset({".pdf", ".png"})
_DEFAULT_NAME: Final = "id-copy"
_MM, _POINTS = 25.4, 72
"""To the inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the user wants.

    Attributes:
        image: The original.
        purpose: For what the copy is handed over; may be empty where a handler is named.
        out: A PDF or PNG file; a new `id-copy.pdf` in the present folder if left out.
        handler: Number of the one it is for; None where the purpose says all.
        on: The day on the copy; today in the vault's zone if left out.
        masks: Regions of the upright picture.
        card: The picture is this side of an identity card and nothing else.
        grey: Without colours.
        dpi: Of the picture on A4 paper.
        keep: Number of the person with whom the original is kept in the vault.
    """

    image: Path
    purpose: str
    out: Path | None = None
    handler: int | None = None
    on: date | None = None
    masks: tuple[Region, ...] = ()
    card: Side | None = None
    grey: bool = False
    dpi: int = DPI
    keep: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A copy on the disk.

    Attributes:
        masked: What was masked, and where, in pixels of the upright original.
        width: Of the copy, in pixels, as is `height`.
        kept: The original in the vault, if it was to be kept there.
    """

    path: Path
    text: str
    on: date
    masked: tuple[tuple[Part, Region], ...]
    original: tuple[int, int]
    width: int
    height: int
    kept: Attachment | None
    notices: tuple[Message, ...]


def make(desk: Desk, order: Order) -> Made:
    """Write the copy. Nothing is written, and nothing kept, unless all of it can be done.

    Raises:
        BadInput: A picture, a region, a text or a file's name that cannot be taken.
        MissingGlyph: A character of the text is in none of the fonts.
        NotFound: An unknown handler or person.
    """
    from pirights.render import fonts
    from pirights.render import id_copy as paper

    out = _out(order)
    company = desk.vault.get(Handler, order.handler).name if order.handler is not None else ""
    person = desk.vault.get(Person, order.keep) if order.keep is not None else None
    on = desk.today if order.on is None else order.on
    entry.plausible_day(on, desk.today, field="--date", future=True)
    text = id_copy.wording(order.purpose, company=company, on=on)
    fonts.check({"--for": order.purpose, "--handler": company})
    octets = _octets(order.image)
    pixels = _pixels(order, octets)
    masked = _masked(order, pixels.original)
    picture = paper.stamped(pixels, text, grey=order.grey)
    if out.suffix.lower() == ".png":
        data = paper.to_png(picture)
    else:
        data = paper.to_pdf(picture, dpi=order.dpi, on=on, zone=desk.zone)
    with desk.vault.change(now=desk.now) as change:
        kept = _kept(desk, change, order.image, person, octets) if person else None
        told = {"text": text, "sha256": sha256(data).hexdigest(), "handler": order.handler}
        change.note("id-copy.made", "", told)  # no subject: it goes into no bundle
        write_whole(out, data)
    return Made(
        path=out,
        text=text,
        on=on,
        masked=masked,
        original=pixels.original,
        width=pixels.width,
        height=pixels.height,
        kept=kept,
        notices=() if masked else (message("Nothing on the copy is masked."),),
    )


def _out(order: Order) -> Path:
    """Name the file to write: never the original, and by default never one that exists."""
    if order.out is None:
        names = [f"{_DEFAULT_NAME}.pdf", *(f"{_DEFAULT_NAME}-{at}.pdf" for at in range(2, 1000))]
        return next((Path(name) for name in names if not Path(name).exists()), Path(names[0]))
    if order.out.suffix.lower() not in _ENDINGS:
        raise BadInput(
            message("{file} ends neither in .pdf nor in .png.", file=order.out),
            hint=message("Name a PDF or a PNG file, with --out."),
        )
    try:
        same = order.out.samefile(order.image)
    except (OSError, ValueError):
        same = False
    if same:
        raise BadInput(
            message("{file} is the original, which is never replaced.", file=order.out),
            hint=message("Name a new file, with --out."),
        )
    return order.out


def _octets(path: Path) -> bytes:
    """Read the original, up to one octet more than is taken."""
    from pirights.render.raster import DEFAULT_LIMITS

    try:
        if not path.exists():
            raise BadInput(
                message("There is no file {name}.", name=str(path)),
                hint=message("Check the name and the folder."),
            )
        if not path.is_file():  # to open a pipe would be to wait for its writer
            raise BadInput(
                message("{file} is not a file.", file=path),
                hint=message("Name the file as it was saved."),
            )
        with path.open("rb") as file:
            return file.read(DEFAULT_LIMITS.input_bytes + 1)
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise BadInput(
            message("{file} cannot be read: {problem}.", file=path, problem=why),
            hint=message("Check that you may read it."),
        ) from wrong


def _pixels(order: Order, octets: bytes) -> "Pixels":
    """Open the original in the locked room and have it masked there.

    Raises:
        BadInput: It cannot be opened, or has not the shape of what it is said to be.
    """
    from pirights.render.raster import Kind, pictures_of

    if len(order.masks) > MOST_REGIONS:
        raise BadInput(message("There are more than {limit} regions.", limit=MOST_REGIONS))
    done = pictures_of([octets], kind=Kind.BARE, orders=_orders(order))
    if done.pixels is None:
        raise _refused(order.image, done.refused or Refusal.CRASHED)
    width, height = done.pixels.original
    if order.card is not None and not id_copy.has_card_shape(width, height):
        raise BadInput(
            message(
                "{file} has {width} by {height} pixels, which is not the shape of a card.",
                file=order.image,
                width=width,
                height=height,
            ),
            hint=message(
                "Cut it to the card's edges and turn it upright, or name the regions with --mask."
            ),
        )
    shorter, longer = sorted((width, height))
    if shorter < _LEAST_SIDE or longer > _LONGEST_SHAPE * shorter:
        raise BadInput(
            message(
                "{file} has {width} by {height} pixels: too small or too thin for a document.",
                file=order.image,
                width=width,
                height=height,
            ),
            hint=message("Take a picture of the whole document."),
        )
    return done.pixels


def _orders(order: Order) -> dict[str, Any]:
    """Say what to mask, and how large the result is: a card as large as a card, never larger."""
    dots = order.dpi / _MM
    zones = ZONES[order.card] if order.card is not None else ()
    width, height = _ROOM_MM
    return {
        "masks": [(one.left, one.top, one.width, one.height) for one in order.masks],
        "zones": [(one.left, one.top, one.right, one.bottom) for one in zones],
        "room": (width * dots, height * dots)
        if order.card is None
        else (id_copy.CARD_MM[0] * dots, height * dots),
        "enlarge": order.dpi / _POINTS if order.card is None else float(order.dpi),
    }


def _masked(order: Order, size: tuple[int, int]) -> tuple[tuple[Part, Region], ...]:
    """List what was masked.

    Raises:
        BadInput: A region lies outside the picture, so that it masked nothing.
    """
    for one in order.masks:
        if one.left >= size[0] or one.top >= size[1]:
            raise BadInput(
                message(
                    "The region {region} lies outside the picture of {width} by {height} pixels.",
                    region=f"{one.left},{one.top},{one.width},{one.height}",
                    width=size[0],
                    height=size[1],
                ),
                hint=message(
                    "Pixels are counted from the upper left corner of the upright picture."
                ),
            )
    zones = ZONES[order.card] if order.card is not None else ()
    return (
        *((zone.part, zone.on(*size)) for zone in zones),
        *((Part.REGION, one) for one in order.masks),
    )


def _kept(desk: Desk, change: Change, path: Path, person: Person, octets: bytes) -> Attachment:
    """Keep the original with its person, once."""
    digest = sha256(octets).hexdigest()
    for file in desk.vault.attachments(person.label):
        if file.sha256 == digest:
            return file
    taken = change.attach(path, owner=person.label, purpose=Purpose.IDENTITY)
    if taken.sha256 != digest:
        raise BadInput(
            message("{file} was changed while it was read.", file=path),
            hint=message("Run the command again."),
        )
    return taken


def _refused(path: Path, why: Refusal) -> BadInput:
    """Say why a picture could not be opened."""
    match why:
        case Refusal.DAMAGED | Refusal.EMPTY:
            return BadInput(
                message("{file} is no picture, or not a whole one.", file=path),
                hint=message("Take a JPEG, PNG, HEIC, WebP, GIF or BMP that opens elsewhere."),
            )
        case Refusal.MOVING:
            return BadInput(
                message("{file} holds several pictures in a row.", file=path),
                hint=message("Save the one that you mean as a picture of its own."),
            )
        case Refusal.TOO_MANY_PIXELS:
            said = message("{file} has too many pixels.", file=path)
        case Refusal.TOO_LARGE:
            said = message("{file} is too large a file.", file=path)
        case Refusal.TOO_MUCH_MEMORY:
            said = message("{file} takes too much memory.", file=path)
        case Refusal.TOO_SLOW:
            said = message("{file} takes too long to open.", file=path)
        case _:
            said = message("The program that opens pictures broke down on {file}.", file=path)
    return BadInput(said, hint=message("Save it as a JPEG of at most 4000 pixels a side."))
