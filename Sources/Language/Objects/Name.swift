import Synchronization

/// An interned name: comparing two is comparing two numbers.
///
/// Names are shared by all machines of the process and live for ever; programs make few of them.
struct Name: Hashable, Sendable {
  let id: Int32

  private struct Table {
    var ids: [String: Int32] = [:]
    var texts: [String] = [""]
  }
  private static let table = Mutex(Table())

  init(id: Int32) { self.id = id }

  /// Names are counted up, not chosen by programs: spreading them is enough, and much cheaper than
  /// the keyed hash of the standard library, which stands in the way of every look-up of a method.
  func _rawHashValue(seed: Int) -> Int { (Int(id) &+ seed) &* Int(bitPattern: 0x9E37_79B9_7F4A_7C15) }

  init(_ text: String) {
    id = Name.table.withLock { table in
      if let known = table.ids[text] { return known }
      let next = Int32(clamping: table.texts.count)
      table.texts.append(text)
      table.ids[text] = next
      return next
    }
  }

  var text: String {
    Name.table.withLock { Int(id) < $0.texts.count ? $0.texts[Int(id)] : "" }
  }
}
