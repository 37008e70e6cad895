"""The text files of a bag, read as RFC 8493 and its older drafts say."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from pirights.errors import Message, message
from pirights.evidence import paths, sums
from pirights.evidence.readers import MOST_FILES

LARGEST: Final = 32 * 1024 * 1024
"""Octets of a tag file that is still read: some 300,000 lines of a manifest."""

LARGEST_INFO: Final = 1024 * 1024
"""Octets of `bag-info.txt`; real ones have a few hundred."""

_MOST_LINES: Final = 2 * MOST_FILES
"""Lines of a tag file that is still read."""

_MOST_PROBLEMS: Final = 2000
"""Problems of one tag file that are kept; nobody reads more."""

VERSIONS: Final = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0))

_ENCODING: Final = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|ascii|iso8859-\d+|cp\d+|gbk|gb2312|gb18030|hz|big5(hkscs)?|"
    r"shift_jis\w*|euc_\w+|iso2022_\w+|johab|koi8-[rtu]|mac-\w+|kz1048|ptcp154",
)
"""Codecs that turn bytes into text; Python also has some that unpack or execute."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MANIFEST_LINE: Final = re.compile(r"(?P<sum>[0-9A-Fa-f]+)(?P<gap>[ \t]+)(?P<name>\S.*)", re.DOTALL)
_FETCH_LINE: Final = re.compile(
    r"(?P<url>[A-Za-z][A-Za-z0-9+.-]*:\S+)[ \t]+(?:\d+|-)[ \t]+(?P<name>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or odd in a tag file.

    Attributes:
        meaning: What.
        force: `fault` in every bag, `doubt` in our own only, `warning` never.
    """

    meaning: Message
    force: str = "fault"


class _Problems(list[Problem]):
    """The problems of one file, so many that all can be kept."""

    def append(self, problem: Problem, /) -> None:
        """Keep a problem unless there are too many already."""
        if len(self) < _MOST_PROBLEMS:
            super().append(problem)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What `bagit.txt` says."""

    version: tuple[int, int] = (1, 0)
    encoding: str = "utf-8"


def declaration(data: bytes) -> tuple[Declaration, list[Problem]]:
    """Read `bagit.txt`: two lines, UTF-8, no byte-order mark (RFC 8493 section 2.1.1)."""
    problems: list[Problem] = []
    if data.startswith(codecs.BOM_UTF8):
        problems.append(Problem(message("It begins with a byte-order mark, which is not allowed.")))
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        lines = _LINE_END.split(data.decode())
    except UnicodeDecodeError:
        return Declaration(), [Problem(message("It is not UTF-8 text."))]
    if lines[-1] == "":
        lines.pop()
    said = re.fullmatch(
        r"BagIt-Version:[ \t]*(\d+)\.(\d+)[ \t]*", lines[0] if lines else "", re.IGNORECASE
    )
    version = (int(said[1][:6]), int(said[2][:6])) if said else (1, 0)
    if said is None:
        problems.append(Problem(message("Its first line does not tell the BagIt version.")))
    elif version not in VERSIONS:
        problems.append(
            Problem(
                message(
                    "BagIt version {version} is not known here.",
                    version=f"{version[0]}.{version[1]}",
                )
            )
        )
    named = re.fullmatch(
        r"Tag-File-Character-Encoding:[ \t]*(\S+)[ \t]*",
        lines[1] if len(lines) > 1 else "",
        re.IGNORECASE,
    )
    encoding = _codec(named[1]) if named else None
    if encoding is None:
        problems.append(
            Problem(message("Its second line does not tell a character encoding known here."))
        )
    exact = (
        said is not None
        and named is not None
        and lines[0] == f"{lines[0][:14]} {said[1]}.{said[2]}"
        and lines[1] == f"{lines[1][:28]} {named[1]}"
        and len(lines) == 2  # noqa: PLR2004
    )
    if version == (1, 0) and not problems and not exact:
        problems.append(Problem(message("It must be two lines with one space after each colon.")))
    return Declaration(version, encoding or "utf-8"), problems


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name[:40]).name
    except (LookupError, ValueError):
        return None
    return found if _ENCODING.fullmatch(found) else None


