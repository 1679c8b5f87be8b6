import Language
import NeuralNetworks
import TensorCore

/// `tensorflow`, as far as lessons with tf.keras use it.
enum TensorflowDoor {
  /// A function of `keras.ops` under TensorFlow's name and parameters.
  private static func renamed(_ name: String, as signature: String) -> Native? {
    KerasOps.all.first { $0.name == name }?.renamed(signature)
  }

  private static let reductions: [Native] = [
    ("sum", "reduce_sum"), ("mean", "reduce_mean"), ("max", "reduce_max"), ("min", "reduce_min"),
    ("prod", "reduce_prod"), ("any", "reduce_any"), ("all", "reduce_all"), ("logsumexp", "reduce_logsumexp"),
  ].compactMap { renamed($0, as: "\($1)(input_tensor, axis=None, keepdims=False, name=None)") }

  private static let same: [Native] = [
    ("add", "add(x, y, name=None)"), ("subtract", "subtract(x, y, name=None)"),
    ("multiply", "multiply(x, y, name=None)"), ("divide", "divide(x, y, name=None)"),
    ("power", "pow(x, y, name=None)"), ("maximum", "maximum(x, y, name=None)"),
    ("minimum", "minimum(x, y, name=None)"),
    ("equal", "equal(x, y, name=None)"), ("not_equal", "not_equal(x, y, name=None)"),
    ("greater", "greater(x, y, name=None)"), ("less", "less(x, y, name=None)"),
    ("greater_equal", "greater_equal(x, y, name=None)"), ("less_equal", "less_equal(x, y, name=None)"),
    ("abs", "abs(x, name=None)"), ("negative", "negative(x, name=None)"), ("square", "square(x, name=None)"),
    ("sqrt", "sqrt(x, name=None)"), ("exp", "exp(x, name=None)"), ("sign", "sign(x, name=None)"),
    ("sin", "sin(x, name=None)"), ("cos", "cos(x, name=None)"), ("tan", "tan(x, name=None)"),
    ("floor", "floor(x, name=None)"), ("round", "round(x, decimals=0)"),
    ("logical_not", "logical_not(x, name=None)"), ("logical_and", "logical_and(x, y, name=None)"),
    ("logical_or", "logical_or(x, y, name=None)"),
    ("reshape", "reshape(tensor, shape, name=None)"), ("transpose", "transpose(a, perm=None, name=None)"),
    ("expand_dims", "expand_dims(input, axis, name=None)"), ("squeeze", "squeeze(input, axis=None, name=None)"),
    ("concatenate", "concat(values, axis, name=None)"), ("stack", "stack(values, axis=0, name=None)"),
    ("split", "split(value, num_or_size_splits, axis=0)"), ("tile", "tile(input, multiples, name=None)"),
    ("repeat", "repeat(input, repeats, axis=None, name=None)"),
    ("cast", "cast(x, dtype, name=None)"), ("one_hot", "one_hot(indices, depth, axis=-1, dtype=None)"),
    ("zeros_like", "zeros_like(input, dtype=None)"), ("ones_like", "ones_like(input, dtype=None)"),
    ("stop_gradient", "stop_gradient(input)"), ("clip", "clip_by_value(t, clip_value_min, clip_value_max)"),
    ("norm", "norm(tensor, ord='euclidean', axis=None, keepdims=False)"), 
 ("einsum", "einsum(equation, *inputs)"),
    ("tensordot", "tensordot(a, b, axes)"), ("cumsum", "cumsum(x, axis=0)"),
    ("broadcast_to", "broadcast_to(input, shape)"), ("roll", "roll(input, shift, axis=None)"),
    ("pad", "pad(tensor, paddings, mode='constant', constant_values=None)"),
    ("eye", "eye(num_rows, num_columns=None, k=0, dtype=None)"),
    ("linspace", "linspace(start, stop, num)"), ("arange", "range(start, limit=None, delta=None, dtype=None)"),
    ("zeros", "zeros(shape, dtype=None)"), ("ones", "ones(shape, dtype=None)"),
  ].compactMap { renamed($0, as: $1) }

  private static func descends(_ c: KerasCall, _ i: Int) throws -> Bool {
    switch c.values[i].swiftString {
    case "ASCENDING": return false
    case "DESCENDING": return true
    default: throw Raise(.valueError, "Direction should be 'ASCENDING' or 'DESCENDING', got \(try c.machine.repr(c.values[i]))")
    }
  }

