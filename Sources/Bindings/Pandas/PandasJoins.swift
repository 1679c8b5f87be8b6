import Frames
import Language

/// `merge`, `join`, `concat`: arguments of the door for Frames' joins.
enum PandasJoins {
  private static func keys(_ value: Value, _ frame: DataFrame, _ machine: Machine) throws -> [(Vector, Int?)] {
    let cells: [Frames.Cell]
    if value.swiftString != nil {
      cells = [try machine.cell(value)]
    } else if let vector = value.asSeries?.values {
      return [(vector, nil)]
    } else {
      cells = try machine.vector(value)?.cells ?? [try machine.cell(value)]
    }
    return try cells.map { cell in
      if let place = frame.places(of: cell).first { return (frame.columns[place], place) }
      if let level = frame.index.names.firstIndex(of: cell), cell != .null { return (frame.index.levels[level], nil) }
      throw PandasErrors.raise(frame.unknown(cell), machine)
    }
  }

  static func merge(_ leftValue: Value, _ rightValue: Value, _ a: Arguments) throws -> Value {
    let machine = a.machine
    guard let left = leftValue.asFrame ?? leftValue.asSeries?.frame,
      let right = rightValue.asFrame ?? rightValue.asSeries?.frame
    else {
      throw Raise(
        .typeError,
        "Can only merge Series or DataFrame objects, a <class '\(machine.typeName(rightValue))'> was passed")
    }
    var request = Merging.Request()
    let how = try a.text("how") ?? "inner"
    guard let known = Merging.How(rawValue: how) else {
      throw Raise(.valueError, "'\(how)' is not a valid Merge type: left, right, inner, outer, left_anti, right_anti, cross, asof")
    }
    request.how = known
    request.sort = try a.bool("sort")
    if a.isSet("suffixes") {
      let pair = try machine.array(a["suffixes"])
      request.suffixes = (pair.first?.swiftString, pair.last?.swiftString)
    }
    if a["indicator"].swiftString != nil { request.indicator = a["indicator"].swiftString } else if try a.bool("indicator") { request.indicator = "_merge" }
    let usesLeft = try a.bool("left_index")
    let usesRight = try a.bool("right_index")
    func add(_ l: [(Vector, Int?)], _ r: [(Vector, Int?)], shared: Bool) throws {
      guard l.count == r.count else { throw Raise(.valueError, "len(right_on) must equal len(left_on)") }
      for (x, y) in zip(l, r) {
        request.leftKeys.append(x.0)
        request.rightKeys.append(y.0)
        request.leftPlaces.append(x.1)
        request.rightPlaces.append(y.1)
        let same = shared || (x.1 != nil && y.1 != nil && left.labels[x.1 ?? 0] == right.labels[y.1 ?? 0])
        request.shares.append(same)
      }
    }
    if known == .cross {
      return machine.value(try Merging.merge(left, right, request))
    }
    if a.isSet("on") {
      try add(keys(a["on"], left, machine), keys(a["on"], right, machine), shared: true)
    } else if usesLeft || usesRight {
      let l = try usesLeft ? left.index.levels.map { ($0, nil as Int?) } : keys(a["left_on"], left, machine)
      let r = try usesRight ? right.index.levels.map { ($0, nil as Int?) } : keys(a["right_on"], right, machine)
      try add(l, r, shared: false)
      request.usesLeftIndex = usesLeft
      request.usesRightIndex = usesRight
    } else if a.isSet("left_on") || a.isSet("right_on") {
      guard a.isSet("left_on"), a.isSet("right_on") else {
        throw Raise(.valueError, a.isSet("left_on") ? "Must pass \"right_on\" OR \"right_index\"." : "Must pass \"left_on\" OR \"left_index\".")
      }
      try add(keys(a["left_on"], left, machine), keys(a["right_on"], right, machine), shared: false)
    } else {
      let common = left.labels.cells.filter { !right.places(of: $0).isEmpty }
      guard !common.isEmpty else {
        throw Raise(
          .valueError,
          "No common columns to perform merge on. Merge options: left_on=None, right_on=None, "
            + "left_index=False, right_index=False")
      }
      try add(
        common.map { let p = left.places(of: $0)[0]; return (left.columns[p], p) },
        common.map { let p = right.places(of: $0)[0]; return (right.columns[p], p) }, shared: true)
    }
    for (x, y) in zip(request.leftKeys, request.rightKeys) {
      if x.type == .string && y.type.isNumeric || x.type.isNumeric && y.type == .string {
        throw Raise(
          .valueError,
          "You are trying to merge on \(x.typeName) and \(y.typeName) columns for key "
            + "'\(request.leftPlaces.compactMap { $0 }.first.map { left.labels[$0].shown } ?? "")'. If you wish to proceed you should use pd.concat")
      }
    }
    if let validate = try a.text("validate") { try check(validate, request, left, right, machine) }
    return machine.value(try Merging.merge(left, right, request))
  }

