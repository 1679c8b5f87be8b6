import JSONCoding

/// A message that has come in, taken apart and checked (messaging: the wire protocol).
///
///     [identities...] <IDS|MSG> signature header parent_header metadata content [buffers...]
public struct WireMessage: Sendable {
  /// Routing frames before the delimiter; an answer starts with the same ones.
  public let identities: [[UInt8]]
  public let header: MessageHeader
  public let metadata: JSON
  /// The content, or why it is none. A request with a readable header still gets an answer.
  public let content: Result<JSON, ProtocolError>
  public let buffers: [[UInt8]]

  public static let delimiter = Array("<IDS|MSG>".utf8)

  /// Takes `frames` apart.
  /// - Throws: when they are no signed message with a readable header; nobody can be answered then.
  public init(frames: [[UInt8]], signer: inout MessageSigner) throws(ProtocolError) {
    guard let delimiter = frames.firstIndex(of: Self.delimiter) else {
      throw .noDelimiter(frames: frames.count)
    }
    let parts = frames[(delimiter + 1)...]
    guard parts.count >= 5 else { throw .tooFewFrames(found: parts.count) }
    let first = parts.startIndex
    try signer.verify(parts[first], of: Array(parts[first + 1...first + 4]))
    identities = Array(frames[..<delimiter])
    header = try MessageHeader(bytes: parts[first + 1])
    // Nothing that we do depends on the metadata, so a broken one does not lose the message.
    let metadata = try? JSON.parse(parts[first + 3])
    self.metadata = metadata?.object == nil ? [:] : metadata ?? [:]
    content = Self.object(parts[first + 4])
    buffers = Array(parts[(first + 5)...])
  }

  private static func object(_ bytes: [UInt8]) -> Result<JSON, ProtocolError> {
    do {
      let content = try JSON.parse(bytes)
      return content.object == nil ? .failure(.notAnObject(part: "content")) : .success(content)
    } catch {
      return .failure(.notJSON(part: "content", error))
    }
  }

  /// The frames of a message of ours.
  /// - Parameters:
  ///   - identities: where it goes: the request's routing frames, or a topic on iopub.
  ///   - parent: header bytes of the request that it answers; nil when there is none.
  public static func frames(
    identities: [[UInt8]], header: [UInt8], parent: [UInt8]?, metadata: JSON.Object,
    content: JSON.Object, buffers: [[UInt8]] = [], signer: MessageSigner
  ) -> [[UInt8]] {
    let parts = [header, parent ?? Array("{}".utf8), metadata.write(), content.write()]
    return identities + [delimiter, signer.sign(parts)] + parts + buffers
  }
}
