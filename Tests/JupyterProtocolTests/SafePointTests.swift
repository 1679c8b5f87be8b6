import Foundation
import Testing

@testable import JupyterProtocol

@Suite struct SafePointTests {
  @Test func betweenCellsALookIsImmediate() {
    let point = SafePoint()
    #expect(point.look(seconds: 0) { 7 } == 7)
    point.begin()
    #expect(point.look(seconds: 0.01) { 7 } == nil)
    point.end()
    #expect(point.look(seconds: 0) { 8 } == 8)
    #expect(!point.isWanted)
  }

  /// Two threads change and read the same plain values; a look must never see them half changed.
  @Test func aLookNeverSeesValuesInTheMiddleOfAChange() throws {
    final class Values: @unchecked Sendable {
      var a = 0
      var b = 0
      var names: [String: Int] = [:]
      var stop = false
    }
    let values = Values()
    let point = SafePoint()
    let ended = DispatchSemaphore(value: 0)
    let cell = Thread {
      point.begin()
      while !values.stop {
        values.a += 1
        values.names["n\(values.a % 100)"] = values.a
        values.b += 1
        if point.isWanted { point.pass() }
      }
      point.end()
      ended.signal()
    }
    cell.start()
    for _ in 0..<2000 {
      let seen = point.look(seconds: 5) { (values.a, values.b, values.names.count) }
      let (a, b, count) = try #require(seen)
      #expect(a == b)
      #expect(count == min(a, 100))
    }
    #expect(point.look(seconds: 5) { values.stop = true } != nil)
    #expect(ended.wait(timeout: .now() + 5) == .success)
  }
}
