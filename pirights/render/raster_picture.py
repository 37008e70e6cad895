"""Inside the locked room: a stranger's picture made upright, small, and bare of metadata.

Where parts of it are to be hidden, they are painted over before anything else is made of it.
"""

import io
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 82
"""JPEG quality of a page: text stays sharp, a page stays under half a megabyte."""

PICTURES: Final = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")
"""The only kinds of picture whose decoders are let near a stranger's bytes."""

Frame = tuple[bytes, bytes]
"""A letter and a body (`raster_child`)."""


def open_kit(_: Mapping[str, Any]) -> object:
    """Load every decoder now: after the lock no file can be opened."""
    import pillow_heif
    from PIL import (
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageCms,
        ImageOps,
        JpegImagePlugin,
        MpoImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )

    Image.preinit()
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted below, for every format alike
    sample = Image.new("RGB", (8, 8))
    for name in ("JPEG", "PNG", "WEBP", "HEIF"):
        buffer = io.BytesIO()
        sample.save(buffer, name)
        buffer.seek(0)
        Image.open(buffer).load()
    return (
        BmpImagePlugin,
        GifImagePlugin,
        ImageCms.createProfile("sRGB"),
        ImageOps,
        JpegImagePlugin,
        MpoImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )


def frames(data: bytes, arguments: Mapping[str, Any]) -> Iterator[Frame]:
    """Open the picture and give it as one page, or the reason why not."""
    from PIL import Image

    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=PICTURES)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a decoder fed by a stranger may raise anything
        yield b"R", b"damaged"
        return
    if picture.width * picture.height > int(arguments["pixels"]):
        yield b"R", b"too-many-pixels"
        return
    try:
        longest, masks = int(arguments["longest_side"]), arguments.get("masks", ())
        yield b"P", _for_print(picture, longest, masks)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above
        yield b"R", b"damaged"
        return
    yield b"E", struct.pack(">I", 1)


def _for_print(picture: "Image", longest: int, masks: Sequence[Sequence[float]]) -> bytes:
    """Make the rendition: upright, at print size, sRGB on white, without any metadata.

    Masks are left, top, width and height in percent of the upright picture; they are painted at
    its full size, so that no pixel beside them is mixed with what lies under them.
    """
    from PIL import Image

    photo = picture.format in {"JPEG", "MPO"}
    scale = longest / max(picture.size)
    if scale < 1 and not masks:  # a JPEG is decoded at a fraction of its size
        picture.draft("RGB", (math.ceil(picture.width * scale), math.ceil(picture.height * scale)))
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), orientation_of(picture)
    picture = on_white(picture)
    if masks:
        picture, orientation = masked(upright(picture, orientation), masks), 1
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    picture = upright(in_srgb(picture, profile), orientation)
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    return page(bare, sharp=not photo)


def masked(picture: "Image", masks: Sequence[Sequence[float]]) -> "Image":
    """Paint rectangles black, in the picture itself; a pixel that is touched at all is painted."""
    black = (0, 0, 0, 255) if picture.mode == "CMYK" else (0,) * len(picture.getbands())
    for left, top, width, height in masks:
        picture.paste(
            black,
            (
                math.floor(left * picture.width / 100),
                math.floor(top * picture.height / 100),
                min(picture.width, math.ceil((left + width) * picture.width / 100)),
                min(picture.height, math.ceil((top + height) * picture.height / 100)),
            ),
        )
    return picture


def on_white(picture: "Image") -> "Image":
    """Lay what is transparent on white, in eight bits a channel: RGB, L or CMYK."""
    from PIL import Image

    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    if picture.mode == "1":
        return picture.convert("L")  # RGB would take four octets a pixel
    return picture if picture.mode in {"RGB", "L", "CMYK"} else picture.convert("RGB")


def upright(picture: "Image", orientation: int) -> "Image":
    """Turn a picture as the camera was held."""
    from PIL import Image

    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return picture if turned is None else picture.transpose(turned)


def orientation_of(picture: "Image") -> int:
    """Read how the camera was held (EXIF tag 0x0112); a broken EXIF block says nothing."""
    try:
        value = picture.getexif().get(0x0112, 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a stranger's EXIF
        return 1
    return value if isinstance(value, int) else 1


def in_srgb(picture: "Image", profile: object) -> "Image":
    """Bring colours into sRGB by the picture's own profile, if it has a sound one."""
    from PIL import ImageCms

    if isinstance(profile, bytes) and profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  a stranger's profile
            return picture.convert("RGB")
        if done is not None:
            return done
    return picture if picture.mode == "L" else picture.convert("RGB")


def page(picture: "Image", *, sharp: bool) -> bytes:
    """Write a page as JPEG, grey where it has no colour; `sharp` keeps coloured edges.

    The picture brings nothing but its pixels: no metadata.
    """
    if picture.mode == "RGB" and _is_grey(picture):
        picture = picture.getchannel("G")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0 if sharp else 2, optimize=True)
    return struct.pack(">II", *picture.size) + buffer.getvalue()


def _is_grey(picture: "Image") -> bool:
    from PIL import ImageChops

    red, green, blue = picture.split()
    return not (
        ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    )
