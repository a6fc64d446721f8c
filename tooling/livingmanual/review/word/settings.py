"""What the file says about itself: which program wrote it, its settings, its core properties.

Names of people stand here too (creator, last modified by). They are read because the user asked for a complete
account, and shown only where names may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from livingmanual.model.returned import Settings
from livingmanual.review.word.names import VAL, P, is_on, local, w
from livingmanual.review.word.package import Package
from livingmanual.review.word.xml import Element, is_strict

_RSID = w("rsidR")
_NO_RSID = "00000000"


def read_settings(package: Package, main: str, document: Element) -> Settings:
    """Settings, application and core properties; whatever is missing stays empty."""
    root = next((package.tree_or_none(part) for part in package.related(main, "settings")), None)
    application = _application(package)
    return Settings(
        generator=_generator(application, document),
        application=application,
        track_revisions=_flag(root, "trackRevisions"),
        remove_personal_information=_flag(root, "removePersonalInformation"),
        remove_date_and_time=_flag(root, "removeDateAndTime"),
        protection=_protection(root),
        strict=is_strict(document),
        core=tuple(_core(package)),
    )


def _flag(root: Element | None, name: str) -> bool:
    item = None if root is None else root.find(w(name))
    return item is not None and is_on(item.get(VAL))


def _protection(root: Element | None) -> str | None:
    """What a protected file still allows (17.15.1.29)."""
    item = None if root is None else root.find(w("documentProtection"))
    if item is None or not is_on(item.get(w("enforcement"), "0")):
        return None
    return item.get(w("edit"))


def _application(package: Package) -> str:
    for part in package.related("", "extended-properties") + package.related("", "extendedProperties"):
        root = package.tree_or_none(part)
        if root is not None:
            found = {local(str(item.tag)): item.text or "" for item in root}
            return " ".join(found[name] for name in ("Application", "AppVersion") if found.get(name))
    return ""


def _generator(application: str, document: Element) -> str:
    """Which family of programs wrote the file last.

    Google Docs writes no application; its paragraphs carry revision ids that are all zero.
    """
    low = application.lower()
    if "libreoffice" in low or "openoffice" in low or "collabora" in low:
        return "libreoffice"
    if "microsoft" in low and "word" in low:
        return "word"
    if low:
        return "other"
    paragraph = next(document.iter(P), None)
    if paragraph is not None and paragraph.get(_RSID) == _NO_RSID:
        return "google"
    return "unknown"


def _core(package: Package) -> Iterator[tuple[str, str]]:
    """Core properties (ECMA-376 Part 2, clause 11) by their local names."""
    for part in package.related("", "core-properties"):
        root = package.tree_or_none(part)
        if root is not None:
            yield from ((local(str(item.tag)), item.text) for item in root if item.text)
