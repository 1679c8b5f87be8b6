import Frames
import Language
import TensorCore

/// Sums, means, extremes: of series, of the columns or rows of tables.
enum PandasReductions {
  private static let signatures: [(Reduction, String, String)] = [
    (.sum, "axis=None, skipna=True, numeric_only=False, min_count=0", "The sum."),
    (.mean, "axis=None, skipna=True, numeric_only=False", "The mean."),
    (.median, "axis=None, skipna=True, numeric_only=False", "The middle value."),
    (.min, "axis=None, skipna=True, numeric_only=False", "The smallest value."),
    (.max, "axis=None, skipna=True, numeric_only=False", "The largest value."),
    (.prod, "axis=None, skipna=True, numeric_only=False, min_count=0", "The product."),
    (.std, "axis=None, skipna=True, ddof=1, numeric_only=False", "The standard deviation."),
    (.var, "axis=None, skipna=True, ddof=1, numeric_only=False", "The variance."),
    (.sem, "axis=None, skipna=True, ddof=1, numeric_only=False", "The standard error of the mean."),
    (.skew, "axis=None, skipna=True, numeric_only=False", "The skewness."),
    (.kurt, "axis=None, skipna=True, numeric_only=False", "The excess kurtosis."),
    (.any, "axis=0, bool_only=False, skipna=True", "Whether any is true."),
    (.all, "axis=0, bool_only=False, skipna=True", "Whether all are true."),
    (.count, "axis=0, numeric_only=False", "How many are not missing."),
    (.nunique, "axis=0, dropna=True", "How many distinct values."),
  ]

  static let seriesMethods: [Native] =
    signatures.map { how, parameters, doc in
      Native("\(how.rawValue)(self, \(parameters))", doc) { a in try series(how, a) }
    } + [
      Native("product(self, axis=None, skipna=True, numeric_only=False, min_count=0)", "The product.") { a in
        try series(.prod, a)
      },
      Native("kurtosis(self, axis=None, skipna=True, numeric_only=False)", "The excess kurtosis.") { a in
        try series(.kurt, a)
      },
    ] + ["idxmin", "idxmax"].map { name in
      Native("\(name)(self, axis=0, skipna=True)", "The label of the extreme value.") { a in
        let own = try a.ownSeries
        guard case .int(let row) = try own.values.reduced(Reduction(rawValue: name) ?? .idxmax) else {
          if own.count > 0 { throw Raise(.valueError, "Encountered all NA values") }
          throw Raise(.valueError, "attempt to get arg\(name.dropFirst(3)) of an empty sequence")
        }
        return a.machine.value(own.index[row])
      }
    } + ["argmin", "argmax"].map { name in
      Native("\(name)(self, axis=None, skipna=True)", "The place of the extreme value.") { a in
        let own = try a.ownSeries
        guard case .int(let row) = try own.values.reduced(name == "argmin" ? .idxmin : .idxmax) else {
          throw Raise(.valueError, "attempt to get \(name) of an empty sequence")
        }
        return a.machine.value(.int(row), numpy: .int64)
      }
    }

  private static func series(_ how: Reduction, _ a: Arguments) throws -> Value {
    let own = try a.ownSeries
    let skips = a["skipna"].isGiven ? try a.bool("skipna") : true
    if how == .nunique {
      let found = own.values.unique()
      let drops = try a.bool("dropna")
      return .int(found.count - (drops ? found.missingCount : 0))
    }
    let cell = try own.values.reduced(
      how, freedom: a.int("ddof") ?? 1, skipsMissing: skips, minimum: a.int("min_count") ?? 0)
    if how == .any || how == .all { return a.machine.value(cell, numpy: .bool) }
    if how == .count, case .int = cell { return a.machine.value(cell, numpy: .int64) }
    if own.values.type.isNullable { return a.machine.value(cell, numpy: cell == .absent ? nil : .int64) }
    return a.machine.scalarValue(cell, own.values.type)
  }

