"""Clients that break the transport: wrong greetings, half connections, stray frames. The kernel lives."""

import json
import os
import signal
import socket
import subprocess
import time

import pytest
import zmq
from test_hostile import DELIMITER, Raw, header

CHANNELS = ("shell", "control", "stdin", "iopub", "hb")
GREETING = b"\xff" + b"\0" * 8 + b"\x7f\x03\x00NULL" + b"\0" * 16 + b"\0" * 32


def connect(session, channel):
    info = session.client.get_connection_info()
    return socket.create_connection((info["ip"], info[f"{channel}_port"]), timeout=5)


@pytest.fixture(autouse=True)
def still_right(session):
    """After each case the kernel answers, in order, on all channels."""
    yield
    shown = session.run("print('a')\n6 * 7")
    assert shown.text() == "a\n" and shown.result == "42"
    assert [t for t in shown.types if t != "status"][:2] == ["execute_input", "stream"]
    assert session.reply(session.client.complete("pri", 3))["content"]["status"] == "ok"


@pytest.mark.parametrize(
    "greeting",
    [
        b"\xff",
        b"\xff" + b"\0" * 8,
        b"\xff" + b"\0" * 8 + b"\x7e",
        GREETING[:10] + b"\x09\x09" + GREETING[12:],
        GREETING.replace(b"NULL", b"NONE"),
        GREETING.replace(b"NULL", b"PLAI"),
        GREETING.replace(b"NULL\0\0\0\0", b"GSSAPI\0\0"),
        GREETING + b"\x04\x05\x05READY",
        GREETING + b"\x04\xff" + b"\x05READY" + b"\0" * 248,
        GREETING + b"\x06\xff\xff\xff\xff\xff\xff\xff\xff",
        GREETING + b"\x02\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\x01\x00",
        b"\xff" * 100_000,
    ],
    ids=range(13),
)
def test_greetings_that_are_wrong(session, greeting):
    for channel in CHANNELS:
        with connect(session, channel) as plain:
            try:
                plain.sendall(greeting)
            except OSError:
                pass  # hung up on already


def test_connections_that_stop_half_way(session):
    held = []
    for channel in CHANNELS:
        for part in (0, 1, 11, 63):
            plain = connect(session, channel)
            plain.sendall(GREETING[:part])
            held.append(plain)
    assert session.run("'while they are open'").result == "'while they are open'"
    for plain in held:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        plain.close()  # with a reset


def test_one_byte_at_a_time(session):
    with connect(session, "shell") as plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in GREETING:
            plain.sendall(bytes([byte]))
        assert plain.recv(64)


@pytest.mark.parametrize("kind", [zmq.REQ, zmq.DEALER, zmq.PUSH, zmq.PUB, zmq.SUB, zmq.PAIR, zmq.STREAM])
def test_sockets_of_another_kind(session, kind):
    info = session.client.get_connection_info()
    for channel in CHANNELS:
        other = zmq.Context.instance().socket(kind)
        other.linger = 0
        other.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")
        if kind != zmq.SUB:
            try:
                other.send(b"junk", zmq.NOBLOCK)
            except zmq.ZMQError:
                pass
        time.sleep(0.01)
        other.close()


def test_heartbeats_of_any_size_and_shape(session):
    raw = Raw(session, "hb")
    for frames in ([b""], [b"ping"], [b"x" * (4 << 20)], [b"", b"a", b"b"]):
        raw.send(*frames)
        if raw.socket.poll(2000):
            raw.socket.recv_multipart()
    raw.socket.close()
    info = session.client.get_connection_info()
    request = zmq.Context.instance().socket(zmq.REQ)
    request.linger = 0
    request.connect(f"tcp://{info['ip']}:{info['hb_port']}")
    request.send(b"ping")
    assert request.poll(2000) and request.recv() == b"ping"
    request.close()


@pytest.mark.parametrize("size", [1, 255])
def test_identities_are_kept(session, size):
    info = session.client.get_connection_info()
    dealer = zmq.Context.instance().socket(zmq.DEALER)
    dealer.linger = 0
    dealer.identity = b"\xfe" * size
    dealer.connect(f"tcp://{info['ip']}:{info['shell_port']}")
    for extra in ([], [b"one"], [b"y" * 100_000] * 3, [b""] * 50):
        parts = [header(), b"{}", b"{}", b"{}"]
        dealer.send_multipart([*extra, DELIMITER, session.client.session.sign(parts), *parts])
        assert dealer.poll(2000), "no answer"
        answer = dealer.recv_multipart()
        assert answer[: len(extra)] == extra and answer[len(extra)] == DELIMITER
    dealer.close()


