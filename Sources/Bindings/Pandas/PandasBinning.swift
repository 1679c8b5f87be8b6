import Frames
import Language
import TensorCore

/// Numbers as categories (`cut`, `qcut`), categories as columns (`get_dummies`).
extension PandasDoor {
  static func dummies(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let separator = try a.text("prefix_sep") ?? "_"
    let type = try machine.dataType(a["dtype"]) ?? .bool
    let (drop, missing) = (try a.bool("drop_first"), try a.bool("dummy_na"))
    if let frame = a[0].asFrame {
      let chosen = try FrameMethods.columns(a["columns"], frame, machine)
        ?? frame.columns.indices.filter { [.string, .object].contains(frame.columns[$0].type) || frame.columns[$0].type.categories != nil }
      var columns = frame.columns.indices.filter { !chosen.contains($0) }.map { (frame.labels[$0], frame.columns[$0]) }
      let prefixes = try a["prefix"].asList.map { try $0.items.map { try machine.text(of: $0) } }
      for (turn, place) in chosen.enumerated() {
        var prefix = try a["prefix"].swiftString ?? prefixes.flatMap { turn < $0.count ? $0[turn] : nil } ?? frame.labels[place].shown
        if let dict = a["prefix"].asDict, let given = try dict.get(machine.value(frame.labels[place]), machine) { prefix = try machine.text(of: given) }
        columns += try Reshaping.dummies(frame.columns[place], prefix: prefix, separator: separator, dropFirst: drop, dummyMissing: missing, type: type)
      }
      return machine.value(try DataFrame(columns, index: frame.index))
    }
    let series = try a[0].asSeries ?? machine.vector(a[0]).map { Series($0) } ?? Series(Vector(empty: .object))
    let columns = try Reshaping.dummies(series.values, prefix: a.text("prefix"), separator: separator, dropFirst: drop, dummyMissing: missing, type: type)
    return machine.value(try DataFrame(columns, index: series.index))
  }

  static func cut(_ a: Arguments) throws -> Value {
    let machine = a.machine
    guard let vector = try machine.vector(a[0]), let numbers = vector.doubles else { throw Raise(.valueError, "Input array must be 1 dimensional") }
    let right = try a.bool("right")
    let lowest = try a.bool("include_lowest")
    let edges: [Double]
    var isWhole = false
    if let count = try machine.index(a["bins"]) {
      edges = try Binning.edges(numbers, count: count, right: right)
    } else {
      guard let given = try machine.vector(a["bins"]), let values = given.doubles else { throw Raise(.typeError, "Index(...) must be called with a collection of some kind, \(try machine.cell(a["bins"]).reprText) was passed") }
      edges = values
      isWhole = given.type.isInteger
      guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw Raise(.valueError, "bins must increase monotonically.")
      }
    }
    return try binned(a, vector, numbers, edges, right: right, lowest: lowest, isWhole: isWhole)
  }

  static func qcut(_ a: Arguments) throws -> Value {
    let machine = a.machine
    guard let vector = try machine.vector(a[0]), let numbers = vector.doubles else { throw Raise(.valueError, "Input array must be 1 dimensional") }
    var shares: [Double]
    if let count = try machine.index(a["q"]) {
      guard count > 0, count < 1 << 24 else { throw Raise(.valueError, "q must be a positive number of quantiles") }
      shares = (0...count).map { Double($0) / Double(count) }
    } else {
      shares = try machine.vector(a["q"])?.doubles ?? []
    }
    var edges = try Vector(doubles: numbers).quantiles(shares).map { $0.number ?? .nan }
    if Set(edges).count < edges.count {
      guard try a.text("duplicates") == "drop" else {
        throw Raise(
          .valueError,
          "Bin edges must be unique: Index([\(edges.map { Frames.Cell.float($0).shown }.joined(separator: ", "))], dtype='float64').\n"
            + "You can drop duplicate edges by setting the 'duplicates' kwarg")
      }
      var seen: Set<Double> = []
      edges = edges.filter { seen.insert($0).inserted }
    }
    return try binned(a, vector, numbers, edges, right: true, lowest: true, isWhole: false)
  }

  static func binned(
    _ a: Arguments, _ vector: Vector, _ numbers: [Double], _ edges: [Double], right: Bool, lowest: Bool, isWhole: Bool
  ) throws -> Value {
    let machine = a.machine
    let codes = Binning.codes(numbers, edges, right: right, includesLowest: lowest)
    let result: Value
    func wrap(_ made: Vector) throws -> Value {
      if let series = a[0].asSeries { return machine.value(series.with(made)) }
      return made.type.categories == nil ? try machine.arrayValue(made) : try PandasArrays.extended(made, machine)
    }
    if case .bool(false) = a["labels"] {
      result = try wrap(codes.contains(-1) ? Vector(doubles: codes.map { $0 < 0 ? .nan : Double($0) }) : Vector(ints: codes))
    } else if a.isSet("labels"), let labels = try machine.vector(a["labels"]) {
      guard labels.count == edges.count - 1 else {
        throw Raise(.valueError, "Bin labels must be one fewer than the number of bin edges")
      }
      let isOrdered = a["ordered"].isGiven ? try a.bool("ordered") : true
      result = try wrap(Vector(.int(codes), .category(Categories(labels, isOrdered: isOrdered))))
    } else {
      let cells = Binning.intervals(edges, precision: try a.int("precision") ?? 3, right: right, includesLowest: lowest, isWhole: isWhole)
      result = try wrap(Vector(.int(codes), .category(Categories(Vector(objects: cells), isOrdered: true))))
    }
    return try a.bool("retbins") ? .tuple([result, machine.ndarray(edges)]) : result
  }
}
