"""Fixtures: the built program, its installed kernelspec, and a client of a running kernel.

SWIFTLET is the program (Tests/run.sh sets it). With KERNEL=python3 the tests run against ipykernel
instead, which shows that they ask for what a good kernel does and not for what ours happens to do.
"""

import os
import subprocess
from pathlib import Path

import pytest
from session import Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def swiftlet():
    """The path of the program."""
    path = Path(os.environ.get("SWIFTLET", ROOT / ".build/release/swiftlet"))
    if not path.exists():
        pytest.exit(f"{path} is not there: build first, or set SWIFTLET", returncode=1)
    return str(path)


@pytest.fixture(scope="session")
def kernel_name(swiftlet, tmp_path_factory):
    """The name of an installed kernelspec of the program."""
    other = os.environ.get("KERNEL")
    if other:
        return other
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run([swiftlet, "install", "--prefix", prefix], check=True, stdout=subprocess.PIPE)
    # The history of the tests is not that of the person who runs them.
    os.environ["JUPYTER_DATA_DIR"] = str(prefix / "data")
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    return "swiftlet"


@pytest.fixture(scope="module")
def shared_session(kernel_name):
    """A kernel that the tests of a module share."""
    session = Session(kernel_name)
    yield session
    session.close()


@pytest.fixture
def session(shared_session):
    """The shared kernel; a test that leaves it dead fails, and the next ones see it."""
    yield shared_session
    assert shared_session.manager.is_alive(), "the kernel died"


@pytest.fixture
def own_session(kernel_name):
    """A kernel for one test alone."""
    session = Session(kernel_name)
    yield session
    session.close()
