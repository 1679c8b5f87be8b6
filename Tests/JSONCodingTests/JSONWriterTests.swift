import JSONCoding
import Testing

@Suite struct JSONWriterTests {
  @Test func writesOnOneLine() {
    let value: JSON = ["a": [1, -2, 0.5, true, .null], "b": [:], "c": [], "d": "x"]
    #expect(value.text == #"{"a":[1,-2,0.5,true,null],"b":{},"c":[],"d":"x"}"#)
  }

  @Test func writesForPeople() {
    let value: JSON = ["a": [1, ["b": 2]], "c": [], "d": [:]]
    #expect(
      String(decoding: value.write(indent: 1), as: UTF8.self) == """
        {
         "a": [
          1,
          {
           "b": 2
          }
         ],
         "c": [],
         "d": {}
        }
        """)
  }

  @Test func neverWritesWhatIsNoJSON() {
    #expect(
      JSON.array([.double(.nan), .double(.infinity), .double(-.infinity)]).text
        == "[null,null,null]")
  }

  @Test(arguments: [
    (0.1, "0.1"), (1.0, "1.0"), (-0.0, "-0.0"), (1e16, "1e+16"),
    (.leastNonzeroMagnitude, "5e-324"),
    (0.1 + 0.2, "0.30000000000000004"), (1e100, "1e+100"),
  ])
  func floatsHaveTheFewestDigits(_ value: Double, _ text: String) {
    #expect(JSON.double(value).text == text)
  }

  @Test func escapesWhatMustBe() {
    #expect(
      JSON.string("\"\\/\n\r\t\u{8}\u{c}\0\u{1f}é😀\u{2028}").text
        == "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0000\\u001fé😀\u{2028}\"")
  }

  @Test func readsBackAsTheSameValue() throws {
    let value: JSON = [
      "int": .int(.min), "float": 1e-7, "text": "a\0\u{FFFD}\"", "nested": [[[]], [["x": .null]]],
      "": false,
    ]
    #expect(try JSON.parse(value.write()) == value)
    #expect(try JSON.parse(value.write(indent: 2)) == value)
    #expect(try JSON.parse(value.write()).object?.keys == value.object?.keys)
  }

  @Test func cutsEndlessNesting() throws {
    var value: JSON = []
    for _ in 0..<JSON.depthLimit + 100 { value = [value] }
    _ = try JSON.parse(value.write())
  }
}

@Suite struct JSONObjectTests {
  @Test func keepsTheOrderOfKeys() {
    var object: JSON.Object = ["b": 1, "a": 2]
    object["c"] = 3
    object["b"] = 4
    #expect(object.keys == ["b", "a", "c"])
    object["a"] = nil
    #expect(object.keys == ["b", "c"])
    #expect(object["b"] == 4)
  }

  /// Below and above the size at which an index is kept.
  @Test(arguments: [3, 16, 17, 40]) func behavesTheSameAtEverySize(_ count: Int) {
    var object = JSON.Object()
    for i in 0..<count { object["\(i)"] = .int(i) }
    #expect(object.count == count)
    object["0"] = nil
    #expect(object["0"] == nil)
    for i in 1..<count { #expect(object["\(i)"] == .int(i)) }
    object["0"] = 0
    #expect(object.keys.last == "0")
    #expect(object.map(\.key) == object.keys)
    var other = JSON.Object()
    for i in (0..<count).reversed() { other["\(i)"] = .int(i) }
    #expect(object == other)
    other["1"] = "x"
    #expect(object != other)
  }
}
