import Language
import NeuralNetworks
import TensorCore

/// `tf.TensorSpec`: the shape and dtype of elements of a data set.
final class TensorflowSpec: Instance {
  var shape: OpenShape = []
  var dtype = DType.float32

  static func make(_ shape: OpenShape, _ dtype: DType, _ machine: Machine) -> Value {
    let spec = TensorflowSpec(machine.type(table))
    spec.shape = shape
    spec.dtype = dtype
    return .object(spec)
  }

  static let table = TypeTable(
    "TensorSpec", module: "tensorflow", doc: "The shape and dtype of tensors.",
    allocate: { TensorflowSpec($0) },
    properties: [
      NativeProperty("shape", "The sizes, None for open ones.") { value, machine in
        TensorShape.make((value.asInstance as? TensorflowSpec)?.shape ?? [], machine)
      },
      NativeProperty("dtype", "The type of the elements.") { value, machine in
        KerasDType.value((value.asInstance as? TensorflowSpec)?.dtype ?? .float32, machine)
      },
    ],
    methods: [
      Native("__init__(self, shape, dtype=None, name=None)", "A shape and a dtype.", example: "tf.TensorSpec((None, 2))") { a in
        let spec = try a.receiver(TensorflowSpec.self)
        spec.shape = try KerasShape.read(a[1], a.machine, "TensorSpec")
        spec.dtype = try a[2].isNone ? .float32 : KerasDType.read(a[2], a.machine)
        return .none
      },
      Native("__repr__(self)", "`TensorSpec(shape=(2,), dtype=tf.float32, name=None)`.") { a in
        let spec = try a.receiver(TensorflowSpec.self)
        return .string("TensorSpec(shape=\(KerasShape.text(spec.shape)), dtype=tf.\(spec.dtype.name), name=None)")
      },
    ])
}
