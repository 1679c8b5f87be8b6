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
    ("minimum", "minimum(x, y, name=None)"), ("matmul", "matmul(a, b, name=None)"),
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
    ("repeat", "repeat(input, repeats, axis=None, name=None)"), ("where", "where(condition, x=None, y=None)"),
    ("cast", "cast(x, dtype, name=None)"), ("one_hot", "one_hot(indices, depth, axis=-1, dtype=None)"),
    ("zeros_like", "zeros_like(input, dtype=None)"), ("ones_like", "ones_like(input, dtype=None)"),
    ("stop_gradient", "stop_gradient(input)"), ("clip", "clip_by_value(t, clip_value_min, clip_value_max)"),
    ("norm", "norm(tensor, ord='euclidean', axis=None, keepdims=False)"), ("sort", "sort(values, axis=-1)"),
    ("argsort", "argsort(values, axis=-1)"), ("einsum", "einsum(equation, *inputs)"),
    ("tensordot", "tensordot(a, b, axes)"), ("cumsum", "cumsum(x, axis=0)"),
    ("broadcast_to", "broadcast_to(input, shape)"), ("roll", "roll(input, shift, axis=None)"),
    ("pad", "pad(tensor, paddings, mode='constant', constant_values=None)"),
    ("eye", "eye(num_rows, num_columns=None, k=0, dtype=None)"),
    ("linspace", "linspace(start, stop, num)"), ("arange", "range(start, limit=None, delta=None, dtype=None)"),
    ("zeros", "zeros(shape, dtype=None)"), ("ones", "ones(shape, dtype=None)"),
  ].compactMap { renamed($0, as: $1) }

  private static let own: [Native] = [
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
      let seed = try a.machine.index(n["seed"])
      let source = seed.map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
      let tensor = try body(n, shape, source)
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
        .type(KerasVariable.tensorflowTable), .type(GradientTape.table),
        .alias("Tensor", of: "EagerTensor"),
      ] + (same + reductions + own).map { .function($0) } + dtypes),
    ModuleTable(
      "tensorflow.random", doc: "Random numbers and their seed.",
      entries: [.function(KerasUtils.seedTensorflow)] + randomFunctions.map { .function($0) }),
    ModuleTable(
      "tensorflow.nn", doc: "Functions of networks.",
      entries: functions(["softmax", "log_softmax"])
        + KerasActivations.functions.filter {
          ["relu", "sigmoid", "tanh", "elu", "selu", "gelu", "silu", "leaky_relu", "softplus", "relu6"].contains($0.name)
        }.map { .function($0) }
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
        + KerasActivations.functions.filter { ["sigmoid", "tanh", "softplus"].contains($0.name) }.map { .function($0) }
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
      entries: functions(["matmul", "norm", "einsum", "tensordot", "eye"])),
    ModuleTable("tensorflow.data", doc: "Data in batches.", entries: [.type(TensorflowDataset.table),
      .value(name: "AUTOTUNE", doc: "Lets the library choose.") { _ in .int(-1) }]),
  ]
}

/// `tf.GradientTape`: gradients of what is computed inside of it.
final class GradientTape: Instance {
  private var isPersistent = false
  private var isUsed = false
  private var watched: [Tensor] = []
  private var depth = 0

