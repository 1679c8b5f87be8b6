"""What broken and evil clients send, over raw sockets. The kernel drops it, and lives."""

import json

import pytest
import zmq

DELIMITER = b"<IDS|MSG>"


class Raw:
    """A DEALER on one channel of a running kernel."""

    def __init__(self, session, channel):
        info = session.client.get_connection_info()
        self.signer = session.client.session
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 1000
        self.socket.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")

    def send(self, *frames):
        self.socket.send_multipart(frames)

    def send_signed(self, header, content=b"{}", parent=b"{}", metadata=b"{}"):
        parts = [header, parent, metadata, content]
        self.send(DELIMITER, self.signer.sign(parts), *parts)

    def receive(self, timeout=2000):
        assert self.socket.poll(timeout), "no answer"
        return self.socket.recv_multipart()


@pytest.fixture(params=["shell", "control", "stdin"])
def raw(session, request):
    raw = Raw(session, request.param)
    yield raw
    raw.socket.close()
    assert session.run("'alive'").result == "'alive'"


@pytest.fixture
def shell(session):
    raw = Raw(session, "shell")
    yield raw
    raw.socket.close()
    assert session.run("'alive'").result == "'alive'"


def header(**fields):
    base = {
        "msg_id": f"hostile-{header.count}",
        "session": "hostile",
        "username": "x",
        "date": "2024-01-01T00:00:00Z",
        "msg_type": "kernel_info_request",
        "version": "5.3",
    }
    header.count += 1
    return json.dumps({**base, **fields}).encode()


header.count = 0


@pytest.mark.parametrize(
    "frames",
    [
        [b""],
        [b"", b""],
        [b"no delimiter", b"", b"{}", b"{}", b"{}", b"{}"],
        [DELIMITER],
        [DELIMITER, b""],
        [DELIMITER, b"", b"{}", b"{}", b"{}"],
        [DELIMITER] * 7,
        [DELIMITER, b"0" * 64, b"{}", b"{}", b"{}", b"{}"],
        [DELIMITER, b"\xff", b"\xff", b"\xff", b"\xff", b"\xff"],
        [b""] * 5000,
        [b"[" * (1 << 20)],
    ],
    ids=lambda frames: f"{len(frames)} frames, first {frames[0][:12]}",
)
def test_frames_that_are_no_message(raw, frames):
    raw.send(*frames)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"NaN",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"msg_id": 1, "msg_type": 2}',
        b'{"msg_id": "x", "msg_type": null}',
        b'{"msg_id": "\\ud800", "msg_type": "\\udfff"}',
        b'{"msg_id": "x", "msg_type": "' + b"x" * 100_000 + b'"}',
    ],
    ids=lambda text: str(text[:24]),
)
def test_headers_that_are_none(raw, text):
    raw.send_signed(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"NaN",
        b"[" * 100_000,
        b'{"code": null}',
        b'{"code": 1e999}',
        b'{"code": {"a": []}}',
        b'{"code": "", "user_expressions": [1]}',
        b'{"code": "", "silent": "maybe"}',
    ],
    ids=lambda content: str(content[:24]),
)
def test_requests_with_a_broken_content_are_answered(shell, content):
    shell.send_signed(header(msg_type="execute_request"), content)
    frames = shell.receive()
    assert json.loads(frames[-1])["status"] == "error"


def test_a_message_with_a_wrong_signature_has_no_effect(session):
    raw = Raw(session, "control")
    parts = [header(msg_type="shutdown_request"), b"{}", b"{}", b'{"restart": false}']
    for signature in (b"", b"0" * 64, raw.signer.sign(parts)[:-1], raw.signer.sign(parts).upper()):
        raw.send(DELIMITER, signature, *parts)
    assert session.run("'alive'").result == "'alive'"
    raw.socket.close()


def test_a_replayed_message_is_taken_once(shell):
    parts = [header(), b"{}", b"{}", b"{}"]
    for _ in range(3):
        shell.send(DELIMITER, shell.signer.sign(parts), *parts)
    shell.receive()
    assert not shell.socket.poll(200)


def test_the_parent_header_comes_back_as_it_was_sent(shell):
    sent = header(unknown={"a": [1, None]}, subshell_id=None).replace(b", ", b" ,  ")
    shell.send_signed(sent)
    frames = shell.receive()
    assert frames[frames.index(DELIMITER) + 3] == sent


def test_unknown_types_and_late_comm_messages_do_no_harm(session):
    for kind, content in {
        "no_such_request": {},
        "comm_open": {"comm_id": "c", "target_name": "none", "data": {}},
        "comm_msg": {"comm_id": "gone", "data": {}},
        "comm_close": {"comm_id": "gone", "data": {}},
    }.items():
        message = session.client.session.msg(kind, content)
        session.client.shell_channel.send(message)
        states = [
            m["content"].get("execution_state")
            for m in session.outputs(message["header"]["msg_id"])
            if m["msg_type"] == "status"
        ]
        assert states == ["busy", "idle"]


# No longer than 20 000 bytes: the client's own libzmq would overflow its stack at its end.
@pytest.mark.parametrize(
    "first",
    [b"", b"\x01", b"\x00", b"\x02", b"\xff\xff", b"\x01\xff\xfe", b"\x01" + b"x" * 20_000],
)
def test_subscriptions_are_not_trusted(session, first):
    info = session.client.get_connection_info()
    socket = zmq.Context.instance().socket(zmq.XSUB)
    socket.linger = 0
    socket.connect(f"tcp://{info['ip']}:{info['iopub_port']}")
    socket.send(first)
    socket.send_multipart([first, first])
    assert session.run("'alive'").result == "'alive'"
    socket.close()


def test_bytes_that_are_no_zmtp(session):
    import socket

    info = session.client.get_connection_info()
    for port in ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"):
        with socket.create_connection((info["ip"], info[port])) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + bytes(range(256)) * 40)
    assert session.run("'alive'").result == "'alive'"


def test_a_message_with_buffers_is_taken(shell):
    parts = [header(), b"{}", b"{}", b"{}"]
    shell.send(DELIMITER, shell.signer.sign(parts), *parts, b"\0" * (1 << 20), b"")
    assert json.loads(shell.receive()[-1])["status"] == "ok"
