import JSONCoding

/// What the kernel is and how its language is treated (messaging: kernel info).
public struct KernelInfoReply: MessageContent, Equatable {
  public static let messageType = "kernel_info_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  public var info: KernelInfo

  public init(_ info: KernelInfo) { self.info = info }

  public init(content: JSON) throws(ProtocolError) {
    let language = JSON.object(try content.field("language_info"))
    let links: [JSON] = try content.field("help_links", default: [])
    let features: [JSON] = try content.field("supported_features", default: [])
    info = KernelInfo(
      implementation: try content.field("implementation"),
      implementationVersion: try content.field("implementation_version"),
      language: LanguageInfo(
        name: try language.field("name"), version: try language.field("version"),
        mimetype: try language.field("mimetype"),
        fileExtension: try language.field("file_extension"),
        pygmentsLexer: try language.field("pygments_lexer", default: ""),
        codemirrorMode: language["codemirror_mode"] ?? "",
        nbconvertExporter: try language.field("nbconvert_exporter", default: "")),
      banner: try content.field("banner"),
      helpLinks: links.compactMap { link in
        guard let text = link["text"]?.string, let url = link["url"]?.string else { return nil }
        return KernelInfo.HelpLink(text: text, url: url)
      }, features: features.compactMap(\.string))
  }

  public var content: JSON.Object {
    let language = info.language
    return [
      "status": "ok", "protocol_version": .string(protocolVersion),
      "implementation": .string(info.implementation),
      "implementation_version": .string(info.implementationVersion),
      "language_info": [
        "name": .string(language.name), "version": .string(language.version),
        "mimetype": .string(language.mimetype),
        "file_extension": .string(language.fileExtension),
        "pygments_lexer": .string(language.pygmentsLexer),
        "codemirror_mode": language.codemirrorMode,
        "nbconvert_exporter": .string(language.nbconvertExporter),
      ],
      "banner": .string(info.banner),
      "help_links": .array(
        info.helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
      // Deprecated, but older front ends look here and not at `supported_features`.
      "debugger": .bool(info.features.contains("debugger")),
      "supported_features": .array(info.features.map { .string($0) }),
    ]
  }
}
