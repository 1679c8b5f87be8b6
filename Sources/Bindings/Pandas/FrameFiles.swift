import Frames
import Language

/// Files of tables: CSV and JSON, and tables as dictionaries.
enum FrameFiles {
  // MARK: - Writing

  static func writeCSV(_ frame: DataFrame, _ a: Arguments) throws -> Value {
    var own = frame
    var hasHeader = true
    if a["header"].asList != nil {
      own.labels = try a.machine.labels(a["header"])
    } else {
      hasHeader = try a.bool("header")
    }
    var labels: [String]?
    if a.isSet("index_label") {
      labels = try a["index_label"].swiftString.map { [$0] } ?? a.machine.array(a["index_label"]).compactMap(\.swiftString)
    }
    let text = try TableWriting.csv(
      own, separator: a.text("sep") ?? ",", index: a.bool("index"), header: hasHeader,
      missing: a.text("na_rep") ?? "", indexLabel: labels, quotesAll: a["quoting"].asInt == 1, quotesTexts: a["quoting"].asInt == 2,
      floatFormat: a.isSet("float_format") ? PandasFormat.float(a["float_format"], a.machine) : nil,
      dateFormat: a["date_format"].swiftString)
    return try write(text, a["path_or_buf"], a.machine, append: a["mode"].swiftString == "a")
  }

  /// A text to a file, to an open one, or back to the caller.
  static func write(_ text: String, _ target: Value, _ machine: Machine, append: Bool = false) throws -> Value {
    if target.isNone || !target.isGiven { return .string(text) }
    if target.swiftString == nil, let write = try machine.optionalAttribute(target, "write") {
      _ = try machine.call(write, [.string(text)])
      return .none
    }
    guard let open = machine.builtin("open") else { return .none }
    let file = try machine.call(open, [target, .string(append ? "a" : "w")])
    _ = try machine.call(machine.attribute(file, "write"), [.string(text)])
    _ = try machine.call(machine.attribute(file, "close"))
    return .none
  }

  static func dictionary(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    func row(_ row: Int) throws -> Value {
      let dict = DictObject()
      for place in 0..<own.columnCount { try dict.set(machine.value(own.labels[place]), machine.value(own.columns[place][row]), machine) }
      return .object(dict)
    }
    switch try a.text("orient") ?? "dict" {
    case "records": return .list(try (0..<own.rowCount).map(row))
    case "list":
      let dict = DictObject()
      for place in 0..<own.columnCount {
        try dict.set(machine.value(own.labels[place]), .list(own.columns[place].cells.map { machine.value($0) }), machine)
      }
      return .object(dict)
    case "series":
      let dict = DictObject()
      for place in 0..<own.columnCount { try dict.set(machine.value(own.labels[place]), machine.value(own.series(at: place)), machine) }
      return .object(dict)
    case "index":
      let dict = DictObject()
      for place in 0..<own.rowCount { try dict.set(machine.value(own.index[place]), row(place), machine) }
      return .object(dict)
    case "split", "tight":
      let dict = DictObject()
      dict["index"] = .list(own.index.cells.map { machine.value($0) })
      dict["columns"] = .list(own.labels.cells.map { machine.value($0) })
      dict["data"] = .list((0..<own.rowCount).map { row in .list(own.columns.map { machine.value($0[row]) }) })
      return .object(dict)
    case "dict":
      let dict = DictObject()
      for place in 0..<own.columnCount {
        let inner = DictObject()
        for row in 0..<own.rowCount { try inner.set(machine.value(own.index[row]), machine.value(own.columns[place][row]), machine) }
        try dict.set(machine.value(own.labels[place]), .object(inner), machine)
      }
      return .object(dict)
    case let orient: throw Raise(.valueError, "orient '\(orient)' not understood")
    }
  }

  // MARK: - Reading

  /// The text of an open file; nil for a path.
  private static func text(_ source: Value, _ machine: Machine) throws -> String? {
    guard source.swiftString == nil, let read = try machine.optionalAttribute(source, "read") else { return nil }
    let content = try machine.call(read)
    if let text = content.swiftString { return text }
    return try machine.text(of: machine.call(machine.attribute(content, "decode")))
  }

