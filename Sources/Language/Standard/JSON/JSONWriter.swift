/// Values to JSON text, laid out as CPython's encoder does.
struct JSONWriter {
  struct Settings {
    var skipsKeys = false
    var isASCII = true
    var checksCircles = true
    var allowsNaN = true
    var sortsKeys = false
    /// nil: everything on one line.
    var indent: [UInt8]?
    var itemSeparator: [UInt8] = Array(", ".utf8)
    var keySeparator: [UInt8] = Array(": ".utf8)
    /// Asked for what JSON has no form for.
    var fallback: Value?

    mutating func set(indent: Value, separators: Value, _ machine: Machine) throws(Raise) {
      if let text = indent.asString {
        self.indent = text.bytes
      } else if !indent.isNone {
        let count = try machine.size(indent)
        try machine.charge(count, "the indentation")
        self.indent = [UInt8](repeating: 0x20, count: max(0, count))
      }
      if self.indent != nil { itemSeparator = Array(",".utf8) }
      if !separators.isNone {
        let pair = try machine.array(separators)
        guard pair.count == 2, let item = pair[0].asString, let key = pair[1].asString else {
          throw Raise(.typeError, "separators must be a tuple (item_separator, key_separator)")
        }
        itemSeparator = item.bytes
        keySeparator = key.bytes
      }
    }
  }

  private let settings: Settings
  private let machine: Machine
  private(set) var bytes: [UInt8] = []
  private var open: Set<ObjectIdentifier> = []

  init(_ settings: Settings, _ machine: Machine) {
    self.settings = settings
    self.machine = machine
  }

  mutating func write(_ value: Value, level: Int) throws(Raise) {
    switch value {
    case .none: add("null")
    case .bool(let flag): add(flag ? "true" : "false")
    case .int(let number): add(String(number))
    case .float(let number): try add(float: number)
    case .undefined: throw machine.unbound()
    case .object(let object):
      switch object.kind {
      case .string:
        JSONText.quote(
          unsafeDowncast(object, to: StringObject.self).bytes, ascii: settings.isASCII,
          into: &bytes)
      case .bigInt: add(try machine.repr(value))
      case .list:
        let list = unsafeDowncast(object, to: ListObject.self)
        try nested(object) { (writer) throws(Raise) in
          try writer.array(list.count, level) { index in
            index < list.count ? list[index] : .none
          }
        }
      case .tuple:
        let tuple = unsafeDowncast(object, to: TupleObject.self)
        try nested(object) { (writer) throws(Raise) in
          try writer.array(tuple.count, level) { tuple[$0] }
        }
      case .dict:
        let dict = unsafeDowncast(object, to: DictObject.self)
        try nested(object) { (writer) throws(Raise) in try writer.dictionary(dict, level) }
      default:
        guard let number = EnumModule.plainValue(value) ?? value.payload else {
          guard let fallback = settings.fallback else {
            throw JSONModule.notSerializable(value, machine)
          }
          try nested(object) { (writer) throws(Raise) in
            try writer.write(writer.machine.call(fallback, [value]), level: level)
          }
          return
        }
        try write(number, level: level)
      }
    }
    if bytes.count > machine.memoryLimit { try machine.charge(bytes.count, "the JSON text") }
  }

