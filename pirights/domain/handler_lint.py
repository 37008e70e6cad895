"""What may be wrong with a directory of handlers, before a letter goes astray.

Only what stands in the directory is looked at; nothing is looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pirights.domain import uscc
from pirights.domain.handler import RELATIONS, Handler
from pirights.domain.handler_name import normalised
from pirights.errors import BadInput, Message, message

FRESH: Final = timedelta(days=365)
"""How long a checked contact is taken for good; our suggestion, no rule says it."""

_PHONE: Final = re.compile(
    r"(?:\+?86[ -]?)?(?:"
    r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # a mobile telephone
    r"|(?:\(0\d{2,3}\)|0?\d{2,3})[ -]?[2-9]\d{6,7}"  # a town's
    r"|[48]00[ -]?\d{3}[ -]?\d{4}|[48]00[ -]?\d{4}[ -]?\d{3}"
    r")(?:(?:[ ,]*(?:转|分机|ext\.?|x|-)[ ]*)\d{1,6})?",
    re.ASCII | re.IGNORECASE,
)
_SHORT: Final = re.compile(r"(?:\(0\d{2,3}\)|0\d{2,3}[ -]?)?(?:1\d{2,4}|9\d{4,7})", re.ASCII)
"""Service numbers: 12345, 10086, 95588, 96xxx."""

_BETWEEN_PHONES: Final = re.compile(r"[,;/、，；]\s*(?=[+(0-9])")
_MAILBOX: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]+",
    re.ASCII,
)
_TOP: Final = re.compile(
    r"省|自治区|特别行政区|北京|天津|上海|重庆|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_TOWN: Final = re.compile(r"市|州|盟|地区|县|区|旗")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to look at.

    Attributes:
        handler: The label, such as H1.
        field: The field of `Handler` that it is about.
        is_certain: It is wrong, or missing; else it only may be.
    """

    handler: str
    field: str
    problem: Message
    is_certain: bool = True


def problems(handlers: Sequence[Handler], *, today: date) -> Iterator[Problem]:
    """Look through a directory, in its order.

    Args:
        handlers: All of them, for twins and relations lie between them.
        today: In the vault's zone.
    """
    codes, names = _twins(handlers)
    rings = _rings(handlers)
    by_number = {one.id: one for one in handlers}
    for one in handlers:
        yield from _contact(one)
        yield from _provenance(one, today)
        for other in codes.get(one.uscc, ()) if one.uscc else ():
            if other is not one:
                yield _certain(one, "uscc", _same("code", other))
        for other in names[normalised(one.name)]:
            if other is not one and not (one.uscc and other.uscc):
                yield _certain(one, "name", _same("name", other))
        for field in RELATIONS:
            number = getattr(one, field)
            if number is not None and number not in by_number:
                missing = message("There is no handler {label}.", label=f"H{number}")
                yield _certain(one, field, missing)
            elif (one.id, field) in rings:
                ring = message("The relations lead back to {label}.", label=one.label)
                yield _certain(one, field, ring)


def _contact(one: Handler) -> Iterator[Problem]:
    if one.uscc:
        try:
            uscc.check(one.uscc)
        except BadInput as wrong:
            yield _certain(one, "uscc", wrong.message)
    for number in _BETWEEN_PHONES.split(one.phone) if one.phone else ():
        plain = number.strip()
        if not _PHONE.fullmatch(plain) and not _SHORT.fullmatch(plain):
            odd = message("{phone} has not the form of a telephone number here.", phone=plain)
            yield _certain(one, "phone", odd)
    if one.email and not _MAILBOX.fullmatch(one.email):
        odd = message("{email} has not the form of a mail address.", email=one.email)
        yield _certain(one, "email", odd)
    on = one.email_bounced
    if one.email and on is not None and (one.verified is None or one.verified <= on):
        came_back = message("Mail to {email} came back on {on}.", email=one.email, on=on)
        yield _certain(one, "email", came_back)
    if one.address and not (_TOP.search(one.address) and _TOWN.search(one.address)):
        doubt = message("It is not certain that the address names province and town.")
        yield Problem(handler=one.label, field="address", problem=doubt, is_certain=False)


def _provenance(one: Handler, today: date) -> Iterator[Problem]:
    if not one.source:
        yield _certain(one, "source", message("Nothing says where the contact was found."))
    if one.verified is None:
        yield _certain(one, "verified", message("Nothing says when the contact was checked."))
    elif today - one.verified > FRESH:
        old = message(
            "The contact was last checked on {on}, more than {count} days ago.",
            on=one.verified,
            count=FRESH.days,
        )
        yield _certain(one, "verified", old)
    if one.policy_days is not None and not one.policy_url:
        bare = message("A promised time stands here without the page that promises it.")
        yield _certain(one, "policy_url", bare)


def _twins(
    handlers: Iterable[Handler],
) -> tuple[Mapping[str, Sequence[Handler]], Mapping[str, Sequence[Handler]]]:
    codes: dict[str, list[Handler]] = defaultdict(list)
    names: dict[str, list[Handler]] = defaultdict(list)
    for one in handlers:
        codes[one.uscc].append(one)
        names[normalised(one.name)].append(one)
    return codes, names


def _rings(handlers: Iterable[Handler]) -> set[tuple[int, str]]:
    """Find the relations that lead back to where they begin, each kind for itself."""
    found: set[tuple[int, str]] = set()
    for field in RELATIONS:
        leads = {one.id: getattr(one, field) for one in handlers}
        settled: set[int] = set()
        for start in leads:
            path: dict[int, None] = {}
            at: int | None = start
            while at is not None and at in leads and at not in settled and at not in path:
                path[at] = None
                at = leads[at]
            if at is not None and at in path:
                walked = list(path)
                found |= {(number, field) for number in walked[walked.index(at) :]}
            settled |= set(path)
    return found


def _same(what: str, other: Handler) -> Message:
    if what == "code":
        return message("{label} has the same code: {name}.", label=other.label, name=other.name)
    return message("{label} has the same name: {name}.", label=other.label, name=other.name)


def _certain(one: Handler, field: str, problem: Message) -> Problem:
    return Problem(handler=one.label, field=field, problem=problem)
