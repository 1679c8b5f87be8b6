import Foundation
import Language
import TensorCore

/// `torch.linalg`, and the older names of the same functions in `torch`.
enum TorchLinalg {
  static let module = ModuleTable(
    "torch.linalg", doc: "Linear algebra over batches of matrices.",
    entries: (solvers + decompositions + norms + products).map { .function($0) }
      + [
        .value(name: "LinAlgError", doc: "A matrix cannot be factored or inverted.") {
          .object($0.type(error))
        }
      ])

  private static let error = TypeTable(
    "_LinAlgError", module: "torch._C", doc: "A matrix cannot be factored or inverted.",
    baseName: "RuntimeError", showsModule: true)

  /// A row whose failures of the factorizations are PyTorch's LinAlgError.
  private static func linalgNative(
    _ signature: String, _ doc: String, example: String, _ body: @escaping (Arguments) throws -> Value
  ) -> Native {
    Native(signature, doc, example: example) { a in
      do {
        return try body(a)
      } catch {
        guard case TensorError.argument(let operation, let message)? = error as? TensorError,
          ["solve", "inv", "cholesky", "svd", "eigh", "eig", "lstsq", "solve_triangular"].contains(operation)
        else { throw error }
        let exception = ExceptionObject(a.machine.type(Self.error))
        // The library's advice stands behind a semicolon or a colon; PyTorch has none.
        let plain =
          operation == "solve"
          ? "torch.linalg.solve: The solver failed because the input matrix is singular."
          : "linalg.\(operation): "
            + (message.range(of: "; pinv").map { message[..<$0.lowerBound] + "." } ?? message[...])
        exception.arguments = [.string(plain)]
        throw Raise(exception)
      }
    }
  }

  private static func linalgRow(
    _ signature: String, _ doc: String, _ example: String,
    _ body: @escaping (Arguments) throws -> Tensor
  ) -> Native {
    linalgNative(signature, doc, example: example) { a in a.machine.torchValue(try body(a)) }
  }

  private static let a2 = "torch.tensor([[4., 1.], [1., 3.]])"

  private static let solvers: [Native] = [
    linalgRow("solve(A, B, *, left=True)", "x with A x = B; left=False solves x A = B.", "torch.linalg.solve(\(a2), torch.tensor([1., 2.]))") { a in
      try a.torchTensor(0).solved(a.torchTensor(1), left: a.bool(2))
    },
    linalgRow("inv(A)", "The inverse.", "torch.linalg.inv(\(a2))") { try $0.torchTensor(0).inverse() },
    linalgRow("det(A)", "The determinant.", "torch.linalg.det(\(a2))") {
      try $0.torchTensor(0).determinant()
    },
    linalgNative("slogdet(A)", "Sign and logarithm of the magnitude of the determinant.", example: "torch.linalg.slogdet(\(a2))") { a in
      let (sign, size) = try a.torchTensor(0).signAndLogDeterminant()
      return pair("linalg_slogdet", ["sign", "logabsdet"], [sign, size], a.machine)
    },
    linalgRow("pinv(A, *, atol=None, rtol=None, hermitian=False)", "The pseudo-inverse.", "torch.linalg.pinv(torch.ones(2, 3))") { a in
      try a.torchTensor(0).pseudoInverse(
        relative: a.optionalDouble(2), absolute: a.optionalDouble(1) ?? 0)
    },
    linalgRow("solve_triangular(A, B, *, upper, left=True, unitriangular=False)", "x with A x = B for a triangular A.", "torch.linalg.solve_triangular(torch.eye(2), torch.ones(2, 1), upper=True)") { a in
      try Tensor.solveTriangular(
        a.torchTensor(0), a.torchTensor(1), upper: a.bool(2), left: a.bool(3), unit: a.bool(4))
    },
    linalgNative("lstsq(A, B, rcond=None, *, driver=None)", "The least squares solution.", example: "torch.linalg.lstsq(torch.tensor([[1., 0.], [1., 1.], [1., 2.]]), torch.tensor([[1.], [2.], [3.]])).solution") { a in
      let result = try Tensor.leastSquares(
        a.torchTensor(0), a.torchTensor(1), relative: a.optionalDouble(2))
      let driver = try a.optionalString(3) ?? "gelsy"
      let isFull = driver == "gelsy" || driver == "gels"
      let none = try Tensor.zeros([0], dtype: result.solution.dtype)
      return pair(
        "lstsq", ["solution", "residuals", "rank", "singular_values"],
        [result.solution, driver == "gelsy" ? none : result.residuals, driver == "gels" ? try Tensor.zeros([0], dtype: .int64) : result.rank,
         isFull ? none : result.singularValues], a.machine)
    },
    linalgRow("matrix_rank(A, *, atol=None, rtol=None, hermitian=False)", "How many singular values are not 0.", "torch.linalg.matrix_rank(torch.ones(2, 2))") { a in
      try a.torchTensor(0).matrixRank(
        relative: a.optionalDouble(2), absolute: a.optionalDouble(1) ?? 0, symmetric: a.bool(3))
    },
    linalgRow("tensorinv(A, ind=2)", "The inverse of a tensor as a map between its first and last axes.", "torch.linalg.tensorinv(torch.eye(4).reshape(2, 2, 2, 2)).shape") { a in
      let x = try a.torchTensor(0)
      let ind = try a.int(1)
      guard ind > 0, ind < x.rank else { throw Raise(.runtimeError, "Expected a strictly positive integer for 'ind'") }
      let (front, back) = (Array(x.shape[..<ind]), Array(x.shape[ind...]))
      let n = front.reduce(1, *)
      return try x.reshape([n, -1]).inverse().reshape(back + front)
    },
  ]

