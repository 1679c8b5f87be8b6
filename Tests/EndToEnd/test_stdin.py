"""input()."""

import os
import signal

import pytest


def test_a_line_comes_back(session):
    cell = session.client.execute("name = input('name? ')\nprint('hello', name)", allow_stdin=True)
    request = session.client.get_stdin_msg(timeout=5)
    assert request["msg_type"] == "input_request"
    assert request["content"] == {"prompt": "name? ", "password": False}
    assert request["parent_header"]["msg_id"] == cell
    session.client.input("Ada")
    assert session.finish(cell).text() == "hello Ada\n"


def test_what_was_printed_before_is_shown_before(session):
    cell = session.client.execute("print('read this')\ninput()", allow_stdin=True)
    session.wait_for_text(cell, "read this", timeout=2)
    session.client.get_stdin_msg(timeout=5)
    session.client.input("x")
    assert session.finish(cell).result == "'x'"


def test_without_stdin_the_cell_fails_with_a_reason(session):
    shown = session.run("input()", allow_stdin=False)
    assert shown.reply["status"] == "error"
    assert shown.reply["ename"] == "StdinNotImplementedError"
    assert "input" in shown.reply["evalue"]


@pytest.mark.parametrize("late", ["nothing", "a line"])
def test_an_interrupt_ends_the_wait(session, late):
    cell = session.client.execute("input()", allow_stdin=True)
    session.client.get_stdin_msg(timeout=5)
    os.kill(session.pid, signal.SIGINT)
    assert session.finish(cell).reply["ename"] == "KeyboardInterrupt"
    if late == "a line":
        session.client.input("too late")
    assert session.run("1").result == "1"
