import Language
import TensorCore

/// `numpy.linalg`.
enum NumpyLinalg {
  static let module = ModuleTable(
    "numpy.linalg", doc: "Linear algebra.",
    entries: (solvers + decompositions + products).map { .function($0) }
      + [
        .value(name: "LinAlgError", doc: "A matrix cannot be factored or inverted.") {
          .object($0.type(error))
        }
      ])

  private static let error = TypeTable(
    "LinAlgError", module: "numpy.linalg", doc: "A matrix cannot be factored or inverted.",
    baseName: "ValueError", showsModule: true)

  private static let a2 = "[[4., 1.], [1., 3.]]"

  /// A row whose failures of the library are NumPy's LinAlgError.
  private static func row(
    _ signature: String, _ doc: String, _ example: String, _ body: @escaping (Arguments) throws -> Value
  ) -> Native {
    numpyRow(signature, doc, example: example) { a in
      do {
        return try body(a)
      } catch let failure as TensorError {
        guard let text = sentence(failure) else { throw failure }
        let exception = ExceptionObject(a.machine.type(error))
        exception.arguments = [.string(text)]
        exception.hint = failure.description
        throw Raise(exception)
      }
    }
  }

  /// NumPy's words for what the factorizations report; nil for other errors.
  private static func sentence(_ error: TensorError) -> String? {
    switch error {
    case .argument("solve", _), .argument("inv", _): return "Singular matrix"
    case .argument("cholesky", _): return "Matrix is not positive definite"
    case .argument("eig", let message): return message
    case .argument("svd", _): return "SVD did not converge"
    case .argument("eigh", _): return "Eigenvalues did not converge"
    case .wrongShape("solve", let shape, _), .wrongShape("inv", let shape, _),
      .wrongShape("det", let shape, _), .wrongShape("cholesky", let shape, _),
      .wrongShape("eig", let shape, _), .wrongShape("eigh", let shape, _),
      .wrongShape("slogdet", let shape, _), .wrongShape("eigvalsh", let shape, _),
      .wrongShape("matrix_power", let shape, _):
      return shape.count < 2
        ? "\(shape.count)-dimensional array given. Array must be at least two-dimensional"
        : "Last 2 dimensions of the array must be square"
    case .wrongShape("svd", let shape, _), .wrongShape("qr", let shape, _):
      return "\(shape.count)-dimensional array given. Array must be at least two-dimensional"
    default: return nil
    }
  }

  /// A float array: integers become float64.
  private static func matrix(_ a: Arguments, _ index: Int) throws -> Tensor {
    let x = try a.array(index)
    return x.dtype == .float32 || x.dtype.isComplex ? x : try x.to(.float64)
  }

  private static func common(_ a: Arguments, _ i: Int, _ j: Int) throws -> (Tensor, Tensor) {
    let (x, y) = (try matrix(a, i), try matrix(a, j))
    let type = Promotion.numpy.join(x.dtype, y.dtype)
    return (try x.to(type), try y.to(type))
  }

  private static let solvers: [Native] = [
    row("solve(a, b)", "x with a x = b.", "np.linalg.solve(\(a2), [1., 2.])") { a in
      let (x, y) = try common(a, 0, 1)
      if y.rank == 1 { return a.machine.ndarray(try Tensor.solve(x, y.unsqueeze(-1)).squeeze(-1)) }
      return a.machine.ndarray(try Tensor.solve(x, y))
    },
    row("inv(a)", "The inverse.", "np.linalg.inv(\(a2))") { a in
      a.machine.ndarray(try matrix(a, 0).inverse())
    },
    row("pinv(a, rcond=None, hermitian=False)", "The pseudo-inverse.", "np.linalg.pinv(np.ones((2, 3)))") { a in
      a.machine.ndarray(try matrix(a, 0).pseudoInverse(relative: a.optionalDouble(1) ?? 1e-15))
    },
    row("det(a)", "The determinant.", "np.linalg.det(\(a2))") { a in
      // As NumPy does it, from the logarithm: the last digit shows which way was taken.
      let (sign, size) = try matrix(a, 0).signAndLogDeterminant()
      return try a.machine.numpyValue(sign * size.exp())
    },
    row("slogdet(a)", "Sign and logarithm of the magnitude of the determinant.", "np.linalg.slogdet(\(a2))") { a in
      let (sign, size) = try matrix(a, 0).signAndLogDeterminant()
      return try named("SlogdetResult", [sign, size], a.machine)
    },
    row("lstsq(a, b, rcond=None)", "The least squares solution, residuals, rank and singular values.", "np.linalg.lstsq([[1., 0.], [1., 1.], [1., 2.]], [1., 2., 3.])[0]") { a in
      let (x, y) = try common(a, 0, 1)
      let isVector = y.rank == 1
      let result = try Tensor.leastSquares(x, isVector ? y.unsqueeze(-1) : y, relative: a.optionalDouble(2))
      return .tuple([
        a.machine.ndarray(isVector ? try result.solution.squeeze(-1) : result.solution),
        a.machine.ndarray(result.residuals),
        a.machine.tensorTypes.scalar(try result.rank.item(), .int32),
        a.machine.ndarray(result.singularValues),
      ])
    },
    row("matrix_rank(A, tol=None, hermitian=False)", "How many singular values are not 0.", "np.linalg.matrix_rank(np.ones((2, 2)))") { a in
      let x = try matrix(a, 0)
      if x.rank < 2 {
        return .int(try Comparison.notEqual(x, .int(0)).any().item().bool ? 1 : 0)
      }
      return try a.machine.numpyValue(
        x.matrixRank(absolute: a.optionalDouble(1) ?? 0, symmetric: a.bool(2)))
    },
    row("cond(x, p=None)", "The condition number.", "np.linalg.cond(np.eye(2))") { a in
      try a.machine.numpyValue(matrix(a, 0).conditionNumber(LinalgNorm.kind(a, 1)))
    },
    row("norm(x, ord=None, axis=None, keepdims=False)", "The norm of vectors or matrices.", "np.linalg.norm([3, 4])") { a in
      let x = try matrix(a, 0)
      return try a.machine.numpyValue(
        LinalgNorm.norm(x, a, order: 1, axes: a.axes(2), keepDims: a.bool(3)))
    },
  ]

