"""`pirights handler`: the directory of those who handle faces."""

from typing import Annotated, Any, Final

import typer

from pirights import clock
from pirights.cli import find_company, handler_files, handler_lint, handler_view, views
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.lists import Every, Limit, more, page
from pirights.cli.show import Facts, Table
from pirights.domain import entry
from pirights.domain.handler import RELATIONS, Handler, Period, Venue
from pirights.errors import BadInput, WrongUsage, message

app = group(N_("Keep the directory of handlers."))

Id = Annotated[str, typer.Argument(metavar="H1", help=N_("The handler."))]
Name = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Full registered name."))]
NameEn = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Name in English."))]
Uscc = Annotated[
    str | None, typer.Option(metavar="CODE", help=N_("Unified social credit code, 18 characters."))
]
Address = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Registered address."))]
Email = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Mailbox for such requests."))]
Phone = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Telephone."))]
Web = Annotated[str | None, typer.Option(metavar="URL", help=N_("Web site."))]
PolicyUrl = Annotated[
    str | None, typer.Option(metavar="URL", help=N_("Where its published rules stand."))
]
PolicyDays = Annotated[
    str | None,
    typer.Option(
        metavar="N[wd]", help=N_("Days for an answer that its rules promise; wd for working days.")
    ),
]
VenueKind = Annotated[Venue | None, typer.Option(help=N_("What kind of place."))]
Source = Annotated[str | None, typer.Option(metavar="URL", help=N_("Where you found the contact."))]
Verified = Annotated[
    str | None, typer.Option(metavar="DATE", help=N_("When you last checked contact and rules."))
]
Alias = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help=N_("Another name, such as a brand; once for each.")),
]
BranchOf = Annotated[
    str | None, typer.Option(metavar="H2", help=N_("The handler that it is a branch of."))
]
BrandOf = Annotated[
    str | None, typer.Option(metavar="H2", help=N_("The registered company behind this brand."))
]
Parent = Annotated[
    str | None, typer.Option(metavar="H2", help=N_("The company that holds this one."))
]

_FIELDS: Final = (
    "name",
    "name_en",
    "uscc",
    "address",
    "email",
    "phone",
    "web",
    "policy_url",
    "policy_days",
    "venue",
    "source",
    "verified",
    *RELATIONS,
)


@app.command(help=N_("Add a handler."))
def add(
    ctx: typer.Context,
    *,
    name: Name = None,
    name_en: NameEn = None,
    uscc: Uscc = None,
    address: Address = None,
    email: Email = None,
    phone: Phone = None,
    web: Web = None,
    policy_url: PolicyUrl = None,
    policy_days: PolicyDays = None,
    venue: VenueKind = None,
    source: Source = None,
    verified: Verified = None,
    alias: Alias = None,
    branch_of: BranchOf = None,
    brand_of: BrandOf = None,
    parent: Parent = None,
) -> None:
    from pirights.cli import ask
    from pirights.workflow import directory

    here = call(ctx)
    given = _fields(locals())
    if "name" not in given:
        given["name"] = ask.line(here, message("Full registered name"), option="--name")
    if policy_days is not None and given["policy_days"] is None:
        raise BadInput(
            message("{text} is no number of days.", text=policy_days),
            hint=message("Leave --policy-days out where its rules promise no time."),
        )
    with opened(here) as desk:
        done = directory.add_handler(desk, Handler(id=0, **given))
    _show(here, "HandlerAdd", done, message("Handler {label} is added.", label=done.handler.label))


@app.command(help=N_("Correct a handler; letters already written stay as they are."))
def edit(
    ctx: typer.Context,
    id: Id,  # noqa: A002 (the argument's name)
    *,
    name: Name = None,
    name_en: NameEn = None,
    uscc: Uscc = None,
    address: Address = None,
    email: Email = None,
    phone: Phone = None,
    web: Web = None,
    policy_url: PolicyUrl = None,
    policy_days: PolicyDays = None,
    venue: VenueKind = None,
    source: Source = None,
    verified: Verified = None,
    alias: Alias = None,
    branch_of: BranchOf = None,
    brand_of: BrandOf = None,
    parent: Parent = None,
) -> None:
    from pirights.workflow import directory

    here = call(ctx)
    given = _fields(locals())
    if not given:
        raise WrongUsage(
            message("Nothing to change was given."),
            hint=message("For example: --name, --uscc, --email."),
        )
    with opened(here) as desk:
        done = directory.edit_handler(desk, entry.record_number(id, "H"), given)
    _show(
        here,
        "HandlerEdit",
        done,
        message("Handler {label} is corrected.", label=done.handler.label),
    )


