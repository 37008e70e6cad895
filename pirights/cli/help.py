"""The help page of a command, in the user's language, aligned for Chinese."""

from collections.abc import Iterator
from enum import Enum
from typing import Final

import typer

from pirights.cli.frame import ANYWHERE, Contents, Group, Part
from pirights.cli.language import N_, Voice
from pirights.cli.layout import cells, pad, sentences, wrap
from pirights.cli.show import Screen

_LEFT: Final = 28
"""Cells for names; a longer name gets a line of its own."""

_WIDTH: Final = 80
"""Cells of a page that does not go to a terminal."""

_WIDEST: Final = 100
"""Cells above which running text is hard to read."""


def page(ctx: typer.Context, screen: Screen) -> str:
    """Write the help page of the context's command."""
    voice = screen.voice
    command: Part = ctx.command
    width = min(screen.width or _WIDTH, _WIDEST)
    lines = [_usage(ctx, voice)]
    if command.help:
        for paragraph in command.help.split("\n\n"):
            text = voice.text(" ".join(paragraph.split()))
            lines += ["", *wrap(text, width)]
    for title, rows in _panels(ctx, voice):
        lines += ["", screen.style(voice.text(title), "bold")]
        for left, right in rows:
            lines += _row(left, right, width)
    return "\n".join(lines) + "\n"


def _usage(ctx: typer.Context, voice: Voice) -> str:
    command: Part = ctx.command
    parts = [ctx.command_path]
    if isinstance(command, Group):
        parts.append(voice.text(N_("COMMAND")))
    for parameter in command.params:
        if parameter.param_type_name == "argument" and not parameter.hidden:
            name = _argument(parameter)
            optional = not parameter.required and not name.startswith("[")
            parts.append(f"[{name}]" if optional else name)
    parts.append(voice.text(N_("[OPTIONS]")))
    return sentences([voice.text(N_("Usage:")), " ".join(parts)])


def _panels(ctx: typer.Context, voice: Voice) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    command: Part = ctx.command
    if isinstance(command, Group):
        yield (
            N_("Commands:"),
            [(name, voice.text(_short_help(ctx, name))) for name in command.list_commands(ctx)],
        )
    arguments: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    anywhere: list[tuple[str, str]] = []
    for parameter in command.params:
        if parameter.hidden:
            continue
        if _is_argument(parameter):
            arguments.append((_argument(parameter), _explained(parameter, voice)))
        else:
            panel = own if parameter.expose_value else anywhere
            panel.append((_option(parameter), _explained(parameter, voice)))
    for title, rows in ((N_("Arguments:"), arguments), (N_("Options:"), own), (ANYWHERE, anywhere)):
        if rows:
            yield title, rows


def _short_help(ctx: typer.Context, name: str) -> str:
    command = ctx.command
    if isinstance(command, Contents):
        return command.help_of(ctx, name)
    if isinstance(command, Group):
        found: Part = command.get_command(ctx, name)
        return " ".join((found.help or "").split("\n\n")[0].split())
    return ""


def _is_argument(parameter: Part) -> bool:
    return bool(parameter.param_type_name == "argument")


def _argument(parameter: Part) -> str:
    choices = "|".join(_choices(parameter))
    name = parameter.metavar or (f"[{choices}]" if choices else parameter.name.upper())
    return f"{name}..." if parameter.nargs == -1 else name


def _option(parameter: Part) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return names
    choices = _choices(parameter)
    short = "|".join(choices)
    kind = parameter.metavar or (
        short if choices and cells(short) <= _LEFT else parameter.name.upper()
    )
    return f"{names} {kind}"


def _explained(parameter: Part, voice: Voice) -> str:
    parts = [voice.text(" ".join((parameter.help or "").split()))]
    choices = _choices(parameter)
    shown = _argument(parameter) if _is_argument(parameter) else _option(parameter)
    if choices and "|".join(choices) not in shown:
        parts.append(voice.text(N_("One of: {choices}.")).format(choices=", ".join(choices)))
    default = parameter.default
    if parameter.expose_value and default not in (None, False, "", ()) and not callable(default):
        written = default.value if isinstance(default, Enum) else default
        parts.append(voice.text(N_("Default: {default}.")).format(default=written))
    if getattr(parameter, "multiple", False):
        parts.append(voice.text(N_("May be given more than once.")))
    if parameter.required and parameter.param_type_name == "option":
        parts.append(voice.text(N_("Required.")))
    return sentences(parts)


def _choices(parameter: Part) -> list[str]:
    choices = getattr(getattr(parameter, "type_descriptor", None), "choices", None) or ()
    return [str(one.value) if isinstance(one, Enum) else str(one) for one in choices]


def _row(left: str, right: str, width: int) -> list[str]:
    room = max(20, width - _LEFT - 4)
    first, *rest = wrap(right, room)
    lines = []
    if cells(left) > _LEFT:
        lines.append(f"  {left}")
        left = ""
    lines.append(f"  {pad(left, _LEFT)}  {first}".rstrip())
    return [*lines, *(" " * (_LEFT + 4) + line for line in rest)]
