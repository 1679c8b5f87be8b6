import Frames
import Language
import TensorCore

/// Groups of rows: `df.groupby("key")`, and columns of them.
final class GroupsObject: Instance {
  let frame: DataFrame
  let grouping: Grouping
  /// The columns that are worked on, by place.
  let columns: [Int]
  /// The columns of the keys, by place; they are no values.
  let keyPlaces: [Int]
  let asIndex: Bool
  let groupKeys: Bool
  /// Results are series.
  let isSeries: Bool
  /// Selected by a list: `agg` with several functions keeps the column's level.
  let name: Frames.Cell
  let isResampling: Bool

  init(
    frame: DataFrame, grouping: Grouping, columns: [Int], keyPlaces: [Int], asIndex: Bool,
    groupKeys: Bool, isSeries: Bool, name: Frames.Cell, isResampling: Bool = false, _ type: TypeObject
  ) {
    self.frame = frame
    self.grouping = grouping
    self.columns = columns
    self.keyPlaces = keyPlaces
    self.asIndex = asIndex
    self.groupKeys = groupKeys
    self.isSeries = isSeries
    self.name = name
    self.isResampling = isResampling
    super.init(type)
  }

  func with(columns: [Int], isSeries: Bool, name: Frames.Cell, _ types: PandasTypes) -> GroupsObject {
    GroupsObject(
      frame: frame, grouping: grouping, columns: columns, keyPlaces: keyPlaces, asIndex: asIndex,
      groupKeys: groupKeys, isSeries: isSeries, name: name, isResampling: isResampling,
      isSeries ? types.seriesGroups : types.groups)
  }
}

enum PandasGroups {
  static let table = TypeTable(
    "DataFrameGroupBy", module: "pandas.api.typing", doc: "Groups of the rows of a table.",
    missingAttribute: { instance, name, machine in
      guard let own = instance as? GroupsObject, let place = own.frame.places(of: .string(name)).first,
        !own.isSeries
      else { return nil }
      return .object(own.with(columns: [place], isSeries: true, name: own.frame.labels[place], machine.pandas))
    },
    properties: properties, methods: methods)
  static let seriesTable = TypeTable(
    "SeriesGroupBy", module: "pandas.api.typing", doc: "Groups of the rows of a series.", base: table)

  // MARK: - Making

