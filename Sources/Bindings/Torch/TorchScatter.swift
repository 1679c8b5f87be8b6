import Language
import TensorCore

/// Functions that write to places an index names; most are `name_` as well.
enum TorchScatter {
  /// Functions that are methods as well.
  static let functions: [Native] =
    computed.map(\.native) + [
      torchRow("take_along_dim(input, indices, dim=None)", "Along an axis the elements that an index names; the other axes broadcast.", "torch.take_along_dim(torch.tensor([[3, 1]]), torch.tensor([[1, 0]]), 1)") { a in
        let x = try a.torchTensor(0)
        guard let dim = try a.axis(2) else {
          return try x.reshape([-1]).takeAlong(0, a.torchTensor(1).reshape([-1]))
        }
        return try x.takeAlong(dim, a.torchTensor(1))
      }
    ]

  /// The same functions as methods that change the receiver.
  static let methods: [Native] =
    computed.map { $0.native.inPlaceMethod($0.body) } + [
      Native("scatter_add_(self, dim, index, src)", "src added at the places that an index tensor names, in place.", example: "torch.zeros(3).scatter_add_(0, torch.tensor([0, 2, 2]), torch.ones(3))") { a in
        try a.torchTensor(0).overwrite("scatter_add_") {
          try $0.scatterAdd(a.int(1), a.torchTensor(2), a.torchTensor(3))
        }
        return a[0]
      },
      Native("put_(self, index, source, accumulate=False)", "Elements at row-major places, in place.", example: "torch.zeros(2, 2).put_(torch.tensor([3]), torch.tensor([5.]))") { a in
        try a.torchTensor(0).overwrite("put_") {
          try $0.put(a.torchTensor(1), a.torchTensor(2), accumulate: a.bool(3))
        }
        return a[0]
      },
      Native("index_put_(self, indices, values, accumulate=False)", "x[indices] = values, or += where accumulate says so.", example: "torch.zeros(3).index_put_((torch.tensor([1]),), torch.tensor(5.))") { a in
        let object = try a.tensorObject(0)
        let parts = try TensorKeys.parts(a.machine.tuple(a[1]), object, a.machine)
        let values = try a.torchTensor(2)
        guard try a.bool(3) else {
          try object.tensor.assign(parts, value: values)
          return a[0]
        }
        try object.tensor.overwrite("index_put_") { try $0.indexAdded(parts, values) }
        return a[0]
      },
      Native("fill_diagonal_(self, fill_value, wrap=False)", "The diagonal set to a value.", example: "torch.zeros(2, 2).fill_diagonal_(1)") { a in
        let x = try a.torchTensor(0)
        guard x.rank >= 2 else { throw Raise(.runtimeError, "dimensions must larger than 1") }
        try x.diagonal().fill(a.scalar(1))
        return a[0]
      },
      Native("tril_(self, diagonal=0)", "The lower triangle kept, in place.", example: "torch.ones(2, 2).tril_()") { a in
        try a.torchTensor(0).overwrite("tril_") { try $0.tril(a.int(1)) }
        return a[0]
      },
      Native("triu_(self, diagonal=0)", "The upper triangle kept, in place.", example: "torch.ones(2, 2).triu_()") { a in
        try a.torchTensor(0).overwrite("triu_") { try $0.triu(a.int(1)) }
        return a[0]
      },
      Native("cumsum_(self, dim)", "The running sum, in place.", example: "torch.ones(3).cumsum_(0)") { a in
        try a.torchTensor(0).overwrite("cumsum_") { try $0.cumsum(a.int(1)) }
        return a[0]
      },
      Native("addcmul_(self, tensor1, tensor2, *, value=1)", "self += value * tensor1 * tensor2.", example: "torch.zeros(2).addcmul_(torch.ones(2), torch.ones(2))") { a in
        try a.torchTensor(0).overwrite("addcmul_") {
          try $0 + a.torchTensor(1) * a.torchTensor(2) * a.scalar(3)
        }
        return a[0]
      },
      Native("addcdiv_(self, tensor1, tensor2, *, value=1)", "self += value * tensor1 / tensor2.", example: "torch.zeros(2).addcdiv_(torch.ones(2), torch.ones(2))") { a in
        try a.torchTensor(0).overwrite("addcdiv_") {
          try $0 + a.torchTensor(1) / a.torchTensor(2) * a.scalar(3)
        }
        return a[0]
      },
      Native("lerp_(self, end, weight)", "self += weight * (end - self).", example: "torch.zeros(2).lerp_(torch.ones(2), 0.5)") { a in
        try a.torchTensor(0).overwrite("lerp_") { x in
          let gap = try a.torchTensor(1) - x
          switch try a.operand(2, .torch) {
          case .number(let weight): return try x + gap * weight
          case .tensor(let weight): return try x + gap * weight
          }
        }
        return a[0]
      },
      Native("clamp_min_(self, min)", "Not below a bound, in place.", example: "torch.tensor([-1., 2.]).clamp_min_(0)") { a in
        try a.torchTensor(0).overwrite("clamp_min_") { try $0.clamp(min: a.scalar(1)) }
        return a[0]
      },
      Native("clamp_max_(self, max)", "Not above a bound, in place.", example: "torch.tensor([-1., 2.]).clamp_max_(0)") { a in
        try a.torchTensor(0).overwrite("clamp_max_") { try $0.clamp(max: a.scalar(1)) }
        return a[0]
      },
      Native("nan_to_num_(self, nan=0.0, posinf=None, neginf=None)", "NaN and infinities replaced, in place.", example: "torch.tensor([float('nan')]).nan_to_num_()") { a in
        try a.torchTensor(0).overwrite("nan_to_num_") {
          try $0.replacingNonFinite(nan: a.optionalDouble(1) ?? 0, positive: a.optionalDouble(2), negative: a.optionalDouble(3))
        }
        return a[0]
      },
      Native("round_(self, *, decimals=0)", "Rounded, in place.", example: "torch.tensor([1.5]).round_()") { a in
        try a.torchTensor(0).overwrite("round_") { try $0.round(decimals: a.int(1)) }
        return a[0]
      },
    ]
    + Operators.comparisons.map { row in
      Native("\(row.name)_(self, other)", "self \(row.sign) other as numbers, in place.", example: "torch.tensor([1., 2.]).\(row.name)_(1)") { a in
        let tensor = try a.torchTensor(0)
        try tensor.copy(from: row(tensor, a.operand(1, .torch), .torch).to(tensor.dtype))
        return a[0]
      }
    }

