import Frames
import Language

/// `.dt`: parts of moments and spans, row by row; also the properties of `DatetimeIndex`.
enum PandasDates {
  /// The parts of a moment that are whole numbers.
  static let numbers: [(String, @Sendable (Moment) -> Int)] = [
    ("year", { $0.year }), ("month", { $0.month }), ("day", { $0.day }), ("hour", { $0.hour }),
    ("minute", { $0.minute }), ("second", { $0.second }), ("microsecond", { $0.microsecond }),
    ("nanosecond", { _ in 0 }), ("dayofweek", { $0.weekday }), ("day_of_week", { $0.weekday }),
    ("weekday", { $0.weekday }), ("dayofyear", { $0.dayOfYear }), ("day_of_year", { $0.dayOfYear }),
    ("quarter", { $0.quarter }), ("days_in_month", { $0.daysInMonth }), ("daysinmonth", { $0.daysInMonth }),
  ]
  static let flags: [(String, @Sendable (Moment) -> Bool)] = [
    ("is_month_start", { $0.day == 1 }), ("is_month_end", { $0.day == $0.daysInMonth }),
    ("is_quarter_start", { $0.day == 1 && $0.month % 3 == 1 }),
    ("is_quarter_end", { $0.day == $0.daysInMonth && $0.month % 3 == 0 }),
    ("is_year_start", { $0.day == 1 && $0.month == 1 }), ("is_year_end", { $0.day == 31 && $0.month == 12 }),
    ("is_leap_year", { Moment.isLeap($0.year) }),
  ]
  static let spanNumbers: [(String, @Sendable (Int) -> Int)] = [
    ("days", { SpanText.parts($0).days }), ("seconds", { SpanText.parts($0).rest / 1_000_000 }),
    ("microseconds", { SpanText.parts($0).rest % 1_000_000 }), ("nanoseconds", { _ in 0 }),
  ]

  private static func owner(_ value: Value) -> Series? {
    ((value.asInstance as? AccessorObject)?.owner as? SeriesObject)?.series
  }

  static func micros(_ vector: Vector) -> [Int] {
    if case .int(let values) = vector.storage { return values }
    return []
  }

  /// A whole number of each moment; missing ones make floats.
  static func part(_ vector: Vector, _ body: (Int) -> Int) -> Vector {
    let values = micros(vector)
    if values.contains(Vector.notATime) {
      return Vector(doubles: values.map { $0 == Vector.notATime ? .nan : Double(body($0)) })
    }
    return Vector(.int(values.map(body)), vector.type.isSpan ? .int64 : .integer(bits: 32, signed: true))
  }

  static let properties: [NativeProperty] =
    numbers.map { name, body in
      NativeProperty(name, "The \(name) of each moment.") { value, machine in
        guard let own = owner(value) else { return .none }
        guard own.values.type.isDate else { throw Raise(.attributeError, "'TimedeltaProperties' object has no attribute '\(name)'") }
        return machine.value(own.with(part(own.values) { body(Moment($0)) }))
      }
    }
    + flags.map { name, body in
      NativeProperty(name, "Whether \(name.replacingAll("_", " ")), for each moment.") { value, machine in
        guard let own = owner(value) else { return .none }
        return machine.value(own.with(Vector(bools: micros(own.values).map { $0 != Vector.notATime && body(Moment($0)) })))
      }
    }
    + spanNumbers.map { name, body in
      NativeProperty(name, "The \(name) of each span.") { value, machine in
        guard let own = owner(value) else { return .none }
        guard own.values.type.isSpan else { throw Raise(.attributeError, "'DatetimeProperties' object has no attribute '\(name)'") }
        return machine.value(own.with(part(own.values, body)))
      }
    }
    + [
      NativeProperty("date", "The day of each moment.") { value, machine in
        guard let own = owner(value) else { return .none }
        return machine.value(own.with(try dates(own.values, machine)))
      },
      NativeProperty("time", "The time of day of each moment.") { value, machine in
        guard let own = owner(value) else { return .none }
        let make = try machine.attribute(machine.importModule("datetime", first: false), "time")
        let cells = try micros(own.values).map { value -> Frames.Cell in
          if value == Vector.notATime { return .notATime }
          let m = Moment(value)
          return try machine.cell(machine.call(make, [.int(m.hour), .int(m.minute), .int(m.second), .int(m.microsecond)]))
        }
        return machine.value(own.with(Vector(objects: cells)))
      },
    ]

