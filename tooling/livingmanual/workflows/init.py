"""Make a workspace: an empty one that teaches, or one around Markdown that others wrote.

Text that others wrote is copied byte for byte, in its own folders and under its own names, so that links between
files and pictures go on working. Where the workspace is made in the very folder of the text, nothing is copied: the
settings name the files where they are. Nothing is ever overwritten, and the settings, which make a folder a workspace,
come last.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from livingmanual.adapters import git, templates
from livingmanual.adapters.disk import DiskFolder
from livingmanual.errors import PartMissing, WrongUse
from livingmanual.model.diagnostic import Diagnostic, Position, warning
from livingmanual.source import order as ordering
from livingmanual.source.order import Book, Order
from livingmanual.workflows.load import MANUAL

TEXT = "manual/chapters"
"""Where copied text goes."""
SKIPPED = frozenset({"node_modules", "__pycache__"})
"""Folders that hold other people's packages, not text."""
FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
WRITTEN_ID = re.compile(r"^#{1,6}[ \t].*\{#[\w:.-]+[^{}\n]*\}[ \t]*\r?$", re.MULTILINE)
KEEP = b"# The text is kept byte for byte, line ends included, whatever git is set to do.\n* -text\n"
IGNORE = "ignore.txt"
SLASH = "# From where a link or picture counts that begins with a slash.\n"
AROUND = "around.yaml"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Made:
    """A workspace that was made."""

    root: Path
    written: tuple[str, ...]
    """Files that were written, relative to the workspace."""
    order: Order | None = None
    """The reading order that was found; None for a new workspace."""
    in_place: bool = False
    """True if the text stayed where it was."""
    repository: bool = False
    """True if a git repository was made as well."""
    commit: str = ""
    """The first commit; empty if none was made."""
    diagnostics: tuple[Diagnostic, ...] = ()


def new(root: Path, title: str = "", language: str = "", commit: bool = False) -> Made:
    """Make a new workspace in `root`, which may exist; raises WrongUse if anything would be overwritten."""
    _refuse(root, commit)
    language = _language(language or "en")
    title = title or ordering.title_of(root.resolve().name) or "A manual"
    words = _words(title, language, root)
    files = {name: _filled(text, words) for name, text in templates.workspace().items() if name not in (IGNORE, AROUND)}
    return _made(root, {**files, **_ignoring(root)}, commit)


def around(root: Path, folder: Path, title: str = "", language: str = "", commit: bool = False) -> Made:
    """Make a workspace in `root` of the Markdown files in `folder`; with both the same, the text stays where it is.

    Raises WrongUse if there is no such folder, no Markdown in it, or anything would be overwritten.
    """
    if not folder.is_dir():
        raise WrongUse(f'there is no folder "{folder}"', "name the folder that holds the Markdown files")
    _refuse(root, commit)
    found = _find(folder, root)
    texts = {path: data.decode("utf-8", "replace") for path, data in found.texts.items()}
    book = found.book
    order = ordering.order(texts, texts, posixpath.normpath(posixpath.join(found.book_folder, book.source)))
    if not order.files:
        raise WrongUse(f'there is no Markdown file in "{folder}"', "name the folder that holds the .md files")
    in_place = root.resolve() == folder.resolve()
    place = ".." if in_place else posixpath.relpath(TEXT, posixpath.dirname(MANUAL))
    language = _language(language or book.language or "en")
    title = title or book.title or _title(order, texts) or ordering.title_of(folder.resolve().name)
    exact = {} if in_place else {f"{TEXT}/.gitattributes": KEEP}
    settings = _settings(order, place, _words(title, language, root), texts)
    copied = (
        {}
        if in_place
        else {f"{TEXT}/{path}": data for path, data in {**found.texts, **_pictures(folder, found, order)}.items()}
    )
    notes = _unreadable(found, place) + _missing(order, place) + found.notes
    mine = (*found.texts, *found.beside) if in_place else ()
    return _made(root, {**copied, **exact, **_ignoring(root), MANUAL: settings}, commit, order, in_place, notes, mine)


# What is there


@dataclass(frozen=True, slots=True)
class _Found:
    """What a folder holds; paths are relative to it."""

    texts: dict[str, bytes]
    """Every Markdown file."""
    beside: tuple[str, ...]
    """Every picture."""
    book: Book
    book_folder: str
    notes: tuple[Diagnostic, ...]


