import Frames
import Language
import TensorCore

/// `.loc`, `.iloc`, `.at`, `.iat`, `.str`, `.dt`, `.cat`, `.plot`.
enum PandasAccessors {
  static let tables: [String: TypeTable] = [
    "loc": indexer("_LocIndexer"), "iloc": indexer("_iLocIndexer"), "at": indexer("_AtIndexer"),
    "iat": indexer("_iAtIndexer"),
    "str": TypeTable("StringMethods", module: "pandas.core.strings.accessor", doc: "Methods of texts, row by row.", methods: PandasTexts.methods),
    "dt": TypeTable("DatetimeProperties", module: "pandas.core.indexes.accessors", doc: "Parts of dates, row by row.", properties: PandasDates.properties, methods: PandasDates.methods),
    "cat": TypeTable("CategoricalAccessor", module: "pandas.core.arrays.categorical", doc: "Categories.", properties: PandasCategories.properties, methods: PandasCategories.methods),
    "plot": TypeTable("PlotAccessor", module: "pandas.plotting._core", doc: "Plots.", methods: PandasPlots.methods),
  ]

  private static func indexer(_ name: String) -> TypeTable {
    TypeTable(
      name, module: "pandas.core.indexing", doc: "Rows and columns by label or place.",
      methods: [
        Native("__getitem__(self, key)", "The cells that the key names.") { a in try get(a) },
        Native("__setitem__(self, key, value)", "Overwrites the cells that the key names.") { a in
          try set(a)
          return .none
        },
      ])
  }

  static func make(_ kind: String, _ owner: Instance, _ machine: Machine) throws -> Value {
    if let series = (owner as? SeriesObject)?.series {
      switch kind {
      case "str":
        let type = series.values.type.categories?.values.type ?? series.values.type
        let isText = type == .string || type == .object || type == .nullable("string")
        guard isText else {
          throw Raise(.attributeError, "Can only use .str accessor with string values, not \(kindOf(series.values))")
        }
      case "dt" where !series.values.type.isDate && !series.values.type.isSpan:
        throw Raise(.attributeError, "Can only use .dt accessor with datetimelike values")
      case "cat" where series.values.type.categories == nil:
        throw Raise(.attributeError, "Can only use .cat accessor with a 'category' dtype")
      default: break
      }
    }
    guard let type = machine.pandas.accessors[kind] else { return .none }
    return .object(AccessorObject(owner, kind, type))
  }

  private static func kindOf(_ vector: Vector) -> String {
    switch vector.type {
    case .integer: "integer"
    case .floating: "floating"
    case .bool: "boolean"
    case .date: "datetime64"
    case .span: "timedelta64"
    default: vector.typeName
    }
  }

  // MARK: - Reading

  private static func get(_ a: Arguments) throws -> Value {
    let accessor = try a.receiver(AccessorObject.self)
    let machine = a.machine
    var key = a[1]
    if key.object is FunctionObject { key = try machine.call(key, [.object(accessor.owner)]) }
    let isPlace = accessor.way.hasPrefix("i")
    if let series = (accessor.owner as? SeriesObject)?.series {
      if isPlace {
        if let tuple = key.asTuple, tuple.count > 1 { throw Raise(.indexError, "Too many indexers") }
        if let slice = key.object as? SliceObject { return machine.value(try PandasSelection.sliced(series, slice)) }
        return try SeriesType.take(series, PandasSelection.byPlace(key, series.count, machine, index: series.index), machine)
      }
      return try SeriesType.take(series, PandasSelection.byLabel(key, series.index, machine, noun: "index"), machine)
    }
    guard let frame = (accessor.owner as? FrameObject)?.frame else { return .none }
    if accessor.way == "iat", let tuple = key.asTuple, tuple.count == 2 {
      guard let row = try machine.index(tuple[0]), let column = try machine.index(tuple[1]) else {
        throw Raise(.valueError, "iAt based indexing can only have integer indexers")
      }
      for (place, count, axis) in [(row, frame.rowCount, 0), (column, frame.columnCount, 1)]
      where place >= count || place < -count {
        throw Raise(.indexError, "index \(place) is out of bounds for axis \(axis == 0 ? 0 : 0) with size \(count)")
      }
      return machine.element(frame.columns[column < 0 ? column + frame.columnCount : column], row < 0 ? row + frame.rowCount : row)
    }
    let (rowKey, columnKey) = split(key, frame)
    if isPlace {
      if let tuple = key.asTuple, tuple.count > 2 { throw Raise(.indexError, "Too many indexers") }
      if columnKey == nil, let slice = rowKey.object as? SliceObject { return machine.value(try PandasSelection.sliced(frame, slice)) }
      let rows: PandasSelection.Choice
      var base = frame
      if let slice = rowKey.object as? SliceObject {
        base = try PandasSelection.sliced(frame, slice)
        rows = .many(Array(0..<base.rowCount))
      } else {
        rows = try PandasSelection.byPlace(rowKey, frame.rowCount, machine, index: frame.index)
      }
      guard let columnKey else { return try self.rows(base, rows, machine) }
      return try cells(base, rows, PandasSelection.byPlace(columnKey, frame.columnCount, machine, index: frame.labels), machine, all: rowKey.object is SliceObject)
    }
    let rows = try PandasSelection.byLabel(rowKey, frame.index, machine, noun: "index")
    guard let columnKey else { return try self.rows(frame, rows, machine, whole: isWhole(rowKey)) }
    return try cells(frame, rows, PandasSelection.byLabel(columnKey, frame.labels, machine, noun: "columns"), machine, all: isWhole(rowKey))
  }

