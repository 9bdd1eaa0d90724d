from __future__ import annotations

import subprocess
from typing import Any

import pytest

from dlroadmap.browser import command, open_address

HOSTILE = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "--help",
    "ssh://-oProxyCommand=x/",
    "smb://host/share",
    "%action",
    "http://",
    "https://a b.org",
    'https://a.org/"x',
    "data:text/html,x",
]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def note(words: list[str], **_: Any) -> None:
        calls.append(words)

    monkeypatch.setattr(subprocess, "Popen", note)
    monkeypatch.setenv("BROWSER", "firefox")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    return calls


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_never_opened(started: list[list[str]], url: str) -> None:
    assert not open_address(url)
    assert not started


def test_a_web_address_is_the_browsers_only_argument(started: list[list[str]]) -> None:
    assert open_address("https://example.org/a?b=c#d")
    assert started == [["firefox", "https://example.org/a?b=c#d"]]


def test_never_under_ssh(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1")
    assert not open_address("https://example.org")
    assert not started


@pytest.mark.parametrize("browser", ["lynx", "/usr/bin/w3m", "links2 -g"])
def test_a_text_browser_never_takes_the_screen(browser: str) -> None:
    assert command({"BROWSER": browser, "DISPLAY": ":0"}, "linux") is None


def test_each_system_has_its_opener() -> None:
    assert command({}, "darwin") == ["open"]
    assert command({}, "linux") is None
    assert command({}, "win32") is not None
    assert command({"BROWSER": "my %s"}, "linux") == ["my", "%s"]
