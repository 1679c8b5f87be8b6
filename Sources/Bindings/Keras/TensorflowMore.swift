import Language
import NeuralNetworks
import TensorCore

/// More functions of `tensorflow`, `tensorflow.math`, `tensorflow.linalg` and `tensorflow.nn`.
enum TensorflowMore {
  /// A function of `keras.ops` under another name and with other parameters.
  private static func renamed(_ name: String, _ signature: String) -> Native? {
    KerasOps.all.first { $0.name == name }?.renamed(signature)
  }

  private static func row(_ signature: String, _ doc: String, _ body: @escaping (KerasCall) throws -> Tensor) -> Native {
    KerasOps.op(signature, doc) { c in c.value(try body(c)) }
  }

  private static func unary(_ name: String, _ doc: String, _ body: @escaping (Tensor) throws -> Tensor) -> Native {
    row("\(name)(x, name=None)", doc) { try body($0.floats(0)) }
  }

  // MARK: - Numbers

  /// Functions of numbers that stand in `tf` and in `tf.math`.
  static let shared: [Native] = [
    ("arccos", "acos"), ("arccosh", "acosh"), ("arcsin", "asin"), ("arcsinh", "asinh"), ("arctan", "atan"),
    ("arctanh", "atanh"), ("cosh", "cosh"), ("sinh", "sinh"), ("tanh", "tanh"), ("real", "real"), ("imag", "imag"),
    ("conj", "conj"), ("angle", "angle"),
  ].compactMap { renamed($0, "\($1)(x, name=None)") }
    + [
      ("arctan2", "atan2(y, x, name=None)"), ("true_divide", "truediv(x, y, name=None)"),
      ("floor_divide", "floordiv(x, y, name=None)"), ("mod", "floormod(x, y, name=None)"),
    ].compactMap { renamed($0, $1) }
    + [
      unary("sigmoid", "1 / (1 + e^-x).") { try $0.sigmoid() },
      row("add_n(inputs, name=None)", "The sum of several tensors.") { c in
        let all = try c.list(0)
        return try all.dropFirst().reduce(all[0]) { try $0.adding($1) }
      },
    ]

