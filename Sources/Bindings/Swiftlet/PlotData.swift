import Language

/// Reads what people hand to `plot`.
enum PlotData {
  struct Series {
    var name: String?
    var x: [Double]
    var y: [Double]
  }

  static func series(_ data: [Value], _ machine: Machine) throws -> [Series] {
    func counted(_ y: [Double], _ name: String? = nil) -> Series {
      Series(name: name, x: y.indices.map(Double.init), y: y)
    }
    guard let first = data.first else {
      throw Raise(.typeError, "plot() needs data: plot(y) or plot(x, y)")
    }
    if try isFunction(first, machine), data.count == 3 {
      return [try sampled(first, try machine.doubles(.list([data[1], data[2]])), machine)]
    }
    if data.count == 1 {
      let history = try machine.optionalAttribute(first, "history")
      if first.asDict != nil || history?.asDict != nil {
        return try named(first, machine).map { counted($0.values, $0.name) }
      }
      if let rows = try? machine.matrix(first) { return rows.map { counted($0) } }
      return [counted(try machine.doubles(first))]
    }
    if data.count == 2 {
      let x = try machine.doubles(data[0])
      if let rows = try? machine.matrix(data[1]) {
        return rows.map { Series(name: nil, x: x, y: $0) }
      }
      return [Series(name: nil, x: x, y: try machine.doubles(data[1]))]
    }
    // x, y, x, y, ... as in pyplot.
    guard data.count % 2 == 0 else {
      throw Raise(
        .typeError, "plot() takes y, or x and y in pairs; got \(data.count) arguments")
    }
    return try stride(from: 0, to: data.count, by: 2).map { index in
      Series(
        name: nil, x: try machine.doubles(data[index]), y: try machine.doubles(data[index + 1]))
    }
  }

  /// Lists by name: of a dictionary, or of the `history` of a training.
  static func named(
    _ value: Value, _ machine: Machine
  ) throws -> [(name: String, values: [Double])] {
    var source = value
    if source.asDict == nil, let history = try machine.optionalAttribute(value, "history") {
      source = history
    }
    guard let dict = source.asDict else {
      throw Raise(
        .typeError, "a dictionary of lists or a History is needed, got \(machine.typeName(value))")
    }
    return try dict.pairs.map { (try machine.text(of: $0.key), try machine.doubles($0.value)) }
  }

  private static func isFunction(_ value: Value, _ machine: Machine) throws -> Bool {
    value.asNativeFunction != nil || ["function", "method"].contains(machine.typeName(value))
  }

  private static func sampled(
    _ function: Value, _ bounds: [Double], _ machine: Machine
  ) throws -> Series {
    guard bounds[0].isFinite, bounds[1].isFinite, bounds[0] < bounds[1] else {
      throw Raise(.valueError, "plot(function, low, high) needs finite low < high")
    }
    let x = (0...200).map { bounds[0] + (bounds[1] - bounds[0]) * Double($0) / 200 }
    var y: [Double] = []
    for point in x {
      let value = try machine.call(function, [.float(point)])
      y.append(try machine.float(value) ?? .nan)
    }
    return Series(name: nil, x: x, y: y)
  }
}
