"""The styles of a letter in a word processor: the sizes and distances of the PDF, as XML of OOXML.

Each language of a letter has its set of paragraph styles. The binding language has Word's own
ones, so that the outline, the list of styles and a user's habits work; the other language has
styles that are based on these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from pirights.domain.document import Language

WORDML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDTH: Final = 8800
"""Width of the text, in twentieths of a point, as are all measures here."""

HANG: Final = 440
"""Column of an item's number."""

SIZES: Final = {Language.ZH: 11.0, Language.EN: 10.0}
"""Of the running text, in points."""

CELL_SIZES: Final = {Language.ZH: 10.0, Language.EN: 9.0}
CELL_MARGIN: Final = 80
TABLE: Final = "TableGrid"

_SMALL: Final = {Language.ZH: 9.0, Language.EN: 8.5}
_TITLE: Final = {Language.ZH: 18.0, Language.EN: 13.0}
_HEADINGS: Final = {Language.ZH: (12.5, 11.5, 11.0), Language.EN: (11.0, 10.5, 10.0)}
_LEADING: Final = {Language.ZH: 1.6, Language.EN: 1.5}
"""Distance of lines, in em."""

_SERIF: Final = ("Times New Roman", "宋体")
_SANS: Final = ("Arial", "黑体")
_FOREIGN_SUFFIX: Final = "English"
_OWN: Final = frozenset({"Small Print", "Table Label", "Table Text", "Receipt"})
"""Styles that Word does not know by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    name: str
    size: float
    face: tuple[str, str] = _SERIF
    bold: bool = False
    leading: float = 0.0
    before: int = 0
    after: int = 0
    align: str = ""
    indent: str = ""
    keep: str = ""
    outline: int | None = None
    list_number: int | None = None


def style_id(kind: str, language: Language, languages: Sequence[Language]) -> str:
    """Name the style of a kind of paragraph: `Normal`, or `NormalEnglish` where both are."""
    return f"{kind}{_FOREIGN_SUFFIX}" if language in languages[1:] else kind


def styles(languages: Sequence[Language]) -> str:
    """Write the style sheet."""
    found = [_defaults(languages[0])]
    for language in languages:
        for kind, look in _looks(language, languages).items():
            found.append(_style(kind, look, language, languages))
    found.append(_table_style())
    return f'<w:styles xmlns:w="{WORDML}">{"".join(found)}</w:styles>'


def numbering(languages: Sequence[Language], starts: Sequence[tuple[Language, int]]) -> str:
    """Write the lists: one for each language, and one for each place where it starts anew.

    Args:
        languages: Of the letter.
        starts: For each list beyond the first ones, its language and its first number.
    """
    lists = [
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style_id("ListNumber", language, languages)}"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{HANG}" w:hanging="{HANG}"/></w:pPr></w:lvl></w:abstractNum>'
        for at, language in enumerate(languages)
    ]
    uses = [
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(len(languages))
    ]
    uses += [
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{languages.index(language)}"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (language, start) in zip(count(len(languages) + 1), starts, strict=False)
    ]
    return f'<w:numbering xmlns:w="{WORDML}">{"".join(lists + uses)}</w:numbering>'


SETTINGS: Final = (
    f'<w:settings xmlns:w="{WORDML}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="440"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _looks(language: Language, languages: Sequence[Language]) -> Mapping[str, _Look]:
    chinese = language is Language.ZH
    size, cell = SIZES[language], CELL_SIZES[language]
    leading = _LEADING[language]
    paired = len(languages) > 1
    apart = 40 if language is not languages[0] else 120 if paired else 60
    both = "both" if chinese else ""
    first = '<w:ind w:firstLineChars="200" w:firstLine="440"/>' if chinese else ""
    hang = f'<w:ind w:left="{HANG}"/>'
    headings = {
        f"Heading{level}": _Look(
            name=f"heading {level}",
            size=_HEADINGS[language][level - 1],
            face=_SANS,
            bold=not chinese,
            leading=1.5,
            before=(200 if level == 1 else 140) if language is languages[0] else 0,
            keep="<w:keepNext/><w:keepLines/>",
            outline=level - 1,
        )
        for level in (1, 2, 3)
    }
    return {
        "Normal": _Look(
            name="Normal", size=size, leading=leading, before=apart, align=both, indent=first
        ),
        "BodyText": _Look(name="Body Text", size=size, leading=leading, before=apart, align=both),
        "Title": _Look(
            name="Title",
            size=_TITLE[language],
            face=_SANS,
            bold=not chinese,
            leading=1.35,
            before=80,
            align="center",
            keep="<w:keepNext/><w:keepLines/>",
        ),
        **headings,
        "ListNumber": _Look(
            name="List Number",
            size=size,
            leading=leading,
            before=apart,
            align=both,
            indent=f'<w:ind w:left="{HANG}" w:hanging="{HANG}"/>',
            list_number=languages.index(language) + 1,
        ),
        "ListContinue": _Look(name="List Continue", size=size - 1.5, leading=1.45, indent=hang),
        "SmallPrint": _Look(
            name="Small Print", size=_SMALL[language], leading=leading, before=80, align=both
        ),
        "TableLabel": _Look(name="Table Label", size=cell - 0.5, face=_SANS, leading=1.4),
        "TableText": _Look(name="Table Text", size=cell, leading=1.4),
        "Signature": _Look(name="Signature", size=size, leading=1.9, keep="<w:keepLines/>"),
        "Receipt": _Look(name="Receipt", size=cell, leading=2.4),
        "Footer": _Look(name="footer", size=8.5, leading=1.2),
    }


def _defaults(language: Language) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_face(_SERIF)}{_size(SIZES[language])}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _style(kind: str, look: _Look, language: Language, languages: Sequence[Language]) -> str:
    foreign = language is not languages[0]
    name = f"{look.name} ({_FOREIGN_SUFFIX})" if foreign else look.name
    default = ' w:default="1"' if name == "Normal" else ""
    custom = ' w:customStyle="1"' if foreign or look.name in _OWN else ""
    based = f'<w:basedOn w:val="{kind}"/>' if foreign else ""
    bold = "<w:b/>" if look.bold else '<w:b w:val="0"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(kind, language, languages)}"'
        f'{default}{custom}><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{''.join(_paragraph(look))}</w:pPr>"
        f"<w:rPr>{_face(look.face)}{bold}{_size(look.size)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _paragraph(look: _Look) -> Iterator[str]:
    """Write the properties of paragraphs, in the order that the schema wants."""
    yield look.keep
    if look.list_number is not None:
        yield f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.list_number}"/></w:numPr>'
    if look.name == "footer":
        yield f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
    leading = round(look.size * look.leading * 20)
    yield (
        f'<w:spacing w:before="{look.before}" w:after="{look.after}" '
        f'w:line="{leading}" w:lineRule="atLeast"/>'
    )
    yield look.indent or '<w:ind w:left="0" w:firstLine="0"/>'
    yield f'<w:jc w:val="{look.align or "left"}"/>'
    if look.outline is not None:
        yield f'<w:outlineLvl w:val="{look.outline}"/>'


def _face(face: tuple[str, str]) -> str:
    latin, eastern = face
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{eastern}" w:cs="{latin}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _table_style() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="Table Grid"/><w:tblPr>'
        f"<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
        f'<w:top w:w="50" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
        f'<w:bottom w:w="50" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