  private static func isWhole(_ key: Value) -> Bool {
    guard let slice = key.object as? SliceObject else { return false }
    return slice.lower.isNone && slice.upper.isNone && slice.step.isNone
  }

  /// A tuple is rows and columns, unless the rows have levels and it is a label of theirs.
  private static func split(_ key: Value, _ frame: DataFrame) -> (Value, Value?) {
    guard let tuple = key.asTuple else { return (key, nil) }
    if tuple.count == 2 {
      if frame.index.isMulti, tuple[0].asTuple == nil, !(tuple[1].object is SliceObject), tuple[1].asList == nil,
        tuple[1].swiftString.map({ frame.places(of: .string($0)).isEmpty }) ?? true,
        !(tuple[0].object is SliceObject)
      {
        return (key, nil)
      }
      return (tuple[0], tuple[1])
    }
    if tuple.count == 1 { return (tuple[0], nil) }
    return (key, nil)
  }

  static func rows(
    _ frame: DataFrame, _ choice: PandasSelection.Choice, _ machine: Machine, whole: Bool = false
  ) throws -> Value {
    if case .one(let row) = choice { return machine.value(try frame.row(row)) }
    return whole ? machine.value(frame) : machine.value(PandasSelection.rows(frame, choice))
  }

  private static func cells(
    _ frame: DataFrame, _ rows: PandasSelection.Choice, _ columns: PandasSelection.Choice,
    _ machine: Machine, all: Bool
  ) throws -> Value {
    if case .one(let column) = columns {
      if case .one(let row) = rows { return machine.element(frame.columns[column], row) }
      let series = frame.series(at: column)
      return all ? machine.value(series) : try SeriesType.take(series, rows, machine)
    }
    var part = frame.selecting(columns.rows)
    if case .part(_, let levels) = columns {
      for _ in 0..<levels where part.labels.isMulti { part.labels = part.labels.dropping(level: 0) }
    }
    return try self.rows(part, rows, machine, whole: all)
  }

  // MARK: - Writing

