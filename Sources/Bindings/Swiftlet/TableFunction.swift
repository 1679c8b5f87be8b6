import Display
import Language

/// `table(data)`: what people have, as a table for reading.
enum TableFunction {
  static let row = Native(
    "table(data, columns: list | tuple | None = None, *, title: str | None = None, "
      + "rows: int | None = None, heat: bool = False)",
    "Shows a dictionary of columns, a list of dictionaries, or rows, as a table.",
    example: "table({'epoch': [1, 2], 'loss': [0.5, 0.25]})"
  ) { a in
    let machine = a.machine
    let names = a[1].isNone ? nil : try machine.array(a[1]).map { try machine.text(of: $0) }
    let object = TableObject(machine.type(TableObject.table))
    object.content = try table(a[0], names: names, machine)
    object.title = try a.optionalString(2)
    if let rows = try a.optionalInt(3) {
      guard rows > 0 else { throw Raise(.valueError, "table(): rows must be positive, got \(rows)") }
      object.formatter.maxRows = rows
      object.formatter.minRows = rows
    }
    if try a.bool(4) { object.formatter.heat = .columns }
    return .object(object)
  }

  static func table(_ value: Value, names: [String]?, _ machine: Machine) throws -> Table {
    if let dict = value.asDict {
      let pairs = dict.pairs
      // A dictionary of plain values is a table of two columns.
      if !pairs.isEmpty, try pairs.allSatisfy({ try !isColumn($0.value, machine) }) {
        let columns = [
          Table.Column(names?.first ?? "name", cells: try pairs.map { try cell($0.key, machine) }),
          Table.Column(
            (names?.count ?? 0) > 1 ? names?[1] ?? "value" : "value",
            cells: try pairs.map { try cell($0.value, machine) }),
        ]
        return Table(columns, index: .none)
      }
      var columns: [Table.Column] = []
      var count: Int?
      for (key, item) in pairs {
        let name = try machine.text(of: key)
        if let names, !names.contains(name) { continue }
        let cells = try machine.array(item).map { try cell($0, machine) }
        if let count, count != cells.count {
          throw Raise(
            .valueError,
            "table(): the columns have different lengths: '\(name)' has \(cells.count), "
              + "others have \(count)")
        }
        count = cells.count
        columns.append(Table.Column(name, cells: cells))
      }
      return Table(columns)
    }
    guard try machine.isIterable(value), value.swiftString == nil else {
      throw Raise(
        .typeError, "table() takes a dictionary of columns, a list of dictionaries or rows, "
          + "got \(machine.typeName(value))")
    }
    let items = try machine.array(value)
    if !items.isEmpty, items.allSatisfy({ $0.asDict != nil }) {
      return try records(items, names: names, machine)
    }
    if try items.contains(where: { try !isColumn($0, machine) }) {
      return Table([
        Table.Column(names?.first ?? "value", cells: try items.map { try cell($0, machine) })
      ])
    }
    let rows = try items.map { try machine.array($0).map { try cell($0, machine) } }
    let width = rows.map(\.count).max() ?? 0
    if let short = rows.firstIndex(where: { $0.count != width }) {
      throw Raise(
        .valueError,
        "table(): row \(short) has \(rows[short].count) cells, others have \(width)")
    }
    if let names, names.count != width {
      throw Raise(
        .valueError, "table(): \(names.count) names for \(width) columns")
    }
    return Table(
      (0..<width).map { column in
        Table.Column(names?[column] ?? "\(column)", cells: rows.map { $0[column] })
      })
  }

  private static func records(
    _ items: [Value], names: [String]?, _ machine: Machine
  ) throws -> Table {
    var order: [String] = names ?? []
    if names == nil {
      var seen: Set<String> = []
      for item in items {
        for key in item.asDict?.keys ?? [] {
          let name = try machine.text(of: key)
          if seen.insert(name).inserted { order.append(name) }
        }
      }
    }
    return Table(
      try order.map { name in
        Table.Column(
          name,
          cells: try items.map { item in
            try item.asDict?[name].map { try cell($0, machine) } ?? .missing("NaN")
          })
      })
  }

  private static func isColumn(_ value: Value, _ machine: Machine) throws -> Bool {
    value.swiftString == nil ? try machine.isIterable(value) : false
  }

  static func cell(_ value: Value, _ machine: Machine) throws -> Table.Cell {
    switch value {
    case .int(let number): return .int(number)
    case .float(let number): return number.isNaN ? .missing("NaN") : .double(number)
    case .bool(let flag): return .bool(flag)
    case .none: return .missing("None")
    default: break
    }
    if let text = value.swiftString { return .text(text) }
    if let scalar = value.asNumpyScalar {
      switch scalar.value {
      case .bool(let flag): return .bool(flag)
      case .int(let number): return .int(number)
      case .complex: return .text((try? scalar.text()) ?? "")
      case .double(let number): return number.isNaN ? .missing("NaN") : .double(number)
      }
    }
    if value.asInstance != nil, let number = try machine.float(value) { return .double(number) }
    return .text(try machine.repr(value))
  }
}
