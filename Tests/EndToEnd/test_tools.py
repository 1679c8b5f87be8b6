"""The tools around Jupyter, each as its own program: nbconvert, papermill, jupytext, nbval, console."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

CELLS = ["rate = 1\nlayers = None\noptions = []", "print(rate * 2, layers, options)", "table({'n': [1, 2]})",
         "import time\ntime.sleep(0.01)\n6 * 7"]


def tool(*arguments, cwd, **more):
    """Runs a module of Python; what it writes."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], cwd=cwd, text=True, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def folder(kernel_name, tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in CELLS],
        metadata={"kernelspec": {"name": "swiftlet", "display_name": "Swiftlet", "language": "swiftlet"}},
    )
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, tmp_path / "lesson.ipynb")
    return tmp_path


def outputs(path):
    return [cell.outputs for cell in nbformat.read(path, 4).cells]


def test_nbconvert(folder):
    tool("nbconvert", "--to", "html", "--execute", "lesson.ipynb", cwd=folder)
    page = (folder / "lesson.html").read_text()
    assert "2 None []" in page and "42" in page and "class=\"dataframe\"" in page
    # Highlighted as Python.
    assert '<span class="kn">import</span>' in page
    tool("nbconvert", "--to", "notebook", "--execute", "--output", "done", "lesson.ipynb", cwd=folder)
    shown = outputs(folder / "done.ipynb")
    assert shown[1][0]["text"] == "2 None []\n" and shown[3][0]["data"]["text/plain"] == "42"
    tool("nbconvert", "--to", "script", "done.ipynb", cwd=folder)
    assert "print(rate * 2, layers, options)" in (folder / "done.py").read_text()


def test_a_failure_is_told_by_nbconvert(folder):
    notebook = nbformat.read(folder / "lesson.ipynb", 4)
    notebook.cells[1].source = "1 / 0"
    nbformat.write(notebook, folder / "bad.ipynb")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        tool("nbconvert", "--to", "html", "--execute", "bad.ipynb", cwd=folder)


def test_papermill_gives_parameters(folder):
    pytest.importorskip("papermill")
    tool(
        "papermill", "lesson.ipynb", "done.ipynb", "--language", "python", "-p", "rate", "0.1",
        "-p", "layers", "3", "-y", "options: [null, .inf, .nan, 'a\"b', {deep: true}]", cwd=folder)
    cells = nbformat.read(folder / "done.ipynb", 4).cells
    assert cells[1].metadata.tags == ["injected-parameters"]
    assert cells[2].outputs[0]["text"] == "0.2 3 [None, inf, nan, 'a\"b', {'deep': True}]\n"
    tool("papermill", "lesson.ipynb", "plain.ipynb", cwd=folder)


def test_jupytext_there_and_back(folder):
    pytest.importorskip("jupytext")
    tool("jupytext", "--to", "py:percent", "lesson.ipynb", cwd=folder)
    text = (folder / "lesson.py").read_text()
    assert "#     name: swiftlet" in text and "# %%" in text
    tool("jupytext", "--to", "ipynb", "--output", "back.ipynb", "lesson.py", cwd=folder)
    back = nbformat.read(folder / "back.ipynb", 4)
    assert [cell.source for cell in back.cells] == CELLS
    assert back.metadata.kernelspec.name == "swiftlet"
    tool("nbconvert", "--to", "html", "--execute", "back.ipynb", cwd=folder)


def test_nbval_finds_the_same_outputs(folder):
    pytest.importorskip("nbval")
    tool("nbconvert", "--to", "notebook", "--execute", "--output", "done", "lesson.ipynb", cwd=folder)
    assert "4 passed" in tool("pytest", "-q", "--nbval", "done.ipynb", cwd=folder)
    notebook = json.loads((folder / "done.ipynb").read_text())
    notebook["cells"][1]["outputs"][0]["text"] = ["other\n"]
    (folder / "changed.ipynb").write_text(json.dumps(notebook))
    with pytest.raises(AssertionError, match="1 failed"):
        tool("pytest", "-q", "--nbval", "changed.ipynb", cwd=folder)


def test_the_console(folder):
    pytest.importorskip("jupyter_console")
    shown = tool(
        "jupyter_console", "--kernel", "swiftlet", "--simple-prompt", cwd=folder,
        input="x = 6\nx * 7\nprint('said')\nexit\n", env=dict(os.environ, TERM="dumb"))
    assert "42" in shown and "said" in shown and "Error" not in shown
