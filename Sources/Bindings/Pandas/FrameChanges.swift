import Frames
import Language
import TensorCore

/// Methods that give a changed table.
enum FrameChanges {
  static let rows: [Native] =
    ["cumsum", "cumprod", "cummax", "cummin"].map { name in
      FrameType.each("\(name)(self, axis=0, skipna=True, numeric_only=False)", "The running results.") { v, _ in
        try v.cumulative(name)
      }
    } + [
      FrameType.each("diff(self, periods=1, axis=0)", "Differences to an earlier row.") { v, a in try v.difference(a.int(1)) },
      FrameType.each(
        "shift(self, periods=1, freq=None, axis=0, fill_value=...)", "Cells moved to later rows.",
        index: { labels, a in
          a.isSet("freq") ? try PandasTimes.moved(labels, a.int(1), a["freq"], a.machine) : labels
        }
      ) { v, a in
        if a.isSet("freq") { return v }
        return try v.shifted(a.int(1), fill: a["fill_value"].isGiven ? a.machine.cell(a["fill_value"]) : nil)
      },
      FrameType.each("pct_change(self, periods=1, fill_method=None)", "Relative changes.") { v, a in
        let before = try v.shifted(a.int(1))
        let ratio = try VectorMath.apply(.truediv, .vector(v), .vector(before), count: v.count)
        return try VectorMath.apply(.sub, .vector(ratio), .cell(.int(1)), count: v.count)
      },
      FrameType.each("abs(self)", "The magnitudes.") { v, _ in try v.absolute() },
      FrameType.each("clip(self, lower=None, upper=None, *, axis=None, inplace=False)", "Brought between bounds.") { v, a in
        try v.clipped(
          a.isSet("lower") ? a.machine.cell(a["lower"]) : nil, a.isSet("upper") ? a.machine.cell(a["upper"]) : nil)
      },
      FrameType.each("ffill(self, *, axis=None, inplace=False, limit=None)", "Missing cells from the last one.") { v, a in
        v.fillingMissing(backward: false, limit: try a.int("limit"))
      },
      FrameType.each("bfill(self, *, axis=None, inplace=False, limit=None)", "Missing cells from the next one.") { v, a in
        v.fillingMissing(backward: true, limit: try a.int("limit"))
      },
      FrameType.each("interpolate(self, method='linear', *, axis=0, limit=None, inplace=False, limit_direction=None)", "Missing cells on the line between.") { v, a in
        v.type.isFloating ? try v.interpolated(method: a.text("method") ?? "linear", limit: a.int("limit")) : v
      },
      FrameType.each("infer_objects(self, copy=None)", "The narrowest types.") { v, _ in try v.inferred() },
      Native("rank(self, axis=0, method='average', numeric_only=False, na_option='keep', ascending=True, pct=False)", "The ranks within each column.") { a in
        var own = try PandasReductions.numeric(a)
        own.columns = try own.columns.map {
          try $0.ranked(a.text("method") ?? "average", ascending: a.bool("ascending"), percent: a.bool("pct"), missing: a.text("na_option") ?? "keep")
        }
        return a.machine.value(own)
      },
      Native("round(self, decimals=0)", "Rounded, by one count of digits or one per column.") { a in
        var own = try a.ownFrame
        var digits: [Frames.Cell: Int] = [:]
        if let dict = a[1].asDict {
          for (key, value) in dict.pairs { digits[try a.machine.cell(key).key] = value.asInt ?? 0 }
        }
        let all = a[1].asDict == nil ? try a.int(1) : nil
        own.columns = own.columns.indices.map { place in
          if let all { return own.columns[place].rounded(all) }
          return digits[own.labels[place].key].map { own.columns[place].rounded($0) } ?? own.columns[place]
        }
        return a.machine.value(own)
      },
      Native("fillna(self, value=None, *, axis=None, inplace=False, limit=None)", "A value in place of missing cells.") { a in
        var own = try a.ownFrame
        let machine = a.machine
        guard a.isSet("value") else {
          throw Raise(.typeError, "NDFrame.fillna() missing 1 required positional argument: 'value'")
        }
        if a[1].asDict != nil || a[1].asSeries != nil || a[1].asFrame != nil {
          for place in own.columns.indices {
            let label = own.labels[place]
            var value: Value?
            if let dict = a[1].asDict { value = try dict.get(machine.value(label), machine) }
            if let series = a[1].asSeries, let row = series.index.places(of: label).first { value = machine.value(series.values[row]) }
            if let frame = a[1].asFrame, let other = frame.places(of: label).first { value = machine.value(frame.series(at: other)) }
            if let value { own.columns[place] = try SeriesChanges.filled(own.series(at: place), value, machine) }
          }
        } else {
          let cell = try machine.cell(a[1])
          own.columns = try own.columns.map { column in
            if column.missingCount == 0 { return column }
            // Another type in a column of texts makes it one of objects, as pandas 3 has it.
            if column.type == .string, cell.text == nil {
              return Vector(objects: column.cells.map { $0.isMissing ? cell : $0 })
            }
            return try column.fillingMissing(with: cell)
          }
        }
        return try a.finish(own)
      },
      Native("dropna(self, *, axis=0, how=..., thresh=..., subset=None, inplace=False, ignore_index=False)", "Without rows (or columns) with missing cells.") { a in
        let own = try a.ownFrame
        let isAll = a["how"].swiftString == "all"
        let least = a["thresh"].isGiven ? try a.int("thresh") : nil
        func keeps(_ missing: Int, of count: Int) -> Bool {
          if let least { return count - missing >= least }
          return isAll ? missing < count || count == 0 : missing == 0
        }
        if try a.axis() == 1 {
          var part = own
          if a.isSet("subset"), let labels = try a.machine.vector(a["subset"]) {
            part = own.taking(labels.cells.flatMap { own.index.places(of: $0) })
          }
          return try a.finish(own.selecting(part.columns.indices.filter { keeps(part.columns[$0].missingCount, of: part.rowCount) }))
        }
        let places = try FrameMethods.columns(a["subset"], own, a.machine) ?? Array(own.columns.indices)
        let flags = places.map { own.columns[$0].isMissing() }
        let kept = (0..<own.rowCount).filter { row in
          keeps(flags.reduce(0) { $0 + ($1[row] ? 1 : 0) }, of: flags.count)
        }
        var result = own.taking(kept)
        if kept.count == own.rowCount { result.index = own.index }
        if try a.bool("ignore_index") { result.index = Labels(count: result.rowCount) }
        return try a.finish(result)
      },
      Native("drop_duplicates(self, subset=None, *, keep='first', inplace=False, ignore_index=False)", "Without rows that repeat.") { a in
        let own = try a.ownFrame
        try checkSubset(a, own)
        let flags = own.duplicated(in: try FrameMethods.columns(a["subset"], own, a.machine), keep: try PandasFormat.keep(a["keep"]))
        var result = own.filtered(flags.map { !$0 })
        if try a.bool("ignore_index") { result.index = Labels(count: result.rowCount) }
        return try a.finish(result)
      },
      Native("drop(self, labels=None, *, axis=0, index=None, columns=None, level=None, inplace=False, errors='raise')", "Without some rows or columns.") { a in
        var own = try a.ownFrame
        if a.isSet("labels") {
          if try a.axis() == 1 {
            own = own.droppingColumns(try places(a["labels"], own.labels, a))
          } else {
            let gone = try places(a["labels"], own.index, a)
            own = own.taking((0..<own.rowCount).filter { !gone.contains($0) })
          }
        } else if !a.isSet("columns"), !a.isSet("index") {
          throw Raise(.valueError, "Need to specify at least one of 'labels', 'index' or 'columns'")
        }
        if a.isSet("columns") { own = own.droppingColumns(try places(a["columns"], own.labels, a)) }
        if a.isSet("index") {
          let gone = try places(a["index"], own.index, a)
          own = own.taking((0..<own.rowCount).filter { !gone.contains($0) })
        }
        return try a.finish(own)
      },
      Native("pop(self, item)", "Takes a column out.") { a in
        let object = try a.receiver(FrameObject.self)
        let place = try object.frame.place(of: a.cell(1))
        let series = object.frame.series(at: place)
        object.frame = object.frame.droppingColumns([place])
        return a.machine.value(series)
      },
      Native("insert(self, loc, column, value, allow_duplicates=False)", "A new column at a place.") { a in
        let object = try a.receiver(FrameObject.self)
        let label = try a.cell(2)
        if !object.frame.places(of: label).isEmpty, !(try a.bool("allow_duplicates")) {
          throw Raise(.valueError, "cannot insert \(label.shown), already exists")
        }
        let column = try FrameType.column(for: a[3], object.frame, a.machine)
        guard column.count == object.frame.rowCount || object.frame.columnCount == 0 else {
          throw Raise(.valueError, "Length of values (\(column.count)) does not match length of index (\(object.frame.rowCount))")
        }
        let place = try a.int(1)
        guard place >= 0, place <= object.frame.columnCount else {
          throw Raise(.indexError, "index \(place) is out of bounds for axis 0 with size \(object.frame.columnCount)")
        }
        try object.frame.insert(label, column, at: place)
        return .none
      },
      Native("assign(self, **kwargs)", "With further columns.") { a in
        let object = FrameObject(try a.ownFrame, a.machine.pandas.frame)
        for (name, value) in a.keywords(1) {
          let made = value.object is FunctionObject || value.asNativeFunction != nil
            ? try a.machine.call(value, [.object(object)]) : value
          try FrameType.set(object, .string(name), made, a.machine)
        }
        return .object(object)
      },
      Native("astype(self, dtype, copy=None, errors='raise')", "As other types, one or one per column.") { a in
        var own = try a.ownFrame
        if let dict = a[1].asDict {
          for (key, value) in dict.pairs {
            let label = try a.machine.cell(key)
            guard let place = own.places(of: label).first else {
              throw Raise(
                .keyError,
                "Only a column name can be used for the key in a dtype mappings argument. "
                  + "\(label.reprText) not found in columns.")
            }
            if let dtype = try a.machine.dataType(value) { own.columns[place] = try own.columns[place].converted(to: dtype) }
          }
        } else if let dtype = try a.machine.dataType(a[1]) {
          own.columns = try own.columns.map { try $0.converted(to: dtype) }
        }
        return a.machine.value(own)
      },
      Native("convert_dtypes(self)", "Types that know missing values.") { a in
        var own = try a.ownFrame
        own.columns = try own.columns.map { column in
          let result = try a.machine.call(a.machine.attribute(a.machine.value(Series(column)), "convert_dtypes"))
          return result.asSeries?.values ?? column
        }
        return a.machine.value(own)
      },
      Native("rename(self, mapper=None, *, index=None, columns=None, axis=None, copy=None, inplace=False, level=None, errors='ignore')", "Other labels.") { a in
        var own = try a.ownFrame
        if a.isSet("mapper") {
          if try a.axis() == 1 { own.labels = try renamed(own.labels, a["mapper"], a.machine) } else { own.index = try renamed(own.index, a["mapper"], a.machine) }
        }
        if a.isSet("columns") {
          if try a.text("errors") == "raise", let dict = a["columns"].asDict {
            let lacking = try dict.keys.map { try a.machine.cell($0) }.filter { own.places(of: $0).isEmpty }
            if !lacking.isEmpty { throw Raise(.keyError, "[" + lacking.map(\.reprText).joined(separator: ", ") + "] not found in axis") }
          }
          own.labels = try renamed(own.labels, a["columns"], a.machine)
        }
        if a.isSet("index") { own.index = try renamed(own.index, a["index"], a.machine) }
        return try a.finish(own)
      },
      Native("rename_axis(self, mapper=..., *, index=..., columns=..., axis=0, inplace=False)", "Names for the labels.") { a in
        var own = try a.ownFrame
        if a["mapper"].isGiven {
          if try a.axis() == 1 { own.labels.names = try axisNames(a["mapper"], own.labels, a.machine) } else { own.index.names = try axisNames(a["mapper"], own.index, a.machine) }
        }
        if a["index"].isGiven { own.index.names = try axisNames(a["index"], own.index, a.machine) }
        if a["columns"].isGiven { own.labels.names = try axisNames(a["columns"], own.labels, a.machine) }
        return try a.finish(own)
      },
      Native("set_axis(self, labels, *, axis=0)", "Other labels.") { a in
        var own = try a.ownFrame
        let labels = try a.machine.labels(a[1])
        let expected = try a.axis() == 1 ? own.columnCount : own.rowCount
        guard labels.count == expected else {
          throw Raise(.valueError, "Length mismatch: Expected axis has \(expected) elements, new values have \(labels.count) elements")
        }
        if try a.axis() == 1 { own.labels = labels } else { own.index = labels }
        return a.machine.value(own)
      },
      Native("add_prefix(self, prefix, axis=None)", "Column labels with something before them.") { a in
        var own = try a.ownFrame
        own.labels = try Labels(cells: own.labels.cells.map { .string(try a.string(1) + $0.shown) }, names: own.labels.names)
        return a.machine.value(own)
      },
      Native("add_suffix(self, suffix, axis=None)", "Column labels with something behind them.") { a in
        var own = try a.ownFrame
        own.labels = try Labels(cells: own.labels.cells.map { .string($0.shown + (try a.string(1))) }, names: own.labels.names)
        return a.machine.value(own)
      },
      Native("reset_index(self, level=None, *, drop=False, inplace=False, col_level=0, col_fill='', allow_duplicates=..., names=None)", "Row numbers for labels.") { a in
        var own = try a.ownFrame
        if a.isSet("level"), own.index.isMulti {
          let levels = try (a["level"].swiftString != nil ? nil : a.machine.vector(a["level"])?.cells) ?? [try a.machine.cell(a["level"])]
          let places = try levels.map { try own.index.levelPlace($0) }.sorted()
          let labels = own.index
          for place in places.reversed() { own.index = own.index.isMulti ? own.index.dropping(level: place) : Labels(count: own.rowCount) }
          if !(try a.bool("drop")) {
            for (turn, place) in places.enumerated() {
              let name = labels.names[place] == .null ? Frames.Cell.string("level_\(place)") : labels.names[place]
              try own.insert(name, labels.levels[place], at: turn)
            }
          }
          return try a.finish(own)
        }
        if try a.bool("drop") {
          own.index = Labels(count: own.rowCount)
          return try a.finish(own)
        }
        var names: [Frames.Cell]?
        if a.isSet("names") { names = try a.machine.vector(a["names"])?.cells ?? [try a.machine.cell(a["names"])] }
        return try a.finish(own.resettingIndex(names: names))
      },
      Native("set_index(self, keys, *, drop=True, append=False, inplace=False, verify_integrity=False)", "Columns for row labels.") { a in
        var own = try a.ownFrame
        if let labels = a[1].asLabels {
          own.index = labels
          return try a.finish(own)
        }
        if let series = a[1].asSeries {
          own.index = Labels(series.values, name: series.name)
          return try a.finish(own)
        }
        let cells = a[1].swiftString != nil ? [try a.cell(1)] : try a.machine.vector(a[1])?.cells ?? [try a.cell(1)]
        let lacking = cells.filter { own.places(of: $0).isEmpty }
        if !lacking.isEmpty {
          if a[1].asTensorObject != nil || a[1].object is RangeObject {
            own.index = try a.machine.labels(a[1])
            return try a.finish(own)
          }
          throw Raise(.keyError, "None of [" + lacking.map(\.reprText).joined(separator: ", ") + "] are in the columns")
        }
        return try a.finish(
          own.settingIndex(cells.flatMap { own.places(of: $0) }, drop: a.bool("drop"), append: a.bool("append")))
      },
      Native("reindex(self, labels=None, *, index=None, columns=None, axis=None, method=None, fill_value=None)", "Under other labels.") { a in
        let own = try a.ownFrame
        var rows: Labels?
        var columns: Labels?
        if a.isSet("labels") { if try a.axis() == 1 { columns = try a.machine.labels(a["labels"]) } else { rows = try a.machine.labels(a["labels"]) } }
        if a.isSet("index") { rows = try a.machine.labels(a["index"]) }
        if a.isSet("columns") { columns = try a.machine.labels(a["columns"]) }
        var result = try own.reindexed(rows: rows, columns: columns)
        if rows != nil, !result.index.hasNames, result.index.names.count == own.index.names.count { result.index.names = own.index.names }
        if a.isSet("fill_value") {
          let cell = try a.machine.cell(a["fill_value"])
          result.columns = try result.columns.indices.map { place in
            let filled = try result.columns[place].fillingMissing(with: cell)
            let before = own.places(of: result.labels[place]).first.map { own.columns[$0].type }
            return before?.isInteger ?? true && cell.isNumber ? (try? filled.converted(to: before ?? .int64)) ?? filled : filled
          }
        }
        return a.machine.value(result)
      },
      Native("replace(self, to_replace=None, value=..., *, inplace=False, regex=False)", "Values in place of others.") { a in
        var own = try a.ownFrame
        if let dict = a["to_replace"].asDict, dict.values.contains(where: { $0.asDict != nil }) || (a["value"].isGiven && dict.pairs.count > 0) {
          for (key, inner) in dict.pairs {
            guard let place = own.places(of: try a.machine.cell(key)).first else { continue }
            var pairs: [(Frames.Cell, Frames.Cell)] = []
            if let table = inner.asDict {
              for (old, new) in table.pairs { pairs.append((try a.machine.cell(old), try a.machine.cell(new))) }
            } else {
              pairs = [(try a.machine.cell(inner), try a.machine.cell(a["value"]))]
            }
            own.columns[place] = try SeriesChanges.replaced(own.columns[place], pairs, regex: a.bool("regex"), a.machine)
          }
        } else {
          own.columns = try own.columns.map { try SeriesChanges.replaced($0, a) }
        }
        return try a.finish(own)
      },
      Native("where(self, cond, other=..., *, inplace=False)", "Other cells where a condition does not hold.") { a in try conditional(a, true) },
      Native("mask(self, cond, other=..., *, inplace=False)", "Other cells where a condition holds.") { a in try conditional(a, false) },
      Native("combine_first(self, other)", "Missing cells from another table.") { a in
        var own = try a.ownFrame
        guard var other = a[1].asFrame else { throw a.mismatch(1, expected: "a DataFrame") }
        let rows = try own.index.union(other.index) ?? own.index
        let labels = try own.labels.union(other.labels) ?? own.labels
        let (mine, theirs) = (own, other)
        own = try own.reindexed(rows: rows, columns: labels)
        other = try other.reindexed(rows: rows, columns: labels)
        own.columns = try own.columns.indices.map { place in
          let missing = own.columns[place].isMissing()
          let holes = missing.indices.filter { missing[$0] }
          let result = try own.columns[place].replacing(holes, with: holes.map { other.columns[place][$0] })
          let types = [mine, theirs].compactMap { frame in frame.places(of: labels[place]).first.map { frame.columns[$0].type } }
          return types.count == 2 ? combined(result, types) : result
        }
        return a.machine.value(own)
      },
      Native("update(self, other)", "Cells of another table where it has any.") { a in
        let object = try a.receiver(FrameObject.self)
        guard let other = a[1].asFrame else { throw a.mismatch(1, expected: "a DataFrame") }
        let aligned = try other.reindexed(rows: object.frame.index)
        for place in object.frame.columns.indices {
          guard let from = aligned.places(of: object.frame.labels[place]).first else { continue }
          let rows = aligned.columns[from].isMissing().enumerated().filter { !$0.element }.map(\.offset)
          object.frame.columns[place] = try object.frame.columns[place].replacing(rows, with: rows.map { aligned.columns[from][$0] })
        }
        return .none
      },
      Native("explode(self, column, ignore_index=False)", "A row for each item of the lists in a column.") { a in
        let own = try a.ownFrame
        let place = try FrameMethods.columns(a[1], own, a.machine)?.first ?? 0
        let (rows, values) = try Reshaping.exploded(own.columns[place])
        var result = own.taking(rows)
        result.columns[place] = values
        if try a.bool("ignore_index") { result.index = Labels(count: rows.count) }
        return a.machine.value(result)
      },
      Native("filter(self, items=None, like=None, regex=None, axis=None)", "Columns (or rows) by their labels.") { a in
        let own = try a.ownFrame
        let isRows = a.isSet("axis") ? try a.axis() == 0 : false
        let labels = isRows ? own.index : own.labels
        var places: [Int]
        if a.isSet("items") {
          places = (try a.machine.vector(a["items"])?.cells ?? []).flatMap { labels.places(of: $0) }
        } else if let like = try a.text("like") {
          places = (0..<labels.count).filter { labels[$0].shown.contains(like) }
        } else if let pattern = try a.text("regex") {
          let search = try a.machine.attribute(a.machine.importModule("re", first: false), "search")
          places = try (0..<labels.count).filter { !(try a.machine.call(search, [.string(pattern), .string(labels[$0].shown)])).isNone }
        } else {
          throw Raise(.typeError, "Must pass either `items`, `like`, or `regex`")
        }
        return a.machine.value(isRows ? own.taking(places) : own.selecting(places))
      },
      Native("transpose(self, *args, copy=False)", "The table on its side.") { a in a.machine.value(try a.ownFrame.transposed()) },
      Native("squeeze(self, axis=None)", "A column of a table with one, a row of a table with one.") { a in
        let own = try a.ownFrame
        if own.columnCount == 1, own.rowCount == 1 { return a.machine.element(own.columns[0], 0) }
        if own.columnCount == 1 { return a.machine.value(own.series(at: 0)) }
        return own.rowCount == 1 ? a.machine.value(try own.row(0)) : a.machine.value(own)
      },
      Native("droplevel(self, level, axis=0)", "Without a level of the labels.") { a in
        var own = try a.ownFrame
        if try a.axis() == 1 {
          own.labels = own.labels.dropping(level: try own.labels.levelPlace(a.cell(1)))
        } else {
          own.index = own.index.dropping(level: try own.index.levelPlace(a.cell(1)))
        }
        return a.machine.value(own)
      },
      Native("swaplevel(self, i=-2, j=-1, axis=0)", "Two levels exchanged.") { a in
        var own = try a.ownFrame
        if try a.axis() == 1 { own.labels = try swapped(own.labels, a) } else { own.index = try swapped(own.index, a) }
        return a.machine.value(own)
      },
      Native("truncate(self, before=None, after=None, axis=None)", "The rows between two labels.") { a in
        try a.machine.item(a.machine.attribute(a[0], "loc"), .object(SliceObject(a["before"], a["after"], .none)))
      },
    ]

