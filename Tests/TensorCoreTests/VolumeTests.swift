import Testing

@testable import TensorCore

/// Convolutions and pools over three axes beside their definitions.
@Suite struct VolumeTests {
  /// Numbers that repeat nowhere near each other, so that a swapped axis shows.
  private func numbers(_ shape: [Int], _ step: Double) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor(
      (0..<count).map { Double(($0 * 37 + 11) % 53) * step - 1 }, shape: shape, dtype: .float64)
  }

  private func at(_ x: [Double], _ shape: [Int], _ place: [Int]) -> Double {
    var flat = 0
    for (size, i) in zip(shape, place) {
      if i < 0 || i >= size { return 0 }
      flat = flat * size + i
    }
    return x[flat]
  }

  @Test func theConvolutionIsTheSumOfItsProducts() throws {
    let (x, w) = (try numbers([2, 2, 4, 5, 3], 0.1), try numbers([3, 2, 2, 3, 2], 0.05))
    let how = Convolution(
      stride: [2, 1, 1], padding: [(1, 1), (0, 0), (1, 1)], dilation: [1, 2, 1])
    let y = try x.conv3d(w, nil, how)
    let (xs, ws) = (try x.doubles(), try w.doubles())
    var place = 0
    let found = try y.doubles()
    for n in 0..<2 {
      for o in 0..<3 {
        for d in 0..<y.shape[2] {
          for h in 0..<y.shape[3] {
            for v in 0..<y.shape[4] {
              var sum = 0.0
              for c in 0..<2 {
                for i in 0..<2 {
                  for j in 0..<3 {
                    for k in 0..<2 {
                      sum +=
                        at(xs, x.shape, [n, c, d * 2 + i - 1, h + 2 * j, v + k - 1])
                        * at(ws, w.shape, [o, c, i, j, k])
                    }
                  }
                }
              }
              #expect(abs(found[place] - sum) < 1e-12)  // float64, 24 products
              place += 1
            }
          }
        }
      }
    }
    #expect(place == found.count)
  }

  @Test func theTransposedFormIsTheGradientOfTheOther() throws {
    let x = try numbers([1, 2, 4, 4, 4], 0.1)
    let w = try numbers([3, 2, 2, 2, 2], 0.1)
    let how = Convolution(
      stride: [2, 1, 2], padding: [(0, 0), (1, 1), (0, 0)], dilation: [1, 1, 1])
    try x.setRequiresGrad(true)
    let y = try x.conv3d(w, nil, how)
    let g = try numbers(y.shape, 0.2)
    try (y * g).sum().backward()
    let back = try g.convTranspose3d(w, nil, how)
    #expect(try x.grad?.allClose(back, relative: 1e-12, absolute: 1e-12) == true)
  }

  @Test func theLargestElementsKnowTheirPlaces() throws {
    let x = try numbers([1, 2, 4, 4, 4], 0.1)
    let pool = Pool(kernel: [2, 2, 2], padding: [1, 0, 0], dilation: [1, 1, 1])
    let (values, places) = try x.maxPool3d(pool)
    let flat = try x.reshape([2, 64]).gather(1, places.reshape([2, -1]))
    #expect(try flat.isEqual(to: values.reshape([2, -1])))
    #expect(values.shape == [1, 2, 3, 2, 2])
  }

  @Test func meansOfWholeVolumesAreMeans() throws {
    let x = try numbers([2, 3, 3, 4, 5], 0.1)
    let mean = try x.mean([2, 3, 4], keepDims: true)
    #expect(try x.adaptiveAvgPool3d([1, 1, 1]).allClose(mean, absolute: 1e-12))
    let pooled = try x.avgPool3d(Pool(kernel: [3, 4, 5], padding: [0, 0, 0], dilation: [1, 1, 1]))
    #expect(try pooled.allClose(mean, absolute: 1e-12))
    #expect(try x.adaptiveMaxPool3d([1, 1, 1]).values.isEqual(to: x.amax([2, 3, 4], keepDims: true)))
  }

  @Test func impossibleVolumesAreRefused() throws {
    let (x, w) = (try Tensor.ones([1, 1, 3, 3, 3]), try Tensor.ones([1, 1, 2, 2, 2]))
    for size in [0, -1, 1 << 31, 1 << 62, Int.min] {
      let three = [size, size, size]
      #expect(throws: (any Error).self) {
        try x.conv3d(w, nil, Convolution(stride: three, padding: [(0, 0), (0, 0), (0, 0)], dilation: [1, 1, 1]))
      }
      #expect(throws: (any Error).self) {
        try x.conv3d(w, nil, Convolution(stride: [1, 1, 1], padding: [(0, 0), (0, 0), (0, 0)], dilation: three))
      }
      #expect(throws: (any Error).self) {
        try x.maxPool3d(Pool(kernel: three, padding: [0, 0, 0], dilation: [1, 1, 1]))
      }
      #expect(throws: (any Error).self) {
        try x.avgPool3d(Pool(kernel: [2, 2, 2], stride: three, padding: [0, 0, 0], dilation: [1, 1, 1]))
      }
      if size != 1 << 31 {
        #expect(throws: (any Error).self) { try x.adaptiveAvgPool3d(three) }
        #expect(throws: (any Error).self) { try x.adaptiveMaxPool3d(three) }
      }
    }
    #expect(throws: (any Error).self) { try Tensor.ones([3, 3]).conv3d(w, nil, Convolution(stride: [1, 1, 1], padding: [(0, 0), (0, 0), (0, 0)], dilation: [1, 1, 1])) }
  }
}
