import Frames
import Language

/// `pivot_table`, `pivot`, `melt`, `crosstab`.
enum PandasPivots {
  static func table(_ frame: DataFrame, _ a: Arguments) throws -> Value {
    let machine = a.machine
    func list(_ name: String) throws -> [Value] {
      guard a.isSet(name) else { return [] }
      return a[name].asList?.items ?? [a[name]]
    }
    let rowKeys = try list("index")
    let columnKeys = try list("columns")
    func key(_ value: Value) throws -> (Vector, Frames.Cell, Int?) {
      if let series = value.asSeries { return (series.values, series.name, nil) }
      if value.swiftString == nil, value.asTuple == nil, let vector = try machine.vector(value) { return (vector, .null, nil) }
      let cell = try machine.cell(value)
      let place = try frame.place(of: cell)
      return (frame.columns[place], cell, place)
    }
    let rows = try rowKeys.map(key)
    let columns = try columnKeys.map(key)
    let keys = rows + columns
    guard !keys.isEmpty else { throw Raise(.valueError, "No group keys passed!") }
    let taken = Set(keys.compactMap { $0.2 })
    let isListed = a["values"].asList != nil
    var places = try list("values").map { try frame.place(of: machine.cell($0)) }
    if places.isEmpty { places = frame.columns.indices.filter { !taken.contains($0) } }
    else if isListed { places.sort { (frame.labels[$0].order(frame.labels[$1]) ?? 0) < 0 } }
    if !a.isSet("values") { places.sort { (frame.labels[$0].order(frame.labels[$1]) ?? 0) < 0 } }
    let grouping = try Grouping(
      keys: keys.map(\.0), names: keys.map(\.1), count: frame.rowCount, sort: a.bool("sort"))
    let groups = GroupsObject(
      frame: frame, grouping: grouping, columns: places, keyPlaces: [], asIndex: true, groupKeys: true,
      isSeries: false, name: .null, machine.pandas.groups)
    let how = a["aggfunc"]
    let fill = a.isSet("fill_value") ? try machine.cell(a["fill_value"]) : nil
    func one(_ how: Value) throws -> DataFrame {
      var values: [(Frames.Cell, Vector)] = []
      if let dict = how.asDict {
        let pairs = try dict.pairs.map { (try machine.cell($0.key), $0.value) }.sorted { ($0.0.order($1.0) ?? 0) < 0 }
        for (label, function) in pairs {
          for item in function.asList?.items ?? [function] {
            let name = function.asList == nil ? label : .tuple([label, .string(try PandasFormat.functionName(item, machine))])
            values.append((name, try PandasGroups.aggregate(groups, frame.place(of: label), item, machine)))
          }
        }
      } else {
        for place in places { values.append((frame.labels[place], try PandasGroups.aggregate(groups, place, how, machine))) }
      }
      // Rows without any value do not show.
      var labels = grouping.labels
      let kept = (0..<labels.count).filter { row in values.contains { !$0.1[row].isMissing } }
      if kept.count < labels.count, try a.bool("dropna") {
        labels = labels.taking(kept)
        values = values.map { ($0.0, $0.1.taking(kept)) }
      }
      guard !columns.isEmpty else {
        var result = try DataFrame(values, index: labels)
        if let fill { result.columns = try result.columns.map { try $0.fillingMissing(with: fill) } }
        return result
      }
      var index = labels
      var across = labels
      for _ in columns { index = index.isMulti ? index.dropping(level: index.levelCount - 1) : index }
      for _ in rows { across = across.isMulti ? across.dropping(level: 0) : across }
      if rows.isEmpty { index = Labels(try Vector(cells: (0..<labels.count).map { _ in frame.labels[places[0]] })) }
      let showsValue = isListed || !a.isSet("values") || how.asDict != nil
      var made = try Reshaping.pivot(
        values: values, index: index, columns: across, showsValueLevel: showsValue)
      // Columns without any value do not show.
      let used = made.columns.indices.filter { made.columns[$0].missingCount < made.rowCount }
      if used.count < made.columnCount { made = made.selecting(used) }
      if let fill {
        made.columns = try made.columns.enumerated().map { place, column in
          let filled = try column.fillingMissing(with: fill)
          let source = values[min(values.count - 1, place / max(1, made.columnCount / max(1, values.count)))].1
          if source.type.isInteger, case .int = fill { return try filled.converted(to: source.type) }
          return filled
        }
      }
      return made
    }
    if let functions = how.asList {
      var parts: [DataFrame] = []
      var names: [Frames.Cell] = []
      for function in functions.items {
        parts.append(try one(function))
        names.append(.string(try PandasFormat.functionName(function, machine)))
      }
      var joined = try Merging.beside(parts, keys: names)
      if joined.labels.names.count == (parts.first?.labels.names.count ?? 0) + 1 {
        joined.labels.names = [.null] + (parts.first?.labels.names ?? [])
      }
      return machine.value(joined)
    }
    var result = try one(how)
    if try a.bool("margins") {
      result = try margins(
        result, frame, rows.map(\.0), columns.map(\.0), places, how, name: .string(try a.text("margins_name") ?? "All"), machine)
    }
    return machine.value(result)
  }