  private static func set(_ a: Arguments) throws {
    let accessor = try a.receiver(AccessorObject.self)
    let machine = a.machine
    var key = a[1]
    if key.object is FunctionObject { key = try machine.call(key, [.object(accessor.owner)]) }
    let isPlace = accessor.way.hasPrefix("i")
    if let object = accessor.owner as? SeriesObject {
      if !isPlace, !(key.object is SliceObject), key.asList == nil,
        try PandasSelection.mask(key, object.series.index, machine) == nil
      {
        try SeriesType.set(object, key, a[2], machine)
        return
      }
      let rows = isPlace
        ? try PandasSelection.byPlace(key, object.series.count, machine, index: object.series.index).rows
        : try PandasSelection.byLabel(key, object.series.index, machine, noun: "index").rows
      object.series.values = try SeriesType.assigned(object.series.values, rows, a[2], object.series.index, machine)
      return
    }
    guard let object = accessor.owner as? FrameObject else { return }
    let (rowKey, columnKey) = split(key, object.frame)
    let all = Value.object(SliceObject(.none, .none, .none))
    let columnPart = columnKey ?? all
    // New labels make new rows and columns.
    let types = isPlace ? nil : try enlarge(object, rowKey, columnPart, machine)
    let frame = object.frame
    let rows = isPlace
      ? try PandasSelection.byPlace(rowKey, frame.rowCount, machine, index: frame.index).rows
      : try PandasSelection.byLabel(rowKey, frame.index, machine, noun: "index").rows
    let columns = isPlace
      ? try PandasSelection.byPlace(columnPart, frame.columnCount, machine, index: frame.labels).rows
      : try PandasSelection.byLabel(columnPart, frame.labels, machine, noun: "columns").rows
    try assign(object, rows, columns, a[2], machine, isWholeRow: columnKey == nil, types: types)
  }

  /// New labels make new rows and columns.
  /// - Returns: the types that the columns had before a row was added; nil when none was.
  private static func enlarge(
    _ object: FrameObject, _ rowKey: Value, _ columnKey: Value, _ machine: Machine
  ) throws -> [DataType]? {
    if !(columnKey.object is SliceObject), columnKey.asTuple == nil || object.frame.labels.isMulti,
      try PandasSelection.mask(columnKey, object.frame.labels, machine) == nil
    {
      let wanted = columnKey.swiftString == nil && columnKey.asTuple == nil ? try machine.vector(columnKey)?.cells ?? [machine.cell(columnKey)] : [try machine.cell(columnKey)]
      for cell in wanted where object.frame.places(of: cell).isEmpty {
        try object.frame.insert(cell, Vector(doubles: [Double](repeating: .nan, count: object.frame.rowCount)), at: object.frame.columnCount)
      }
    }
    if !(rowKey.object is SliceObject), rowKey.asList == nil, rowKey.asSeries == nil, rowKey.asTensorObject == nil, rowKey.asLabels == nil {
      let cell = try machine.cell(rowKey)
      guard object.frame.index.places(of: cell).isEmpty else { return nil }
      let frame = object.frame
      let names = frame.index.names
      if case .range(let start, let count, 1) = frame.index.content, cell == .int(start + count) {
        object.frame.index = Labels(start: start, count: count + 1, step: 1, name: frame.index.name)
      } else {
        object.frame.index = try Labels(cells: frame.index.cells + [cell], names: names)
      }
      object.frame.columns = try frame.columns.map { column in
        try column.taking((0..<frame.rowCount).map { $0 } + [nil])
      }
      // A new row of whole numbers leaves columns of whole numbers what they are.
      return frame.columns.map(\.type)
    }
    return nil
  }

