import Language
import NeuralNetworks
import TensorCore

/// A batch of a training run.
struct KerasBatch {
  var x: Value
  var y: Value
  var weights: Value
  var count: Int
}

/// Where batches come from.
protocol KerasBatches: AnyObject {
  /// Batches of an epoch; nil where nobody knows.
  var steps: Int? { get }
  var samples: Int { get }
  func begin(_ epoch: Int) throws
  /// The next batch; nil at the end.
  func next() throws -> KerasBatch?
}

/// Arrays, cut into batches.
final class KerasArrays: KerasBatches {
  private let x: Value
  private let y: Value
  private let weights: Tensor?
  let samples: Int
  private let batchSize: Int
  private let shuffles: Bool
  private let machine: Machine
  private var order: Tensor?
  private var first = 0

  init(
    _ x: Value, _ y: Value, _ weights: Tensor?, rows: Int, batchSize: Int, shuffles: Bool,
    _ machine: Machine
  ) {
    self.x = x
    self.y = y
    self.weights = weights
    samples = rows
    self.batchSize = max(1, batchSize)
    self.shuffles = shuffles
    self.machine = machine
  }

  var steps: Int? { (samples + batchSize - 1) / batchSize }

  func begin(_ epoch: Int) throws {
    order = shuffles ? try Tensor.randperm(samples) : nil
    first = 0
  }

  func next() throws -> KerasBatch? {
    guard first < samples else { return nil }
    let count = min(batchSize, samples - first)
    let start = first
    first += count
    func rows(_ tensor: Tensor) throws -> Tensor {
      guard let order else { return try tensor.narrow(0, start: start, length: count) }
      return try tensor.indexSelect(0, order.narrow(0, start: start, length: count))
    }
    func cut(_ value: Value) throws -> Value {
      try KerasTree.map(value) { leaf in
        guard let tensor = leaf.asTensorObject?.tensor else { return leaf }
        return machine.kerasValue(try rows(tensor))
      }
    }
    return KerasBatch(
      x: try cut(x), y: try cut(y), weights: try weights.map { machine.kerasValue(try rows($0)) } ?? .none,
      count: count)
  }
}

/// Batches that a program yields: a generator, a dataset, a list, a `PyDataset`.
final class KerasIterated: KerasBatches {
  private let source: Value
  private let machine: Machine
  private let givenSteps: Int?
  private var iterator: Value?
  private var taken = 0
  private var place = 0
  let isGenerator: Bool
  /// Whether batches are asked for by number.
  private let isIndexed: Bool
  private let count: Int?
  private(set) var samples = 0

  init(_ source: Value, steps: Int?, _ machine: Machine) throws {
    self.source = source
    self.machine = machine
    isIndexed = source.asInstance.map { instance in
      instance.type.lookup("__getitem__") != nil && instance.type.lookup("__len__") != nil
        && instance.type.lookup("__iter__")?.object is FunctionObject == false
        && !(instance is TensorflowDataset)
    } ?? false
    count = source.object is IteratorObject ? nil : try? machine.length(source)
    isGenerator = count == nil && source.asInstance == nil
    givenSteps = steps
  }

  var steps: Int? { givenSteps ?? count }

  func begin(_ epoch: Int) throws {
    taken = 0
    if isIndexed {
      if epoch > 0, let hook = try machine.optionalAttribute(source, "on_epoch_end") {
        _ = try machine.call(hook)
      }
      return
    }
    // A generator goes on where it is; anything else begins anew unless steps limit the epochs.
    if iterator == nil || (!isGenerator && givenSteps == nil) { iterator = try machine.iterator(source) }
  }

  func next() throws -> KerasBatch? {
    if let givenSteps, taken >= givenSteps { return nil }
    var value: Value
    if isIndexed {
      guard let count, count > 0, taken < count || givenSteps != nil else { return nil }
      value = try machine.item(source, .int(taken % count))
    } else {
      guard let iterator else { return nil }
      value = try machine.next(iterator)
      if value.isUndefined, !isGenerator, givenSteps != nil {
        // A dataset that is shorter than the steps asked for begins anew.
        let fresh = try machine.iterator(source)
        self.iterator = fresh
        value = try machine.next(fresh)
      }
    }
    if value.isUndefined { return nil }
    taken += 1
    return try KerasData.batch(value, machine)
  }
}

