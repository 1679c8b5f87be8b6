import Frames
import Language
import TensorCore

/// Methods that give a changed series.
enum SeriesChanges {
  private static func column(
    _ signature: String, _ doc: String, _ body: @escaping (Vector, Arguments) throws -> Vector
  ) -> Native {
    Native(signature, doc) { a in
      let own = try a.ownSeries
      let values = try body(own.values, a)
      return try a.finish(Series(values, index: own.index, name: own.name))
    }
  }

  static let rows: [Native] =
    ["cumsum", "cumprod", "cummax", "cummin"].map { name in
      column("\(name)(self, axis=0, skipna=True)", "The running result.") { v, _ in try v.cumulative(name) }
    } + [
      column("diff(self, periods=1)", "The difference to an earlier row.") { v, a in
        try v.difference(a.int(1))
      },
      Native("shift(self, periods=1, freq=None, axis=0, fill_value=...)", "Values moved to later rows.") { a in
        var own = try a.ownSeries
        if a.isSet("freq") {
          own.index = try PandasTimes.moved(own.index, a.int(1), a["freq"], a.machine)
          return a.machine.value(own)
        }
        let fill = a["fill_value"].isGiven ? try a.machine.cell(a["fill_value"]) : nil
        return a.machine.value(own.with(try own.values.shifted(a.int(1), fill: fill)))
      },
      column("pct_change(self, periods=1, fill_method=None)", "The relative change.") { v, a in
        let before = try v.shifted(a.int(1))
        let ratio = try VectorMath.apply(.truediv, .vector(v), .vector(before), count: v.count)
        return try VectorMath.apply(.sub, .vector(ratio), .cell(.int(1)), count: v.count)
      },
      column(
        "rank(self, axis=0, method='average', numeric_only=False, na_option='keep', ascending=True, "
          + "pct=False)", "The rank of each value."
      ) { v, a in
        try v.ranked(
          a.text("method") ?? "average", ascending: a.bool("ascending"), percent: a.bool("pct"),
          missing: a.text("na_option") ?? "keep")
      },
      column("round(self, decimals=0)", "Rounded.") { v, a in v.rounded(try a.int(1)) },
      column("abs(self)", "The magnitudes.") { v, _ in try v.absolute() },
      column("clip(self, lower=None, upper=None, *, axis=None, inplace=False)", "Brought between bounds.") { v, a in
        try v.clipped(
          a.isSet("lower") ? a.machine.cell(a["lower"]) : nil,
          a.isSet("upper") ? a.machine.cell(a["upper"]) : nil)
      },
      column("ffill(self, *, axis=None, inplace=False, limit=None)", "Missing values from the last one.") { v, a in
        v.fillingMissing(backward: false, limit: try a.int("limit"))
      },
      column("bfill(self, *, axis=None, inplace=False, limit=None)", "Missing values from the next one.") { v, a in
        v.fillingMissing(backward: true, limit: try a.int("limit"))
      },
      column("interpolate(self, method='linear', *, axis=0, limit=None, inplace=False, limit_direction=None)", "Missing values on the line between.") { v, a in
        try v.interpolated(method: a.text("method") ?? "linear", limit: a.int("limit"))
      },
      column("infer_objects(self, copy=None)", "The narrowest type.") { v, _ in try v.inferred() },
      column("convert_dtypes(self)", "A type that knows missing values.") { v, _ in
        switch v.type {
        case .integer: return try v.converted(to: .nullable("Int64"))
        case .floating:
          let whole = (v.doubles ?? []).allSatisfy { $0.isNaN || $0 == $0.rounded() }
          return try v.converted(to: .nullable(whole ? "Int64" : "Float64"))
        case .bool: return try v.converted(to: .nullable("boolean"))
        default: return v
        }
      },
      Native("fillna(self, value=None, *, axis=None, inplace=False, limit=None)", "A value in place of missing ones.") { a in
        let own = try a.ownSeries
        return try a.finish(own.with(try filled(own, a[1], a.machine)))
      },
      Native("astype(self, dtype, copy=None, errors='raise')", "As another type.") { a in
        let own = try a.ownSeries
        guard let dtype = try a.machine.dataType(a[1]) else { return a.machine.value(own) }
        do {
          return a.machine.value(own.with(try own.values.converted(to: dtype)))
        } catch {
          if try a.text("errors") == "ignore" { return a.machine.value(own) }
          throw error
        }
      },
      Native("dropna(self, *, axis=0, inplace=False, how=None, ignore_index=False)", "Without missing values.") { a in
        let own = try a.ownSeries
        var result = own.filtered(own.values.isMissing().map { !$0 })
        if result.count == own.count { result.index = own.index }
        if try a.bool("ignore_index") { result.index = Labels(count: result.count) }
        return try a.finish(result)
      },
      Native("drop_duplicates(self, *, keep='first', inplace=False, ignore_index=False)", "Without repetitions.") { a in
        let own = try a.ownSeries
        let flags = own.duplicated(keep: try PandasFormat.keep(a["keep"]))
        var result = own.filtered(flags.map { !$0 })
        if try a.bool("ignore_index") { result.index = Labels(count: result.count) }
        return try a.finish(result)
      },
      Native("drop(self, labels=None, *, axis=0, index=None, columns=None, level=None, inplace=False, errors='raise')", "Without some labels.") { a in
        let own = try a.ownSeries
        let key = a.isSet("index") ? a["index"] : a["labels"]
        let gone = try FrameChanges.places(key, own.index, a)
        return try a.finish(own.taking((0..<own.count).filter { !gone.contains($0) }))
      },
      Native("reset_index(self, level=None, *, drop=False, name=..., inplace=False)", "Row numbers for labels.") { a in
        var own = try a.ownSeries
        if try a.bool("drop") {
          own.index = Labels(count: own.count)
          return try a.finish(own)
        }
        var name = own.name == .null ? Frames.Cell.int(0) : own.name
        if a["name"].isGiven { name = try a.machine.cell(a["name"]) }
        if a.isSet("level") {
          let level = try own.index.levelPlace(a.machine.cell(a["level"]))
          var frame = Series(own.values, index: own.index, name: name).frame
          frame.index = own.index.isMulti ? own.index.dropping(level: level) : Labels(count: own.count)
          try frame.insert(own.index.names[level], own.index.levels[level], at: 0)
          return a.machine.value(frame)
        }
        let frame = DataFrame(columns: [own.values], labels: Labels.one(name), index: own.index)
        return a.machine.value(try frame.resettingIndex())
      },
      Native("rename(self, index=None, *, axis=None, copy=None, inplace=False, level=None)", "Another name, or other labels.") { a in
        var own = try a.ownSeries
        if a[1].asDict != nil || a[1].object is FunctionObject || a[1].asType != nil {
          own.index = try FrameChanges.renamed(own.index, a[1], a.machine)
        } else {
          own.name = try a.cell(1)
        }
        return try a.finish(own)
      },
      Native("rename_axis(self, mapper=..., *, index=..., axis=0, inplace=False)", "A name for the labels.") { a in
        var own = try a.ownSeries
        let given = a["index"].isGiven ? a["index"] : a[1]
        own.index.names = try FrameChanges.axisNames(given, own.index, a.machine)
        return try a.finish(own)
      },
      Native("set_axis(self, labels, *, axis=0)", "Other labels.") { a in
        var own = try a.ownSeries
        own.index = try a.machine.labels(a[1])
        return a.machine.value(try Series(checked: own.values, index: own.index, name: own.name))
      },
      Native("reindex(self, index=None, *, axis=None, method=None, fill_value=None)", "At other labels.") { a in
        let own = try a.ownSeries
        var result = try own.reindexed(a.machine.labels(a[1]))
        if result.index.name == .null { result.index.names = own.index.names.count == result.index.names.count ? own.index.names : result.index.names }
        if a.isSet("fill_value") {
          let filled = try result.values.fillingMissing(with: a.machine.cell(a["fill_value"]))
          result.values = own.values.type.isInteger ? (try? filled.converted(to: own.values.type)) ?? filled : filled
        }
        if let method = try a.text("method") {
          result.values = result.values.fillingMissing(backward: method == "bfill" || method == "backfill")
        }
        return a.machine.value(result)
      },
      Native("replace(self, to_replace=None, value=..., *, inplace=False, regex=False)", "Values in place of others.") { a in
        let own = try a.ownSeries
        return try a.finish(own.with(try replaced(own.values, a)))
      },
      Native("where(self, cond, other=..., *, inplace=False)", "Other values where a condition does not hold.") { a in
        try conditional(a, keepsTrue: true)
      },
      Native("mask(self, cond, other=..., *, inplace=False)", "Other values where a condition holds.") { a in
        try conditional(a, keepsTrue: false)
      },
      Native("combine_first(self, other)", "Missing values from another series.") { a in
        var own = try a.ownSeries
        guard var other = a[1].asSeries else { throw a.mismatch(1, expected: "a Series") }
        let types = [own.values.type, other.values.type]
        if let union = try own.index.union(other.index) {
          own = try own.reindexed(union)
          other = try other.reindexed(union)
        }
        let missing = own.values.isMissing()
        let rows = missing.indices.filter { missing[$0] }
        let result = try own.values.replacing(rows, with: rows.map { other.values[$0] })
        return a.machine.value(own.with(FrameChanges.combined(result, types)))
      },
      Native("update(self, other)", "Values of another series where it has any.") { a in
        let object = try a.receiver(SeriesObject.self)
        guard let other = a[1].asSeries else { throw a.mismatch(1, expected: "a Series") }
        let places = object.series.index.places(in: other.index)
        let rows = places.indices.filter { row in places[row].map { !other.values[$0].isMissing } ?? false }
        object.series.values = try object.series.values.replacing(rows, with: rows.map { other.values[places[$0] ?? 0] })
        return .none
      },
      Native("explode(self, ignore_index=False)", "A row for each item of the lists.") { a in
        let own = try a.ownSeries
        let (rows, values) = try Reshaping.exploded(own.values)
        return a.machine.value(
          Series(values, index: try a.bool(1) ? Labels(count: rows.count) : own.index.taking(rows), name: own.name))
      },
      Native("unstack(self, level=-1, fill_value=None, sort=True)", "A level of the labels as columns.") { a in
        let own = try a.ownSeries
        guard own.index.isMulti else {
          throw Raise(.valueError, "index must be a MultiIndex to unstack, <class 'pandas.Index'> was passed")
        }
        let level = try own.index.levelPlace(a.cell(1))
        return a.machine.value(
          try Reshaping.unstacked(own, level: level, fill: a.isSet("fill_value") ? a.machine.cell(a["fill_value"]) : nil))
      },
      Native("droplevel(self, level, axis=0)", "Without a level of the labels.") { a in
        var own = try a.ownSeries
        own.index = own.index.dropping(level: try own.index.levelPlace(a.cell(1)))
        return a.machine.value(own)
      },
      Native("swaplevel(self, i=-2, j=-1)", "Two levels exchanged.") { a in
        var own = try a.ownSeries
        own.index = try FrameChanges.swapped(own.index, a)
        return a.machine.value(own)
      },
      Native("transpose(self)", "The series itself.") { a in a.machine.value(try a.ownSeries) },
      Native("squeeze(self, axis=None)", "The one value, or the series.") { a in
        let own = try a.ownSeries
        return own.count == 1 ? a.machine.element(own.values, 0) : a.machine.value(own)
      },
      Native("add_prefix(self, prefix)", "Labels with something before them.") { a in
        var own = try a.ownSeries
        own.index = try Labels(cells: own.index.cells.map { .string(try a.string(1) + $0.shown) })
        return a.machine.value(own)
      },
      Native("add_suffix(self, suffix)", "Labels with something behind them.") { a in
        var own = try a.ownSeries
        own.index = try Labels(cells: own.index.cells.map { .string($0.shown + (try a.string(1))) })
        return a.machine.value(own)
      },
    ]

