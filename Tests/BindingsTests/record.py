"""Records what the originals print for the scripts of the doors' tests.

    PYTHON_WITH_TORCH Tests/BindingsTests/record.py [SCRIPT...]

For every `Scripts/<door>/<name>.py` (or the given ones) the output goes to `<name>.out` beside it.
A script that ends in an uncaught error has the last line of its traceback as the last line of the
output. Recorded with CPython 3.11, NumPy 2.4, PyTorch 2.15, Keras 3.15 over TensorFlow 2.21, pandas
3.1.1, matplotlib 3.11, tqdm 4.70 and torchvision 0.29, on the processor.
"""

import pathlib
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent / "Scripts"


def record(script):
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-W", "ignore", script.name],
        cwd=script.parent, capture_output=True, encoding="utf-8",
        env={"PYTHONHASHSEED": "0", "CUDA_VISIBLE_DEVICES": ""})
    text = done.stdout
    if done.returncode != 0:
        text += done.stderr.rstrip("\n").split("\n")[-1] + "\n"
        print(f"{script}: {text.splitlines()[-1]}")
    script.with_suffix(".out").write_text(text, encoding="utf-8")


def main():
    chosen = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(
        path for door in ("numpy", "torch", "keras", "pandas", "pyplot", "tqdm", "sklearn")
        for path in (SCRIPTS / door).glob("*.py"))
    for script in chosen:
        record(script)
    print(f"{len(chosen)} scripts recorded")


main()
