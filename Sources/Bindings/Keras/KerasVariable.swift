import Language
import NeuralNetworks
import TensorCore

/// `keras.Variable`, `tf.Variable`: a tensor that keeps its place and can be overwritten. The object
/// is a tensor object whose type says how it prints; its weight is attached.
enum KerasVariable {
  /// The variable of a weight, the same object each time.
  static func value(_ weight: Weight, _ machine: Machine) -> Value {
    let context = machine.keras
    let object = TensorObject(
      weight.tensor, type: context.variableType, flavor: .torch, types: context.types)
    object.attachment = weight
    return .object(object)
  }

  static func weight(_ value: Value) -> Weight? { value.asTensorObject?.attachment as? Weight }

  private static func of(_ value: Value) throws -> Weight {
    guard let weight = weight(value) else { throw Raise(.typeError, "a variable is needed") }
    return weight
  }

  private static func text(_ value: Value, _ machine: Machine) throws -> (String, Tensor) {
    let weight = try of(value)
    let tensor = weight.tensor.detach()
    let text =
      tensor.rank == 0 ? try number(tensor) : tensor.description(style: .numpyStr)
    return (text, tensor)
  }

  /// A single number as Python writes it: all digits of a float32 as a float64.
  static func number(_ tensor: Tensor) throws -> String {
    switch try tensor.item() {
    case .int(let n): return "\(n)"
    case .bool(let b): return b ? "True" : "False"
    case .double(let d): return FloatText.python(d)
    case .complex(let a, let b): return "(\(a)+\(b)j)"
    }
  }

  private static func change(_ name: String, _ doc: String, _ body: @escaping (Tensor, Tensor) throws -> Tensor)
    -> Native
  {
    Native("\(name)(self, value, use_locking=False, name=None, read_value=True)", doc) { a in
      let weight = try of(a[0])
      var tensor = try a.machine.kerasTensor(a[1], keepsIntegers: true).detach()
      if tensor.dtype != weight.tensor.dtype { tensor = try tensor.to(weight.tensor.dtype) }
      let new = try noGrad { try body(weight.tensor.detach(), tensor) }
      let fits = new.shape == weight.tensor.shape && (name != "assign" || tensor.shape == weight.tensor.shape)
      guard fits else {
        throw Raise(
          .valueError,
          "The shape of the target variable and the shape of the target value in "
            + "`variable.assign(value)` must match. variable.shape="
            + "\(KerasShape.text(weight.tensor.shape.map { $0 })), Received: value.shape="
            + "\(KerasShape.text(tensor.shape.map { $0 })). Target variable: "
            + (try a.machine.repr(a[0])))
      }
      try weight.assign(new)
      return a[0]
    }
  }

  private static let shared: [Native] = [
    change("assign", "Overwrites the values.") { _, new in new },
    change("assign_add", "Adds to the values.") { old, new in try old.adding(new) },
    change("assign_sub", "Subtracts from the values.") { old, new in try old.subtracting(new) },
    Native("numpy(self)", "The values as an array.") { a in
      try a.machine.numpyValue(of(a[0]).tensor.detach().clone())
    },
    Native("__array__(self)", "The values as an array.") { a in
      a.machine.ndarray(try of(a[0]).tensor.detach().clone())
    },
    Native("__hash__(self)", "By identity.") { a in
      .int(a[0].object.map { ObjectIdentifier($0).hashValue } ?? 0)
    },
    Native("ref(self)", "The variable itself, for dicts.") { a in a[0] },
  ]

  private static let properties: [NativeProperty] = [
    NativeProperty("path", "The name with that of its layer.") { value, _ in
      .string(try of(value).path)
    },
    NativeProperty("name", "The name: `kernel`.") { value, _ in
      let weight = try of(value)
      return .string(String(weight.path.split(separator: "/").last ?? ""))
    },
    NativeProperty(
      "trainable", "Whether training changes it.", get: { value, _ in .bool(try of(value).isTrainable) },
      set: { value, new, machine in try of(value).setTrainable(machine.truth(new)) }),
  ]

