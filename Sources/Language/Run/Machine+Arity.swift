/// Wrong numbers of arguments, in the words that CPython has for its own functions.
///
/// CPython words these by how a function takes its arguments in C: none, exactly one, positional
/// ones, or keywords too. The signature tells which. Functions of libraries, whose signatures have
/// no `/`, answer in the words of functions of the language, which name the arguments.
extension Machine {
  /// Modules whose functions are written in C, with the name that their errors show.
  static let writtenInC = [
    "math": "math", "time": "time", "itertools": "itertools", "operator": "_operator",
    "heapq": "_heapq", "struct": "_struct", "binascii": "binascii",
    "unicodedata": "unicodedata",
  ]

  /// Whether a function answers as functions of Python do that its standard library defines.
  private func isPython(_ function: NativeFunction) -> Bool {
    guard let module = function.owner?.module ?? function.module else { return false }
    // Classes of libraries that say a module inside a package are written in Python there
    // (`torch.nn.modules.linear.Linear`); those written in C say the package alone.
    if let owner = function.owner, owner.module.contains("."), owner.shownName == nil { return true }
    return StandardModules.names.contains(module)
  }

  /// The name in errors: with the class for methods of classes that are written in Python.
  func nameInErrors(_ function: NativeFunction) -> String {
    guard isPython(function), let owner = function.owner else { return function.name }
    return owner.name + "." + function.name
  }

  /// An error for a wrong number of arguments, in the words for functions that are written in
  /// Python; nil for all others.
  func pythonArityError(
    _ function: NativeFunction, _ signature: NativeSignature, given: Int, lacking: [String]
  ) -> Raise? {
    guard isPython(function) else { return nil }
    // The functions of `random` are methods of a generator that all share.
    let owner = function.owner?.name ?? (function.module == "random" ? "Random" : nil)
    let name = (owner.map { $0 + "." } ?? "") + function.name
    if !lacking.isEmpty {
      return Raise(
        .typeError,
        "\(name)() missing \(lacking.count) required positional "
          + "argument\(lacking.count == 1 ? "" : "s"): \(Machine.enumerate(lacking))")
    }
    let most = signature.positionalCount
    let least = signature.requiredPositionalCount
    let takes = least == most ? "\(most)" : "from \(least) to \(most)"
    return Raise(
      .typeError,
      "\(name)() takes \(takes) positional argument\(most == 1 ? "" : "s") but \(given) "
        + "\(given == 1 ? "was" : "were") given")
  }

  /// Whether a function answers as those of CPython do.
  private func isBuiltin(_ function: NativeFunction, _ signature: NativeSignature) -> Bool {
    if signature.parameters.contains(where: { $0.kind == .positionalOnly }) { return true }
    if signature.parameters.first?.text == "cls" { return true }
    if let owner = function.owner { return owner.module == "builtins" || owner.shownName != nil }
    if let module = function.module { return Machine.writtenInC.keys.contains(module) }
    guard case .function(let row)? = Builtins.table[function.name] else { return false }
    return row.signature == function.row.signature
  }

  /// How many parameters the caller does not see: `self` and `cls`.
  private func hidden(_ signature: NativeSignature) -> Int {
    let first = signature.parameters.first?.text
    return first == "self" || first == "cls" ? 1 : 0
  }

  /// `str.upper` for methods, `len` for functions.
  private func qualified(_ function: NativeFunction) -> String {
    if let name = function.module.flatMap({ Machine.writtenInC[$0] }) {
      return name + "." + function.name
    }
    guard let owner = function.owner else { return function.name }
    return owner.name + "." + function.name
  }

  private func count(_ number: Int) -> String { number == 1 ? "1 argument" : "\(number) arguments" }

