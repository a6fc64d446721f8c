"""A list item that Word moved to another level, with Track Changes on."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.returns import Workspace, parts_of, zipped

MANUAL = "format: 1\nid: lists\ntitle: Lists\nformats: [docx]\nchapters: [a.md]\n"
TEXT = "# A {#a}\n\n- one\n- two is\n  long\n- three\n  - below\n\nEnd.\n"
WHO = 'w:author="Amina" w:date="2026-12-01T09:00:00Z"'


def moved(data: bytes, words: str, level: int) -> bytes:
    """The file with the paragraph of these words on another list level, its old level kept in a `w:pPrChange`."""
    parts = parts_of(data)
    text = parts["word/document.xml"].decode()
    at = text.index(f">{words}<")
    start = text.rindex("<w:pPr>", 0, at)
    end = text.index("</w:pPr>", start)
    old = text[start + len("<w:pPr>") : end]
    new = re.sub(r'<w:ilvl w:val="\d"\s*/>', f'<w:ilvl w:val="{level}"/>', old)
    assert new != old
    change = f'<w:pPrChange w:id="900" {WHO}><w:pPr>{old}</w:pPr></w:pPrChange>'
    parts["word/document.xml"] = f"{text[:start]}<w:pPr>{new}{change}{text[end:]}".encode()
    return zipped(parts)


def test_an_item_goes_down_and_up_with_its_lines(tmp_path: Path) -> None:
    files = {"manual/manual.yaml": MANUAL, "manual/a.md": TEXT}
    workspace = Workspace.of_texts(files, tmp_path / "w")
    sent = workspace.built()
    report = workspace.take(moved(sent, "two is long", 1))
    assert report.balanced and report.remarks[0].counted == {"w:pPrChange": 1}
    workspace.accepted(report)
    assert workspace.read("manual/a.md") == TEXT.replace("- two is\n  long\n", "  - two is\n    long\n")
    workspace.start_again()
    workspace.accepted(workspace.take(moved(sent, "below", 0)))
    assert workspace.read("manual/a.md") == TEXT.replace("  - below", "- below")


def test_an_item_with_items_below_it_is_left_to_a_person(tmp_path: Path) -> None:
    workspace = Workspace.of_texts({"manual/manual.yaml": MANUAL, "manual/a.md": TEXT}, tmp_path / "w")
    report = workspace.take(moved(workspace.built(), "three", 1))
    assert report.balanced and not report.remarks[0].edits
    assert "items of its own" in report.remarks[0].anchor.why
