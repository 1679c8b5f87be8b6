import Bindings
import Display
import JupyterProtocol
import Language
import Syntax

/// Help on the name at the cursor.
struct Inspector {
  private let session: Session
  init(_ session: Session) { self.session = session }

  func inspect(_ request: InspectRequest) -> MIMEBundle? {
    let text = Array(request.code.utf8)
    let offset = CursorText.byteOffset(request.cursor, in: request.code)
    if let command = commandHelp(text, offset) { return command }
    for name in candidates(text, offset) {
      guard let value = CursorText.value(of: name, session) else { continue }
      let help = Help(session.machine)
      var plain = help.text(of: value, name: name.last)
      if request.detail > 0, let source = help.source(of: value) { plain += "\n\nSource:\n\(source)" }
      if value.asType == nil, help.signature(of: value) == nil {
        plain = "\(name.joined(separator: ".")): \(session.machine.typeName(value))"
        if let text = CursorText.preview(value, session) { plain += "\n\n\(text)" }
        if let doc = help.doc(of: value) { plain += "\n\n\(doc)" }
      }
      return MIMEBundle(plain: plain, html: "<pre>\(StyledText.escaped(plain))</pre>")
    }
    return nil
  }

  /// The name at the cursor, then the function whose call surrounds it.
  private func candidates(_ text: [UInt8], _ offset: Int) -> [[String]] {
    var result: [[String]] = []
    if let found = dottedName(in: text, at: offset) { result += [found.path].compactMap { $0 } }
    if let call = enclosingCall(in: text, at: offset) { result += [call.callee.path].compactMap { $0 } }
    return result
  }

  /// Help on the command whose name the cursor is at.
  private func commandHelp(_ text: [UInt8], _ offset: Int) -> MIMEBundle? {
    let start = (text[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
    let line = String(decoding: text[start...].prefix { $0 != 0x0A }, as: UTF8.self)
    guard line.hasPrefix("%") else { return nil }
    let word = line.prefix { $0 != " " && $0 != "\t" && $0 != "?" }
    guard offset - start <= word.utf8.count,
      let help = try? HelpCommands.commandHelp(String(word), session)
    else { return nil }
    return MIMEBundle(plain: help)
  }
}

/// What completion and inspection share: positions, and values that are looked at without running
/// code of the user.
enum CursorText {
  /// A cursor in code points as an offset in bytes.
  static func byteOffset(_ cursor: Int, in text: String) -> Int {
    let scalars = text.unicodeScalars
    guard let index = scalars.index(scalars.startIndex, offsetBy: cursor, limitedBy: scalars.endIndex)
    else { return text.utf8.count }
    return text.utf8.distance(from: text.utf8.startIndex, to: index)
  }

  /// An offset in bytes as a cursor in code points.
  static func cursor(_ offset: Int, in text: [UInt8]) -> Int {
    text.prefix(max(0, offset)).reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// The value that a dotted name means now.
  static func value(of parts: [String], _ session: Session) -> Value? {
    guard let first = parts.first else { return nil }
    let machine = session.machine
    guard var value = machine[global: first] ?? machine.builtin(first) else { return nil }
    for part in parts.dropFirst() {
      guard let next = machine.staticAttribute(value, part) else { return nil }
      value = next
    }
    return value
  }

  /// A short text of a value; nil for objects whose text is code of the user.
  static func preview(_ value: Value, _ session: Session) -> String? {
    if value.asInstance?.type.module == "__main__" { return nil }
    guard let text = try? session.machine.shallow({ () throws(Raise) in
      try session.machine.repr(value)
    }) else { return nil }
    return text.count > 1000 ? String(text.prefix(1000)) + "..." : text
  }
}

extension DottedName {
  /// The names from the first to the last; nil when the receiver is no path of names.
  var path: [String]? {
    switch receiver {
    case .none: [name]
    case .path(let names): names + [name]
    case .expression: nil
    }
  }
}
