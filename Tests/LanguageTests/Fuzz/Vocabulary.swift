import TestSupport

@testable import Language

/// What generated programs may call: every row of the tables of methods and modules, with what its
/// signature says of its arguments. A new row is fuzzed without being named here.
struct Vocabulary: Sendable {
  struct Callable: Sendable {
    let name: String
    let parameters: [Parameter]
  }
  struct Parameter: Sendable {
    let name: String
    let sort: Sort
    let isOptional: Bool
    let isKeyword: Bool
  }

  /// The sorts of values that the grammar knows.
  enum Sort: Int, CaseIterable, Sendable {
    case int, float, string, bytes, list, tuple, dict, set, function, iterator, object, type, bool
    case any
  }

  let methods: [(sort: Sort, rows: [Callable])]
  let builtins: [Callable]
  let modules: [(name: String, rows: [Callable])]

  /// Programs must not touch files, wait, or end the process.
  static let forbiddenWords: Set<String> = [
    "open", "os", "input", "sleep", "chdir", "Path", "FileIO", "pathlib", "tempfile", "shutil", "glob",
    "subprocess", "posixpath",
  ]

  /// Whether a text spells none of the forbidden words.
  static func allows(_ program: [UInt8]) -> Bool {
    var word: [UInt8] = []
    for byte in program + [0x20] {
      if byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte == 0x5F || byte >= 0x80
        || byte >= 0x30 && byte <= 0x39
      {
        word.append(byte)
      } else {
        if word.count > 1, word.count < 11,
          forbiddenWords.contains(String(decoding: word, as: UTF8.self))
        {
          return false
        }
        word.removeAll(keepingCapacity: true)
      }
    }
    return true
  }

  static let shared = Vocabulary()

  private init() {
    let kinds: [(Sort, BuiltinKind)] = [
      (.int, .int), (.float, .float), (.string, .string), (.bytes, .bytes), (.list, .list),
      (.tuple, .tuple), (.dict, .dict), (.set, .set), (.set, .frozenSet), (.iterator, .generator),
    ]
    methods = kinds.map { sort, kind in
      let rows =
        BuiltinMethods.rows(for: kind) + BuiltinMethods.statics(for: kind)
        + BuiltinMethods.classMethods(for: kind)
      return (sort, rows.compactMap { Vocabulary.callable($0, isMethod: true) })
    }
    builtins =
      Builtins.table.entries.compactMap(Vocabulary.callable)
      + [
        "int", "float", "str", "bool", "list", "tuple", "dict", "set", "frozenset", "bytes",
        "range", "slice", "enumerate", "zip", "map", "filter", "reversed", "type", "object",
        "super", "property", "staticmethod", "classmethod",
      ].map { name in
        Callable(
          name: name,
          parameters: (0..<3).map {
            Parameter(name: "p\($0)", sort: .any, isOptional: $0 > 0, isKeyword: false)
          })
      }
    modules = StandardModules.all.compactMap { table in
      let top = table.name.split(separator: ".").first.map(String.init) ?? table.name
      if Vocabulary.forbiddenWords.contains(top) { return nil }
      return (table.name, table.entries.compactMap(Vocabulary.callable))
    }
  }

  private static func callable(_ entry: ModuleEntry) -> Callable? {
    switch entry {
    case .function(let row): return callable(row, isMethod: false)
    case .type(let table):
      if forbiddenWords.contains(table.name) { return nil }
      let maker = table.methods.first { $0.name == "__init__" || $0.name == "__new__" }
      let parameters = maker.flatMap { callable($0, isMethod: true)?.parameters } ?? []
      return Callable(name: table.name, parameters: parameters)
    case .alias(let name, of: _), .value(let name, doc: _, make: _):
      return Callable(name: name, parameters: [])
    }
  }

  private static func callable(_ row: Native, isMethod: Bool) -> Callable? {
    let name = row.name
    guard !forbiddenWords.contains(name), let signature = try? NativeSignature(row.signature) else {
      return nil
    }
    let list = isMethod ? signature.parameters.dropFirst() : signature.parameters[...]
    return Callable(
      name: name,
      parameters: list.map { parameter in
        Parameter(
          name: parameter.text, sort: sort(parameter),
          isOptional: !parameter.isRequired, isKeyword: parameter.kind == .keywordOnly)
      })
  }

  /// What to give, from the annotation or the name of a parameter.
  private static func sort(_ parameter: NativeSignature.Parameter) -> Sort {
    let annotation = parameter.annotation ?? ""
    for (word, sort) in [
      ("int", Sort.int), ("float", .float), ("str", .string), ("bytes", .bytes), ("list", .list),
      ("iterable", .list), ("tuple", .tuple), ("dict", .dict), ("set", .set),
      ("callable", .function), ("bool", .bool), ("type", .type),
    ] where annotation.hasPrefix(word) {
      return sort
    }
    switch parameter.text {
    case "iterable", "seq", "sequence", "iterables", "data", "population", "items": return .list
    case "key", "func", "function", "f", "callback", "predicate", "default_factory": return .function
    case "string", "s", "pattern", "sep", "format", "prefix", "text", "chars": return .string
    case "n", "k", "x", "y", "i", "start", "stop", "step", "width", "count", "maxlen", "r",
      "repeat", "index":
      return .int
    default: return .any
    }
  }
}
