"""The field of a typed answer."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class AnswerField(Input):
    """The field of a typed answer: Enter takes it, Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "take this answer", id="field.take"),
        Binding("escape", "leave", "leave the field", id="field.leave"),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take a slash as text too: Textual knows no character of that name."""
        return key == "slash" or super().check_consume_key(key, character)

    class Left(Message):
        """The field was left without an answer."""

    def action_leave(self) -> None:
        """Leave the field."""
        self.post_message(self.Left())