  static func make(
    _ frame: DataFrame, _ a: Arguments, selection: Frames.Cell?, isSeries: Bool, name: Frames.Cell
  ) throws -> Value {
    let machine = a.machine
    var keys: [Vector] = []
    var names: [Frames.Cell] = []
    var places: [Int] = []
    func add(_ key: Value) throws {
      if let series = key.asSeries {
        keys.append(series.index.isEqual(frame.index) ? series.values : try series.reindexed(frame.index).values)
        names.append(series.name)
        // A column of the table itself is no value either.
        if let place = frame.places(of: series.name).first, series.name != .null, !isSeries,
          frame.columns[place].cells == series.values.cells { places.append(place) }
        return
      }
      if key.object is FunctionObject || key.asNativeFunction != nil {
        keys.append(try Vector(cells: frame.index.cells.map { try machine.cell(machine.call(key, [machine.value($0)])) }))
        names.append(.null)
        return
      }
      if let dict = key.asDict {
        keys.append(try Vector(cells: frame.index.cells.map { try dict.get(machine.value($0), machine).map { try machine.cell($0) } ?? .missing }))
        names.append(.null)
        return
      }
      if let grouper = key.asInstance as? GrouperObject {
        let (vector, label) = try grouper.key(frame)
        keys.append(vector)
        names.append(label)
        if let place = frame.places(of: label).first { places.append(place) }
        return
      }
      if key.swiftString == nil, key.asTuple == nil, let vector = try machine.vector(key) {
        guard vector.count == frame.rowCount else {
          throw Raise(.valueError, "Grouper and axis must be same length")
        }
        keys.append(vector)
        names.append(key.asLabels?.name ?? .null)
        return
      }
      let cell = try machine.cell(key)
      if !isSeries, let place = frame.places(of: cell).first {
        keys.append(frame.columns[place])
        names.append(cell)
        places.append(place)
      } else if let level = frame.index.names.firstIndex(of: cell), cell != .null {
        keys.append(frame.index.levels[level])
        names.append(cell)
      } else {
        throw PandasErrors.raise(frame.unknown(cell), machine)
      }
    }
    if a.isSet("by") {
      let by = a["by"]
      if let list = by.asList, list.count != frame.rowCount || list.items.allSatisfy({ item in item.asSeries != nil || !frame.places(of: (try? machine.cell(item)) ?? .null).isEmpty }) {
        for item in list.items { try add(item) }
        if keys.isEmpty { throw Raise(.valueError, "No group keys passed!") }
      } else if let tuple = by.asTuple, tuple.items.allSatisfy({ $0.asSeries != nil }) {
        for item in tuple.items { try add(item) }
      } else {
        try add(by)
      }
    } else if a.isSet("level") {
      let levels = try (a["level"].swiftString == nil ? machine.vector(a["level"])?.cells : nil) ?? [try machine.cell(a["level"])]
      for level in levels {
        let place = try frame.index.levelPlace(level)
        keys.append(frame.index.levels[place])
        names.append(frame.index.names[place])
      }
    } else {
      throw Raise(.typeError, "You have to supply one of 'by' and 'level'")
    }
    var grouping = try Grouping(
      keys: keys, names: names, count: frame.rowCount, sort: a.bool("sort"),
      dropsMissing: a.bool("dropna"), observed: a.bool("observed"))
    if keys.count == 1, let frequency = (a["by"].asInstance as? GrouperObject)?.frequency {
      var labels = grouping.labels
      labels.frequency = try DateRange.step(frequency).text
      grouping = Grouping(labels: labels, groups: grouping.groups, count: grouping.count)
    }
    let columns = frame.columns.indices.filter { !places.contains($0) }
    return .object(
      GroupsObject(
        frame: frame, grouping: grouping, columns: columns, keyPlaces: places,
        asIndex: try a.bool("as_index"), groupKeys: try a.bool("group_keys"), isSeries: isSeries,
        name: name, isSeries ? machine.pandas.seriesGroups : machine.pandas.groups))
  }

  /// Rows by spans of time: empty spans are groups as well.
  static func resample(_ frame: DataFrame, _ a: Arguments, isSeries: Bool, name: Frames.Cell) throws -> Value {
    let machine = a.machine
    var index = frame.index.vector
    var label = frame.index.name
    var frame = frame
    if a.isSet("on") {
      let place = try frame.place(of: machine.cell(a["on"]))
      index = frame.columns[place]
      label = frame.labels[place]
      frame = frame.droppingColumns([place])
    }
    guard index.type.isDate, case .int(let moments) = index.storage else {
      throw Raise(
        .typeError,
        "Only valid with DatetimeIndex, TimedeltaIndex or PeriodIndex, but got an instance of "
          + "'\(frame.index.kindName)'")
    }
    let (bins, groups, step) = try PandasTimes.bins(moments, a["rule"].swiftString ?? machine.text(of: a["rule"]))
    let grouping = Grouping(
      labels: Labels(Vector(dates: bins), name: label, frequency: step.text), groups: groups, count: bins.count)
    return .object(
      GroupsObject(
        frame: frame, grouping: grouping, columns: Array(frame.columns.indices), keyPlaces: [],
        asIndex: true, groupKeys: true, isSeries: isSeries, name: name, isResampling: true,
        isSeries ? machine.pandas.seriesGroups : machine.pandas.groups))
  }

  // MARK: - Results

