import Classical
import Frames
import Language
import TensorCore

/// Looking at a table: parts, order, counts, conversion.
enum FrameMethods {
  static let rows: [Native] = [
    Native("head(self, n=5)", "The first rows.") { a in
      let own = try a.ownFrame
      let n = try a.int(1)
      return a.machine.value(own.slice(0..<(n >= 0 ? min(n, own.rowCount) : max(0, own.rowCount + n))))
    },
    Native("tail(self, n=5)", "The last rows.") { a in
      let own = try a.ownFrame
      let n = try a.int(1)
      return a.machine.value(own.slice((n >= 0 ? max(0, own.rowCount - n) : min(own.rowCount, -n))..<own.rowCount))
    },
    Native("copy(self, deep=True)", "A copy.") { a in a.machine.value(try a.ownFrame) },
    Native("info(self, verbose=None, buf=None, max_cols=None, memory_usage=None, show_counts=None)", "A summary, printed.") { a in
      let isShort = try a["verbose"].isGiven && !a["verbose"].isNone && !a.bool("verbose")
      let text = Description.info(try a.ownFrame, isShort: isShort)
      if a.isSet("buf") {
        _ = try a.machine.call(a.machine.attribute(a["buf"], "write"), [.string(text)])
      } else {
        try PandasFormat.print(text, a.machine)
      }
      return .none
    },
    Native("describe(self, percentiles=None, include=None, exclude=None)", "A summary of each column.") { a in
      let own = try a.ownFrame
      var places: [Int]
      if a["include"].swiftString == "all" {
        places = Array(own.columns.indices)
      } else if a.isSet("include") {
        places = try typed(own, a["include"], a.machine)
        if places.isEmpty { throw Raise(.valueError, "No objects to concatenate") }
      } else if a.isSet("exclude") {
        let gone = Set(try typed(own, a["exclude"], a.machine))
        places = own.columns.indices.filter { !gone.contains($0) }
      } else {
        places = own.columns.indices.filter { own.columns[$0].type.isNumeric || own.columns[$0].type.isDate || own.columns[$0].type.isSpan }
        if places.isEmpty { places = Array(own.columns.indices) }
      }
      return a.machine.value(try Description.frame(own, places, shares: PandasFormat.shares(a)))
    },
    Native("select_dtypes(self, include=None, exclude=None)", "Columns of some types.") { a in
      let own = try a.ownFrame
      guard a.isSet("include") || a.isSet("exclude") else {
        throw Raise(.valueError, "at least one of include or exclude must be nonempty")
      }
      var places = Array(own.columns.indices)
      if a.isSet("include") {
        let kept = Set(try typed(own, a["include"], a.machine))
        places = places.filter { kept.contains($0) }
      }
      if a.isSet("exclude") {
        let gone = Set(try typed(own, a["exclude"], a.machine))
        places = places.filter { !gone.contains($0) }
      }
      return a.machine.value(own.selecting(places))
    },
    Native("memory_usage(self, index=True, deep=False)", "Bytes of each column.") { a in
      let own = try a.ownFrame
      var sizes = own.columns.map { Description.memory($0) }
      var labels = own.labels
      if try a.bool("index") {
        sizes.insert(Description.memory(own.index), at: 0)
        labels = try Labels(cells: [.string("Index")] + own.labels.cells)
      }
      return a.machine.value(Series(Vector(ints: sizes), index: labels))
    },
    Native("keys(self)", "The labels of the columns.") { a in a.machine.value(try a.ownFrame.labels) },
    Native("items(self)", "Pairs of label and column.") { a in
      let own = try a.ownFrame
      var place = 0
      return .object(
        NativeIterator("generator") { machine in
          guard place < own.columnCount else { return .undefined }
          place += 1
          return .tuple([machine.value(own.labels[place - 1]), machine.value(own.series(at: place - 1))])
        })
    },
    Native("iterrows(self)", "Pairs of label and row.") { a in
      let own = try a.ownFrame
      var row = 0
      return .object(
        NativeIterator("generator") { (machine: Machine) throws(Raise) -> Value in
          guard row < own.rowCount else { return .undefined }
          row += 1
          return try series(own, row - 1, machine)
        })
    },
    Native("itertuples(self, index=True, name='Pandas')", "The rows as named tuples.") { a in
      let own = try a.ownFrame
      let machine = a.machine
      let hasIndex = try a.bool("index")
      var make: Value = .none
      if let name = try a.text("name") {
        let module = try machine.importModule("collections", first: false)
        var fields = own.labels.cells.enumerated().map { place, cell -> String in
          let text = cell.shown
          let isName = !text.isEmpty && !(text.first?.isNumber ?? true) && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
          return isName && !text.hasPrefix("_") && cell.text != nil ? text : "_\(place + (hasIndex ? 1 : 0))"
        }
        if hasIndex { fields.insert("Index", at: 0) }
        make = try machine.call(
          machine.attribute(module, "namedtuple"),
          [.string(name), .list(fields.map { .string($0) })], keywords: [("rename", .bool(true))])
      }
      var row = 0
      return .object(
        NativeIterator("map") { (machine: Machine) throws(Raise) -> Value in
          guard row < own.rowCount else { return .undefined }
          var items: [Value] = []
          for column in own.columns { items.append(machine.value(column[row])) }
          if hasIndex { items.insert(machine.value(own.index[row]), at: 0) }
          row += 1
          return make.isNone ? .tuple(items) : try machine.call(make, items)
        })
    },
    Native("to_numpy(self, dtype=None, copy=False, na_value=...)", "The cells as an array.") { a in
      var own = try a.ownFrame
      if a["na_value"].isGiven {
        let cell = try a.machine.cell(a["na_value"])
        own.columns = try own.columns.map { try $0.fillingMissing(with: cell) }
      }
      return try FrameType.values(own, a.machine, dtype: a.machine.dataType(a["dtype"]))
    },
    Native("to_dict(self, orient='dict', *, into=None, index=True)", "As a dictionary.") { a in try FrameFiles.dictionary(a) },
    Native("to_records(self, index=True)", "The rows as a list of tuples.") { a in
      let own = try a.ownFrame
      let hasIndex = try a.bool("index")
      return .list((0..<own.rowCount).map { row in
        .tuple((hasIndex ? [a.machine.value(own.index[row])] : []) + own.columns.map { a.machine.value($0[row]) })
      })
    },
    Native(
      "to_string(self, buf=None, *, columns=None, col_space=None, header=True, index=True, "
        + "na_rep='NaN', formatters=None, float_format=None, sparsify=None, index_names=True, "
        + "justify=None, max_rows=None, max_cols=None, show_dimensions=False, decimal='.', "
        + "line_width=None, min_rows=None, max_colwidth=None)", "All cells as text."
    ) { a in
      var options = a.machine.pandas.options
      options.maxRows = try a.int("max_rows")
      options.minRows = try a.int("min_rows")
      options.maxColumns = try a.int("max_cols")
      options.maxColumnWidth = try a.int("max_colwidth")
      options.width = try a.int("line_width")
      options.showsDimensions = try a.bool("show_dimensions")
      if a.isSet("float_format") { options.floatFormat = PandasFormat.float(a["float_format"], a.machine) }
      var own = try a.ownFrame
      if a.isSet("columns") { own = try own.selecting(a.machine.vector(a["columns"])?.cells ?? []) }
      let justify: ValueTexts.Justify = try a.text("justify") == "left" ? .left : .right
      return .string(
        try TableText.text(
          own, options, index: a.bool("index"), header: a.bool("header"),
          missing: a.text("na_rep") ?? "NaN", justify: justify))
    },
    Native("to_html(self, buf=None)", "As an HTML table.") { a in
      var options = a.machine.pandas.options
      options.maxRows = nil
      options.maxColumns = nil
      var text = try TableHTML.text(a.ownFrame, options)
      // Only what notebooks show stands in a box of its own.
      if text.hasPrefix("<div>\n"), text.hasSuffix("\n</div>") { text = String(text.dropFirst(6).dropLast(7)) }
      return try FrameFiles.write(text, a["buf"], a.machine)
    },
    Native("to_markdown(self, buf=None, mode='wt', index=True)", "As a table of Markdown.") { a in
      try FrameFiles.write(MarkdownTable.text(a.ownFrame, index: a.bool("index")), a["buf"], a.machine)
    },
    Native("reorder_levels(self, order, axis=0)", "The levels of the labels in another order.") { a in
      var own = try a.ownFrame
      let across = try a.axis() == 1
      let labels = across ? own.labels : own.index
      let order = try a.machine.array(a[1]).map { try labels.levelPlace(a.machine.cell($0)) }
      guard order.count == labels.levelCount, Set(order).count == order.count else {
        throw Raise(.valueError, "Length of order must be same as number of levels (\(labels.levelCount)), got \(order.count)")
      }
      let made = Labels(levels: order.map { labels.levels[$0] }, names: order.map { labels.names[$0] })
      if across { own.labels = made } else { own.index = made }
      return a.machine.value(own)
    },
    Native("take(self, indices, axis=0)", "The rows at places.") { a in
      let way = try a.machine.attribute(a[0], "iloc")
      if try a.axis() == 1 {
        return try a.machine.item(way, .tuple([.object(SliceObject(.none, .none, .none)), a[1]]))
      }
      return try a.machine.item(way, a[1])
    },
    Native("compare(self, other, align_axis=1, keep_shape=False, keep_equal=False, result_names=('self', 'other'))", "The cells that differ, side by side.") { a in
      try compared(a)
    },
    Native(
      "to_csv(self, path_or_buf=None, sep=',', na_rep='', float_format=None, columns=None, "
        + "header=True, index=True, index_label=None, mode='w', encoding=None, compression=None, "
        + "quoting=None, quotechar='\"', lineterminator=None, chunksize=None, date_format=None)",
      "As CSV, to a file or as text."
    ) { a in
      var own = try a.ownFrame
      if a.isSet("columns") { own = try own.selecting(a.machine.vector(a["columns"])?.cells ?? []) }
      return try FrameFiles.writeCSV(own, a)
    },
    Native("to_json(self, path_or_buf=None, *, orient='columns', lines=False, indent=None, date_format=None)", "As JSON, to a file or as text.") { a in
      let text = try TableWriting.json(a.ownFrame, orient: a.text("orient") ?? "columns", lines: a.bool("lines"))
      let width = try a.int("indent") ?? 0
      return try FrameFiles.write(
        a.bool("lines") ? text : TableWriting.indented(text, width), a["path_or_buf"], a.machine)
    },
    Native("get(self, key, default=None)", "A column, or something else.") { a in
      let own = try a.ownFrame
      guard !own.places(of: try a.cell(1)).isEmpty else { return a["default"] }
      return try FrameType.column(own, a.cell(1), a.machine)
    },
    Native("isna(self)", "True where a cell is missing.") { a in try missing(a, false) },
    Native("isnull(self)", "True where a cell is missing.") { a in try missing(a, false) },
    Native("notna(self)", "True where a cell is there.") { a in try missing(a, true) },
    Native("notnull(self)", "True where a cell is there.") { a in try missing(a, true) },
    Native("duplicated(self, subset=None, keep='first')", "True for rows that repeat.") { a in
      let own = try a.ownFrame
      let flags = own.duplicated(in: try columns(a["subset"], own, a.machine), keep: try PandasFormat.keep(a["keep"]))
      return a.machine.value(Series(Vector(bools: flags), index: own.index))
    },
    Native("isin(self, values)", "True where a cell is among the given ones.") { a in
      var own = try a.ownFrame
      if let dict = a[1].asDict {
        own.columns = try own.columns.indices.map { place in
          guard let list = try dict.get(a.machine.value(own.labels[place]), a.machine) else {
            return Vector(bools: [Bool](repeating: false, count: own.rowCount))
          }
          return try PandasFormat.isin(own.columns[place], list, a.machine)
        }
      } else {
        own.columns = try own.columns.map { try PandasFormat.isin($0, a[1], a.machine) }
      }
      return a.machine.value(own)
    },
    Native("equals(self, other)", "Whether all is alike.") { a in
      guard let other = a[1].asFrame else { return .bool(false) }
      return .bool(try a.ownFrame.isEqual(other))
    },
    Native(
      "sort_values(self, by, *, axis=0, ascending=True, inplace=False, kind='quicksort', "
        + "na_position='last', ignore_index=False, key=None)", "Rows sorted by columns."
    ) { a in
      let own = try a.ownFrame
      let machine = a.machine
      var names: [Frames.Cell] = [try a.cell(1)]
      if a[1].swiftString == nil, a[1].asTuple == nil, let several = try machine.vector(a[1]) { names = several.cells }
      var keys = try names.map { name -> Vector in
        if let place = own.places(of: name).first { return own.columns[place] }
        if own.index.names.contains(name), name != .null { return own.index.levels[try own.index.levelPlace(name)] }
        throw PandasErrors.raise(own.unknown(name), machine)
      }
      if a.isSet("key") {
        keys = try zip(keys, names).map { key, name in
          try machine.vector(machine.call(a["key"], [machine.value(Series(key, name: name))])) ?? key
        }
      }
      let ascending = try flags(a["ascending"], machine)
      if ascending.count > 1, ascending.count != keys.count {
        throw Raise(.valueError, "Length of ascending (\(ascending.count)) != length of by (\(keys.count))")
      }
      var result = own.taking(
        try own.sortedRows(by: keys, ascending: ascending, missingFirst: a.text("na_position") == "first"))
      if try a.bool("ignore_index") { result.index = Labels(count: result.rowCount) }
      return try a.finish(result)
    },
    Native(
      "sort_index(self, *, axis=0, level=None, ascending=True, inplace=False, kind=None, "
        + "na_position='last', sort_remaining=True, ignore_index=False, key=None)", "Sorted by label."
    ) { a in
      let own = try a.ownFrame
      if try a.axis() == 1 {
        return try a.finish(own.selecting(try indexOrder(own.labels, a)))
      }
      var result = own.taking(try indexOrder(own.index, a))
      if try a.bool("ignore_index") { result.index = Labels(count: result.rowCount) }
      return try a.finish(result)
    },
    Native("nlargest(self, n, columns, keep='first')", "The rows with the largest values.") { a in try extreme(a, false) },
    Native("nsmallest(self, n, columns, keep='first')", "The rows with the smallest values.") { a in try extreme(a, true) },
    Native(
      "sample(self, n=None, frac=None, replace=False, weights=None, random_state=None, axis=None, "
        + "ignore_index=False)", "Rows by chance."
    ) { a in
      let own = try a.ownFrame
      var weights: [Double]?
      if try a.axis() == 1 { return a.machine.value(own.selecting(try sample(own.columnCount, a, weights: nil))) }
      if let name = a["weights"].swiftString { weights = own.columns[try own.place(of: .string(name))].doubles }
      var result = own.taking(try sample(own.rowCount, a, weights: weights))
      if try a.bool("ignore_index") { result.index = Labels(count: result.rowCount) }
      return a.machine.value(result)
    },
    Native("value_counts(self, subset=None, normalize=False, sort=True, ascending=False, dropna=True)", "How often each row occurs.") { a in
      let own = try a.ownFrame
      let places = try columns(a["subset"], own, a.machine) ?? Array(own.columns.indices)
      let grouping = try Grouping(
        keys: places.map { own.columns[$0] }, names: places.map { own.labels[$0] }, count: own.rowCount,
        dropsMissing: a.bool("dropna"))
      let counts = grouping.members.map(\.count)
      var order = Array(counts.indices)
      if try a.bool("sort") {
        let up = try a.bool("ascending")
        order.sort { (x: Int, y: Int) -> Bool in
          if counts[x] == counts[y] { return x < y }
          return up ? counts[x] < counts[y] : counts[x] > counts[y]
        }
      }
      var labels = grouping.labels.taking(order)
      if places.count == 1 { labels = Labels(levels: labels.levels, names: labels.names) }
      if try a.bool("normalize") {
        let total = Double(counts.reduce(0, +))
        return a.machine.value(Series(Vector(doubles: order.map { Double(counts[$0]) / total }), index: labels, name: .string("proportion")))
      }
      return a.machine.value(Series(Vector(ints: order.map { counts[$0] }), index: labels, name: .string("count")))
    },
    Native("mode(self, axis=0, numeric_only=False, dropna=True)", "The most frequent values of each column.") { a in
      let own = try PandasReductions.numeric(a)
      let modes = try own.columns.indices.map { try own.series(at: $0).mode(dropsMissing: a.bool("dropna")) }
      let most = modes.map(\.count).max() ?? 0
      let columns = try modes.map { mode in
        try mode.taking((0..<most).map { $0 < mode.count ? $0 : nil })
      }
      return a.machine.value(DataFrame(columns: columns, labels: own.labels, index: Labels(count: most)))
    },
    Native("quantile(self, q=0.5, axis=0, numeric_only=False, interpolation='linear')", "Values below which shares lie.") { a in
      let own = try PandasReductions.numeric(a)
      let how = try a.text("interpolation") ?? "linear"
      if let shares = try a.machine.vector(a["q"]) {
        let columns = try own.columns.map { try Vector(cells: $0.quantiles(shares.doubles ?? [], interpolation: how)) }
        return a.machine.value(DataFrame(columns: columns, labels: own.labels, index: Labels(Vector(doubles: shares.doubles ?? []))))
      }
      let share = try a.double("q") ?? 0.5
      let cells = try own.columns.map { try $0.quantiles([share], interpolation: how)[0] }
      return a.machine.value(Series(cells.isEmpty ? Vector(empty: .float64) : try Vector(cells: cells), index: own.labels, name: .float(share)))
    },
    Native("corr(self, method='pearson', min_periods=1, numeric_only=False)", "Correlations between columns.") { a in
      let own = try PandasReductions.numeric(a)
      let method = try a.text("method") ?? "pearson"
      return a.machine.value(try pairs(own) { try Description.correlation($0, $1, method: method) })
    },
    Native("cov(self, min_periods=None, ddof=1, numeric_only=False)", "Covariances between columns.") { a in
      let own = try PandasReductions.numeric(a)
      let freedom = try a.int("ddof") ?? 1
      return a.machine.value(try pairs(own) { Description.covariance($0, $1, freedom: freedom) })
    },
    Native("corrwith(self, other, axis=0, drop=False, method='pearson', numeric_only=False)", "Correlations with a series or table.") { a in
      let own = try PandasReductions.numeric(a)
      let method = try a.text("method") ?? "pearson"
      let cells = try own.columns.indices.map { place -> Double in
        var other: Vector?
        if let series = a[1].asSeries { other = try series.reindexed(own.index).values }
        if let frame = a[1].asFrame, let found = frame.places(of: own.labels[place]).first { other = frame.columns[found] }
        guard let x = own.columns[place].doubles, let y = other?.doubles else { return .nan }
        return try Description.correlation(x, y, method: method)
      }
      return a.machine.value(Series(Vector(doubles: cells), index: own.labels))
    },
    Native("first_valid_index(self)", "The label of the first row with a value.") { a in
      let own = try a.ownFrame
      let row = (0..<own.rowCount).first { row in own.columns.contains { !$0[row].isMissing } }
      return row.map { a.machine.value(own.index[$0]) } ?? .none
    },
    Native("xs(self, key, axis=0, level=None, drop_level=True)", "The rows of a label.") { a in
      let own = try a.ownFrame
      if a.isSet("level"), try a.axis() == 1 {
        let level = try own.labels.levelPlace(a.machine.cell(a["level"]))
        let places = own.labels.level(level).places(of: try a.cell(1))
        if places.isEmpty { throw PandasSelection.noLabel(try a.cell(1), own.labels, a.machine) }
        var result = own.selecting(places)
        if try a.bool("drop_level") { result.labels = result.labels.dropping(level: level) }
        return a.machine.value(result)
      }
      if a.isSet("level") {
        let level = try own.index.levelPlace(a.machine.cell(a["level"]))
        let rows = own.index.level(level).places(of: try a.cell(1))
        if rows.isEmpty { throw PandasSelection.noLabel(try a.cell(1), own.index, a.machine) }
        var result = own.taking(rows)
        if try a.bool("drop_level") { result.index = result.index.dropping(level: level) }
        return a.machine.value(result)
      }
      if try a.axis() == 1 { return try FrameType.column(own, a.cell(1), a.machine) }
      return try PandasAccessors.rows(own, PandasSelection.byLabel(a[1], own.index, a.machine, noun: "index"), a.machine)
    },
  ]

