"""Find the edition stamp of a returned file in each of its places, and see whether they agree.

Our artifacts say which edition they are in a custom property, a custom XML part, `dc:identifier` and a line that
people can read. Programs drop one or the other; one that is left is enough, two that differ are a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from livingmanual.model.edition import EditionKey, Stamp
from livingmanual.model.returned import Paragraph, Settings, StampFound, StampReading
from livingmanual.review.word.names import local
from livingmanual.review.word.package import Package
from livingmanual.review.word.xml import Element, Unparsable

PROPERTY: Final = "LivingManualEdition"
NAMESPACE: Final = "https://livingmanual.invalid/ns/edition"
URN: Final = "urn:livingmanual:"
PRINTED: Final = re.compile(r"Edition stamp:\s*(\S.*)", re.S)
_STAMP = re.compile(
    r"(?P<manual>[^/\s]+)/(?P<country>[^/\s]+)/(?P<language>[^/@\s]+)@(?P<revision>[^;\s]+)"
    r"(?:;tool=(?P<tool>[^;\s]*))?(?:;format=(?P<format>\d{1,9}))?"
)


def parse_stamp(value: str) -> Stamp | None:
    """`manual/KE/en@sha;tool=0.1.0;format=1` as a Stamp; None if it is something else."""
    match = _STAMP.fullmatch(value.strip())
    if match is None:
        return None
    key = EditionKey(match["country"], match["language"], match["revision"])
    return Stamp(match["manual"], key, match["tool"] or "", int(match["format"] or 1))


def find_stamp(package: Package, main: str, paragraphs: Sequence[Paragraph], settings: Settings) -> StampReading:
    """Look in every place."""
    custom = next(_custom_parts(package, main), None)
    found = [
        *(StampFound("property", value) for value in _properties(package)),
        *([] if custom is None else [StampFound("custom-xml", _of_element(custom))]),
        *(StampFound("identifier", value.removeprefix(URN)) for value in _identifiers(settings)),
        *(StampFound("printed", value) for value in _printed(paragraphs)),
    ]
    values = {item.value for item in found}
    stamps = {stamp for item in found if (stamp := parse_stamp(item.value)) is not None}
    stamp = next(iter(stamps)) if len(stamps) == 1 else None
    blocks = () if custom is None else tuple(_blocks(custom))
    return StampReading(tuple(found), stamp, len(values) <= 1, blocks)


def _properties(package: Package) -> Iterator[str]:
    """Custom document properties (ECMA-376 Part 1, 22.3)."""
    for part in (*package.related("", "custom-properties"), *package.related("", "customProperties")):
        root = package.tree_or_none(part)
        for item in root if root is not None else ():
            if item.get("name") == PROPERTY:
                yield "".join(str(text) for text in item.itertext()).strip()


def _custom_parts(package: Package, main: str) -> Iterator[Element]:
    """Root elements of our custom XML parts, linked from the document or left in the folder where Word puts them."""
    linked = package.related(main, "customXml") + package.related("", "customXml")
    others = [name for name, _ in package.parts() if re.fullmatch(r"customxml/item\d*\.xml", name.lower())]
    for part in dict.fromkeys([*linked, *others]):
        try:
            root = package.tree(part)
        except Unparsable:
            continue
        if root.tag == f"{{{NAMESPACE}}}edition":
            yield root


def _of_element(root: Element) -> str:
    """The stamp's value from the attributes of the custom XML part."""
    value = "{}/{}/{}@{}".format(*(root.get(name, "") for name in ("manual", "country", "language", "revision")))
    return value + "".join(f";{name}={root.get(name)}" for name in ("tool", "format") if root.get(name))


def _blocks(root: Element) -> Iterator[tuple[str, str]]:
    for item in root.iter():
        if local(item.tag) == "block":
            yield item.get("bookmark") or item.get("name") or "", item.get("fingerprint", "")


def _identifiers(settings: Settings) -> list[str]:
    return [value for name, value in settings.core if name == "identifier" and value.startswith(URN)]


def _printed(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The line for people, wherever it stands; what a reviewer deleted still counts, what one typed does not."""
    for paragraph in paragraphs:
        text = "".join(piece.text for piece in paragraph.pieces if not piece.inserted)
        match = PRINTED.match(text.strip())
        if match is not None:
            yield re.sub(r"[\s\u00ad\u200b\ufffc]", "", match[1])
