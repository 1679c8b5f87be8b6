import Language
import NeuralNetworks
import TensorCore

/// More of `keras.ops`: functions that other doors have already, under Keras's names.
enum KerasNumpyOps {
  /// Tensors of a result as TensorFlow's; whole numbers of 64 bits as 32 where Keras gives those.
  private static func shown(_ value: Value, _ narrows: Bool, _ machine: Machine) throws -> Value {
    if let list = value.asList { return .list(try list.items.map { try shown($0, narrows, machine) }) }
    if let tuple = value.asTuple { return .tuple(try tuple.items.map { try shown($0, narrows, machine) }) }
    var isNumber = value.asNumpyScalar != nil || value.asInstance is any ArraySource
    switch value {
    case .int, .float, .bool: isNumber = true
    default: break
    }
    guard isNumber || value.asTensorObject != nil else { return value }
    let tensor = try machine.tensorflowTensor(value)
    return machine.kerasValue(narrows && tensor.dtype == .int64 ? try tensor.to(.int32) : tensor)
  }

  /// - Parameters:
  ///   - tensors: how many arguments in front are tensors.
  ///   - floats: whether whole numbers become float32 first.
  private static func through(
    _ module: String, _ signature: String, _ target: String, tensors: Int = 1, floats: Bool = false,
    narrows: Bool = false
  ) -> Native {
    let name = target.split(separator: ".").map(String.init)
    // TensorFlow's names for a function have parameters that the function does not take.
    let own = signature.split(separator: ",").count
    return KerasOps.op(signature, "The function \(module).\(target), on TensorFlow's tensors.") { c in
      var arguments: [Value] = []
      for (place, value) in c.values.prefix(own).enumerated() where c.names[place] != "name" {
        guard place < tensors, !value.isNone, !value.isUndefined else {
          arguments.append(value)
          continue
        }
        if value.asList != nil || value.asTuple != nil, KerasTree.isStructure(value) {
          arguments.append(
            .list(
              try c.machine.array(value).map { item in
                let tensor = try c.machine.tensorflowTensor(item)
                return module == "numpy" ? c.machine.ndarray(tensor.detach()) : c.machine.torchValue(tensor)
              }))
          continue
        }
        var tensor = try c.machine.tensorflowTensor(value)
        if floats, !tensor.dtype.isFloating, !tensor.dtype.isComplex { tensor = try tensor.to(.float32) }
        arguments.append(module == "numpy" ? c.machine.ndarray(tensor.detach()) : c.machine.torchValue(tensor))
      }
      while let last = arguments.last, last.isUndefined { arguments.removeLast() }
      var function = try c.machine.importModule(module, first: false)
      for step in name { function = try c.machine.attribute(function, step) }
      return try shown(c.machine.call(function, arguments), narrows, c.machine)
    }
  }

