"""The screens: what one is doing."""
