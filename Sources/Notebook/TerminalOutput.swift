import Display
import Glibc
import Language

/// Output on a terminal or into a file: text as it comes, of a display that changes its last state.
final class TerminalOutput: SessionOutput {
  private var buffer: [UInt8] = []
  private var atLineStart = true
  /// Displays that may still change, in order: shown when they are final.
  private var open: [(id: String, bundle: MIMEBundle)] = []
  private let isTerminal = isatty(STDOUT_FILENO) == 1
  /// Lines that the display at the end takes on the terminal.
  private var drawnLines = 0

  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(100, Int(size.ws_col))
    }
    return 80
  }

  var updatesInPlace: Bool { isTerminal }

  func write(_ text: String, toError: Bool) {
    if toError {
      flush()
      TerminalOutput.error(text)
      return
    }
    settle()
    put(text)
    if isTerminal || buffer.count > 1 << 16 { flush() }
  }

  func show(_ bundle: MIMEBundle, id: String?) {
    settle()
    if !atLineStart { put("\n") }
    guard let id else {
      put(bundle.plain.hasSuffix("\n") ? bundle.plain : bundle.plain + "\n")
      flush()
      return
    }
    open = [(id, bundle)]
    if isTerminal { redraw(bundle) }
  }

  func update(_ bundle: MIMEBundle, id: String) {
    guard open.first?.id == id else {
      // The display is further up: its new state cannot be drawn there.
      return
    }
    open = [(id, bundle)]
    if isTerminal { redraw(bundle) }
  }

  private func redraw(_ bundle: MIMEBundle) {
    if drawnLines > 0 { put("\u{1B}[\(drawnLines)A\u{1B}[J") }
    let text = bundle.plain.hasSuffix("\n") ? bundle.plain : bundle.plain + "\n"
    put(text)
    drawnLines = text.utf8.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    flush()
  }

  /// The display at the end is final: what comes next stands below it.
  private func settle() {
    if let last = open.first, !isTerminal {
      put(last.bundle.plain.hasSuffix("\n") ? last.bundle.plain : last.bundle.plain + "\n")
    }
    open = []
    drawnLines = 0
  }

  func clear(wait: Bool) {
    open = []
    drawnLines = 0
  }

  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    settle()
    put(prompt)
    flush()
    guard let line = Swift.readLine() else { throw Raise(.eofError, "EOF when reading a line") }
    atLineStart = true
    return line
  }

  /// A cell has ended: its last line is closed.
  func endCell() {
    settle()
    if !atLineStart { put("\n") }
    flush()
  }

  func finish() {
    settle()
    flush()
  }

  private func put(_ text: String) {
    if text.isEmpty { return }
    buffer += Array(text.utf8)
    atLineStart = buffer.last == 0x0A
  }

  private func flush() {
    TerminalOutput.write(STDOUT_FILENO, buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  static func error(_ text: String) { write(STDERR_FILENO, Array(text.utf8)) }

  private static func write(_ file: Int32, _ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.write(file, raw.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      offset += count
    }
  }
}
