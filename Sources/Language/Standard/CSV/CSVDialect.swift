/// How fields stand in a line: what `csv.reader` and `csv.writer` take as keywords.
struct CSVDialect {
  enum Quoting: Int { case minimal, all, nonNumeric, none }

  var delimiter: Unicode.Scalar = ","
  var quote: Unicode.Scalar? = "\""
  var escape: Unicode.Scalar?
  var doubleQuote = true
  var skipInitialSpace = false
  var lineEnd = "\r\n"
  var quoting = Quoting.minimal
  var strict = false

  static let keywords = [
    "delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator",
    "quoting", "strict",
  ]

  /// Reads a dialect by name or class, then keywords over it.
  init(
    _ base: Value, _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws(Raise) {
    if let name = base.swiftString {
      switch name {
      case "excel": break
      case "excel-tab": delimiter = "\t"
      case "unix":
        lineEnd = "\n"
        quoting = .all
      default:
        throw CSVModule.failure("unknown dialect", machine)
      }
    } else if !base.isNone, base.isGiven {
      for name in CSVDialect.keywords {
        if let value = try machine.optionalAttribute(base, name) { try set(name, value, machine) }
      }
    }
    for (name, value) in keywords {
      guard CSVDialect.keywords.contains(name) else {
        throw Raise(.typeError, "'\(name)' is an invalid keyword argument for this function")
      }
      try set(name, value, machine)
    }
    if quoting != .none, quote == nil {
      throw Raise(.typeError, "quotechar must be set if quoting enabled")
    }
  }

  private mutating func set(_ name: String, _ value: Value, _ machine: Machine) throws(Raise) {
    func letter(optional: Bool) throws(Raise) -> Unicode.Scalar? {
      if optional, value.isNone { return nil }
      guard let text = value.asString else {
        throw Raise(
          .typeError,
          "\"\(name)\" must be string\(optional ? " or None" : ""), not \(machine.typeName(value))")
      }
      if text.count == 1, let point = text.scalars.first, let scalar = Unicode.Scalar(point) {
        return scalar
      }
      if text.count == 0, optional { return nil }
      throw Raise(.typeError, "\"\(name)\" must be a 1-character string")
    }
    switch name {
    case "delimiter": if let scalar = try letter(optional: false) { delimiter = scalar }
    case "quotechar": quote = try letter(optional: true)
    case "escapechar": escape = try letter(optional: true)
    case "doublequote": doubleQuote = try machine.truth(value)
    case "skipinitialspace": skipInitialSpace = try machine.truth(value)
    case "strict": strict = try machine.truth(value)
    case "lineterminator":
      guard let text = value.swiftString else {
        throw Raise(
          .typeError, "\"lineterminator\" must be a string, not \(machine.typeName(value))")
      }
      lineEnd = text
    default:
      guard let number = value.asInt else {
        throw Raise(.typeError, "\"quoting\" must be an integer, not \(machine.typeName(value))")
      }
      guard let known = Quoting(rawValue: number) else {
        throw Raise(.typeError, "bad \"quoting\" value")
      }
      quoting = known
    }
  }

  // MARK: - Writing

  /// One row as a line.
  func line(_ fields: [(text: String, isNumber: Bool)], _ machine: Machine) throws(Raise) -> String {
    var result = String.UnicodeScalarView()
    if fields.isEmpty { return lineEnd }
    let ends = Set(lineEnd.unicodeScalars)
    for (index, field) in fields.enumerated() {
      if index > 0 { result.append(delimiter) }
      let isAlone = fields.count == 1 && field.text.isEmpty
      if isAlone, quoting == .none {
        throw CSVModule.failure("single empty field record must be quoted", machine)
      }
      func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        scalar == delimiter || scalar == quote || scalar == escape || ends.contains(scalar)
          || scalar == "\n" || scalar == "\r"
      }
      let isQuoted =
        switch quoting {
        case .all: true
        case .nonNumeric: !field.isNumber
        case .none: false
        case .minimal:
          isAlone
            || field.text.unicodeScalars.contains {
              isSpecial($0) && !($0 == escape && $0 != quote && $0 != delimiter)
                && ($0 != quote || doubleQuote)
            }
        }
      if isQuoted, let quote { result.append(quote) }
      for scalar in field.text.unicodeScalars {
        let needsHelp =
          isQuoted ? scalar == quote || scalar == escape : isSpecial(scalar)
        if needsHelp {
          if scalar == quote, doubleQuote, isQuoted {
            result.append(scalar)
          } else if let escape {
            result.append(escape)
          } else if !(isQuoted && scalar != quote) {
            throw CSVModule.failure("need to escape, but no escapechar set", machine)
          }
        }
        result.append(scalar)
      }
      if isQuoted, let quote { result.append(quote) }
    }
    return String(result) + lineEnd
  }
}

