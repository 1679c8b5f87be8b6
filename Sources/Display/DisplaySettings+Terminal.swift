import Glibc

extension DisplaySettings {
  /// Settings for text that goes to a file descriptor: the width of its terminal, and colour if it
  /// is one.
  ///
  /// What the environment says wins, as command line programs agree: `COLUMNS` for the width,
  /// `NO_COLOR` (set, whatever to) against colour, `COLORTERM=truecolor` for 24-bit colour. Text
  /// that goes to a file or a pipe has 80 columns and no colour.
  ///
  /// - Parameter environment: value of a variable; nil when it is not set.
  public static func terminal(
    _ descriptor: Int32 = STDOUT_FILENO, environment: (String) -> String? = Self.environmentVariable
  ) -> DisplaySettings {
    let isTerminal = isatty(descriptor) == 1
    var settings = DisplaySettings(colorDepth: isTerminal ? .ansi256 : .none)
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 {
      settings.width = columns
    } else {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        settings.width = Int(size.ws_col)
      }
    }
    let depth = environment("COLORTERM") ?? ""
    if isTerminal && (depth == "truecolor" || depth == "24bit") { settings.colorDepth = .trueColor }
    if environment("NO_COLOR") != nil || environment("TERM") == "dumb" {
      settings.colorDepth = .none
    }
    return settings
  }

  /// A variable of the process; nil when it is not set.
  public static func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
