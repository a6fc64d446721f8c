"""The law: a reader of the file gets from every paragraph exactly the text of the block that its bookmark names."""

from pathlib import Path

import pytest

from livingmanual.model.edition import Edition
from tests.support import docx_files, written

EVERYTHING = """# The chapter {#ch}

One "straight" and one “curly” quotation, don't -- wait ... a non‑breaking hyphen, a soft­hyphen, NBSP here.
A second line, *emphasis **both** of them*, ~~gone~~, H~2~O, x^2^, `code  with  spaces`, [small caps]{.smallcaps}
and a hard break\\
after it. An [outside link](https://example.org "Title"), [an inner one](#sec), a [broken one](#nowhere), a
[strange one](javascript:alert(1)). A note[^a] and another[^b] in one line.

[^a]: First paragraph of the note with *emphasis*.

    Second paragraph of the note.

[^b]: Short.

## A section {#sec}

- item one

  continued

  1. inner numbered
  2. [ ] looks like a task
- item two

3) three
4) four

::: {.table #tbl}
A caption with *emphasis*.

| Head | Right | |
|:-----|------:|:-:|
| a \\| b | 1 | |
| | 2 | x<br>y |
:::

![Alternative text](../figures/legal-path.svg){#fig}

![Missing](nowhere.png)

Term *one*
:   Its definition.

    ```
    code in	a definition
    ```

Term two
:   First.
:   Second.

> A quotation.
>
> - with a list

```python
def f():
    return "tab	and  spaces"

```

An equation $a^2 + b^2$ within.

$$\\frac{1}{2}$$

***

:::: {.norm #N01 level="core"}
The statement.

Yes
:   A definition.

- evidence one
::::

[to confirm]{.to-confirm}, [a comment?]{.comment-start id="1" author="x"},
<b>raw</b> `<w:p/>`{=openxml}, مرحبا بالعالم end.
"""


@pytest.fixture(scope="module")
def edition() -> Edition:
    return written.edition_of(EVERYTHING)


def text_by_bookmark(edition: Edition, plan: object) -> dict[str, str]:
    return {block.id: block.text for block in (*edition.blocks, *plan.frame)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("review", [False, True])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_paragraph_says_what_its_block_says(repository: Path, review: bool, direction: str) -> None:
    edition = written.edition_of(EVERYTHING, direction=direction)
    data, plan = docx_files.made(edition, repository, review)
    texts = text_by_bookmark(edition, plan)
    found = docx_files.paragraphs(data)
    assert {name: text for name, _, text in found if name} == {block: texts[block] for block in plan.order}
    assert [name for name, _, _ in found if name] == list(plan.order)


def test_no_text_stands_outside_a_bookmark(edition: Edition, repository: Path) -> None:
    data, _ = docx_files.made(edition, repository)
    assert [text for name, _, text in docx_files.paragraphs(data) if not name and text] == []


def test_every_block_is_in_the_file_or_in_a_note(edition: Edition, repository: Path) -> None:
    _, plan = docx_files.made(edition, repository)
    assert {block.id for block in edition.blocks if not block.note_of} <= set(plan.order)


def test_notes_say_what_their_blocks_say(edition: Edition, repository: Path) -> None:
    data, _ = docx_files.made(edition, repository)
    texts = {block.id: block.text for block in edition.blocks}
    wanted = [texts[name] for block in edition.blocks for name in block.notes]
    assert [text for note in docx_files.notes(data) for text in note] == wanted
    assert wanted == ["First paragraph of the note with emphasis.", "Second paragraph of the note.", "Short."]


def test_a_note_s_reference_carries_the_bookmark_of_its_first_block(edition: Edition, repository: Path) -> None:
    data, _ = docx_files.made(edition, repository)
    w = docx_files.W
    around = [
        run.getprevious().get(f"{w}name")
        for run in docx_files.part(data, "word/document.xml").iter(f"{w}r")
        if run.find(f"{w}footnoteReference") is not None
    ]
    first = [edition.blocks[n].notes[0] for n in range(len(edition.blocks)) if edition.blocks[n].notes]
    assert around[0] == first[0]
    assert all(name in {block.id for block in edition.blocks} for name in around)


def test_bookmarks_are_numbered_in_order_and_closed(edition: Edition, repository: Path) -> None:
    data, plan = docx_files.made(edition, repository)
    w = docx_files.W
    body = docx_files.part(data, "word/document.xml")
    starts = [(mark.get(f"{w}id"), mark.get(f"{w}name")) for mark in body.iter(f"{w}bookmarkStart")]
    ends = [mark.get(f"{w}id") for mark in body.iter(f"{w}bookmarkEnd")]
    assert [number for number, _ in starts] == [str(n + 1) for n in range(len(starts))]
    assert sorted(ends) == sorted(number for number, _ in starts)
    assert len({name for _, name in starts}) == len(starts)
    assert set(plan.order) <= {name for _, name in starts}


def test_nothing_of_the_source_is_taken_for_code_of_the_writer(edition: Edition, repository: Path) -> None:
    data, plan = docx_files.made(edition, repository)
    xml = docx_files.raw(data, "word/document.xml")
    assert "commentRangeStart" not in xml
    assert "javascript" not in docx_files.raw(data, "word/_rels/document.xml.rels")
    assert xml.count("<w:p ") + xml.count("<w:p>") == len(docx_files.paragraphs(data))
    assert len(docx_files.paragraphs(data)) == len(plan.order) + 1  # the rule