  private static let decompositions: [Native] = [
    row("cholesky(a, /, *, upper=False)", "The triangular L with L L^T = a.", "np.linalg.cholesky(\(a2))") { a in
      a.machine.ndarray(try matrix(a, 0).cholesky(upper: a.bool(1)))
    },
    row("qr(a, mode='reduced')", "An orthogonal Q and an upper triangular R.", "np.linalg.qr(\(a2))[1]") { a in
      let x = try matrix(a, 0)
      switch try a.string(1) {
      case "r": return a.machine.ndarray(try x.qr(.r).r)
      case "reduced":
        let (q, r) = try x.qr()
        return try named("QRResult", [q, r], a.machine)
      case "complete":
        let (q, r) = try x.qr(.complete)
        return try named("QRResult", [q, r], a.machine)
      case let other: throw Raise(.valueError, "Unrecognized mode '\(other)'")
      }
    },
    row("svd(a, full_matrices=True, compute_uv=True, hermitian=False)", "U, the singular values and V^H.", "np.linalg.svd(\(a2))[1]") { a in
      let x = try matrix(a, 0)
      if try !a.bool(2) { return a.machine.ndarray(try x.singularValues()) }
      let (u, s, vt) = try x.svd(full: a.bool(1))
      return try named("SVDResult", [u, s, vt], a.machine)
    },
    row("svdvals(x)", "The singular values.", "np.linalg.svdvals(\(a2))") { a in
      a.machine.ndarray(try matrix(a, 0).singularValues())
    },
    row("eig(a)", "Eigenvalues and eigenvectors; complex only where they have to be.", "np.linalg.eig(\(a2))[0]") { a in
      let (w, v) = try matrix(a, 0).eigen()
      return try named("EigResult", realWhereReal([w, v]), a.machine)
    },
    row("eigvals(a)", "The eigenvalues; complex only where they have to be.", "np.linalg.eigvals(\(a2))") { a in
      a.machine.ndarray(try realWhereReal([matrix(a, 0).eigen(vectors: false).values])[0])
    },
    row("eigh(a, UPLO='L')", "Eigenvalues and eigenvectors of a symmetric matrix.", "np.linalg.eigh(\(a2))[0]") { a in
      let (w, v) = try matrix(a, 0).symmetricEigen(upper: a.string(1) == "U")
      return try named("EighResult", [w, v], a.machine)
    },
    row("eigvalsh(a, UPLO='L')", "The eigenvalues of a symmetric matrix.", "np.linalg.eigvalsh(\(a2))") { a in
      a.machine.ndarray(try matrix(a, 0).symmetricEigenvalues(upper: a.string(1) == "U"))
    },
  ]

  /// Real tensors when all eigenvalues (the first) are real.
  private static func realWhereReal(_ tensors: [Tensor]) throws -> [Tensor] {
    let imaginary = try tensors[0].imaginaryPart()
    if try Comparison.notEqual(imaginary, .int(0)).any().item().bool { return tensors }
    return try tensors.map { try $0.realPart().contiguous() }
  }

