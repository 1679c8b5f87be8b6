"""Interrupts, by message and by signal."""

import os
import signal
import time

import pytest

LOOPS = {
    "loop": "while True:\n    pass",
    "sleep": "import time\ntime.sleep(60)",
    "call": "def f():\n    while True:\n        g()\ndef g():\n    return 1\nf()",
}


def by_message(session):
    message = session.client.session.msg("interrupt_request", {})
    session.client.control_channel.send(message)
    reply = session.client.get_control_msg(timeout=5)
    assert reply["msg_type"] == "interrupt_reply"
    assert reply["content"]["status"] == "ok"


def by_signal(session):
    os.kill(session.pid, signal.SIGINT)


@pytest.mark.parametrize("how", [by_message, by_signal])
@pytest.mark.parametrize("loop", LOOPS)
def test_a_running_cell_ends_and_its_variables_stay(session, how, loop):
    session.run("kept = 'still here'")
    cell = session.client.execute("print('running')\n" + LOOPS[loop])
    session.wait_for_text(cell, "running")
    start = time.monotonic()
    how(session)
    shown = session.finish(cell)
    seconds = time.monotonic() - start
    assert shown.reply["ename"] == "KeyboardInterrupt"
    assert session.run("kept").result == "'still here'"
    assert seconds < 0.5


def test_cells_behind_an_interrupted_one_are_aborted(session):
    cell = session.client.execute("print('running')\nwhile True:\n    pass")
    others = [session.client.execute("print('never')") for _ in range(5)]
    session.wait_for_text(cell, "running")
    by_message(session)
    assert session.reply(cell)["content"]["ename"] == "KeyboardInterrupt"
    for other in others:
        assert session.reply(other)["content"]["status"] == "aborted"


def test_interrupts_of_an_idle_kernel_do_not_hit_the_next_cell(session):
    session.run("")
    for _ in range(50):
        by_signal(session)
        by_message(session)
    assert session.run("import time\ntime.sleep(0.05)\n'done'").result == "'done'"


def test_a_cell_may_catch_its_interrupt(session):
    cell = session.client.execute(
        "try:\n    print('running')\n    while True:\n        pass\n"
        "except KeyboardInterrupt:\n    print('caught')\nprint('and on')"
    )
    session.wait_for_text(cell, "running")
    by_message(session)
    assert session.finish(cell).text() == "caught\nand on\n"


def test_questions_are_answered_while_a_cell_runs(session):
    cell = session.client.execute("print('running')\nimport time\ntime.sleep(60)")
    session.wait_for_text(cell, "running")
    try:
        for ask in (
            session.client.kernel_info,
            session.client.comm_info,
            lambda: session.client.is_complete("x = 1"),
            lambda: session.client.complete("pri", 3),
            lambda: session.client.inspect("print", 5),
        ):
            assert session.reply(ask(), timeout=2)["content"]["status"]
    finally:
        by_signal(session)
    assert session.finish(cell).reply["ename"] == "KeyboardInterrupt"
