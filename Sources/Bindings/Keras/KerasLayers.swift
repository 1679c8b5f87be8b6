import Language
import NeuralNetworks
import TensorCore

/// `keras.layers`: the layers by name.
enum KerasLayers {
  static let tables =
    core + convolutions + pools + shapes + drops + joins + activationLayers + recurrent + attentions
    + KerasPreprocessing.tables + KerasPreprocessing.text

  /// Arguments that every layer takes besides its own, by name only.
  static let common =
    "activity_regularizer=None, name=None, dtype=None, trainable=True, autocast=True, "
    + "input_shape=None, input_dim=None, batch_input_shape=None"

  /// A layer's class: the parameters of `__init__` after `self`, and what makes the unit.
  static func layer(
    _ name: String, _ doc: String, _ parameters: String, example: String,
    allocate: @escaping (TypeObject) -> Instance = { KerasLayer($0) }, methods: [Native] = [],
    properties: [NativeProperty] = [], then: @escaping (KerasNamed, KerasLayer) throws -> Void = { _, _ in },
    _ make: @escaping (KerasNamed) throws -> KerasUnit?
  ) -> TypeTable {
    let head = parameters.isEmpty ? "self" : "self, " + parameters
    let star = parameters.contains("*") ? "" : "*, "
    // `Embedding` has an `input_dim` of its own.
    let common = parameters.contains("input_dim")
      ? Self.common.replacing("input_dim=None, ", with: "") : Self.common
    return TypeTable(
      name, module: "keras.layers", doc: doc, base: KerasLayer.table, allocate: allocate,
      properties: properties,
      methods: [
        Native("__init__(\(head), \(star)\(common))", doc, example: example) { a in
          let layer = try a.receiver(KerasLayer.self)
          let named = KerasNamed(a)
          layer.name = try named.optionalString("name") ?? KerasNames.snakeCase(name)
          let unit = try layer.explained { try make(named) }
          layer.prepare(
            name: try named.optionalString("name"), trainable: try named.bool("trainable"), a.machine)
          try layer.readCommon(named)
          layer.unit = unit
          let shared: Set<String> = [
            "self", "activity_regularizer", "name", "dtype", "trainable", "autocast", "input_shape",
            "batch_input_shape",
          ]
          layer.config = named.names.filter { name in
            !shared.contains(name) && (name != "input_dim" || parameters.contains("input_dim"))
          }.map { ($0, named[$0]) }
          if named.has("seed"), let seed = try named.machine.index(named["seed"]) {
            unit?.generator = Generator(seed: UInt64(bitPattern: Int64(seed)))
          }
          try then(named, layer)
          return .none
        }
      ] + methods)
  }

  private static let rules =
    "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
    + "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None"

  /// `activity_regularizer` stands among the layer's own parameters there.
  private static func strip(_ parameters: String) -> String { parameters }

  // MARK: - Core

