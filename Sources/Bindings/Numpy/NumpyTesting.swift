import Language
import TensorCore

/// `numpy.testing`: checks that raise AssertionError.
enum NumpyTesting {
  static let module = ModuleTable(
    "numpy.testing", doc: "Checks of arrays.", entries: functions.map { .function($0) })

  private static let functions: [Native] = [
    numpyRow("assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='')", "That arrays are equal within atol + rtol * |desired|.", example: "np.testing.assert_allclose([1.0], [1.0])") { a in
      let (x, y) = (try a.array(0, dtype: .float64), try a.array(1, dtype: .float64))
      try check(a, x, y, "Not equal to tolerance rtol=\(try a.machine.repr(a[2])), atol=\(try a.machine.repr(a[3]))") {
        try $0.isClose(to: $1, relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4))
      }
      return .none
    },
    numpyRow("assert_array_equal(actual, desired, err_msg='')", "That arrays are equal, NaN included.", example: "np.testing.assert_array_equal([1, 2], [1, 2])") { a in
      try check(a, a.array(0), a.array(1), "Arrays are not equal") { try same($0, $1) }
      return .none
    },
    numpyRow("assert_equal(actual, desired, err_msg='')", "That two things are equal.", example: "np.testing.assert_equal(1, 1)") { a in
      if a[0].swiftString != nil || a[1].swiftString != nil {
        guard a[0].swiftString == a[1].swiftString else {
          throw Raise(.assertionError, "\nItems are not equal:\n ACTUAL: \(try a.machine.repr(a[0]))\n DESIRED: \(try a.machine.repr(a[1]))")
        }
        return .none
      }
      try check(a, a.array(0), a.array(1), "Arrays are not equal") { try same($0, $1) }
      return .none
    },
    almost("assert_array_almost_equal", 6), almost("assert_almost_equal", 7),
    numpyRow("assert_array_less(x, y, err_msg='')", "That every element of x is less than that of y.", example: "np.testing.assert_array_less([1], [2])") { a in
      try check(a, a.array(0), a.array(1), "Arrays are not strictly ordered `x < y`") {
        try Comparison.less($0, $1, promotion: .numpy)
      }
      return .none
    },
  ]

  private static func almost(_ name: String, _ decimals: Int) -> Native {
    numpyRow("\(name)(actual, desired, decimal=\(decimals), err_msg='')", "That arrays are equal to a number of decimals.", example: "np.testing.\(name)([1.0], [1.0])") { a in
      let (x, y) = (try a.array(0, dtype: .float64), try a.array(1, dtype: .float64))
      let decimals = try a.int(2)
      var bound = 1.5
      for _ in 0..<min(abs(decimals), 400) { bound = decimals > 0 ? bound / 10 : bound * 10 }
      try check(a, x, y, "Arrays are not almost equal to \(decimals) decimals") {
        try $0.isClose(to: $1, relative: 0, absolute: bound, equalNaN: true)
      }
      return .none
    }
  }

  private static func same(_ x: Tensor, _ y: Tensor) throws -> Tensor {
    try Comparison.or(
      Comparison.equal(x, y, promotion: .numpy), Comparison.and(x.isNaN(), y.isNaN()))
  }

  private static func check(
    _ a: Arguments, _ x: Tensor, _ y: Tensor, _ header: String,
    _ body: (Tensor, Tensor) throws -> Tensor
  ) throws {
    func text(_ tensor: Tensor) -> String { tensor.description(style: .numpyRepr) }
    let shapesFit = x.shape == y.shape || x.rank == 0 || y.rank == 0
    var lines = ["", header]
    if !shapesFit {
      lines.append("(shapes \(tuple(x.shape)), \(tuple(y.shape)) mismatch)")
    } else {
      let good = try body(x, y)
      let bad = try good.logicalNot().sum().item().int ?? 0
      if bad == 0 { return }
      let percent = String(Double(bad * 1000 / max(1, good.count)) / 10)
      lines.append("Mismatched elements: \(bad) / \(good.count) (\(percent)%)")
      if x.dtype != .bool, y.dtype != .bool, !x.dtype.isComplex, !y.dtype.isComplex {
        let gap = try (x.to(.float64) - y.to(.float64)).abs()
        lines.append("Max absolute difference among violations: \(try Tensor.where(good, .double(0), gap).max().description(style: .numpyStr))")
      }
    }
    lines.append(" ACTUAL: \(text(x))")
    lines.append(" DESIRED: \(text(y))")
    throw Raise(.assertionError, lines.joined(separator: "\n"))
  }

  private static func tuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}

/// `numpy.lib.stride_tricks`.
enum NumpyStrides {
  static let modules: [ModuleTable] = [
    ModuleTable("numpy.lib", doc: "More of NumPy.", entries: []),
    ModuleTable(
      "numpy.lib.stride_tricks", doc: "Views with strides of their own.",
      entries: [
        .function(
          numpyRow("as_strided(x, shape=None, strides=None)", "Any view of the memory; strides count bytes.", example: "np.lib.stride_tricks.as_strided(np.arange(4), (3, 2), (8, 8))") { a in
            let x = try a.array(0)
            let shape = a[1].isNone ? x.shape : try a.shape(1)
            let steps = a[2].isNone ? x.strides : try a.shape(2).map { bytes in
              guard bytes % x.dtype.size == 0 else { throw Raise(.valueError, "strides must be multiples of \(x.dtype.size) bytes here") }
              return bytes / x.dtype.size
            }
            return a.machine.ndarray(try x.asStrided(shape, steps))
          }),
        .function(
          numpyRow("sliding_window_view(x, window_shape, axis=None)", "All windows of a shape, as a view.", example: "np.lib.stride_tricks.sliding_window_view(np.arange(4), 2)") { a in
            let x = try a.array(0)
            let sizes = try a.shape(1)
            let axes = a[2].isNone ? Array(0..<x.rank) : try a.axes(2)
            guard sizes.count == axes.count else {
              throw Raise(.valueError, "Since axis is None, must provide window_shape for all dimensions of `x`; got \(sizes.count) window_shape elements and `x.ndim` is \(x.rank).")
            }
            for (size, axis) in zip(sizes, axes) {
              let place = try Shape.axis(axis, rank: x.rank, "sliding_window_view")
              guard size >= 0 else { throw Raise(.valueError, "`window_shape` cannot contain negative values") }
              guard size <= x.shape[place] else { throw Raise(.valueError, "window shape cannot be larger than input array shape") }
            }
            return a.machine.ndarray(
              try zip(axes, sizes).reduce(x) {
                try $0.windows(axis: $1.0 < 0 ? $1.0 + x.rank : $1.0, size: $1.1, step: 1)
              })
          }),
      ]),
  ]
}
