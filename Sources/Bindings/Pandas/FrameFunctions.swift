import Frames
import Language
import TensorCore

/// Functions over a table: apply, groups, joins, other shapes.
enum FrameFunctions {
  static let rows: [Native] = [
    Native("apply(self, func, axis=0, raw=False, result_type=None, args=(), **kwargs)", "The function of each column or row.") { a in try apply(a) },
    Native("map(self, func, na_action=None, **kwargs)", "The function of each cell.") { a in
      var own = try a.ownFrame
      own.columns = try own.columns.map { column in
        try SeriesFunctions.column(
          column.cells.map { try a.machine.call(a[1], [a.machine.value($0)], keywords: a.keywords(3)) }, a.machine)
      }
      return a.machine.value(own)
    },
    Native("agg(self, func=None, axis=0, *args, **kwargs)", "One value per column, or several by name.") { a in try aggregate(a) },
    Native("aggregate(self, func=None, axis=0, *args, **kwargs)", "One value per column, or several by name.") { a in try aggregate(a) },
    Native("transform(self, func, axis=0, *args, **kwargs)", "A function of each column, of the same length.") { a in try apply(a) },
    Native("pipe(self, func, *args, **kwargs)", "The function of the table.") { a in
      if let tuple = a[1].asTuple, tuple.count == 2, let name = tuple[1].swiftString {
        return try a.machine.call(tuple[0], a.items(2), keywords: [(name, a[0])] + a.keywords(3))
      }
      return try a.machine.call(a[1], [a[0]] + a.items(2), keywords: a.keywords(3))
    },
    Native("query(self, expr, *, inplace=False)", "The rows for which an expression holds.") { a in
      let own = try a.ownFrame
      let result = try PandasQuery.evaluate(a.string(1), own, a.machine)
      guard let mask = try PandasSelection.mask(result, own.index, a.machine) else {
        return try a.machine.item(a.machine.attribute(a[0], "loc"), result)
      }
      return try a.finish(own.filtered(mask))
    },
    Native("eval(self, expr, *, inplace=False)", "An expression of columns.") { a in
      let own = try a.ownFrame
      let text = try a.string(1)
      if let place = PandasQuery.assignment(text) {
        let name = String(text[..<place]).trimmed
        let value = try PandasQuery.evaluate(String(text[text.index(after: place)...]), own, a.machine)
        let object = FrameObject(own, a.machine.pandas.frame)
        try FrameType.set(object, .string(name), value, a.machine)
        return try a.finish(object.frame)
      }
      return try PandasQuery.evaluate(text, own, a.machine)
    },
    Native("groupby(self, by=None, level=None, *, as_index=True, sort=True, group_keys=True, observed=True, dropna=True)", "Rows by key.") { a in
      try PandasGroups.make(a.ownFrame, a, selection: nil, isSeries: false, name: .null)
    },
    Native("resample(self, rule, axis=0, closed=None, label=None, on=None)", "Rows by spans of time.") { a in
      try PandasGroups.resample(a.ownFrame, a, isSeries: false, name: .null)
    },
    Native("rolling(self, window, min_periods=None, center=False, win_type=None, on=None, closed=None, step=None)", "A moving window.") { a in try PandasWindows.rolling(a) },
    Native("expanding(self, min_periods=1)", "All rows so far.") { a in try PandasWindows.expanding(a) },
    Native("ewm(self, com=None, span=None, halflife=None, alpha=None, min_periods=0, adjust=True, ignore_na=False)", "Exponential weights.") { a in try PandasWindows.exponential(a) },
    Native(
      "merge(self, right, how='inner', on=None, left_on=None, right_on=None, left_index=False, "
        + "right_index=False, sort=False, suffixes=('_x', '_y'), copy=None, indicator=False, validate=None)",
      "Rows of two tables with equal keys."
    ) { a in try PandasJoins.merge(a[0], a[1], a) },
    Native("join(self, other, on=None, how='left', lsuffix='', rsuffix='', sort=False, validate=None)", "Rows of two tables with equal labels.") { a in try PandasJoins.join(a) },
    Native(
      "pivot_table(self, values=None, index=None, columns=None, aggfunc='mean', fill_value=None, "
        + "margins=False, dropna=True, margins_name='All', observed=True, sort=True)", "Groups in rows and columns."
    ) { a in try PandasPivots.table(a.ownFrame, a) },
    Native("pivot(self, *, columns, index=..., values=...)", "Values under the labels of columns.") { a in try PandasPivots.pivot(a) },
    Native("melt(self, id_vars=None, value_vars=None, var_name=None, value_name='value', col_level=None, ignore_index=True)", "Columns below each other.") { a in try PandasPivots.melt(a.ownFrame, a) },
    Native("stack(self, level=-1, dropna=..., sort=..., future_stack=True)", "Columns as a level of rows.") { a in
      let own = try a.ownFrame
      if own.labels.isMulti {
        let level = own.labels.levelCount - 1
        let inner = own.labels.level(level)
        let rest = own.labels.dropping(level: level)
        let distinct = inner.taking(inner.vector.codes().firstRows)
        let heads = rest.taking(DataFrame.rowCodes(rest.levels, count: rest.count).firstRows)
        var columns: [Vector] = []
        for head in heads.cells {
          var cells: [Frames.Cell] = []
          for row in 0..<own.rowCount {
            for label in distinct.cells {
              let place = (0..<own.columnCount).first { rest[$0].key == head.key && inner[$0].key == label.key }
              cells.append(place.map { own.columns[$0][row] } ?? .missing)
            }
          }
          columns.append(try Vector(cells: cells))
        }
        let rows = (0..<own.rowCount).flatMap { [Int](repeating: $0, count: distinct.count) }
        let labels = (0..<own.rowCount).flatMap { _ in 0..<distinct.count }
        let index = own.index.taking(rows).appending(levels: [distinct.vector.taking(labels)], names: [inner.name])
        return a.machine.value(DataFrame(columns: columns, labels: heads, index: index))
      }
      return a.machine.value(try Reshaping.stacked(own))
    },
    Native("unstack(self, level=-1, fill_value=None, sort=True)", "A level of the rows as columns.") { a in
      let own = try a.ownFrame
      guard own.index.isMulti else {
        var turned = try Reshaping.stacked(own.transposed())
        turned.index = Labels(levels: turned.index.levels, names: own.labels.names + own.index.names)
        return a.machine.value(turned)
      }
      let level = try own.index.levelPlace(a.cell(1))
      return a.machine.value(
        try Reshaping.unstacked(own, level: level, fill: a.isSet("fill_value") ? a.machine.cell(a["fill_value"]) : nil))
    },
    Native("asfreq(self, freq, method=None, how=None, normalize=False, fill_value=None)", "The rows at even distances in time.") { a in
      let own = try a.ownFrame
      let index = try PandasTimes.even(own.index, a)
      var result = try own.reindexed(rows: index)
      result.columns = try result.columns.map { try PandasTimes.filled($0, a) }
      return a.machine.value(result)
    },
    Native("dot(self, other)", "The matrix product.") { a in try dot(a) },
    Native("boxplot(self, column=None, by=None, ax=None, fontsize=None, rot=0, grid=True, figsize=None, layout=None, **kwargs)", "Boxes of the columns of numbers.") { a in
      try PandasPlots.boxes(a)
    },
    Native("hist(self, column=None, bins=10, **kwds)", "Histograms.") { a in
      try PandasPlots.histogram(a[0], bins: a["bins"], a.machine)
    },
  ]

