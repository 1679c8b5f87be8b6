import Compute

/// Products of matrices and of runs of floats.
enum DenseAlgebra {
  typealias Vector = UnsafePointer<Double>

  /// The sum of a[i] * b[i]. Four vectors of running sums keep the processor's multipliers busy;
  /// Swift would add one number after the other, since it may not reorder a sum by itself.
  @inline(__always)
  static func dot(_ a: Vector, _ b: Vector, _ count: Int) -> Double {
    var s0 = SIMD4<Double>.zero
    var s1 = SIMD4<Double>.zero
    var s2 = SIMD4<Double>.zero
    var s3 = SIMD4<Double>.zero
    let rawA = UnsafeRawPointer(a)
    let rawB = UnsafeRawPointer(b)
    func load(_ raw: UnsafeRawPointer, _ i: Int) -> SIMD4<Double> {
      raw.loadUnaligned(fromByteOffset: i * 8, as: SIMD4<Double>.self)
    }
    var i = 0
    while i + 16 <= count {
      s0 += load(rawA, i) * load(rawB, i)
      s1 += load(rawA, i + 4) * load(rawB, i + 4)
      s2 += load(rawA, i + 8) * load(rawB, i + 8)
      s3 += load(rawA, i + 12) * load(rawB, i + 12)
      i += 16
    }
    while i + 4 <= count {
      s0 += load(rawA, i) * load(rawB, i)
      i += 4
    }
    var result = ((s0 + s1) + (s2 + s3)).sum()
    while i < count {
      result += a[i] * b[i]
      i += 1
    }
    return result
  }

  /// y[i] += factor * x[i].
  @inline(__always)
  static func add(_ factor: Double, _ x: Vector, to y: UnsafeMutablePointer<Double>, _ count: Int) {
    for i in 0..<count { y[i] += factor * x[i] }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
        return dot(x, y, min(a.count, b.count))
      }
    }
  }

  /// x times a vector per row of `weights`, plus an offset each. x [rows, n], weights [k, n],
  /// offsets [k], result [rows, k].
  static func products(
    _ x: Samples, _ weights: [Double], offsets: [Double]
  ) throws(ClassicalError) -> [Double] {
    let k = offsets.count
    try checkRoom("the predictions", count: x.rows, size: 8 * max(k, 1))
    var result = try product(
      x.values, (x.columns, 1), weights, (1, x.columns), m: x.rows, n: k, k: x.columns)
    for row in 0..<x.rows {
      for j in 0..<k { result[row * k + j] += offsets[j] }
    }
    return result
  }

  /// a [m, k] x b [k, n] = [m, n] on BLAS; strides are (row, column). Both matrices lie within
  /// their arrays.
  static func product(
    _ a: [Double], _ aStrides: (Int, Int), _ b: [Double], _ bStrides: (Int, Int), m: Int, n: Int,
    k: Int
  ) throws(ClassicalError) -> [Double] {
    var result = [Double](repeating: 0, count: m * n)
    let isDone = result.withUnsafeMutableBufferPointer { result in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = result.baseAddress else {
            return true
          }
          do {
            try MatrixProduct.double(
              m: m, n: n, k: k,
              .init(a, rowStride: aStrides.0, columnStride: aStrides.1),
              .init(b, rowStride: bStrides.0, columnStride: bStrides.1), into: c, cStride: n)
            return true
          } catch {
            return false
          }
        }
      }
    }
    guard isDone else { throw .interrupted }
    return result
  }

  /// The products of all pairs of `count` vectors, [count, count]; the vectors lie one behind the
  /// other, each of `length`.
  static func gram(_ vectors: [Double], count: Int, length: Int) throws(ClassicalError) -> [Double]
  {
    try product(vectors, (length, 1), vectors, (1, length), m: count, n: count, k: length)
  }

  /// Columns as runs: [rows, columns] to [columns, rows].
  static func transposed(_ values: [Double], rows: Int, columns: Int) -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    let tile = 32
    for top in stride(from: 0, to: rows, by: tile) {
      for left in stride(from: 0, to: columns, by: tile) {
        for row in top..<min(top + tile, rows) {
          for column in left..<min(left + tile, columns) {
            result[column * rows + row] = values[row * columns + column]
          }
        }
      }
    }
    return result
  }

  /// Solves a x = b for a positive definite matrix a, [n, n], by Cholesky's factorization; nil when
  /// a is not positive definite.
  static func solvePositive(
    _ a: [Double], _ b: [Double]
  ) throws(ClassicalError) -> [Double]? {
    let n = b.count
    var l = a
    for j in 0..<n {
      try checkInterrupt()
      for i in j..<n {
        let products = l.withUnsafeBufferPointer { l in
          l.baseAddress.map { dot($0 + i * n, $0 + j * n, j) } ?? 0
        }
        let rest = l[i * n + j] - products
        if i == j {
          // Below this the pivot is rounding: the matrix is singular.
          guard rest > Double(n) * .ulpOfOne * abs(a[j * n + j]) else { return nil }
          l[j * n + j] = rest.squareRoot()
        } else {
          l[i * n + j] = rest / l[j * n + j]
        }
      }
    }
    var x = b
    for i in 0..<n {
      for j in 0..<i { x[i] -= l[i * n + j] * x[j] }
      x[i] /= l[i * n + i]
    }
    for i in (0..<n).reversed() {
      for j in (i + 1)..<max(n, i + 1) { x[i] -= l[j * n + i] * x[j] }
      x[i] /= l[i * n + i]
    }
    return x
  }
}
