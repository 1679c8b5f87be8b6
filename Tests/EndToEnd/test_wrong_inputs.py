"""What people mistype: one screen, the right exception, what to do; and the kernel lives on."""

import pytest

MLP = """
import keras
m = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(3)])
m.compile(optimizer="sgd", loss="mse")
import numpy as np
"""

CASES = [
    ("unknown name", "count = 1\nprint(coutn)", "NameError", "Did you mean: 'count'"),
    ("unknown layer", "import keras\nkeras.layers.Dnese(3)", "AttributeError", "Dense"),
    ("matmul", "import torch\ntorch.ones(2, 3) @ torch.ones(4, 5)", "RuntimeError", "2x3 and 4x5"),
    ("shapes in fit", MLP + "m.fit(np.ones((10, 4)), np.ones((7, 3)))", "ValueError", "7"),
    ("bad CSV line", "with open('bad.csv', 'w') as f:\n    _ = f.write('a,b\\n1,2\\n3,4,5\\n')\nread_csv('bad.csv')",
     "ParserError", "line 3"),
    ("no such table", "read_csv('nowhere.csv')", "FileNotFoundError", "nowhere.csv"),
    ("no such file", "open('nowhere.csv')", "FileNotFoundError", "nowhere.csv"),
    ("division", "1 / 0", "ZeroDivisionError", "division by zero"),
    ("recursion", "def f(n):\n    return f(n + 1)\nf(0)", "RecursionError", "maximum recursion"),
    ("memory", "[0] * 10**12", "MemoryError", "limit"),
    ("import", "import seaborn", "ModuleNotFoundError", "This kernel has"),
    ("wrong type", "'a' + 1", "TypeError", "can only concatenate str"),
    ("syntax", "if True\n    pass", "SyntaxError", "expected ':'"),
    ("left out", "async def f():\n    pass", "SyntaxError", "not part of this language"),
]


@pytest.mark.parametrize(("code", "ename", "hint"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_error_says_what_to_do(session, code, ename, hint):
    shown = session.run(code)
    content = shown.reply
    assert content["status"] == "error"
    assert content["ename"] == ename
    report = "\n".join(content["traceback"])
    assert hint in report
    assert len(report.splitlines()) <= 40, "one screen"
    assert session.run("print(6 * 7)").text() == "42\n"
    session.run("import os\nif os.path.exists('bad.csv'):\n    os.remove('bad.csv')")
