import Glibc

/// Arithmetic, comparison and logic of columns, cell by cell.
public enum VectorMath {
  public enum Arithmetic: String, Sendable, CaseIterable {
    case add, sub, mul, truediv, floordiv, mod, pow
    public var sign: String {
      switch self {
      case .add: "+"
      case .sub: "-"
      case .mul: "*"
      case .truediv: "/"
      case .floordiv: "//"
      case .mod: "%"
      case .pow: "** or pow()"
      }
    }
  }

  public enum Logic: String, Sendable { case and, or, xor }

  /// One side of an operator.
  public enum Operand {
    case vector(Vector)
    case cell(Cell)

    var type: DataType? { if case .vector(let vector) = self { vector.type } else { nil } }
    subscript(row: Int) -> Cell {
      switch self {
      case .vector(let vector): vector[row]
      case .cell(let cell): cell
      }
    }
    /// Whether it is a number (or a column of them), truth values included.
    var isNumeric: Bool {
      switch self {
      case .vector(let vector): vector.type.isInteger || vector.type.isFloating || vector.type == .bool
      case .cell(let cell): cell.number != nil || cell == .missing
      }
    }
    var isInteger: Bool {
      switch self {
      case .vector(let vector): vector.type.isInteger || vector.type == .bool
      case .cell(.int), .cell(.bool): true
      default: false
      }
    }
    var isBool: Bool {
      switch self {
      case .vector(let vector): vector.type == .bool
      case .cell(.bool): true
      default: false
      }
    }
    func doubles(_ count: Int) -> [Double] {
      switch self {
      case .vector(let vector): vector.doubles ?? []
      case .cell(let cell): [Double](repeating: cell.number ?? .nan, count: count)
      }
    }
    func ints(_ count: Int) -> [Int] {
      switch self {
      case .vector(let vector):
        switch vector.storage {
        case .int(let values): values
        case .bool(let values): values.map { $0 == true ? 1 : 0 }
        default: []
        }
      case .cell(.int(let value)): [Int](repeating: value, count: count)
      case .cell(.bool(let flag)): [Int](repeating: flag ? 1 : 0, count: count)
      case .cell: []
      }
    }
  }

  public static func apply(
    _ op: Arithmetic, _ a: Operand, _ b: Operand, count: Int
  ) throws -> Vector {
    if a.isNumeric, b.isNumeric { return try numbers(op, a, b, count) }
    if a.type?.isNullable == true || b.type?.isNullable == true {
      var hasFloat = op == .truediv
      for side in [a, b] {
        if side.type?.name.lowercased().hasPrefix("float") == true { hasFloat = true }
        if case .cell(.float) = side { hasFloat = true }
      }
      let isText = [a, b].contains { $0.type?.name == "string" }
      let cells = try (0..<count).map { row -> Cell in
        let (x, y) = (a[row], b[row])
        if x.isMissing || y.isMissing { return .absent }
        return try single(op, x, y)
      }
      return Vector(.object(cells), .nullable(isText ? "string" : hasFloat ? "Float64" : "Int64"))
    }
    let cells = try (0..<count).map { try single(op, a[$0], b[$0]) }
    if case .object? = a.type ?? b.type, a.type == .object || b.type == .object {
      return Vector(objects: cells)
    }
    if a.type == .string || b.type == .string {
      return try Vector(texts: cells.map(\.text))
    }
    return cells.isEmpty ? Vector(empty: a.type ?? b.type ?? .object) : try Vector(cells: cells)
  }

