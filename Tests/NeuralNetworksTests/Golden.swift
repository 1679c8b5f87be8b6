import Foundation
import TensorCore
import TestSupport

/// Recorded values of the reference frameworks; the scripts in `Golden/` write them.
enum Golden {
  static func load<File: Decodable>(_ name: String, _: File.Type) throws -> File {
    let url = testsFolder.appendingPathComponent("NeuralNetworksTests/Golden/\(name).json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  struct Packed: Decodable, Sendable {
    let dtype: String
    let shape: [Int]
    let data: String

    func tensor() throws -> Tensor {
      let type = DType(name: dtype) ?? .float32
      let words = data.split(separator: " ")
      return type.isFloating
        ? try Tensor(words.map { Double($0) ?? .nan }, shape: shape, dtype: type)
        : try Tensor(words.map { Int($0) ?? 0 }, shape: shape, dtype: type)
    }

    /// The largest distance from a tensor of this shape, relative to the larger of 1 and the value.
    func distance(to found: Tensor) throws -> Double {
      guard found.shape == shape else { return .infinity }
      return try zip(found.detach().doubles(), tensor().doubles())
        .map { $0 == $1 ? 0 : abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
    }
  }

  struct Torch: Decodable {
    struct Loss: Decodable {
      struct Options: Decodable {
        let weights: Packed?
        let smoothing: Double?
        let ignored: Int?
        let delta: Double?
      }
      let name: String
      let reduction: String
      let options: Options
      let prediction: Packed
      let target: Packed
      let output: Packed
      let gradient: Packed
      let function: String
    }
    struct Trajectory: Decodable {
      struct Options: Decodable {
        let learningRate: Double
        let momentum: Double?
        let dampening: Double?
        let weightDecay: Double?
        let nesterov: Bool?
        let maximize: Bool?
        let beta1: Double?
        let beta2: Double?
        let epsilon: Double?
      }
      let kind: String
      let options: Options
      let x: Packed
      let y: Packed
      let start: [Packed]
      let steps: [[Packed]]
    }
    struct Layer: Decodable {
      enum Entry: Decodable {
        case name(String)
        case tensor(Packed)
        init(from decoder: any Decoder) throws {
          let value = try decoder.singleValueContainer()
          if let name = try? value.decode(String.self) {
            self = .name(name)
          } else {
            self = .tensor(try value.decode(Packed.self))
          }
        }
      }
      let name: String
      let input: Packed
      let output: Packed
      let gradient: Packed
      let state: [[Entry]]
      let parameterGradients: [Packed]
      let printed: String
    }
    let losses: [Loss]
    let optimizers: [Trajectory]
    let layers: [Layer]
    let run: [Double]
  }

  struct Keras: Decodable {
    struct Loss: Decodable {
      let name: String
      let prediction: Packed
      let target: Packed
      let output: Packed
      let gradient: Packed
    }
    struct Run: Decodable {
      enum Entry: Decodable {
        case name(String)
        case values([Double])
        init(from decoder: any Decoder) throws {
          let value = try decoder.singleValueContainer()
          if let name = try? value.decode(String.self) {
            self = .name(name)
          } else {
            self = .values(try value.decode([Double].self))
          }
        }
      }
      let optimizer: String
      let softmax: Bool
      let oneHot: Bool
      let x: Packed
      let y: Packed
      let start: [Packed]
      let end: [Packed]
      let history: [[Entry]]
      let sampleWeights: Packed?
      let classWeights: [Double]?
      let split: Double
      let evaluated: [Double]
    }
    let losses: [Loss]
    let runs: [Run]
  }
}
