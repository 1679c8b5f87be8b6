import Glibc

extension Vector {
  // MARK: - Running totals

  /// `cumsum`, `cumprod`, `cummax`, `cummin`: missing values stay where they are.
  public func cumulative(_ how: String) throws -> Vector {
    if case .span = type, case .int(let values) = storage, how == "cumsum" {
      var total = 0
      return Vector(
        .int(values.map { value in
          if value == Self.notATime { return value }
          total &+= value
          return total
        }), type)
    }
    if type == .string, how == "cumsum" {
      var total = ""
      return try Vector(
        texts: cells.map { cell in
          guard let text = cell.text else { return nil }
          total += text
          return total
        })
    }
    if type.isDate, case .int(let values) = storage, how == "cummax" || how == "cummin" {
      var best: Int?
      return Vector(
        .int(values.map { value in
          if value == Self.notATime { return value }
          best = best.map { how == "cummax" ? Swift.max($0, value) : Swift.min($0, value) } ?? value
          return best ?? value
        }), type)
    }
    let ints: [Int]?
    switch storage {
    case .int(let values) where type.isInteger: ints = values
    case .bool(let values): ints = values.map { $0 == true ? 1 : 0 }
    default: ints = nil
    }
    if let ints {
      var total: Int?
      let result = ints.map { value -> Int in
        let next: Int =
          switch how {
          case "cumsum": (total ?? 0) &+ value
          case "cumprod": (total ?? 1) &* value
          case "cummax": Swift.max(total ?? value, value)
          default: Swift.min(total ?? value, value)
          }
        total = next
        return next
      }
      if type == .bool, how == "cummax" || how == "cummin" { return Vector(bools: result.map { $0 != 0 }) }
      return Vector(.int(result), type == .bool ? .int64 : type)
    }
    guard let values = doubles else {
      throw FrameError.raised(
        .notImplemented, "function is not implemented for this dtype: \(typeName)")
    }
    var total: Double?
    return Vector(
      doubles: values.map { value in
        if value.isNaN { return .nan }
        let next: Double =
          switch how {
          case "cumsum": (total ?? 0) + value
          case "cumprod": (total ?? 1) * value
          case "cummax": Swift.max(total ?? value, value)
          default: Swift.min(total ?? value, value)
          }
        total = next
        return next
      })
  }

  /// The cells `periods` rows later, missing (or `fill`) where there is none.
  public func shifted(_ periods: Int, fill: Cell? = nil) throws -> Vector {
    let count = count
    let rows = (0..<count).map { row -> Int? in
      let (source, overflow) = row.subtractingReportingOverflow(periods)
      return !overflow && source >= 0 && source < count ? source : nil
    }
    guard let fill, !fill.isMissing else { return try taking(rows) }
    if holds(fill) {
      return try Vector(cells: rows.map { $0.map { self[$0] } ?? fill }, as: type)
    }
    return try Vector(cells: rows.map { $0.map { self[$0] } ?? fill })
  }

  /// Each cell less the one `periods` rows before.
  public func difference(_ periods: Int) throws -> Vector {
    if type == .bool {
      let cells = (0..<count).map { row -> Cell in
        let source = row - periods
        guard source >= 0, source < count else { return .missing }
        return .bool(self[row] != self[source])
      }
      return Vector(objects: cells)
    }
    return try VectorMath.apply(
      .sub, .vector(self), .vector(shifted(periods)), count: count)
  }

  /// Ranks from 1 on: `average`, `min`, `max`, `first`, `dense`.
  public func ranked(
    _ method: String, ascending: Bool = true, percent: Bool = false, missing: String = "keep"
  ) throws -> Vector {
    let order = try sortedRows(ascending: ascending)
    let hole = isMissing()
    let present = order.filter { !hole[$0] }
    var ranks = [Double](repeating: .nan, count: count)
    var start = 0
    var dense = 0.0
    while start < present.count {
      var end = start + 1
      while end < present.count, self[present[end]].key == self[present[start]].key { end += 1 }
      dense += 1
      for place in start..<end {
        switch method {
        case "min": ranks[present[place]] = Double(start + 1)
        case "max": ranks[present[place]] = Double(end)
        case "first": ranks[present[place]] = Double(place + 1)
        case "dense": ranks[present[place]] = dense
        default: ranks[present[place]] = Double(start + 1 + end) / 2
        }
      }
      start = end
    }
    if missing == "bottom" || missing == "top" {
      let absent = order.filter { hole[$0] }
      if missing == "top" {
        for row in present { ranks[row] += Double(absent.count) }
      }
      let base = missing == "top" ? 0 : present.count
      for row in absent { ranks[row] = Double(2 * base + absent.count + 1) / 2 }
    }
    if percent {
      let divisor = method == "dense" ? dense : Double(present.count)
      ranks = ranks.map { $0 / divisor }
    }
    return Vector(doubles: ranks)
  }