  static let core: [TypeTable] = [
    layer(
      "Dense", "y = activation(x @ kernel + bias): every input feeds every output.",
      "units, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        + "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        + "kernel_constraint=None, bias_constraint=None, lora_rank=None",
      example: "keras.layers.Dense(10, activation='softmax')"
    ) { n in
      DenseUnit(
        try n.positive("units"), bias: try n.bool("use_bias"), activation: try n.activation(),
        kernel: try n.rule("kernel"), biasRule: try n.rule("bias"))
    },
    layer(
      "EinsumDense", "A kernel over axes that an equation names.",
      "equation, output_shape, activation=None, bias_axes=None, kernel_initializer='glorot_uniform', "
        + "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        + "kernel_constraint=None, bias_constraint=None",
      example: "keras.layers.EinsumDense('abc,cd->abd', output_shape=(None, 64), bias_axes='d')"
    ) { n in
      try EinsumDenseUnit(
        n.string("equation"), output: KerasShape.read(n["output_shape"], n.machine, "EinsumDense"),
        biasAxes: n.optionalString("bias_axes"), activation: n.activation(), kernel: n.rule("kernel"),
        biasRule: n.rule("bias"))
    },
    layer(
      "Embedding", "Rows of a table by their numbers.",
      "input_dim, output_dim, embeddings_initializer='uniform', embeddings_regularizer=None, "
        + "embeddings_constraint=None, mask_zero=False, weights=None, lora_rank=None, input_length=None",
      example: "keras.layers.Embedding(1000, 16)",
      then: { n, layer in
        guard n.has("weights") else { return }
        try layer.build([[nil]], n.machine)
        try layer.assign(n.machine.array(n["weights"]), n.machine)
      }
    ) { n in
      EmbeddingUnit(
        try n.positive("input_dim"), try n.positive("output_dim"), masksZero: try n.bool("mask_zero"),
        rule: try n.rule("embeddings"))
    },
    layer(
      "Lambda", "A function as a layer.", "function, output_shape=None, mask=None, arguments=None",
      example: "keras.layers.Lambda(lambda x: x * 2)", allocate: { KerasLambda($0) }
    ) { n in
      nil
    },
    layer("Masking", "Steps whose features all equal a value count nothing.", "mask_value=0.0", example: "keras.layers.Masking()") {
      n in KerasArrangements.masking(try n.double("mask_value"))
    },
    layer("Identity", "Passes its input on.", "", example: "keras.layers.Identity()") { _ in
      FunctionUnit(keepsDType: true) { x, _, _ in [x[0]] }
    },
    layer("Activation", "A function applied to every input: 'relu', 'softmax', ...", "activation", example: "keras.layers.Activation('relu')") {
      n in
      let activation = try n.activation()
      return FunctionUnit { x, _, _ in [try activation.map { try $0(x[0]) } ?? x[0]] }
    },
    layer(
      "ActivityRegularization", "Adds a price on its inputs to the loss.", "l1=0.0, l2=0.0",
      example: "keras.layers.ActivityRegularization(l2=0.01)",
      then: { n, layer in
        layer.activityRegularizer = .l1l2(try n.double("l1"), try n.double("l2"))
      }
    ) { _ in FunctionUnit { x, _, _ in [x[0]] } },
  ]

  // MARK: - Convolutions

  private static func padding(_ n: KerasNamed, causal: Bool = false) throws -> KerasPadding {
    KerasPadding(
      rawValue: try n.choice("padding", causal ? ["valid", "same", "causal"] : ["valid", "same"]))
      ?? .valid
  }

  static func isChannelsFirst(_ n: KerasNamed) throws -> Bool {
    guard n.has("data_format") else { return false }
    return try n.choice("data_format", ["channels_last", "channels_first"]) == "channels_first"
  }

  private static func convolution(_ axes: Int) -> TypeTable {
    let one = axes == 1 ? "1" : "(1, 1)"
    return layer(
      "Conv\(axes)D", "Filters that slide over \(axes == 1 ? "time" : "images"), channels last.",
      "filters, kernel_size, strides=\(one), padding='valid', data_format=None, dilation_rate=\(one), "
        + "groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        + "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        + "kernel_constraint=None, bias_constraint=None",
      example: "keras.layers.Conv\(axes)D(32, 3, activation='relu')"
    ) { n in
      try ConvolutionUnit(
        "Conv\(axes)D", filters: n.positive("filters"), kernel: n.sizes("kernel_size", axes),
        strides: n.sizes("strides", axes), padding: padding(n, causal: axes == 1),
        channelsFirst: isChannelsFirst(n), dilation: n.sizes("dilation_rate", axes),
        groups: n.int("groups"), bias: n.bool("use_bias"), activation: n.activation(),
        kernelRule: n.rule("kernel"), biasRule: n.rule("bias"))
    }
  }

