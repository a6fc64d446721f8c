"""Word files of any origin: each is imported with an account that balances, or refused with one clear message.

Kinds: vocabulary that programs other than ours write, sample by sample; files that python-docx writes; and
returns of ours that were spoilt at random (elements lost, doubled, moved, renamed, with wrong attributes).
"""

from __future__ import annotations

import copy
import io
import random
import re

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from livingmanual.errors import WrongUse
from livingmanual.workflows import import_review
from livingmanual.workflows.import_review import ImportReport
from tests.laws.documents import Writer
from tests.laws.reviewers import Reviewer
from tests.laws.test_word_round_trip import EXAMPLES, SEEDS, manual
from tests.support.foreign_word import REFUSED, SAMPLES
from tests.support.returns import Workspace, parts_of, zipped
from tests.word.package import W

FILES = {
    "manual/manual.yaml": "format: 1\nid: small\ntitle: Small\nlanguage: en\nchapters: [chapters/01.md]\n",
    "manual/chapters/01.md": "# The chapter\n\nThe State answers in writing.[^1]\n\nIt tells the public.\n\n"
    "| A | B |\n|---|---|\n| one cell | another cell |\n\n[^1]: A note of some words.\n",
}
EDITION = "base/en@HEAD"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small manual."""
    return Workspace.of_texts(FILES, tmp_path_factory.mktemp("foreign") / "workspace")


def taken(workspace: Workspace, data: bytes, name: str = "back.docx") -> ImportReport:
    """Import, accept everything, apply: nothing of it may raise, and the account balances."""
    workspace.start_again()
    file = workspace.root / "build" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    report = import_review.import_file(
        workspace.root, file, "r1", edition=EDITION, author="Tess Bekele <tess@example.org>"
    )
    assert report.balanced, report.differences
    assert sum(report.found.values()) == sum(report.accounted.values())
    workspace.accepted(report)
    return report


@pytest.mark.parametrize("sample", SAMPLES)
def test_vocabulary_of_other_programs(sample: str, workspace: Workspace) -> None:
    report = taken(workspace, SAMPLES[sample])
    assert all(remark.anchor.spans or remark.anchor.why or remark.edits for remark in report.remarks), report.remarks


@pytest.mark.parametrize("sample", REFUSED)
def test_what_is_refused_is_refused_with_one_message(sample: str, workspace: Workspace) -> None:
    data, words = REFUSED[sample]
    with pytest.raises(WrongUse, match=words):
        taken(workspace, data)
    assert workspace.git("status", "--porcelain", "reviews", "manual") == ""


def test_a_file_of_python_docx(workspace: Workspace) -> None:
    """Another program's text, with a comment of python-docx: nothing of ours, so nothing is reported as deleted."""
    made_ = docx.Document()
    made_.add_heading("Another book", 1)
    run = made_.add_paragraph("Words that are not in the manual at all, ").add_run("some of them bold.")
    run.bold = True
    made_.add_comment([run], text="Why bold?", author="Amina Diallo", initials="AD")
    table = made_.add_table(rows=2, cols=2, style="Table Grid")
    table.cell(0, 0).text = "one"
    made_.add_page_break()
    made_.sections[0].header.paragraphs[0].text = "A header"
    memory = io.BytesIO()
    made_.save(memory)
    report = taken(workspace, memory.getvalue())
    assert [remark.text for remark in report.remarks] == ["Why bold?"]
    assert any("hardly any paragraph" in notice for notice in report.notices)


# Spoilt files

NAMES = (
    "p", "r", "t", "delText", "ins", "del", "moveFrom", "moveTo", "tbl", "tr", "tc", "sdt", "sdtContent", "hyperlink",
    "smartTag", "customXml", "fldSimple", "fldChar", "instrText", "rPr", "pPr", "rPrChange", "pPrChange", "tab", "br",
    "footnoteReference", "commentReference", "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd",
    "moveFromRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "trPr", "tcPr", "numPr", "sectPr", "pict", "object",
    "drawing", "txbxContent", "ruby", "rubyBase", "altChunk", "proofErr", "unknown",
)  # fmt: skip
VALUES = (
    "",
    "0",
    "1",
    "-1",
    "x",
    "99999999999",
    "Heading1",
    "2024-01-01T00:00:00Z",
    "\u202e",
    "begin",
    "end",
    "continue",
)


def spoilt(data: bytes, seed: int) -> bytes:
    """The file with some elements lost, doubled, moved, renamed, or with other attributes."""
    chance = random.Random(seed)
    parts = parts_of(data)
    names = [
        n
        for n in parts
        if re.fullmatch(r"word/(document|footnotes|comments|commentsExtended|numbering|styles)\.xml", n)
    ]
    for _ in range(chance.randrange(1, 12)):
        name = chance.choice([*names, "word/document.xml", "word/document.xml"])
        root = etree.fromstring(parts[name])
        _spoil(root, chance)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(parts)


def _spoil(root: etree._Element, chance: random.Random) -> None:
    elements = [e for e in root.iter("{*}*") if e.getparent() is not None]
    if not elements:
        return
    one, other = chance.choice(elements), chance.choice(elements)
    deed = chance.randrange(6)
    if deed == 0 and one.getparent() is not None:
        one.getparent().remove(one)
    elif deed == 1:
        other.addprevious(copy.deepcopy(one))
    elif deed == 2 and one not in list(other.iterancestors()) and one is not other:
        other.append(one)
    elif deed == 3 and root.tag.startswith(f"{{{W}}}"):  # what is about comments holds no text, and no change of it
        one.tag = f"{{{W}}}{chance.choice(NAMES)}"
    elif deed == 4:
        key = chance.choice([*one.attrib, f"{{{W}}}id", f"{{{W}}}val", f"{{{W}}}author"])
        one.set(key, chance.choice(VALUES))
    else:
        for child in list(one):
            one.addnext(child)


@settings(EXAMPLES, max_examples=2)
@given(SEEDS)
def test_spoilt_returns_lose_nothing(seed: int) -> None:
    """Whatever was broken in it, a return is imported with an account that balances, applied and built again."""
    with manual(Writer(seed).files()) as (workspace, sent):
        data = Reviewer(sent, seed).run(10)
        for number in range(5):
            workspace.start_again()
            before = workspace.sources()
            try:
                report = workspace.take(spoilt(data, seed + number), author="Tess Bekele")
            except WrongUse as refusal:
                assert str(refusal).strip() and workspace.sources() == before
                continue
            assert report.balanced, report.differences
            assert sum(report.found.values()) == sum(report.accounted.values())
            workspace.accepted(report)
