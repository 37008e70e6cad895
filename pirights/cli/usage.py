"""What typer says about a wrong command line, said in our own words.

typer raises its own exceptions for this. Only their root, `typer.TyperException`, is public;
the kinds below it are told apart by their class names, here and nowhere else.
"""

import re
from enum import Enum
from typing import Final

import typer

from pirights.cli.frame import Part
from pirights.cli.language import N_
from pirights.errors import Message, WrongUsage, message

_EXTRA: Final = re.compile(r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", re.DOTALL)
_NOT_ONE_OF: Final = re.compile(r"(?P<value>'.*') is not one of ", re.DOTALL)

_TOO_FAR: Final = re.compile(r"(?P<way>greater|less) than or equal to (?P<bound>-?\d+)$")

_KINDS: Final = {
    int: N_("a whole number"),
    float: N_("a number"),
}


def is_missing_command(error: typer.TyperException) -> bool:
    """Say whether nothing but a command's name is missing, as in `pirights log`."""
    return type(error).__name__ == "UsageError" and error.message.startswith("Missing command")


def wrong_usage(error: typer.TyperException) -> WrongUsage:
    """Translate typer's exception into ours."""
    found: Part = error
    context = getattr(found, "ctx", None)
    path = context.command_path if context is not None else "pirights"
    see_help = message("{command} --help shows what it takes.", command=path)
    if is_missing_command(error):
        return WrongUsage(
            message("Say what to do: a command is missing."),
            hint=message("{command} --help lists the commands.", command=path),
        )
    match type(error).__name__:
        case "NoSuchOption":
            near = ", ".join(found.possibilities or ())
            hint = message("Did you mean {names}?", names=near) if near else see_help
            return WrongUsage(
                message("There is no option {name}.", name=found.option_name), hint=hint
            )
        case "BadOptionUsage":
            if "requires" in error.message:
                said = message("The option {name} needs a value.", name=found.option_name)
            else:
                said = message("The option {name} takes no value.", name=found.option_name)
            return WrongUsage(said, hint=see_help)
        case "MissingParameter" if found.param is not None:
            return WrongUsage(_missing(found.param), hint=_allowed(found.param) or see_help)
        case "BadParameter" if found.param is not None:
            return WrongUsage(
                _bad_value(found.param, error.message), hint=_allowed(found.param) or see_help
            )
    extra = _EXTRA.search(error.message)
    if extra:
        return WrongUsage(message("This is too much: {words}", words=extra["words"]), hint=see_help)
    return WrongUsage(
        message("The command line was not understood: {detail}", detail=error.message),
        hint=see_help,
    )


def _name(parameter: Part) -> str:
    if parameter.param_type_name == "option":
        return " / ".join(parameter.opts)
    return str(parameter.metavar or parameter.name.upper())


def _missing(parameter: Part) -> Message:
    if parameter.param_type_name == "option":
        return message("The option {name} is missing.", name=_name(parameter))
    return message("{name} is missing.", name=_name(parameter))


def _bad_value(parameter: Part, detail: str) -> Message:
    named = _NOT_ONE_OF.search(detail)
    if named:
        return message(
            "{name} does not know {value}.", name=_name(parameter), value=named["value"][1:-1]
        )
    if too_far := _TOO_FAR.search(detail):
        name, bound = _name(parameter), too_far["bound"]
        if too_far["way"] == "greater":
            return message("{name} takes a number of {least} or more.", name=name, least=bound)
        return message("{name} takes a number of {most} at most.", name=name, most=bound)
    kind = _KINDS.get(parameter.type_descriptor.annotation)
    if kind:
        return message("{name} takes {kind}.", name=_name(parameter), kind=Message(kind))
    return message("{name} cannot take this value.", name=_name(parameter))


def _allowed(parameter: Part) -> Message | None:
    choices = parameter.type_descriptor.choices
    if not choices:
        return None
    names = [str(one.value) if isinstance(one, Enum) else str(one) for one in choices]
    return message("One of: {choices}.", choices=", ".join(names))
