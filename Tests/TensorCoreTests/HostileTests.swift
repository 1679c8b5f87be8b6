import Compute
import Testing

@testable import TensorCore

/// What a user can type must never trap: every call here throws or gives a value.
@Suite struct HostileTests {
  @Test func impossibleSizesAreRefused() throws {
    #expect(throws: MemoryError.self) { try Tensor.zeros([10_000_000, 10_000_000]) }
    #expect(throws: TensorError.self) { try Tensor.zeros([Int.max, 2]) }
    #expect(throws: TensorError.self) { try Tensor.zeros([1 << 40, 1 << 40]) }
    #expect(throws: TensorError.self) { try Tensor.zeros([3, -1]) }
    #expect(throws: TensorError.self) { try Tensor.zeros([Int.min]) }
    #expect(throws: TensorError.self) { try Tensor.zeros(Array(repeating: 1, count: 65)) }
    #expect(try Tensor.zeros([0, Int.max]).count == 0)
    #expect(throws: TensorError.self) { try Tensor.arange(0, 10, step: 0) }
    #expect(throws: TensorError.self) { try Tensor.arange(0, .double(.infinity)) }
    #expect(throws: TensorError.self) { try Tensor.arange(0, .double(.nan)) }
    #expect(throws: (any Error).self) { try Tensor.arange(.int(.min), .int(.max)) }
    #expect(throws: MemoryError.self) { try Tensor.arange(0, .int(1 << 50)) }
    #expect(throws: TensorError.self) { try Tensor.linspace(0, 1, -3) }
    #expect(throws: (any Error).self) { try Tensor.eye(1 << 31) }
    #expect(throws: TensorError.self) { try Tensor.randint(3, 3, [2]) }
    #expect(throws: TensorError.self) { try Tensor.randperm(-1) }
    #expect(throws: TensorError.self) { try Tensor.ones([2]).repeated([1 << 62, 4]) }
    #expect(throws: TensorError.self) { try Tensor.ones([2]).expand([1 << 62, 1 << 62, 2]) }
    #expect(throws: (any Error).self) { try Tensor([1 << 60]).oneHot() }
    #expect(throws: TensorError.self) { try Tensor([1]).oneHot(classes: -5) }
    #expect(throws: TensorError.self) { try Tensor([Int.max]).oneHot() }
  }

  @Test func axesOutOfRangeAreRefused() throws {
    let x = try Tensor.ones([2, 3])
    for axis in [2, -3, Int.max, Int.min] {
      #expect(throws: TensorError.self) { try x.sum([axis]) }
      #expect(throws: TensorError.self) { try x.select(axis, 0) }
      #expect(throws: TensorError.self) { try x.softmax(axis: axis) }
      #expect(throws: TensorError.self) { try x.cumsum(axis) }
      #expect(throws: TensorError.self) { try x.sort(axis: axis) }
      #expect(throws: TensorError.self) { try x.transpose(axis, 0) }
      #expect(throws: TensorError.self) { try Tensor.cat([x, x], axis: axis) }
      #expect(throws: TensorError.self) { try x.argmax(axis: axis) }
      #expect(throws: TensorError.self) { try x.flatten(from: axis) }
      #expect(throws: TensorError.self) { try x.split(1, axis: axis) }
      #expect(throws: TensorError.self) { try x.roll(1, axis: axis) }
      #expect(throws: TensorError.self) { try x.narrow(axis, start: 0, length: 1) }
    }
    #expect(throws: TensorError.self) { try x.unsqueeze(4) }
    #expect(throws: TensorError.self) { try x.permute([0, 0]) }
    #expect(throws: TensorError.self) { try x.permute([0]) }
    #expect(throws: TensorError.self) { try x.sum([0, -2]) }
    #expect(throws: TensorError.self) { try x.diagonal(0, 0) }
    #expect(throws: TensorError.self) { try x.diagonal(offset: .max) }
    #expect(try x.diagonal(offset: 1000).shape == [0])
    #expect(throws: TensorError.self) { try Tensor.ones([3]).tril() }
    #expect(try x.tril(.max).isEqual(to: x))
    #expect(try x.triu(.min).isEqual(to: x))
    #expect(try x.triu(.max).sum().item().double == 0)
    #expect(try x.roll(.min, axis: 1).isEqual(to: x))
  }

