import Language
import TensorCore

/// `np.array`, `np.zeros` and the other ways to a new array.
enum NumpyCreation {
  static let functions: [Native] = [
    numpyRow("array(object, dtype=None, *, copy=True, order=None, ndmin=0)", "An array with a copy of numbers, nested lists or another array.", example: "np.array([[1, 2], [3, 4]])") {
      a in
      if let texts = try NumpyTexts.vector(a[0]), a[1].isNone || !a[1].isGiven {
        return NumpyTexts.array(texts, a.machine)
      }
      var tensor = try a.array(0, dtype: a.optionalDType(1, .numpy))
      if a[0].asTensorObject != nil || a[0].asInstance is any ArraySource {
        tensor = try tensor.detach().clone()
      }
      while tensor.rank < (try a.int(4)) { tensor = try tensor.unsqueeze(0) }
      return a.machine.ndarray(tensor)
    },
    numpyRow("asarray(a, dtype=None)", "The array itself, or an array of a list.", example: "np.asarray([1, 2])") { a in
      try shared(a)
    },
    numpyRow("asanyarray(a, dtype=None)", "The array itself, or an array of a list.", example: "np.asanyarray([1, 2])") {
      a in try shared(a)
    },
    numpyRow("ascontiguousarray(a, dtype=None)", "An array in row-major order.", example: "np.ascontiguousarray(np.eye(2).T)") {
      a in a.machine.ndarray(try a.array(0, dtype: a.optionalDType(1, .numpy)).contiguous())
    },
    filled("zeros", "zeros") { try Tensor.zeros($0, dtype: $1) },
    filled("ones", "ones") { try Tensor.ones($0, dtype: $1) },
    filled("empty", "zeros: memory is never left as it was found") { try Tensor.zeros($0, dtype: $1) },
    numpyRow("full(shape, fill_value, dtype=None)", "An array of one value.", example: "np.full((2, 2), 7)") { a in
      let value = try a.array(1)
      let dtype = try a.optionalDType(2, .numpy) ?? value.dtype
      let shape = try a.shape(0)
      if value.rank == 0 {
        return a.machine.ndarray(try Tensor.full(shape, value.item(), dtype: dtype))
      }
      return a.machine.ndarray(try value.to(dtype).expand(shape).clone())
    },
    like("zeros_like", "zeros") { try Tensor.zeros($0, dtype: $1) },
    like("ones_like", "ones") { try Tensor.ones($0, dtype: $1) },
    like("empty_like", "zeros") { try Tensor.zeros($0, dtype: $1) },
    numpyRow("full_like(a, fill_value, dtype=None)", "An array of one value in the shape of another.", example: "np.full_like(np.eye(2), 5)") {
      a in
      let other = try a.array(0)
      return a.machine.ndarray(
        try Tensor.full(other.shape, a.scalar(1), dtype: a.optionalDType(2, .numpy) ?? other.dtype))
    },
    numpyRow("arange(start, stop=None, step=1, dtype=None)", "Numbers from start (0 when only one is given) up to stop, which is left out.", example: "np.arange(0, 1, 0.25)") {
      a in
      let single = a[1].isNone
      let (start, stop) = (single ? .int(0) : try a.scalar(0), single ? try a.scalar(0) : try a.scalar(1))
      let step = try a.scalar(2)
      if step.double == 0 { throw Raise(.zeroDivisionError, "division by zero") }
      let dtype = try a.optionalDType(3, .numpy) ?? natural([start, stop, step])
      // Where PyTorch refuses, NumPy gives an empty array.
      if (stop.double - start.double) * step.double <= 0 {
        return a.machine.ndarray(try Tensor.zeros([0], dtype: dtype))
      }
      return a.machine.ndarray(try Tensor.arange(start, stop, step: step, dtype: dtype))
    },
    numpyRow("linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None)", "Evenly spaced numbers, the end included unless endpoint is False.", example: "np.linspace(0, 1, 5)") {
      a in
      let count = try a.int(2)
      if NumpyRandom.isArray(a[0]) || NumpyRandom.isArray(a[1]) {
        // Arrays of ends: one row for each step between them.
        let (low, high) = (try a.array(0, dtype: .float64), try a.array(1, dtype: .float64))
        if count < 0 { throw Raise(.valueError, "Number of samples, \(count), must be non-negative.") }
        let gaps = try a.bool(3) ? max(count, 1) - 1 : count
        let shape = try Shape.broadcast(low.shape, high.shape, "linspace")
        try Shape.affordable([count] + shape, "linspace")
        let steps = try Tensor.arange(0, .int(count)).to(.float64)
          .reshape([count] + [Int](repeating: 1, count: shape.count))
        let width = try (high - low) / .double(Double(max(gaps, 1)))
        let rows = try steps * width.expand(shape) + low
        return a.machine.ndarray(try rows.to(a.optionalDType(5, .numpy) ?? .float64))
      }
      let (start, stop) = (try a.scalar(0).double, try a.scalar(1).double)
      if count < 0 {
        throw Raise(.valueError, "Number of samples, \(count), must be non-negative.")
      }
      let gaps = try a.bool(3) ? max(count, 1) - 1 : count
      let step = gaps > 0 ? (stop - start) / Double(gaps) : .nan
      // start + i * step, as NumPy computes it; the end is exact.
      try Shape.affordable([count], "linspace")
      var numbers = [Double]()
      numbers.reserveCapacity(count)
      for place in 0..<count { numbers.append(gaps > 0 ? Double(place) * step + start : start) }
      if try a.bool(3), count > 1 { numbers[count - 1] = stop }
      let tensor = try Tensor(numbers, dtype: a.optionalDType(5, .numpy) ?? .float64)
      let array = a.machine.ndarray(tensor)
      return try a.bool(4)
        ? .tuple([array, a.machine.tensorTypes.scalar(.double(step), .float64)]) : array
    },
    numpyRow("logspace(start, stop, num=50, base=10.0)", "Numbers from base**start to base**stop, evenly spaced in their logarithm.", example: "np.logspace(0, 2, 3)") {
      a in
      let exponents = try Tensor.linspace(
        a.scalar(0).double, a.scalar(1).double, a.int(2), dtype: .float64)
      return a.machine.ndarray(try BinaryOperation.pow(.double(a.double(3)), exponents))
    },
    numpyRow("eye(N, M=None, k=0, dtype=None)", "Ones on a diagonal, zeros elsewhere: [N, M].", example: "np.eye(3)") { a in
      let (rows, k) = (try a.int(0), try a.int(2))
      let columns = try a.optionalInt(1) ?? rows
      let dtype = try a.optionalDType(3, .numpy) ?? .float64
      if k == 0 { return a.machine.ndarray(try Tensor.eye(rows, columns, dtype: dtype)) }
      let ones = try Tensor.ones([rows, columns], dtype: dtype)
      return a.machine.ndarray(try ones.tril(k) - ones.tril(k - 1))
    },
    numpyRow("identity(n, dtype=None)", "The identity matrix: [n, n].", example: "np.identity(2)") { a in
      a.machine.ndarray(try Tensor.eye(a.int(0), nil, dtype: a.optionalDType(1, .numpy) ?? .float64))
    },
    numpyRow("meshgrid(*xi, indexing='xy')", "The coordinates of a grid.", example: "np.meshgrid(np.arange(3), np.arange(2))[0]") {
      a in
      let axes = try a.items(0).map { try a.machine.tensor($0) }
      let grids = try Placement.grid(axes, transposed: a.string(1) == "xy")
      return .tuple(try grids.map { a.machine.ndarray(try $0.clone()) })
    },
    numpyRow("diag(v, k=0)", "The diagonal of a matrix, or a matrix with this diagonal.", example: "np.diag([1, 2])") {
      a in
      let tensor = try a.array(0)
      let k = try a.int(1)
      return a.machine.ndarray(
        tensor.rank == 1
          ? try Placement.onDiagonal(tensor, k) : try tensor.diagonal(offset: k).clone())
    },
    numpyRow("tril(m, k=0)", "The lower triangle, zeros elsewhere.", example: "np.tril(np.ones((3, 3)))") { a in
      a.machine.ndarray(try a.array(0).tril(a.int(1)))
    },
    numpyRow("triu(m, k=0)", "The upper triangle, zeros elsewhere.", example: "np.triu(np.ones((3, 3)), 1)") { a in
      a.machine.ndarray(try a.array(0).triu(a.int(1)))
    },
    numpyRow("copy(a)", "A copy of an array.", example: "np.copy(np.array([1, 2]))") { a in
      a.machine.ndarray(try a.array(0).clone())
    },
    numpyRow("fromiter(iter, dtype, count=-1)", "An array of the items of an iterable.", example: "np.fromiter((i * i for i in range(4)), float)") {
      a in
      let items = try a.machine.array(a[0])
      return a.machine.ndarray(
        try a.machine.tensor(.list(items), .numpy, dtype: a.dtype(1, .numpy)))
    },
  ]

