/// Why a text is no JSON. Every case says where: line and column count from 1, in bytes.
public enum JSONError: Error, Equatable, CustomStringConvertible {
  /// The text ended where a value or the rest of one was expected.
  case ended(expected: String, Place)
  /// Something else stands where `expected` should.
  case unexpected(found: String, expected: String, Place)
  /// A string holds a raw control character or an unknown escape.
  case badString(String, Place)
  /// More than `limit` arrays and objects inside one another.
  case tooDeep(limit: Int, Place)
  /// A second value after the end of the first.
  case trailing(found: String, Place)

  /// A place in the text.
  public struct Place: Sendable, Equatable, CustomStringConvertible {
    public let offset: Int
    public let line: Int
    public let column: Int
    public var description: String { "line \(line), column \(column)" }
  }

  public var description: String {
    switch self {
    case .ended(let expected, let place):
      "the JSON text ends at \(place), where \(expected) was expected; is the file complete?"
    case .unexpected(let found, let expected, let place):
      "\(found) at \(place) of the JSON text, where \(expected) was expected"
    case .badString(let problem, let place):
      "\(problem) in the string at \(place) of the JSON text"
    case .tooDeep(let limit, let place):
      "the JSON text nests deeper than \(limit) levels at \(place)"
    case .trailing(let found, let place):
      "\(found) at \(place), after the end of the JSON value; a text holds one value"
    }
  }
}
