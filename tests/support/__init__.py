"""Instruments that judge the package from outside: they share no code with it."""
