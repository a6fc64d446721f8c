"""What LibreOffice makes of our Word files: pages that can be printed, and a save that loses no bookmark."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from livingmanual.review.word import reader
from tests.support import docx_files, written

pytestmark = [pytest.mark.client("libreoffice")]
Client = Callable[[str], str]

TEXT = """# The first chapter {#one}

A paragraph with a note[^n], a [reference](#two) and مرحبا بالعالم in it.

[^n]: The note.

::: {.table #t}
A caption.

| a | b |
|---|---|
| c | |
| d | e |
:::

![A path from left to right](../figures/legal-path.svg){#fig}

:::: {.norm #N01 level="core"}
The statement.

Yes
:   A definition.
::::

# The second chapter {#two}

- one

  ```
  code
  ```
"""


def converted(client: Client, folder: Path, data: bytes, kind: str) -> bytes:
    """The file as LibreOffice converts it; `kind` is its name for the format, perhaps with a filter."""
    source, target = folder / "source.docx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [client("libreoffice"), profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next(target.iterdir()).read_bytes()


@pytest.fixture(scope="module")
def made(repository: Path) -> bytes:
    return docx_files.made(written.edition_of(TEXT, country="Kenya"), repository, review=True)[0]


def test_a_save_without_an_edit_keeps_bookmarks_text_and_stamp(client: Client, made: bytes, tmp_path: Path) -> None:
    saved = converted(client, tmp_path, made, "docx:MS Word 2007 XML")
    before, after = reader.read_word(made).value, reader.read_word(saved).value
    assert before is not None and after is not None
    names = {bookmark.name for bookmark in before.bookmarks}
    assert len(names) > 20
    assert names <= {bookmark.name for bookmark in after.bookmarks}
    # LibreOffice writes the page numbers into the contents' lines, which are the ones with a tab.
    texts = [[p.text for p in file.paragraphs if p.story == "body" and "\t" not in p.text] for file in (before, after)]
    assert texts[0] == texts[1]
    assert after.stamp.stamp == before.stamp.stamp
    assert {found.place for found in after.stamp.found} == {"property", "custom-xml", "identifier", "printed"}
    assert after.settings.track_revisions


@pytest.mark.client("poppler")
def test_the_contents_show_the_pages_of_the_headings(client: Client, made: bytes, tmp_path: Path) -> None:
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(converted(client, tmp_path, made, "pdf"))
    pages = subprocess.run([client("poppler"), "-layout", str(pdf), "-"], check=True, capture_output=True)
    cover, contents, *rest = pages.stdout.decode().split("\f")
    assert "Edition for Kenya" in cover and "review@example.org" in cover
    assert "Page 1" not in cover and "Page 2 of" in contents
    shown = dict(re.findall(r"The (first|second) chapter +(\d+)", contents))
    found = {
        word: str(number)
        for number, page in enumerate(rest, start=3)
        for word in ("first", "second")
        if f"The {word} chapter\n" in page
    }
    assert shown == found


def test_pictures_are_drawn(client: Client, made: bytes, tmp_path: Path) -> None:
    without = docx_files.made(written.edition_of(TEXT.replace("../figures/legal-path.svg", "none.png")), Path("/"))[0]
    sizes = [len(converted(client, tmp_path / name, data, "pdf")) for name, data in prepared(tmp_path, made, without)]
    assert sizes[0] > sizes[1] + 5000


def prepared(folder: Path, made: bytes, without: bytes) -> list[tuple[str, bytes]]:
    for name in ("with", "without"):
        (folder / name).mkdir()
    return [("with", made), ("without", without)]
