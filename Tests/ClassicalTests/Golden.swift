import Foundation
import TestSupport

/// A value of a golden file, read by path: `golden["cases"][0]["train"].ints`.
///
/// Decoded with `JSONDecoder`, whose floats are exact; those of `JSONSerialization` are not.
indirect enum Golden: Decodable {
  case none
  case bool(Bool)
  case int(Int)
  case number(Double)
  case text(String)
  case list([Golden])
  case object([String: Golden])

  /// The golden file of that name in `ClassicalTests/Golden`.
  init(_ name: String) throws {
    let url = testsFolder.appendingPathComponent("ClassicalTests/Golden/\(name).json")
    self = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .none
    } else if let list = try? value.decode([Golden].self) {
      self = .list(list)
    } else if let object = try? value.decode([String: Golden].self) {
      self = .object(object)
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let int = try? value.decode(Int.self) {
      self = .int(int)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  subscript(key: String) -> Golden {
    if case .object(let members) = self { members[key] ?? .none } else { .none }
  }

  subscript(index: Int) -> Golden {
    items.indices.contains(index) ? items[index] : .none
  }

  var items: [Golden] { if case .list(let list) = self { list } else { [] } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var string: String? { if case .text(let value) = self { value } else { nil } }

  var int: Int? {
    switch self {
    case .int(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// A number; not-finite ones are stored as text.
  var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .number(let value): value
    case .text(let value): Double(value)
    default: nil
    }
  }

  var ints: [Int] { items.compactMap(\.int) }
  var doubles: [Double] { items.compactMap(\.double) }
  var strings: [String] { items.compactMap(\.string) }
}

/// FNV-1a over the bytes of the floats, as `generate.py` has it: equal only if all bits are.
func fingerprint(_ values: [Double]) -> String {
  var result: UInt64 = 0xCBF2_9CE4_8422_2325
  for value in values {
    for shift in stride(from: 0, to: 64, by: 8) {
      result = (result ^ (value.bitPattern >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
    }
  }
  let digits = String(result, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// Whether two arrays agree within `tolerance`, absolute plus relative; NaN equals NaN.
func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { x, y in
      (x.isNaN && y.isNaN) || x == y || abs(x - y) <= tolerance * (1 + abs(y))
    }
}
