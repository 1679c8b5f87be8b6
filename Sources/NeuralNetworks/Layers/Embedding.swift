import TensorCore

/// A row of a table for each whole number: [...] of int64 to [..., size]. `weight` is [rows, size].
public final class Embedding: Module {
  public let rows: Int
  public let size: Int
  /// A row that stays as it is: its gradient is zero.
  public let padding: Int?
  public let maxNorm: Double?
  public let normPower: Double

  /// - Parameter padding: counted from the end when negative; the row begins as zeros.
  public init(
    _ rows: Int, _ size: Int, padding: Int? = nil, maxNorm: Double? = nil, normPower: Double = 2,
    weight given: Tensor? = nil, dtype: DType = .float32, generator: Generator = .default
  ) throws {
    if let padding, padding >= rows || padding < -rows {
      throw NeuralNetworkError.argument(
        owner: "", message: "Padding_idx must be within num_embeddings")
    }
    self.rows = rows
    self.size = size
    self.padding = padding.map { $0 < 0 ? $0 + rows : $0 }
    self.maxNorm = maxNorm
    self.normPower = normPower
    super.init()
    if let given {
      guard given.shape == [rows, size] else {
        throw NeuralNetworkError.argument(
          owner: "", message: "Shape of weight does not match num_embeddings and embedding_dim")
      }
      try register(parameter: given, named: "weight")
    } else {
      let first = self.padding
      try make("weight", [rows, size], dtype: dtype) { weight in
        try weight.normal(inPlace: 0, 1, generator: generator)
        if let first { try weight.select(0, first).fill(0) }
      }
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    guard let weight = tensor("weight") else { throw NeuralNetworkError.notBuilt(layer: kind) }
    return try input.embedded(in: weight, padding: padding, maxNorm: maxNorm, normPower: normPower)
  }
}

extension Tensor {
  /// The rows of a table that the integers of this tensor name.
  public func embedded(
    in table: Tensor, padding: Int? = nil, maxNorm: Double? = nil, normPower: Double = 2
  ) throws -> Tensor {
    guard dtype == .int64 || dtype == .int32 else {
      throw TensorError.argument(
        operation: "embedding",
        message: "Expected tensor for argument #1 'indices' to have one of the following scalar types: "
          + "Long, Int; but got torch.\(dtype == .float32 ? "FloatTensor" : dtype == .float64 ? "DoubleTensor" : "\(dtype)") instead (while checking arguments for embedding)")
    }
    guard table.rank == 2 else {
      throw TensorError.argument(operation: "embedding", message: "'weight' must be 2-D")
    }
    let flat = try to(.int64).reshape([-1])
    let rows = table.shape[0]
    try flat.contiguous().withElements(of: Int64.self) { values in
      for value in values where value < 0 || value >= rows {
        throw TensorError.index(operation: "embedding", index: Int(value), size: rows, axis: 0)
      }
    }
    if let maxNorm {
      try noGrad {
        let used = try flat.unique().values
        let chosen = try table.indexSelect(0, used)
        let limited = try chosen.renorm(power: normPower, axis: 0, limit: maxNorm)
        try table.copy(from: table.indexCopy(0, used, limited))
      }
    }
    let result = try noGrad { try table.indexSelect(0, flat).reshape(shape + [table.shape[1]]) }
    let width = table.shape[1]
    return result.recorded(as: "EmbeddingBackward0", from: [table], givesFresh: true) { gradient in
      var rows = try gradient.reshape([-1, width])
      if let padding {
        let counts = try Comparison.notEqual(flat, .int(padding)).to(rows.dtype).reshape([-1, 1])
        rows = try rows * counts
      }
      return [try rows.added(atRows: flat, of: table.shape)]
    }
  }
}

/// Sums, means or maxima of rows of a table, bag by bag.
public final class EmbeddingBag: Module {
  public enum Mode: String, Sendable { case sum, mean, max }
  public let rows: Int
  public let size: Int
  public let mode: Mode
  public let padding: Int?

  public init(
    _ rows: Int, _ size: Int, mode: Mode = .mean, padding: Int? = nil, dtype: DType = .float32,
    weight given: Tensor? = nil, generator: Generator = .default
  ) throws {
    if let padding, padding >= rows || padding < -rows {
      throw NeuralNetworkError.argument(
        owner: "", message: "padding_idx must be within num_embeddings")
    }
    self.rows = rows
    self.size = size
    self.mode = mode
    self.padding = padding.map { $0 < 0 ? $0 + rows : $0 }
    super.init()
    if let given {
      try register(parameter: given, named: "weight")
    } else {
      let first = self.padding
      try make("weight", [rows, size], dtype: dtype) { weight in
        try weight.normal(inPlace: 0, 1, generator: generator)
        if let first { try weight.select(0, first).fill(0) }
      }
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    guard let weight = tensor("weight") else { throw NeuralNetworkError.notBuilt(layer: kind) }
    return try input.embeddedBags(in: weight, offsets: nil, weights: nil, mode: mode, padding: padding)
  }
}

extension Tensor {
  /// - Parameters:
  ///   - offsets: where each bag of a flat input begins; nil where each row is a bag.
  ///   - weights: factors of the input's shape, for sums.
  public func embeddedBags(
    in table: Tensor, offsets: Tensor?, weights: Tensor?, mode: EmbeddingBag.Mode, padding: Int? = nil
  ) throws -> Tensor {
    guard (rank == 2) == (offsets == nil), rank == 1 || rank == 2 else {
      throw TensorError.argument(
        operation: "embedding_bag",
        message: rank == 2
          ? "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences."
          : rank == 1
            ? "offsets has to be a 1D Tensor but got None" : "input has to be 1D or 2D Tensor, but got Tensor of dimension \(rank)")
    }
    let flat = try to(.int64).reshape([-1])
    var starts: [Int] = []
    if let offsets {
      starts = try offsets.to(.int64).ints()
      guard starts.first ?? 0 == 0 else {
        throw TensorError.argument(
          operation: "embedding_bag",
          message: "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got \(starts[0])")
      }
      guard (starts.last ?? 0) <= flat.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }) else {
        throw TensorError.argument(
          operation: "embedding_bag",
          message: "offsets[-1] can not be greater than input's length(\(flat.count)) but got offsets[-1] of \(starts.last ?? 0)")
      }
    } else {
      starts = (0..<shape[0]).map { $0 * shape[1] }
    }
    let ends = starts.dropFirst() + [flat.count]
    let factors = try weights?.reshape([-1])
    let numbers = try flat.ints()
    var bags: [Tensor] = []
    for (start, end) in zip(starts, ends) {
      let places = (start..<Swift.max(start, end)).filter { numbers[$0] != padding }
      guard !places.isEmpty else {
        bags.append(try Tensor.zeros([table.shape[1]], dtype: table.dtype))
        continue
      }
      let chosen = try Tensor(places.map { Int64($0) })
      var vectors = try flat.indexSelect(0, chosen).embedded(in: table)
      if let factors { vectors = try vectors * factors.indexSelect(0, chosen).unsqueeze(1) }
      switch mode {
      case .sum: bags.append(try vectors.sum([0]))
      case .mean: bags.append(try vectors.mean([0]))
      case .max: bags.append(try vectors.amax([0]))
      }
    }
    if bags.isEmpty { return try Tensor.zeros([0, table.shape[1]], dtype: table.dtype) }
    return try Tensor.stack(bags).named(gradientFunction: "EmbeddingBagBackward0")
  }
}
