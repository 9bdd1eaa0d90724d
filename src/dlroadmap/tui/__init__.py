"""The screens. State goes down, messages go up; only the App changes progress."""
