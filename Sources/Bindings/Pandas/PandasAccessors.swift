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
        if let tuple = key.asTuple, tuple.count > 1 { throw Raise(machine.exceptionRaise("IndexingError", "Too many indexers")) }
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
      if let tuple = key.asTuple, tuple.count > 2 { throw Raise(machine.exceptionRaise("IndexingError", "Too many indexers")) }
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

extension Machine {
  /// A value as a cell where nothing can fail: otherwise kept as it is.
  func cell(quietly value: Value) -> Frames.Cell { (try? cell(value)) ?? .other(ForeignValue(value, self)) }
}