  /// The places of labels that are to go.
  static func places(_ key: Value, _ labels: Labels, _ a: Arguments) throws -> Set<Int> {
    let cells = key.swiftString != nil || key.asTuple != nil
      ? [try a.machine.cell(key)] : try a.machine.vector(key)?.cells ?? [try a.machine.cell(key)]
    var gone: Set<Int> = []
    var lacking: [Frames.Cell] = []
    let table = cells.count > 4 ? labels.table : nil
    for cell in cells {
      let found = table?[cell.key] ?? labels.places(of: cell)
      if found.isEmpty { lacking.append(cell) }
      gone.formUnion(found)
    }
    if !lacking.isEmpty, a["errors"].swiftString != "ignore" {
      throw PandasErrors.raise(
        .missingLabel(
          .string("[" + lacking.map(\.reprText).joined(separator: ", ") + "] not found in axis"),
          among: labels.cells, asked: lacking.first), a.machine)
    }
    return gone
  }

  /// Labels through a dictionary or a function.
  static func renamed(_ labels: Labels, _ mapper: Value, _ machine: Machine) throws -> Labels {
    func one(_ cell: Frames.Cell) throws -> Frames.Cell {
      if let dict = mapper.asDict {
        return try dict.get(machine.value(cell), machine).map { try machine.cell($0) } ?? cell
      }
      if let series = mapper.asSeries {
        return series.index.places(of: cell).first.map { series.values[$0] } ?? cell
      }
      return try machine.cell(machine.call(mapper, [machine.value(cell)]))
    }
    if labels.isMulti {
      let levels = try labels.levels.map { try Vector(cells: $0.cells.map(one)) }
      return Labels(levels: levels, names: labels.names)
    }
    let cells = try labels.cells.map(one)
    if cells.isEmpty { return labels }
    return try Labels(cells: cells, names: labels.names)
  }

