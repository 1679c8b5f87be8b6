import Language
import TensorCore

/// Functions that reduce axes: `torch.sum(input, dim)` and `input.sum(dim)`.
///
/// `axis` and `keepdims` are NumPy's names for `dim` and `keepdim`, which PyTorch takes as well.
enum TorchReductions {
  static let functions: [Native] = folds + spreads + extremes + places + running + whole

  private static let sample = "torch.tensor([[1., 2.], [3., 4.]])"

  private static let folds: [Native] = [
    Native(
      "sum(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=None)",
      "The sum over axes, or of all elements.", example: "torch.sum(\(sample), dim=0)"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(
        try object.tensor.sum(
          a.axes(1, 4), keepDims: a.flag(2, 5), dtype: a.optionalDType(3, .torch)))
    },
    Native(
      "mean(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=None)",
      "The mean over axes, or of all elements.", example: "torch.mean(\(sample), dim=1)"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(
        try object.tensor.mean(
          a.axes(1, 4), keepDims: a.flag(2, 5), dtype: a.optionalDType(3, .torch)))
    },
    Native(
      "prod(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=None)",
      "The product over an axis, or of all elements.", example: "torch.prod(\(sample))"
    ) { a in
      var tensor = try a.torchTensor(0)
      if let dtype = try a.optionalDType(3, .torch) { tensor = try tensor.to(dtype) }
      return a.machine.torchValue(try tensor.prod(a.axes(1, 4), keepDims: a.flag(2, 5)))
    },
    Native(
      "logsumexp(input, dim, keepdim=False)", "log(sum(exp(input))) over axes, without overflow.",
      example: "torch.logsumexp(\(sample), 1)"
    ) { a in
      a.machine.torchValue(try a.torchTensor(0).logSumExp(a.axes(1), keepDims: a.flag(2)))
    },
    Native(
      "norm(input, p=2, dim=None, keepdim=False)", "The p-norm over axes, or of all elements.",
      example: "torch.norm(torch.tensor([3., 4.]))"
    ) { a in
      a.machine.torchValue(
        try a.torchTensor(0).norm(a.axes(2), order: order(a, 1), keepDims: a.flag(3)))
    },
  ]

  /// The order of a norm: a number, 'fro', or an infinity.
  static func order(_ a: Arguments, _ index: Int) throws -> Double {
    if a[index].isNone || !a.isGiven(index) { return 2 }
    if let text = a[index].swiftString {
      if text == "fro" { return 2 }
      if text == "inf" { return .infinity }
      throw Raise(.valueError, "\(a.name) there is no norm '\(text)'; use a number or 'fro'")
    }
    return try a.double(index)
  }

  /// The freedom that `correction` or the older `unbiased` asks for.
  private static func correction(_ a: Arguments) throws -> Double {
    if a.isGiven(2), !a[2].isNone { return try a.bool(2) ? 1 : 0 }
    return try a.double(3)
  }

  private static let spreads: [Native] = [
    Native(
      "var(input, dim=None, unbiased=None, correction=1, keepdim=False, *, axis=None, keepdims=None)",
      "The variance; divided by n - correction.", example: "torch.var(\(sample), dim=0)"
    ) { a in
      let (dim, unbiased) = try split(a)
      return a.machine.torchValue(
        try a.torchTensor(0).variance(
          dim, correction: unbiased ?? correction(a), keepDims: a.flag(4, 6)))
    },
    Native(
      "std(input, dim=None, unbiased=None, correction=1, keepdim=False, *, axis=None, keepdims=None)",
      "The standard deviation; the variance is divided by n - correction.",
      example: "torch.std(\(sample), dim=0)"
    ) { a in
      let (dim, unbiased) = try split(a)
      return a.machine.torchValue(
        try a.torchTensor(0).std(
          dim, correction: unbiased ?? correction(a), keepDims: a.flag(4, 6)))
    },
  ]

  /// `x.std(False)` names the correction where axes stand otherwise.
  private static func split(_ a: Arguments) throws -> (axes: [Int], correction: Double?) {
    if case .bool(let flag) = a[1] { return ([], flag ? 1 : 0) }
    return (try a.axes(1, 5), nil)
  }

  // MARK: - Extremes

  static let resultTables = ["max", "min", "sort", "topk", "median", "kthvalue", "mode", "cummax", "cummin"]
    .map { NamedResult.table($0, fields: ["values", "indices"]) }

  /// `torch.return_types.max(values=..., indices=...)`
  static func pair(_ name: String, _ values: Tensor, _ indices: Tensor, _ machine: Machine) -> Value {
    guard let table = resultTables.first(where: { $0.name == name }) else {
      return .tuple([machine.torchValue(values), machine.torchValue(indices)])
    }
    return NamedResult.make(
      [machine.torchValue(values), machine.torchValue(indices)], table, machine)
  }

  private static func extreme(
    _ name: String, _ word: String, _ elementwise: BinaryOperation,
    _ whole: @escaping (Tensor) throws -> Tensor,
    _ along: @escaping (Tensor, Int, Bool) throws -> (values: Tensor, indices: Tensor)
  ) -> Native {
    Native(
      "\(name)(input, dim=None, keepdim=False, *, axis=None, keepdims=None)",
      "The \(word) element; along an axis with its places; of two tensors element by element.",
      example: "torch.\(name)(\(sample), 1)"
    ) { a in
      let tensor = try a.torchTensor(0)
      if let other = a[1].asTensorObject {
        return a.machine.torchValue(try elementwise(tensor, other.tensor))
      }
      guard let dim = try a.axis(1, 3) else { return a.machine.torchValue(try whole(tensor)) }
      let (values, indices) = try along(tensor, dim, a.flag(2, 4))
      return pair(name, values, indices, a.machine)
    }
  }