  private static let own: [Native] = [
    KerasOps.op("matmul(a, b, transpose_a=False, transpose_b=False, name=None)", "The matrix product.") { c in
      var (a, b) = try c.pair(0, 1)
      if try c.flag(2) { a = try a.transpose(-2, -1) }
      if try c.flag(3) { b = try b.transpose(-2, -1) }
      return c.value(try a.matmul(b))
    },
    KerasOps.op("where(condition, x=None, y=None, name=None)", "One or the other; without them the places that are true, one row each.") { c in
      let condition = try c.tensor(0).to(.bool)
      if c.isNone(1) { return c.value(try condition.nonzero()) }
      let (a, b) = try c.pair(1, 2)
      return c.value(try Tensor.where(condition, a, b))
    },
    KerasOps.op("sort(values, axis=-1, direction='ASCENDING', name=None)", "In order.") { c in
      c.value(try c.tensor(0).sort(axis: c.int(1), descending: descends(c, 2)).values)
    },
    KerasOps.op("argsort(values, axis=-1, direction='ASCENDING', stable=False, name=None)", "The places in order.") { c in
      c.value(try c.tensor(0).argsort(axis: c.int(1), descending: descends(c, 2)).to(.int32))
    },
    Native("constant(value, dtype=None, shape=None, name='Const')", "A tensor of values.", example: "tf.constant([1.0, 2.0])") {
      a in
      if a[0].swiftString != nil {
        throw Raise(.notImplementedError, "tf.constant: tensors of strings are not supported")
      }
      var tensor = try a.machine.tensorflowTensor(
        a[0], dtype: a[1].isNone ? nil : KerasDType.read(a[1], a.machine)).detach()
      if !a[2].isNone {
        let shape = try KerasOps.sizes(a[2], a.machine)
        tensor = try tensor.count == 1 ? tensor.reshape([]).expand(shape).contiguous() : tensor.reshape(shape)
      }
      return a.machine.kerasValue(tensor)
    },
    Native("convert_to_tensor(value, dtype=None, dtype_hint=None, name=None)", "A tensor of values.") { a in
      a.machine.kerasValue(
        try a.machine.tensorflowTensor(a[0], dtype: a[1].isNone ? nil : KerasDType.read(a[1], a.machine)))
    },
    Native("fill(dims, value)", "All the same.") { a in
      let value = try a.machine.tensorflowTensor(a[1])
      return a.machine.kerasValue(try value.expand(KerasOps.sizes(a[0], a.machine)).contiguous())
    },
    KerasOps.op("shape(input, out_type=None)", "The sizes of the axes, as a tensor.") { c in
      c.value(try Tensor(c.tensor(0).shape).to(.int32))
    },
    Native("rank(input)", "The number of axes, as a tensor.") { a in
      a.machine.kerasValue(try Tensor(.int(a.machine.tensorflowTensor(a[0]).rank), dtype: .int32))
    },
    Native("size(input)", "The number of elements, as a tensor.") { a in
      a.machine.kerasValue(try Tensor(.int(a.machine.tensorflowTensor(a[0]).count), dtype: .int32))
    },
    KerasOps.op("gather(params, indices, axis=0)", "Elements by their places.") { c in
      let x = try c.tensor(0)
      let places = try c.tensor(1).to(.int64)
      let axis = try c.int(2)
      let place = axis < 0 ? axis + x.rank : axis
      guard x.shape.indices.contains(place) else { throw Raise(.valueError, "gather: no axis \(axis)") }
      let flat = try x.indexSelect(place, places.reshape([-1]))
      return c.value(try flat.reshape(Array(x.shape[..<place]) + places.shape + Array(x.shape[(place + 1)...])))
    },
    KerasOps.op("argmax(input, axis=None, output_type=None)", "The place of the largest.") { c in
      c.value(try c.tensor(0).argmax(axis: c.isNone(1) ? 0 : c.int(1)))
    },
    KerasOps.op("argmin(input, axis=None, output_type=None)", "The place of the smallest.") { c in
      c.value(try c.tensor(0).argmin(axis: c.isNone(1) ? 0 : c.int(1)))
    },
    Native("identity(input)", "The same.") { a in a.machine.kerasValue(try a.machine.tensorflowTensor(a[0])) },
    Native("function(func=None, **kwargs)", "The function itself: nothing is traced here.") { a in
      if a[0].isNone {
        return .object(NativeFunction(Native("function(func)", "The function itself.") { inner in inner[0] }))
      }
      return a[0]
    },
    Native("print(*args, **kwargs)", "Prints values.") { a in
      let parts = try a.items(0).map { value -> String in
        if let tensor = value.asTensorObject?.tensor.detach() {
          return tensor.rank == 0
            ? try a.machine.text(of: a.machine.numpyValue(tensor)) : tensor.description(style: .numpyStr)
        }
        return try a.machine.text(of: value)
      }
      a.machine.output.write(parts.joined(separator: " ") + "\n", toError: false)
      return .none
    },
  ]

