import Language
import TensorCore

/// Products beyond the matrix product, padding, and more ways to arrange elements.
enum NumpyArrangements {
  static let functions: [Native] = products + shapes + joins + padding

  private static let products: [Native] = [
    numpyRow("einsum(subscripts, *operands, optimize=False)", "Einstein's summation: axes that the result does not name are summed.", example: "np.einsum('ij,jk->ik', np.eye(2), np.ones((2, 2)))") { a in
      let (equation, operands) = try TorchArrangements.einsum(a, .numpy)
      return try a.machine.numpyValue(Tensor.einsum(equation, operands, promotion: .numpy))
    },
    numpyRow("tensordot(a, b, axes=2)", "The sum of products over several axes.", example: "np.tensordot(np.ones((2, 3)), np.ones((3, 2)), 1)") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      let (first, second) = try TorchArrangements.tensordotAxes(x, a, 2)
      do {
        return try a.machine.numpyValue(x.tensordot(y, first, second, promotion: .numpy))
      } catch let error as TensorError {
        throw Raise(.valueError, "shape-mismatch for sum", hint: error.description)
      }
    },
    numpyRow("kron(a, b)", "Every element with every element, blockwise.", example: "np.kron([1, 10], [1, 2])") { a in
      try a.machine.numpyValue(a.array(0).kron(a.array(1), promotion: .numpy))
    },
    numpyRow("cross(a, b, axis=-1)", "The cross product of vectors of 3.", example: "np.cross([1, 0, 0], [0, 1, 0])") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      let type = Promotion.numpy.join(x.dtype, y.dtype)
      return try a.machine.numpyValue(x.to(type).cross(y.to(type), axis: a.int(2)))
    },
    numpyRow("vander(x, N=None, increasing=False)", "Powers as columns.", example: "np.vander([1, 2, 3])") { a in
      a.machine.ndarray(
        try a.array(0).vander(a.optionalInt(1), increasing: a.bool(2), promotion: .numpy))
    },
    numpyRow("vecdot(x1, x2, /, axis=-1)", "The sums of products along an axis.", example: "np.vecdot([1, 2], [3, 4])") { a in
      let product = try BinaryOperation.multiply(a.array(0).conjugate(), a.array(1), promotion: .numpy)
      return try a.machine.numpyValue(product.sum([a.int(2)]))
    },
  ]

  private static let shapes: [Native] = [
    numpyRow("rot90(m, k=1, axes=(0, 1))", "Turned by quarter turns.", example: "np.rot90([[1, 2], [3, 4]])") { a in
      let axes = try a.axes(2)
      guard axes.count == 2 else { throw Raise(.valueError, "len(axes) must be 2.") }
      return a.machine.ndarray(try a.array(0).rot90(a.int(1), axes[0], axes[1]))
    },
    numpyRow("rollaxis(a, axis, start=0)", "An axis moved before another.", example: "np.rollaxis(np.zeros((2, 3, 4)), 2).shape") { a in
      let x = try a.array(0)
      let axis = try Shape.axis(a.int(1), rank: x.rank, "rollaxis")
      var start = try a.int(2)
      if start < 0 { start += x.rank }
      guard start >= 0, start <= x.rank else { throw Raise(.valueError, "'start' arg requires \(-x.rank) <= start < \(x.rank + 1), but \(start) was passed in") }
      var order = (0..<x.rank).filter { $0 != axis }
      order.insert(axis, at: axis < start ? start - 1 : start)
      return a.machine.ndarray(try x.permute(order))
    },
    numpyRow("atleast_3d(a)", "With at least three axes.", example: "np.atleast_3d([1, 2]).shape") { a in
      a.machine.ndarray(try a.array(0).atLeast(3))
    },
    numpyRow("matrix_transpose(x)", "The last two axes exchanged.", example: "np.matrix_transpose(np.zeros((2, 3))).shape") { a in
      a.machine.ndarray(try a.array(0).transpose(-2, -1))
    },
    numpyRow("broadcast_arrays(*args)", "Arrays repeated to one shape.", example: "np.broadcast_arrays([1, 2], [[1], [2]])[0]") { a in
      let arrays = try a.items(0).map { try a.machine.tensor($0) }
      let shape = try arrays.reduce([]) { try Shape.broadcast($0, $1.shape, "broadcast_arrays") }
      return .tuple(try arrays.map { a.machine.ndarray(try $0.expand(shape)) })
    },
    numpyRow("broadcast_shapes(*args)", "The shape that shapes broadcast to.", example: "np.broadcast_shapes((2, 1), (3,))") { a in
      let shapes = try a.items(0).map { value -> [Int] in
        if let one = try a.machine.index(value) { return [one] }
        return try a.machine.sizes(value, "broadcast_shapes")
      }
      return .tuple(try shapes.reduce([]) { try Shape.broadcast($0, $1, "broadcast_shapes") }.map { .int($0) })
    },
    numpyRow("resize(a, new_shape)", "In another shape, repeated or cut.", example: "np.resize([1, 2, 3], (2, 2))") { a in
      let x = try a.array(0).reshape([-1])
      let shape = try a.shape(1)
      let count = try Shape.count(shape, "resize")
      guard x.count > 0 || count == 0 else { return a.machine.ndarray(try Tensor.zeros(shape, dtype: x.dtype)) }
      let repeats = count == 0 ? 0 : (count - 1) / x.count + 1
      return a.machine.ndarray(
        try x.repeated([repeats]).narrow(0, start: 0, length: count).reshape(shape))
    },
    numpyRow("trim_zeros(filt, trim='fb')", "Without zeros at the ends.", example: "np.trim_zeros([0, 1, 2, 0])") { a in
      let x = try a.array(0)
      let flags = try Comparison.notEqual(x, .int(0)).bools()
      let trim = try a.string(1).lowercased()
      let first = trim.contains("f") ? flags.firstIndex(of: true) ?? flags.count : 0
      let last = trim.contains("b") ? (flags.lastIndex(of: true) ?? -1) + 1 : flags.count
      return a.machine.ndarray(try x.narrow(0, start: min(first, last), length: max(0, last - first)))
    },
    numpyRow("tri(N, M=None, k=0, dtype=None)", "Ones on and below a diagonal.", example: "np.tri(3)") { a in
      let rows = try a.int(0)
      return a.machine.ndarray(
        try Tensor.ones([rows, a.optionalInt(1) ?? rows], dtype: a.optionalDType(3, .numpy) ?? .float64)
          .tril(a.int(2)))
    },
    numpyRow("diagflat(v, k=0)", "A matrix with all elements on a diagonal.", example: "np.diagflat([1, 2])") { a in
      a.machine.ndarray(try a.array(0).reshape([-1]).diagonalMatrix(offset: a.int(1)))
    },
    numpyRow("geomspace(start, stop, num=50, endpoint=True)", "Numbers from start to stop, each a constant multiple of the one before.", example: "np.geomspace(1, 1000, 4)") { a in
      a.machine.ndarray(
        try Tensor.geometricRange(a.scalar(0).double, a.scalar(1).double, a.int(2), endpoint: a.bool(3)))
    },
    numpyRow("indices(dimensions, dtype=None)", "The places of a grid: [axes, ...dimensions].", example: "np.indices((2, 2))") { a in
      let sizes = try a.shape(0)
      _ = try Shape.count(sizes + [sizes.count], "indices")
      let axes = try sizes.map { try Tensor.arange(0, .int($0)) }
      let grid = try Tensor.stack(Placement.grid(axes, transposed: false))
      return a.machine.ndarray(try a.optionalDType(1, .numpy).map { try grid.to($0) } ?? grid)
    },
    numpyRow("fromfunction(function, shape, dtype=None)", "A function of the places of a grid.", example: "np.fromfunction(lambda i, j: i + j, (2, 2))") { a in
      let sizes = try a.shape(1)
      let dtype = try a.optionalDType(2, .numpy) ?? .float64
      let axes = try sizes.map { try Tensor.arange(0, .int($0), dtype: dtype) }
      let grids = try Placement.grid(axes, transposed: false)
      return try a.machine.call(a[0], grids.map { a.machine.ndarray(try $0.clone()) })
    },
  ]

  private static let joins: [Native] = [
    numpyRow("dstack(tup)", "Arrays behind each other along the third axis.", example: "np.dstack([[1, 2], [3, 4]])") { a in
      a.machine.ndarray(
        try Tensor.cat(a.tensors(0, .numpy).map { try $0.atLeast(3) }, axis: 2, promotion: .numpy))
    },
    numpyRow("dsplit(ary, indices_or_sections)", "Pieces along the third axis.", example: "np.dsplit(np.ones((1, 1, 2)), 2)[0].shape") { a in
      try NumpyShapes.pieces(a, 2, equal: true)
    },
    numpyRow("block(arrays)", "An array of nested lists of blocks.", example: "np.block([[np.eye(2), np.ones((2, 1))]])") { a in
      a.machine.ndarray(try block(a[0], a.machine, depth: depth(a[0], a.machine)))
    },
    numpyRow("setxor1d(ar1, ar2)", "The different elements that one of both has.", example: "np.setxor1d([1, 2], [2, 3])") { a in
      let both = try Tensor.cat(
        [a.array(0).unique().values, a.array(1).unique().values], axis: 0, promotion: .numpy)
      let (values, _, counts) = try both.unique()
      return a.machine.ndarray(try values.index([.tensor(Comparison.equal(counts, .int(1)))]))
    },
  ]

  private static func depth(_ value: Value, _ machine: Machine, _ level: Int = 0) throws -> Int {
    if level > Shape.maximalRank { throw Raise(.valueError, "block: lists are nested too deep") }
    guard value.asList != nil, let first = try machine.array(value).first else { return 0 }
    return 1 + (try depth(first, machine, level + 1))
  }

  private static func block(_ value: Value, _ machine: Machine, depth: Int) throws -> Tensor {
    guard depth > 0, value.asList != nil else { return try machine.tensor(value).atLeast(max(1, depth)) }
    let parts = try machine.array(value).map { try block($0, machine, depth: depth - 1) }
    let rank = max(depth, parts.map(\.rank).max() ?? 1)
    let raised = try parts.map { part in
      try (0..<(rank - part.rank)).reduce(part) { x, _ in try x.unsqueeze(0) }
    }
    return try Tensor.cat(raised, axis: rank - depth, promotion: .numpy)
  }

  // MARK: - Padding

  private static let padding: [Native] = [
    numpyRow("pad(array, pad_width, mode='constant', *, constant_values=0, end_values=0, stat_length=None)", "Elements around an array.", example: "np.pad([1, 2], 1)") { a in
      let x = try a.array(0)
      let amounts = try pairs(a, 1, x.rank).map { (first: Scalar, second: Scalar) in
        guard let before = first.int, let behind = second.int else {
          throw Raise(.typeError, "`pad_width` must be of integral type.")
        }
        if before < 0 || behind < 0 { throw Raise(.valueError, "index can't contain negative values") }
        return (before, behind)
      }
      let name = try a.string(2)
      let modes: [String: PadMode] = [
        "reflect": .reflect, "symmetric": .symmetric, "edge": .edge, "wrap": .wrap, "empty": .constant(0),
      ]
      if let mode = modes[name] { return a.machine.ndarray(try x.padded(amounts, mode)) }
      if name == "constant" {
        return a.machine.ndarray(try constant(x, amounts, pairs(a, 3, x.rank)))
      }
      if name == "linear_ramp" {
        return a.machine.ndarray(try ramps(x, amounts, pairs(a, 4, x.rank)))
      }
      let statistics: [String: (Tensor, Int) throws -> Tensor] = [
        "mean": { try $0.mean([$1], keepDims: true, promotion: .numpy) },
        "maximum": { try $0.amax([$1], keepDims: true) }, "minimum": { try $0.amin([$1], keepDims: true) },
        "median": { try $0.to(.float64).midpointMedian(axis: $1).unsqueeze($1) },
      ]
      guard let statistic = statistics[name] else {
        throw Raise(.valueError, "mode '\(name)' is not supported", hint: "there are constant, edge, reflect, symmetric, wrap, linear_ramp, mean, median, maximum, minimum and empty")
      }
      var result = x
      for (axis, (before, behind)) in amounts.enumerated() where before + behind > 0 {
        var value = try statistic(result, axis)
        if !x.dtype.isFloating, value.dtype.isFloating { value = try value.round() }
        value = try value.to(x.dtype)
        var shape = value.shape
        shape[axis] = before
        let front = try value.expand(shape)
        shape[axis] = behind
        result = try Tensor.cat([front, result, value.expand(shape)], axis: axis)
      }
      return a.machine.ndarray(result)
    }
  ]

  /// `n`, `(before, behind)`, or one pair for each axis.
  private static func pairs(_ a: Arguments, _ index: Int, _ rank: Int) throws -> [(Scalar, Scalar)] {
    let given = try a.array(index)
    let values = try given.scalars()
    func failure() -> Raise {
      Raise(
        .valueError,
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "\(TensorErrors.numpyShape(given.shape)) and requested shape (\(rank),2)")
    }
    switch given.rank {
    case 0: return Array(repeating: (values[0], values[0]), count: rank)
    case 1 where values.count == 1: return Array(repeating: (values[0], values[0]), count: rank)
    case 1 where values.count == 2: return Array(repeating: (values[0], values[1]), count: rank)
    case 2 where given.shape == [1, 2]: return Array(repeating: (values[0], values[1]), count: rank)
    case 2 where given.shape == [rank, 2]: return (0..<rank).map { (values[2 * $0], values[2 * $0 + 1]) }
    case 2 where given.shape == [rank, 1]: return (0..<rank).map { (values[$0], values[$0]) }
    default: throw failure()
    }
  }

  private static func constant(
    _ x: Tensor, _ amounts: [(Int, Int)], _ values: [(Scalar, Scalar)]
  ) throws -> Tensor {
    if let first = values.first, values.allSatisfy({ $0.0 == first.0 && $0.1 == first.0 }) {
      return try x.padded(amounts, .constant(first.0))
    }
    var result = x
    for (axis, amount) in amounts.enumerated() {
      var before = result.shape
      var behind = result.shape
      (before[axis], behind[axis]) = (amount.0, amount.1)
      result = try Tensor.cat(
        [
          Tensor.full(before, values[axis].0, dtype: x.dtype), result,
          Tensor.full(behind, values[axis].1, dtype: x.dtype),
        ], axis: axis)
    }
    return result
  }

  private static func ramps(
    _ x: Tensor, _ amounts: [(Int, Int)], _ ends: [(Scalar, Scalar)]
  ) throws -> Tensor {
    var result = x
    for (axis, (before, behind)) in amounts.enumerated() where before + behind > 0 {
      func ramp(_ edge: Tensor, _ end: Scalar, _ count: Int, rising: Bool) throws -> Tensor {
        var shape = Array(repeating: 1, count: result.rank)
        shape[axis] = count
        let steps = (0..<count).map { Double(rising ? $0 : count - 1 - $0) / Double(max(1, count)) }
        let weight = try Tensor(steps, shape: shape, dtype: .float64)
        let start = try Tensor(end, dtype: .float64)
        let values = try start + (edge.to(.float64) - start) * weight
        return try (x.dtype.isFloating ? values : values.floor()).to(x.dtype)
      }
      let size = result.shape[axis]
      guard size > 0 else { throw Raise(.valueError, "can't extend empty axis \(axis) using modes other than 'constant' or 'empty'") }
      result = try Tensor.cat(
        [
          ramp(result.narrow(axis, start: 0, length: 1), ends[axis].0, before, rising: true), result,
          ramp(result.narrow(axis, start: size - 1, length: 1), ends[axis].1, behind, rising: false),
        ], axis: axis)
    }
    return result
  }
}