def lines(data: bytes, said: Declaration) -> tuple[list[str], list[Problem]]:
    """Split a tag file into lines: LF, CR or CRLF, in the declared encoding (section 2.3)."""
    problems: list[Problem] = []
    try:
        text = data.decode(said.encoding)
    except (UnicodeError, ValueError):
        return [], [Problem(message("It is not text in the encoding that bagit.txt declares."))]
    if text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        allowed = said.version < (1, 0) or said.encoding != "utf-8"
        problems.append(
            Problem(
                message("It begins with a byte-order mark, which is not allowed."),
                "doubt" if allowed else "fault",
            )
        )
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        return [], [Problem(message("It is too large to be read."))]
    if "\r" in text:
        problems.append(
            Problem(
                message(
                    "Its lines do not end as Linux and macOS expect; sha256sum cannot read it."
                ),
                "warning",
            )
        )
    split = _LINE_END.split(text)
    if split[-1] == "":
        split.pop()
    elif text:
        problems.append(Problem(message("Its last line is not ended."), "doubt"))
    return split, problems


def manifest(
    split: list[str], algorithm: str, said: Declaration
) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Read the lines of a manifest: a sum, white space, a name (section 2.1.3)."""
    entries: list[tuple[str, str]] = []
    problems = _Problems()
    width = sums.digits(algorithm)
    for number, line in enumerate(split, start=1):
        if not line.strip() and said.version < (1, 0):
            problems.append(Problem(message("Line {number} is empty.", number=number), "doubt"))
            continue
        found = _MANIFEST_LINE.fullmatch(line)
        if found is None or len(found["sum"]) != width:
            problems.append(
                Problem(message("Line {number} is not a sum and a name.", number=number))
            )
            continue
        name = found["name"]
        if len(name) > paths.LONGEST:
            problems.append(_too_long(number))
            continue
        if name.startswith("*"):
            name = name[1:]
            problems.append(
                Problem(
                    message("Names are marked with * as md5sum does, which is not BagIt."), "doubt"
                )
            )
        entries.append((found["sum"].lower(), decoded(name, said)))
    return entries, problems


def _too_long(number: int) -> Problem:
    return Problem(
        message(
            "Line {number} has a name of more than {most} characters.",
            number=number,
            most=paths.LONGEST,
        )
    )


def decoded(name: str, said: Declaration) -> str:
    """Undo the percent-encoding of line ends, and from 1.0 of % itself, and of nothing else."""
    marks = {"%0a": "\n", "%0d": "\r"} | ({"%25": "%"} if said.version >= (1, 0) else {})
    return re.sub(r"%(?:0[aAdD]|25)", lambda mark: marks.get(mark[0].lower(), mark[0]), name)


def fetch(split: list[str], said: Declaration) -> tuple[list[str], list[Problem]]:
    """Read the names in `fetch.txt`: an address, a length, a name (section 2.2.3)."""
    names: list[str] = []
    problems = _Problems()
    for number, line in enumerate(split, start=1):
        found = _FETCH_LINE.fullmatch(line)
        if found and len(found["name"]) > paths.LONGEST:
            problems.append(_too_long(number))
        elif found:
            names.append(decoded(found["name"].rstrip(), said))
        else:
            problems.append(
                Problem(
                    message("Line {number} is not an address, a length and a name.", number=number)
                )
            )
    return names, problems


def labels(split: list[str], said: Declaration) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Read the labels and values of `bag-info.txt`, folded lines joined (section 2.2.2)."""
    pairs: list[tuple[str, list[str]]] = []
    problems = _Problems()
    for number, line in enumerate(split, start=1):
        if line[:1] in {" ", "\t"} and line.strip() and pairs:
            pairs[-1][1].append(line.strip())
            continue
        label, colon, value = line.partition(":")
        if not line.strip():
            problems.append(Problem(message("Line {number} is empty.", number=number), "doubt"))
        elif not colon or not label.strip():
            problems.append(
                Problem(message("Line {number} is not a label and a value.", number=number))
            )
        else:
            if said.version >= (1, 0) and (
                label != label.strip() or value[:1] not in {"", " ", "\t"}
            ):
                problems.append(
                    Problem(
                        message(
                            "Line {number}: white space stands in the wrong place.", number=number
                        )
                    )
                )
            pairs.append((label.strip(), [value.strip()]))
    return [(label, " ".join(values)) for label, values in pairs], problems
