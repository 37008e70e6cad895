"""What is shown of an encounter just written down, corrected or given files."""

from pirights.cli import views
from pirights.cli.frame import Call
from pirights.errors import Message, message
from pirights.workflow.encounters import Logged


def show_logged(here: Call, kind: str, done: Logged, said: Message) -> None:
    """Show it, with what its photos say of themselves."""
    for notice in done.notices:
        here.screen.warn(notice)
    here.screen.result(
        kind,
        {
            **views.encounter(done.encounter),
            "attachments": [views.attachment(file) for file in done.attachments],
            "suggestions": [
                {
                    "file": one.file,
                    "taken": one.taken,
                    "zone": one.zone or "unknown",
                    "position": one.position,
                    "datum": (one.datum or "unknown") if one.position else None,
                    "flags": one.flags,
                }
                for one in done.suggestions
            ],
        },
        said,
        *(
            message(
                "{file} says it was taken {taken}{position}. {flags} To use it: "
                "`pirights log edit {label} --at …`.",
                file=one.file,
                taken=one.taken or "?",
                position=f" @ {one.position[0]:.5f}, {one.position[1]:.5f}" if one.position else "",
                flags=one.flags,
                label=done.encounter.label,
            )
            for one in done.suggestions
            if one.taken or one.position
        ),
        *(
            flag
            for one in done.suggestions
            if not (one.taken or one.position)
            for flag in one.flags
        ),
    )
