"""Word files that LibreOffice writes, in each way that it can: imported with an account that balances."""

import subprocess
from pathlib import Path

import pytest

from livingmanual.model.remark import AnchorState
from tests.conftest import client_command
from tests.laws.documents import Writer
from tests.laws.reviewers import Reviewer
from tests.laws.test_foreign_files import taken
from tests.laws.test_word_round_trip import manual

pytestmark = [pytest.mark.client("libreoffice")]
WAYS = {
    "as Word 2007 does": ["docx:MS Word 2007 XML"],
    "as the transitional standard says": ["docx:Office Open XML Text"],
    "by way of OpenDocument": ["odt", "docx:MS Word 2007 XML"],
    "by way of Word 97": ["doc:MS Word 97", "docx:MS Word 2007 XML"],
    "by way of RTF": ["rtf:Rich Text Format", "docx:MS Word 2007 XML"],
}


def converted(file: Path, filter_: str, folder: Path) -> Path:
    """The file as LibreOffice saves it with this filter."""
    folder.mkdir()
    office = client_command("libreoffice")
    assert office is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [office, profile, "--headless", "--convert-to", filter_, "--outdir", str(folder), str(file)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return folder / f"{file.stem}.{filter_.partition(':')[0]}"


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_save(way: str, tmp_path: Path) -> None:
    with manual(Writer(3).files()) as (workspace, sent):
        file = tmp_path / "sent.docx"
        reviewer = Reviewer(sent, 3)
        reviewer.run(16)
        reviewer.commented()
        file.write_bytes(reviewer.file.data())
        for step, filter_ in enumerate(WAYS[way]):
            file = converted(file, filter_, tmp_path / str(step))
        report = taken(workspace, file.read_bytes())
        assert {"w:ins", "w:del", "w:comment"} <= set(report.found)
        placed = [remark for remark in report.remarks if remark.anchor.state is not AnchorState.UNPLACED]
        assert len(placed) >= 0.8 * len(report.remarks)
