"""Start, transports, shutdown, and the end of the program that started the kernel."""

import ctypes
import json
import os
import platform
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from session import Session


def test_kernel_info(session):
    content = session.reply(session.client.kernel_info())["content"]
    assert content["status"] == "ok"
    assert content["implementation"]
    assert content["banner"]
    info = content["language_info"]
    assert info["mimetype"] == "text/x-python"
    assert info["file_extension"] == ".py"
    assert info["codemirror_mode"]["name"] in ("python", "ipython")


@pytest.mark.parametrize("options", [{"transport": "ipc"}, {"transport_encryption": "required"}])
def test_other_transports(kernel_name, options, tmp_path, monkeypatch):
    if "KERNEL" in os.environ:
        pytest.skip("a test of our own kernelspec")
    # The path of an ipc socket may have some 100 bytes.
    monkeypatch.chdir(tmp_path)
    session = Session(kernel_name, **options)
    assert session.run("1 + 1").result == "2"
    session.close()


@pytest.mark.parametrize("busy", [False, True])
def test_shutdown_is_answered_and_ends_the_process(own_session, busy):
    if busy:
        cell = own_session.client.execute("print('running')\nwhile True:\n    pass")
        own_session.wait_for_text(cell, "running")
    message = own_session.client.session.msg("shutdown_request", {"restart": False})
    own_session.client.control_channel.send(message)
    reply = own_session.client.get_control_msg(timeout=2)
    assert reply["msg_type"] == "shutdown_reply"
    assert reply["content"] == {"status": "ok", "restart": False}
    assert own_session.wait_for_end(2.5) < 2.5
    assert own_session.manager.provisioner.process.returncode == 0


def test_a_restart_forgets_everything(own_session):
    own_session.run("kept = 1")
    own_session.manager.restart_kernel(now=False)
    own_session.client.wait_for_ready(timeout=30)
    shown = own_session.run("kept")
    assert shown.reply["ename"] == "NameError"
    assert shown.reply["execution_count"] == 1


def test_sigterm_ends_the_process(own_session):
    os.kill(own_session.pid, signal.SIGTERM)
    own_session.wait_for_end(2.5)


def test_the_heartbeat_beats_while_a_cell_runs(own_session):
    cell = own_session.client.execute("import time\ntime.sleep(2.5)")
    time.sleep(2)
    assert own_session.client.hb_channel.is_beating()
    own_session.finish(cell)


def test_the_kernel_ends_with_the_program_that_started_it(kernel_name, tmp_path):
    launcher = textwrap.dedent(
        f"""
        import os
        from jupyter_client import KernelManager
        manager = KernelManager(kernel_name={kernel_name!r})
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        print(manager.provisioner.pid, flush=True)
        os._exit(0)
        """
    )
    done = subprocess.run([sys.executable, "-c", launcher], stdout=subprocess.PIPE, timeout=60)
    pid = int(done.stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        # Without anybody who asks for its exit code a process stays as a zombie.
        with open(f"/proc/{pid}/stat") as stat:
            if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the kernel outlives its parent")


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", "{}", '{"shell_port": "x"}', "\x00", '{"transport": "pigeon"}']
)
def test_a_bad_connection_file_is_explained(swiftlet, tmp_path, content):
    path = tmp_path / "connection.json"
    if content is not None:
        path.write_text(content)
    done = subprocess.run(
        [swiftlet, "kernel", "--connection-file", str(path)],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        timeout=20,
        text=True,
    )
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_install_says_where_and_jupyter_lists_it(swiftlet, tmp_path):
    done = subprocess.run(
        [swiftlet, "install", "--prefix", tmp_path, "--name", "swiftlet-test"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    folder = tmp_path / "share" / "jupyter" / "kernels" / "swiftlet-test"
    assert str(folder) in done.stdout
    environment = dict(os.environ, JUPYTER_PATH=str(tmp_path / "share" / "jupyter"))
    listed = subprocess.run(
        [sys.executable, "-m", "jupyter_client.kernelspecapp", "list", "--json"],
        stdout=subprocess.PIPE,
        env=environment,
        check=True,
    )
    spec = json.loads(listed.stdout)["kernelspecs"]["swiftlet-test"]
    assert spec["resource_dir"] == str(folder)
    assert os.access(spec["spec"]["argv"][0], os.X_OK)
    assert spec["spec"]["language"] == "swiftlet"
    assert {p.name for p in folder.iterdir()} == {
        "kernel.json",
        "logo-32x32.png",
        "logo-64x64.png",
        "logo-svg.svg",
    }


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["kernel"], ["install", "--user", "--sys-prefix"], ["--what"]]
)
def test_arguments_that_make_no_sense_give_2(swiftlet, arguments):
    done = subprocess.run([swiftlet, *arguments], stderr=subprocess.PIPE, timeout=20)
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.parametrize("backtrace", [None, "enable=no", "enable=yes"])
def test_a_crash_is_told_to_the_person_who_waits(kernel_name, backtrace, monkeypatch):
    if "KERNEL" in os.environ:
        pytest.skip("ipykernel has nothing to say")
    # Whatever the Swift runtime does about a crash, the report comes first.
    if backtrace is None:
        monkeypatch.delenv("SWIFT_BACKTRACE", raising=False)
    else:
        monkeypatch.setenv("SWIFT_BACKTRACE", backtrace)
    session = Session(kernel_name)
    cell = session.client.execute("print('running')\nwhile True:\n    pass")
    session.wait_for_text(cell, "running")
    tgkill = {"x86_64": 234, "aarch64": 131}[platform.machine()]
    for thread in os.listdir(f"/proc/{session.pid}/task"):
        # A fault on any thread but the first, which has the sockets and must tell.
        if int(thread) != session.pid:
            ctypes.CDLL(None).syscall(tgkill, session.pid, int(thread), signal.SIGSEGV)
    shown = session.finish(cell)
    assert shown.reply["ename"] == "KernelCrash"
    assert "defect of the kernel" in shown.all("error")[0]["evalue"]
    session.wait_for_end(10)
    # Which signal ends it depends on which of the faulting threads comes first.
    assert session.manager.provisioner.process.returncode < 0

    # The next process of this connection says so, once.
    session.manager.restart_kernel(now=True)
    session.client.wait_for_ready(timeout=30)
    first = session.run("1 + 1")
    assert first.result == "2"
    assert "The kernel crashed" in first.text("stderr")
    assert "In [1]:\n    print('running')\n    while True:" in first.text("stderr")
    assert session.run("1 + 1").text("stderr") == ""
    session.close()
