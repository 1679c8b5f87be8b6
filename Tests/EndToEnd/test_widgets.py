"""Widgets, as the front end's half of ipywidgets sees them: protocol 2.1.0 over comms."""

import time

import pytest
from test_comms import info, send

IMPORT = "import ipywidgets as widgets\nfrom ipywidgets import interact, interactive, fixed\n"
VIEW = "application/vnd.jupyter.widget-view+json"


class Front:
    """The models that a client has, from the messages that it was sent."""

    def __init__(self, session):
        self.session = session
        self.models = {}
        self.views = []
        self.echoes = []

    def take(self, messages):
        for message in messages:
            content = message["content"]
            if message["msg_type"] == "comm_open" and content["target_name"] == "jupyter.widget":
                assert message["metadata"]["version"] == "2.1.0"
                state = dict(content["data"]["state"])
                for path, buffer in zip(content["data"]["buffer_paths"], message["buffers"]):
                    state[path[0]] = bytes(buffer)
                # What a model refers to is opened before it.
                for value in state.values():
                    if isinstance(value, str) and value.startswith("IPY_MODEL_"):
                        assert value[10:] in self.models
                self.models[content["comm_id"]] = state
            elif message["msg_type"] == "comm_msg":
                data = content["data"]
                if data["method"] == "update":
                    self.models[content["comm_id"]].update(data["state"])
                elif data["method"] == "echo_update":
                    self.echoes.append(data["state"])
            elif message["msg_type"] == "comm_close":
                self.models.pop(content["comm_id"], None)
            elif message["msg_type"] in ("display_data", "execute_result"):
                if VIEW in content["data"]:
                    self.views.append(content["data"][VIEW]["model_id"])

    def run(self, code):
        shown = self.session.run(code)
        assert shown.reply["status"] == "ok", shown.reply
        self.take(shown.messages)
        return shown

    def send(self, model, data):
        messages = self.session.outputs(
            send(self.session, "comm_msg", {"comm_id": model, "data": data})
        )
        self.take(messages)
        return messages

    def set(self, model, **state):
        return self.send(model, {"method": "update", "state": state, "buffer_paths": []})

    def find(self, name, **state):
        (found,) = [
            id
            for id, model in self.models.items()
            if model["_model_name"] == name and all(model[k] == v for k, v in state.items())
        ]
        return found

    def text(self, model):
        return "".join(o.get("text", "") for o in self.models[model]["outputs"])


@pytest.fixture
def front(own_session):
    front = Front(own_session)
    front.run(IMPORT)
    return front


def test_a_slider_is_opened_shown_moved_and_observed(front):
    shown = front.run(
        "s = widgets.IntSlider(value=3, max=10, description='k')\n"
        "s.observe(lambda change: print(change['old'], '->', change['new']), names='value')\ns"
    )
    (bundle,) = [m["content"]["data"] for m in shown.messages if m["msg_type"] == "execute_result"]
    assert bundle["text/plain"] == "IntSlider(value=3, description='k', max=10)"
    (slider,) = front.views
    model = front.models[slider]
    assert model["_model_name"] == "IntSliderModel"
    assert model["_view_name"] == "IntSliderView"
    assert model["_model_module"] == "@jupyter-widgets/controls"
    assert model["_model_module_version"] == "2.0.0"
    assert (model["value"], model["min"], model["max"]) == (3, 0, 10)
    assert front.models[model["layout"][10:]]["_model_name"] == "LayoutModel"
    assert front.models[model["style"][10:]]["_model_name"] == "SliderStyleModel"
    assert bundle[VIEW] == {"version_major": 2, "version_minor": 0, "model_id": slider}

    messages = front.set(slider, value=7)
    assert [m["msg_type"] for m in messages] == ["status", "comm_msg", "stream", "status"]
    assert messages[1]["content"]["data"]["method"] == "echo_update"
    assert messages[2]["content"]["text"] == "3 -> 7\n"
    assert front.session.run("s.value").result == "7"
    # A change on this side goes there, without an echo.
    front.echoes.clear()
    front.run("s.value = 2")
    assert front.models[slider]["value"] == 2 and not front.echoes
    assert info(front.session, target_name="jupyter.widget")[slider]