  static func dates(_ vector: Vector, _ machine: Machine) throws -> Vector {
    let make = try machine.attribute(machine.importModule("datetime", first: false), "date")
    return Vector(objects: try micros(vector).map { value -> Frames.Cell in
      if value == Vector.notATime { return .notATime }
      let m = Moment(value)
      return try machine.cell(machine.call(make, [.int(m.year), .int(m.month), .int(m.day)]))
    })
  }

  private static func receiver(_ a: Arguments) throws -> Series {
    guard let own = owner(a[0]) else { throw Raise(.attributeError, "Can only use .dt accessor with datetimelike values") }
    return own
  }

  private static func texts(_ a: Arguments, _ body: (Moment) -> String) throws -> Value {
    let own = try receiver(a)
    return a.machine.value(
      own.with(try Vector(texts: micros(own.values).map { $0 == Vector.notATime ? nil : body(Moment($0)) })))
  }

  static func rounded(_ micros: Int, _ frequency: String, _ how: String) throws -> Int {
    let step = try DateRange.step(frequency)
    let size: Int
    switch step.unit {
    case "D": size = Moment.day
    case "h": size = 3_600_000_000
    case "min": size = 60_000_000
    case "s": size = 1_000_000
    case "ms": size = 1000
    case "us": size = 1
    default: throw Raise(.valueError, "<\(step.unit)> is a non-fixed frequency")
    }
    let unit = size * max(1, step.count)
    let rest = ((micros % unit) + unit) % unit
    let low = micros - rest
    switch how {
    case "floor": return low
    case "ceil": return rest == 0 ? low : low + unit
    default: return rest * 2 > unit || rest * 2 == unit && (low / unit) % 2 != 0 ? low + unit : low
    }
  }

  static let methods: [Native] = [
    Native("strftime(self, date_format)", "As text.") { a in
      let format = try a.string(1)
      return try texts(a) { $0.formatted(format) }
    },
    Native("day_name(self, locale=None)", "The names of the days.") { a in try texts(a) { Moment.dayNames[$0.weekday] } },
    Native("month_name(self, locale=None)", "The names of the months.") { a in try texts(a) { Moment.monthNames[$0.month - 1] } },
    Native("normalize(self)", "At midnight.") { a in
      let own = try receiver(a)
      return a.machine.value(own.with(Vector(.int(micros(own.values).map { $0 == Vector.notATime ? $0 : $0 - Moment($0).rest }), own.values.type)))
    },
    Native("total_seconds(self)", "Seconds.") { a in
      let own = try receiver(a)
      return a.machine.value(own.with(Vector(doubles: micros(own.values).map { $0 == Vector.notATime ? .nan : Double($0) / 1e6 })))
    },
    Native("isocalendar(self)", "Year, week and day by ISO 8601.") { a in
      let own = try receiver(a)
      let moments = micros(own.values).map { Moment($0) }
      func column(_ body: (Moment) -> Int) -> Vector {
        Vector(.object(zip(moments, micros(own.values)).map { $1 == Vector.notATime ? .absent : .int(body($0)) }), .nullable("UInt32"))
      }
      return a.machine.value(
        DataFrame(
          columns: [column { $0.isoWeek.year }, column { $0.isoWeek.week }, column { $0.weekday + 1 }],
          labels: Labels(try Vector(texts: ["year", "week", "day"])), index: own.index))
    },
  ] + ["floor", "ceil", "round"].map { name in
    Native("\(name)(self, freq)", "Brought to a multiple of a span.") { a in
      let own = try receiver(a)
      return a.machine.value(
        own.with(Vector(.int(try micros(own.values).map { $0 == Vector.notATime ? $0 : try rounded($0, a.string(1), name) }), own.values.type)))
    }
  }
}

