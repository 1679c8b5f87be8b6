import Frames
import Language
import TensorCore

/// `pandas.Index` and its kinds.
enum IndexType {
  static let table = TypeTable(
    "Index", module: "pandas", doc: "The labels of an axis.",
    values: [("__hash__", { _ in .none })], properties: properties,
    methods: [
      Native("__new__(cls, data=None, dtype=None, copy=False, name=None, tupleize_cols=True)", "Labels of a list.") { a in
        var labels = try a.machine.labels(a[1])
        if let dtype = try a.machine.dataType(a["dtype"]) { labels = Labels(try labels.vector.converted(to: dtype), name: labels.name) }
        if a.isSet("name") { labels.name = try a.machine.cell(a["name"]) }
        return a.machine.value(labels)
      }
    ] + methods)

  /// RangeIndex, MultiIndex, DatetimeIndex, TimedeltaIndex, CategoricalIndex, IntervalIndex.
  static let kinds: [TypeTable] = [
    TypeTable(
      "RangeIndex", module: "pandas", doc: "Whole numbers at even steps.", base: table,
      properties: ["start", "stop", "step"].map { name in
        NativeProperty(name, "The \(name) of the range.") { value, _ in
          guard case .range(let start, let count, let step) = value.asLabels?.content else { return .none }
          return .int(name == "start" ? start : name == "step" ? step : start + count * step)
        }
      },
      methods: [
        Native("__new__(cls, start=None, stop=None, step=None, dtype=None, copy=False, name=None)", "A range.") { a in
          if let range = a[1].object as? RangeObject { return a.machine.value(Labels(start: range.start, count: range.count, step: range.step)) }
          var (start, stop) = (try a.int("start") ?? 0, try a.int("stop"))
          if stop == nil { (start, stop) = (0, start) }
          let step = try a.int("step") ?? 1
          guard step != 0 else { throw Raise(.valueError, "Step must not be zero") }
          let distance = (stop ?? 0) - start
          let count = step > 0 ? (distance + step - 1) / step : (distance + step + 1) / step
          return a.machine.value(Labels(start: start, count: max(0, count), step: step, name: a.isSet("name") ? try a.machine.cell(a["name"]) : .null))
        }
      ]),
    TypeTable(
      "MultiIndex", module: "pandas", doc: "Labels of several levels.", base: table,
      statics: [
        Native("from_tuples(tuples, sortorder=None, names=None)", "Levels of a list of tuples.") { a in
          let cells = try a.machine.array(a[0]).map { try a.machine.cell($0) }
          return a.machine.value(try Labels(cells: cells, names: names(a)))
        },
        Native("from_arrays(arrays, sortorder=None, names=None)", "Levels, one list each.") { a in
          let levels = try a.machine.array(a[0]).map { try a.machine.vector($0) ?? Vector(empty: .object) }
          return a.machine.value(Labels(levels: levels, names: try names(a) ?? levels.map { _ in .null }))
        },
        Native("from_product(iterables, sortorder=None, names=None)", "All combinations.") { a in
          let lists = try a.machine.array(a[0]).map { try a.machine.vector($0)?.cells ?? [] }
          var rows: [[Frames.Cell]] = [[]]
          for list in lists {
            guard rows.count * max(1, list.count) < 50_000_000 else { throw Raise(.memoryError, "too many combinations") }
            rows = rows.flatMap { head in list.map { head + [$0] } }
          }
          let levels = try lists.indices.map { place in try Vector(cells: rows.map { $0[place] }) }
          return a.machine.value(Labels(levels: levels, names: try names(a) ?? levels.map { _ in .null }))
        },
        Native("from_frame(df, sortorder=None, names=None)", "The columns of a table as levels.") { a in
          guard let frame = a[0].asFrame else { throw a.mismatch(0, expected: "a DataFrame") }
          return a.machine.value(Labels(levels: frame.columns, names: frame.labels.cells))
        },
      ]),
    TypeTable(
      "DatetimeIndex", module: "pandas", doc: "Moments as labels.", base: table,
      properties: PandasDates.numbers.map { name, body in
        NativeProperty(name, "The \(name) of each moment.") { value, machine in
          guard let labels = value.asLabels else { return .none }
          return machine.value(Labels(PandasDates.part(labels.vector) { body(Moment($0)) }, name: labels.name))
        }
      } + PandasDates.flags.map { name, body in
        NativeProperty(name, "Whether \(name.replacingAll("_", " ")), for each moment.") { value, machine in
          guard let labels = value.asLabels else { return .none }
          return try machine.arrayValue(Vector(bools: PandasDates.micros(labels.vector).map { body(Moment($0)) }))
        }
      } + [
        NativeProperty("freq", "The distance, when it is even.") { value, _ in
          value.asLabels?.frequency.map { .string($0) } ?? .none
        },
        NativeProperty("date", "The days.") { value, machine in
          guard let labels = value.asLabels else { return .none }
          return try machine.arrayValue(PandasDates.dates(labels.vector, machine))
        },
      ],
      methods: [
        Native("__new__(cls, data=None, freq=None, name=None)", "Moments of a list.") { a in
          let vector = try a.machine.vector(a[1]) ?? Vector(empty: .object)
          return a.machine.value(
            Labels(Vector(dates: try DateParsing.micros(vector)), name: a.isSet("name") ? try a.machine.cell(a["name"]) : .null, frequency: try a.text("freq")))
        },
        Native("strftime(self, date_format)", "As text.") { a in
          let labels = a[0].asLabels ?? Labels(count: 0)
          let texts = try PandasDates.micros(labels.vector).map { Moment($0).formatted(try a.string(1)) }
          return a.machine.value(Labels(try Vector(texts: texts), name: labels.name))
        },
        Native("day_name(self, locale=None)", "The names of the days.") { a in
          let labels = a[0].asLabels ?? Labels(count: 0)
          return a.machine.value(Labels(try Vector(texts: PandasDates.micros(labels.vector).map { Moment.dayNames[Moment($0).weekday] }), name: labels.name))
        },
        Native("month_name(self, locale=None)", "The names of the months.") { a in
          let labels = a[0].asLabels ?? Labels(count: 0)
          return a.machine.value(Labels(try Vector(texts: PandasDates.micros(labels.vector).map { Moment.monthNames[Moment($0).month - 1] }), name: labels.name))
        },
        Native("normalize(self)", "At midnight.") { a in
          let labels = a[0].asLabels ?? Labels(count: 0)
          return a.machine.value(Labels(Vector(dates: PandasDates.micros(labels.vector).map { $0 - Moment($0).rest }), name: labels.name))
        },
      ]),
    TypeTable(
      "TimedeltaIndex", module: "pandas", doc: "Spans of time as labels.", base: table,
      methods: [
        Native("__new__(cls, data=None, freq=None, name=None)", "Spans of a list.") { a in
          let vector = try a.machine.vector(a[1]) ?? Vector(empty: .object)
          return a.machine.value(
            Labels(Vector(spans: try SpanParsing.micros(vector)), name: a.isSet("name") ? try a.machine.cell(a["name"]) : .null))
        }
      ]),
    TypeTable(
      "CategoricalIndex", module: "pandas", doc: "Categories as labels.", base: table,
      properties: [
        NativeProperty("categories", "The values that may occur.") { value, machine in
          value.asLabels?.vector.type.categories.map { machine.value(Labels($0.values)) } ?? .none
        },
        NativeProperty("codes", "The number of the category of each label.") { value, machine in
          guard case .int(let codes) = value.asLabels?.vector.storage else { return .none }
          return try machine.ndarray(codes)
        },
      ]),
    TypeTable(
      "IntervalIndex", module: "pandas", doc: "Ranges as labels.", base: table,
      properties: [("left", { (i: Interval) in i.left }), ("right", { $0.right }), ("mid", { ($0.left + $0.right) / 2 })].map { name, body in
        NativeProperty(name, "The \(name) of each range.") { value, machine in
          let cells = value.asLabels?.cells ?? []
          return machine.value(Labels(Vector(doubles: cells.map { if case .interval(let i) = $0 { body(i) } else { .nan } })))
        }
      }),
  ]

