import CKernels
import Foundation
import Testing

@testable import Compute

/// What the whole process shares: run one after the other.
@Suite(.serialized) struct RuntimeTests {
  private func product(_ m: Int, _ n: Int, _ k: Int) throws -> [Float] {
    let a = (0..<m * k).map { Float(($0 &* 7919) % 1001) / 1001 - 0.5 }
    let b = (0..<k * n).map { Float(($0 &* 104_729) % 997) / 997 - 0.5 }
    var c = [Float](repeating: .nan, count: m * n)
    try a.withUnsafeBufferPointer { x in
      try b.withUnsafeBufferPointer { y in
        try c.withUnsafeMutableBufferPointer { z in
          guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress else { return }
          try MatrixProduct.float(
            m: m, n: n, k: k, .init(x, rowStride: k, columnStride: 1),
            .init(y, rowStride: n, columnStride: 1), into: z, cStride: n)
        }
      }
    }
    return c
  }

  @Test func productsDoNotDependOnTheNumberOfThreads() throws {
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    for (m, n, k) in [
      (200, 300, 150), (513, 70, 900), (1000, 1000, 400), (65, 5000, 40), (1, 900, 90),
    ] {
      ThreadPool.threadCount = 1
      let one = try product(m, n, k)
      ThreadPool.threadCount = 4
      #expect(try product(m, n, k) == one, "[\(m), \(k)] x [\(k), \(n)]")
    }
  }

  @Test func productsAgreeWithTheDefinition() throws {
    for (m, n, k) in [(1, 1, 1), (1, 7, 5), (6, 1, 5), (3, 4, 5), (64, 33, 17), (130, 140, 150)] {
      let c = try product(m, n, k)
      let a = (0..<m * k).map { Float(($0 &* 7919) % 1001) / 1001 - 0.5 }
      let b = (0..<k * n).map { Float(($0 &* 104_729) % 997) / 997 - 0.5 }
      for i in stride(from: 0, to: m, by: max(1, m / 7)) {
        for j in stride(from: 0, to: n, by: max(1, n / 7)) {
          var sum = 0.0
          for p in 0..<k { sum += Double(a[i * k + p]) * Double(b[p * n + j]) }
          #expect(abs(Double(c[i * n + j]) - sum) < 1e-5 * Double(k))
        }
      }
    }
  }

  @Test func everyChunkRunsOnce() throws {
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    for threads in [1, 2, 5] {
      ThreadPool.threadCount = threads
      for count in [0, 1, 2, 1000] {
        let seen = UnsafeMutablePointer<Int>.allocate(capacity: max(1, count))
        seen.initialize(repeating: 0, count: max(1, count))
        defer { seen.deallocate() }
        try ThreadPool.run(chunks: count) { seen[$0] += 1 }
        #expect((0..<count).allSatisfy { seen[$0] == 1 })
      }
    }
  }

  @Test func nestedSectionsFinish() throws {
    let total = UnsafeMutablePointer<Int>.allocate(capacity: 64)
    total.initialize(repeating: 0, count: 64)
    defer { total.deallocate() }
    try ThreadPool.run(chunks: 8) { i in
      try? ThreadPool.run(chunks: 8) { j in total[i * 8 + j] = 1 }
    }
    #expect((0..<64).allSatisfy { total[$0] == 1 })
  }

  @Test func anInterruptStopsAProductSoon() throws {
    let flag = InterruptFlag()  // of this test alone: others run beside it
    let (m, k) = (4096, 8192)
    let a = try Memory.take(m * k * 4)
    let c = try Memory.take(m * m * 4)
    defer {
      Memory.give(a.0, granted: a.granted)
      Memory.give(c.0, granted: c.granted)
    }
    let x = a.0.assumingMemoryBound(to: Float.self)
    x.initialize(repeating: 0.5, count: m * k)
    nonisolated(unsafe) let asked = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    asked.initialize(to: 0)
    defer { asked.deallocate() }
    let helper = Thread {
      usleep(30_000)
      asked.pointee = Date().timeIntervalSince1970
      flag.request()
    }
    helper.start()
    #expect(throws: Interrupted.self) {
      try Interrupt.listening(to: flag) {
        try MatrixProduct.float(
          m: m, n: m, k: k, .init(x, rowStride: k, columnStride: 1),
          .init(x, rowStride: 1, columnStride: k), into: c.0.assumingMemoryBound(to: Float.self),
          cStride: m)
      }
    }
    #expect(!Interrupt.isPending)
    let late = Date().timeIntervalSince1970 - asked.pointee
    // The promise is 10 ms of work per chunk, the whole product takes seconds; the rest is for a
    // machine that does something else as well.
    #expect(late < 0.5, "\(late) s after the request")
  }

  @Test func memoryIsRefusedBeforeItIsTaken() throws {
    let before = Memory.limit
    defer { Memory.limit = before }
    Memory.limit = Memory.inUse + 1_000_000
    let error = #expect(throws: MemoryError.self) { try Memory.take(50_000_000) }
    #expect(error?.requested == 50_000_000)
    #expect(error?.description.contains("50 MB") == true)
    #expect(throws: MemoryError.self) { try Memory.take(Int.max) }
    let block = try Memory.take(500_000)
    let used = Memory.inUse
    Memory.give(block.0, granted: block.granted)
    #expect(Memory.inUse < used)
  }

  @Test func blocksAreReusedAndAligned() throws {
    for size in [0, 1, 63, 64, 65, 1000, 4097, 1 << 20, (1 << 20) + 1] {
      let first = try Memory.take(size)
      #expect(Int(bitPattern: first.0) % 64 == 0)
      #expect(Int(first.granted) >= size)
      first.0.initializeMemory(as: UInt8.self, repeating: 7, count: size)
      Memory.give(first.0, granted: first.granted)
    }
  }
}
