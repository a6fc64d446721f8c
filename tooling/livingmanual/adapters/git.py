"""The only file that knows git: revisions to read, commits to make.

GitPython is imported when first needed, because it costs more start-up time than everything else together.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from livingmanual.errors import PartMissing, WrongUse

if TYPE_CHECKING:
    import git


NOBODY = "git does not know your name or address, so nothing can be committed"
WHO = 'run: git config user.name "Your Name"; git config user.email you@example.org'


@dataclass(frozen=True, slots=True)
class Person:
    """A git identity."""

    name: str
    mail: str

    def __str__(self) -> str:
        """`Name <mail>`, as git writes it."""
        return f"{self.name} <{self.mail}>"


class Revision:
    """Files as they stand at one commit."""

    def __init__(self, repository: Repository, commit: git.Commit) -> None:
        self.repository, self.commit = repository, commit

    @property
    def sha(self) -> str:
        """40 hexadecimal digits."""
        return self.commit.hexsha

    @property
    def timestamp(self) -> int:
        """Commit date, seconds since 1970 UTC."""
        return int(self.commit.committed_date)

    @cached_property
    def _entries(self) -> dict[str, Any]:
        prefix = self.repository.prefix
        found: dict[str, Any] = {}
        for item in self.commit.tree.traverse():
            if getattr(item, "type", "") == "blob" and str(item.path).startswith(prefix):  # type: ignore[union-attr]
                found[str(item.path)[len(prefix) :]] = item  # type: ignore[union-attr]
        return found

    def read(self, path: str) -> bytes | None:
        """The file's bytes at this revision; None if it is not there."""
        entry = self._entries.get(path)
        return entry.data_stream.read() if entry is not None else None

    def list(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder (`.` for all) at this revision, sorted."""
        below = "" if folder == "." else folder.rstrip("/") + "/"
        return tuple(sorted(path for path in self._entries if path.startswith(below)))

    def linked(self, path: str) -> str:
        """The commit that this revision records for a submodule; empty if there is none at that path."""
        try:
            entry = self.commit.tree / (self.repository.prefix + path)
        except KeyError:
            return ""
        return str(entry.hexsha) if entry.type == "submodule" else ""


def initialise(root: Path) -> bool:
    """Make a git repository in a folder; False, and nothing done, if the folder is in one already."""
    try:
        Repository(root)
    except WrongUse:
        _run_git(root, "init", "-q")
        return True
    return False


def committer(folder: Path) -> Person:
    """Who commits in a folder, which need be neither there nor a repository; raises WrongUse if git does not know."""
    here = next(path for path in (folder, *folder.resolve().parents) if path.is_dir())
    said = {
        key: os.environ.get(f"GIT_COMMITTER_{key.upper()}") or _run_git(here, "config", "--default", "", f"user.{key}")
        for key in ("name", "email")
    }
    if not all(said.values()):
        raise WrongUse(NOBODY, WHO)
    return Person(said["name"], said["email"])


def _run_git(folder: Path, *arguments: str) -> str:
    try:
        import git

        return str(git.Git(str(folder)).execute(["git", *arguments]))
    except ImportError as trouble:
        raise PartMissing("git cannot be used", "install git") from trouble
    except Exception as trouble:
        raise PartMissing(f"git could not work in {folder}: {trouble}", "run `manual doctor`") from trouble


class Repository:
    """The git repository around a workspace."""

    def __init__(self, root: Path) -> None:
        os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
        try:
            import git

            self._repo = git.Repo(root, search_parent_directories=True)
        except ImportError as trouble:
            raise PartMissing("git cannot be used", "install git") from trouble
        except Exception as trouble:
            raise self._cannot_open(root, trouble) from trouble
        top = self._repo.working_tree_dir
        if top is None:
            raise WrongUse(f"{root} is a bare git repository", "use a clone that has its files checked out")
        self.top = Path(str(top)).resolve()
        relative = root.resolve().relative_to(self.top).as_posix()
        self.prefix = "" if relative == "." else f"{relative}/"

    @staticmethod
    def _cannot_open(root: Path, trouble: Exception) -> WrongUse | PartMissing:
        kind = type(trouble).__name__
        if kind in ("InvalidGitRepositoryError", "NoSuchPathError"):
            return WrongUse(
                f"{root} is not in a git repository (a downloaded archive, perhaps), so no revision can be named",
                "clone the repository with git; or build the files as they are with `manual build --draft`",
            )
        return PartMissing(f"git could not open {root}: {trouble}", "run `manual doctor`")

    def revision(self, name: str) -> Revision:
        """The commit that a name (`HEAD`, a tag, a sha) stands for; raises WrongUse if there is none."""
        try:
            return Revision(self, self._repo.commit(name))
        except Exception as trouble:
            if name == "HEAD":
                raise WrongUse(
                    "the repository has no commit yet", "commit the manual first, or build with --draft"
                ) from trouble
            raise WrongUse(
                f'there is no revision "{name}" in this repository',
                "fetch it (`git fetch --tags --unshallow`), or check the name with `git log`",
            ) from trouble

    def changed(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Which of these paths differ from HEAD in the index or the working tree, or are not tracked but exist."""
        full = [self.prefix + path for path in paths]
        if not full:
            return ()
        out = self._repo.git.status("--porcelain", "-z", "--untracked-files=all", "--", *full)
        names = [line[3:] for line in out.split("\0") if len(line) > 3]
        return tuple(sorted(name[len(self.prefix) :] for name in names))

    def user(self) -> Person:
        """Who commits here; raises WrongUse if git does not know a name."""
        reader = self._repo.config_reader()
        name = os.environ.get("GIT_COMMITTER_NAME") or str(reader.get_value("user", "name", ""))
        mail = os.environ.get("GIT_COMMITTER_EMAIL") or str(reader.get_value("user", "email", ""))
        if not name or not mail:
            raise WrongUse(
                "git does not know your name or address, so nothing can be committed",
                'run: git config user.name "Your Name"; git config user.email you@example.org',
            )
        return Person(name, mail)

    def commit(self, paths: Sequence[str], message: str, author: Person, date: str = "") -> str:
        """Commit exactly these paths as they stand on disk, whatever else is staged; returns the sha.

        `date` is the author's date as ISO 8601 with offset; empty means now.
        """
        committer = self.user()
        full = [self.prefix + path for path in paths]
        existing = [path for path in full if (self.top / path).exists()]
        if existing:
            self._repo.git.add("--", *existing)
        arguments = ["-q", "--no-verify", "--author", str(author), "-m", message]
        if date:
            arguments += ["--date", date]
        env = {"GIT_COMMITTER_NAME": committer.name, "GIT_COMMITTER_EMAIL": committer.mail}
        with self._repo.git.custom_environment(**env):
            self._repo.git.commit(*arguments, "--only", "--", *full)
        return str(self._repo.head.commit.hexsha)

    def commit_series(
        self, plans: Sequence[tuple[Mapping[str, bytes | None], str, Person]], with_first: Sequence[str]
    ) -> list[str]:
        """Commit several sets of files, one after the other, and put them in place at the end.

        Each plan is (path -> bytes, or None for a file to delete; message; author). `with_first` are paths whose
        bytes on disk go into the first commit. The commits are made from objects and a temporary index; HEAD, then
        the files move only when all of them exist, so a killed run leaves the working tree as it was.
        """
        committer = self.user()
        head = str(self._repo.head.commit.hexsha)
        with tempfile.TemporaryDirectory(prefix="livingmanual-") as folder:
            env = {
                "GIT_INDEX_FILE": str(Path(folder) / "index"),
                "GIT_COMMITTER_NAME": committer.name,
                "GIT_COMMITTER_EMAIL": committer.mail,
            }
            with self._repo.git.custom_environment(**env):
                self._repo.git.read_tree(head)
                first = {path: (self.top / (self.prefix + path)).read_bytes() for path in with_first}
                commits = [head]
                for number, (files, message, author) in enumerate(plans):
                    self._stage({**files, **(first if number == 0 else {})})
                    commits.append(self._commit_tree(commits[-1], message, author))
        self._repo.git.update_ref("-m", "review: apply", "HEAD", commits[-1], head)
        written = {path: data for files, _, _ in plans for path, data in files.items()}
        for path, data in written.items():
            _replace_file(self.top / (self.prefix + path), data)
        self._repo.git.add("--all", "--", *[self.prefix + path for path in sorted({*written, *with_first})])
        return commits[1:]

    def _stage(self, files: Mapping[str, bytes | None]) -> None:
        for path, data in files.items():
            if data is None:
                self._repo.git.update_index("--force-remove", "--", f"{self.prefix}{path}")
                continue
            blob = self._repo.git.hash_object("-w", "--stdin", istream=_stream(data))
            self._repo.git.update_index("--add", "--cacheinfo", f"100644,{blob},{self.prefix}{path}")

    def _commit_tree(self, parent: str, message: str, author: Person) -> str:
        tree = self._repo.git.write_tree()
        with self._repo.git.custom_environment(GIT_AUTHOR_NAME=author.name, GIT_AUTHOR_EMAIL=author.mail):
            return str(self._repo.git.commit_tree(tree, "-p", parent, "-m", message))

    def finish_interrupted(self, trailer: str) -> tuple[str, ...]:
        """Put the files of the last run in place, if it was killed between moving HEAD and writing them.

        The run is that of HEAD's `trailer` line (`Apply-Run: …`). Only a file that is still what it was before the run
        is written; returns their paths.
        """
        head = self._repo.head.commit
        mark = next((line for line in str(head.message).splitlines() if line.startswith(trailer)), "")
        if not mark:
            return ()
        base = head
        while base.parents and mark in str(base.message).splitlines():
            base = base.parents[0]
        before, after = Revision(self, base), Revision(self, head)
        names = self._repo.git.diff("--name-only", "-z", base.hexsha, head.hexsha).split("\0")
        paths = [name[len(self.prefix) :] for name in names if name and name.startswith(self.prefix)]
        stale = [path for path in paths if self._on_disk(path) == before.read(path) != after.read(path)]
        for path in stale:
            _replace_file(self.top / (self.prefix + path), after.read(path))
        if stale:
            self._repo.git.reset("-q", "--", *[self.prefix + path for path in paths])
        return tuple(stale)

    def _on_disk(self, path: str) -> bytes | None:
        file = self.top / (self.prefix + path)
        return file.read_bytes() if file.is_file() else None

    def find_commit(self, line: str) -> Revision | None:
        """The newest commit of this branch whose message has this line; None if there is none."""
        sha = self._repo.git.log("-1", "--format=%H", "--fixed-strings", f"--grep={line}")
        return self.revision(sha) if sha else None

    def tag(self, name: str, revision: str) -> None:
        """Name a revision, so that rebased or shallow clones keep it; an equal tag is kept, another is refused."""
        existing = next((t for t in self._repo.tags if t.name == name), None)
        if existing is not None:
            if existing.commit.hexsha != revision:
                raise WrongUse(f'the tag "{name}" already names another revision', "choose another name for the round")
            return
        self._repo.create_tag(name, ref=revision)

    def ignored(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Which of these paths git ignores."""
        full = [self.prefix + path for path in paths]
        return tuple(path[len(self.prefix) :] for path in self._repo.ignored(*full)) if full else ()

    def restore(self, files: Mapping[str, bytes | None]) -> None:
        """Put bytes back as they were (None: the file was not there), for undoing a failed apply."""
        for path, data in files.items():
            target = self.top / (self.prefix + path)
            if data is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(data)


def _stream(data: bytes) -> IO[bytes]:
    """A real file with these bytes, because git reads from a file descriptor."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's subprocess reads it; it is gone when collected
    file.write(data)
    file.seek(0)
    return file


def _replace_file(target: Path, data: bytes | None) -> None:
    if data is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".part-{target.name}")
    part.write_bytes(data)
    part.replace(target)
