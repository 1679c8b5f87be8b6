import BigInt

extension Machine {
  /// A field of an f-string without a conversion, in the usual forms; false where the general way
  /// has to be taken.
  @inline(__always)
  func quickFormat(_ value: Registers, _ spec: Registers?, into target: Registers) -> Bool {
    if let spec {
      guard spec.holds(.string),
        let layout = spec.borrow(StringObject.self, { QuickFormat($0.view) }),
        let text = layout.text(value)
      else { return false }
      target.put(.object(text))
      return true
    }
    if value.tag == RawTag.int {
      target.put(.object(IntText.object(value.rawInt)))
    } else if value.holds(.string) {
      target.assign(value)
    } else {
      return false
    }
    return true
  }

  /// A field of an f-string. Conversion 0 is none, 1 `!s`, 2 `!r`, 3 `!a`.
  func format(_ value: Value, conversion: Int, spec: StringObject?) throws(Raise) -> Value {
    if value.isUndefined { throw unbound() }
    let converted = conversion == 0 ? value : .object(try convert(value, conversion))
    if spec == nil || spec?.byteCount == 0 {
      switch converted {
      case .int(let number): return .object(IntText.object(number))
      case .float(let number): return .object(StringObject(FloatText.reprBytes(number), isASCII: true))
      case .object(let object) where object.kind == .string: return converted
      default: break
      }
    }
    return .object(try formatText(converted, spec ?? .empty))
  }

  /// `str`, `repr` or `ascii` of a value, by the number of the conversion.
  func convert(_ value: Value, _ conversion: Int) throws(Raise) -> StringObject {
    switch conversion {
    case 2:
      if let text = value.exactString, let quoted = QuotedText.quickRepr(text) { return quoted }
      return StringObject(try reprBytes(value))
    case 3: return StringObject(QuotedText.escapedBeyondASCII(Array(try repr(value).utf8)))
    default: return try textObject(value)
    }
  }

  /// `str(value)` as an object.
  func textObject(_ value: Value) throws(Raise) -> StringObject {
    switch value {
    case .int(let number): return IntText.object(number)
    case .float(let number): return StringObject(FloatText.reprBytes(number), isASCII: true)
    default:
      return try textObject(of: value)
    }
  }

  /// `format(value, spec)`: a class's `__format__` is asked.
  public func formatted(_ value: Value, _ spec: String) throws(Raise) -> String {
    try formatText(value, StringObject(spec)).swiftString
  }

  /// `format(value, spec)` as an object.
  func formatText(_ value: Value, _ spec: StringObject) throws(Raise) -> StringObject {
    if value.asInstance != nil, let method = type(of: value).special(.format) {
      let result = try call(method, [value, .object(spec)])
      guard let text = result.asString else {
        throw Raise(.typeError, "__format__ must return a str, not \(typeName(result))")
      }
      return text
    }
    if let content = value.payload {
      // `__format__` of a number or text; without a specification `str()` is what is asked.
      return spec.byteCount == 0
        ? try textObject(value) : try builtinFormat(content, spec, named: typeName(value))
    }
    return try builtinFormat(value, spec)
  }

  /// What the `__format__` of a built-in type does.
  /// - Parameter shown: the type that errors name, where it is not the value's.
  func builtinFormat(
    _ value: Value, _ spec: StringObject, named shown: String? = nil
  ) throws(Raise) -> StringObject {
    let name = shown ?? typeName(value)
    if spec.byteCount == 0 { return try textObject(value) }
    if let payload = value.payload, payload.asDouble != nil || payload.asString != nil {
      return try builtinFormat(payload, spec, named: name)
    }
    if let string = value.asString {
      let parsed = try FormatSpec(
        spec, typeName: name, defaultType: 0x73, defaultAlign: UInt8(ascii: "<"))
      guard parsed.type == 0x73 else { throw parsed.unknownType(name) }
      return try parsed.text(string, self)
    }
    if value.isInteger, let number = value.asInteger {
      let parsed = try FormatSpec(
        spec, typeName: name, defaultType: 0x64, defaultAlign: UInt8(ascii: ">"))
      return StringObject(try parsed.integer(number, typeName: name, self))
    }
    if case .float(let number) = value {
      let parsed = try FormatSpec(
        spec, typeName: name, defaultType: 0, defaultAlign: UInt8(ascii: ">"))
      return StringObject(try parsed.float(number, typeName: name, self))
    }
    throw Raise(
      .typeError, "unsupported format string passed to \(name).__format__")
  }
}
