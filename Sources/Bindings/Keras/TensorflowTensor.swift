import Language
import NeuralNetworks
import TensorCore

/// `tf.Tensor`: what layers and functions of the doors `keras` and `tensorflow` give.
enum TensorflowTensor {
  private static func tensor(_ value: Value) throws(Raise) -> Tensor {
    if let object = value.asTensorObject { return object.tensor }
    throw Raise(.typeError, "a tensor is needed")
  }

  static func numpyText(_ tensor: Tensor, _ machine: Machine) throws -> String {
    if tensor.rank == 0 {
      return try KerasVariable.number(tensor)
    }
    return try machine.repr(machine.ndarray(tensor.detach()))
  }

  static let table = TypeTable(
    "EagerTensor", module: "tensorflow", doc: "An array of numbers that gradients can flow through.",
    base: TorchTensor.table, isSubclassable: false,
    properties: [
      NativeProperty("shape", "The sizes of the axes.") { value, machine in
        TensorShape.make(try tensor(value).shape.map { $0 }, machine)
      },
      NativeProperty("dtype", "The type of the elements: `tf.float32`.") { value, machine in
        KerasDType.value(try tensor(value).dtype, machine)
      },
      NativeProperty("device", "Where it lives.") { _, _ in
        .string("/job:localhost/replica:0/task:0/device:CPU:0")
      },
      NativeProperty("_keras_mask", "The mask that a layer gave, or None.") { value, machine in
        (value.asTensorObject?.attachment as? KerasMask).map { machine.kerasValue($0.mask) } ?? .none
      },
    ],
    methods: [
      Native("numpy(self)", "The values as an array.") { a in
        try a.machine.numpyValue(a.torchTensor(0).detach())
      },
      Native("__array__(self, dtype=None)", "The values as an array.") { a in
        a.machine.ndarray(try a.torchTensor(0).detach())
      },
      Native("get_shape(self)", "The sizes of the axes.") { a in
        TensorShape.make(try a.torchTensor(0).shape.map { $0 }, a.machine)
      },
      Native("__int__(self)", "The one element as an int, cut.") { a in
        try a.machine.call(
          .object(a.machine.types.int), [Value(a.torchTensor(0).detach().item())])
      },
      Native("__len__(self)", "The size of the first axis.") { a in
        if let size = try a.torchTensor(0).shape.first { return .int(size) }
        throw Raise(.typeError, "Scalar tensor has no `len()`")
      },
      Native("__hash__(self)", "By identity.") { a in
        .int(a[0].object.map { ObjectIdentifier($0).hashValue } ?? 0)
      },
      Native("__format__(self, spec)", "A single number as formatted.") { a in
        let tensor = try a.torchTensor(0)
        let spec = try a.string(1)
        if spec.isEmpty { return .string(try a.machine.text(of: a[0])) }
        if tensor.rank == 0 {
          return .string(try a.machine.formatted(Value(tensor.item()), spec))
        }
        throw Raise(
          .typeError, "unsupported format string passed to EagerTensor.__format__",
          hint: "float(x) gives the number of a tensor with one element")
      },
      Native("__str__(self)", "Values, shape and dtype.") { a in
        let tensor = try a.torchTensor(0).detach()
        let text: String
        if tensor.rank == 0 {
          text = try a.machine.text(of: a.machine.numpyValue(tensor))
        } else {
          text = tensor.description(style: .numpyStr)
        }
        let lines = text.contains("\n") || tensor.rank > 1 ? "\n" + text : text
        return .string(
          "tf.Tensor(\(lines), shape=\(KerasShape.text(tensor.shape.map { $0 })), "
            + "dtype=\(tensor.dtype.name))")
      },
      Native("__repr__(self)", "Shape, dtype and values.") { a in
        let tensor = try a.torchTensor(0).detach()
        let text: String
        if tensor.rank == 0 {
          text = try KerasVariable.number(tensor)
        } else {
          let array = try numpyText(tensor, a.machine)
          text = (array.contains("\n") || tensor.rank > 1 ? "\n" : "") + array
        }
        return .string(
          "<tf.Tensor: shape=\(KerasShape.text(tensor.shape.map { $0 })), "
            + "dtype=\(tensor.dtype.name), numpy=\(text)>")
      },
    ])
}

/// Which steps of a sequence count, attached to the tensor that a layer gave.
final class KerasMask {
  let mask: Tensor
  init(_ mask: Tensor) { self.mask = mask }
}

/// `tf.TensorShape`: a shape, a tuple that knows its rank.
enum TensorShape {
  static func make(_ shape: [Int?], _ machine: Machine) -> Value {
    let tuple = TupleObject(shape.map { $0.map { .int($0) } ?? .none })
    tuple.subclass = machine.type(table)
    return .object(tuple)
  }

  private static func items(_ a: Arguments) -> [Value] { a[0].asTuple?.items ?? [] }

