"""Displays, their updates, and clear_output."""


def test_updates_of_one_display_arrive_while_the_cell_runs(session):
    cell = session.client.execute(
        "import time\n"
        "handle = display('start', display_id=True)\n"
        "for i in range(20):\n"
        "    handle.update(i)\n"
        "    time.sleep(0.1)\n"
        "print('end')"
    )
    messages = []
    while not messages or messages[-1]["msg_type"] != "stream":
        messages.append(session.iopub(cell))
    session.finish(cell)
    [first] = [m for m in messages if m["msg_type"] == "display_data"]
    updates = [m for m in messages if m["msg_type"] == "update_display_data"]
    name = first["content"]["transient"]["display_id"]
    assert all(u["content"]["transient"]["display_id"] == name for u in updates)
    assert len(updates) >= 5
    assert updates[-1]["content"]["data"]["text/plain"] == "19"
    # They came one after another, not all at the end.
    assert (updates[-1]["header"]["date"] - updates[0]["header"]["date"]).total_seconds() > 1


def test_many_updates_become_few_and_the_last_one_arrives(session):
    shown = session.run(
        "handle = display(-1, display_id=True)\n"
        "for i in range(5000):\n"
        "    handle.update(i)"
    )
    assert shown.all("update_display_data")[-1]["data"]["text/plain"] == "4999"


def test_another_cell_can_update_a_display(session):
    first = session.run("handle = display('a', display_id='shared')")
    second = session.run("handle.update('b')")
    assert first.all("display_data")[0]["transient"]["display_id"] == "shared"
    assert second.all("update_display_data")[0]["transient"]["display_id"] == "shared"


def test_text_and_displays_keep_their_order(session):
    shown = session.run("print('a')\ndisplay(1)\nprint('b')\ndisplay(2)")
    assert shown.types[2:-1] == ["stream", "display_data", "stream", "display_data"]


def test_clear_output(session):
    shown = session.run(
        "from IPython.display import clear_output\nprint('a')\nclear_output(wait=True)\nprint('b')"
    )
    assert shown.types[2:-1] == ["stream", "clear_output", "stream"]
    assert shown.all("clear_output")[0]["wait"] is True