@app.command("list", help=N_("List the handlers, newest first."))
def list_(
    ctx: typer.Context,
    *,
    limit: Limit = None,
    every: Every = False,
) -> None:
    from pirights.workflow import directory

    here = call(ctx)
    with opened(here) as desk:
        found, total = directory.handlers(desk, limit=page(here, limit=limit, every=every))
    here.screen.result(
        "HandlerList",
        {"handlers": [views.handler(one) for one in found], "total": total},
        Table(
            (N_("Id"), N_("Name"), N_("Social credit code"), N_("E-mail"), N_("Kind of place")),
            [(one.label, one.name, one.uscc, one.email, one.venue) for one in found],
        )
        if found
        else message("No handlers."),
        *more(total, len(found)),
    )


@app.command(help=N_("Show one handler."))
def show(ctx: typer.Context, id: Id) -> None:  # noqa: A002 (the argument's name)
    from pirights.workflow import captured_pages, directory, handler_relations

    here = call(ctx)
    with opened(here) as desk:
        one = directory.handler(desk, entry.record_number(id, "H"))
        around = handler_relations.related(desk, one)
        captures = captured_pages.kept_with(desk, one.label)
    here.screen.result(
        "HandlerShow",
        {
            **views.handler(one),
            "branches": [other.label for other in around.of["branch_of"]],
            "brands": [other.label for other in around.of["brand_of"]],
            "subsidiaries": [other.label for other in around.of["parent"]],
            "captures": [views.attachment(file) for file in captures],
        },
        Facts(
            [
                *handler_view.facts(one).pairs,
                *handler_view.around(around),
                (N_("Captured pages"), captured_pages.labels(captures)),
            ]
        ),
        *([] if one.uscc else [_UNREGISTERED]),
    )


app.command("import", help=N_("Take in a directory of handlers: CSV, XLSX or JSON."))(
    handler_files.import_
)
app.command("export", help=N_("Write the directory to a file: .csv, .xlsx or .json."))(
    handler_files.export
)
app.command("lint", help=N_("Look for what is wrong, missing, double or out of date."))(
    handler_lint.lint
)
app.command(
    "find-help", help=N_("Say how to find the registered company behind a brand; looks nothing up.")
)(find_company.find_help)

_UNREGISTERED: Final = message(
    "Which company is registered behind the name, `pirights handler find-help` says how to find "
    "out."
)


def _fields(options: dict[str, Any]) -> dict[str, Any]:
    given = {name: options[name] for name in _FIELDS if options.get(name) is not None}
    for name, field in (("web", "--web"), ("policy_url", "--policy-url")):
        if name in given:
            given[name] = entry.web_address(given[name], field=field)
    for name in set(RELATIONS) & set(given):
        given[name] = entry.record_number(given[name], "H") if given[name].strip() else None
    if options.get("alias"):
        given["aliases"] = tuple(options["alias"])
    if "policy_days" in given:
        given["policy_days"] = _period(given["policy_days"])
    if "verified" in given:
        given["verified"] = entry.plausible_day(
            entry.day(given["verified"], field="--verified"),
            # A day ahead of UTC is still today somewhere; the workflow checks the vault's zone.
            clock.now().date(),
            field="--verified",
            future=True,
        )
    return given


def _period(text: str) -> Period | None:
    return None if text.strip() in {"", "0", "none"} else entry.period(text)


def _show(here: Any, kind: str, done: Any, said: Any) -> None:  # noqa: ANN401
    for notice in done.notices:
        here.screen.warn(notice)
    here.screen.result(kind, views.handler(done.handler), said, handler_view.facts(done.handler))
