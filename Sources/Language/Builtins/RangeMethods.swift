/// The methods and attributes of `range` and `slice`.
enum RangeMethods {
  static let rows: [Native] = [
    Native("count(self, value, /)", "How often a value occurs.", example: "range(5).count(3)") { a in
      let range = try a.ownRange()
      if let number = a[1].asInt { return .int(range.contains(number) ? 1 : 0) }
      var count = 0
      let value = a[1]
      let machine = a.machine
      try machine.iterate(a[0]) { (item) throws(Raise) in
        if try machine.equals(item, value) { count += 1 }
      }
      return .int(count)
    },
    Native("index(self, value, /)", "Where a value stands.", example: "range(0, 10, 2).index(4)") { a in
      let range = try a.ownRange()
      if let number = a[1].asInt {
        guard range.contains(number) else {
          throw Raise(.valueError, "\(number) is not in range")
        }
        return .int((number &- range.start) / range.step)
      }
      let walker = try a.machine.iterator(a[0])
      var index = 0
      while true {
        let item = try a.machine.next(walker)
        if item.isUndefined { throw Raise(.valueError, "sequence.index(x): x not in sequence") }
        if try a.machine.equals(item, a[1]) { return .int(index) }
        index += 1
        if index & 1023 == 0 { try a.machine.poll() }
      }
    },
  ]

  static let properties: [NativeProperty] = [
    property("start", "The first number.") { $0.start },
    property("stop", "The number before which the range ends.") { $0.stop },
    property("step", "The distance between two numbers.") { $0.step },
  ]

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping @Sendable (RangeObject) -> Int
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      guard case .object(let object) = value, object.kind == .range else { return .none }
      return .int(get(unsafeDowncast(object, to: RangeObject.self)))
    }
  }

  static let sliceRows: [Native] = [
    Native("indices(self, length, /)", "Start, stop and step for a sequence of some length.",
      example: "slice(None, None, -1).indices(5)"
    ) { a in
      let slice = try a.own(.slice, "slice", as: SliceObject.self)
      let length = try a.index(1)
      if length < 0 { throw Raise(.valueError, "length should not be negative") }
      let found = try slice.indices(count: length)
      // The stop that CPython gives is the clamped bound, not the end of the selection.
      let stop: Int
      if let bound = try a.machine.index(slice.upper) {
        let absolute = bound < 0 ? max(bound, -length - 1) + length : bound
        stop = found.step > 0 ? min(max(absolute, 0), length) : min(max(absolute, -1), length - 1)
      } else {
        stop = found.step > 0 ? length : -1
      }
      return .tuple([.int(found.start), .int(stop), .int(found.step)])
    }
  ]
}
