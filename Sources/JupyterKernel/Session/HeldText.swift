import JupyterProtocol

/// Text that a cell wrote faster than its `OutputBudget` allows. Only the newest `limit` bytes are
/// kept; a sentence says how much is missing.
struct HeldText: Sendable {
  var limit = 1 << 20

  private var pieces: [(name: StreamName, text: String)] = []
  private var first = 0
  private(set) var bytes = 0
  private var dropped = 0

  init(limit: Int = 1 << 20) { self.limit = limit }

  var isEmpty: Bool { first == pieces.count && dropped == 0 }

  mutating func add(_ name: StreamName, _ text: String) {
    var text = text
    let size = text.utf8.count
    if size > limit {
      // The end of it, from the start of a character.
      text = String(decoding: text.utf8.suffix(limit).drop { $0 & 0xC0 == 0x80 }, as: UTF8.self)
      dropped += size - text.utf8.count
    }
    pieces.append((name, text))
    bytes += text.utf8.count
    while bytes > limit, first < pieces.count {
      let size = pieces[first].text.utf8.count
      bytes -= size
      dropped += size
      pieces[first].text = ""
      first += 1
    }
    if first > 1024, first * 2 > pieces.count {
      pieces.removeFirst(first)
      first = 0
    }
  }

  /// Gives what is held, opened by the sentence on what is not, and is empty then.
  mutating func release() -> [(name: StreamName, text: String)] {
    var result = Array(pieces[first...])
    if dropped > 0 {
      let notice =
        "\n[\(dropped) bytes of output are left out here: the cell writes faster than can be "
        + "shown]\n"
      result.insert((name: .stdout, text: notice), at: 0)
    }
    self = HeldText(limit: limit)
    return result
  }
}
