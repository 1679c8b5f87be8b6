/// A pattern with `*` for any text and `?` for one character, matched against the whole.
struct Glob {
  private let pattern: [Unicode.Scalar]

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  /// Greedy with one point to come back to, the last `*`: linear for most patterns, and never worse
  /// than the product of the lengths.
  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var t = 0
    var p = 0
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        p = last.pattern + 1
        t = last.text + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