  private static func assign(
    _ object: FrameObject, _ rows: [Int], _ columns: [Int], _ value: Value, _ machine: Machine,
    isWholeRow: Bool, types: [DataType]?
  ) throws {
    let frame = object.frame
    func put(_ place: Int, _ value: Value) throws {
      var column = object.frame.columns[place]
      // A column that was just made has no type of its own.
      if column.isNew { column = Vector(objects: column.cells) }
      var result = try SeriesType.assigned(column, rows, value, frame.index, machine)
      if object.frame.columns[place].isNew { result = try result.inferredLoosely() }
      if let type = types.flatMap({ place < $0.count ? $0[place] : nil }), result.type != type, result.missingCount == 0 {
        if result.type.isFloating || result.type == .object,
          result.cells.allSatisfy({ Vector(empty: type).holds($0) && (type != .int64 || { if case .float = $0 { true } else { true } }($0)) })
        {
          let last = try machine.cell(value)
          if type.isInteger, case .float = last { object.frame.columns[place] = result; return }
          result = try Vector(cells: result.cells, as: type)
        }
      }
      object.frame.columns[place] = result
    }
    if let other = value.asFrame {
      let aligned = try other.reindexed(rows: frame.index.taking(rows), columns: frame.labels.taking(columns))
      for (turn, place) in columns.enumerated() {
        object.frame.columns[place] = try frame.columns[place].replacing(rows, with: aligned.columns[turn].cells)
      }
      return
    }
    if let tensor = value.asTensorObject?.tensor, tensor.rank == 2 {
      let made = try FrameBuilder.frame(tensor, machine)
      guard made.columnCount == columns.count, made.rowCount == rows.count else {
        throw Raise(.valueError, "could not broadcast input array from shape (\(made.rowCount),\(made.columnCount)) into shape (\(rows.count),\(columns.count))")
      }
      for (turn, place) in columns.enumerated() {
        object.frame.columns[place] = try frame.columns[place].replacing(rows, with: made.columns[turn].cells)
      }
      return
    }
    if columns.count > 1 || isWholeRow, rows.count == 1 || columns.count > 1 {
      if let series = value.asSeries, rows.count == 1 {
        let places = frame.labels.taking(columns).places(in: series.index)
        for (turn, place) in columns.enumerated() {
          try put(place, places[turn].map { machine.value(series.values[$0]) } ?? .float(.nan))
        }
        return
      }
      if let dict = value.asDict {
        for place in columns { try put(place, try dict.get(machine.value(frame.labels[place]), machine) ?? .float(.nan)) }
        return
      }
      if value.swiftString == nil, value.asSeries == nil, value.asList != nil || value.asTuple != nil || value.asTensorObject != nil {
        let items = try machine.array(value)
        if items.count == columns.count {
          for (turn, place) in columns.enumerated() { try put(place, items[turn]) }
          return
        }
        if rows.count == 1 { throw Raise(.valueError, isWholeRow ? "cannot set a row with mismatched columns" : "Must have equal len keys and value when setting with an iterable") }
      }
    }
    for place in columns { try put(place, value) }
  }
}

extension Vector {
  /// Nothing but missing floats: a column that an assignment has just made.
  fileprivate var isNew: Bool { type == .float64 && count > 0 && missingCount == count }

  /// The narrowest type where that is no change of meaning.
  fileprivate func inferredLoosely() throws -> Vector { try Vector(cells: cells) }
}

/// `.str`: the language's own methods of texts, row by row.
enum PandasTexts {
  private static func column(_ a: Arguments) throws -> (Series, IndexObject?) {
    let owner = try a.receiver(AccessorObject.self).owner
    if let series = (owner as? SeriesObject)?.series { return (series, nil) }
    if let index = owner as? IndexObject { return (Series(index.labels.vector, name: index.labels.name), index) }
    throw Raise(.attributeError, "Can only use .str accessor with string values")
  }

  /// Each text through a function; other values are missing in the result.
  static func each(
    _ a: Arguments, missing: Frames.Cell = .missing, flags: Bool = false, _ body: (String) throws -> Frames.Cell
  ) throws -> Value {
    let (own, index) = try column(a)
    let isNullable = own.values.type.isNullable
    let cells = try own.values.cells.map { cell -> Frames.Cell in
      if let text = cell.text { return try body(text) }
      return isNullable ? .absent : missing
    }
    var vector: Vector
    let isText = cells.contains { $0.text != nil }
    if flags, own.values.type == .string || cells.allSatisfy({ if case .bool = $0 { true } else { false } }) {
      vector = Vector(bools: cells.map { $0 == .bool(true) })
    } else if isText, own.values.type == .string || own.values.type.categories != nil {
      vector = try Vector(cells: cells)
    } else if isText, own.values.type == .object {
      vector = Vector(objects: cells)
    } else {
      vector = cells.isEmpty ? own.values : try Vector(cells: cells)
      if cells.allSatisfy(\.isMissing), own.values.type == .string, !flags { vector = try Vector(cells: cells, as: .string) }
    }
    if isNullable, let first = cells.first(where: { !$0.isMissing }) {
      vector = Vector(.object(cells), .nullable(first.text != nil ? "string" : flags ? "boolean" : "Int64"))
    }
    if index != nil {
      return flags || !isText && vector.type.isNumeric ? try a.machine.arrayValue(vector) : a.machine.value(Labels(vector, name: own.name))
    }
    return a.machine.value(own.with(vector))
  }

  /// A method of the language's strings by the same name and arguments.
  private static func forwarded(_ signature: String, _ doc: String, flags: Bool = false) -> Native {
    Native(signature, doc) { a in
      let name = a.function.name
      let arguments = (1..<a.count).map { a[$0] }.filter(\.isGiven)
      return try each(a, flags: flags) { text in
        try a.machine.cell(a.machine.call(a.machine.attribute(.string(text), name), arguments))
      }
    }
  }

