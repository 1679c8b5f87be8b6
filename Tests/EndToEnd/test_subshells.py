"""Subshells (JEP 91) for what is safe, and the handshake that tells a launcher the ports (JEP 66)."""

import hashlib
import hmac
import json
import os
import subprocess

import pytest
import zmq
from jupyter_client import BlockingKernelClient

DELIMITER = b"<IDS|MSG>"


def control(session, kind, **content):
    message = session.client.session.msg(kind, content)
    session.client.control_channel.send(message)
    while True:
        reply = session.client.get_control_msg(timeout=5)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]


def ask(session, subshell, kind, **content):
    message = session.client.session.msg(kind, content)
    message["header"]["subshell_id"] = subshell
    session.client.shell_channel.send(message)
    return message["header"]["msg_id"]


def test_subshells_are_made_listed_and_deleted(session):
    made = control(session, "create_subshell_request")
    assert made["status"] == "ok"
    one, two = made["subshell_id"], control(session, "create_subshell_request")["subshell_id"]
    assert control(session, "list_subshell_request")["subshell_id"] == [one, two]
    assert control(session, "delete_subshell_request", subshell_id=one) == {"status": "ok"}
    assert control(session, "list_subshell_request")["subshell_id"] == [two]
    assert control(session, "delete_subshell_request", subshell_id=one)["status"] == "error"
    refused = session.reply(ask(session, one, "complete_request", code="pri", cursor_pos=3))
    assert refused["content"]["ename"] == "SubshellNotFound"
    control(session, "delete_subshell_request", subshell_id=two)


def test_questions_are_answered_during_a_cell_and_cells_wait_their_turn(session):
    subshell = control(session, "create_subshell_request")["subshell_id"]
    cell = session.client.execute("print('running')\nimport time\ntime.sleep(1)\nmain = 1")
    session.wait_for_text(cell, "running")
    reply = session.reply(ask(session, subshell, "complete_request", code="pri", cursor_pos=3))
    assert "print" in reply["content"]["matches"]
    assert reply["parent_header"]["subshell_id"] == subshell
    second = ask(session, subshell, "execute_request", code="print(main)", silent=False)
    shown = session.finish(second)
    assert shown.text() == "1\n" and shown.reply["status"] == "ok"
    content = session.reply(session.client.kernel_info())["content"]
    assert "kernel subshells" in content["supported_features"]
    control(session, "delete_subshell_request", subshell_id=subshell)


@pytest.fixture
def launcher(tmp_path, monkeypatch):
    """A socket that waits for a kernel, and the file that says so."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    router = zmq.Context.instance().socket(zmq.ROUTER)
    router.linger = 0
    port = router.bind_to_random_port("tcp://127.0.0.1")
    path = tmp_path / "registration.json"
    path.write_text(
        json.dumps(
            {
                "kernel_id": "k-1",
                "transport": "tcp",
                "registration_ip": "127.0.0.1",
                "registration_port": port,
                "signature_scheme": "hmac-sha256",
                "key": "secret",
            }
        )
    )
    yield router, path
    router.close()


def sign(content):
    return hmac.new(b"secret", content, hashlib.sha256).hexdigest().encode()


def test_a_kernel_tells_its_ports(swiftlet, launcher, tmp_path):
    router, path = launcher
    process = subprocess.Popen([swiftlet, "kernel", "--registration-file", str(path)])
    try:
        assert router.poll(10_000)
        identity, delimiter, signature, content = router.recv_multipart()
        assert delimiter == DELIMITER and signature == sign(content)
        ports = json.loads(content)
        assert ports["kernel_id"] == "k-1"
        router.send_multipart([identity, DELIMITER, sign(b'"ACK"'), b'"ACK"'])
        # Other clients find it by its connection file, which only its owner can read.
        file = tmp_path / "kernel-k-1.json"
        client = BlockingKernelClient(connection_file=str(file))
        client.load_connection_file()
        assert {k: v for k, v in ports.items() if k.endswith("_port")} == {
            k: v for k, v in json.loads(file.read_text()).items() if k.endswith("_port")
        }
        assert os.stat(file).st_mode & 0o077 == 0
        client.start_channels()
        client.wait_for_ready(timeout=20)
        assert client.execute_interactive("1 + 1", timeout=10)["content"]["status"] == "ok"
        client.shutdown()
        assert process.wait(5) == 0
        assert not file.exists()
        client.stop_channels()
    finally:
        process.kill()
        process.wait()


def test_without_a_signed_answer_it_ends(swiftlet, launcher):
    router, path = launcher
    process = subprocess.Popen(
        [swiftlet, "kernel", "--registration-file", str(path)], stderr=subprocess.PIPE, text=True
    )
    assert router.poll(10_000)
    identity, *_ = router.recv_multipart()
    router.send_multipart([identity, DELIMITER, b"0" * 64, b'"ACK"'])
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 1 and "no signed answer" in errors