  static let math: [Native] = shared + [
    ("expm1", "expm1(x, name=None)"), ("reciprocal", "reciprocal(x, name=None)"), ("isnan", "is_nan(x, name=None)"),
    ("isinf", "is_inf(x, name=None)"), ("isfinite", "is_finite(x, name=None)"), ("erfc", "erfc(x, name=None)"),
    ("erfinv", "erfinv(x, name=None)"), ("divide_no_nan", "divide_no_nan(x, y, name=None)"),
    ("not_equal", "not_equal(x, y, name=None)"), ("greater_equal", "greater_equal(x, y, name=None)"),
    ("less_equal", "less_equal(x, y, name=None)"), ("logical_and", "logical_and(x, y, name=None)"),
    ("logical_or", "logical_or(x, y, name=None)"), ("logical_not", "logical_not(x, name=None)"),
    ("logical_xor", "logical_xor(x, y, name=None)"), ("mod", "mod(x, y, name=None)"),
    ("count_nonzero", "count_nonzero(input, axis=None)"), ("cumprod", "cumprod(x, axis=0)"),
    ("softmax", "softmax(logits, axis=-1)"), ("log_softmax", "log_softmax(logits, axis=-1)"),
    ("bincount", "bincount(arr, weights=None, minlength=0)"), ("nextafter", "nextafter(x1, x2)"),
    ("segment_sum", "segment_sum(data, segment_ids)"),
    ("segment_sum", "unsorted_segment_sum(data, segment_ids, num_segments)"),
    ("moments", "moments(x, axes, keepdims=False)"), ("in_top_k", "in_top_k(targets, predictions, k)"),
  ].compactMap { renamed($0, $1) } + [
    row("squared_difference(x, y, name=None)", "(x - y)^2.") { c in
      let (a, b) = try c.pair(0, 1)
      return try a.subtracting(b).square()
    },
    row("multiply_no_nan(x, y, name=None)", "x * y, 0 where y is 0.") { c in
      let (a, b) = try c.pair(0, 1)
      return try a.multiplied(by: b).maskedFill(Comparison.equal(b, .int(0)), .double(0))
    },
    row("reciprocal_no_nan(x, name=None)", "1 / x, 0 where x is 0.") { c in
      let x = try c.floats(0)
      return try x.reciprocal().maskedFill(Comparison.equal(x, .int(0)), .double(0))
    },
    row("xlogy(x, y, name=None)", "x log y, 0 where x is 0.") { c in
      let (a, b) = try c.pair(0, 1)
      return try BinaryOperation.xlogy(a, b)
    },
    unary("log_sigmoid", "log(sigmoid(x)).") { try $0.logSigmoid() },
    unary("softsign", "x / (1 + |x|).") { try $0.softsign() },
    unary("lgamma", "log |gamma(x)|.") { try UnaryOperation.lgamma($0) },
    unary("digamma", "The slope of lgamma.") { try UnaryOperation.digamma($0) },
    row("zero_fraction(value, name=None)", "The share of zeros.") { c in
      try Comparison.equal(c.tensor(0), .int(0)).to(.float32).mean()
    },
    l2Normalize,
    row("reduce_euclidean_norm(input_tensor, axis=None, keepdims=False)", "The length.") { c in
      try c.floats(0).norm(c.axes(1), order: 2, keepDims: c.flag(2))
    },
    row("polyval(coeffs, x, name=None)", "A polynomial, the highest power first.") { c in
      let x = try c.floats(1)
      var result = try Tensor.zerosLike(x.detach())
      for factor in try c.list(0) { result = try result.multiplied(by: x).adding(factor) }
      return result
    },
    row("confusion_matrix(labels, predictions, num_classes=None, weights=None, dtype='int32', name=None)", "Counts of (label, prediction).") { c in
      let (labels, found) = (try c.tensor(0).to(.int64).reshape([-1]), try c.tensor(1).to(.int64).reshape([-1]))
      func most(_ t: Tensor) throws -> Int { t.count == 0 ? 0 : try t.max().item().int ?? 0 }
      let classes = try c.isNone(2) ? max(most(labels), most(found)) + 1 : c.int(2)
      guard classes > 0, classes < 1 << 15, labels.count == found.count else {
        throw Raise(.valueError, "confusion_matrix: labels and predictions have one number each for \(labels.count) rows")
      }
      for value in try labels.ints() + found.ints() where value < 0 || value >= classes {
        throw Raise(.valueError, "confusion_matrix: the class \(value) is not in [0, \(classes))")
      }
      let dtype = try KerasDType.read(c.values[4], c.machine)
      let ones = try c.isNone(3) ? Tensor.ones([labels.count], dtype: dtype) : c.tensor(3).to(dtype).reshape([-1])
      let places = try labels.multiplied(by: .int(classes)).adding(found)
      return try Tensor.zeros([classes * classes], dtype: dtype).indexAdd(0, places, ones).reshape([classes, classes])
    },
    row("unsorted_segment_mean(data, segment_ids, num_segments)", "Means of rows by their numbers.") { c in
      let (x, ids, count) = (try c.floats(0), try c.tensor(1).to(.int64), try c.int(2))
      guard count >= 0 else { throw Raise(.valueError, "num_segments must not be negative") }
      let sums = try Tensor.zeros([count] + x.shape.dropFirst()).indexAdd(0, ids, x)
      let counts = try Tensor.zeros([count]).indexAdd(0, ids, Tensor.ones([ids.count])).clamp(min: 1)
      return try sums.divided(by: counts.reshape([count] + x.shape.dropFirst().map { _ in 1 }))
    },
  ]

  private static let l2Normalize = row("l2_normalize(x, axis=None, epsilon=1e-12, name=None)", "At length 1.") { c in
    let x = try c.floats(0)
    let squares = try x.square().sum(c.axes(1), keepDims: true).clamp(min: .double(c.double(2)))
    return try x.multiplied(by: squares.rsqrt())
  }

