/// The methods of `str`.
///
/// Positions are code points. ASCII strings, which are most, are worked on as bytes.
enum StringMethods {
  static let rows = letterCase + tests + search + split + layout + codec + formatting

  static let statics = [maketrans]

  // MARK: - Formatting

  private static let formatting: [Native] = [
    Native(
      "format(self, /, *args, **kwargs)", "The string with its {fields} filled in.",
      example: "'{:>8.3f}|{name}'.format(2.5, name='x')"
    ) { a in
      .object(
        try StrFormat.format(
          a.ownString(), positional: a.items(1), named: a[2], a.machine))
    },
    Native(
      "format_map(self, mapping, /)", "The string with its {fields} filled in from a mapping.",
      example: "'{x}'.format_map({'x': 1})"
    ) { a in
      .object(
        try StrFormat.format(a.ownString(), positional: nil, named: a[1], a.machine))
    },
    Native("join(self, iterable, /)", "Strings put together with this one between them.",
      example: "', '.join(['a', 'b'])", shortcut: .items
    ) { a in try join(a.ownString(), a[1], a.machine) },
  ]

  static func join(
    _ separator: StringObject, _ source: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    if let list = source.asList, !source.isDerived {
      return try join(separator, list.storage, list.count, machine)
    }
    if let tuple = source.asTuple, !source.isDerived {
      return try join(separator, tuple.storage, tuple.count, machine)
    }
    guard try machine.isIterable(source) else {
      throw Raise(.typeError, "can only join an iterable")
    }
    return try join(separator, machine.array(source), machine)
  }

  private static func join(
    _ separator: StringObject, _ items: [Value], _ machine: Machine
  ) throws(Raise) -> Value {
    var items = items
    var failure: Raise?
    let result = items.withUnsafeMutableBufferPointer { items -> Value in
      do throws(Raise) {
        guard let start = items.baseAddress else { return .object(StringObject.empty) }
        return try join(separator, start, items.count, machine)
      } catch {
        failure = error
        return .none
      }
    }
    if let failure { throw failure }
    return result
  }

  /// Joins `count` values that nothing changes meanwhile.
  static func join(
    _ separator: StringObject, _ items: UnsafeMutablePointer<Value>, _ count: Int,
    _ machine: Machine
  ) throws(Raise) -> Value {
    if count == 0 { return .object(StringObject.empty) }
    if count == 1, items.holds(.string) { return items.pointee }
    let gap = separator.byteCount
    var size = 0
    for index in 0..<count {
      let item = items + index
      let length: Int
      if item.holds(.string) {
        length = item.borrow(StringObject.self) { $0.byteCount }
      } else if let text = item.pointee.asString {
        length = text.byteCount
      } else {
        throw Raise(
          .typeError,
          "sequence item \(index): expected str instance, \(machine.typeName(items[index])) found")
      }
      let (sum, overflow) = size.addingReportingOverflow(index > 0 ? length + gap : length)
      if overflow { try machine.charge(nil, "the joined string") }
      size = sum
      if index & 0xFFFF == 0xFFFF { try machine.poll() }
    }
    try machine.charge(size, "the joined string")
    let joined = StringObject(count: size) { start in
      var place = start
      for index in 0..<count {
        if index > 0 { separator.copy(to: &place) }
        let item = items + index
        if item.holds(.string) {
          item.borrow(StringObject.self) { $0.copy(to: &place) }
        } else {
          item.pointee.asString?.copy(to: &place)
        }
      }
    }
    return .object(joined)
  }
}
