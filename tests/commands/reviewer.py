"""A reviewer in one line: `python -m tests.commands.reviewer SENT BACK OLD NEW [COMMENT]`.

Replaces the first OLD of the file's text by NEW with Track Changes on, and comments on it, as Word writes it.
"""

import re
import sys
import zipfile
from pathlib import Path

WHO = 'w:author="Amina" w:date="2026-12-01T09:00:00Z"'
COMMENTS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def returned(parts: dict[str, bytes], old: str, new: str, comment: str = "") -> dict[str, bytes]:
    """The parts of the file after the change; the text must stand within one run."""
    document = parts["word/document.xml"].decode()
    run = re.search(
        rf"<w:r>((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t[^>]*>([^<]*?){re.escape(old)}([^<]*)</w:t></w:r>", document
    )
    assert run is not None, f'"{old}" is not in the file'
    look, before, after = run.groups()

    def piece(text: str, tag: str = "t") -> str:
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>' if text else ""

    change = f'<w:del w:id="9001" {WHO}>{piece(old, "delText")}</w:del><w:ins w:id="9002" {WHO}>{piece(new)}</w:ins>'
    if comment:
        note = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        change = f'<w:commentRangeStart w:id="0"/>{change}{note}'
        parts = _commented(parts, comment)
    document = document[: run.start()] + piece(before) + change + piece(after) + document[run.end() :]
    return {**parts, "word/document.xml": document.encode()}


def _commented(parts: dict[str, bytes], comment: str) -> dict[str, bytes]:
    body = f'<w:comment w:id="0" {WHO}><w:p><w:r><w:t>{comment}</w:t></w:r></w:p></w:comment>'
    types = parts["[Content_Types].xml"].decode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    if "/word/comments.xml" not in types:
        types = types.replace("</Types>", f'<Override PartName="/word/comments.xml" ContentType="{KIND}"/></Types>')
    if RELATION not in relations:
        one = f'<Relationship Id="rIdC1" Type="{RELATION}" Target="comments.xml"/>'
        relations = relations.replace("</Relationships>", f"{one}</Relationships>")
    return {
        **parts,
        "word/comments.xml": f'<w:comments xmlns:w="{COMMENTS}">{body}</w:comments>'.encode(),
        "[Content_Types].xml": types.encode(),
        "word/_rels/document.xml.rels": relations.encode(),
    }


def main(sent: str, back: str, *words: str) -> None:
    """Read the file that was sent, write the one that comes back."""
    with zipfile.ZipFile(sent) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(Path(back), "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in returned(parts, *words).items():
            package.writestr(name, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
