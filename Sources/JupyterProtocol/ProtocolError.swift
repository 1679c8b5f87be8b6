import JSONCoding

/// Why frames or a content are no message. The kernel logs it and goes on.
public enum ProtocolError: Error, Equatable, CustomStringConvertible {
  /// No `<IDS|MSG>` among the frames.
  case noDelimiter(frames: Int)
  /// Fewer than the five frames that follow the delimiter.
  case tooFewFrames(found: Int)
  /// The signature is not that of these frames under our key.
  case badSignature
  /// A message whose signature has been seen: sent twice, or replayed by somebody.
  case replayed
  /// A part is no JSON.
  case notJSON(part: String, JSONError)
  /// A part is JSON, but no object.
  case notAnObject(part: String)
  /// A field that must be there is missing, or has another type.
  case badField(String, expected: String)

  public var description: String {
    switch self {
    case .noDelimiter(let frames):
      "\(frames) frames without the delimiter <IDS|MSG>"
    case .tooFewFrames(let found):
      "\(found) frames after the delimiter, where at least 5 are due "
        + "(signature, header, parent header, metadata, content)"
    case .badSignature: "the signature does not fit the message; is the key the same?"
    case .replayed: "a message with this signature has come before"
    case .notJSON(let part, let error): "the \(part) is no JSON: \(error)"
    case .notAnObject(let part): "the \(part) is no JSON object"
    case .badField(let name, let expected): "the field \"\(name)\" must be \(expected)"
    }
  }
}
