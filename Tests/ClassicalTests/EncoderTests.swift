import Testing

@testable import Classical

@Suite struct EncoderTests {
  @Test func labelsAreNumberedInOrder() throws {
    var encoder = LabelEncoder<String>()
    #expect(throws: ClassicalError.self) { try encoder.transform(["a"]) }
    #expect(try encoder.fitTransform(["b", "a", "c", "a"]) == [1, 0, 2, 0])
    #expect(encoder.classes == ["a", "b", "c"])
    #expect(try encoder.inverseTransform([2, 0]) == ["c", "a"])
    #expect(throws: ClassicalError.unknownLabel(label: "z", known: ["a", "b", "c"])) {
      try encoder.transform(["z"])
    }
    #expect(throws: ClassicalError.self) { try encoder.inverseTransform([3]) }
    #expect(throws: ClassicalError.self) { try encoder.inverseTransform([-1]) }
  }

  @Test func eachCategoryGetsAColumn() throws {
    var encoder = OneHotEncoder<String>()
    try encoder.fit([["b", "a", "c"], ["x", "y", "x"]])
    let table = try encoder.transform([["c", "a"], ["y", "x"]])
    #expect(table.values == [0, 0, 1, 0, 1, 1, 0, 0, 1, 0])
    #expect(try encoder.featureNames(["f", "g"]) == ["f_a", "f_b", "f_c", "g_x", "g_y"])
    #expect(throws: ClassicalError.self) { try encoder.transform([["z"], ["x"]]) }
    #expect(throws: ClassicalError.self) { try encoder.transform([["a"]]) }
    #expect(throws: ClassicalError.self) { try encoder.transform([["a"], ["x", "y"]]) }
    encoder.unknown = .ignore
    #expect(try encoder.transform([["z"], ["x"]]).values == [0, 0, 0, 1, 0])
    encoder.drop = .ifBinary
    #expect(try encoder.transform([["a"], ["y"]]).values == [1, 0, 0, 1])
    encoder.drop = .first
    #expect(try encoder.featureNames(["f", "g"]) == ["f_b", "f_c", "g_y"])
    #expect(throws: ClassicalError.self) { try encoder.fit([]) }
    #expect(throws: ClassicalError.self) { try encoder.fit([["a"], []]) }
  }
}