  private static let decompositions: [Native] = [
    linalgRow("cholesky(A, *, upper=False)", "The triangular L with L L^T = A.", "torch.linalg.cholesky(\(a2))") {
      try $0.torchTensor(0).cholesky(upper: $0.bool(1))
    },
    linalgNative("qr(A, mode='reduced')", "An orthogonal Q and an upper triangular R with Q R = A.", example: "torch.linalg.qr(\(a2)).R") { a in
      let mode: Tensor.QRMode =
        switch try a.string(1) {
        case "reduced": .reduced
        case "complete": .complete
        case "r": .r
        case let other:
          throw Raise(
            .runtimeError,
            "qr received unrecognized mode '\(other)' but expected one of 'reduced' (default), 'r', or "
              + "'complete'")
        }
      let (q, r) = try a.torchTensor(0).qr(mode)
      return pair("linalg_qr", ["Q", "R"], [q, r], a.machine)
    },
    linalgNative("svd(A, full_matrices=True)", "U, the singular values S and V^H.", example: "torch.linalg.svd(\(a2)).S") { a in
      let (u, s, vt) = try a.torchTensor(0).svd(full: a.bool(1))
      return pair("linalg_svd", ["U", "S", "Vh"], [u, s, vt], a.machine)
    },
    linalgRow("svdvals(A)", "The singular values in descending order.", "torch.linalg.svdvals(\(a2))") {
      try $0.torchTensor(0).singularValues()
    },
    linalgNative("eigh(A, UPLO='L')", "Eigenvalues and eigenvectors of a symmetric matrix.", example: "torch.linalg.eigh(\(a2)).eigenvalues") { a in
      let (w, v) = try a.torchTensor(0).symmetricEigen(upper: upper(a))
      return pair("linalg_eigh", ["eigenvalues", "eigenvectors"], [w, v], a.machine)
    },
    linalgRow("eigvalsh(A, UPLO='L')", "The eigenvalues of a symmetric matrix.", "torch.linalg.eigvalsh(\(a2))") {
      try $0.torchTensor(0).symmetricEigenvalues(upper: upper($0))
    },
    linalgNative("eig(A)", "Eigenvalues and eigenvectors as complex numbers.", example: "torch.linalg.eig(\(a2)).eigenvalues.real") { a in
      let (w, v) = try a.torchTensor(0).eigen()
      return pair("linalg_eig", ["eigenvalues", "eigenvectors"], [w, v], a.machine)
    },
    linalgRow("eigvals(A)", "The eigenvalues as complex numbers.", "torch.linalg.eigvals(\(a2)).real") {
      try $0.torchTensor(0).eigen(vectors: false).values
    },
    linalgNative("lu(A)", "P, L and U with P L U = A.", example: "torch.linalg.lu(\(a2)).U") { a in
      let (p, l, u) = try a.torchTensor(0).lu()
      return pair("linalg_lu", ["P", "L", "U"], [p, l, u], a.machine)
    },
  ]