  // MARK: - Shapes and places

  private static func places(_ indices: Tensor) throws -> [TensorCore.Index] {
    try (0..<(indices.shape.last ?? 0)).map { .tensor(try indices.to(.int64).select(-1, $0)) }
  }

  static let shapes: [Native] = [
    row("boolean_mask(tensor, mask, axis=None, name=None)", "The elements where the mask is true.") { c in
      try c.tensor(0).index([.tensor(c.tensor(1).to(.bool))])
    },
    row("gather_nd(params, indices, batch_dims=0, name=None)", "Elements or slices by their places.") { c in
      try c.tensor(0).index(places(c.tensor(1)))
    },
    row("scatter_nd(indices, updates, shape, name=None)", "Zeros with values added at places.") { c in
      let values = try c.tensor(1)
      return try Tensor.zeros(c.sizes(2), dtype: values.dtype).indexAdded(places(c.tensor(0)), values)
    },
    row("tensor_scatter_nd_update(tensor, indices, updates, name=None)", "A tensor with values overwritten at places.") { c in
      let x = try c.tensor(0).clone()
      try x.assign(places(c.tensor(1)), value: c.tensor(2).to(x.dtype))
      return x
    },
    row("tensor_scatter_nd_add(tensor, indices, updates, name=None)", "A tensor with values added at places.") { c in
      let x = try c.tensor(0)
      return try x.indexAdded(places(c.tensor(1)), c.tensor(2).to(x.dtype))
    },
    row("tensor_scatter_nd_sub(tensor, indices, updates, name=None)", "A tensor with values taken off at places.") { c in
      let x = try c.tensor(0)
      return try x.indexAdded(places(c.tensor(1)), c.tensor(2).to(x.dtype).neg())
    },
    row("slice(input_, begin, size, name=None)", "A block; -1 is all that is left.") { c in
      var x = try c.tensor(0)
      for (axis, (start, size)) in zip(try c.sizes(1), try c.sizes(2)).enumerated() where axis < x.rank {
        x = try x.narrow(axis, start: start, length: size < 0 ? x.shape[axis] - start : size)
      }
      return x
    },
    row("reverse(tensor, axis, name=None)", "Turned around on axes.") { c in try c.tensor(0).flip(c.axes(1)) },
    row("sequence_mask(lengths, maxlen=None, dtype=None, name=None)", "Rows of True up to a length.") { c in
      let lengths = try c.tensor(0).to(.int64)
      let most = try c.isNone(1) ? (lengths.count == 0 ? 0 : lengths.max().item().int ?? 0) : c.int(1)
      let mask = try Comparison.less(Tensor(Array(0..<max(0, most))), lengths.unsqueeze(-1))
      return c.isNone(2) ? mask : try mask.to(KerasDType.read(c.values[2], c.machine))
    },
    row("clip_by_norm(t, clip_norm, axes=None, name=None)", "No longer than a length.") { c in
      let x = try c.floats(0)
      let length = try x.norm(c.axes(2), order: 2, keepDims: !c.isNone(2))
      let limit = try c.double(1)
      return try x.multiplied(by: .double(limit)).divided(by: length.clamp(min: .double(limit)))
    },
    row("ensure_shape(x, shape, name=None)", "x, if it has this shape.") { c in
      let x = try c.tensor(0)
      let wanted = try KerasShape.read(c.values[1], c.machine, "ensure_shape")
      guard wanted.count == x.rank, zip(wanted, x.shape).allSatisfy({ $0 == nil || $0 == $1 }) else {
        throw Raise(.valueError, "Shape of tensor x \(KerasShape.text(x.shape.map { $0 })) is not compatible with expected shape \(KerasShape.text(wanted))")
      }
      return x
    },
    KerasOps.op("clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None)", "Tensors no longer together than a length, and their length.") { c in
      let items = try c.machine.array(c.values[0])
      let all = try items.compactMap { $0.isNone ? nil : try c.machine.kerasTensor($0) }
      let length = try c.isNone(2)
        ? all.reduce(Tensor(.double(0), dtype: .float32)) { try $0.adding($1.square().sum()) }.sqrt() : c.floats(2)
      let limit = try c.double(1)
      let factor = try length.clamp(min: .double(limit)).reciprocal().multiplied(by: .double(limit))
      let clipped = try items.map { $0.isNone ? Value.none : c.value(try c.machine.kerasTensor($0).multiplied(by: factor)) }
      return .tuple([.list(clipped), c.value(length)])
    },
    KerasOps.op("unique(x, out_idx=None, name=None)", "The different values in their first order, and the place of each element among them.") { c in
      let x = try c.tensor(0).detach().reshape([-1])
      let (values, inverse, _) = try x.unique()
      let numbers = try inverse.ints()
      var order: [Int] = []
      var place = [Int](repeating: -1, count: values.count)
      for number in numbers where place[number] < 0 {
        place[number] = order.count
        order.append(number)
      }
      return .tuple([
        c.value(try values.indexSelect(0, Tensor(order))), c.value(try Tensor(numbers.map { place[$0] }).to(.int32)),
      ])
    },
  ] + [
    ("unstack", "unstack(value, num=None, axis=0)"), ("meshgrid", "meshgrid(*args, indexing='xy')"),
    ("searchsorted", "searchsorted(sorted_sequence, values, side='left')"),
    ("map", "map_fn(fn, elems, dtype=None, parallel_iterations=None)"),
    ("vectorized_map", "vectorized_map(fn, elems)"), ("while_loop", "while_loop(cond, body, loop_vars, maximum_iterations=None)"),
    ("cond", "cond(pred, true_fn=None, false_fn=None)"), ("is_tensor", "is_tensor(x)"),
    ("repeat", "repeat(input, repeats, axis=None, name=None)"), ("unravel_index", "unravel_index(indices, dims)"),
  ].compactMap { renamed($0, $1) }

