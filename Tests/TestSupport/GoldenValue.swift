import Foundation
import Synchronization

/// A value of a golden file, read by path: `golden["cases"][0]["train"].ints`.
///
/// Decoded with `JSONDecoder`, whose floats are exact; those of `JSONSerialization` are not.
public indirect enum GoldenValue: Decodable, Sendable {
  case none
  case bool(Bool)
  case int(Int)
  case number(Double)
  case text(String)
  case list([GoldenValue])
  case object([String: GoldenValue])

  /// The golden file at a path below `Tests`. A file is decoded once per run.
  public init(file: String) throws {
    self = try Self.cache.withLock { cache in
      if let value = cache[file] { return value }
      let data = try Data(contentsOf: testsFolder.appendingPathComponent(file))
      let value = try JSONDecoder().decode(GoldenValue.self, from: data)
      cache[file] = value
      return value
    }
  }

  private static let cache = Mutex<[String: GoldenValue]>([:])

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let int = try? value.decode(Int.self) {
      // The decoder takes -0.0 for the integer 0.
      let number = (try? value.decode(Double.self)) ?? Double(int)
      self = int == 0 && number.sign == .minus ? .number(number) : .int(int)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([GoldenValue].self) {
      self = .list(list)
    } else if let object = try? value.decode([String: GoldenValue].self) {
      self = .object(object)
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else {
      self = .none
    }
  }

  public subscript(key: String) -> GoldenValue {
    if case .object(let members) = self { members[key] ?? .none } else { .none }
  }

  public subscript(index: Int) -> GoldenValue {
    items.indices.contains(index) ? items[index] : .none
  }

  public var items: [GoldenValue] { if case .list(let list) = self { list } else { [] } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var string: String? { if case .text(let value) = self { value } else { nil } }

  public var int: Int? {
    switch self {
    case .int(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// A number; not-finite ones are stored as text.
  public var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .number(let value): value
    case .text(let value): Double(value)
    default: nil
    }
  }

  public var ints: [Int] { items.compactMap(\.int) }
  public var doubles: [Double] { items.compactMap(\.double) }
  public var strings: [String] { items.compactMap(\.string) }
}
