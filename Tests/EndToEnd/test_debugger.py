"""The debugger, as JupyterLab asks for it: the Debug Adapter Protocol over the control channel."""

import time

import pytest

CELL = """def inner(n):
    twice = n * 2
    return twice

def outer(k):
    total = 0
    for i in range(k):
        total += inner(i)
    return total

result = outer(3)
print('result', result)"""


def murmur2(text, seed):
    """The hash that JupyterLab names cells by."""
    data, m = text.encode(), 0x5BD1E995
    h = (seed ^ len(data)) & 0xFFFFFFFF
    while len(data) >= 4:
        k = int.from_bytes(data[:4], "little") * m & 0xFFFFFFFF
        k = (k ^ k >> 24) * m & 0xFFFFFFFF
        h = (h * m ^ k) & 0xFFFFFFFF
        data = data[4:]
    if data:
        h = (h ^ int.from_bytes(data, "little")) * m & 0xFFFFFFFF
    h = (h ^ h >> 13) * m & 0xFFFFFFFF
    return h ^ h >> 15


class Adapter:
    """The client's half."""

    def __init__(self, session):
        self.session = session
        self.seq = 0

    def ask(self, command, fails=False, **arguments):
        self.seq += 1
        content = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        message = self.session.client.session.msg("debug_request", content)
        self.session.client.control_channel.send(message)
        while True:
            reply = self.session.client.get_control_msg(timeout=10)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                break
        assert reply["msg_type"] == "debug_reply"
        answer = reply["content"]
        assert answer["type"] == "response" and answer["command"] == command
        assert answer["request_seq"] == self.seq
        assert answer["success"] is not fails, answer
        return answer["message"] if fails else answer["body"]

    def attach(self):
        info = self.ask("debugInfo")
        assert info["isStarted"] is False and info["hashMethod"] == "Murmur2"
        assert self.ask("initialize", clientID="test")["supportsConfigurationDoneRequest"]
        self.ask("attach")
        self.event("initialized")
        assert self.ask("debugInfo")["isStarted"] is True
        self.info = info

    def set(self, code, *lines, **more):
        path = self.ask("dumpCell", code=code)["sourcePath"]
        expected = murmur2(code, int(self.info["hashSeed"]))
        assert path == f"{self.info['tmpFilePrefix']}{expected}{self.info['tmpFileSuffix']}"
        body = self.ask(
            "setBreakpoints",
            source={"path": path},
            breakpoints=[{"line": line, **more} for line in lines],
            sourceModified=False,
        )
        assert [b["verified"] for b in body["breakpoints"]] == [True] * len(lines)
        self.ask("configurationDone")
        return path

    def event(self, name, timeout=10):
        while True:
            message = self.session.client.get_iopub_msg(timeout=timeout)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == name:
                return message["content"].get("body")

    def stopped(self):
        body = self.event("stopped")
        assert body["threadId"] == 1 and body["allThreadsStopped"]
        frames = self.ask("stackTrace", threadId=1)["stackFrames"]
        return body["reason"], [(f["name"], f["line"]) for f in frames]

    def variables(self, scope="Locals", frame=1):
        (found,) = [s for s in self.ask("scopes", frameId=frame)["scopes"] if s["name"] == scope]
        body = self.ask("variables", variablesReference=found["variablesReference"])
        return {v["name"]: v["value"] for v in body["variables"]}


@pytest.fixture
def adapter(own_session):
    adapter = Adapter(own_session)
    yield adapter
    assert own_session.run("1 + 1").result == "2"


def test_it_is_announced(own_session):
    content = own_session.reply(own_session.client.kernel_info())["content"]
    assert "debugger" in content["supported_features"] and content["debugger"] is True
    assert own_session.manager.kernel_spec.metadata["debugger"] is True


def test_breakpoints_steps_stack_and_variables(adapter):
    adapter.attach()
    path = adapter.set(CELL, 8)
    cell = adapter.session.client.execute(CELL)
    assert adapter.stopped() == ("breakpoint", [("outer", 8), ("<module>", 11)])
    assert adapter.variables() == {"k": "3", "total": "0", "i": "0"}
    frames = adapter.ask("stackTrace", threadId=1)["stackFrames"]
    assert frames[0]["source"]["path"] == path
    assert adapter.ask("source", source={"path": path})["content"] == CELL
    assert adapter.ask("debugInfo")["stoppedThreads"] == [1]

    adapter.ask("stepIn", threadId=1)
    assert adapter.stopped() == ("step", [("inner", 2), ("outer", 8), ("<module>", 11)])
    adapter.ask("next", threadId=1)
    assert adapter.stopped()[1][0] == ("inner", 3)
    assert adapter.variables() == {"n": "0", "twice": "0"}
    assert adapter.variables(frame=2)["total"] == "0"
    adapter.ask("stepOut", threadId=1)
    reason, frames = adapter.stopped()
    assert reason in ("step", "breakpoint") and frames[0] == ("outer", 8)

    assert adapter.ask("evaluate", expression="total + k * 100", frameId=1)["result"] == "300"
    assert "NameError" in adapter.ask("evaluate", fails=True, expression="nothing", frameId=1)
    adapter.ask("copyToGlobals", srcVariableName="k", dstVariableName="copied", srcFrameId=1)

    adapter.ask("setBreakpoints", source={"path": path}, breakpoints=[])
    adapter.ask("continue", threadId=1)
    adapter.event("continued")
    assert adapter.session.reply(cell)["content"]["status"] == "ok"
    assert adapter.session.run("(result, copied)").result == "(6, 3)"