def test_a_value_out_of_bounds_comes_back_corrected(front):
    front.run("s = widgets.FloatSlider(max=1.0)")
    slider = front.find("FloatSliderModel")
    front.set(slider, value=5.0)
    assert front.models[slider]["value"] == 1.0
    assert front.session.run("s.value").result == "1.0"


def test_a_button_clicks(front):
    front.run("b = widgets.Button(description='Go')\nb.on_click(lambda b: print('clicked', b.description))")
    messages = front.send(
        front.find("ButtonModel"), {"method": "custom", "content": {"event": "click"}}
    )
    assert "clicked Go\n" in [m["content"].get("text") for m in messages]


def test_choices_travel_as_an_index(front):
    front.run("d = widgets.Dropdown(options=[('One', 1), ('Two', 2)])")
    dropdown = front.find("DropdownModel")
    assert front.models[dropdown]["_options_labels"] == ["One", "Two"]
    assert front.models[dropdown]["index"] == 0
    front.set(dropdown, index=1)
    assert front.session.run("(d.value, d.label)").result == "(2, 'Two')"
    front.run("d.options = ['a', 'b', 'c']\nd.value = 'c'")
    assert front.models[dropdown]["_options_labels"] == ["a", "b", "c"]
    assert front.models[dropdown]["index"] == 2


def test_output_takes_what_is_printed_shown_and_raised(front):
    front.run(
        "out = widgets.Output()\n"
        "with out:\n  print('hello')\n  display({'text/plain': 'shown'}, raw=True)\n  1 / 0\n"
        "print('outside')"
    )
    output = front.find("OutputModel")
    outputs = front.models[output]["outputs"]
    assert [o["output_type"] for o in outputs] == ["stream", "display_data", "error"]
    assert outputs[0]["text"] == "hello\n"
    assert outputs[2]["ename"] == "ZeroDivisionError"
    front.run("out.clear_output()")
    assert front.models[output]["outputs"] == []


def test_interact_calls_the_function_for_each_change(front):
    shown = front.run(
        "def f(lr, act='relu', flag=True):\n  print(lr, act, flag)\n  return lr * 2\n"
        "interact(f, lr=(0.0, 1.0, 0.25), act=['relu', 'tanh']);"
    )
    assert shown.text() == ""
    (box,) = front.views
    children = [front.models[c[10:]] for c in front.models[box]["children"]]
    assert [c["_model_name"] for c in children] == [
        "FloatSliderModel",
        "DropdownModel",
        "CheckboxModel",
        "OutputModel",
    ]
    output = front.find("OutputModel")
    assert front.text(output) == "0.5 relu True\n"
    assert front.models[output]["outputs"][1]["data"]["text/plain"] == "1.0"
    front.set(front.find("FloatSliderModel"), value=0.25)
    assert front.text(output) == "0.25 relu True\n"
    front.set(front.find("DropdownModel"), index=1)
    assert front.text(output) == "0.25 tanh True\n"
    front.set(front.find("CheckboxModel"), value=False)
    assert front.text(output) == "0.25 tanh False\n"


def test_an_error_in_interact_is_shown_in_its_place(front):
    front.run("interact(lambda x: 1 // x, x=(-1, 1));")
    output = front.find("OutputModel")
    assert front.models[output]["outputs"][0]["ename"] == "ZeroDivisionError"
    front.set(front.find("IntSliderModel"), value=1)
    assert front.models[output]["outputs"][0]["data"]["text/plain"] == "1"


