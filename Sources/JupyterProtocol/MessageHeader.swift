import JSONCoding

/// The header of a message that has come in.
public struct MessageHeader: Sendable, Equatable {
  public let messageID: String
  public let messageType: String
  /// Who sent it: all requests of one client carry the same session.
  public let session: String
  /// The subshell that is asked to answer; nil for the main shell.
  public let subshellID: String?
  /// The header as it came, for the parent header of the answers: they must carry the fields that
  /// we do not know as well, in the very bytes.
  public let bytes: [UInt8]

  /// A header is copied into every message that answers it, so a sender must not make it large.
  public static let sizeLimit = 64 << 10

  public init(bytes: [UInt8]) throws(ProtocolError) {
    guard bytes.count <= Self.sizeLimit else {
      throw .badField("header", expected: "at most \(Self.sizeLimit) bytes")
    }
    let json: JSON
    do { json = try JSON.parse(bytes) } catch { throw .notJSON(part: "header", error) }
    guard case .object(let members) = json else { throw .notAnObject(part: "header") }
    messageID = try json.field("msg_id")
    messageType = try json.field("msg_type")
    session = json["session"]?.string ?? ""
    subshellID = json["subshell_id"]?.string
    // Bytes that are no UTF-8 would break every client that reads our answer.
    self.bytes = String(validating: bytes, as: UTF8.self) == nil ? members.write() : bytes
  }

  /// The header of a message of ours.
  /// - Parameters:
  ///   - number: counts the messages of this session, which makes the id unique.
  public static func outgoing(
    type: String, session: String, username: String, number: Int, date: Timestamp = .now
  ) -> [UInt8] {
    let header: JSON.Object = [
      "msg_id": .string("\(session)_\(number)"), "session": .string(session),
      "username": .string(username), "date": .string(date.iso8601), "msg_type": .string(type),
      "version": .string(protocolVersion),
    ]
    return header.write()
  }
}

/// The version of the messaging specification that is spoken.
public let protocolVersion = "5.5"
