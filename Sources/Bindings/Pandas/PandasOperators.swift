import Frames
import Language
import TensorCore

/// Arithmetic, comparison and logic of series and tables: one table of rows for both types.
enum PandasOperators {
  typealias Body = @Sendable (VectorMath.Operand, VectorMath.Operand, Int) throws -> Vector

  struct Row: Sendable {
    let name: String
    let sign: String
    /// The named method: `add`, `eq`; nil for `&`.
    let method: String?
    let isComparison: Bool
    let body: Body
    /// What the language does with two objects.
    let special: String
  }

  static let rows: [Row] =
    VectorMath.Arithmetic.allCases.map { op in
      Row(
        name: op.rawValue, sign: op.sign, method: op.rawValue == "truediv" ? "div" : op.rawValue,
        isComparison: false,
        body: { try VectorMath.apply(op, $0, $1, count: $2) }, special: op.rawValue)
    }
    + [("eq", Comparison.equal), ("ne", .notEqual), ("lt", .less), ("le", .lessOrEqual),
       ("gt", .greater), ("ge", .greaterOrEqual)].map { name, how in
      Row(
        name: name, sign: how.sign, method: name, isComparison: true,
        body: { try VectorMath.compare(how, $0, $1, count: $2) }, special: name)
    }
    + [("and", VectorMath.Logic.and, "&"), ("or", .or, "|"), ("xor", .xor, "^")].map { name, how, sign in
      Row(
        name: name, sign: sign, method: nil, isComparison: false,
        body: { try VectorMath.logic(how, $0, $1, count: $2) }, special: name)
    }

  // MARK: - Series

  static let seriesMethods: [Native] = rows.flatMap { row -> [Native] in
    var natives = [
      Native("__\(row.name)__(self, other)", "self \(row.sign) other, row by row.") { a in
        try series(row, a, reflected: false)
      }
    ]
    if !row.isComparison {
      natives.append(
        Native("__r\(row.name)__(self, other)", "other \(row.sign) self, row by row.") { a in
          try series(row, a, reflected: true)
        })
    }
    if let method = row.method {
      var names = [method]
      if method == "div" { names.append("truediv") }
      if method == "sub" { names.append("subtract") }
      if method == "mul" { names.append("multiply") }
      if method == "div" { names.append("divide") }
      for name in names {
        natives.append(
          Native(
            "\(name)(self, other, level=None, fill_value=None, axis=0)",
            "self \(row.sign) other, with a value for what is missing on one side."
          ) { a in try series(row, a, reflected: false) })
        if !row.isComparison {
          natives.append(
            Native(
              "r\(name)(self, other, level=None, fill_value=None, axis=0)",
              "other \(row.sign) self."
            ) { a in try series(row, a, reflected: true) })
        }
      }
    }
    return natives
  }

  /// The other side of an operator of a series.
  private static func other(
    _ value: Value, _ count: Int, _ machine: Machine
  ) throws -> VectorMath.Operand {
    if let vector = try machine.vector(value) {
      if let object = value.asTensorObject, object.tensor.count == 1, object.tensor.rank == 0 {
        return .cell(vector[0])
      }
      guard vector.count == count else {
        throw Raise(
          .valueError,
          value.asTensorObject != nil
            ? "operands could not be broadcast together with shapes (\(count),) (\(vector.count),) "
            : "Lengths of operands do not match: \(vector.count) != \(count)")
      }
      return .vector(vector)
    }
    return .cell(try machine.cell(value))
  }

