import Language
import TensorCore

/// `numpy.ndarray`: the type with its properties and methods.
enum Ndarray {
  static let table = TypeTable(
    "ndarray", module: "numpy", doc: "An array of numbers.",
    showsModule: true, values: [("__hash__", { _ in .none })],
    properties: properties, methods: methods)

  private static let methods: [Native] =
    Operators.methods(.numpy) + TensorProtocol.methods(.numpy) + own
    + (NumpyReductions.functions.filter { $0.name != "ptp" } + NumpyShapes.functions)
      .map { $0.asMethod() }
    + [
      NumpyMath.functions.first { $0.name == "round" },
      NumpySorting.functions.first { $0.name == "argsort" },
      NumpyProducts.functions.first { $0.name == "dot" },
      NumpySorting.functions.first { $0.name == "searchsorted" },
      NumpyFourier.functions.first { $0.name == "conj" },
      NumpyFourier.functions.first { $0.name == "conjugate" },
    ].compactMap { $0?.asMethod() }
    + NumpyPlaces.functions.filter { ["partition", "argpartition", "choose", "put"].contains($0.name) && $0.name != "partition" }
      .map { $0.asMethod() }
    + NdarrayMore.methods

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping (TensorObject) throws -> Value,
    set: ((TensorObject, Value, Machine) throws -> Void)? = nil
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, _ in
        guard let object = value.asTensorObject else { return .none }
        let result = try get(object)
        if let view = result.asTensorObject { view.noteBase(object) }
        return result
      },
      set: set.map { set in
        { value, new, machine in
          if let object = value.asTensorObject { try set(object, new, machine) }
        }
      })
  }

  private static let properties: [NativeProperty] = NdarrayMore.properties + [
    property(
      "shape", "The sizes of the axes, a tuple.", { .tuple($0.tensor.shape.map { .int($0) }) },
      set: { object, value, machine in
        object.tensor = try NumpyShapes.reshaped(object.tensor, machine.sizes(value, "shape"))
      }),
    property("dtype", "The type of the elements.") { $0.types.dtype($0.tensor.dtype, .numpy) },
    property("ndim", "The number of axes.") { .int($0.tensor.rank) },
    property("size", "The number of elements.") { .int($0.tensor.count) },
    property("itemsize", "Bytes of one element.") { .int($0.tensor.dtype.size) },
    property("nbytes", "Bytes of all elements.") { .int($0.tensor.count * $0.tensor.dtype.size) },
    property("T", "The axes in reverse order.") { $0.types.ndarray($0.tensor.reversedAxes) },
    property("real", "The real part, a view.") { $0.types.ndarray(try $0.tensor.realPart()) },
    property("imag", "The imaginary part, a view; zeros for real arrays.") {
      $0.types.ndarray(try $0.tensor.imaginaryPart())
    },
    property("strides", "Bytes between neighbours on each axis.") { object in
      let size = object.tensor.dtype.size
      return .tuple(object.tensor.strides.map { .int($0 * size) })
    },
    property("flat", "The elements in row-major order.") {
      $0.types.ndarray(try $0.tensor.reshape([-1]))
    },
  ]

  private static let own: [Native] = [
    Native("__str__(self)", "The printed form without dtype.", example: "str(np.array([1, 2]))") { a in
      let object = try a.tensorObject(0)
      return .string(
        object.tensor.description(style: .numpyStr, options: object.types.numpyPrinting))
    },
    numpyRow("astype(self, dtype, copy=True)", "A copy with another dtype.", example: "np.array([1.7, 2.2]).astype(int)") { a in
      let object = try a.tensorObject(0)
      let dtype = try a.dtype(1, .numpy)
      if dtype == object.tensor.dtype {
        return try a.bool(2) ? object.types.ndarray(object.tensor.clone()) : a[0]
      }
      return object.types.ndarray(try object.tensor.to(dtype))
    },
    numpyRow("reshape(self, *shape, order='C')", "In another shape; -1 stands for what is left.", example: "np.arange(6).reshape(2, -1)") {
      a in
      let object = try a.tensorObject(0)
      return object.types.ndarray(
        try NumpyShapes.reshaped(object.tensor, a.sizes(1), order: a.optionalString(2)))
    },
    numpyRow("transpose(self, *axes)", "The axes in reverse or in the given order.", example: "np.zeros((2, 3)).transpose().shape") {
      a in
      let object = try a.tensorObject(0)
      let items = try a.items(1)
      if items.isEmpty || items.count == 1 && items[0].isNone {
        return object.types.ndarray(object.tensor.reversedAxes)
      }
      return object.types.ndarray(try object.tensor.permute(a.sizes(1)))
    },
    numpyRow("flatten(self, order='C')", "A copy of all elements along one axis.", example: "np.eye(2).flatten()") { a in
      let object = try a.tensorObject(0)
      let ordered = try NumpyShapes.isColumnMajor(a.optionalString(1)) ? object.tensor.reversedAxes : object.tensor
      return object.types.ndarray(try ordered.reshape([-1]).clone())
    },
    numpyRow("copy(self)", "A copy with memory of its own.", example: "np.eye(2).copy()") { a in
      let object = try a.tensorObject(0)
      return object.types.ndarray(try object.tensor.clone())
    },
    numpyRow("tolist(self)", "The elements as nested lists.", example: "np.eye(2).tolist()") { a in
      try a.machine.nestedList(a.tensorObject(0).tensor)
    },
    numpyRow("item(self, *args)", "The one element, or the one at a place, as a number.", example: "np.array([1.5]).item()") { a in
      let tensor = try a.tensorObject(0).tensor
      let places = try a.sizes(1)
      if places.isEmpty { return a.machine.number(try tensor.item()) }
      if places.count == 1 { return a.machine.number(try tensor.reshape([-1]).select(0, places[0]).item()) }
      return a.machine.number(try tensor.index(places.map { .at($0) }).item())
    },
    numpyRow("fill(self, value)", "All elements set to a value.", example: "np.zeros(2).fill(3)") { a in
      try a.tensorObject(0).tensor.fill(a.scalar(1))
      return .none
    },
    numpyRow("sort(self, axis=-1, kind=None, order=None, *, stable=None)", "Sorted along an axis, in place.", example: "np.array([3, 1, 2]).sort()") { a in
      let tensor = try a.tensorObject(0).tensor
      try tensor.copy(from: tensor.sort(axis: a.int(1)).values)
      return .none
    },
    numpyRow("clip(self, min=None, max=None, out=None)", "Brought between two bounds.", example: "np.array([-1, 5]).clip(0, 3)") { a in
      let object = try a.tensorObject(0)
      return try object.types.numpy(NumpyMath.clip(object.tensor, a, 1, 2))
    },
    numpyRow("view(self)", "The same memory as another array.", example: "np.eye(2).view()") { a in
      let object = try a.tensorObject(0)
      return object.types.ndarray(object.tensor.detach())
    },
    numpyRow("__deepcopy__(self, memo)", "A copy with memory of its own.", example: "np.eye(2)") { a in
      let object = try a.tensorObject(0)
      return object.types.ndarray(try object.tensor.clone())
    },
  ]
}