  private static func upper(_ a: Arguments) throws -> Bool {
    let text = try a.string(1).uppercased()
    guard text == "L" || text == "U" else {
      throw Raise(.runtimeError, "Expected UPLO argument to be 'L' or 'U', but got \(try a.string(1))")
    }
    return text == "U"
  }

  private static let norms: [Native] = [
    linalgRow("norm(A, ord=None, dim=None, keepdim=False, *, dtype=None)", "The norm of vectors or matrices.", "torch.linalg.norm(torch.tensor([3., 4.]))") { a in
      let x = try a.optionalDType(4, .torch).map { try a.torchTensor(0).to($0) } ?? a.torchTensor(0)
      return try LinalgNorm.norm(x, a, order: 1, axes: a.axes(2), keepDims: a.bool(3))
    },
    linalgRow("vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None)", "The norm of vectors.", "torch.linalg.vector_norm(torch.tensor([3., 4.]), ord=1)") { a in
      let x = try a.optionalDType(4, .torch).map { try a.torchTensor(0).to($0) } ?? a.torchTensor(0)
      return try x.vectorNorm(a.axes(2), order: a.double(1), keepDims: a.bool(3))
    },
    linalgRow("matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None)", "The norm of matrices.", "torch.linalg.matrix_norm(torch.eye(2))") { a in
      let axes = try a.axes(2)
      guard axes.count == 2 else {
        throw Raise(.runtimeError, "linalg.matrix_norm: dim must be a 2-tuple. Got \(axes)")
      }
      return try a.torchTensor(0).matrixNorm(
        LinalgNorm.kind(a, 1) ?? .frobenius, axes: (axes[0], axes[1]), keepDims: a.bool(3))
    },
    linalgRow("cond(A, p=None)", "The condition number.", "torch.linalg.cond(torch.eye(2))") { a in
      try a.torchTensor(0).conditionNumber(LinalgNorm.kind(a, 1))
    },
  ]

  private static let products: [Native] = [
    linalgRow("matrix_power(A, n)", "Multiplied with itself so often.", "torch.linalg.matrix_power(\(a2), 3)") {
      try $0.torchTensor(0).matrixPower($0.int(1))
    },
    linalgRow("matrix_exp(A)", "The matrix exponential.", "torch.linalg.matrix_exp(torch.zeros(2, 2))") {
      try $0.torchTensor(0).matrixExponential()
    },
    linalgRow("multi_dot(tensors)", "The product of several matrices, cheapest order first.", "torch.linalg.multi_dot([torch.eye(2), torch.ones(2, 2), torch.ones(2)])") {
      try Tensor.multiDot($0.tensors(0, .torch))
    },
    linalgRow("matmul(input, other)", "The matrix product.", "torch.linalg.matmul(torch.eye(2), torch.ones(2, 2))") {
      try $0.torchTensor(0).matmul($0.torchTensor(1))
    },
    linalgRow("cross(input, other, *, dim=-1)", "The cross product of vectors of 3.", "torch.linalg.cross(torch.tensor([1., 0., 0.]), torch.tensor([0., 1., 0.]))") {
      try $0.torchTensor(0).cross($0.torchTensor(1), axis: $0.int(2))
    },
    linalgRow("vecdot(x, y, *, dim=-1)", "The sums of products along an axis.", "torch.linalg.vecdot(torch.ones(2, 3), torch.ones(2, 3))") { a in
      try (a.torchTensor(0).conjugate() * a.torchTensor(1)).sum([a.int(2)])
    },
    linalgRow("diagonal(A, *, offset=0, dim1=-2, dim2=-1)", "The diagonal.", "torch.linalg.diagonal(torch.eye(2))") {
      try $0.torchTensor(0).diagonal(offset: $0.int(1), $0.int(2), $0.int(3))
    },
    linalgRow("vander(x, N=None)", "Powers as columns.", "torch.linalg.vander(torch.tensor([1., 2., 3.]))") {
      try $0.torchTensor(0).vander($0.optionalInt(1), increasing: true)
    },
  ]

