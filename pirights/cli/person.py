"""`pirights person`: those whose information it is; P1 is the vault's owner."""

from typing import Annotated, Any, Final

import typer

from pirights.cli import ask, views
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.lists import Every, Limit, more, page
from pirights.cli.show import Facts, Table
from pirights.domain import entry
from pirights.domain.person import Capacity, Kinship, Person, Ward, masked
from pirights.errors import WrongUsage, message

app = group(N_("Keep the people you write for; P1 is yourself."))

Id = Annotated[str, typer.Argument(metavar="P1", help=N_("The person."))]
Name = Annotated[
    str | None, typer.Option(metavar="TEXT", help=N_("Name, as the handler knows it."))
]
NameEn = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Name in English letters."))]
Phone = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Telephone."))]
Email = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("E-mail address, for replies."))]
Address = Annotated[
    str | None, typer.Option(metavar="TEXT", help=N_("Postal address, for replies."))
]
IdNumber = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help=N_(
            "Identity card number; optional, never in a letter, masked in a power of attorney."
        ),
    ),
]
InCapacity = Annotated[
    Capacity | None,
    typer.Option(
        help=N_(
            "Who acts: the person (self), a guardian, an agent, or a close relative of the "
            "person, who has died."
        )
    ),
]
RepresentedBy = Annotated[
    str | None,
    typer.Option(
        metavar="P2", help=N_("Who acts for the person; P1 if left out. Enter that one too.")
    ),
]
ToThem = Annotated[Kinship | None, typer.Option(help=N_("What the one who acts is to the person."))]
OfWhom = Annotated[
    Ward | None, typer.Option(help=N_("For a guardian: of a minor, or of an adult."))
]
Interest = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help=N_("For a close relative: the lawful interest of their own, in a sentence."),
    ),
]

_FIELDS: Final = (
    *("name", "name_en", "phone", "email", "address", "id_number"),
    *("capacity", "kinship", "ward", "interest"),
)


@app.command(help=N_("Add a person."))
def add(
    ctx: typer.Context,
    *,
    name: Name = None,
    name_en: NameEn = None,
    phone: Phone = None,
    email: Email = None,
    address: Address = None,
    id_number: IdNumber = None,
    capacity: InCapacity = None,
    represented_by: RepresentedBy = None,
    kinship: ToThem = None,
    ward: OfWhom = None,
    interest: Interest = None,
) -> None:
    from pirights.workflow import directory

    here = call(ctx)
    given = _fields(locals())
    if "name" not in given:
        given["name"] = ask.line(here, message("Name, as the handler knows it"), option="--name")
    with opened(here) as desk:
        one = directory.add_person(desk, Person(id=0, **given))
    here.screen.result(
        "PersonAdd",
        views.person(one),
        message("Person {label} is added.", label=one.label),
        _facts(one),
    )


@app.command(help=N_("Correct a person's particulars."))
def edit(
    ctx: typer.Context,
    id: Id,  # noqa: A002 (the argument's name)
    *,
    name: Name = None,
    name_en: NameEn = None,
    phone: Phone = None,
    email: Email = None,
    address: Address = None,
    id_number: IdNumber = None,
    capacity: InCapacity = None,
    represented_by: RepresentedBy = None,
    kinship: ToThem = None,
    ward: OfWhom = None,
    interest: Interest = None,
) -> None:
    from pirights.workflow import directory

    here = call(ctx)
    given = _fields(locals())
    if not given:
        raise WrongUsage(
            message("Nothing to change was given."),
            hint=message("For example: --name, --phone, --email."),
        )
    with opened(here) as desk:
        one = directory.edit_person(desk, entry.record_number(id, "P"), given)
    here.screen.result(
        "PersonEdit",
        views.person(one),
        message("Person {label} is corrected.", label=one.label),
        _facts(one),
    )


@app.command("list", help=N_("List the people, newest first."))
def list_(
    ctx: typer.Context,
    *,
    limit: Limit = None,
    every: Every = False,
) -> None:
    from pirights.workflow import directory

    here = call(ctx)
    with opened(here) as desk:
        found, total = directory.persons(desk, limit=page(here, limit=limit, every=every))
    here.screen.result(
        "PersonList",
        {"persons": [views.person(one) for one in found], "total": total},
        Table(
            (N_("Id"), N_("Name"), N_("Capacity"), N_("Telephone"), N_("E-mail")),
            [(one.label, one.name, one.capacity, one.phone, one.email) for one in found],
        ),
        *more(total, len(found)),
    )


@app.command(help=N_("Show one person; the identity number is masked."))
def show(ctx: typer.Context, id: Id) -> None:  # noqa: A002 (the argument's name)
    from pirights.workflow import directory

    here = call(ctx)
    with opened(here) as desk:
        one = directory.person(desk, entry.record_number(id, "P"))
    here.screen.result("PersonShow", views.person(one), _facts(one))


def _fields(options: dict[str, Any]) -> dict[str, Any]:
    told = {name: options[name] for name in _FIELDS if options.get(name) is not None}
    if options.get("represented_by") is not None:
        told["representative"] = entry.record_number(options["represented_by"], "P")
    return told


def _facts(one: Person) -> Facts:
    return Facts(
        [
            (N_("Person"), one.label),
            (N_("Name"), one.name),
            (N_("Name in English"), one.name_en),
            (N_("Telephone"), one.phone),
            (N_("E-mail"), one.email),
            (N_("Address"), one.address),
            (N_("Identity number"), masked(one.id_number)),
            (N_("Capacity"), one.capacity),
            *(_capacity(one) if one.capacity is not Capacity.SELF else []),
        ]
    )


def _capacity(one: Person) -> list[tuple[str, object]]:
    view = views.person(one)
    return [
        (N_("Who acts"), view["representative"]),
        (N_("Is to the person"), one.kinship),
        (N_("Guardian of"), view["ward"] and one.ward),
        (N_("Interest of their own"), one.interest),
    ]
