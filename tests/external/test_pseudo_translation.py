"""A pseudo-translation of the whole manual: in an edition of it, no word of the source is left anywhere.

Every file is searched whole: text, alternative texts, labels of figures, properties, contents. What may still be in the
source's words are names: works and authors in the references, and what stands in tables of names.
"""

import codecs
import html
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from livingmanual.text.words import words as words_of
from livingmanual.translate.messages import NOT_WORDS
from livingmanual.workflows import build
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.translate import wanted_in
from tests.support import pseudo, returns
from tests.support.returns import Workspace

pytestmark = pytest.mark.client("poppler")
WORD = re.compile(r"(?<![\w/.@-])[a-z]{5,}(?![\w/@-])")
"""Words without capitals, which are no names; parts of addresses are none."""
REST = re.compile(
    r"<style.*?</style>|<script.*?</script>|url\([^)]*\)|data:[\w/;+-]+,[\w+/=%.-]+"
    r"|\b(?!alt|title|content|aria-label|descr)[\w:-]+=\"[^\"]*\"",
    re.DOTALL,
)
"""What a page holds beside text: styles, pictures as addresses, attributes that nobody reads."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """The workspace, and its base edition in Spanish letters as three files."""
    workspace = Workspace.of(returns.KENYA, tmp_path_factory.mktemp("pseudo") / "workspace", "base")
    pseudo.translate(workspace.root, "es")
    workspace.commit("translated")
    build._shelves.clear()
    report = build.build(build.Request(workspace.root, ("base",), ("es",)))
    assert [str(d) for d in report.diagnostics] == []
    return workspace.root, {artifact.format: Path(artifact.path) for artifact in report.artifacts}


def source_words(root: Path) -> set[str]:
    """The words of all messages, less those of names, of the tool in Spanish, and those that are words both ways."""
    messages = [item.message.text for items in wanted_in(open_draft(root), "es").values() for item in items]
    found = {word for text in messages for word in WORD.findall(NOT_WORDS.sub(" ", text))}
    names = set(re.findall(r"[a-z]{5,}", (root / "manual/references.yaml").read_text(encoding="utf-8").lower()))
    tool = set(re.findall(r"[a-z]{5,}", " ".join(words_of("es").values()).lower()))
    both = {word for word in found if codecs.encode(word, "rot13") in found}
    cited = {
        word for text in messages for part in re.findall(r"\[[^\[\]]*@[^\]]*\]", text) for word in WORD.findall(part)
    }
    return found - names - tool - both - cited


def shown(form: str, path: Path) -> str:
    """Everything that a file says to a reader or to a machine that reads it out."""
    if form == "pdf":
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
        return re.sub("\u00ad\\s*", "", text)
    if form == "html":
        return html.unescape(
            re.sub(
                r"<[^<>\"]*>|[<>]|\b(?:alt|title|content|aria-label)=",
                " ",
                REST.sub(" ", path.read_text(encoding="utf-8")),
            )
        )
    out = []
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".svg")) and not re.search(r"styles|theme|settings|fontTable", name):
                text = archive.read(name).decode("utf-8")
                out += re.findall(r"<(?:w:t|dc:\w+|cp:\w+|vt:\w+)\b[^>]*>([^<]*)<", text)
                out += re.findall(r"\b(?:descr|title|alt)=\"([^\"]*)\"", text)
                out += re.findall(r"<text\b[^>]*>([^<]*)<", text)
    return html.unescape("\n".join(out))


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_no_word_of_the_source_is_left(files: tuple[Path, dict[str, Path]], form: str) -> None:
    root, built = files
    text = shown(form, built[form])
    words = source_words(root)
    assert len(words) > 1500
    assert len(WORD.findall(text)) > 10000, "the search finds words"
    left = sorted(word for word in set(WORD.findall(text)) if word in words)
    assert left == []
