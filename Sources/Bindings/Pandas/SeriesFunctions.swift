import Frames
import Language
import TensorCore

/// Functions over a series: apply, map, groups, windows, correlation.
enum SeriesFunctions {
  static let rows: [Native] = [
    Native("apply(self, func, convert_dtype=True, args=(), *, by_row='compat', **kwargs)", "The function of each value.") { a in
      let own = try a.ownSeries
      let machine = a.machine
      if let name = a[1].swiftString {
        return try machine.call(machine.attribute(a[0], name))
      }
      if a[1].asList != nil { return try machine.call(machine.attribute(a[0], "agg"), [a[1]]) }
      let extra = try machine.array(a["args"])
      let keywords = a.keywords(5)
      if let native = a[1].asNativeFunction, PandasUfuncs.names.contains(native.name) {
        return try machine.call(a[1], [a[0]])
      }
      var results: [Value] = []
      for cell in own.values.cells {
        results.append(try machine.call(a[1], [machine.value(cell)] + extra, keywords: keywords))
        try machine.poll()
      }
      if let first = results.first?.asSeries, results.allSatisfy({ $0.asSeries != nil }) {
        let series = results.compactMap(\.asSeries)
        let columns = try (0..<first.count).map { place in
          try Vector(cells: series.map { $0.values[place] })
        }
        return machine.value(DataFrame(columns: columns, labels: first.index, index: own.index))
      }
      return machine.value(own.with(try column(results, machine)))
    },
    Native("map(self, func, na_action=None, **kwargs)", "Each value through a function or dictionary.") { a in
      let own = try a.ownSeries
      let machine = a.machine
      let ignoresMissing = try a.text("na_action") == "ignore"
      if let dict = a[1].asDict {
        var cells: [Frames.Cell] = []
        for cell in own.values.cells {
          let key = machine.value(cell)
          if let found = try dict.get(key, machine) {
            cells.append(try machine.cell(found))
          } else if dict.defaultFactory.isGiven, !dict.defaultFactory.isNone {
            cells.append(try machine.cell(machine.item(a[1], key)))
          } else {
            cells.append(.missing)
          }
        }
        return machine.value(own.with(try mapped(own.values, cells)))
      }
      if let series = a[1].asSeries {
        let table = series.index.table
        let cells = own.values.cells.map { cell in
          table[cell.key]?.first.map { series.values[$0] } ?? .missing
        }
        return machine.value(own.with(try mapped(own.values, cells)))
      }
      if let native = a[1].asNativeFunction, PandasUfuncs.names.contains(native.name) {
        return try machine.call(a[1], [a[0]])
      }
      var results: [Value] = []
      let missing = own.values.isMissing()
      if let categories = own.values.type.categories, case .int(let codes) = own.values.storage {
        let values = try categories.values.cells.map { try machine.cell(machine.call(a[1], [machine.value($0)])) }
        let cells = codes.map { $0 < 0 ? Frames.Cell.missing : values[$0] }
        return machine.value(own.with(try mapped(own.values, cells)))
      }
      for (row, cell) in own.values.cells.enumerated() {
        if ignoresMissing, missing[row] {
          results.append(.float(.nan))
          continue
        }
        results.append(try machine.call(a[1], [machine.value(cell)]))
        try machine.poll()
      }
      return machine.value(own.with(try column(results, machine)))
    },
    Native("agg(self, func=None, axis=0, *args, **kwargs)", "One value, or several by name.") { a in try aggregate(a) },
    Native("aggregate(self, func=None, axis=0, *args, **kwargs)", "One value, or several by name.") { a in try aggregate(a) },
    Native("transform(self, func, axis=0, *args, **kwargs)", "A function of the series, of the same length.") { a in
      if let name = a[1].swiftString { return try a.machine.call(a.machine.attribute(a[0], name)) }
      return try a.machine.call(a.machine.attribute(a[0], "apply"), [a[1]])
    },
    Native("pipe(self, func, *args, **kwargs)", "The function of the series.") { a in
      try a.machine.call(a[1], [a[0]] + a.items(2), keywords: a.keywords(3))
    },
    Native("groupby(self, by=None, level=None, *, as_index=True, sort=True, group_keys=True, observed=True, dropna=True)", "Rows by key.") { a in
      let own = try a.ownSeries
      return try PandasGroups.make(own.frame, a, selection: .string("\u{0}series"), isSeries: true, name: own.name)
    },
    Native("rolling(self, window, min_periods=None, center=False, win_type=None, on=None, closed=None, step=None)", "A moving window.") { a in
      try PandasWindows.rolling(a)
    },
    Native("expanding(self, min_periods=1)", "All rows so far.") { a in try PandasWindows.expanding(a) },
    Native("ewm(self, com=None, span=None, halflife=None, alpha=None, min_periods=0, adjust=True, ignore_na=False)", "Exponential weights.") { a in
      try PandasWindows.exponential(a)
    },
    Native("asfreq(self, freq, method=None, how=None, normalize=False, fill_value=None)", "The values at even distances in time.") { a in
      let own = try a.ownSeries
      let result = try own.reindexed(try PandasTimes.even(own.index, a))
      return a.machine.value(result.with(try PandasTimes.filled(result.values, a)))
    },
    Native("resample(self, rule, axis=0, closed=None, label=None, on=None)", "Rows by spans of time.") { a in
      let own = try a.ownSeries
      return try PandasGroups.resample(own.frame, a, isSeries: true, name: own.name)
    },
    Native("corr(self, other, method='pearson', min_periods=None)", "The correlation with another series.") { a in
      let (x, y) = try pair(a)
      let method = try a.text("method") ?? "pearson"
      let found = try method == "pearson" ? Description.coefficient(x, y) : Description.correlation(x, y, method: method)
      return a.machine.value(.float(found), numpy: .float64)
    },
    Native("cov(self, other, min_periods=None, ddof=1)", "The covariance with another series.") { a in
      let (x, y) = try pair(a)
      return a.machine.value(.float(Description.covariance(x, y, freedom: try a.int("ddof") ?? 1)), numpy: .float64)
    },
    Native("autocorr(self, lag=1)", "The correlation with earlier values.") { a in
      let own = try a.ownSeries
      return a.machine.value(
        .float(try Description.correlation(own.values.doubles ?? [], own.values.shifted(a.int(1)).doubles ?? [])), numpy: .float64)
    },
    Native("dot(self, other)", "The product of vectors.") { a in try dot(a) },
    Native("divmod(self, other)", "Quotients and rests.") { a in
      .tuple([
        try a.machine.call(a.machine.attribute(a[0], "__floordiv__"), [a[1]]),
        try a.machine.call(a.machine.attribute(a[0], "__mod__"), [a[1]]),
      ])
    },
    Native("searchsorted(self, value, side='left', sorter=None)", "Where values belong in ascending ones.") { a in
      let own = try a.ownSeries
      let isLeft = try a.text("side") != "right"
      func place(_ cell: Frames.Cell) -> Int {
        own.values.cells.prefix { ($0.order(cell) ?? 1) < (isLeft ? 0 : 1) }.count
      }
      if let wanted = try a.machine.vector(a[1]) { return try a.machine.ndarray(wanted.cells.map(place)) }
      return a.machine.value(.int(place(try a.cell(1))), numpy: .int64)
    },
    Native("factorize(self, sort=False, use_na_sentinel=True)", "Numbers for values.") { a in try PandasDoor.factorize(a[0], a) },
    Native("hist(self, by=None, ax=None, grid=True, bins=10, **kwds)", "A histogram.") { a in
      try PandasPlots.histogram(a[0], bins: a["bins"], a.machine)
    },
    Native("case_when(self, caselist)", "Values by the first condition that holds.") { a in
      let own = try a.ownSeries
      var values = own.values
      for pair in try a.machine.array(a[1]).reversed() {
        let parts = try a.machine.array(pair)
        guard parts.count == 2, let mask = try PandasSelection.mask(parts[0], own.index, a.machine) else {
          throw Raise(.valueError, "Argument caselist must be a list of pairs of condition and value")
        }
        values = try SeriesChanges.substituted(own.with(values), mask.indices.filter { mask[$0] }, parts[1], a.machine)
      }
      return a.machine.value(own.with(values))
    },
  ]