  static func dot(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let left = try PandasTensors.tensor(own)
    let right = try a.machine.tensor(a[1])
    let product = try left.matmul(right, promotion: .numpy)
    if product.rank == 1 {
      return a.machine.value(Series(try a.machine.vector(product), index: own.index))
    }
    var made = try FrameBuilder.frame(product, a.machine)
    made.index = own.index
    if let other = a[1].asFrame { made.labels = other.labels }
    return a.machine.value(made)
  }

  private static func apply(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    let isRows = a.function.parameters.contains { $0.name == "axis" } ? try a.axis() == 1 : false
    if let name = a[1].swiftString {
      guard let method = try machine.optionalAttribute(a[0], name), own.places(of: .string(name)).isEmpty else {
        throw Raise(.attributeError, "'\(name)' is not a valid function for 'DataFrame' object")
      }
      return try machine.call(method, [], keywords: (isRows ? [("axis", .int(1))] : []) + a.keywords(a.count - 1))
    }
    if a[1].asList != nil || a[1].asDict != nil { return try aggregate(a) }
    let extra = a["args"].asTuple?.items ?? []
    let keywords = a.keywords(a.count - 1)
    if let native = a[1].asNativeFunction, PandasUfuncs.names.contains(native.name) {
      return try machine.call(a[1], [a[0]])
    }
    let parts = try isRows ? (0..<own.rowCount).map { try own.row($0) } : (0..<own.columnCount).map { own.series(at: $0) }
    let isRaw = a["raw"].isGiven ? try a.bool("raw") : false
    var results: [Value] = []
    for part in parts {
      let argument = isRaw ? try machine.arrayValue(part.values) : machine.value(part)
      results.append(try machine.call(a[1], [argument] + extra, keywords: keywords))
      try machine.poll()
    }
    let axis = isRows ? own.index : own.labels
    let expands = a["result_type"].swiftString == "expand"
    if results.isEmpty { return machine.value(own) }
    if results.allSatisfy({ $0.asSeries != nil }) || expands && results.allSatisfy({ $0.asList != nil || $0.asTuple != nil }) {
      let series = try results.map { value -> Series in
        if let series = value.asSeries { return series }
        return Series(try machine.vector(value) ?? Vector(empty: .object))
      }
      var labels = series[0].index
      for other in series.dropFirst() { labels = try labels.union(other.index, sort: false) ?? labels }
      let aligned = try series.map { try $0.reindexed(labels) }
      if isRows {
        let columns = try (0..<labels.count).map { place in try Vector(cells: aligned.map { $0.values[place] }) }
        return machine.value(DataFrame(columns: columns, labels: labels, index: axis))
      }
      return machine.value(DataFrame(columns: aligned.map(\.values), labels: axis, index: labels))
    }
    // Lists of one length, one for each column, are columns.
    if !isRows, let length = results.first?.asList?.items.count, results.allSatisfy({ $0.asList?.items.count == length }) {
      let columns = try results.map { try machine.vector($0) ?? Vector(empty: .object) }
      let index = length == own.rowCount ? own.index : Labels(count: length)
      return machine.value(DataFrame(columns: columns, labels: axis, index: index))
    }
    if !isRows, let first = results.first?.asTensorObject, first.tensor.rank == 1, first.tensor.shape[0] == own.rowCount {
      let columns = try results.map { try machine.vector($0) ?? Vector(empty: .object) }
      return machine.value(DataFrame(columns: columns, labels: axis, index: own.index))
    }
    return machine.value(Series(try SeriesFunctions.column(results, machine), index: axis))
  }

