import Foundation
import Language
import TensorCore
import TestSupport
import Testing

@testable import Bindings

/// What PyTorch gives for layers forward and backward, losses, five steps of each optimizer, ten of each
/// schedule, initial values and the order of batches; `Golden/generate_nn.py` records it.
@Suite struct NetworkGoldenTests {
  struct File: Decodable {
    struct Case: Decodable {
      let name: String
      let code: String
      let values: String
    }
    let head: String
    let cases: [Case]
  }

  static func load() throws -> File {
    let url = testsFolder.appendingPathComponent("BindingsTests/Golden/nn.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  /// All numbers in a value, in order.
  private func flat(_ value: Value, _ machine: Machine, into numbers: inout [Double]) throws {
    if let tensor = value.asTensorObject?.tensor {
      numbers += try tensor.detach().to(.float64).reshape([-1]).doubles()
    } else if let number = value.asDouble {
      numbers.append(number)
    } else {
      for item in try machine.array(value) { try flat(item, machine, into: &numbers) }
    }
  }

  /// 1e-4 of the larger of 1 and the number: float32 through a few hundred operations.
  private static let tolerance = 1e-4

  @Test func numbersArePyTorchs() throws {
    let file = try Self.load()
    let machine = try LibraryDoors.machine()
    #expect(file.cases.count >= 600)
    for entry in file.cases {
      do {
        _ = try machine.run(file.head + entry.code, name: entry.name)
        var found: [Double] = []
        try flat(try #require(machine[global: "out"]), machine, into: &found)
        let wanted = entry.values.split(separator: " ").map { Double($0) ?? .nan }
        #expect(found.count == wanted.count, "\(entry.name)")
        let worst = zip(found, wanted).map { a, b in
          a == b || (a.isNaN && b.isNaN) ? 0 : abs(a - b) / max(1, abs(b))
        }.max() ?? 0
        #expect(worst <= Self.tolerance, "\(entry.name): off by \(worst)")
      } catch let error as Raise {
        Issue.record("\(entry.name): \(error)")
      }
    }
  }
}
