import Frames
import Language
import TensorCore

/// The `pandas` door: names and arguments of pandas over the Frames module.
enum PandasDoor {
  static let modules: [ModuleTable] = [module, types, testing, PandasErrors.module, PandasTimes.offsets, api]

  private static let classes: [TypeTable] =
    [FrameType.table, SeriesType.table, IndexType.table] + IndexType.kinds
    + [PandasArrays.categorical, PandasTimes.timestamp, PandasTimes.timedelta, PandasTimes.interval, PandasTimes.offset, PandasTimes.grouper]

  static let module = ModuleTable(
    "pandas", doc: "Tables.",
    entries: classes.map { .type($0) } + functions.map { .function($0) } + constants)

  private static let constants: [ModuleEntry] = [
    .value(name: "NA", doc: "A missing value.") { .object($0.pandas.na) },
    .value(name: "NaT", doc: "A moment that is missing.") { .object($0.pandas.nat) },
    .value(name: "__version__", doc: "The version of pandas whose behaviour this door follows.") { _ in .string("3.1.1") },
    .value(name: "options", doc: "How tables are printed.") { machine in .object(Instance(machine.type(PandasOptions.table))) },
  ]

  private static let api = ModuleTable("pandas.api", doc: "Where `pandas.api.types` is.", entries: [])

  private static let types = ModuleTable(
    "pandas.api.types", doc: "Questions about dtypes.",
    entries: questions)

  private static let questions: [ModuleEntry] = [
    question("is_numeric_dtype") { $0.isNumeric || $0 == .bool },
    question("is_string_dtype") { $0 == .string || $0 == .object },
    question("is_object_dtype") { $0 == .object }, question("is_bool_dtype") { $0 == .bool },
    question("is_integer_dtype") { $0.isInteger }, question("is_float_dtype") { $0.isFloating },
    question("is_datetime64_any_dtype") { $0.isDate },
    question("is_categorical_dtype") { $0.categories != nil },
  ]

  static func question(
    _ name: String, _ body: @escaping (DataType) -> Bool
  ) -> ModuleEntry {
    .function(
      Native("\(name)(arr_or_dtype)", "Whether a dtype is of that kind.") { a in
        var type: DataType? = a[0].asSeries?.values.type ?? a[0].asLabels?.vector.type
        if type == nil { type = try a.machine.dataType(a[0]) }
        return .bool(type.map(body) ?? false)
      })
  }

  private static let testing = ModuleTable(
    "pandas.testing", doc: "Comparisons that raise.",
    entries: [
      .function(Native("assert_frame_equal(left, right, check_dtype=True)", "Raises unless two tables are alike.") { a in
        guard let x = a[0].asFrame, let y = a[1].asFrame else { throw Raise(.assertionError, "DataFrame Expected type <class 'pandas.DataFrame'>, found \(a.machine.typeName(a[1])) instead") }
        guard x.isEqual(y) else { throw Raise(.assertionError, "DataFrame are different") }
        return .none
      }),
      .function(Native("assert_series_equal(left, right, check_dtype=True, check_names=True)", "Raises unless two series are alike.") { a in
        guard let x = a[0].asSeries, let y = a[1].asSeries else { throw Raise(.assertionError, "Series Expected type <class 'pandas.Series'>, found \(a.machine.typeName(a[1])) instead") }
        guard Series(x.values, index: x.index).frame.isEqual(Series(y.values, index: y.index).frame) else { throw Raise(.assertionError, "Series are different") }
        return .none
      }),
    ])

  // MARK: - Functions

  private static let csvOptions =
    "header='infer', names=None, index_col=None, usecols=None, dtype=None, engine=None, converters=None, "
    + "skiprows=None, nrows=None, na_values=None, keep_default_na=True, parse_dates=None, date_format=None, "
    + "dayfirst=False, comment=None, thousands=None, decimal='.', encoding=None, quotechar='\"', skipinitialspace=False, "
    + "delimiter=None, low_memory=True, index=None, true_values=None, false_values=None, on_bad_lines='error', "
    + "chunksize=None, iterator=False, engine_kwargs=None, memory_map=False, encoding_errors='strict', dtype_backend=None, "
    + "skip_blank_lines=True, verbose=False, compression='infer', quoting=0, escapechar=None, lineterminator=None, skipfooter=0, na_filter=True"

  /// `read_csv`, which needs no import either.
  static let readCSV = Native(
    "read_csv(filepath_or_buffer, *, sep=None, \(csvOptions))", "A table of a CSV file."
  ) { a in try FrameFiles.readCSV(a) }

