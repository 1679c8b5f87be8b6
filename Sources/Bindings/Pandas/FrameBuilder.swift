import Frames
import Language
import TensorCore

/// `pd.DataFrame(data, index, columns, dtype)`: tables of dictionaries, lists and arrays.
enum FrameBuilder {
  static func frame(_ tensor: Tensor, _ machine: Machine) throws -> DataFrame {
    if tensor.rank == 1 {
      return DataFrame(
        columns: [try machine.vector(tensor)], labels: Labels(count: 1),
        index: Labels(count: tensor.shape[0]))
    }
    guard tensor.rank == 2 else {
      let shape = "(" + tensor.shape.map(String.init).joined(separator: ", ") + ")"
      throw Raise(.valueError, "Must pass 2-d input. shape=\(shape)")
    }
    let columns = try (0..<tensor.shape[1]).map { try machine.vector(tensor.select(1, $0)) }
    return DataFrame(
      columns: columns, labels: Labels(count: tensor.shape[1]), index: Labels(count: tensor.shape[0]))
  }

  static func build(_ a: Arguments) throws -> DataFrame {
    let machine = a.machine
    var index: Labels?
    var columns: Labels?
    if a.isSet("index") { index = try machine.labels(a["index"]) }
    if a.isSet("columns") { columns = try machine.labels(a["columns"]) }
    let dtype = try machine.dataType(a["dtype"])
    var result = try build(a["data"], index, columns, machine)
    if let dtype { result.columns = try result.columns.map { try $0.converted(to: dtype) } }
    return result
  }

  static func build(
    _ data: Value, _ index: Labels?, _ columns: Labels?, _ machine: Machine
  ) throws -> DataFrame {
    if data.isNone || !data.isGiven {
      let rows = index ?? Labels(count: 0)
      let labels = columns ?? Labels(count: 0)
      return DataFrame(
        columns: labels.cells.map { _ in rows.count == 0 ? Vector(empty: .object) : Vector(doubles: [Double](repeating: .nan, count: rows.count)) },
        labels: labels, index: rows)
    }
    if let frame = data.asFrame {
      return index == nil && columns == nil ? frame : try frame.reindexed(rows: index, columns: columns)
    }
    if let series = data.asSeries {
      var frame = series.frame
      if let columns, columns.count == 1 { frame.labels = series.name == .null ? columns : columns }
      return index == nil ? frame : try frame.reindexed(rows: index)
    }
    if let dict = data.asDict { return try dictionary(dict, index, columns, machine) }
    if let tensor = data.asTensorObject?.tensor {
      return try labelled(frame(tensor, machine), index, columns)
    }
    if let array = data.asInstance as? ArrayObject, case .table(let width) = array.form {
      let cells = array.vector.cells
      let vectors = (0..<width).map { place in
        Vector(objects: stride(from: place, to: cells.count, by: width).map { cells[$0] })
      }
      return try labelled(
        DataFrame(columns: vectors, labels: Labels(count: width), index: Labels(count: cells.count / max(1, width))),
        index, columns)
    }
    if let labels = data.asLabels {
      return try labelled(DataFrame(columns: labels.levels, labels: labels.hasNames ? Labels(cells: labels.names) : Labels(count: labels.levelCount), index: Labels(count: labels.count)), index, columns)
    }
    if try data.swiftString != nil || !machine.isIterable(data) {
      if let index, let columns {
        let cell = try machine.cell(data)
        let vector = try Vector(cells: [Frames.Cell](repeating: cell, count: index.count))
        return DataFrame(columns: columns.cells.map { _ in vector }, labels: columns, index: index)
      }
      throw Raise(.valueError, "DataFrame constructor not properly called!")
    }
    return try list(machine.array(data), index, columns, machine)
  }

  /// Columns of a table under given labels, which are as many as it has.
  private static func labelled(
    _ frame: DataFrame, _ index: Labels?, _ columns: Labels?
  ) throws -> DataFrame {
    var result = frame
    if let columns {
      guard columns.count == frame.columnCount else {
        throw Raise(
          .valueError,
          "Shape of passed values is (\(frame.rowCount), \(frame.columnCount)), indices imply "
            + "(\(index?.count ?? frame.rowCount), \(columns.count))")
      }
      result.labels = columns
    }
    if let index {
      guard index.count == frame.rowCount else {
        throw Raise(
          .valueError,
          "Shape of passed values is (\(frame.rowCount), \(frame.columnCount)), indices imply "
            + "(\(index.count), \(frame.columnCount))")
      }
      result.index = index
    }
    return result
  }

  // MARK: - Dictionaries of columns

