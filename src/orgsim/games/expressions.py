"""Formulas from a file, read without running any of the file's text.

Allowed are numbers, names, + - * / **, unary minus, `min max abs exp log sqrt tanh`, and sums such as
`sum(x**k for k in range(n))`. Whatever else stands in a formula is refused with a sentence.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Values = Mapping[str, float]
Formula = Callable[[Values], float]

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}
LONGEST_TEXT, LONGEST_SUM = 2_000, 10_000


class FormulaError(ValueError):
    """A formula that cannot be read; the message says what in it."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A part of a formula that is the same whatever the values."""

    number: float

    def __call__(self, _: Values) -> float:
        return self.number


def read_formula(text: str, names: frozenset[str]) -> Formula:
    """The function of named values that a formula describes; `names` are those it may use."""
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"a formula has at most {LONGEST_TEXT:,} characters, this one {len(text):,}")
    try:
        return _read(ast.parse(text, mode="eval").body, names)
    except FormulaError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"'{text[:60]}' is not a formula, or too deep a one") from error


def _read(node: ast.expr, names: frozenset[str]) -> Formula:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as value):
            return _Number(float(value))
        case ast.Name(id=name) if name in names:
            return lambda values: values[name]
        case ast.Name(id=name):
            raise FormulaError(f"'{name}' is neither a share nor a parameter of the game")
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            negated = _read(inner, names)
            return lambda values: -negated(values)
        case ast.BinOp(left=a, op=sign, right=b) if type(sign) in _BINARY:
            return _joined(_BINARY[type(sign)], _read(a, names), _read(b, names))
        case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp() as each], keywords=[]):
            return _sum(each, names)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            function, read = _FUNCTIONS[name], [_read(argument, names) for argument in arguments]
            return lambda values: function(*[argument(values) for argument in read])
        case _:
            pass
    raise FormulaError(f"'{ast.unparse(node)}' may not stand in a formula")


def _joined(do: Callable[[float, float], float], left: Formula, right: Formula) -> Formula:
    """Numbers are put in their place now: a formula is walked hundreds of thousands of times."""
    match left, right:
        case _Number(number), _:
            return lambda values: do(number, right(values))
        case _, _Number(number):
            return lambda values: do(left(values), number)
        case _:
            return lambda values: do(left(values), right(values))


def _sum(each: ast.GeneratorExp, names: frozenset[str]) -> Formula:
    """`sum(TERM for k in range(COUNT))`."""
    match each.generators:
        case [
            ast.comprehension(
                target=ast.Name(id=index),
                iter=ast.Call(func=ast.Name(id="range"), args=[count_node], keywords=[]),
                ifs=[],
            )
        ]:
            term, count = _read(each.elt, names | {index}), _read(count_node, names)
        case _:
            raise FormulaError(f"'{ast.unparse(each)}' is not a sum over k in range(n)")

    def total(values: Values) -> float:
        terms = int(count(values))
        if not 0 <= terms <= LONGEST_SUM:
            raise FormulaError(f"a sum has at most {LONGEST_SUM:,} terms, not {terms:,}")
        return math.fsum(term({**values, index: float(k)}) for k in range(terms))

    return total
