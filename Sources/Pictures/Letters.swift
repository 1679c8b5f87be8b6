/// Letters as closed outlines, by the size of one em.
enum Letters {
  struct Letter: Sendable {
    /// In 64ths of an em.
    let advance: Double
    /// x to the right, y upwards from the base line, in 64ths of an em.
    let outlines: [[(x: Double, y: Double)]]
  }

  static let all: [Character: Letter] = {
    var letters: [Character: Letter] = [:]
    for line in LetterData.lines.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 3, let name = parts[0].first, let advance = Double(parts[1]) else {
        continue
      }
      let outlines = parts[2].split(separator: " ").map { text -> [(x: Double, y: Double)] in
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count - 1, by: 2).map {
          (number(bytes[$0]), number(bytes[$0 + 1]))
        }
      }
      letters[name] = Letter(advance: advance, outlines: outlines)
    }
    return letters
  }()

  /// Characters from `#` on, without the backslash, stand for -24, -23 ...
  private static func number(_ byte: UInt8) -> Double {
    Double(Int(byte) - 35 - (byte > 92 ? 1 : 0) - 24)
  }

  /// A letter; what is not there is an empty box.
  static func letter(_ character: Character) -> Letter {
    if let letter = all[character] { return letter }
    if let base = character.unicodeScalars.first, let letter = all[Character(base)] { return letter }
    return Letter(
      advance: 38,
      outlines: [
        [(4, 0), (34, 0), (34, 46), (4, 46)], [(7, 3), (31, 3), (31, 43), (7, 43)],
      ])
  }

  static func width(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + letter($1).advance } / 64 * size
  }
}
