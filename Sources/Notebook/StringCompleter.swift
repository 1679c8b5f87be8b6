import Bindings
import Glibc
import JupyterProtocol
import Language

/// What fits inside a string: keys of a dictionary in `d['`, names of files anywhere else.
struct StringCompleter {
  private let session: Session
  private let text: [UInt8]
  private let offset: Int
  /// How many files are listed at most.
  private static let mostFiles = 500

  init(_ session: Session, _ text: [UInt8], _ offset: Int) {
    self.session = session
    self.text = text
    self.offset = offset
  }

  /// Where the string around the cursor opens; nil outside of strings.
  private var quotePlace: Int? {
    var open: Int?
    var index = (text[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
    while index < offset {
      let byte = text[index]
      if let place = open {
        if byte == 0x5C { index += 1 } else if byte == text[place] { open = nil }
      } else if byte == 0x22 || byte == 0x27 {
        open = index
      } else if byte == 0x23 {
        return nil
      }
      index += 1
    }
    return open
  }

  /// Matches with what they replace, in bytes; nil outside of strings.
  func complete() -> (matches: [CompleteReply.Completion], start: Int)? {
    guard let quote = quotePlace else { return nil }
    let written = String(decoding: text[(quote + 1)..<offset], as: UTF8.self)
    if let keys = keys(before: quote, prefix: written) { return (keys, quote + 1) }
    return files(written, start: quote + 1)
  }

  /// `d[` without a quote yet: the keys as one writes them.
  func bareKeys() -> [CompleteReply.Completion]? {
    guard offset > 0, text[offset - 1] == 0x5B, let dict = dict(before: offset - 1) else {
      return nil
    }
    return dict.keys.prefix(200).compactMap { key in
      guard key.swiftString != nil || key.asInt != nil, let shown = try? session.machine.repr(key)
      else { return nil }
      return CompleteReply.Completion(shown, type: "dict key")
    }
  }

  private func keys(before quote: Int, prefix: String) -> [CompleteReply.Completion]? {
    guard quote > 0, text[quote - 1] == 0x5B, let dict = dict(before: quote - 1) else { return nil }
    return dict.keys.compactMap(\.swiftString).filter { key in
      key.hasPrefix(prefix) && !key.utf8.contains(text[quote]) && !key.utf8.contains(0x5C)
        && !key.utf8.contains(0x0A)
    }.prefix(500).map { CompleteReply.Completion($0, type: "dict key") }
  }

  /// The dictionary that stands before a bracket.
  private func dict(before bracket: Int) -> DictObject? {
    let line = (text[..<bracket].lastIndex(of: 0x0A) ?? -1) + 1
    // The longest expression that ends here and means something.
    var start = line
    while start < bracket {
      if start == line || !Self.isNameByte(text[start - 1]), Self.isNameByte(text[start]) {
        let source = String(decoding: text[start..<bracket], as: UTF8.self)
        if let value = LiveValue(session).value(of: source) { return value.asDict }
      }
      start += 1
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private func files(
    _ written: String, start: Int
  ) -> (matches: [CompleteReply.Completion], start: Int) {
    let slash = written.lastIndex(of: "/").map { written.index(after: $0) } ?? written.startIndex
    let folder = String(written[..<slash])
    let prefix = String(written[slash...])
    let place = start + folder.utf8.count
    let path = folder.isEmpty ? "." : TextFile.expanded(folder)
    guard let directory = opendir(path) else { return ([], place) }
    defer { closedir(directory) }
    var names: [CompleteReply.Completion] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), name != ".", name != "..",
        !name.hasPrefix(".") || prefix.hasPrefix(".")
      else { continue }
      var facts = stat()
      let isFolder = stat(path + "/" + name, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
      names.append(CompleteReply.Completion(isFolder ? name + "/" : name, type: "path"))
      if names.count >= Self.mostFiles { break }
    }
    return (names.sorted { $0.text < $1.text }, place)
  }
}
