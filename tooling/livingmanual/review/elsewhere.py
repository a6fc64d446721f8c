"""What to expect of a Word file that was not built by us.

Somebody may turn the Markdown into a Word file with another program and send that to reviewers. Such a file holds the
text, but nothing that only our writers put in: numbers of sections, titles of parts, boxes of tasks. It would be
wrong to read their absence as hundreds of deletions, so they are not expected there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from livingmanual.model.document import Block
from livingmanual.model.returned import Returned
from livingmanual.model.run import Run
from livingmanual.review.align import normal
from livingmanual.review.remarks import Expected
from livingmanual.review.stream import base_paragraphs

OURS = frozenset({"number", "task", "alert"})
"""What only our writers put into a paragraph."""


def as_others_write(expected: Expected, returned: Returned) -> Expected:
    """The edition as a file of another program should hold it; unchanged if the file is one of ours.

    A file is ours if it carries the stamp or one of our bookmarks, or, where it lost them, if more of its headings have
    our numbers than not.
    """
    body = [paragraph for paragraph in returned.paragraphs if paragraph.story == "body"]
    marked = any(name in expected.blocks for paragraph in body for name in paragraph.bookmarks)
    if marked or returned.stamp.stamp is not None:
        return expected
    texts = {normal(paragraph.text) for paragraph in base_paragraphs(body)}
    numbered = [block for block in expected.blocks.values() if any(run.made == "number" for run in block.runs)]
    if sum(normal(block.text) in texts for block in numbered) > sum(_bare(block) in texts for block in numbered):
        return expected
    blocks = {name: _without(block, texts) for name, block in expected.blocks.items()}
    order = tuple(name for name in expected.order if name not in blocks or _shown(blocks[name], texts))
    return replace(expected, order=order, blocks=blocks)


def _bare(block: Block) -> str:
    return normal("".join(run.text for run in _others(block)))


def _others(block: Block) -> tuple[Run, ...]:
    return tuple(run for run in block.runs if run.made not in OURS)


def _without(block: Block, texts: Collection[str]) -> Block:
    return block if normal(block.text) in texts else replace(block, runs=_others(block))


def _shown(block: Block, texts: Collection[str]) -> bool:
    """False for the title page and the contents, and for what is all made by the tool and is not in the file."""
    literal = any(not run.made or run.made.startswith("object ") for run in block.runs)
    return block.kind != "frame" and (literal or normal(block.text) in texts)
