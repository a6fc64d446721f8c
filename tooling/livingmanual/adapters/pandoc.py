"""Run pandoc: the one place that starts it.

Pandoc comes with the `pypandoc_binary` wheel, so nothing has to be installed. It always runs with `--sandbox`, which
keeps it away from every file and address that the text may name (The Pandoc User's Guide, "A note on security"). The
sandbox drops pictures too, so the pictures that we checked are put into the tree itself, as `data:` addresses.
"""

from __future__ import annotations

import base64
import functools
import json
import mimetypes
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from livingmanual.errors import OurFault, PartMissing

TIME_LIMIT = 300
"""Seconds after which a run is given up: a whole manual takes one or two."""

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot: keeps the place and the alternative text of a picture that is not there."""


def to_json(text: str, fmt: str) -> str:
    """Pandoc's JSON tree of `text`, read as pandoc's format `fmt` with its extensions (`commonmark_x+sourcepos`)."""
    return _run(["-f", fmt, "-t", "json"], text).decode("utf-8")


READ_ALL = """
for _ = 1, tonumber(io.read("L")) do
  local size = tonumber(io.read("L"))
  local text = size > 0 and io.read(size) or ""
  local json = pandoc.write(pandoc.read(text, FORMAT, {}, {}), "json")
  io.write(#json, "\\n", json)
end
"""
"""A program for pandoc's own Lua: reads texts one after the other, each behind its length in bytes.

The fourth argument of `pandoc.read` names the files that a text may draw in: none, as under `--sandbox`.
"""


def to_json_all(texts: Sequence[str], fmt: str) -> list[str]:
    """As `to_json` for each of these texts, in one process: starting one takes longer than reading a chapter.

    The texts have no tabs and carriage returns and are in NFC, which pandoc sees to only where it reads a file.
    """
    if len(texts) < 2:
        return [to_json(text, fmt) for text in texts]
    # pandoc ends the last line of a file and puts an empty one behind it, but not behind what a program gives it
    data = [(text if text.endswith("\n") else f"{text}\n").encode() + b"\n" for text in texts]
    given = b"".join([b"%d\n" % len(data), *(b"%d\n%b" % (len(one), one) for one in data)])
    try:
        said = _run(["lua", "-e", READ_ALL.replace("FORMAT", json.dumps(fmt))], given, ())
    except OurFault:
        return [to_json(text, fmt) for text in texts]  # so that the message names the text that is to blame
    found: list[str] = []
    while said:
        size, _, rest = said.partition(b"\n")
        found.append(rest[: int(size)].decode("utf-8"))
        said = rest[int(size) :]
    return found


def docx(ast_json: str, reference: bytes, media: Mapping[str, bytes]) -> bytes:
    """A DOCX file of a tree, in the styles of the DOCX file `reference`.

    `media` gives the content of every picture by its target in the tree; one that is not there becomes a dot, because
    pandoc would print its alternative text as if it were written there. The same input gives the same bytes.
    """
    with tempfile.TemporaryDirectory(prefix="livingmanual-") as folder:
        styles = Path(folder) / "reference.docx"
        styles.write_bytes(reference)
        arguments = ["-f", "json", "-t", "docx", "--reference-doc", str(styles), "--syntax-highlighting=none"]
        return _run([*arguments, "-o", "-"], with_media(ast_json, media, DOT))


def html(ast_json: str, options: Sequence[str] = ()) -> str:
    """An HTML 5 fragment of a tree, equations as MathML; `options` are more of pandoc's own."""
    arguments = ["-f", "json", "-t", "html5", "--wrap=none", "--mathml", "--syntax-highlighting=none"]
    return _run([*arguments, *options], ast_json).decode("utf-8")


def typst(ast_json: str, options: Sequence[str] = ()) -> str:
    """Typst markup of a tree; citations stay the words that they are (`typst-citations`)."""
    arguments = ["-f", "json", "-t", "typst-citations", "--wrap=none", "--syntax-highlighting=none"]
    return _run([*arguments, *options], ast_json).decode("utf-8")


def citeproc(ast_json: str, bibliography_yaml: str, csl: str | None = None, lang: str = "en") -> str:
    """The JSON tree with its citations rendered, and the bibliography in a div `refs` at its end.

    `csl` is the text of a citation style (None: pandoc's own, author and date), `lang` a BCP 47 tag.
    """
    with tempfile.TemporaryDirectory(prefix="livingmanual-") as folder:
        references = Path(folder) / "references.yaml"
        references.write_text(bibliography_yaml, encoding="utf-8")
        arguments = ["-f", "json", "-t", "json", "--citeproc", "-M", f"lang={lang}", "--bibliography", str(references)]
        if csl is not None:
            style = Path(folder) / "style.csl"
            style.write_text(csl, encoding="utf-8")
            arguments += ["--csl", str(style)]
        return _run(arguments, ast_json).decode("utf-8")


@functools.cache
def default_reference() -> bytes:
    """The reference document that pandoc itself carries, which ours is built from."""
    return _run(["--print-default-data-file", "reference.docx"], "")


@functools.cache
def version() -> str:
    """Pandoc's version, e.g. `3.9`."""
    return _run(["--version"], "").decode("utf-8").split()[1]


def with_media(ast_json: str, media: Mapping[str, bytes], otherwise: str = "") -> str:
    """The tree with the content of its pictures inside.

    A target that `media` does not hold gives way to `otherwise`, or stays as it is if that is empty.
    """
    if '"Image"' not in ast_json:
        return ast_json
    tree: Any = json.loads(ast_json)
    addresses = {name: _address(name, content) for name, content in media.items()}
    _embed(tree, addresses, otherwise)
    return json.dumps(tree, ensure_ascii=False)


def _address(name: str, content: bytes) -> str:
    kind = mimetypes.types_map.get(Path(name).suffix.lower(), "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _embed(value: Any, addresses: Mapping[str, str], otherwise: str) -> None:
    if isinstance(value, list):
        for item in value:
            _embed(item, addresses, otherwise)
    elif isinstance(value, dict):
        if value.get("t") == "Image":
            target = value["c"][2]
            target[0] = addresses.get(target[0], otherwise or target[0])
        for item in value.values():
            _embed(item, addresses, otherwise)


@functools.cache
def _command() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as trouble:
        raise PartMissing("pandoc is not there", "install the package `pypandoc_binary`, which carries it") from trouble


def _run(arguments: Sequence[str], text: str | bytes, guard: Sequence[str] = ("--sandbox",)) -> bytes:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    try:
        done = subprocess.run(
            [_command(), *guard, *arguments],
            input=text.encode("utf-8") if isinstance(text, str) else text,
            capture_output=True,
            env=environment,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as trouble:
        raise PartMissing(
            f"pandoc did not finish within {TIME_LIMIT} seconds",
            "look for a very large or deeply nested file among the sources",
        ) from trouble
    except OSError as trouble:
        raise PartMissing(
            f"pandoc could not be started: {trouble}", "install the package `pypandoc_binary` again"
        ) from trouble
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[:2000]
        raise OurFault(
            f"pandoc stopped with code {done.returncode}: {said}", "please report this, with the file it read"
        )
    return done.stdout