  static let table = TypeTable(
    "TensorShape", module: "tensorflow", doc: "The sizes of a tensor's axes.", baseName: "tuple",
    properties: [
      NativeProperty("rank", "The number of axes.") { value, _ in .int(value.asTuple?.count ?? 0) },
      NativeProperty("ndims", "The number of axes.") { value, _ in .int(value.asTuple?.count ?? 0) },
    ],
    methods: [
      Native("as_list(self)", "The sizes as a list.") { a in .list(items(a)) },
      Native("num_elements(self)", "The product of the sizes.") { a in
        .int(try Shape.count(items(a).compactMap(\.asInt), "num_elements"))
      },
      Native("__repr__(self)", "`TensorShape([2, 3])`.") { a in
        let texts = try items(a).map { try a.machine.repr($0) }
        return .string("TensorShape([" + texts.joined(separator: ", ") + "])")
      },
      Native("__str__(self)", "`(2, 3)`.") { a in
        .string(KerasShape.text(items(a).map(\.asInt)))
      },
    ])
}

/// `tf.float32`: equal to its name.
final class KerasDType: Instance {
  var dtype = DType.float32

  static func value(_ dtype: DType, _ machine: Machine) -> Value {
    let key = "Bindings.KerasDType.\(dtype.name)"
    if let known = machine.extensions[key] as? KerasDType { return .object(known) }
    let object = KerasDType(machine.type(table))
    object.dtype = dtype
    machine.extensions[key] = object
    return .object(object)
  }

  static func read(_ value: Value, _ machine: Machine) throws -> DType {
    if let own = value.asInstance as? KerasDType { return own.dtype }
    if let known = machine.dtype(value, .numpy) { return known }
    let names = DType.allCases.map(\.name)
    throw Raise(
      .typeError,
      "Cannot convert the argument `type_value`: \(try machine.repr(value)) to a TensorFlow DType.",
      hint: value.swiftString.flatMap { Suggestion.nearest(to: $0, among: names) }
        .map { "Did you mean '\($0)'?" } ?? "There are: " + names.joined(separator: ", "))
  }

  private static func of(_ value: Value) -> DType { (value.asInstance as? KerasDType)?.dtype ?? .float32 }

  static let table = TypeTable(
    "DType", module: "tensorflow", doc: "The type of a tensor's elements.", isSubclassable: false,
    properties: [
      NativeProperty("name", "The name: `float32`.") { value, _ in .string(of(value).name) },
      NativeProperty("size", "Bytes of one element.") { value, _ in .int(of(value).size) },
      NativeProperty("is_floating", "Whether the elements are floats.") { value, _ in
        .bool(of(value).isFloating)
      },
      NativeProperty("is_integer", "Whether the elements are integers.") { value, _ in
        .bool(of(value).isInteger)
      },
      NativeProperty("as_numpy_dtype", "NumPy's type.") { value, machine in
        machine.tensorTypes.scalars[of(value)].map { .object($0) } ?? .none
      },
    ],
    methods: [
      Native("__repr__(self)", "`tf.float32`.") { a in .string("tf.\(of(a[0]).name)") },
      Native("__str__(self)", "`<dtype: 'float32'>`.") { a in .string("<dtype: '\(of(a[0]).name)'>") },
      Native("__eq__(self, other)", "Equal to the dtype and to its name.") { a in
        if let other = a[1].asInstance as? KerasDType { return .bool(other.dtype == of(a[0])) }
        return .bool(a.machine.dtype(a[1], .numpy) == of(a[0]))
      },
      Native("__ne__(self, other)", "Not equal.") { a in
        if let other = a[1].asInstance as? KerasDType { return .bool(other.dtype != of(a[0])) }
        return .bool(a.machine.dtype(a[1], .numpy) != of(a[0]))
      },
      Native("__hash__(self)", "By dtype.") { a in .int(Int(of(a[0]).rawValue)) },
    ])
}

extension Machine {
  /// A tensor of a value as TensorFlow makes one: Python's floats are float32, its ints int32; arrays
  /// keep their type.
  func tensorflowTensor(_ value: Value, dtype: DType? = nil) throws -> Tensor {
    if let object = value.asTensorObject {
      return try dtype.map { try object.tensor.to($0) } ?? object.tensor
    }
    if value.asNumpyScalar != nil || value.asInstance is any ArraySource {
      return try tensor(value, .numpy, dtype: dtype)
    }
    if value.asList != nil || value.asTuple != nil,
      KerasTree.contains(value, { ($0.asTensorObject?.flavor == .torch) })
    {
      let items = try array(value).map { try tensorflowTensor($0, dtype: dtype) }
      return try Tensor.stack(items, promotion: .numpy)
    }
    let result = try tensor(value, .numpy, dtype: dtype)
    if dtype == nil, !KerasTree.contains(value, { $0.asTensorObject != nil || $0.asNumpyScalar != nil }) {
      if result.dtype == .float64 { return try result.to(.float32) }
      if result.dtype == .int64 { return try result.to(.int32) }
    }
    return result
  }

  /// A tensor of a value as Keras's layers take it: floats become float32.
  /// - Parameter keepsIntegers: whether integers stay what they are.
  func kerasTensor(_ value: Value, keepsIntegers: Bool = false, dtype: DType? = nil) throws -> Tensor {
    let tensor = try tensorflowTensor(value)
    if let dtype { return tensor.dtype == dtype ? tensor : try tensor.to(dtype) }
    if tensor.dtype == .float32 { return tensor }
    if tensor.dtype.isFloating || !keepsIntegers { return try tensor.to(.float32) }
    return tensor
  }
}