  private static func random(_ name: String, _ parameters: String, _ body: @escaping (KerasNamed, [Int], Generator) throws -> Tensor) -> Native {
    Native("\(name)(shape, \(parameters), dtype=None, seed=None, name=None)", "Random numbers.") { a in
      let n = KerasNamed(a)
      let shape = try KerasOps.sizes(a[0], a.machine)
      for size in shape where size < 0 { throw Raise(.valueError, "a shape has no negative sizes: \(shape)") }
      let tensor = try body(n, shape, KerasRandom.source(n["seed"], a.machine))
      return a.machine.kerasValue(n.has("dtype") ? try tensor.to(KerasDType.read(n["dtype"], a.machine)) : tensor)
    }
  }

  static let randomFunctions: [Native] = [
    random("normal", "mean=0.0, stddev=1.0") { n, shape, source in
      let t = try Tensor.zeros(shape)
      try t.normal(inPlace: n.double("mean"), n.double("stddev"), generator: source)
      return t
    },
    random("uniform", "minval=0, maxval=None") { n, shape, source in
      let low = try n.double("minval")
      let high = try n.optionalDouble("maxval") ?? 1
      guard low <= high else { throw Raise(.valueError, "uniform: minval must not be above maxval") }
      let t = try Tensor.zeros(shape)
      try t.uniform(inPlace: low, high, generator: source)
      let isInteger = try n.has("dtype") && KerasDType.read(n["dtype"], n.machine).isInteger
      return isInteger ? try t.floor() : t
    },
    random("truncated_normal", "mean=0.0, stddev=1.0") { n, shape, source in
      let t = try Tensor.zeros(shape)
      try NeuralNetworks.KerasInitializers.truncatedNormal(n.double("mean"), n.double("stddev"))(
        t, .init(input: 1, output: 1), generator: source)
      return t
    },
    Native("shuffle(value, seed=None, name=None)", "The rows in another order.") { a in
      let x = try a.machine.tensorflowTensor(a[0])
      guard let rows = x.shape.first else { return a.machine.kerasValue(x) }
      return a.machine.kerasValue(try x.indexSelect(0, Tensor.randperm(rows)))
    },
  ]

  private static let dtypes: [ModuleEntry] = [
    DType.float16, .bfloat16, .float32, .float64, .int32, .int64, .uint8, .bool, .complex64, .complex128,
  ].map { dtype in
    .value(name: dtype.name, doc: "The dtype \(dtype.name).") { KerasDType.value(dtype, $0) }
  }

  /// Rows, the first of each name.
  private static func unique(_ rows: [Native]) -> [Native] {
    var seen: Set<String> = []
    return rows.filter { seen.insert($0.name).inserted }
  }

  private static func functions(_ names: [String]) -> [ModuleEntry] {
    (same + reductions + own + KerasOps.all).reduce(into: [ModuleEntry]()) { result, row in
      if names.contains(row.name), !result.contains(where: { $0.name == row.name }) { result.append(.function(row)) }
    }
  }

