"""What a template may do: print, choose and repeat, within bounds; never compute or call at will.

Templates come from other people too. They run in Jinja's sandbox, with a part of its language:
no macros, no includes, no arithmetic, a handful of filters, and a count of the work in loops.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from jinja2 import StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import BadInput, Message, message

SIZE_LIMIT: Final = 200_000
"""Characters of a template's file."""

OUTPUT_LIMIT: Final = 1_000_000
"""Characters of a filled body, its values among them: some two hundred pages."""

RANGE_LIMIT: Final = 1_000
"""Numbers that one `range` may give."""

WORK_LIMIT: Final = 3_000_000
"""Parts of a template that its loops may go through in one letter; a long one takes 50,000."""

_SLOTS: Final = "slots_of_this_letter"
_WORK: Final = "work_of_this_letter"
_OPEN, _CLOSE = "\ue000", "\ue001"

PERSON: Final = frozenset({"name", "name_en", "phone", "email", "address"})
"""What a letter may say of the person; the number of the identity card is not among it."""

HANDLER: Final = frozenset(
    {"name", "name_en", "uscc", "address", "email", "phone", "web", "policy_url"}
)
"""What a letter may say of the handler."""

_FILTERS: Final = frozenset(
    {"default", "first", "join", "last", "length", "lower", "trim", "upper"}
)
_COUNTED: Final = "counted"
_HEAVY: Final = 10
"""What a call or a filter counts, beside a plain part."""

_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter),
    *(nodes.Test, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair),
)


class Overreach(SecurityError):
    """A template asked for more than it may.

    Attributes:
        said: What it asked for, as the end of a sentence.
    """

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class _Work:
    """How much a letter has done, and how much it says."""

    def __init__(self) -> None:
        self.done = 0
        self.said = 0

    def do(self, weight: int) -> None:
        self.done += weight
        if self.done > WORK_LIMIT:
            raise Overreach(message("its loops do not come to an end"))

    def say(self, text: str) -> None:
        self.said += len(text)
        if self.said > OUTPUT_LIMIT:
            raise Overreach(message("it makes more than {limit} characters", limit=OUTPUT_LIMIT))


@pass_context
def _to_slot(context: Context, value: object) -> str:
    """Keep a value aside, and print its place."""
    if not isinstance(value, str | int | float | Undefined) or isinstance(value, bool):
        raise Overreach(
            message("a value of the kind {kind} cannot be printed", kind=type(value).__name__)
        )
    slots: list[str] = context[_SLOTS]
    work: _Work = context[_WORK]
    slots.append(str(value))
    work.say(slots[-1])
    return f"{_OPEN}{len(slots) - 1}{_CLOSE}"


@pass_context
def _counted(context: Context, values: Iterable[object], weight: int) -> Iterator[object]:
    work: _Work = context[_WORK]
    for value in values:
        work.do(weight)
        yield value


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > RANGE_LIMIT:
        raise Overreach(message("range gives more than {limit} numbers", limit=RANGE_LIMIT))
    return numbers


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which also nothing of a person is read that letters do not say."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 (any value of a letter)
        """Read a field of a value; of a mapping, its entry before its methods."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401, ARG002
        """Stop at what must not be read, be it printed or only looked at."""
        raise Overreach(message("{name} must not be read there", name=attribute))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 (as above)
        """Say whether a template may read it: data, and the one method `get` of a mapping."""
        if isinstance(obj, Person | Handler):
            return attr in (PERSON if isinstance(obj, Person) else HANDLER)
        if callable(value) and not (isinstance(obj, Mapping) and attr == "get"):
            return False
        return super().is_safe_attribute(obj, attr, value)


_ENVIRONMENT: Final = _Sandbox(
    undefined=StrictUndefined,
    autoescape=False,
    finalize=_to_slot,
    keep_trailing_newline=True,
)
_ENVIRONMENT.globals = {"range": _range}
_ENVIRONMENT.filters = {
    **{name: _ENVIRONMENT.filters[name] for name in _FILTERS},
    _COUNTED: _counted,
}


def tree(body: str) -> nodes.Template:
    """Read a body.

    Raises:
        jinja2.TemplateSyntaxError: It is not well formed; the error knows the line.
    """
    return _ENVIRONMENT.parse(body)


def faults(body: nodes.Template) -> Iterator[tuple[int, Message]]:
    """Find what a template must not do, each with its line of the body."""
    for node in chain([body], body.find_all(nodes.Node)):
        if not isinstance(node, _ALLOWED):
            word = type(node).__name__
            yield (
                node.lineno,
                message("A template may print, choose and repeat; {word} is more.", word=word),
            )
        elif isinstance(node, nodes.For) and node.recursive:
            yield node.lineno, message("A loop must not call itself.")
        elif isinstance(node, nodes.Call) and not _is_plain(node.node):
            yield node.lineno, message("Only values of the letter may be called, such as cite.")
        elif isinstance(node, nodes.List | nodes.Tuple | nodes.Dict) and not _is_constant(node):
            yield node.lineno, message("A list in a template holds fixed words only.")


def _is_plain(called: nodes.Expr) -> bool:
    if isinstance(called, nodes.Getattr):
        return called.attr == "get"
    return isinstance(called, nodes.Name) and called.name != "loop"


def _is_constant(node: nodes.Node) -> bool:
    allowed = (nodes.Const, nodes.Pair, nodes.Name)
    return all(
        isinstance(one, allowed) and (not isinstance(one, nodes.Name) or one.ctx == "store")
        for one in node.find_all(nodes.Node)
    )


@lru_cache(maxsize=64)
def compiled(body: str) -> Template:
    """Make a template of a body, with the work in its loops counted.

    Raises:
        BadInput: It does more than a template may, or is too long.
        jinja2.TemplateError: It is not well formed.
    """
    if len(body) > SIZE_LIMIT:
        raise BadInput(message("The template is longer than {limit} characters.", limit=SIZE_LIMIT))
    body_tree = tree(body)
    for line, problem in faults(body_tree):
        raise BadInput(
            message("Line {line} of the template's text: {problem}", line=line, problem=problem),
            hint=message("`pirights template lint` finds the line."),
        )
    for loop in list(body_tree.find_all(nodes.For)):
        counted = nodes.Filter(
            loop.iter, _COUNTED, [nodes.Const(_weight(loop))], [], None, None, lineno=loop.lineno
        )
        counted.set_lineno(loop.lineno).set_environment(_ENVIRONMENT)
        loop.iter = counted
    code = _ENVIRONMENT.compile(body_tree, filename="<template>")
    return Template.from_code(_ENVIRONMENT, code, _ENVIRONMENT.make_globals(None))


def _weight(loop: nodes.For) -> int:
    return sum(
        _HEAVY if isinstance(node, nodes.Call | nodes.Filter) else 1
        for node in loop.find_all(nodes.Node)
    )


def filled(body: str, values: Mapping[str, object]) -> tuple[str, list[str]]:
    """Fill a body.

    Returns:
        The text with a slot for each value, and the values as text.

    Raises:
        BadInput: As `compiled`.
        jinja2.TemplateError: It names an unknown value, reads what it must not, or is too much.
    """
    slots: list[str] = []
    pieces: list[str] = []
    work = _Work()
    for piece in compiled(body).generate({**values, _SLOTS: slots, _WORK: work}):
        work.say(piece)
        pieces.append(piece)
    return "".join(pieces), slots
