"""Which body a paper goes to: the one that was named, or the most fitting at such a place."""

from collections.abc import Iterator, Sequence

from pirights import rule_data
from pirights.domain import authority
from pirights.domain.authority import Authority, Level
from pirights.domain.basis import STATE_ORGANS
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.errors import BadInput, Message, NotFound, message
from pirights.letters import to_authority
from pirights.letters.to_authority import SUPERIOR
from pirights.workflow.next_letter import Setting

_USUAL = {
    FollowUp.REGULATOR: "local-cac",
    FollowUp.CONSUMER: "market-12315",
    FollowUp.POLICE: "public-security",
    FollowUp.PROCURATORATE: "procuratorate",
}
"""Where a paper goes if the kind of place suggests nobody."""

_PREFERRED = frozenset({"market-12315"})
"""Where the place suggests several bodies, this one comes first, wherever it stands."""


def body(setting: Setting) -> Authority:
    """Choose the body.

    Raises:
        BadInput: The body named takes another paper, is not for this handler, or did not take
            such papers yet on the letter's day.
        NotFound: Nobody goes by that id.
    """
    if setting.details.to:
        return _named(setting, setting.details.to.casefold())
    known = rule_data.authorities()
    suggested = authority.open_on(known, _suggested(setting), setting.on)
    fitting = [one for one in suggested if one.document == setting.kind]
    preferred = [one for one in fitting if one.id in _PREFERRED]
    return next(iter([*preferred, *fitting]), known[_USUAL[setting.kind]])


def name(setting: Setting, found: Authority) -> str:
    """Name the body as the paper does, in the first of its languages."""
    words = to_authority.addressee(found, setting.details.office, setting.found.handler)
    return words.in_(setting.letters.languages[0])


def told(setting: Setting, found: Authority) -> list[Message]:
    """Say where the paper goes, how it gets there, how far that was checked, and its limits."""
    notices = [
        message(
            "It goes to: {body}. How to reach it: {channel}", body=found.name, channel=found.channel
        ),
        message(
            "How well this is sourced: {confidence}; no line was called and no site opened. "
            "{limits}",
            confidence=found.confidence,
            limits=found.limits or "",
        ),
    ]
    if found.level is Level.LOCAL and not setting.details.office:
        notices.append(
            message(
                "There is one in each place: find out which is competent, and give its full name "
                "with --office, so that the paper says to whom it goes."
            )
        )
    if found.id not in _suggested(setting) and found.id != _USUAL[setting.kind]:
        notices.append(
            message("At such a place one usually turns to: {bodies}.", bodies=_suggested(setting))
        )
    return notices


def venues(setting: Setting) -> tuple[Venue, ...]:
    """The kinds of place of the case: the handler's own, else those of the encounters."""
    own = setting.found.handler.venue
    if own is not None:
        return (own,)
    return tuple(dict.fromkeys(one.venue for one in setting.found.papers.encounters))


def state_organ(setting: Setting) -> bool:
    """Say whether the handler is a state organ, as far as the kind of place tells."""
    return bool(STATE_ORGANS & set(venues(setting)))


def _suggested(setting: Setting) -> Sequence[str]:
    return tuple(dict.fromkeys(_bodies(setting)))


def _bodies(setting: Setting) -> Iterator[str]:
    for venue in venues(setting):
        yield from rule_data.venues()[venue].supervisors


def _named(setting: Setting, name: str) -> Authority:
    known = rule_data.authorities()
    if name not in known:
        raise NotFound(
            message("There is no body {id}.", id=name),
            hint=message("See them all with `pirights law list authorities`."),
        )
    found = known[name]
    if found.document != setting.kind:
        raise BadInput(
            message("{body} takes another paper.", body=found.name),
            hint=message("Write it with `--as {kind}`.", kind=found.document),
        )
    if found.since is not None and setting.on < found.since:
        raise BadInput(
            message(
                "{body} takes such papers from {since} only; this one is dated {day}.",
                body=found.name,
                since=found.since,
                day=setting.on,
            ),
            hint=message("Give a later day with --date."),
        )
    if found.id == SUPERIOR and found.id not in _suggested(setting):
        raise BadInput(
            message("{body} is only for state organs and the like.", body=found.name),
            hint=message("Leave out --to, or name one of: {bodies}.", bodies=_suggested(setting)),
        )
    return found
