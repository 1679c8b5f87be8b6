import Foundation
import Testing

@testable import Frames

@Suite struct CSVReaderTests {
  private func read(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> Frame {
    try Frame.readCSV(text: text, options)
  }

  private func cells(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> [[Cell]] {
    let frame = try read(text, options)
    return try (0..<frame.rowCount).map { try frame.row($0) }
  }

  @Test func findsTypes() throws {
    let frame = try read("i,f,b,s,m\n1,1.5,True,x,\n-2,2,false,y,\n")
    #expect(frame.names == ["i", "f", "b", "s", "m"])
    #expect(frame.columns.map(\.typeName) == ["int64", "float64", "bool", "str", "float64"])
    #expect(try frame.row(1) == [.int(-2), .float(2), .bool(false), .string("y"), .missing])
  }

  @Test func missingTurnsIntsToFloats() throws {
    #expect(try cells("a,b\n1,\nNA,2\n") == [[.float(1), .missing], [.missing, .float(2)]])
    #expect(
      try cells("a,b\nTrue,x\nnull,n/a\n") == [[.bool(true), .string("x")], [.missing, .missing]])
  }

  @Test func keepsTheSpellingOfAColumnThatEndsAsText() throws {
    #expect(
      try cells("a,b,c\n007,1.50,True\n8,x,1\nz,2,y\n") == [
        [.string("007"), .string("1.50"), .string("True")],
        [.string("8"), .string("x"), .string("1")], [.string("z"), .string("2"), .string("y")],
      ])
    #expect(
      try cells("id\n12345678901234567890\n1\n") == [
        [.string("12345678901234567890")], [.string("1")],
      ])
  }

  @Test func readsQuotesAsRFC4180() throws {
    #expect(
      try cells("a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n\"\",\"3\"\n") == [
        [.string("x,\"y\""), .string("two\nlines")], [.missing, .string("3")],
      ])
    #expect(try cells("a\n\"b\"c\n5\"\n") == [[.string("bc")], [.string("5\"")]])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "a,b\n\n1,2\n  \n3,4\n\n",
  ])
  func takesAnyLineEnd(_ text: String) throws {
    #expect(try read(text).columns == [.int([1, 3]), .int([2, 4])])
  }

  @Test func sniffsTheSeparator() throws {
    for separator in [",", ";", "\t", "|"] {
      #expect(try read("a\(separator)b\n1\(separator)2\n").names == ["a", "b"])
    }
    #expect(try read("a;b\n1,5;2,5\n3,5;4\n").names == ["a", "b"])
    #expect(try read("one column\n1\n2\n").columns == [.int([1, 2])])
    #expect(try read("a,\"x;y;z\"\n1,2\n").names == ["a", "x;y;z"])
  }

  @Test func skipsByteOrderMarks() throws {
    #expect(try Frame.readCSV(bytes: [0xEF, 0xBB, 0xBF] + Array("a\n1\n".utf8)).names == ["a"])
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "é,b\n1,ö\n".utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let frame = try Frame.readCSV(bytes: wide)
    #expect(frame.names == ["é", "b"])
    #expect(try frame.row(0) == [.int(1), .string("ö")])
  }

  @Test func repairsBrokenUTF8() throws {
    let frame = try Frame.readCSV(bytes: Array("a\nx".utf8) + [0xFF] + Array("y\n".utf8))
    #expect(try frame.row(0) == [.string("x\u{FFFD}y")])
  }

  @Test func namesColumns() throws {
    #expect(try read("a,a,,a.1\n1,2,3,4\n").names == ["a", "a.2", "Unnamed: 2", "a.1"])
    #expect(try read("1,2\n3,4\n", CSVOptions(header: .none)).names == ["0", "1"])
    #expect(try read("1,2\n", CSVOptions(names: ["x", "y"])).columns == [.int([1]), .int([2])])
    #expect(
      try read("t\n\nx,y\n1,2\n", CSVOptions(separator: 44, header: .row(1))).names == ["x", "y"])
    #expect(try read("#\n#\nx,y\n1,2\n", CSVOptions(skipRows: 2)).names == ["x", "y"])
    #expect(throws: FrameError.self) { try read("1,2\n", CSVOptions(names: ["x"])) }
  }

  @Test func takesPartsOfAFile() throws {
    let text = "a,b,c\n1,2,3\n4,5,6\n7,8,9\n"
    #expect(try read(text, CSVOptions(columns: ["c", "a"])).names == ["a", "c"])
    #expect(try read(text, CSVOptions(maxRows: 2)).rowCount == 2)
    #expect(try read(text, CSVOptions(maxRows: 0)).names == ["a", "b", "c"])
    #expect(throws: FrameError.self) { try read(text, CSVOptions(columns: ["z"])) }
  }

  @Test func ownMissingTexts() throws {
    let options = CSVOptions(missingTexts: ["?"], usesDefaultMissingTexts: false)
    #expect(try cells("a\n?\nNA\n", options) == [[.missing], [.string("NA")]])
  }

  @Test func aShortRowEndsInMissingValues() throws {
    #expect(try cells("a,b,c\n1,2\n4,5,6\n")[0] == [.int(1), .int(2), .missing])
  }

  @Test func saysWhichRowIsTooLong() {
    #expect(throws: FrameError.raggedRow(path: "text", line: 4, expected: 2, found: 3)) {
      try read("a,b\n\"1\n\",2\n1,2,3\n", CSVOptions(separator: 0x2C))
    }
    #expect(
      FrameError.raggedRow(path: "d.csv", line: 4, expected: 2, found: 3).description
        == "'d.csv', line 4: expected 2 fields, found 3; fix the line, quote the field that holds "
        + "the separator, or name another separator")
  }

  @Test func saysWhereAQuoteWasOpened() {
    #expect(throws: FrameError.unclosedQuote(path: "text", line: 3)) {
      try read("a,b\n1,2\n\"x,2\n3,4\n")
    }
  }

  @Test func saysWhatIsWrongWithAFile() throws {
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: FrameError.fileNotFound(path: folder + "/no-such-file.csv")) {
      try Frame.readCSV(path: folder + "/no-such-file.csv")
    }
    #expect(throws: FrameError.isDirectory(path: folder)) { try Frame.readCSV(path: folder) }
    #expect(throws: FrameError.emptyFile(path: "text")) { try read("") }
    #expect(throws: FrameError.emptyFile(path: "text")) { try read("\n\n") }
  }

  @Test func recordsAcrossBlocksAreWhole() throws {
    // 3 MB: the ends of blocks fall into numbers, quotes and line ends.
    var text = "n,f,s\r\n"
    let rows = 60_000
    for i in 0..<rows { text += "\(i),\(Double(i) / 8),\"text \(i),\n\"\"x\"\"\"\r\n" }
    let frame = try read(text)
    #expect(frame.rowCount == rows)
    #expect(frame.columns[0] == .int(Array(0..<rows)))
    #expect(frame.columns[1] == .float((0..<rows).map { Double($0) / 8 }))
    for i in stride(from: 0, to: rows, by: 1237) {
      #expect(frame.columns[2][i] == .string("text \(i),\n\"x\""))
    }
  }

  /// 5 MB without quotes: blocks after the first are cut into parts for several threads.
  @Test(arguments: ["\n", "\r\n"])
  func partsReadBySeveralThreadsAreOneTable(_ lineEnd: String) throws {
    var text = "n,f,g,s,m,b,t" + lineEnd
    let rows = 150_000
    for i in 0..<rows {
      let g = i < 120_000 ? "\(i)" : i % 3 == 0 ? "" : "\(i).5"
      let t = i == 110_000 ? "word" : "00\(i)"
      let m = i < 140_000 ? "" : "late"
      text += "\(i),\(Double(i) / 16),\(g),s\(i % 7),\(m),\(i % 2 == 0),\(t)" + lineEnd
      if i % 10_000 == 0 { text += lineEnd }
    }
    let frame = try read(text)
    #expect(
      frame.columns.map(\.typeName) == ["int64", "float64", "float64", "str", "str", "bool", "str"])
    #expect(frame.columns[0] == .int(Array(0..<rows)))
    #expect(frame.columns[1] == .float((0..<rows).map { Double($0) / 16 }))
    #expect(frame.columns[5] == .bool((0..<rows).map { $0 % 2 == 0 }))
    for i in stride(from: 0, to: rows, by: 997) {
      let g: Cell =
        i < 120_000 ? .float(Double(i)) : i % 3 == 0 ? .missing : .float(Double(i) + 0.5)
      #expect(frame.columns[2][i] == g)
      #expect(frame.columns[3][i] == .string("s\(i % 7)"))
      #expect(frame.columns[4][i] == (i < 140_000 ? .missing : .string("late")))
      #expect(frame.columns[6][i] == .string(i == 110_000 ? "word" : "00\(i)"))
    }
    #expect(try read(text, CSVOptions(maxRows: 130_000)).rowCount == 130_000)
  }

  @Test func lineNumbersCountThroughAllParts() throws {
    let rows = 400_000
    var lines = (0..<rows).map { "\($0),\($0 % 5 == 0 ? "" : "1")" }
    for i in stride(from: 0, to: rows, by: 7) { lines[i] = "" }
    for wrong in [3, 150_000, 250_001, 399_999] {
      var text = lines
      text[wrong] = "1,2,3"
      #expect(
        throws: FrameError.raggedRow(path: "text", line: wrong + 2, expected: 2, found: 3)
      ) { try read("a,b\n" + text.joined(separator: "\n"), CSVOptions(separator: 0x2C)) }
    }
  }

  @Test func aRecordMayBeLongerThanABlock() throws {
    let long = String(repeating: "x", count: 3 << 20)
    let frame = try read("a,b\n1,\"\(long)\"\n2,y\n")
    #expect(frame.columns[0] == .int([1, 2]))
    #expect(frame.columns[1][0] == .string(long))
  }

  @Test func anyBytesGiveATableOrAnError() {
    var state: UInt64 = 88_172_645_463_325_252
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let alphabet = Array("01-+.eE,;\"\"\r\n\n \tTrueNAinf\u{e4}".utf8) + [0x00, 0xFF, 0xFE]
    for _ in 0..<3000 {
      let bytes = (0..<random(60)).map { _ in alphabet[random(alphabet.count)] }
      do {
        let frame = try Frame.readCSV(bytes: bytes)
        #expect(frame.columns.allSatisfy { $0.count == frame.rowCount })
      } catch {
        #expect(error is FrameError)
      }
    }
  }
}