  private static func re(_ name: String, _ machine: Machine) throws -> Value {
    try machine.attribute(machine.importModule("re", first: false), name)
  }

  private static func pattern(_ a: Arguments, _ value: Value) throws -> Value {
    var flags = try a.int("flags") ?? 0
    if a["case"].isGiven, !a["case"].isNone, !(try a.bool("case")) { flags |= 2 }
    return try a.machine.call(re("compile", a.machine), [value, .int(flags)])
  }

  static let methods: [Native] = [
    forwarded("upper(self)", "In capital letters."), forwarded("lower(self)", "In small letters."),
    forwarded("title(self)", "Words with a capital first."), forwarded("capitalize(self)", "A capital first."),
    forwarded("swapcase(self)", "Capital and small letters exchanged."), forwarded("casefold(self)", "For comparison."),
    forwarded("strip(self, to_strip=None)", "Without blanks at both ends."),
    forwarded("lstrip(self, to_strip=None)", "Without blanks at the start."),
    forwarded("rstrip(self, to_strip=None)", "Without blanks at the end."),
    forwarded("isdigit(self)", "Whether all are digits.", flags: true), forwarded("isalpha(self)", "Whether all are letters.", flags: true),
    forwarded("isalnum(self)", "Whether all are letters or digits.", flags: true), forwarded("isnumeric(self)", "Whether all are numbers.", flags: true),
    forwarded("isdecimal(self)", "Whether all are decimal digits.", flags: true), forwarded("isspace(self)", "Whether all is blank.", flags: true),
    forwarded("isupper(self)", "Whether all are capitals.", flags: true), forwarded("islower(self)", "Whether all are small.", flags: true),
    forwarded("istitle(self)", "Whether all words begin with a capital.", flags: true),
    forwarded("zfill(self, width)", "With zeros before it."), forwarded("center(self, width, fillchar=' ')", "In the middle."),
    forwarded("ljust(self, width, fillchar=' ')", "At the left."), forwarded("rjust(self, width, fillchar=' ')", "At the right."),
    forwarded("find(self, sub, start=0, end=None)", "Where a text is, or -1."), forwarded("rfind(self, sub, start=0, end=None)", "Where a text is last, or -1."),
    forwarded("removeprefix(self, prefix)", "Without a prefix."), forwarded("removesuffix(self, suffix)", "Without a suffix."),
    forwarded("encode(self, encoding='utf-8', errors='strict')", "As bytes."),
    Native("pad(self, width, side='left', fillchar=' ')", "Filled up to a width.") { a in
      let side = try a.text("side") ?? "left"
      let name = side == "left" ? "rjust" : side == "right" ? "ljust" : "center"
      return try each(a) { try a.machine.cell(a.machine.call(a.machine.attribute(.string($0), name), [a[1], a["fillchar"]])) }
    },
    Native("len(self)", "The length.") { a in
      let owner = try a.receiver(AccessorObject.self).owner
      if let series = (owner as? SeriesObject)?.series, series.values.type == .object {
        let cells = try series.values.cells.map { cell -> Frames.Cell in
          if let text = cell.text { return .int(text.unicodeScalars.count) }
          if case .other(let foreign) = cell, let items = foreign.items { return .int(items.count) }
          if case .other = cell, let count = try a.machine.length(a.machine.value(cell)) { return .int(count) }
          if case .tuple(let parts) = cell { return .int(parts.count) }
          return .missing
        }
        return a.machine.value(series.with(try Vector(cells: cells)))
      }
      return try each(a) { .int($0.unicodeScalars.count) }
    },
    Native("startswith(self, pat, na=...)", "Whether it begins with a text.") { a in
      try each(a, missing: flag(a), flags: true) { text in .bool(try texts(a, 1).contains { text.hasPrefix($0) }) }
    },
    Native("endswith(self, pat, na=...)", "Whether it ends with a text.") { a in
      try each(a, missing: flag(a), flags: true) { text in .bool(try texts(a, 1).contains { text.hasSuffix($0) }) }
    },
    Native("contains(self, pat, case=True, flags=0, na=..., regex=True)", "Whether a pattern occurs.") { a in
      if try a.bool("regex") {
        let search = try a.machine.attribute(pattern(a, a[1]), "search")
        return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(search, [.string($0)])).isNone) }
      }
      let wanted = try a.string(1)
      let isExact = try a.bool("case")
      return try each(a, missing: flag(a), flags: true) {
        .bool(isExact ? $0.replacingAll(wanted, "") != $0 || wanted.isEmpty : $0.lowercased().contains(wanted.lowercased()))
      }
    },
    Native("match(self, pat, case=True, flags=0, na=...)", "Whether a pattern stands at the start.") { a in
      let match = try a.machine.attribute(pattern(a, a[1]), "match")
      return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(match, [.string($0)])).isNone) }
    },
    Native("fullmatch(self, pat, case=True, flags=0, na=...)", "Whether a pattern is all of it.") { a in
      let match = try a.machine.attribute(pattern(a, a[1]), "fullmatch")
      return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(match, [.string($0)])).isNone) }
    },
    Native("count(self, pat, flags=0)", "How often a pattern occurs.") { a in
      let find = try a.machine.attribute(pattern(a, a[1]), "findall")
      return try each(a) { .int(try a.machine.array(a.machine.call(find, [.string($0)])).count) }
    },
    Native("findall(self, pat, flags=0)", "All places of a pattern, a list.") { a in
      let find = try a.machine.attribute(pattern(a, a[1]), "findall")
      return try each(a) { try a.machine.cell(a.machine.call(find, [.string($0)])) }
    },
    Native("replace(self, pat, repl=..., n=-1, case=None, flags=0, regex=False)", "A text in place of another.") { a in
      let isFunction = a[2].object is FunctionObject
      if try a.bool("regex") || isFunction {
        let sub = try a.machine.attribute(pattern(a, a[1]), "sub")
        let count = max(0, try a.int("n") ?? -1)
        return try each(a) { try a.machine.cell(a.machine.call(sub, [a[2], .string($0), .int(count)])) }
      }
      return try each(a) {
        try a.machine.cell(a.machine.call(a.machine.attribute(.string($0), "replace"), [a[1], a[2], a["n"]]))
      }
    },
    Native("split(self, pat=None, *, n=-1, expand=False, regex=None)", "The parts between a separator.") { a in try split(a, "split") },
    Native("rsplit(self, pat=None, *, n=-1, expand=False)", "The parts between a separator, from the end.") { a in try split(a, "rsplit") },
    Native("partition(self, sep=' ', expand=True)", "Before, the separator, behind.") { a in
      let (own, _) = try column(a)
      let rows = try own.values.cells.map { cell -> [Frames.Cell]? in
        guard let text = cell.text else { return nil }
        return try a.machine.array(a.machine.call(a.machine.attribute(.string(text), "partition"), [a[1]])).map { try a.machine.cell($0) }
      }
      return try expanded(rows, own, a.machine)
    },
    Native("extract(self, pat, flags=0, expand=True)", "The groups of a pattern.") { a in
      let (own, _) = try column(a)
      let machine = a.machine
      let compiled = try pattern(a, a[1])
      let count = try machine.attribute(compiled, "groups").asInt ?? 0
      guard count > 0 else { throw Raise(.valueError, "pattern contains no capture groups") }
      let search = try machine.attribute(compiled, "search")
      var columns = [[Frames.Cell]](repeating: [], count: count)
      for cell in own.values.cells {
        let match = try cell.text.map { try machine.call(search, [.string($0)]) } ?? .none
        let groups = match.isNone ? nil : try machine.array(machine.call(machine.attribute(match, "groups")))
        for place in 0..<count {
          let found = groups.map { $0[place] } ?? .none
          columns[place].append(found.isNone ? .missing : try machine.cell(found))
        }
      }
      var names = (0..<count).map { Frames.Cell.int($0) }
      if let groups = try machine.attribute(compiled, "groupindex").asDict {
        for (key, value) in groups.pairs { if let place = value.asInt, place <= count { names[place - 1] = try machine.cell(key) } }
      }
      let vectors = try columns.map { try Vector(cells: $0, as: .string) }
      if !(try a.bool("expand")), count == 1 { return machine.value(own.with(vectors[0])) }
      return machine.value(DataFrame(columns: vectors, labels: names.allSatisfy({ $0.text == nil }) ? Labels(count: count) : try Labels(cells: names), index: own.index))
    },
    Native("extractall(self, pat, flags=0)", "The groups of every match, in rows.") { a in
      let (own, _) = try column(a)
      let machine = a.machine
      let compiled = try pattern(a, a[1])
      let finder = try machine.attribute(compiled, "finditer")
      let count = try machine.attribute(compiled, "groups").asInt ?? 0
      guard count > 0 else { throw Raise(.valueError, "pattern contains no capture groups") }
      var columns = [[Frames.Cell]](repeating: [], count: count)
      var rows: [Int] = []
      var turns: [Int] = []
      for (row, cell) in own.values.cells.enumerated() {
        guard let text = cell.text else { continue }
        for (turn, match) in try machine.array(machine.call(finder, [.string(text)])).enumerated() {
          let groups = try machine.array(machine.call(machine.attribute(match, "groups")))
          for place in 0..<count { columns[place].append(groups[place].isNone ? .missing : try machine.cell(groups[place])) }
          rows.append(row)
          turns.append(turn)
        }
      }
      let index = own.index.taking(rows).appending(levels: [Vector(ints: turns)], names: [.string("match")])
      return machine.value(DataFrame(columns: try columns.map { try Vector(cells: $0, as: .string) }, labels: Labels(count: count), index: index))
    },
    Native("get(self, i)", "The item at a place.") { a in try item(a, a[1]) },
    Native("__getitem__(self, key)", "The item at a place, or a part.") { a in try item(a, a[1]) },
    Native("slice(self, start=None, stop=None, step=None)", "A part.") { a in
      try item(a, .object(SliceObject(a[1], a[2], a[3])))
    },
    Native("slice_replace(self, start=None, stop=None, repl='')", "Another text in place of a part.") { a in
      try each(a) { text in
        let scalars = Array(text.unicodeScalars)
        let part = try SliceObject(a[1], a[2], .none).indices(count: scalars.count)
        let stop = max(part.start, part.stop)
        return .string(String(String.UnicodeScalarView(scalars[..<part.start])) + (try a.string(3)) + String(String.UnicodeScalarView(scalars[stop...])))
      }
    },
    Native("join(self, sep)", "The items of lists, joined.") { a in
      let (own, _) = try column(a)
      let cells = try own.values.cells.map { cell -> Frames.Cell in
        if let text = cell.text { return .string(text.map(String.init).joined(separator: try a.string(1))) }
        guard case .other(let foreign) = cell, let items = foreign.items else { return .missing }
        return .string(items.map(\.shown).joined(separator: try a.string(1)))
      }
      return a.machine.value(own.with(try Vector(cells: cells)))
    },
    Native("repeat(self, repeats)", "Several times.") { a in
      let n = try a.int(1)
      return try each(a) { try VectorMath.single(.mul, .string($0), .int(n)) }
    },
    Native("cat(self, others=None, sep=None, na_rep=None)", "All texts in one, or beside others.") { a in
      let (own, _) = try column(a)
      let separator = try a.text("sep") ?? ""
      let filler = try a.text("na_rep")
      guard a.isSet("others") else {
        return .string(own.values.cells.compactMap { $0.text ?? filler }.joined(separator: separator))
      }
      var vectors: [Vector] = []
      if let list = a["others"].asList, list.items.contains(where: { $0.asSeries != nil }) {
        for item in list.items { if let series = item.asSeries { vectors.append(try series.reindexed(own.index).values) } }
      } else if let series = a["others"].asSeries {
        vectors = [try series.reindexed(own.index).values]
      } else if let vector = try a.machine.vector(a["others"]) {
        vectors = [vector]
      }
      let cells = (0..<own.count).map { row -> Frames.Cell in
        let parts = ([own.values] + vectors).map { $0[row].text ?? filler }
        return parts.contains(where: { $0 == nil }) ? .missing : .string(parts.compactMap { $0 }.joined(separator: separator))
      }
      return a.machine.value(own.with(try Vector(cells: cells, as: .string)))
    },
    Native("get_dummies(self, sep='|')", "A column for each part.") { a in
      let (own, _) = try column(a)
      let separator = try a.text("sep") ?? "|"
      let parts = try own.values.cells.map { cell in
        try cell.text.map { try a.machine.array(a.machine.call(a.machine.attribute(.string($0), "split"), [.string(separator)])).compactMap(\.swiftString) } ?? []
      }
      let names = Set(parts.flatMap { $0 }).filter { !$0.isEmpty }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let columns = names.map { name in Vector(ints: parts.map { $0.contains(name) ? 1 : 0 }) }
      return a.machine.value(DataFrame(columns: columns, labels: Labels(try Vector(texts: names)), index: own.index))
    },
    Native("normalize(self, form)", "In a form of Unicode.") { a in
      let function = try a.machine.attribute(a.machine.importModule("unicodedata", first: false), "normalize")
      return try each(a) { try a.machine.cell(a.machine.call(function, [a[1], .string($0)])) }
    },
    Native("wrap(self, width)", "In lines of a width.") { a in
      let function = try a.machine.attribute(a.machine.importModule("textwrap", first: false), "fill")
      return try each(a) { try a.machine.cell(a.machine.call(function, [.string($0), a[1]])) }
    },
  ]

  private static func flag(_ a: Arguments) throws -> Frames.Cell {
    a["na"].isGiven && !a["na"].isNone ? try a.machine.cell(a["na"]) : .missing
  }

  private static func texts(_ a: Arguments, _ index: Int) throws -> [String] {
    if let tuple = a[index].asTuple { return tuple.items.compactMap(\.swiftString) }
    guard let text = a[index].swiftString else {
      throw Raise(.typeError, "expected a string or tuple, not \(a.machine.typeName(a[index]))")
    }
    return [text]
  }

  private static func item(_ a: Arguments, _ key: Value) throws -> Value {
    let (own, index) = try column(a)
    let machine = a.machine
    let cells = try own.values.cells.map { cell -> Frames.Cell in
      switch cell {
      case .string, .other, .tuple:
        do throws(Raise) {
          return try machine.cell(quietly: machine.item(machine.value(cell), key))
        } catch {
          return .missing
        }
      default: return .missing
      }
    }
    let vector = try own.values.type == .string ? Vector(cells: cells, as: .string) : Vector(cells: cells)
    if index != nil { return machine.value(Labels(vector, name: own.name)) }
    return machine.value(own.with(vector))
  }

  private static func split(_ a: Arguments, _ method: String) throws -> Value {
    let (own, _) = try column(a)
    let machine = a.machine
    let most = try a.int("n") ?? -1
    var isPattern = (a[1].swiftString?.unicodeScalars.count ?? 0) > 1
    if a.isSet("regex") { isPattern = try a.bool("regex") }
    if method != "split" { isPattern = false }
    let rows = try own.values.cells.map { cell -> Value? in
      guard let text = cell.text else { return nil }
      if isPattern {
        return try machine.call(re("split", machine), [a[1], .string(text)], keywords: most > 0 ? [("maxsplit", .int(most))] : [])
      }
      return try machine.call(machine.attribute(.string(text), method), [a[1], .int(most == 0 ? -1 : most)])
    }
    if try a.bool("expand") {
      return try expanded(rows.map { try $0.map { try machine.array($0).map { try machine.cell($0) } } }, own, machine)
    }
    let cells = rows.map { $0.map { Frames.Cell.other(ForeignValue($0, machine)) } ?? .missing }
    return machine.value(own.with(Vector(objects: cells)))
  }

  private static func expanded(_ rows: [[Frames.Cell]?], _ own: Series, _ machine: Machine) throws -> Value {
    let width = rows.compactMap { $0?.count }.max() ?? 0
    let columns = try (0..<width).map { place in
      let cells = rows.map { row -> Frames.Cell in
        guard let row else { return .missing }
        return place < row.count ? row[place] : .null
      }
      return own.values.type == .string ? try Vector(cells: cells, as: .string) : Vector(objects: cells)
    }
    return machine.value(DataFrame(columns: columns, labels: Labels(count: width), index: own.index))
  }
}

extension Machine {
  /// A value as a cell where nothing can fail: otherwise kept as it is.
  func cell(quietly value: Value) -> Frames.Cell { (try? cell(value)) ?? .other(ForeignValue(value, self)) }
}
