"""The widgets: what screens are made of."""
