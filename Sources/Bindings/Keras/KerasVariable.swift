import Language
import NeuralNetworks
import TensorCore

/// `keras.Variable`: a weight of a layer, or a number of an optimizer, that can be read and assigned.
final class KerasVariable: Instance {
  private(set) var path = ""
  private(set) var shape: [Int] = []
  private var read: () throws -> Tensor = { try Tensor.zeros([]) }
  private var write: (Tensor) throws -> Void = { _ in }

  func value() throws -> Tensor { try read() }

  /// A weight.
  static func make(_ weight: KerasWeight, _ machine: Machine) -> Value {
    let variable = KerasVariable(machine.type(table))
    variable.path = weight.path
    variable.shape = weight.shape
    variable.read = { try weight.value() }
    variable.write = { try weight.assign($0) }
    return .object(variable)
  }

  /// A number.
  static func make(
    _ path: String, _ machine: Machine, get: @escaping () -> Double, set: @escaping (Double) throws -> Void
  ) -> Value {
    let variable = KerasVariable(machine.type(table))
    variable.path = path
    variable.read = { try Tensor(.double(get()), dtype: .float32) }
    variable.write = { try set($0.item().double) }
    return .object(variable)
  }

  private static func of(_ value: Value) throws -> KerasVariable {
    guard let variable = value.asInstance as? KerasVariable else {
      throw Raise(.typeError, "a variable is needed")
    }
    return variable
  }

  static let table = TypeTable(
    "Variable", module: "keras", doc: "A weight of a layer, which can be read and assigned.",
    isSubclassable: false,
    properties: [
      NativeProperty("path", "The name with that of its layer.") { value, _ in
        .string(try of(value).path)
      },
      NativeProperty("name", "The name: `kernel`.") { value, _ in
        .string(String(try of(value).path.split(separator: "/").last ?? ""))
      },
      NativeProperty("shape", "The sizes of the axes.") { value, _ in
        KerasShape.value(try of(value).shape)
      },
      NativeProperty("dtype", "The type of the elements.") { _, _ in .string("float32") },
      NativeProperty("ndim", "The number of axes.") { value, _ in .int(try of(value).shape.count) },
      NativeProperty("value", "The values as a tensor.") { value, machine in
        machine.torchValue(try of(value).value())
      },
    ],
    methods: [
      Native("numpy(self)", "The values as an array.") { a in
        try a.machine.numpyValue(of(a[0]).value())
      },
      Native("assign(self, value)", "Overwrites the values.") { a in
        let variable = try of(a[0])
        let tensor = try a.machine.tensor(a[1])
        guard tensor.shape == variable.shape else {
          throw Raise(
            .valueError,
            "The shape of the target variable and the shape of the target value in "
              + "`variable.assign(value)` must match. variable.shape="
              + "\(KerasShape.text(variable.shape)), Received: value.shape="
              + "\(KerasShape.text(tensor.shape)). Target variable: \(try a.machine.repr(a[0]))")
        }
        try variable.write(tensor)
        return a[0]
      },
      Native("__float__(self)", "The one number.") { a in .float(try of(a[0]).value().item().double) },
      Native("__format__(self, spec)", "The one number as formatted.") { a in
        let variable = try of(a[0])
        if variable.shape.isEmpty, try !a.string(1).isEmpty {
          return .string(
            try a.machine.formatted(.float(variable.value().item().double), a.string(1)))
        }
        return .string(try a.machine.text(of: a[0]))
      },
      Native("__array__(self)", "The values as an array.") { a in
        a.machine.ndarray(try of(a[0]).value())
      },
      Native("__repr__(self)", "Path, shape, dtype and values.") { a in
        let variable = try of(a[0])
        let value = try variable.value()
        let text = try value.rank == 0
          ? a.machine.repr(.float(value.item().double)) : value.description(style: .numpyStr)
        return .string(
          "<Variable path=\(variable.path), shape=\(KerasShape.text(variable.shape)), "
            + "dtype=float32, value=\(text)>")
      },
    ])
}
