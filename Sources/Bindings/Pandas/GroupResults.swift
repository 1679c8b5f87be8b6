import Frames
import Language
import TensorCore

/// One value per group, and tables of them.
extension PandasGroups {
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

  static func receiver(_ a: Arguments) throws -> GroupsObject { try a.receiver(GroupsObject.self) }

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
  static func builtinName(_ value: Value, _ machine: Machine) -> String? {
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
    if let name = how.swiftString, Reduction(rawValue: name) == nil || !keywords.isEmpty {
      guard let method = try machine.optionalAttribute(a[0], name), own.isSeries || own.frame.places(of: .string(name)).isEmpty else {
        let type = own.isSeries ? "SeriesGroupBy" : "DataFrameGroupBy"
        throw Raise(.attributeError, "'\(name)' is not a valid function for '\(type)' object")
      }
      return try machine.call(method, [], keywords: keywords)
    }
    if own.isSeries { return try series(own, aggregate(own, own.columns[0], how, machine), machine) }
    return try result(own, own.columns.map { (own.frame.labels[$0], try aggregate(own, $0, how, machine)) }, machine)
  }
}
