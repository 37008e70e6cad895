"""Which values a template's body names, and which articles it cites, each with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from jinja2 import nodes

from pirights.errors import Message, message
from pirights.letters.shapes import (
    LOOP,
    NUMBER,
    TEXT,
    Citation,
    Many,
    Record,
    Shape,
)

_LANGUAGES: Final = ("_zh", "_en")


@dataclass(frozen=True, slots=True)
class _Value:
    """What an expression gives: its shape where it is known, and its path from the letter."""

    shape: Shape | None = None
    path: str = ""


_Scope: TypeAlias = Mapping[str, _Value]


@dataclass(slots=True)
class Found:
    """What was found in a body.

    Attributes:
        faults: Line of the body, and what is wrong with a name there.
        paths: Every value that is read, such as `sections.items.number`, with the first line;
            what belongs to one language only goes by the name without it.
        cites: Line, and the keys of the provisions that are cited there.
    """

    faults: list[tuple[int, Message]] = field(default_factory=list)
    paths: dict[str, int] = field(default_factory=dict)
    cites: list[tuple[int, str]] = field(default_factory=list)


def find(body: nodes.Template, given: Record) -> Found:
    """Read a body against what its letter gives it."""
    reader = _Reader()
    reader.statements(
        body.body, {name: _Value(shape, _plain(name)) for name, shape in given.fields.items()}
    )
    return reader.found


def _plain(name: str) -> str:
    return name[:-3] if name.endswith(_LANGUAGES) else name


class _Reader:
    def __init__(self) -> None:
        self.found = Found()

    def statements(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        here = dict(scope)
        for node in body:
            match node:
                case nodes.For():
                    self._loop(node, here)
                case nodes.If():
                    self.value(node.test, here)
                    for branch in (node.body, node.elif_, node.else_):
                        self.statements(branch, here)
                case nodes.Assign(target=nodes.Name(name=name)):
                    here[name] = self.value(node.node, here)
                case nodes.Output():
                    for part in node.nodes:
                        self.value(part, here)
                case nodes.Expr():
                    self.value(node, here)
                case _:
                    self.statements(list(node.iter_child_nodes()), here)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        many = self.value(node.iter, scope)
        each = many.shape.of if isinstance(many.shape, Many) else None
        if many.shape is not None and each is None:
            self._fault(node, message("{name} is no list.", name=many.path))
        inner = {**scope, "loop": _Value(LOOP, "loop")}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = _Value(each, many.path)
        if node.test is not None:
            self.value(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, scope)

    def value(self, node: nodes.Node, scope: _Scope) -> _Value:
        match node:
            case nodes.Name(name=name):
                return self._named(node, name, scope)
            case nodes.Getattr(attr=name):
                return self._part(node, self.value(node.node, scope), name)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self._part(node, self.value(node.node, scope), name)
            case nodes.Call():
                return self._called(node, scope)
            case nodes.Dict():
                for pair in node.items:
                    self.value(pair.value, scope)
                return _Value()
            case nodes.Or() | nodes.And():
                left, right = self.value(node.left, scope), self.value(node.right, scope)
                return _Value(left.shape if left.shape == right.shape else None)
            case nodes.Const() | nodes.TemplateData():
                return _Value(TEXT)
            case _:
                for child in node.iter_child_nodes():
                    self.value(child, scope)
                return _Value()

    def _named(self, node: nodes.Node, name: str, scope: _Scope) -> _Value:
        if name in scope:
            return self._read(node, scope[name])
        if name == "range":
            return _Value()
        self._fault(node, message("This letter has no value {name}.", name=name))
        return _Value()

    def _part(self, node: nodes.Node, whole: _Value, name: str) -> _Value:
        if name.startswith("_"):
            self._fault(node, message("{name} must not be read.", name=name))
            return _Value()
        if whole.shape is None:
            return _Value()
        if isinstance(whole.shape, Record) and name in whole.shape.fields:
            part = _Value(whole.shape.fields[name], f"{whole.path}.{_plain(name)}")
            return self._read(node, part)
        self._fault(node, message("{whole} has no {name} in letters.", whole=whole.path, name=name))
        return _Value()

    def _called(self, node: nodes.Call, scope: _Scope) -> _Value:
        if isinstance(node.node, nodes.Getattr) and node.node.attr == "get":
            self.value(node.node.node, scope)
            for argument in node.args:
                self.value(argument, scope)
            return _Value(TEXT)
        called = self.value(node.node, scope)
        if isinstance(called.shape, Citation):
            self._cited(node)
            return _Value(TEXT)
        if called.shape is not None:
            self._fault(node, message("{name} cannot be called.", name=called.path))
        for argument in node.args:
            self.value(argument, scope)
        return _Value(Many(NUMBER) if called.shape is None else None)

    def _cited(self, node: nodes.Call) -> None:
        keys = [one.value for one in node.args if isinstance(one, nodes.Const)]
        odd = node.kwargs or node.dyn_args or node.dyn_kwargs or len(keys) < len(node.args)
        if odd or not keys:
            self._fault(
                node, message("cite takes the keys of provisions, each in quotation marks.")
            )
        self.found.cites += [(node.lineno, str(key)) for key in keys]

    def _read(self, node: nodes.Node, value: _Value) -> _Value:
        if value.path and not isinstance(value.shape, Citation):
            self.found.paths.setdefault(value.path, node.lineno)
        return value

    def _fault(self, node: nodes.Node, problem: Message) -> None:
        self.found.faults.append((node.lineno, problem))