  private static let products: [Native] = [
    row("matrix_power(a, n)", "Multiplied with itself so often.", "np.linalg.matrix_power(np.array([[1, 1], [0, 1]]), 3)") { a in
      let x = try a.array(0)
      let n = try a.int(1)
      return a.machine.ndarray(try (n < 0 ? matrix(a, 0) : x).matrixPower(n))
    },
    row("multi_dot(arrays)", "The product of several matrices, cheapest order first.", "np.linalg.multi_dot([np.eye(2), np.ones((2, 2))])") { a in
      try a.machine.numpyValue(Tensor.multiDot(a.tensors(0, .numpy), promotion: .numpy))
    },
    row("cross(x1, x2, /, *, axis=-1)", "The cross product of vectors of 3.", "np.linalg.cross([1, 0, 0], [0, 1, 0])") { a in
      a.machine.ndarray(try a.array(0).cross(a.array(1), axis: a.int(2)))
    },
    row("matrix_norm(x, /, *, keepdims=False, ord='fro')", "The norm of matrices.", "np.linalg.matrix_norm(np.eye(2))") { a in
      try a.machine.numpyValue(matrix(a, 0).matrixNorm(LinalgNorm.kind(a, 2) ?? .frobenius, keepDims: a.bool(1)))
    },
    row("vector_norm(x, /, *, axis=None, keepdims=False, ord=2)", "The norm of vectors.", "np.linalg.vector_norm([3., 4.])") { a in
      try a.machine.numpyValue(matrix(a, 0).vectorNorm(a.axes(1), order: a.double(3), keepDims: a.bool(2)))
    },
    row("outer(x1, x2, /)", "All products of two vectors.", "np.linalg.outer([1, 2], [3, 4])") { a in
      a.machine.ndarray(try BinaryOperation.multiply(a.array(0).unsqueeze(1), a.array(1).unsqueeze(0), promotion: .numpy))
    },
    row("trace(x, /, *, offset=0)", "The sum of the diagonal of the last two axes.", "np.linalg.trace(np.eye(2))") { a in
      try a.machine.numpyValue(a.array(0).diagonal(offset: a.int(1), -2, -1).sum([-1]))
    },
    row("matrix_transpose(x, /)", "The last two axes exchanged.", "np.linalg.matrix_transpose(np.zeros((2, 3))).shape") { a in
      a.machine.ndarray(try a.array(0).transpose(-2, -1))
    },
    row("diagonal(x, /, *, offset=0)", "The diagonal of the last two axes.", "np.linalg.diagonal(np.eye(2))") { a in
      a.machine.ndarray(try a.array(0).diagonal(offset: a.int(1), -2, -1))
    },
    row("vecdot(x1, x2, /, *, axis=-1)", "The sums of products along an axis.", "np.linalg.vecdot([1, 2], [3, 4])") { a in
      try a.machine.numpyValue(
        BinaryOperation.multiply(a.array(0), a.array(1), promotion: .numpy).sum([a.int(2)]))
    },
    row("tensordot(x1, x2, /, *, axes=2)", "The sum of products over several axes.", "np.linalg.tensordot(np.eye(2), np.eye(2))") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      let (first, second) = try TorchArrangements.tensordotAxes(x, a, 2)
      return try a.machine.numpyValue(x.tensordot(y, first, second))
    },
    row("matmul(x1, x2, /)", "The matrix product.", "np.linalg.matmul(np.eye(2), np.ones((2, 2)))") { a in
      try a.machine.numpyValue(a.array(0).matmul(a.array(1), promotion: .numpy))
    },
    row("tensorinv(a, ind=2)", "The inverse of a tensor as a map between its first and last axes.", "np.linalg.tensorinv(np.eye(4).reshape(2, 2, 2, 2)).shape") { a in
      let x = try matrix(a, 0)
      let ind = try a.int(1)
      guard ind > 0, ind < x.rank else { throw Raise(.valueError, "Invalid ind argument.") }
      let (front, back) = (Array(x.shape[..<ind]), Array(x.shape[ind...]))
      return a.machine.ndarray(try x.reshape([front.reduce(1, *), -1]).inverse().reshape(back + front))
    },
  ]

  // MARK: - Named results

  private static func named(_ name: String, _ tensors: [Tensor], _ machine: Machine) throws -> Value {
    let values = try tensors.map { try machine.numpyValue($0) }
    guard let table = results[name] else { return .tuple(values) }
    let tuple = TupleObject(values)
    tuple.subclass = machine.type(table)
    return .object(tuple)
  }

  private static let results: [String: TypeTable] = Dictionary(
    [
      ("SlogdetResult", ["sign", "logabsdet"]), ("QRResult", ["Q", "R"]),
      ("SVDResult", ["U", "S", "Vh"]), ("EigResult", ["eigenvalues", "eigenvectors"]),
      ("EighResult", ["eigenvalues", "eigenvectors"]),
    ].map { ($0, table($0, $1)) }, uniquingKeysWith: { first, _ in first })

  private static func table(_ name: String, _ fields: [String]) -> TypeTable {
    TypeTable(
      name, module: "numpy.linalg", doc: "A tuple of " + fields.joined(separator: ", ") + ".",
      baseName: "tuple",
      properties: fields.enumerated().map { place, field in
        NativeProperty(field, "The \(field) of the result.") { value, _ in
          guard let tuple = value.asTuple, place < tuple.count else { return .none }
          return tuple[place]
        }
      },
      methods: [
        Native("__repr__(self)", "All arrays by name.", example: "repr(np.linalg.eigh(np.eye(2)))") { a in
          let items = a[0].asTuple?.items ?? []
          let parts = try zip(fields, items).map { "\($0)=\(try a.machine.repr($1))" }
          return .string("\(name)(" + parts.joined(separator: ", ") + ")")
        }
      ])
  }
}
