"""Arithmetic from files and from typed answers: evaluated within limits, never executed as code.

simpleeval walks the syntax tree. Everything that isn't a number is switched off, and powers are limited, so that no expression
takes more than a moment.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache

from simpleeval import FunctionNotDefined, InvalidExpression, NameNotDefined, SimpleEval

Number = int | float

LARGEST = 2**256
"""No intermediate integer may be larger than this."""
LONGEST = 500
"""No expression may have more characters than this."""


class ArithmeticFault(ValueError):  # noqa: N818 the author's or learner's mistake, not the program's
    """An expression that can't be evaluated; the message says why."""


def _bounded(value: Number) -> Number:
    if isinstance(value, complex) or abs(value) > LARGEST or not math.isfinite(value):
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
_CONDITIONS = (ast.BoolOp, ast.Compare, ast.Not)
_ONE_NUMBER = "one number is asked for, or a sum"
_DEEPEST = 64


def evaluate(expression: str, names: Mapping[str, Number] | None = None, *, conditions: bool = True) -> Number:
    """Return the value of an expression over the named numbers.

    Allowed are + - * / // % **, floor, ceil, round, sqrt, exp, log, log2, min, max, abs and pi. conditions: also comparisons,
    `and`, `or`, `not`. Raises ArithmeticFault, whose message says what is wrong.
    """
    if len(expression) > LONGEST:
        raise ArithmeticFault(f"an expression has at most {LONGEST} characters")
    machine = SimpleEval(operators=_OPERATORS, functions=_FUNCTIONS, names={**(names or {}), "pi": math.pi})
    machine.nodes = {kind: machine.nodes[kind] for kind in _NODES}
    try:
        value = machine.eval(expression, previously_parsed=_parsed(expression, conditions))
    except ArithmeticFault:
        raise
    except ZeroDivisionError:
        raise ArithmeticFault("a division by zero") from None
    except RecursionError:
        raise ArithmeticFault("too deeply nested") from None
    except Exception as error:  # noqa: BLE001 simpleeval and the operators raise of many classes; all mean the same to the author
        raise ArithmeticFault(_reason(error)) from None
    if not isinstance(value, (int, float)):
        raise ArithmeticFault("the result is not a number")
    return _bounded(int(value) if isinstance(value, bool) else value)


@lru_cache(maxsize=2048)
def _parsed(expression: str, conditions: bool) -> ast.expr:
    """Return an expression's checked syntax tree, which must not be changed: it is reused for every variant of a question."""
    with warnings.catch_warnings(action="ignore"):  # Python would print warnings, of 1or 2 for example
        tree = ast.parse(expression.strip(), mode="eval").body
    _check(tree, conditions=conditions)
    return tree


def _check(tree: ast.AST, *, conditions: bool) -> None:
    todo = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > _DEEPEST:
            raise ArithmeticFault("too deeply nested")
        if isinstance(node, _CONDITIONS) and not conditions:
            raise ArithmeticFault(_ONE_NUMBER)
        if isinstance(node, ast.Constant):
            if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
                raise ArithmeticFault("only numbers can stand in an expression")
            _bounded(node.value)
        todo += [(child, depth + 1) for child in ast.iter_child_nodes(node)]


def _reason(error: Exception) -> str:
    match error:
        case SyntaxError() | UnicodeError() | MemoryError():
            return "not a number or a sum that can be read"
        case NameNotDefined():
            return f"'{error.name}' is not a name that is known here"
        case FunctionNotDefined():
            return f"'{error.func_name}' is not a function that is known here"
        case InvalidExpression() | KeyError():
            return "only numbers, names, + - * / // % **, comparisons and a few functions can stand here"
        case OverflowError():
            return "the result is too large"
        case TypeError():
            return "a function is given what it can't take"
        case _:
            return str(error)[:120]


_UNICODE = str.maketrans({"×": "*", "·": "*", "−": "-", "÷": "/", "^": "**", "π": "pi"})
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")


def read_number(text: str, unit: str = "") -> Number:
    """Return the number that a person typed: 1e-3, 3/4, 12_000, 12,000, 0,5, 2³², (224-7+6)/2+1, with or without the unit.

    A comma before three digits separates thousands, as in English, unless only a zero stands before it. Raises ArithmeticFault
    if the text can't be read or has more than one number: 7 or 8.
    """
    text = text.strip()
    for suffix in sorted({unit, unit.replace(" ", ""), "%" if "%" in unit else ""}, key=len, reverse=True):
        found = re.fullmatch(f"(.*?){re.escape(suffix)}", text, re.IGNORECASE | re.DOTALL)
        if suffix and found:
            text = found[1].strip()
            break
    text = re.sub(r"^[=~≈\s]+", "", text)
    text = re.sub(r"[⁺⁻]?[⁰¹²³⁴-⁹]+", lambda raised: f"**{raised[0].translate(_RAISED)}", text).translate(_UNICODE)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d+([eE][+-]?\d+)?", text):
        text = text.replace(",", ".")
    text = re.sub(r"(?<=\d)\s+(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<![\w.])0+(?=\d)", "", text)  # Python doesn't accept 007
    if not text:
        raise ArithmeticFault("nothing was typed")
    if "#" in text:  # Python would ignore the rest as a comment
        raise ArithmeticFault(_ONE_NUMBER)
    return evaluate(text, conditions=False)
