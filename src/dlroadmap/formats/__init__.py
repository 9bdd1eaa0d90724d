"""Text to values and back; no files."""
