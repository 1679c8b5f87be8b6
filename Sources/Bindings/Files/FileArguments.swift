import Language
import TensorCore

// Files as arguments of rows that load and save: a path, or an object that is read from or written to.

extension Arguments {
  /// A path: text or an object with `__fspath__`; nil for everything else.
  func path(_ index: Int) throws -> String? {
    if let text = self[index].asString {
      if text.swiftString.utf8.contains(0) { throw Raise(.valueError, "embedded null byte") }
      return text.swiftString
    }
    if self[index].asInstance != nil,
      let method = try machine.optionalAttribute(self[index], "__fspath__")
    {
      return try machine.call(method, []).swiftString
    }
    return nil
  }

  /// The bytes of a file: by its path, or by its `read` method.
  func input(_ index: Int) throws -> InputBytes {
    if let path = try path(index) { return try InputBytes(path: path) }
    guard let read = try machine.optionalAttribute(self[index], "read") else {
      throw notAFile(index, "read")
    }
    guard let bytes = try machine.call(read, []).asBytes else {
      throw Raise(
        .typeError, "\(name): the file gives text, bytes are needed",
        hint: "open it with mode 'rb'")
    }
    return InputBytes(bytes, name: "<file>")
  }

  /// Hands the body something to write to: the file of a path, or memory whose bytes the object's
  /// `write` method gets.
  ///
  /// - Parameter suffix: what a path ends in; it is added when it is missing.
  func output(
    _ index: Int, suffix: String = "", _ body: (OutputBytes, _ path: String?) throws -> Void
  ) throws {
    if let path = try path(index) {
      let full = path.hasSuffix(suffix) ? path : path + suffix
      return try body(OutputBytes(path: full), full)
    }
    guard let write = try machine.optionalAttribute(self[index], "write") else {
      throw notAFile(index, "write")
    }
    let output = OutputBytes()
    try body(output, nil)
    _ = try machine.call(write, [.object(BytesObject(output.bytes))])
  }

  private func notAFile(_ index: Int, _ method: String) -> Raise {
    Raise(
      .attributeError, "'\(machine.typeName(self[index]))' object has no attribute '\(method)'",
      hint: "\(name) takes a path or an open file")
  }
}

extension Value {
  var asBytes: [UInt8]? {
    if case .object(let object) = self, let bytes = object as? BytesObject { bytes.bytes } else { nil }
  }
}