  static let tables: [ModuleTable] = [
    ModuleTable(
      "tensorflow", doc: "The part of TensorFlow that lessons with Keras use.",
      entries: [
        .value(name: "__version__", doc: "The version of TensorFlow whose Keras this door follows.") { _ in
          .string("2.21.0")
        },
        .type(TensorflowTensor.table), .type(TensorShape.table), .type(KerasDType.table),
        .type(KerasVariable.tensorflowTable), .type(GradientTape.table), .type(TensorflowSpec.table),
        .alias("Tensor", of: "EagerTensor"),
      ] + unique(same + reductions + own + TensorflowMore.shared + TensorflowMore.shapes + TensorflowMore.session).map {
        .function($0)
      } + [.type(TensorflowScope.table), .value(name: "newaxis", doc: "A new axis in an index.") { _ in .none }]
        + dtypes),
    ModuleTable(
      "tensorflow.random", doc: "Random numbers and their seed.",
      entries: [.function(KerasUtils.seedTensorflow)] + randomFunctions.map { .function($0) }),
    ModuleTable(
      "tensorflow.nn", doc: "Functions of networks.",
      entries: functions(["softmax", "log_softmax"])
        + KerasActivations.functions.filter {
          ["relu", "sigmoid", "tanh", "elu", "selu", "gelu", "silu", "leaky_relu", "softplus", "relu6"].contains($0.name)
        }.map { .function($0) }
        + TensorflowMore.nn.map { .function($0) }
        + [
          .function(
            Native("sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None)", "Elementwise entropy of logits.") { a in
              a.machine.kerasValue(
                try BinaryCrossEntropy(fromLogits: true).each(
                  a.machine.kerasTensor(a[1]), a.machine.kerasTensor(a[0])))
            }),
          .function(
            Native("softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None)", "Entropy of logits by rows.") { a in
              a.machine.kerasValue(
                try KerasLossRules.categoricalCrossentropy(
                  a.machine.kerasTensor(a[0]), a.machine.kerasTensor(a[1]), fromLogits: true))
            }),
          .function(
            Native("sparse_softmax_cross_entropy_with_logits(labels, logits, name=None)", "Entropy of logits by rows.") { a in
              a.machine.kerasValue(
                try KerasLossRules.sparseCategoricalCrossentropy(
                  a.machine.tensorflowTensor(a[0]), a.machine.kerasTensor(a[1]), fromLogits: true))
            }),
        ]),
    ModuleTable(
      "tensorflow.math", doc: "Functions of numbers.",
      entries: functions([
        "add", "subtract", "multiply", "divide", "pow", "maximum", "minimum", "equal", "greater", "less", "abs",
        "negative", "square", "sqrt", "exp", "log", "log1p", "sin", "cos", "tan", "tanh", "floor", "round",
        "reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod", "reduce_any", "reduce_all",
        "reduce_logsumexp", "argmax", "argmin", "top_k", "sign", "rsqrt", "cumsum", "erf", "ceil",
      ])
        + unique(TensorflowMore.math).map { .function($0) }
        + KerasActivations.functions.filter { ["softplus"].contains($0.name) }.map { .function($0) }
        + [
          .function(
            KerasOps.op("reduce_std(input_tensor, axis=None, keepdims=False)", "The deviation.") { c in
              c.value(try c.floats(0).variance(c.axes(1), correction: 0, keepDims: c.flag(2)).sqrt())
            }),
          .function(
            KerasOps.op("reduce_variance(input_tensor, axis=None, keepdims=False)", "The variance.") { c in
              c.value(try c.floats(0).variance(c.axes(1), correction: 0, keepDims: c.flag(2)))
            }),
        ]),
    ModuleTable(
      "tensorflow.linalg", doc: "Functions of matrices.",
      entries: functions(["matmul", "norm", "einsum", "tensordot", "eye"])
        + TensorflowMore.linalg.map { .function($0) }),
    ModuleTable(
      "tensorflow.debugging", doc: "Checks that raise.",
      entries: TensorflowMore.debugging.map { .function($0) }),
    ModuleTable(
      "tensorflow.config", doc: "Devices and threads.",
      entries: [
        .function(Native("list_physical_devices(device_type=None)", "The devices: the processor.") { a in
          guard a[0].isNone || a[0].swiftString == "CPU" else { return .list([]) }
          return .list([.string("/physical_device:CPU:0")])
        }),
        .function(Native("run_functions_eagerly(run_eagerly)", "Nothing: all functions run at once.") { _ in .none }),
      ]),
    ModuleTable("tensorflow.data", doc: "Data in batches.", entries: [.type(TensorflowDataset.table),
      .value(name: "AUTOTUNE", doc: "Lets the library choose.") { _ in .int(-1) }]),
  ]
}