  // MARK: - What there is no device or graph for

  static let session: [Native] = [
    Native("executing_eagerly()", "True: nothing waits for a graph.") { _ in .bool(true) },
    Native("device(device_name)", "A context: everything is computed on the processor.") { a in
      .object(TensorflowScope(a.machine.type(TensorflowScope.table)))
    },
    Native("name_scope(name)", "A context: names of operations are not kept.") { a in
      .object(TensorflowScope(a.machine.type(TensorflowScope.table)))
    },
    Native("control_dependencies(control_inputs)", "A context: lines run in order anyway.") { a in
      .object(TensorflowScope(a.machine.type(TensorflowScope.table)))
    },
    Native("no_op(name=None)", "Nothing.") { _ in .none },
    Native("py_function(func, inp, Tout=None, name=None)", "Calls a function.") { a in
      try a.machine.call(a[0], a.machine.array(a[1]))
    },
    Native("numpy_function(func, inp, Tout=None, stateful=True, name=None)", "Calls a function with arrays.") { a in
      let given = try a.machine.array(a[1]).map { a.machine.ndarray(try a.machine.tensorflowTensor($0).detach()) }
      return a.machine.kerasValue(try a.machine.tensorflowTensor(a.machine.call(a[0], given)))
    },
  ]

  // MARK: - Matrices