  /// An error for too many or too few positional arguments; nil for functions of libraries.
  /// - Parameters:
  ///   - given: the positional arguments, the receiver included.
  ///   - lacking: required parameters that got nothing, by name.
  func arityError(
    _ function: NativeFunction, _ signature: NativeSignature, given: Int,
    lacking: [String: Bool] = [:]
  ) -> Raise? {
    guard isBuiltin(function, signature) else { return nil }
    let hidden = hidden(signature)
    // Constructors of types that are written in C do not say their name.
    let isConstructor = function.name == "__init__" && function.owner?.shownName != nil
    let name = isConstructor ? "function" : function.name
    if given < hidden {
      return Raise(.typeError, "unbound method \(qualified(function))() needs an argument")
    }
    let got = given - hidden
    let most = signature.positionalCount - hidden
    let least = signature.requiredPositionalCount - hidden
    // Searches share a reader of `sub, start, end` that counts in its own words.
    if signature.parameters.contains(where: { $0.text == "start" && $0.defaultText == "None" }) {
      return Raise(
        .typeError,
        "\(name)() takes \(got < least ? "at least" : "at most") "
          + "\(count(got < least ? least : most)) (\(got) given)")
    }
    if !signature.parameters.contains(where: { $0.kind == .positional }) {
      return positionalArityError(function, signature, got: got, least: least, most: most)
    }
    if got > most {
      return Raise(
        .typeError,
        "\(isConstructor ? name : name + "()") takes at most "
          + "\(count(signature.parameters.count - hidden)) (\(got) given)")
    }
    let nameless = signature.parameters.filter { $0.kind == .positionalOnly && $0.isRequired }.count
    if got < nameless - hidden {
      let bound = least == most ? "exactly" : "at least"
      return Raise(
        .typeError,
        "\(name)() takes \(bound) \(nameless - hidden) positional "
          + "argument\(nameless - hidden == 1 ? "" : "s") (\(got) given)")
    }
    let missing = signature.parameters.enumerated().first { index, parameter in
      parameter.isRequired && (lacking.isEmpty ? index >= given : lacking[parameter.text] == true)
    }
    guard let missing else { return nil }
    return Raise(
      .typeError,
      "\(isConstructor ? name : name + "()") missing required argument '\(missing.element.text)'"
        + (name == "enumerate" ? "" : " (pos \(missing.offset - hidden + 1))"))
  }

  /// The words for functions whose positional parameters have no names.
  private func positionalArityError(
    _ function: NativeFunction, _ signature: NativeSignature, got: Int, least: Int, most: Int
  ) -> Raise {
    let takesKeywords = signature.parameters.contains {
      $0.kind == .keywordOnly || $0.kind == .doubleStar
    }
    if isWrapper(function), least == most {
      return Raise(.typeError, "expected \(count(most)), got \(got)")
    }
    if most == 0, takesKeywords {
      return Raise(.typeError, "\(function.name)() takes no positional arguments")
    }
    if !takesKeywords, signature.starIndex == nil, most == 0 || (most == 1 && least == 1) {
      return Raise(
        .typeError,
        "\(qualified(function))() takes \(most == 0 ? "no arguments" : "exactly one argument") "
          + "(\(got) given)")
    }
    let bound =
      least == most && signature.starIndex == nil ? "" : got > most ? "at most " : "at least "
    return Raise(
      .typeError,
      "\(function.name) expected \(bound)\(count(got > most ? most : least)), got \(got)")
  }

  /// An error for keywords given to a function that takes none at all: CPython complains of them
  /// before it counts.
  func noKeywordsError(_ function: NativeFunction, _ signature: NativeSignature) -> Raise? {
    guard isBuiltin(function, signature) else { return nil }
    let takesKeywords = signature.parameters.contains {
      $0.kind == .positional || $0.kind == .keywordOnly || $0.kind == .doubleStar
    }
    if takesKeywords { return nil }
    if isWrapper(function) {
      return Raise(.typeError, "wrapper \(function.name)() takes no keyword arguments")
    }
    return Raise(.typeError, "\(qualified(function))() takes no keyword arguments")
  }

  /// Special methods that stand in a slot of the type in C: they have words of their own.
  private func isWrapper(_ function: NativeFunction) -> Bool {
    guard function.owner?.module == "builtins", function.name.hasPrefix("__") else { return false }
    switch function.name {
    case "__contains__", "__getitem__", "__format__", "__reversed__", "__trunc__", "__new__":
      return false
    default: return true
    }
  }

  /// An error for a keyword that a function does not take; nil for functions of libraries.
  func keywordError(
    _ function: NativeFunction, _ signature: NativeSignature, _ keyword: String
  ) -> Raise? {
    guard isBuiltin(function, signature) else { return nil }
    let takesKeywords = signature.parameters.contains {
      $0.kind == .positional || $0.kind == .keywordOnly
    }
    if !takesKeywords {
      return Raise(.typeError, "\(qualified(function))() takes no keyword arguments")
    }
    let name = function.name == "sorted" ? "sort" : function.name
    return Raise(.typeError, "'\(keyword)' is an invalid keyword argument for \(name)()")
  }
}
