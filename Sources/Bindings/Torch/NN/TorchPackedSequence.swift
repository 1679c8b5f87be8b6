import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.utils.rnn.PackedSequence`: sequences of different lengths without their padding.
final class TorchPackedSequence: Instance {
  /// All steps, time by time, of the sequences from long to short.
  let data: Tensor
  /// How many sequences have each step.
  let batchSizes: [Int]
  /// The place among the sorted that each sequence has, and back; nil where they came sorted.
  let sorted: [Int]?

  init(_ data: Tensor, _ batchSizes: [Int], _ sorted: [Int]?, _ type: TypeObject) {
    self.data = data
    self.batchSizes = batchSizes
    self.sorted = sorted
    super.init(type)
  }

  var unsorted: [Int]? {
    guard let sorted else { return nil }
    var result = sorted
    for (i, place) in sorted.enumerated() where result.indices.contains(place) { result[place] = i }
    return result
  }

  private static func of(_ value: Value) -> TorchPackedSequence? { value.asInstance as? TorchPackedSequence }

  static func indices(_ values: [Int]) throws -> Tensor { try Tensor(values.map { Int64($0) }) }

  static let table = TypeTable(
    "PackedSequence", module: "torch.nn.utils.rnn", doc: "Sequences of different lengths without padding.",
    properties: [
      NativeProperty("data", "All steps, time by time.") { value, machine in
        of(value).map { machine.torchValue($0.data) } ?? .none
      },
      NativeProperty("batch_sizes", "How many sequences have each step.") { value, machine in
        try of(value).map { machine.torchValue(try indices($0.batchSizes)) } ?? .none
      },
      NativeProperty("sorted_indices", "The order from long to short.") { value, machine in
        try of(value)?.sorted.map { machine.torchValue(try indices($0)) } ?? .none
      },
      NativeProperty("unsorted_indices", "Back to the given order.") { value, machine in
        try of(value)?.unsorted.map { machine.torchValue(try indices($0)) } ?? .none
      },
    ],
    methods: [
      Native("__repr__(self)", "The parts.") { a in
        let own = try a.receiver(TorchPackedSequence.self)
        let m = a.machine
        func part(_ values: [Int]?) throws -> String {
          try values.map { try m.repr(m.torchValue(indices($0))) } ?? "None"
        }
        return .string(
          "PackedSequence(data=\(try m.repr(m.torchValue(own.data))), batch_sizes=\(try part(own.batchSizes)), sorted_indices=\(try part(own.sorted)), unsorted_indices=\(try part(own.unsorted)))"
        )
      }
    ])

  // MARK: - Padding

  /// [time, batch, ...], filled up with a value, in the order of the data; and the lengths.
  func padded(_ fill: Double, steps: Int? = nil) throws -> (Tensor, [Int]) {
    let batch = batchSizes.first ?? 0
    let rest = Array(data.shape.dropFirst())
    var rows: [Tensor] = []
    var start = 0
    for size in batchSizes {
      let step = try data.narrow(0, start: start, length: size)
      start += size
      let empty = try Tensor.full([batch - size] + rest, .double(fill), dtype: data.dtype)
      rows.append(size == batch ? step : try Tensor.cat([step, empty]))
    }
    while rows.count < steps ?? 0 {
      rows.append(try Tensor.full([batch] + rest, .double(fill), dtype: data.dtype))
    }
    let lengths = (0..<batch).map { place in batchSizes.filter { $0 > place }.count }
    return (try Tensor.stack(rows), lengths)
  }

  /// A recurrent layer on the sequences.
  func run(_ layer: RecurrentLayer, _ states: [Tensor]?, _ name: String, _ machine: Machine) throws -> Value {
    let (input, lengths) = try padded(0)
    let mask = try Tensor.stack(
      (0..<input.shape[0]).map { step in try Tensor(lengths.map { $0 > step }) })
    let order = try sorted.map { try Self.indices($0) }
    let begin = try states?.map { state in try order.map { try state.indexSelect(1, $0) } ?? state }
    let x = layer.batchFirst ? try input.transpose(0, 1) : input
    let result = try layer.run(x, begin, mask: mask)
    let output = layer.batchFirst ? try result.output.transpose(0, 1) : result.output
    var steps: [Tensor] = []
    for (step, size) in batchSizes.enumerated() {
      steps.append(try output.select(0, step).narrow(0, start: 0, length: size))
    }
    let back = try unsorted.map { try Self.indices($0) }
    let ends = try result.states.map { state in
      machine.torchValue(try back.map { try state.indexSelect(1, $0) } ?? state)
    }
    let packed = TorchPackedSequence(try Tensor.cat(steps), batchSizes, sorted, machine.type(Self.table))
    return .tuple([.object(packed), name == "LSTM" ? .tuple(ends) : ends[0]])
  }

  // MARK: - Functions of torch.nn.utils.rnn

  static let functions: [Native] = [
    Native("pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True)", "Sequences without their padding.", example: "torch.nn.utils.rnn.pack_padded_sequence(torch.ones(3, 2, 1), [3, 1]).batch_sizes") { a in
      var x = try a.torchTensor(0)
      let lengths = try a[1].asTensorObject?.tensor.to(.int64).ints() ?? a.shape(1)
      if try a.bool(2) { x = try x.transpose(0, 1) }
      guard x.rank >= 2, lengths.count == x.shape[1] else {
        throw Raise(
          .runtimeError,
          "Expected `len(lengths)` to be equal to batch_size, but got \(lengths.count) (batch_size=\(x.rank > 1 ? x.shape[1] : 0))")
      }
      guard lengths.allSatisfy({ $0 > 0 }) else {
        throw Raise(
          .runtimeError,
          "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
      }
      guard lengths.allSatisfy({ $0 <= x.shape[0] }) else {
        throw Raise(.runtimeError, "Expected all lengths to be at most \(x.shape[0]), the padded length")
      }
      let order = lengths.indices.sorted { lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1 }
      var sorted: [Int]?
      if try a.bool(3) {
        guard zip(lengths, lengths.dropFirst()).allSatisfy({ $0 >= $1 }) else {
          throw Raise(
            .runtimeError,
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.")
        }
      } else {
        sorted = order
        x = try x.indexSelect(1, indices(order))
      }
      let ordered = sorted == nil ? lengths : order.map { lengths[$0] }
      var steps: [Tensor] = []
      var sizes: [Int] = []
      for step in 0..<(ordered.first ?? 0) {
        let size = ordered.filter { $0 > step }.count
        sizes.append(size)
        steps.append(try x.select(0, step).narrow(0, start: 0, length: size))
      }
      return .object(
        TorchPackedSequence(try Tensor.cat(steps), sizes, sorted, a.machine.type(table)))
    },
    Native("pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None)", "The sequences with padding, and their lengths.", example: "torch.nn.utils.rnn.pad_packed_sequence(torch.nn.utils.rnn.pack_padded_sequence(torch.ones(3, 2, 1), [3, 1]))[1]") { a in
      guard let packed = a.instance(0, TorchPackedSequence.self) else { throw a.mismatch(0, expected: "PackedSequence") }
      var (x, lengths) = try packed.padded(a.double(2), steps: a.optionalInt(3))
      if let back = packed.unsorted {
        x = try x.indexSelect(1, indices(back))
        lengths = back.map { lengths[$0] }
      }
      if try a.bool(1) { x = try x.transpose(0, 1) }
      return .tuple([a.machine.torchValue(x), a.machine.torchValue(try indices(lengths))])
    },
    Native("pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right')", "Sequences of different lengths as one tensor, filled up.", example: "torch.nn.utils.rnn.pad_sequence([torch.ones(2), torch.ones(3)], batch_first=True)") { a in
      let parts = try a.tensors(0, .torch)
      guard let first = parts.first else {
        throw Raise(.runtimeError, "received an empty list of sequences")
      }
      guard parts.allSatisfy({ $0.rank == first.rank && $0.rank > 0 && $0.shape.dropFirst() == first.shape.dropFirst() }) else {
        throw Raise(.runtimeError, "pad_sequence: the sequences differ in more than their first axis")
      }
      let longest = parts.map { $0.shape[0] }.max() ?? 0
      let value = try a.double(2)
      let left = try a.string(3) == "left"
      let rows = try parts.map { part -> Tensor in
        let missing = longest - part.shape[0]
        if missing == 0 { return part }
        let fill = try Tensor.full([missing] + part.shape.dropFirst(), .double(value), dtype: part.dtype)
        return try Tensor.cat(left ? [fill, part] : [part, fill])
      }
      return a.machine.torchValue(try Tensor.stack(rows, axis: a.bool(1) ? 0 : 1))
    },
    Native("pack_sequence(sequences, enforce_sorted=True)", "Sequences of different lengths, packed.", example: "torch.nn.utils.rnn.pack_sequence([torch.ones(3), torch.ones(1)]).batch_sizes") { a in
      let parts = try a.tensors(0, .torch)
      let door = try a.machine.importModule("torch.nn.utils.rnn", first: false)
      let padded = try a.machine.call(a.machine.attribute(door, "pad_sequence"), [a[0]])
      let lengths = Value.list(parts.map { .int($0.shape.first ?? 0) })
      return try a.machine.call(
        a.machine.attribute(door, "pack_padded_sequence"), [padded, lengths],
        keywords: [("enforce_sorted", a[1])])
    },
    Native("unpad_sequence(padded_sequences, lengths, batch_first=False)", "The sequences of a padded tensor.", example: "torch.nn.utils.rnn.unpad_sequence(torch.ones(3, 2), torch.tensor([3, 1]))") { a in
      let x = try a.bool(2) ? a.torchTensor(0) : a.torchTensor(0).transpose(0, 1)
      let lengths = try a[1].asTensorObject?.tensor.to(.int64).ints() ?? a.shape(1)
      guard lengths.count == x.shape[0] else { throw Raise(.runtimeError, "unpad_sequence: one length for each sequence") }
      return .list(try lengths.enumerated().map { a.machine.torchValue(try x.select(0, $0).narrow(0, start: 0, length: $1)) })
    },
  ]
}
