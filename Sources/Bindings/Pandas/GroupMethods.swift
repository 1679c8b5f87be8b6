import Classical
import Frames
import Language
import TensorCore

/// The names of `groupby(...)`.
extension PandasGroups {
  static let properties: [NativeProperty] = [
    NativeProperty("groups", "The labels of the rows of each group.") { value, machine in
      guard let own = value.asInstance as? GroupsObject else { return .none }
      let dict = DictObject()
      for (place, rows) in own.grouping.members.enumerated() {
        try dict.set(machine.value(own.grouping.labels[place]), .list(rows.map { machine.value(own.frame.index[$0]) }), machine)
      }
      return .object(dict)
    },
    NativeProperty("indices", "The rows of each group.") { value, machine in
      guard let own = value.asInstance as? GroupsObject else { return .none }
      let dict = DictObject()
      for (place, rows) in own.grouping.members.enumerated() {
        try dict.set(machine.value(own.grouping.labels[place]), machine.ndarray(rows), machine)
      }
      return .object(dict)
    },
    NativeProperty("ngroups", "The number of groups.") { value, _ in
      .int((value.asInstance as? GroupsObject)?.grouping.count ?? 0)
    },
  ]

  static let reductions: [Native] = [
    (Reduction.sum, "numeric_only=False, min_count=0"), (.prod, "numeric_only=False, min_count=0"),
    (.mean, "numeric_only=False"), (.median, "numeric_only=False"), (.min, "numeric_only=False, min_count=-1"),
    (.max, "numeric_only=False, min_count=-1"), (.std, "ddof=1, numeric_only=False"),
    (.var, "ddof=1, numeric_only=False"), (.sem, "ddof=1, numeric_only=False"),
    (.first, "numeric_only=False, min_count=-1"), (.last, "numeric_only=False, min_count=-1"),
    (.count, "_=None"), (.nunique, "dropna=True"), (.any, "skipna=True"), (.all, "skipna=True"),
    (.skew, "numeric_only=False"),
  ].map { how, parameters in
    Native("\(how.rawValue)(self, \(parameters))", "The \(how.rawValue) of each group.") { a in try reduce(how, a) }
  }

