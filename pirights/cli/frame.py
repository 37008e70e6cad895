"""The tree of commands: loaded one by one, each with the options that stand anywhere."""

import functools
import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer
from typer.core import TyperGroup

from pirights import __version__, settings
from pirights.cli.language import N_, Language, Voice
from pirights.cli.show import Screen
from pirights.errors import FoldersMissing, WrongUsage, message

Part: TypeAlias = Any
"""A command, an option or an argument made by typer, whose classes are not public."""


@dataclass(slots=True)
class Call:
    """One call of the program: what its global options say, and where its answers go.

    The options are noted here while they are read, before or after the command's name.
    """

    screen: Screen
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    arguments: Sequence[str] = ()
    vault: str | None = None
    passphrase_fd: int | None = None
    yes: bool = False

    def guess_rendering(self) -> None:
        """Guess, before the options are read to the end, whether JSON and colours are wanted."""
        self.screen.as_json = self.screen.as_json or "--json" in self.arguments
        self.screen.plain = self.screen.plain or "--no-color" in self.arguments

    @property
    def vault_folder(self) -> Path:
        """The vault's folder, whether it exists or not."""
        return settings.vault_folder(self.vault, self.environment)


def call(ctx: typer.Context) -> Call:
    """Return the call that a command belongs to."""
    found = ctx.find_object(Call)
    if found is None:
        raise LookupError("a command was run outside the frame")
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents.

    Attributes:
        name: What the user types.
        place: `module:attribute` of a `typer.Typer` (a group) or of a function (one command).
        help: One sentence, marked with `N_`.
    """

    name: str
    place: str
    help: str


def group(help: str) -> typer.Typer:  # noqa: A002 (typer's own word)
    """Start a group of commands, such as `pirights log`."""
    return typer.Typer(help=help, add_completion=False, rich_markup_mode=None, cls=Group)


class Group(TyperGroup):
    """A group that names a wrong command in our own words."""

    def resolve_command(self, ctx: Part, args: list[str]) -> Part:
        """Find the command.

        Raises:
            WrongUsage: No command has this name.
        """
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from difflib import get_close_matches

            call(ctx).guess_rendering()  # no options are read behind a command that is not there
            near = get_close_matches(name, self.list_commands(ctx))
            hint = message("Did you mean {names}?", names=", ".join(near))
            general = message("{command} --help lists the commands.", command=ctx.command_path)
            raise WrongUsage(
                message("There is no command {name}.", name=name), hint=hint if near else general
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Part, cmd_name: str) -> Part:
        """Return a command of the group, equipped with the options that stand anywhere."""
        found = super().get_command(ctx, cmd_name)
        return None if found is None else _equipped(found)


class Contents(Group):
    """The root: imports only the module of the command that is called."""

    entries: Mapping[str, Entry]

    def list_commands(self, ctx: Part) -> list[str]:  # noqa: ARG002 (typer's own)
        """Name the commands in the order of the table of contents."""
        return list(self.entries)

    def get_command(self, ctx: Part, cmd_name: str) -> Part:
        """Import and build one command."""
        if cmd_name not in self.entries:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _built(self.entries[cmd_name])
        return super().get_command(ctx, cmd_name)

    def help_of(self, ctx: typer.Context, name: str) -> str:  # noqa: ARG002 (typer's own)
        """Return a command's one sentence without importing it."""
        return self.entries[name].help


def program(entries: Sequence[Entry]) -> Contents:
    """Build the program from its table of contents."""
    app = typer.Typer(
        name="pirights",
        help=N_("Log face scans, write formal requests, build evidence bundles."),
        add_completion=False,
        rich_markup_mode=None,
        cls=Contents,
    )
    app.callback()(_started)
    root = typer.main.get_command(app)
    if not isinstance(root, Contents):
        raise TypeError(type(root).__name__)
    root.entries = {entry.name: entry for entry in entries}
    _equipped(root, also=("version",))
    return root


