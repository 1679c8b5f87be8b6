"""What people do in JupyterLab, in Debian's chromium; see run.sh."""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SECOND = 1000


class Lab:
    """A JupyterLab server with the kernel, in a folder of its own."""

    def __init__(self, jupyter, swiftlet, folder):
        self.folder = folder
        prefix = folder / "prefix"
        subprocess.run([swiftlet, "install", "--prefix", prefix], check=True, stdout=subprocess.PIPE)
        self.work = folder / "work"
        shutil.copytree(ROOT / "notebooks", self.work)
        environment = dict(
            os.environ,
            JUPYTER_PATH=str(prefix / "share" / "jupyter"),
            JUPYTER_DATA_DIR=str(folder / "data"),
            JUPYTER_CONFIG_DIR=str(folder / "config"),
            JUPYTER_RUNTIME_DIR=str(folder / "runtime"),
        )
        self.log = open(folder / "lab.log", "w+")
        self.process = subprocess.Popen(
            [jupyter, "lab", "--no-browser", "--allow-root", "--port=0", "--expose-app-in-browser",
             "--IdentityProvider.token=", f"--ServerApp.root_dir={self.work}"],
            env=environment, stdout=self.log, stderr=self.log,
        )
        deadline = time.monotonic() + 90
        while True:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/lab", (folder / "lab.log").read_text())
            if found:
                self.url = f"http://127.0.0.1:{found.group(1)}"
                return
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit("JupyterLab did not start:\n" + (folder / "lab.log").read_text())
            time.sleep(0.2)

    def close(self):
        self.process.terminate()
        self.process.wait(20)


class Browser:
    """A page of JupyterLab, and the steps that the scenes are written in."""

    def __init__(self, page, lab, pictures):
        self.page, self.lab, self.pictures = page, lab, pictures
        self.count = self.notebooks = 0

    def picture(self, name):
        self.count += 1
        path = self.pictures / f"{self.count:02}-{name}.png"
        self.page.screenshot(path=str(path))
        print(f"  {path}", flush=True)

    def command(self, name, arguments=None):
        self.page.evaluate(
            "([name, arguments]) => window.jupyterapp.commands.execute(name, arguments)",
            [name, arguments or {}],
        )

    def open(self, notebook):
        self.page.goto(f"{self.lab.url}/lab/tree/{notebook}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120 * SECOND)
        self.wait_for_kernel("Idle")
        # Keys that come before the page has bound them to the notebook are lost.
        self.page.wait_for_timeout(1500)
        news = self.page.locator(".Toastify__toast").get_by_role("button", name="No", exact=True)
        if news.count():
            news.first.click()

    def new(self, *cells):
        """Opens a new notebook with these cells."""
        self.notebooks += 1
        name = f"scene-{self.notebooks}.ipynb"
        notebook = {
            "cells": [
                {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": code,
                 "execution_count": None, "outputs": []}
                for i, code in enumerate(cells)
            ],
            "metadata": {"kernelspec": {
                "name": "swiftlet", "display_name": "Swiftlet", "language": "swiftlet"}},
            "nbformat": 4, "nbformat_minor": 5,
        }
        (self.lab.work / name).write_text(json.dumps(notebook))
        self.open(name)

    def wait_for_kernel(self, state, seconds=120):
        self.page.wait_for_selector(
            f".jp-Notebook-ExecutionIndicator[data-status='{state.lower()}']",
            state="attached", timeout=seconds * SECOND,
        )

    def cell(self, index):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def write(self, index, code):
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)

    def run(self, index):
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def output(self, index):
        return self.cell(index).locator(".jp-Cell-outputArea")


# MARK: - The scenes, in order


def runs_the_first_notebook(b):
    b.open("01-first-light.ipynb")
    b.picture("opened")
    b.page.locator(".jp-CodeCell .cm-content").first.click()
    b.page.get_by_role("menuitem", name="Run", exact=True).click()
    b.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = b.page.locator(".jp-CodeCell .jp-InputPrompt").last
    expect(last).to_have_text(re.compile(r"\[\d+\]"), timeout=180 * SECOND)
    b.wait_for_kernel("Idle")
    assert b.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    panel = b.page.locator(".jp-WindowedPanel-outer").first
    for part in range(5):
        panel.evaluate(f"e => e.scrollTo(0, e.scrollHeight * {part} / 5)")
        b.page.wait_for_timeout(700)
        b.picture(f"first-light-{part + 1}")


def completes_and_helps(b):
    b.new("import torch\nprices = [1, 2, 3]", "pri")
    b.run(0)
    b.wait_for_kernel("Idle")
    b.cell(1).locator(".cm-content").click()
    b.page.keyboard.press("End")
    b.page.keyboard.press("Tab")
    completer = b.page.locator(".jp-Completer")
    expect(completer).to_be_visible(timeout=10 * SECOND)
    expect(completer).to_contain_text("prices")
    expect(completer).to_contain_text("print")
    b.picture("tab")
    b.page.keyboard.press("Escape")
    b.write(1, "torch.ones(")
    b.page.keyboard.press("Shift+Tab")
    tooltip = b.page.locator(".jp-Tooltip")
    expect(tooltip).to_be_visible(timeout=10 * SECOND)
    expect(tooltip).to_contain_text("ones")
    b.picture("shift-tab")
    b.page.keyboard.press("Escape")