  static let methods: [Native] = reductions + [
    Native("__getitem__(self, key)", "One column of the groups, or several.") { a in
      let own = try receiver(a)
      let machine = a.machine
      if a[1].asList != nil || a[1].asLabels != nil {
        let labels = try machine.vector(a[1])?.cells ?? []
        let lacking = labels.filter { own.frame.places(of: $0).isEmpty }
        if !lacking.isEmpty {
          throw Raise(.keyError, "Columns not found: " + lacking.map(\.reprText).joined(separator: ", "))
        }
        return .object(own.with(columns: labels.flatMap { own.frame.places(of: $0) }, isSeries: false, name: .null, machine.pandas))
      }
      let cell = try a.cell(1)
      guard let place = own.frame.places(of: cell).first else {
        throw Raise(.keyError, "Column not found: \(cell.shown)")
      }
      return .object(own.with(columns: [place], isSeries: true, name: cell, machine.pandas))
    },
    Native("__len__(self)", "The number of groups.") { a in .int(try receiver(a).grouping.count) },
    Native("__iter__(self)", "Pairs of key and group.") { a in
      let own = try receiver(a)
      var place = 0
      return .object(
        NativeIterator("generator") { machine in
          guard place < own.grouping.count else { return .undefined }
          defer { place += 1 }
          let key = own.grouping.labels[place]
          return .tuple([machine.value(key), group(own, own.grouping.members[place], machine, keys: true)])
        })
    },
    Native("agg(self, func=None, *args, **kwargs)", "One value per group and column.") { a in try agg(a) },
    Native("aggregate(self, func=None, *args, **kwargs)", "One value per group and column.") { a in try agg(a) },
    Native("apply(self, func, *args, **kwargs)", "The function of each group.") { a in try apply(a) },
    Native("transform(self, func, *args, **kwargs)", "A function of each group, rows as they were.") { a in try transform(a) },
    Native("filter(self, func, dropna=True)", "The rows of the groups for which a function holds.") { a in
      let own = try receiver(a)
      return try picked(a) { rows in
        try a.machine.truth(a.machine.call(a[1], [group(own, rows, a.machine, keys: true)])) ? rows : []
      }
    },
    Native("pipe(self, func, *args, **kwargs)", "The function of the groups.") { a in
      try a.machine.call(a[1], [a[0]] + a.items(2), keywords: a.keywords(3))
    },
    Native("size(self)", "The number of rows of each group.") { a in try size(receiver(a), a.machine) },
    Native("get_group(self, name)", "The rows of one group.") { a in
      let own = try receiver(a)
      let key: Frames.Cell
      let cell = try a.cell(1)
      if !own.grouping.labels.isMulti, case .tuple(let parts) = cell, parts.count == 1 { key = parts[0] } else { key = cell }
      guard let place = own.grouping.labels.places(of: key).first else { throw PandasErrors.raise(.missingLabel(cell), a.machine) }
      return group(own, own.grouping.members[place], a.machine, keys: true)
    },
    Native("head(self, n=5)", "The first rows of each group.") { a in
      let n = try a.int(1)
      return try picked(a) { Array($0.prefix(max(0, n))) }
    },
    Native("tail(self, n=5)", "The last rows of each group.") { a in
      let n = try a.int(1)
      return try picked(a) { Array($0.suffix(max(0, n))) }
    },
    Native("nth(self, n, dropna=None)", "A row of each group.") { a in
      let n = try a.int(1)
      return try picked(a) { rows in
        let place = n < 0 ? rows.count + n : n
        return place >= 0 && place < rows.count ? [rows[place]] : []
      }
    },
    Native("sample(self, n=None, frac=None, replace=False, weights=None, random_state=None)", "Rows of each group by chance.") { a in
      let own = try receiver(a)
      var rows: [Int] = []
      let generator = try a.machine.index(a["random_state"]).map { try NumpyRandomState(seed: $0) }
      for members in own.grouping.members {
        rows += try FrameMethods.sample(members.count, a, weights: nil, generator: generator).map { members[$0] }
      }
      return group(own, rows, a.machine, keys: true)
    },
    Native("nlargest(self, n=5, keep='first')", "The largest values of each group.") { a in try extreme(a, false) },
    Native("nsmallest(self, n=5, keep='first')", "The smallest values of each group.") { a in try extreme(a, true) },
    Native("cumcount(self, ascending=True)", "The place of each row in its group.") { a in
      let own = try receiver(a)
      return a.machine.value(Series(Vector(ints: own.grouping.cumulativeCount(ascending: try a.bool("ascending"))), index: own.frame.index))
    },
    Native("ngroup(self, ascending=True)", "The number of the group of each row.") { a in
      let own = try receiver(a)
      return a.machine.value(Series(Vector(ints: own.grouping.groups), index: own.frame.index))
    },
    Native("shift(self, periods=1, fill_value=...)", "Values moved within groups.") { a in
      try rowwise(a) { try $0.shifted(a.int(1), fill: a["fill_value"].isGiven ? a.machine.cell(a["fill_value"]) : nil) }
    },
    Native("diff(self, periods=1)", "Differences within groups.") { a in try rowwise(a) { try $0.difference(a.int(1)) } },
    Native("pct_change(self, periods=1)", "Relative changes within groups.") { a in
      try rowwise(a) { column in
        let ratio = try VectorMath.apply(.truediv, .vector(column), .vector(column.shifted(a.int(1))), count: column.count)
        return try VectorMath.apply(.sub, .vector(ratio), .cell(.int(1)), count: column.count)
      }
    },
    Native("rank(self, method='average', ascending=True, na_option='keep', pct=False)", "Ranks within groups.") { a in
      try rowwise(a) { try $0.ranked(a.text("method") ?? "average", ascending: a.bool("ascending"), percent: a.bool("pct")) }
    },
    Native("asfreq(self, fill_value=None)", "The values at the spans' own moments.") { a in try spread(a, backward: nil) },
    Native("ffill(self, limit=None)", "Missing values from the last one of the group.") { a in
      if try receiver(a).isResampling { return try spread(a, backward: false) }
      return try rowwise(a) { $0.fillingMissing(backward: false, limit: try a.int("limit")) }
    },
    Native("bfill(self, limit=None)", "Missing values from the next one of the group.") { a in
      if try receiver(a).isResampling { return try spread(a, backward: true) }
      return try rowwise(a) { $0.fillingMissing(backward: true, limit: try a.int("limit")) }
    },
    Native("fillna(self, value)", "A value in place of missing ones.") { a in
      try rowwise(a) { try $0.fillingMissing(with: a.cell(1)) }
    },
    Native("idxmax(self, skipna=True)", "The label of the largest value of each group.") { a in try extremeLabel(a, .idxmax) },
    Native("idxmin(self, skipna=True)", "The label of the smallest value of each group.") { a in try extremeLabel(a, .idxmin) },
    Native("quantile(self, q=0.5, interpolation='linear', numeric_only=False)", "Values below which shares of each group lie.") { a in
      let own = try receiver(a)
      let share = try a.double("q") ?? 0.5
      func one(_ place: Int) throws -> Vector {
        try Vector(cells: own.grouping.members.map { try own.frame.columns[place].taking($0).quantiles([share])[0] })
      }
      if own.isSeries { return try series(own, one(own.columns[0]), a.machine) }
      let places = try own.columns.filter { try !a.bool("numeric_only") || own.frame.columns[$0].countsAsNumeric }
      return try result(own, places.map { (own.frame.labels[$0], try one($0)) }, a.machine)
    },
    Native("value_counts(self, normalize=False, sort=True, ascending=False, dropna=True)", "How often each value occurs in each group.") { a in
      let own = try receiver(a)
      var parts: [Series] = []
      for rows in own.grouping.members {
        let part = Series(own.frame.columns[own.columns[0]].taking(rows), name: own.frame.labels[own.columns[0]])
        parts.append(try part.valueCounts(normalize: a.bool("normalize"), sort: a.bool("sort"), ascending: a.bool("ascending"), dropsMissing: a.bool("dropna")))
      }
      var joined = try Merging.below(parts, ignoresIndex: false, keys: own.grouping.labels.cells)
      joined.index.names = own.grouping.labels.names + [own.frame.labels[own.columns[0]]]
      return a.machine.value(joined)
    },
    Native("unique(self)", "The distinct values of each group.") { a in
      let own = try receiver(a)
      let cells = try own.grouping.members.map { rows -> Frames.Cell in
        let found = own.frame.columns[own.columns[0]].taking(rows).unique()
        return .other(ForeignValue(try a.machine.arrayValue(found), a.machine))
      }
      return a.machine.value(Series(Vector(objects: cells), index: own.grouping.labels, name: own.name))
    },
    Native("describe(self, percentiles=None, include=None, exclude=None)", "A summary of each group.") { a in
      let own = try receiver(a)
      let shares = try PandasFormat.shares(a)
      var columns: [(Frames.Cell, Vector)] = []
      let places = own.isSeries ? own.columns : own.columns.filter { own.frame.columns[$0].type.isNumeric }
      for place in places {
        let parts = try own.grouping.members.map {
          try Description.series(Series(own.frame.columns[place].taking($0)), shares: shares)
        }
        guard let first = parts.first else { continue }
        for row in 0..<first.count {
          columns.append(
            (own.isSeries ? first.index[row] : .tuple([own.frame.labels[place], first.index[row]]),
             try Vector(cells: parts.map { $0.values[row] })))
        }
      }
      return try result(own, columns, a.machine)
    },
    Native("rolling(self, window, min_periods=None, center=False)", "A moving window within groups.") { a in
      .object(WindowsObject.grouped(try receiver(a), window: try a.int(1), minimum: try a.int("min_periods"), center: try a.bool("center"), a.machine))
    },
    Native("expanding(self, min_periods=1)", "All rows of the group so far.") { a in
      .object(WindowsObject.grouped(try receiver(a), window: nil, minimum: try a.int("min_periods"), center: false, a.machine))
    },
    Native("ohlc(self)", "First, largest, smallest and last value of each group.") { a in
      let own = try receiver(a)
      let column = own.frame.columns[own.columns[0]]
      let columns: [(Frames.Cell, Vector)] = [
        (.string("open"), try own.grouping.reduce(column, .first)), (.string("high"), try own.grouping.reduce(column, .max)),
        (.string("low"), try own.grouping.reduce(column, .min)), (.string("close"), try own.grouping.reduce(column, .last)),
      ]
      return try result(own, columns, a.machine)
    },
    Native("corr(self, other=None, method='pearson', min_periods=1, numeric_only=False)", "Correlations within each group.") { a in
      let own = try receiver(a)
      guard !own.isSeries else { throw Raise(.notImplementedError, "corr() of one grouped column is not there: select the columns and use df.corr()") }
      var parts: [DataFrame] = []
      for rows in own.grouping.members {
        let part = a.machine.value(own.frame.selecting(own.columns).taking(rows))
        let value = try a.machine.call(
          a.machine.attribute(part, "corr"), [],
          keywords: [("method", a["method"]), ("numeric_only", .bool(a.bool("numeric_only")))])
        if let frame = value.asFrame { parts.append(frame) }
      }
      return a.machine.value(try Merging.below(parts, keys: own.grouping.labels.cells).namingOuter(own.grouping.labels.names))
    },
  ] + ["cumsum", "cumprod", "cummax", "cummin"].map { name in
    Native("\(name)(self, numeric_only=False)", "The running result within groups.") { a in try rowwise(a) { try $0.cumulative(name) } }
  }

  static func extreme(_ a: Arguments, _ ascending: Bool) throws -> Value {
    let own = try receiver(a)
    let column = own.frame.columns[own.columns[0]]
    var rows: [Int] = []
    var keys: [Int] = []
    for (place, members) in own.grouping.members.enumerated() {
      let best = try column.sortedRows(members, ascending: ascending).prefix(max(0, a.int(1)))
      rows += best
      keys += best.map { _ in place }
    }
    let outer = own.grouping.labels.taking(keys)
    let inner = own.frame.index.taking(rows)
    return a.machine.value(
      Series(column.taking(rows), index: outer.appending(levels: inner.levels, names: inner.names), name: own.name))
  }

  static func extremeLabel(_ a: Arguments, _ how: Reduction) throws -> Value {
    let own = try receiver(a)
    func one(_ place: Int) throws -> Vector {
      try Vector(
        cells: own.grouping.members.map { rows in
          guard case .int(let row) = try own.frame.columns[place].taking(rows).reduced(how) else { return .missing }
          return own.frame.index[rows[row]]
        })
    }
    if own.isSeries { return try series(own, one(own.columns[0]), a.machine) }
    return try result(own, own.columns.map { (own.frame.labels[$0], try one($0)) }, a.machine)
  }
}
