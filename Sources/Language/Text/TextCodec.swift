/// Strings to bytes and back, in the encodings that files and lessons use.
///
/// Errors follow CPython: `strict` raises with the place, `ignore`, `replace`, `backslashreplace`
/// and (encoding) `xmlcharrefreplace` go on.
enum TextCodec {
  enum Encoding {
    case utf8, utf8WithMark, ascii, latin1, utf16, utf16Little, utf16Big, utf32, utf32Little, utf32Big
    case windows1252

    /// The name that errors show.
    var name: String {
      switch self {
      case .utf8, .utf8WithMark: "utf-8"
      case .ascii: "ascii"
      case .latin1: "latin-1"
      case .utf16: "utf-16"
      case .utf16Little: "utf-16-le"
      case .utf16Big: "utf-16-be"
      case .utf32: "utf-32"
      case .utf32Little: "utf-32-le"
      case .utf32Big: "utf-32-be"
      case .windows1252: "charmap"
      }
    }
  }

  /// An encoding by one of its names.
  static func encoding(_ name: String) throws(Raise) -> Encoding {
    let key = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    switch key {
    case "utf8", "u8", "utf", "cp65001": return .utf8
    case "utf8sig": return .utf8WithMark
    case "ascii", "usascii", "646": return .ascii
    case "latin1", "iso88591", "88591", "l1", "cp819", "latin", "iso8859": return .latin1
    case "utf16", "u16": return .utf16
    case "utf16le": return .utf16Little
    case "utf16be": return .utf16Big
    case "utf32", "u32": return .utf32
    case "utf32le": return .utf32Little
    case "utf32be": return .utf32Big
    case "cp1252", "windows1252", "1252": return .windows1252
    default: throw Raise(.lookupError, "unknown encoding: \(name)")
    }
  }

  // MARK: - Encoding

  static func encode(
    _ text: StringObject, _ name: String, errors: String, _ machine: Machine
  ) throws(Raise) -> [UInt8] {
    let encoding = try encoding(name)
    if text.isASCII {
      switch encoding {
      case .utf8, .ascii, .latin1, .windows1252: return text.bytes
      default: break
      }
    }
    var result: [UInt8] = []
    switch encoding {
    case .utf8WithMark: result = [0xEF, 0xBB, 0xBF]
    case .utf16: result = [0xFF, 0xFE]
    case .utf32: result = [0xFF, 0xFE, 0, 0]
    default: break
    }
    let points = CodePoints.all(text.bytes)
    var index = 0
    while index < points.count {
      if append(points[index], encoding, &result) {
        index += 1
        continue
      }
      var end = index + 1
      while end < points.count, !canEncode(points[end], encoding) { end += 1 }
      try replace(points, index..<end, text, encoding, errors, &result)
      index = end
    }
    return result
  }

  private static func canEncode(_ point: UInt32, _ encoding: Encoding) -> Bool {
    var scratch: [UInt8] = []
    return append(point, encoding, &scratch)
  }

