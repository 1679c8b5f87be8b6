"""History: of this session, of those before, of several kernels at once, and without a file."""

import os
import stat
import threading

import pytest
from session import Session


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A history of this test's own: Jupyter's data folder."""
    if "KERNEL" in os.environ:
        pytest.skip("where our history is kept")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def start(kernel_name, data):
    """Starts kernels that end with the test."""
    sessions = []

    def start():
        sessions.append(Session(kernel_name))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


def history(kernel, **request):
    request = {"raw": True, "output": False, **request}
    content = kernel.reply(kernel.client.history(**request))["content"]
    assert content["status"] == "ok"
    return [tuple(entry) for entry in content["history"]]


def inputs(kernel, **request):
    return [entry[2] for entry in history(kernel, **request)]


def end(kernel):
    kernel.client.shutdown()
    kernel.wait_for_end(3)


def test_it_survives_the_process(start):
    first = start()
    for code in ["a = 1", "a + 1", "print(a)"]:
        first.run(code)
    assert inputs(first, hist_access_type="tail", n=2) == ["a + 1", "print(a)"]
    end(first)

    second = start()
    second.run("b = 2")
    assert inputs(second, hist_access_type="tail", n=3) == ["a + 1", "print(a)", "b = 2"]
    sessions = {entry[0] for entry in history(second, hist_access_type="tail", n=9)}
    assert len(sessions) == 2
    assert inputs(second, hist_access_type="range", session=0, start=1) == ["b = 2"]
    assert inputs(second, hist_access_type="range", session=-1, start=2, stop=4) == [
        "a + 1",
        "print(a)",
    ]
    assert inputs(second, hist_access_type="range", session=min(sessions), start=1, stop=2) == [
        "a = 1"
    ]


def test_outputs_come_with_their_inputs(start):
    session = start()
    for code in ["6 * 7", "x = 1"]:
        session.run(code)
    entries = history(session, hist_access_type="tail", n=5, output=True)
    assert [entry[2] for entry in entries] == [["6 * 7", "42"], ["x = 1", None]]


def test_search_knows_patterns_and_drops_repeats(start):
    session = start()
    for code in ["x = 1", "y = 2", "x = 1", "print(x)", "z = [1]"]:
        session.run(code)

    def search(pattern, **options):
        return inputs(session, hist_access_type="search", pattern=pattern, **options)

    assert search("x*", n=10) == ["x = 1", "x = 1"]
    assert search("x*", n=10, unique=True) == ["x = 1"]
    assert search("? = ?", n=2) == ["y = 2", "x = 1"]
    assert search("*(*)*", n=10) == ["print(x)"]
    assert search("[yz] =*", n=10) == ["y = 2", "z = [1]"]
    assert search("nothing*", n=10) == []


def test_kernels_at_the_same_time_lose_nothing(start):
    sessions = [start() for _ in range(3)]

    def work(number, session):
        for i in range(30):
            session.run(f"'{number} {i}'")

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for session in sessions:
        end(session)
    everything = inputs(start(), hist_access_type="tail", n=1000)
    assert sorted(everything) == sorted(f"'{n} {i}'" for n in range(3) for i in range(30))


@pytest.mark.parametrize("trouble", ["a file", "junk", "read-only"])
def test_without_a_file_cells_run_and_the_session_has_its_own(start, data, trouble):
    folder = data / "swiftlet"
    if trouble == "a file":
        folder.write_text("in the way")
    else:
        folder.mkdir()
        (folder / "history.sqlite").write_bytes(b"no database at all" * 100)
        if trouble == "read-only":
            os.chmod(folder, stat.S_IRUSR | stat.S_IXUSR)
    session = start()
    assert session.run("6 * 7").result == "42"
    assert inputs(session, hist_access_type="tail", n=5) == ["6 * 7"]
    os.chmod(data, stat.S_IRWXU)


def test_silent_cells_leave_no_trace(start):
    session = start()
    session.run("1", silent=True)
    session.run("2", store_history=False)
    session.run("3")
    assert inputs(session, hist_access_type="tail", n=5) == ["3"]


def test_the_command_finds_cells_of_sessions_before(start):
    first = start()
    first.run("learning_rate = 0.1")
    end(first)
    second = start()
    second.run("other = 2")
    shown = second.run("%history -g learning")
    assert "learning_rate = 0.1" in shown.text()
    assert "other" not in shown.text()