def test_a_slider_answers_while_fit_runs(front):
    front.run("s = widgets.FloatSlider(value=0.5, max=1.0)\ns.observe(lambda c: print('moved', c.new), 'value')")
    slider = front.find("FloatSliderModel")
    cell = front.session.client.execute(
        "import numpy as np\nimport keras\n"
        "model = keras.Sequential([keras.layers.Dense(4, activation='relu'), keras.layers.Dense(1)])\n"
        "model.compile(optimizer='sgd', loss='mse')\n"
        "x = np.zeros((256, 3))\nprint('running')\n"
        "class Until(keras.callbacks.Callback):\n"
        "  def on_epoch_end(self, epoch, logs=None):\n"
        "    if s.value == 0.25: self.model.stop_training = True\n"
        "history = model.fit(x, x[:, :1], epochs=100000, batch_size=32, verbose=0, callbacks=[Until()])\n"
        "print('stopped', s.value)"
    )
    front.session.wait_for_text(cell, "running")
    started = time.monotonic()
    moved = send(
        front.session,
        "comm_msg",
        {"comm_id": slider, "data": {"method": "update", "state": {"value": 0.25}}},
    )
    messages = front.session.outputs(moved)
    assert time.monotonic() - started < 5
    assert "moved 0.25\n" in [m["content"].get("text") for m in messages]
    shown = front.session.reply(cell)
    assert shown["content"]["status"] == "ok"
    assert front.session.run("s.value").result == "0.25"


def test_a_page_that_is_loaded_again_gets_all_states(front):
    front.run("s = widgets.IntSlider(value=4)\np = widgets.Image(value=b'\\x89PNG', width='9')")
    session = front.session
    session.outputs(
        send(session, "comm_open", {"comm_id": "ctl", "target_name": "jupyter.widget.control", "data": {}})
    )
    messages = session.outputs(
        send(session, "comm_msg", {"comm_id": "ctl", "data": {"method": "request_states"}})
    )
    (reply,) = [m for m in messages if m["msg_type"] == "comm_msg"]
    data = reply["content"]["data"]
    assert data["method"] == "update_states"
    assert set(data["states"]) == set(front.models)
    slider = front.find("IntSliderModel")
    assert data["states"][slider]["model_name"] == "IntSliderModel"
    assert data["states"][slider]["state"]["value"] == 4
    assert data["buffer_paths"] == [[front.find("ImageModel"), "state", "value"]]
    assert bytes(reply["buffers"][0]) == b"\x89PNG"


def test_links_work_on_either_side(front):
    front.run(
        "a, b = widgets.IntSlider(), widgets.IntText()\nl = widgets.jslink((a, 'value'), (b, 'value'))\n"
        "c, d = widgets.IntSlider(), widgets.IntText()\nk = widgets.link((c, 'value'), (d, 'value'))\nc.value = 5"
    )
    link = front.models[front.find("LinkModel")]
    assert link["source"][0].startswith("IPY_MODEL_") and link["source"][1] == "value"
    assert front.session.run("d.value").result == "5"


def test_many_updates_become_few_and_the_last_arrives(front):
    shown = front.run("p = widgets.IntProgress(max=5000)\nfor i in range(5001): p.value = i")
    progress = front.find("IntProgressModel")
    assert front.models[progress]["value"] == 5000
    assert len([m for m in shown.messages if m["msg_type"] == "comm_msg"]) < 500


def test_wrong_values_teach(front):
    shown = front.session.run("widgets.IntSlider(value='x')")
    assert shown.reply["ename"] == "TraitError"
    assert shown.reply["evalue"] == (
        "The 'value' trait of an IntSlider instance expected an int, not the str 'x'."
    )


@pytest.mark.parametrize(
    "state", [{"value": None}, {"value": [1]}, {"value": "x"}, {"max": -5}, {"unknown": 1}, {"layout": 3}]
)
def test_what_a_broken_front_end_sends_does_no_harm(front, state):
    front.run("s = widgets.IntSlider(value=3)")
    front.set(front.find("IntSliderModel"), **state)
    assert front.session.run("s.value").result == "3"
