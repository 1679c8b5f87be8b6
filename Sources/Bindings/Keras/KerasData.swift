import Language
import TensorCore

/// Values of the language as the data of a model.
enum KerasData {
  /// Inputs, as float32.
  static func floats(_ value: Value, _ machine: Machine) throws -> Tensor {
    let tensor = try machine.tensor(value)
    return tensor.dtype == .float32 ? tensor.detach() : try tensor.detach().to(.float32)
  }

  /// Inputs of a training run: nothing but an array with an axis of rows.
  static func inputs(_ value: Value, _ machine: Machine, _ name: String) throws -> Tensor {
    let tensor = try floats(value, machine)
    guard tensor.rank > 0 else {
      throw Raise(
        .valueError, "\(name) needs an axis of rows: its shape is ()",
        hint: "x.reshape(1, -1) makes one row of one sample")
    }
    return tensor
  }

  /// Targets: integers stay integers, floats become float32.
  static func targets(_ value: Value, _ machine: Machine) throws -> Tensor {
    let tensor = try machine.tensor(value).detach()
    return tensor.dtype == .float64 ? try tensor.to(.float32) : tensor
  }

  /// `validation_data=(x, y)`.
  static func pair(_ value: Value, _ machine: Machine) throws -> (x: Tensor, y: Tensor)? {
    if value.isNone || value.isUndefined { return nil }
    let items = value.asTuple?.items ?? value.asList?.items ?? []
    guard items.count == 2 else {
      throw Raise(
        .valueError, "validation_data is a tuple (x_val, y_val), got \(machine.typeName(value))"
          + (items.isEmpty ? "" : " of \(items.count) items"))
    }
    return (try inputs(items[0], machine, "x_val"), try targets(items[1], machine))
  }

  /// As many targets as inputs.
  static func checkRows(_ x: Tensor, _ y: Tensor) throws {
    guard x.shape.first == y.shape.first else {
      throw Raise(
        .valueError,
        "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples."
          + "'x' sizes: \(x.shape.first ?? 0)\n'y' sizes: \(y.shape.first ?? 0)\n")
    }
  }
}

/// `keras.Input(shape=(64,))`: what stands before the first layer.
final class KerasInput: Instance {
  /// Without the batch.
  var shape: [Int?] = []
  var name = ""

  private static let signature =
    "(shape=None, batch_size=None, dtype=None, name=None, batch_shape=None)"
  private static let doc = "The shape of one input, without the batch: what stands before the first layer."

  private static func make(_ a: Arguments, first: Int) throws -> Value {
    let input = KerasInput(a.machine.type(table))
    if !a[first].isNone {
      input.shape = try KerasShape.read(a[first], a.machine, "Input")
    } else if !a[first + 4].isNone {
      input.shape = Array(try KerasShape.read(a[first + 4], a.machine, "Input").dropFirst())
    } else {
      throw Raise(.valueError, "You must pass a `shape` argument.", hint: "Input(shape=(64,))")
    }
    input.name = try a.optionalString(first + 3) ?? a.machine.kerasNames.next("input_layer")
    return .object(input)
  }

  static let function = Native(
    "Input" + signature, doc, example: "keras.Input(shape=(64,))"
  ) { a in try make(a, first: 0) }

  static let table = TypeTable(
    "InputLayer", module: "keras.layers", doc: doc, isSubclassable: false,
    properties: [
      NativeProperty("shape", "The shape with None for the batch.") { value, _ in
        KerasShape.value([nil] + ((value.asInstance as? KerasInput)?.shape ?? []))
      },
      NativeProperty("name", "The name.") { value, _ in
        .string((value.asInstance as? KerasInput)?.name ?? "")
      },
    ],
    methods: [
      Native("__new__(cls, " + signature.dropFirst(), doc, example: "keras.layers.InputLayer(shape=(64,))") {
        a in try make(a, first: 1)
      },
      Native("__repr__(self)", "The shape with its name.") { a in
        let input = try a.receiver(KerasInput.self)
        return .string(
          "<KerasTensor shape=\(KerasShape.text([nil] + input.shape)), dtype=float32, sparse=False, "
            + "ragged=False, name=\(input.name)>")
      },
    ])
}
