import Foundation
import TestSupport

@testable import TensorCore

/// Recorded values of the reference frameworks; `Golden/generate.py` writes them.
enum Golden {
  struct File<Case: Decodable>: Decodable {
    let framework: String
    let cases: [Case]
  }

  static func load<Case: Decodable>(_ name: String, _: Case.Type) throws -> [Case] {
    let url = testsFolder.appendingPathComponent("TensorCoreTests/Golden/\(name).json")
    return try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: url)).cases
  }

  /// A recorded tensor.
  struct Packed: Decodable, Sendable {
    let dtype: String
    let shape: [Int]
    let data: String

    func tensor() throws -> Tensor {
      guard let type = DType(name: dtype) else {
        throw TensorError.argument(operation: "golden", message: "dtype \(dtype)")
      }
      let words = data.split(separator: " ")
      if type.isFloating {
        return try Tensor(words.map { Double($0) ?? .nan }, shape: shape, dtype: type)
      }
      return try Tensor(words.map { Int($0) ?? 0 }, shape: shape, dtype: type)
    }
  }

  struct Part: Decodable, Sendable {
    let at: Int?
    let slice: [Int?]?
    let newaxis: Bool?
    let ellipsis: Bool?
    let tensor: Packed?

    func index() throws -> Index {
      if let at { return .at(at) }
      if let slice { return .slice(start: slice[0], stop: slice[1], step: slice[2]) }
      if let tensor { return .tensor(try tensor.tensor()) }
      return newaxis == true ? .newAxis : .ellipsis
    }
  }

  struct Arguments: Decodable, Sendable {
    let axes: [Int]?
    let keep: Bool?
    let axis: Int?
    let correction: Double?
    let descending: Bool?
    let k: Int?
    let largest: Bool?
    let size: Int?
    let pieces: Int?
    let times: [Int]?
    let shift: Int?
    let low: Double?
    let high: Double?
    let value: Double?
    let dtype: String?
    let spec: [Part]?
  }

  struct Operation: Decodable, Sendable {
    let op: String
    let args: Arguments
    let inputs: [Packed]
    let turned: [Int]
    let outputs: [Packed]
    let gradients: [Packed?]?
    /// PyTorch's name of the recorded operation.
    let function: String?
  }

  struct Stream: Decodable, Sendable {
    struct Step: Decodable, Sendable {
      struct Arguments: Decodable, Sendable {
        let shape: [Int]?
        let dtype: String?
        let low: Double?
        let high: Double?
        let n: Int?
        let mean: Double?
        let std: Double?
        let p: Double?
        let `in`: Int?
        let out: Int?
      }
      let call: String
      let args: Arguments
      let output: Packed
    }
    let seed: UInt64
    let steps: [Step]
  }

  struct Print: Decodable, Sendable {
    let tensor: Packed
    let leaf: Bool?
    let recorded: Bool?
    let torch: String
    let repr: String
    let str: String
  }
}
