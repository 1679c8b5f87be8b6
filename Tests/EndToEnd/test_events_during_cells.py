"""Events of comms while a cell runs: seen between two rounds of a loop, and where a program sleeps."""

import time

import pytest
from test_comms import send
from test_debugger import Adapter

PREPARE = """from comm import get_comm_manager
seen = []
def opened(comm, message):
    def received(message):
        seen.append(message['content']['data']['n'])
        print('seen', seen[-1])
        comm.send({'echo': seen[-1]})
    comm.on_msg(received)
get_comm_manager().register_target('loop', opened)"""


def post(session, n):
    return send(session, "comm_msg", {"comm_id": "c", "data": {"n": n}})


@pytest.fixture
def prepared(own_session):
    own_session.run(PREPARE)
    own_session.outputs(send(own_session, "comm_open", {"comm_id": "c", "target_name": "loop", "data": {}}))
    return own_session


@pytest.mark.parametrize(
    "loop",
    [
        "while len(seen) < 3:\n    pass",
        "for i in range(10**12):\n    if len(seen) == 3:\n        break",
        "import time\nwhile len(seen) < 3:\n    time.sleep(0.01)",
        "def wait():\n    while True:\n        if len(seen) == 3:\n            return\nwait()",
        "import itertools\n[0 for i in itertools.takewhile(lambda i: len(seen) < 3, itertools.count())]; 0",
    ],
)
def test_a_loop_sees_them(prepared, loop):
    cell = prepared.client.execute("print('running')\n" + loop + "\nprint('done', seen)")
    prepared.wait_for_text(cell, "running")
    for n in range(3):
        messages = prepared.outputs(post(prepared, n))
        # What the callback shows belongs to its message, not to the cell.
        assert [m["msg_type"] for m in messages] == ["status", "stream", "comm_msg", "status"]
        assert messages[1]["content"]["text"] == f"seen {n}\n"
    assert prepared.finish(cell).text() == "done [0, 1, 2]\n"


def test_a_long_sleep_sees_them(prepared):
    cell = prepared.client.execute("print('running')\nimport time\ntime.sleep(2)\nseen")
    prepared.wait_for_text(cell, "running")
    started = time.monotonic()
    prepared.outputs(post(prepared, 7))
    assert time.monotonic() - started < 1
    assert prepared.finish(cell).result == "[7]"


def test_one_that_came_before_the_cell_ran_is_first(prepared):
    message = post(prepared, 1)
    cell = prepared.client.execute("seen")
    prepared.outputs(message)
    assert prepared.finish(cell).result == "[1]"


def test_one_waits_for_the_other(prepared):
    prepared.run(
        "import time\ndef slow(comm, message):\n"
        "    def received(message):\n"
        "        seen.append('begin')\n"
        "        for i in range(30):\n            time.sleep(0.01)\n"
        "        seen.append('end')\n"
        "    comm.on_msg(received)\n"
        "get_comm_manager().register_target('slow', slow)")
    send(prepared, "comm_open", {"comm_id": "s", "target_name": "slow", "data": {}})
    cell = prepared.client.execute("print('running')\nwhile len(seen) < 4:\n    pass\nseen")
    prepared.wait_for_text(cell, "running")
    for _ in range(2):
        send(prepared, "comm_msg", {"comm_id": "s", "data": {}})
    assert prepared.finish(cell).result == "['begin', 'end', 'begin', 'end']"


def test_an_error_of_a_callback_does_not_end_the_cell(prepared):
    cell = prepared.client.execute("print('running')\nwhile len(seen) < 1:\n    pass\n'whole'")
    prepared.wait_for_text(cell, "running")
    broken = prepared.outputs(send(prepared, "comm_msg", {"comm_id": "c", "data": {}}))
    assert "KeyError" in "".join(m["content"].get("text", "") for m in broken)
    post(prepared, 1)
    assert prepared.finish(cell).result == "'whole'"


def test_an_interrupt_in_a_callback_ends_the_cell_as_well(prepared):
    prepared.run(
        "def stuck(comm, message):\n    comm.on_msg(lambda m: loop())\n"
        "def loop():\n    print('stuck')\n    while True:\n        pass\n"
        "get_comm_manager().register_target('stuck', stuck)")
    send(prepared, "comm_open", {"comm_id": "s", "target_name": "stuck", "data": {}})
    cell = prepared.client.execute("print('running')\nwhile True:\n    pass")
    prepared.wait_for_text(cell, "running")
    prepared.wait_for_text(send(prepared, "comm_msg", {"comm_id": "s", "data": {}}), "stuck")
    prepared.manager.interrupt_kernel()
    assert prepared.reply(cell)["content"]["ename"] == "KeyboardInterrupt"
    assert prepared.run("1 + 1").result == "2"


def test_a_flood_of_them_is_dealt_with_in_order(prepared):
    cell = prepared.client.execute("print('running')\nwhile len(seen) < 500:\n    pass\nseen == list(range(500))")
    prepared.wait_for_text(cell, "running")
    for n in range(500):
        post(prepared, n)
    assert prepared.finish(cell).result == "True"


def test_while_stopped_they_wait(prepared):
    adapter = Adapter(prepared)
    adapter.attach()
    adapter.set("seen.append('cell')\nfor i in range(3):\n    pass\nseen", 1)
    cell = prepared.client.execute("seen.append('cell')\nfor i in range(3):\n    pass\nseen")
    adapter.stopped()
    post(prepared, 5)
    adapter.ask("continue", threadId=1)
    assert prepared.finish(cell).result == "['cell', 5]"
