"""A connection to one running LibreOffice: open a file, edit it, save it, ask about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

from tests.support.office.edits import EDITS
from tests.support.office.places import NotFoundError, properties

DOCX = "MS Word 2007 XML"
FLAT = "OpenDocument Text Flat XML"
DIRECTIONS = {0: "ltr", 1: "rtl", 2: "vertical", 3: "vertical", 4: "inherited"}
"""com.sun.star.text.WritingMode2."""


@dataclass
class Session:
    """One LibreOffice that serves many files, one after the other."""

    context: Any
    desktop: Any

    @classmethod
    def connect(cls, pipe: str, ended: Callable[[], int | None], seconds: float = 60) -> Session:
        """Wait until LibreOffice listens on this pipe."""
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + seconds
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if ended() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        return cls(context, desktop)

    def service(self, name: str) -> Any:
        """A service of LibreOffice by its full name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def configuration(self, path: str) -> Any:
        """A node of the settings that can be changed; `commitChanges` on it makes them hold at once."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        arguments = properties(nodepath=path)
        return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", arguments)

    def version(self) -> str:
        """Version of LibreOffice, e.g. `7.4.7.2`."""
        node = self.configuration("/org.openoffice.Setup/Product")
        return f"{node.ooSetupVersionAboutBox}"

    def name_author(self, author: str) -> None:
        """Make this the name that changes and comments carry from now on: first word, and the rest."""
        first, _, rest = author.partition(" ")
        node = self.configuration("/org.openoffice.UserProfile/Data")
        node.givenname, node.sn = first, rest
        node.initials = "".join(word[0] for word in author.split())
        node.commitChanges()

    @contextmanager
    def document(self, path: str) -> Iterator[Any]:
        """The file of this path, open without a window; closed at the end, changed or not."""
        address = uno.systemPathToFileUrl(path)
        document = self.desktop.loadComponentFromURL(
            address, "_blank", 0, properties(Hidden=True, MacroExecutionMode=0)
        )
        if document is None:
            raise ValueError(f"LibreOffice did not open {path}")
        try:
            yield document
        finally:
            document.close(True)

    def command(self, document: Any, name: str, **arguments: Any) -> None:
        """What a menu entry does, e.g. `AcceptAllTrackedChanges`."""
        dispatcher = self.service("com.sun.star.frame.DispatchHelper")
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, f".uno:{name}", "", 0, properties(**arguments))

    def alive(self) -> bool:
        """Whether LibreOffice still answers."""
        try:
            return bool(self.version())
        except Exception:
            return False

    def end(self) -> None:
        """Ask LibreOffice to end."""
        try:
            self.desktop.terminate()
        except Exception:  # the bridge breaks while it ends
            return

    # The requests

    def review(
        self, path: str, out: str, edits: list[dict[str, Any]], author: str, tracked: bool
    ) -> list[dict[str, Any]]:
        """Open, edit, save under another name; for each edit where it was done or why not."""
        self.name_author(author)
        with self.document(path) as document:
            done = []
            for edit in edits:
                document.RecordChanges = edit.get("tracked", tracked)
                if "author" in edit:
                    self.name_author(edit["author"])
                done.append(self.edit(document, edit))
                if "author" in edit:
                    self.name_author(author)
            document.RecordChanges = tracked
            document.storeToURL(uno.systemPathToFileUrl(out), properties(FilterName=DOCX))
        return done

    def edit(self, document: Any, edit: dict[str, Any]) -> dict[str, Any]:
        """Do one edit."""
        try:
            place = EDITS[edit["do"]](self, document, edit)
        except NotFoundError as error:
            return {"done": False, "why": str(error), "part": "", "paragraph": "", "offset": -1}
        except Exception as error:  # those of UNO cannot be passed on as they are
            raise RuntimeError(f"{edit}: {type(error).__name__}: {error}") from None
        return {"done": True, "why": "", **place}

    def flatten(self, path: str, out: str, decide: str) -> None:
        """Accept or reject all changes (`decide` is `Accept` or `Reject`), and save as one XML file."""
        with self.document(path) as document:
            document.RecordChanges = False
            self.command(document, f"{decide}AllTrackedChanges")
            document.storeToURL(uno.systemPathToFileUrl(out), properties(FilterName=FLAT))

    def directions(self, path: str) -> dict[str, Any]:
        """Writing direction of every paragraph style in use, of all paragraphs of body and tables, and of tables."""
        with self.document(path) as document:
            family = document.StyleFamilies.getByName("ParagraphStyles")
            styles = (family.getByIndex(i) for i in range(family.Count))
            return {
                "styles": {s.Name: DIRECTIONS[s.WritingMode] for s in styles if s.isInUse()},
                "pages": {
                    s.Name: DIRECTIONS[s.WritingMode]
                    for s in _all(document.StyleFamilies.getByName("PageStyles"))
                    if s.isInUse()
                },
                "paragraphs": [_direction(paragraph) for paragraph in _paragraphs(document.Text)],
                "tables": [DIRECTIONS[table.WritingMode] for table in _all(document.TextTables)],
            }


def _direction(paragraph: Any) -> dict[str, str]:
    style, mode = paragraph.getPropertyValues(("ParaStyleName", "WritingMode"))
    return {"text": paragraph.String, "style": style, "direction": DIRECTIONS[mode]}


def _all(container: Any) -> Iterator[Any]:
    return (container.getByIndex(i) for i in range(container.Count))


def _paragraphs(text: Any) -> Iterator[Any]:
    """The paragraphs of a text, those of its tables in place, cell by cell."""
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.ImplementationName == "SwXTextTable":
            for name in block.CellNames:
                yield from _paragraphs(block.getCellByName(name))
        else:
            yield block
