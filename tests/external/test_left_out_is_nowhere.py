"""What an edition leaves out is in no part of its files: text, contents, references, properties, bookmarks, pictures.

Every word of a section that goes begins with the same letters, so that one search finds whatever is left of it. The
files are searched whole: every part of a zipped file, every unpacked stream of a PDF, and what poppler reads there. As
the search must be able to find something, it is tried on the edition that leaves nothing out first.
"""

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Severity
from livingmanual.workflows import artifacts
from livingmanual.workflows.editions import Shelf, make_edition, open_draft
from livingmanual.workflows.pictures import read_pictures

pytestmark = pytest.mark.client("poppler")

SECTION = """
## {W}HEADING {{#sec-{w}{a}}}

{W}TEXT stands here.[^{w}] It cites a work [@{w}-work; @kept]. **{W}BOLD** and `{W}CODE`.

[^{w}]: {W}NOTE in a note.

![{W}CAPTION](../figures/{w}.svg){{#fig-{w} alt="{W}ALT"}}

::: {{#tbl-{w} .table}}
{W}TABLE

| {W}COLUMN | [{w} token]{{.term}} |
|---|---|
| {W}CELL | [{W}SPAN]{{#span-{w}}} |
:::

::: {{#N-{w} .norm}}
{W}NORM.
:::

### {W}BELOW {{#below-{w}}}

- {W}ITEM

{W}TERM
:   {W}DEFINITION

<!-- {W}COMMENT -->

[{W}LINK](https://{w}.example/ "{W}TITLE") and {{{{{w}}}}}
"""
ALONE = """
## Pieces {#sec-pieces}

Everywhere[ and ZQFILTERED]{.when country=TZ}. `ZQFILTERED`{.when country=TZ} [ZQFILTERED](https://zqfiltered.example){.when
country=TZ} ![ZQFILTERED](../figures/zqfiltered.svg){.when country=TZ}

![ZQFILTERED](../figures/zqfiltered.svg){#fig-alone .when country=TZ alt="ZQFILTERED"}

``` {.when country=TZ}
ZQFILTERED
```

[ZQFILTERED]{.when country=TZ}
:   ZQFILTERED with it.

::: {.when country=TZ #zqfiltered-div}
ZQFILTERED
:::

Kept
:   See [the section that does not apply](#sec-zqkept) and [](#sec-zqkept).
"""
OVERLAY = "country: {code}\nlanguages: [en]\nnames: {{en: {{short: {code}}}}}\n"
OVERRIDE = "---\ntarget: {target}\naction: {action}\nreason: Because.\n---\n\n{text}\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{w}</title><rect width="9" height="9"/></svg>'
)
GONE = ("zqremoved", "zqfiltered", "zqchapter", "zqannex")
KEPT = "zqkept"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A manual of which Tanzania's edition shows everything, and Kenya's not."""
    root = tmp_path_factory.mktemp("workspace")
    marks = {"zqremoved": "", "zqfiltered": " .when country=TZ", KEPT: ""}
    chapter = "# One {#one}\n" + "".join(SECTION.format(W=w.upper(), w=w, a=a) for w, a in marks.items()) + ALONE
    write(root, "manual/chapters/one.md", chapter)
    write(root, "manual/chapters/two.md", "# ZQCHAPTER {#two}\n" + SECTION.format(W="ZQCHAPTER", w="zqchapter", a=""))
    write(
        root,
        "manual/annexes/a.md",
        "# ZQANNEX {#a .when country=TZ}\n" + SECTION.format(W="ZQANNEX", w="zqannex", a=""),
    )
    for word in (*GONE, KEPT):
        write(root, f"manual/figures/{word}.svg", SVG.format(w=word))
    works = "".join(f"  - {{id: {w}-work, type: book, title: {w.upper()}WORK}}\n" for w in (*GONE, KEPT))
    write(root, "manual/references.yaml", f"references:\n{works}  - {{id: kept, type: book, title: Kept}}\n")
    settings = ["id: m", "title: M", "chapters: [chapters/one.md, chapters/two.md]", "annexes: [annexes/a.md]"]
    settings += ["references: references.yaml", "variables:", *(f"  {w}: {w.upper()}VALUE" for w in (*GONE, KEPT))]
    write(root, "manual/manual.yaml", "\n".join(settings) + "\n")
    for code in ("KE", "TZ"):
        write(root, f"manual/overlays/countries/{code}/overlay.yaml", OVERLAY.format(code=code))
    changes = {"sec-zqremoved": "remove", "two": "remove", "sec-zqkept": "not-applicable"}
    for target, action in changes.items():
        text = "It does not apply here." if action == "not-applicable" else ""
        path = f"manual/overlays/countries/KE/overrides/{target}.md"
        write(root, path, OVERRIDE.format(target=target, action=action, text=text))
    return open_draft(root)


def made(shelf: Shelf, country: str, form: str) -> bytes:
    """The file of a country's edition."""
    outcome = make_edition(shelf, country, "en")
    pictures = read_pictures(shelf, outcome.value)
    assert [d for d in outcome.diagnostics if d.severity is Severity.ERROR] == []
    return artifacts.make(shelf, outcome.value, form, pictures.value).value


