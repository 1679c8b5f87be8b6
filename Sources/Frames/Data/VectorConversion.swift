extension Vector {
  /// The cells as another type.
  ///
  /// - Throws: what pandas says when a cell cannot be one of that type.
  public func converted(to wanted: DataType) throws -> Vector {
    if wanted == type, wanted.categories == nil { return self }
    switch wanted {
    case .integer(let bits, let signed): return try toIntegers(bits, signed, wanted)
    case .floating(let bits):
      let values = try toDoubles()
      return Vector(.float(bits == 32 ? values.map { Double(Float($0)) } : values), wanted)
    case .bool:
      return Vector(bools: cells.map(\.isTrue))
    case .string:
      let missing = isMissing()
      let texts = ValueTexts.plain(self)
      return try Vector(texts: texts.indices.map { missing[$0] ? nil : texts[$0] })
    case .object:
      return Vector(objects: cells)
    case .date(let unit):
      if case .date = type { return Vector(storage, wanted) }
      return Vector(.int(try DateParsing.micros(self)), .date(unit: unit))
    case .span(let unit):
      if case .span = type { return Vector(storage, wanted) }
      return Vector(.int(try SpanParsing.micros(self)), .span(unit: unit))
    case .category(let categories):
      if categories.isUnset {
        if case .category = type { return self }
        return try categorized()
      }
      return try Vector(cells: cells, as: wanted)
    case .nullable(let name): return try toNullable(name)
    }
  }

  /// As categories: the sorted values that occur.
  public func categorized(ordered: Bool = false) throws -> Vector {
    let found = unique()
    let present = found.filtered(found.isMissing().map { !$0 })
    let order = (try? present.sortedRows()) ?? Array(0..<present.count)
    let categories = Categories(present.taking(order), isOrdered: ordered)
    return try Vector(cells: cells, as: .category(categories))
  }

  private func toIntegers(_ bits: Int, _ signed: Bool, _ wanted: DataType) throws -> Vector {
    func fitted(_ value: Int) -> Int {
      guard bits < 64 else { return value }
      switch (bits, signed) {
      case (8, true): return Int(Int8(truncatingIfNeeded: value))
      case (16, true): return Int(Int16(truncatingIfNeeded: value))
      case (32, true): return Int(Int32(truncatingIfNeeded: value))
      case (8, false): return Int(UInt8(truncatingIfNeeded: value))
      case (16, false): return Int(UInt16(truncatingIfNeeded: value))
      default: return Int(UInt32(truncatingIfNeeded: value))
      }
    }
    if case .int(let values) = storage, type.categories == nil { return Vector(.int(values.map(fitted)), wanted) }
    var values: [Int] = []
    for cell in cells {
      switch cell {
      case .int(let value): values.append(value)
      case .bool(let flag): values.append(flag ? 1 : 0)
      case .float(let value) where value.isFinite:
        values.append(Int(exactly: value.rounded(.towardZero)) ?? Int.min)
      case .string(let text):
        let trimmed = text.trimmingBlanks
        guard let value = Int(trimmed.hasPrefix("+") ? String(trimmed.dropFirst()) : trimmed) else {
          throw FrameError.raised(
            .value, "invalid literal for int() with base 10: \(Cell.quoted(text))")
        }
        values.append(value)
      case .date(let micros), .span(let micros): values.append(micros)
      default:
        if case .object = type, cell == .null {
          throw FrameError.raised(
            .type,
            "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'")
        }
        if case .nullable = type {
          throw FrameError.raised(.value, "cannot convert NA to integer")
        }
        if case .string = type {
          throw FrameError.raised(.value, "cannot convert float NaN to integer")
        }
        throw FrameError.raised(
          .castingNaN,
          "Cannot convert non-finite values (NA or inf) to integer. Replace or remove non-finite "
            + "values or cast to an integer type that supports these values (e.g. 'Int64')")
      }
    }
    return Vector(.int(values.map(fitted)), wanted)
  }

  private func toDoubles() throws -> [Double] {
    if let doubles { return doubles }
    return try cells.map { cell in
      if let number = cell.number { return number }
      if cell.isMissing { return .nan }
      if let text = cell.text {
        guard let number = NumberReading.double(text) else {
          throw FrameError.raised(
            .value, "could not convert string to float: \(Cell.quoted(text))")
        }
        return number
      }
      throw FrameError.raised(
        .type, "float() argument must be a string or a real number, not '\(cell.typeName)'")
    }
  }

  private func toNullable(_ name: String) throws -> Vector {
    let converted: [Cell]
    switch name {
    case "string":
      let texts = ValueTexts.plain(self)
      let missing = isMissing()
      converted = texts.indices.map { missing[$0] ? .absent : .string(texts[$0]) }
    case "boolean":
      converted = try cells.map { cell in
        if cell.isMissing { return .absent }
        if case .bool = cell { return cell }
        if let number = cell.number, number == 0 || number == 1 { return .bool(number == 1) }
        throw FrameError.raised(.type, "Need to pass bool-like values")
      }
    case "Float64", "Float32":
      converted = try toDoubles().map { $0.isNaN ? .absent : .float($0) }
    default:
      converted = try cells.map { cell in
        if cell.isMissing { return .absent }
        switch cell {
        case .int: return cell
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .float(let value):
          guard let whole = Int(exactly: value) else {
            throw FrameError.raised(.type, "cannot safely cast non-equivalent float64 to int64")
          }
          return .int(whole)
        case .string(let text):
          guard let whole = Int(text) else {
            throw FrameError.raised(
              .value, "invalid literal for int() with base 10: \(Cell.quoted(text))")
          }
          return .int(whole)
        default:
          throw FrameError.raised(.type, "object cannot be converted to an IntegerDtype")
        }
      }
    }
    return Vector(.object(converted), .nullable(name))
  }

  /// `to_numeric`: texts as numbers, in the narrowest type.
  public func numeric(coerce: Bool) throws -> Vector {
    if type.isNumeric || type == .bool { return self }
    var cells: [Cell] = []
    for (row, cell) in self.cells.enumerated() {
      if cell.isMissing {
        cells.append(.missing)
      } else if let text = cell.text {
        let trimmed = text.trimmingBlanks
        if let whole = Int(trimmed) {
          cells.append(.int(whole))
        } else if let number = NumberReading.double(trimmed) {
          cells.append(.float(number))
        } else if coerce {
          cells.append(.missing)
        } else {
          throw FrameError.raised(
            .value, "Unable to parse string '\(text)' at position \(row)")
        }
      } else if cell.number != nil {
        cells.append(cell)
      } else if coerce {
        cells.append(.missing)
      } else {
        throw FrameError.raised(.type, "Invalid object type at position \(row)")
      }
    }
    if cells.isEmpty { return self }
    return try Vector(cells: cells.map { if case .bool(let flag) = $0 { .int(flag ? 1 : 0) } else { $0 } })
  }

  /// The narrowest type for objects (`infer_objects`).
  public func inferred() throws -> Vector {
    guard case .object = type else { return self }
    return count == 0 ? self : try Vector(cells: cells)
  }
}

extension Cell {
  /// Truth as the language has it; a missing number is true.
  public var isTrue: Bool {
    switch self {
    case .int(let value): value != 0
    case .float(let value): value != 0
    case .bool(let flag): flag
    case .string(let text): !text.isEmpty
    case .null: false
    default: true
    }
  }
}

enum NumberReading {
  /// A number as Python's `float` reads it.
  static func double(_ text: String) -> Double? {
    let trimmed = text.trimmingBlanks
    guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    switch trimmed.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    guard !trimmed.utf8.contains(where: { $0 == 0x78 || $0 == 0x58 || $0 == 0x70 || $0 == 0x50 || $0 == 0x6E })
    else { return nil }
    return Double(trimmed)
  }
}

extension String {
  /// Without white space at both ends.
  var trimmingBlanks: String {
    func isBlank(_ c: Character) -> Bool { c.isWhitespace }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