  /// Columns of one row per group as the caller wants them: keys as labels or as columns.
  static func result(
    _ own: GroupsObject, _ columns: [(Frames.Cell, Vector)], _ machine: Machine, axis: Labels? = nil
  ) throws -> Value {
    var frame = DataFrame(
      columns: columns.map(\.1),
      labels: try axis ?? (columns.isEmpty ? Labels(count: 0) : Labels(cells: columns.map(\.0))),
      index: own.grouping.labels)
    if axis == nil, own.frame.labels.names.count == frame.labels.names.count { frame.labels.names = own.frame.labels.names }
    if !own.asIndex {
      frame.index = Labels(count: own.grouping.count)
      var place = 0
      for (level, vector) in own.grouping.labels.levels.enumerated() {
        let name = own.grouping.labels.names[level]
        if frame.places(of: name).isEmpty {
          try frame.insert(name == .null ? .string("index") : name, vector, at: place)
          place += 1
        }
      }
    }
    return machine.value(frame)
  }

  static func series(_ own: GroupsObject, _ vector: Vector, _ machine: Machine, name: Frames.Cell? = nil) throws -> Value {
    if !own.asIndex {
      return try result(own, [(name ?? own.name, vector)], machine)
    }
    return machine.value(Series(vector, index: own.grouping.labels, name: name ?? own.name))
  }

  private static func receiver(_ a: Arguments) throws -> GroupsObject { try a.receiver(GroupsObject.self) }

  static func reduce(_ how: Reduction, _ a: Arguments) throws -> Value {
    let own = try receiver(a)
    let freedom = try a.int("ddof") ?? 1
    let minimum = try a.int("min_count") ?? 0
    let isNumericOnly = try a.bool("numeric_only")
    return try reduce(own, how, freedom, minimum, isNumericOnly, a.machine)
  }

  static func reduce(
    _ own: GroupsObject, _ how: Reduction, _ freedom: Int, _ minimum: Int, _ isNumericOnly: Bool, _ machine: Machine
  ) throws -> Value {
    func one(_ place: Int) throws -> Vector {
      let column = own.frame.columns[place]
      if how.isStatistic || how == .prod, !column.countsAsNumeric, !column.type.isDate, !column.type.isSpan {
        throw Raise(
          .typeError,
          column.type == .string
            ? "Cannot perform reduction '\(how.rawValue)' with string dtype"
            : "agg function failed [how->\(how.rawValue),dtype->\(column.typeName)]")
      }
      var result = try own.grouping.reduce(column, how, freedom: freedom, minimum: minimum)
      if how == .sum, column.type == .string { result = result.count == 0 ? Vector(empty: .string) : result }
      if own.isResampling, how == .min || how == .max || how == .first || how == .last { result = try own.grouping.reduceHoles(column, how) }
      return result
    }
    if own.isSeries { return try series(own, one(own.columns[0]), machine) }
    let places = own.columns.filter { !isNumericOnly || own.frame.columns[$0].countsAsNumeric }
    return try result(own, places.map { (own.frame.labels[$0], try one($0)) }, machine)
  }

  static func size(_ own: GroupsObject, _ machine: Machine) throws -> Value {
    let counts = Vector(ints: own.grouping.members.map(\.count))
    if !own.asIndex { return try result(own, [(.string("size"), counts)], machine) }
    return machine.value(Series(counts, index: own.grouping.labels, name: own.isSeries ? own.name : .null))
  }

  /// The rows of one group as a table or series.
  static func group(_ own: GroupsObject, _ rows: [Int], _ machine: Machine, keys: Bool = false) -> Value {
    if own.isSeries {
      return machine.value(Series(own.frame.columns[own.columns[0]].taking(rows), index: own.frame.index.taking(rows), name: own.name))
    }
    let columns = keys ? (own.columns.count == own.frame.columnCount - own.keyPlaces.count ? Array(own.frame.columns.indices) : own.columns) : own.columns
    return machine.value(own.frame.selecting(columns).taking(rows))
  }

