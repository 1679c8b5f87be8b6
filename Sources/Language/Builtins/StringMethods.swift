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
      example: "', '.join(['a', 'b'])"
    ) { a in try join(a.ownString(), a[1], a.machine) },
  ]

  static func join(
    _ separator: StringObject, _ source: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    if let list = source.asList { return try join(separator, list.items, machine) }
    if let tuple = source.asTuple { return try join(separator, tuple.items, machine) }
    guard try machine.isIterable(source) else {
      throw Raise(.typeError, "can only join an iterable")
    }
    return try join(separator, machine.array(source), machine)
  }

  private static func join(
    _ separator: StringObject, _ items: [Value], _ machine: Machine
  ) throws(Raise) -> Value {
    if items.count == 1, items[0].kind == .string { return items[0] }
    let gap = separator.bytes
    var size = 0
    for (index, item) in items.enumerated() {
      guard let text = item.plain.asString else {
        throw Raise(
          .typeError,
          "sequence item \(index): expected str instance, \(machine.typeName(item)) found")
      }
      let (sum, overflow) = size.addingReportingOverflow(text.bytes.count + gap.count)
      if overflow { try machine.charge(nil, "the joined string") }
      size = sum
      if index & 0xFFFF == 0xFFFF { try machine.poll() }
    }
    try machine.charge(size, "the joined string")
    var result: [UInt8] = []
    result.reserveCapacity(size)
    for (index, item) in items.enumerated() {
      if index > 0 { result.append(contentsOf: gap) }
      if let text = item.plain.asString { result.append(contentsOf: text.bytes) }
      if index & 0xFFFF == 0xFFFF { try machine.poll() }
    }
    return .object(StringObject(result))
  }
}