def test_two_clients_of_one_identity(session):
    info = session.client.get_connection_info()
    twins = []
    for _ in range(3):
        dealer = zmq.Context.instance().socket(zmq.DEALER)
        twins.append(dealer)
        dealer.linger = 0
        dealer.identity = b"twin"
        dealer.connect(f"tcp://{info['ip']}:{info['shell_port']}")
        parts = [header(), b"{}", b"{}", b"{}"]
        dealer.send_multipart([DELIMITER, session.client.session.sign(parts), *parts])
        assert dealer.poll(2000), "the one that came last is served"
    for dealer in twins:
        dealer.close()


@pytest.mark.parametrize("missing", range(1, 7))
def test_messages_with_missing_parts(session, missing):
    for channel in ("shell", "control", "stdin"):
        raw = Raw(session, channel)
        parts = [header(), b"{}", b"{}", b"{}"]
        frames = [DELIMITER, raw.signer.sign(parts), *parts]
        raw.send(*frames[:missing] + frames[missing + 1 :] if missing < 6 else frames[:-1])
        assert not raw.socket.poll(50)
        raw.socket.close()


def test_signatures_of_another_scheme(session):
    import hashlib
    import hmac

    raw = Raw(session, "shell")
    key = raw.signer.key
    for digest in ("sha1", "md5", "sha512"):
        parts = [header(), b"{}", b"{}", b"{}"]
        signature = hmac.new(key, b"".join(parts), getattr(hashlib, digest)).hexdigest().encode()
        raw.send(DELIMITER, signature, *parts)
    raw.send(DELIMITER, b"\xff" * 64, *parts)
    raw.send(DELIMITER, b"0" * (1 << 20), *parts)
    assert not raw.socket.poll(200)
    raw.socket.close()


def test_a_scheme_that_the_kernel_cannot_sign(swiftlet, session, tmp_path):
    file = tmp_path / "connection.json"
    for scheme in ("hmac-md5", "rot13", "", 5, None):
        info = {
            "transport": "tcp", "ip": "127.0.0.1", "shell_port": 0, "iopub_port": 0, "stdin_port": 0,
            "control_port": 0, "hb_port": 0, "key": "k", "signature_scheme": scheme,
        }
        file.write_text(json.dumps(info))
        kernel = subprocess.Popen(
            [swiftlet, "kernel", "--connection-file", file], stderr=subprocess.PIPE, text=True)
        try:
            _, errors = kernel.communicate(timeout=3)
            assert kernel.returncode == 1 and "signature scheme" in errors
        except subprocess.TimeoutExpired:
            # An empty or absent scheme is the usual one.
            assert scheme in ("", None), f"took {scheme!r}"
        finally:
            kernel.kill()
            kernel.communicate()


def test_a_flood_of_the_control_channel_while_a_cell_runs(session):
    cell = session.client.execute("print('running')\nn = 0\nwhile True:\n  n += 1")
    session.wait_for_text(cell, "running")
    raw = Raw(session, "control")
    for _ in range(2000):
        raw.send_signed(header())
    for _ in range(2000):
        raw.receive(20_000)
    session.manager.interrupt_kernel()
    assert session.finish(cell).reply["ename"] == "KeyboardInterrupt"
    raw.socket.close()


def test_a_kernel_whose_standard_streams_are_closed(swiftlet, session, tmp_path):
    from jupyter_client import BlockingKernelClient
    from jupyter_client.connect import write_connection_file

    file, _ = write_connection_file(str(tmp_path / "connection.json"))
    script = f'exec "{swiftlet}" kernel --connection-file "{file}" <&- >&- 2>&-'
    kernel = subprocess.Popen(["sh", "-c", script])
    client = BlockingKernelClient(connection_file=file)
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        seen = []
        client.execute_interactive(
            "import sys\nprint('out')\nprint('err', file=sys.stderr)\nopen('/dev/null').close()",
            timeout=10, output_hook=lambda m: seen.append(m["content"].get("text")))
        assert "out\n" in seen and "err\n" in seen
        client.shutdown()
        assert kernel.wait(5) == 0
    finally:
        client.stop_channels()
        kernel.kill()
        kernel.wait()


@pytest.mark.parametrize("name", ["SIGPIPE", "SIGWINCH", "SIGCONT", "SIGCHLD", "SIGURG"])
def test_signals_that_mean_nothing(session, name):
    os.kill(session.pid, getattr(signal, name))
    assert session.run("'alive'").result == "'alive'"