  /// A row with its label, for iteration.
  private static func series(_ own: DataFrame, _ row: Int, _ machine: Machine) throws(Raise) -> Value {
    do {
      return .tuple([machine.value(own.index[row]), machine.value(try own.row(row))])
    } catch {
      throw machine.translate(error)
    }
  }

  private static func missing(_ a: Arguments, _ inverted: Bool) throws -> Value {
    var own = try a.ownFrame
    own.columns = own.columns.map { Vector(bools: $0.isMissing().map { $0 != inverted }) }
    return a.machine.value(own)
  }

  private static func compared(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    guard let other = a[1].asFrame else {
      throw Raise(.typeError, "can only compare 'DataFrame' (not '\(a.machine.typeName(a[1]))') with 'DataFrame'")
    }
    guard own.index.isEqual(other.index), own.labels.isEqual(other.labels) else {
      throw Raise(.valueError, "Can only compare identically-labeled (both index and columns) DataFrame objects")
    }
    let (keepsShape, keepsEqual) = (try a.bool("keep_shape"), try a.bool("keep_equal"))
    let names = try a.machine.array(a["result_names"]).map { try a.machine.cell($0) }
    let differs = own.columns.indices.map { place in
      (0..<own.rowCount).map { row -> Bool in
        let (x, y) = (own.columns[place][row], other.columns[place][row])
        return x.isMissing || y.isMissing ? x.isMissing != y.isMissing : x.key != y.key
      }
    }
    let rows = (0..<own.rowCount).filter { row in keepsShape || differs.contains { $0[row] } }
    var columns: [Vector] = []
    var labels: [Frames.Cell] = []
    for place in own.columns.indices where keepsShape || differs[place].contains(true) {
      for (side, frame) in [own, other].enumerated() where side < names.count {
        let kept = rows.map { row -> Int? in keepsEqual || differs[place][row] ? row : nil }
        columns.append(try frame.columns[place].taking(kept))
        let head: [Frames.Cell] = if case .tuple(let parts) = own.labels[place] { parts } else { [own.labels[place]] }
        labels.append(.tuple(head + [names[side]]))
      }
    }
    return a.machine.value(
      DataFrame(columns: columns, labels: labels.isEmpty ? Labels(count: 0) : try Labels(cells: labels), index: own.index.taking(rows)))
  }

