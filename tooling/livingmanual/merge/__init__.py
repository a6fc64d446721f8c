"""Remarks and dispositions to new source text, three-way with what the text has become since."""
