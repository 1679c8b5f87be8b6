import Display
import Glibc
import JSONCoding
import Language

/// What an `Output` widget shows, and how output of the program gets there.
///
/// ipywidgets names the messages of a request to the front end, which then collects their outputs.
/// That works only where there is such a front end, and for one widget and one request at a time. Here
/// the outputs are collected on this side and are a part of the widget's state: every client, and a
/// notebook that is run without any, has them. While a program writes, the state leaves at most
/// twenty times a second.
final class OutputCapture: WidgetPart, OutputCollector {
  private var outputs: [(output: JSON.Object, id: String?)] = []
  private var clearsWithNext = false
  private weak var widget: WidgetObject?
  private weak var machine: Machine?
  private var depth = 0
  private var lastPush = -Double.infinity
  private var isDirty = false

  private static let interval = 0.05
  /// A stream keeps so many bytes, the newest.
  private static let longestStream = 1 << 20

  // MARK: - The context

  func begin(_ widget: WidgetObject, _ machine: Machine) {
    // In a terminal there is nobody who shows widgets: output goes where it always goes.
    guard machine.commPort != nil, let port = machine.displayPort else { return }
    self.widget = widget
    self.machine = machine
    depth += 1
    port.push(self)
  }

  /// - Returns: whether the error was shown and is done with. An interrupt is not.
  func end(_ widget: WidgetObject, error: ExceptionObject?, _ machine: Machine) -> Bool {
    guard depth > 0 else { return false }
    depth -= 1
    machine.displayPort?.pop()
    defer { push(force: true) }
    guard let error, error.type.isSubclass(of: machine.types.exception(.exception)) else {
      return false
    }
    let report = ErrorReport(machine, style: .init(color: true)).lines(error)
    add(
      [
        "output_type": "error", "ename": .string(error.type.name),
        "evalue": .string(machine.message(of: error)),
        "traceback": .array(report.map { .string($0) }),
      ], id: nil)
    return true
  }

  // MARK: - By hand

  func append(_ text: String, _ name: String, _ widget: WidgetObject, _ machine: Machine) {
    (self.widget, self.machine) = (widget, machine)
    write(text, toError: name == "stderr")
    push(force: true)
  }

  func append(_ bundle: MIMEBundle, id: String?, _ widget: WidgetObject, _ machine: Machine) {
    (self.widget, self.machine) = (widget, machine)
    show(bundle, id: id)
    push(force: true)
  }

  func clear(wait: Bool, _ widget: WidgetObject, _ machine: Machine) {
    (self.widget, self.machine) = (widget, machine)
    clear(wait: wait)
    push(force: true)
  }

  // MARK: - OutputCollector

  func write(_ text: String, toError: Bool) {
    if text.isEmpty { return }
    let name = JSON.string(toError ? "stderr" : "stdout")
    if !clearsWithNext, var last = outputs.last?.output, last["output_type"] == "stream",
      last["name"] == name, let before = last["text"]?.string
    {
      outputs.removeLast()
      var joined = before + text
      if joined.utf8.count > Self.longestStream {
        joined = String(
          decoding: joined.utf8.suffix(Self.longestStream).drop { $0 & 0xC0 == 0x80 },
          as: UTF8.self)
      }
      last["text"] = .string(joined)
      add(last, id: nil)
    } else {
      add(["output_type": "stream", "name": name, "text": .string(text)], id: nil)
    }
  }

  func show(_ bundle: MIMEBundle, id: String?) {
    add(
      [
        "output_type": "display_data", "data": .object(bundle.data),
        "metadata": .object(bundle.metadata),
      ], id: id)
  }

  func update(_ bundle: MIMEBundle, id: String) -> Bool {
    var isFound = false
    for place in outputs.indices where outputs[place].id == id {
      outputs[place].output["data"] = .object(bundle.data)
      outputs[place].output["metadata"] = .object(bundle.metadata)
      isFound = true
    }
    if isFound {
      isDirty = true
      push(force: false)
    }
    return isFound
  }

  func clear(wait: Bool) {
    if wait {
      clearsWithNext = true
    } else {
      outputs = []
      isDirty = true
      push(force: false)
    }
  }

  private func add(_ output: JSON.Object, id: String?) {
    if clearsWithNext {
      outputs = []
      clearsWithNext = false
    }
    outputs.append((output, id))
    isDirty = true
    push(force: false)
  }

  /// Brings the widget's state up to date.
  private func push(force: Bool) {
    guard isDirty, let widget, let machine else { return }
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    guard force || now - lastPush >= Self.interval else { return }
    lastPush = now
    isDirty = false
    widget.setOwn("outputs", .tuple(outputs.map { JSONValue.value(.object($0.output)) }))
    widget.update(["outputs"], machine)
  }
}