  private static func pairs(
    _ own: DataFrame, _ body: ([Double], [Double]) throws -> Double
  ) throws -> DataFrame {
    let numbers = try own.columns.map { try PandasTensors.tensor($0).doubles() }
    let columns = try numbers.map { x in Vector(doubles: try numbers.map { try body($0, x) }) }
    return DataFrame(columns: columns, labels: own.labels, index: own.labels)
  }

  private static func extreme(_ a: Arguments, _ ascending: Bool) throws -> Value {
    let own = try a.ownFrame
    let names = a[2].swiftString != nil ? [try a.cell(2)] : try a.machine.vector(a[2])?.cells ?? []
    let keys = try names.map { own.columns[try own.place(of: $0)] }
    let order = try own.sortedRows(by: keys, ascending: [ascending])
    return a.machine.value(own.taking(Array(order.prefix(max(0, try a.int(1))))))
  }

  /// The places of the columns of some types: `number`, `object`, a dtype, or several.
  static func typed(_ own: DataFrame, _ value: Value, _ machine: Machine) throws -> [Int] {
    let wanted = value.swiftString == nil && value.asType == nil && (value.asList != nil || value.asTuple != nil)
      ? try machine.array(value) : [value]
    return try own.columns.indices.filter { place in
      let type = own.columns[place].type
      return try wanted.contains { item in
        let name = item.swiftString ?? item.asType?.name ?? ""
        switch name {
        case "number": return type.isNumeric || type.isSpan
        case "integer": return type.isInteger
        case "floating": return type.isFloating
        case "datetime", "datetime64": return type.isDate
        case "timedelta", "timedelta64": return type.isSpan
        case "category": return type.categories != nil
        case "object", "O": return type == .object || type == .string
        case "str", "string": return type == .string || type == .nullable("string")
        default:
          guard let dtype = try machine.dataType(item) else { return false }
          return dtype == type
        }
      }
    }
  }

