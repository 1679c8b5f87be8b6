import JSONCoding
import Testing

@testable import JupyterProtocol

@Suite struct WireMessageTests {
  private let key = Array("secret".utf8)

  private func frames(
    header: String = #"{"msg_id":"1","msg_type":"x","session":"s","extra":{"a":[1, 2]}}"#,
    content: String = "{}", key: [UInt8]? = nil, identities: [[UInt8]] = [[1, 2]],
    buffers: [[UInt8]] = []
  ) -> [[UInt8]] {
    let parts = [header, "{}", "{}", content].map { Array($0.utf8) }
    let signature = MessageSigner(key: key ?? self.key).sign(parts)
    return identities + [WireMessage.delimiter, signature] + parts + buffers
  }

  @Test func takesAMessageApart() throws {
    var signer = MessageSigner(key: key)
    let message = try WireMessage(
      frames: frames(content: #"{"code":"é"}"#, identities: [[0], [255]], buffers: [[], [7]]),
      signer: &signer)
    #expect(message.identities == [[0], [255]])
    #expect(message.header.messageType == "x")
    #expect(message.header.session == "s")
    #expect(try message.content.get() == ["code": "é"])
    #expect(message.buffers == [[], [7]])
  }

  /// Fields that we do not know must come back in the parent header, in the very bytes.
  @Test func keepsTheHeaderByteForByte() throws {
    let header = #"{ "msg_id":"1",  "msg_type":"x","version":"5.3","zz":1e0,"subshell_id":null }"#
    var signer = MessageSigner(key: key)
    let message = try WireMessage(frames: frames(header: header), signer: &signer)
    #expect(message.header.bytes == Array(header.utf8))
    let sent = WireMessage.frames(
      identities: [], header: [], parent: message.header.bytes, metadata: [:], content: [:],
      signer: signer)
    #expect(sent[3] == Array(header.utf8))
  }

  @Test func aHeaderThatIsNoUTF8IsRepaired() throws {
    var parts = ["", "{}", "{}", "{}"].map { Array($0.utf8) }
    parts[0] = Array(#"{"msg_id":"1","msg_type":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    var signer = MessageSigner(key: key)
    let message = try WireMessage(
      frames: [WireMessage.delimiter, signer.sign(parts)] + parts, signer: &signer)
    #expect(String(validating: message.header.bytes, as: UTF8.self) != nil)
  }

  @Test func whatWeSendWithoutAParentHasAnEmptyOne() {
    let sent = WireMessage.frames(
      identities: [], header: [], parent: nil, metadata: [:], content: [:],
      signer: MessageSigner(key: key))
    #expect(sent[3] == Array("{}".utf8))
  }

  @Test func everyShorterMessageIsRefused() {
    let all = frames()
    for count in 0..<all.count {
      var signer = MessageSigner(key: key)
      #expect(throws: ProtocolError.self) {
        try WireMessage(frames: Array(all[..<count]), signer: &signer)
      }
    }
  }

  @Test func aWrongSignatureIsRefused() {
    let good = frames()
    let signatures: [[UInt8]] = [
      [], [0], Array("0".utf8), Array(repeating: UInt8(ascii: "0"), count: 64),
      good[2].map { $0 ^ 1 }, good[2] + [0],
      Array(String(decoding: good[2], as: UTF8.self).uppercased().utf8),
    ]
    for signature in signatures {
      var bad = good
      bad[2] = signature
      var signer = MessageSigner(key: key)
      #expect(throws: ProtocolError.badSignature) {
        try WireMessage(frames: bad, signer: &signer)
      }
    }
  }

  @Test func theSameMessageIsTakenOnce() throws {
    var signer = MessageSigner(key: key)
    _ = try WireMessage(frames: frames(), signer: &signer)
    #expect(throws: ProtocolError.replayed) { try WireMessage(frames: frames(), signer: &signer) }
  }

  @Test func withoutAKeyNothingIsSigned() throws {
    var signer = MessageSigner(key: [])
    #expect(signer.sign([[1]]) == [])
    for _ in 0..<2 { _ = try WireMessage(frames: frames(key: []), signer: &signer) }
    var anySignature = frames(key: [])
    anySignature[2] = Array("whatever".utf8)
    _ = try WireMessage(frames: anySignature, signer: &signer)
  }

  @Test(arguments: [
    "", "null", "[]", "1", "{}", #"{"msg_id":"1"}"#, #"{"msg_id":1,"msg_type":"x"}"#,
    #"{"msg_id":"1","msg_type":null}"#, #"{"msg_id":"1","msg_type":NaN}"#,
    #"{"msg_id":"1","msg_type":["x"]}"#, "{\"msg_id\"",
  ])
  func aHeaderWithoutIdOrTypeIsRefused(_ header: String) {
    var signer = MessageSigner(key: key)
    #expect(throws: ProtocolError.self) {
      try WireMessage(frames: frames(header: header), signer: &signer)
    }
  }

  @Test func aHeaderOfAMegabyteIsRefused() {
    let header =
      #"{"msg_id":"1","msg_type":"x","pad":""# + String(repeating: "x", count: 1 << 20) + "\"}"
    var signer = MessageSigner(key: key)
    #expect(throws: ProtocolError.self) {
      try WireMessage(frames: frames(header: header), signer: &signer)
    }
  }

  /// The sender can be answered: the header is readable.
  @Test(arguments: ["", "[]", "null", "{", String(repeating: "[", count: 100_000), "{\"a\":NaN}"])
  func aBrokenContentIsReportedInTheMessage(_ content: String) throws {
    var signer = MessageSigner(key: key)
    let message = try WireMessage(frames: frames(content: content), signer: &signer)
    #expect(throws: ProtocolError.self) { try message.content.get() }
  }
}

@Suite struct MessageSignerTests {
  /// RFC 4231, test case 2.
  @Test func computesHMACSHA256() {
    let signer = MessageSigner(key: Array("Jefe".utf8))
    let signature = signer.sign([Array("what do ya want ".utf8), Array("for nothing?".utf8)])
    #expect(
      String(decoding: signature, as: UTF8.self)
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func keysOfAnyLengthWork() {
    let lengths = [1, 31, 32, 33, 64, 65, 1000]
    let signatures = lengths.map { MessageSigner(key: Array(repeating: 7, count: $0)).sign([[1]]) }
    #expect(Set(signatures).count == lengths.count)
  }

  @Test func manyMessagesAreTakenAndOldOnesForgotten() throws {
    var signer = MessageSigner(key: [1])
    func part(_ i: Int) -> [[UInt8]] { [Array("\(i)".utf8)] }
    let count = 70_000
    for i in 0..<count { try signer.verify(signer.sign(part(i)), of: part(i)) }
    // Recent ones are known, the first ones are not any more.
    #expect(throws: ProtocolError.replayed) {
      try signer.verify(signer.sign(part(count - 1)), of: part(count - 1))
    }
    try signer.verify(signer.sign(part(0)), of: part(0))
  }
}

@Suite struct TimestampTests {
  @Test func printsISO8601() {
    let moment = Timestamp(microseconds: 1_717_156_800_123_456)
    #expect(moment.iso8601 == "2024-05-31T12:00:00.123456Z")
    #expect(Timestamp(microseconds: 0).iso8601 == "1970-01-01T00:00:00.000000Z")
    #expect(Timestamp(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999Z")
    _ = Timestamp(microseconds: .max).iso8601
    _ = Timestamp(microseconds: .min).iso8601
  }

  @Test func nowIsNow() {
    #expect(Timestamp.now.iso8601 > "2024")
  }
}
