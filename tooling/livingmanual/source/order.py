"""Find the reading order of Markdown files that others wrote.

Two things tell it. A `SUMMARY.md` is a list of links that the authors made for this purpose (mdBook, GitBook): what
stands before its list opens the book, its headings are parts, what stands after the list closes it. Without one the
names must do: numbers are read as numbers, a README or index opens its folder, and folders are parts.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

MARKDOWN = (".md", ".markdown")
"""Ends of the names of Markdown files, in lower case."""
OPENERS = ("readme", "index", "_index")
"""Names, without their ends, of files that open their folder."""
ANNEXES = frozenset({"annex", "annexes", "appendix", "appendices"})
ASIDE = frozenset(
    {
        "authors",
        "changelog",
        "changes",
        "code_of_conduct",
        "codeowners",
        "contributing",
        "contributors",
        "governance",
        "history",
        "issue_template",
        "licence",
        "license",
        "maintainers",
        "pull_request_template",
        "security",
        "summary",
        "support",
    }
)
"""Names, in lower case, of files at a project's top that speak about the project and not about its subject."""

HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<rest>.*)")
LINK = re.compile(r"\[(?P<words>(?:\\.|[^\]\\])*)\]\((?:<(?P<pointed>[^>]*)>|(?P<bare>[^)\s]*))(?:[ \t]+[\"'(].*)?\)")
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif")
"""Ends of the names of pictures, in lower case."""
TARGET = re.compile(
    r"\]\(\s*(?:<([^>\n]+)>|([^)\s]+))"  # [words](target), ![words](<target>)
    r"|^[ >]{0,3}\[[^\]\n]+\]:\s*(?:<([^>\n]+)>|(\S+))"  # [name]: target
    r"|\bsrc\s*=\s*[\"']([^\"'\n]+)[\"']",  # <img src="target">
    re.MULTILINE,
)
PICTURE = re.compile(r"!\[(?:\\.|[^\]\\])*\]\([^)]*\)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapters:
    """A part: its title (empty for none) and its files."""

    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Every file once, in reading order; paths are relative to the folder that was looked at."""

    front: tuple[str, ...] = ()
    parts: tuple[Chapters, ...] = ()
    annexes: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """Files that are not part of the book."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the summary calls a file."""
    missing: tuple[str, ...] = ()
    """Files that the summary names and that are not there."""
    summary: str = ""
    """Path of the summary; empty if the names gave the order."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files of the book in reading order."""
        return (*self.front, *(path for part in self.parts for path in part.paths), *self.annexes, *self.back)


@dataclass(frozen=True, slots=True)
class Book:
    """What a `book.toml` says (mdBook's manual, "General configuration"); empty where it says nothing."""

    title: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    source: str = "src"
    """The folder of the text, relative to the file."""


def read_book(toml: str) -> Book:
    """Read a `book.toml`; one that cannot be read says nothing."""
    try:
        found = tomllib.loads(toml).get("book", {})
    except tomllib.TOMLDecodeError:
        return Book()
    if not isinstance(found, dict):
        return Book()
    authors = found.get("authors", [])
    said = {
        name: found[key]
        for name, key in (("title", "title"), ("language", "language"), ("source", "src"))
        if isinstance(found.get(key), str)
    }
    return Book(**said, authors=tuple(str(name) for name in authors) if isinstance(authors, list) else ())


def is_markdown(path: str) -> bool:
    """True if the name says that the file is Markdown."""
    return path.lower().endswith(MARKDOWN)


def order(paths: Iterable[str], texts: Mapping[str, str], source: str = "") -> Order:
    """The reading order of the Markdown files among `paths` (relative, with forward slashes).

    `texts` holds at least the texts of the files called SUMMARY.md; `source` is the folder that a `book.toml` names. A
    summary counts if at least one file that it names is there; the one nearest to the top wins.
    """
    files = sorted((path for path in paths if is_markdown(path)), key=natural)
    summaries = [path for path in files if posixpath.basename(path).lower() == "summary.md"]
    for path in sorted(summaries, key=lambda p: (posixpath.dirname(p) != source, p.count("/"), p)):
        found = from_summary(path, texts.get(path, ""), files)
        if found.files:
            return found
    return from_names(files)


Piece = tuple[int, int, str]
"""A number, or text between numbers, as something that can be compared with others."""


def natural(path: str) -> tuple[tuple[tuple[Piece, ...], ...], str]:
    """A sort key that reads numbers as numbers (`2-x` before `10-x`), whatever the case of letters."""
    return tuple(_natural(name) for name in path.split("/")), path


def _natural(name: str) -> tuple[Piece, ...]:
    pieces = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def targets(path: str, text: str) -> Iterator[str]:
    """What a file's links and pictures name, as paths from where `path` counts; addresses come as well."""
    for match in TARGET.finditer(text):
        target = unquote(next(group for group in match.groups() if group).partition("#")[0].partition("?")[0])
        yield posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


# A summary


@dataclass(slots=True)
class _Reading:
    """A summary being read, line by line."""

    folder: str
    there: frozenset[str]
    front: list[str] = field(default_factory=list)
    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    begun: bool = False
    """True once a list has begun."""
    headings: int = 0

    def line(self, line: str) -> None:
        heading, item = HEADING.fullmatch(line), ITEM.fullmatch(line)
        if heading:
            self.headings += 1
            if self.headings > 1 or self.begun or self.front:
                self.part(plain_words(heading[1]))
            return
        link = LINK.match((item["rest"] if item else line).strip())
        if item and not link and item["rest"].strip() and not item["indent"]:
            self.part(plain_words(item["rest"]))
        if link is None:
            return
        if item:
            self.begun = True
            if not self.parts:
                self.part("")
            self.add(link, self.parts[-1][1])
        else:
            self.add(link, self.back if self.begun else self.front)

    def part(self, title: str) -> None:
        self.parts.append((title, []))

    def add(self, link: re.Match[str], to: list[str]) -> None:
        target = unquote((link["pointed"] or link["bare"] or "").partition("#")[0])
        if not target or re.match(r"[a-zA-Z][\w+.-]*:|//", target):
            return
        path = posixpath.normpath(posixpath.join(self.folder, target.lstrip("/")))
        if path not in self.there:
            self.missing.append(path)
        elif path not in self.titles:
            to.append(path)
            self.titles[path] = plain_words(link["words"])


def plain_words(markdown: str) -> str:
    """The words of a link or heading without its markup; pictures have none."""
    plain = LINK.sub(lambda link: link["words"], PICTURE.sub("", markdown))
    return re.sub(r"\\([!-/:-@\[-`{-~])|[*`]", lambda found: found[1] or "", plain).strip()


def from_summary(path: str, text: str, files: Sequence[str]) -> Order:
    """The order that a summary gives; `files` are those that are there, what it does not name comes aside."""
    reading = _Reading(posixpath.dirname(path), frozenset(files) - {path})
    for line in COMMENT.sub("", text.removeprefix("\ufeff")).splitlines():
        reading.line(line.rstrip())
    parts = tuple(Chapters(title, tuple(paths)) for title, paths in reading.parts if paths)
    front, back = tuple(reading.front), tuple(reading.back)
    aside = tuple(file for file in files if file not in reading.titles)
    return Order(front, parts, (), back, aside, reading.titles, tuple(dict.fromkeys(reading.missing)), path)


# Names


def from_names(files: Sequence[str]) -> Order:
    """The order that names give: openers first, then numbers and the alphabet, folders as parts after single files.

    Where single files and folders are all numbered, their numbers decide. What speaks about the project itself (a
    licence, rules for contributors) and what begins with an underscore stays aside.
    """
    aside = tuple(path for path in files if _stays_aside(path))
    rest = [path for path in files if path not in aside]
    top = _common(rest)
    front = tuple(path for path in rest if not path.startswith(top))
    inside = [path for path in rest if path.startswith(top)]
    opener = tuple(path for path in inside if posixpath.dirname(path) == top.rstrip("/") and _opens(path))[:1]
    if opener and len(inside) > 1:
        front, inside = (*front, *opener), [path for path in inside if path not in opener]
    parts: list[Chapters] = []
    annexes: list[str] = []
    for folder, paths in _groups(inside, top):
        if folder.casefold() in ANNEXES:
            annexes += paths
        else:
            parts.append(Chapters(title_of(folder), tuple(paths)))
    return Order(front, tuple(parts), tuple(annexes), (), aside)


def _stays_aside(path: str) -> bool:
    stem = stem_of(path).casefold().replace("-", "_")
    hidden = any(name.startswith("_") for name in path.split("/")) and stem not in OPENERS
    return hidden or (stem in ASIDE and path.count("/") == 0) or stem == "summary"


def _opens(path: str) -> bool:
    return stem_of(path).casefold() in OPENERS


def stem_of(path: str) -> str:
    """The file's own name without its end."""
    return posixpath.splitext(posixpath.basename(path))[0]


def _common(files: Sequence[str]) -> str:
    """The folder, with its slash, that holds everything but files which open the folders above it."""
    top = ""
    while True:
        below = [path for path in files if path.startswith(top)]
        folders = {path[len(top) :].split("/")[0] for path in below if "/" in path[len(top) :]}
        single = [path for path in below if "/" not in path[len(top) :]]
        if len(folders) != 1 or any(not _opens(path) for path in single):
            return top
        top += f"{folders.pop()}/"


def _groups(files: Sequence[str], top: str) -> list[tuple[str, list[str]]]:
    """Folders below `top` with their files in order; single files between them under an empty name."""
    names = dict.fromkeys(path[len(top) :].split("/")[0] for path in files)
    single = {path[len(top) :] for path in files if "/" not in path[len(top) :]}
    numbered = all(name[:1].isdecimal() for name in names)
    groups: list[tuple[str, list[str]]] = []
    for name in sorted(names, key=lambda n: (not numbered and n not in single, _natural(n))):
        if name not in single:
            groups.append((name, _below(files, f"{top}{name}/")))
        elif groups and not groups[-1][0]:
            groups[-1][1].append(top + name)
        else:
            groups.append(("", [top + name]))
    return groups


def _below(files: Sequence[str], folder: str) -> list[str]:
    """The files below a folder in order, the openers of folders first."""
    mine = [path for path in files if path.startswith(folder)]
    openers = sorted((path for path in mine if posixpath.dirname(path) + "/" == folder and _opens(path)), key=natural)
    rest = [path for path in mine if path not in openers]
    return [*openers, *(path for _, paths in _groups(rest, folder) for path in paths)]


def title_of(name: str) -> str:
    """A title from the name of a file or folder: `02-getting_started` is "Getting started"; empty stays empty."""
    bare = re.sub(r"^\d+[\s._-]*(?=\D)", "", name)
    words = re.sub(r"[\s_-]+", " ", bare).strip()
    return words[:1].upper() + words[1:] if words else name
