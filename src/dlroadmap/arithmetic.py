"""Arithmetic that comes from files and keyboards: evaluated with bounds, never executed.

simpleeval walks the syntax tree; what it allows beyond numbers is taken out, and its powers are capped so that no expression
runs longer than a moment.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping

from simpleeval import SimpleEval

Number = int | float

LARGEST = 2**256
"""No intermediate integer may be larger than this."""
LONGEST = 500
"""No expression may have more characters than this."""


class ArithmeticFault(ValueError):
    """An expression that can't be evaluated; the message says why."""


def _bounded(value: Number) -> Number:
    if isinstance(value, complex) or not math.isfinite(value) or abs(value) > LARGEST:
        raise ArithmeticFault("the result is too large or not a real number")
    return value


def _multiply(a: Number, b: Number) -> Number:
    return _bounded(a * b)


def _power(a: Number, b: Number) -> Number:
    if abs(b) > 4096 or (abs(a) > 1 and b > 0 and b * math.log2(abs(a)) > 256):
        raise ArithmeticFault("the power is too large")
    return _bounded(a**b)


def _round(value: Number, digits: int = 0) -> Number:
    if abs(digits) > 300:
        raise ArithmeticFault("that many digits can't be rounded to")
    return round(value, digits) if digits else round(value)


_OPERATORS: dict[type[ast.AST], Callable[..., object]] = {
    ast.Add: lambda a, b: _bounded(a + b),
    ast.Sub: lambda a, b: _bounded(a - b),
    ast.Mult: _multiply,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "round": _round,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
    "min": min,
    "max": max,
    "abs": abs,
}
_NODES = (ast.Expr, ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.Call, ast.Constant)
_DEEPEST = 64


def evaluate(expression: str, names: Mapping[str, Number] | None = None) -> Number:
    """Return the value of an expression over the named numbers.

    Known are + - * / // % **, comparisons, and, or, not, floor, ceil, round, sqrt, exp, log, log2, min, max, abs and pi.
    Raises ArithmeticFault, whose message names what is wrong.
    """
    if len(expression) > LONGEST:
        raise ArithmeticFault(f"an expression has at most {LONGEST} characters")
    machine = SimpleEval(operators=_OPERATORS, functions=_FUNCTIONS, names={**(names or {}), "pi": math.pi})
    machine.nodes = {kind: machine.nodes[kind] for kind in _NODES}
    try:
        tree = machine.parse(expression.strip())
        _check(tree)
        value = machine.eval(expression, previously_parsed=tree)
    except ArithmeticFault:
        raise
    except ZeroDivisionError:
        raise ArithmeticFault("a division by zero") from None
    except RecursionError:
        raise ArithmeticFault("too deeply nested") from None
    except Exception as error:  # simpleeval and the operators raise of many classes; all mean the same to the author
        raise ArithmeticFault(_reason(error)) from None
    if not isinstance(value, (int, float)):
        raise ArithmeticFault("the result is not a number")
    return _bounded(value)


def _check(tree: ast.AST) -> None:
    todo = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > _DEEPEST:
            raise ArithmeticFault("too deeply nested")
        if isinstance(node, ast.Constant):
            if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
                raise ArithmeticFault("only numbers can stand in an expression")
            _bounded(node.value)
        todo += [(child, depth + 1) for child in ast.iter_child_nodes(node)]


def _reason(error: Exception) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    return text[:120]


_UNICODE = str.maketrans({"×": "*", "·": "*", "−": "-", "÷": "/", "^": "**", "\u00a0": " ", "²": "**2", "³": "**3"})


def read_number(text: str, unit: str = "") -> Number:
    """Return the number that a person typed: 1e-3, 3/4, 12_000, 12,000, 0,5, (224-7+6)/2+1, with or without the unit.

    Raises ArithmeticFault where it can't be read.
    """
    text = text.strip()
    for suffix in sorted({unit, unit.replace(" ", ""), "%" if "%" in unit else ""}, key=len, reverse=True):
        if suffix and text.casefold().endswith(suffix.casefold()):
            text = text[: -len(suffix)].strip()
            break
    text = text.removeprefix("=").removeprefix("~").removeprefix("≈").strip()
    if re.fullmatch(r"[+-−]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[+-−]?\d+,\d+([eE][+-]?\d+)?", text):
        text = text.replace(",", ".")
    text = re.sub(r"(?<=\d)\s+(?=\d{3}\b)", "", text.translate(_UNICODE))
    if not text:
        raise ArithmeticFault("nothing was typed")
    return evaluate(text)
