"""French spaces in the PDF and the page; the Word file keeps what the translator wrote."""

from pathlib import Path

from livingmanual.render.spaces import kept_together
from livingmanual.text import tree
from tests.support import docx_files, pages, written

N = "\u202f"
TEXT = "Trois points : « *oui* », « non » ; pourquoi ? Voir https://example.org/a:b et 8 :00 !"


def test_spaces_before_marks_and_inside_quotation_marks() -> None:
    nodes = pages.document("m.md", TEXT).blocks[0]["c"]
    said = f"Trois points{N}: «{N}oui{N}», «{N}non{N}»{N}; pourquoi{N}? Voir https://example.org/a:b et 8 :00{N}!"
    assert tree.string(kept_together(nodes, "fr-CI")) == said
    assert kept_together(nodes, "en") is nodes


def test_the_pdf_and_the_page_have_them_and_the_word_file_has_not(repository: Path) -> None:
    made = pages.edition(f"# A\n\n{TEXT}\n", language="fr", country="CI")
    assert f"points{N}" in pages.page(made).decode()
    assert f"points{N}" in b"".join(pages.pdf_files(made).values()).decode()
    assert pages.pdf(made).warnings == ()
    data, _ = docx_files.made(written.edition_of(f"# A\n\n{TEXT}\n", "fr"), repository)
    assert any(text.startswith("Trois points : ") for _, _, text in docx_files.paragraphs(data))
