"""Requests that are signed and well formed, and ask for absurd things. Each is answered as it should."""

import json
import time

import pytest
from test_hostile import DELIMITER, Raw, header


@pytest.fixture
def shell(session):
    raw = Raw(session, "shell")
    yield raw
    raw.socket.close()


@pytest.fixture(autouse=True)
def still_right(session):
    yield
    shown = session.run("print('a')\n6 * 7")
    assert shown.text() == "a\n" and shown.result == "42"
    assert shown.reply["status"] == "ok"


def ask(raw, kind, content, timeout=20_000):
    """The content of the reply to a raw request."""
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    sent = header(msg_type=kind)
    raw.send_signed(sent, content)
    frames = raw.receive(timeout)
    place = frames.index(DELIMITER)
    assert json.loads(frames[place + 3]) == json.loads(sent)
    answer = json.loads(frames[place + 2])
    assert answer["msg_type"] == kind.replace("_request", "_reply")
    return json.loads(frames[place + 5])


@pytest.mark.parametrize("field", ["msg_id", "session", "username", "date", "msg_type", "version"])
@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}, ["a"], "", "\ud800", "\0"], ids=repr)
def test_header_fields_of_wrong_types(session, shell, field, value):
    shell.send_signed(header(**{field: value}))
    if shell.socket.poll(100):  # some are answered, none does harm
        assert json.loads(shell.receive()[-1])["status"] in ("ok", "error")


@pytest.mark.parametrize("field", ["msg_id", "session", "username", "date", "version"])
def test_header_fields_that_are_not_there(shell, field):
    fields = json.loads(header())
    del fields[field]
    shell.send_signed(json.dumps(fields).encode())
    if shell.socket.poll(100):
        assert json.loads(shell.receive()[-1])["status"] in ("ok", "error")


@pytest.mark.parametrize("parent", [b"null", b"[]", b"1", b'"x"', b"", b"{", b'{"msg_id": 1}'], ids=str)
def test_parents_and_metadata_that_are_none(shell, parent):
    shell.send_signed(header(), parent=parent)
    shell.socket.poll(100)
    shell.send_signed(header(), metadata=parent)
    shell.socket.poll(100)


@pytest.mark.parametrize("metadata", [{"cellId": 5}, {"cellId": None}, {"deletedCells": 7}, {"a": [[]]}])
def test_metadata_of_wrong_types(shell, metadata):
    sent = header(msg_type="execute_request")
    shell.send_signed(sent, b'{"code": "1"}', metadata=json.dumps(metadata).encode())
    assert json.loads(shell.receive()[-1])["status"] == "ok"


@pytest.mark.parametrize(
    "content",
    [
        {"code": 5}, {"code": ["1"]}, {"code": {}}, {"code": True}, {"code": None}, {},
        {"code": "1", "user_expressions": 5}, {"code": "1", "user_expressions": {"a": 5}},
        {"code": "1", "silent": "yes"}, {"code": "1", "store_history": []},
        {"code": "1", "allow_stdin": {}}, {"code": "1", "stop_on_error": "no"},
    ],
    ids=str,
)
def test_execute_with_wrong_types_is_refused(shell, content):
    answer = ask(shell, "execute_request", content)
    assert answer["status"] == "error" and answer["ename"] and answer["evalue"]


def test_execute_of_64_megabytes(session, shell):
    answer = ask(shell, "execute_request", {"code": "# " + "x" * (64 << 20) + "\nlarge = 1"}, 60_000)
    assert answer["status"] in ("ok", "error")
    session.run("'x'")