  static func axisNames(_ value: Value, _ labels: Labels, _ machine: Machine) throws -> [Frames.Cell] {
    if let dict = value.asDict {
      return try labels.names.map { name in
        try dict.get(machine.value(name), machine).map { try machine.cell($0) } ?? name
      }
    }
    if value.asList != nil || value.asTuple != nil {
      return try machine.array(value).map { try machine.cell($0) }
    }
    return [try machine.cell(value)] + labels.names.dropFirst()
  }

  static func swapped(_ labels: Labels, _ a: Arguments) throws -> Labels {
    let (i, j) = (try labels.levelPlace(a.machine.cell(a["i"])), try labels.levelPlace(a.machine.cell(a["j"])))
    var levels = labels.levels
    var names = labels.names
    levels.swapAt(i, j)
    names.swapAt(i, j)
    return Labels(levels: levels, names: names)
  }

  /// Two columns of whole numbers give whole numbers, also where an alignment had made them floats.
  static func combined(_ column: Vector, _ types: [DataType]) -> Vector {
    guard let first = types.first, types.allSatisfy({ $0 == first }), first.isInteger || first == .bool,
      column.type != first, column.missingCount == 0
    else { return column }
    return (try? column.converted(to: first)) ?? column
  }

  /// Labels that are no columns, as `drop_duplicates` names them.
  static func checkSubset(_ a: Arguments, _ own: DataFrame) throws {
    guard a.isSet("subset") else { return }
    let value = a["subset"]
    let cells = value.swiftString != nil ? [try a.machine.cell(value)] : try a.machine.vector(value)?.cells ?? []
    let lacking = cells.filter { own.places(of: $0).isEmpty }
    if !lacking.isEmpty { throw Raise(.keyError, arguments: [a.machine.value(try Labels(cells: lacking))]) }
  }

