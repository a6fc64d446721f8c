"""Compile typst files to a PDF, in this process, with the `typst` wheel.

The texts are handed over in memory; the compiler's root is a folder of its own that holds the pictures and nothing
else, so that a source can name neither a file of the workspace nor one of the computer. Fonts come from packages only.
With the same files, fonts and time stamp the bytes are the same on any day and in any folder.
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livingmanual.adapters import fonts
from livingmanual.errors import OurFault, PartMissing

if TYPE_CHECKING:
    import typst

MAIN = "main.typ"
STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged for people who listen to a document or enlarge it."""
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed with font', re.DOTALL)
"""How typst names the text that no font can show."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ROUNDS = 4
"""Typst was seen to name all letters that no font has at once; after so many rounds the standard is given up."""
NAMED = 12
"""Letters that a warning names; it counts the others."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A PDF, and what there is to say about it."""

    pdf: bytes
    accessible: bool
    """True if the PDF keeps PDF/UA-1."""
    warnings: tuple[str, ...]
    """What typst warned of, and which letters no font could show."""


def compile_pdf(files: Mapping[str, bytes], timestamp: int) -> Compiled:
    """Compile `main.typ` among `files` (name -> content); every date in the PDF is `timestamp`, seconds since 1970 UTC.

    Letters that no font has become U+FFFD, with a warning. A document that cannot keep PDF/UA-1 is made without it,
    with a warning. Raises `OurFault` with typst's own words if it does not compile at all, since the text cannot
    contain typst code of its own; `PartMissing` if typst or a font is not there.
    """
    sources = dict(files)
    missing: list[str] = []
    for _ in range(ROUNDS):
        try:
            return _compiled(sources, timestamp, STANDARD, _said_of(missing))
        except _typst().TypstError as trouble:
            sources, letters = _without(sources, _words(trouble))
            if not letters:
                return _plainly(sources, timestamp, _said_of(missing), str(trouble))
            missing += letters
    return _plainly(sources, timestamp, _said_of(missing), "there are letters that no font can show")


def _said_of(letters: list[str]) -> list[str]:
    """One warning for all letters that no font has."""
    if not letters:
        return []
    named = ", ".join(f'"{text}"' for text in sorted(letters)[:NAMED])
    more = f" and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    return [f"no font can show {named}{more}; {REPLACEMENT} is printed instead"]


def _plainly(sources: dict[str, bytes], timestamp: int, said: list[str], why: str) -> Compiled:
    """Compile without the standard, or say why nothing helps."""
    try:
        return _compiled(sources, timestamp, None, [*said, f"the PDF does not keep PDF/UA-1: {why}"])
    except _typst().TypstError as final:
        raise OurFault(
            f"typst could not make the PDF: {_words(final)[:2000]}",
            "please report this, with the file that was being built",
        ) from final


def _compiled(sources: dict[str, bytes], timestamp: int, standard: str | None, said: list[str]) -> Compiled:
    with tempfile.TemporaryDirectory(prefix="livingmanual-") as root:
        texts = _pictures_apart(sources, Path(root))
        compiler = _typst().Compiler(texts, root=root, font_paths=_fonts(), ignore_system_fonts=True)
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standard, timestamp=timestamp)
    return Compiled(pdf, standard is not None, (*said, *(str(warning.message) for warning in warnings)))


def _pictures_apart(sources: Mapping[str, bytes], root: Path) -> dict[str, bytes]:
    """The files of typst source; the others are written to `root`, because the wheel takes UTF-8 in memory only."""
    for name, data in sources.items():
        if not name.endswith(".typ"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return {name: data for name, data in sources.items() if name.endswith(".typ")}


def _words(trouble: Exception) -> str:
    return str(getattr(trouble, "diagnostic", "") or trouble)


def _without(sources: dict[str, bytes], words: str) -> tuple[dict[str, bytes], list[str]]:
    """The sources with the texts that typst could not show replaced, and those texts that were found."""
    texts = sorted({text for text in NO_GLYPH.findall(words) if text.strip()}, key=len, reverse=True)
    out, found = dict(sources), []
    for text in texts:
        shown = _unescaped(text)
        before = {name: data for name, data in out.items() if name.endswith(".typ")}
        after = {name: data.replace(shown.encode(), REPLACEMENT.encode()) for name, data in before.items()}
        if after != before:
            out.update(after)
            found.append(shown)
    return out, found


def _unescaped(text: str) -> str:
    """Typst prints text as a string literal of Rust: `\\u{1f600}` for what has no shape of its own."""
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found.group(1), 16)), text)


@functools.cache
def _typst() -> Any:
    try:
        import typst

        return typst
    except ImportError as trouble:
        raise PartMissing("typst is not there", "install the package `typst`") from trouble


@functools.cache
def _fonts() -> typst.Fonts:
    """Fonts of the packages, and those inside typst itself (mathematics, code)."""
    paths: list[str | Path] = [str(folder) for folder in fonts.folders()]
    found: typst.Fonts = _typst().Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)
    return found


@functools.cache
def version() -> str:
    """The version of the typst wheel."""
    from importlib import metadata

    return metadata.version("typst")
