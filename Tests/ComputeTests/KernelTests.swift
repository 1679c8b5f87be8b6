import CKernels
import Foundation
import Testing

@testable import Compute

/// The C loops of every instruction set that this processor runs, against the C library.
@Suite struct KernelTests {
  private var tables: [UnsafePointer<sw_kernel_table>] {
    var found: [UnsafePointer<sw_kernel_table>] = []
    while let table = sw_kernels_at(Int32(found.count)) { found.append(table) }
    return found
  }

  private func unary(_ table: UnsafePointer<sw_kernel_table>, _ op: Int, _ x: [Float]) -> [Float] {
    // The table's arrays are tuples in Swift; rows have one entry per dtype.
    let loop = withUnsafeBytes(of: table.pointee.unary) { bytes in
      bytes.load(
        fromByteOffset: op * Int(SW_DTYPE_COUNT) * MemoryLayout<sw_unary_loop>.size,
        as: sw_unary_loop?.self)
    }
    var y = [Float](repeating: .nan, count: x.count)
    x.withUnsafeBytes { a in
      y.withUnsafeMutableBytes { b in
        loop?(
          Int64(x.count), b.baseAddress?.assumingMemoryBound(to: CChar.self), 4,
          a.baseAddress?.assumingMemoryBound(to: CChar.self), 4)
      }
    }
    return y
  }

  /// Distance in units in the last place of the exact value.
  private func ulps(_ found: Float, _ exact: Double) -> Double {
    if found.isNaN && exact.isNaN || Double(found) == exact { return 0 }
    let near = Float(exact)
    if near.isInfinite || found.isInfinite { return near == found ? 0 : .infinity }
    return abs(Double(found) - exact) / Double(near == 0 ? Float.leastNonzeroMagnitude : near.ulp)
  }

  @Test func functionsStayWithinTheirBounds() {
    let everywhere = stride(from: -110.0, through: 110.0, by: 0.00731).map { Float($0) }
    let positive = (0..<40_000).map { Float(pow(10.0, Double($0) * 0.0019 - 38)) }
    let small = stride(from: -4.5, through: 4.5, by: 0.000173).map { Float($0) }
    let special: [Float] = [.nan, .infinity, -.infinity, 0, -0.0, Float(bitPattern: 70_000), 3e38]
    let cases: [(String, Int, [Float], Double, (Double) -> Double)] = [
      ("exp", SW_EXP, everywhere + special, 1.5, exp),
      ("log", SW_LOG, positive + special, 1.5, log),
      ("tanh", SW_TANH, small + everywhere + special, 2, tanh),
      ("sigmoid", SW_SIGMOID, everywhere + special, 2.5, { 1 / (1 + exp(-$0)) }),
      ("erf", SW_ERF, small + special, 2.5, erf),
      ("sqrt", SW_SQRT, positive, 0.51, sqrt),
    ]
    for table in tables {
      let set = String(cString: table.pointee.name)
      for (name, op, inputs, bound, exact) in cases {
        let found = unary(table, op, inputs)
        var worst = 0.0
        var place: Float = 0
        for (x, y) in zip(inputs, found) {
          let distance = ulps(y, exact(Double(x)))
          if distance > worst { (worst, place) = (distance, x) }
        }
        #expect(worst <= bound, "\(set) \(name)(\(place)) is \(worst) ulp off")
      }
    }
  }

  @Test func sumsAreAsGoodAsPairwise() {
    let x = (0..<1_000_003).map { _ in Float(0.1) }
    var sum: Float = 0
    x.withUnsafeBytes { a in
      withUnsafeMutableBytes(of: &sum) { b in
        sw_reduce(Int32(SW_SUM), Int32(SW_F32))?(
          Int64(x.count), a.baseAddress?.assumingMemoryBound(to: CChar.self), 4,
          b.baseAddress?.assumingMemoryBound(to: CChar.self))
      }
    }
    let exact = Double(Float(0.1)) * 1_000_003
    #expect(abs(Double(sum) - exact) / exact < 1e-6)
  }

  @Test func integerCornersAreDefined() {
    func apply(_ op: Int, _ a: Int64, _ b: Int64) -> Int64 {
      var (a, b, r) = (a, b, Int64(0))
      withUnsafeMutableBytes(of: &a) { x in
        withUnsafeMutableBytes(of: &b) { y in
          withUnsafeMutableBytes(of: &r) { z in
            sw_binary(Int32(op), Int32(SW_I64))?(
              1, z.baseAddress?.assumingMemoryBound(to: CChar.self), 8,
              x.baseAddress?.assumingMemoryBound(to: CChar.self), 8,
              y.baseAddress?.assumingMemoryBound(to: CChar.self), 8)
          }
        }
      }
      return r
    }
    #expect(apply(SW_FLOORDIV, .min, -1) == .min)
    #expect(apply(SW_REMAINDER, .min, -1) == 0)
    #expect(apply(SW_FLOORDIV, 7, 0) == 0)
    #expect(apply(SW_FLOORDIV, -7, 2) == -4)
    #expect(apply(SW_REMAINDER, -7, 2) == 1)
    #expect(apply(SW_FMOD, -7, 2) == -1)
    #expect(apply(SW_ADD, .max, 1) == .min)
    #expect(apply(SW_POW, 3, 4) == 81)
    #expect(apply(SW_POW, -1, -3) == -1)
    #expect(apply(SW_SHL, 1, 64) == 0)
  }

  @Test func theChosenTableIsTheLastThatRuns() throws {
    let last = try #require(tables.last)
    let chosen = try #require(sw_kernels())
    #expect(String(cString: chosen.pointee.name) == String(cString: last.pointee.name))
  }
}
