import Testing

@testable import TensorCore

/// What must hold for any layout: a view behaves as its copy, broadcasting as explicit tiling.
@Suite struct PropertyTests {
  /// Small numbers from a seed, the same on every run.
  private struct Dice {
    let generator: Generator
    func callAsFunction(_ n: Int) -> Int { Int(generator.next32() % UInt32(max(1, n))) }
  }

  /// A view with the given shape, somewhere in a larger tensor: sliced, stepped, flipped, turned.
  private func view(_ shape: [Int], _ dice: Dice, dtype: DType = .float64) throws -> Tensor {
    var order = Array(shape.indices)
    for i in order.indices.dropFirst().reversed() { order.swapAt(i, dice(i + 1)) }
    var sizes: [Int] = []
    var cuts: [(start: Int, step: Int)] = []
    for axis in order {
      let step = 1 + dice(3)
      let start = dice(3)
      sizes.append(start + shape[axis] * step + dice(2))
      cuts.append((start, step))
    }
    var x = try Tensor.randn(sizes, dtype: .float64, generator: dice.generator)
      .multiplied(by: 4).to(dtype)
    for (i, axis) in order.enumerated() {
      let last = cuts[i].start + (shape[axis] - 1) * cuts[i].step
      let backwards = dice(2) == 0 && shape[axis] > 0
      x = try x.index(
        Array(repeating: .all, count: i) + [
          backwards
            ? .slice(
              start: last, stop: cuts[i].start == 0 ? nil : cuts[i].start - 1,
              step: -cuts[i].step)
            : .slice(start: cuts[i].start, stop: last + 1, step: cuts[i].step)
        ])
    }
    var inverse = order
    for (i, axis) in order.enumerated() { inverse[axis] = i }
    let result = try x.permute(inverse)
    #expect(result.shape == shape)
    return result
  }

  private func same(_ a: Tensor, _ b: Tensor, _ what: String) throws {
    #expect(a.shape == b.shape, "\(what)")
    #expect(a.dtype == b.dtype, "\(what)")
    #expect(try a.allClose(b, relative: 1e-12, absolute: 1e-12, equalNaN: true), "\(what)")
  }

  @Test(arguments: 1...12)
  func viewsBehaveAsCopies(seed: UInt64) throws {
    let dice = Dice(generator: Generator(seed: seed))
    for shape in [[4], [3, 5], [2, 3, 4], [1, 6], [6, 1], [2, 1, 3, 2]] {
      let x = try view(shape, dice)
      let y = try view(shape, dice)
      let (cx, cy) = (try x.clone(), try y.clone())
      #expect(cx.isContiguous)
      let what = "seed \(seed) \(shape) strides \(x.strides)"
      try same(x.exp(), cx.exp(), what)
      try same(x.to(.float32).sin(), cx.to(.float32).sin(), what)
      try same(x + y, cx + cy, what)
      try same(x * y, x * cy, what)
      try same(BinaryOperation.maximum(cx, y), BinaryOperation.maximum(x, cy), what)
      try same(Comparison.less(x, y), Comparison.less(cx, cy), what)
      try same(Tensor.where(Comparison.less(x, y), x, y), cx.minimum(cy), what)
      for axis in shape.indices {
        try same(x.sum([axis]), cx.sum([axis]), what)
        try same(x.amax([axis], keepDims: true), cx.amax([axis], keepDims: true), what)
        try same(x.argmin(axis: axis), cx.argmin(axis: axis), what)
        try same(x.cumsum(axis), cx.cumsum(axis), what)
        try same(x.sort(axis: axis).values, cx.sort(axis: axis).values, what)
        try same(x.softmax(axis: axis), cx.softmax(axis: axis), what)
        try same(Tensor.cat([x, y], axis: axis), Tensor.cat([cx, cy], axis: axis), what)
        try same(
          x.index([.ellipsis, .tensor(Tensor([0, -1]))]),
          cx.index([.ellipsis, .tensor(Tensor([0, -1]))]), what)
      }
      try same(x.sum(), cx.sum(), what)
      try same(x.norm(), cx.norm(), what)
      try same(x.reshape([-1]), cx.reshape([-1]), what)
      try same(x.reshape([shape.reduce(1, *), 1]), cx.reshape([shape.reduce(1, *), 1]), what)
      // A write through the view lands where the copy has it.
      let target = try x.clone().transpose(0, -1)
      try target.copy(from: y.transpose(0, -1))
      try same(target.transpose(0, -1), cy, what)
    }
  }

