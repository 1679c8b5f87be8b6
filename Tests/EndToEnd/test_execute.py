"""What execute_request and its options do."""

import re

import pytest


def test_messages_come_in_the_order_of_the_specification(session):
    shown = session.run("print('hello')\n1 + 1")
    assert shown.types == ["status", "execute_input", "stream", "execute_result", "status"]
    assert [c["execution_state"] for c in shown.all("status")] == ["busy", "idle"]
    assert shown.text() == "hello\n"
    assert shown.result == "2"
    assert shown.reply["status"] == "ok"
    assert shown.reply["execution_count"] == shown.all("execute_input")[0]["execution_count"]


def test_variables_live_from_cell_to_cell(session):
    session.run("kept = 41")
    assert session.run("kept + 1").result == "42"


def test_an_error_is_shown_once_and_the_reply_says_the_same(session):
    shown = session.run("print('before')\n1 / 0\nprint('after')")
    assert shown.text() == "before\n"
    [error] = shown.all("error")
    for field in ("ename", "evalue", "traceback"):
        assert error[field] == shown.reply[field]
    assert error["ename"] == "ZeroDivisionError"
    assert error["evalue"] == "division by zero"
    assert "1 / 0" in re.sub("\x1b\\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert shown.text("stderr") == ""


def test_the_reply_says_when_the_cell_started(session):
    assert session.run("pass").message["metadata"]["started"]


def test_silent_cells_leave_no_trace(session):
    count = session.run("pass").reply["execution_count"]
    shown = session.run("7", silent=True)
    assert "execute_input" not in shown.types
    assert "execute_result" not in shown.types
    assert shown.reply["status"] == "ok"
    assert session.run("pass").reply["execution_count"] == count + 1


def test_cells_that_are_not_stored_are_not_counted(session):
    count = session.run("pass").reply["execution_count"]
    assert session.run("8", store_history=False).result == "8"
    assert session.run("pass").reply["execution_count"] == count + 1


def test_user_expressions(session):
    shown = session.run("a = 5", user_expressions={"good": "a * 2", "bad": "a / 0"})
    values = shown.reply["user_expressions"]
    assert shown.reply["status"] == "ok"
    assert values["good"]["status"] == "ok"
    assert values["good"]["data"]["text/plain"] == "10"
    assert values["bad"]["status"] == "error"
    assert values["bad"]["ename"] == "ZeroDivisionError"


def test_a_failure_aborts_the_cells_behind_it(own_session):
    cells = [own_session.client.execute("1 / 0")]
    cells += [own_session.client.execute("print('never')") for _ in range(100)]
    statuses = [own_session.reply(cell)["content"]["status"] for cell in cells]
    assert statuses == ["error"] + ["aborted"] * 100
    assert own_session.run("1").result == "1"


def test_stop_on_error_can_be_switched_off(session):
    first = session.client.execute("1 / 0", stop_on_error=False)
    second = session.client.execute("3")
    assert session.reply(first)["content"]["status"] == "error"
    assert session.reply(second)["content"]["status"] == "ok"


def test_ten_thousand_prints_arrive_in_order(session):
    shown = session.run("for i in range(10000):\n    print(i)")
    assert shown.text() == "".join(f"{i}\n" for i in range(10000))
    assert len(shown.all("stream")) < 1000


def test_text_arrives_while_the_cell_runs(session):
    cell = session.client.execute("import time\nprint('first')\ntime.sleep(2)\nprint('second')")
    session.wait_for_text(cell, "first", timeout=1)
    assert session.finish(cell).text() == "second\n"


@pytest.mark.parametrize("text", ["é", "日本語", "👩‍👩‍👧", "a\0b", "\u2028", "\ufeff"])
def test_text_of_any_script_comes_through(session, text):
    assert session.run(f"print({text!r})").text() == text + "\n"


def test_completion_counts_unicode_scalars(session):
    code = "'👩‍👩‍👧é' ; pri"
    message = session.client.complete(code, len(code))
    reply = session.reply(message)["content"]
    assert "print" in reply["matches"]
    assert code[reply["cursor_start"] : reply["cursor_end"]] == "pri"
    types = reply["metadata"]["_jupyter_types_experimental"]
    assert [t["text"] for t in types] == reply["matches"]
    assert {"start", "end", "text", "type"} <= set(types[0])


@pytest.mark.parametrize("cursor", [-5, 0, 10**6, 10**30])
def test_a_cursor_outside_of_the_code_does_no_harm(session, cursor):
    content = {"code": "pri", "cursor_pos": cursor, "detail_level": 0}
    for kind in ("complete_request", "inspect_request"):
        message = session.client.session.msg(kind, content)
        session.client.shell_channel.send(message)
        assert session.reply(message["header"]["msg_id"])["content"]["status"] == "ok"
