/// The frames of a traceback as `traceback.extract_tb` lists them.
enum TracebackFrames {
  /// A frame: file, line number, name of the function, text of the line.
  static let summary = TypeTable(
    "FrameSummary", module: "traceback", doc: "A frame of a traceback.",
    methods: [
      Native("__init__(self, filename, lineno, name, *, line=None)", "The parts of a frame.") { a in
        for (index, name) in fields.enumerated() { a[0].asInstance?.setOwn(name, a[index + 1]) }
        return .none
      },
      Native("__iter__(self)", "File, line number, name and line.") { a in
        try a.machine.iterator(.tuple(parts(a[0])))
      },
      Native("__len__(self)", "How many parts there are.") { a in .int(fields.count) },
      Native("__getitem__(self, index)", "A part by its place.") { a in
        try a.machine.item(.tuple(parts(a[0])), a[1])
      },
      Native("__eq__(self, other)", "Whether all parts are equal.") { a in
        let other = a[1].asTuple.map(\.items) ?? parts(a[1])
        return .bool(try a.machine.equals(.tuple(parts(a[0])), .tuple(other)))
      },
      Native("__repr__(self)", "Where the frame is.") { a in
        let parts = parts(a[0])
        return .string(
          "<FrameSummary file \(try a.machine.text(of: parts[0])), line "
            + "\(try a.machine.text(of: parts[1])) in \(try a.machine.text(of: parts[2]))>")
      },
    ])

  /// What `extract_tb` gives: a list that can print itself.
  static let list = TypeTable(
    "StackSummary", module: "traceback", doc: "The frames of a traceback.", baseName: "list",
    methods: [
      Native("format(self)", "The frames as text.") { a in
        .list((a[0].asList?.items ?? []).map { .string(text($0)) })
      }
    ])

  private static let fields = ["filename", "lineno", "name", "line"]

  private static func parts(_ value: Value) -> [Value] {
    fields.map { value.asInstance?.own($0) ?? .none }
  }

  /// The frames behind a traceback object, the outermost first; of a frame object, only itself.
  private static func frames(_ value: Value, _ machine: Machine) -> [Value] {
    var result: [Value] = []
    var next = value
    while let traceback = next.asInstance, let frame = traceback.own("tb_frame")?.asInstance,
      let code = frame.own("f_code")?.asInstance
    {
      let summary = Instance(machine.type(summary))
      summary.setOwn("filename", code.own("co_filename") ?? .none)
      summary.setOwn("lineno", traceback.own("tb_lineno") ?? .none)
      summary.setOwn("name", code.own("co_name") ?? .none)
      let line = traceback.own(Machine.sourceLine)?.swiftString ?? ""
      summary.setOwn("line", .string(line.trimmingSpaces()))
      result.append(.object(summary))
      next = traceback.own("tb_next") ?? .none
    }
    return result
  }

  private static func text(_ frame: Value) -> String {
    let parts = parts(frame)
    let line = parts[3].swiftString ?? ""
    return "  File \"\(parts[0].swiftString ?? "")\", line \(parts[1].asInt ?? 0), in "
      + "\(parts[2].swiftString ?? "")\n" + (line.isEmpty ? "" : "    \(line)\n")
  }

  /// The first frames, or with a negative limit the last ones.
  private static func limited(_ frames: [Value], _ a: Arguments) throws(Raise) -> [Value] {
    guard let limit = try a.optionalInt(1) else { return frames }
    return limit >= 0 ? Array(frames.prefix(limit)) : Array(frames.suffix(limit == Int.min ? 0 : -limit))
  }

  static let rows: [Native] = [
    Native("extract_tb(tb, limit=None)", "The frames of a traceback.",
      example: "import traceback\ntraceback.extract_tb(None)"
    ) { a in
      let found = try limited(frames(a[0], a.machine), a)
      return .list(found)
    },
    Native("format_tb(tb, limit=None)", "The frames of a traceback as text.",
      example: "import traceback\ntraceback.format_tb(None)"
    ) { a in .list(try limited(frames(a[0], a.machine), a).map { .string(text($0)) }) },
    Native("format_list(extracted_list)", "Frames as text.",
      example: "import traceback\ntraceback.format_list([])"
    ) { a in .list(try a.machine.array(a[0]).map { .string(text($0)) }) },
    Native("print_tb(tb, limit=None, file=None)", "Writes the frames of a traceback.") { a in
      let lines = try limited(frames(a[0], a.machine), a).map(text).joined()
      try TracebackModule.write(
        lines, a[2], a.machine)
      return .none
    },
    Native("walk_tb(tb)", "The frames of a traceback with their line numbers.") { a in
      var pairs: [Value] = []
      var next = a[0]
      while let traceback = next.asInstance, let frame = traceback.own("tb_frame") {
        pairs.append(.tuple([frame, traceback.own("tb_lineno") ?? .none]))
        next = traceback.own("tb_next") ?? .none
      }
      return try a.machine.iterator(.list(pairs))
    },
  ]
}