  @Test(arguments: 1...12)
  func productsOfViewsAreProductsOfCopies(seed: UInt64) throws {
    let dice = Dice(generator: Generator(seed: seed))
    for _ in 0..<12 {
      let (m, k, n) = (1 + dice(5), 1 + dice(5), 1 + dice(5))
      for (a, b) in [([m, k], [k, n]), ([2, m, k], [2, k, n]), ([k], [k, n]), ([m, k], [k])] {
        for dtype in [DType.float64, .float32, .int64] {
          let x = try view(a, dice, dtype: dtype)
          let y = try view(b, dice, dtype: dtype)
          let found = try x.matmul(y)
          let expected = try x.clone().matmul(y.clone())
          #expect(
            try found.to(.float64).allClose(expected.to(.float64), relative: 1e-5, absolute: 1e-4),
            "\(a) strides \(x.strides), \(b) strides \(y.strides) \(dtype)")
        }
      }
      // Repeated without memory: strides of 0.
      let row = try view([1, k], dice).expand([m, k])
      let other = try view([k, n], dice)
      try same(row.matmul(other), row.clone().matmul(other.clone()), "expanded rows")
      try same(other.t().matmul(row.t()), other.t().clone().matmul(row.t().clone()), "expanded")
    }
  }

  @Test(arguments: 1...8)
  func broadcastingEqualsTiling(seed: UInt64) throws {
    let dice = Dice(generator: Generator(seed: seed))
    for _ in 0..<20 {
      let full = (0..<(1 + dice(4))).map { _ in 1 + dice(4) }
      func part() -> [Int] {
        Array(full.map { dice(2) == 0 ? 1 : $0 }.dropFirst(dice(full.count)))
      }
      let (a, b) = (part(), part())
      let x = try Tensor.randn(a, dtype: .float64, generator: dice.generator)
      let y = try Tensor.randn(b, dtype: .float64, generator: dice.generator)
      let shape = try Shape.broadcast(a, b, "test")
      let found = try x * y
      #expect(found.shape == shape)
      let tiled = try x.expand(shape).clone().multiplied(by: y.expand(shape).clone())
      try same(found, tiled, "\(a) and \(b)")
      try same(
        Comparison.less(x, y), Comparison.less(x.expand(shape), y.expand(shape).clone()),
        "\(a) \(b)")
    }
  }

  @Test func largeWorkOnSeveralThreadsGivesTheSame() throws {
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    let generator = Generator(seed: 3)
    let x = try Tensor.randn([700, 1100], generator: generator)
    let row = try Tensor.randn([1100], generator: generator)
    func results() throws -> [Tensor] {
      [
        try (x + row).exp(), try x.t() * row.unsqueeze(1), try x.sum(), try x.sum([0]),
        try x.sum([1]), try x.softmax(axis: 0), try x.sort(axis: 0).values, try x.t().contiguous(),
        try x.matmul(x.t()), try x.amax([0]), try x.norm(), try x.gelu().mean(),
      ]
    }
    ThreadPool.threadCount = 1
    let one = try results()
    ThreadPool.threadCount = 3
    for (i, (a, b)) in zip(one, try results()).enumerated() {
      #expect(try a.isEqual(to: b), "result \(i)")
    }
  }
}