  private static func check(
    _ rule: String, _ request: Merging.Request, _ left: DataFrame, _ right: DataFrame, _ machine: Machine
  ) throws {
    func repeats(_ keys: [Vector]) -> Bool {
      DataFrame.rowCodes(keys, count: keys.first?.count ?? 0).firstRows.count < keys.first?.count ?? 0
    }
    /// The sentence with up to five of the keys that repeat.
    func failed(_ side: String, _ keys: [Vector], _ kind: String) throws -> Raise {
      let (codes, _) = DataFrame.rowCodes(keys, count: keys.first?.count ?? 0)
      var counts: [Int: Int] = [:]
      for code in codes { counts[code, default: 0] += 1 }
      var seen: Set<Int> = []
      let rows = codes.indices.filter { counts[codes[$0], default: 0] > 1 && seen.insert(codes[$0]).inserted }
      let frame = side == "left" ? left : right
      let places = side == "left" ? request.leftPlaces : request.rightPlaces
      let names = places.map { $0.map { frame.labels[$0] } ?? Frames.Cell.string("key_0") }
      let shown = DataFrame(
        columns: keys.map { $0.taking(Array(rows.prefix(5))) }, labels: try Labels(cells: names),
        index: Labels(count: min(5, rows.count)))
      let text = try TableText.text(shown, PrintingOptions(), index: false)
      return Raise(
        machine.exceptionRaise(
          "MergeError",
          "Merge keys are not unique in \(side) dataset; not a \(kind) merge\nDuplicates in \(side):\n \(text) ..."))
    }
    let sides = rule.replacingAll("one", "1").replacingAll("many", "m").split(separator: ":").map { $0.hasPrefix("1") || $0.contains("1") }
    let parts = rule.contains("_to_") ? rule.replacingAll("_to_", ":").split(separator: ":").map { $0 == "one" } : sides
    if parts.first == true, repeats(request.leftKeys) {
      throw try failed("left", request.leftKeys, parts.last == true ? "one-to-one" : "one-to-many")
    }
    if parts.last == true, repeats(request.rightKeys) {
      throw try failed("right", request.rightKeys, parts.first == true ? "one-to-one" : "many-to-one")
    }
  }