  static let table = TypeTable(
    "GradientTape", module: "tensorflow", doc: "Gradients of what is computed inside of `with`.",
    isSubclassable: false, allocate: { GradientTape($0) },
    methods: [
      Native("__init__(self, persistent=False, watch_accessed_variables=True)", "A tape.") { a in
        try a.receiver(GradientTape.self).isPersistent = a.bool(1)
        return .none
      },
      Native("__enter__(self)", "Begins.") { a in
        let tape = try a.receiver(GradientTape.self)
        tape.depth = a.machine.keras.recorders
        a.machine.keras.recorders += 1
        return a[0]
      },
      Native("__exit__(self, *args)", "Ends.") { a in
        a.machine.keras.recorders = max(0, a.machine.keras.recorders - 1)
        return .none
      },
      Native("watch(self, tensor)", "Gradients of this tensor are wanted as well.") { a in
        let tape = try a.receiver(GradientTape.self)
        for leaf in KerasTree.leaves(a[1]) {
          guard let tensor = leaf.asTensorObject?.tensor else { throw a.mismatch(1, expected: "a tensor") }
          if tensor.isLeaf, tensor.dtype.isFloating { try tensor.setRequiresGrad(true) }
          tape.watched.append(tensor)
        }
        return .none
      },
      Native("gradient(self, target, sources, output_gradients=None, unconnected_gradients='none')", "The gradients of the target, in the structure of the sources.") {
        a in
        let tape = try a.receiver(GradientTape.self)
        if tape.isUsed, !tape.isPersistent {
          throw Raise(
            .runtimeError,
            "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)")
        }
        tape.isUsed = true
        let machine = a.machine
        let targets = KerasTree.leaves(a[1]).compactMap { $0.asTensorObject?.tensor }
        let sources = KerasTree.leaves(a[2])
        let wanted = sources.compactMap { $0.asTensorObject?.tensor }
        guard wanted.count == sources.count, !targets.isEmpty else {
          throw Raise(.typeError, "tape.gradient(target, sources): both are tensors, or lists of them")
        }
        let usable = wanted.filter(\.requiresGrad)
        let reachable = targets.filter(\.requiresGrad)
        var found: [ObjectIdentifier: Tensor] = [:]
        for source in sources { KerasVariable.weight(source)?.lookups.clear() }
        if !usable.isEmpty, !reachable.isEmpty {
          let isNested = machine.keras.recorders > 0
          let seeds = try reachable.map { target -> Tensor? in
            if !a[3].isNone { return try machine.kerasTensor(a[3]) }
            return target.count == 1 ? nil : try Tensor.onesLike(target.detach())
          }
          let gradients = try Tensor.gradients(
            of: reachable, for: usable, gradients: seeds, retainGraph: tape.isPersistent || isNested,
            createGraph: isNested, allowUnused: true)
          for (tensor, gradient) in zip(usable, gradients) {
            if let gradient { found[ObjectIdentifier(tensor)] = gradient }
          }
        }
        let fillsZeros = a[4].swiftString == "zero"
        return try KerasTree.map(a[2]) { leaf in
          guard let tensor = leaf.asTensorObject?.tensor else { return .none }
          if let gradient = found[ObjectIdentifier(tensor)] { return machine.kerasValue(gradient) }
          return fillsZeros ? machine.kerasValue(try Tensor.zerosLike(tensor.detach())) : .none
        }
      },
      Native("stop_recording(self)", "What is computed inside is not recorded.") { a in a[0] },
      Native("reset(self)", "Forgets.") { a in
        try a.receiver(GradientTape.self).isUsed = false
        return .none
      },
    ])
}

/// `tf.data.Dataset`: elements in a row, with what is done to them.
final class TensorflowDataset: Instance {
  /// Makes an iterator over the elements.
  var start: (Machine) throws -> (() throws -> Value?) = { _ in { nil } }
  var count: Int?

  static func make(_ count: Int?, _ machine: Machine, _ start: @escaping (Machine) throws -> (() throws -> Value?))
    -> Value
  {
    let set = TensorflowDataset(machine.type(table))
    set.count = count
    set.start = start
    return .object(set)
  }

  func batches(_ machine: Machine) throws -> [Value] {
    var result: [Value] = []
    let next = try start(machine)
    while let value = try next() {
      try machine.poll()
      result.append(value)
    }
    return result
  }

  private static func of(_ a: Arguments) throws -> TensorflowDataset { try a.receiver() }

  private final class Walker: IteratorObject {
    private let step: () throws -> Value?
    override var typeName: String { "OwnedIterator" }
    init(_ step: @escaping () throws -> Value?) { self.step = step }
    override func next(_ machine: Machine) throws(Raise) -> Value {
      do {
        return try step() ?? .undefined
      } catch {
        throw machine.translate(error)
      }
    }
  }

  private static func positive(_ a: Arguments, _ i: Int) throws -> Int {
    let n = try a.int(i)
    guard n > 0, n < 1 << 40 else { throw a.mismatch(i, expected: "a positive integer") }
    return n
  }

  /// Elements as one, each part stacked.
  private static func stacked(_ items: [Value], _ machine: Machine) throws -> Value {
    guard let first = items.first else { return .none }
    var columns = KerasTree.leaves(first).map { _ in [Tensor]() }
    for item in items {
      for (place, leaf) in KerasTree.leaves(item).enumerated() where place < columns.count {
        columns[place].append(try machine.tensorflowTensor(leaf))
      }
    }
    var place = 0
    return try KerasTree.map(first) { _ in
      defer { place += 1 }
      return machine.kerasValue(try Tensor.stack(columns[place]))
    }
  }

