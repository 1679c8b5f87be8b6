import Classical
import Frames
import Language
import TensorCore

/// Looking at a series: parts, counts, order, conversion.
enum SeriesMethods {
  static let rows: [Native] = [
    Native("head(self, n=5)", "The first rows.") { a in
      let own = try a.ownSeries
      let n = try a.int(1)
      return a.machine.value(own.slice(0..<(n >= 0 ? min(n, own.count) : max(0, own.count + n))))
    },
    Native("tail(self, n=5)", "The last rows.") { a in
      let own = try a.ownSeries
      let n = try a.int(1)
      return a.machine.value(own.slice((n >= 0 ? max(0, own.count - n) : min(own.count, -n))..<own.count))
    },
    Native("copy(self, deep=True)", "A copy.") { a in a.machine.value(try a.ownSeries) },
    Native("item(self)", "The one value.") { a in
      let own = try a.ownSeries
      guard own.count == 1 else {
        throw Raise(.valueError, "can only convert an array of size 1 to a Python scalar")
      }
      return a.machine.value(own.values[0])
    },
    Native("tolist(self)", "The values as a list.") { a in try list(a) },
    Native("to_list(self)", "The values as a list.") { a in try list(a) },
    Native("to_numpy(self, dtype=None, copy=False, na_value=...)", "The values as an array.") { a in
      var values = try a.ownSeries.values
      if a["na_value"].isGiven, values.type.isNullable || values.missingCount > 0 {
        values = try Vector(objects: values.cells).fillingMissing(with: a.machine.cell(a["na_value"])).inferred()
      }
      if let dtype = try a.machine.dataType(a["dtype"]) { values = try values.converted(to: dtype) }
      if values.type.isNullable, values.missingCount == 0 { values = try Vector(objects: values.cells).inferred() }
      return try a.machine.arrayValue(values)
    },
    Native("to_frame(self, name=...)", "A table of one column.") { a in
      var own = try a.ownSeries
      if a["name"].isGiven { own.name = try a.machine.cell(a["name"]) }
      return a.machine.value(own.frame)
    },
    Native("to_dict(self, into=None)", "Labels and values as a dictionary.") { a in
      let own = try a.ownSeries
      let dict = DictObject()
      for row in 0..<own.count {
        try dict.set(a.machine.value(own.index[row]), a.machine.value(own.values[row]), a.machine)
      }
      return .object(dict)
    },
    Native(
      "to_string(self, buf=None, na_rep='NaN', float_format=None, header=True, index=True, "
        + "length=False, dtype=False, name=False, max_rows=None, min_rows=None)",
      "All rows as text."
    ) { a in
      var options = a.machine.pandas.options
      options.maxRows = try a.int("max_rows")
      if a.isSet("float_format") { options.floatFormat = PandasFormat.float(a["float_format"], a.machine) }
      let own = try a.ownSeries
      return .string(
        try TableText.text(
          own, options, footer: a.bool("length") || a.bool("dtype") || a.bool("name"),
          name: a.bool("name"), dtype: a.bool("dtype"), length: a.bool("length"),
          index: a.bool("index"), missing: a.text("na_rep") ?? "NaN", header: a.bool("header")))
    },
    Native("to_csv(self, path_or_buf=None, sep=',', na_rep='', float_format=None, columns=None, header=True, index=True, index_label=None)", "As CSV.") { a in
      let own = try a.ownSeries
      var frame = own.frame
      if own.name == .null { frame.labels = Labels(count: 1) }
      return try FrameFiles.writeCSV(frame, a)
    },
    Native("to_json(self, path_or_buf=None, orient=None)", "As JSON.") { a in
      try FrameFiles.write(
        TableWriting.json(a.ownSeries, orient: a.text("orient") ?? "index"), a["path_or_buf"], a.machine)
    },
    Native("keys(self)", "The labels.") { a in a.machine.value(try a.ownSeries.index) },
    Native("items(self)", "Pairs of label and value.") { a in
      let own = try a.ownSeries
      var row = 0
      return .object(
        NativeIterator("zip") { machine in
          guard row < own.count else { return .undefined }
          row += 1
          return .tuple([machine.value(own.index[row - 1]), machine.value(own.values[row - 1])])
        })
    },
    Native("get(self, key, default=None)", "The value of a label, or something else.") { a in
      let own = try a.ownSeries
      guard let cell = try? a.machine.cell(a[1]), let row = own.index.places(of: cell).first else {
        return a["default"]
      }
      return a.machine.element(own.values, row)
    },
    Native("unique(self)", "The distinct values in order of occurrence.") { a in
      let found = try a.ownSeries.values.unique()
      switch found.type {
      case .string, .nullable, .category, .date, .span: return try PandasArrays.extended(found, a.machine)
      default: return try a.machine.arrayValue(found)
      }
    },
    Native(
      "value_counts(self, normalize=False, sort=True, ascending=False, bins=None, dropna=True)",
      "How often each value occurs."
    ) { a in
      var own = try a.ownSeries
      if let bins = try a.int("bins") {
        own.name = .null
        let numbers = own.values.doubles ?? []
        let edges = try Binning.edges(numbers, count: bins, right: true)
        let cells = Binning.intervals(edges, precision: 3, right: true, includesLowest: true, isWhole: false)
        let codes = Binning.codes(numbers, edges, right: true, includesLowest: true)
        own.values = Vector(.int(codes), .category(Categories(Vector(objects: cells), isOrdered: true)))
      }
      return a.machine.value(
        try own.valueCounts(
          normalize: a.bool("normalize"), sort: a.bool("sort"), ascending: a.bool("ascending"),
          dropsMissing: a.bool("dropna")))
    },
    Native("describe(self, percentiles=None, include=None, exclude=None)", "A summary.") { a in
      a.machine.value(try Description.series(a.ownSeries, shares: PandasFormat.shares(a)))
    },
    Native("info(self, verbose=None, buf=None)", "A summary, printed.") { a in
      try PandasFormat.print(Description.info(a.ownSeries), a.machine)
      return .none
    },
    Native("to_markdown(self, buf=None, mode='wt', index=True)", "As a table of Markdown.") { a in
      try FrameFiles.write(MarkdownTable.text(a.ownSeries.frame, index: a.bool("index")), a["buf"], a.machine)
    },
    Native("memory_usage(self, index=True, deep=False)", "Bytes.") { a in
      let own = try a.ownSeries
      return .int(Description.memory(own.values) + (try a.bool("index") ? Description.memory(own.index) : 0))
    },
    Native(
      "sort_values(self, *, axis=0, ascending=True, inplace=False, kind='quicksort', "
        + "na_position='last', ignore_index=False, key=None)",
      "Sorted by value."
    ) { a in
      let own = try a.ownSeries
      var values = own.values
      if a.isSet("key") {
        let made = try a.machine.call(a["key"], [a[0]])
        values = try a.machine.vector(made) ?? values
      }
      var ascending = true
      if let list = a["ascending"].asList { ascending = try list.items.first.map { try a.machine.truth($0) } ?? true } else { ascending = try a.bool("ascending") }
      let order = try values.sortedRows(
        ascending: ascending, missingFirst: a.text("na_position") == "first")
      var result = own.taking(order)
      if try a.bool("ignore_index") { result.index = Labels(count: result.count) }
      return try a.finish(result)
    },
    Native(
      "sort_index(self, *, axis=0, level=None, ascending=True, inplace=False, kind=None, "
        + "na_position='last', sort_remaining=True, ignore_index=False, key=None)",
      "Sorted by label."
    ) { a in
      let own = try a.ownSeries
      var result = own.taking(try FrameMethods.indexOrder(own.index, a))
      if try a.bool("ignore_index") { result.index = Labels(count: result.count) }
      return try a.finish(result)
    },
    Native("nlargest(self, n=5, keep='first')", "The largest values.") { a in
      let own = try a.ownSeries
      let order = try own.values.sortedRows(ascending: false).filter { !own.values[$0].isMissing }
      return a.machine.value(own.taking(Array(order.prefix(max(0, try a.int(1))))))
    },
    Native("nsmallest(self, n=5, keep='first')", "The smallest values.") { a in
      let own = try a.ownSeries
      let order = try own.values.sortedRows().filter { !own.values[$0].isMissing }
      return a.machine.value(own.taking(Array(order.prefix(max(0, try a.int(1))))))
    },
    Native("argsort(self, axis=0, kind=None)", "The places in order of the values.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(Vector(ints: try own.values.sortedRows())))
    },
    Native(
      "sample(self, n=None, frac=None, replace=False, weights=None, random_state=None, axis=None, "
        + "ignore_index=False)",
      "Rows by chance."
    ) { a in
      let own = try a.ownSeries
      var result = own.taking(try FrameMethods.sample(own.count, a, weights: nil))
      if try a.bool("ignore_index") { result.index = Labels(count: result.count) }
      return a.machine.value(result)
    },
    Native("mode(self, dropna=True)", "The most frequent values.") { a in
      let own = try a.ownSeries
      return a.machine.value(Series(try own.mode(dropsMissing: a.bool("dropna")), name: own.name))
    },
    Native("quantile(self, q=0.5, interpolation='linear')", "Values below which shares lie.") { a in
      let own = try a.ownSeries
      let how = try a.text("interpolation") ?? "linear"
      if let shares = try a.machine.vector(a["q"]) {
        let cells = try own.values.quantiles(shares.doubles ?? [], interpolation: how)
        return a.machine.value(Series(try Vector(cells: cells), index: Labels(shares.type.isFloating ? shares : Vector(doubles: shares.doubles ?? [])), name: own.name))
      }
      return a.machine.scalarValue(
        try own.values.quantiles([a.double("q") ?? 0.5], interpolation: how)[0], own.values.type)
    },
    Native("isna(self)", "True where a value is missing.") { a in try missing(a, false) },
    Native("isnull(self)", "True where a value is missing.") { a in try missing(a, false) },
    Native("notna(self)", "True where a value is there.") { a in try missing(a, true) },
    Native("notnull(self)", "True where a value is there.") { a in try missing(a, true) },
    Native("duplicated(self, keep='first')", "True for repetitions.") { a in
      let own = try a.ownSeries
      return a.machine.value(Series(Vector(bools: own.duplicated(keep: try PandasFormat.keep(a["keep"]))), index: own.index, name: own.name))
    },
    Native("isin(self, values)", "True where a value is among the given ones.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(try PandasFormat.isin(own.values, a[1], a.machine)))
    },
    Native("between(self, left, right, inclusive='both')", "True where a value lies between two.") { a in
      let own = try a.ownSeries
      let how = try a.text("inclusive") ?? "both"
      let low = try VectorMath.compare(
        how == "both" || how == "left" ? .greaterOrEqual : .greater, .vector(own.values), .cell(a.cell(1)), count: own.count)
      let high = try VectorMath.compare(
        how == "both" || how == "right" ? .lessOrEqual : .less, .vector(own.values), .cell(a.cell(2)), count: own.count)
      return a.machine.value(
        own.with(try VectorMath.logic(.and, .vector(low), .vector(high), count: own.count)))
    },
    Native("equals(self, other)", "Whether all is alike.") { a in
      guard let other = a[1].asSeries else { return .bool(false) }
      return .bool(try a.ownSeries.frame.isEqual(Series(other.values, index: other.index, name: a.ownSeries.name).frame))
    },
    Native("first_valid_index(self)", "The first label with a value.") { a in
      let own = try a.ownSeries
      return own.values.isMissing().firstIndex(of: false).map { a.machine.value(own.index[$0]) } ?? .none
    },
    Native("last_valid_index(self)", "The last label with a value.") { a in
      let own = try a.ownSeries
      return own.values.isMissing().lastIndex(of: false).map { a.machine.value(own.index[$0]) } ?? .none
    },
    Native("xs(self, key, axis=0, level=None, drop_level=True)", "The rows of a label of one level.") { a in
      let own = try a.ownSeries
      guard a.isSet("level") else {
        return try SeriesType.take(own, PandasSelection.byLabel(a[1], own.index, a.machine, noun: "index"), a.machine)
      }
      let level = try own.index.levelPlace(a.machine.cell(a["level"]))
      let rows = own.index.level(level).places(of: try a.cell(1))
      var result = own.taking(rows)
      result.index = result.index.dropping(level: level)
      return a.machine.value(result)
    },
    Native("_repr_html_(self)", "None: a series has no HTML form.") { _ in .none },
  ]

