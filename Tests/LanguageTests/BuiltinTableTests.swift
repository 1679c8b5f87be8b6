import TestSupport
import Testing

@testable import Language

/// What has to hold for every row of the tables of built-in methods.
@Suite struct BuiltinTableTests {
  private static let kinds: [BuiltinKind] = [
    .int, .float, .string, .bytes, .list, .tuple, .dict, .dictView, .set, .frozenSet, .range, .slice,
    .generator, .exception, .property,
  ]

  /// Rows of one kind, whatever they are called on.
  private static func rows(_ kind: BuiltinKind) -> [Native] {
    BuiltinMethods.rows(for: kind) + BuiltinMethods.statics(for: kind)
      + BuiltinMethods.classMethods(for: kind)
  }

  @Test(arguments: kinds)
  func everyRowSaysWhatItDoes(_ kind: BuiltinKind) throws {
    for row in BuiltinTableTests.rows(kind) {
      #expect(row.doc.hasSuffix("."), "\(row.signature)")
      #expect(row.doc.count > 8, "\(row.signature)")
      _ = try NativeSignature(row.signature)
    }
  }

  @Test(arguments: kinds)
  func noNameStandsTwiceInATable(_ kind: BuiltinKind) {
    let names = BuiltinTableTests.rows(kind).map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: kinds)
  func everyExampleRuns(_ kind: BuiltinKind) throws {
    let examples = BuiltinTableTests.rows(kind).compactMap(\.example)
    for example in examples {
      let output = try outputOfProgram(example, named: "<example>")
      #expect(!output.contains("Error"), "\(example): \(output)")
    }
  }

  @Test(arguments: kinds)
  func everyRowBesidesThoseOfPropertiesHasAnExample(_ kind: BuiltinKind) {
    if kind == .property { return }
    for row in BuiltinTableTests.rows(kind) { #expect(row.example != nil, "\(row.signature)") }
  }
}