  @Test func indicesOutOfRangeAreRefused() throws {
    let x = try Tensor.arange(0, 12).reshape([3, 4])
    for i in [3, -4, Int.max, Int.min] {
      #expect(throws: TensorError.self) { try x.index([.at(i)]) }
      #expect(throws: TensorError.self) { try x.index([.tensor(Tensor([i]))]) }
      #expect(throws: TensorError.self) { try x.select(0, i) }
      #expect(throws: TensorError.self) { try x.gather(0, Tensor([i], shape: [1, 1])) }
      #expect(throws: TensorError.self) { try x.assign([.at(i)], value: Tensor(.int(0))) }
    }
    #expect(throws: TensorError.self) { try x.index([.at(0), .at(0), .at(0)]) }
    #expect(throws: TensorError.self) { try x.index([.ellipsis, .ellipsis]) }
    #expect(throws: TensorError.self) { try x.index([.slice(start: 0, stop: 2, step: 0)]) }
    #expect(throws: TensorError.self) { try x.index([.slice(start: 0, stop: 2, step: .min)]) }
    #expect(throws: TensorError.self) { try x.index([.tensor(Tensor([1.5]))]) }
    #expect(throws: TensorError.self) { try x.index([.tensor(Tensor([true, false]))]) }
    #expect(throws: TensorError.self) {
      try x.index([.tensor(Tensor([0, 1])), .tensor(Tensor([0, 1, 2]))])
    }
    #expect(try x.index([.slice(start: .max, stop: .min, step: -1)]).shape == [3, 4])
    #expect(try x.index([.slice(start: .min, stop: .max, step: .max)]).shape == [1, 4])
    #expect(try x.index([.slice(start: 2, stop: 1, step: nil)]).shape == [0, 4])
    #expect(throws: TensorError.self) { try x.assign([.at(0)], value: Tensor.ones([5])) }
    #expect(throws: TensorError.self) { try x.narrow(0, start: 2, length: .max) }
    #expect(throws: TensorError.self) { try x.narrow(0, start: .min, length: 1) }
  }

  @Test func shapesThatClashAreDrawn() throws {
    let a = try Tensor.ones([64, 10])
    let b = try Tensor.ones([64, 9])
    let clash = #expect(throws: TensorError.self) { try a + b }
    #expect(
      clash?.description == """
        add: shapes [64, 10] and [64, 9] do not broadcast: axis -1 has sizes 10 and 9
          [64, 10]
          [64,  9]
               ^^
          sizes must be equal, or one of them 1; reshape or slice one of them
        """)
    let column = #expect(throws: TensorError.self) { try a - Tensor.ones([64]) }
    #expect(column?.description.contains("unsqueeze(-1) the second to [64, 1]") == true)
    let product = #expect(throws: TensorError.self) { try a.matmul(b) }
    #expect(
      product?.description == """
        matmul: [64, 10] x [64, 9]: inner sizes 10 and 64 differ; transpose the first: [10, 64] x [64, 9]
          [64, 10] x [64, 9]
               ^^     ^^
        """)
    #expect(throws: TensorError.self) { try a.matmul(Tensor(.double(1))) }
    #expect(throws: TensorError.self) { try Tensor.stack([a, b]) }
    #expect(throws: TensorError.self) { try Tensor.cat([]) }
    #expect(throws: TensorError.self) { try a.reshape([7, -1]) }
    #expect(throws: TensorError.self) { try a.reshape([-1, -1]) }
    #expect(throws: TensorError.self) { try a.t().view([640]) }
    #expect(throws: TensorError.self) { try a.item() }
    #expect(throws: TensorError.self) { try Tensor([1.0, 2.0], shape: [3]) }
  }

  @Test func wrongDTypesAreRefused() throws {
    let whole = try Tensor([1, 2])
    let flags = try Tensor([true, false])
    let real = try Tensor([1.0, 2.0])
    #expect(throws: TensorError.self) { try flags - flags }
    #expect(throws: TensorError.self) { try flags.neg() }
    #expect(throws: TensorError.self) { try whole.mean() }
    #expect(throws: TensorError.self) { try whole.matmul(real) }
    #expect(throws: TensorError.self) { try whole.softmax() }
    #expect(throws: TensorError.self) { try whole.setRequiresGrad(true) }
    #expect(throws: TensorError.self) { try BinaryOperation.bitwiseAnd(real, real) }
    #expect(throws: TensorError.self) { try BinaryOperation.floorDivide(whole, .int(0)) }
    #expect(throws: TensorError.self) { try BinaryOperation.remainder(whole, .int(0)) }
    #expect(throws: TensorError.self) { try whole.pow(.int(-1)) }
    #expect(throws: TensorError.self) { try whole.add(inPlace: real) }
    #expect(throws: TensorError.self) { try real.maskedFill(whole, 1) }
    #expect(throws: TensorError.self) { try whole.uniform(inPlace: 0, 1) }
    #expect(try whole.neg().ints() == [-1, -2])
    #expect(try BinaryOperation.floorDivide(real, .int(0)).doubles() == [.infinity, .infinity])
    #expect(
      try Tensor([Double.nan, 1e300, -1e300], dtype: .float64).to(.int64).ints() == [
        .min, .min, .min,
      ])
    #expect(try Tensor([Int.min]).abs().ints() == [.min])
    #expect(try BinaryOperation.floorDivide(Tensor([Int.min]), .int(-1)).ints() == [.min])
  }

  @Test func emptyTensorsAreNotSpecial() throws {
    let x = try Tensor.zeros([0, 3])
    #expect(try x.sum().item().double == 0)
    #expect(try x.sum([0]).doubles() == [0, 0, 0])
    #expect(try x.mean([1]).shape == [0])
    #expect(try x.matmul(Tensor.ones([3, 2])).shape == [0, 2])
    #expect(try x.softmax(axis: 0).shape == [0, 3])
    #expect(try x.sort(axis: 0).values.shape == [0, 3])
    #expect(try x.cumsum(0).shape == [0, 3])
    #expect(try x.unique().values.shape == [0])
    #expect(try x.nonzero().shape == [0, 2])
    #expect(try x.t().reshape([-1, 3]).shape == [0, 3])
    #expect(throws: TensorError.self) { try x.max() }
    #expect(throws: TensorError.self) { try x.argmax(axis: 0) }
    #expect(throws: TensorError.self) { try x.median() }
    #expect(throws: TensorError.self) { try x.reshape([0, -1]) }
    #expect("\(x)" == "tensor([], size=(0, 3))")
  }

  @Test func memoryIsGivenBack() throws {
    weak var kept: Storage?
    weak var node: Node?
    do {
      let x = try Tensor.ones([10, 10], dtype: .float64)
      try x.setRequiresGrad(true)
      let y = try (x * x).exp()
      let z = try y.transpose(0, 1).softmax().sum()
      (kept, node) = (y.storage, y.node)
      #expect(kept != nil && node != nil)
      try z.backward(retainGraph: true)
    }
    // A result that is kept for its own gradient must not keep itself alive; small memory waits for
    // the next of its size until it is asked back.
    Memory.trim()
    #expect(kept == nil && node == nil)
  }
}
