"""The second notebook: it runs headless, and finds what was put into its data."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "02-look-at-data.ipynb"


def text_of(cell):
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        parts.append(output.get("data", {}).get("text/plain", ""))
    return "\n".join(parts)


def test_the_notebook_finds_repetitions_gaps_and_outliers(kernel_name):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name=kernel_name,
        resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    everything = "\n".join(text_of(cell) for cell in notebook.cells if cell.cell_type == "code")
    assert "repeated rows: 3" in everything
    assert "rows left: 180" in everything
    assert "missing values: 0" in everything
    assert "outliers: 3" in everything
    assert "Non-Null Count" in everything, "the summary of the columns"
