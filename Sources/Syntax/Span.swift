/// A stretch of source text in UTF-8 bytes, end not included.
public struct Span: Sendable, Hashable {
  public var start: Int32
  public var end: Int32

  public init(_ start: Int, _ end: Int) {
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }

  /// From the start of one span to the end of another.
  public init(from first: Span, to last: Span) {
    start = first.start
    end = max(first.start, last.end)
  }
}

/// One cell or file: its name as tracebacks show it, its text, its lines.
public final class Source: Sendable {
  /// `Cell In[3]`, `lesson.py`, `<stdin>`.
  public let name: String
  public let text: [UInt8]
  /// The byte offset at which each line starts.
  public let lineStarts: [Int]

  public init(name: String, text: [UInt8]) {
    self.name = name
    self.text = text
    var starts = [0]
    for (offset, byte) in text.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }

  public convenience init(name: String, text: String) { self.init(name: name, text: Array(text.utf8)) }

  /// Line (from 1) and column (from 0, in bytes) of an offset; clamped to the text.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), text.count)
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return (low + 1, offset - lineStarts[low])
  }

  /// The text of a line (from 1) without its end; empty when there is no such line.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : text.count
    if end > start, text[end - 1] == 0x0D { end -= 1 }
    return String(decoding: text[start..<max(start, end)], as: UTF8.self)
  }
}
