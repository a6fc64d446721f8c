"""Recording what an override was made from changes two keys of its front matter, and no other byte."""

import pytest

from livingmanual.model.document import Document
from livingmanual.source import frontmatter
from livingmanual.source.read import read_mapping
from livingmanual.workflows.countries import recorded

TEXT = "---\ntarget: N01   # which\nreason: 'a: b'\n---\n\nBody --- with dashes.\n"


def document(text: str) -> Document:
    """A file with front matter."""
    return Document("x.md", text, {}, [], frontmatter.split(text)[1])


@pytest.mark.parametrize(
    "made_from",
    ["One line.", "Two\n\nparagraphs: with *marks*", "  indented\n\nfirst", "---\nrule", "# not a comment", "", "ünï"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_two_keys_can_be_read_again(made_from: str, newline: str) -> None:
    text = TEXT.replace("\n", newline)
    once = recorded(document(text), "0123456789abcdef", made_from)
    head, body = frontmatter.split(once)
    meta, troubles = read_mapping("x.md", head)
    assert troubles == ()
    assert meta["fingerprint"] == "0123456789abcdef"
    assert meta["made_from"].split() == made_from.split()
    assert once[body:] == text[frontmatter.split(text)[1] :]
    assert once.startswith(text[: text.index("'a: b'") + 6])


def test_recording_twice_is_recording_once() -> None:
    once = recorded(document(TEXT), "1" * 16, "Old text.\n\nMore of it.")
    assert recorded(document(once), "2" * 16, "New.") == recorded(document(TEXT), "2" * 16, "New.")


def test_keys_that_follow_are_kept() -> None:
    text = "---\nfingerprint: 1111\nmade_from: |\n  Old.\n\n  More.\ntarget: N01\n---\nBody.\n"
    meta, _ = read_mapping("x.md", frontmatter.split(recorded(document(text), "2222", "New."))[0])
    assert meta == {"target": "N01", "fingerprint": "2222", "made_from": "New.\n"}
