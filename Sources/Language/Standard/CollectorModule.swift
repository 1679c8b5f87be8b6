/// The module `gc`: the collector of cycles.
enum CollectorModule {
  static let table = ModuleTable(
    "gc", doc: "Frees objects that only hold each other.",
    entries: [
      .function(collect), .function(enable), .function(disable), .function(isEnabled),
      .function(count), .function(threshold), .function(setThreshold), .function(isTracked),
      .function(stats),
    ])

  private static let collect = Native(
    "collect(generation: int = 2)",
    "Looks for cycles now; gives the number of unreachable objects that it freed.",
    example: "gc.collect()"
  ) { a in
    // There is one generation: all of them are collected, whichever is named.
    guard (0...2).contains(try a.int(0)) else { throw Raise(.valueError, "invalid generation") }
    return .int(a.machine.collector.collect())
  }

  private static let enable = Native(
    "enable()", "Lets the collector run by itself.", example: "gc.enable()"
  ) { a in
    a.machine.collector.isEnabled = true
    return .none
  }

  private static let disable = Native(
    "disable()", "Keeps the collector from running by itself."
  ) { a in
    a.machine.collector.isEnabled = false
    return .none
  }

  private static let isEnabled = Native(
    "isenabled()", "Whether the collector runs by itself.", example: "gc.isenabled()"
  ) { a in .bool(a.machine.collector.isEnabled) }

  private static let count = Native(
    "get_count()", "The number of tracked objects, and two zeros: there is one generation.",
    example: "gc.get_count()"
  ) { a in .tuple([.int(a.machine.collector.trackedCount), .int(0), .int(0)]) }

  private static let threshold = Native(
    "get_threshold()", "How many objects there may be before the collector first runs, and two zeros.",
    example: "gc.get_threshold()"
  ) { a in .tuple([.int(a.machine.collector.threshold), .int(0), .int(0)]) }

  private static let setThreshold = Native(
    "set_threshold(threshold0: int, threshold1: int = 0, threshold2: int = 0, /)",
    "Sets how many objects there may be before the collector first runs; 0 switches it off."
  ) { a in
    let count = try a.int(0)
    guard count >= 0 else {
      throw Raise(.valueError, "set_threshold(): a number of objects is at least 0, got \(count)")
    }
    a.machine.collector.isEnabled = count > 0
    if count > 0 { a.machine.collector.threshold = count }
    return .none
  }

  private static let isTracked = Native(
    "is_tracked(obj, /)", "Whether the collector looks at an object.",
    example: "gc.is_tracked([1, 2])"
  ) { a in .bool(a.machine.collector.isTracked(a[0])) }

  private static let stats = Native(
    "get_stats()", "What the collector has done: runs, freed objects, seconds.",
    example: "gc.get_stats()"
  ) { a in
    let statistics = a.machine.collector.statistics
    let row = DictObject()
    row["collections"] = .int(statistics.collections)
    row["collected"] = .int(statistics.freed)
    row["uncollectable"] = .int(0)
    row["seconds"] = .float(statistics.seconds)
    return .list([.object(row)])
  }
}
