import JSONCoding
import Testing

@Suite struct JSONParserTests {
  @Test func readsEveryKindOfValue() throws {
    let value = try JSON.parse(#" {"a": [1, -2, 0.5, true, false, null, "x"], "b": {}} "#)
    #expect(value["a"] == [1, -2, 0.5, true, false, .null, "x"])
    #expect(value["b"] == .object([:]))
  }

  @Test func keepsIntegersAndFloatsApart() throws {
    #expect(try JSON.parse("1") == .int(1))
    #expect(try JSON.parse("1.0") == .double(1))
    #expect(try JSON.parse("1e2") == .double(100))
    #expect(try JSON.parse("-0") == .int(0))
  }

  @Test(arguments: [
    ("9223372036854775807", JSON.int(.max)), ("-9223372036854775808", .int(.min)),
    ("9223372036854775808", .double(9.223372036854775808e18)),
    ("123456789012345678901234567890", .double(1.2345678901234568e29)),
    ("0.1", .double(0.1)), ("123456.789e-3", .double(123.456789)),
    ("5e-324", .double(.leastNonzeroMagnitude)),
    ("2.2250738585072011e-308", .double(.leastNormalMagnitude.nextDown)),
    ("179769313486231570000e289", .double(1.7976931348623157e308)),
    ("1e400", .double(.greatestFiniteMagnitude)), ("-1e400", .double(-.greatestFiniteMagnitude)),
    ("1e-400", .double(0)), ("1e999999999999999999999", .double(.greatestFiniteMagnitude)),
  ])
  func roundsNumbersRight(_ text: String, _ expected: JSON) throws {
    #expect(try JSON.parse(text) == expected)
  }

  /// What Swift itself reads is the measure for floats of any length.
  @Test func readsFloatsAsSwiftDoes() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(try JSON.parse(value.description) == .double(value))
      let digits = "\(random.next() % 1_000_000).\(random.next() % 1_000_000_000)"
      #expect(try JSON.parse(digits).double == Double(digits))
    }
  }

  @Test func readsEscapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00\u0000""#
    #expect(try JSON.parse(text) == "\"\\/\u{8}\u{c}\n\r\tAé😀\0")
  }

  @Test(arguments: [
    #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\u0041""#, #""\udc00\ud800""#,
    #""\ud800\ud800""#,
  ])
  func putsTheReplacementCharacterForLoneSurrogates(_ text: String) throws {
    let value = try JSON.parse(text)
    #expect(value.string?.unicodeScalars.contains("\u{FFFD}") == true)
  }

  @Test func repairsInvalidUTF8() throws {
    #expect(try JSON.parse([0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
    #expect(try JSON.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22]) == "\n\u{FFFD}")
  }

  @Test func theLastOfEqualKeysWins() throws {
    #expect(try JSON.parse(#"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
    #expect(try JSON.parse(#"{"a":1,"b":2,"a":3}"#).object?.keys == ["a", "b"])
  }

  @Test func keysAreComparedByBytes() throws {
    let value = try JSON.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value.object?.count == 2)
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test func skipsAByteOrderMark() throws {
    #expect(try JSON.parse([0xEF, 0xBB, 0xBF, 0x31]) == 1)
  }

  @Test(arguments: [
    "", "  ", "nul", "nulL", "truth", "NaN", "Infinity", "-Infinity", "-", "+1", "01", "-01", "1.",
    ".5", "1e", "1e+", "0x10", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":",
    "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}", "'a'", "\"", "\"a", "\"\\", "\"\\u12",
    "\"\\u12g4\"",
    "\"\\x41\"", "\"a\nb\"", "\"\t\"", "1 2", "{} []", "[1]]", "\"a\" b", "undefined", "//x\n1",
    "]",
  ])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(throws: JSONError.self) { try JSON.parse(text) }
  }

  @Test(arguments: [
    (
      "{\"a\": NaN}",
      "\"NaN\" at line 1, column 7 of the JSON text, where a value was expected"
    ),
    (
      "[1,\n 2",
      "the JSON text ends at line 2, column 3, where a comma or ] was expected; "
        + "is the file complete?"
    ),
    ("1 x", "\"x\" at line 1, column 3, after the end of the JSON value; a text holds one value"),
    ("[1, 2,]", "\"]\" at line 1, column 7 of the JSON text, where a value was expected"),
  ])
  func saysWhereAndWhat(_ text: String, _ message: String) {
    let error = #expect(throws: JSONError.self) { try JSON.parse(text) }
    #expect(error?.description == message)
  }

  @Test func acceptsNestingUpToTheLimit() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSON.parse(nested(JSON.depthLimit))
    #expect(throws: JSONError.self) { try JSON.parse(nested(JSON.depthLimit + 1)) }
    #expect(throws: JSONError.self) { try JSON.parse(nested(1_000_000)) }
    #expect(throws: JSONError.self) { try JSON.parse(String(repeating: "{\"a\":", count: 100_000)) }
    // Depth is nesting, not number.
    _ = try JSON.parse("[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]")
  }

  /// Any bytes give a value or an error; most of all bytes that are nearly right.
  @Test func anyBytesGiveAValueOrAnError() {
    let sample = Array(#"{"a":[1,2.5e-3,"x\u00e9\ud83d\ude00\n",true,null],"b":{"c":"é"}}"#.utf8)
    var random = SplitMix(seed: 1)
    for _ in 0..<50_000 {
      var bytes = sample
      for _ in 0...random.next() % 4 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: place)
        }
      }
      if let value = try? JSON.parse(bytes) {
        #expect((try? JSON.parse(value.write())) == value)
      }
    }
  }

  @Test func everyPrefixOfATextIsRefused() {
    let text = Array(#"{"a":[1,"x\u00e9\ud83d\ude00",true],"b":{"c":null}}"#.utf8)
    for count in 0..<text.count {
      #expect(throws: JSONError.self) { try JSON.parse(Array(text[..<count])) }
    }
  }

  @Test func findsKeysOfLargeObjectsWithoutScanning() throws {
    let members = (0..<50_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",")
    let object = try #require(try JSON.parse("{\(members)}").object)
    #expect(object.count == 50_000)
    for i in 0..<50_000 where object["key\(i)"] != .int(i) { Issue.record("key\(i) is lost") }
  }
}

/// A small seeded generator: the tests run the same cases each time.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
