import Compute
import Foundation
import Testing

@testable import TensorCore

/// Steps on large arrays wait for each other; nobody may be able to tell.
@Suite(.serialized) struct ElementwiseChainTests {
  let count = ElementwiseChain.sizes.lowerBound + 77

  /// Distinct values without a step that could wait.
  private func values(_ seed: Float) throws -> Tensor {
    try Tensor((0..<count).map { Float(($0 &* 7919) % 1000) / 500 - 1 + seed })
  }

  /// The same computation in pieces that are too small to wait.
  private func inPieces(_ operands: [Tensor], _ body: ([Tensor]) throws -> Tensor) throws -> [Float] {
    let all = try operands.map { try $0.floats() }
    var result: [Float] = []
    for start in stride(from: 0, to: count, by: 1 << 15) {
      let end = min(count, start + 1 << 15)
      result += try body(all.map { try Tensor(Array($0[start..<end])) }).floats()
    }
    return result
  }

  @Test func aChainGivesTheSameNumbers() throws {
    let (x, y) = (try values(0), try values(0.3))
    func body(_ t: [Tensor]) throws -> Tensor {
      let a = try t[0] * t[1] + t[0]
      let b = try (a - .double(0.5)).tanh() * a
      return try (b.gelu(approximately: true) + a.exp()) / (t[1] * t[1] + .double(2))
    }
    #expect(try body([x, y]).floats() == inPieces([x, y], body))
  }

  @Test func longerThanAChain() throws {
    let x = try values(0)
    func body(_ t: [Tensor]) throws -> Tensor {
      var a = t[0]
      for i in 0..<40 { a = try a * .double(0.9) + t[0] * .double(Double(i)) }
      return a
    }
    #expect(try body([x]).floats() == inPieces([x], body))
  }

  @Test func writingToAnOperandComesAfter() throws {
    let (x, y) = (try values(0), try values(0.3))
    let expected = try inPieces([x, y]) { try $0[0] + $0[1] }
    let sum = try x + y
    try x.add(inPlace: try Tensor.ones([count]))
    try y.withMutableElements(of: Float.self) { $0[0] = 1000 }
    #expect(try sum.floats() == expected)
  }

  @Test func writingToAResult() throws {
    let x = try values(0)
    let twice = try x + x
    let view = try twice.reshape([1, count])
    try twice.add(inPlace: x)
    let more = try view * .double(2)
    #expect(try more.reshape([count]).floats() == inPieces([x]) { try ($0[0] * .double(3)) * .double(2) })
  }

  @Test func partsOfAResult() throws {
    let x = try values(0)
    let squares = try x * x
    let half = try squares.narrow(0, start: 0, length: count / 2)
    let rest = try squares.narrow(0, start: count / 2, length: count / 2)
    let sum = try half + rest
    let all = try squares.floats()
    #expect(try sum.floats() == (0..<count / 2).map { all[$0] + all[$0 + count / 2] })
    // One element of a result beside the whole of another.
    let cubes = try x * x * x
    let first = try cubes.narrow(0, start: 0, length: 1)
    #expect(try (squares + first).floats() == all.map { $0 + all[0] * -1 })
  }

  @Test func resultsThatNobodySees() throws {
    let x = try values(0)
    let used = Memory.inUse
    do {
      _ = try x * x
      let a = try x + x
      let b = try a * x
      _ = consume a
      #expect(try b.narrow(0, start: 0, length: 1).item().double == 2)
    }
    #expect(Memory.inUse == used)
  }

  @Test func otherTypesInAChain() throws {
    let x = try values(0)
    func body(_ t: [Tensor]) throws -> Tensor {
      let above = try Comparison.greater(t[0], .double(0.25))
      return try t[0].to(.float64) * above.to(.float64) + t[0].to(.float64)
    }
    #expect(try body([x]).floats() == inPieces([x], body))
  }

  @Test func dropoutReadsAChain() throws {
    let x = try values(0)
    for threads in [1, 2] {
      let before = ThreadPool.threadCount
      ThreadPool.threadCount = threads
      defer { ThreadPool.threadCount = before }
      let plain = try (x * x).clone().dropout(0.3, generator: Generator(seed: 3))
      let chain = try (x * x).dropout(0.3, generator: Generator(seed: 3))
      #expect(try plain.floats() == chain.floats())
      // What was read stays to be read.
      let kept = try x * x
      _ = try kept.dropout(0.3)
      _ = try kept.dropout(0.3)
      #expect(try kept.floats() == inPieces([x]) { try $0[0] * $0[0] })
    }
  }

  @Test func gradientsOfChains() throws {
    let x = try values(0)
    try x.setRequiresGrad(true)
    try (x * x + x).exp().sum().backward()
    let values = try x.detach().floats()
    let slope = try #require(x.grad).floats()
    for i in stride(from: 0, to: count, by: 9973) {
      let (v, e) = (Double(values[i]), Double(slope[i]))
      let exact = (2 * v + 1) * exp(v * v + v)
      #expect(abs(e - exact) <= 1e-5 * max(1, abs(exact)))
    }
  }
}