@pytest.mark.parametrize(
    "code",
    ["[" * 100_000, "(" * 100_000 + ")" * 100_000, "x = " + "-" * 100_000 + "1", "{" * 50_000,
     "f(" * 50_000, "'" * 99_999, "\\" * 100_000, "if 1:\n" * 20_000, "\0" * 1000, "\x0c\x1a\x7f" * 99,
     "a" * 1_000_000, "1" * 1_000_000, "lambda: " * 50_000 + "0", "not " * 100_000 + "1",
     "a." * 100_000 + "b", "1 if 1 else " * 50_000 + "1", "\r" * 1000 + "1", "\ufeff1", "é = 1\nÅ = é\n"],
    ids=lambda code: f"{code[:8]!r} {len(code)}",
)
def test_code_of_every_kind(shell, code):
    assert ask(shell, "execute_request", {"code": code}, 60_000)["status"] in ("ok", "error")
    assert ask(shell, "is_complete_request", {"code": code}, 60_000)["status"] in (
        "complete", "incomplete", "invalid", "unknown")
    for place in (0, len(code) // 2, len(code)):
        assert ask(shell, "complete_request", {"code": code, "cursor_pos": place}, 60_000)["status"] == "ok"
        assert ask(shell, "inspect_request", {"code": code, "cursor_pos": place}, 60_000)["status"] == "ok"


@pytest.mark.parametrize(
    "place", [-1, -(2**63), 2**63 - 1, 2**64, 10**30, 1.5, 1e300, None, "3", [], {}, True], ids=repr)
@pytest.mark.parametrize("kind", ["complete_request", "inspect_request"])
def test_cursors_out_of_range(shell, kind, place):
    answer = ask(shell, kind, {"code": "prin", "cursor_pos": place, "detail_level": 0})
    assert answer["status"] in ("ok", "error")
    if kind == "complete_request" and answer["status"] == "ok":
        assert 0 <= answer["cursor_start"] <= answer["cursor_end"] <= 4


def test_cursors_count_scalars(shell):
    text = "é = '👩‍👩‍👧 𝔘'; prin"
    for place in range(len(text) + 1):
        answer = ask(shell, "complete_request", {"code": text, "cursor_pos": place})
        assert 0 <= answer["cursor_start"] <= place
        ask(shell, "inspect_request", {"code": text, "cursor_pos": place})
    answer = ask(shell, "complete_request", {"code": text, "cursor_pos": len(text)})
    assert "print" in answer["matches"]
    assert answer["cursor_start"] == len(text) - 4 and answer["cursor_end"] == len(text)
    # Half of a pair: a front end that counts UTF-16 has cut it.
    for code in (b'{"code": "\\ud83d prin", "cursor_pos": %d}' % place for place in range(8)):
        assert ask(shell, "complete_request", code)["status"] == "ok"
        assert ask(shell, "inspect_request", code)["status"] == "ok"


@pytest.mark.parametrize("level", [-1, 2, 10**20, "1", None, 0.5], ids=repr)
def test_detail_levels(shell, level):
    answer = ask(shell, "inspect_request", {"code": "print", "cursor_pos": 3, "detail_level": level})
    assert answer["status"] in ("ok", "error")


@pytest.mark.parametrize(
    "content",
    [
        {}, {"hist_access_type": "future"}, {"hist_access_type": 5}, {"hist_access_type": None},
        {"hist_access_type": "tail"}, {"hist_access_type": "tail", "n": -1},
        {"hist_access_type": "tail", "n": 10**30}, {"hist_access_type": "tail", "n": "x"},
        {"hist_access_type": "tail", "n": 2**63 - 1}, {"hist_access_type": "tail", "n": 1.5},
        {"hist_access_type": "range"},
        {"hist_access_type": "range", "session": -(2**63), "start": 2**63 - 1, "stop": -(2**63)},
        {"hist_access_type": "range", "session": 0, "start": 5, "stop": 1},
        {"hist_access_type": "range", "session": 10**9, "start": 0, "stop": 10},
        {"hist_access_type": "range", "session": "0", "start": [], "stop": {}},
        {"hist_access_type": "search"}, {"hist_access_type": "search", "pattern": 5, "n": 3},
        {"hist_access_type": "search", "pattern": "*" * 10_000, "n": 3},
        {"hist_access_type": "search", "pattern": "[" * 1000, "n": 3, "unique": "yes"},
        {"hist_access_type": "search", "pattern": "'; DROP TABLE history; --", "n": 3},
        {"hist_access_type": "search", "pattern": "\0\ud800*", "n": 3},
        {"hist_access_type": "search", "pattern": "*a" * 500 + "b", "n": 10**9, "output": 1},
    ],
    ids=lambda content: json.dumps(content)[:60],
)
def test_history_with_absurd_arguments(session, shell, content):
    answer = ask(shell, "history_request", {"output": False, "raw": True, **content})
    assert answer["status"] in ("ok", "error")
    if answer["status"] == "ok":
        assert isinstance(answer["history"], list)
    session.run("'history lives'")
    tail = ask(shell, "history_request", {
        "output": False, "raw": True, "hist_access_type": "tail", "n": 1})["history"]
    assert tail[0][2] == "'history lives'"


def test_is_complete_of_much_code(shell):
    assert ask(shell, "is_complete_request", {"code": "x = 1\n" * 200_000}, 60_000)["status"] == "complete"
    assert ask(shell, "is_complete_request", {"code": "x = (1,\n" + "2,\n" * 100_000}, 60_000)["status"] == "incomplete"


def test_answers_that_nobody_asked_for(session):
    raw = Raw(session, "stdin")
    for value in ("x", 5, None, "y" * 1_000_000):
        raw.send_signed(header(msg_type="input_reply"), json.dumps({"value": value}).encode())
    raw.send_signed(header(msg_type="input_request"), b'{"prompt": "you", "password": false}')
    raw.send_signed(header(msg_type="execute_request"), b'{"code": "1/0"}')
    time.sleep(0.1)
    # What was said before the question is no answer to it.
    cell = session.client.execute("answer = input('? ')\nanswer", allow_stdin=True)
    session.client.get_stdin_msg(timeout=10)
    session.client.input("right")
    assert session.finish(cell).result == "'right'"
    raw.socket.close()


def comm(session, kind, content):
    message = session.client.session.msg(kind, content)
    session.client.shell_channel.send(message)
    return session.outputs(message["header"]["msg_id"])


def test_comms_of_every_kind(session):
    for target in ("none", "", "x" * 100_000, "\0"):
        shown = comm(session, "comm_open", {"comm_id": f"c-{target[:3]}", "target_name": target, "data": {}})
        assert "comm_close" in [m["msg_type"] for m in shown], "a comm that nobody wants is closed"
    huge = "h" * 1_000_000
    session.run(
        "from comm import get_comm_manager\n"
        "seen = []\n"
        "get_comm_manager().register_target('t', lambda c, m: c.on_msg(lambda m: seen.append(m['content']['data'])))")
    for _ in range(2):  # the second has the id of the first
        comm(session, "comm_open", {"comm_id": huge, "target_name": "t", "data": {}})
    comm(session, "comm_msg", {"comm_id": huge, "data": {"n": 1}})
    assert session.run("seen").result == "[{'n': 1}]"
    for _ in range(2):
        comm(session, "comm_close", {"comm_id": huge, "data": {}})
    for content in ({}, {"comm_id": 5, "data": {}}, {"comm_id": "c"}, {"comm_id": None, "data": []}):
        for kind in ("comm_open", "comm_msg", "comm_close"):
            states = [m["content"].get("execution_state") for m in comm(session, kind, content)]
            assert states[0] == "busy" and states[-1] == "idle"


def test_a_thousand_cells_behind_a_failure_have_their_own_parents(own_session):
    client = own_session.client
    cells = [client.execute("import time\ntime.sleep(0.3)\n1 / 0")]
    cells += [client.execute(f"ran = {i}") for i in range(1000)]
    replies = {}
    while len(replies) < len(cells):
        reply = client.get_shell_msg(timeout=30)
        assert reply["msg_type"] == "execute_reply"
        replies[reply["parent_header"]["msg_id"]] = reply
    assert list(replies) == cells, "in the order of the requests"
    for cell in cells[1:]:
        assert replies[cell]["content"]["status"] == "aborted"
        assert replies[cell]["metadata"]["status"] == "aborted"
    states = {}
    while len(states) < len(cells) or any(s[-1] != "idle" for s in states.values()):
        message = client.get_iopub_msg(timeout=20)
        if message["msg_type"] == "status" and message["parent_header"]["msg_id"] in replies:
            states.setdefault(message["parent_header"]["msg_id"], []).append(
                message["content"]["execution_state"])
    assert all(s == ["busy", "idle"] for s in states.values())
    assert own_session.run("ran").reply["ename"] == "NameError"


def test_interrupts_in_a_storm(own_session):
    control = Raw(own_session, "control")
    for round in range(20):
        cell = own_session.client.execute("n = 0\nwhile True:\n  n += 1")
        for _ in range(25):
            control.send_signed(header(msg_type="interrupt_request"))
        for _ in range(25):
            assert json.loads(control.receive(10_000)[-1]) == {"status": "ok"}
        # Those that came before the cell did have not stopped it; one that comes after its busy does.
        own_session.iopub(cell)
        own_session.manager.interrupt_kernel()
        reply = own_session.reply(cell)["content"]
        assert reply["status"] == "aborted" or reply["ename"] == "KeyboardInterrupt"
        own_session.outputs(cell)
    for _ in range(100):
        control.send_signed(header(msg_type="interrupt_request"))
    for _ in range(100):
        control.receive(10_000)
    assert own_session.run("n >= 0").result == "True", "an idle kernel is not interrupted"
    control.socket.close()


@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("code", ["while True:\n  pass", "import time\ntime.sleep(100)", "input()", "sum(range(10**12))"])
def test_shutdown_during_a_cell_with_others_behind(own_session, code, restart):
    client = own_session.client
    first = client.execute("print('running')\n" + code, allow_stdin=True)
    for i in range(20):
        client.execute(f"{i}")
    own_session.wait_for_text(first, "running")
    message = client.session.msg("shutdown_request", {"restart": restart})
    client.control_channel.send(message)
    while True:
        reply = client.get_control_msg(timeout=5)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            break
    assert reply["content"] == {"status": "ok", "restart": restart}
    assert own_session.wait_for_end(2.5) < 2.5
    assert own_session.manager.provisioner.process.returncode == 0


@pytest.mark.parametrize("content", [{}, {"restart": None}, {"restart": "yes"}, {"restart": 1}], ids=str)
def test_shutdown_with_wrong_types_is_answered(own_session, content):
    message = own_session.client.session.msg("shutdown_request", content)
    own_session.client.control_channel.send(message)
    reply = own_session.client.get_control_msg(timeout=5)
    assert reply["content"]["status"] in ("ok", "error")
