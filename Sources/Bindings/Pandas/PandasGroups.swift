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
}

extension DataFrame {
  /// The first levels of the rows named.
  func namingOuter(_ names: [Frames.Cell]) -> DataFrame {
    var result = self
    for (place, name) in names.enumerated() where place < result.index.names.count { result.index.names[place] = name }
    return result
  }
}