  /// Columns by label, one or several; nil for none.
  static func columns(_ value: Value, _ own: DataFrame, _ machine: Machine) throws -> [Int]? {
    guard value.isGiven, !value.isNone else { return nil }
    let cells = value.swiftString != nil ? [try machine.cell(value)] : try machine.vector(value)?.cells ?? [try machine.cell(value)]
    let lacking = cells.filter { own.places(of: $0).isEmpty }
    if !lacking.isEmpty {
      if value.swiftString != nil { throw PandasErrors.raise(own.unknown(cells[0]), machine) }
      throw Raise(.keyError, arguments: [.list(lacking.map { machine.value($0) })])
    }
    return cells.flatMap { own.places(of: $0) }
  }

  static func flags(_ value: Value, _ machine: Machine) throws -> [Bool] {
    if let list = value.asList { return try list.items.map { try machine.truth($0) } }
    if let tuple = value.asTuple { return try tuple.items.map { try machine.truth($0) } }
    return [value.isGiven ? try machine.truth(value) : true]
  }

  static func indexOrder(_ labels: Labels, _ a: Arguments) throws -> [Int] {
    var ascending = try flags(a["ascending"], a.machine)
    if a.isSet("level") {
      let levels = try a.machine.vector(a["level"])?.cells ?? [try a.machine.cell(a["level"])]
      var order = Array(0..<labels.count)
      let places = try levels.map { try labels.levelPlace($0) }
      let rest = (0..<labels.levelCount).filter { !places.contains($0) }
      for (turn, place) in (places + rest).enumerated().reversed() {
        order = try labels.levels[place].sortedRows(order, ascending: turn < ascending.count ? ascending[turn] : ascending.last ?? true)
      }
      return order
    }
    if a.isSet("key") {
      let made = try a.machine.call(a["key"], [a.machine.value(labels)])
      if let vector = try a.machine.vector(made) { return try vector.sortedRows(ascending: ascending[0]) }
    }
    if ascending.count == 1 { ascending = [Bool](repeating: ascending[0], count: labels.levelCount) }
    return try labels.sortedRows(ascending: ascending, missingFirst: a.text("na_position") == "first")
  }

