/// How many colours the receiver of text can show.
public enum ColorDepth: Sendable, Equatable {
  /// No colour codes at all.
  case none
  /// The 256 colours of older terminals.
  case ansi256
  /// 24-bit colour: Jupyter front ends and today's terminals.
  case trueColor
}

/// What pictures are made of: `%display text` or `%display svg`.
public enum DisplayMode: Sendable, Equatable {
  /// Unicode text with colour, and its HTML twin.
  case text
  /// A vector picture, with the text form for those who cannot show it.
  case svg
}

/// What a renderer needs to know of the place its output goes to. Always passed, never global.
public struct DisplaySettings: Sendable, Equatable {
  /// Columns that a picture or table may take; at least `minimumWidth`.
  public var width: Int { didSet { width = Self.clamped(width) } }
  public var colorDepth: ColorDepth
  public var mode: DisplayMode
  /// Only ASCII characters: for terminals and fonts without braille and blocks.
  public var ascii: Bool

  /// Narrower than this no axis is readable; a wider picture wraps in every front end.
  public static let minimumWidth = 20
  public static let maximumWidth = 400

  /// - Parameter width: columns; default 80, what JupyterLab shows without wrapping.
  public init(
    width: Int = 80, colorDepth: ColorDepth = .trueColor, mode: DisplayMode = .text,
    ascii: Bool = false
  ) {
    self.width = Self.clamped(width)
    self.colorDepth = colorDepth
    self.mode = mode
    self.ascii = ascii
  }

  public var usesColor: Bool { colorDepth != .none }

  private static func clamped(_ width: Int) -> Int {
    min(max(width, minimumWidth), maximumWidth)
  }
}
