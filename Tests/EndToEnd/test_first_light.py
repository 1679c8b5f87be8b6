"""The first notebook: it runs headless, and what a person looks for is in its outputs."""

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "01-first-light.ipynb"

FIT = """
import keras
digits = load_digits()
model = keras.Sequential([keras.Input(shape=(64,)), keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
"""


def text_of(cell):
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        parts.append(output.get("data", {}).get("text/plain", ""))
    return "\n".join(parts)


def test_the_notebook_runs_and_shows_curve_table_and_accuracy(kernel_name):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name=kernel_name).execute()
    texts = [text_of(cell) for cell in notebook.cells if cell.cell_type == "code"]
    everything = "\n".join(texts)
    [fit] = [t for t in texts if "val_loss" in t and re.search("[\u2801-\u28ff]", t)]
    assert "loss" in fit, "the final display holds the curves"
    assert any("pictures" in t and "share" in t for t in texts), "the table"
    accuracy = float(re.search(r"test accuracy: ([0-9.]+)", everything).group(1))
    assert accuracy >= 0.96
    assert any("accuracy" in t and "predicted" in t for t in texts), "the confusion matrix"


def test_updates_of_one_display_arrive_while_fit_runs(own_session):
    own_session.run(FIT)
    cell = own_session.client.execute(
        "history = model.fit(digits.data / 16, digits.target, epochs=30, validation_split=0.1)\n"
        "print('fitted')"
    )
    messages = []
    while not messages or messages[-1]["msg_type"] != "stream":
        messages.append(own_session.iopub(cell, timeout=60))
    own_session.finish(cell)
    [first] = [m for m in messages if m["msg_type"] == "display_data"]
    updates = [m for m in messages if m["msg_type"] == "update_display_data"]
    name = first["content"]["transient"]["display_id"]
    assert [u for u in updates if u["content"]["transient"]["display_id"] != name] == []
    assert len(updates) >= 5
    final = updates[-1]["content"]["data"]
    assert re.search("[\u2801-\u28ff]", final["text/plain"]), "the curves"
    assert "val_loss" in final["text/plain"]
    assert "text/html" in final


def test_an_interrupted_fit_keeps_the_session(own_session):
    own_session.run(FIT + "kept = 41")
    cell = own_session.client.execute(
        "model.fit(digits.data / 16, digits.target, epochs=100000)"
    )
    while own_session.iopub(cell, timeout=60)["msg_type"] != "update_display_data":
        pass
    own_session.manager.interrupt_kernel()
    shown = own_session.finish(cell)
    assert shown.reply["ename"] == "KeyboardInterrupt"
    after = own_session.run(
        "kept += 1\nprint(kept, model.evaluate(digits.data / 16, digits.target, verbose=0)[1] > 0.5)"
    )
    assert "42 True" in after.text()
