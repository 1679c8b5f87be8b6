import Classical
import Language
import TensorCore

/// `sklearn.model_selection`.
enum SklearnModelSelection {
  static let table = ModuleTable(
    "sklearn.model_selection", doc: "Splitting data, scores, searches.",
    entries: [.function(trainTestSplitRow)] + CrossValidation.rows.map { .function($0) } + [
      .type(CrossValidation.kFold), .type(CrossValidation.stratifiedKFold), .type(SearchObject.table),
    ])

  static let trainTestSplitRow = Native(
    "train_test_split(*arrays, test_size: int | float | None = None, "
      + "train_size: int | float | None = None, random_state=None, shuffle: bool = True, "
      + "stratify=None)",
    "Splits arrays at random into a part to train with and a part to test with.",
    example: "train_test_split([1, 2, 3, 4], random_state=0)"
  ) { a in
    let machine = a.machine
    let arrays = try a.items(0)
    guard let first = arrays.first else {
      throw Raise(.valueError, "At least one array required as input")
    }
    let counts = try arrays.map { array -> Int in
      guard let count = try machine.length(array) else {
        throw Raise(
          .typeError, "Expected sequence or array-like, got \(machine.typeName(array))")
      }
      return count
    }
    let count = counts[0]
    if counts.contains(where: { $0 != count }) {
      throw Raise(
        .valueError,
        "Found input variables with inconsistent numbers of samples: \(counts)")
    }
    _ = first
    let split = try trainTestSplit(
      samples: count, testSize: try size(a[1], a), trainSize: try size(a[2], a),
      randomState: try machine.randomState(a[3]), shuffle: try a.bool(4),
      stratify: a[5].isNone ? nil : try classes(a[5], machine))
    var result: [Value] = []
    for array in arrays {
      result.append(try taken(array, split.train, machine))
      result.append(try taken(array, split.test, machine))
    }
    return .list(result)
  }

  private static func size(_ value: Value, _ a: Arguments) throws -> SplitSize? {
    switch value {
    case .none, .undefined: return nil
    case .int(let count): return .count(count)
    default:
      guard let fraction = try a.machine.float(value) else { return nil }
      return .fraction(fraction)
    }
  }

  /// Labels of any kind as class numbers.
  static func classes(_ value: Value, _ machine: Machine) throws -> [Int] {
    if let numbers = try? machine.ints(value) { return numbers }
    var known: [String: Int] = [:]
    return try machine.array(value).map { item in
      let text = try machine.repr(item)
      if let number = known[text] { return number }
      known[text] = known.count
      return known.count - 1
    }
  }

  /// The entries of an array, list or other sequence at some places, in its own kind.
  static func taken(_ value: Value, _ places: [Int], _ machine: Machine) throws -> Value {
    if let object = value.asTensorObject {
      let chosen = try object.tensor.indexSelect(0, try Tensor(places))
      return try object.types.value(chosen, object.flavor)
    }
    if value.asList != nil || value.asTuple != nil {
      let items = try machine.array(value)
      if let wrong = places.first(where: { !items.indices.contains($0) }) {
        throw Raise(.indexError, "index \(wrong) is out of bounds for \(items.count) samples")
      }
      return .list(places.map { items[$0] })
    }
    return machine.ndarray(try machine.tensor(value).indexSelect(0, try Tensor(places)))
  }
}