  /// What a function gave for each row, as a column.
  static func column(_ results: [Value], _ machine: Machine) throws -> Vector {
    let cells = try results.map { try machine.cell($0) }
    if cells.isEmpty { return Vector(empty: .object) }
    if cells.contains(where: { if case .tuple = $0 { true } else { false } }) { return Vector(objects: cells) }
    return try Vector(cells: cells)
  }

  private static func mapped(_ source: Vector, _ cells: [Frames.Cell]) throws -> Vector {
    cells.isEmpty ? source : try Vector(cells: cells)
  }

  private static func pair(_ a: Arguments) throws -> ([Double], [Double]) {
    let own = try a.ownSeries
    guard let other = a[1].asSeries else { throw a.mismatch(1, expected: "a Series") }
    let common = try own.index.intersection(other.index)
    let x = own.index.isEqual(other.index) ? own.values : try own.reindexed(common).values
    let y = own.index.isEqual(other.index) ? other.values : try other.reindexed(common).values
    guard let p = x.doubles, let q = y.doubles else {
      let bad = (x.doubles == nil ? x : y).cells.first { $0.text != nil } ?? .missing
      throw Raise(.valueError, "could not convert string to float: \(bad.reprText)")
    }
    return (p, q)
  }

  static func dot(_ a: Arguments) throws -> Value {
    let own = try a.ownSeries
    guard let x = own.values.doubles, let vector = try a.machine.vector(a[1]), let y = vector.doubles,
      x.count == y.count
    else { throw Raise(.valueError, "matrices are not aligned") }
    if case .int(let p) = own.values.storage, case .int(let q) = vector.storage {
      return a.machine.value(.int(zip(p, q).reduce(0) { $0 &+ $1.0 &* $1.1 }), numpy: .int64)
    }
    return a.machine.value(.float(zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }), numpy: .float64)
  }

  private static func aggregate(_ a: Arguments) throws -> Value {
    let own = try a.ownSeries
    let machine = a.machine
    func one(_ how: Value) throws -> Value {
      if let name = how.swiftString { return try machine.call(machine.attribute(a[0], name)) }
      return try machine.call(how, [a[0]])
    }
    if let list = a[1].asList {
      let names = try list.items.map { try PandasFormat.functionName($0, machine) }
      let cells = try list.items.map { try machine.cell(one($0)) }
      return machine.value(Series(try Vector(cells: cells), index: Labels(try Vector(texts: names)), name: own.name))
    }
    if let dict = a[1].asDict {
      let cells = try dict.values.map { try machine.cell(one($0)) }
      return machine.value(Series(try Vector(cells: cells), index: try Labels(cells: dict.keys.map { try machine.cell($0) }), name: own.name))
    }
    return try one(a[1])
  }
}