  private static func names(_ a: Arguments) throws -> [Frames.Cell]? {
    a.isSet("names") ? try a.machine.array(a["names"]).map { try a.machine.cell($0) } : nil
  }

  private static func property(
    _ name: String, _ doc: String, set: ((IndexObject, Value, Machine) throws -> Void)? = nil,
    _ get: @escaping (Labels, Machine) throws -> Value
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, machine in
        guard let own = value.asLabels else { return .none }
        return try get(own, machine)
      },
      set: set.map { set in
        { value, new, machine in
          if let object = value.asInstance as? IndexObject { try set(object, new, machine) }
        }
      })
  }

  private static let properties: [NativeProperty] = [
    property("values", "The labels as an array.") { own, machine in
      switch own.vector.type {
      case .date, .span, .category, .string: try PandasArrays.extended(own.vector, machine)
      default: try machine.arrayValue(own.vector)
      }
    },
    property("array", "The labels as an array.") { own, machine in try PandasArrays.extended(own.vector, machine) },
    property("dtype", "The type of the labels.") { own, machine in PandasArrays.dtypeValue(own.vector, machine) },
    property("name", "The name.", set: { object, value, machine in
      guard object.labels.levelCount == 1 else { return }
      object.rename([try machine.cell(value)])
    }) { own, machine in
      machine.value(own.name)
    },
    property(
      "names", "The names of the levels.",
      set: { object, value, machine in
        let names = try machine.array(value).map { try machine.cell($0) }
        guard names.count == object.labels.levelCount else {
          throw Raise(.valueError, "Length of new names must be \(object.labels.levelCount), got \(names.count)")
        }
        object.rename(names)
      }
    ) { own, machine in .list(own.names.map { machine.value($0) }) },
    property("shape", "The number of labels, a tuple.") { own, _ in .tuple([.int(own.count)]) },
    property("size", "The number of labels.") { own, _ in .int(own.count) },
    property("ndim", "1.") { _, _ in .int(1) },
    property("nlevels", "The number of levels.") { own, _ in .int(own.levelCount) },
    property("levels", "The distinct labels of each level.") { own, machine in
      .list(try own.levels.enumerated().map { place, level in
        let found = level.unique()
        return machine.value(Labels(found.taking((try? found.sortedRows()) ?? Array(0..<found.count)), name: own.names[place]))
      })
    },
    property("empty", "Whether there are none.") { own, _ in .bool(own.count == 0) },
    property("is_unique", "Whether none repeats.") { own, _ in .bool(own.isUnique) },
    property("has_duplicates", "Whether any repeats.") { own, _ in .bool(!own.isUnique) },
    property("hasnans", "Whether any is missing.") { own, _ in .bool(own.vector.missingCount > 0) },
    property("is_monotonic_increasing", "Whether they ascend.") { own, _ in .bool(own.vector.isMonotonic(increasing: true)) },
    property("is_monotonic_decreasing", "Whether they descend.") { own, _ in .bool(own.vector.isMonotonic(increasing: false)) },
    property("T", "The labels.") { own, machine in machine.value(own) },
    NativeProperty("str", "Methods of texts, label by label.") { value, machine in
      guard let object = value.asInstance as? IndexObject, let type = machine.pandas.accessors["str"] else { return .none }
      return .object(AccessorObject(object, "str", type))
    },
  ]

  private static func own(_ a: Arguments) throws -> Labels { try a.receiver(IndexObject.self).labels }

  private static let methods: [Native] = operators + [
    Native("__repr__(self)", "The labels.") { a in .string(IndexText.repr(try own(a))) },
    Native("__len__(self)", "The number of labels.") { a in .int(try own(a).count) },
    Native("__iter__(self)", "The labels in order.") { a in
      let labels = try own(a)
      return try a.machine.iterator(.list(labels.cells.map { a.machine.value($0) }))
    },
    Native("__contains__(self, key)", "Whether there is such a label.") { a in
      .bool(!(try own(a).places(of: a.cell(1)).isEmpty))
    },
    Native("__bool__(self)", "Refused.") { a in
      throw Raise(.valueError, "The truth value of a \(try own(a).kindName) is ambiguous. Use a.empty, a.item(), a.any() or a.all().")
    },
    Native("__getitem__(self, key)", "One label, or some.") { a in
      let labels = try own(a)
      if let slice = a[1].object as? SliceObject {
        let part = try slice.indices(count: labels.count)
        return a.machine.value(labels.striding(part.start, part.count, part.step))
      }
      if let place = try a.machine.index(a[1]), a[1].asTensorObject == nil {
        let row = place < 0 ? place + labels.count : place
        guard row >= 0, row < labels.count else {
          throw Raise(.indexError, labels.isRange ? "index \(place) is out of bounds for axis 0 with size \(labels.count)" : "index \(place) is out of bounds for axis 0 with size \(labels.count)")
        }
        if labels.isMulti || labels.isRange { return a.machine.value(labels[row]) }
        return a.machine.element(labels.vector, row)
      }
      return a.machine.value(labels.taking(try PandasSelection.byPlace(a[1], labels.count, a.machine, index: Labels(count: labels.count)).rows))
    },
    Native("__setitem__(self, key, value)", "Refused: labels do not change.") { _ in
      throw Raise(.typeError, "Index does not support mutable operations")
    },
    Native("tolist(self)", "The labels as a list.") { a in .list(try own(a).cells.map { a.machine.value($0) }) },
    Native("to_list(self)", "The labels as a list.") { a in .list(try own(a).cells.map { a.machine.value($0) }) },
    Native("to_numpy(self, dtype=None)", "The labels as an array.") { a in try a.machine.arrayValue(own(a).vector) },
    Native("to_series(self, index=None, name=None)", "The labels as a series of themselves.") { a in
      let labels = try own(a)
      return a.machine.value(Series(labels.vector, index: labels, name: a.isSet("name") ? try a.machine.cell(a["name"]) : labels.name))
    },
    Native("to_frame(self, index=True, name=None)", "The levels as columns.") { a in
      let labels = try own(a)
      let names = try labels.names.enumerated().map { place, name in
        a.isSet("name") ? try a.machine.vector(a["name"])?[place] ?? a.machine.cell(a["name"]) : name == .null ? .int(place) : name
      }
      return a.machine.value(DataFrame(columns: labels.levels, labels: try Labels(cells: names), index: try a.bool("index") ? labels : Labels(count: labels.count)))
    },
    Native("copy(self, name=None)", "A copy.") { a in a.machine.value(try own(a)) },
    Native("get_loc(self, key)", "The place of a label.") { a in
      let labels = try own(a)
      let rows = labels.places(of: try a.cell(1))
      guard let first = rows.first else { throw PandasSelection.noLabel(try a.cell(1), labels, a.machine) }
      if rows.count == 1 { return .int(first) }
      if let last = rows.last, last - first + 1 == rows.count { return .object(SliceObject(.int(first), .int(last + 1), .none)) }
      return try a.machine.arrayValue(Vector(bools: (0..<labels.count).map { rows.contains($0) }))
    },
    Native("get_level_values(self, level)", "The labels of one level.") { a in
      let labels = try own(a)
      return a.machine.value(labels.level(try labels.levelPlace(a.cell(1))))
    },
    Native("unique(self, level=None)", "The distinct labels.") { a in
      let labels = try own(a)
      if a.isSet("level") {
        let part = labels.level(try labels.levelPlace(a.machine.cell(a["level"])))
        return a.machine.value(part.taking(part.vector.codes().firstRows))
      }
      return a.machine.value(labels.taking(labels.vector.codes().firstRows))
    },
    Native("nunique(self, dropna=True)", "The number of distinct labels.") { a in .int(try own(a).vector.unique().count) },
    Native("duplicated(self, keep='first')", "True for repetitions.") { a in
      try a.machine.arrayValue(Vector(bools: Series(own(a).vector).duplicated(keep: try PandasFormat.keep(a["keep"]))))
    },
    Native("drop_duplicates(self, keep='first')", "Without repetitions.") { a in
      let labels = try own(a)
      let flags = Series(labels.vector).duplicated(keep: try PandasFormat.keep(a["keep"]))
      return a.machine.value(labels.taking(flags.indices.filter { !flags[$0] }))
    },
    Native("isin(self, values, level=None)", "True where a label is among the given ones.") { a in
      let labels = try own(a)
      let vector = a.isSet("level") ? labels.levels[try labels.levelPlace(a.machine.cell(a["level"]))] : labels.vector
      return try a.machine.arrayValue(PandasFormat.isin(vector, a[1], a.machine))
    },
    Native("isna(self)", "True where a label is missing.") { a in try a.machine.arrayValue(Vector(bools: own(a).vector.isMissing())) },
    Native("notna(self)", "True where a label is there.") { a in try a.machine.arrayValue(Vector(bools: own(a).vector.isMissing().map { !$0 })) },
    Native("fillna(self, value)", "A label in place of missing ones.") { a in
      let labels = try own(a)
      return a.machine.value(Labels(try labels.vector.fillingMissing(with: a.cell(1)), name: labels.name))
    },
    Native("dropna(self)", "Without missing labels.") { a in
      let labels = try own(a)
      return a.machine.value(labels.taking(labels.vector.isMissing().enumerated().filter { !$0.element }.map(\.offset)))
    },
    Native("sort_values(self, return_indexer=False, ascending=True)", "Sorted.") { a in
      let labels = try own(a)
      return a.machine.value(labels.taking(try labels.sortedRows(ascending: [try a.bool("ascending")])))
    },
    Native("argsort(self)", "The places in order of the labels.") { a in try a.machine.ndarray(own(a).sortedRows()) },
    Native("rename(self, name, inplace=False)", "With another name.") { a in
      var labels = try own(a)
      labels.names = a[1].asList != nil ? try a.machine.array(a[1]).map { try a.machine.cell($0) } : [try a.cell(1)]
      if try a.bool("inplace") { try a.receiver(IndexObject.self).labels = labels; return .none }
      return a.machine.value(labels)
    },
    Native("set_names(self, names, level=None, inplace=False)", "With other names.") { a in
      var labels = try own(a)
      if a.isSet("level") {
        labels.names[try labels.levelPlace(a.machine.cell(a["level"]))] = try a.cell(1)
      } else {
        labels.names = a[1].asList != nil ? try a.machine.array(a[1]).map { try a.machine.cell($0) } : [try a.cell(1)]
      }
      return a.machine.value(labels)
    },
    Native("astype(self, dtype)", "As another type.") { a in
      let labels = try own(a)
      guard let dtype = try a.machine.dataType(a[1]) else { return a[0] }
      return a.machine.value(Labels(try labels.vector.converted(to: dtype), name: labels.name))
    },
    Native("map(self, mapper, na_action=None)", "Each label through a function or dictionary.") { a in
      let labels = try own(a)
      let cells = try labels.cells.map { cell -> Frames.Cell in
        if let dict = a[1].asDict { return try dict.get(a.machine.value(cell), a.machine).map { try a.machine.cell($0) } ?? .missing }
        return try a.machine.cell(a.machine.call(a[1], [a.machine.value(cell)]))
      }
      return a.machine.value(try Labels(cells: cells, names: labels.names))
    },
    Native("append(self, other)", "With further labels.") { a in
      let others = try a[1].asList?.items.map { try a.machine.labels($0) } ?? [a.machine.labels(a[1])]
      return a.machine.value(try Labels.joining([own(a)] + others))
    },
    Native("insert(self, loc, item)", "With a label at a place.") { a in
      let labels = try own(a)
      var cells = labels.cells
      let place = try a.int(1)
      let row = place < 0 ? max(0, place + cells.count) : min(place, cells.count)
      cells.insert(try a.cell(2), at: row)
      return a.machine.value(try Labels(cells: cells, names: labels.names))
    },
    Native("drop(self, labels, errors='raise')", "Without some labels.") { a in
      let own = try own(a)
      let gone = try FrameChanges.places(a[1], own, a)
      return a.machine.value(own.taking((0..<own.count).filter { !gone.contains($0) }))
    },
    Native("delete(self, loc)", "Without the label at a place.") { a in
      let own = try own(a)
      let place = try a.int(1)
      let row = place < 0 ? place + own.count : place
      return a.machine.value(own.taking((0..<own.count).filter { $0 != row }))
    },
    Native("take(self, indices)", "The labels at places.") { a in
      let own = try own(a)
      return a.machine.value(own.taking(try PandasSelection.byPlace(a[1], own.count, a.machine, index: own).rows))
    },
    Native("union(self, other, sort=None)", "All labels of both.") { a in
      let own = try own(a)
      return a.machine.value(try own.union(a.machine.labels(a[1])) ?? own)
    },
    Native("intersection(self, other, sort=False)", "The labels that both have.") { a in
      a.machine.value(try own(a).intersection(a.machine.labels(a[1])))
    },
    Native("difference(self, other, sort=None)", "The labels that the other lacks.") { a in
      a.machine.value(try own(a).difference(a.machine.labels(a[1])))
    },
    Native("symmetric_difference(self, other)", "The labels that one of both lacks.") { a in
      let (own, other) = (try own(a), try a.machine.labels(a[1]))
      let (x, y) = (try own.difference(other), try other.difference(own))
      return a.machine.value(try x.union(y) ?? x)
    },
    Native("equals(self, other)", "Whether all are alike.") { a in
      guard let other = a[1].asLabels else { return .bool(false) }
      return .bool(try own(a).isEqual(other))
    },
    Native("min(self)", "The smallest label.") { a in a.machine.value(try own(a).vector.reduced(.min)) },
    Native("max(self)", "The largest label.") { a in a.machine.value(try own(a).vector.reduced(.max)) },
    Native("argmax(self)", "The place of the largest label.") { a in a.machine.value(try own(a).vector.reduced(.idxmax)) },
    Native("argmin(self)", "The place of the smallest label.") { a in a.machine.value(try own(a).vector.reduced(.idxmin)) },
    Native("sum(self)", "The sum.") { a in a.machine.value(try own(a).vector.reduced(.sum)) },
    Native("mean(self)", "The mean.") { a in a.machine.value(try own(a).vector.reduced(.mean)) },
    Native("any(self)", "Whether any is true.") { a in .bool(try own(a).cells.contains(where: \.isTrue)) },
    Native("all(self)", "Whether all are true.") { a in .bool(try own(a).cells.allSatisfy(\.isTrue)) },
    Native("value_counts(self, normalize=False)", "How often each label occurs.") { a in
      let labels = try own(a)
      return a.machine.value(try Series(labels.vector, name: labels.name).valueCounts(normalize: a.bool("normalize")))
    },
    Native("droplevel(self, level=0)", "Without a level.") { a in
      let labels = try own(a)
      return a.machine.value(labels.dropping(level: try labels.levelPlace(a.cell(1))))
    },
    Native("swaplevel(self, i=-2, j=-1)", "Two levels exchanged.") { a in a.machine.value(try FrameChanges.swapped(own(a), a)) },
    Native("to_flat_index(self)", "Tuples in place of levels.") { a in
      let labels = try own(a)
      return a.machine.value(Labels(Vector(objects: labels.cells)))
    },
    Native("get_indexer(self, target)", "The places of labels, -1 where there is none.") { a in
      let labels = try own(a)
      return try a.machine.ndarray(a.machine.labels(a[1]).places(in: labels).map { $0 ?? -1 })
    },
  ]

  private static let operators: [Native] = PandasOperators.rows.flatMap { row -> [Native] in
    func combine(_ a: Arguments, _ reflected: Bool) throws -> Value {
      let labels = try own(a)
      if a[1].asSeries != nil { return .notImplemented }
      let other: VectorMath.Operand
      if let vector = try a.machine.vector(a[1]) {
        guard vector.count == labels.count else {
          throw Raise(.valueError, "Lengths must match to compare")
        }
        other = .vector(vector)
      } else {
        other = .cell(try a.cell(1))
      }
      let made = try PandasOperators.apply(row, .vector(labels.vector), other, labels.count, reflected, a.machine)
      return row.isComparison || row.method == nil ? try a.machine.arrayValue(made) : a.machine.value(Labels(made, name: labels.name))
    }
    var natives = [Native("__\(row.name)__(self, other)", "self \(row.sign) other.") { a in try combine(a, false) }]
    if !row.isComparison { natives.append(Native("__r\(row.name)__(self, other)", "other \(row.sign) self.") { a in try combine(a, true) }) }
    return natives
  }
}
