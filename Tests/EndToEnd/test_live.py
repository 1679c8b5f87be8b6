"""Live views: one display, updated in place; the last picture always arrives."""

LOOP = """
import re, time
losses = []
with live() as view:
    for step in range(40):
        losses.append(1 / (1 + step))
        view.plot(losses, title=f'step {step}')
        time.sleep(0.02)
"""


def test_a_live_plot_is_one_display(session):
    shown = session.run(LOOP)
    [first] = shown.all("display_data")
    updates = shown.all("update_display_data")
    name = first["transient"]["display_id"]
    assert all(update["transient"]["display_id"] == name for update in updates)
    # 0.8 seconds at ten pictures a second, and the last one.
    assert 2 <= len(updates) <= 16
    last = updates[-1]["data"]
    assert "step 39" in last["text/plain"]
    assert last["text/html"].startswith("<pre")


def test_the_last_picture_is_the_plot_itself(session):
    live = session.run(LOOP).all("update_display_data")[-1]["data"]["text/plain"]
    plain = session.run("plot(losses, title='step 39')").all("execute_result")[-1]["data"]["text/plain"]
    assert live.rstrip() == plain.rstrip()


def test_several_views_keep_their_places(session):
    shown = session.run(
        "first, second = live(), live()\n"
        "with first as a, second as b:\n"
        "    for step in range(3):\n"
        "        a.plot([step, step + 1], title='left')\n"
        "        b.plot([step, step - 1], title='right')\n"
    )
    names = [display["transient"]["display_id"] for display in shown.all("display_data")]
    assert len(set(names)) == 2
    final = {name: None for name in names}
    for message in shown.all("display_data") + shown.all("update_display_data"):
        final[message["transient"]["display_id"]] = message["data"]["text/plain"]
    assert sorted("left" in text for text in final.values()) == [False, True]