  private static func conditional(_ a: Arguments, _ keepsTrue: Bool) throws -> Value {
    var own = try a.ownFrame
    let machine = a.machine
    var condition = a[1]
    if condition.object is FunctionObject { condition = try machine.call(condition, [a[0]]) }
    let flags: DataFrame
    if let frame = condition.asFrame {
      flags = frame
    } else if let series = condition.asSeries {
      flags = DataFrame(columns: own.columns.map { _ in series.values }, labels: own.labels, index: own.index)
    } else if let tensor = condition.asTensorObject?.tensor {
      var made = try FrameBuilder.frame(tensor, machine)
      guard made.columnCount == own.columnCount, made.rowCount == own.rowCount else { throw Raise(.valueError, "Array conditional must be same shape as self") }
      made.labels = own.labels
      flags = made
    } else {
      throw Raise(.valueError, "Array conditional must be same shape as self")
    }
    own.columns = try own.columns.indices.map { place in
      let found = flags.places(of: own.labels[place]).first
      let cells = found.map { flags.columns[$0].cells } ?? own.columns[place].cells.map { _ in .bool(false) }
      let rows = (0..<own.rowCount).filter { ($0 < cells.count && cells[$0] == .bool(true)) != keepsTrue }
      var other = a["other"]
      if let frame = other.asFrame, let column = frame.places(of: own.labels[place]).first { other = machine.value(frame.series(at: column)) }
      return try SeriesChanges.substituted(own.series(at: place), rows, other, machine)
    }
    return try a.finish(own)
  }
}
