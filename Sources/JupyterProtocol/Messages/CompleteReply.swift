import JSONCoding

/// The names that could stand at the cursor (messaging: completion).
public struct CompleteReply: MessageContent, Equatable {
  public static let messageType = "complete_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  /// Best first; each replaces the text from `start` to `end`.
  public var matches: [Completion]
  /// The part of the code that a match replaces, in Unicode scalars.
  public var start: Int
  public var end: Int

  public init(matches: [Completion], start: Int, end: Int) {
    self.matches = matches
    self.start = start
    self.end = end
  }

  /// One name that fits.
  public struct Completion: Sendable, Equatable {
    public var text: String
    /// What it is; JupyterLab has icons for function, class, module, instance, keyword, param,
    /// path, property, statement and magic.
    public var type: String
    /// For something that is called: its parameters, "(x, y=1)".
    public var signature: String

    public init(_ text: String, type: String = "", signature: String = "") {
      self.text = text
      self.type = type
      self.signature = signature
    }
  }

  public init(content: JSON) throws(ProtocolError) {
    let texts: [JSON] = try content.field("matches")
    start = try content.field("cursor_start")
    end = try content.field("cursor_end")
    let metadata: JSON.Object = try content.field("metadata", default: [:])
    let details = metadata[Self.typesKey]?.array ?? []
    matches = []
    for (i, text) in texts.enumerated() {
      guard let text = text.string else { throw .badField("matches", expected: "strings") }
      let detail = i < details.count ? details[i] : .null
      matches.append(
        Completion(
          text, type: detail["type"]?.string ?? "", signature: detail["signature"]?.string ?? ""))
    }
  }

  public var content: JSON.Object {
    let details = matches.map { match -> JSON in
      [
        "start": .int(start), "end": .int(end), "text": .string(match.text),
        "type": .string(match.type), "signature": .string(match.signature),
      ]
    }
    return [
      "status": "ok", "matches": .array(matches.map { .string($0.text) }),
      "cursor_start": .int(start), "cursor_end": .int(end),
      "metadata": [Self.typesKey: .array(details)],
    ]
  }

  /// Not in the specification, but what JupyterLab takes types and signatures from.
  private static let typesKey = "_jupyter_types_experimental"
}
