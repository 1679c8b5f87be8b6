import Bindings
import Display
import JupyterProtocol
import Language
import Syntax

/// The names that fit at the cursor: keyword arguments inside a call, attributes after a dot,
/// modules after `import`, commands after `%`, otherwise names of the session and the language.
struct Completer {
  private let session: Session
  private var machine: Machine { session.machine }
  init(_ session: Session) { self.session = session }

  func complete(_ request: CompleteRequest) -> CompleteReply {
    let text = Array(request.code.utf8)
    let offset = CursorText.byteOffset(request.cursor, in: request.code)
    var start = offset
    while start > 0, Completer.isNameByte(text[start - 1]) { start -= 1 }
    let prefix = String(decoding: text[start..<offset], as: UTF8.self)
    let lineStart = (text[..<start].lastIndex(of: 0x0A) ?? -1) + 1
    let line = String(decoding: text[lineStart..<start], as: UTF8.self)

    var matches: [CompleteReply.Completion]
    if line.drop(while: { $0 == "%" }).isEmpty, !line.isEmpty {
      matches = commands(prefix, ofCells: line.hasPrefix("%%"))
    } else if let modules = moduleNames(line, prefix) {
      matches = modules
    } else if let inner = StringCompleter(session, text, offset).complete() {
      matches = inner.matches
      start = inner.start
    } else if start > 0, text[start - 1] == 0x2E {
      matches = attributes(text, offset, prefix)
    } else if CursorText.isInsideString(text, offset) {
      matches = []
    } else if prefix.isEmpty, let keys = StringCompleter(session, text, offset).bareKeys() {
      matches = keys
    } else {
      matches = keywords(text, offset, prefix) + names(prefix)
    }
    matches.sort { a, b in
      let (privateA, privateB) = (a.text.hasPrefix("_"), b.text.hasPrefix("_"))
      return privateA == privateB ? false : !privateA
    }
    return CompleteReply(
      matches: matches, start: CursorText.cursor(start, in: text),
      end: CursorText.cursor(offset, in: text))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private func commands(_ prefix: String, ofCells: Bool) -> [CompleteReply.Completion] {
    CommandTable.all.filter { command in
      command.name.hasPrefix(prefix) && (ofCells ? command.cell != nil : command.line != nil)
    }.map { command in
      CompleteReply.Completion(
        command.name, type: "magic",
        signature: (ofCells ? command.signatures.last : command.signatures.first) ?? "")
    }
  }

  /// After `import` and `from`: doors; after `from x import`: the names of `x`.
  private func moduleNames(_ line: String, _ prefix: String) -> [CompleteReply.Completion]? {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    guard let first = words.first, first == "import" || first == "from" else { return nil }
    if first == "from", words.count >= 3, words[2] == "import" {
      guard let table = machine.doors.table(words[1]) else { return [] }
      return table.entries.map(\.name).filter { $0.hasPrefix(prefix) }.sorted().map {
        CompleteReply.Completion($0, type: "instance")
      }
    }
    // The dotted part before the cursor belongs to the module's name.
    let stem = line.hasSuffix(".") ? (words.last ?? "") : ""
    if words.count > 1, stem.isEmpty, first == "from" { return nil }
    var seen: Set<String> = []
    return machine.doors.names.compactMap { name in
      guard name.hasPrefix(stem + prefix) else { return nil }
      let rest = name.dropFirst(stem.count)
      let part = String(rest.prefix { $0 != "." })
      return seen.insert(part).inserted ? CompleteReply.Completion(part, type: "module") : nil
    }
  }

  private func attributes(
    _ text: [UInt8], _ offset: Int, _ prefix: String
  ) -> [CompleteReply.Completion] {
    guard let name = dottedName(in: text, at: offset) else { return [] }
    let found: Value?
    switch name.receiver {
    case .none: found = nil
    case .path(let receiver): found = CursorText.value(of: receiver, session)
    case .expression(let span):
      // Offsets in an f-string's field are those of the whole text.
      let range = max(0, Int(span.start))..<min(text.count, max(0, Int(span.end)))
      found =
        range.isEmpty ? nil
        : LiveValue(session).value(of: String(decoding: text[range], as: UTF8.self))
    }
    guard let value = found else { return [] }
    return machine.attributeNames(of: value).filter { $0.hasPrefix(prefix) }.compactMap { name in
      if name.hasPrefix("_"), !prefix.hasPrefix("_") { return nil }
      return described(name, machine.staticAttribute(value, name))
    }
  }

  /// The parameters of the call around the cursor that are not given yet.
  private func keywords(
    _ text: [UInt8], _ offset: Int, _ prefix: String
  ) -> [CompleteReply.Completion] {
    guard let call = enclosingCall(in: text, at: offset),
      let callee = call.callee.path, let value = CursorText.value(of: callee, session)
    else { return [] }
    return Help(machine).parameters(of: value).filter { parameter in
      parameter.kind != .star && parameter.kind != .doubleStar && parameter.kind != .positionalOnly
        && parameter.name.hasPrefix(prefix) && !call.keywords.contains(parameter.name)
    }.map { CompleteReply.Completion($0.name + "=", type: "param", signature: $0.annotation ?? "") }
  }

  private func names(_ prefix: String) -> [CompleteReply.Completion] {
    var seen: Set<String> = []
    var result: [CompleteReply.Completion] = []
    for (name, value) in machine.globalBindings.sorted(by: { $0.name < $1.name })
    where name.hasPrefix(prefix) && seen.insert(name).inserted {
      result.append(described(name, value))
    }
    for name in machine.builtinNames.sorted() where name.hasPrefix(prefix) {
      if seen.insert(name).inserted { result.append(described(name, machine.builtin(name))) }
    }
    for word in Machine.keywords where word.hasPrefix(prefix) && seen.insert(word).inserted {
      result.append(CompleteReply.Completion(word, type: "keyword"))
    }
    return prefix.isEmpty ? result.filter { !$0.text.hasPrefix("_") } : result
  }

  private func described(_ name: String, _ value: Value?) -> CompleteReply.Completion {
    guard let value else { return CompleteReply.Completion(name, type: "instance") }
    let type: String
    if value.asType != nil {
      type = "class"
    } else {
      type =
        switch machine.typeName(value) {
        case "function", "builtin_function_or_method", "method": "function"
        case "module": "module"
        case "property": "property"
        default: "instance"
        }
    }
    var signature = ""
    if type == "function" || type == "class", let text = Help(machine).signature(of: value, name: "") {
      signature = text
    }
    return CompleteReply.Completion(name, type: type, signature: signature)
  }
}

extension CursorText {
  /// Whether an offset lies inside a string that begins on its line.
  static func isInsideString(_ text: [UInt8], _ offset: Int) -> Bool {
    var quote: UInt8?
    var index = (text[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
    while index < offset {
      let byte = text[index]
      if let open = quote {
        if byte == 0x5C { index += 1 } else if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x23 {
        return true
      }
      index += 1
    }
    return quote != nil
  }
}
