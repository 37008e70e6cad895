"""How a handler of the directory is shown to people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain.handler import Handler
from pirights.errors import message

if TYPE_CHECKING:
    from pirights.workflow.handler_relations import Related


def facts(one: Handler) -> Facts:
    """Show what the directory holds of one handler."""
    promise = one.policy_days
    return Facts(
        [
            (N_("Handler"), one.label),
            (N_("Name"), one.name),
            (N_("Name in English"), one.name_en),
            (N_("Social credit code"), one.uscc),
            (N_("Address"), one.address),
            (N_("E-mail"), one.email),
            (N_("Telephone"), one.phone),
            (N_("Web site"), one.web),
            (N_("Published rules"), one.policy_url),
            (
                N_("Promised time"),
                promise and message("{amount} {unit}", amount=promise.amount, unit=promise.unit),
            ),
            (N_("Page captured"), one.policy_seen),
            (N_("Its archive (WARC), SHA-256"), one.policy_sha256),
            (N_("Kind of place"), one.venue),
            (N_("Source"), one.source),
            (N_("Last checked"), one.verified),
            (N_("Mail came back"), one.email_bounced),
            (N_("Other names"), one.aliases),
        ]
    )


def around(found: "Related") -> list[tuple[str, object]]:
    """Show the handlers that one belongs to, and those that belong to it."""

    def named(others: Iterable[Handler]) -> tuple[str, ...]:
        return tuple(f"{other.label} {other.name}" for other in others)

    to, of = found.to, found.of
    return [
        (N_("Branch of"), named(filter(None, [to.get("branch_of")]))),
        (N_("Brand of"), named(filter(None, [to.get("brand_of")]))),
        (N_("Held by"), named(filter(None, [to.get("parent")]))),
        (N_("Its branches"), named(of["branch_of"])),
        (N_("Its brands"), named(of["brand_of"])),
        (N_("Companies it holds"), named(of["parent"])),
    ]
