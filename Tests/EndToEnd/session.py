"""A client of one kernel, with the steps that the tests are written in."""

import time

from jupyter_client.manager import KernelManager

TIMEOUT = 15


class Session:
    """A kernel process and a client that is connected to it."""

    def __init__(self, kernel_name, **options):
        self.manager = KernelManager(kernel_name=kernel_name, **options)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def iopub(self, message_id, timeout=TIMEOUT):
        """The next message on iopub that answers this request."""
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == message_id:
                return message

    def outputs(self, message_id, timeout=TIMEOUT):
        """All messages on iopub for this request, up to its idle."""
        messages = []
        while True:
            message = self.iopub(message_id, timeout)
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                return messages

    def reply(self, message_id, timeout=TIMEOUT):
        """The reply to this request on shell."""
        while True:
            message = self.client.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == message_id:
                return message

    def run(self, code, **options):
        """Runs a cell to its end: what it showed."""
        return self.finish(self.client.execute(code, **options))

    def finish(self, message_id, timeout=TIMEOUT):
        """Waits for the end of a cell: what it showed."""
        messages = self.outputs(message_id, timeout)
        return Shown(messages, self.reply(message_id))

    def wait_for_text(self, message_id, text, timeout=TIMEOUT):
        """Waits until a cell has printed `text`: it is running then."""
        seen = ""
        while text not in seen:
            message = self.iopub(message_id, timeout)
            if message["msg_type"] == "stream":
                seen += message["content"]["text"]

    def wait_for_end(self, seconds):
        """The seconds until the process has ended; fails if it does not in time."""
        start = time.monotonic()
        while self.manager.provisioner.process.poll() is None:
            assert time.monotonic() - start < seconds, "the kernel does not end"
            time.sleep(0.01)
        return time.monotonic() - start


class Shown:
    """What a cell showed, and its reply."""

    def __init__(self, messages, reply):
        self.messages = messages
        self.types = [message["msg_type"] for message in messages]
        self.message = reply
        self.reply = reply["content"]

    def all(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    def text(self, name="stdout"):
        return "".join(c["text"] for c in self.all("stream") if c["name"] == name)

    @property
    def result(self):
        """The text of the value of the cell."""
        results = self.all("execute_result")
        return results[0]["data"]["text/plain"] if results else None
