"""`pirights log`: the record of encounters."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pirights.cli import corrected, log_forms, log_sheet, put_right, views
from pirights.cli.assess import assess
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.lists import Every, Limit, more, page
from pirights.cli.log_forms import (
    About,
    Alternative,
    At,
    Circumstances,
    Consent,
    Exemption,
    Files,
    Handlers,
    Minor,
    Mode,
    Note,
    Notice,
    Place,
    PublicPlace,
    Purpose,
    Refused,
    SeparateConsent,
    VenueKind,
    Zone,
)
from pirights.cli.logged import show_logged
from pirights.cli.show import Facts, Table, Words
from pirights.domain import entry
from pirights.domain.encounter import Encounter
from pirights.errors import WrongUsage, message

app = group(N_("Keep the log of face scans."))

Id = Annotated[str, typer.Argument(metavar="E1", help=N_("The encounter."))]


@app.command(help=N_("Write down a scan of your face."))
def add(
    ctx: typer.Context,
    *,
    at: At = None,
    place: Place = None,
    venue: VenueKind = None,
    zone: Zone = None,
    about: About = None,
    handler: Handlers = None,
    mode: Mode = None,
    notice: Notice = None,
    consent: Consent = None,
    separate_consent: SeparateConsent = None,
    alternative: Alternative = None,
    refused: Refused = None,
    purpose: Purpose = None,
    exemption: Exemption = None,
    minor: Minor = None,
    public_place: PublicPlace = None,
    circumstance: Circumstances = None,
    note: Note = None,
    attach: Files = None,
) -> None:
    from pirights.workflow import encounters

    here = call(ctx)
    given = log_forms.fields(locals())
    with opened(here) as desk:
        asked = log_forms.complete(here, desk, given, attach or [])
        changes = log_forms.changes(asked, zone=desk.zone)
        done = encounters.add(desk, Encounter(id=0, **changes), attach or [])
    if asked != given:
        here.screen.command(log_forms.command(asked, attach or []))
    show_logged(
        here,
        "LogAdd",
        done,
        message("Encounter {label} is written down.", label=done.encounter.label),
    )


@app.command(help=N_("Correct an encounter; the journal keeps what it said before."))
def edit(
    ctx: typer.Context,
    id: Id,  # noqa: A002 (the argument's name)
    *,
    at: At = None,
    place: Place = None,
    venue: VenueKind = None,
    zone: Zone = None,
    about: About = None,
    handler: Handlers = None,
    mode: Mode = None,
    notice: Notice = None,
    consent: Consent = None,
    separate_consent: SeparateConsent = None,
    alternative: Alternative = None,
    refused: Refused = None,
    purpose: Purpose = None,
    exemption: Exemption = None,
    minor: Minor = None,
    public_place: PublicPlace = None,
    circumstance: Circumstances = None,
    note: Note = None,
    because: put_right.Because = "",
) -> None:
    from pirights.workflow import encounters

    here = call(ctx)
    given = log_forms.fields(locals())
    if not given:
        raise WrongUsage(
            message("Nothing to change was given."),
            hint=message("For example: --place, --note, --at."),
        )
    number = entry.record_number(id, "E")
    with opened(here) as desk:
        before, _, _ = encounters.show(desk, number)
        changed = log_forms.changes(given, zone=before.zone, before=before)
        done = encounters.edit(desk, number, changed, because=because)
    corrected.show(here, done)


@app.command(help=N_("Keep files with an encounter, byte for byte."))
def attach(
    ctx: typer.Context,
    id: Id,  # noqa: A002 (the argument's name)
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", readable=False, help=N_("Photos, messages, receipts.")),
    ],
) -> None:
    from pirights.workflow import encounters

    here = call(ctx)
    with opened(here) as desk:
        done = encounters.attach(desk, entry.record_number(id, "E"), files)
    show_logged(
        here,
        "LogAttach",
        done,
        message(
            "Files kept with {label}: {count}.",
            label=done.encounter.label,
            count=len(done.attachments),
        ),
    )


@app.command("list", help=N_("List the encounters, newest first."))
def list_(
    ctx: typer.Context,
    *,
    limit: Limit = None,
    every: Every = False,
    voided: Annotated[
        bool, typer.Option("--voided", help=N_("The voided ones too; they stay out otherwise."))
    ] = False,
) -> None:
    from pirights.workflow import encounter_list

    here = call(ctx)
    with opened(here) as desk:
        found, total = encounter_list.newest(
            desk, limit=page(here, limit=limit, every=every), voided=voided
        )
    _show_list(here, "LogList", found, total, *more(total, len(found)))


@app.command(help=N_("Find encounters by words of place, purpose, note or handler."))
def search(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="WORDS", help=N_("What to look for."))],
    *,
    limit: Limit = None,
    every: Every = False,
) -> None:
    from pirights.workflow import encounter_list

    here = call(ctx)
    with opened(here) as desk:
        found = encounter_list.search(desk, words, limit=page(here, limit=limit, every=every))
    _show_list(here, "LogSearch", found, len(found))


@app.command(help=N_("Show one encounter whole."))
def show(ctx: typer.Context, id: Id) -> None:  # noqa: A002 (the argument's name)
    from pirights.workflow import encounters

    here = call(ctx)
    with opened(here) as desk:
        one, handlers, files = encounters.show(desk, entry.record_number(id, "E"))
    roles = {actor.handler: actor.role for actor in one.handlers}
    here.screen.result(
        "LogShow",
        {**views.encounter(one), "attachments": [views.attachment(file) for file in files]},
        Facts(
            [
                (N_("Encounter"), one.label),
                (N_("Voided"), one.voided_because or None),
                (N_("Time"), views.clock_of(one.local)),
                (N_("Zone"), one.zone),
                (N_("Only approximate"), one.about or None),
                (N_("Place"), one.place),
                (N_("Kind of place"), one.venue),
                (N_("What the device did"), one.mode),
                (N_("Sign or notice"), one.notice),
                (N_("Consent asked and given"), one.consent),
                (N_("Separate consent"), one.separate_consent),
                (N_("Another way offered"), one.alternative),
                (N_("Refused without a scan"), one.refused or None),
                (N_("Purpose given"), one.purpose),
                (N_("Ground for no consent"), one.exemption),
                (N_("Under 18"), one.minor or None),
                (N_("Public place"), one.public_place),
                (N_("Known besides"), one.circumstances),
                (N_("Known not to be so"), one.ruled_out),
            ]
        ),
        *(
            [
                Table(
                    (N_("Handler"), N_("Name"), N_("Role")),
                    [(h.label, h.name, roles[h.id]) for h in handlers],
                )
            ]
            if handlers
            else []
        ),
        *([Words(one.note)] if one.note else []),
        *corrected.history(one),
        *(
            [
                Table(
                    (N_("File"), N_("Size in bytes"), N_("Kind"), "SHA-256"),
                    [(f.name, f.size, f.media_type, f.sha256[:16] + "…") for f in files],
                )
            ]
            if files
            else []
        ),
    )


app.command(help=N_("Say what the facts may mean in law, of one scan or of all."))(assess)
app.command(
    "void", help=N_("Void an encounter that was written down wrongly; the journal keeps it.")
)(put_right.log_void)
app.command("import", help=N_("Take in encounters from a CSV sheet."))(log_sheet.import_)
app.command("export", help=N_("Write all encounters to a CSV sheet that import takes back."))(
    log_sheet.export
)


def _show_list(here: Any, kind: str, found: list[Encounter], total: int, *more: Any) -> None:  # noqa: ANN401
    here.screen.result(
        kind,
        {"encounters": [views.encounter(one) for one in found], "total": total},
        Table(
            (N_("Id"), N_("Time"), N_("Place"), N_("Kind of place"), N_("What the device did")),
            [
                (one.label, views.clock_of(one.local), one.place, one.venue, one.mode)
                for one in found
            ],
        )
        if found
        else message("No encounters."),
        *more,
    )