  private static func series(_ row: Row, _ a: Arguments, reflected: Bool) throws -> Value {
    var own = try a.ownSeries
    let machine = a.machine
    if a[1].asFrame != nil { return .notImplemented }
    var name = own.name
    var right: VectorMath.Operand
    if var other = a[1].asSeries {
      if own.name != other.name { name = .null }
      if !own.index.isEqual(other.index) {
        if row.isComparison, !a.isSet("fill_value"), a.count == 2 {
          throw Raise(.valueError, "Can only compare identically-labeled Series objects")
        }
        if let union = try own.index.union(other.index) {
          own = try own.reindexed(union)
          other = try other.reindexed(union)
        }
      }
      if a.isSet("fill_value") {
        let fill = try machine.cell(a["fill_value"])
        let (x, y) = (own.values.isMissing(), other.values.isMissing())
        let both = x.indices.filter { x[$0] && y[$0] }
        own.values = try own.values.fillingMissing(with: fill)
        other.values = try other.values.fillingMissing(with: fill)
        if !both.isEmpty { own.values = try own.values.replacing(both, with: both.map { _ in .missing }) }
      }
      right = .vector(other.values)
    } else {
      if a.isSet("fill_value") {
        own.values = try own.values.fillingMissing(with: machine.cell(a["fill_value"]))
      }
      right = try other(a[1], own.count, machine)
    }
    let values = try apply(row, .vector(own.values), right, own.count, reflected, machine)
    return machine.value(Series(values, index: own.index, name: name))
  }

  /// The rule of Frames; objects of the language answer for themselves.
  static func apply(
    _ row: Row, _ a: VectorMath.Operand, _ b: VectorMath.Operand, _ count: Int, _ reflected: Bool,
    _ machine: Machine
  ) throws -> Vector {
    func isForeign(_ side: VectorMath.Operand) -> Bool {
      switch side {
      case .cell(.other), .cell(.tuple): true
      case .cell: false
      case .vector(let vector):
        vector.type == .object
          && vector.cells.contains { cell in
            switch cell {
            case .other, .tuple: true
            default: false
            }
          }
      }
    }
    if isForeign(a) || isForeign(b) {
      func cell(_ side: VectorMath.Operand, _ row: Int) -> Frames.Cell {
        switch side {
        case .cell(let cell): cell
        case .vector(let vector): vector[row]
        }
      }
      let name = (reflected ? "__r" : "__") + row.special + "__"
      var results: [Frames.Cell] = []
      for place in 0..<count {
        let (x, y) = (machine.value(cell(a, place)), machine.value(cell(b, place)))
        if row.special == "eq" || row.special == "ne" {
          results.append(.bool(try machine.equals(x, y) == (row.special == "eq")))
          continue
        }
        let result = try machine.call(machine.attribute(x, name), [y])
        if result.isIdentical(to: .notImplemented) {
          throw Raise(
            .typeError,
            "unsupported operand type(s) for \(row.sign): '\(machine.typeName(x))' and "
              + "'\(machine.typeName(y))'")
        }
        results.append(try machine.cell(result))
      }
      return row.isComparison ? try Vector(cells: results) : Vector(objects: results)
    }
    return reflected ? try row.body(b, a, count) : try row.body(a, b, count)
  }

  // MARK: - Frames

  static let frameMethods: [Native] = rows.flatMap { row -> [Native] in
    var natives = [
      Native("__\(row.name)__(self, other)", "self \(row.sign) other, cell by cell.") { a in
        try frame(row, a, reflected: false)
      }
    ]
    if !row.isComparison {
      natives.append(
        Native("__r\(row.name)__(self, other)", "other \(row.sign) self, cell by cell.") { a in
          try frame(row, a, reflected: true)
        })
    }
    if let method = row.method {
      let names = method == "div" ? ["div", "truediv", "divide"] : method == "sub" ? ["sub", "subtract"] : method == "mul" ? ["mul", "multiply"] : [method]
      for name in names {
        natives.append(
          Native(
            "\(name)(self, other, axis='columns', level=None, fill_value=None)",
            "self \(row.sign) other; a series goes along the axis."
          ) { a in try frame(row, a, reflected: false) })
        if !row.isComparison {
          natives.append(
            Native(
              "r\(name)(self, other, axis='columns', level=None, fill_value=None)",
              "other \(row.sign) self."
            ) { a in try frame(row, a, reflected: true) })
        }
      }
    }
    return natives
  }

