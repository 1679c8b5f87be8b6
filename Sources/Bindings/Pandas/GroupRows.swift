import Frames
import Language
import TensorCore

/// One value per row, and functions that are given a whole group.
extension PandasGroups {
  /// Each column worked on group by group, rows as they were.
  static func rowwise(_ a: Arguments, _ body: (Vector) throws -> Vector) throws -> Value {
    let own = try receiver(a)
    if own.isSeries {
      let column = own.frame.columns[own.columns[0]]
      return a.machine.value(Series(try own.grouping.transform(column, body), index: own.frame.index, name: own.name))
    }
    let isNumericOnly = try a.keywords(a.count - 1).first { $0.name == "numeric_only" }.map { try a.machine.truth($0.value) }
      ?? a.bool("numeric_only")
    let places = own.columns.filter { !isNumericOnly || own.frame.columns[$0].countsAsNumeric }
    let columns = try places.map { try own.grouping.transform(own.frame.columns[$0], body) }
    return a.machine.value(DataFrame(columns: columns, labels: own.frame.labels.taking(places), index: own.frame.index))
  }

  /// The rows at the moments of `resample`'s spans; between them the one before, after, or none.
  static func spread(_ a: Arguments, backward: Bool?) throws -> Value {
    let own = try receiver(a)
    guard own.isResampling, case .int(let marks) = own.grouping.labels.vector.storage,
      case .int(let moments) = own.frame.index.vector.storage
    else { throw Raise(.attributeError, "asfreq() belongs to resample()") }
    let order = moments.indices.sorted { moments[$0] < moments[$1] }
    let rows = marks.map { mark -> Int? in
      switch backward {
      case false: return order.last { moments[$0] <= mark }
      case true: return order.first { moments[$0] >= mark }
      default: return order.first { moments[$0] == mark }
      }
    }
    let columns = try own.columns.map { try own.frame.columns[$0].taking(rows) }
    if own.isSeries, let first = columns.first {
      return a.machine.value(Series(first, index: own.grouping.labels, name: own.name))
    }
    return a.machine.value(DataFrame(columns: columns, labels: own.frame.labels.taking(own.columns), index: own.grouping.labels))
  }

  static func transform(_ a: Arguments) throws -> Value {
    let own = try receiver(a)
    let machine = a.machine
    let how = a[1]
    func one(_ place: Int) throws -> Vector {
      let column = own.frame.columns[place]
      if let name = how.swiftString ?? builtinName(how, machine), Reduction(rawValue: name) != nil {
        let reduced = try aggregate(own, place, .string(name), machine)
        return try own.grouping.spread(reduced)
      }
      if let name = how.swiftString {
        let single = own.with(columns: [place], isSeries: true, name: own.frame.labels[place], machine.pandas)
        return try machine.call(machine.attribute(.object(single), name)).asSeries?.values ?? column
      }
      var rowsOf: [[Int]] = []
      var index = 0
      rowsOf = own.grouping.members.filter { !$0.isEmpty }
      return try own.grouping.transform(column) { part in
        let rows = rowsOf[index]
        index += 1
        let made = try machine.call(how, [machine.value(Series(part, index: own.frame.index.taking(rows), name: own.frame.labels[place]))])
        if let vector = try machine.vector(made), vector.count == part.count { return vector }
        let cell = try machine.cell(made)
        return try Vector(cells: [Frames.Cell](repeating: cell, count: part.count))
      }
    }
    if own.isSeries { return machine.value(Series(try one(own.columns[0]), index: own.frame.index, name: own.name)) }
    return machine.value(DataFrame(columns: try own.columns.map(one), labels: own.frame.labels.taking(own.columns), index: own.frame.index))
  }

  static func apply(_ a: Arguments) throws -> Value {
    let own = try receiver(a)
    let machine = a.machine
    var results: [Value] = []
    var kept: [Int] = []
    let extra = a["args"].asTuple?.items ?? []
    // Groups never hold their keys, as since pandas 3.
    let keywords = a.keywords(a.count - 1).filter { $0.name != "include_groups" }
    for (place, rows) in own.grouping.members.enumerated() where !rows.isEmpty {
      results.append(try machine.call(a[1], [group(own, rows, machine)] + extra, keywords: keywords))
      kept.append(place)
    }
    let labels = own.grouping.labels.taking(kept)
    let keys = labels.cells
    if results.isEmpty { return machine.value(own.frame) }
    if results.allSatisfy({ $0.asFrame != nil }) {
      let frames = results.compactMap(\.asFrame)
      // Unchanged rows come back in their old order.
      let rows = kept.flatMap { own.grouping.members[$0] }
      let isSame = zip(frames, kept).allSatisfy { frame, place in
        frame.index.isEqual(own.frame.index.taking(own.grouping.members[place]))
      }
      if !own.groupKeys {
        let joined = try Merging.below(frames)
        guard isSame else { return machine.value(joined) }
        return machine.value(joined.taking(rows.indices.sorted { rows[$0] < rows[$1] }))
      }
      return machine.value(
        try Merging.below(frames, keys: keys, names: labels.names + [Frames.Cell](repeating: .null, count: 0)).namingOuter(labels.names))
    }
    if results.allSatisfy({ $0.asSeries != nil }) {
      let series = results.compactMap(\.asSeries)
      let first = series[0]
      if !own.isSeries, series.allSatisfy({ $0.index.isEqual(first.index) }) {
        let columns = try (0..<first.count).map { place in try Vector(cells: series.map { $0.values[place] }) }
        var frame = DataFrame(columns: columns, labels: first.index, index: labels)
        if first.name != .null, frame.labels.names.count == 1, frame.labels.name == .null, own.isSeries { frame.labels.name = first.name }
        return machine.value(frame)
      }
      var joined = try Merging.below(series, ignoresIndex: false, keys: own.groupKeys ? keys : nil)
      if own.groupKeys { joined.index.names = labels.names + joined.index.names.dropFirst(labels.names.count) }
      return machine.value(joined)
    }
    let vector = try SeriesFunctions.column(results, machine)
    if !own.asIndex {
      var frame = DataFrame(columns: labels.levels, labels: try Labels(cells: labels.names), index: Labels(count: labels.count))
      try frame.insert(own.isSeries ? own.name : .null, vector, at: frame.columnCount)
      return machine.value(frame)
    }
    return machine.value(Series(vector, index: labels, name: own.isSeries ? own.name : .null))
  }

  static func picked(_ a: Arguments, _ rowsOf: ([Int]) throws -> [Int]) throws -> Value {
    let own = try receiver(a)
    let rows = try own.grouping.members.flatMap(rowsOf).sorted()
    return group(own, rows, a.machine, keys: true)
  }
}