  /// A last row and column of all rows together.
  private static func margins(
    _ result: DataFrame, _ frame: DataFrame, _ rows: [Vector], _ columns: [Vector], _ places: [Int],
    _ how: Value, name: Frames.Cell, _ machine: Machine
  ) throws -> DataFrame {
    func total(_ keep: (Int) -> Bool, _ place: Int) throws -> Frames.Cell {
      let members = (0..<frame.rowCount).filter(keep)
      let grouping = Grouping(labels: Labels(count: 1), groups: (0..<frame.rowCount).map { members.contains($0) ? 0 : -1 }, count: 1)
      let groups = GroupsObject(
        frame: frame, grouping: grouping, columns: [place], keyPlaces: [], asIndex: true, groupKeys: true,
        isSeries: false, name: .null, machine.pandas.groups)
      return try PandasGroups.aggregate(groups, place, how, machine)[0]
    }
    func matches(_ label: Frames.Cell, _ keys: [Vector], _ row: Int) -> Bool {
      let parts: [Frames.Cell] = if case .tuple(let parts) = label { parts } else { [label] }
      return zip(parts, keys).allSatisfy { $0.key == $1[row].key }
    }
    var made = result
    let place = places[0]
    if !columns.isEmpty {
      let cells = try (0..<result.rowCount).map { row in try total({ matches(result.index[row], rows, $0) }, place) }
      try made.insert(result.labels.isMulti ? .tuple([frame.labels[place], name]) : name, Vector(cells: cells), at: made.columnCount)
      made.labels.names = result.labels.names
    }
    let last = try (0..<made.columnCount).map { column -> Frames.Cell in
      if columns.isEmpty { return try total({ _ in true }, places[min(column, places.count - 1)]) }
      if column == made.columnCount - 1 { return try total({ _ in true }, place) }
      var label = result.labels[column]
      if case .tuple(let parts) = label, parts.count > columns.count { label = parts.count == 2 ? parts[1] : .tuple(Array(parts.dropFirst())) }
      return try total({ matches(label, columns, $0) }, place)
    }
    let row = DataFrame(
      columns: try last.map { try Vector(cells: [$0]) }, labels: made.labels,
      index: made.index.isMulti
        ? try Labels(cells: [.tuple([name] + [Frames.Cell](repeating: .string(""), count: made.index.levelCount - 1))], names: made.index.names)
        : Labels(try Vector(cells: [name]), name: made.index.name))
    var joined = try Merging.below([made, row])
    joined.labels = made.labels
    if !joined.index.isMulti { joined.index = try Labels(cells: made.index.cells + [name], names: made.index.names) }
    return joined
  }