  private static func dictionary(
    _ dict: DictObject, _ index: Labels?, _ columns: Labels?, _ machine: Machine
  ) throws -> DataFrame {
    var parts: [(Frames.Cell, Value)] = []
    for (key, value) in dict.pairs { parts.append((try machine.cell(key), value)) }
    if let columns {
      let table = Dictionary(parts.map { ($0.0.key, $0.1) }, uniquingKeysWith: { first, _ in first })
      parts = columns.cells.map { ($0, table[$0.key] ?? .undefined) }
    }
    var rows = index
    var count: Int?
    // Labels come from series and dictionaries, the length from everything else.
    var series: [Int: Series] = [:]
    var vectors: [Int: Vector] = [:]
    for (place, part) in parts.enumerated() {
      if let found = part.1.asSeries {
        series[place] = found
      } else if let dict = part.1.asDict {
        let labels = dict.pairs.isEmpty ? Labels(count: 0) : try Labels(cells: dict.keys.map { try machine.cell($0) })
        series[place] = Series(
          dict.pairs.isEmpty ? Vector(empty: .object) : try Vector(cells: dict.values.map { try machine.cell($0) }), index: labels)
      } else if part.1.isGiven, let vector = try machine.vector(part.1) {
        if let count, count != vector.count {
          throw Raise(.valueError, "All arrays must be of the same length")
        }
        count = vector.count
        vectors[place] = vector
      }
    }
    if rows == nil {
      for place in parts.indices {
        guard let labels = series[place]?.index else { continue }
        if let known = rows {
          rows = try known.union(labels, sort: parts.indices.contains { series[$0] != nil && parts[$0].1.asDict == nil }) ?? known
        } else {
          rows = labels
        }
      }
      if let count {
        if let known = rows, known.count != count {
          throw Raise(.valueError, "array length \(count) does not match index length \(known.count)")
        }
        rows = rows ?? Labels(count: count)
      }
    }
    if rows == nil {
      guard parts.isEmpty || !parts.contains(where: { $0.1.isGiven }) else {
        throw Raise(.valueError, "If using all scalar values, you must pass an index")
      }
      rows = Labels(count: 0)
    }
    let labels = rows ?? Labels(count: 0)
    if let count, count != labels.count {
      throw Raise(.valueError, "Length of values (\(count)) does not match length of index (\(labels.count))")
    }
    var made: [Vector] = []
    for (place, part) in parts.enumerated() {
      if let found = series[place] {
        made.append(try found.reindexed(labels).values)
      } else if let vector = vectors[place] {
        made.append(vector)
      } else if part.1.isGiven {
        let cell = try machine.cell(part.1)
        made.append(
          labels.count == 0 ? Vector(empty: .object)
            : try Vector(cells: [Frames.Cell](repeating: cell, count: labels.count)))
      } else {
        made.append(Vector(objects: [Frames.Cell](repeating: .missing, count: labels.count)))
      }
    }
    let names = try columns ?? (parts.isEmpty ? Labels(count: 0) : Labels(cells: parts.map(\.0)))
    return DataFrame(columns: made, labels: names, index: labels)
  }

  // MARK: - Lists of rows

  private static func list(
    _ items: [Value], _ index: Labels?, _ columns: Labels?, _ machine: Machine
  ) throws -> DataFrame {
    if items.isEmpty {
      let labels = columns ?? Labels(count: 0)
      let rows = index ?? Labels(count: 0)
      return DataFrame(columns: labels.cells.map { _ in Vector(objects: [Frames.Cell](repeating: .missing, count: rows.count)) }, labels: labels, index: rows)
    }
    if items.allSatisfy({ $0.asDict != nil }) {
      return try records(items.compactMap(\.asDict), index, columns, machine)
    }
    if items.allSatisfy({ $0.asSeries != nil }) {
      let series = items.compactMap(\.asSeries)
      var labels = series[0].index
      for other in series.dropFirst() { labels = try labels.union(other.index, sort: false) ?? labels }
      let aligned = try series.map { try $0.reindexed(labels) }
      let vectors = try (0..<labels.count).map { place in
        try Vector(cells: aligned.map { $0.values[place] })
      }
      let names = series.map(\.name)
      let rows = try names.allSatisfy({ $0 == .null }) ? Labels(count: names.count)
        : Labels(cells: names.enumerated().map { $1 == .null ? .string("Unnamed \($0)") : $1 })
      let result = DataFrame(columns: vectors, labels: labels, index: index ?? rows)
      return columns == nil ? result : try result.reindexed(columns: columns)
    }
    let isRows = items.contains {
      $0.asList != nil || $0.asTuple != nil || $0.asTensorObject.map { $0.tensor.rank > 0 } ?? false || $0.object is RangeObject
    }
    guard isRows else {
      let vector = try Vector(cells: items.map { try machine.cell($0) })
      return try labelled(
        DataFrame(columns: [vector], labels: Labels(count: 1), index: Labels(count: vector.count)),
        index, columns)
    }
    let rows = try items.map { try $0.asList?.items ?? $0.asTuple?.items ?? machine.array($0) }
    let width = rows.map(\.count).max() ?? 0
    if let columns, columns.count != width {
      throw Raise(
        .valueError,
        "\(columns.count) columns passed, passed data had \(width) columns")
    }
    let vectors = try (0..<width).map { place in
      let cells = try rows.map { row in place < row.count ? try machine.cell(row[place]) : Frames.Cell.null }
      return try Vector(cells: cells)
    }
    var labels = columns ?? Labels(count: width)
    // Named tuples give their fields.
    if columns == nil, let fields = try items.first.flatMap({ try machine.optionalAttribute($0, "_fields") }) {
      labels = try machine.labels(.list(machine.array(fields)))
    }
    return try labelled(
      DataFrame(columns: vectors, labels: labels, index: Labels(count: rows.count)), index, nil)
  }

  static func records(
    _ dicts: [DictObject], _ index: Labels?, _ columns: Labels?, _ machine: Machine
  ) throws -> DataFrame {
    var names: [Frames.Cell] = columns?.cells ?? []
    var seen: Set<Frames.Cell> = []
    if columns == nil {
      for dict in dicts {
        for key in dict.keys {
          let cell = try machine.cell(key)
          if seen.insert(cell.key).inserted { names.append(cell) }
        }
      }
    }
    var vectors: [Vector] = []
    for name in names {
      let key = machine.value(name)
      let cells = try dicts.map { try $0.get(key, machine).map { try machine.cell($0) } ?? .missing }
      vectors.append(try Vector(cells: cells))
    }
    let labels = try columns ?? (names.isEmpty ? Labels(count: 0) : Labels(cells: names))
    return try labelled(
      DataFrame(columns: vectors, labels: labels, index: Labels(count: dicts.count)), index, nil)
  }
}