  static let table = TypeTable(
    "Variable", module: "keras", doc: "A weight: a tensor that keeps its place and can be overwritten.",
    base: TensorflowTensor.table, isSubclassable: false,
    properties: properties + [
      NativeProperty("value", "The values as a tensor.") { value, machine in
        machine.kerasValue(try of(value).tensor)
      },
      NativeProperty("shape", "The sizes of the axes.") { value, _ in
        KerasShape.value(try of(value).tensor.shape.map { $0 })
      },
      NativeProperty("dtype", "The type of the elements.") { value, _ in
        .string(try of(value).tensor.dtype.name)
      },
      NativeProperty(
        "regularizer", "What its size costs.", get: { value, machine in
          (try of(value).regularizer).map { KerasRegularizers.value($0, machine) } ?? .none
        }),
    ],
    methods: [
      Native(
        "__new__(cls, initializer, shape=None, dtype=None, trainable=True, autocast=True, "
          + "aggregation='none', synchronization='auto', name=None)",
        "A variable of values, or of an initializer and a shape.",
        example: "keras.Variable([1.0, 2.0])"
      ) { a in
        let name = try a.optionalString(8) ?? a.machine.kerasNames.next("variable")
        let tensor: Tensor
        if a[1].swiftString != nil || a[1].asInstance is KerasInitializer {
          let rule = try KerasInitializerDoor.read(a[1], a.machine)
          let shape = try KerasShape.read(a[2], a.machine, "Variable").map { $0 ?? 1 }
          tensor = try Tensor.zeros(shape)
          try rule(tensor, NeuralNetworks.KerasInitializers.fans(shape))
        } else {
          tensor = try a.machine.kerasTensor(
            a[1], keepsIntegers: true, dtype: a[3].isNone ? nil : KerasDType.read(a[3], a.machine)
          ).detach().clone()
        }
        return value(try Weight(name, tensor, trainable: a.bool(4)), a.machine)
      },
      Native("__repr__(self)", "Path, shape, dtype and values.") { a in
        let (text, tensor) = try text(a[0], a.machine)
        return .string(
          "<Variable path=\(try of(a[0]).path), shape=\(KerasShape.text(tensor.shape.map { $0 })), "
            + "dtype=\(tensor.dtype.name), value=\(text)>")
      },
      Native("__str__(self)", "Path, shape, dtype and values.") { a in
        let (text, tensor) = try text(a[0], a.machine)
        return .string(
          "<Variable path=\(try of(a[0]).path), shape=\(KerasShape.text(tensor.shape.map { $0 })), "
            + "dtype=\(tensor.dtype.name), value=\(text)>")
      },
    ] + shared)

  static let tensorflowTable = TypeTable(
    "Variable", module: "tensorflow", doc: "A tensor that keeps its place and can be overwritten.",
    base: TensorflowTensor.table, isSubclassable: false,
    properties: [
      properties[2],
      NativeProperty("name", "The name: `Variable:0`.") { value, _ in
        .string(try of(value).name + ":0")
      },
    ],
    methods: [
      Native(
        "__new__(cls, initial_value=None, trainable=True, validate_shape=True, caching_device=None, "
          + "name=None, variable_def=None, dtype=None, import_scope=None, constraint=None, "
          + "synchronization=None, aggregation=None, shape=None)",
        "A variable of values.", example: "tf.Variable([1.0, 2.0])"
      ) { a in
        let start = a[1].object is FunctionObject ? try a.machine.call(a[1]) : a[1]
        let tensor = try a.machine.tensorflowTensor(
          start, dtype: a[7].isNone ? nil : KerasDType.read(a[7], a.machine)
        ).detach().clone()
        let context = a.machine.keras
        let object = TensorObject(
          tensor, type: context.tfVariableType, flavor: .torch, types: context.types)
        object.attachment = try Weight(
          a.optionalString(5) ?? "Variable", tensor, trainable: a.bool(2))
        return .object(object)
      },
      Native("value(self)", "The values as a tensor.") { a in a.machine.kerasValue(try of(a[0]).tensor) },
      Native("read_value(self)", "The values as a tensor.") { a in
        a.machine.kerasValue(try of(a[0]).tensor)
      },
      Native("__repr__(self)", "Name, shape, dtype and values.") { a in
        let weight = try of(a[0])
        let tensor = weight.tensor.detach()
        return .string(
          "<tf.Variable '\(weight.name):0' shape=\(KerasShape.text(tensor.shape.map { $0 })) "
            + "dtype=\(tensor.dtype.name), numpy=\(try TensorflowTensor.numpyText(tensor, a.machine))>")
      },
      Native("__str__(self)", "Name, shape, dtype and values.") { a in
        .string(try a.machine.repr(a[0]))
      },
    ] + shared)
}

/// Numbers as Python prints them.
enum FloatText {
  static func python(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let text = "\(value)"
    // Swift writes 1e-07 as 1e-07 and 1e+16 as 1e+16: the exponents agree.
    return text
  }
}