  private static func list(_ a: Arguments) throws -> Value {
    .list(try a.ownSeries.values.cells.map { a.machine.value($0) })
  }

  private static func missing(_ a: Arguments, _ inverted: Bool) throws -> Value {
    let own = try a.ownSeries
    return a.machine.value(own.with(Vector(bools: own.values.isMissing().map { $0 != inverted })))
  }
}

/// Small readers that several types share.
enum PandasFormat {
  static func float(_ format: Value, _ machine: Machine) -> (Double) throws -> String {
    { number in
      if let text = format.swiftString {
        return try machine.text(of: machine.call(machine.attribute(.string(text), "__mod__"), [.float(number)]))
      }
      return try machine.text(of: machine.call(format, [.float(number)]))
    }
  }

  static func shares(_ a: Arguments) throws -> [Double] {
    guard a.isSet("percentiles"), var shares = try a.machine.vector(a["percentiles"])?.doubles else {
      return [0.25, 0.5, 0.75]
    }
    for share in shares where !(share >= 0 && share <= 1) {
      throw Raise(.valueError, "percentiles should all be in the interval [0, 1]. Try \(share / 100) instead.")
    }
    shares = Array(Set(shares)).sorted()
    return shares
  }

  static func print(_ text: String, _ machine: Machine) throws {
    guard let print = machine.builtin("print") else { return }
    _ = try machine.call(print, [.string(text)], keywords: [("end", .string(""))])
  }

  static func keep(_ value: Value) throws -> DataFrame.Keep {
    if case .bool(false) = value { return .none }
    switch value.swiftString {
    case "first", nil: return .first
    case "last": return .last
    default:
      throw Raise(.valueError, "keep must be either \"first\", \"last\" or False")
    }
  }

  static func isin(_ vector: Vector, _ value: Value, _ machine: Machine) throws -> Vector {
    if value.swiftString != nil {
      throw Raise(
        .typeError,
        "only list-like objects are allowed to be passed to isin(), you passed a `str`")
    }
    let items = value.asDict.map { Value.list($0.keys) } ?? value
    guard let wanted = try machine.vector(items) else {
      throw Raise(
        .typeError,
        "only list-like objects are allowed to be passed to isin(), you passed a "
          + "`\(machine.typeName(value))`")
    }
    var keys = Set(wanted.cells.map(\.key))
    if vector.type.isDate {
      for cell in wanted.cells {
        if case .string(let text) = cell, let micros = DateParsing.micros(of: text) { keys.insert(.date(micros)) }
      }
    }
    return Vector(bools: vector.cells.map { keys.contains($0.key) })
  }
}
