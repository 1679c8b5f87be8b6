import Foundation
import Language
import TensorCore
import TestSupport
import Testing

@testable import Bindings

/// What PyTorch and Keras give for layers forward and backward, losses, five steps of each optimizer, ten
/// of each schedule, initial values and the order of batches; `Golden/generate_nn.py` and
/// `Golden/generate_keras.py` record it.
/// One at a time: the stream of random numbers belongs to the process.
@Suite(.serialized) struct NetworkGoldenTests {
  struct File: Decodable {
    struct Case: Decodable {
      let name: String
      let code: String
      let values: String
    }
    let head: String
    let cases: [Case]
  }

  static func load(_ name: String) throws -> File {
    let url = testsFolder.appendingPathComponent("BindingsTests/Golden/\(name).json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  /// All numbers in a value, in order.
  private func flat(_ value: Value, _ machine: Machine, into numbers: inout [Double]) throws {
    if value.isNone { return }
    if let tensor = value.asTensorObject?.tensor {
      numbers += try tensor.detach().to(.float64).reshape([-1]).doubles()
    } else if let number = try value.asDouble ?? machine.scalar(value)?.double {
      numbers.append(number)
    } else {
      for item in try machine.array(value) { try flat(item, machine, into: &numbers) }
    }
  }

  /// 1e-4 of the larger of 1 and the number: float32 through a few hundred operations.
  private static let tolerance = 1e-4

  @Test(arguments: ["nn", "keras"])
  func numbersAreTheOriginals(_ name: String) throws {
    let file = try Self.load(name)
    let machine = try LibraryDoors.machine()
    #expect(file.cases.count >= (name == "nn" ? 760 : 450))
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
        // A line search in float32 doubles what its sums differ by.
        let most = entry.name.contains("strong_wolfe") ? 5 * Self.tolerance : Self.tolerance
        #expect(worst <= most, "\(entry.name): off by \(worst)")
      } catch let error as Raise {
        Issue.record("\(entry.name): \(error)")
      }
    }
  }
}
