import Compute
import Testing

@testable import TensorCore

/// The tape beyond single operations: hooks, views, long chains, derivatives of functions.
@Suite struct TapeTests {
  @Test func aMillionNodesAreWalkedAndLetGo() throws {
    let x = try Tensor(.double(1), requiresGrad: true)
    var total = try x.multiplied(by: .double(1))
    for _ in 0..<1_000_000 { total = try total.adding(x) }
    try total.backward()
    #expect(try x.grad?.item().double == 1_000_001)
    // Let go without a walk.
    var other = try x.multiplied(by: .double(1))
    for _ in 0..<1_000_000 { other = try other.adding(x) }
    #expect(try other.item().double == 1_000_001)
  }

  @Test func hooksSeeTheWholeGradientOnce() throws {
    let x = try Tensor([1.0, 2], requiresGrad: true)
    var seen: [[Double]] = []
    let handle = try x.registerHook {
      seen.append(try $0.doubles())
      return try $0.multiplied(by: .double(10))
    }
    try (x * 2 + x * 3).sum().backward()
    #expect(seen == [[5, 5]])
    #expect(try x.grad?.doubles() == [50, 50])
    handle.remove()
    x.grad = nil
    try (x * 2).sum().backward()
    #expect(try x.grad?.doubles() == [2, 2])
    #expect(throws: TensorError.self) { try Tensor.ones([2]).registerHook { _ in nil } }
  }

  @Test func aKeptGradientBelongsToTheLeafAlone() throws {
    let x = try Tensor([1.0, 2], requiresGrad: true)
    let y = try Tensor([3.0, 4], requiresGrad: true)
    let seed = try Tensor([Float(1), 1])
    try (x + y).backward(gradient: seed)
    try x.grad?.fill(9)
    #expect(try y.grad?.doubles() == [1, 1])
    #expect(try seed.doubles() == [1, 1])
    x.grad = nil
    let z = try x.exp()
    try z.sum().backward()
    try x.grad?.fill(0)
    #expect(try z.doubles()[0] > 2.7)
  }

  @Test func writesThroughViewsReachTheBase() throws {
    let x = try Tensor([1.0, 2, 3], dtype: .float64, requiresGrad: true)
    let y = try x * 2
    let part = try y.narrow(0, start: 1, length: 2)
    try part.multiply(inPlace: Tensor([3.0, 3], dtype: .float64))
    #expect(try y.doubles() == [2, 12, 18])
    try y.sum().backward(retainGraph: true)
    #expect(try x.grad?.doubles() == [2, 6, 6])
    x.grad = nil
    try part.sum().backward()
    #expect(try x.grad?.doubles() == [0, 6, 6])
    let leaf = try Tensor([1.0, 2], requiresGrad: true)
    let view = try leaf.narrow(0, start: 0, length: 1)
    #expect(throws: TensorError.self) { try view.add(inPlace: Tensor([Float(1)])) }
  }

  @Test func anomaliesAreNamed() throws {
    GradientMode.detectsAnomaly = true
    defer { GradientMode.detectsAnomaly = false }
    let x = try Tensor([0.0], requiresGrad: true)
    let y = try (x.sqrt() * 0).sum()
    #expect(throws: TensorError.gradient(message: "Function 'SqrtBackward0' returned nan values in its 0th output.")) {
      try y.backward()
    }
  }

  @Test func derivativesOfFunctionsAgreeWithDifferences() throws {
    let x = try Tensor([0.3, 0.7], dtype: .float64, requiresGrad: true)
    try Functional.checkGradients({ [try $0[0].sin() * $0[0]] }, [x])
    let hessian = try Functional.hessian({ [try ($0[0] * $0[0] * $0[0]).sum()] }, [x.detach()])
    #expect(abs(try hessian[0][0].doubles()[0] - 1.8) < 1e-12)
    let (_, products) = try Functional.jvp(
      { [try $0[0] * $0[0]] }, [x.detach()], [Tensor([1.0, 0], dtype: .float64)])
    #expect(abs(try products[0].doubles()[0] - 0.6) < 1e-12)
    #expect(throws: TensorError.self) {
      try Functional.checkGradients(
        { inputs in [try inputs[0].detach().exp().recorded(as: "Wrong", from: inputs) { [$0] }] }, [x])
    }
  }

  @Test func severalResultsMeetBeforeTheirGradient() throws {
    let x = try Tensor([1.0, 2], requiresGrad: true)
    var calls = 0
    let results = try Tensor.recorded(
      results: noGrad { [try x * 2, try x * 3] }, as: "Two", from: [x]
    ) { gradients, _ in
      calls += 1
      return [try (gradients[0] ?? Tensor.zeros([2])) * 2 + (gradients[1] ?? Tensor.zeros([2])) * 3]
    }
    try (results[0] + results[1]).sum().backward()
    #expect(calls == 1)
    #expect(try x.grad?.doubles() == [5, 5])
  }

  @Test func theStateOfAStreamGoesOnWhereItWas() throws {
    let generator = Generator(seed: 42)
    _ = try Tensor.randn([3], generator: generator)
    let state = try generator.state()
    let first = try Tensor.randn([5], generator: generator).floats()
    try generator.setState(state)
    #expect(try Tensor.randn([5], generator: generator).floats() == first)
    #expect(throws: TensorError.self) { try generator.setState(Tensor.zeros([3], dtype: .uint8)) }
    #expect(throws: TensorError.self) {
      try generator.setState(Tensor.full([5056], .int(255), dtype: .uint8))
    }
  }
}