extension PandasFormat {
  /// What a function is called in a result: its name, `<lambda>`.
  static func functionName(_ value: Value, _ machine: Machine) throws -> String {
    if let text = value.swiftString { return text }
    if let name = try machine.optionalAttribute(value, "__name__")?.swiftString { return name }
    return try machine.text(of: value)
  }
}

/// Functions of NumPy that work element by element: they take a series whole.
enum PandasUfuncs {
  static let names: Set<String> = [
    "log", "log2", "log10", "log1p", "exp", "exp2", "expm1", "sqrt", "cbrt", "square", "abs", "absolute",
    "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "floor", "ceil", "trunc",
    "rint", "round", "around", "sign", "negative", "isnan", "isfinite", "isinf", "reciprocal", "degrees",
    "radians", "deg2rad", "rad2deg", "power", "add", "subtract", "multiply", "divide", "true_divide",
    "floor_divide", "mod", "remainder", "maximum", "minimum", "fmax", "fmin", "logical_not",
    "logical_and", "logical_or", "logical_xor", "greater", "less", "equal", "not_equal",
    "greater_equal", "less_equal", "arctan2", "hypot", "clip", "fabs", "float_power", "positive",
    "invert", "bitwise_and", "bitwise_or", "arcsinh", "arccosh", "arctanh",
  ]

  /// The result of such a function in the shape of the series or table that it was given.
  static func wrapped(_ result: Value, _ a: Arguments) throws -> Value {
    guard let tensor = result.asTensorObject?.tensor, names.contains(a.function.name) else { return result }
    for place in 0..<min(a.count, 2) {
      if let series = a[place].asSeries, tensor.shape == [series.count] {
        return a.machine.value(series.with(try a.machine.vector(tensor)))
      }
      if let frame = a[place].asFrame, tensor.shape == [frame.rowCount, frame.columnCount] {
        var made = try FrameBuilder.frame(tensor, a.machine)
        made.labels = frame.labels
        made.index = frame.index
        return a.machine.value(made)
      }
    }
    return result
  }
}