  static func pivot(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    func places(_ name: String) throws -> [Int] {
      let cells = a[name].swiftString != nil ? [try machine.cell(a[name])] : try machine.vector(a[name])?.cells ?? []
      let lacking = cells.filter { own.places(of: $0).isEmpty }
      if !lacking.isEmpty {
        let list = lacking.map(\.reprText).joined(separator: ", ")
        throw Raise(.keyError, "The following '\(name)' labels are not columns of the DataFrame: [\(list)]")
      }
      return try FrameMethods.columns(a[name], own, machine) ?? []
    }
    let columns = try places("columns")
    let rows = a["index"].isGiven ? try places("index") : []
    let index = rows.isEmpty ? own.index
      : rows.count == 1 ? Labels(own.columns[rows[0]], name: own.labels[rows[0]])
      : Labels(levels: rows.map { own.columns[$0] }, names: rows.map { own.labels[$0] })
    let across = columns.count == 1 ? Labels(own.columns[columns[0]], name: own.labels[columns[0]])
      : Labels(levels: columns.map { own.columns[$0] }, names: columns.map { own.labels[$0] })
    let isSingle = a["values"].isGiven && a["values"].asList == nil
    let values = a["values"].isGiven ? try places("values") : own.columns.indices.filter { !columns.contains($0) && !rows.contains($0) }
    return machine.value(
      try Reshaping.pivot(
        values: values.map { (own.labels[$0], own.columns[$0]) }, index: index, columns: across,
        showsValueLevel: !isSingle))
  }

  static func melt(_ own: DataFrame, _ a: Arguments) throws -> Value {
    let machine = a.machine
    func places(_ name: String) throws -> [Int]? {
      guard a.isSet(name) else { return nil }
      let cells = a[name].swiftString != nil ? [try machine.cell(a[name])] : try machine.vector(a[name])?.cells ?? [try machine.cell(a[name])]
      let lacking = cells.filter { own.places(of: $0).isEmpty }
      if !lacking.isEmpty {
        throw Raise(.keyError, "The following id_vars or value_vars are not present in the DataFrame: [\(lacking.map(\.reprText).joined(separator: ", "))]")
      }
      return try cells.map { try own.place(of: $0) }
    }
    let kept = try places("id_vars") ?? []
    let values = try places("value_vars") ?? own.columns.indices.filter { !kept.contains($0) }
    let name = a.isSet("var_name") ? try machine.cell(a["var_name"]) : own.labels.name == .null ? .string("variable") : own.labels.name
    return machine.value(
      try Reshaping.melted(
        own, keeping: kept, values: values, variable: name, value: .string(try a.text("value_name") ?? "value"),
        ignoresIndex: a.bool("ignore_index")))
  }

