"""A warning about where the vault lies."""

from pirights.cli.frame import Call
from pirights.errors import message


def warn_if_copied(call: Call, service: str | None) -> None:
    """Say so where a synchronising program would copy the vault to other machines."""
    if service:
        call.screen.warn(
            message(
                "The vault lies in a folder that {service} copies to other machines.",
                service=service,
            ),
            hint=message("Move it elsewhere and name the place with --vault."),
        )
