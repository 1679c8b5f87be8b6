import JSONCoding

/// What a kernel says of itself before any cell runs.
///
/// It is a value apart from the `Interpreter`, because the kernel answers `kernel_info_request`
/// while the interpreter is still being made.
public struct KernelInfo: Sendable, Equatable {
  public var implementation: String
  public var implementationVersion: String
  public var language: LanguageInfo
  /// Greeting of a console.
  public var banner: String
  public var helpLinks: [HelpLink]
  /// What it can do besides what all kernels can: "debugger", "kernel subshells".
  public var features: [String]

  public init(
    implementation: String, implementationVersion: String, language: LanguageInfo, banner: String,
    helpLinks: [HelpLink] = [], features: [String] = []
  ) {
    self.implementation = implementation
    self.implementationVersion = implementationVersion
    self.language = language
    self.banner = banner
    self.helpLinks = helpLinks
    self.features = features
  }

  public struct HelpLink: Sendable, Equatable {
    public var text: String
    public var url: String

    public init(text: String, url: String) {
      self.text = text
      self.url = url
    }
  }
}

/// How front ends treat the language: file names, highlighting, export.
public struct LanguageInfo: Sendable, Equatable {
  public var name: String
  public var version: String
  public var mimetype: String
  /// With its dot: ".py".
  public var fileExtension: String
  /// The highlighter of nbconvert.
  public var pygmentsLexer: String
  /// The highlighter of JupyterLab: a name, or an object with a name. Lab looks at nothing else.
  public var codemirrorMode: JSON
  public var nbconvertExporter: String

  public init(
    name: String, version: String, mimetype: String, fileExtension: String, pygmentsLexer: String,
    codemirrorMode: JSON, nbconvertExporter: String
  ) {
    self.name = name
    self.version = version
    self.mimetype = mimetype
    self.fileExtension = fileExtension
    self.pygmentsLexer = pygmentsLexer
    self.codemirrorMode = codemirrorMode
    self.nbconvertExporter = nbconvertExporter
  }
}