  // MARK: - Older names

  /// Functions of `torch` that are methods as well.
  static let functions: [Native] = [
    linalgRow("inverse(input)", "The inverse.", "torch.inverse(\(a2))") { try $0.torchTensor(0).inverse() },
    linalgRow("det(input)", "The determinant.", "torch.det(\(a2))") { try $0.torchTensor(0).determinant() },
    linalgRow("logdet(input)", "The logarithm of the determinant; NaN where it is negative.", "torch.logdet(\(a2))") { a in
      let (sign, size) = try a.torchTensor(0).signAndLogDeterminant()
      return try Tensor.where(Comparison.less(sign, .double(0)), .double(.nan), size)
    },
    linalgNative("slogdet(input)", "Sign and logarithm of the magnitude of the determinant.", example: "torch.slogdet(\(a2))") { a in
      let (sign, size) = try a.torchTensor(0).signAndLogDeterminant()
      return pair("slogdet", ["sign", "logabsdet"], [sign, size], a.machine)
    },
    linalgRow("pinverse(input, rcond=1e-15)", "The pseudo-inverse.", "torch.pinverse(torch.ones(2, 3))") { a in
      try a.torchTensor(0).pseudoInverse(relative: a.double(1))
    },
    linalgRow("cholesky(input, upper=False)", "The triangular L with L L^T = A.", "torch.cholesky(\(a2))") {
      try $0.torchTensor(0).cholesky(upper: $0.bool(1))
    },
    linalgRow("cholesky_solve(input, input2, upper=False)", "x with A x = B, from A's Cholesky factor.", "torch.cholesky_solve(torch.ones(2, 1), torch.eye(2))") {
      try Tensor.choleskySolve($0.torchTensor(0), $0.torchTensor(1), upper: $0.bool(2))
    },
    linalgRow("cholesky_inverse(input, upper=False)", "The inverse of A from its Cholesky factor.", "torch.cholesky_inverse(torch.eye(2))") { a in
      let factor = try a.torchTensor(0)
      return try Tensor.choleskySolve(
        Tensor.eye(factor.shape.last ?? 0, dtype: factor.dtype), factor, upper: a.bool(1))
    },
    linalgNative("qr(input, some=True)", "An orthogonal Q and an upper triangular R with Q R = A.", example: "torch.qr(\(a2)).R") { a in
      let (q, r) = try a.torchTensor(0).qr(a.bool(1) ? .reduced : .complete)
      return pair("qr", ["Q", "R"], [q, r], a.machine)
    },
    linalgNative("svd(input, some=True, compute_uv=True)", "U, the singular values S and V.", example: "torch.svd(\(a2)).S") { a in
      let (u, s, vt) = try a.torchTensor(0).svd(full: !a.bool(1))
      return pair("svd", ["U", "S", "V"], [u, s, try vt.transpose(-2, -1)], a.machine)
    },
    linalgRow("matrix_power(input, n)", "Multiplied with itself so often.", "torch.matrix_power(\(a2), 3)") {
      try $0.torchTensor(0).matrixPower($0.int(1))
    },
    linalgRow("matrix_exp(input)", "The matrix exponential.", "torch.matrix_exp(torch.zeros(2, 2))") {
      try $0.torchTensor(0).matrixExponential()
    },
    linalgNative("triangular_solve(input, A, upper=True, transpose=False, unitriangular=False)", "x with A x = input for a triangular A.", example: "torch.triangular_solve(torch.ones(2, 1), torch.eye(2)).solution") { a in
      let matrix = try a.torchTensor(1)
      let turned = try a.bool(3)
      let solution = try Tensor.solveTriangular(
        turned ? matrix.transpose(-2, -1) : matrix, a.torchTensor(0),
        upper: a.bool(2) != turned, unit: a.bool(4))
      return pair("triangular_solve", ["solution", "cloned_coefficient"], [solution, matrix], a.machine)
    },
    linalgRow("trapz(y, x=None, *, dx=1, dim=-1)", "The integral by trapezia.", "torch.trapz(torch.tensor([1., 2., 3.]))") { a in
      try a.torchTensor(0).trapezoid(points: a.optionalTensor(1), spacing: a.double(2), axis: a.int(3))
    },
  ]

