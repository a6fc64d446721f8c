"""Living Manual: one manual, many editions, and the way back from a reviewer's file to the text it speaks about."""

__all__ = ["__version__"]

__version__ = "0.1.0"
