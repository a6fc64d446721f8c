"""The one XML parser of the Word reader, with every door shut.

No entity is expanded, no DTD loaded, no address fetched; a part that declares a document type at all is refused,
as the packaging standard demands (ECMA-376 Part 2, 8.2.1). Libxml2's own limits on size and depth stay on.
"""

from __future__ import annotations

from lxml import etree

from livingmanual.review.word.names import ALTERNATE, CHOICE, FALLBACK, UNDERSTOOD

Element = etree._Element

_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    _STRICT + "wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    _STRICT + "officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    _STRICT + "officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    _STRICT + "officeDocument/customProperties": "http://schemas.openxmlformats.org/officeDocument/2006/"
    "custom-properties",
    _STRICT + "officeDocument/extendedProperties": "http://schemas.openxmlformats.org/officeDocument/2006/"
    "extended-properties",
    _STRICT + "officeDocument/docPropsVTypes": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    _STRICT + "officeDocument/customXml": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    _STRICT + "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    _STRICT + "drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    _STRICT + "drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    _STRICT + "drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    _STRICT + "drawingml/wordprocessingDrawing": "http://schemas.openxmlformats.org/drawingml/2006/"
    "wordprocessingDrawing",
}


class Unparsable(Exception):
    """A part that is not XML we read; the message says why, in words for people."""


def parse(data: bytes, depth: int) -> Element:
    """The root element of a part.

    Takes the part's bytes and the greatest depth of elements to accept; gives Transitional names whatever the file
    uses, comments and processing instructions left out. Raises Unparsable.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as trouble:
        raise Unparsable(f"it is not well-formed XML ({_first_line(trouble)})") from trouble
    if _has_doctype(root):
        raise Unparsable("it declares a document type (DTD), which Word files never do")
    if is_deeper(root, depth):
        raise Unparsable(f"its elements nest deeper than the limit of {depth} levels")
    if root.tag.startswith("{" + _STRICT):
        _to_transitional(root)
    return root


def _has_doctype(root: Element) -> bool:
    return bool(getattr(root.getroottree().docinfo, "doctype", ""))


def _first_line(trouble: Exception) -> str:
    """What libxml2 says, without its location lines."""
    return str(trouble).splitlines()[0] if str(trouble) else "no detail"


def is_deeper(root: Element, depth: int) -> bool:
    """True if some element lies more than `depth` levels deep, the root being level 1."""
    # Level after level of children, evaluated in libxml2: linear, where counting ancestors of each would not be.
    return bool(root.xpath("boolean(" + "/".join(["*"] * depth) + ")"))


def is_strict(root: Element) -> bool:
    """True if the part was written with Strict names; asked after `parse`, which leaves the declarations."""
    return any(uri.startswith(_STRICT) for uri in root.nsmap.values())


def _to_transitional(root: Element) -> None:
    """Rename elements and attributes in place; a Strict file is rare, so the second walk is affordable."""
    for element in root.iter():
        element.tag = _renamed(element.tag)
        for name in [name for name in element.attrib if str(name).startswith("{" + _STRICT)]:
            element.set(_renamed(str(name)), element.attrib.pop(name))


def _renamed(tag: str) -> str:
    if not tag.startswith("{" + _STRICT):
        return tag
    namespace, _, name = tag[1:].rpartition("}")
    return f"{{{_TRANSITIONAL.get(namespace, namespace)}}}{name}"


def chosen(alternate: Element) -> Element | None:
    """The branch of an `mc:AlternateContent` to read: the first Choice we understand, else the Fallback.

    Only one branch counts; the others repeat it for other programs (ECMA-376 Part 3, 10.2.1).
    """
    fallback = None
    for branch in alternate:
        if branch.tag == CHOICE and understands(branch):
            return branch
        if branch.tag == FALLBACK and fallback is None:
            fallback = branch
    return fallback


def understands(choice: Element) -> bool:
    """True if every namespace that a Choice requires is one we can look into."""
    prefixes = choice.get("Requires", "").split()
    names = choice.nsmap
    uris = (names.get(prefix, "") or "" for prefix in prefixes)
    return bool(prefixes) and all(_TRANSITIONAL.get(uri, uri) in UNDERSTOOD for uri in uris)


def inner_of(alternate: Element) -> list[Element]:
    """What the chosen branch of an `mc:AlternateContent` holds."""
    branch = chosen(alternate)
    return [] if branch is None else inner(branch)


def inner(element: Element) -> list[Element]:
    """Children, an `mc:AlternateContent` among them replaced by what its chosen branch holds."""
    children: list[Element] = []
    for child in element:
        if child.tag == ALTERNATE:
            children.extend(inner_of(child))
        else:
            children.append(child)
    return children
