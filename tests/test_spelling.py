from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.spelling import spellings


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("∙ ✓ ◊ █ ░", ". + * # ."),
        ("a → b ≤ c × d − 1 …", "a -> b <= c x d - 1 ..."),
        ("σ(z) ∇L ≈ √2", "sigma(z) grad L ~ sqrt 2"),
        ("café — “quoted”", 'cafe - "quoted"'),
        ("‹know the basics›, until ↓ was pressed", "<know the basics>, until down was pressed"),
        ("日本 🙂", "?? ?"),
        ("x² ½ ⅓", "x^2 1/2 1/3"),
        ("5·10¹⁸ 10⁻⁵ xⁿ x₁² xᵀAx", "5*10^18 10^-5 x^n x1^2 x^TAx"),
        ("0.1 · 25 % = 2.5 %", "0.1 * 25 % = 2.5 %"),
        ("(n + 1)·m · all", "(n + 1)*m * all"),
        ("2πx, σ₁, βᵗ, ∂L/∂w, √(2)", "2pi x, sigma1, beta^t, dL/dw, sqrt(2)"),
        ("ŷ, x̂y, D̃, ᾱ_t", "y_hat, x_hat y, D_tilde, alpha_bar_t"),
        ("⌊(4 − 2)/1⌋, ‖w‖, f′(x), 180°", "floor((4 - 2)/1), ||w||, f'(x), 180deg"),
        ("Müller, Petar Veličković", "Muller, Petar Velickovic"),
    ],
)
def test_text_is_spelled_in_ascii(text: str, ascii_text: str) -> None:
    assert "".join(spellings(text)) == ascii_text


@given(st.text(max_size=40))
def test_every_character_has_a_spelling_of_its_own(text: str) -> None:
    found = spellings(text)
    assert len(found) == len(text)
    assert "".join(found).isascii()
    assert all(part == char for part, char in zip(found, text, strict=True) if char.isascii())