  /// A function whose result has its first argument's shape.
  private struct Row: @unchecked Sendable {
    let signature: String
    let doc: String
    let example: String
    let body: (Tensor, Arguments) throws -> Tensor

    init(
      _ signature: String, _ doc: String, _ example: String,
      _ body: @escaping (Tensor, Arguments) throws -> Tensor
    ) {
      self.signature = signature
      self.doc = doc
      self.example = example
      self.body = body
    }

    var native: Native { torchRow(signature, doc, example) { try body($0.torchTensor(0), $0) } }
  }

  private static let computed: [Row] = [
    Row(
      "scatter(input, dim, index, src=None, *, value=None, reduce=None)",
      "src or a value where an index points on an axis.",
      "torch.scatter(torch.zeros(2, 3), 1, torch.tensor([[0], [2]]), 1.)",
      { x, a in
        let (dim, index) = (try a.int(1), try a.torchTensor(2))
        let given = a.isGiven(4) && !a[4].isNone ? 4 : 3
        if let mode = try a.optionalString(5) {
          let source =
            try a[given].asTensorObject?.tensor
            ?? Tensor.full(index.shape, a.scalar(given), dtype: x.dtype)
          return try x.scatterReduce(dim, index, source, mode == "multiply" ? .prod : .sum)
        }
        if let source = a[given].asTensorObject { return try x.scatter(dim, index, source.tensor) }
        return try x.scatter(dim, index, a.scalar(given))
      }
    ),
    Row(
      "scatter_reduce(input, dim, index, src, reduce, *, include_self=True)",
      "src reduced ('sum', 'prod', 'mean', 'amax', 'amin') with what stands where an index points.",
      "torch.scatter_reduce(torch.zeros(2), 0, torch.tensor([0, 0]), torch.tensor([1., 2.]), 'sum')",
      { x, a in
        try x.scatterReduce(
          a.int(1), a.torchTensor(2), a.torchTensor(3), reduction(a, 4), includeSelf: a.bool(5))
      }
    ),
    Row(
      "index_add(input, dim, index, source, *, alpha=1)",
      "Slices added to the slices of an axis that an index names.",
      "torch.index_add(torch.zeros(3, 2), 0, torch.tensor([0, 0]), torch.ones(2, 2))",
      { x, a in try x.indexAdd(a.int(1), a.torchTensor(2), a.torchTensor(3), alpha: a.scalar(4)) }
    ),
    Row(
      "index_copy(input, dim, index, source)",
      "Slices in place of the slices of an axis that an index names.",
      "torch.index_copy(torch.zeros(3, 2), 0, torch.tensor([2]), torch.ones(1, 2))",
      { x, a in try x.indexCopy(a.int(1), a.torchTensor(2), a.torchTensor(3)) }
    ),
    Row(
      "index_fill(input, dim, index, value)",
      "A value in the slices of an axis that an index names.",
      "torch.index_fill(torch.zeros(3), 0, torch.tensor([1]), 5.)",
      { x, a in try x.indexFill(a.int(1), a.torchTensor(2), a.scalar(3)) }
    ),
    Row(
      "masked_scatter(input, mask, source)", "The elements of source in order where a mask holds.",
      "torch.masked_scatter(torch.zeros(3), torch.tensor([True, False, True]), torch.ones(2))",
      { x, a in try x.maskedScatter(a.torchTensor(1), a.torchTensor(2)) }
    ),
    Row(
      "index_reduce(input, dim, index, source, reduce, *, include_self=True)",
      "Slices reduced with the slices of an axis that an index names.",
      "torch.index_reduce(torch.ones(3), 0, torch.tensor([0, 0]), torch.tensor([2., 3.]), 'prod')",
      { x, a in
        let (dim, source) = (try a.int(1), try a.torchTensor(3))
        let axis = try Shape.axis(dim, rank: x.rank, "index_reduce")
        var wide = Array(repeating: 1, count: x.rank)
        if x.rank > 0 { wide[axis] = try a.torchTensor(2).count }
        let index = try a.torchTensor(2).reshape(wide).expand(source.shape)
        return try x.scatterReduce(dim, index, source, reduction(a, 4), includeSelf: a.bool(5))
      }
    ),
  ]

  private static func reduction(_ a: Arguments, _ index: Int) throws -> ScatterReduction {
    let name = try a.string(index)
    if let known = ScatterReduction(rawValue: name) { return known }
    throw Raise(
      .runtimeError, "reduce argument must be either sum, prod, mean, amax or amin, got \(name).")
  }
}

extension Machine {
  /// A sequence as a tuple; anything else as it is.
  func tuple(_ value: Value) throws -> Value {
    value.asList != nil ? .tuple(try array(value)) : value
  }
}