  static func filled(_ own: Series, _ value: Value, _ machine: Machine) throws -> Vector {
    var other: Series?
    if let series = value.asSeries { other = series }
    if let dict = value.asDict, !dict.pairs.isEmpty {
      other = Series(
        try Vector(cells: dict.values.map { try machine.cell($0) }),
        index: try Labels(cells: dict.keys.map { try machine.cell($0) }))
    }
    guard let other else {
      let cell = try machine.cell(value)
      // Another type in a column of texts makes it one of objects, as pandas 3 has it.
      if own.values.type == .string, cell.text == nil, !cell.isMissing {
        return Vector(objects: own.values.cells.map { $0.isMissing ? cell : $0 })
      }
      return try own.values.fillingMissing(with: cell)
    }
    let missing = own.values.isMissing()
    let places = own.index.places(in: other.index)
    let rows = missing.indices.filter { missing[$0] && places[$0] != nil }
    return try own.values.replacing(rows, with: rows.map { other.values[places[$0] ?? 0] })
  }

  /// `replace`: one value, several by one or each by its own, or texts by pattern.
  static func replaced(_ column: Vector, _ a: Arguments) throws -> Vector {
    let machine = a.machine
    var pairs: [(Frames.Cell, Frames.Cell)] = []
    if let dict = a["to_replace"].asDict {
      for (key, value) in dict.pairs { pairs.append((try machine.cell(key), try machine.cell(value))) }
    } else if a["to_replace"].swiftString == nil, let old = try machine.vector(a["to_replace"]) {
      if a["value"].swiftString == nil, let new = try machine.vector(a["value"]) {
        guard old.count == new.count else {
          throw Raise(
            .valueError,
            "Replacement lists must match in length. Expecting \(old.count) got \(new.count) ")
        }
        for place in 0..<old.count { pairs.append((old[place], new[place])) }
      } else {
        for cell in old.cells { pairs.append((cell, try machine.cell(a["value"]))) }
      }
    } else {
      pairs = [(try machine.cell(a["to_replace"]), try machine.cell(a["value"]))]
    }
    return try replaced(column, pairs, regex: a.bool("regex"), machine)
  }

