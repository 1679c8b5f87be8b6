/// The module `datetime`: dates, times, spans and fixed time zones.
enum DatetimeModule {
  static let table = ModuleTable(
    "datetime", doc: "Dates, times of day, spans of time.",
    entries: [
      entry("date", "A day of the calendar.") { dateType($0) },
      entry("time", "A time of day.") { timeType($0) },
      entry("datetime", "A day and a time of day.") { dateTimeType($0) },
      entry("timedelta", "A span of time.") { machine in
        let type = machine.type(Timedelta.table)
        Timedelta.addConstants(to: type, machine)
        return type
      },
      entry("timezone", "A fixed distance from UTC.") { machine in
        let type = machine.type(TimeZones.table)
        if type.own(Name("utc")) == nil {
          type.set("utc", TimeZones.utc(machine))
          type.set("max", TimeZones.fixed(86_340_000_000, machine))
          type.set("min", TimeZones.fixed(-86_340_000_000, machine))
        }
        return type
      },
      .type(TimeZones.base),
      .value(name: "UTC", doc: "The zone UTC.") { machine in TimeZones.utc(machine) },
      .value(name: "MINYEAR", doc: "The first year.") { _ in .int(1) },
      .value(name: "MAXYEAR", doc: "The last year.") { _ in .int(9999) },
    ])

  private static func entry(
    _ name: String, _ doc: String, _ make: @escaping (Machine) -> TypeObject
  ) -> ModuleEntry {
    .value(name: name, doc: doc) { machine in .object(make(machine)) }
  }

  /// Constants of a class are objects of it: they are added when it is first asked for.
  private static func add(
    _ type: TypeObject, _ low: MomentObject, _ high: MomentObject, _ step: Int, _ machine: Machine
  ) {
    type.set("min", .object(low))
    type.set("max", .object(high))
    type.set("resolution", (try? Timedelta.make(.init(step), machine)) ?? .none)
  }

  private static func moment(_ type: TypeObject, last: Bool) -> MomentObject {
    let result = MomentObject(type)
    if last {
      (result.year, result.month, result.day) = (9999, 12, 31)
      Moments.setTime(result, Timedelta.day - 1)
    }
    return result
  }

  private static func dateType(_ machine: Machine) -> TypeObject {
    let type = machine.type(DateType.table)
    if type.own(Name("resolution")) == nil {
      let last = moment(type, last: true)
      Moments.setTime(last, 0)
      add(type, moment(type, last: false), last, Timedelta.day, machine)
    }
    return type
  }

  private static func timeType(_ machine: Machine) -> TypeObject {
    let type = machine.type(TimeType.table)
    if type.own(Name("resolution")) == nil {
      add(type, moment(type, last: false), moment(type, last: true), 1, machine)
    }
    return type
  }

  private static func dateTimeType(_ machine: Machine) -> TypeObject {
    let type = machine.type(DateTimeType.table)
    if type.own(Name("resolution")) == nil {
      add(type, moment(type, last: false), moment(type, last: true), 1, machine)
    }
    return type
  }
}
