import TensorCore

/// Units without weights that move, cut, join or drop elements.
public enum KerasArrangements {
  typealias Failure = NeuralNetworkError

  /// [batch, ...] -> [batch, all the rest].
  public static func flatten() -> KerasUnit {
    FunctionUnit(masking: false, keepsDType: true) { shapes in
      let rest = shapes[0].dropFirst()
      if shapes[0].isEmpty { return [[nil]] }
      if rest.isEmpty { return [[shapes[0][0], 1]] }
      return [[shapes[0][0], product(rest)]]
    } _: { x, _, _ in
      let t = x[0]
      return [try t.reshape([t.shape.first ?? 1, t.shape.dropFirst().reduce(1, *)])]
    }
  }

  private static func product(_ sizes: some Sequence<Int?>) -> Int? {
    var result = 1
    for size in sizes {
      guard let size else { return nil }
      result = result.multipliedReportingOverflow(by: size).partialValue
    }
    return result
  }

  /// [batch, ...] -> [batch] + target; one size may be -1.
  public static func reshape(_ target: [Int]) -> KerasUnit {
    func full(_ input: OpenShape) throws -> OpenShape {
      let known = target.filter { $0 != -1 }.reduce(1, *)
      let total = product(input.dropFirst())
      guard let total else { return [input.first ?? nil] + target.map { $0 == -1 ? nil : $0 } }
      let open = target.filter { $0 == -1 }.count
      guard open == 0 ? known == total : open == 1 && known > 0 && total % known == 0 else {
        throw Failure.argument(
          owner: "Reshape",
          message: "The total size of the tensor must be unchanged. Received: input_shape="
            + "\(KerasUnit.text(Array(input.dropFirst()))), target_shape="
            + KerasUnit.text(target.map { $0 }))
      }
      return [input.first ?? nil] + target.map { $0 == -1 ? total / known : $0 }
    }
    return FunctionUnit(masking: false, keepsDType: true) { [try full($0[0])] } _: { x, _, _ in
      let shape = try full(x[0].shape.map { $0 })
      return [try x[0].reshape([x[0].shape.first ?? 1] + shape.dropFirst().map { $0 ?? -1 })]
    }
  }

  /// The axes behind the batch in another order; they are counted from 1.
  public static func permute(_ order: [Int]) throws -> KerasUnit {
    guard order.sorted() == Array(1..<(order.count + 1)) else {
      throw Failure.argument(
        owner: "Permute",
        message: "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` "
          + "must be consecutive and start from 1. Received dims=\(KerasUnit.text(order.map { $0 }))")
    }
    return FunctionUnit(
      masking: false, keepsDType: true, spec: InputSpec(rank: order.count + 1)
    ) { shapes in
      guard shapes[0].count == order.count + 1 else { return shapes }
      return [[shapes[0][0]] + order.map { shapes[0][$0] }]
    } _: { x, _, _ in [try x[0].permute([0] + order)] }
  }

  /// [batch, size] -> [batch, times, size].
  public static func repeatVector(_ times: Int) -> KerasUnit {
    FunctionUnit(masking: false, keepsDType: true, spec: InputSpec(rank: 2)) { shapes in
      shapes[0].count == 2 ? [[shapes[0][0], times, shapes[0][1]]] : shapes
    } _: { x, _, _ in [try x[0].unsqueeze(1).repeated([1, times, 1])] }
  }

  /// Zeros around axes behind the batch: (before, behind) per axis; with negative amounts, cutting.
  public static func pad(
    _ owner: String, _ amounts: [(Int, Int)], channelsFirst: Bool = false
  ) -> KerasUnit {
    let first = channelsFirst ? 2 : 1
    return FunctionUnit(
      masking: false, keepsDType: true, spec: InputSpec(rank: amounts.count + 2)
    ) { shapes in
      var shape = shapes[0]
      guard shape.count == amounts.count + 2 else { return shapes }
      for (i, (before, behind)) in amounts.enumerated() {
        guard let size = shape[first + i] else { continue }
        let new = size + before + behind
        guard new > 0 || before >= 0 else {
          throw Failure.argument(
            owner: owner,
            message: "Values in `cropping` argument should be smaller than the corresponding spatial "
              + "dimension of the input. Received: inputs.shape=\(KerasUnit.text(shapes[0]))")
        }
        shape[first + i] = new
      }
      return [shape]
    } _: { x, _, _ in
      var all = [(Int, Int)](repeating: (0, 0), count: x[0].rank)
      for (i, amount) in amounts.enumerated() { all[first + i] = amount }
      return [try x[0].padded(all)]
    }
  }

