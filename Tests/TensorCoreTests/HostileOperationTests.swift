import Testing

@testable import Compute
@testable import TensorCore

/// Arguments that make no sense, to the operations on images, matrices, spectra and places: an error
/// each, never a trap.
@Suite struct HostileOperationTests {
  private let extremes = [0, -1, Int.min, Int.max, 1 << 40]

  @Test func convolutionsAndPoolsRefuse() throws {
    let x = try Tensor.ones([1, 2, 4, 4])
    let w = try Tensor.ones([2, 2, 3, 3])
    for n in extremes {
      #expect(throws: (any Error).self) { try x.conv2d(w, nil, Convolution(stride: [n, 1])) }
      #expect(throws: (any Error).self) { try x.conv2d(w, nil, Convolution(groups: n)) }
      #expect(throws: (any Error).self) { try x.conv2d(w, nil, Convolution(dilation: [n, 1])) }
      if n != 0 {
        #expect(throws: (any Error).self) { try x.conv2d(w, nil, Convolution(padding: [(n, n), (n, n)])) }
        #expect(throws: (any Error).self) { try x.maxPool2d(Pool(kernel: [2, 2], padding: [n, 0])) }
      }
      #expect(throws: (any Error).self) { try x.maxPool2d(Pool(kernel: [n, 2])) }
      #expect(throws: (any Error).self) { try x.avgPool2d(Pool(kernel: [n, n])) }
      #expect(throws: (any Error).self) { try x.adaptiveAvgPool2d(n, 1 << 29) }
      #expect(throws: (any Error).self) { try x.adaptiveMaxPool2d(1 << 29, n) }
      #expect(throws: (any Error).self) { try x.resized([n, 1 << 38], .linear) }
      #expect(throws: (any Error).self) { try x.unfoldPatches([n, 1 << 20], Convolution()) }
      #expect(throws: (any Error).self) { try Tensor.ones([1, 4, 9]).foldPatches([n, n], [2, 2], Convolution()) }
      #expect(throws: (any Error).self) { try x.pixelShuffle(n) }
    }
    #expect(throws: (any Error).self) { try x.conv2d(Tensor.ones([2, 3, 3, 3])) }
    #expect(throws: (any Error).self) { try x.conv2d(Tensor.ones([2, 2, 5, 5])) }
    #expect(throws: (any Error).self) { try x.conv2d(w, Tensor.ones([3])) }
    #expect(throws: (any Error).self) { try x.to(.int64).conv2d(w.to(.int64)) }
    #expect(throws: (any Error).self) { try Tensor.ones([4]).conv2d(w) }
    #expect(throws: (any Error).self) {
      try x.convTranspose2d(w, nil, Convolution(stride: [1 << 29, 1 << 29]), outputPadding: [0, 0])
    }
    #expect(throws: (any Error).self) {
      try x.maxUnpool2d(Tensor.full([1, 2, 4, 4], .int(99)), height: 5, width: 5)
    }
    #expect(try Tensor.ones([0, 2, 4, 4]).conv2d(w).shape == [0, 2, 2, 2])
    let clash = #expect(throws: TensorError.self) { try x.conv2d(Tensor.ones([2, 3, 3, 3])) }
    #expect(clash?.description.contains("[1, 2, 4, 4]") == true)
    #expect(clash?.description.contains("[2, 3, 3, 3]") == true)
  }

  @Test func paddingAndWindowsRefuse() throws {
    let x = try Tensor.ones([2, 3])
    for n in [Int.min, Int.max, -9, 1 << 45] {
      #expect(throws: (any Error).self) { try x.padded([(n, 0)]) }
      #expect(throws: (any Error).self) { try x.padded([(0, n)], .reflect) }
      #expect(throws: (any Error).self) { try x.windows(axis: 0, size: n, step: 1) }
    }
    #expect(throws: (any Error).self) { try x.padded([(1, 1), (1, 1), (1, 1)]) }
    #expect(throws: (any Error).self) { try Tensor.ones([0]).padded([(1, 1)], .edge) }
    #expect(throws: (any Error).self) { try x.windows(axis: 0, size: 1, step: 0) }
    #expect(throws: (any Error).self) { try x.asStrided([2, 2], [1 << 40, 1]) }
    #expect(throws: (any Error).self) { try x.asStrided([2, 2], [-1, 1]) }
    #expect(throws: (any Error).self) { try x.asStrided([2], [1], offset: -1) }
    #expect(throws: (any Error).self) { try x.asStrided([1 << 62, 4], [1, 1]) }
  }

  @Test func matricesRefuse() throws {
    let wide = try Tensor.ones([2, 3])
    #expect(throws: TensorError.self) { try wide.inverse() }
    #expect(throws: TensorError.self) { try wide.determinant() }
    #expect(throws: TensorError.self) { try wide.cholesky() }
    #expect(throws: TensorError.self) { try Tensor.solve(wide, wide) }
    #expect(throws: TensorError.self) { try Tensor.ones([3]).svd() }
    #expect(throws: TensorError.self) { try Tensor.ones([2, 2]).inverse() }
    #expect(throws: TensorError.self) { try Tensor.eye(2).neg().cholesky() }
    #expect(throws: TensorError.self) { try Tensor.solve(Tensor.eye(2), Tensor.ones([3])) }
    #expect(throws: TensorError.self) { try Tensor.full([2, 2], .double(.nan)).svd() }
    #expect(throws: TensorError.self) { try Tensor.full([2, 2], .double(.nan)).eigen() }
    #expect(throws: TensorError.self) { try Tensor.full([2, 2], .double(.infinity)).symmetricEigen() }
    #expect(throws: TensorError.self) { try Tensor.eye(2, dtype: .int64).inverse() }
    #expect(throws: TensorError.self) { try Tensor.eye(2).requiringGradient().eigen() }
    #expect(try Tensor.zeros([0, 0]).determinant().item().double == 1)
    #expect(try Tensor.zeros([2, 0, 0]).inverse().shape == [2, 0, 0])
    #expect(try Tensor.zeros([0, 3]).svd().s.shape == [0])
    #expect(try Tensor.eye(2).matrixPower(.max).isEqual(to: Tensor.eye(2)))
    #expect(try Tensor.eye(2).matrixPower(.min).isEqual(to: Tensor.eye(2)))
    // A singular matrix has a determinant with a gradient: its cofactors.
    let singular = try Tensor([1.0, 2.0, 2.0, 4.0], shape: [2, 2], dtype: .float64, requiresGrad: true)
    try singular.determinant().backward()
    let slope = try #require(singular.grad).doubles()
    #expect(zip(slope, [4.0, -2.0, -2.0, 1.0]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func equationsAreChecked() throws {
    let a = try Tensor.ones([2, 3])
    for equation in ["ij,jk", "ijk", "i.j->i", "ij->k", "ij->ii", "ij->i->j", "i$j", "....ij", "ij,", ""] {
      #expect(throws: TensorError.self) { try Tensor.einsum(equation, [a]) }
    }
    #expect(throws: TensorError.self) { try Tensor.einsum("ij,jk->ik", [a, a]) }
    #expect(throws: TensorError.self) { try Tensor.einsum("", []) }
    #expect(throws: TensorError.self) { try a.tensordot(a, [5], [0]) }
    #expect(throws: TensorError.self) { try a.cross(a, axis: 0) }
  }

  @Test func spectraRefuse() throws {
    let x = try Tensor.ones([4])
    for n in [0, -1, Int.min] { #expect(throws: TensorError.self) { try x.fft(n) } }
    #expect(throws: (any Error).self) { try x.fft(1 << 39) }
    #expect(throws: TensorError.self) { try Tensor(.double(1)).fft() }
    #expect(throws: TensorError.self) { try x.fft(axis: 3) }
    #expect(throws: TensorError.self) { try x.asComplexTensor().rfft() }
    #expect(throws: TensorError.self) { try x.viewAsReal() }
    #expect(throws: TensorError.self) { try Tensor.ones([3]).viewAsComplex() }
    #expect(throws: (any Error).self) { try x.stft(FrameLayout(size: 0, hop: 1)) }
    #expect(throws: (any Error).self) { try x.stft(FrameLayout(size: 8, hop: 0)) }
    #expect(throws: (any Error).self) { try Tensor.cosineWindow([0.5], 1 << 45, periodic: true, dtype: .float32) }
    #expect(throws: TensorError.self) { try Tensor.cosineWindow([0.5], -1, periodic: true, dtype: .float32) }
    #expect(throws: TensorError.self) { try Comparison.less(x.asComplexTensor(), .int(0)) }
    #expect(throws: TensorError.self) { try x.asComplexTensor().sort() }
    #expect(throws: TensorError.self) { try x.asComplexTensor().amax() }
  }

  @Test func placesAreChecked() throws {
    let x = try Tensor.ones([2, 3])
    for i in [3, -4, Int.max, Int.min] {
      let index = try Tensor([i], shape: [1, 1])
      #expect(throws: TensorError.self) { try x.scatter(1, index, .int(1)) }
      #expect(throws: TensorError.self) { try x.scatterReduce(1, index, Tensor.ones([1, 1]), .amax) }
      #expect(throws: TensorError.self) { try x.indexAdd(1, Tensor([i]), Tensor.ones([2, 1])) }
      #expect(throws: TensorError.self) { try x.indexFill(1, Tensor([i]), 1) }
      #expect(throws: TensorError.self) { try x.takeAlong(1, index) }
      #expect(throws: TensorError.self) { try x.put(Tensor([i == 3 ? 6 : i == -4 ? -7 : i]), Tensor([1.0])) }
    }
    #expect(throws: TensorError.self) { try x.scatter(0, Tensor([Double.nan], shape: [1, 1]), .int(1)) }
    #expect(throws: TensorError.self) { try x.maskedScatter(Tensor([true, true, true]), Tensor.ones([1])) }
    #expect(throws: TensorError.self) { try x.kthValue(4) }
    #expect(throws: TensorError.self) { try x.kthValue(.min) }
    #expect(throws: TensorError.self) { try Tensor.zeros([0]).mode() }
    #expect(throws: TensorError.self) { try x.quantiles([.nan], axis: 0) }
    #expect(throws: TensorError.self) { try x.sampledSlope(axis: 0, edgeOrder: 2) }
    #expect(throws: (any Error).self) { try Tensor.triangleIndices(1 << 30, 1 << 30, offset: 0, upper: true) }
    #expect(try Tensor.triangleIndices(2, 2, offset: .min, upper: true).shape == [2, 4])
    #expect(throws: (any Error).self) { try Tensor.ones([2]).vander(1 << 45, increasing: true) }
    #expect(throws: (any Error).self) { try Tensor.ones([4000, 1]).repeated([1 << 20, 1]).pdist() }
    #expect(throws: (any Error).self) { try Tensor.ones([60]).combinations(50) }
  }

  @Test func halvesRoundAsIEEESays() throws {
    let values = [0.1, 65504, 65519.9, 65520, 1e-8, 5.96e-8, -2.00048828125, 2.0029296875]
    let back = try Tensor(values, dtype: .float32).to(.float16).to(.float64).doubles()
    #expect(back[0] == 0.0999755859375)
    #expect(back[1] == 65504 && back[2] == 65504 && back[3] == .infinity)
    #expect(back[4] == 0 && back[5] == 5.9604644775390625e-08)
    let brain = try Tensor([1.00390625, 1.01171875, 3.4e38], dtype: .float32).to(.bfloat16)
      .to(.float64).doubles()
    #expect(brain[0] == 1 && brain[1] == 1.015625 && brain[2] == .infinity)
    // Every half comes back from float32.
    var bits = [Float]()
    for pattern in 0..<UInt16(0x7c00) { bits.append(Float(halfBits: pattern)) }
    let all = try Tensor(bits)
    #expect(try all.to(.float16).to(.float32).isEqual(to: all))
  }
}

extension Float {
  /// A half by its bits, computed from the definition.
  fileprivate init(halfBits: UInt16) {
    let (exponent, fraction) = (Int(halfBits >> 10 & 31), Float(halfBits & 1023))
    self =
      exponent == 0
      ? Float(sign: .plus, exponent: -24, significand: fraction)
      : Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
  }
}

extension Tensor {
  fileprivate func requiringGradient() throws -> Tensor {
    try setRequiresGrad(true)
    return self
  }
}
