"""Draw an SVG picture as a PNG, for programs that do not draw SVG themselves.

Typst draws it, with the fonts of our packages only, so that every computer gets the same picture. The picture is
handed over in memory and the compiler's root is an empty folder: an SVG that names a file or an address gets nothing.
"""

from __future__ import annotations

import tempfile
from typing import Any

from livingmanual.adapters import fonts
from livingmanual.errors import ContentProblem, PartMissing

PIXELS_PER_INCH = 220.0
"""Fine enough for print; what Word itself reduces pictures to."""

PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n'


def svg_to_png(svg: bytes) -> bytes:
    """The picture as PNG, as large as it says it is; the same bytes on every computer.

    Raises `ContentProblem` if it is no SVG that can be drawn, `PartMissing` if typst or a font is not there.
    """
    try:
        import typst
    except ImportError as trouble:
        raise PartMissing("typst is not there", "install the package `typst`") from trouble
    paths = [str(folder) for folder in fonts.folders()]
    with tempfile.TemporaryDirectory(prefix="livingmanual-") as root:
        try:
            sources: Any = {"main.typ": PAGE, "picture.svg": svg}
            compiler = typst.Compiler(sources, root=root, font_paths=paths, ignore_system_fonts=True)
            made = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
        except typst.TypstError as trouble:
            raise ContentProblem(
                f"this SVG picture cannot be drawn: {trouble}", "open it in a drawing program and save it as plain SVG"
            ) from trouble
    assert isinstance(made, bytes)
    return made