  static func pair(
    _ name: String, _ fields: [String], _ tensors: [Tensor], _ machine: Machine
  ) -> Value {
    guard let table = results[name] else { return .tuple(tensors.map { machine.torchValue($0) }) }
    return NamedResult.make(tensors.map { machine.torchValue($0) }, table, machine)
  }

  /// The types of named results; one each, so that a session has one type per function.
  private static let results: [String: TypeTable] = Dictionary(
    [
      ("slogdet", ["sign", "logabsdet"]), ("linalg_slogdet", ["sign", "logabsdet"]),
      ("lstsq", ["solution", "residuals", "rank", "singular_values"]),
      ("linalg_qr", ["Q", "R"]), ("qr", ["Q", "R"]), ("linalg_svd", ["U", "S", "Vh"]),
      ("svd", ["U", "S", "V"]), ("linalg_eigh", ["eigenvalues", "eigenvectors"]),
      ("linalg_eig", ["eigenvalues", "eigenvectors"]), ("linalg_lu", ["P", "L", "U"]),
      ("triangular_solve", ["solution", "cloned_coefficient"]),
    ].map { ($0, NamedResult.table($0, fields: $1)) }, uniquingKeysWith: { first, _ in first })
}

/// Norms as `torch.linalg.norm` and `numpy.linalg.norm` name them.
enum LinalgNorm {
  /// The matrix norm that an argument names; nil for None.
  static func kind(_ a: Arguments, _ index: Int) throws -> Tensor.MatrixNorm? {
    if a[index].isNone || !a.isGiven(index) { return nil }
    if let text = a[index].swiftString {
      switch text {
      case "fro": return .frobenius
      case "nuc": return .nuclear
      case "inf": return .order(.infinity)
      default:
        throw Raise(.valueError, "Invalid norm order '\(text)' for matrices", hint: "there are 'fro', 'nuc', 1, 2, inf and their negatives")
      }
    }
    return .order(try a.double(index))
  }

  /// Both frameworks' rule: an order over two axes is a matrix norm, else a vector norm.
  static func norm(
    _ x: Tensor, _ a: Arguments, order index: Int, axes: [Int], keepDims: Bool
  ) throws -> Tensor {
    if a[index].isNone || !a.isGiven(index) { return try x.norm(axes, keepDims: keepDims) }
    let count = axes.isEmpty ? x.rank : axes.count
    if count == 2, let kind = try kind(a, index) {
      let pair = axes.isEmpty ? (-2, -1) : (axes[0], axes[1])
      return try x.matrixNorm(kind, axes: pair, keepDims: keepDims)
    }
    if a[index].swiftString != nil || count > 2 {
      throw Raise(.valueError, "Improper number of dimensions to norm.", hint: "the shape is \(x.shape)")
    }
    return try x.vectorNorm(axes, order: a.double(index), keepDims: keepDims)
  }
}
