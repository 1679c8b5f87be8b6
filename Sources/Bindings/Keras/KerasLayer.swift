import Language
import NeuralNetworks
import TensorCore

/// A layer of Keras's vocabulary: a module of the library with Keras's names and layouts.
class KerasLayer: Instance {
  /// What computes; nil before `__init__`.
  var module: Module?
  var name = ""
  /// `input_shape=(8, 8)`: the sizes without the batch; nil when not given.
  var givenShape: [Int?]?
  /// Shapes with the batch first, known once built.
  var inputShape: [Int?]?
  var outputShape: [Int?]?
  /// Whether the layer's parameters are trained.
  var trainable = true

  /// Whether a summary may print the number of parameters: layers without any always may.
  var isBuilt: Bool { outputShape != nil }
  /// Whether the class makes parameters when it is built.
  var makesParameters: Bool { module is Linear }

  /// Parameters in Keras's order, under Keras's names.
  func weights() -> [KerasWeight] {
    guard let linear = module as? Linear, let kernel = linear.weight else { return [] }
    var result = [
      KerasWeight("\(name)/kernel", kernel, isTransposed: true)
    ]
    if let bias = linear.bias { result.append(KerasWeight("\(name)/bias", bias)) }
    return result
  }

  /// Makes the parameters for inputs of a shape with the batch first, and notes the shapes.
  @discardableResult
  func build(_ shape: [Int?]) throws -> [Int?] {
    guard let module else { throw notReady }
    let result = try module.build(shape)
    inputShape = shape
    outputShape = result
    if !trainable { try freeze() }
    return result
  }

  /// For this layer, and for all layers in it.
  func setTrainable(_ flag: Bool) { trainable = flag }

  func freeze() throws {
    for parameter in module?.parameters ?? [] { try parameter.setRequiresGrad(trainable) }
  }

  var notReady: Raise {
    Raise(
      .runtimeError, "the layer '\(type.name)' was used before it was made",
      hint: "a class of your own calls super().__init__() first")
  }

  /// `__init__` of every layer: its module, its name, the shape of its input.
  func prepare(_ module: Module, name given: String?, shape: [Int?]?, _ machine: Machine) {
    self.module = module
    name = given ?? machine.kerasNames.next(KerasNames.snakeCase(type.name))
    module.label = name
    givenShape = shape
  }
}

/// A parameter under Keras's name; kernels of dense layers are [in, out] there, [out, in] here.
struct KerasWeight {
  let path: String
  let tensor: Tensor
  let isTransposed: Bool

  init(_ path: String, _ tensor: Tensor, isTransposed: Bool = false) {
    self.path = path
    self.tensor = tensor
    self.isTransposed = isTransposed
  }

  var shape: [Int] { isTransposed ? tensor.shape.reversed() : tensor.shape }

  /// A copy in Keras's layout.
  func value() throws -> Tensor {
    let own = tensor.detach()
    return try (isTransposed ? own.t() : own).clone().contiguous()
  }

  /// Overwrites the parameter.
  func assign(_ value: Tensor) throws {
    let new = try value.detach().to(tensor.dtype)
    try noGrad { try tensor.copy(from: isTransposed ? new.t() : new) }
  }
}

// MARK: - Shapes

enum KerasShape {
  /// `(None, 8, 8)`.
  static func text(_ shape: [Int?]) -> String {
    let sizes = shape.map { $0.map(String.init) ?? "None" }
    return sizes.count == 1 ? "(\(sizes[0]),)" : "(" + sizes.joined(separator: ", ") + ")"
  }

  static func value(_ shape: [Int?]) -> Value { .tuple(shape.map { $0.map { .int($0) } ?? .none }) }

  /// Sizes of a tuple, list or single integer; None stays open.
  static func read(_ value: Value, _ machine: Machine, _ owner: String) throws -> [Int?] {
    if let one = try machine.index(value) { return [one] }
    guard try machine.isIterable(value) else {
      throw Raise(
        .valueError, "\(owner): a shape is a tuple of integers, got \(machine.typeName(value))",
        hint: "shape=(64,) is 64 numbers for each row")
    }
    return try machine.array(value).map { item in
      if item.isNone { return nil }
      guard let size = try machine.index(item), size >= 0 else {
        throw Raise(
          .valueError, "\(owner): a shape is a tuple of integers, got \(try machine.repr(value))")
      }
      return size
    }
  }
}

// MARK: - The class

extension KerasLayer {
  private static func of(_ value: Value) -> KerasLayer? { value.asInstance as? KerasLayer }

