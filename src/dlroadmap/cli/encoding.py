"""Text for every terminal: what an encoding or a console's font lacks is written with what it has."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from pathlib import Path

SIGNS = str.maketrans(
    {"∙": ".", "►": "o", "✓": "+", "◊": "*", "◄": "!", "█": "#", "▒": "=", "░": ".", "•": "-", "▸": ">", "▾": "v"}
)
"""The signs' ASCII twins, as in the screens."""

_SPELLINGS = """
    −- –- —- ‐- ‑- ·- …... ×x ÷/ →-> ←<- “" ”" „" ‘' ’' ≤<= ≥>= ≠!= ≈~ √sqrt ∞inf ∂d ∇grad ∑sum ∏prod ∈in ±+/- ½1/2 ßss
    αalpha βbeta γgamma δdelta εepsilon ηeta θtheta λlambda μmu πpi σsigma τtau φphi ωomega ΔDelta ΣSigma
    ⁻- ₋- ⁺+ ₊+ ─- │| ┌+ ┐+ └+ ┘+ ├+ ┤+ ┬+ ┴+ ┼+ ▲^ ▼v ◀< ▶> ►> ◄<
"""
"""Common characters, each with its spelling in ASCII behind it."""
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SPELLED = {word[0]: word[1:] for word in _SPELLINGS.split()}


def spelled(text: str) -> str:
    """Return text in ASCII: signs and common symbols by their twins, accents dropped, the rest as question marks."""
    return _spelled(text, 0, len(text))


def _spelled(text: str, start: int, end: int) -> str:
    """Spell a part of a text; what stands beside it tells powers (10⁵ is not 105) and products (2·3 is not 2-3)."""
    plain = ""
    for at in range(start, end):
        char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
        plain += "^" if char in _RAISED and before not in _RAISED else ""
        plain += "*" if char == "·" and before.strip() and after.strip() else _SPELLED.get(char, char)
    plain = plain.translate(SIGNS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return plain.encode("ascii", "replace").decode("ascii")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _spelled(error.object, error.start, error.end), error.end


def prepare_streams() -> None:
    """Let no character end the program: neither one that stdout can't encode, nor one on stdin that isn't text."""
    codecs.register_error("dlroadmap", _replace)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # started with the stream closed
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 open until the program ends
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if mode == "r" else "dlroadmap")


def put(text: str, end: str = "\n", *, error: bool = False) -> None:
    """Write text to stdout or stderr at once (click.echo would write UTF-8 where the encoding is ASCII)."""
    stream = sys.stderr if error else sys.stdout
    stream.write(text + end)
    stream.flush()
