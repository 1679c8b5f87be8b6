import Compute

// Choosing elements by a condition.

extension Tensor {
  /// `a` where the condition holds, else `b`; all three broadcast.
  public static func `where`(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, promotion: Promotion = .torch
  ) throws -> Tensor {
    let flags =
      try condition.dtype == .bool
      ? condition : Comparison.notEqual(condition, .int(0))
    let type =
      a.dtype == b.dtype ? a.dtype : promotion.result(a.dtype, a.weight, b.dtype, b.weight)
    let (x, y) = (try a.converted(to: type), try b.converted(to: type))
    let shape = try Shape.broadcast(
      flags.shape, Shape.broadcast(x.shape, y.shape, "where"), "where")
    let out = try empty(shape, dtype: type, "where")
    try Elementwise.select(flags, x, y, into: out)
    if x.records || y.records {
      let (shapeX, shapeY) = (x.shape, y.shape)
      out.record("WhereBackward0", [x.edge, y.edge]) { call in
        let g = call.gradient
        return [
          call.needs(0) ? try Tensor.where(flags, g, .double(0)).sum(to: shapeX) : nil,
          call.needs(1) ? try Tensor.where(flags, .double(0), g).sum(to: shapeY) : nil,
        ]
      }
    }
    return out
  }

  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Scalar) throws -> Tensor {
    try Tensor.where(condition, a, a.operand(b))
  }

  public static func `where`(_ condition: Tensor, _ a: Scalar, _ b: Tensor) throws -> Tensor {
    try Tensor.where(condition, b.operand(a), b)
  }

  /// A copy with `value` where the mask is true.
  public func maskedFill(_ mask: Tensor, _ value: Scalar) throws -> Tensor {
    guard mask.dtype == .bool else {
      throw TensorError.dtype(
        operation: "masked_fill", found: mask.dtype, needed: "bool for the mask")
    }
    return try Tensor.where(mask, Tensor(number: value, dtype: dtype), self)
      .named(gradientFunction: "MaskedFillBackward0")
  }

  /// Each element brought into `min...max`; a side that is nil is open. NaN stays.
  public func clamp(min low: Scalar? = nil, max high: Scalar? = nil) throws -> Tensor {
    guard low != nil || high != nil else {
      throw TensorError.argument(
        operation: "clamp", message: "At least one of 'min' or 'max' must not be None")
    }
    // Elements on a bound have no gradient, as in PyTorch 2.15.
    var result = try noGrad {
      var result = self.detached()
      if let low { result = try BinaryOperation.maximum(result, result.operand(low)) }
      if let high { result = try BinaryOperation.minimum(result, result.operand(high)) }
      return result
    }
    if result === self { result = try clone() }
    if records {
      let saved = Saved(self)
      result.record("ClampBackward1", [edge]) { call in
        let x = try saved.value("clamp")
        var inside = try Tensor.full(x.shape, .bool(true))
        if let low { inside = try Comparison.and(inside, Comparison.greater(x, low)) }
        if let high { inside = try Comparison.and(inside, Comparison.less(x, high)) }
        return [try Tensor.where(inside, call.gradient, .double(0))]
      }
    }
    return result
  }

  /// The lower triangle of the last two axes, 0 above diagonal `k`.
  public func tril(_ k: Int = 0) throws -> Tensor { try triangle("tril", k, lower: true) }

  /// The upper triangle of the last two axes, 0 below diagonal `k`.
  public func triu(_ k: Int = 0) throws -> Tensor { try triangle("triu", k, lower: false) }

  private func triangle(_ name: String, _ k: Int, lower: Bool) throws -> Tensor {
    guard rank >= 2 else {
      throw TensorError.wrongShape(operation: name, found: shape, needed: "one with two axes")
    }
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let mask = try Tensor.empty([rows, columns], dtype: .bool, name)
    let flags = mask.elements(UInt8.self)
    for i in 0..<rows {
      for j in 0..<columns {
        let (shift, overflow) = i.addingReportingOverflow(k)
        let keeps = overflow ? (k > 0) == lower : lower ? j <= shift : j >= shift
        flags[i &* columns &+ j] = keeps ? 1 : 0
      }
    }
    return try Tensor.where(mask, self, .int(0))
      .named(gradientFunction: lower ? "TrilBackward0" : "TriuBackward0")
  }
}

extension OperationTable {
  static let selection: [OperationDeclaration] = [
    OperationDeclaration(name: "where", family: "Selection", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([3])]) {
          try Tensor.where(Comparison.greater($0[0], .double(0.2)), $0[0], $0[1])
        }
      ]
    },
    OperationDeclaration(name: "clamp", family: "Selection", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([6])]) {
          try $0[0].clamp(min: -0.9, max: 1.1)
        },
        OperationSample([try OperationSample.values([6])]) { try $0[0].clamp(max: 0.05) },
      ]
    },
    OperationDeclaration(name: "tril", family: "Selection", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 3])]) { try $0[0].tril(-1) }]
    },
    OperationDeclaration(name: "triu", family: "Selection", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3, 4])]) { try $0[0].triu(1) }]
    },
    OperationDeclaration(name: "masked_fill", family: "Selection", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3])]) {
          try $0[0].maskedFill(Comparison.less($0[0], .double(0)), -1.5)
        }
      ]
    },
  ]

  static let layouts: [OperationDeclaration] = [
    layout("reshape") { try $0.reshape([4, -1]) },
    layout("permute") { try $0.permute([2, 0, 1]) },
    layout("transpose") { try $0.transpose(0, 2) },
    layout("flatten") { try $0.flatten(from: 1) },
    layout("unsqueeze") { try $0.unsqueeze(1) },
    layout("expand") { try $0.unsqueeze(0).expand([3, -1, -1, -1]) },
    layout("select") { try $0.select(1, -1) },
    layout("narrow") { try $0.narrow(1, start: 1, length: 2) },
    layout("slice") {
      try $0.index([.all, .slice(start: nil, stop: nil, step: -2), .newAxis, .at(1)])
    },
    layout("diagonal") { try $0.diagonal(offset: 1) },
    layout("clone") { try $0.clone() },
    layout("copied view") { try $0.transpose(0, 1).reshape([-1]) },
  ]

  private static func layout(
    _ name: String, _ apply: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> OperationDeclaration {
    OperationDeclaration(name: name, family: "Views", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3, 4])]) { try apply($0[0]) }]
    }
  }
}
