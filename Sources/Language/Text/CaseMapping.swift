/// Upper, lower, title and folded case by code points, with the full mappings of Unicode.
///
/// A character may become several ("ß" is "SS" in upper case). The one rule that looks around is
/// that of the Greek final sigma (Unicode 3.13, "Final_Sigma").
enum CaseMapping {
  /// Appends `point` in upper case.
  static func appendUpper(_ point: UInt32, to result: inout [UInt8]) {
    if point < 0x80 {
      result.append(upperASCII(UInt8(truncatingIfNeeded: point)))
    } else if let mapping = CodePoints.properties(point)?.uppercaseMapping {
      result.append(contentsOf: mapping.utf8)
    } else {
      CodePoints.append(point, to: &result)
    }
  }

  /// Appends `point` in lower case, wherever it stands.
  static func appendLower(_ point: UInt32, to result: inout [UInt8]) {
    if point < 0x80 {
      result.append(lowerASCII(UInt8(truncatingIfNeeded: point)))
    } else if let mapping = CodePoints.properties(point)?.lowercaseMapping {
      result.append(contentsOf: mapping.utf8)
    } else {
      CodePoints.append(point, to: &result)
    }
  }

  static func appendTitle(_ point: UInt32, to result: inout [UInt8]) {
    if point < 0x80 {
      result.append(upperASCII(UInt8(truncatingIfNeeded: point)))
    } else if let mapping = CodePoints.properties(point)?.titlecaseMapping {
      result.append(contentsOf: mapping.utf8)
    } else {
      CodePoints.append(point, to: &result)
    }
  }

  /// Appends the full case folding. It is the lower case of the upper case, but for the dotless i
  /// (which folds to itself), the capital sharp s, and Cherokee (which folds to upper case).
  static func appendFolded(_ point: UInt32, to result: inout [UInt8]) {
    switch point {
    case ..<0x80: result.append(lowerASCII(UInt8(truncatingIfNeeded: point)))
    case 0x131: CodePoints.append(point, to: &result)
    case 0x1E9E: result.append(contentsOf: [0x73, 0x73])
    case 0x13A0...0x13FD, 0xAB70...0xABBF: appendUpper(point, to: &result)
    default:
      var upper: [UInt8] = []
      appendUpper(point, to: &upper)
      var index = 0
      while index < upper.count { appendLower(CodePoints.next(upper, &index), to: &result) }
    }
  }

  @inline(__always) static func upperASCII(_ byte: UInt8) -> UInt8 {
    byte >= 0x61 && byte <= 0x7A ? byte - 32 : byte
  }
  @inline(__always) static func lowerASCII(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte
  }

  // MARK: - Whole texts

  static func upper(_ string: StringObject) -> StringObject {
    if string.isASCII { return StringObject(string.bytes.map(upperASCII), isASCII: true) }
    return mapped(string) { point, _, result in appendUpper(point, to: &result) }
  }

  static func lower(_ string: StringObject) -> StringObject {
    if string.isASCII { return StringObject(string.bytes.map(lowerASCII), isASCII: true) }
    let points = CodePoints.all(string.bytes)
    return mapped(points) { point, index, result in
      appendLower(points, index, point, to: &result)
    }
  }

  static func folded(_ string: StringObject) -> StringObject {
    if string.isASCII { return StringObject(string.bytes.map(lowerASCII), isASCII: true) }
    return mapped(string) { point, _, result in appendFolded(point, to: &result) }
  }

  static func swapped(_ string: StringObject) -> StringObject {
    let points = CodePoints.all(string.bytes)
    return mapped(points) { point, index, result in
      if CodePoints.isUpper(point) {
        appendLower(points, index, point, to: &result)
      } else if CodePoints.isLower(point) {
        appendUpper(point, to: &result)
      } else {
        CodePoints.append(point, to: &result)
      }
    }
  }

  static func capitalized(_ string: StringObject) -> StringObject {
    let points = CodePoints.all(string.bytes)
    return mapped(points) { point, index, result in
      if index == 0 {
        appendTitle(point, to: &result)
      } else {
        appendLower(points, index, point, to: &result)
      }
    }
  }

  /// Words begin after every character that has no case.
  static func titled(_ string: StringObject) -> StringObject {
    let points = CodePoints.all(string.bytes)
    var previousIsCased = false
    return mapped(points) { point, index, result in
      if previousIsCased {
        appendLower(points, index, point, to: &result)
      } else {
        appendTitle(point, to: &result)
      }
      previousIsCased = isCased(point)
    }
  }

  private static func mapped(
    _ string: StringObject, _ body: (UInt32, Int, inout [UInt8]) -> Void
  ) -> StringObject {
    mapped(CodePoints.all(string.bytes), body)
  }

  private static func mapped(
    _ points: [UInt32], _ body: (UInt32, Int, inout [UInt8]) -> Void
  ) -> StringObject {
    var result: [UInt8] = []
    result.reserveCapacity(points.count + points.count / 4)
    for (index, point) in points.enumerated() { body(point, index, &result) }
    return StringObject(result)
  }

  // MARK: - The final sigma

  static func isCased(_ point: UInt32) -> Bool {
    if point < 0x80 { return CodePoints.isASCIILetter(point) }
    return CodePoints.properties(point)?.isCased ?? false
  }

  private static func isIgnorable(_ point: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(point) else { return false }
    return scalar.properties.isCaseIgnorable
  }

  private static func appendLower(
    _ points: [UInt32], _ index: Int, _ point: UInt32, to result: inout [UInt8]
  ) {
    guard point == 0x3A3 else { return appendLower(point, to: &result) }
    CodePoints.append(isFinal(points, index) ? 0x3C2 : 0x3C3, to: &result)
  }

  private static func isFinal(_ points: [UInt32], _ index: Int) -> Bool {
    guard let before = points[..<index].last(where: { !isIgnorable($0) }), isCased(before) else {
      return false
    }
    guard let after = points[(index + 1)...].first(where: { !isIgnorable($0) }) else { return true }
    return !isCased(after)
  }
}