  /// Functions that gradients flow through: PyTorch's.
  private static let differentiable: [Native] =
    [
      ("arccos", "acos"), ("arccosh", "acosh"), ("arcsin", "asin"), ("arcsinh", "asinh"), ("arctan", "atan"),
      ("arctanh", "atanh"), ("erfc", "erfc"), ("erfinv", "erfinv"), ("exp2", "exp2"), ("deg2rad", "deg2rad"),
      ("rad2deg", "rad2deg"), ("sinc", "sinc"),
    ].map { through("torch", "\($0)(x)", $1, floats: true) }
    + [
      ("fabs", "abs"), ("trunc", "trunc"), ("signbit", "signbit"), ("isneginf", "isneginf"),
      ("isposinf", "isposinf"), ("bitwise_not", "bitwise_not"), ("bitwise_invert", "bitwise_not"),
      ("ravel", "ravel"), ("real", "real"), ("imag", "imag"), ("conj", "conj"), ("conjugate", "conj"),
      ("angle", "angle"), ("copy", "clone"), ("det", "linalg.det"), ("inv", "linalg.inv"),
      ("slogdet", "linalg.slogdet"), ("logdet", "logdet"), ("eigh", "linalg.eigh"), ("isreal", "isreal"),
    ].map { through("torch", "\($0)(x)", $1) }
    + [
      ("arctan2", "atan2"), ("hypot", "hypot"), ("logaddexp", "logaddexp"), ("logaddexp2", "logaddexp2"),
      ("nextafter", "nextafter"), ("heaviside", "heaviside"),
    ].map { through("torch", "\($0)(x1, x2)", $1, tensors: 2, floats: true) }
    + [
      ("fmax", "fmax"), ("fmin", "fmin"), ("fmod", "fmod"), ("gcd", "gcd"), ("lcm", "lcm"),
      ("logical_xor", "logical_xor"), ("bitwise_and", "bitwise_and"), ("bitwise_or", "bitwise_or"),
      ("bitwise_xor", "bitwise_xor"), ("bitwise_left_shift", "bitwise_left_shift"),
      ("bitwise_right_shift", "bitwise_right_shift"), ("left_shift", "bitwise_left_shift"),
      ("right_shift", "bitwise_right_shift"), ("kron", "kron"), ("inner", "inner"), ("vdot", "vdot"),
    ].map { through("torch", "\($0)(x1, x2)", $1, tensors: 2) }
    + [
      through("torch", "moveaxis(x, source, destination)", "movedim"),
      through("torch", "take_along_axis(x, indices, axis=None)", "take_along_dim", tensors: 2),
      through("torch", "hstack(xs)", "hstack"), through("torch", "vstack(xs)", "vstack"),
      through("torch", "dstack(xs)", "dstack"), through("torch", "diag(x, k=0)", "diag"),
      through("torch", "diagflat(x, k=0)", "diagflat"), through("torch", "diagonal(x, offset=0, axis1=0, axis2=1)", "diagonal"),
      through("torch", "solve(a, b)", "linalg.solve", tensors: 2, floats: true),
      through("torch", "cholesky(x, upper=False)", "linalg.cholesky"),
      through("torch", "qr(x, mode='reduced')", "linalg.qr"),
      through("torch", "nan_to_num(x, nan=0.0, posinf=None, neginf=None)", "nan_to_num"),
      through("torch", "cross(x1, x2)", "linalg.cross", tensors: 2),
    ]

  /// Functions of positions and counts, and those that have no gradient here: NumPy's.
  private static let counted: [Native] =
    [
      ("median(x, axis=None)", "median"), ("nanmean(x, axis=None)", "nanmean"), ("nansum(x, axis=None)", "nansum"),
      ("nanmax(x, axis=None)", "nanmax"), ("nanmin(x, axis=None)", "nanmin"), ("nanstd(x, axis=None)", "nanstd"),
      ("nanvar(x, axis=None)", "nanvar"), ("nanprod(x, axis=None)", "nanprod"),
      ("nanmedian(x, axis=None)", "nanmedian"), ("quantile(x, q, axis=None)", "quantile"),
      ("percentile(x, q, axis=None)", "percentile"), ("average(x, axis=None, weights=None)", "average"),
      ("corrcoef(x)", "corrcoef"), ("diff(a, n=1, axis=-1)", "diff"), ("cumprod(x, axis=None)", "cumprod"),
      ("tri(N, M=None, k=0)", "tri"), ("identity(n)", "identity"), ("logspace(start, stop, num=50)", "logspace"),
      ("geomspace(start, stop, num=50)", "geomspace"), ("rot90(array, k=1, axes=(0, 1))", "rot90"),
      ("fliplr(x)", "fliplr"), ("flipud(x)", "flipud"), ("append(x1, x2, axis=None)", "append"),
      ("array_split(x, indices_or_sections, axis=0)", "array_split"),
      ("hsplit(x, indices_or_sections)", "hsplit"), ("vsplit(x, indices_or_sections)", "vsplit"),
      ("trapezoid(y, x=None, dx=1.0, axis=-1)", "trapezoid"), ("vander(x, N=None)", "vander"),
      ("isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False)", "isclose"),
      ("isin(x1, x2)", "isin"), ("cbrt(x)", "cbrt"), ("ptp(x, axis=None)", "ptp"), ("pinv(x)", "linalg.pinv"),
      ("matrix_rank(x)", "linalg.matrix_rank"), ("svd(x, full_matrices=True, compute_uv=True)", "linalg.svd"),
    ].map { signature, target in
      let two = ["append", "isclose", "isin"].contains { signature.hasPrefix($0 + "(") }
      let none = ["tri(", "identity", "logspace", "geomspace"].contains { signature.hasPrefix($0) }
      return through("numpy", signature, target, tensors: none ? 0 : two ? 2 : 1)
    }
    + [
      ("count_nonzero(x, axis=None)", "count_nonzero", 1), ("nonzero(x)", "nonzero", 1),
      ("searchsorted(sorted_sequence, values, side='left')", "searchsorted", 2),
      ("digitize(x, bins)", "digitize", 2), ("bincount(x, weights=None, minlength=0)", "bincount", 1),
      ("histogram(x, bins=10, range=None)", "histogram", 1), ("nanargmax(x, axis=None)", "nanargmax", 1),
      ("nanargmin(x, axis=None)", "nanargmin", 1), ("unravel_index(indices, shape)", "unravel_index", 1),
      ("argpartition(x, kth, axis=-1)", "argpartition", 1),
    ].map { through("numpy", $0, $1, tensors: $2, narrows: true) }