  private static let functions: [Native] = [
    readCSV,
    Native("read_table(filepath_or_buffer, *, sep=None, \(csvOptions))", "A table of a file with tabs.") { a in try FrameFiles.readCSV(a, separator: "\t") },
    Native("read_json(path_or_buf, *, orient=None, lines=False, dtype=None)", "A table of a JSON file.") { a in try FrameFiles.readJSON(a) },
    Native(
      "merge(left, right, how='inner', on=None, left_on=None, right_on=None, left_index=False, "
        + "right_index=False, sort=False, suffixes=('_x', '_y'), copy=None, indicator=False, validate=None)",
      "Rows of two tables with equal keys."
    ) { a in try PandasJoins.merge(a[0], a[1], a) },
    Native("concat(objs, *, axis=0, join='outer', ignore_index=False, keys=None, names=None, sort=False)", "Tables below or beside each other.") { a in try PandasJoins.concat(a) },
    Native(
      "pivot_table(data, values=None, index=None, columns=None, aggfunc='mean', fill_value=None, "
        + "margins=False, dropna=True, margins_name='All', observed=True, sort=True)", "Groups in rows and columns."
    ) { a in
      guard let frame = a[0].asFrame else { throw a.mismatch(0, expected: "a DataFrame") }
      return try PandasPivots.table(frame, a)
    },
    Native("pivot(data, *, columns, index=..., values=...)", "Values under the labels of columns.") { a in try PandasPivots.pivot(a) },
    Native("melt(frame, id_vars=None, value_vars=None, var_name=None, value_name='value', col_level=None, ignore_index=True)", "Columns below each other.") { a in
      guard let frame = a[0].asFrame else { throw a.mismatch(0, expected: "a DataFrame") }
      return try PandasPivots.melt(frame, a)
    },
    Native("crosstab(index, columns, values=None, rownames=None, colnames=None, aggfunc=None, margins=False, margins_name='All', dropna=True, normalize=False)", "How often pairs of values occur.") { a in try PandasPivots.crosstab(a) },
    Native("get_dummies(data, prefix=None, prefix_sep='_', dummy_na=False, columns=None, sparse=False, drop_first=False, dtype=None)", "A column of truth values for each value.") { a in try dummies(a) },
    Native("cut(x, bins, right=True, labels=None, retbins=False, precision=3, include_lowest=False, duplicates='raise', ordered=True)", "Numbers sorted into intervals.") { a in try cut(a) },
    Native("qcut(x, q, labels=None, retbins=False, precision=3, duplicates='raise')", "Numbers sorted into intervals with equally many each.") { a in try qcut(a) },
    Native("isna(obj)", "Whether a value is missing; value by value for columns.") { a in try missing(a, false) },
    Native("isnull(obj)", "Whether a value is missing; value by value for columns.") { a in try missing(a, false) },
    Native("notna(obj)", "Whether a value is there; value by value for columns.") { a in try missing(a, true) },
    Native("notnull(obj)", "Whether a value is there; value by value for columns.") { a in try missing(a, true) },
    Native("unique(values)", "The distinct values in order of occurrence.") { a in
      let series = try a[0].asSeries ?? a.machine.vector(a[0]).map { Series($0) } ?? Series(Vector(empty: .object))
      return try a.machine.call(a.machine.attribute(a.machine.value(series), "unique"))
    },
    Native("factorize(values, sort=False, use_na_sentinel=True)", "Numbers for values, and the values.") { a in try factorize(a[0], a) },
    Native("to_numeric(arg, errors='raise', downcast=None)", "Texts as numbers.") { a in
      let coerce = try a.text("errors") == "coerce"
      if let series = a[0].asSeries { return a.machine.value(series.with(try series.values.numeric(coerce: coerce))) }
      if let vector = try a.machine.vector(a[0]) { return try a.machine.arrayValue(vector.numeric(coerce: coerce)) }
      return a.machine.value(try Vector(cells: [a.cell(0)]).numeric(coerce: coerce)[0])
    },
    Native("to_datetime(arg, errors='raise', dayfirst=False, yearfirst=False, utc=False, format=None, exact=True, unit=None, origin='unix', cache=True)", "Texts or numbers as moments.") { a in try moments(a) },
    Native("to_timedelta(arg, unit=None, errors='raise')", "Texts or numbers as spans of time.") { a in
      let unit = try a.text("unit") ?? "ns"
      if let series = a[0].asSeries { return a.machine.value(series.with(Vector(spans: try SpanParsing.micros(series.values, unit: unit)))) }
      if let vector = try a.machine.vector(a[0]) { return a.machine.value(Labels(Vector(spans: try SpanParsing.micros(vector, unit: unit)))) }
      return a.machine.value(Vector(spans: try SpanParsing.micros(Vector(cells: [a.cell(0)]), unit: unit))[0])
    },
    Native("date_range(start=None, end=None, periods=None, freq=None, tz=None, normalize=False, name=None, inclusive='both')", "Moments at even distances.") { a in try range(a) },
    Native("bdate_range(start=None, end=None, periods=None, freq='B', tz=None, normalize=False, name=None)", "Working days.") { a in try range(a) },
    Native("interval_range(start=0, end=None, periods=None, freq=None, name=None, closed='right')", "Ranges of one width.") { a in
      let start = try a.double("start") ?? 0
      let width = try a.double("freq")
      let end = try a.double("end")
      let count = try a.int("periods") ?? Int(exactly: (((end ?? start) - start) / (width ?? 1)).rounded()) ?? 0
      let step = width ?? ((end ?? start + Double(count)) - start) / Double(max(1, count))
      let isWhole = a["start"].asInt != nil && step == step.rounded()
      let cells = (0..<max(0, min(count, 10_000_000))).map {
        Frames.Cell.interval(Interval(left: start + Double($0) * step, right: start + Double($0 + 1) * step, isWhole: isWhole))
      }
      return a.machine.value(Labels(Vector(objects: cells)))
    },
    Native("timedelta_range(start=None, end=None, periods=None, freq=None, name=None)", "Spans at even distances.") { a in
      let first = try SpanParsing.micros(Vector(cells: [a.cell(0)]))[0]
      let step = try DateRange.step(a.text("freq") ?? "D")
      let last = a.isSet("end") ? try SpanParsing.micros(Vector(cells: [a.machine.cell(a["end"])]))[0] : nil
      return a.machine.value(Labels(Vector(spans: try DateRange.make(start: first, end: last, periods: a.int("periods"), step: step)), frequency: step.text))
    },
    Native("set_option(*args)", "Settings: display.max_rows, display.precision ...") { a in
      let items = try a.items(0)
      guard items.count % 2 == 0 else { throw Raise(.valueError, "Must provide an even number of non-keyword arguments") }
      for place in stride(from: 0, to: items.count, by: 2) {
        try PandasOptions.set(a.machine.text(of: items[place]), items[place + 1], a.machine)
      }
      return .none
    },
    Native("get_option(pat)", "A setting.") { a in try PandasOptions.get(a.string(0), a.machine) },
    Native("reset_option(pat)", "A setting as it was.") { a in
      a.machine.pandas.options = PrintingOptions()
      return .none
    },
    Native("option_context(*args)", "Settings for a `with` block.") { a in
      let object = OptionContext(a.machine.type(OptionContext.table))
      object.items = try a.items(0)
      return .object(object)
    },
    Native("NamedAgg(column, aggfunc)", "A column and what is made of it.") { a in .tuple([a[0], a[1]]) },
    Native("CategoricalDtype(categories=None, ordered=False)", "A dtype of categories.") { a in
      guard a.isSet("categories"), let values = try a.machine.vector(a["categories"]) else {
        return .object(PandasDType(.category(Categories(Vector(empty: .object), isOrdered: false, isUnset: true)), shown: "category", a.machine.pandas.dtype))
      }
      return .object(PandasDType(.category(Categories(values, isOrdered: try a.bool("ordered"))), shown: "category", a.machine.pandas.dtype))
    },
    Native("array(data, dtype=None)", "An array of pandas' own.") { a in
      let vector = try a.machine.vector(a[0], dtype: a.machine.dataType(a["dtype"])) ?? Vector(empty: .object)
      return try PandasArrays.extended(vector, a.machine)
    },
    Native("json_normalize(data, sep='.')", "A table of nested dictionaries.") { a in
      let separator = try a.text("sep") ?? "."
      func flat(_ dict: DictObject, _ prefix: String, _ depth: Int) throws -> [(String, Value)] {
        try dict.pairs.flatMap { pair -> [(String, Value)] in
          let name = prefix + (try a.machine.text(of: pair.key))
          if depth < 50, let inner = pair.value.asDict { return try flat(inner, name + separator, depth + 1) }
          return [(name, pair.value)]
        }
      }
      let rows = try (a[0].asList?.items ?? [a[0]]).map { item -> Value in
        let made = DictObject()
        for (name, value) in try item.asDict.map({ try flat($0, "", 0) }) ?? [] { made[name] = value }
        return .object(made)
      }
      return a.machine.value(try FrameBuilder.build(.list(rows), nil, nil, a.machine))
    },
  ]

