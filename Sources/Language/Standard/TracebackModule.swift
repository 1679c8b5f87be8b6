import Syntax

/// The module `traceback`: reports of errors as text.
enum TracebackModule {
  static let table = ModuleTable(
    "traceback", doc: "Reports of errors as text.",
    entries: (rows + TracebackFrames.rows).map { .function($0) }
      + [.type(TracebackFrames.summary), .type(TracebackFrames.list)])

  private static func report(_ exception: ExceptionObject?, _ machine: Machine) -> String {
    guard let exception else { return "NoneType: None\n" }
    return ErrorReport(machine).lines(exception, hints: false).joined(separator: "\n") + "\n"
  }

  /// The error of arguments `exc` or `type, value, tb`; without them the one being handled.
  private static func exception(_ a: Arguments, _ first: Int) -> ExceptionObject? {
    for index in first..<a.count { if let found = a[index].asException { return found } }
    return nil
  }

  static func write(_ text: String, _ file: Value, _ machine: Machine) throws(Raise) {
    if file.isNone {
      if let target = machine.redirections[1] {
        _ = try machine.call(machine.attribute(target, "write"), [.string(text)])
      } else {
        machine.host?.write(text, toError: true)
      }
      return
    }
    _ = try machine.call(machine.attribute(file, "write"), [.string(text)])
  }

  /// `ValueError: text`, and the notes below it.
  private static func lastLines(_ exception: ExceptionObject, _ machine: Machine) -> [Value] {
    let message = machine.message(of: exception)
    let module = exception.type.module
    let name =
      module == "builtins" || module == "__main__"
      ? exception.type.name : "\(module).\(exception.type.name)"
    return ([message.isEmpty ? name : "\(name): \(message)"] + exception.notes).map {
      .string($0 + "\n")
    }
  }

  private static let rows: [Native] = [
    Native("format_exc(limit=None, chain=True)", "The report of the error being handled.",
      example: "import traceback\ntry:\n  1 / 0\nexcept ZeroDivisionError:\n  print(traceback.format_exc())"
    ) { a in .string(report(a.machine.handled.last, a.machine)) },
    Native("print_exc(limit=None, file=None, chain=True)", "Writes that report to stderr.",
      example: "import traceback\ntry:\n  1 / 0\nexcept ZeroDivisionError:\n  traceback.print_exc()"
    ) { a in
      try write(report(a.machine.handled.last, a.machine), a[1], a.machine)
      return .none
    },
    Native("format_exception(exc, /, value=None, tb=None, limit=None, chain=True)",
      "The report of an error, line by line.",
      example: "import traceback\ntraceback.format_exception(ValueError('x'))"
    ) { a in
      guard let exception = exception(a, 0) else { return .list([.string("NoneType: None\n")]) }
      return .list(
        ErrorReport(a.machine).lines(exception, hints: false).reduce(into: [String]()) {
          // A frame and its source are one item, as in the original.
          if $1.hasPrefix("    "), !$0.isEmpty { $0[$0.count - 1] += $1 + "\n" } else { $0.append($1 + "\n") }
        }.map { .string($0) })
    },
    Native("print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True)",
      "Writes the report of an error.",
      example: "import traceback\ntraceback.print_exception(ValueError('x'))"
    ) { a in
      try write(report(exception(a, 0), a.machine), a[4], a.machine)
      return .none
    },
    Native("format_exception_only(exc, /, value=None)", "The last lines of the report of an error.",
      example: "import traceback\ntraceback.format_exception_only(ValueError('x'))"
    ) { a in
      .list(exception(a, 0).map { lastLines($0, a.machine) } ?? [.string("NoneType: None\n")])
    },
    Native("print_stack(f=None, limit=None, file=None)", "Writes where the program stands.",
      example: "import traceback\ntraceback.print_stack()"
    ) { a in
      let text = a.machine.places.map { frame($0.source, $0.span, $0.function) }.joined()
      try write(text, a[2], a.machine)
      return .none
    },
    Native("format_stack(f=None, limit=None)", "Where the program stands.",
      example: "import traceback\ntraceback.format_stack()"
    ) { a in
      .list(a.machine.places.map { .string(frame($0.source, $0.span, $0.function)) })
    },
  ]

  private static func frame(_ source: Source, _ span: Span, _ function: String) -> String {
    let line = source.position(of: Int(span.start)).line
    let text = source.line(line).trimmingSpaces()
    return "  File \"\(source.name)\", line \(line), in \(function)\n"
      + (text.isEmpty ? "" : "    \(text)\n")
  }
}