  static func crosstab(_ a: Arguments) throws -> Value {
    let machine = a.machine
    func keys(_ value: Value, _ prefix: String, _ given: Value) throws -> [(Vector, Frames.Cell)] {
      let names = given.isGiven && !given.isNone ? try machine.array(given).map { try machine.cell($0) } : []
      let list = value.asList.map { $0.items.contains { $0.asSeries != nil || $0.asList != nil || $0.asTensorObject != nil } ? $0.items : [value] } ?? [value]
      return try list.enumerated().map { place, item in
        guard let vector = try machine.vector(item) else { throw Raise(.valueError, "crosstab needs lists or series") }
        let own = item.asSeries?.name ?? .null
        return (vector, place < names.count ? names[place] : own == .null ? .string("\(prefix)_\(place)") : own)
      }
    }
    let rows = try keys(a["index"], "row", a["rownames"])
    let columns = try keys(a["columns"], "col", a["colnames"])
    let count = rows[0].0.count
    guard columns.allSatisfy({ $0.0.count == count }) else { throw Raise(.valueError, "All arrays must be of the same length") }
    func axis(_ keys: [(Vector, Frames.Cell)]) throws -> Grouping {
      try Grouping(keys: keys.map(\.0), names: keys.map(\.1), count: count, observed: true)
    }
    let (down, across) = (try axis(rows), try axis(columns))
    let values = a.isSet("values") ? try machine.vector(a["values"]) : nil
    var cells = [[[Int]]](repeating: [[Int]](repeating: [], count: down.count), count: across.count)
    for row in 0..<count where down.groups[row] >= 0 && across.groups[row] >= 0 {
      cells[across.groups[row]][down.groups[row]].append(row)
    }
    var made: [Vector]
    if let values {
      made = try cells.map { column in
        try Vector(cells: column.map { members in
          if members.isEmpty { return .missing }
          let series = machine.value(Series(values.taking(members)))
          let how = a["aggfunc"]
          if let name = how.swiftString { return try machine.cell(machine.call(machine.attribute(series, name))) }
          return try machine.cell(machine.call(how, [series]))
        })
      }
    } else {
      made = cells.map { column in Vector(ints: column.map(\.count)) }
    }
    var frame = DataFrame(columns: made, labels: across.labels, index: down.labels)
    let hasMargins = try a.bool("margins")
    let all = Frames.Cell.string(try a.text("margins_name") ?? "All")
    func label() -> Frames.Cell { frame.index.isMulti ? .tuple([all] + [Frames.Cell](repeating: .string(""), count: frame.index.levelCount - 1)) : all }
    func withMargins() throws {
      let names = frame.labels.names
      let sums = (0..<frame.rowCount).map { row in frame.columns.reduce(0.0) { $0 + ($1[row].number ?? 0) } }
      let isWhole = frame.columns.allSatisfy { $0.type.isInteger }
      func vector(_ sums: [Double]) -> Vector { isWhole ? Vector(ints: sums.map { Int($0) }) : Vector(doubles: sums) }
      try frame.insert(all, vector(sums), at: frame.columnCount)
      frame.labels.names = names
      let index = frame.index
      frame.columns = try frame.columns.map { column in
        try Vector.joining([column, vector([(column.doubles ?? []).reduce(0, +)])])
      }
      frame.index = try Labels(cells: index.cells + [label()], names: index.names)
    }
    let normalize = a["normalize"]
    let how = normalize.swiftString ?? (normalize.asInt.map { a["normalize"].isIdentical(to: .bool(true)) ? "all" : $0 == 1 ? "columns" : "index" } ?? "")
    if case .bool(false) = normalize {
      if hasMargins, values == nil { try withMargins() }
      return machine.value(frame)
    }
    let totals = frame.columns.map { ($0.doubles ?? []).reduce(0, +) }
    let whole = totals.reduce(0, +)
    let rowTotals = (0..<frame.rowCount).map { row in frame.columns.reduce(0.0) { $0 + ($1[row].number ?? 0) } }
    if hasMargins, how == "index" {
      frame.columns = frame.columns.enumerated().map { place, column in
        Vector(doubles: (column.doubles ?? []).enumerated().map { $1 / rowTotals[$0] } + [totals[place] / whole])
      }
      frame.index = try Labels(cells: frame.index.cells + [label()], names: frame.index.names)
      return machine.value(frame)
    }
    if hasMargins, how == "all" || how == "columns" {
      if how == "columns" {
        frame.columns = frame.columns.enumerated().map { place, column in Vector(doubles: (column.doubles ?? []).map { $0 / totals[place] }) }
        let names = frame.labels.names
        try frame.insert(all, Vector(doubles: rowTotals.map { $0 / whole }), at: frame.columnCount)
        frame.labels.names = names
        return machine.value(frame)
      }
      frame.columns = frame.columns.map { Vector(doubles: ($0.doubles ?? []).map { $0 / whole }) }
      try withMargins()
      return machine.value(frame)
    }
    frame.columns = frame.columns.enumerated().map { place, column in
      Vector(
        doubles: (column.doubles ?? []).enumerated().map { row, value in
          value / (how == "index" ? rowTotals[row] : how == "columns" ? totals[place] : whole)
        })
    }
    return machine.value(frame)
  }
}
