"""Text in ASCII, for terminals, encodings and fonts without other characters: symbols as people type them."""

from __future__ import annotations

import unicodedata

SIGNS = str.maketrans(
    {"∙": ".", "►": "o", "✓": "+", "◊": "*", "◄": "!", "█": "#", "▒": "=", "░": ".", "•": "-", "▸": ">", "▾": "v"}
)
"""What stands for each of the screens' signs in ASCII."""

_SPELLINGS = """
    −- –- —- ‐- ‑- ·* …... ‹< ›> ×x ÷/ →-> ←<- ↑up ↓down ↦|-> ↗/ “" ”" „" ‘' ’' ′' ″'' ≤<= ≥>= ≠!= ≈~ ∝~ ∞inf ∂d ∈in ∫int ±+/-
    ⁄/ ßss łl µu °deg ‖|| ⌊floor( ⌋) ⌈ceil( ⌉) ⊙* ∘o ␣_ €EUR ŷy_hat ᾱalpha_bar ⁻- ₋- ⁺+ ₊+
    ─- │| ┌+ ┐+ └+ ┘+ ╭+ ╮+ ╰+ ╯+ ├+ ┤+ ┬+ ┴+ ┼+ ╲\\ ╱/ ▲^ ▼v ◀< ▶>
"""
_NAMES = """
    √sqrt ∛cbrt ∇grad ∑sum ∏prod αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho
    σsigma τtau υupsilon φphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi ΩOmega
"""
"""In both tables each character is followed by its spelling in ASCII. After a name comes a space if a word goes on."""
_SPELLED = {word[0]: word[1:] for word in (_SPELLINGS + _NAMES).split()}
_NAMED = frozenset(word[0] for word in _NAMES.split())
_MARKS = {"\u0302": "_hat", "\u0303": "_tilde", "\u0304": "_bar"}
"""Marks over a letter in formulas (in people's names mark and letter are a single character)."""


def spellings(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Return the ASCII of each character of a part of a text: symbols as people type them, no accents, else ?.

    Neighbours matter: 10⁵ becomes 10^5 and not 105, and 2πx becomes 2pi x. A · between spaces may be a product: never a minus.
    """
    return [
        _one(text[max(0, at - 1) : at], text[at], text[at + 1 : at + 2]) for at in range(start, len(text) if end is None else end)
    ]


def _one(before: str, char: str, after: str) -> str:
    if char.isascii():
        return char
    if char in _NAMED:
        return _SPELLED[char] + (" " if after.isalnum() and _is_word(after) else "")
    if char in _MARKS:
        return _MARKS[char] + (" " if after.isalnum() else "")
    raised = "^" if _is_raised(char) and not _is_raised(before) else ""
    plain = unicodedata.normalize("NFKD", _SPELLED.get(char, char).translate(SIGNS))
    plain = "".join(_SPELLED.get(part, part) for part in plain if not unicodedata.combining(part))
    return raised + plain.encode("ascii", "replace").decode("ascii")


def _is_raised(char: str) -> bool:
    return unicodedata.decomposition(char).startswith("<super>") if char else False


def _is_word(char: str) -> bool:
    """Return whether a letter or digit needs a space after a name; indices and powers don't."""
    return not unicodedata.decomposition(char).startswith("<su")
