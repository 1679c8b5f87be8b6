import Language
import TensorCore

/// Polynomials, interpolation, convolution of sequences, and the calculus of samples.
enum NumpyCurves {
  static let functions: [Native] = [
    numpyRow("interp(x, xp, fp, left=None, right=None)", "Values of a piecewise linear function.", example: "np.interp(2.5, [1, 2, 3], [3, 2, 0])") { a in
      try a.machine.numpyValue(
        Tensor.interpolated(
          at: a.array(0, dtype: .float64), a.machine.doubles(a[1]), a.machine.doubles(a[2]),
          left: a.optionalDouble(3), right: a.optionalDouble(4)))
    },
    numpyRow("convolve(a, v, mode='full')", "The convolution of two sequences.", example: "np.convolve([1, 2, 3], [0, 1, 0.5])") { a in
      a.machine.ndarray(try a.array(0).convolved(a.array(1), mode(a)))
    },
    numpyRow("correlate(a, v, mode='valid')", "The correlation of two sequences.", example: "np.correlate([1, 2, 3], [0, 1, 0.5])") { a in
      let (x, v) = (try a.array(0), try a.array(1))
      let result = try x.convolved(v.flip([0]), mode(a))
      return a.machine.ndarray(result)
    },
    numpyRow("polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False)", "The coefficients of the polynomial that fits best, highest power first.", example: "np.polyfit([0., 1., 2.], [1., 3., 5.], 1).round(6)") { a in
      a.machine.ndarray(
        try Tensor.polynomialFit(
          a.array(0), a.array(1), degree: a.int(2), weights: a[5].isNone ? nil : a.array(5)))
    },
    numpyRow("polyval(p, x)", "A polynomial at places.", example: "np.polyval([3, 0, 1], 5)") { a in
      try a.machine.numpyValue(Tensor.polynomialValue(a.array(0), at: a.array(1)))
    },
    numpyRow("polyder(p, m=1)", "The derivative of a polynomial.", example: "np.polyder([1, 1, 1, 1])") { a in
      a.machine.ndarray(try a.array(0).polynomialDerivative(a.int(1)))
    },
    numpyRow("polyint(p, m=1)", "The integral of a polynomial.", example: "np.polyint([1, 1, 1])") { a in
      a.machine.ndarray(try a.array(0).polynomialIntegral(a.int(1)))
    },
    numpyRow("polyadd(a1, a2)", "The sum of two polynomials.", example: "np.polyadd([1, 2], [9, 5, 4])") { a in
      let (x, y) = try aligned(a)
      return a.machine.ndarray(try BinaryOperation.add(x, y, promotion: .numpy))
    },
    numpyRow("polysub(a1, a2)", "The difference of two polynomials.", example: "np.polysub([2, 10, -2], [3, 10, -4])") { a in
      let (x, y) = try aligned(a)
      return a.machine.ndarray(try BinaryOperation.subtract(x, y, promotion: .numpy))
    },
    numpyRow("polymul(a1, a2)", "The product of two polynomials.", example: "np.polymul([1, 2], [1, 3])") { a in
      a.machine.ndarray(try a.array(0).convolved(a.array(1), .full))
    },
    numpyRow("roots(p)", "The roots of a polynomial.", example: "np.roots([1, -3, 2])") { a in
      let roots = try a.array(0).polynomialRoots()
      let isReal = try !Comparison.notEqual(roots.imaginaryPart(), .int(0)).any().item().bool
      return a.machine.ndarray(isReal ? try roots.realPart().contiguous() : roots)
    },
    numpyRow("poly(seq_of_zeros)", "The coefficients of the polynomial with these roots.", example: "np.poly([1, 2])") { a in
      a.machine.ndarray(try Tensor.polynomial(roots: a.array(0)))
    },
    numpyRow("trapezoid(y, x=None, dx=1.0, axis=-1)", "The integral by trapezia.", example: "np.trapezoid([1, 2, 3])") { a in
      try a.machine.numpyValue(
        a.array(0).trapezoid(
          points: a[1].isNone ? nil : a.array(1), spacing: a.double(2), axis: a.int(3),
          promotion: .numpy))
    },
    numpyRow("gradient(f, *varargs, axis=None, edge_order=1)", "The slopes along axes by central differences.", example: "np.gradient([1., 4., 9., 16.])") { a in
      let x = try a.array(0)
      let axes = try a.axes(2)
      let chosen = axes.isEmpty ? Array(0..<x.rank) : axes
      let steps = try a.items(1)
      let spacing: Value = steps.isEmpty ? .int(1) : steps.count == 1 && chosen.count > 1 ? steps[0] : .tuple(steps)
      let results = try TorchStatistics.slopes(x, chosen, spacing, a.int(3), .numpy, a.machine)
        .map { a.machine.ndarray($0) }
      return results.count == 1 ? results[0] : .tuple(results)
    },
  ]

  private static func mode(_ a: Arguments) throws -> Tensor.ConvolutionMode {
    guard let mode = Tensor.ConvolutionMode(rawValue: try a.string(2)) else {
      throw Raise(.valueError, "mode must be one of 'valid', 'same', or 'full' (got '\(try a.string(2))')")
    }
    return mode
  }

  /// Both arguments with leading zeros to one length.
  private static func aligned(_ a: Arguments) throws -> (Tensor, Tensor) {
    let (x, y) = (try a.array(0).reshape([-1]), try a.array(1).reshape([-1]))
    let n = max(x.count, y.count)
    return (try x.padded([(n - x.count, 0)]), try y.padded([(n - y.count, 0)]))
  }
}