  static func join(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    let others = a[1].asList?.items ?? [a[1]]
    var result = own
    for item in others {
      guard let other = item.asFrame ?? item.asSeries?.frame else { throw a.mismatch(1, expected: "a DataFrame or Series") }
      var request = Merging.Request()
      request.how = Merging.How(rawValue: try a.text("how") ?? "left") ?? .left
      request.sort = try a.bool("sort")
      let suffixes = (try a.text("lsuffix") ?? "", try a.text("rsuffix") ?? "")
      request.suffixes = suffixes
      let both = Set(result.labels.cells.map(\.key)).intersection(other.labels.cells.map(\.key))
      if !both.isEmpty, suffixes.0.isEmpty, suffixes.1.isEmpty {
        let shown = result.labels.cells.filter { both.contains($0.key) }
        throw Raise(.valueError, "columns overlap but no suffix specified: \(IndexText.repr(try Labels(cells: shown)))")
      }
      request.usesRightIndex = true
      if a.isSet("on") {
        let found = try keys(a["on"], result, machine)
        request.leftKeys = found.map(\.0)
        request.leftPlaces = found.map(\.1)
      } else {
        request.leftKeys = result.index.levels
        request.leftPlaces = result.index.levels.map { _ in nil }
        request.usesLeftIndex = true
      }
      request.rightKeys = other.index.levels
      if request.leftKeys.count > request.rightKeys.count, request.usesLeftIndex {
        // A level of the left labels meets the only one of the right.
        let level = result.index.names.firstIndex(of: other.index.name) ?? 0
        request.leftKeys = [result.index.levels[level]]
        request.leftPlaces = [nil]
      }
      request.rightPlaces = other.index.levels.map { _ in nil }
      request.shares = request.leftKeys.map { _ in false }
      if request.how == .left, request.usesLeftIndex || a.isSet("on") {
        let index = result.index
        let (l, _) = try Merging.rows(request.leftKeys, result.rowCount, request.rightKeys, other.rowCount, .left)
        var merged = try Merging.merge(result, other, request)
        merged.index = index.taking(l.compactMap { $0 })
        if l.count == index.count { merged.index = index }
        result = merged
      } else {
        result = try Merging.merge(result, other, request)
      }
    }
    return machine.value(result)
  }

  static func concat(_ a: Arguments) throws -> Value {
    let machine = a.machine
    var items: [Value]
    var keys: [Frames.Cell]?
    if a[0].asFrame != nil || a[0].asSeries != nil {
      throw Raise(
        .typeError,
        "first argument must be an iterable of pandas objects, you passed an object of type "
          + "\"\(machine.typeName(a[0]))\"")
    }
    if let dict = a[0].asDict {
      items = dict.values
      keys = try dict.keys.map { try machine.cell($0) }
    } else {
      items = try machine.array(a[0])
    }
    if a.isSet("keys") { keys = try machine.array(a["keys"]).map { try machine.cell($0) } }
    items = items.filter { !$0.isNone }
    guard !items.isEmpty else { throw Raise(.valueError, "No objects to concatenate") }
    for item in items where item.asFrame == nil && item.asSeries == nil {
      throw Raise(
        .typeError,
        "cannot concatenate object of type '<class '\(machine.typeName(item))'>'; only Series and "
          + "DataFrame objs are valid")
    }
    var names: [Frames.Cell]?
    if a.isSet("names") { names = try machine.array(a["names"]).map { try machine.cell($0) } }
    let isInner = try a.text("join") == "inner"
    let ignores = try a.bool("ignore_index")
    if try a.axis() == 1 {
      let isSeries = items.allSatisfy { $0.asSeries != nil }
      var unnamed = 0
      let frames = items.map { item -> DataFrame in
        if let frame = item.asFrame { return frame }
        guard let series = item.asSeries else { return DataFrame(columns: [], labels: Labels(count: 0), index: Labels(count: 0)) }
        var frame = series.frame
        if series.name == .null {
          frame.labels = Labels.one(.int(unnamed))
          unnamed += 1
        }
        return frame
      }
      if isSeries, let keys {
        var renamed = frames
        for place in renamed.indices where place < keys.count { renamed[place].labels = Labels.one(keys[place]) }
        var result = try Merging.beside(renamed, inner: isInner, ignoresIndex: ignores)
        if let names, result.labels.names.count == names.count { result.labels.names = names }
        return machine.value(result)
      }
      return machine.value(try Merging.beside(frames, inner: isInner, ignoresIndex: ignores, keys: keys, names: names))
    }
    if items.allSatisfy({ $0.asSeries != nil }) {
      return machine.value(
        try Merging.below(items.compactMap(\.asSeries), ignoresIndex: ignores, keys: keys, names: names))
    }
    let frames = items.compactMap { item -> DataFrame? in
      if let frame = item.asFrame { return frame }
      guard let series = item.asSeries else { return nil }
      var frame = series.frame
      if series.name == .null { frame.labels = Labels.one(.int(0)) }
      return frame
    }
    return machine.value(
      try Merging.below(
        frames, inner: isInner, ignoresIndex: ignores, keys: keys, names: names, sort: a.bool("sort")))
  }
}
