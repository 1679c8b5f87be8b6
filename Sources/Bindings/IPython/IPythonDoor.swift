import Display
import JSONCoding
import Language

/// `IPython.display`: showing, updating and clearing rich output.
enum IPythonDoor {
  static let tables: [ModuleTable] = [
    ModuleTable(
      "IPython", doc: "The display part of IPython.",
      entries: [
        .function(Native("get_ipython()", "The shell: there is none here, so None.") { _ in .none })
      ]),
    ModuleTable(
      "IPython.display", doc: "Rich output.", aliases: ["IPython.core.display"],
      entries: [
        .function(display), .function(updateDisplay), .function(clearOutput),
        .type(DisplayObjects.html), .type(DisplayObjects.markdown), .type(DisplayObjects.latex),
        .type(DisplayObjects.math), .type(DisplayObjects.svg), .type(DisplayObjects.json),
        .type(DisplayObjects.image), .type(DisplayObjects.pretty), .type(DisplayObjects.code),
        .type(DisplayObjects.handle),
      ]),
  ]

  static let display = Native(
    "display(*objs, display_id=None, raw=False, metadata=None, update=False, clear=False, "
      + "include=None, exclude=None, transient=None)",
    "Shows objects. With display_id=True (or a name) gives a handle that can update the output; "
      + "with raw=True the objects are dictionaries of MIME types.",
    example: "display('text')"
  ) { a in
    let machine = a.machine
    guard let port = machine.displayPort else {
      throw Raise(.runtimeError, "display() needs a notebook or a terminal")
    }
    var id: String?
    if case .bool(let flag) = a[1] {
      if flag { id = machine.newDisplayID() }
    } else if !a[1].isNone {
      id = try machine.text(of: a[1])
    }
    let update = try a.bool(4)
    if update, id == nil { throw Raise(.typeError, "display_id required for update_display") }
    if try a.bool(5) { port.clear(wait: true) }
    for value in try a.items(0) {
      var bundle: MIMEBundle
      if try a.bool(2) {
        guard case .object(let data) = try JSONConversion.json(value, machine) else {
          throw Raise(
            .typeError, "display(raw=True) takes dictionaries of MIME types, "
              + "got \(machine.typeName(value))")
        }
        bundle = MIMEBundle(data: data)
      } else {
        bundle = try Presenter(machine).bundle(value)
      }
      if case .object(let metadata) = try JSONConversion.json(a[3], machine) {
        for key in metadata.keys { bundle.metadata[key] = metadata[key] }
      }
      bundle = try restricted(bundle, include: a[6], exclude: a[7], machine)
      if update, let id { port.update(bundle, id: id) } else { port.show(bundle, id: id) }
    }
    guard let id, !update else { return .none }
    let handle = DisplayHandle(machine.type(DisplayObjects.handle))
    handle.displayID = id
    return .object(handle)
  }

  private static func restricted(
    _ bundle: MIMEBundle, include: Value, exclude: Value, _ machine: Machine
  ) throws -> MIMEBundle {
    func words(_ value: Value) throws -> Set<String>? {
      value.isNone ? nil : Set(try machine.array(value).compactMap(\.swiftString))
    }
    var result = bundle
    if let kept = try words(include) {
      for key in bundle.data.keys where !kept.contains(key) { result.data[key] = nil }
    }
    if let dropped = try words(exclude) {
      for key in bundle.data.keys where dropped.contains(key) { result.data[key] = nil }
    }
    return result
  }

  static let updateDisplay = Native(
    "update_display(obj, *, display_id, **kwargs)", "Shows an object in the place of an earlier one."
  ) { a in
    guard let port = a.machine.displayPort else {
      throw Raise(.runtimeError, "update_display() needs a notebook or a terminal")
    }
    port.update(try Presenter(a.machine).bundle(a[0]), id: try a.machine.text(of: a[1]))
    return .none
  }

  static let clearOutput = Native(
    "clear_output(wait=False)",
    "Takes away what the cell has shown; with wait=True, once the next output comes."
  ) { a in
    a.machine.displayPort?.clear(wait: try a.bool(0))
    return .none
  }
}
