"""The screens. State goes down, messages go up; only the App changes progress."""

import os

# Textual draws what changed at its next tick, and a page that follows the cursor takes up to three: shorter ticks, sooner read.
# It reads this when it is imported, so it stands before any of our screens.
os.environ.setdefault("TEXTUAL_FPS", "120")
