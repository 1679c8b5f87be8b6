import Display

/// Where a running cell shows what it makes.
///
/// Calls may come from any thread. Their order is the order in which the front end sees them. They
/// return at once: text is gathered and sent about 20 times a second, and of several updates of one
/// display only the latest may be sent, but no text is lost and the last update always arrives
/// before the cell is idle.
public protocol OutputSink: AnyObject, Sendable {
  /// Text for stdout or stderr.
  func stream(_ name: StreamName, _ text: String)

  /// A new display. With a `displayID` it can be changed later, also from another cell.
  func display(_ bundle: MIMEBundle, displayID: String?)

  /// Changes all displays that have this id.
  func update(_ bundle: MIMEBundle, displayID: String)

  /// Takes away what the cell has shown; with `wait`, once the next output comes (no flicker).
  func clearOutput(wait: Bool)

  /// The value of the cell, shown as `Out[n]`. A silent cell shows none.
  func result(_ bundle: MIMEBundle)

  /// Asks the person for a line of text, and waits for it.
  /// - Parameter password: whether what is typed stays hidden.
  /// - Throws: `InputError`.
  func input(prompt: String, password: Bool) throws(InputError) -> String
}

/// The two text streams of a cell.
public enum StreamName: String, Sendable, CaseIterable {
  case stdout, stderr
}

/// Why `OutputSink.input` gave no line.
public enum InputError: Error, Equatable, CustomStringConvertible {
  /// The front end takes no input (`allow_stdin` is false: nbconvert, papermill, tests).
  case notAllowed
  /// The cell was interrupted while it waited.
  case interrupted
  /// The kernel shuts down, or standard input has ended.
  case closed

  public var description: String {
    switch self {
    case .notAllowed:
      "input() was called, but this front end does not support input requests; "
        + "put the value into the cell instead"
    case .interrupted: "interrupted while waiting for input"
    case .closed: "the input ended before a line came"
    }
  }
}