  /// Every row and column several times, or interpolated between them.
  public static func upsample(
    _ factors: [Int], mode: Interpolation, channelsFirst: Bool = false
  ) -> KerasUnit {
    let first = channelsFirst ? 2 : 1
    return FunctionUnit(masking: false, spec: InputSpec(rank: factors.count + 2)) { shapes in
      var shape = shapes[0]
      guard shape.count == factors.count + 2 else { return shapes }
      for (i, factor) in factors.enumerated() { shape[first + i] = shape[first + i].map { $0 * factor } }
      return [shape]
    } _: { x, _, _ in
      let rank = x[0].rank
      let images = try channelsFirst ? x[0] : x[0].permute([0, rank - 1] + (1..<(rank - 1)))
      let sizes = factors.enumerated().map { images.shape[$0 + 2] * $1 }
      let y = try images.resized(sizes, mode)
      return [try channelsFirst ? y : y.permute([0] + (2..<rank) + [1])]
    }
  }

  /// The mean or the largest over all axes between batch and channels.
  public static func global(
    maximum: Bool, axes: Int, keepDims: Bool, channelsFirst: Bool
  ) -> KerasUnit {
    let over = Array(channelsFirst ? 2..<(axes + 2) : 1..<(axes + 1))
    return GlobalPoolingUnit(maximum: maximum, rank: axes + 2, over: over, keepDims: keepDims)
  }

  // MARK: - Dropping and noise

  /// Elements set to 0 in training, the others scaled up.
  /// - Parameter shape: sizes of the mask by axis; nil is the input's size.
  public static func dropout(_ rate: Double, shape: [Int?]? = nil, spatial: Int? = nil) -> KerasUnit {
    FunctionUnit(masking: true, spec: spatial.map { InputSpec(rank: $0 + 2) }) { x, context, random in
      guard context.isTraining, rate > 0 else { return [x[0]] }
      if rate >= 1 { return [try x[0].multiplied(by: 0)] }
      var sizes = x[0].shape
      if let spatial { for axis in 1..<(spatial + 1) where axis < sizes.count { sizes[axis] = 1 } }
      if let shape {
        for (axis, size) in shape.enumerated() where axis < sizes.count { sizes[axis] = size ?? sizes[axis] }
      }
      let keep = try Tensor.bernoulli(1 - rate, sizes, dtype: x[0].dtype, generator: random)
      return [try x[0].multiplied(by: keep.divided(by: .double(1 - rate)))]
    }
  }

  public static func gaussianNoise(_ deviation: Double) -> KerasUnit {
    FunctionUnit(masking: true) { x, context, random in
      guard context.isTraining, deviation > 0 else { return [x[0]] }
      let noise = try Tensor.zeros(x[0].shape)
      try noise.normal(inPlace: 0, deviation, generator: random)
      return [try x[0].adding(noise)]
    }
  }

  public static func gaussianDropout(_ rate: Double) -> KerasUnit {
    FunctionUnit(masking: true) { x, context, random in
      guard context.isTraining, rate > 0, rate < 1 else { return [x[0]] }
      let noise = try Tensor.zeros(x[0].shape)
      try noise.normal(inPlace: 1, (rate / (1 - rate)).squareRoot(), generator: random)
      return [try x[0].multiplied(by: noise)]
    }
  }

  /// Dropout that keeps mean and variance of self-normalizing units. (Klambauer et al. 2017)
  public static func alphaDropout(_ rate: Double) -> KerasUnit {
    FunctionUnit(masking: true) { x, context, random in
      guard context.isTraining, rate > 0, rate < 1 else { return [x[0]] }
      let low = -1.6732632423543772 * 1.0507009873554805
      let keep = try Tensor.bernoulli(1 - rate, x[0].shape, dtype: .float32, generator: random)
      let a = 1 / ((1 - rate) * (1 + rate * low * low)).squareRoot()
      let b = -a * low * rate
      let y = try x[0].multiplied(by: keep).adding(keep.neg().adding(1).multiplied(by: .double(low)))
      return [try y.multiplied(by: .double(a)).adding(.double(b))]
    }
  }

