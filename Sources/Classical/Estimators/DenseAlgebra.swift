/// Products on runs of floats. Four vectors of running sums keep the processor's multipliers busy;
/// Swift would add one number after the other, since it may not reorder a sum by itself.
enum DenseAlgebra {
  typealias Vector = UnsafePointer<Double>

  /// The sum of a[i] * b[i].
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
  static func products(_ x: Samples, _ weights: [Double], offsets: [Double]) -> [Double] {
    let n = x.columns
    let k = offsets.count
    var result = [Double](repeating: 0, count: x.rows * k)
    result.withUnsafeMutableBufferPointer { result in
      x.values.withUnsafeBufferPointer { values in
        weights.withUnsafeBufferPointer { weights in
          guard let values = values.baseAddress, let weights = weights.baseAddress else { return }
          for row in 0..<x.rows {
            for j in 0..<k {
              result[row * k + j] = dot(values + row * n, weights + j * n, n) + offsets[j]
            }
          }
        }
      }
    }
    return result
  }

  /// The symmetric matrix of the products of all pairs of `count` vectors, [count, count]. The
  /// vectors lie one behind the other, each of `length`; they are read in runs that fit the cache.
  static func gram(_ vectors: [Double], count: Int, length: Int) -> [Double] {
    let run = 512
    var result = [Double](repeating: 0, count: count * count)
    vectors.withUnsafeBufferPointer { vectors in
      guard let base = vectors.baseAddress else { return }
      for start in stride(from: 0, to: length, by: run) {
        let size = min(run, length - start)
        for i in 0..<count {
          for j in 0...i {
            result[i * count + j] += dot(base + i * length + start, base + j * length + start, size)
          }
        }
      }
    }
    for i in 0..<count {
      for j in 0..<i { result[j * count + i] = result[i * count + j] }
    }
    return result
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
  static func solvePositive(_ a: [Double], _ b: [Double]) -> [Double]? {
    let n = b.count
    var l = a
    for j in 0..<n {
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
