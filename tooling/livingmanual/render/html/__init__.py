"""The HTML page of an edition: one file that needs nothing else.

`plan` turns an Edition into a tree for pandoc's HTML writer; the workflow runs pandoc on it; `page` completes what
comes back to a page with its style, its contents list and its pictures inside. No script is needed to read it, and its
own security policy forbids it to load anything.
"""

from __future__ import annotations

from livingmanual.render.html.page import page
from livingmanual.render.html.plan import HtmlPlan, plan

__all__ = ["HtmlPlan", "page", "plan"]
