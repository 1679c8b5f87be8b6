import Language
import NeuralNetworks
import TensorCore

/// Data sets made of arrays: windows over time, two parts.
enum KerasSeries {
  static let windows = Native(
    "timeseries_dataset_from_array(data, targets, sequence_length, sequence_stride=1, sampling_rate=1, "
      + "batch_size=128, shuffle=False, seed=None, start_index=None, end_index=None)",
    "Batches of windows over rows, with the target of each window's first row.",
    example: "keras.utils.timeseries_dataset_from_array([1, 2, 3], None, sequence_length=2)"
  ) { a in
    let machine = a.machine
    let all = try machine.tensorflowTensor(a[0])
    let targets = a[1].isNone ? nil : try machine.tensorflowTensor(a[1])
    let (length, stride, rate) = (try a.int(2), try a.int(3), try a.int(4))
    guard length > 0, stride > 0, rate > 0, let rows = all.shape.first else {
      throw Raise(.valueError, "sequence_length, sequence_stride and sampling_rate must be positive")
    }
    let begin = try a.optionalInt(8) ?? 0
    let end = try a.optionalInt(9) ?? rows
    guard begin >= 0, begin <= end, end <= rows else {
      throw Raise(.valueError, "start_index and end_index must lie in [0, \(rows)], got \(begin) and \(end)")
    }
    let reach = (length - 1) * rate
    // Windows start in the data, and where there are targets not beyond them.
    var last = end - begin - reach - 1
    if let targets { last = min(last, (targets.shape.first ?? 0) - 1) }
    var starts = last < 0 ? [] : Array(Swift.stride(from: 0, through: last, by: stride))
    if try a.bool(6) {
      let source = try a.optionalInt(7).map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
      let order = try Tensor.randperm(starts.count, generator: source).ints()
      starts = order.map { starts[$0] }
    }
    let size = try a[5].isNone ? nil : a.int(5)
    if let size, size <= 0 { throw Raise(.valueError, "batch_size must be positive, got \(size)") }
    let groups = size.map { size in
      Swift.stride(from: 0, to: starts.count, by: size).map { Array(starts[$0..<min(starts.count, $0 + size)]) }
    } ?? starts.map { [$0] }
    return TensorflowDataset.make(groups.count, machine) { machine in
      var place = 0
      return {
        guard place < groups.count else { return nil }
        let own = groups[place]
        place += 1
        let numbers = own.flatMap { start in (0..<length).map { begin + start + $0 * rate } }
        var batch = try all.indexSelect(0, Tensor(numbers)).reshape([own.count, length] + all.shape.dropFirst())
        var wanted = try targets?.indexSelect(0, Tensor(own))
        if size == nil {
          batch = try batch.select(0, 0)
          wanted = try wanted?.select(0, 0)
        }
        guard let wanted else { return machine.kerasValue(batch) }
        return .tuple([machine.kerasValue(batch), machine.kerasValue(wanted)])
      }
    }
  }

  static let split = Native(
    "split_dataset(dataset, left_size=None, right_size=None, shuffle=False, seed=None, preferred_backend=None)",
    "Two data sets of one."
  ) { a in
    let machine = a.machine
    var items: [Value] = []
    if let set = a[0].asInstance as? TensorflowDataset {
      let next = try set.start(machine)
      while let value = try next() {
        try Interrupt.check()
        items.append(value)
      }
    } else {
      let tree = try KerasData.tree(a[0], machine, "dataset")
      let rows = try KerasData.rows([("dataset", tree)])
      items = try (0..<rows).map { row in
        try KerasTree.map(tree) { leaf in
          machine.kerasValue(try (leaf.asTensorObject?.tensor ?? Tensor.zeros([1])).select(0, row))
        }
      }
    }
    func size(_ index: Int) throws -> Int? {
      if a[index].isNone { return nil }
      if case .int(let count) = a[index] { return count }
      return Int((try a.double(index) * Double(items.count)).rounded())
    }
    let (left, right) = (try size(1), try size(2))
    guard left != nil || right != nil else {
      throw Raise(.valueError, "At least one of the `left_size` or `right_size` must be specified. Received: left_size=None and right_size=None")
    }
    let first = left ?? items.count - (right ?? 0)
    let second = right ?? items.count - first
    guard first >= 0, second >= 0, first + second <= items.count else {
      throw Raise(.valueError, "split_dataset: \(first) and \(second) are more than the \(items.count) samples")
    }
    if try a.bool(3) {
      let source = try a.optionalInt(4).map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
      let order = try Tensor.randperm(items.count, generator: source).ints()
      items = order.map { items[$0] }
    }
    func part(_ range: Range<Int>) -> Value {
      let own = Array(items[range])
      return TensorflowDataset.make(own.count, machine) { _ in
        var place = 0
        return {
          guard place < own.count else { return nil }
          place += 1
          return own[place - 1]
        }
      }
    }
    return .tuple([part(0..<first), part(first..<(first + second))])
  }

  static let isSymbolic = Native("is_keras_tensor(x)", "Whether x is a symbolic value of a model.", example: "keras.utils.is_keras_tensor(keras.Input((2,)))") { a in
    .bool(a[0].asInstance is KerasTensor)
  }
}
