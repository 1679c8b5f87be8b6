"""A long session stays as small as a short one, also when its cells make objects that hold each other."""

import re
import time

CELL = """
class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        self.callback = self.visit
        self.lines = (line for line in self.children)
    def visit(self):
        return super().__repr__()

def tree(depth, parent=None):
    node = Node(parent)
    if depth:
        node.children = [tree(depth - 1, node) for _ in range(3)]
    return node

root = tree(4)
try:
    raise ValueError(root)
except ValueError as error:
    root.error = error
ring = {"root": root}
ring["self"] = ring
len(root.children)
"""

RESIDENT = """
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
import gc
print(gc.get_count()[0], resident())
"""


def run_cells(session, count):
    for _ in range(count):
        shown = session.run(CELL)
        assert shown.reply["status"] == "ok", shown.reply


def state(session):
    text = session.run(RESIDENT).text()
    tracked, resident = re.search(r"(\d+) (\d+)", text).groups()
    return int(tracked), int(resident)


def test_cells_that_make_cycles_keep_memory_flat(own_session):
    run_cells(own_session, 100)
    tracked, resident = state(own_session)
    run_cells(own_session, 900)
    tracked_later, resident_later = state(own_session)
    print(f"\ncell 100: {resident / 1e6:.1f} MB, cell 1000: {resident_later / 1e6:.1f} MB")
    # What is not collected yet may differ between the two moments: a cell makes some 1,500 objects,
    # and 25,000 of them are collected at the end of one.
    assert tracked_later < tracked + 60_000
    assert resident_later - resident < 25_000_000


def test_reset_frees_what_the_session_held(own_session):
    own_session.run("%reset -f")
    tracked, _ = state(own_session)
    run_cells(own_session, 20)
    own_session.run("%reset -f")
    tracked_later, _ = state(own_session)
    assert tracked_later <= tracked + 50


def test_a_loop_that_makes_cycles_stays_small_and_can_be_interrupted(own_session):
    own_session.run(CELL)
    cell = own_session.client.execute("print('begins')\nwhile True:\n    tree(5)")
    own_session.wait_for_text(cell, "begins")
    # Long enough for some ten thousand trees of 1,500 objects in a release build.
    time.sleep(3)
    own_session.manager.interrupt_kernel()
    shown = own_session.finish(cell)
    assert shown.reply["ename"] == "KeyboardInterrupt"
    _, resident = state(own_session)
    assert resident < 500_000_000


def test_memory_command_shows_what_the_session_takes(own_session):
    own_session.run(CELL)
    text = own_session.run("%memory -c").text()
    assert re.search(r"process +[\d.]+ [MG]B resident", text)
    assert re.search(r"objects +[\d,]+ that can hold others; [\d,]+ freed in \d+ collections?", text)
