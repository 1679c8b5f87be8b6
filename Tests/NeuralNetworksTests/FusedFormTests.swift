import NeuralNetworks
import TensorCore
import Testing

/// Forms of float32 that run as one operation against the same in float64, which is composed of
/// operations with gradients of their own.
@Suite struct FusedFormTests {
  private func values(_ shape: [Int], _ seed: Int) throws -> Tensor {
    let count = shape.reduce(1, *)
    let numbers = (0..<count).map { Double(($0 * 7919 + seed * 104_729) % 1999) / 1000 - 1 }
    return try Tensor(numbers, shape: shape, dtype: .float64)
  }

  private func close(_ a: Tensor?, _ b: Tensor?, _ text: String, tolerance: Double = 2e-5) throws {
    guard let a, let b else {
      #expect(a == nil && b == nil, "\(text): one of the gradients is missing")
      return
    }
    #expect(a.shape == b.shape, "\(text)")
    let (x, y) = (try a.to(.float64).doubles(), try b.to(.float64).doubles())
    for (i, pair) in zip(x, y).enumerated() {
      guard abs(pair.0 - pair.1) > tolerance * (1 + abs(pair.1)) else { continue }
      Issue.record("\(text)[\(i)]: \(pair.0) and \(pair.1)")
      return
    }
  }

  /// Runs a function of leaves in both dtypes and compares its value and all gradients.
  private func check(
    _ shapes: [[Int]], _ name: String, tolerance: Double = 2e-5,
    _ run: ([Tensor]) throws -> Tensor
  ) throws {
    let leaves = try shapes.enumerated().map { try values($1, $0 + 1) }
    let all = try [DType.float32, .float64].map { type -> [Tensor?] in
      let own = try leaves.map { try $0.to(type).clone() }
      for leaf in own { try leaf.setRequiresGrad(true) }
      let y = try run(own)
      let weights = try values(y.shape, 9).to(type)
      try (y * weights).sum().backward()
      return [y.detach()] + own.map(\.grad)
    }
    for i in all[0].indices {
      try close(all[0][i], all[1][i], "\(name), \(i == 0 ? "value" : "gradient \(i - 1)")", tolerance: tolerance)
    }
  }

  @Test func convolutionsOfManyChannels() throws {
    let hows = [
      Convolution(), Convolution(stride: [2, 1], padding: [(1, 2), (0, 1)]),
      Convolution(padding: [(2, 2), (1, 1)], dilation: [2, 2]),
    ]
    for (channels, filters) in [(8, 5), (17, 33), (1, 4), (3, 16)] {
      for (i, how) in hows.enumerated() {
        try check(
          [[3, channels, 9, 11], [filters, channels, 3, 2], [filters]], "conv \(channels) \(filters) \(i)",
          tolerance: 1e-4
        ) { try $0[0].conv2d($0[1], $0[2], how) }
      }
    }
  }

  @Test func poolsOfPairs() throws {
    for shape in [[2, 3, 6, 8], [1, 2, 7, 5], [2, 4, 26, 26], [1, 2, 3], [1, 1, 40, 70]] {
      try check([shape], "pool \(shape)") { try $0[0].maxPooled2d(Pool(kernel: [2, 2])) }
    }
  }

  @Test func aPoolGivesTheGradientToTheFirstOfEquals() throws {
    let x = try Tensor([1.0, 1, 1, 3, 1, 1, 3, 3], shape: [1, 2, 4], requiresGrad: true)
    try x.maxPooled2d(Pool(kernel: [2, 2])).sum().backward()
    #expect(try x.grad?.floats() == [1, 0, 0, 1, 0, 0, 0, 0])
    let nan = try Tensor([Double.nan, 1, 3, 2], shape: [1, 2, 2], requiresGrad: true)
    let y = try nan.maxPooled2d(Pool(kernel: [2, 2]))
    #expect(try y.floats()[0].isNaN)
    try y.sum().backward()
    #expect(try nan.grad?.floats() == [1, 0, 0, 0])
  }

