/// The module `csv`: rows of fields in text files.
enum CSVModule {
  static let table = ModuleTable(
    "csv", doc: "Rows of fields in text files.",
    entries: rows.map { .function($0) } + [
      .type(dictReader), .type(dictWriter),
      .value(name: "Error", doc: "A text or a row that does not fit.") { machine in
        .object(machine.type(error))
      },
    ] + ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE"].enumerated().map {
      number, name in
      .value(name: name, doc: "When fields are quoted.") { _ in .int(number) }
    })

  private static let error = TypeTable(
    "Error", module: "_csv", doc: "A text or a row that does not fit.", baseName: "Exception",
    showsModule: true)

  static func failure(_ text: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(error))
    exception.arguments = [.string(text)]
    return Raise(exception)
  }

  // MARK: - Reading

  private final class Reader: Instance {
    var lines: Value = .none
    var scanner: CSVScanner?
    var lineCount = 0
    override func visit(_ visitor: ReferenceVisitor) {
      visitor.visit(lines)
      super.visit(visitor)
    }

    /// The next row; nil at the end.
    func next(_ machine: Machine) throws(Raise) -> Value? {
      guard scanner != nil else { return nil }
      while true {
        let line = try machine.next(lines)
        if line.isUndefined {
          if scanner?.isOpen == true {
            if scanner?.dialect.strict == true {
              throw failure("unexpected end of data", machine)
            }
            return try scanner?.row(machine, atEnd: true)
          }
          return nil
        }
        guard let text = line.swiftString else {
          throw failure(
            "iterator should return strings, not \(machine.typeName(line)) (the file should be "
              + "opened in text mode)", machine)
        }
        lineCount += 1
        if try scanner?.feed(text, machine) == true { return try scanner?.row(machine) }
      }
    }
  }

  private static func makeReader(
    _ source: Value, _ dialect: Value, _ keywords: [(name: String, value: Value)],
    _ machine: Machine
  ) throws(Raise) -> Reader {
    let reader = Reader(machine.type(readerType))
    reader.scanner = CSVScanner(try CSVDialect(dialect, keywords, machine))
    reader.lines = try machine.iterator(source)
    return reader
  }

  private static let readerType = TypeTable(
    "reader", module: "_csv", doc: "Rows from lines of text.", isSubclassable: false,
    showsModule: true,
    properties: [
      NativeProperty("line_num", "How many lines were read.") { value, _ in
        .int((value.asInstance as? Reader)?.lineCount ?? 0)
      }
    ],
    methods: [
      Native("__iter__(self)", "The reader itself.") { a in a[0] },
      Native("__next__(self)", "The next row.") { a in
        let reader: Reader = try a.receiver()
        guard let row = try reader.next(a.machine) else {
          throw Raise(.stopIteration, arguments: [])
        }
        return row
      },
    ])

  // MARK: - Writing

  private final class Writer: Instance {
    var dialect: CSVDialect?
    var write: Value = .none
    override func visit(_ visitor: ReferenceVisitor) {
      visitor.visit(write)
      super.visit(visitor)
    }

    func add(_ row: Value, _ machine: Machine) throws(Raise) -> Value {
      guard let dialect else { return .none }
      guard try machine.isIterable(row) else {
        throw failure("iterable expected, not \(machine.typeName(row))", machine)
      }
      var fields: [(text: String, isNumber: Bool)] = []
      for item in try machine.array(row) {
        let isNumber = item.asDouble != nil
        fields.append((item.isNone ? "" : try machine.text(of: item), isNumber))
      }
      return try machine.call(write, [.string(try dialect.line(fields, machine))])
    }
  }

  private static func makeWriter(
    _ target: Value, _ dialect: Value, _ keywords: [(name: String, value: Value)],
    _ machine: Machine
  ) throws(Raise) -> Writer {
    let writer = Writer(machine.type(writerType))
    writer.dialect = try CSVDialect(dialect, keywords, machine)
    guard let write = try machine.optionalAttribute(target, "write") else {
      throw Raise(.typeError, "argument 1 must have a \"write\" method")
    }
    writer.write = write
    return writer
  }

  private static let writerType = TypeTable(
    "writer", module: "_csv", doc: "Rows to lines of text.", isSubclassable: false,
    showsModule: true,
    methods: [
      Native("writerow(self, row, /)", "Writes one row.") { a in
        let writer: Writer = try a.receiver()
        return try writer.add(a[1], a.machine)
      },
      Native("writerows(self, rows, /)", "Writes several rows.") { a in
        let writer: Writer = try a.receiver()
        let machine = a.machine
        try machine.iterate(a[1]) { (row) throws(Raise) in _ = try writer.add(row, machine) }
        return .none
      },
    ])

  private static let rows: [Native] = [
    Native("reader(csvfile, dialect='excel', /, **fmtparams)", "Rows from a file or lines of text.",
      example: "list(csv.reader(['a,b', '1,2']))"
    ) { a in .object(try makeReader(a[0], a[1], a.keywords(2), a.machine)) },
    Native("writer(csvfile, dialect='excel', /, **fmtparams)", "Writes rows to a file.",
      example: "csv.writer(io.StringIO())"
    ) { a in .object(try makeWriter(a[0], a[1], a.keywords(2), a.machine)) },
    Native("field_size_limit(new_limit=131072, /)", "The greatest size of a field.") { _ in
      .int(131_072)
    },
    Native("list_dialects()", "The names of the dialects.", example: "csv.list_dialects()") { _ in
      .list([.string("excel"), .string("excel-tab"), .string("unix")])
    },
  ]

  // MARK: - Rows as dictionaries

  private static let dictReader = TypeTable(
    "DictReader", module: "csv", doc: "Rows as dictionaries, named by the first line.",
    properties: [
      NativeProperty(
        "fieldnames", "The names of the columns.", get: { value, machine in try names(value, machine) },
        set: { value, new, _ in value.asInstance?.setOwn("_fieldnames", new) }),
      NativeProperty("line_num", "How many lines were read.") { value, _ in
        .int((value.asInstance?.own("reader")?.asInstance as? Reader)?.lineCount ?? 0)
      },
    ],
    methods: [
      Native(
        "__init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', **kwds)",
        "Reads rows of a file or of lines."
      ) { a in
        guard let own = a[0].asInstance else { return .none }
        own.setOwn("_fieldnames", a[2].isNone ? .none : .list(try a.machine.array(a[2])))
        own.setOwn("restkey", a[3])
        own.setOwn("restval", a[4])
        own.setOwn("reader", .object(try makeReader(a[1], a[5], a.keywords(6), a.machine)))
        return .none
      },
      Native("__iter__(self)", "The reader itself.") { a in a[0] },
      Native("__next__(self)", "The next row as a dictionary.") { a in
        let machine = a.machine
        guard let own = a[0].asInstance, let reader = own.own("reader")?.asInstance as? Reader
        else { return .none }
        let names = try names(a[0], machine)
        guard !names.isNone else { throw Raise(.stopIteration, arguments: []) }
        var found = try reader.next(machine)
        // Empty lines are no rows.
        while let row = found?.asList, row.count == 0 { found = try reader.next(machine) }
        guard let row = found?.asList else { throw Raise(.stopIteration, arguments: []) }
        let keys = try machine.array(names)
        let result = DictObject(capacity: keys.count)
        for (index, key) in keys.enumerated() {
          try result.set(
            key, index < row.count ? row[index] : own.own("restval") ?? .none, machine)
        }
        if row.count > keys.count {
          try result.set(
            own.own("restkey") ?? .none, .list(Array(row.items[keys.count...])), machine)
        }
        return .object(result)
      },
    ])

  /// The names of the columns: given, or those of the first row.
  private static func names(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    guard let own = value.asInstance else { return .none }
    if let known = own.own("_fieldnames"), !known.isNone { return known }
    guard let row = try (own.own("reader")?.asInstance as? Reader)?.next(machine) else {
      return .none
    }
    own.setOwn("_fieldnames", row)
    return row
  }

  private static let dictWriter = TypeTable(
    "DictWriter", module: "csv", doc: "Writes dictionaries as rows.",
    methods: [
      Native(
        "__init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', **kwds)",
        "Writes rows to a file."
      ) { a in
        guard let own = a[0].asInstance else { return .none }
        let action = try a.string(4)
        guard action.lowercased() == "raise" || action.lowercased() == "ignore" else {
          throw Raise(
            .valueError,
            "extrasaction (\(action)) must be 'raise' or 'ignore'")
        }
        own.setOwn("fieldnames", a[2])
        own.setOwn("restval", a[3])
        own.setOwn("extrasaction", .string(action.lowercased()))
        own.setOwn("writer", .object(try makeWriter(a[1], a[5], a.keywords(6), a.machine)))
        return .none
      },
      Native("writeheader(self)", "Writes the names of the columns.") { a in
        guard let own = a[0].asInstance, let writer = own.own("writer")?.asInstance as? Writer
        else { return .none }
        return try writer.add(own.own("fieldnames") ?? .none, a.machine)
      },
      Native("writerow(self, rowdict)", "Writes a dictionary as a row.") { a in
        try add(a[0], a[1], a.machine)
      },
      Native("writerows(self, rowdicts)", "Writes several dictionaries.") { a in
        let machine = a.machine
        let own = a[0]
        try machine.iterate(a[1]) { (row) throws(Raise) in _ = try add(own, row, machine) }
        return .none
      },
    ])

  private static func add(_ own: Value, _ row: Value, _ machine: Machine) throws(Raise) -> Value {
    guard let own = own.asInstance, let writer = own.own("writer")?.asInstance as? Writer,
      let names = own.own("fieldnames")
    else { return .none }
    let keys = try machine.array(names)
    if own.own("extrasaction")?.swiftString == "raise" {
      var wrong: [String] = []
      for key in try machine.array(row) where try !machine.contains(key, in: .list(keys)) {
        wrong.append(try machine.repr(key))
      }
      if !wrong.isEmpty {
        throw Raise(
          .valueError, "dict contains fields not in fieldnames: \(wrong.joined(separator: ", "))")
      }
    }
    var fields: [Value] = []
    let get = try machine.attribute(row, "get")
    for key in keys { fields.append(try machine.call(get, [key, own.own("restval") ?? .none])) }
    return try writer.add(.list(fields), machine)
  }
}