/// Values of the language as the data of a model.
enum KerasData {
  /// A tree of tensors with rows; floats as float32.
  static func tree(_ value: Value, _ machine: Machine, _ name: String) throws -> Value {
    func leaf(_ value: Value) throws -> Value {
      if value.isNone { return value }
      var tensor = try machine.tensorflowTensor(value).detach()
      if tensor.dtype.isFloating, tensor.dtype != .float32 { tensor = try tensor.to(.float32) }
      guard tensor.rank > 0 else {
        throw Raise(
          .valueError, "\(name) needs an axis of rows: its shape is ()",
          hint: "x.reshape(1, -1) makes one row of one sample")
      }
      return machine.kerasValue(tensor)
    }
    return KerasTree.isStructure(value) ? try KerasTree.map(value, leaf) : try leaf(value)
  }

  /// The number of rows that all leaves share.
  static func rows(_ parts: [(name: String, value: Value)]) throws -> Int {
    var sizes: [(String, [Int])] = []
    for (name, value) in parts {
      let own = KerasTree.leaves(value).compactMap { $0.asTensorObject?.tensor.shape.first }
      if !own.isEmpty { sizes.append((name, own)) }
    }
    let all = Set(sizes.flatMap(\.1))
    guard all.count <= 1 else {
      throw Raise(
        .valueError,
        "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples."
          + sizes.map { "'\($0.0)' sizes: \($0.1.map(String.init).joined(separator: ", "))\n" }.joined())
    }
    return all.first ?? 0
  }

  /// (x, y, sample_weight) of what a program yields.
  static func batch(_ value: Value, _ machine: Machine) throws -> KerasBatch {
    var parts = [value]
    if let tuple = value.asTuple, tuple.subclass == nil {
      parts = tuple.items
    } else if let list = value.asList, list.count <= 3, KerasTree.isStructure(value) {
      parts = list.items
    }
    guard parts.count <= 3, !parts.isEmpty else {
      throw Raise(
        .valueError,
        "Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: "
          + (try machine.repr(value)))
    }
    let x = try tree(parts[0], machine, "x")
    let y = parts.count > 1 ? try tree(parts[1], machine, "y") : .none
    let weights = parts.count > 2 && !parts[2].isNone ? try tree(parts[2], machine, "sample_weight") : .none
    return KerasBatch(x: x, y: y, weights: weights, count: try rows([("x", x), ("y", y)]))
  }

  /// Whether data is asked for batch by batch.
  static func isIterated(_ value: Value, _ machine: Machine) -> Bool {
    if value.asTensorObject != nil || value.asList != nil || value.asTuple != nil || value.asDict != nil {
      return false
    }
    if value.asInstance is any ArraySource || value.asNumpyScalar != nil { return false }
    if value.isNone || value.isUndefined { return false }
    if value.asInstance is TensorflowDataset { return true }
    if let instance = value.asInstance {
      return instance.type.lookup("__iter__") != nil || instance.type.lookup("__getitem__") != nil
    }
    return value.asDouble == nil && value.swiftString == nil
  }

  /// `class_weight={0: 1.0, 1: 5.0}`.
  static func classWeights(_ value: Value, _ machine: Machine) throws -> [Int: Double]? {
    if value.isNone || value.isUndefined { return nil }
    guard let dict = value.asDict else {
      throw Raise(
        .valueError, "class_weight is a dict of factors by class, got \(machine.typeName(value))",
        hint: "class_weight={0: 1.0, 1: 5.0}")
    }
    var result: [Int: Double] = [:]
    for (key, factor) in dict.pairs {
      guard let number = try machine.index(key) ?? machine.scalar(key)?.int,
        let weight = try machine.float(factor)
      else {
        throw Raise(
          .valueError, "class_weight is a dict of factors by class, got the entry "
            + "\(try machine.repr(key)): \(try machine.repr(factor))")
      }
      result[number] = weight
    }
    return result
  }

  /// A factor per row, by its class.
  static func rowWeights(_ y: Value, _ classes: [Int: Double], _ machine: Machine) throws -> Tensor {
    guard let tensor = y.asTensorObject?.tensor else {
      throw Raise(.valueError, "`class_weight` is only supported for Models with a single output.")
    }
    let labels = try tensor.rank > 1 && (tensor.shape.last ?? 1) > 1
      ? tensor.argmax(axis: -1).ints() : tensor.reshape([-1]).to(.int64).ints()
    return try Tensor(labels.map { Float(classes[$0] ?? 1) })
  }
}
