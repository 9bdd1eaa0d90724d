"""The screens. State goes down, messages go up; only the App changes progress."""

import os

# Textual draws changes at its next tick, and a page that follows the cursor takes up to three ticks: shorter ones show it sooner.
# Textual reads this when it is imported, so it stands before the import of any screen.
os.environ.setdefault("TEXTUAL_FPS", "120")
