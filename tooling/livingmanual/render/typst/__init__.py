"""The PDF of an edition, by way of typst.

`plan` turns an Edition into a tree for pandoc's typst writer; the workflow runs pandoc on it; `assemble` cuts what
comes back into one file per chapter and adds the main file and the template. The workflow adds the pictures and
compiles. Everything here is pure: the same edition gives the same bytes.
"""

from __future__ import annotations

from livingmanual.render.typst.plan import TypstPlan, assemble, plan

__all__ = ["TypstPlan", "assemble", "plan"]
