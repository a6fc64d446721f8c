"""The HTML page in a browser: it fits a phone, its small script is allowed, and it prints."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import pages

pytestmark = pytest.mark.client("chromium")

WIDE = "| " + " | ".join(f"Column number {n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n" + "| word " * 9 + "|\n"
LONG = "An_identifier_without_any_break_" * 12


@pytest.fixture(scope="module")
def sample(repository: Path) -> bytes:
    everything = (repository / "tests/unit/render/everything.md").read_text(encoding="utf-8")
    return pages.page(
        pages.edition(everything, f"# Wide {{#wide}}\n\n{WIDE}\n\n{LONG}\n\n```\n{LONG}\n```\n", part="First")
    )


@pytest.fixture
def browser(client: Callable[[str], str], tmp_path: Path) -> Callable[..., str]:
    """A function that opens a page at a width, and returns what the browser says on its standard output."""

    def opened(page: bytes, *options: str, width: int = 1280) -> str:
        file = tmp_path / "page.html"
        file.write_bytes(page)
        command = [
            client("chromium"),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},900",
            *options,
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
        return done.stdout.decode("utf-8")

    return opened


def measured(page: bytes) -> bytes:
    """The page with a script of the test's own that writes the page's width into its title."""
    text = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", page)
    script = b"<script>document.title=document.documentElement.scrollWidth+'/'+innerWidth</script></body>"
    return text.replace(b"</body>", script)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out_at_the_side(width: int, sample: bytes, browser: Callable[..., str]) -> None:
    found = re.search(r"<title>(\d+)/(\d+)</title>", browser(measured(sample), "--dump-dom", width=width))
    assert found
    assert int(found[1]) <= int(found[2])


def test_the_contents_list_is_closed_on_a_phone_and_open_on_a_desk(sample: bytes, browser: Callable[..., str]) -> None:
    assert "<details open" in browser(sample, "--dump-dom", width=1280)
    assert "<details>" in browser(sample, "--dump-dom", width=390)


def test_the_policy_stops_everything_else(sample: bytes, browser: Callable[..., str]) -> None:
    attack = b"<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></main>"
    assert "<title>ran" not in browser(sample.replace(b"</main>", attack), "--dump-dom")


@pytest.mark.client("poppler")
def test_it_prints_with_its_stamp_and_without_the_link_to_skip(
    sample: bytes, browser: Callable[..., str], tmp_path: Path
) -> None:
    browser(sample, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True).stdout
    pages_found = text.decode().split("\f")[:-1]
    assert all(page.strip() for page in pages_found)
    assert pages_found[0].split() == [
        "A",
        "Manual",
        "of",
        "Samples:",
        "What",
        "May",
        "Stand",
        "in",
        "a",
        "Text",
        "For",
        "tests",
        "Kenya",
        "English",
        "·",
        "21",
        "November",
        "2026",
    ]
    assert "Everything that may stand in a text" in pages_found[1]
    assert "Edition stamp: sample/KE/en@" in pages_found[-1]
    assert "Skip to the text" not in text.decode()
