"""Completion and inspection inside of calls, strings and containers; usage; native output."""

import os
import time

import pytest


def complete(session, code, cursor=None):
    cursor = len(code) if cursor is None else cursor
    content = session.reply(session.client.complete(code, cursor))["content"]
    assert content["status"] == "ok"
    details = content["metadata"]["_jupyter_types_experimental"]
    assert [d["text"] for d in details] == content["matches"]
    start, end = content["cursor_start"], content["cursor_end"]
    return [code[:start] + match + code[end:] for match in content["matches"]], {
        d["text"]: d for d in details
    }


def test_keyword_arguments_come_first_in_a_call(session):
    session.run("def train(data, epochs=5, *, rate=0.1): pass")
    texts, details = complete(session, "train(xs, ra")
    assert texts[0] == "train(xs, rate="
    assert details["rate="]["type"] == "param"
    texts, _ = complete(session, "train(xs, epochs=1, ")
    assert "train(xs, epochs=1, rate=" in texts and "train(xs, epochs=1, epochs=" not in texts


def test_attributes_of_live_values(session):
    session.run("class P:\n  def go(self, fast=True): pass\np = P()\np.speed = 3\nps = [p, {'k': 'text'}]")
    texts, details = complete(session, "p.")
    assert {"p.go", "p.speed"} <= set(texts)
    assert details["go"]["type"] == "function" and "fast" in details["go"]["signature"]
    assert "ps[0].speed" in complete(session, "ps[0].sp")[0]
    assert "ps[1]['k'].upper" in complete(session, "ps[1]['k'].up")[0]
    assert "'abc'.upper" in complete(session, "'abc'.up")[0]


def test_keys_of_a_dictionary(session):
    session.run("d = {'alpha': 1, 'alps': {'inner': 2}, 'beta': 3, 7: 4}")
    assert complete(session, "d['al")[0] == ["d['alpha", "d['alps"]
    assert complete(session, 'd["be')[0] == ['d["beta']
    assert complete(session, "x = d['alps']['i")[0] == ["x = d['alps']['inner"]
    assert "d['beta'" in complete(session, "d[")[0] and "d[7" in complete(session, "d[")[0]
    assert complete(session, "d['alps")[1]["alps"]["type"] == "dict key"


def test_names_of_files_in_strings(session, tmp_path):
    (tmp_path / "data set.csv").write_text("")
    (tmp_path / "data").mkdir()
    (tmp_path / ".hidden").write_text("")
    code = f"open('{tmp_path}/da"
    texts, details = complete(session, code)
    assert texts == [f"open('{tmp_path}/data set.csv", f"open('{tmp_path}/data/"]
    assert details["data/"]["type"] == "path"
    assert complete(session, f"open('{tmp_path}/.h")[0] == [f"open('{tmp_path}/.hidden"]
    assert complete(session, f"open('{tmp_path}/none/x")[0] == []


def test_commands(session):
    texts, details = complete(session, "%timei")
    assert "%timeit" in texts and details["timeit"]["type"] == "magic"


def test_inspection_has_levels_and_types(session):
    session.run("def half(x):\n  'Half of it.'\n  return x / 2")
    content = session.reply(session.client.inspect("half(3)", 2, detail_level=0))["content"]
    assert content["found"] and {"text/plain", "text/html"} <= set(content["data"])
    assert "Half of it." in content["data"]["text/plain"]
    assert "return x / 2" not in content["data"]["text/plain"]
    content = session.reply(session.client.inspect("half(3)", 2, detail_level=1))["content"]
    assert "return x / 2" in content["data"]["text/plain"]
    session.run("import torch\nt = torch.ones(2)")
    content = session.reply(session.client.inspect("t", 1))["content"]
    assert "tensor([1., 1.])" in content["data"]["text/plain"]
    assert session.reply(session.client.inspect("nothing_at_all", 3))["content"]["found"] is False


def usage(session):
    message = session.client.session.msg("usage_request", {})
    session.client.control_channel.send(message)
    while True:
        reply = session.client.get_control_msg(timeout=5)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply


def test_usage_is_told_also_while_a_cell_runs(session):
    usage(session)
    cell = session.client.execute("import time\nt = time.time()\nwhile time.time() - t < 1: pass")
    time.sleep(0.6)
    reply = usage(session)
    assert reply["msg_type"] == "usage_reply"
    content = reply["content"]
    assert content["pid"] == session.pid and content["hostname"]
    assert 1 << 20 < content["kernel_memory"] < 8 << 30
    assert content["kernel_cpu"] > 5
    assert content["cpu_count"] == os.cpu_count()
    memory = content["host_virtual_memory"]
    assert memory["total"] >= memory["available"] > 0 and 0 <= memory["percent"] <= 100
    session.finish(cell)


@pytest.mark.parametrize("number, name", [(1, "stdout"), (2, "stderr")])
def test_what_native_code_writes_belongs_to_the_running_cell(session, number, name):
    if "KERNEL" in os.environ:
        pytest.skip("its own way")
    cell = session.client.execute("print('running')\nimport time\ntime.sleep(0.5)\nprint('done')")
    session.wait_for_text(cell, "running")
    with open(f"/proc/{session.pid}/fd/{number}", "wb", buffering=0) as descriptor:
        descriptor.write("native é".encode()[:-1])
        time.sleep(0.05)
        descriptor.write("native é\n".encode()[-2:])
    shown = session.finish(cell)
    assert "native é\n" in shown.text(name)
    assert shown.text().endswith("done\n")
    # What comes between cells is no cell's.
    with open(f"/proc/{session.pid}/fd/{number}", "wb", buffering=0) as descriptor:
        descriptor.write(b"between\n")
    time.sleep(0.1)
    assert session.run("print('next')").text(name) == ("next\n" if number == 1 else "")


def test_a_hundred_megabytes_of_output_are_bounded(own_session):
    cell = own_session.client.execute("line = 'x' * 1000\nfor i in range(100_000): print(i, line)")
    shown = own_session.finish(cell, timeout=120)
    text = shown.text()
    assert shown.reply["status"] == "ok"
    assert "bytes of output are left out here" in text
    assert text.startswith("0 xxx") and text.rstrip().split("\n")[-1].startswith("99999 ")
    assert len(text) < 80 << 20
    assert own_session.run("1 + 1").result == "2"