  static func replaced(
    _ column: Vector, _ pairs: [(Frames.Cell, Frames.Cell)], regex: Bool, _ machine: Machine
  ) throws -> Vector {
    var cells = column.cells
    if regex {
      let module = try machine.importModule("re", first: false)
      let sub = try machine.attribute(module, "sub")
      for (row, cell) in cells.enumerated() {
        guard case .string(var text) = cell else { continue }
        for (old, new) in pairs {
          guard let pattern = old.text else { continue }
          if let to = new.text {
            text = try machine.call(sub, [.string(pattern), .string(to), .string(text)]).swiftString ?? text
            cells[row] = .string(text)
          } else if !(try machine.call(machine.attribute(module, "search"), [.string(pattern), .string(text)])).isNone {
            cells[row] = new
          }
        }
      }
      return try column.type == .object ? Vector(objects: cells) : Vector(cells: cells)
    }
    let table = Dictionary(pairs.map { ($0.0.key, $0.1) }, uniquingKeysWith: { first, _ in first })
    var changed = false
    for (row, cell) in cells.enumerated() {
      if case .bool = cell, column.type == .bool || column.type == .object {
        if let new = table[cell] {
          cells[row] = new
          changed = true
        }
      } else if let new = table[cell.key] {
        cells[row] = new
        changed = true
      }
    }
    guard changed else { return column }
    if let categories = column.type.categories {
      let values = try Vector(cells: categories.values.cells.map { table[$0.key] ?? $0 })
      return try Vector(cells: cells, as: .category(Categories(values, isOrdered: categories.isOrdered)))
    }
    if cells.allSatisfy({ column.holds($0) }) {
      return try Vector(cells: cells, as: column.type)
    }
    if column.type == .object || column.type == .string, cells.contains(where: { $0.text == nil && !$0.isMissing }) {
      return Vector(objects: cells)
    }
    return try Vector(cells: cells)
  }