/// `.cat`: the categories of a series.
enum PandasCategories {
  static let properties: [NativeProperty] = [
    NativeProperty("categories", "The values that may occur.") { value, machine in
      guard let own = owner(value), let categories = own.values.type.categories else { return .none }
      return machine.value(Labels(categories.values))
    },
    NativeProperty("codes", "The number of the category of each row.") { value, machine in
      guard let own = owner(value), case .int(let codes) = own.values.storage else { return .none }
      return machine.value(Series(Vector(.int(codes), .integer(bits: 8, signed: true)), index: own.index))
    },
    NativeProperty("ordered", "Whether they have an order.") { value, _ in
      .bool(owner(value)?.values.type.categories?.isOrdered ?? false)
    },
  ]

  private static func owner(_ value: Value) -> Series? {
    ((value.asInstance as? AccessorObject)?.owner as? SeriesObject)?.series
  }

  private static func changed(_ a: Arguments, _ body: (Vector, Categories) throws -> Vector) throws -> Value {
    guard let own = owner(a[0]), let categories = own.values.type.categories else {
      throw Raise(.attributeError, "Can only use .cat accessor with a 'category' dtype")
    }
    return a.machine.value(own.with(try body(own.values, categories)))
  }

  static func list(_ a: Arguments, _ index: Int) throws -> Vector {
    try a.machine.vector(a[index]) ?? Vector(cells: [a.cell(index)])
  }

  static let methods: [Native] = [
    Native("as_ordered(self)", "With an order.") { a in
      try changed(a) { Vector($0.storage, .category(Categories($1.values, isOrdered: true))) }
    },
    Native("as_unordered(self)", "Without an order.") { a in
      try changed(a) { Vector($0.storage, .category(Categories($1.values, isOrdered: false))) }
    },
    Native("rename_categories(self, new_categories)", "Other names.") { a in
      try changed(a) { vector, categories in
        let values: Vector
        if a[1].asDict != nil || a[1].object is FunctionObject {
          values = try FrameChanges.renamed(Labels(categories.values), a[1], a.machine).vector
        } else {
          values = try list(a, 1)
        }
        return Vector(vector.storage, .category(Categories(values, isOrdered: categories.isOrdered)))
      }
    },
    Native("set_categories(self, new_categories, ordered=None, rename=False)", "Other categories; values that are none of them are missing.") { a in
      try changed(a) { vector, categories in
        try Vector(cells: vector.cells, as: .category(Categories(list(a, 1), isOrdered: a.isSet("ordered") ? a.bool("ordered") : categories.isOrdered)))
      }
    },
    Native("reorder_categories(self, new_categories, ordered=None)", "The categories in another order.") { a in
      try changed(a) { vector, categories in
        let values = try list(a, 1)
        guard Set(values.cells) == Set(categories.values.cells) else {
          throw Raise(.valueError, "items in new_categories are not the same as in old categories")
        }
        return try Vector(cells: vector.cells, as: .category(Categories(values, isOrdered: a.isSet("ordered") ? a.bool("ordered") : categories.isOrdered)))
      }
    },
    Native("add_categories(self, new_categories)", "Further categories.") { a in
      try changed(a) { vector, categories in
        Vector(vector.storage, .category(Categories(try Vector(cells: categories.values.cells + list(a, 1).cells), isOrdered: categories.isOrdered)))
      }
    },
    Native("remove_categories(self, removals)", "Without some categories.") { a in
      try changed(a) { vector, categories in
        let gone = Set(try list(a, 1).cells)
        let kept = categories.values.filtered(categories.values.cells.map { !gone.contains($0) })
        return try Vector(cells: vector.cells, as: .category(Categories(kept, isOrdered: categories.isOrdered)))
      }
    },
    Native("remove_unused_categories(self)", "Without categories that do not occur.") { a in
      try changed(a) { vector, categories in
        guard case .int(let codes) = vector.storage else { return vector }
        let used = Set(codes)
        let kept = categories.values.taking((0..<categories.values.count).filter { used.contains($0) })
        return try Vector(cells: vector.cells, as: .category(Categories(kept, isOrdered: categories.isOrdered)))
      }
    },
  ]
}