  /// Missing numbers between two others on the line between them; behind the last one as the last.
  public func interpolated(method: String = "linear", at places: [Double]? = nil, limit: Int? = nil) throws -> Vector {
    guard case .floating = type, case .float(var values) = storage else {
      if type.isInteger { return self }
      throw FrameError.raised(
        .type, "Series cannot interpolate with \(typeName) dtype")
    }
    let x = places ?? (0..<values.count).map(Double.init)
    var last: Int?
    var row = 0
    while row < values.count {
      if values[row].isNaN {
        var next = row
        while next < values.count, values[next].isNaN { next += 1 }
        if let last {
          for hole in row..<next where limit.map({ hole - row < $0 }) ?? true {
            if next < values.count {
              if method == "nearest" {
                values[hole] = x[hole] - x[last] <= x[next] - x[hole] ? values[last] : values[next]
              } else {
                let slope = (values[next] - values[last]) / (x[next] - x[last])
                values[hole] = slope * (x[hole] - x[last]) + values[last]
              }
            } else {
              values[hole] = values[last]
            }
          }
        }
        row = next
      } else {
        last = row
        row += 1
      }
    }
    return Vector(.float(values), type)
  }

  /// Rounded to `digits` behind the point, halves to even, as NumPy does it.
  public func rounded(_ digits: Int) -> Vector {
    switch type {
    case .floating:
      guard case .float(let values) = storage else { return self }
      return Vector(.float(values.map { Self.rounded($0, digits) }), type)
    case .nullable where storage.count > 0:
      guard case .object(let cells) = storage else { return self }
      return Vector(
        .object(cells.map { if case .float(let value) = $0 { .float(Self.rounded(value, digits)) } else { $0 } }),
        type)
    case .integer where digits < 0:
      guard case .int(let values) = storage else { return self }
      let scale = Glibc.pow(10, Double(-digits))
      return Vector(.int(values.map { Int(exactly: (Double($0) / scale).rounded(.toNearestOrEven) * scale) ?? $0 }), type)
    default: return self
    }
  }

  public static func rounded(_ value: Double, _ digits: Int) -> Double {
    guard value.isFinite else { return value }
    if digits == 0 { return value.rounded(.toNearestOrEven) }
    guard abs(digits) < 300 else { return digits > 0 ? value : 0 }
    let scale = Glibc.pow(10, Double(abs(digits)))
    if digits < 0 { return (value / scale).rounded(.toNearestOrEven) * scale }
    let result = (value * scale).rounded(.toNearestOrEven) / scale
    return result.isFinite ? result : value
  }

  /// Between bounds.
  public func clipped(_ low: Cell?, _ high: Cell?) throws -> Vector {
    let cells = self.cells.map { cell -> Cell in
      if cell.isMissing { return cell }
      if let low, !low.isMissing, (cell.order(low) ?? 0) < 0 { return low }
      if let high, !high.isMissing, (cell.order(high) ?? 0) > 0 { return high }
      return cell
    }
    if type.isInteger, cells.contains(where: { if case .float = $0 { true } else { false } }) {
      return Vector(doubles: cells.map { $0.number ?? .nan })
    }
    return try Vector(cells: cells, as: type)
  }

  /// Magnitudes.
  public func absolute() throws -> Vector {
    switch storage {
    case .int(let values) where type.isInteger || type.isSpan:
      return Vector(.int(values.map { $0 < 0 && $0 != Int.min ? -$0 : $0 }), type)
    case .float(let values): return Vector(.float(values.map { abs($0) }), type)
    case .bool: return self
    default:
      if type.isNullable {
        return Vector(
          .object(cells.map { cell in
            switch cell {
            case .int(let value): .int(value < 0 && value != Int.min ? -value : value)
            case .float(let value): .float(abs(value))
            default: cell
            }
          }), type)
      }
      throw FrameError.raised(.type, "bad operand type for abs(): '\(cells.first?.typeName ?? "str")'")
    }
  }

  public func negated() throws -> Vector {
    switch storage {
    case .int(let values) where type.isInteger || type.isSpan:
      return Vector(.int(values.map { $0 == Int.min ? $0 : 0 &- $0 }), type)
    case .float(let values): return Vector(.float(values.map { -$0 }), type)
    case .bool:
      throw FrameError.raised(
        .type,
        "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or "
          + "the logical_not function instead.")
    default:
      throw FrameError.raised(.type, "bad operand type for unary -: '\(cells.first?.typeName ?? "str")'")
    }
  }

  /// Not of truth values, the complement of integers.
  public func inverted() throws -> Vector {
    switch type {
    case .bool: return Vector(bools: cells.map { $0 != .bool(true) })
    case .integer:
      guard case .int(let values) = storage else { return self }
      return Vector(.int(values.map { ~$0 }), type)
    case .nullable("boolean"):
      return Vector(
        .object(cells.map { if case .bool(let flag) = $0 { .bool(!flag) } else { $0 } }), type)
    case .object:
      return Vector(
        objects: try cells.map { cell in
          if case .bool(let flag) = cell { return .bool(!flag) }
          throw FrameError.raised(.type, "bad operand type for unary ~: '\(cell.typeName)'")
        })
    case .floating:
      throw FrameError.raised(
        .type,
        "ufunc 'invert' not supported for the input types, and the inputs could not be safely "
          + "coerced to any supported types according to the casting rule ''safe''")
    default:
      throw FrameError.raised(.type, "bad operand type for unary ~: '\(cells.first?.typeName ?? "str")'")
    }
  }
}
