from __future__ import annotations

import io
import sys

import pytest

from dlroadmap.cli.encoding import prepare_streams, put


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_no_encoding_ends_the_program(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    kept = io.BytesIO()
    stream = io.TextIOWrapper(kept, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    prepare_streams()
    put("∙ × 日本 ► \ud800")
    written = kept.getvalue().decode(encoding)
    assert written.startswith("∙ × " if encoding == "utf-8" else ". × " if encoding == "latin-1" else "")
    assert written.endswith("\n")


def test_character_is_spelled_by_what_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, encoding="ascii"))
    prepare_streams()
    put("2·3 · 5·10⁻⁵")
    assert kept.getvalue() == b"2*3 * 5*10^-5\n"


def test_closed_streams_are_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    prepare_streams()
    put("into nothing")
    sys.stdout.close()