  static let table = TypeTable(
    "Layer", module: "keras", doc: "What all layers share: name, weights, shapes.",
    isSubclassable: false,
    properties: [
      NativeProperty("name", "The name in summaries.") { value, _ in
        of(value).map { .string($0.name) } ?? .none
      },
      NativeProperty("built", "Whether the parameters exist.") { value, _ in
        .bool(of(value)?.isBuilt ?? false)
      },
      NativeProperty(
        "trainable", "Whether training changes the weights.",
        get: { value, _ in .bool(of(value)?.trainable ?? true) },
        set: { value, new, machine in
          guard let layer = of(value) else { return }
          layer.setTrainable(try machine.truth(new))
          try layer.freeze()
        }),
      NativeProperty("weights", "All weights, as variables.") { value, machine in
        .list((of(value)?.weights() ?? []).map { KerasVariable.make($0, machine) })
      },
      NativeProperty("variables", "All weights, as variables.") { value, machine in
        .list((of(value)?.weights() ?? []).map { KerasVariable.make($0, machine) })
      },
      NativeProperty("trainable_weights", "The weights that training changes.") { value, machine in
        .list(
          (of(value)?.weights() ?? []).filter(\.tensor.requiresGrad)
            .map { KerasVariable.make($0, machine) })
      },
      NativeProperty("trainable_variables", "The weights that training changes.") { value, machine in
        .list(
          (of(value)?.weights() ?? []).filter(\.tensor.requiresGrad)
            .map { KerasVariable.make($0, machine) })
      },
      NativeProperty("non_trainable_weights", "The weights that training leaves.") { value, machine in
        .list(
          (of(value)?.weights() ?? []).filter { !$0.tensor.requiresGrad }
            .map { KerasVariable.make($0, machine) })
      },
      NativeProperty("input_shape", "The shape of inputs, None for the batch.") { value, _ in
        .tuple(try shapes(value).input)
      },
      NativeProperty("output_shape", "The shape of outputs, None for the batch.") { value, _ in
        .tuple(try shapes(value).output)
      },
    ],
    methods: [
      Native("get_weights(self)", "Copies of the weights as arrays; kernels are [in, out].") { a in
        .list(try a.receiver(KerasLayer.self).weights().map { a.machine.ndarray(try $0.value()) })
      },
      Native("set_weights(self, weights)", "Overwrites the weights with arrays in the order of get_weights().") {
        a in
        try a.receiver(KerasLayer.self).assign(a.items(1), a.machine)
        return .none
      },
      Native("count_params(self)", "The number of weights.") { a in
        let layer = try a.receiver(KerasLayer.self)
        if !layer.isBuilt, layer.makesParameters {
          throw Raise(
            .valueError,
            "You tried to call `count_params` on layer '\(layer.name)', but the layer isn't built. "
              + "You can build it manually via: `layer.build(input_shape)`.")
        }
        return .int(layer.weights().reduce(0) { $0 + $1.tensor.count })
      },
      Native("build(self, input_shape)", "Makes the weights for inputs of this shape, the batch first.") {
        a in
        let layer = try a.receiver(KerasLayer.self)
        var shape = try KerasShape.read(a[1], a.machine, layer.name)
        if !shape.isEmpty { shape[0] = nil }
        try layer.build(shape)
        return .none
      },
      Native("__call__(self, inputs, training=False)", "The outputs for inputs, as a tensor.") { a in
        let layer = try a.receiver(KerasLayer.self)
        guard let module = layer.module else { throw layer.notReady }
        if a[1].asInstance is KerasInput {
          throw Raise(
            .typeError, "layers are not called on Input() here: there is no functional model",
            hint: "keras.Sequential([keras.Input(shape=...), layer, ...]) takes layers in a row")
        }
        let x = try KerasData.floats(a[1], a.machine)
        if !layer.isBuilt { try layer.build([nil] + x.shape.dropFirst().map { $0 }) }
        let wasTraining = module.isTraining
        module.train(try a.bool(2))
        defer { module.train(wasTraining) }
        return a.machine.torchValue(try module(x))
      },
      Native("__repr__(self)", "The layer with its name.") { a in
        let layer = try a.receiver(KerasLayer.self)
        let built = layer.isBuilt ? "True" : "False"
        return .string("<\(layer.type.name) name=\(layer.name), built=\(built)>")
      },
    ])

  private static func shapes(_ value: Value) throws -> (input: [Value], output: [Value]) {
    guard let layer = of(value), let input = layer.inputShape, let output = layer.outputShape else {
      throw Raise(
        .attributeError,
        "The layer \(of(value)?.name ?? "") has never been called and thus has no defined shapes.",
        hint: "build it with .build((None, ...)) or call it on data")
    }
    func items(_ shape: [Int?]) -> [Value] { shape.map { $0.map { .int($0) } ?? .none } }
    return (items(input), items(output))
  }

  /// `set_weights`.
  func assign(_ values: [Value], _ machine: Machine) throws {
    let own = weights()
    guard values.count == own.count else {
      throw Raise(
        .valueError,
        "You called `set_weights(weights)` on layer '\(name)' with a weight list of length "
          + "\(values.count), but the layer was expecting \(own.count) weights.",
        hint: own.isEmpty && makesParameters ? "build the model first: .build((None, inputs))" : nil)
    }
    let tensors = try values.map { try machine.tensor($0) }
    for (weight, tensor) in zip(own, tensors) where weight.shape != tensor.shape {
      throw Raise(
        .valueError,
        "Layer \(name) weight shape \(KerasShape.text(weight.shape)) is not compatible with provided "
          + "weight shape \(KerasShape.text(tensor.shape)).")
    }
    for (weight, tensor) in zip(own, tensors) { try weight.assign(tensor) }
  }
}
