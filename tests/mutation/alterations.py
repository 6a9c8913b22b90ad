"""The small changes that can be made to a module, one at a time."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import EnumMeta
from itertools import islice
from typing import Any

_COMPARED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_RECKONED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NOT_CODE = frozenset({"annotation", "returns", "decorator_list"})
_WITHOUT_EFFECT = frozenset({"TypeVar", "NewType", "getLogger"})
"""Calls whose words nothing reads."""
_LOG = "_LOG"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One change: where it is, and what it makes of the code there."""

    path: str
    within: str
    """The class and function around it."""
    lines: frozenset[int]
    """Its own, and the first of its statement."""
    before: str
    after: str
    alike: int
    """How many of the same words come before it there."""
    number: int
    """Which of its module's changes it is."""

    @property
    def name(self) -> str:
        """Says the same where lines have moved."""
        again = f" ({self.alike + 1})" if self.alike else ""
        return f"{self.path} {self.within}: {self.before} -> {self.after}{again}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A node and how its parent holds it."""

    parent: ast.AST
    field: str
    at: int | None
    node: ast.AST
    within: str
    statement: int
    """The first line of the statement it belongs to."""

    @property
    def lines(self) -> frozenset[int]:
        first = getattr(self.node, "lineno", self.statement)
        last = getattr(self.node, "end_lineno", None) or first
        return frozenset({self.statement, *range(first, last + 1)})

    def put(self, node: ast.AST) -> None:
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def alterations(path: str, source: str) -> Iterator[Alteration]:
    """All of a module's, in the order of its text.

    Left as they are: docstrings, annotations, decorators and what is said to the log.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for number, (place, other) in enumerate(_changes(path, ast.parse(source))):
        words = (place.within, _text(place.node), _text(other))
        yield Alteration(path, words[0], place.lines, *words[1:], seen[words], number)
        seen[words] += 1


def altered(source: str, alteration: Alteration) -> str:
    """The whole module with this change."""
    tree = ast.parse(source)
    changes = _changes(alteration.path, tree)
    place, other = next(islice(changes, alteration.number, None))
    place.put(other)
    return ast.unparse(ast.fix_missing_locations(tree))


def unaltered(source: str) -> str:
    """The same module, written as an altered one is."""
    return ast.unparse(ast.parse(source))


def _changes(path: str, tree: ast.Module) -> Iterator[tuple[_Place, ast.AST]]:
    members = _Members(path)
    for place in _places(tree, "", 0):
        yield from ((place, other) for other in _others(place, members))


class _Members:
    """The enumerations a module knows by name."""

    def __init__(self, path: str) -> None:
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        self._known = {
            name: list(value.__members__)
            for name, value in vars(module).items()
            if isinstance(value, EnumMeta)
        }

    def next_to(self, node: ast.Attribute) -> str | None:
        """Another member of the same enumeration."""
        names = self._known.get(node.value.id, []) if isinstance(node.value, ast.Name) else []
        return names[(names.index(node.attr) + 1) % len(names)] if node.attr in names else None


def _places(node: ast.AST, within: str, statement: int) -> Iterator[_Place]:
    """Each node below, with its own place before those below it."""
    for field, value in ast.iter_fields(node):
        if field in _NOT_CODE:
            continue
        for at, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_said(child):
                continue
            line = child.lineno if isinstance(child, ast.stmt) else statement
            yield _Place(node, field, at, child, within, line)
            yield from _places(child, _inside(child, within), line)


def _inside(node: ast.AST, within: str) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return f"{within}.{name}".strip(".")
        case _:
            return within


def _is_said(node: ast.AST) -> bool:
    """Whether it only says something: a docstring, words put together, a line of the log."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name == _LOG
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _WITHOUT_EFFECT
        case _:
            return False


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.cmpop | ast.operator | ast.boolop):
        return type(node).__name__
    return " ".join(ast.unparse(node).split())[:100]


def _others(place: _Place, members: _Members) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    node = place.node
    if isinstance(node, ast.stmt):
        yield from _other_statements(node)
    elif isinstance(node, ast.ExceptHandler):
        yield _with(node, "body", [ast.Raise()])
    elif isinstance(node, ast.expr):
        yield from _other_expressions(node, members)
        if place.field == "test" and _is_plain(node):
            yield ast.UnaryOp(ast.Not(), node)
        if place.field == "iter" and isinstance(node, ast.Tuple | ast.List):
            yield from _shorter(node, "elts")


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.AugAssign(op=op) if type(op) in _RECKONED:
            yield _with(node, "op", _RECKONED[type(op)]())
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case _:
            pass


def _other_expressions(node: ast.expr, members: _Members) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                changed = [*ops[:at], _COMPARED[type(op)](), *ops[at + 1 :]]
                yield _with(node, "ops", changed)
        case ast.BoolOp(op=op):
            yield _with(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(op=op) if type(op) in _RECKONED:
            yield _with(node, "op", _RECKONED[type(op)]())
        case ast.Constant(value=value):
            yield from (ast.Constant(one) for one in _other_values(value))
        case ast.Attribute(ctx=ast.Load()):
            other = members.next_to(node)
            if other is not None:
                yield _with(node, "attr", other)
        case _:
            yield from _fewer(node)


def _fewer(node: ast.expr) -> Iterator[ast.AST]:
    """A table or a set without one of its entries."""
    match node:
        case ast.Set(elts=[_, _, *_]):
            yield from _shorter(node, "elts")
        case ast.Dict():
            yield from _shorter(node, "keys", "values")
        case _:
            pass


def _other_values(value: object) -> Iterator[bool | float | str]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield "" if value else "x"
        case _:
            pass


def _shorter(node: ast.AST, *fields: str) -> Iterator[ast.AST]:
    """Each element left out once."""
    for at in range(len(getattr(node, fields[0]))):
        other = deepcopy(node)
        for field in fields:
            del getattr(other, field)[at]
        yield other


def _with(node: ast.AST, field: str, value: Any) -> ast.AST:  # noqa: ANN401 - whatever the field holds
    other = deepcopy(node)
    setattr(other, field, value)
    return other


def _is_plain(node: ast.expr) -> bool:
    """Whether no other rule already turns this condition round."""
    return not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