  /// Writes a container, refusing one that contains itself.
  private mutating func nested(
    _ object: Object, _ body: (inout JSONWriter) throws(Raise) -> Void
  ) throws(Raise) {
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    let identity = ObjectIdentifier(object)
    if settings.checksCircles, !open.insert(identity).inserted {
      throw Raise(.valueError, "Circular reference detected")
    }
    try body(&self)
    open.remove(identity)
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func add(float number: Double) throws(Raise) {
    if number.isFinite {
      add(try machine.repr(.float(number)))
      return
    }
    if !settings.allowsNaN {
      throw Raise(.valueError, "Out of range float values are not JSON compliant")
    }
    add(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
  }

  private mutating func newLine(_ level: Int) {
    guard let indent = settings.indent else { return }
    bytes.append(0x0A)
    for _ in 0..<level { bytes.append(contentsOf: indent) }
  }

  private mutating func array(
    _ count: Int, _ level: Int, _ item: (Int) -> Value
  ) throws(Raise) {
    if count == 0 {
      add("[]")
      return
    }
    bytes.append(UInt8(ascii: "["))
    for index in 0..<count {
      if index > 0 { bytes.append(contentsOf: settings.itemSeparator) }
      newLine(level + 1)
      try write(item(index), level: level + 1)
      if index & 0xFFF == 0 { try machine.poll() }
    }
    newLine(level)
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func dictionary(_ dict: DictObject, _ level: Int) throws(Raise) {
    if dict.count == 0 {
      add("{}")
      return
    }
    var pairs = dict.pairs
    if settings.sortsKeys {
      let keys = try Sorting.sorted(pairs.map(\.key), key: .none, reverse: false, machine)
      var sorted: [(key: Value, value: Value)] = []
      for key in keys { sorted.append((key, try dict.get(key, machine) ?? .none)) }
      pairs = sorted
    }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (key, value) in pairs {
      guard let name = try keyText(key) else { continue }
      if !isFirst { bytes.append(contentsOf: settings.itemSeparator) }
      isFirst = false
      newLine(level + 1)
      JSONText.quote(name, ascii: settings.isASCII, into: &bytes)
      bytes.append(contentsOf: settings.keySeparator)
      try write(value, level: level + 1)
    }
    newLine(level)
    bytes.append(UInt8(ascii: "}"))
  }

  /// The text of a key; nil for one that is skipped.
  private func keyText(_ key: Value) throws(Raise) -> [UInt8]? {
    if let text = key.asString { return text.bytes }
    switch key {
    case .none: return Array("null".utf8)
    case .bool(let flag): return Array((flag ? "true" : "false").utf8)
    case .float(let number):
      var writer = JSONWriter(settings, machine)
      try writer.add(float: number)
      return writer.bytes
    default: break
    }
    if key.isInteger { return Array(try machine.repr(key).utf8) }
    if let plain = EnumModule.plainValue(key) { return try keyText(plain) }
    if settings.skipsKeys { return nil }
    throw Raise(
      .typeError,
      "keys must be str, int, float, bool or None, not \(machine.typeName(key))")
  }
}

/// Strings in JSON.
enum JSONText {
  private static let hex = Array("0123456789abcdef".utf8)

  static func quote(_ text: [UInt8], ascii: Bool, into out: inout [UInt8]) {
    out.append(0x22)
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case 0x22: out += [0x5C, 0x22]
      case 0x5C: out += [0x5C, 0x5C]
      case 0x0A: out += [0x5C, UInt8(ascii: "n")]
      case 0x0D: out += [0x5C, UInt8(ascii: "r")]
      case 0x09: out += [0x5C, UInt8(ascii: "t")]
      case 0x0C: out += [0x5C, UInt8(ascii: "f")]
      case 0x08: out += [0x5C, UInt8(ascii: "b")]
      case 0..<0x20: escape(UInt32(byte), into: &out)
      case 0x20..<0x7F: out.append(byte)
      case 0x7F:
        if ascii { escape(0x7F, into: &out) } else { out.append(byte) }
      default:
        if !ascii {
          out.append(byte)
          break
        }
        let (code, count) = scalar(text, at: index)
        index += count - 1
        if code < 0x10000 {
          escape(code, into: &out)
        } else {
          escape(0xD800 + ((code - 0x10000) >> 10), into: &out)
          escape(0xDC00 + ((code - 0x10000) & 0x3FF), into: &out)
        }
      }
      index += 1
    }
    out.append(0x22)
  }

  private static func escape(_ code: UInt32, into out: inout [UInt8]) {
    out += [0x5C, UInt8(ascii: "u")]
    for shift in [12, 8, 4, 0] { out.append(hex[Int(code >> UInt32(shift)) & 15]) }
  }

  /// The code point that starts at a byte of valid UTF-8, and its length in bytes.
  static func scalar(_ text: [UInt8], at index: Int) -> (UInt32, Int) {
    let first = text[index]
    let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    if index + count > text.count { return (0xFFFD, 1) }
    var code = count == 1 ? UInt32(first) : UInt32(first) & (0xFF >> UInt32(count + 1))
    for offset in 1..<max(count, 1) { code = code << 6 | UInt32(text[index + offset] & 0x3F) }
    return (code, count)
  }
}
