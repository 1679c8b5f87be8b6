"""The gallery: every cell runs headless and shows a picture, none wider than a page shows."""

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
ANSI = re.compile("\x1b\\[[0-9;]*m")


def test_every_cell_of_the_gallery_shows_something_that_fits(kernel_name):
    notebook = nbformat.read(ROOT / "notebooks" / "gallery.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name=kernel_name).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells[1:]:
        shown = [output["data"] for output in cell.outputs if "data" in output]
        assert shown, cell.source
        for data in shown:
            for line in ANSI.sub("", data["text/plain"]).split("\n"):
                assert len(line) <= 80, (cell.source, line)
    pictures = [o["data"] for cell in cells for o in cell.outputs if "text/html" in o.get("data", {})]
    assert len(pictures) >= 25