  // MARK: - Functions of Keras's own

  private static func row(_ signature: String, _ doc: String, _ body: @escaping (KerasCall) throws -> Tensor) -> Native {
    KerasOps.op(signature, doc) { c in c.value(try body(c)) }
  }

  /// Places of elements or slices as [n, depth]: split into one tensor per axis.
  private static func places(_ indices: Tensor, _ depth: Int) throws -> [TensorCore.Index] {
    try (0..<depth).map { .tensor(try indices.to(.int64).select(-1, $0)) }
  }

  private static let own: [Native] = [
    row("divide_no_nan(x1, x2)", "x1 / x2, 0 where x2 is 0.") { c in
      let (a, b) = try c.pair(0, 1)
      let isZero = try Comparison.equal(b, .int(0))
      let safe = try Tensor.where(isZero, Tensor.onesLike(b.detach()), b)
      return try a.divided(by: safe).maskedFill(isZero, .double(0))
    },
    row("full_like(x, fill_value, dtype=None)", "The shape of x, filled.") { c in
      let x = try c.tensor(0)
      let dtype = c.isNone(2) ? x.dtype : try KerasDType.read(c.values[2], c.machine)
      return try Tensor.full(x.shape, c.scalar(1), dtype: dtype)
    },
    row("empty_like(x, dtype=None)", "Zeros of the shape of x.") { c in try Tensor.zerosLike(c.tensor(0).detach()) },
    row("empty(shape, dtype='float32')", "Zeros of a shape.") { c in
      try Tensor.zeros(c.sizes(0), dtype: KerasDType.read(c.values[1], c.machine))
    },
    row("slice(inputs, start_indices, shape)", "A block of an array.") { c in
      var x = try c.tensor(0)
      for (axis, (start, length)) in zip(try c.sizes(1), try c.sizes(2)).enumerated() {
        x = try x.narrow(axis, start: start, length: length)
      }
      return x
    },
    row("slice_update(inputs, start_indices, updates)", "An array with a block overwritten.") { c in
      let x = try c.tensor(0).clone()
      let new = try c.tensor(2)
      var spec: [TensorCore.Index] = []
      for (start, length) in zip(try c.sizes(1), new.shape) { spec.append(.slice(start: start, stop: start + length, step: nil)) }
      try x.assign(spec, value: new.to(x.dtype))
      return x
    },
    row("scatter(indices, values, shape)", "Zeros with values at places; those of one place are added.") { c in
      let (indices, values) = (try c.tensor(0), try c.tensor(1))
      let zeros = try Tensor.zeros(c.sizes(2), dtype: values.dtype)
      return try zeros.indexAdded(places(indices, indices.shape.last ?? 0), values)
    },
    row("scatter_update(inputs, indices, updates)", "An array with values overwritten at places.") { c in
      let x = try c.tensor(0).clone()
      let indices = try c.tensor(1)
      try x.assign(places(indices, indices.shape.last ?? 0), value: c.tensor(2).to(x.dtype))
      return x
    },
    row("segment_sum(data, segment_ids, num_segments=None, sorted=False)", "Sums of rows by their numbers.") { c in
      let (x, ids) = (try c.tensor(0), try c.tensor(1).to(.int64))
      let count = try c.isNone(2) ? (ids.count == 0 ? 0 : (ids.max().item().int ?? 0) + 1) : c.int(2)
      guard count >= 0 else { throw Raise(.valueError, "segment_sum: the ids must not be negative") }
      return try Tensor.zeros([count] + x.shape.dropFirst(), dtype: x.dtype).indexAdd(0, ids, x)
    },
    row("multi_hot(inputs, num_classes=None, axis=-1, dtype=None)", "Rows with ones at several classes.") { c in
      let x = try c.tensor(0).to(.int64)
      let hot = try x.oneHot(classes: c.int(1)).to(.float32)
      return x.rank == 0 ? hot : try hot.amax([-2], keepDims: false)
    },
    row("dot_product_attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False)", "Attention of [batch, time, heads, size].") { c in
      let (q, k, v) = (try c.floats(0), try c.floats(1), try c.floats(2))
      guard q.rank == 4, k.rank == 4, v.rank == 4 else {
        throw Raise(.valueError, "dot_product_attention takes [batch, time, heads, size]; the query has \(q.shape)")
      }
      let factor = try c.isNone(5) ? 1 / Double(max(1, q.shape[3])).squareRoot() : c.double(5)
      var scores = try q.transpose(1, 2).matmul(k.transpose(1, 2).transpose(2, 3)).multiplied(by: .double(factor))
      if !c.isNone(3) { scores = try scores.adding(c.floats(3)) }
      if !c.isNone(4) { scores = try scores.maskedFill(c.tensor(4).to(.bool).logicalNot(), .double(-3.4e38 * 0.7)) }
      if try c.flag(6) {
        let allowed = try Tensor.ones([q.shape[1], k.shape[1]]).tril().to(.bool)
        scores = try scores.maskedFill(allowed.logicalNot(), .double(-3.4e38 * 0.7))
      }
      return try scores.softmax(axis: -1).matmul(v.transpose(1, 2)).transpose(1, 2)
    },
    row("trace(x, offset=0, axis1=0, axis2=1)", "The sum of a diagonal.") { c in
      try c.tensor(0).diagonal(offset: c.int(1), c.int(2), c.int(3)).sum([-1])
    },
    KerasOps.op("unstack(x, num=None, axis=0)", "The slices along an axis.") { c in
      let x = try c.tensor(0)
      let axis = try c.int(2)
      let place = axis < 0 ? axis + x.rank : axis
      guard x.shape.indices.contains(place) else { throw Raise(.valueError, "unstack: no axis \(axis)") }
      return .list(try (0..<x.shape[place]).map { c.value(try x.select(place, $0)) })
    },
    KerasOps.op("moments(x, axes, keepdims=False, synchronized=False)", "Mean and variance.") { c in
      let x = try c.floats(0)
      return .tuple([
        c.value(try x.mean(c.axes(1), keepDims: c.flag(2))),
        c.value(try x.variance(c.axes(1), correction: 0, keepDims: c.flag(2))),
      ])
    },
    KerasOps.op("meshgrid(*x, indexing='xy')", "Grids of coordinates.") { c in
      let parts = try (c.values[0].asTuple?.items ?? []).map { c.machine.ndarray(try c.machine.tensorflowTensor($0)) }
      let door = try c.machine.importModule("numpy", first: false)
      let grids = try c.machine.call(
        c.machine.attribute(door, "meshgrid"), parts, keywords: [("indexing", c.values[1])])
      return .list(try c.machine.array(grids).map { c.value(try c.machine.tensorflowTensor($0)) })
    },
    KerasOps.op("unique(x, sorted=True, return_inverse=False, return_counts=False, axis=None, size=None, fill_value=None)", "The different values in order.") { c in
      let (values, inverse, counts) = try c.tensor(0).unique()
      var parts = [c.value(values)]
      if try c.flag(2) { parts.append(c.value(try inverse.to(.int32))) }
      if try c.flag(3) { parts.append(c.value(try counts.to(.int32))) }
      return parts.count == 1 ? parts[0] : .tuple(parts)
    },
    KerasOps.op("in_top_k(targets, predictions, k)", "Whether the class is among the k largest.") { c in
      let (targets, scores) = (try c.tensor(0).to(.int64), try c.floats(1))
      let own = try scores.takeAlong(1, targets.unsqueeze(1))
      return c.value(try Comparison.less(Comparison.greater(scores, own).to(.int32).sum([1]), .int(c.int(2))))
    },
  ]

