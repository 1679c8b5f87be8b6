import Classical
import Language
import TensorCore

/// Distributions of vectors: `multivariate_normal`, `multinomial`, `dirichlet`, for both streams.
enum NumpyVectorRows {
  static func rows(
    prefix: String, isMethod: Bool, stream: @escaping NumpyDistributionRows.Stream
  ) -> [Native] {
    let (own, first) = (isMethod ? "self, " : "", isMethod ? 1 : 0)
    return [
      numpyRow("multivariate_normal(\(own)mean, cov, size=None, check_valid='warn', tol=1e-08, *, method='svd')", "Normal vectors with a mean and a matrix of covariances.", example: prefix + "multivariate_normal([0, 0], [[1, 0], [0, 1]], 3).shape") { a in
        let (mean, matrix) = (try a.array(first, dtype: .float64), try a.array(first + 1, dtype: .float64))
        guard mean.rank == 1 else { throw Raise(.valueError, "mean must be 1 dimensional") }
        guard matrix.rank == 2, matrix.shape[0] == matrix.shape[1] else {
          throw Raise(.valueError, "cov must be 2 dimensional and square")
        }
        guard matrix.shape[0] == mean.count else {
          throw Raise(.valueError, "mean and cov must have same length")
        }
        let size = a.isGiven(first + 2) && !a[first + 2].isNone ? try a.shape(first + 2) : []
        let draws = try numbers(size + [mean.count], try stream(a), a.machine) { $0.standardNormal() }
        let flat = try draws.reshape([Shape.count(size, "multivariate_normal"), mean.count])
        let made: Tensor
        let source = try stream(a)
        switch source.isLegacy ? "svd" : try a.string(first + 5) {
        case "cholesky": made = try flat.matmul(matrix.cholesky().t())
        case "eigh":
          let (values, vectors) = try matrix.symmetricEigen()
          made = try flat.matmul((vectors * values.sqrt()).t())
        default:
          let (u, s, vt) = try matrix.svd(full: true)
          // The legacy stream takes the right vectors, the newer one the left ones.
          made = source.isLegacy
            ? try flat.matmul(s.sqrt().unsqueeze(1) * vt) : try flat.matmul((u * s.sqrt()).t())
        }
        return a.machine.ndarray(try (made + mean).reshape(size + [mean.count]))
      },
      numpyRow("multinomial(\(own)n, pvals, size=None)", "How often each of several results comes in n tries.", example: prefix + "multinomial(10, [0.2, 0.3, 0.5])") { a in
        let shares = try a.machine.doubles(a[first + 1])
        let n = try a.int(first)
        guard n >= 0, n < 1 << 53 else { throw Raise(.valueError, "n < 0") }
        guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
          throw Raise(.valueError, "pvals < 0, pvals > 1 or pvals contains NaNs")
        }
        var sum = 0.0
        for share in shares.dropLast() { sum += share }
        guard sum <= 1 + 1e-12 else {
          throw Raise(.valueError, "sum(pvals[:-1]) > 1.0")
        }
        let size = a.isGiven(first + 2) && !a[first + 2].isNone ? try a.shape(first + 2) : []
        let source = try stream(a)
        let count = try Shape.count(size + [max(1, shares.count)], "multinomial") / max(1, shares.count)
        try Shape.affordable([count, max(1, shares.count)], "multinomial")
        var all: [Int] = []
        for i in 0..<count {
          if i & 0xFFF == 0 { try a.machine.poll() }
          all += source.multinomial(n, shares)
        }
        return a.machine.ndarray(try Tensor(all, shape: size + [shares.count]))
      },
      numpyRow("dirichlet(\(own)alpha, size=None)", "Shares that add up to 1.", example: prefix + "dirichlet([1, 2, 3]).shape") { a in
        let alpha = try a.machine.doubles(a[first])
        guard !alpha.isEmpty, alpha.allSatisfy({ $0 > 0 || ($0 == 0) }) else {
          throw Raise(.valueError, "alpha <= 0")
        }
        let size = a.isGiven(first + 1) && !a[first + 1].isNone ? try a.shape(first + 1) : []
        let count = try Shape.count(size + [alpha.count], "dirichlet") / alpha.count
        try Shape.affordable([count, alpha.count], "dirichlet")
        let source = try stream(a)
        var all: [Double] = []
        for i in 0..<count {
          if i & 0xFFF == 0 { try a.machine.poll() }
          all += source.dirichlet(alpha)
        }
        return a.machine.ndarray(try Tensor(all, shape: size + [alpha.count], dtype: .float64))
      },
    ]
  }

  private static func numbers(
    _ shape: [Int], _ stream: any NumpyStream, _ machine: Machine,
    _ draw: (any NumpyStream) -> Double
  ) throws -> Tensor {
    let count = try Shape.count(shape, "random")
    let result = try Tensor.zeros(shape, dtype: .float64)
    try result.withMutableElements(of: Double.self) { values in
      for i in 0..<count {
        if i & 0xFFF == 0 { try machine.poll() }
        values[i] = draw(stream)
      }
    }
    return result
  }
}
