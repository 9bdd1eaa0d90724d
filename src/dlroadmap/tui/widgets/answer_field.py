"""The field for a typed answer."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class AnswerField(Input):
    """The field for a typed answer: Enter submits it, Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "take this answer", id="field.take"),
        Binding("escape", "leave", "leave the field", id="field.leave"),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take a slash as text, too: Textual doesn't treat its name as a character."""
        return key == "slash" or super().check_consume_key(key, character)

    class Left(Message):
        """The field was left without an answer."""

    async def _on_key(self, event: events.Key) -> None:
        """Handle the field's own keys in the order of typing: after a key that leaves the field, keys are no longer text."""
        if self.screen.focused is not self:
            event.prevent_default()  # it isn't text; the screen handles it
            return
        found = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if found and found.node is self and await self.app.run_action(found.binding.action, self):
            event.stop()

    async def action_submit(self) -> None:
        """Submit the text; a screen that doesn't accept it gives the focus back."""
        self.screen.set_focus(None)
        await super().action_submit()

    def action_leave(self) -> None:
        """Leave the field."""
        self.screen.set_focus(None)
        self.post_message(self.Left())
