"""The field of a typed answer."""

from __future__ import annotations

from typing import ClassVar

from textual import events
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

    async def _on_key(self, event: events.Key) -> None:
        """Do the field's own keys in the order of typing: what comes behind one that leaves it is a key, not text."""
        if self.screen.focused is not self:
            event.prevent_default()  # no text; it goes on to the screen
            return
        found = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if found and found.node is self and await self.app.run_action(found.binding.action, self):
            event.stop()

    async def action_submit(self) -> None:
        """Hand over what was typed; a screen that doesn't take it gives the focus back."""
        self.screen.set_focus(None)
        await super().action_submit()

    def action_leave(self) -> None:
        """Leave the field."""
        self.screen.set_focus(None)
        self.post_message(self.Left())