  private static let extremes: [Native] = [
    extreme("max", "largest", .maximum, { try $0.max() }, { try $0.max($1, keepDims: $2) }),
    extreme("min", "smallest", .minimum, { try $0.min() }, { try $0.min($1, keepDims: $2) }),
    Native(
      "amax(input, dim=(), keepdim=False)", "The largest element over axes.",
      example: "torch.amax(\(sample), 0)"
    ) { a in a.machine.torchValue(try a.torchTensor(0).amax(a.axes(1), keepDims: a.flag(2))) },
    Native(
      "amin(input, dim=(), keepdim=False)", "The smallest element over axes.",
      example: "torch.amin(\(sample), 0)"
    ) { a in a.machine.torchValue(try a.torchTensor(0).amin(a.axes(1), keepDims: a.flag(2))) },
    Native(
      "aminmax(input, *, dim=None, keepdim=False)", "The smallest and the largest element, of all or along an axis.",
      example: "torch.aminmax(\(sample))"
    ) { a in
      let tensor = try a.torchTensor(0)
      let axes = try a.axes(1)
      let (low, high) = axes.isEmpty
        ? (try tensor.min(), try tensor.max())
        : (try tensor.amin(axes, keepDims: a.bool(2)), try tensor.amax(axes, keepDims: a.bool(2)))
      return NamedResult.make(
        [a.machine.torchValue(low), a.machine.torchValue(high)], extremesResult, a.machine)
    },
  ]

  private static let extremesResult = NamedResult.table("aminmax", fields: ["min", "max"])

  private static let places: [Native] = [
    Native(
      "argmax(input, dim=None, keepdim=False, *, axis=None)",
      "The place of the largest element, the first among equals.",
      example: "torch.argmax(\(sample), dim=1)"
    ) { a in
      a.machine.torchValue(
        try a.torchTensor(0).argmax(axis: a.axis(1, 3), keepDims: a.flag(2)))
    },
    Native(
      "argmin(input, dim=None, keepdim=False, *, axis=None)",
      "The place of the smallest element, the first among equals.",
      example: "torch.argmin(\(sample), dim=1)"
    ) { a in
      a.machine.torchValue(
        try a.torchTensor(0).argmin(axis: a.axis(1, 3), keepDims: a.flag(2)))
    },
    Native(
      "any(input, dim=None, keepdim=False)", "Whether any element is true.",
      example: "torch.any(\(sample) > 3)"
    ) { a in a.machine.torchValue(try a.torchTensor(0).any(a.axes(1), keepDims: a.flag(2))) },
    Native(
      "all(input, dim=None, keepdim=False)", "Whether all elements are true.",
      example: "torch.all(\(sample) > 0)"
    ) { a in a.machine.torchValue(try a.torchTensor(0).all(a.axes(1), keepDims: a.flag(2))) },
    Native(
      "count_nonzero(input, dim=None)", "How many elements are not 0.",
      example: "torch.count_nonzero(torch.eye(3))"
    ) { a in a.machine.torchValue(try a.torchTensor(0).countNonzero(a.axes(1))) },
  ]

  private static let running: [Native] = [
    Native(
      "cumsum(input, dim, *, dtype=None, axis=None)", "The running sum along an axis.",
      example: "torch.cumsum(torch.tensor([1, 2, 3]), 0)"
    ) { a in
      var tensor = try a.torchTensor(0)
      if let dtype = try a.optionalDType(2, .torch) { tensor = try tensor.to(dtype) }
      return a.machine.torchValue(try tensor.cumsum(a.int(1)))
    },
    Native(
      "cumprod(input, dim, *, dtype=None)", "The running product along an axis.",
      example: "torch.cumprod(torch.tensor([1, 2, 3]), 0)"
    ) { a in a.machine.torchValue(try a.torchTensor(0).cumprod(a.int(1))) },
  ]

  private static let whole: [Native] = [
    Native(
      "softmax(input, dim, dtype=None)", "exp(input) divided by its sum along an axis.",
      example: "torch.softmax(torch.tensor([1., 2., 3.]), dim=0)"
    ) { a in
      let tensor = try floating(a, "softmax_lastdim_kernel_impl")
      return a.machine.torchValue(try tensor.softmax(axis: a.int(1)))
    },
    Native(
      "log_softmax(input, dim, dtype=None)", "The logarithm of softmax, exact for large inputs.",
      example: "torch.log_softmax(torch.tensor([1., 2., 3.]), dim=0)"
    ) { a in
      let tensor = try floating(a, "log_softmax_lastdim_kernel_impl")
      return a.machine.torchValue(try tensor.logSoftmax(axis: a.int(1)))
    },
  ]

  private static func floating(_ a: Arguments, _ kernel: String) throws -> Tensor {
    var tensor = try a.torchTensor(0)
    if let dtype = try a.optionalDType(2, .torch) { tensor = try tensor.to(dtype) }
    guard tensor.dtype.isFloating else {
      throw Raise(
        .notImplementedError,
        "\"\(kernel)\" not implemented for '\(TensorErrors.className(tensor.dtype))'",
        hint: "x.float() first")
    }
    return tensor
  }
}
