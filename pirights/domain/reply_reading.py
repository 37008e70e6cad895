"""What a reply seems to say, read offline from its words. A suggestion; a human decides.

The phrases are data (`templates/replies/`). Each stands in one sentence; the strongest kind
wins, and what was done in one sentence and refused in another makes a partial answer. A mail
that a machine sent counts as such unless its words answer the request.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pirights.domain.quoting import own_words, sentences
from pirights.domain.reply import ReplyKind
from pirights.domain.text import visible

TEXT_LIMIT: Final = 20_000
"""Characters of a reply that are read."""

_SENTENCE_LIMIT: Final = 1_000
_REASONS: Final = 6
_REASON_LENGTH: Final = 80

_STUMP: Final = 3
"""Characters of a line up to which it is no sentence."""

_CHINESE_BLANK: Final = re.compile(
    r"(?<=[\u3400-\u9fff\uff00-\uffef])[ \t]+(?=[\u3400-\u9fff\uff00-\uffef])"
)
"""A blank between two Chinese characters parts them no more than the end of a line does."""

_DANGLING: Final = re.compile(
    r"(?:没有|没|未|不|不予|无|无法|不能|并非|难以|尚未|拒绝|已|将|请|需|须|的|和|及|与|对|向|把|为|由|"
    r"\b(?:not|no|never|cannot|can't|n't|be|been|to|the|a|your|our|and|or|of|have|has|are|is))$",
    re.IGNORECASE,
)
"""Ends of a line that goes on in the next one."""

_STRONG: Final = 4
"""The weight from which words outdo the signs of an automatic mail."""

_FIRM: Final = 3
"""The weight from which a refusal beside a deed makes the answer partial."""

_CHINESE_GAP: Final = 14
_LATIN_GAP: Final = 40
"""Characters that `…` may stand for."""

_ORDER: Final = (
    *(ReplyKind.PARTIAL, ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED),
    *(ReplyKind.EXTENDED, ReplyKind.TRANSFERRED, ReplyKind.EXEMPT, ReplyKind.MORE_INFORMATION),
    *(ReplyKind.GIVEN, ReplyKind.NO_DATA, ReplyKind.REFUSED, ReplyKind.ACKNOWLEDGEMENT),
)
"""Which of two equally strong kinds is named."""

_SUBSTANCE: Final = frozenset(
    {ReplyKind.GIVEN, ReplyKind.NO_DATA, ReplyKind.REFUSED, ReplyKind.EXEMPT}
)
"""Kinds that end a matter: two lines that each say one are two sentences."""

_CITING: Final = frozenset({ReplyKind.REFUSED, ReplyKind.EXEMPT, ReplyKind.PARTIAL})
_NUMERAL: Final = r"[一二三四五六七八九十百千零〇\d]{1,8}"
_ARTICLE: Final = re.compile(
    rf"(?:《[^《》\n]{{2,40}}》)?(?:[(（][^()（）\n]{{1,20}}[)）])?"
    rf"第{_NUMERAL}条(?:第{_NUMERAL}款)?(?:第?[(（]?{_NUMERAL}[)）]?项)?"
    r"|\bArt(?:icle|\.)\s?\d{1,3}(?:\s?\(\d{1,2}\)){0,2}",
)
_PLAINLY: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)},
    ord("’"): "'",
    ord("\u3000"): " ",
}
_NOT: Final = "n't"
"""The one word that is the end of another: didn't."""

_COMMA: Final = re.compile(r"[，,：:]")
_PHRASE: Final = re.compile(r"(?:[^{}]|\{[^{}]+\})+")
_PIECES: Final = re.compile(r"\{([^{}]+)\}|(…)|([^{}…]+)")
_BOUNCE_SUBJECT: Final = re.compile(
    r"undeliver|delivery status|delivery (?:has )?failed|failure notice|returned mail|"
    r"mail delivery|退信|无法送达|投递失败|发送失败",
    re.IGNORECASE,
)
_AUTO_SUBJECT: Final = re.compile(
    r"自动回复|自动答复|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office",
    re.IGNORECASE,
)
FAILED: Final = "failed"
"""What a mail system reports of a mail that came back (RFC 3464, 2.3.3)."""