def searchable(data: bytes, folder: Path) -> str:
    """Everything that a file says, in lower case: its bytes, and the parts, streams and words that are packed in it."""
    found: list[bytes | str] = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            found += [part for name in file.namelist() for part in (name, searchable(file.read(name), folder))]
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            found.append(zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else stream)
        (folder / "file.pdf").write_bytes(data)
        for command in (
            ["pdftotext", "file.pdf", "-"],
            ["pdfinfo", "-struct-text", "file.pdf"],
            ["pdfinfo", "-dests", "file.pdf"],
        ):
            found.append(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)
    text = "\n".join(part if isinstance(part, str) else part.decode("utf-8", "replace") for part in found)
    wide = re.sub("\x00(.)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"(-|\u00ad)\n|\u00ad", "", f"{text} {wide}")).lower()


@pytest.mark.parametrize("form", list(artifacts.FORMATS))
def test_what_is_left_out_is_in_no_part_of_the_file(shelf: Shelf, form: str, tmp_path: Path) -> None:
    everything = searchable(made(shelf, "TZ", form), tmp_path)
    for word in (*GONE, KEPT):
        places = set(re.findall(rf"{word}([a-z]*)", everything))
        wanted = {
            "heading",
            "text",
            "bold",
            "code",
            "note",
            "caption",
            "alt",
            "table",
            "column",
            "cell",
            "norm",
            "below",
        }
        assert wanted | {"item", "term", "definition", "link", "span", "work", "value"} <= places, word
    left = searchable(made(shelf, "KE", form), tmp_path)
    assert [left[max(m.start() - 60, 0) : m.end() + 60] for m in re.finditer("|".join(GONE), left)] == []
    assert set(re.findall(rf"{KEPT}([a-z]+)", left)) == {"heading"}, "what does not apply keeps its heading alone"
    assert "it does not apply here." in left


def test_what_refers_to_a_removed_section_is_refused_or_said(shelf: Shelf, tmp_path: Path) -> None:
    shutil.copytree(shelf.sources.root, tmp_path / "w")  # type: ignore[attr-defined]
    root = tmp_path / "w"
    path = root / "manual/chapters/one.md"
    path.write_text(path.read_text() + "\nSee [](#sec-zqremoved), [there](#below-zqremoved) and [](#N-zqfiltered).\n")
    found = make_edition(open_draft(root), "KE", "en").diagnostics
    line = path.read_text().count("\n")
    told = {(d.code, d.severity, d.position.line) for d in found if d.position and d.position.path.endswith("one.md")}
    assert told == {("reference-unknown", Severity.ERROR, line), ("link-unknown", Severity.WARNING, line)}
    assert all("leaves it out" in d.hint for d in found if d.code == "reference-unknown")
    assert not make_edition(open_draft(root), "TZ", "en").diagnostics


REMOVED = "sec-j-answers"


@pytest.fixture(scope="module")
def real(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """This repository's own manual, of which Kenya removes a section with a table."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(repository / "manual", root / "manual")
    path = "manual/overlays/countries/KE/overrides/gone.md"
    write(root, path, OVERRIDE.format(target=REMOVED, action="remove", text=""))
    return open_draft(root)


@pytest.fixture(scope="module")
def gone(real: Shelf) -> list[str]:
    """What only that section says."""
    blocks = make_edition(real, "base", "en").value.blocks
    own = [block for block in blocks if block.section in (REMOVED, "tbl-answers")]
    elsewhere = squeezed(" ".join(block.text for block in blocks if block not in own))
    said = [text for block in own if len(text := squeezed(block.text)) > 20 and text not in elsewhere]
    assert len(said) >= 3
    return [*said, squeezed(REMOVED), "tblanswers"]


@pytest.mark.parametrize("form", list(artifacts.FORMATS))
def test_a_section_removed_from_the_real_manual_is_nowhere(
    real: Shelf, gone: list[str], form: str, tmp_path: Path
) -> None:
    found = squeezed(searchable(made(real, "KE", form), tmp_path))
    assert [text for text in gone if text in found] == []
    assert squeezed("Record of a meeting") in found


def squeezed(text: str) -> str:
    """Without spaces, hyphens and tags: what a search finds however the words are broken into lines or runs."""
    return re.sub(r"<[^>]*>|[\s\u00ad\u2060-]", "", text).lower()
