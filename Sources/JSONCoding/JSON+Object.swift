extension JSON {
  /// An object in key order. Setting a key that exists keeps its place.
  ///
  /// Two keys are the same key when their bytes are the same. Swift's `String ==` also holds
  /// `"é"` and `"e\u{301}"` for one, which would drop entries of a vocabulary file.
  public struct Object: Sendable, ExpressibleByDictionaryLiteral {
    // Messages have a handful of keys, where a scan beats hashing and allocates nothing; the
    // index exists only above `scanLimit` entries (vocabularies have 30 000).
    private var entries: [Entry] = []
    private var index: [ByteKey: Int] = [:]
    private static let scanLimit = 16

    public init() {}

    public init(dictionaryLiteral elements: (String, JSON)...) {
      for (key, value) in elements { self[key] = value }
    }

    public var isEmpty: Bool { entries.isEmpty }
    public var count: Int { entries.count }
    public var keys: [String] { entries.map(\.key) }

    public subscript(key: String) -> JSON? {
      get { position(of: key).map { entries[$0].value } }
      set {
        switch (position(of: key), newValue) {
        case (let found?, let value?):
          entries[found].value = value
        case (nil, let value?):
          entries.append(Entry(key: key, value: value))
          if entries.count > Self.scanLimit { extendIndex() }
        case (let found?, nil):
          entries.remove(at: found)
          index = [:]
          if entries.count > Self.scanLimit { extendIndex() }
        case (nil, nil): break
        }
      }
    }

    private func position(of key: String) -> Int? {
      if entries.count > Self.scanLimit { return index[ByteKey(text: key)] }
      return entries.firstIndex { ByteKey.same($0.key, key) }
    }

    /// Enters what the index lacks: everything when the scan limit is crossed, else the last one.
    private mutating func extendIndex() {
      for place in index.count..<entries.count { index[ByteKey(text: entries[place].key)] = place }
    }
  }
}

extension JSON.Object: Equatable {
  /// Equal with the same members in any order.
  public static func == (a: JSON.Object, b: JSON.Object) -> Bool {
    a.count == b.count && a.allSatisfy { b[$0.key] == $0.value }
  }
}

extension JSON.Object: Sequence {
  public func makeIterator() -> AnyIterator<(key: String, value: JSON)> {
    var entries = self.entries.makeIterator()
    return AnyIterator { entries.next().map { (key: $0.key, value: $0.value) } }
  }
}

private struct Entry: Sendable {
  let key: String
  var value: JSON
}

/// A key that is compared by its UTF-8 bytes.
private struct ByteKey: Hashable, Sendable {
  let text: String

  static func == (a: ByteKey, b: ByteKey) -> Bool { same(a.text, b.text) }

  func hash(into hasher: inout Hasher) {
    var copy = text
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  static func same(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8)
  }
}