  static let linalg: [Native] = [
    ("det", "det(input, name=None)"), ("inv", "inv(input, adjoint=False)"), ("logdet", "logdet(matrix)"),
    ("slogdet", "slogdet(input)"), ("cholesky", "cholesky(input)"), ("qr", "qr(input)"),
    ("solve", "solve(matrix, rhs)"), ("eigh", "eigh(tensor)"), ("trace", "trace(x)"), ("pinv", "pinv(a)"),
    ("cross", "cross(a, b)"), ("diag", "diag(diagonal)"), ("diagonal", "diag_part(input)"),
    ("diagonal", "tensor_diag_part(input)"), ("diag", "tensor_diag(diagonal)"), ("matrix_rank", "matrix_rank(a)"),
  ].compactMap { renamed($0, $1) } + [
    l2Normalize,
    row("matrix_transpose(a)", "The last two axes exchanged.") { c in try c.tensor(0).transpose(-2, -1) },
    row("adjoint(matrix)", "The last two axes exchanged.") { c in try c.tensor(0).transpose(-2, -1) },
    row("matvec(a, b)", "A matrix times a vector.") { c in
      try c.floats(0).matmul(c.floats(1).unsqueeze(-1)).squeeze(-1)
    },
    row("band_part(input, num_lower, num_upper)", "The matrix near its diagonal; -1 keeps a whole triangle.") { c in
      var x = try c.tensor(0)
      let (lower, upper) = (try c.int(1), try c.int(2))
      if lower >= 0 { x = try x.triu(-lower) }
      if upper >= 0 { x = try x.tril(upper) }
      return x
    },
    row("global_norm(t_list)", "The length of several tensors together.") { c in
      try c.list(0).reduce(Tensor(.double(0), dtype: .float32)) { try $0.adding($1.square().sum()) }.sqrt()
    },
    KerasOps.op("svd(tensor, full_matrices=False, compute_uv=True)", "Singular values and vectors: s, u, v.") { c in
      let (u, s, vt) = try c.floats(0).svd(full: c.flag(1))
      if c.values[2].asInt == 0 { return c.value(s) }
      return .tuple([c.value(s), c.value(u), c.value(try vt.transpose(-2, -1))])
    },
  ]

  // MARK: - Networks

  private static func padding(_ c: KerasCall, _ i: Int) throws -> KerasPadding {
    guard let text = c.values[i].swiftString?.lowercased(), let padding = KerasPadding(rawValue: text) else {
      throw Raise(.valueError, "padding is 'SAME' or 'VALID', got \(try c.machine.repr(c.values[i]))")
    }
    return padding
  }

  /// Steps of the two middle axes: one number, two, or four with 1 for batch and channels.
  private static func pair(_ c: KerasCall, _ i: Int) throws -> [Int] {
    let given = try c.isNone(i) ? [1] : c.sizes(i)
    let sizes = given.count == 4 ? [given[1], given[2]] : given.count == 1 ? [given[0], given[0]] : given
    guard sizes.count == 2, sizes.allSatisfy({ $0 > 0 && $0 < 1 << 20 }) else {
      throw Raise(.valueError, "one positive number, two or four are needed, got \(given)")
    }
    return sizes
  }

  private static func pooled(_ name: String, _ maximum: Bool) -> Native {
    row("\(name)(input, ksize, strides, padding, data_format='NHWC', name=None)", "The \(maximum ? "largest" : "mean") of each window.") { c in
      let unit = PoolingUnit(
        name, maximum: maximum, pool: try pair(c, 1), strides: try pair(c, 2), padding: try padding(c, 3),
        channelsFirst: c.values[4].swiftString == "NCHW")
      return try unit.call([c.floats(0)], CallContext())[0]
    }
  }