  @Test func layerNorms() throws {
    for (shape, last) in [([5, 7], [7]), ([2, 3, 64], [64]), ([2, 3, 4], [3, 4]), ([300, 33], [33])] {
      try check([shape, last, last], "layer norm \(shape)", tolerance: 1e-4) {
        try $0[0].layerNorm(last, $0[1], $0[2])
      }
      try check([shape], "layer norm alone \(shape)", tolerance: 1e-4) {
        try $0[0].layerNorm(last, nil, nil)
      }
    }
  }

  @Test func layerNormHasSecondDerivatives() throws {
    let found = try [DType.float32, .float64].map { type -> Tensor? in
      let x = try values([3, 5], 1).to(type).clone()
      let w = try values([5], 2).to(type).clone()
      try x.setRequiresGrad(true)
      try w.setRequiresGrad(true)
      let y = try (x.layerNorm([5], w, nil) * values([3, 5], 3).to(type)).square().sum()
      let first = try Tensor.gradients(of: [y], for: [x], createGraph: true)
      try first[0]?.square().sum().backward()
      return x.grad
    }
    try close(found[0], found[1], "second derivative", tolerance: 2e-3)
  }

  @Test func recurrentLayersOfGates() throws {
    for (time, batch, inputs, size) in [(1, 1, 2, 3), (5, 3, 4, 8), (7, 32, 6, 33)] {
      for hasBias in [true, false] {
        let shapes =
          [[time, batch, inputs], [4 * size, inputs], [4 * size, size], [batch, size], [batch, size]]
          + (hasBias ? [[4 * size], [4 * size]] : [])
        for reversed in [false, true] {
          try check(shapes, "lstm \(time) \(batch) \(size)", tolerance: 1e-4) { x in
            let step = RecurrentStep(
              .lstm, inputWeight: x[1], hiddenWeight: x[2], inputBias: hasBias ? x[5] : nil,
              hiddenBias: hasBias ? x[6] : nil)
            let result = try step.run(x[0], [x[3], x[4]], isReversed: reversed)
            // All three results take part.
            return try result.output + result.states[0] * .double(0.5) + result.states[1]
          }
        }
      }
    }
  }

  @Test func crossEntropyOfClasses() throws {
    for (rows, columns) in [(1, 2), (70, 10), (5, 16), (9, 17), (130, 100)] {
      let classes = try Tensor((0..<rows).map { Int64($0 * 5 % columns) })
      let ignoring = try Tensor(
        (0..<rows).map { $0 % 3 == 1 && rows > 1 ? -100 : Int64($0 * 5 % columns) })
      for reduction in [LossReduction.mean, .sum] {
        for (ignored, targets) in [(-100, classes), (-100, ignoring), (1, classes)] {
          if rows == 1, ignored == 1 { continue }
          let loss = CrossEntropy(ignoredClass: ignored, reduction: reduction)
          try check([[rows, columns]], "cross entropy \(rows) x \(columns)") {
            try loss(try $0[0] * .double(3), targets, weights: nil)
          }
        }
      }
    }
  }

  @Test func crossEntropyOfExtremeLogitsIsFinite() throws {
    let logits = try Tensor([1000.0, -1000, -1000, 1000], shape: [2, 2], requiresGrad: true)
    let loss = try CrossEntropy()(logits, Tensor([0, 0]), weights: nil)
    #expect(try loss.floats() == [1000])
    try loss.backward()
    #expect(try logits.grad?.floats() == [0, 0, -0.5, 0.5])
  }

  @Test func embeddedRowsCollectTheirGradients() throws {
    let places = try Tensor([2, 0, 2, 5], dtype: .int64)
    try check([[6, 3]], "embedding") { try places.embedded(in: $0[0]) }
    try check([[6, 3]], "embedding with padding") { try places.embedded(in: $0[0], padding: 2) }
  }

  @Test func aGradientThatIsKeptIsNotShared() throws {
    let w = try values([3, 4], 1).to(.float32).clone()
    try w.setRequiresGrad(true)
    let x = try values([2, 4], 2).to(.float32)
    try x.linear(w).sum().backward()
    let first = try w.grad?.floats() ?? []
    try x.linear(w).sum().backward()
    #expect(try w.grad?.floats() == first.map { $0 * 2 })
  }
}