  /// Appends one character; false when the encoding lacks it.
  private static func append(
    _ point: UInt32, _ encoding: Encoding, _ result: inout [UInt8]
  ) -> Bool {
    let isSurrogate = point >= 0xD800 && point < 0xE000
    switch encoding {
    case .utf8, .utf8WithMark:
      if isSurrogate { return false }
      CodePoints.append(point, to: &result)
    case .ascii:
      if point >= 0x80 { return false }
      result.append(UInt8(truncatingIfNeeded: point))
    case .latin1:
      if point >= 0x100 { return false }
      result.append(UInt8(truncatingIfNeeded: point))
    case .windows1252:
      guard let byte = windows1252Byte(point) else { return false }
      result.append(byte)
    case .utf16, .utf16Little, .utf16Big:
      if isSurrogate { return false }
      func add(_ unit: UInt32) {
        let low = UInt8(truncatingIfNeeded: unit)
        let high = UInt8(truncatingIfNeeded: unit >> 8)
        result.append(contentsOf: encoding == .utf16Big ? [high, low] : [low, high])
      }
      if point < 0x10000 {
        add(point)
      } else {
        add(0xD800 + (point - 0x10000) >> 10)
        add(0xDC00 + (point - 0x10000) & 0x3FF)
      }
    case .utf32, .utf32Little, .utf32Big:
      if isSurrogate { return false }
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: point >> (8 * UInt32($0))) }
      result.append(contentsOf: encoding == .utf32Big ? bytes.reversed() : bytes)
    }
    return true
  }

  private static func replace(
    _ points: [UInt32], _ range: Range<Int>, _ text: StringObject, _ encoding: Encoding,
    _ errors: String, _ result: inout [UInt8]
  ) throws(Raise) {
    func add(_ text: String) {
      for scalar in text.unicodeScalars { _ = append(scalar.value, encoding, &result) }
    }
    switch errors {
    case "ignore": return
    case "replace": for _ in range { add("?") }
    case "backslashreplace":
      for point in points[range] {
        var escape: [UInt8] = []
        QuotedText.appendEscape(point, to: &escape)
        add(String(decoding: escape, as: UTF8.self))
      }
    case "xmlcharrefreplace": for point in points[range] { add("&#\(point);") }
    case "strict": throw encodeError(points, range, text, encoding)
    case "surrogateescape":
      for point in points[range] {
        guard point >= 0xDC80, point <= 0xDCFF else {
          throw encodeError(points, range, text, encoding)
        }
        result.append(UInt8(truncatingIfNeeded: point))
      }
    default: throw Raise(.lookupError, "unknown error handler name '\(errors)'")
    }
  }

  private static func encodeError(
    _ points: [UInt32], _ range: Range<Int>, _ text: StringObject, _ encoding: Encoding
  ) -> Raise {
    let reason =
      switch encoding {
      case .ascii: "ordinal not in range(128)"
      case .latin1: "ordinal not in range(256)"
      case .windows1252: "character maps to <undefined>"
      default: "surrogates not allowed"
      }
    return error(
      .unicodeEncodeError, encoding.name, .object(text), range.lowerBound, range.upperBound, reason)
  }

  /// An error with the five arguments that CPython's has, and the attributes named after them.
  static func error(
    _ kind: ExceptionKind, _ encoding: String, _ object: Value, _ start: Int, _ end: Int,
    _ reason: String
  ) -> Raise {
    let raise = Raise(
      kind,
      arguments: [.string(encoding), object, .int(start), .int(end), .string(reason)])
    raise.details = [
      ("encoding", .string(encoding)), ("object", object), ("start", .int(start)),
      ("end", .int(end)), ("reason", .string(reason)),
    ]
    return raise
  }

  /// `str()` of an encoding or decoding error; nil when its arguments are not the usual ones.
  static func message(of arguments: [Value]) -> String? {
    guard arguments.count == 5, let encoding = arguments[0].swiftString,
      let start = arguments[2].asInt, let end = arguments[3].asInt,
      let reason = arguments[4].swiftString
    else { return nil }
    if let text = arguments[1].asString {
      if end == start + 1, start >= 0, start < text.count {
        let points = CodePoints.all(text.slice(start, end).bytes)
        var escape: [UInt8] = []
        QuotedText.appendEscape(points.first ?? 0, to: &escape)
        return "'\(encoding)' codec can't encode character "
          + "'\(String(decoding: escape, as: UTF8.self))' in position \(start): \(reason)"
      }
      return "'\(encoding)' codec can't encode characters in position \(start)-\(end - 1): \(reason)"
    }
    guard case .object(let object) = arguments[1], object.kind == .bytes else { return nil }
    let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
    if end == start + 1, start >= 0, start < bytes.count {
      let hex = String(bytes[start], radix: 16)
      return "'\(encoding)' codec can't decode byte 0x\(hex.count < 2 ? "0" : "")\(hex) "
        + "in position \(start): \(reason)"
    }
    return "'\(encoding)' codec can't decode bytes in position \(start)-\(end - 1): \(reason)"
  }

  // MARK: - The Windows code page

  /// 0x80...0x9F of code page 1252; 0 where it has nothing.
  static let windows1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  private static func windows1252Byte(_ point: UInt32) -> UInt8? {
    if point < 0x80 || (point >= 0xA0 && point <= 0xFF) { return UInt8(truncatingIfNeeded: point) }
    guard let index = windows1252.firstIndex(of: point) else { return nil }
    return UInt8(0x80 + index)
  }
}