  /// One cell with one other.
  public static func single(_ op: Arithmetic, _ x: Cell, _ y: Cell) throws -> Cell {
    switch (x, y) {
    case (.date(let a), .date(let b)) where op == .sub: return .span(a &- b)
    case (.date(let a), .span(let b)):
      if op == .add { return .date(a &+ b) }
      if op == .sub { return .date(a &- b) }
    case (.span(let a), .date(let b)) where op == .add: return .date(a &+ b)
    case (.span(let a), .span(let b)):
      switch op {
      case .add: return .span(a &+ b)
      case .sub: return .span(a &- b)
      case .truediv: return .float(Double(a) / Double(b))
      case .floordiv: return b == 0 ? .missing : .int(floorDivide(a, b))
      case .mod: return b == 0 ? .notATime : .span(a &- floorDivide(a, b) &* b)
      default: break
      }
    case (.span(let a), _) where y.number != nil:
      let factor = y.number ?? 1
      let value = op == .mul ? Double(a) * factor : op == .truediv || op == .floordiv ? Double(a) / factor : .nan
      if let whole = Int(exactly: value.rounded(.towardZero)) { return .span(whole) }
      return .notATime
    case (_, .span(let b)) where x.number != nil && op == .mul:
      if let whole = Int(exactly: (Double(b) * (x.number ?? 1)).rounded(.towardZero)) { return .span(whole) }
      return .notATime
    case (.string(let a), .string(let b)) where op == .add: return .string(a + b)
    case (.string(let a), .int(let n)), (.int(let n), .string(let a)):
      if op == .mul {
        guard n <= 0 || a.utf8.count <= 1 << 28 / max(1, n) else {
          throw FrameError.columnTooLarge(bytes: Int.max)
        }
        return .string(String(repeating: a, count: max(0, n)))
      }
    case (.int, .int), (.int, .float), (.float, .int), (.float, .float), (.bool, .int), (.int, .bool),
      (.bool, .float), (.float, .bool), (.bool, .bool):
      let result = try numbers(op, .cell(x), .cell(y), 1)
      return result[0]
    default: break
    }
    if x == .notATime || y == .notATime { return .notATime }
    if x == .absent || y == .absent { return .absent }
    if x == .missing || y == .missing || x.isMissing && y.isMissing { return .missing }
    if case .string = x, op == .add {
      throw FrameError.raised(
        .type, "can only concatenate str (not \"\(y.typeName)\") to str")
    }
    throw FrameError.raised(
      .type,
      "unsupported operand type(s) for \(op.sign): '\(x.typeName)' and '\(y.typeName)'")
  }

  static func floorDivide(_ a: Int, _ b: Int) -> Int {
    if b == -1 { return 0 &- a }
    let quotient = a / b
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
  }

  private static func resultType(_ a: Operand, _ b: Operand) -> DataType {
    switch (a.type, b.type) {
    case (let x?, let y?):
      if x == .bool { return y == .bool ? .bool : y }
      if y == .bool { return x }
      return x.joined(y)
    case (let x?, nil), (nil, let x?):
      if x == .bool { return a.isBool && b.isBool ? .bool : .int64 }
      return x
    case (nil, nil): return .int64
    }
  }