def test_a_condition_is_asked(adapter):
    adapter.attach()
    adapter.set(CELL, 8, condition="i == 2")
    cell = adapter.session.client.execute(CELL)
    adapter.stopped()
    assert adapter.variables()["i"] == "2"
    adapter.ask("continue", threadId=1)
    assert adapter.session.reply(cell)["content"]["status"] == "ok"


def test_next_goes_through_a_cell_line_by_line(adapter):
    adapter.attach()
    code = "a = 1\nb = a + 1\nc = [a, b]\nc"
    adapter.set(code, 1)
    cell = adapter.session.client.execute(code)
    lines = [adapter.stopped()[1][0][1]]
    for _ in range(3):
        adapter.ask("next", threadId=1)
        lines.append(adapter.stopped()[1][0][1])
    assert lines == [1, 2, 3, 4]
    assert adapter.variables("Globals") == {"a": "1", "b": "2", "c": "[1, 2]"}
    adapter.ask("next", threadId=1)
    assert adapter.session.reply(cell)["content"]["status"] == "ok"


def test_a_running_cell_can_be_paused(adapter):
    adapter.attach()
    cell = adapter.session.client.execute("print('running')\nn = 0\nwhile True:\n  n += 1")
    adapter.session.wait_for_text(cell, "running")
    adapter.ask("pause", threadId=1)
    assert adapter.stopped()[0] == "pause"
    adapter.ask("continue", threadId=1)
    adapter.session.manager.interrupt_kernel()
    assert adapter.session.reply(cell)["content"]["ename"] == "KeyboardInterrupt"


@pytest.mark.parametrize("how", ["interrupt", "disconnect"])
def test_a_stopped_cell_is_let_go(adapter, how):
    adapter.attach()
    adapter.set(CELL, 2)
    cell = adapter.session.client.execute(CELL)
    adapter.stopped()
    if how == "interrupt":
        adapter.session.manager.interrupt_kernel()
        assert adapter.session.reply(cell)["content"]["ename"] == "KeyboardInterrupt"
    else:
        adapter.ask("disconnect", restart=False, terminateDebuggee=False)
        assert adapter.session.reply(cell)["content"]["status"] == "ok"
        assert adapter.ask("debugInfo")["isStarted"] is False


def test_shutdown_while_stopped(own_session):
    adapter = Adapter(own_session)
    adapter.attach()
    adapter.set("x = 1", 1)
    own_session.client.execute("x = 1")
    adapter.stopped()
    own_session.client.shutdown()
    assert own_session.wait_for_end(2.5) < 2.5


def test_the_variables_panel_needs_no_breakpoint(adapter):
    adapter.session.run(
        "import torch\nt = torch.zeros(2, 3)\nd = {'a': [1, 2]}\nclass P:\n  pass\np = P()\np.x = 5"
    )
    adapter.attach()
    variables = {v["name"]: v for v in adapter.ask("inspectVariables")["variables"]}
    assert variables["t"]["type"] == "Tensor"
    assert "[2, 3]" in variables["t"]["value"]
    inside = adapter.ask("variables", variablesReference=variables["d"]["variablesReference"])
    assert [(v["name"], v["value"]) for v in inside["variables"]] == [("'a'", "[1, 2]")]
    inside = adapter.ask("variables", variablesReference=variables["p"]["variablesReference"])
    assert [(v["name"], v["value"]) for v in inside["variables"]] == [("x", "5")]
    rich = adapter.ask("richInspectVariables", variableName="t")
    assert rich["data"]["text/plain"].startswith("tensor(")
    adapter.ask("richInspectVariables", fails=True, variableName="missing")


def test_it_answers_while_a_cell_runs(adapter):
    adapter.attach()
    cell = adapter.session.client.execute("print('running')\nx = 0\nwhile True:\n  x += 1")
    adapter.session.wait_for_text(cell, "running")
    started = time.monotonic()
    names = [v["name"] for v in adapter.ask("inspectVariables")["variables"]]
    assert "x" in names and time.monotonic() - started < 1
    adapter.session.manager.interrupt_kernel()
    adapter.session.reply(cell)


