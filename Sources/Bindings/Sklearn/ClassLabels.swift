import Classical
import Frames
import Language
import TensorCore

/// Class labels of any kind as numbers 0, 1, 2, ... in sorted order, and back.
struct ClassLabels {
  private enum Known {
    /// Sorted, with the dtype that the labels had.
    case numbers(Tensor, [Double: Int])
    case strings([String], [String: Int])
  }
  private let known: Known

  /// The codes of labels that `init` saw.
  private(set) var codes: [Int] = []

  /// - Throws: in scikit-learn's words, when numbers are no classes.
  init(_ value: Value, _ input: SklearnInput, discrete: Bool = true) throws {
    if let texts = try Self.strings(value, input.machine) {
      let sorted = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
      known = .strings(sorted, places)
      codes = texts.map { places[$0, default: 0] }
      return
    }
    let (flat, numbers) = try Self.numbers(value, input.machine)
    try input.checkFinite(numbers, "y")
    if discrete, flat.dtype.isFloating, numbers.contains(where: { $0 != $0.rounded() }) {
      throw Raise(
        .valueError,
        "Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects "
          + "discrete classes on a regression target with continuous values.")
    }
    let sorted = Set(numbers).sorted()
    var places: [Double: Int] = [:]
    for (place, number) in sorted.enumerated() { places[number] = place }
    known = .numbers(try Tensor(sorted, shape: [sorted.count], dtype: .float64).to(flat.dtype), places)
    codes = numbers.map { places[$0, default: 0] }
  }

  var count: Int {
    switch known {
    case .numbers(_, let places): places.count
    case .strings(let texts, _): texts.count
    }
  }

  /// The labels of codes as an array.
  func labels(_ codes: [Int], _ machine: Machine) throws -> Value {
    switch known {
    case .numbers(let sorted, _): return machine.ndarray(try sorted.indexSelect(0, try Tensor(codes)))
    case .strings(let texts, _):
      guard codes.allSatisfy(texts.indices.contains) else { return .none }
      return machine.textArray(codes.map { texts[$0] })
    }
  }

  func classes(_ machine: Machine) throws -> Value { try labels(Array(0..<count), machine) }

  /// One label as an error prints it: `np.int64(1)`.
  func shown(_ code: Int, _ machine: Machine) throws -> String {
    switch known {
    case .strings(let texts, _): return "np.str_(\(try machine.repr(.string(texts[code]))))"
    case .numbers(let sorted, _): return try machine.repr(machine.numpyValue(try sorted.select(0, code)))
    }
  }

  /// The codes of labels; -1 for those that are not known.
  func encode(_ value: Value, _ machine: Machine) throws -> [Int] {
    switch known {
    case .strings(_, let places):
      return try (Self.strings(value, machine) ?? machine.array(value).map { try machine.text(of: $0) })
        .map { places[$0] ?? -1 }
    case .numbers(_, let places):
      if try Self.strings(value, machine) != nil {
        return [Int](repeating: -1, count: try machine.length(value) ?? 0)
      }
      return try Self.numbers(value, machine).1.map { places[$0] ?? -1 }
    }
  }

  /// The texts of labels that are texts; nil for numbers.
  private static func strings(_ value: Value, _ machine: Machine) throws -> [String]? {
    if value.asTensorObject != nil { return nil }
    guard value.swiftString == nil, try machine.isIterable(value) else { return nil }
    let items = try machine.array(value)
    guard items.contains(where: { $0.swiftString != nil }) else { return nil }
    return try items.map { try machine.text(of: $0) }
  }

  private static func numbers(_ value: Value, _ machine: Machine) throws -> (Tensor, [Double]) {
    let tensor = try machine.tensor(value)
    guard tensor.rank == 1 || tensor.rank == 2 && tensor.shape[1] == 1 else {
      let shape = tensor.shape.map(String.init).joined(separator: ", ")
      throw Raise(
        .valueError,
        "y should be a 1d array, got an array of shape (\(shape)) instead.")
    }
    return (tensor, try tensor.to(.float64).doubles())
  }
}

extension Machine {
  /// An array of texts, one axis.
  func textArray(_ texts: [String]) -> Value {
    .object(ArrayObject(Vector(objects: texts.map { .string($0) }), .objects, pandas.objectArray))
  }
}
