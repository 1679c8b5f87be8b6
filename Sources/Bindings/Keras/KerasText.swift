import Language
import NeuralNetworks
import TensorCore

/// `TextVectorization`, `StringLookup`: words as numbers. They are called on text, which no tensor holds
/// here, and so stand before a model, not in it.
final class KerasLookup: KerasLayer {
  var vocabulary: [String] = []
  private var places: [String: Int] = [:]
  var isText = false
  var outputMode = "int"
  var length: Int?
  var ngrams = 1
  var maxTokens: Int?
  var standardize = Value.none
  var split = Value.none
  var unknowns = 1
  var hasMaskToken = false
  var isInverse = false

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(standardize)
    visitor.visit(split)
  }

  /// What stands before the words: the mask, and one for all that are not known.
  var specials: [String] {
    let hasMask = isText ? outputMode == "int" : hasMaskToken && outputMode == "int"
    return (hasMask ? [""] : []) + Array(repeating: "[UNK]", count: isText ? 1 : unknowns)
  }

  func use(_ words: [String]) throws {
    var words = words
    let head = specials
    if words.starts(with: head), !head.isEmpty { words.removeFirst(head.count) }
    if let maxTokens { words = Array(words.prefix(max(0, maxTokens - head.count))) }
    if let twice = Dictionary(grouping: words, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
      throw Raise(.valueError, "The passed vocabulary has at least one repeated term: '\(twice)'")
    }
    vocabulary = words
    places = Dictionary(words.enumerated().map { ($1, $0 + head.count) }, uniquingKeysWith: { a, _ in a })
    isBuilt = true
  }

  /// The words of a text.
  func words(_ text: String, _ machine: Machine) throws -> [String] {
    guard isText else { return [text] }
    var text = text
    switch standardize.swiftString {
    case "lower_and_strip_punctuation", "lower", "strip_punctuation":
      if standardize.swiftString != "strip_punctuation" { text = text.lowercased() }
      if standardize.swiftString != "lower" {
        let marks = Set("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'")
        text = String(text.filter { !marks.contains($0) })
      }
    case nil where !standardize.isNone:
      text = try machine.text(of: machine.call(standardize, [.string(text)]))
    default: break
    }
    var parts: [String]
    switch split.swiftString {
    case "whitespace": parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
    case "character": parts = text.map(String.init)
    case nil where !split.isNone:
      parts = try machine.array(machine.call(split, [.string(text)])).map { try machine.text(of: $0) }
    default: parts = [text]
    }
    if ngrams > 1 {
      let single = parts
      for n in 2...min(ngrams, 64) where single.count >= n {
        parts += (0...(single.count - n)).map { single[$0..<($0 + n)].joined(separator: " ") }
      }
    }
    return parts
  }

  /// All texts of nested lists, an array of objects, or batches.
  static func texts(_ value: Value, _ machine: Machine) throws -> [String] {
    if let text = value.swiftString { return [text] }
    if let set = value.asInstance as? TensorflowDataset {
      return try set.batches(machine).flatMap { try texts($0, machine) }
    }
    if let number = value.asInt { return ["\(number)"] }
    guard value.asTensorObject == nil, try machine.isIterable(value) else {
      if let tensor = value.asTensorObject?.tensor { return try tensor.ints().map { "\($0)" } }
      throw Raise(
        .valueError, "text is needed: a string or a list of strings, got \(machine.typeName(value))")
    }
    return try machine.array(value).flatMap { try texts($0, machine) }
  }

  /// Finds the words of texts: the most frequent first, of equally frequent ones the last by letters.
  func adapt(_ value: Value, _ machine: Machine) throws {
    var counts: [String: Int] = [:]
    for text in try Self.texts(value, machine) {
      for word in try words(text, machine) where !word.isEmpty { counts[word, default: 0] += 1 }
    }
    try use(counts.sorted { $0.value == $1.value ? $0.key > $1.key : $0.value > $1.value }.map(\.key))
  }

  private func place(_ word: String) throws -> Int {
    if let known = places[word] { return known }
    guard isText || unknowns > 0 else {
      throw Raise(.valueError, "the word '\(word)' is not in the vocabulary, and num_oov_indices is 0")
    }
    return specials.firstIndex(of: "[UNK]") ?? 0
  }

  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    try look(arguments.first ?? .none, machine)
  }

  override func invoke(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    if arguments.contains(where: KerasTree.isSymbolic) {
      throw Raise(
        .notImplementedError, "\(type.name) cannot be a part of a model: tensors of strings are not supported",
        hint: "call the layer on the texts first, and give the model the numbers")
    }
    return try look(arguments.first ?? .none, machine)
  }

  private func look(_ value: Value, _ machine: Machine) throws -> Value {
    guard isBuilt else {
      throw Raise(
        .runtimeError, "When using `\(type.name)` the vocabulary is needed first: call adapt(texts)",
        hint: "or give vocabulary=[...]")
    }
    if isInverse {
      let all = specials + vocabulary
      let tensor = try machine.tensorflowTensor(value)
      let names = try tensor.ints().map { Value.string(all.indices.contains($0) ? all[$0] : "[UNK]") }
      return names.count == 1 && tensor.rank == 0 ? names[0] : .list(names)
    }
    if !isText {
      func deep(_ value: Value) throws -> Value {
        if let items = value.asList?.items ?? value.asTuple?.items { return .list(try items.map(deep)) }
        return .int(try place(try Self.texts(value, machine).first ?? ""))
      }
      if outputMode != "int" { return try rows(Self.texts(value, machine).map { [try place($0)] }, machine) }
      if value.asList == nil, value.asTuple == nil, value.swiftString == nil {
        return machine.kerasValue(try Tensor(Self.texts(value, machine).map(place)))
      }
      let nested = try deep(value)
      return machine.kerasValue(try machine.tensor(nested).to(.int64))
    }
    let texts = try Self.texts(value, machine)
    let found = try texts.map { try words($0, machine).map(place) }
    if outputMode != "int" {
      let result = try rows(found, machine)
      return value.swiftString == nil ? result : try machine.item(result, .int(0))
    }
    let width = length ?? found.map(\.count).max() ?? 0
    let padded = found.flatMap { row in
      Array(row.prefix(width)) + Array(repeating: 0, count: max(0, width - row.count))
    }
    let tensor = try Tensor(padded).reshape([found.count, width])
    return machine.kerasValue(value.swiftString == nil ? tensor : try tensor.select(0, 0))
  }

  /// One row per text, a column per word.
  private func rows(_ found: [[Int]], _ machine: Machine) throws -> Value {
    let width = specials.count + vocabulary.count
    var numbers = [Float](repeating: 0, count: found.count * width)
    for (row, places) in found.enumerated() {
      for place in places {
        if outputMode == "count" { numbers[row * width + place] += 1 } else { numbers[row * width + place] = 1 }
      }
    }
    return machine.kerasValue(try Tensor(numbers).reshape([found.count, width]))
  }
}