  private static func aggregate(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    let how = a[1]
    func one(_ place: Int, _ how: Value) throws -> Frames.Cell {
      let series = machine.value(own.series(at: place))
      if let name = how.swiftString { return try machine.cell(machine.call(machine.attribute(series, name))) }
      return try machine.cell(machine.call(how, [series]))
    }
    let keywords = a.keywords(a.count - 1)
    if !how.isGiven || how.isNone, !keywords.isEmpty {
      var cells: [[Frames.Cell]] = []
      var labels: [Frames.Cell] = []
      for (_, value) in keywords {
        guard let pair = value.asTuple, pair.count == 2 else { throw Raise(.typeError, "Must provide 'func' or tuples of '(column, aggfunc).") }
        let label = try machine.cell(pair[0])
        if !labels.contains(label) { labels.append(label) }
        cells.append([label, try one(own.place(of: label), pair[1])])
      }
      let columns = try labels.map { label in try Vector(cells: cells.map { $0[0] == label ? $0[1] : .missing }) }
      return machine.value(DataFrame(columns: columns, labels: try Labels(cells: labels), index: Labels(try Vector(texts: keywords.map { $0.name }))))
    }
    if let dict = how.asDict {
      let pairs = dict.pairs
      if pairs.contains(where: { $0.value.asList != nil }) {
        var names: [String] = []
        for pair in pairs {
          for item in pair.value.asList?.items ?? [pair.value] {
            let name = try PandasFormat.functionName(item, machine)
            if !names.contains(name) { names.append(name) }
          }
        }
        let columns = try pairs.map { pair -> Vector in
          let place = try own.place(of: machine.cell(pair.key))
          let list = pair.value.asList?.items ?? [pair.value]
          let known = try list.map { try PandasFormat.functionName($0, machine) }
          return try Vector(cells: names.map { name in
            try known.firstIndex(of: name).map { try one(place, list[$0]) } ?? .missing
          })
        }
        return machine.value(DataFrame(columns: columns, labels: try Labels(cells: pairs.map { try machine.cell($0.key) }), index: Labels(try Vector(texts: names))))
      }
      let cells = try pairs.map { try one(own.place(of: machine.cell($0.key)), $0.value) }
      return machine.value(Series(try Vector(cells: cells), index: try Labels(cells: pairs.map { try machine.cell($0.key) })))
    }
    if let list = how.asList {
      let names = try list.items.map { try PandasFormat.functionName($0, machine) }
      let columns = try own.columns.indices.map { place in try Vector(cells: list.items.map { try one(place, $0) }) }
      return machine.value(DataFrame(columns: columns, labels: own.labels, index: Labels(try Vector(texts: names))))
    }
    return try apply(a)
  }
}