def _started(ctx: typer.Context) -> None:
    """Read the catalogue before any command acts, so that every act can be told."""
    try:
        call(ctx).screen.voice.load()
    except FoldersMissing:
        call(ctx).guess_rendering()  # the command's own options are not read yet
        raise


def _built(entry: Entry) -> Part:
    module, _, attribute = entry.place.partition(":")
    thing = getattr(importlib.import_module(module), attribute)
    if isinstance(thing, typer.Typer):
        built: Part = typer.main.get_group(thing)
    else:
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(entry.name)(thing)
        built = typer.main.get_command(single)
    built.name, built.help = entry.name, entry.help
    return built


def _equipped(command: Part, also: Sequence[str] = ()) -> Part:
    """Give a command the options that stand anywhere, once."""
    if command.add_help_option:
        command.add_help_option = False
        for option in _anywhere_options():
            if option.name != "version" or option.name in also:
                command.params.append(copy(option))
    return command


@functools.cache
def _anywhere_options() -> tuple[Part, ...]:
    """Let typer build the options of `_anywhere`, to be copied into every command."""
    carrier = typer.Typer(add_completion=False, rich_markup_mode=None)
    carrier.command()(_anywhere)
    options = tuple(typer.main.get_command(carrier).params)
    for option in options:
        option.expose_value = False
        option.is_eager = True  # understood first, so that even a bad value is told as JSON
        option.callback = _NOTED[option.name]
    return options


ANYWHERE: Final = N_("Options of every command:")
"""The panel of these options in the help pages."""


def _anywhere(
    *,
    vault: Annotated[
        str | None, typer.Option(metavar="DIR", help=N_("The vault's folder."))
    ] = None,
    lang: Annotated[Language | None, typer.Option(help=N_("The language of the program."))] = None,
    json: Annotated[
        bool, typer.Option("--json", help=N_("Write one JSON object instead of text."))
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help=N_("Write without colours."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Answer every question with yes."))] = False,
    passphrase_fd: Annotated[
        int | None,
        typer.Option(metavar="N", help=N_("Read the passphrase from this open file descriptor.")),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version."))] = False,
    help: Annotated[  # noqa: A002 (the option's name)
        bool, typer.Option("--help", "-h", help=N_("Show this page."))
    ] = False,
) -> None:
    """Only its signature is used; `_NOTED` says what each option does."""


def _note_lang(noting: Call, value: Language) -> None:
    noting.screen.voice = Voice(value)


def _note_json(noting: Call, value: bool) -> None:
    noting.screen.as_json = value


def _note_no_color(noting: Call, value: bool) -> None:
    noting.screen.plain = value


def _note_vault(noting: Call, value: str) -> None:
    noting.vault = value


def _note_yes(noting: Call, value: bool) -> None:
    noting.yes = value


def _note_passphrase_fd(noting: Call, value: int) -> None:
    noting.passphrase_fd = value


def _noted(note: Callable[[Call, Any], None]) -> Callable[..., None]:
    def callback(ctx: typer.Context, _param: object, value: object) -> None:
        if value is not None and value is not False:
            note(call(ctx), value)

    return callback


def _show_version(ctx: typer.Context, _param: object, value: bool) -> None:
    if value:
        call(ctx).guess_rendering()
        screen = call(ctx).screen
        if screen.as_json:
            screen.result("Version", {"version": __version__})
        else:
            screen.raw(f"pirights {__version__}\n")
        raise typer.Exit


def _show_help(ctx: typer.Context, _param: object, value: bool) -> None:
    if value:
        from pirights.cli.help import page

        call(ctx).guess_rendering()
        screen = call(ctx).screen
        screen.raw(page(ctx, screen))
        raise typer.Exit


_NOTED: Final[Mapping[str, Callable[..., None]]] = {
    "vault": _noted(_note_vault),
    "lang": _noted(_note_lang),
    "json": _noted(_note_json),
    "no_color": _noted(_note_no_color),
    "yes": _noted(_note_yes),
    "passphrase_fd": _noted(_note_passphrase_fd),
    "version": _show_version,
    "help": _show_help,
}