def interrupts_and_restarts(b):
    b.new("kept = 5\nn = 0\nwhile True:\n    n += 1", "kept")
    b.run(0)
    b.wait_for_kernel("Busy")
    b.page.wait_for_timeout(500)
    b.page.locator("[data-command='notebook:interrupt-kernel']").first.click()
    expect(b.output(0)).to_contain_text("KeyboardInterrupt", timeout=5 * SECOND)
    b.run(1)
    expect(b.output(1)).to_contain_text("5", timeout=5 * SECOND)
    b.picture("interrupted")
    b.page.locator("[data-command='notebook:restart-kernel']").first.click()
    b.page.locator(".jp-Dialog button.jp-mod-accept").click()
    b.page.wait_for_timeout(1500)
    b.wait_for_kernel("Idle")
    b.run(1)
    expect(b.output(1)).to_contain_text("NameError", timeout=10 * SECOND)
    b.picture("restarted")


def moves_a_slider(b):
    b.new(
        "from ipywidgets import interact\n\ndef wave(k=3):\n"
        "    return plot([math.sin(k * i / 20) for i in range(100)], title=f'k = {k}')\n\n"
        "import math\ninteract(wave, k=(0, 10));",
        "import ipywidgets as widgets\nspeed = widgets.IntSlider(value=1, max=9, description='speed')\n"
        "display(speed)",
        "import time\nfrom IPython.display import display\nh = display('waiting', display_id=True)\n"
        "while speed.value < 3:\n    time.sleep(0.05)\nprint('the loop saw', speed.value)",
    )
    b.run(0)
    handle = b.output(0).locator(".noUi-handle")
    expect(handle).to_be_visible(timeout=30 * SECOND)
    handle.focus()
    for _ in range(4):
        b.page.keyboard.press("ArrowRight")
        b.page.wait_for_timeout(200)
    expect(b.output(0)).to_contain_text("k = 7", timeout=10 * SECOND)
    b.picture("slider-moved")
    b.run(1)
    handle = b.output(1).locator(".noUi-handle")
    expect(handle).to_be_visible(timeout=10 * SECOND)
    b.run(2)
    b.wait_for_kernel("Busy")
    handle.focus()
    for _ in range(3):
        b.page.keyboard.press("ArrowRight")
    # The cell that is running sees it.
    expect(b.output(2)).to_contain_text("the loop saw", timeout=10 * SECOND)
    b.picture("slider-moved-while-a-cell-runs")


def stops_at_breakpoints(b):
    code = "def area(w, h):\n    product = w * h\n    return product\n\nprint('area', area(6, 7))"
    b.new(code, "values = {'a': 1}\nvalues['b']")
    b.page.locator(".jp-DebuggerBugButton").first.click()
    gutter = b.cell(0).locator(".cm-breakpoint-gutter .cm-gutterElement")
    expect(gutter.nth(2)).to_be_attached(timeout=15 * SECOND)
    b.page.wait_for_timeout(1500)
    gutter.nth(2).click(force=True)
    expect(b.cell(0).locator(".cm-breakpoint-icon").first).to_be_attached(timeout=10 * SECOND)
    b.run(0)
    stack = b.page.locator(".jp-DebuggerCallstack-body li")
    expect(stack.first).to_contain_text("area", timeout=20 * SECOND)
    expect(b.page.locator(".jp-DebuggerVariables-body").first).to_contain_text("h", timeout=10 * SECOND)
    b.page.wait_for_timeout(500)
    b.picture("breakpoint")
    b.command("debugger:next")
    b.page.wait_for_timeout(1000)
    b.picture("stepped")
    b.command("debugger:continue")
    expect(b.output(0)).to_contain_text("area 42", timeout=10 * SECOND)
    b.command("debugger:pause-on-exceptions", {"filter": "uncaught"})
    b.page.wait_for_timeout(500)
    b.run(1)
    expect(stack.first).to_contain_text("module", timeout=20 * SECOND)
    b.page.wait_for_timeout(500)
    b.picture("exception")
    b.command("debugger:continue")
    expect(b.output(1)).to_contain_text("KeyError", timeout=10 * SECOND)
    b.picture("went-on")


SCENES = [
    runs_the_first_notebook, completes_and_helps, interrupts_and_restarts, moves_a_slider,
    stops_at_breakpoints,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--swiftlet", required=True, help="the program")
    parser.add_argument("--jupyter", default=str(Path(sys.executable).with_name("jupyter")))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--only", help="a part of the name of a scene")
    arguments = parser.parse_args()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    failed = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        lab = Lab(arguments.jupyter, os.path.abspath(arguments.swiftlet), folder)
        stack.callback(lab.close)
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox"])
        stack.callback(chromium.close)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        browser = Browser(page, lab, arguments.pictures)
        for scene in SCENES:
            name = scene.__name__.replace("_", " ")
            if arguments.only and arguments.only not in name:
                continue
            print(name, flush=True)
            try:
                scene(browser)
            except Exception as error:  # noqa: BLE001 - the other scenes are still of interest
                failed.append(name)
                browser.picture("failed")
                print("  FAILED: " + "\n    ".join(str(error).splitlines()[:8]), flush=True)
    if failed:
        raise SystemExit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