  /// The dtype of numbers of the program: int64 unless one of them is a float.
  private static func natural(_ numbers: [Scalar]) -> DType {
    numbers.contains { if case .double = $0 { true } else { false } } ? .float64 : .int64
  }

  private static func shared(_ a: Arguments) throws -> Value {
    let dtype = try a.optionalDType(1, .numpy)
    if let object = a[0].asTensorObject, object.flavor == .numpy,
      dtype == nil || dtype == object.tensor.dtype
    {
      return a[0]
    }
    return a.machine.ndarray(try a.array(0, dtype: dtype).detach())
  }

  private static func filled(
    _ name: String, _ what: String, _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    numpyRow("\(name)(shape, dtype=None, order='C')", "An array of \(what).", example: "np.\(name)((2, 3))") { a in
      a.machine.ndarray(try make(a.shape(0), a.optionalDType(1, .numpy) ?? .float64))
    }
  }

  private static func like(
    _ name: String, _ what: String, _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    numpyRow("\(name)(a, dtype=None)", "An array of \(what) in the shape and dtype of another.", example: "np.\(name)(np.eye(2))") {
      a in
      let other = try a.array(0)
      return a.machine.ndarray(try make(other.shape, a.optionalDType(1, .numpy) ?? other.dtype))
    }
  }
}
