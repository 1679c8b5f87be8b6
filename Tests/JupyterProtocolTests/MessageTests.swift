import Display
import JSONCoding
import Testing

@testable import JupyterProtocol

@Suite struct MessageTests {
  @Test(arguments: messageSamples.keys.sorted())
  func aSampleComesThroughUnchanged(_ type: String) throws {
    let sample = try JSON.parse(try #require(messageSamples[type]))
    let kind = try #require(MessageRegistry.all.first { $0.messageType == type })
    #expect(JSON.object(try kind.init(content: sample).content) == sample)
  }

  @Test func everyRegisteredTypeHasASample() {
    #expect(Set(MessageRegistry.all.map { $0.messageType }) == Set(messageSamples.keys))
    #expect(MessageRegistry.all.count == messageSamples.count)
  }

  @Test func everyRequestHasAReplyThatIsRegistered() {
    let types = Set(MessageRegistry.all.map { $0.messageType })
    for type in types where type.hasSuffix("_request") {
      // A question to the person is answered by input_reply, which goes the other way.
      #expect(MessageRegistry.replyType(to: type).map(types.contains) == true, "\(type)")
    }
    #expect(MessageRegistry.replyType(to: "comm_msg") == nil)
  }

  /// Contents of every wrong shape are refused or read with defaults; none traps.
  @Test func anyContentGivesAMessageOrAnError() throws {
    let wrong: [JSON] = [
      .null, true, 1, -1, 1.5, .double(1e300), "x", [], [1], [:], ["a": 1], [.null], [["a"]],
    ]
    for kind in MessageRegistry.all {
      for value in wrong { _ = try? kind.init(content: value) }
      let sample = try JSON.parse(messageSamples[kind.messageType] ?? "{}").object ?? [:]
      for key in sample.keys {
        for value in wrong {
          var broken = sample
          broken[key] = value
          if let message = try? kind.init(content: .object(broken)) { _ = message.content.write() }
        }
        var missing = sample
        missing[key] = nil
        _ = try? kind.init(content: .object(missing))
      }
    }
  }
}

@Suite struct ExecuteRequestTests {
  @Test func fieldsHaveTheDefaultsOfTheSpecification() throws {
    let request = try ExecuteRequest(content: ["code": "x"])
    #expect(request == ExecuteRequest(code: "x"))
    #expect(request.storeHistory && request.allowStdin && request.stopOnError && !request.silent)
  }

  @Test func aSilentCellIsNeverStored() throws {
    let request = try ExecuteRequest(content: ["code": "", "silent": true, "store_history": true])
    #expect(!request.storeHistory)
  }

  @Test func theCodeMustBeThere() {
    let error = #expect(throws: ProtocolError.self) { try ExecuteRequest(content: [:]) }
    #expect(error?.description == "the field \"code\" must be a string")
  }

  @Test func userExpressionsKeepTheirOrder() throws {
    let request = try ExecuteRequest(
      content: ["code": "", "user_expressions": ["z": "1", "a": "2"]])
    #expect(request.userExpressions.map(\.name) == ["z", "a"])
  }
}

@Suite struct CursorTests {
  /// One scalar is one place, whatever it takes in bytes, UTF-16 units or on the screen.
  @Test func countsUnicodeScalars() {
    let code = "e\u{301}👩‍👩‍👧 = 1"
    #expect(CompleteRequest(code: code, cursor: 7).cursor == 7)
    #expect(CompleteRequest(code: code, cursor: 1000).cursor == code.unicodeScalars.count)
    #expect(CompleteRequest(code: "\r\n\r\n", cursor: 4).cursor == 4)
  }

  @Test(arguments: [-1, Int.min, Int.max, 99]) func isClampedToTheCode(_ cursor: Int) {
    #expect((0...2).contains(CompleteRequest(code: "ab", cursor: cursor).cursor))
    #expect((0...2).contains(InspectRequest(code: "ab", cursor: cursor, detail: cursor).cursor))
  }

  @Test func hugeNumbersAreClamped() throws {
    let content = try JSON.parse(#"{"code":"ab","cursor_pos":1e300}"#)
    #expect(try CompleteRequest(content: content).cursor == 2)
    let negative = try JSON.parse(#"{"code":"ab","cursor_pos":-99999999999999999999}"#)
    #expect(try CompleteRequest(content: negative).cursor == 0)
  }

  @Test func aMissingCursorStandsAtTheEnd() throws {
    #expect(try CompleteRequest(content: ["code": "ab"]).cursor == 2)
  }
}

@Suite struct ReplyTests {
  @Test func anErrorReplyCarriesTheErrorAndWhatClientsRead() {
    let error = CellError(ename: "E", evalue: "v", traceback: ["t"])
    let content = ExecuteReply(executionCount: 2, outcome: .ended(.error(error))).content
    #expect(content["status"] == "error")
    #expect(content["execution_count"] == 2)
    #expect(content["traceback"] == ["t"])
    #expect(content["user_expressions"] == [:])
    #expect(content["payload"] == [])
    for (name, value) in ErrorMessage(error).content { #expect(content[name] == value) }
  }

  @Test func anAbortedReplySaysSo() {
    #expect(ExecuteReply(executionCount: 0, outcome: .aborted).content["status"] == "aborted")
  }

  @Test func nothingFoundIsAReplyToo() {
    let content = InspectReply(nil).content
    #expect(content["status"] == "ok")
    #expect(content["found"] == false)
    #expect(content["data"] == [:])
  }
}