  /// A column through the machine: a name of a method or a function.
  static func aggregate(
    _ own: GroupsObject, _ place: Int, _ how: Value, _ machine: Machine
  ) throws -> Vector {
    let column = own.frame.columns[place]
    if let text = how.swiftString ?? builtinName(how, machine) {
      if let reduction = Reduction(rawValue: text), reduction != .idxmin, reduction != .idxmax {
        let single = own.with(columns: [place], isSeries: true, name: own.frame.labels[place], machine.pandas)
        let made = try reduce(single, reduction, 1, 0, false, machine)
        if let series = made.asSeries { return series.values }
        return made.asFrame?.columns.last ?? Vector(empty: .object)
      }
    }
    var cells: [Frames.Cell] = []
    for rows in own.grouping.members {
      let series = machine.value(Series(column.taking(rows), index: own.frame.index.taking(rows), name: own.frame.labels[place]))
      if let text = how.swiftString {
        cells.append(try machine.cell(machine.call(machine.attribute(series, text))))
      } else {
        cells.append(try machine.cell(machine.call(how, [series])))
      }
    }
    return cells.isEmpty ? Vector(empty: column.type) : try Vector(cells: cells)
  }

  /// `sum`, `np.mean` and the like are their methods.
  private static func builtinName(_ value: Value, _ machine: Machine) -> String? {
    guard let native = value.asNativeFunction else { return nil }
    let names = ["sum", "mean", "std", "var", "min", "max", "median", "prod"]
    return names.contains(native.name) ? native.name : native.name == "amin" ? "min" : native.name == "amax" ? "max" : nil
  }

  static func agg(_ a: Arguments) throws -> Value {
    let own = try receiver(a)
    let machine = a.machine
    let how = a[1]
    let keywords = a.keywords(a.count - 1)
    if how.isNone || !how.isGiven {
      guard !keywords.isEmpty else { throw Raise(.typeError, "Must provide 'func' or tuples of '(column, aggfunc).") }
      var columns: [(Frames.Cell, Vector)] = []
      for (name, value) in keywords {
        if own.isSeries {
          columns.append((.string(name), try aggregate(own, own.columns[0], value, machine)))
          continue
        }
        var pair = value.asTuple?.items ?? []
        if pair.isEmpty, let instance = value.asInstance,
          let column = instance.own("column"), let function = instance.own("aggfunc")
        {
          pair = [column, function]
        }
        guard pair.count == 2 else { throw Raise(.typeError, "Must provide 'func' or tuples of '(column, aggfunc).") }
        let place = try own.frame.place(of: machine.cell(pair[0]))
        columns.append((.string(name), try aggregate(own, place, pair[1], machine)))
      }
      return try result(own, columns, machine)
    }
    if let dict = how.asDict {
      if own.isSeries { throw Raise(machine.exceptionRaise("SpecificationError", "nested renamer is not supported")) }
      let isNested = dict.values.contains { $0.asList != nil }
      var columns: [(Frames.Cell, Vector)] = []
      for (key, value) in dict.pairs {
        let label = try machine.cell(key)
        guard let place = own.frame.places(of: label).first else {
          throw Raise(.keyError, "Label(s) [\(label.reprText)] do not exist")
        }
        for item in value.asList?.items ?? [value] {
          let name = Frames.Cell.string(try PandasFormat.functionName(item, machine))
          columns.append((isNested ? .tuple([label, name]) : label, try aggregate(own, place, item, machine)))
        }
      }
      return try result(own, columns, machine)
    }
    if let list = how.asList {
      var columns: [(Frames.Cell, Vector)] = []
      for place in own.columns {
        for item in list.items {
          if let pair = item.asTuple, pair.count == 2 {
            let name = try machine.cell(pair[0])
            columns.append((own.isSeries ? name : .tuple([own.frame.labels[place], name]), try aggregate(own, place, pair[1], machine)))
            continue
          }
          let name = Frames.Cell.string(try PandasFormat.functionName(item, machine))
          columns.append((own.isSeries ? name : .tuple([own.frame.labels[place], name]), try aggregate(own, place, item, machine)))
        }
      }
      return try result(own, columns, machine)
    }
    if how.swiftString == "size" { return try size(own, machine) }
    if let name = how.swiftString, Reduction(rawValue: name) == nil { return try machine.call(machine.attribute(a[0], name)) }
    if own.isSeries { return try series(own, aggregate(own, own.columns[0], how, machine), machine) }
    return try result(own, own.columns.map { (own.frame.labels[$0], try aggregate(own, $0, how, machine)) }, machine)
  }