/// Reads rows of fields from lines: one state that goes on from line to line, because a quoted
/// field may hold line ends.
struct CSVScanner {
  private enum State { case rowStart, fieldStart, field, quoted, quoteInQuoted, escaped, escapedInQuoted, rowEnd }

  let dialect: CSVDialect
  private var state = State.rowStart
  private var field = String.UnicodeScalarView()
  private var isNumeric = false
  private(set) var fields: [Value] = []

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// Whether a row goes on in the next line.
  var isOpen: Bool { state != .rowStart }

  private mutating func save(_ machine: Machine) throws(Raise) {
    let text = String(field)
    field.removeAll()
    if isNumeric {
      isNumeric = false
      fields.append(.float(try IntText.parseFloat(StringObject(text))))
    } else {
      fields.append(.string(text))
    }
  }

  /// Takes a line; true when the row is complete.
  mutating func feed(_ line: String, _ machine: Machine) throws(Raise) -> Bool {
    for scalar in line.unicodeScalars { try take(scalar, machine) }
    try take(nil, machine)
    return state == .rowStart
  }

  /// The row that is complete, or what there is of it at the end.
  mutating func row(_ machine: Machine, atEnd: Bool = false) throws(Raise) -> Value {
    if atEnd, state != .rowStart { try save(machine) }
    state = .rowStart
    let result = Value.list(fields)
    fields = []
    return result
  }

  /// One letter, or nil for the end of a line.
  private mutating func take(_ scalar: Unicode.Scalar?, _ machine: Machine) throws(Raise) {
    let isEnd = scalar == nil || scalar == "\n" || scalar == "\r"
    switch state {
    case .rowStart:
      if scalar == nil { return }
      if isEnd {
        state = .rowEnd
        return
      }
      state = .fieldStart
      try take(scalar, machine)
    case .fieldStart:
      if isEnd {
        try save(machine)
        state = scalar == nil ? .rowStart : .rowEnd
      } else if scalar == dialect.quote, dialect.quoting != .none {
        state = .quoted
      } else if scalar == dialect.escape {
        state = .escaped
      } else if scalar == " ", dialect.skipInitialSpace {
        return
      } else if scalar == dialect.delimiter {
        try save(machine)
      } else if let scalar {
        isNumeric = dialect.quoting == .nonNumeric
        field.append(scalar)
        state = .field
      }
    case .field:
      if isEnd {
        try save(machine)
        state = scalar == nil ? .rowStart : .rowEnd
      } else if scalar == dialect.escape {
        state = .escaped
      } else if scalar == dialect.delimiter {
        try save(machine)
        state = .fieldStart
      } else if let scalar {
        field.append(scalar)
      }
    case .escaped:
      field.append(scalar ?? "\n")
      state = .field
    case .escapedInQuoted:
      field.append(scalar ?? "\n")
      state = .quoted
    case .quoted:
      guard let scalar else { return }
      if scalar == dialect.escape {
        state = .escapedInQuoted
      } else if scalar == dialect.quote, dialect.quoting != .none {
        state = dialect.doubleQuote ? .quoteInQuoted : .field
      } else {
        field.append(scalar)
      }
    case .quoteInQuoted:
      if let scalar, scalar == dialect.quote, dialect.quoting != .none {
        field.append(scalar)
        state = .quoted
      } else if scalar == dialect.delimiter {
        try save(machine)
        state = .fieldStart
      } else if isEnd {
        try save(machine)
        state = scalar == nil ? .rowStart : .rowEnd
      } else if let scalar, !dialect.strict {
        field.append(scalar)
        state = .field
      } else {
        throw CSVModule.failure(
          "'\(dialect.delimiter)' expected after '\(dialect.quote ?? "\"")'", machine)
      }
    case .rowEnd:
      if scalar == nil {
        state = .rowStart
      } else if !isEnd {
        throw CSVModule.failure(
          "new-line character seen in unquoted field - do you need to open the file in "
            + "universal-newline mode?", machine)
      }
    }
  }
}
