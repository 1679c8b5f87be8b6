import CKernels
import Compute
import Testing

/// Products of all shapes and layouts against sums in float64.
@Suite struct ProductTests {
  private struct Matrix {
    var values: [Float]
    let row: Int
    let column: Int

    init(_ rows: Int, _ columns: Int, _ layout: Int, seed: Int) {
      let gap = layout / 2 % 2 * 3  // between rows that lie one behind the other
      row = layout % 2 == 0 ? columns + gap : 1
      column = layout % 2 == 0 ? 1 : rows + gap
      values = (0..<((rows + gap) * (columns + gap))).map {
        Float(($0 * 7919 + seed * 31) % 201) / 100 - 1
      }
    }
  }

  private func check(_ m: Int, _ n: Int, _ k: Int, _ layouts: (Int, Int), adds: Bool) throws {
    let (a, b) = (Matrix(m, k, layouts.0, seed: 1), Matrix(k, n, layouts.1, seed: 2))
    let stride = n + 2
    let begin = (0..<(m * stride)).map { Float($0 % 7) }
    var c = begin
    try a.values.withUnsafeBufferPointer { x in
      try b.values.withUnsafeBufferPointer { y in
        try c.withUnsafeMutableBufferPointer { z in
          guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress else { return }
          try MatrixProduct.float(
            m: m, n: n, k: k, .init(x, rowStride: a.row, columnStride: a.column),
            .init(y, rowStride: b.row, columnStride: b.column), beta: adds ? 1 : 0, into: z,
            cStride: stride)
        }
      }
    }
    for i in 0..<m {
      for j in 0..<stride {
        let place = i * stride + j
        guard j < n else {
          #expect(c[place] == begin[place], "\(m) \(n) \(k): wrote beside the result")
          continue
        }
        var sum = adds ? Double(begin[place]) : 0
        for p in 0..<k {
          sum += Double(a.values[i * a.row + p * a.column]) * Double(b.values[p * b.row + j * b.column])
        }
        if abs(Double(c[place]) - sum) > 1e-5 * (1 + Double(k)) {
          Issue.record("\(m) x \(n) x \(k), \(layouts), (\(i), \(j)): \(c[place]), not \(sum)")
          return
        }
      }
    }
  }

  @Test func productsOfAllShapes() throws {
    let sizes = [
      (1, 1, 1), (1, 40, 37), (7, 1, 20), (3, 5, 7), (8, 32, 16), (9, 33, 17), (16, 15, 290),
      (50, 49, 65), (130, 70, 30), (20, 520, 12), (64, 100, 600),
    ]
    for (m, n, k) in sizes {
      for layout in 0..<16 {
        try check(m, n, k, (layout % 4, layout / 4), adds: layout % 3 == 0)
      }
    }
  }

  @Test func arrangedMatricesAndTransposes() throws {
    guard let products = sw_products() else { return }
    for (m, n, k) in [(1, 3, 5), (9, 33, 40), (32, 256, 64), (20, 64, 300)] {
      let (a, b) = (Matrix(m, k, 0, seed: 3), Matrix(k, n, 1, seed: 4))
      let (room, granted) = try Memory.take(Int(sw_product_arranged(Int64(k), Int64(n))) * 4)
      defer { Memory.give(room, granted: granted) }
      let arranged = room.assumingMemoryBound(to: Float.self)
      products.pointee.arrange(
        Int64(k), Int64(n), b.values, Int64(b.row), Int64(b.column), arranged)
      var c = [Float](repeating: 1, count: m * n)
      var plain = c
      #expect(
        products.pointee.multiply_arranged(
          Int64(m), Int64(n), Int64(k), a.values, Int64(a.row), 1, arranged, 1, &c, Int64(n)) == 0)
      #expect(
        products.pointee.multiply(
          Int64(m), Int64(n), Int64(k), a.values, Int64(a.row), 1, b.values, Int64(b.row),
          Int64(b.column), 1, &plain, Int64(n)) == 0)
      for (x, y) in zip(c, plain) { #expect(abs(x - y) < 1e-3) }
      var turned = [Float](repeating: 0, count: m * k)
      products.pointee.transpose(Int64(m), Int64(k), a.values, Int64(k), &turned, Int64(m))
      for i in 0..<m { for j in 0..<k { #expect(turned[j * m + i] == a.values[i * k + j]) } }
    }
  }
}