  private static func path(_ value: Value, _ machine: Machine) throws -> String {
    let path = try value.swiftString ?? machine.text(of: value)
    if path.hasPrefix("http://") || path.hasPrefix("https://") {
      throw Raise(.osError, "the kernel reads no addresses of the network: download the file, then read it by its path")
    }
    return path
  }

  static func readCSV(_ a: Arguments, separator standard: String = ",") throws -> Value {
    let machine = a.machine
    var separator = try a.text("sep") ?? a.text("delimiter") ?? standard
    var source = try text(a[0], machine)
    if separator.unicodeScalars.count > 1 || separator == " " {
      // Blanks, or a pattern: the fields of each line by the language's expressions.
      let content = try source ?? machine.text(of: machine.call(machine.attribute(machine.call(machine.builtin("open") ?? .none, [a[0]]), "read")))
      if separator != " " {
        let sub = try machine.attribute(machine.importModule("re", first: false), "sub")
        let lines = try content.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
          let trimmed = separator == "\\s+" ? String(line).trimmed : String(line)
          return try machine.call(sub, [.string(separator), .string("\u{1F}"), .string(trimmed)]).swiftString ?? ""
        }
        source = lines.joined(separator: "\n")
        separator = "\u{1F}"
      } else {
        source = content
      }
    }
    guard let byte = separator.utf8.first, separator.utf8.count == 1 else {
      throw Raise(.valueError, "read_csv(): sep must be one character or a pattern, got '\(separator)'")
    }
    if let mark = try a.text("comment"), !mark.isEmpty {
      let content = try source ?? machine.text(of: machine.call(machine.attribute(machine.call(machine.builtin("open") ?? .none, [a[0]]), "read")))
      source = content.split(separator: "\n", omittingEmptySubsequences: false)
        .map { line in line.firstRange(of: mark).map { String(line[..<$0.lowerBound]) } ?? String(line) }
        .joined(separator: "\n")
    }
    var options = CSVOptions(separator: byte)
    let header = a["header"]
    if header.isNone { options.header = .none } else if let row = header.asInt { options.header = .row(row) }
    var labels: Labels?
    if a.isSet("names") {
      labels = try machine.labels(a["names"])
      options.names = labels?.cells.map(\.shown)
      if header.swiftString != nil { options.header = .infer }
    }
    options.skipRows = a["skiprows"].asInt ?? 0
    if let list = a["skiprows"].asList ?? nil, source == nil || !list.items.isEmpty {
      let gone = Set(list.items.compactMap(\.asInt))
      let content = try source ?? machine.text(of: machine.call(machine.attribute(machine.call(machine.builtin("open") ?? .none, [a[0]]), "read")))
      source = content.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { !gone.contains($0.offset) }.map(\.element).joined(separator: "\n")
    }
    options.maxRows = try a.int("nrows")
    options.skipsLongRows = a["on_bad_lines"].swiftString == "skip" || a["on_bad_lines"].swiftString == "warn"
    options.findsRowLabels = !a.isSet("index_col")
    if a.isSet("na_values"), a["na_values"].asDict == nil {
      let given = try a["na_values"].swiftString.map { [Value.string($0)] } ?? machine.array(a["na_values"])
      options.missingTexts = try given.map { try machine.text(of: $0) }
    }
    options.usesDefaultMissingTexts = a["keep_default_na"].isGiven ? try a.bool("keep_default_na") : true
    var types: [(Frames.Cell, DataType)] = []
    var allType: DataType?
    if let dict = a["dtype"].asDict {
      for (key, value) in dict.pairs { if let type = try machine.dataType(value) { types.append((try machine.cell(key), type)) } }
      options.textColumns = Set(types.filter { $0.1 == .string || $0.1 == .object || $0.1 == .nullable("string") }.map { $0.0.shown })
    } else {
      allType = try machine.dataType(a["dtype"])
    }
    var frame: DataFrame
    do {
      let read: Frame
      if let source {
        if allType == .string || allType == .object {
          let first = try Frame.readCSV(text: source, options)
          options.textColumns = Set(first.names)
        }
        read = try Frame.readCSV(text: source, options)
      } else {
        let path = try path(a[0], machine)
        if allType == .string || allType == .object { options.textColumns = Set(try Frame.readCSV(path: path, options).names) }
        read = try Frame.readCSV(path: path, options)
      }
      frame = try DataFrame(read)
    } catch let error as FrameError {
      switch error {
      case .emptyFile: throw Raise(machine.exceptionRaise("EmptyDataError", "No columns to parse from file"))
      case .raggedRow(_, let line, let expected, let found):
        throw Raise(machine.exceptionRaise("ParserError", "Error tokenizing data. C error: Expected \(expected) fields in line \(line), saw \(found)\n"))
      default: throw error
      }
    }
    if header.isNone, labels == nil { frame.labels = Labels(count: frame.columnCount) }
    if let labels, labels.count == frame.columnCount { frame.labels = labels }
    if a.isSet("usecols") {
      if a["usecols"].object is FunctionObject {
        frame = frame.selecting(try frame.columns.indices.filter { try machine.truth(machine.call(a["usecols"], [machine.value(frame.labels[$0])])) })
      } else {
        let wanted = try machine.vector(a["usecols"])?.cells ?? []
        let places = try wanted.map { cell -> Int in
          if let place = frame.places(of: cell).first { return place }
          if case .int(let place) = cell, place >= 0, place < frame.columnCount { return place }
          throw Raise(.valueError, "Usecols do not match columns, columns expected but not found: [\(wanted.filter { frame.places(of: $0).isEmpty }.map(\.reprText).joined(separator: ", "))]")
        }
        frame = frame.selecting(places.sorted())
      }
    }
    if let dict = a["na_values"].asDict {
      for (key, value) in dict.pairs {
        guard let place = frame.places(of: try machine.cell(key)).first else { continue }
        let gone = Set(try (machine.vector(value)?.cells ?? [machine.cell(value)]).map(\.key))
        let rows = frame.columns[place].cells.enumerated().filter { gone.contains($0.element.key) }.map(\.offset)
        frame.columns[place] = try frame.columns[place].replacing(rows, with: rows.map { _ in .missing })
      }
    }
    if let thousands = try a.text("thousands") {
      frame.columns = try frame.columns.map { column in
        guard column.type == .string else { return column }
        let stripped = try Vector(texts: column.cells.map { $0.text?.replacingAll(thousands, "") })
        return (try? stripped.numeric(coerce: false)) ?? column
      }
    }
    if let decimal = try a.text("decimal"), decimal != "." {
      frame.columns = try frame.columns.map { column in
        guard column.type == .string else { return column }
        let dotted = try Vector(texts: column.cells.map { $0.text?.replacingAll(decimal, ".") })
        return (try? dotted.numeric(coerce: false)) ?? column
      }
    }
    if a.isSet("true_values") || a.isSet("false_values") {
      let yes = Set(try a.isSet("true_values") ? machine.array(a["true_values"]).compactMap(\.swiftString) : [])
      let no = Set(try a.isSet("false_values") ? machine.array(a["false_values"]).compactMap(\.swiftString) : [])
      frame.columns = frame.columns.map { column in
        guard column.type == .string, column.count > 0 else { return column }
        let texts = column.cells.map { $0.text ?? "" }
        guard texts.allSatisfy({ yes.contains($0) || no.contains($0) }) else { return column }
        return Vector(bools: texts.map { yes.contains($0) })
      }
    }
    for (label, type) in types {
      guard let place = frame.places(of: label).first else { continue }
      frame.columns[place] = try frame.columns[place].converted(to: type)
    }
    if let allType { frame.columns = try frame.columns.map { try $0.converted(to: allType) } }
    try parseDates(&frame, a)
    if let converters = a["converters"].asDict {
      for (key, function) in converters.pairs {
        guard let place = frame.places(of: try machine.cell(key)).first else { continue }
        let results = try frame.columns[place].cells.map { try machine.call(function, [.string($0.plainText ?? "")]) }
        frame.columns[place] = try SeriesFunctions.column(results, machine)
      }
    }
    let index = a["index_col"]
    if index.isGiven, !index.isNone, !index.isIdentical(to: .bool(false)) {
      let cells = index.swiftString != nil ? [try machine.cell(index)] : try machine.vector(index)?.cells ?? [try machine.cell(index)]
      let places = try cells.map { cell -> Int in
        if case .int(let place) = cell, frame.places(of: cell).isEmpty {
          guard place >= 0, place < frame.columnCount else { throw Raise(.indexError, "list index out of range") }
          return place
        }
        guard let place = frame.places(of: cell).first else { throw Raise(.valueError, "Index \(cell.shown) invalid") }
        return place
      }
      frame = try frame.settingIndex(places, drop: true)
      frame.index.names = frame.index.names.map { $0.text?.hasPrefix("Unnamed: ") ?? false ? .null : $0 }
      if index.asInt != nil || index.swiftString != nil, case .bool(true) = a["parse_dates"], let micros = try? DateParsing.micros(frame.index.vector) {
        frame.index = Labels(Vector(dates: micros), name: frame.index.name)
      }
    }
    if let footer = try a.int("skipfooter"), footer > 0 { frame = frame.slice(0..<max(0, frame.rowCount - footer)) }
    if let size = try a.int("chunksize") {
      guard size >= 1 else { throw Raise(.valueError, "'chunksize' must be an integer >=1") }
      return .object(FramePieces(frame, size: size, machine))
    }
    return machine.value(frame)
  }

  private static func parseDates(_ frame: inout DataFrame, _ a: Arguments) throws {
    guard let list = a["parse_dates"].asList else { return }
    for item in list.items {
      let cell = try a.machine.cell(item)
      var place = frame.places(of: cell).first
      if place == nil, case .int(let number) = cell, number >= 0, number < frame.columnCount { place = number }
      guard let place else {
        throw Raise(.valueError, "Missing column provided to 'parse_dates': '\(cell.shown)'")
      }
      if let micros = try? DateParsing.micros(frame.columns[place], format: a.text("date_format"), dayFirst: a.bool("dayfirst")) {
        frame.columns[place] = Vector(dates: micros)
      }
    }
  }

  static func readJSON(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let content: String
    if let text = try text(a[0], machine) {
      content = text
    } else {
      let file = try machine.call(machine.builtin("open") ?? .none, [.string(path(a[0], machine))])
      content = try machine.text(of: machine.call(machine.attribute(file, "read")))
    }
    let loads = try machine.attribute(machine.importModule("json", first: false), "loads")
    func widened(_ frame: DataFrame) throws -> DataFrame {
      var frame = frame
      frame.columns = try frame.columns.map { column in
        guard column.type == .object, column.cells.allSatisfy({ $0 == .null || $0.isMissing || $0.isNumber }) else { return column }
        return Vector(doubles: column.cells.map { $0.number ?? .nan })
      }
      return frame
    }
    if try a.bool("lines") {
      let rows = try content.split(separator: "\n").filter { !String($0).trimmed.isEmpty }
        .map { try machine.call(loads, [.string(String($0))]) }
      return machine.value(try widened(FrameBuilder.build(.list(rows), nil, nil, machine)))
    }
    let data = try machine.call(loads, [.string(content)])
    let orient = try a.text("orient")
    if let dict = data.asDict {
      if orient == "split" || orient == nil && dict["data"] != nil && dict["columns"] != nil {
        return machine.value(
          try widened(FrameBuilder.build(dict["data"] ?? .none, machine.labels(dict["index"] ?? .list([])), machine.labels(dict["columns"] ?? .list([])), machine)))
      }
      var frame = try FrameBuilder.build(data, nil, nil, machine)
      if orient == "index" { frame = try frame.transposed(); frame.columns = try frame.columns.map { try $0.inferred() } }
      // Keys of JSON are texts; whole numbers among them are numbers.
      if let numbers = try? frame.index.vector.numeric(coerce: false), numbers.type.isInteger {
        frame.index = Labels(numbers)
        if numbers.cells == (0..<numbers.count).map({ .int($0) }) { frame.index = Labels(numbers) }
      }
      return machine.value(try widened(frame))
    }
    return machine.value(try widened(FrameBuilder.build(data, nil, nil, machine)))
  }
}