  private static func transposed(_ axes: Int) -> TypeTable {
    let one = axes == 1 ? "1" : "(1, 1)"
    return layer(
      "Conv\(axes)DTranspose", "The convolution backwards: larger outputs than inputs.",
      "filters, kernel_size, strides=\(one), padding='valid', output_padding=None, data_format=None, "
        + "dilation_rate=\(one), activation=None, use_bias=True, "
        + "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
        + "bias_regularizer=None, kernel_constraint=None, bias_constraint=None",
      example: "keras.layers.Conv\(axes)DTranspose(16, 3, strides=2, padding='same')"
    ) { n in
      TransposedConvolutionUnit(
        "Conv\(axes)DTranspose", filters: try n.positive("filters"),
        kernel: try n.sizes("kernel_size", axes), strides: try n.sizes("strides", axes),
        padding: try padding(n),
        outputPadding: n.has("output_padding") ? try n.sizes("output_padding", axes, least: 0) : nil,
        channelsFirst: try isChannelsFirst(n), dilation: try n.sizes("dilation_rate", axes),
        bias: try n.bool("use_bias"), activation: try n.activation(), kernelRule: try n.rule("kernel"),
        biasRule: try n.rule("bias"))
    }
  }

  private static func depthwise(_ axes: Int) -> TypeTable {
    let one = axes == 1 ? "1" : "(1, 1)"
    return layer(
      "DepthwiseConv\(axes)D", "Filters of each channel for itself.",
      "kernel_size, strides=\(one), padding='valid', depth_multiplier=1, data_format=None, "
        + "dilation_rate=\(one), activation=None, use_bias=True, "
        + "depthwise_initializer='glorot_uniform', bias_initializer='zeros', "
        + "depthwise_regularizer=None, bias_regularizer=None, depthwise_constraint=None, "
        + "bias_constraint=None",
      example: "keras.layers.DepthwiseConv\(axes)D(3)"
    ) { n in
      let depth = try n.rule("depthwise")
      return DepthwiseUnit(
        "DepthwiseConv\(axes)D", filters: nil, multiplier: try n.positive("depth_multiplier"),
        kernel: try n.sizes("kernel_size", axes), strides: try n.sizes("strides", axes),
        padding: try padding(n), channelsFirst: try isChannelsFirst(n),
        dilation: try n.sizes("dilation_rate", axes), bias: try n.bool("use_bias"),
        activation: try n.activation(), depthRule: depth, pointRule: depth,
        biasRule: try n.rule("bias"))
    }
  }

  private static func separable(_ axes: Int) -> TypeTable {
    let one = axes == 1 ? "1" : "(1, 1)"
    return layer(
      "SeparableConv\(axes)D", "Filters of each channel for itself, then a mixture of all.",
      "filters, kernel_size, strides=\(one), padding='valid', data_format=None, dilation_rate=\(one), "
        + "depth_multiplier=1, activation=None, use_bias=True, "
        + "depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', "
        + "bias_initializer='zeros', depthwise_regularizer=None, pointwise_regularizer=None, "
        + "bias_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, "
        + "bias_constraint=None",
      example: "keras.layers.SeparableConv\(axes)D(32, 3)"
    ) { n in
      DepthwiseUnit(
        "SeparableConv\(axes)D", filters: try n.positive("filters"),
        multiplier: try n.positive("depth_multiplier"), kernel: try n.sizes("kernel_size", axes),
        strides: try n.sizes("strides", axes), padding: try padding(n, causal: axes == 1),
        channelsFirst: try isChannelsFirst(n), dilation: try n.sizes("dilation_rate", axes),
        bias: try n.bool("use_bias"), activation: try n.activation(),
        depthRule: try n.rule("depthwise"), pointRule: try n.rule("pointwise"),
        biasRule: try n.rule("bias"))
    }
  }

  static let convolutions: [TypeTable] = [1, 2].flatMap { axes in
    [convolution(axes), transposed(axes), depthwise(axes), separable(axes)]
  }

  // MARK: - Pools

