import Testing

@testable import TensorCore

/// int8, int16, uint16 and uint32: they compute through int64 and wrap.
@Suite struct NarrowIntegerTests {
  private static let narrow: [DType] = [.int8, .int16, .uint16, .uint32]

  /// What a dtype makes of a number: its low bits.
  private func wrapped(_ number: Int, _ dtype: DType) -> Int {
    switch dtype {
    case .int8: Int(Int8(truncatingIfNeeded: number))
    case .int16: Int(Int16(truncatingIfNeeded: number))
    case .uint16: Int(UInt16(truncatingIfNeeded: number))
    case .uint32: Int(UInt32(truncatingIfNeeded: number))
    default: number
    }
  }

  private let samples = [0, 1, -1, 127, 128, -129, 255, 256, 32767, 32768, 65536, 1 << 31, -(1 << 33)]

  @Test(arguments: narrow) func conversionsKeepTheLowBits(_ dtype: DType) throws {
    let wide = try Tensor(samples)
    let small = try wide.to(dtype)
    #expect(try small.ints() == samples.map { wrapped($0, dtype) })
    for other in DType.allCases where other != .bool {
      let there = try small.to(other)
      #expect(there.dtype == other)
      if other.size >= 4, other != .float32, other != .int32, other != .complex64 {
        #expect(try there.to(dtype).ints() == small.ints())
      }
    }
    #expect(try small.to(.bool).bools() == small.ints().map { $0 != 0 })
  }

  @Test(arguments: narrow) func arithmeticWraps(_ dtype: DType) throws {
    let a = try Tensor(samples).to(dtype)
    let b = try Tensor(samples.reversed().map { $0 == 0 ? 3 : $0 }).to(dtype)
    let (x, y) = (try a.ints(), try b.ints())
    #expect(try (a + b).ints() == zip(x, y).map { wrapped($0 &+ $1, dtype) })
    #expect(try (a - b).ints() == zip(x, y).map { wrapped($0 &- $1, dtype) })
    #expect(try (a * b).ints() == zip(x, y).map { wrapped($0 &* $1, dtype) })
    #expect(try (a + b).dtype == dtype)
    #expect(try a.neg().ints() == x.map { wrapped(0 &- $0, dtype) })
    #expect(try Comparison.less(a, b).bools() == zip(x, y).map { $0 < $1 })
    #expect(try a.sum().item() == .int(x.reduce(0, &+)))
    #expect(try a.max().item() == .int(x.max() ?? 0))
    #expect(try a.sort().values.ints() == x.sorted())
    #expect(try a.cumsum(0).dtype == .int64)
    #expect(try Tensor.where(Comparison.less(a, b), a, b).dtype == dtype)
  }

  @Test func numbersThatDoNotFitNeverTrap() throws {
    let wild = try Tensor([Double.nan, .infinity, -.infinity, 1e300, -1e300], dtype: .float64)
    for dtype in Self.narrow {
      #expect(try wild.to(dtype).count == 5)
      let small = try Tensor([1, 2]).to(dtype)
      #expect(throws: (any Error).self) { try BinaryOperation.floorDivide(small, .int(0)) }
      #expect(try BinaryOperation.floorDivide(small, .int(0), promotion: .numpy).ints() == [0, 0])
    }
    let least = try Tensor([-128]).to(.int8)
    #expect(try BinaryOperation.floorDivide(least, .int(-1)).ints() == [-128])
    #expect(try least.abs().ints() == [-128])
  }

  @Test func promotionIsThatOfTheOriginals() {
    #expect(Promotion.torch.join(.int8, .uint8) == .int16)
    #expect(Promotion.torch.join(.int8, .float16) == .float16)
    #expect(Promotion.numpy.join(.int16, .float16) == .float32)
    #expect(Promotion.numpy.join(.uint16, .int16) == .int32)
    #expect(Promotion.numpy.join(.uint32, .int8) == .int64)
    #expect(Promotion.numpy.join(.uint16, .complex64) == .complex64)
    #expect(Promotion.numpy.join(.uint32, .float32) == .float64)
  }
}
