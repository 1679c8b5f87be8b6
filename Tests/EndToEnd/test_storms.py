"""Much of everything: frames, connections, cells. The kernel lives, and answers as before."""

import json
import socket
import time

import pytest
import zmq
from test_hostile import DELIMITER, Raw, header


@pytest.fixture
def shell(session):
    raw = Raw(session, "shell")
    yield raw
    raw.socket.close()
    assert session.run("'alive'").result == "'alive'"


def test_frames_of_64_megabytes(shell):
    shell.send(DELIMITER, b"0" * 64, b"{" * (64 << 20), b"{}", b"{}", b"{}")
    shell.send(b"x" * (64 << 20))


def test_json_that_nests_a_hundred_thousand_times(shell):
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    shell.send_signed(header(), content=deep)
    shell.send_signed(header(), metadata=deep)
    shell.send_signed(deep)
    shell.send_signed(header(), content=b"[" * 100_000)


@pytest.mark.parametrize("code", ["print('\\ud800')", "'\\udfff\\ud800'", "\\ud83d"])
def test_lone_surrogates(shell, code):
    content = '{"code":"%s","silent":false}' % code
    shell.send_signed(header(msg_type="execute_request", msg_id=f"lone {code}"), content=content.encode())
    shell.receive(10_000)
    content = '{"code":"%s","cursor_pos":3}' % code
    for kind in ("complete_request", "inspect_request", "is_complete_request"):
        shell.send_signed(header(msg_type=kind), content=content.encode())
        shell.receive()


def test_a_storm_of_connections(session):
    info = session.client.get_connection_info()
    for _ in range(100):
        for channel in ("shell", "control", "stdin", "iopub", "hb"):
            connection = socket.socket()
            connection.settimeout(5)
            connection.connect((info["ip"], info[f"{channel}_port"]))
            connection.close()
    context = zmq.Context.instance()
    for _ in range(200):
        dealer = context.socket(zmq.DEALER)
        dealer.linger = 0
        dealer.connect(f"tcp://{info['ip']}:{info['shell_port']}")
        dealer.send(b"hello")
        dealer.close()
    assert session.run("1 + 1").result == "2"


def test_junk_on_every_socket(session):
    info = session.client.get_connection_info()
    for channel in ("shell", "control", "stdin", "iopub", "hb"):
        for junk in (b"\x00" * 1000, b"GET / HTTP/1.1\r\n\r\n", bytes(range(256)) * 40):
            connection = socket.create_connection((info["ip"], info[f"{channel}_port"]), timeout=5)
            try:
                connection.sendall(junk)
            except OSError:
                pass
            connection.close()
    assert session.run("1 + 1").result == "2"


def test_a_thousand_cells_behind_a_failure_are_aborted(own_session):
    client = own_session.client
    messages = [client.execute("1 / 0")] + [client.execute(f"ran = {i}") for i in range(999)]
    statuses = {}
    while len(statuses) < len(messages):
        reply = client.get_shell_msg(timeout=20)
        statuses[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    assert [statuses[m] for m in messages] == ["error"] + ["aborted"] * 999
    assert own_session.run("ran").reply["ename"] == "NameError"


def test_a_thousand_cells_in_a_row_all_run(own_session):
    client = own_session.client
    messages = [client.execute(f"n = {i}") for i in range(1000)]
    seen = set()
    while len(seen) < len(messages):
        reply = client.get_shell_msg(timeout=20)
        assert reply["content"]["status"] == "ok"
        seen.add(reply["parent_header"]["msg_id"])
    assert own_session.run("n").result == "999"


def test_a_flood_of_questions_while_a_cell_runs(own_session):
    cell = own_session.client.execute("print('running')\nwhile True: pass")
    own_session.wait_for_text(cell, "running")
    asked = [own_session.client.complete("pri", 3) for _ in range(50)]
    asked += [own_session.client.inspect("print", 3) for _ in range(50)]
    started = time.monotonic()
    for message in asked:
        assert own_session.reply(message)["content"]["status"] == "ok"
    assert time.monotonic() - started < 15
    own_session.manager.interrupt_kernel()
    assert own_session.reply(cell)["content"]["ename"] == "KeyboardInterrupt"


def test_headers_and_ids_of_any_size(shell):
    for size in (1, 1000, 60_000):
        name = "i" * size
        shell.send_signed(header(msg_id=name))
        frames = shell.receive()
        place = frames.index(DELIMITER)
        assert json.loads(frames[place + 3])["msg_id"] == name
    shell.send_signed(header(msg_id="i" * (1 << 20)))
