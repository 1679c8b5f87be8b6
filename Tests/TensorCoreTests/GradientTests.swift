import Testing

@testable import TensorCore

/// Checks over the table of operations, and of the tape itself.
@Suite struct GradientTests {
  /// Central differences of the sum of the result weighted with fixed numbers.
  private func check(_ name: String, _ sample: OperationSample) throws {
    let inputs = try sample.inputs.map { input -> Tensor in
      let copy = try input.detach().clone()
      if copy.dtype.isFloating { try copy.setRequiresGrad(true) }
      return copy
    }
    let output = try sample.run(inputs)
    guard output.dtype.isFloating, inputs.contains(where: \.requiresGrad) else { return }
    let weights = try OperationSample.values(output.shape, 0.5, 1.5)
    func value(_ inputs: [Tensor]) throws -> Double {
      try noGrad { try sample.run(inputs).multiplied(by: weights).sum().item().double }
    }
    #expect(output.requiresGrad, "\(name): the result is not recorded")
    guard output.requiresGrad else { return }
    try output.backward(gradient: weights)
    let step = 1e-6
    for (k, input) in inputs.enumerated() where input.dtype.isFloating {
      let gradient = try (input.grad ?? Tensor.zerosLike(input)).doubles()
      #expect(input.grad == nil || input.grad?.shape == input.shape, "\(name) operand \(k)")
      let base = try input.doubles()
      for i in base.indices {
        func moved(_ by: Double) throws -> Double {
          var values = base
          values[i] += by
          var others = inputs.map { $0.detach() }
          others[k] = try Tensor(values, shape: input.shape, dtype: .float64)
          return try value(others)
        }
        let numeric = (try moved(step) - moved(-step)) / (2 * step)
        // The difference of two sums of order 1 at 1e-6 carries about 1e-9 of rounding.
        #expect(
          abs(numeric - gradient[i]) <= 1e-6 + 1e-5 * abs(numeric),
          "\(name) operand \(k) element \(i): tape \(gradient[i]), differences \(numeric)")
      }
    }
  }

  @Test(arguments: OperationTable.all)
  func tapeAgreesWithDifferences(_ operation: OperationDeclaration) throws {
    for sample in try operation.samples() { try check(operation.name, sample) }
  }

  /// The gradient of the gradient, by differences of the first gradient.
  @Test(arguments: OperationTable.all)
  func tapeIsDifferentiable(_ operation: OperationDeclaration) throws {
    guard operation.isDifferentiable else { return }
    for sample in try operation.samples() where sample.inputs.allSatisfy({ $0.dtype.isFloating }) {
      let second = OperationSample(sample.inputs) { inputs in
        try enableGrad {
          let own = try inputs.map { input -> Tensor in
            if input.requiresGrad { return input }
            let leaf = input.detach()
            try leaf.setRequiresGrad(true)
            return leaf
          }
          let output = try sample.run(own)
          let weights = try OperationSample.values(output.shape, 0.5, 1.5)
          let gradients = try Tensor.gradients(
            of: [output.multiplied(by: weights).sum()], for: own, createGraph: true,
            allowUnused: true)
          var total = try Tensor(.double(0), dtype: .float64, requiresGrad: true)
          for gradient in gradients.compactMap({ $0 }) {
            let factors = try OperationSample.values(gradient.shape, 0.3, 1.1)
            total = try total.adding(gradient.multiplied(by: factors).sum())
          }
          // Keeps every operand in the graph, also where the gradient is constant.
          for input in own { total = try total.adding(input.sum().multiplied(by: .double(0))) }
          return total
        }
      }
      try check("gradient of \(operation.name)", second)
    }
  }

  @Test func aMillionNodesWalkAndReleaseWithoutRecursion() throws {
    let x = try Tensor(.double(1), requiresGrad: true)
    var total = x
    for _ in 0..<1_000_000 { total = try total.adding(x) }
    try total.backward()
    #expect(try x.grad?.item().double == 1_000_001)
    total = x  // releases the chain here
  }

  @Test func longChainsOfKeptValuesAreReleasedWithoutRecursion() throws {
    let x = try Tensor(.double(1), requiresGrad: true)
    var total = x
    for _ in 0..<300_000 { total = try total.multiplied(by: x).exp().log() }
    #expect(try total.item().double == 1)
    total = x
  }

  @Test func gradientsAddUpInLeaves() throws {
    let x = try Tensor([1.0, 2.0], requiresGrad: true)
    try (x * x).sum().backward()
    try (x * 3).sum().backward()
    #expect(try x.grad?.doubles() == [5, 7])
  }

  @Test func aSecondWalkNeedsTheGraph() throws {
    let x = try Tensor([1.0, 2.0], requiresGrad: true)
    let y = try (x * x).sum()
    try y.backward(retainGraph: true)
    try y.backward()
    #expect(try x.grad?.doubles() == [4, 8])
    #expect(throws: TensorError.self) { try y.backward() }
  }

  @Test func aValueChangedInPlaceIsRefused() throws {
    let x = try Tensor([1.0, 2.0], requiresGrad: true)
    let y = try x.exp()
    let z = try (y * y).sum()
    try y.add(inPlace: Tensor([1.0, 1.0]))
    #expect(throws: TensorError.self) { try z.backward() }
  }

  @Test func leavesAreWrittenOnlyWithoutRecording() throws {
    let x = try Tensor([1.0, 2.0], requiresGrad: true)
    #expect(throws: TensorError.self) { try x.add(inPlace: Tensor(.int(1))) }
    try noGrad { try x.add(inPlace: Tensor(.int(1)).to(.float32)) }
    #expect(try x.doubles() == [2, 3])
  }

  @Test func inPlaceOperationsTakePart() throws {
    let x = try Tensor([1.0, 2.0], requiresGrad: true)
    let y = try x * 2
    try y.multiply(inPlace: x)  // 2 x^2
    try y.sum().backward()
    #expect(try x.grad?.doubles() == [4, 8])
  }

  @Test func assignmentTakesPart() throws {
    let x = try Tensor([1.0, 2.0, 3.0], requiresGrad: true)
    let v = try Tensor(.double(5), requiresGrad: true)
    let y = try x * 2
    try y.assign([.at(1)], value: v)
    try (y * y).sum().backward()
    #expect(try x.grad?.doubles() == [8, 0, 24])
    #expect(try v.grad?.doubles() == [10])
  }

  @Test func secondDerivativeOfACube() throws {
    let x = try Tensor(.double(2), requiresGrad: true)
    let y = try x * x * x
    let gradients = try Tensor.gradients(of: [y], for: [x], createGraph: true)
    let first = try #require(gradients[0])
    let again = try Tensor.gradients(of: [first], for: [x])
    let second = try #require(again[0])
    #expect(try first.item().double == 12)
    #expect(try second.item().double == 12)
    #expect(x.grad == nil)
  }

  @Test func detachAndNoGradStopTheTape() throws {
    let x = try Tensor([1.0], requiresGrad: true)
    #expect(try !(x.detach() * 2).requiresGrad)
    #expect(try noGrad { try !(x * 2).requiresGrad })
    #expect(try (x * 2).gradientFunction == "MulBackward0")
    #expect(throws: TensorError.self) { try x.detach().sum().backward() }
    #expect(throws: TensorError.self) { try (x * 2).reshape([1, 1]).expand([2, 1]).backward() }
  }
}
