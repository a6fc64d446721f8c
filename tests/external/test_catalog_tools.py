"""Our catalogs in the programs that translators use: gettext's own, and polib.

What these do to a file is written down in tooling/docs/formats/catalogs.md; these tests hold the page to it.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings

from livingmanual.model.catalog import DRAFTED, Catalog, Message
from livingmanual.translate import match, write
from livingmanual.translate.places import Wanted
from livingmanual.translate.po import read_catalog
from livingmanual.workflows import translate as workflow
from tests.laws.test_write_catalogs import workspaces

HEADER = write.header("manual", "manual/a.md", "fr", "2026-11-21 12:00+0000")
ENDS = re.compile(r"entries do not both (begin|end) with '.n'")
"""The one thing that generated texts do and messages of a manual do not: they begin and end with line breaks."""
Client = Callable[[str], str]


def command(client: Client, name: str) -> str:
    """The path of one of gettext's programs, which stand beside each other."""
    return str(Path(client("gettext")).with_name(name))


def msgfmt(client: Client, path: Path) -> str:
    """What `msgfmt --check` complains of."""
    done = subprocess.run(
        [command(client, "msgfmt"), "--check", "-o", "/dev/null", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


@pytest.mark.client("gettext")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=workspaces())
def test_msgfmt_accepts_every_catalog_that_we_write(
    client: Client, tmp_path: Path, case: tuple[dict[str, list[Wanted]], list[Catalog]]
) -> None:
    wanted, old = case
    messages = {path: [item.message for item in items] for path, items in wanted.items()}
    texts = write.updated(wanted, old, match.match(messages, old))
    for text in texts.values():
        path = tmp_path / "x.po"
        path.write_bytes(text.removeprefix("\ufeff").encode())
        errors = [line for line in msgfmt(client, path).splitlines() if "error: " in line]
        assert [line for line in errors if not ENDS.search(line) and "fatal error" not in line] == []


@pytest.mark.client("gettext")
def test_the_catalogs_of_this_manual_are_accepted_and_read_the_same(
    client: Client, tmp_path: Path, repository: Path
) -> None:
    shutil.copytree(repository / "manual", tmp_path / "manual")
    if (repository / "translations").is_dir():
        shutil.copytree(repository / "translations", tmp_path / "translations")
    workflow.update(tmp_path, ["fr"])
    paths = sorted((tmp_path / "translations/fr").rglob("*.po"))
    assert len(paths) > 50
    for path in paths:
        assert msgfmt(client, path) == ""
        ours = read_catalog("x.po", "x.md", path.read_bytes().decode()).value
        theirs = [(e.msgctxt, e.msgid, e.msgstr) for e in polib.pofile(str(path))]
        assert theirs == [(e.context, e.source, e.translation.text) for e in ours.entries]
    assert {row.change for row in workflow.update(tmp_path, ["fr"])} == {"same"}


DRAFT = f"""
# {DRAFTED}
#. s: paragraph
#, machine-drafted
msgctxt "s"
msgid "A sentence that stays as it is."
msgstr "Une phrase qui reste."
"""


@pytest.mark.client("gettext")
def test_msgmerge_keeps_a_comment_and_drops_a_flag_that_it_does_not_know(client: Client, tmp_path: Path) -> None:
    """Why `machine-drafted` is a translator's comment."""
    (tmp_path / "fr.po").write_text(HEADER + DRAFT, encoding="utf-8")
    message = Message("s", "A sentence that stays as it is.", "paragraph", "manual/a.md", 0)
    (tmp_path / "a.pot").write_text(write.template(HEADER, [Wanted(message, "s: paragraph")]), encoding="utf-8")
    merged = subprocess.run(
        [command(client, "msgmerge"), "--quiet", "fr.po", "a.pot"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    (entry,) = read_catalog("fr.po", "a.md", merged).value.entries
    assert entry.drafted
    assert entry.extracted == ("s: paragraph",)
    assert entry.flags == ()


@pytest.mark.client("gettext")
def test_what_msgmerge_makes_of_a_changed_message_we_read_as_ours(client: Client, tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text(HEADER + DRAFT.replace("#, machine-drafted\n", ""), encoding="utf-8")
    message = Message("s", "A sentence that stays as it was.", "paragraph", "manual/a.md", 0)
    wanted = [Wanted(message, "s: paragraph")]
    (tmp_path / "a.pot").write_text(write.template(HEADER, wanted), encoding="utf-8")
    merged = subprocess.run(
        [command(client, "msgmerge"), "--quiet", "--previous", "--no-wrap", "fr.po", "a.pot"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout.decode()
    catalog = read_catalog("fr.po", "manual/a.md", HEADER + DRAFT.replace("#, machine-drafted\n", "")).value
    ours = write.updated({"manual/a.md": wanted}, [catalog], match.match({"manual/a.md": [message]}, [catalog]))
    (theirs,) = read_catalog("fr.po", "a.md", merged).value.entries
    (mine,) = read_catalog("fr.po", "a.md", ours["fr.po"]).value.entries
    assert (mine.key, mine.flags, mine.previous, mine.comments) == (
        theirs.key,
        theirs.flags,
        theirs.previous,
        theirs.comments,
    )