extension KerasPreprocessing {
  private static let methods: [Native] = [
    Native("adapt(self, data, batch_size=None, steps=None)", "Finds the words of texts.") { a in
      try a.receiver(KerasLookup.self).adapt(a[1], a.machine)
      return .none
    },
    Native("get_vocabulary(self, include_special_tokens=True)", "The words in the order of their numbers.") { a in
      let layer = try a.receiver(KerasLookup.self)
      let all = try a.bool(1) ? layer.specials + layer.vocabulary : layer.vocabulary
      return .list(all.map { .string($0) })
    },
    Native("set_vocabulary(self, vocabulary, idf_weights=None)", "Gives the words.") { a in
      try a.receiver(KerasLookup.self).use(KerasLookup.texts(a[1], a.machine))
      return .none
    },
    Native("vocabulary_size(self)", "The number of words.") { a in
      let layer = try a.receiver(KerasLookup.self)
      return .int(layer.specials.count + layer.vocabulary.count)
    },
  ]

  static let text: [TypeTable] = [
    KerasLayers.layer(
      "TextVectorization", "Texts as the numbers of their words.",
      "max_tokens=None, standardize='lower_and_strip_punctuation', split='whitespace', ngrams=None, "
        + "output_mode='int', output_sequence_length=None, pad_to_max_tokens=False, vocabulary=None",
      example: "keras.layers.TextVectorization(vocabulary=['a', 'b'])",
      allocate: { KerasLookup($0) }, methods: methods,
      then: { n, layer in
        guard let layer = layer as? KerasLookup else { return }
        layer.isText = true
        layer.outputMode = try n.choice("output_mode", ["int", "multi_hot", "count"])
        layer.length = try n.optionalInt("output_sequence_length")
        if let length = layer.length, length < 0 || length > 1 << 24 {
          throw Raise(.valueError, "output_sequence_length must be a positive integer, got \(length)")
        }
        layer.ngrams = max(1, try n.optionalInt("ngrams") ?? 1)
        layer.maxTokens = try n.optionalInt("max_tokens")
        layer.standardize = n["standardize"]
        layer.split = n["split"]
        if n.has("vocabulary") { try layer.use(KerasLookup.texts(n["vocabulary"], n.machine)) }
      }
    ) { _ in nil },
    KerasLayers.layer(
      "StringLookup", "Words as numbers, or numbers as words.",
      "max_tokens=None, num_oov_indices=1, mask_token=None, oov_token='[UNK]', vocabulary=None, "
        + "invert=False, output_mode='int'",
      example: "keras.layers.StringLookup(vocabulary=['a', 'b'])",
      allocate: { KerasLookup($0) }, methods: methods,
      then: { n, layer in
        guard let layer = layer as? KerasLookup else { return }
        layer.outputMode = try n.choice("output_mode", ["int", "multi_hot", "one_hot", "count"])
        layer.unknowns = max(0, min(try n.int("num_oov_indices"), 1 << 16))
        layer.hasMaskToken = n.has("mask_token")
        layer.isInverse = try n.bool("invert")
        layer.maxTokens = try n.optionalInt("max_tokens")
        if n.has("vocabulary") { try layer.use(KerasLookup.texts(n["vocabulary"], n.machine)) }
      }
    ) { _ in nil },
  ]
}