  static let nn: [Native] = [
    row("conv2d(input, filters, strides, padding, data_format='NHWC', dilations=None, name=None)", "Filters [height, width, in, out] over images.") { c in
      let kernel = try c.floats(1)
      guard kernel.rank == 4 else { throw Raise(.valueError, "filters are [height, width, in, out], got \(kernel.shape)") }
      let unit = try ConvolutionUnit(
        "conv2d", filters: kernel.shape[3], kernel: [kernel.shape[0], kernel.shape[1]], strides: pair(c, 2),
        padding: padding(c, 3), channelsFirst: c.values[4].swiftString == "NCHW", dilation: pair(c, 5), groups: 1,
        bias: false, activation: nil, kernelRule: WeightRule(.zeros), biasRule: WeightRule(.zeros))
      return try unit.applied(c.floats(0), kernel: kernel)
    },
    pooled("max_pool2d", true), pooled("max_pool", true), pooled("avg_pool2d", false), pooled("avg_pool", false),
    row("bias_add(value, bias, data_format=None, name=None)", "A bias for each channel.") { c in
      try c.floats(0).adding(c.floats(1))
    },
    row("dropout(x, rate, noise_shape=None, seed=None, name=None)", "Elements set to 0 with a probability, the others scaled up.") { c in
      let rate = try c.double(1)
      guard rate >= 0, rate < 1 else { throw Raise(.valueError, "`rate` must be in the range [0, 1), got \(rate)") }
      let source = try c.optionalInt(3).map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
      return try c.floats(0).dropout(rate, generator: source)
    },
    row("l2_loss(t, name=None)", "Half the sum of squares.") { c in
      try c.floats(0).square().sum().multiplied(by: .double(0.5))
    },
    row("embedding_lookup(params, ids, max_norm=None, name=None)", "Rows of a table by their numbers.") { c in
      let (table, ids) = (try c.tensor(0), try c.tensor(1).to(.int64))
      return try table.indexSelect(0, ids.reshape([-1])).reshape(ids.shape + table.shape.dropFirst())
    },
    row("batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None)", "(x - mean) / deviation * scale + offset.") { c in
      var y = try c.floats(0).subtracting(c.floats(1)).multiplied(by: c.floats(2).adding(.double(c.double(5))).rsqrt())
      if !c.isNone(4) { y = try y.multiplied(by: c.floats(4)) }
      if !c.isNone(3) { y = try y.adding(c.floats(3)) }
      return y
    },
    row("weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None)", "Entropy of logits, positives weighted.") { c in
      let (z, x, q) = (try c.floats(0), try c.floats(1), try c.floats(2))
      let weight = try q.subtracting(.double(1)).multiplied(by: z).adding(.double(1))
      return try x.multiplied(by: z.neg().adding(.double(1))).subtracting(weight.multiplied(by: x.logSigmoid()))
    },
    l2Normalize,
    row("zero_fraction(value, name=None)", "The share of zeros.") { c in
      try Comparison.equal(c.tensor(0), .int(0)).to(.float32).mean()
    },
    unary("softsign", "x / (1 + |x|).") { try $0.softsign() },
    unary("swish", "x * sigmoid(x).") { try $0.silu() },
    unary("crelu", "ReLU of x and of -x.") { try Tensor.cat([$0.relu(), $0.neg().relu()], axis: -1) },
  ] + [
    ("moments", "moments(x, axes, keepdims=False)"), ("top_k", "top_k(input, k=1, sorted=True)"),
    ("in_top_k", "in_top_k(targets, predictions, k)"),
  ].compactMap { renamed($0, $1) }

  /// Checks that raise.
  static let debugging: [Native] = [
    ("assert_equal", "equal", { (a: Tensor, b: Tensor) in try Comparison.equal(a, b) }),
    ("assert_greater", "greater", { try Comparison.greater($0, $1) }),
    ("assert_less", "less", { try Comparison.less($0, $1) }),
  ].map { (name: String, what: String, test: @escaping (Tensor, Tensor) throws -> Tensor) in
    Native("\(name)(x, y, message=None, summarize=None, name=None)", "Raises unless x is \(what) to y everywhere.") { a in
      let holds = try test(a.machine.tensorflowTensor(a[0]), a.machine.tensorflowTensor(a[1])).all().item().bool
      if !holds { throw Raise(.valueError, try a.optionalString(2) ?? "\(name): the condition x \(what) y does not hold") }
      return .none
    }
  }
}

/// A context without effect: `with tf.device('/CPU:0'):`.
final class TensorflowScope: Instance {
  static let table = TypeTable(
    "Scope", module: "tensorflow", doc: "A context without effect here.", isSubclassable: false,
    methods: [
      Native("__enter__(self)", "Begins.") { a in a[0] },
      Native("__exit__(self, *args)", "Ends.") { _ in .none },
    ])
}