  private static func pool(_ axes: Int, maximum: Bool) -> TypeTable {
    let two = axes == 1 ? "2" : "(2, 2)"
    let name = "\(maximum ? "Max" : "Average")Pooling\(axes)D"
    return layer(
      name, "The \(maximum ? "largest" : "mean") of each window.",
      "pool_size=\(two), strides=None, padding='valid', data_format=None",
      example: "keras.layers.\(name)(2)"
    ) { n in
      let size = try n.sizes("pool_size", axes)
      return PoolingUnit(
        name, maximum: maximum, pool: size, strides: n.has("strides") ? try n.sizes("strides", axes) : size,
        padding: try padding(n), channelsFirst: try isChannelsFirst(n))
    }
  }

  private static func global(_ axes: Int, maximum: Bool) -> TypeTable {
    let name = "Global\(maximum ? "Max" : "Average")Pooling\(axes)D"
    return layer(
      name, "The \(maximum ? "largest" : "mean") of each channel.",
      "data_format=None, keepdims=False", example: "keras.layers.\(name)()"
    ) { n in
      KerasArrangements.global(
        maximum: maximum, axes: axes, keepDims: try n.bool("keepdims"),
        channelsFirst: try isChannelsFirst(n))
    }
  }

  static let pools: [TypeTable] = [1, 2].flatMap { axes in
    [true, false].flatMap { [pool(axes, maximum: $0), global(axes, maximum: $0)] }
  }

  // MARK: - Shapes

  /// One number, two, or two for each axis.
  private static func amounts(_ n: KerasNamed, _ name: String, _ axes: Int) throws -> [(Int, Int)] {
    func size(_ value: Value) throws -> Int {
      guard let size = try n.machine.index(value), size >= 0, size < 1 << 30 else {
        throw Raise(
          .valueError,
          "`\(name)` should be non-negative integers. Received: \(name)=\(try n.machine.repr(n[name]))")
      }
      return size
    }
    func items(_ value: Value) -> [Value]? { value.asTuple?.items ?? value.asList?.items }
    guard let parts = items(n[name]) else {
      let one = try size(n[name])
      return Array(repeating: (one, one), count: axes)
    }
    if axes == 1 {
      if parts.count == 2 { return [(try size(parts[0]), try size(parts[1]))] }
    } else if parts.count == axes {
      return try parts.map { part in
        if let pair = items(part) {
          guard pair.count == 2 else { throw n.a.mismatch(1, expected: "pairs of integers") }
          return (try size(pair[0]), try size(pair[1]))
        }
        let one = try size(part)
        return (one, one)
      }
    }
    throw Raise(
      .valueError,
      "`\(name)` should be either an int or a tuple of \(axes == 1 ? 2 : axes). Received: "
        + "\(name)=\(try n.machine.repr(n[name]))")
  }