  // MARK: - Row by row

  /// Each column worked on group by group, rows as they were.
  static func rowwise(_ a: Arguments, _ body: (Vector) throws -> Vector) throws -> Value {
    let own = try receiver(a)
    if own.isSeries {
      let column = own.frame.columns[own.columns[0]]
      return a.machine.value(Series(try own.grouping.transform(column, body), index: own.frame.index, name: own.name))
    }
    let columns = try own.columns.map { try own.grouping.transform(own.frame.columns[$0], body) }
    return a.machine.value(DataFrame(columns: columns, labels: own.frame.labels.taking(own.columns), index: own.frame.index))
  }

  private static func transform(_ a: Arguments) throws -> Value {
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

  private static func apply(_ a: Arguments) throws -> Value {
    let own = try receiver(a)
    let machine = a.machine
    var results: [Value] = []
    var kept: [Int] = []
    let extra = a["args"].asTuple?.items ?? []
    for (place, rows) in own.grouping.members.enumerated() where !rows.isEmpty {
      results.append(try machine.call(a[1], [group(own, rows, machine)] + extra, keywords: a.keywords(a.count - 1)))
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

  private static func picked(_ a: Arguments, _ rowsOf: ([Int]) throws -> [Int]) throws -> Value {
    let own = try receiver(a)
    let rows = try own.grouping.members.flatMap(rowsOf).sorted()
    return group(own, rows, a.machine, keys: true)
  }

  // MARK: - The type

  private static let properties: [NativeProperty] = [
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

  private static let reductions: [Native] = [
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

  private static let methods: [Native] = reductions + [
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
      for members in own.grouping.members {
        rows += try FrameMethods.sample(members.count, a, weights: nil).map { members[$0] }
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
    Native("ffill(self, limit=None)", "Missing values from the last one of the group.") { a in
      try rowwise(a) { $0.fillingMissing(backward: false, limit: try a.int("limit")) }
    },
    Native("bfill(self, limit=None)", "Missing values from the next one of the group.") { a in
      try rowwise(a) { $0.fillingMissing(backward: true, limit: try a.int("limit")) }
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
    Native("corr(self, other=None, method='pearson')", "Correlations within each group.") { a in
      let own = try receiver(a)
      guard !own.isSeries else { throw Raise(.notImplementedError, "corr() of one grouped column is not there: select the columns and use df.corr()") }
      var parts: [DataFrame] = []
      for rows in own.grouping.members {
        let value = try a.machine.call(a.machine.attribute(a.machine.value(own.frame.selecting(own.columns).taking(rows)), "corr"))
        if let frame = value.asFrame { parts.append(frame) }
      }
      return a.machine.value(try Merging.below(parts, keys: own.grouping.labels.cells).namingOuter(own.grouping.labels.names))
    },
  ] + ["cumsum", "cumprod", "cummax", "cummin"].map { name in
    Native("\(name)(self, numeric_only=False)", "The running result within groups.") { a in try rowwise(a) { try $0.cumulative(name) } }
  }

  private static func extreme(_ a: Arguments, _ ascending: Bool) throws -> Value {
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

  private static func extremeLabel(_ a: Arguments, _ how: Reduction) throws -> Value {
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

extension DataFrame {
  /// The first levels of the rows named.
  func namingOuter(_ names: [Frames.Cell]) -> DataFrame {
    var result = self
    for (place, name) in names.enumerated() where place < result.index.names.count { result.index.names[place] = name }
    return result
  }
}

extension Machine {
  /// An error of pandas' own classes.
  func exceptionRaise(_ name: String, _ text: String) -> ExceptionObject {
    let exception = ExceptionObject(exceptionType(name, module: "pandas.errors", base: .valueError))
    exception.arguments = [.string(text)]
    return exception
  }
}
