import TensorCore

/// A price that a weight adds to the loss.
public struct Regularizer: Sendable {
  /// Keras's class: `"L2"`.
  public let name: String
  /// The settings, for `get_config`.
  public let settings: [(name: String, value: Double)]
  private let price: @Sendable (Tensor) throws -> Tensor

  public init(
    _ name: String, _ settings: [(name: String, value: Double)] = [],
    _ price: @escaping @Sendable (Tensor) throws -> Tensor
  ) {
    self.name = name
    self.settings = settings
    self.price = price
  }

  /// A tensor [] .
  public func callAsFunction(_ weight: Tensor) throws -> Tensor { try price(weight) }

  /// l1 * sum(|w|) + l2 * sum(w^2).
  public static func l1l2(_ l1: Double, _ l2: Double, name: String = "L1L2") -> Regularizer {
    var settings: [(name: String, value: Double)] = []
    if name != "L2" { settings.append(("l1", l1)) }
    if name != "L1" { settings.append(("l2", l2)) }
    return Regularizer(name, settings) { w in
      var total: Tensor?
      if l1 != 0 { total = try w.abs().sum().multiplied(by: .double(l1)) }
      if l2 != 0 {
        let squares = try w.square().sum().multiplied(by: .double(l2))
        total = try total.map { try $0.adding(squares) } ?? squares
      }
      return try total ?? Tensor.zeros([])
    }
  }

  /// factor * the mean of what W W^T (or W^T W) has off its diagonal, as Keras counts it.
  public static func orthogonal(_ factor: Double, rows: Bool) -> Regularizer {
    Regularizer("OrthogonalRegularizer", [("factor", factor)]) { w in
      guard w.rank == 2 else {
        throw NeuralNetworkError.argument(
          owner: "OrthogonalRegularizer",
          message: "Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape="
            + KerasUnit.text(w.shape.map { $0 }))
      }
      let axis = rows ? 1 : 0
      let unit = try w.divided(
        by: w.square().sum([axis], keepDims: true).clamp(min: .double(1e-12)).sqrt())
      let product = try rows ? unit.matmul(unit.t()) : unit.t().matmul(unit)
      let size = rows ? w.shape[0] : w.shape[1]
      let off = try product.multiplied(by: Tensor.eye(size).neg().adding(1)).abs().sum()
      let pairs = Double(size * (size - 1)) / 2
      return try off.multiplied(by: .double(0.5 * factor / max(1, pairs)))
    }
  }

  /// The regularizer of a Keras name with its defaults, nil for an unknown one.
  public init?(name: String) {
    switch name {
    case "l1": self = .l1l2(0.01, 0, name: "L1")
    case "l2": self = .l1l2(0, 0.01, name: "L2")
    case "l1_l2", "l1l2": self = .l1l2(0.01, 0.01)
    case "orthogonal_regularizer": self = .orthogonal(0.01, rows: true)
    default: return nil
    }
  }
}

/// What a weight is brought back to after each step.
public struct Constraint: Sendable {
  public let name: String
  public let settings: [(name: String, value: Double)]
  private let project: @Sendable (Tensor) throws -> Tensor

  public init(
    _ name: String, _ settings: [(name: String, value: Double)] = [],
    _ project: @escaping @Sendable (Tensor) throws -> Tensor
  ) {
    self.name = name
    self.settings = settings
    self.project = project
  }

  public func callAsFunction(_ weight: Tensor) throws -> Tensor { try project(weight) }

  private static func norms(_ w: Tensor, _ axes: [Int]) throws -> Tensor {
    try w.square().sum(axes, keepDims: true).sqrt()
  }

  /// Columns no longer than `limit`.
  public static func maxNorm(_ limit: Double, axes: [Int]) -> Constraint {
    Constraint("MaxNorm", [("max_value", limit)]) { w in
      let length = try norms(w, axes)
      let wanted = try length.clamp(min: 0, max: .double(limit))
      return try w.multiplied(by: wanted.divided(by: length.adding(.double(1e-7))))
    }
  }

  /// Negative weights become 0.
  public static let nonNegative = Constraint("NonNeg") { w in
    try w.multiplied(by: Comparison.greaterOrEqual(w, .int(0)).to(w.dtype))
  }

  /// Columns of length 1.
  public static func unitNorm(axes: [Int]) -> Constraint {
    Constraint("UnitNorm") { w in
      try w.divided(by: norms(w, axes).adding(.double(1e-7)))
    }
  }

  /// Columns of lengths between two bounds, approached by `rate`.
  public static func minMaxNorm(_ low: Double, _ high: Double, rate: Double, axes: [Int]) -> Constraint {
    Constraint("MinMaxNorm", [("min_value", low), ("max_value", high), ("rate", rate)]) { w in
      let length = try norms(w, axes)
      let wanted = try length.clamp(min: .double(low), max: .double(high))
        .multiplied(by: .double(rate)).adding(length.multiplied(by: .double(1 - rate)))
      return try w.multiplied(by: wanted.divided(by: length.adding(.double(1e-7))))
    }
  }

  /// The constraint of a Keras name with its defaults, nil for an unknown one.
  public init?(name: String) {
    switch name {
    case "max_norm", "maxnorm", "MaxNorm": self = .maxNorm(2, axes: [0])
    case "non_neg", "nonneg", "NonNeg": self = .nonNegative
    case "unit_norm", "unitnorm", "UnitNorm": self = .unitNorm(axes: [0])
    case "min_max_norm", "MinMaxNorm": self = .minMaxNorm(0, 1, rate: 1, axes: [0])
    default: return nil
    }
  }
}
