import Language

/// The names that Keras gives to what has none: `dense`, `dense_1`, `dense_2`, counted per session.
final class KerasNames {
  private var counts: [String: Int] = [:]

  /// The next name that begins with `prefix`.
  func next(_ prefix: String) -> String {
    let count = counts[prefix, default: 0]
    counts[prefix] = count + 1
    return count == 0 ? prefix : "\(prefix)_\(count)"
  }

  func clear() { counts = [:] }

  /// `leaky_relu` -> `LeakyRelu`.
  static func pascalCase(_ name: String) -> String {
    name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// `MyDense` -> `my_dense`, `ReLU` -> `re_lu`, as Keras writes class names in lower case.
  static func snakeCase(_ name: String) -> String {
    var result = ""
    var before: Character?
    let letters = Array(name)
    for (i, letter) in letters.enumerated() {
      let next = i + 1 < letters.count ? letters[i + 1] : nil
      if letter.isUppercase, let last = before {
        let startsWord = next?.isLowercase ?? false
        if last.isLowercase || (startsWord && last != "_") { result += "_" }
      }
      result += letter.lowercased()
      before = letter
    }
    return result
  }
}

/// A name of the door that stands for one of the library: what is known, and the error for others.
enum KerasIdentifier {
  /// `Could not interpret optimizer identifier: adm`, with the nearest name and the list of all.
  static func unknown(_ kind: String, _ text: String, known: [String]) -> Raise {
    let list = "There are: " + known.joined(separator: ", ") + "."
    let near = Suggestion.nearest(to: text, among: known)
    return Raise(
      .valueError, "Could not interpret \(kind) identifier: \(text)",
      hint: near.map { "Did you mean '\($0)'? " + list } ?? list)
  }
}
