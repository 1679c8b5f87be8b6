"""The suite that the Jupyter project has for all kernels."""

import os

import jupyter_kernel_test
import pytest


@pytest.fixture(scope="class", autouse=True)
def use_kernel(kernel_name):
    """The suite starts the kernel in setUpClass, when the kernelspec must be there."""


class TestStandardSuite(jupyter_kernel_test.KernelTests):
    """All standard tests. The history is that of the session."""

    kernel_name = os.environ.get("KERNEL", "swiftlet")
    language_name = "python" if "KERNEL" in os.environ else "swiftlet"
    file_extension = ".py"
    code_hello_world = 'print("hello, world")'
    code_stderr = 'import sys\nprint("careful", file=sys.stderr)'
    code_page_something = "print?"
    code_generate_error = "undefined_name"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2.5, None]", "result": "[1, 2.5, None]"},
    ]
    code_display_data = [
        {"code": "display({'text/plain': 'plain'}, raw=True)", "mime": "text/plain"},
        {
            "code": "from IPython.display import HTML\ndisplay(HTML('<b>bold</b>'))",
            "mime": "text/html",
        },
    ]
    completion_samples = [
        {"text": "pri", "matches": {"print"}},
        {"text": "rang", "matches": {"range"}},
    ]
    complete_code_samples = ["1", "print('x')", "def f(x):\n  return x * 2\n\n", "x = [1,\n 2]"]
    incomplete_code_samples = ["def f(x):", "x = (1,", "'''text", "for i in range(3):"]
    invalid_code_samples = ["x = )", "1 = 2 3"]
    code_inspect_sample = "print"
    code_clear_output = "from IPython.display import clear_output\nclear_output()"
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ? 7"
