"""Comms: opened by either side, messages with buffers, and what is open."""

import pytest


def comm_messages(messages):
    return [m for m in messages if m["msg_type"].startswith("comm_")]


def send(session, kind, content, buffers=None, metadata=None):
    message = session.client.session.msg(kind, content, metadata=metadata)
    session.client.session.send(session.client.shell_channel.socket, message, buffers=buffers)
    return message["header"]["msg_id"]


def info(session, **content):
    message = session.client.session.msg("comm_info_request", content)
    session.client.shell_channel.send(message)
    return session.reply(message["header"]["msg_id"])["content"]["comms"]


def test_the_kernel_opens_sends_and_closes(session):
    shown = session.run(
        "from comm import create_comm\n"
        "c = create_comm(target_name='some.target', data={'a': 1}, metadata={'m': 2}, comm_id='k1')\n"
        "c.send({'b': [1.5, None]}, buffers=[b'xy', b'z'])\n"
        "print(c.comm_id)"
    )
    opened, sent = comm_messages(shown.messages)
    assert opened["msg_type"] == "comm_open"
    assert opened["content"] == {"comm_id": "k1", "target_name": "some.target", "data": {"a": 1}}
    assert opened["metadata"] == {"m": 2}
    assert sent["content"]["data"] == {"b": [1.5, None]}
    assert [bytes(b) for b in sent["buffers"]] == [b"xy", b"z"]
    assert info(session) == {"k1": {"target_name": "some.target"}}
    assert info(session, target_name="other") == {}
    (closed,) = comm_messages(session.run("c.close({'bye': True})").messages)
    assert closed["content"] == {"comm_id": "k1", "data": {"bye": True}}
    assert info(session) == {}


def test_the_front_end_opens_sends_and_closes(session):
    session.run(
        "from comm import get_comm_manager\n"
        "log = []\n"
        "def opened(comm, message):\n"
        "  log.append(('open', comm.comm_id, message['content']['data']))\n"
        "  comm.on_msg(lambda m: (print('got', m['content']['data'], m['buffers']),\n"
        "    comm.send({'echo': m['content']['data']}, buffers=m['buffers'])))\n"
        "  comm.on_close(lambda m: log.append(('close', m['content']['data'])))\n"
        "get_comm_manager().register_target('mine', opened)"
    )
    opened = send(session, "comm_open", {"comm_id": "f1", "target_name": "mine", "data": {"x": 1}})
    assert [m["content"].get("execution_state") for m in session.outputs(opened)] == ["busy", "idle"]
    assert info(session, target_name="mine") == {"f1": {"target_name": "mine"}}
    sent = send(session, "comm_msg", {"comm_id": "f1", "data": {"y": 2}}, buffers=[b"\x00\xff"])
    messages = session.outputs(sent)
    assert [m["msg_type"] for m in messages] == ["status", "stream", "comm_msg", "status"]
    assert messages[1]["content"]["text"] == "got {'y': 2} [b'\\x00\\xff']\n"
    assert messages[2]["content"]["data"] == {"echo": {"y": 2}}
    assert bytes(messages[2]["buffers"][0]) == b"\x00\xff"
    session.outputs(send(session, "comm_close", {"comm_id": "f1", "data": {"z": 3}}))
    assert session.run("log").result == "[('open', 'f1', {'x': 1}), ('close', {'z': 3})]"
    assert info(session) == {}


def test_a_target_that_nobody_knows_is_closed(session):
    opened = send(session, "comm_open", {"comm_id": "u1", "target_name": "unknown", "data": {}})
    assert [m["msg_type"] for m in session.outputs(opened)] == ["status", "comm_close", "status"]
    assert info(session) == {}


def test_an_error_in_a_callback_is_shown_and_does_no_harm(session):
    session.run(
        "def broken(comm, message):\n  comm.on_msg(lambda m: 1 / 0)\n"
        "get_comm_manager().register_target('broken', broken)"
    )
    session.outputs(send(session, "comm_open", {"comm_id": "b1", "target_name": "broken"}))
    messages = session.outputs(send(session, "comm_msg", {"comm_id": "b1", "data": {}}))
    assert "ZeroDivisionError" in messages[1]["content"]["text"]
    assert session.run("1 + 1").result == "2"


@pytest.mark.parametrize("content", [{}, {"comm_id": 3}, {"comm_id": "b1", "data": []}])
def test_broken_messages_get_busy_and_idle(session, content):
    for kind in ["comm_open", "comm_msg", "comm_close"]:
        states = [m["content"].get("execution_state") for m in session.outputs(send(session, kind, content))]
        assert states[0] == "busy" and states[-1] == "idle"