  /// Rows by chance, as NumPy's generators draw them.
  static func sample(
    _ count: Int, _ a: Arguments, weights: [Double]?, generator seeded: NumpyRandomState? = nil
  ) throws -> [Int] {
    let machine = a.machine
    var wanted = try a.int("n")
    if let share = try a.double("frac") {
      if wanted != nil {
        throw Raise(.valueError, "Please enter a value for `frac` OR `n`, not both")
      }
      wanted = Int(exactly: (share * Double(count)).rounded(.toNearestOrEven)) ?? 0
    }
    let n = wanted ?? 1
    let replaces = try a.bool("replace")
    if n < 0 { throw Raise(.valueError, "A negative number of rows requested. Please provide `n` >= 0.") }
    if n > count, !replaces {
      if a.isSet("frac") {
        throw Raise(.valueError, "Replace has to be set to `True` when upsampling the population `frac` > 1.")
      }
      throw Raise(.valueError, "Cannot take a larger sample than population when 'replace=False'")
    }
    if count == 0 { return [] }
    var shares = weights
    if shares == nil, a.isSet("weights"), a["weights"].swiftString == nil {
      shares = try machine.vector(a["weights"])?.doubles
    }
    if let given = shares {
      let total = given.reduce(0) { $0 + ($1.isNaN ? 0 : $1) }
      guard given.count == count else {
        throw Raise(.valueError, "Weights and axis to be sampled must be of the same length")
      }
      shares = given.map { ($0.isNaN ? 0 : $0) / total }
    }
    if let seeded { return try seeded.choice(count, count: n, replace: replaces, p: shares) }
    let generator = a["random_state"]
    if let seed = try machine.index(generator) {
      return try NumpyRandomState(seed: seed).choice(count, count: n, replace: replaces, p: shares)
    }
    // A generator of NumPy's, or its global one: through its own `choice`.
    let source = generator.isGiven && !generator.isNone
      ? generator : try machine.importModule("numpy.random", first: false)
    let drawn = try machine.call(
      machine.attribute(source, "choice"), [.int(count)],
      keywords: [
        ("size", .int(n)), ("replace", .bool(replaces)),
        ("p", try shares.map { try machine.ndarray($0) } ?? .none),
      ])
    return try machine.ints(drawn).filter { $0 >= 0 && $0 < count }
  }
}