/// Expressions of columns: `query("a > 1 and b == @limit")`.
enum PandasQuery {
  /// The value of an expression whose names are columns; `@name` is a variable of the program.
  static func evaluate(_ text: String, _ frame: DataFrame, _ machine: Machine) throws -> Value {
    var names: [(String, Value)] = []
    var source = ""
    var scalars = Array(text.unicodeScalars)[...]
    var quote: Unicode.Scalar?
    while let scalar = scalars.popFirst() {
      if let open = quote {
        source.unicodeScalars.append(scalar)
        if scalar == open { quote = nil }
        continue
      }
      if scalar == "'" || scalar == "\"" { quote = scalar }
      if scalar == "@" {
        let name = String(String.UnicodeScalarView(scalars.prefix { $0 == "_" || $0.properties.isAlphabetic || ($0.value >= 48 && $0.value <= 57) }))
        guard let value = machine.variable(name) else {
          throw Raise(machine.exceptionRaise("UndefinedVariableError", "local variable '\(name)' is not defined"))
        }
        names.append(("_outer_" + name, value))
        source += "_outer_" + name
        scalars = scalars.dropFirst(name.unicodeScalars.count)
      } else if scalar == "`" {
        let name = String(String.UnicodeScalarView(scalars.prefix { $0 != "`" }))
        scalars = scalars.dropFirst(name.unicodeScalars.count + 1)
        let made = "_column_\(names.count)"
        names.append((made, machine.value(try frame.series(.string(name)))))
        source += made
      } else {
        source.unicodeScalars.append(scalar)
      }
    }
    for place in frame.columns.indices {
      if let name = frame.labels[place].text { names.append((name, machine.value(frame.series(at: place)))) }
    }
    names.append(("index", machine.value(frame.index)))
    return try PandasExpression(names: Dictionary(names, uniquingKeysWith: { _, last in last }), machine: machine)
      .value(source.trimmed)
  }

  /// The place of the sign of an assignment.
  static func assignment(_ text: String) -> String.Index? {
    let bytes = Array(text)
    for (place, character) in bytes.enumerated() where character == "=" {
      let before = place > 0 ? bytes[place - 1] : " "
      let after = place + 1 < bytes.count ? bytes[place + 1] : " "
      if after == "=" || "=!<>".contains(before) { return nil }
      return text.index(text.startIndex, offsetBy: place)
    }
    return nil
  }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