  /// Steps whose features all equal `value` count nothing from here on.
  public static func masking(_ value: Double) -> KerasUnit { MaskingUnit(value) }

  // MARK: - Joining

  public enum Join: String, Sendable {
    case add = "Add", subtract = "Subtract", multiply = "Multiply", average = "Average"
    case maximum = "Maximum", minimum = "Minimum"
  }

  static func broadcast(_ shapes: [OpenShape], _ owner: String) throws -> OpenShape {
    guard shapes.count > 1 else {
      throw Failure.argument(
        owner: owner,
        message: "A merge layer should be called on a list of at least 2 inputs. Received "
          + "\(shapes.count) input(s): \(shapes.map { KerasUnit.text($0) }.joined(separator: ", "))")
    }
    var result = shapes[0]
    for shape in shapes.dropFirst() {
      let rank = max(result.count, shape.count)
      let a = [Int?](repeating: 1, count: rank - result.count) + result
      let b = [Int?](repeating: 1, count: rank - shape.count) + shape
      result = try zip(a, b).map { x, y in
        if x == y || y == 1 { return x }
        if x == 1 { return y }
        if x == nil || y == nil { return x ?? y }
        throw Failure.argument(
          owner: owner,
          message: "Inputs have incompatible shapes. Received shapes "
            + "\(KerasUnit.text(Array(a.dropFirst()))) and \(KerasUnit.text(Array(b.dropFirst())))")
      }
    }
    return result
  }

  public static func join(_ kind: Join) -> KerasUnit {
    FunctionUnit(masking: true, several: true) { [try broadcast($0, kind.rawValue)] } _: { x, _, _ in
      if kind == .subtract, x.count != 2 {
        throw Failure.argument(
          owner: "Subtract",
          message: "A `Subtract` layer should be called on exactly 2 inputs. Received: "
            + "\(x.count) inputs")
      }
      guard var y = x.first, x.count > 1 else {
        throw Failure.argument(
          owner: kind.rawValue,
          message: "A merge layer should be called on a list of at least 2 inputs. Received "
            + "\(x.count) input(s).")
      }
      for other in x.dropFirst() {
        switch kind {
        case .add, .average: y = try y.adding(other)
        case .subtract: y = try y.subtracting(other)
        case .multiply: y = try y.multiplied(by: other)
        case .maximum: y = try y.maximum(other)
        case .minimum: y = try y.minimum(other)
        }
      }
      return [kind == .average ? try y.divided(by: .double(Double(x.count))) : y]
    }
  }

  public static func concatenate(_ axis: Int) -> KerasUnit {
    FunctionUnit(masking: true, several: true, keepsDType: true) { shapes in
      guard shapes.count > 0, let first = shapes.first else {
        throw Failure.argument(
          owner: "Concatenate",
          message: "A `Concatenate` layer should be called on a list of at least 1 input.")
      }
      let place = axis < 0 ? axis + first.count : axis
      var result = first
      for shape in shapes.dropFirst() {
        let fits =
          shape.count == first.count
          && zip(shape, first).enumerated().allSatisfy { i, pair in
            i == place || pair.0 == pair.1 || pair.0 == nil || pair.1 == nil
          }
        guard fits, result.indices.contains(place) else {
          throw Failure.argument(
            owner: "Concatenate",
            message: "A `Concatenate` layer requires inputs with matching shapes except for the "
              + "concatenation axis. Received: input_shape=["
              + shapes.map { KerasUnit.text($0) }.joined(separator: ", ") + "]")
        }
        result[place] = result[place].flatMap { a in shape[place].map { a + $0 } }
      }
      return [result]
    } _: { x, _, _ in [try Tensor.cat(x, axis: axis)] }
  }