  static func missing(_ a: Arguments, _ inverted: Bool) throws -> Value {
    if var frame = a[0].asFrame {
      frame.columns = frame.columns.map { Vector(bools: $0.isMissing().map { $0 != inverted }) }
      return a.machine.value(frame)
    }
    if let series = a[0].asSeries { return a.machine.value(series.with(Vector(bools: series.values.isMissing().map { $0 != inverted }))) }
    if a[0].swiftString == nil, a[0].asNumpyScalar == nil, let vector = try a.machine.vector(a[0]) {
      return try a.machine.arrayValue(Vector(bools: vector.isMissing().map { $0 != inverted }))
    }
    return .bool(try a.cell(0).isMissing != inverted)
  }

  static func factorize(_ value: Value, _ a: Arguments) throws -> Value {
    guard value.asList == nil, value.asTuple == nil, let vector = try a.machine.vector(value) else {
      throw Raise(
        .typeError,
        "factorize requires a Series, Index, ExtensionArray, np.ndarray or NumpyExtensionArray got "
          + "\(a.machine.typeName(value)).")
    }
    let missing = vector.isMissing()
    var (codes, firstRows) = vector.codes()
    var order = firstRows.indices.filter { !missing[firstRows[$0]] }
    if try a.bool("sort") {
      let sorted = try vector.sortedRows(order.map { firstRows[$0] })
      let places = Dictionary(firstRows.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      order = sorted.compactMap { places[$0] }
    }
    var number = [Int](repeating: -1, count: firstRows.count)
    for (place, code) in order.enumerated() { number[code] = place }
    codes = codes.map { number[$0] }
    let uniques = vector.taking(order.map { firstRows[$0] })
    return .tuple([
      try a.machine.ndarray(codes),
      value.asSeries != nil || value.asLabels != nil ? a.machine.value(Labels(uniques)) : try a.machine.arrayValue(uniques),
    ])
  }

  static func moments(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let coerce = try a.text("errors") == "coerce"
    func parsed(_ vector: Vector) throws -> Vector {
      if vector.type.isDate { return vector }
      return Vector(
        dates: try DateParsing.micros(
          vector, format: a.text("format"), coerce: coerce, dayFirst: a.bool("dayfirst"), unit: a.text("unit")))
    }
    if let series = a[0].asSeries { return machine.value(series.with(try parsed(series.values))) }
    if let frame = a[0].asFrame {
      func part(_ name: String) -> [Double]? { frame.places(of: .string(name)).first.flatMap { frame.columns[$0].doubles } }
      guard let years = part("year"), let months = part("month"), let days = part("day") else {
        throw Raise(.valueError, "to assemble mappings requires at least that [year, month, day] be specified: [day,month,year] is missing")
      }
      let values = (0..<frame.rowCount).map { row -> Int in
        let times = [part("hour")?[row] ?? 0, part("minute")?[row] ?? 0, part("second")?[row] ?? 0]
        return Moment.micros(Int(clamping: Int64(years[row])), Int(clamping: Int64(months[row])), Int(clamping: Int64(days[row])), Int(clamping: Int64(times[0])), Int(clamping: Int64(times[1])), Int(clamping: Int64(times[2])))
      }
      return machine.value(Series(Vector(dates: values), index: frame.index))
    }
    if a[0].swiftString == nil, a[0].asNumpyScalar == nil, let vector = try machine.vector(a[0]) {
      return machine.value(Labels(try parsed(vector), name: a[0].asLabels?.name ?? .null))
    }
    do {
      return machine.value(try parsed(Vector(cells: [a.cell(0)]))[0])
    } catch FrameError.raised(let kind, let text) {
      // One text has no position.
      throw FrameError.raised(kind, text.replacingAll(", at position 0", ""))
    }
  }

  static func range(_ a: Arguments) throws -> Value {
    func moment(_ name: String) throws -> Int? {
      guard a.isSet(name) else { return nil }
      return try DateParsing.micros(Vector(cells: [a.machine.cell(a[name])]))[0]
    }
    let (start, end, periods) = (try moment("start"), try moment("end"), try a.int("periods"))
    let isEven = start != nil && end != nil && periods != nil && !a.isSet("freq")
    let step = try DateRange.step(a["freq"].swiftString ?? "D")
    if !isEven, [start != nil, end != nil, periods != nil].filter({ $0 }).count != 2 {
      throw Raise(.valueError, "Of the four parameters: start, end, periods, and freq, exactly three must be specified")
    }
    var values = try DateRange.make(start: start, end: end, periods: periods, step: step)
    switch try a.text("inclusive") ?? "both" {
    case "left": if let end, values.last == end { values.removeLast() }
    case "right": if let start, values.first == start { values.removeFirst() }
    case "neither":
      if let end, values.last == end { values.removeLast() }
      if let start, values.first == start { values.removeFirst() }
    default: break
    }
    return a.machine.value(
      Labels(Vector(dates: values), name: a.isSet("name") ? try a.machine.cell(a["name"]) : .null, frequency: isEven ? nil : step.text))
  }
}
