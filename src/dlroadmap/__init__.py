"""Learn deep learning from the terminal: a roadmap, checkpoints that test understanding, and a memory of what fades."""

__version__ = "0.1.0"