  private static func frame(_ row: Row, _ a: Arguments, reflected: Bool) throws -> Value {
    var own = try a.ownFrame
    let machine = a.machine
    var fill: Frames.Cell?
    if a.isSet("fill_value") { fill = try machine.cell(a["fill_value"]) }
    func combine(_ x: Vector, _ y: VectorMath.Operand) throws -> Vector {
      try apply(row, .vector(x), y, x.count, reflected, machine)
    }
    if var other = a[1].asFrame {
      if !own.labels.isEqual(other.labels) || !own.index.isEqual(other.index) {
        if row.isComparison, a.count == 2 {
          throw Raise(.valueError, "Can only compare identically-labeled (both index and columns) DataFrame objects")
        }
        let rows = try own.index.union(other.index) ?? own.index
        let columns = try own.labels.union(other.labels) ?? own.labels
        own = try own.reindexed(rows: rows, columns: columns)
        other = try other.reindexed(rows: rows, columns: columns)
      }
      own.columns = try own.columns.indices.map { place in
        var (x, y) = (own.columns[place], other.columns[place])
        if let fill {
          let (p, q) = (x.isMissing(), y.isMissing())
          let both = p.indices.filter { p[$0] && q[$0] }
          x = try x.fillingMissing(with: fill)
          y = try y.fillingMissing(with: fill)
          if !both.isEmpty { x = try x.replacing(both, with: both.map { _ in .missing }) }
        }
        return try combine(x, .vector(y))
      }
      return machine.value(own)
    }
    if let series = a[1].asSeries {
      if a.count > 2, try a.axis("axis", standard: 1) == 0 {
        let aligned = try series.reindexed(own.index)
        own.columns = try own.columns.map { try combine($0, .vector(aligned.values)) }
        return machine.value(own)
      }
      if !own.labels.isEqual(series.index) {
        let union = try own.labels.union(series.index) ?? own.labels
        own = try own.reindexed(columns: union)
      }
      let aligned = try series.reindexed(own.labels)
      own.columns = try own.columns.indices.map { try combine(own.columns[$0], .cell(aligned.values[$0])) }
      return machine.value(own)
    }
    if let object = a[1].asTensorObject, object.tensor.rank == 2 {
      let other = try FrameBuilder.frame(object.tensor, machine)
      guard other.rowCount == own.rowCount, other.columnCount == own.columnCount else {
        throw Raise(
          .valueError,
          "Unable to coerce to DataFrame, shape must be (\(own.rowCount), \(own.columnCount)): given "
            + "(\(other.rowCount), \(other.columnCount))")
      }
      own.columns = try own.columns.indices.map { try combine(own.columns[$0], .vector(other.columns[$0])) }
      return machine.value(own)
    }
    if let vector = try machine.vector(a[1]) {
      if a.count > 2, try a.axis("axis", standard: 1) == 0 {
        guard vector.count == own.rowCount else {
          throw Raise(.valueError, "Unable to coerce to Series, length must be \(own.rowCount): given \(vector.count)")
        }
        own.columns = try own.columns.map { try combine($0, .vector(vector)) }
        return machine.value(own)
      }
      guard vector.count == own.columnCount else {
        throw Raise(
          .valueError,
          "Unable to coerce to Series, length must be \(own.columnCount): given \(vector.count)")
      }
      own.columns = try own.columns.indices.map { try combine(own.columns[$0], .cell(vector[$0])) }
      return machine.value(own)
    }
    let cell = try machine.cell(a[1])
    if let fill { own.columns = try own.columns.map { try $0.fillingMissing(with: fill) } }
    own.columns = try own.columns.map { try combine($0, .cell(cell)) }
    return machine.value(own)
  }
}