  private static func conditional(_ a: Arguments, keepsTrue: Bool) throws -> Value {
    let own = try a.ownSeries
    let machine = a.machine
    var condition = a[1]
    if condition.object is FunctionObject { condition = try machine.call(condition, [a[0]]) }
    let flags: [Bool]
    if let series = condition.asSeries {
      flags = try series.reindexed(own.index).values.cells.map { $0 == .bool(true) }
    } else {
      guard let vector = try machine.vector(condition) else { throw Raise(.valueError, "Array conditional must be same shape as self") }
      flags = vector.cells.map { $0 == .bool(true) }
    }
    guard flags.count == own.count else {
      throw Raise(.valueError, "Array conditional must be same shape as self")
    }
    let rows = flags.indices.filter { flags[$0] != keepsTrue }
    var other = a["other"]
    if other.object is FunctionObject { other = try machine.call(other, [a[0]]) }
    return try a.finish(own.with(try substituted(own, rows, other, machine)))
  }

  static func substituted(
    _ own: Series, _ rows: [Int], _ other: Value, _ machine: Machine
  ) throws -> Vector {
    if !other.isGiven { return try own.values.replacing(rows, with: rows.map { _ in .missing }) }
    if let series = other.asSeries {
      let aligned = try series.reindexed(own.index)
      return try own.values.replacing(rows, with: rows.map { aligned.values[$0] })
    }
    if other.swiftString == nil, let vector = try machine.vector(other) {
      guard vector.count == own.count else { throw Raise(.valueError, "operands could not be broadcast together with shapes (\(own.count),) (\(vector.count),)") }
      return try own.values.replacing(rows, with: rows.map { vector[$0] })
    }
    let cell = try machine.cell(other)
    let result = try own.values.replacing(rows, with: rows.map { _ in cell })
    if own.values.type.isInteger, case .float = cell { return result }
    return result
  }
}