_POSTMASTERS: Final = ("mailer-daemon@", "postmaster@", "mail-daemon@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that tell a kind.

    Attributes:
        says: `…` stands for a few characters of the same sentence, `{a|b}` for either; all else
            is meant literally.
        unless: The phrase does not count in a sentence that also has one of these.
        unless_near: The same, between two commas.
        weight: 1 (a hint) to 6 (plain words).
    """

    kind: ReplyKind
    says: str
    weight: int
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reply seems to be, and the words (or headers) that say so."""

    kind: ReplyKind
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: ReplyKind
    weight: int
    words: str


def read(
    subject: str,
    text: str,
    headers: Mapping[str, str],
    phrases: Sequence[Phrase],
) -> Reading:
    """Read a reply.

    Args:
        subject: Its subject, decoded.
        text: Its words, quotes and all.
        headers: The signs of an automatic mail, by lower-case name (`mail.parse`).
        phrases: As `reply_phrases` reads them.
    """
    reported = headers.get("delivery-action", "")
    if reported and reported != FAILED:
        return Reading(kind=ReplyKind.AUTO_REPLY, reasons=_shown([f"action: {reported}"]))
    bounced = _bounce(subject, headers)
    if bounced:
        return Reading(kind=ReplyKind.BOUNCED, reasons=_shown(bounced))
    words = own_words(text[:TEXT_LIMIT].translate(_PLAINLY))
    reading = _from_words(words, phrases)
    automatic = _automatic(subject, headers)
    if automatic and reading[1] < _STRONG:
        return Reading(kind=ReplyKind.AUTO_REPLY, reasons=_shown(automatic))
    return Reading(
        kind=reading[0].kind,
        reasons=_shown([*reading[0].reasons, *automatic]),
    )


def cited_articles(text: str) -> list[str]:
    """Find the articles that a text cites, each once, in order."""
    return list(dict.fromkeys(found[0] for found in _ARTICLE.finditer(text)))


def pattern_of(says: str) -> re.Pattern[str]:
    """Turn the words of a phrase into an expression; nothing in them but `…` and `{a|b}` acts.

    Raises:
        ValueError: Nothing is said, or the braces are not in order.
    """
    if not _PHRASE.fullmatch(says) or not says.strip():
        raise ValueError(says)
    span = _LATIN_GAP if says.replace("…", "").isascii() else _CHINESE_GAP
    gap = rf"[^。！？；!?;]{{0,{span}}}?"
    parts = []
    for choice, dots, literal in _PIECES.findall(says):
        if dots:
            parts.append(gap)
        elif literal:
            parts.append(_literal(literal))
        else:
            parts.append(f"(?:{'|'.join(map(_literal, choice.split('|')))})")
    return re.compile("".join(parts), re.IGNORECASE)


_compiled = lru_cache(maxsize=4096)(pattern_of)


def _literal(words: str) -> str:
    """Escape words; those in Latin letters are whole words, and 请 is not that of 申请, 请求."""
    if words == "请":
        return "(?<!申)请(?!求)"
    escaped = r"\s+".join(map(re.escape, words.split(" ")))
    before, after = (
        r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (words[:1], words[-1:])
    )
    return f"{'' if words.startswith(_NOT) else before}{escaped}{after}"


def _from_words(words: str, phrases: Sequence[Phrase]) -> tuple[Reading, int]:
    hits = list(_hits(words, phrases))
    if not hits:
        return Reading(kind=ReplyKind.UNKNOWN), 0
    best: dict[ReplyKind, int] = {}
    for hit in hits:
        best[hit.kind] = max(best.get(hit.kind, 0), hit.weight)
    kind = max(_ORDER, key=lambda one: (best.get(one, 0), -_ORDER.index(one)))
    telling = {kind}
    if kind in {ReplyKind.GIVEN, ReplyKind.REFUSED, ReplyKind.EXEMPT}:
        refused = max(best.get(ReplyKind.REFUSED, 0), best.get(ReplyKind.EXEMPT, 0))
        if refused >= _FIRM and best.get(ReplyKind.GIVEN, 0) >= _STRONG:
            telling = {ReplyKind.GIVEN, ReplyKind.REFUSED, ReplyKind.EXEMPT}
            kind = ReplyKind.PARTIAL
    told = sorted((hit for hit in hits if hit.kind in telling), key=lambda hit: -hit.weight)
    reasons = [hit.words for hit in told]
    if kind in _CITING:
        reasons = [*reasons[: _REASONS // 2], *cited_articles(words)]
    return Reading(kind=kind, reasons=tuple(reasons)), max(best.values())


def _hits(words: str, phrases: Sequence[Phrase]) -> Iterable[_Hit]:
    """Look through the sentences, torn lines joined; and through the lines that stand alone."""
    lines = _CHINESE_BLANK.sub("\n", words)

    @cache
    def tells(line: str) -> bool:
        hits = _hits_in(line, phrases) if len(line) > _STUMP else ()
        return any(hit.kind in _SUBSTANCE for hit in hits)

    def apart(line: str, following: str) -> bool:
        return not _DANGLING.search(line) and tells(line) and tells(following)

    each = (*sentences(lines), *sentences(lines, apart=apart))
    for sentence in dict.fromkeys(each):
        yield from _hits_in(sentence, phrases)


def _hits_in(sentence: str, phrases: Sequence[Phrase]) -> Iterable[_Hit]:
    short = sentence[:_SENTENCE_LIMIT]
    for phrase in phrases:
        found = _compiled(phrase.says).search(short)
        if (
            found
            and not _has_one(short, phrase.unless)
            and not _has_one(_clause(short, found), phrase.unless_near)
        ):
            yield _Hit(phrase.kind, phrase.weight, found[0])


def _has_one(words: str, phrases: Iterable[str]) -> bool:
    return any(_compiled(phrase).search(words) for phrase in phrases)


def _clause(sentence: str, found: re.Match[str]) -> str:
    """Take what stands between the commas around a find."""
    before = _COMMA.split(sentence[: found.start()])[-1]
    after = "" if _COMMA.match(found[0][-1]) else _COMMA.split(sentence[found.end() :])[0]
    return f"{before}{found[0]}{after}"


def _bounce(subject: str, headers: Mapping[str, str]) -> list[str]:
    if headers.get("report-type", "") == "delivery-status":
        return ["report-type: delivery-status"]
    if headers.get("x-failed-recipients"):
        return [f"x-failed-recipients: {headers['x-failed-recipients']}"]
    sender = headers.get("from", "").casefold()
    by_postmaster = any(name in sender for name in _POSTMASTERS)
    empty_path = headers.get("return-path", "").replace(" ", "") == "<>"
    if (by_postmaster or empty_path) and _BOUNCE_SUBJECT.search(subject):
        return [subject]
    return [headers["from"]] if "mailer-daemon@" in sender else []


def _automatic(subject: str, headers: Mapping[str, str]) -> list[str]:
    signs = [
        f"{name}: {headers[name]}"
        for name in ("auto-submitted", "x-autoreply", "x-autorespond")
        if headers.get(name, "no").casefold() not in {"no", ""}
    ]
    if headers.get("precedence", "").casefold() in {"auto_reply", "auto-reply"}:
        signs.append(f"precedence: {headers['precedence']}")
    if headers.get("report-type"):
        signs.append(f"report-type: {headers['report-type']}")
    if _AUTO_SUBJECT.search(subject):
        signs.append(subject)
    return signs


def _shown(reasons: Iterable[str]) -> tuple[str, ...]:
    each = (" ".join(visible(reason).split())[:_REASON_LENGTH] for reason in reasons)
    return tuple(dict.fromkeys(reason for reason in each if reason))[:_REASONS]
