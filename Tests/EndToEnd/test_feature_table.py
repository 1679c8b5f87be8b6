"""The rows of the feature table that kernels are compared by.

Each row has a test: those that have no file of their own are here, the others are named here, and that
their files are there is checked as well.
"""

import json
from pathlib import Path

import pytest
import zmq
from session import Session
from test_hostile import DELIMITER

ELSEWHERE = {
    "silent and store_history": "test_execute",
    "user_expressions": "test_execute",
    "stop_on_error aborts the queue": "test_hostile_content",
    "stdout streamed while running": "test_execute",
    "native fd 1 and 2 captured": "test_questions",
    "update_display_data, transient.display_id": "test_display",
    "clear_output(wait)": "test_display",
    "ANSI tracebacks": "test_execute",
    "inspect": "test_questions",
    "complete with types, paths, commands": "test_questions",
    "history: tail, search, range": "test_history",
    "comm_*, comm_info, binary buffers": "test_comms",
    "ipywidgets": "test_widgets",
    "debugger": "test_debugger",
    "subshells, handshake": "test_subshells",
    "interrupt by signal and by message": "test_interrupt",
    "shutdown reply, exit 0, ipc, CURVE, orphans": "test_process",
    "stdin and password": "test_stdin",
    "usage_request": "test_questions",
    "HMAC checked, replays rejected": "test_hostile",
    "metadata.started": "test_execute",
    "ROUTER_HANDOVER": "test_hostile_wire",
}


@pytest.mark.parametrize("file", sorted(set(ELSEWHERE.values())))
def test_rows_of_other_files(file):
    assert (Path(__file__).with_name(file + ".py")).exists()


def control(session, kind, **content):
    message = session.client.session.msg(kind, content)
    session.client.control_channel.send(message)
    while True:
        reply = session.client.get_control_msg(timeout=10)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply


def test_kernel_info_on_shell_and_control_is_the_same(session):
    reply = control(session, "kernel_info_request")
    assert reply["msg_type"] == "kernel_info_reply"
    content = reply["content"]
    assert content["protocol_version"] == "5.5"
    assert set(content["supported_features"]) == {"debugger", "kernel subshells"}
    assert content == session.reply(session.client.kernel_info())["content"]
    language = content["language_info"]
    assert language["file_extension"] == ".py" and language["mimetype"] == "text/x-python"
    assert language["codemirror_mode"]["name"] == "python"
    assert language["pygments_lexer"] == language["nbconvert_exporter"] == "python"
    assert content["implementation"] and content["implementation_version"] and content["banner"]
    assert all(set(link) == {"text", "url"} for link in content["help_links"])


def test_control_is_answered_during_a_cell(session):
    cell = session.client.execute("print('running')\nwhile True: pass")
    session.wait_for_text(cell, "running")
    assert control(session, "kernel_info_request")["content"]["status"] == "ok"
    assert control(session, "list_subshell_request")["content"]["subshell_id"] == []
    assert control(session, "interrupt_request")["content"] == {"status": "ok"}
    assert session.finish(cell).reply["ename"] == "KeyboardInterrupt"


def test_a_subscriber_is_welcomed_with_its_topic(session):
    info = session.client.get_connection_info()
    for topic in (b"", b"status", b"\xff\xfe"):
        for _ in range(2):  # also the second one
            subscriber = zmq.Context.instance().socket(zmq.SUB)
            subscriber.linger = 0
            subscriber.connect(f"tcp://{info['ip']}:{info['iopub_port']}")
            subscriber.subscribe(topic)
            if topic == b"\xff\xfe":
                assert session.run("1").result == "1"
            else:
                assert subscriber.poll(3000), "no welcome"
                frames = subscriber.recv_multipart()
                place = frames.index(DELIMITER)
                header, parent, _, content = (json.loads(f) for f in frames[place + 2 : place + 6])
                assert header["msg_type"] == "iopub_welcome" and parent == {}
                assert content == {"subscription": topic.decode()}
            subscriber.close()


def test_payloads(session):
    (page,) = session.run("print?").reply["payload"]
    assert page["source"] == "page" and "print" in page["data"]["text/plain"] and page["start"] == 0
    session.run("with open('load_me.py', 'w') as f:\n  _ = f.write('x = 1\\n')")
    (loaded,) = session.run("%load load_me.py").reply["payload"]
    assert loaded["source"] == "set_next_input" and "x = 1" in loaded["text"]
    session.run("import os\nos.remove('load_me.py')")
    for code in ("import sys\nsys.exit()", "exit", "quit()", "  exit()\n"):
        (leave,) = session.run(code).reply["payload"]
        assert leave["source"] == "ask_exit" and leave["keepkernel"] is False
    # A name of the user is that.
    assert session.run("quit = 5\nquit").reply["payload"] == []
    assert session.run("quit").result == "5"
    session.run("del quit")


@pytest.mark.parametrize(
    "code, status, indent",
    [
        ("x = 1", "complete", None),
        ("if x:", "incomplete", "    "),
        ("if x:\n  y = (", "incomplete", None),
        ("def f():\n  return 1\n\n", "complete", None),
        ("for i in x:\n    print(i)", "incomplete", "    "),
        ("'''open", "incomplete", None),
        ("x = )", "invalid", None),
        ("%time x", "complete", None),
    ],
)
def test_is_complete_with_its_indent(session, code, status, indent):
    content = session.reply(session.client.is_complete(code))["content"]
    assert content["status"] == status
    if indent is not None:
        assert content["indent"] == indent


def test_commands_and_the_shell(session):
    session.run("kept = [1, 2]")
    assert "kept" in session.run("%who").text()
    assert "time" in session.run("%time sum(range(10))").text().lower()
    refused = session.run("!ls")
    assert refused.reply["status"] == "error" and "shell" in refused.reply["evalue"]


def test_a_reader_that_is_slow_gets_everything(own_session):
    cell = own_session.client.execute("for i in range(30000): print(i)")
    own_session.reply(cell, timeout=60)
    shown = "".join(
        m["content"]["text"] for m in own_session.outputs(cell) if m["msg_type"] == "stream")
    assert shown == "".join(f"{i}\n" for i in range(30000))


def test_encryption_is_offered(kernel_name):
    session = Session(kernel_name)
    try:
        assert session.manager.kernel_spec.metadata["supported_encryption"] == ["curve"]
    finally:
        session.close()