  static let frameMethods: [Native] =
    signatures.map { how, parameters, doc in
      let defaulted = parameters.replacingAll("axis=None", "axis=0")
      return Native("\(how.rawValue)(self, \(defaulted))", doc) { a in try frame(how, a) }
    } + [
      Native("product(self, axis=0, skipna=True, numeric_only=False, min_count=0)", "The product.") { a in
        try frame(.prod, a)
      }
    ] + ["idxmin", "idxmax"].map { name in
      Native("\(name)(self, axis=0, skipna=True, numeric_only=False)", "The label of each extreme value.") { a in
        let own = try numeric(a)
        let how = Reduction(rawValue: name) ?? .idxmax
        if try a.axis() == 1 {
          let cells = try (0..<own.rowCount).map { row -> Frames.Cell in
            guard case .int(let place) = try own.row(row).values.reduced(how) else { return .missing }
            return own.labels[place]
          }
          return a.machine.value(Series(try Vector(cells: cells), index: own.index))
        }
        let cells = try own.columns.map { column -> Frames.Cell in
          guard case .int(let row) = try column.reduced(how) else { return .missing }
          return own.index[row]
        }
        return a.machine.value(Series(try Vector(cells: cells), index: own.labels))
      }
    }

  static func numeric(_ a: Arguments) throws -> DataFrame {
    let own = try a.ownFrame
    guard try a.bool("numeric_only") else { return own }
    return own.selecting(own.columns.indices.filter { own.columns[$0].countsAsNumeric })
  }

  private static func frame(_ how: Reduction, _ a: Arguments) throws -> Value {
    let own = try numeric(a)
    let skips = a["skipna"].isGiven ? try a.bool("skipna") : true
    let freedom = try a.int("ddof") ?? 1
    let minimum = try a.int("min_count") ?? 0
    func one(_ column: Vector) throws -> Frames.Cell {
      if how == .nunique {
        let found = column.unique()
        return .int(found.count - (try a.bool("dropna") ? found.missingCount : 0))
      }
      return try column.reduced(how, freedom: freedom, skipsMissing: skips, minimum: minimum)
    }
    if a["axis"].isNone {
      let all = try own.columns.map(one)
      let cell = try Vector(cells: all).reduced(how, freedom: freedom)
      return a.machine.value(cell, numpy: how == .any || how == .all ? .bool : .int64)
    }
    if try a.axis() == 1 { return a.machine.value(try byRows(own, how, one)) }
    return a.machine.value(try byColumns(own, how, one))
  }

  static func byColumns(
    _ own: DataFrame, _ how: Reduction, _ one: (Vector) throws -> Frames.Cell
  ) throws -> Series {
    let cells = try own.columns.map(one)
    let values: Vector
    if cells.isEmpty {
      values = Vector(empty: how == .sum || how.isStatistic ? .float64 : .object)
    } else if how == .count || how == .nunique {
      values = try Vector(cells: cells, as: .int64)
    } else if how.isStatistic, own.columns.allSatisfy({ $0.countsAsNumeric && !$0.type.isNullable }) {
      values = Vector(doubles: cells.map { $0.number ?? .nan })
    } else {
      values = try Vector(cells: cells)
    }
    return Series(values, index: own.labels)
  }

  static func byRows(
    _ own: DataFrame, _ how: Reduction, _ one: (Vector) throws -> Frames.Cell
  ) throws -> Series {
    var type = own.commonType
    // Truth values count as numbers beside numbers.
    if type == .object, own.columns.allSatisfy(\.countsAsNumeric), !own.columns.contains(where: \.type.isNullable) {
      type = own.columns.contains { $0.type.isFloating } ? .float64 : .int64
    }
    var cells: [Frames.Cell] = []
    for row in 0..<own.rowCount {
      let values = try Vector(cells: own.columns.map { $0[row] }, as: type == .bool ? .bool : type)
      cells.append(try one(values))
    }
    if how == .count || how == .nunique { return Series(try Vector(cells: cells, as: .int64), index: own.index) }
    if how.isStatistic { return Series(Vector(doubles: cells.map { $0.number ?? .nan }), index: own.index) }
    if type.isFloating { return Series(cells.contains { if case .bool = $0 { true } else { false } } ? try Vector(cells: cells) : Vector(doubles: cells.map { $0.number ?? .nan }), index: own.index) }
    return Series(cells.isEmpty ? Vector(empty: type) : type == .object && !(how == .any || how == .all) ? Vector(objects: cells) : try Vector(cells: cells), index: own.index)
  }
}