@pytest.mark.parametrize(
    "command, arguments",
    [
        ("nonsense", {}),
        ("continue", {"threadId": 1}),
        ("next", {}),
        ("stackTrace", {"threadId": 1}),
        ("scopes", {"frameId": -9}),
        ("variables", {"variablesReference": 99999}),
        ("variables", {}),
        ("evaluate", {"expression": "1"}),
        ("setBreakpoints", {}),
        ("source", {"source": {"path": "/etc/passwd"}}),
        ("dumpCell", {"code": 5}),
        ("richInspectVariables", {}),
    ],
)
def test_what_cannot_be_done_is_said(own_session_for_failures, command, arguments):
    own_session_for_failures.ask(command, fails=True, **arguments)


@pytest.fixture(scope="module")
def own_session_for_failures(shared_session):
    return Adapter(shared_session)


FAILING = """def find(table, key):
    return table[key]

try:
    find({}, 'caught')
except KeyError:
    pass
for item in iter([1]):
    pass
find({'a': 1}, 'b')"""


def test_exceptions_stop_where_they_are_raised(adapter):
    adapter.ask("debugInfo")
    filters = adapter.ask("initialize")["exceptionBreakpointFilters"]
    assert {f["filter"]: f["default"] for f in filters} == {"raised": False, "uncaught": True}
    assert all(f["label"] and f["description"] for f in filters)
    adapter.ask("attach")
    body = adapter.ask("setExceptionBreakpoints", filters=["uncaught", "unheard of"])
    assert [b["verified"] for b in body["breakpoints"]] == [True, False]

    cell = adapter.session.client.execute(FAILING)
    event = adapter.event("stopped")
    assert event["reason"] == "exception" and event["description"] == "KeyError"
    assert event["text"] == "KeyError: 'b'"
    frames = adapter.ask("stackTrace", threadId=1)["stackFrames"]
    assert [(f["name"], f["line"]) for f in frames] == [("find", 2), ("<module>", 10)]
    assert adapter.variables() == {"table": "{'a': 1}", "key": "'b'"}
    information = adapter.ask("exceptionInfo", threadId=1)
    assert information["exceptionId"] == "KeyError" and information["breakMode"] == "unhandled"
    assert adapter.ask("evaluate", expression="sorted(table)", frameId=1)["result"] == "['a']"
    adapter.ask("continue", threadId=1)
    assert adapter.session.reply(cell)["content"]["ename"] == "KeyError"

    adapter.ask("setExceptionBreakpoints", filters=["raised"])
    cell = adapter.session.client.execute(FAILING)
    for key in ("'caught'", "'b'"):
        assert adapter.stopped()[1][0] == ("find", 2)
        assert adapter.variables()["key"] == key
        assert adapter.ask("exceptionInfo", threadId=1)["breakMode"] == "always"
        adapter.ask("continue", threadId=1)
    assert adapter.session.reply(cell)["content"]["ename"] == "KeyError"

    adapter.ask("setExceptionBreakpoints", filters=[])
    adapter.ask("exceptionInfo", fails=True, threadId=1)
    assert adapter.session.run(FAILING).reply["ename"] == "KeyError"


def test_an_exception_is_told_of_once_on_its_way_out(adapter):
    adapter.attach()
    adapter.ask("setExceptionBreakpoints", filters=["raised", "uncaught"])
    code = (
        "def f():\n  try:\n    1 / 0\n  finally:\n    pass\n"
        "def g():\n  try:\n    f()\n  except ValueError:\n    pass\ng()")
    cell = adapter.session.client.execute(code)
    assert adapter.stopped() == ("exception", [("f", 3), ("g", 8), ("<module>", 11)])
    adapter.ask("continue", threadId=1)
    assert adapter.session.reply(cell)["content"]["ename"] == "ZeroDivisionError"


def test_an_except_of_another_kind_does_not_hide_an_uncaught_one(adapter):
    adapter.attach()
    adapter.ask("setExceptionBreakpoints", filters=["uncaught"])
    cell = adapter.session.client.execute("try:\n  1 / 0\nexcept ValueError:\n  pass")
    assert adapter.event("stopped")["description"] == "ZeroDivisionError"
    adapter.ask("continue", threadId=1)
    assert adapter.session.reply(cell)["content"]["ename"] == "ZeroDivisionError"


def test_an_interrupt_ends_the_wait_at_an_exception(adapter):
    adapter.attach()
    adapter.ask("setExceptionBreakpoints", filters=["raised"])
    cell = adapter.session.client.execute("[].pop()")
    adapter.stopped()
    adapter.session.manager.interrupt_kernel()
    assert adapter.session.reply(cell)["content"]["ename"] == "KeyboardInterrupt"
