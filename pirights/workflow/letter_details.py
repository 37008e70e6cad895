"""What the user tells for a letter beyond what the case holds; each belongs to some kinds only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.text import one_line
from pirights.errors import BadInput, message

_MOST: Final = 20
"""How often an option may be repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the user tells for a letter.

    Attributes:
        offers: What is offered as proof of identity.
        signs: What was noticed of a leak.
        to: Id of the body that is written to (`templates/rules/authorities.toml`).
        office: The full name of that body at its place, such as 杭州市西湖区互联网信息办公室.
        demands: What is asked of it beyond what follows from the case.
        affected: How many others are affected, and how that is known.
        particulars: The plaintiff's sex, age, ethnicity, occupation and employer.
        legal_representative: The defendant's.
        claims: Further claims of a complaint.
    """

    offers: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    to: str = ""
    office: str = ""
    demands: tuple[str, ...] = ()
    affected: str = ""
    particulars: str = ""
    legal_representative: str = ""
    claims: tuple[str, ...] = ()


_BELONGS: Final[Mapping[str, tuple[str, Collection[FollowUp]]]] = {
    "offers": ("--offer", {FollowUp.IDENTITY}),
    "signs": ("--sign", {FollowUp.BREACH}),
    "to": ("--to", TO_AUTHORITY - {FollowUp.COURT}),
    "office": ("--office", TO_AUTHORITY),
    "demands": ("--demand", {FollowUp.REGULATOR, FollowUp.CONSUMER}),
    "affected": ("--affected", {FollowUp.PROCURATORATE}),
    "particulars": ("--particulars", {FollowUp.COURT}),
    "legal_representative": ("--legal-representative", {FollowUp.COURT}),
    "claims": ("--claim", {FollowUp.COURT}),
}
"""The option of each detail, and the kinds of letter that it belongs to."""


def checked(details: Details, kind: FollowUp) -> Details:
    """Take the details of a letter, each text on one line, empty ones left out.

    Raises:
        BadInput: One belongs to another kind of letter, is too long or repeated too often, or
            holds a control character.
    """
    found: dict[str, str | tuple[str, ...]] = {}
    for field in fields(details):
        given: str | tuple[str, ...] = getattr(details, field.name)
        option, kinds = _BELONGS[field.name]
        if given and kind not in kinds:
            raise BadInput(
                message(
                    "{option} belongs to another letter: --as {kinds}.",
                    option=option,
                    kinds=sorted(one.value for one in kinds),
                ),
                hint=message(
                    "Leave {option} out, or name another letter with --as.", option=option
                ),
            )
        if isinstance(given, str):
            found[field.name] = one_line(given, field=option.removeprefix("--"))
            continue
        if len(given) > _MOST:
            raise BadInput(
                message("{option} is given more than {limit} times.", option=option, limit=_MOST),
                hint=message("Name the weightiest, and keep the others as files of the case."),
            )
        lines = (one_line(one, field=option.removeprefix("--")) for one in given)
        found[field.name] = tuple(one for one in lines if one)
    return replace(details, **found)  # type: ignore[arg-type]  # the same fields, of the same types
