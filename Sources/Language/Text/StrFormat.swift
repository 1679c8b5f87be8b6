/// `str.format` and `str.format_map`.
///
/// A field is `{name.attribute[item]!conversion:spec}`; the specification may hold fields itself,
/// one level deep. Source: "Format String Syntax" of the Python library reference.
struct StrFormat {
  /// Where fields without a name, or with a number, take their values; nil in `format_map`.
  private let positional: [Value]?
  private let named: Value
  private let machine: Machine
  private var numbering = Numbering.unknown
  private var nextIndex = 0

  private enum Numbering { case unknown, automatic, manual }

  static func format(
    _ template: StringObject, positional: [Value]?, named: Value, _ machine: Machine
  ) throws(Raise) -> StringObject {
    var formatter = StrFormat(positional: positional, named: named, machine: machine)
    return StringObject(try formatter.expand(CodePoints.all(template.bytes)[...], depth: 2))
  }

  private init(positional: [Value]?, named: Value, machine: Machine) {
    self.positional = positional
    self.named = named
    self.machine = machine
  }

  private static let open: UInt32 = 0x7B
  private static let close: UInt32 = 0x7D

  private mutating func expand(
    _ text: ArraySlice<UInt32>, depth: Int
  ) throws(Raise) -> [UInt8] {
    if depth == 0 { throw Raise(.valueError, "Max string recursion exceeded") }
    var result: [UInt8] = []
    var position = text.startIndex
    while position < text.endIndex {
      let point = text[position]
      position += 1
      guard point == StrFormat.open || point == StrFormat.close else {
        CodePoints.append(point, to: &result)
        continue
      }
      if position < text.endIndex, text[position] == point {
        CodePoints.append(point, to: &result)
        position += 1
        continue
      }
      if point == StrFormat.close {
        throw Raise(.valueError, "Single '}' encountered in format string")
      }
      if position == text.endIndex {
        throw Raise(.valueError, "Single '{' encountered in format string")
      }
      let field = try Field(text, &position)
      result += try render(field, depth: depth).bytes
      try machine.charge(result.count, "the formatted text")
    }
    return result
  }

  // MARK: - The parts of a field

  struct Field {
    var name: ArraySlice<UInt32> = []
    var conversion: UInt32 = 0
    var spec: ArraySlice<UInt32> = []
    var specHasFields = false

    /// Reads what stands behind a `{`, its `}` included.
    init(_ text: ArraySlice<UInt32>, _ position: inout Int) throws(Raise) {
      let start = position
      var end: UInt32 = 0
      scan: while position < text.endIndex {
        let point = text[position]
        position += 1
        switch point {
        case StrFormat.open: throw Raise(.valueError, "unexpected '{' in field name")
        case 0x5B:
          while position < text.endIndex, text[position] != 0x5D { position += 1 }
        case StrFormat.close, 0x3A, 0x21:
          end = point
          break scan
        default: break
        }
      }
      if end == 0 { throw Raise(.valueError, "expected '}' before end of string") }
      name = text[start..<(position - 1)]
      if end == StrFormat.close { return }
      if end == 0x21 {
        guard position < text.endIndex else {
          throw Raise(
            .valueError, "end of string while looking for conversion specifier")
        }
        conversion = text[position]
        position += 1
        if position < text.endIndex {
          let after = text[position]
          position += 1
          if after == StrFormat.close { return }
          if after != 0x3A {
            throw Raise(.valueError, "expected ':' after conversion specifier")
          }
        }
      }
      let specStart = position
      var depth = 1
      while position < text.endIndex {
        let point = text[position]
        position += 1
        if point == StrFormat.open {
          specHasFields = true
          depth += 1
        } else if point == StrFormat.close {
          depth -= 1
          if depth == 0 {
            spec = text[specStart..<(position - 1)]
            return
          }
        }
      }
      throw Raise(.valueError, "unmatched '{' in format spec")
    }
  }

  private mutating func render(_ field: Field, depth: Int) throws(Raise) -> StringObject {
    var value = try resolve(field.name)
    switch field.conversion {
    case 0: break
    case 0x73: value = .object(try machine.convert(value, 1))
    case 0x72: value = .object(try machine.convert(value, 2))
    case 0x61: value = .object(try machine.convert(value, 3))
    default:
      if field.conversion > 32, field.conversion < 127,
        let scalar = Unicode.Scalar(field.conversion)
      {
        throw Raise(.valueError, "Unknown conversion specifier \(scalar)")
      }
      throw Raise(
        .valueError,
        "Unknown conversion specifier \\x\(String(field.conversion, radix: 16))")
    }
    let spec =
      field.specHasFields
      ? try expand(field.spec, depth: depth - 1) : CodePoints.bytes(field.spec)
    return try machine.formatText(value, StringObject(spec))
  }

  // MARK: - The value of a field

  private mutating func resolve(_ name: ArraySlice<UInt32>) throws(Raise) -> Value {
    var position = name.startIndex
    while position < name.endIndex, name[position] != 0x2E, name[position] != 0x5B {
      position += 1
    }
    var value = try first(name[name.startIndex..<position])
    while position < name.endIndex {
      let mark = name[position]
      position += 1
      let start = position
      if mark == 0x2E {
        while position < name.endIndex, name[position] != 0x2E, name[position] != 0x5B {
          position += 1
        }
        let attribute = name[start..<position]
        if attribute.isEmpty { throw StrFormat.emptyAttribute }
        let text = StringObject(CodePoints.bytes(attribute))
        value = try machine.attribute(value, text.swiftString)
      } else if mark == 0x5B {
        while position < name.endIndex, name[position] != 0x5D { position += 1 }
        guard position < name.endIndex else {
          throw Raise(.valueError, "Missing ']' in format string")
        }
        let key = name[start..<position]
        position += 1
        if key.isEmpty { throw StrFormat.emptyAttribute }
        if let index = try StrFormat.integer(key) {
          value = try machine.item(value, .int(index))
        } else {
          value = try machine.item(value, .object(StringObject(CodePoints.bytes(key))))
        }
      } else {
        throw Raise(
          .valueError, "Only '.' or '[' may follow ']' in format field specifier")
      }
    }
    return value
  }

  private static var emptyAttribute: Raise {
    Raise(.valueError, "Empty attribute in format string")
  }

  /// The whole text as a number; nil when it is none.
  private static func integer(_ text: ArraySlice<UInt32>) throws(Raise) -> Int? {
    let points = Array(text)
    var position = 0
    for point in points where CodePoints.decimalValue(point) == nil { return nil }
    return try FormatSpec.number(points, &position)
  }

  private mutating func first(_ name: ArraySlice<UInt32>) throws(Raise) -> Value {
    var index = try StrFormat.integer(name)
    let isAutomatic = name.isEmpty
    if isAutomatic || index != nil {
      let wanted: Numbering = isAutomatic ? .automatic : .manual
      if numbering == .unknown { numbering = wanted }
      if numbering != wanted {
        throw Raise(
          .valueError,
          isAutomatic
            ? "cannot switch from manual field specification to automatic field numbering"
            : "cannot switch from automatic field numbering to manual field specification")
      }
      if isAutomatic {
        index = nextIndex
        nextIndex += 1
      }
    }
    guard let index else {
      return try machine.item(named, .object(StringObject(CodePoints.bytes(name))))
    }
    guard let positional else {
      throw Raise(.valueError, "Format string contains positional fields")
    }
    guard index < positional.count else {
      throw Raise(
        .indexError, "Replacement index \(index) out of range for positional args tuple")
    }
    return positional[index]
  }
}
