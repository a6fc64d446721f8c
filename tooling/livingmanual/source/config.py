"""Read the settings of a workspace: `manual.yaml`, `overlay.yaml`, and the front matter of overrides.

Types are checked by msgspec; what does not fit is reported with the line of the key, and what to write instead.
"""

from __future__ import annotations

import datetime as dt
import difflib
import posixpath
import re
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

import msgspec

from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.model.document import Document
from livingmanual.model.manual import Action, Arms, Manual, Overlay, Override, Part
from livingmanual.source.read import read_mapping

FORMAT = 1
COUNTRY = re.compile(r"[A-Za-z]{2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
BESIDE = frozenset({"language", "decision", "note", "title"})
"""Keys of an override's front matter that others read, or nobody."""
CHOICES = {"drift": ("mark", "refuse"), "test": ("changed",)}
"""What some settings may say, beside `action`."""
S = TypeVar("S")


class PartFile(msgspec.Struct):
    """One entry of `parts:`."""

    chapters: list[str]
    id: str = ""
    title: str = ""


class ManualFile(msgspec.Struct):
    """`manual.yaml` as people write it; paths are relative to its folder."""

    id: str
    title: str
    format: int = FORMAT
    subtitle: str = ""
    language: str = "en"
    languages: list[str] = []
    formats: list[str] = msgspec.field(default_factory=lambda: ["docx", "pdf", "html"])
    notations: dict[str, bool] = {}
    front: list[str] = []
    parts: list[PartFile] = []
    chapters: list[str] = []
    annexes: list[str] = []
    back: list[str] = []
    references: str = ""
    variables: dict[str, str | dict[str, Any]] = {}
    drift: Literal["mark", "refuse"] = "mark"
    overlays: dict[str, str] | list[str] | str = {}


class ArmsFile(msgspec.Struct):
    """A country's arms."""

    picture: str
    alt: str = ""
    licence: str = ""
    status: str = ""


class OverlayFile(msgspec.Struct):
    """`overlay.yaml` of a country or a region."""

    country: str = ""
    region: str = ""
    parents: list[str] = []
    languages: list[str] = []
    members: list[str] = []
    names: dict[str, dict[str, str]] = {}
    name: str = ""
    variables: dict[str, str | dict[str, Any]] = {}
    foreword: str = ""
    chapters: list[str] = []
    annexes: list[str] = []
    arms: ArmsFile | None = None


class OverrideHead(msgspec.Struct):
    """The front matter of an override."""

    target: str
    action: Action
    reason: str
    kind: str = "adapt"
    source: str = ""
    status: str = "draft"
    fingerprint: str | None = None
    made_from: str | None = None
    confirmed_by: str | None = None
    date: dt.date | None = None
    test: Literal["changed"] | None = None


def _convert(kind: type[S], value: dict[str, Any], path: str, text: str) -> Outcome[S | None]:
    try:
        return Outcome(msgspec.convert(value, kind, strict=False))
    except msgspec.ValidationError as trouble:
        said = str(trouble)
        return Outcome(
            None, (error("settings-wrong", _say(said), Position(path, _line(said, text)), _hint(said, kind)),)
        )


def _say(said: str) -> str:
    match = re.search(r"missing required field `(\w+)`", said)
    if match:
        return f'the setting "{match.group(1)}" is missing'
    return said[:1].lower() + said[1:].replace(" - at `$.", " - in `").replace(" - at `$", " - in `")


def _hint(said: str, kind: type[Any]) -> str:
    if "Invalid enum value" in said:
        name = said.rpartition("$.")[2].rstrip("`")
        known = CHOICES.get(name, tuple(a.value for a in Action))
        wrong = re.search(r"'([^']*)'", said)
        near = difflib.get_close_matches(wrong.group(1) if wrong else "", known, 1)
        guess = f'did you mean "{near[0]}"? ' if near else ""
        return f"{guess}{'the actions are' if name == 'action' else 'write one of'}: {', '.join(known)}"
    if "missing required field" in said:
        return "add it; CONTRIBUTING.md shows an example"
    return "correct the value"


def _line(said: str, text: str) -> int:
    """The line on which the key that the message names stands; 1 if it is missing."""
    keys = re.findall(r"\.(\w+)", said.partition(" at `$")[2])
    key = keys[0] if keys else ""
    found = re.search(rf"^\s*{re.escape(key)}\s*:", text, re.MULTILINE) if key else None
    return text.count("\n", 0, found.start() + len(found.group()) - len(found.group().lstrip())) + 1 if found else 1


def read_manual(path: str, text: str) -> Outcome[Manual | None]:
    """Read `manual.yaml`; None with diagnostics if it cannot be used."""
    mapping, troubles = read_mapping(path, text)
    if troubles:
        return Outcome(None, troubles)
    read = _convert(ManualFile, mapping, path, text)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    file = read.value
    if file.format > FORMAT:
        return Outcome(
            None,
            (
                error(
                    "format-newer",
                    f"this manual has format {file.format}; this tool knows formats up to {FORMAT}",
                    Position(path, _line(" at `$.format", text)),
                    "install a newer version of the tool",
                ),
            ),
        )
    known = set(ManualFile.__struct_fields__)
    settings = {key: value for key, value in mapping.items() if key not in known} | {"drift": file.drift}
    return Outcome(_manual(file, path, settings))


def _manual(file: ManualFile, path: str, settings: dict[str, Any]) -> Manual:
    folder = posixpath.dirname(path)

    def full(names: list[str]) -> tuple[str, ...]:
        return tuple(posixpath.normpath(posixpath.join(folder, name)) for name in names)

    parts = [Part(part.id or f"part-{n}", part.title, full(part.chapters)) for n, part in enumerate(file.parts, 1)]
    if file.chapters:
        parts.append(Part("", "", full(file.chapters)))
    languages = tuple(dict.fromkeys([file.language, *file.languages]))
    return Manual(
        path,
        file.id,
        file.title,
        file.subtitle,
        file.language,
        languages,
        tuple(file.formats),
        full(file.front),
        tuple(parts),
        full(file.annexes),
        full(file.back),
        full([file.references])[0] if file.references else "",
        file.notations,
        _values(file.variables),
        settings,
        _elsewhere(file.overlays),
    )


def _elsewhere(said: dict[str, str] | list[str] | str) -> tuple[tuple[str, str], ...]:
    """Codes and folders of overlays that are kept elsewhere; a folder alone says in its files whose it is."""
    if isinstance(said, dict):
        return tuple(said.items())
    return tuple(("", folder) for folder in ([said] if isinstance(said, str) else said))


def _values(variables: dict[str, str | dict[str, Any]]) -> dict[str, str]:
    """Variables are a text, or a mapping with `text` and what is known of it."""
    return {name: value if isinstance(value, str) else str(value.get("text", "")) for name, value in variables.items()}


def read_overlay(path: str, text: str, overrides: tuple[Override, ...]) -> Outcome[Overlay | None]:
    """Read an `overlay.yaml` and put its overrides with it; None with diagnostics if it cannot be used."""
    mapping, troubles = read_mapping(path, text)
    if troubles:
        return Outcome(None, troubles)
    read = _convert(OverlayFile, mapping, path, text)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    file = read.value
    if bool(file.country) == bool(file.region):
        return Outcome(
            None,
            (
                error(
                    "settings-wrong",
                    "an overlay is for a country or for a region: exactly one must be named",
                    Position(path, 1),
                    "write `country: KE` or `region: icglr`",
                ),
            ),
        )
    wrong_codes = _codes(file, path, text)
    names = file.names or ({"en": {"short": file.name}} if file.name else {})
    own, wrong = _own_files(file, path, text)
    arms, lacking = _arms(file, own, path, text)
    return Outcome(
        Overlay(
            file.country or file.region,
            bool(file.region),
            path,
            tuple(file.parents),
            tuple(file.languages),
            names,
            _values(file.variables),
            overrides,
            tuple(member.upper() for member in file.members),
            tuple(n for n, v in file.variables.items() if isinstance(v, dict) and v.get("status") == "to-confirm"),
            parents_line=_line(" at `$.parents", text),
            foreword=own.get(file.foreword, ""),
            chapters=tuple(own[name] for name in file.chapters if name in own),
            annexes=tuple(own[name] for name in file.annexes if name in own),
            arms=arms,
        ),
        (*wrong_codes, *wrong, *lacking, *_unknown(mapping, OverlayFile, path, text)),
    )


def _codes(file: OverlayFile, path: str, text: str) -> Iterator[Diagnostic]:
    """Codes of the country and its languages that can be none."""
    if file.country and not COUNTRY.fullmatch(file.country):
        at, way = Position(path, _line(" at `$.country", text)), "write its two letters (ISO 3166-1), e.g. KE"
        yield error("settings-wrong", f'"{file.country}" is no code of a country', at, way)
    for language in file.languages:
        if not LANGUAGE.fullmatch(language):
            at, way = Position(path, _line(" at `$.languages", text)), "write its code (BCP 47), e.g. en, fr, pt-MZ"
            yield error("settings-wrong", f'"{language}" is no code of a language', at, way)


def _own_files(file: OverlayFile, path: str, text: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """The files that an overlay names, by their names; what lies outside its folder is refused."""
    home = posixpath.dirname(path)
    names = [file.foreword, *file.chapters, *file.annexes, *([file.arms.picture] if file.arms else [])]
    full = {name: posixpath.normpath(posixpath.join(home, name)) for name in names if name}
    wrong = [
        error(
            "settings-wrong",
            f'the file "{name}" is not inside the folder of this overlay',
            Position(path, next((n for n, line in enumerate(text.split("\n"), 1) if name in line), 1)),
            "put it there: an overlay brings its own files along",
        )
        for name, place in full.items()
        if not place.startswith(f"{home}/")
    ]
    return {name: place for name, place in full.items() if place.startswith(f"{home}/")}, wrong


def _arms(file: OverlayFile, own: dict[str, str], path: str, text: str) -> tuple[Arms | None, list[Diagnostic]]:
    """The arms, and what must be known of them before anybody may show them."""
    if file.arms is None or file.arms.picture not in own:
        return None, []
    line = _line(" at `$.arms", text)
    wanted = {
        "alt": ("have no words for those who cannot see them", "say what they show: `alt: …`"),
        "licence": ("have no licence", "say what permits their use, and where that is written: `licence: …`"),
    }
    wrong = [
        error(f"arms-{key}", f"the arms {what}", Position(path, line), way)
        for key, (what, way) in wanted.items()
        if not getattr(file.arms, key).strip()
    ]
    return Arms(own[file.arms.picture], file.arms.alt, file.arms.licence, file.arms.status, line), wrong


def _unknown(mapping: dict[str, Any], kind: type[Any], path: str, text: str) -> list[Diagnostic]:
    """A warning for each key that the tool does not know: most are typing errors, which would do nothing in silence."""
    known = kind.__struct_fields__
    found = []
    for name in mapping:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, 1)
            hint = f'did you mean "{near[0]}"?' if near else f"known are: {', '.join(known)}"
            at = Position(path, _line(f" at `$.{name}", text))
            found.append(warning("settings-unknown", f'the setting "{name}" is unknown and does nothing', at, hint))
    return found


def read_override(document: Document) -> Outcome[Override | None]:
    """An override from its parsed file; None with diagnostics if its front matter cannot be used."""
    read = _convert(OverrideHead, document.meta, document.path, document.text)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    head = read.value
    troubles: list[Diagnostic] = []
    if head.kind not in ("adopt", "adapt", "new"):
        troubles.append(
            error(
                "settings-wrong",
                f'the kind "{head.kind}" is unknown',
                Position(document.path, _line(" at `$.kind", document.text)),
                "write adopt, adapt or new",
            )
        )
    head_text = document.text[: document.body_start]
    told = {key: value for key, value in document.meta.items() if key not in BESIDE}
    troubles += _unknown(told, OverrideHead, document.path, head_text)
    return Outcome(
        Override(
            document,
            head.target,
            head.action,
            head.reason,
            head.kind,
            head.fingerprint or "",
            head.made_from or "",
            head.status,
            head.confirmed_by or "",
            str(head.date or ""),
            head.test or "",
        ),
        tuple(troubles),
    )