  static let shapes: [TypeTable] = [
    layer("Flatten", "Every sample as one row: (batch, a, b) becomes (batch, a * b).", "data_format=None", example: "keras.layers.Flatten()") {
      _ in KerasArrangements.flatten()
    },
    layer("Reshape", "Every sample in another shape; -1 is what is left.", "target_shape", example: "keras.layers.Reshape((8, 8))") {
      n in
      KerasArrangements.reshape(try n.machine.sizes(n["target_shape"], "Reshape"))
    },
    layer("Permute", "The axes of every sample in another order, counted from 1.", "dims", example: "keras.layers.Permute((2, 1))") {
      n in try KerasArrangements.permute(n.machine.sizes(n["dims"], "Permute"))
    },
    layer("RepeatVector", "Every row n times: (batch, size) becomes (batch, n, size).", "n", example: "keras.layers.RepeatVector(3)") {
      n in
      guard let count = try n.machine.index(n["n"]) else {
        throw Raise(
          .typeError, "Expected an integer value for `n`, got \(n.machine.typeName(n["n"])).")
      }
      guard count > 0 else { throw Raise(.valueError, "n must be positive, got \(count)") }
      return KerasArrangements.repeatVector(count)
    },
    layer("ZeroPadding1D", "Zeros before and behind time.", "padding=1, data_format=None", example: "keras.layers.ZeroPadding1D(2)") {
      n in KerasArrangements.pad("ZeroPadding1D", try amounts(n, "padding", 1))
    },
    layer("ZeroPadding2D", "Zeros around images.", "padding=(1, 1), data_format=None", example: "keras.layers.ZeroPadding2D(1)") {
      n in
      KerasArrangements.pad(
        "ZeroPadding2D", try amounts(n, "padding", 2), channelsFirst: try isChannelsFirst(n))
    },
    layer("Cropping1D", "Without some steps at the ends.", "cropping=(1, 1), data_format=None", example: "keras.layers.Cropping1D(1)") {
      n in
      KerasArrangements.pad("Cropping1D", try amounts(n, "cropping", 1).map { (-$0.0, -$0.1) })
    },
    layer("Cropping2D", "Without some rows and columns at the edges.", "cropping=((0, 0), (0, 0)), data_format=None", example: "keras.layers.Cropping2D(1)") {
      n in
      KerasArrangements.pad(
        "Cropping2D", try amounts(n, "cropping", 2).map { (-$0.0, -$0.1) },
        channelsFirst: try isChannelsFirst(n))
    },
    layer("UpSampling1D", "Every step several times.", "size=2", example: "keras.layers.UpSampling1D(2)") { n in
      KerasArrangements.upsample(try n.sizes("size", 1), mode: .nearest)
    },
    layer("UpSampling2D", "Every row and column several times.", "size=(2, 2), data_format=None, interpolation='nearest'", example: "keras.layers.UpSampling2D(2)") {
      n in
      let mode = try n.choice("interpolation", ["nearest", "bilinear"])
      return KerasArrangements.upsample(
        try n.sizes("size", 2), mode: mode == "nearest" ? .nearest : .linear,
        channelsFirst: try isChannelsFirst(n))
    },
  ]

  // MARK: - Normalization, dropping

  private static func axes(_ n: KerasNamed, _ name: String = "axis") throws -> [Int] {
    if let one = try n.machine.index(n[name]) { return [one] }
    return try n.machine.sizes(n[name], name)
  }

  static func rate(_ n: KerasNamed) throws -> Double {
    guard let rate = try n.machine.float(n["rate"]), rate >= 0, rate <= 1 else {
      throw Raise(
        .valueError,
        "Invalid value received for argument `rate`. Expected a float value between 0 and 1. "
          + "Received: rate=\(try n.machine.repr(n["rate"]))")
    }
    return rate
  }

  private static let gammaBeta =
    "beta_initializer='zeros', gamma_initializer='ones', beta_regularizer=None, "
    + "gamma_regularizer=None, beta_constraint=None, gamma_constraint=None"