def _find(folder: Path, root: Path) -> _Found:
    texts: dict[str, bytes] = {}
    beside: list[str] = []
    notes: list[Diagnostic] = []
    book, book_folder = Book(), ""
    for path in _walk(folder, root):
        full = folder / path
        if not full.resolve().is_relative_to(folder.resolve()):
            notes.append(
                warning(
                    "link-outside",
                    "this is a link to a file outside the folder; it was left out",
                    Position(path),
                    "copy the file itself, if it belongs to the text",
                )
            )
        elif ordering.is_markdown(path):
            texts[path] = _read(full)
        elif path.lower().endswith(ordering.PICTURES):
            beside.append(path)
        elif posixpath.basename(path) == "book.toml" and book == Book():
            book, book_folder = ordering.read_book(_read(full).decode("utf-8", "replace")), posixpath.dirname(path)
    return _Found(texts, tuple(beside), book, book_folder, tuple(notes))


def _walk(folder: Path, root: Path) -> Iterable[str]:
    """The files of a folder, sorted; without hidden ones, packages, and the workspace itself if it lies inside."""
    inner = root.resolve()
    found: list[str] = []
    for base, folders, files in os.walk(folder):
        here = Path(base)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in SKIPPED and (here / name).resolve() != inner
        ]
        found += [(here / name).relative_to(folder).as_posix() for name in files if not name.startswith(".")]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise PartMissing(f"{path} cannot be read: {trouble.strerror}", "check the file's permissions") from trouble


def _top(order: Order) -> str:
    """The folder from which a target that begins with a slash counts."""
    return posixpath.dirname(order.summary)


def _pictures(folder: Path, found: _Found, order: Order) -> dict[str, bytes]:
    """The pictures that a text names, and those that lie beside one."""
    named = {
        target
        for path, data in found.texts.items()
        for target in ordering.targets(path, data.decode("utf-8", "replace"))
    }
    named |= {posixpath.normpath(f"{_top(order)}{target}").lstrip("/") for target in named if target.startswith("/")}
    homes = {posixpath.dirname(path) for path in found.texts}
    return {path: _read(folder / path) for path in found.beside if path in named or posixpath.dirname(path) in homes}


def _title(order: Order, texts: Mapping[str, str]) -> str:
    """The words of the first heading of level 1 in the first file; empty if it has none."""
    text = FENCED.sub("", texts[order.files[0]].removeprefix("\ufeff"))
    heading = re.search(r"^# +(.+?)[ #]*$", text.replace("\r", ""), re.MULTILINE)
    return ordering.plain_words(re.sub(r"\{#[^{}]*\}|<[^>]*>", "", heading[1])) if heading else ""


def _unreadable(found: _Found, place: str) -> tuple[Diagnostic, ...]:
    out = []
    for path, data in found.texts.items():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as trouble:
            line = data.count(b"\n", 0, trouble.start) + 1
            at = Position(posixpath.normpath(f"manual/{place}/{path}"), line)
            out.append(
                warning(
                    "encoding",
                    f"this file is not UTF-8: byte {trouble.start} cannot be read",
                    at,
                    "nothing can be built before it is: iconv -f LATIN1 -t UTF-8 OLD > NEW",
                )
            )
    return tuple(out)


def _missing(order: Order, place: str) -> tuple[Diagnostic, ...]:
    at = Position(posixpath.normpath(f"manual/{place}/{order.summary}"))
    return tuple(
        warning(
            "file-missing",
            f'the summary names "{path}", which is not there; it was left out',
            at,
            "add the file, and name it in manual/manual.yaml",
        )
        for path in order.missing
    )


# What is written


def _words(title: str, language: str, root: Path) -> dict[str, str]:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    other = re.sub(r"[^a-z0-9]+", "-", root.resolve().name.lower()).strip("-")
    return {"ID": slug or other or "manual", "TITLE": quoted(title), "PLAIN_TITLE": title, "LANGUAGE": language}


def quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar (YAML 1.2, 7.3.1; JSON's strings are among them)."""
    return json.dumps(text, ensure_ascii=False)


def _filled(template: str, words: Mapping[str, str]) -> bytes:
    return re.sub(r"@([A-Z_]+)@", lambda name: words.get(name[1], name[0]), template).encode()


def _settings(order: Order, place: str, words: dict[str, str], texts: Mapping[str, str]) -> bytes:
    """manual.yaml of a workspace around the files of `order`, which lie at `place`, relative to manual/."""
    found = f"in {order.summary}" if order.summary else "by the names of files and folders"
    attributes = any(WRITTEN_ID.search(texts[path]) for path in order.files)
    slash = any(target.startswith("/") for path in order.files for target in ordering.targets(path, texts[path]))
    root = f"{SLASH}root: {_at(place, _top(order))}\n\n" if slash else ""
    more = {
        "ROOT": root,
        "FOUND": found,
        "ATTRIBUTES": str(attributes).lower(),
        "CHAPTERS": "\n\n".join(_chapters(order, place)),
    }
    return _filled(templates.workspace()[AROUND], {**words, **more})


def _chapters(order: Order, place: str) -> Iterable[str]:
    def lines(paths: Iterable[str], indent: str = "  ") -> str:
        return "".join(f"\n{indent}- {_at(place, path)}" for path in paths)

    if order.front:
        yield "# Before the first chapter, without numbers.\nfront:" + lines(order.front)
    if order.parts:
        entries = [
            f"\n  - {f'title: {quoted(part.title)}' + chr(10) + '    ' if part.title else ''}chapters:"
            + lines(part.paths, "      ")
            for part in order.parts
        ]
        yield "parts:" + "".join(entries)
    if order.annexes:
        yield "annexes:" + lines(order.annexes)
    if order.back:
        yield "# After the last chapter, without numbers.\nback:" + lines(order.back)
    titles = [f"\n  {_at(place, path)}: {quoted(title)}" for path, title in order.titles.items() if title]
    yield (
        "# What a file is called that does not begin with a heading of level 1; without an entry its front matter\n"
        "# says it, or its name.\ntitles:"
    ) + ("".join(titles) or " {}")
    if order.aside:
        yield "# Files that are in no edition; `manual check` does not ask about them.\naside:" + lines(order.aside)


def _at(place: str, path: str) -> str:
    """A file's path as manual.yaml writes it: as it is where YAML reads it so, else quoted."""
    path = posixpath.normpath(f"{place}/{path}")
    return path if re.fullmatch(r"[A-Za-z.][\w./-]*", path) else quoted(path)


def _ignoring(root: Path) -> dict[str, bytes]:
    """What keeps built files and private ones out of git; a .gitignore that is there is left alone."""
    if not (root / ".gitignore").exists():
        return {".gitignore": templates.workspace()[IGNORE].encode()}
    return {"build/.gitignore": b"*\n", "reviews/.gitignore": b".private/\n"}


def _language(language: str) -> str:
    if not LANGUAGE.fullmatch(language):
        raise WrongUse(f'"{language}" is no language tag', "write it as in BCP 47: en, fr, pt-BR")
    return language


def _refuse(root: Path, commit: bool) -> None:
    """Raise WrongUse before anything is written, if the workspace cannot be made here."""
    if root.exists() and not root.is_dir():
        raise WrongUse(f'"{root}" is a file', "name a folder for the workspace")
    if (root / MANUAL).exists():
        raise WrongUse(
            f"there is a workspace already: {root / MANUAL}", "name another folder; nothing is ever overwritten"
        )
    if commit:
        git.committer(root)


def _made(
    root: Path,
    files: Mapping[str, bytes],
    commit: bool,
    order: Order | None = None,
    in_place: bool = False,
    notes: tuple[Diagnostic, ...] = (),
    also: Iterable[str] = (),
) -> Made:
    """Write the files, make a repository where there is none, and commit, with `also`, if that is wanted."""
    optional = {name for name in ("README.md", "build/.gitignore", "reviews/.gitignore") if (root / name).exists()}
    files = {name: data for name, data in files.items() if name not in optional}
    there = [name for name in files if (root / name).exists()]
    if there:
        raise WrongUse(f"this would overwrite {', '.join(there[:5])} in {root}", "name an empty folder")
    _write(root, files)
    repository = git.initialise(root)
    sha = ""
    if commit:
        mine = git.Repository(root)
        sha = mine.commit([*files, *also], "manual: make the workspace", mine.user())
    return Made(root, tuple(sorted(files)), order, in_place, repository, sha, notes)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all, the settings last; what was written is taken away again if one fails."""
    fresh = not root.exists()
    root.mkdir(parents=True, exist_ok=True)
    folder, done = DiskFolder(root), []
    try:
        for name in sorted(files, key=lambda n: (n == MANUAL, n)):
            folder.write(name, files[name])
            done.append(name)
    except BaseException:
        for name in done:
            folder.remove(name)
        _empty(root, done, fresh)
        raise


def _empty(root: Path, names: Iterable[str], fresh: bool) -> None:
    """Take away folders that are empty again."""
    parents = {root / parent for name in names for parent in Path(name).parents}
    for path in sorted(parents, key=lambda p: len(p.parts), reverse=True):
        if (path != root or fresh) and path.is_dir() and not any(path.iterdir()):
            path.rmdir()
