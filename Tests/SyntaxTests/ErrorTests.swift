import Testing

@testable import Syntax

@Suite struct ErrorTests {
  /// Wrong programs whose sentence is not CPython's, with the reason.
  private let different: [String: String] = [
    // A field of an f-string may not be cut short; CPython's own answer is of its second parser.
    "f\"{f(a=1, 2)}\"": "f-string: positional argument follows keyword argument",
  ]

  /// `Golden/errors.cpython.txt` is made by CPython 3.11 from `Golden/errors.txt`.
  @Test func classAndMessageAreThoseOfCPython() throws {
    let programs = try goldenChunks("errors.txt")
    let expected = try goldenChunks("errors.cpython.txt").dropFirst()
    #expect(programs.count == expected.count)
    #expect(programs.count > 500)
    for (program, answer) in zip(programs, expected) {
      let parts = answer.split(separator: "|", maxSplits: 2).map(String.init)
      guard let found = diagnostic(of: program + "\n") else {
        #expect(parts == ["accepted"], "\(program)")
        continue
      }
      // Refused by name: DialectTests.
      if found.kind == .notInDialect { continue }
      let message = different[program] ?? parts.last ?? ""
      #expect(found.message == message, "\(program)")
      #expect(found.exceptionName == parts.first, "\(program)")
    }
  }

  /// The places, beside the messages: a snapshot to be looked at when it changes.
  @Test func placesAreAsRecorded() throws {
    var text = ""
    for program in try goldenChunks("errors.txt") {
      let found = diagnostic(of: program + "\n")
      text += program + "\n"
      if let found {
        text +=
          "=> \(found.exceptionName) \(place(found.span, in: program + "\n")) \(found.message)\n"
      } else {
        text += "=> accepted\n"
      }
    }
    try expectSnapshot(text, "errors.places.txt")
  }

  /// Where CPython knows the place of an error to the byte, ours is the same, except for the groups
  /// named below.
  @Test func mostPlacesAreThoseOfCPython() throws {
    let programs = try goldenChunks("errors.txt")
    let expected = try goldenChunks("errors.cpython.txt").dropFirst()
    for (program, answer) in zip(programs, expected) {
      let parts = answer.split(separator: "|", maxSplits: 2).map(String.init)
      guard parts.count == 3, let found = diagnostic(of: program + "\n"),
        found.message == parts[2], !isPlacedOtherwise(found, program)
      else { continue }
      let ours = place(found.span, in: program + "\n").split(separator: "-")
      let theirs = parts[1].split(separator: "-")
      #expect(ours.first == theirs.first, "\(program)")
      // CPython often knows only where an error starts.
      if theirs.first != theirs.last { #expect(ours.last == theirs.last, "\(program)") }
    }
  }

  private func isPlacedOtherwise(_ found: Diagnostic, _ program: String) -> Bool {
    // CPython places errors in literals behind the literal or relative to a field; ours are exact.
    if found.message.contains("f-string") || found.message.contains("codec")
      || found.message.contains("escape") || found.message.contains("bytes")
      || program.hasPrefix("f\"")
    {
      return true
    }
    // CPython points behind the indentation or the line; ours mark the indentation.
    if found.kind == .indentation || found.message.contains("'except' or 'finally'") { return true }
    // CPython points behind the backslash.
    if found.message.contains("line continuation") || found.message.contains("unexpected EOF") {
      return true
    }
    // A decorator without a function: CPython gives column -1.
    return program.hasPrefix("@")
  }

  @Test func errorsOfLaterPassesComeLastAndInOrder() {
    #expect(diagnostic(of: "return 1\nx = = 2")?.message == "invalid syntax")
    #expect(
      diagnostic(of: "break\ndef f(a, a): pass")?.message
        == "duplicate argument 'a' in function definition")
    #expect(diagnostic(of: "f(a=1, a=2)\nbreak")?.message == "keyword argument repeated: a")
  }

  @Test func anUnclosedBracketExplainsErrorsOnLaterLines() {
    let found = diagnostic(of: "x = foo(1,\ny = 2\nz = 3\n")
    #expect(found?.message == "'(' was never closed")
    #expect(found?.kind == .unfinished)
    #expect(found?.span == Span(7, 8))
  }

  @Test func bytesThatAreNoUTF8AreNamed() throws {
    for (bytes, reason) in [
      ([0x78, 0xFF], "invalid start byte"), ([0xC3], "unexpected end of data"),
      ([0xE2, 0x41, 0x41], "invalid continuation byte"),
      ([0xED, 0xA0, 0x80], "invalid continuation byte"),
    ] as [([UInt8], String)] {
      let found = #expect(throws: Diagnostic.self) {
        try parse(Source(name: "<test>", text: bytes))
      }
      #expect(
        found?.message.hasPrefix("(unicode error) 'utf-8' codec can't decode byte 0x") == true)
      #expect(found?.message.hasSuffix(reason) == true)
    }
    #expect(diagnostic(of: "x = '\0'")?.message == "source code cannot contain null bytes")
  }
}