  static let drops: [TypeTable] = [
    layer(
      "BatchNormalization", "Inputs with mean 0 and variance 1, by the batch in training.",
      "axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', "
        + "gamma_initializer='ones', moving_mean_initializer='zeros', "
        + "moving_variance_initializer='ones', beta_regularizer=None, gamma_regularizer=None, "
        + "beta_constraint=None, gamma_constraint=None, synchronized=False",
      example: "keras.layers.BatchNormalization()"
    ) { n in
      BatchNormalizationUnit(
        axis: try n.int("axis"), momentum: try n.double("momentum"), epsilon: try n.double("epsilon"),
        center: try n.bool("center") ? n.rule("beta") : nil,
        scale: try n.bool("scale") ? n.rule("gamma") : nil, mean: try n.rule("moving_mean"),
        variance: try n.rule("moving_variance"))
    },
    layer(
      "LayerNormalization", "Each sample with mean 0 and variance 1.",
      "axis=-1, epsilon=0.001, center=True, scale=True, rms_scaling=False, " + gammaBeta,
      example: "keras.layers.LayerNormalization()"
    ) { n in
      SampleNormalizationUnit(
        .layer, axes: try axes(n), epsilon: try n.double("epsilon"),
        center: try n.bool("center") ? n.rule("beta") : nil,
        scale: try n.bool("scale") ? n.rule("gamma") : nil)
    },
    layer(
      "RMSNormalization", "Each sample divided by its root mean square.", "axis=-1, epsilon=1e-06",
      example: "keras.layers.RMSNormalization()"
    ) { n in
      SampleNormalizationUnit(
        .rms, axes: try axes(n), epsilon: try n.double("epsilon"), center: nil, scale: WeightRule(.ones))
    },
    layer(
      "GroupNormalization", "Groups of channels of each sample with mean 0 and variance 1.",
      "groups=32, axis=-1, epsilon=0.001, center=True, scale=True, " + gammaBeta,
      example: "keras.layers.GroupNormalization(groups=4)"
    ) { n in
      SampleNormalizationUnit(
        .group(try n.int("groups")), axes: try axes(n), epsilon: try n.double("epsilon"),
        center: try n.bool("center") ? n.rule("beta") : nil,
        scale: try n.bool("scale") ? n.rule("gamma") : nil)
    },
    layer("UnitNormalization", "Each sample at length 1.", "axis=-1", example: "keras.layers.UnitNormalization()") { n in
      SampleNormalizationUnit(.unit, axes: try axes(n), epsilon: 0, center: nil, scale: nil)
    },
    layer(
      "Dropout", "In training sets a share of the inputs to 0 and scales the others up.",
      "rate, noise_shape=None, seed=None", example: "keras.layers.Dropout(0.5)"
    ) { n in
      KerasArrangements.dropout(
        try rate(n),
        shape: n.has("noise_shape") ? try KerasShape.read(n["noise_shape"], n.machine, "Dropout") : nil)
    },
    layer("SpatialDropout1D", "Drops whole channels of sequences.", "rate, seed=None, name=None, dtype=None".replacingCommon, example: "keras.layers.SpatialDropout1D(0.2)") {
      n in KerasArrangements.dropout(try rate(n), spatial: 1)
    },
    layer("SpatialDropout2D", "Drops whole channels of images.", "rate, data_format=None, seed=None", example: "keras.layers.SpatialDropout2D(0.2)") {
      n in KerasArrangements.dropout(try rate(n), spatial: 2)
    },
    layer("GaussianNoise", "Adds normal numbers in training.", "stddev, seed=None", example: "keras.layers.GaussianNoise(0.1)") {
      n in KerasArrangements.gaussianNoise(try n.double("stddev"))
    },
    layer("GaussianDropout", "Multiplies by normal numbers around 1 in training.", "rate, seed=None", example: "keras.layers.GaussianDropout(0.1)") {
      n in KerasArrangements.gaussianDropout(try rate(n))
    },
    layer("AlphaDropout", "Dropout that keeps mean and variance of selu units.", "rate, noise_shape=None, seed=None", example: "keras.layers.AlphaDropout(0.1)") {
      n in KerasArrangements.alphaDropout(try rate(n))
    },
  ]

  // MARK: - Joining

  static let joins: [TypeTable] =
    [
      KerasArrangements.Join.add, .subtract, .multiply, .average, .maximum, .minimum,
    ].map { kind in
      layer(
        kind.rawValue, "\(kind.rawValue) of a list of inputs, element by element.", "",
        example: "keras.layers.\(kind.rawValue)()"
      ) { _ in KerasArrangements.join(kind) }
    } + [
      layer("Concatenate", "A list of inputs behind each other along an axis.", "axis=-1", example: "keras.layers.Concatenate()") {
        n in KerasArrangements.concatenate(try n.int("axis"))
      },
      layer("Dot", "Products of two inputs over an axis of each.", "axes, normalize=False", example: "keras.layers.Dot(axes=1)") {
        n in
        let pair = try axes(n, "axes")
        guard let first = pair.first, let last = pair.last, pair.count <= 2 else {
          throw Raise(
            .valueError, "Invalid format for `axes` - must contain two elements. Received: axes="
              + (try n.machine.repr(n["axes"])))
        }
        return KerasArrangements.dot((first, last), normalize: try n.bool("normalize"))
      },
    ]