  private static func numbers(
    _ op: Arithmetic, _ a: Operand, _ b: Operand, _ count: Int
  ) throws -> Vector {
    if a.isBool, b.isBool, op == .add || op == .mul, a.type != nil || b.type != nil {
      let (x, y) = (a.ints(count), b.ints(count))
      return Vector(bools: x.indices.map { op == .add ? x[$0] + y[$0] > 0 : x[$0] * y[$0] > 0 })
    }
    if a.isBool, b.isBool, op == .sub, a.type != nil {
      throw FrameError.raised(
        .type,
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` "
          + "operator, or the logical_xor function instead.")
    }
    if a.isInteger, b.isInteger, op != .truediv {
      let (x, y) = (a.ints(count), b.ints(count))
      var type = resultType(a, b)
      if type == .bool { type = .int64 }
      switch op {
      case .add: return Vector(.int(x.indices.map { x[$0] &+ y[$0] }), type)
      case .sub: return Vector(.int(x.indices.map { x[$0] &- y[$0] }), type)
      case .mul: return Vector(.int(x.indices.map { x[$0] &* y[$0] }), type)
      case .pow:
        if y.contains(where: { $0 < 0 }) {
          throw FrameError.raised(.value, "Integers to negative integer powers are not allowed.")
        }
        return Vector(.int(x.indices.map { power(x[$0], y[$0]) }), type)
      default:
        if !y.contains(0) {
          return Vector(
            .int(
              x.indices.map {
                op == .mod ? x[$0] &- floorDivide(x[$0], y[$0]) &* y[$0] : floorDivide(x[$0], y[$0])
              }), type)
        }
      }
    }
    let (x, y) = (a.doubles(count), b.doubles(count))
    var result = [Double](repeating: 0, count: count)
    switch op {
    case .add: for i in 0..<count { result[i] = x[i] + y[i] }
    case .sub: for i in 0..<count { result[i] = x[i] - y[i] }
    case .mul: for i in 0..<count { result[i] = x[i] * y[i] }
    case .truediv: for i in 0..<count { result[i] = x[i] / y[i] }
    case .pow: for i in 0..<count { result[i] = Glibc.pow(x[i], y[i]) }
    case .floordiv:
      for i in 0..<count { result[i] = y[i] == 0 ? x[i] / y[i] : (x[i] / y[i]).rounded(.down) }
    case .mod:
      for i in 0..<count {
        let rest = fmod(x[i], y[i])
        result[i] = rest != 0 && (rest < 0) != (y[i] < 0) ? rest + y[i] : rest
      }
    }
    let type = [a.type, b.type].compactMap { $0 }.filter(\.isFloating)
    if type.count == 1 || type.count == 2, type.allSatisfy({ $0 == .floating(bits: 32) }),
      [a, b].allSatisfy({ $0.type == nil || $0.type?.isFloating == true })
    {
      return Vector(.float(result.map { Double(Float($0)) }), .floating(bits: 32))
    }
    return Vector(doubles: result)
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    var result = 1
    var factor = base
    var left = exponent
    while left > 0 {
      if left & 1 == 1 { result = result &* factor }
      factor = factor &* factor
      left >>= 1
    }
    return result
  }

  // MARK: - Comparison

  public static func compare(
    _ how: Comparison, _ a: Operand, _ b: Operand, count: Int
  ) throws -> Vector {
    if a.isNumeric, b.isNumeric, !(a.isInteger && b.isInteger) {
      let (x, y) = (a.doubles(count), b.doubles(count))
      var flags = [Bool](repeating: false, count: count)
      for i in 0..<count {
        switch how {
        case .equal: flags[i] = x[i] == y[i]
        case .notEqual: flags[i] = x[i] != y[i]
        case .less: flags[i] = x[i] < y[i]
        case .lessOrEqual: flags[i] = x[i] <= y[i]
        case .greater: flags[i] = x[i] > y[i]
        case .greaterOrEqual: flags[i] = x[i] >= y[i]
        }
      }
      return Vector(bools: flags)
    }
    var b = b
    var a = a
    // Texts beside moments are moments, beside spans spans.
    if a.type?.isDate == true, case .cell(.string(let text)) = b {
      guard let micros = DateParsing.micros(of: text) else { throw noOrder(how, a, b) }
      b = .cell(.date(micros))
    }
    if a.type?.isSpan == true, case .cell(.string(let text)) = b,
      let micros = SpanParsing.micros(of: text)
    {
      b = .cell(.span(micros))
    }
    if let categories = a.type?.categories {
      if how != .equal, how != .notEqual {
        guard categories.isOrdered else {
          throw FrameError.raised(
            .type, "Unordered Categoricals can only compare equality or not")
        }
        if case .cell(let cell) = b, case .vector(let vector) = a,
          case .int(let codes) = vector.storage
        {
          guard let code = categories.code(of: cell) else {
            throw FrameError.raised(
              .type,
              "Cannot compare a Categorical for op __\(how.short)__ with a scalar, which is not a "
                + "category.")
          }
          return Vector(
            bools: codes.map { $0 >= 0 && how.holds($0 < code, $0 == code) })
        }
      }
      if case .vector(let vector) = a { a = .vector(Vector(objects: vector.cells)) }
    }
    let isNullable = a.type?.isNullable == true || b.type?.isNullable == true
    var flags: [Bool] = []
    flags.reserveCapacity(count)
    var cells: [Cell] = []
    for row in 0..<count {
      let (x, y) = (a[row], b[row])
      if x.isMissing || y.isMissing {
        // None equals None among objects; NaN nothing.
        if isNullable { cells.append(.absent) }
        let bothNone = x == .null && y == .null && false
        flags.append(how == .notEqual ? !bothNone : bothNone)
        continue
      }
      if let order = x.order(y) {
        flags.append(how.holds(order < 0, order == 0))
      } else {
        switch how {
        case .equal: flags.append(false)
        case .notEqual: flags.append(true)
        default: throw noOrder(how, .cell(x), .cell(y))
        }
      }
      if isNullable { cells.append(.bool(flags[row])) }
    }
    if isNullable { return Vector(.object(cells), .nullable("boolean")) }
    return Vector(bools: flags)
  }

  private static func noOrder(_ how: Comparison, _ a: Operand, _ b: Operand) -> FrameError {
    func name(_ side: Operand) -> String {
      switch side {
      case .vector(let vector): "\(vector.typeName)"
      case .cell(let cell): cell.typeName
      }
    }
    if a.type != nil {
      return .raised(
        .type, "Invalid comparison between dtype=\(name(a)) and \(name(b))")
    }
    return .raised(
      .type,
      "'\(how.sign)' not supported between instances of '\(name(a))' and '\(name(b))'")
  }

  /// `&`, `|`, `^` of truth values and integers.
  public static func logic(_ how: Logic, _ a: Operand, _ b: Operand, count: Int) throws -> Vector {
    func flags(_ side: Operand) -> [Bool]? {
      switch side {
      case .vector(let vector):
        if vector.type == .bool { return vector.cells.map { $0 == .bool(true) } }
        if vector.type == .object || vector.type == .nullable("boolean") {
          guard vector.cells.allSatisfy({ if case .bool = $0 { true } else { $0.isMissing } }) else {
            return nil
          }
          return vector.cells.map { $0 == .bool(true) }
        }
        return nil
      case .cell(.bool(let flag)): return [Bool](repeating: flag, count: count)
      case .cell: return nil
      }
    }
    if let x = flags(a), let y = flags(b) {
      return Vector(
        bools: (0..<count).map { row in
          switch how {
          case .and: x[row] && y[row]
          case .or: x[row] || y[row]
          case .xor: x[row] != y[row]
          }
        })
    }
    if a.isInteger, b.isInteger {
      let (x, y) = (a.ints(count), b.ints(count))
      return Vector(
        ints: (0..<count).map { row in
          switch how {
          case .and: x[row] & y[row]
          case .or: x[row] | y[row]
          case .xor: x[row] ^ y[row]
          }
        })
    }
    func name(_ side: Operand) -> String {
      switch side {
      case .vector(let vector): "dtyped [\(vector.typeName)] array"
      case .cell(let cell): "scalar of type [\(cell.typeName)]"
      }
    }
    if case .cell(let cell) = b {
      throw FrameError.raised(
        .type,
        "Cannot perform '\(how.rawValue)_' with a dtyped [\(a.type?.name ?? "object")] array and "
          + "scalar of type [\(cell.typeName)]")
    }
    let sign = how == .and ? "&" : how == .or ? "|" : "^"
    throw FrameError.raised(
      .type,
      "unsupported operand type(s) for \(sign): '\(a[0].typeName)' and '\(b[0].typeName)'")
  }
}

/// How two cells are compared.
public enum Comparison: String, Sendable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual


  func holds(_ isLess: Bool, _ isEqual: Bool) -> Bool {
    switch self {
    case .equal: isEqual
    case .notEqual: !isEqual
    case .less: isLess
    case .lessOrEqual: isLess || isEqual
    case .greater: !isLess && !isEqual
    case .greaterOrEqual: !isLess
    }
  }
  public var sign: String {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
  public var short: String {
    switch self {
    case .equal: "eq"
    case .notEqual: "ne"
    case .less: "lt"
    case .lessOrEqual: "le"
    case .greater: "gt"
    case .greaterOrEqual: "ge"
    }
  }
}