  /// Products over one axis of two inputs, batch by batch.
  public static func dot(_ axes: (Int, Int), normalize: Bool) -> KerasUnit {
    func place(_ axis: Int, _ rank: Int) -> Int { axis < 0 ? axis + rank : axis }
    return FunctionUnit(masking: false, several: true) { shapes in
      guard shapes.count == 2 else {
        throw Failure.argument(
          owner: "Dot", message: "A `Dot` layer should be called on a list of 2 inputs. Received "
            + "\(shapes.count)")
      }
      let (a, b) = (place(axes.0, shapes[0].count), place(axes.1, shapes[1].count))
      guard shapes[0].indices.contains(a), shapes[1].indices.contains(b) else {
        throw Failure.argument(owner: "Dot", message: "the axes \(axes) are not axes of the inputs")
      }
      if let x = shapes[0][a], let y = shapes[1][b], x != y {
        throw Failure.argument(
          owner: "Dot",
          message: "Incompatible input shapes: axis values \(x) (at axis \(a)) != \(y) (at axis "
            + "\(b)). Full input shapes: \(KerasUnit.text(shapes[0])), \(KerasUnit.text(shapes[1]))")
      }
      var left = shapes[0]
      left.remove(at: a)
      var right = shapes[1]
      right.remove(at: b)
      let result = left + right.dropFirst()
      return [result.count == 1 ? result + [1] : result]
    } _: { x, _, _ in
      guard x.count == 2 else {
        throw Failure.argument(owner: "Dot", message: "A `Dot` layer takes 2 inputs")
      }
      let (a, b) = (place(axes.0, x[0].rank), place(axes.1, x[1].rank))
      var (p, q) = (x[0], x[1])
      if normalize {
        p = try p.multiplied(by: p.square().sum([a], keepDims: true).clamp(min: .double(1e-12)).rsqrt())
        q = try q.multiplied(by: q.square().sum([b], keepDims: true).clamp(min: .double(1e-12)).rsqrt())
      }
      let left = try p.permute([0] + (1..<p.rank).filter { $0 != a } + [a])
      let right = try q.permute([0, b] + (1..<q.rank).filter { $0 != b })
      let (batch, size) = (p.shape[0], p.shape[a])
      let rows = left.shape.dropFirst().dropLast()
      let columns = right.shape.dropFirst(2)
      let y = try left.reshape([batch, rows.reduce(1, *), size]).matmul(
        right.reshape([batch, size, columns.reduce(1, *)]))
      let shape = [batch] + rows + columns
      return [try y.reshape(shape.count == 1 ? shape + [1] : shape)]
    }
  }
}

/// `Masking`: which steps count.
final class MaskingUnit: KerasUnit {
  private let value: Double
  init(_ value: Double) {
    self.value = value
    super.init()
  }
  override var supportsMasking: Bool { true }
  override var makesMask: Bool { true }
  override var needsNoBuild: Bool { true }
  private func steps(_ x: Tensor) throws -> Tensor {
    try Comparison.notEqual(x, .double(value)).any([-1])
  }
  override func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    [try x[0].multiplied(by: steps(x[0]).unsqueeze(-1).to(x[0].dtype))]
  }
  override func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    [try steps(x[0])]
  }
}

/// `GlobalAveragePooling1D` and its kin; with a mask the mean counts only what is not masked.
final class GlobalPoolingUnit: KerasUnit {
  private let maximum: Bool
  private let rank: Int
  private let over: [Int]
  private let keepDims: Bool

  init(maximum: Bool, rank: Int, over: [Int], keepDims: Bool) {
    self.maximum = maximum
    self.rank = rank
    self.over = over
    self.keepDims = keepDims
    super.init()
  }
  override var needsNoBuild: Bool { true }
  override var inputSpec: InputSpec? { InputSpec(rank: rank) }
  override func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    guard shapes[0].count == rank else { return shapes }
    if keepDims {
      return [shapes[0].enumerated().map { over.contains($0) ? 1 : $1 }]
    }
    return [shapes[0].enumerated().filter { !over.contains($0.offset) }.map(\.element)]
  }
  override func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    if maximum { return [try x[0].amax(over, keepDims: keepDims)] }
    if rank == 3, over == [1], let mask = context.mask {
      let factors = try mask.to(x[0].dtype).unsqueeze(2)
      return [
        try x[0].multiplied(by: factors).sum([1], keepDims: keepDims).divided(
          by: factors.sum([1], keepDims: keepDims))
      ]
    }
    return [try x[0].mean(over, keepDims: keepDims)]
  }
}