  /// `keras.layers.add([a, b])` and its kin.
  static let joinFunctions: [Native] = [
    ("add", "Add"), ("subtract", "Subtract"), ("multiply", "Multiply"), ("average", "Average"),
    ("maximum", "Maximum"), ("minimum", "Minimum"),
  ].map { name, type in
    Native("\(name)(inputs, **kwargs)", "\(type) of a list of inputs, as a layer.") { a in
      try joined(type, [:], a)
    }
  } + [
    Native("concatenate(inputs, axis=-1, **kwargs)", "A list of inputs behind each other, as a layer.") {
      a in
      try joined("Concatenate", ["axis": a[1]], a)
    },
    Native("dot(inputs, axes=-1, **kwargs)", "Products of two inputs, as a layer.") { a in
      try joined("Dot", ["axes": a[1]], a)
    },
  ]

  private static func joined(_ type: String, _ settings: [String: Value], _ a: Arguments) throws -> Value {
    guard let table = joins.first(where: { $0.name == type }) else { return .none }
    let keywords = settings.map { (name: $0.key, value: $0.value) } + a.keywords(a.count - 1)
    let layer = try a.machine.call(.object(a.machine.type(table)), [], keywords: keywords)
    return try a.machine.call(layer, [a[0]])
  }

  // MARK: - Activations

  private static func activation(
    _ name: String, _ doc: String, _ parameters: String, _ make: @escaping (KerasNamed) throws -> (Tensor) throws -> Tensor
  ) -> TypeTable {
    layer(name, doc, parameters, example: "keras.layers.\(name)()") { n in
      let function = try make(n)
      return FunctionUnit { x, _, _ in [try function(x[0])] }
    }
  }

  static let activationLayers: [TypeTable] = [
    activation("ReLU", "max(x, 0) for every input.", "max_value=None, negative_slope=0.0, threshold=0.0") { n in
      let (slope, most, threshold) = (
        try n.double("negative_slope"), try n.optionalDouble("max_value"), try n.double("threshold")
      )
      return { try KerasActivationRules.relu($0, slope: slope, maximum: most, threshold: threshold) }
    },
    activation("LeakyReLU", "x, or slope * x below 0.", "negative_slope=0.3, alpha=None") { n in
      let slope = try n.optionalDouble("alpha") ?? n.double("negative_slope")
      return { try KerasActivationRules.leaky($0, slope) }
    },
    activation("ELU", "x, or alpha (exp(x) - 1) below 0.", "alpha=1.0") { n in
      let alpha = try n.double("alpha")
      return { try KerasActivationRules.elu($0, alpha: alpha) }
    },
    activation("Softmax", "Probabilities that add up to 1 along an axis.", "axis=-1") { n in
      let axis = try n.int("axis")
      return { try $0.softmax(axis: axis) }
    },
    layer(
      "PReLU", "x, or a learned slope times x below 0.",
      "alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None",
      example: "keras.layers.PReLU()"
    ) { n in
      PReLUUnit(
        rule: try n.rule("alpha"),
        sharedAxes: n.has("shared_axes") ? try n.machine.sizes(n["shared_axes"], "PReLU") : [])
    },
  ]
}

extension String {
  /// Parameters without those that every layer takes anyway.
  fileprivate var replacingCommon: String {
    split(separator: ",").map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("name=") && !$0.hasPrefix("dtype=") }.joined(separator: ", ")
  }
}

/// `keras.layers.Lambda`: a function of the program as a layer.
final class KerasLambda: KerasLayer {
  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard let function = config.first(where: { $0.name == "function" })?.value else { throw notMade }
    var named = keywords
    if let extra = config.first(where: { $0.name == "arguments" })?.value.asDict {
      named += extra.pairs.compactMap { pair in pair.key.swiftString.map { ($0, pair.value) } }
    }
    return try machine.call(function, arguments, keywords: named)
  }
}
