"""An edition as a Word file, in two pure halves around one run of pandoc.

`plan` turns the edition into a tree for pandoc's DOCX writer, with a bookmark around every block; `finish` gives what
pandoc wrote its styles, stamp and properties, and makes the file the same, byte for byte, on every build. The law that
rules both: the text that a reader of the file gets from a paragraph is the text of the block that its bookmark names.
"""

from livingmanual.render.docx.finish import finish
from livingmanual.render.docx.plan import DocxPlan, plan

__all__ = ["DocxPlan", "finish", "plan"]