  /// Functions that take functions of the program.
  private static let calls: [Native] = [
    Native("cond(pred, true_fn, false_fn)", "What one of two functions gives.") { a in
      try a.machine.call(a.machine.truth(a[0]) ? a[1] : a[2])
    },
    Native("while_loop(cond, body, loop_vars, maximum_iterations=None)", "Calls body while cond holds.") { a in
      let isTuple = a[2].asTuple != nil || a[2].asList != nil
      var values = isTuple ? try a.machine.array(a[2]) : [a[2]]
      let most = try a.optionalInt(3) ?? .max
      var count = 0
      while count < most, try a.machine.truth(a.machine.call(a[0], values)) {
        try Interrupt.check()
        let next = try a.machine.call(a[1], values)
        values = next.asTuple?.items ?? next.asList?.items ?? [next]
        count += 1
      }
      return isTuple ? .tuple(values) : values.first ?? .none
    },
    Native("fori_loop(lower, upper, body_fun, init_val)", "Calls body with numbers in order.") { a in
      var value = a[3]
      var i = try a.int(0)
      let end = try a.int(1)
      while i < end {
        try Interrupt.check()
        value = try a.machine.call(a[2], [.int(i), value])
        i += 1
      }
      return value
    },
    Native("map(f, xs)", "A function of every row.") { a in
      let x = try a.machine.tensorflowTensor(a[1])
      guard let rows = x.shape.first, rows > 0 else { throw Raise(.valueError, "map: there are no rows") }
      let results = try (0..<rows).map { try a.machine.call(a[0], [a.machine.kerasValue(x.select(0, $0))]) }
      return a.machine.kerasValue(try Tensor.stack(results.map { try a.machine.tensorflowTensor($0) }))
    },
    Native("vectorized_map(function, elements)", "A function of every row.") { a in
      let x = try a.machine.tensorflowTensor(a[1])
      guard let rows = x.shape.first, rows > 0 else { throw Raise(.valueError, "vectorized_map: there are no rows") }
      let results = try (0..<rows).map { try a.machine.call(a[0], [a.machine.kerasValue(x.select(0, $0))]) }
      return a.machine.kerasValue(try Tensor.stack(results.map { try a.machine.tensorflowTensor($0) }))
    },
    Native("scan(f, init, xs=None, length=None, reverse=False, unroll=1)", "Carries a state over rows: gives it and what each row gave.") { a in
      let x = a[2].isNone ? nil : try a.machine.tensorflowTensor(a[2])
      let rows = try x?.shape.first ?? a.optionalInt(3) ?? 0
      var state = a[1]
      var outputs: [Tensor] = []
      let order = try a.bool(4) ? Array((0..<rows).reversed()) : Array(0..<rows)
      for row in order {
        let item = try x.map { a.machine.kerasValue(try $0.select(0, row)) } ?? .none
        let pair = try a.machine.array(a.machine.call(a[0], [state, item]))
        guard pair.count == 2 else { throw Raise(.valueError, "scan: the function gives (carry, output)") }
        state = pair[0]
        outputs.append(try a.machine.tensorflowTensor(pair[1]))
      }
      if try a.bool(4) { outputs.reverse() }
      return .tuple([state, a.machine.kerasValue(try Tensor.stack(outputs))])
    },
    Native("is_tensor(x)", "Whether x is a tensor.") { a in .bool(a[0].asTensorObject?.flavor == .torch) },
    Native("ndim(x)", "The number of axes.") { a in .int(try a.machine.tensorflowTensor(a[0]).rank) },
    Native("size(x)", "The number of elements.") { a in .int(try a.machine.tensorflowTensor(a[0]).count) },
    Native("dtype(x)", "The name of the dtype.") { a in .string(try a.machine.tensorflowTensor(a[0]).dtype.name) },
    Native("array(x, dtype=None)", "A tensor.") { a in
      a.machine.kerasValue(
        try a.machine.tensorflowTensor(a[0], dtype: a[1].isNone ? nil : KerasDType.read(a[1], a.machine)))
    },
    Native("allclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False)", "Whether all are nearly equal.") { a in
      let (x, y) = (try a.machine.tensorflowTensor(a[0]), try a.machine.tensorflowTensor(a[1]))
      return a.machine.kerasValue(
        try Tensor(.bool(x.allClose(y, relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4))), dtype: .bool))
    },
  ]

  static let all = differentiable + counted + own + calls
}