  static let table = TypeTable(
    "Dataset", module: "tensorflow.data", doc: "Elements in a row: batch(), shuffle(), map() ...",
    isSubclassable: false, allocate: { TensorflowDataset($0) },
    statics: [
      Native("from_tensor_slices(tensors, name=None)", "The rows of arrays, one by one.") { a in
        let machine = a.machine
        let tree = try KerasTree.isStructure(a[0])
          ? KerasTree.map(a[0]) { machine.kerasValue(try machine.tensorflowTensor($0)) }
          : machine.kerasValue(try machine.tensorflowTensor(a[0]))
        let rows = try KerasData.rows([("tensors", tree)])
        return make(rows, machine) { machine in
          var i = 0
          return {
            guard i < rows else { return nil }
            let at = i
            i += 1
            return try KerasTree.map(tree) { leaf in
              machine.kerasValue(try (leaf.asTensorObject?.tensor ?? Tensor.zeros([1])).select(0, at))
            }
          }
        }
      },
      Native("from_tensors(tensors, name=None)", "One element.") { a in
        let value = a[0]
        return make(1, a.machine) { _ in
          var isDone = false
          return {
            defer { isDone = true }
            return isDone ? nil : value
          }
        }
      },
      Native("range(*args, **kwargs)", "Integers.") { a in
        let items = try a.items(0).map { try a.machine.index($0) ?? 0 }
        let (first, last, step) =
          items.count == 1 ? (0, items[0], 1) : items.count == 2 ? (items[0], items[1], 1)
          : items.count == 3 ? (items[0], items[1], items[2]) : (0, 0, 1)
        guard step != 0 else { throw Raise(.valueError, "range: the step must not be 0") }
        let numbers = Array(stride(from: first, to: last, by: step).prefix(1 << 24))
        return make(numbers.count, a.machine) { machine in
          var i = 0
          return {
            guard i < numbers.count else { return nil }
            defer { i += 1 }
            return machine.kerasValue(try Tensor(.int(numbers[i])))
          }
        }
      },
      Native("from_generator(generator, output_types=None, args=None, output_shapes=None, output_signature=None)", "What a function yields.") {
        a in
        let function = a[0]
        return make(nil, a.machine) { machine in
          let iterator = try machine.iterator(machine.call(function))
          return {
            let value = try machine.next(iterator)
            return value.isUndefined ? nil : value
          }
        }
      },
      Native("zip(*args, **kwargs)", "The elements of several sets, side by side.") { a in
        let items = try a.items(0)
        let given = items.count == 1 ? items[0].asTuple?.items ?? items : items
        let sets = given.compactMap { $0.asInstance as? TensorflowDataset }
        guard sets.count == given.count else { throw Raise(.typeError, "Dataset.zip takes datasets") }
        return make(sets.compactMap(\.count).min(), a.machine) { machine in
          let steps = try sets.map { try $0.start(machine) }
          return {
            var parts: [Value] = []
            for step in steps {
              guard let value = try step() else { return nil }
              parts.append(value)
            }
            return .tuple(parts)
          }
        }
      },
    ],
    methods: [
      Native("batch(self, batch_size, drop_remainder=False, **kwargs)", "Elements in groups.") { a in
        let set = try of(a)
        let (size, drops) = (try positive(a, 1), try a.bool(2))
        return make(set.count.map { drops ? $0 / size : ($0 + size - 1) / size }, a.machine) { machine in
          let next = try set.start(machine)
          return {
            var items: [Value] = []
            while items.count < size, let value = try next() { items.append(value) }
            if items.isEmpty || (drops && items.count < size) { return nil }
            return try stacked(items, machine)
          }
        }
      },
      Native("unbatch(self)", "Groups as single elements.") { a in
        let set = try of(a)
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          var rows: [Value] = []
          return {
            while rows.isEmpty {
              guard let group = try next() else { return nil }
              let count = try KerasData.rows([("batch", group)])
              rows = try (0..<count).reversed().map { i in
                try KerasTree.map(group) { leaf in
                  machine.kerasValue(try machine.tensorflowTensor(leaf).select(0, i))
                }
              }
            }
            return rows.popLast()
          }
        }
      },
      Native("shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True, name=None)", "Elements in another order.") {
        a in
        let set = try of(a)
        let size = try positive(a, 1)
        let seed = try a.optionalInt(2)
        return make(set.count, a.machine) { machine in
          let next = try set.start(machine)
          let random = seed.map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
          var buffer: [Value] = []
          return {
            while buffer.count < size, let value = try next() { buffer.append(value) }
            guard !buffer.isEmpty else { return nil }
            let place = min(buffer.count - 1, Int(random.uniform() * Double(buffer.count)))
            buffer.swapAt(place, buffer.count - 1)
            return buffer.removeLast()
          }
        }
      },
      Native("map(self, map_func, num_parallel_calls=None, deterministic=None, name=None)", "A function of every element.") {
        a in
        let set = try of(a)
        let function = a[1]
        return make(set.count, a.machine) { machine in
          let next = try set.start(machine)
          return {
            guard let value = try next() else { return nil }
            if let tuple = value.asTuple, tuple.subclass == nil { return try machine.call(function, tuple.items) }
            return try machine.call(function, [value])
          }
        }
      },
      Native("filter(self, predicate, name=None)", "The elements for which a function holds.") { a in
        let set = try of(a)
        let function = a[1]
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          return {
            while let value = try next() {
              let arguments = value.asTuple.flatMap { $0.subclass == nil ? $0.items : nil } ?? [value]
              if try machine.truth(machine.call(function, arguments)) { return value }
            }
            return nil
          }
        }
      },
      Native("take(self, count, name=None)", "The first elements.") { a in
        let set = try of(a)
        let limit = try a.int(1)
        return make(set.count.map { limit < 0 ? $0 : min($0, limit) }, a.machine) { machine in
          let next = try set.start(machine)
          var i = 0
          return {
            if limit >= 0, i >= limit { return nil }
            i += 1
            return try next()
          }
        }
      },
      Native("skip(self, count, name=None)", "Without the first elements.") { a in
        let set = try of(a)
        let limit = try a.int(1)
        return make(set.count.map { max(0, $0 - max(0, limit)) }, a.machine) { machine in
          let next = try set.start(machine)
          var i = 0
          return {
            while i < limit {
              i += 1
              if try next() == nil { return nil }
            }
            return try next()
          }
        }
      },
      Native("repeat(self, count=None, name=None)", "The elements several times, or for ever.") { a in
        let set = try of(a)
        let times = try a.optionalInt(1)
        let isForEver = (times ?? -1) < 0
        return make(isForEver ? nil : set.count.map { $0 * (times ?? 1) }, a.machine) { machine in
          var round = 0
          var next = try set.start(machine)
          return {
            while isForEver || round < (times ?? 0) {
              if let value = try next() { return value }
              round += 1
              next = try set.start(machine)
              // An empty set repeated for ever would not end.
              guard let value = try next() else { return nil }
              return isForEver || round < (times ?? 0) ? value : nil
            }
            return nil
          }
        }
      },
      Native("prefetch(self, buffer_size, name=None)", "The same: batches are made when needed.") { a in a[0] },
      Native("cache(self, filename='', name=None)", "The same.") { a in a[0] },
      Native("with_options(self, options)", "The same.") { a in a[0] },
      Native("as_numpy_iterator(self)", "The elements as arrays.") { a in
        let machine = a.machine
        let next = try of(a).start(machine)
        return .object(
          Walker {
            guard let value = try next() else { return nil }
            return try KerasTree.map(value) { leaf in
              try machine.numpyValue(machine.tensorflowTensor(leaf).detach())
            }
          })
      },
      Native("cardinality(self)", "The number of elements, -2 where it is not known.") { a in
        a.machine.kerasValue(try Tensor(.int(of(a).count ?? -2)))
      },
      Native("__iter__(self)", "The elements in order.") { a in .object(Walker(try of(a).start(a.machine))) },
      Native("__len__(self)", "The number of elements.") { a in
        if let count = try of(a).count { return .int(count) }
        throw Raise(.typeError, "The dataset length is unknown.")
      },
      Native("__repr__(self)", "The kind of the set.") { a in
        .string("<_Dataset with \(try of(a).count.map { "\($0)" } ?? "an unknown number of") elements>")
      },
    ])
}
