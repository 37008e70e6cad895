"""Makes `templates/colour/srgb-v2.icc`: `python -m tests.render.srgb_profile > FILE`.

An ICC profile of version 2.1 (ICC.1:1998-09) for sRGB, from the numbers that IEC 61966-2-1
publishes: the chromaticities of the primaries and of the white, and the transfer curve. Profiles
refer colours to a white of D50; the Bradford matrix carries them there.
"""

import struct
import sys

PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
"""Chromaticities x, y of red, green and blue (IEC 61966-2-1; ITU-R BT.709)."""

D65 = (0.3127, 0.3290)
D50 = (0.9642, 1.0, 0.8249)
"""The white of the profile connection space, X, Y, Z (ICC.1:1998-09, 6.3.4.3)."""

BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
CURVE = 256
"""Points of the transfer curve: between them a straight line errs by less than 1 in 65,535."""

MADE = (2026, 1, 1, 0, 0, 0)
NAME = b"sRGB IEC61966-2.1"
RIGHTS = b"No copyright is claimed."

Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]


def profile() -> bytes:
    """Write the profile: a header, a table of tags, and what they point to."""
    red, green, blue = colourants()
    curve = b"curv" + bytes(4) + struct.pack(f">I{CURVE}H", CURVE, *transfer())
    tags = {
        b"desc": description(),
        b"cprt": b"text" + bytes(4) + RIGHTS + b"\0",
        b"wtpt": xyz(D50),
        b"rXYZ": xyz(red),
        b"gXYZ": xyz(green),
        b"bXYZ": xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    places: dict[bytes, int] = {}
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        struct.pack(">4sII", tag, places[content], len(content)) for tag, content in tags.items()
    )
    return header(start + len(body)) + table + body


def header(size: int) -> bytes:
    """Write the 128 bytes that begin a profile (ICC.1:1998-09, 6.1); what is left open is zero."""
    made = struct.pack(">6H", *MADE)
    begin = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    return (begin + made + b"acsp" + bytes(28) + xyz(D50)[8:]).ljust(128, b"\0")


def description() -> bytes:
    """Name the profile, in ASCII only (ICC.1:1998-09, 6.5.16)."""
    name = NAME + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(8 + 3 + 67)


def colourants() -> Matrix:
    """Find what red, green and blue are in the connection space: a column of X, Y, Z each."""
    columns = tuple((x / y, 1.0, (1 - x - y) / y) for x, y in PRIMARIES)
    white = (D65[0] / D65[1], 1.0, (1 - D65[0] - D65[1]) / D65[1])
    primaries = transposed((columns[0], columns[1], columns[2]))
    share = times(inverse(primaries), white)
    seen_from, seen_to = times(BRADFORD, white), times(BRADFORD, D50)
    gains = (seen_to[0] / seen_from[0], seen_to[1] / seen_from[1], seen_to[2] / seen_from[2])
    adapted = []
    for column, weight in zip(columns, share, strict=True):
        cone = times(BRADFORD, (column[0] * weight, column[1] * weight, column[2] * weight))
        moved = (cone[0] * gains[0], cone[1] * gains[1], cone[2] * gains[2])
        adapted.append(times(inverse(BRADFORD), moved))
    return adapted[0], adapted[1], adapted[2]


def transfer() -> list[int]:
    """Give the light for each step of the signal, of 65,535 (IEC 61966-2-1, 5.2)."""
    steps = [at / (CURVE - 1) for at in range(CURVE)]
    light = [step / 12.92 if step <= 0.04045 else ((step + 0.055) / 1.055) ** 2.4 for step in steps]
    return [round(65535 * value) for value in light]


def xyz(value: Row) -> bytes:
    """Write a colour in numbers of sixteen bits before the point and sixteen behind it."""
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(65536 * part) for part in value))


def times(matrix: Matrix, column: Row) -> Row:
    """Multiply a matrix and a column."""
    first, second, third = (sum(a * b for a, b in zip(row, column, strict=True)) for row in matrix)
    return first, second, third


def transposed(matrix: Matrix) -> Matrix:
    """Make rows of columns."""
    first, second, third = zip(*matrix, strict=True)
    return first, second, third


def inverse(matrix: Matrix) -> Matrix:
    """Invert a matrix by its cofactors."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    first, second, third = ((x / determinant, y / determinant, z / determinant) for x, y, z in rows)
    return first, second, third


if __name__ == "__main__":
    sys.stdout.buffer.write(profile())
