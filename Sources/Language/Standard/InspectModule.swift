import Syntax

/// The module `inspect`: questions about functions, classes and objects.
enum InspectModule {
  static let table = ModuleTable(
    "inspect", doc: "Questions about functions, classes and objects.",
    entries: rows.map { .function($0) } + [.type(signature), .type(parameter)])

  // MARK: - Signatures

  private static let emptyType = TypeTable(
    "_empty", module: "inspect", doc: "Stands for what is not there.", isSubclassable: false)

  private static func empty(_ machine: Machine) -> Value { .object(machine.type(emptyType)) }

  private static let kinds = [
    "POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD",
  ]

  /// A parameter as an object with name, kind, default and annotation.
  private static func make(
    _ name: String, _ kind: Parameters.Parameter.Kind, _ value: Value?, _ annotation: Value?,
    _ machine: Machine
  ) -> Value {
    let result = Instance(machine.type(parameter))
    let number =
      switch kind {
      case .positionalOnly: 0
      case .positional: 1
      case .star: 2
      case .keywordOnly: 3
      case .doubleStar: 4
      }
    result.setOwn("name", .string(name))
    result.setOwn("kind", .string(kinds[number]))
    result.setOwn("default", value ?? empty(machine))
    result.setOwn("annotation", annotation ?? empty(machine))
    return .object(result)
  }

  private static func text(_ parameter: Instance, _ machine: Machine) throws(Raise) -> String {
    let nothing = empty(machine)
    var text = parameter.own("name")?.swiftString ?? ""
    switch parameter.own("kind")?.swiftString {
    case "VAR_POSITIONAL": text = "*" + text
    case "VAR_KEYWORD": text = "**" + text
    default: break
    }
    let annotation = parameter.own("annotation") ?? nothing
    let value = parameter.own("default") ?? nothing
    if !annotation.isIdentical(to: nothing) { text += ": \(try shown(annotation, machine))" }
    if !value.isIdentical(to: nothing) {
      text += (annotation.isIdentical(to: nothing) ? "=" : " = ") + (try machine.repr(value))
    }
    return text
  }

  /// An annotation as signatures show it.
  private static func shown(_ value: Value, _ machine: Machine) throws(Raise) -> String {
    if let type = value.asType { return type.qualifiedName }
    let text = try machine.repr(value)
    return text.hasPrefix("typing.") ? String(text.dropFirst(7)) : text
  }

  static let parameter: TypeTable = TypeTable(
    "Parameter", module: "inspect", doc: "A parameter of a function.",
    values: [("empty", { empty($0) })] + kinds.map { name in (name, { _ in .string(name) }) },
    methods: [
      Native("__str__(self)", "The parameter as it is written.") { a in
        guard let own = a[0].asInstance else { return .none }
        return .string(try text(own, a.machine))
      },
      Native("__repr__(self)", "The parameter as it is written.") { a in
        guard let own = a[0].asInstance else { return .none }
        return .string("<Parameter \"\(try text(own, a.machine))\">")
      },
    ])

  static let signature: TypeTable = TypeTable(
    "Signature", module: "inspect", doc: "The parameters of a function.",
    values: [("empty", { empty($0) })],
    methods: [
      Native("__str__(self)", "The parameters as they are written.") { a in
        guard let own = a[0].asInstance else { return .none }
        return .string(try text(of: own, a.machine))
      },
      Native("__repr__(self)", "The parameters as they are written.") { a in
        guard let own = a[0].asInstance else { return .none }
        return .string("<Signature \(try text(of: own, a.machine))>")
      },
    ])

  private static func text(of signature: Instance, _ machine: Machine) throws(Raise) -> String {
    var parts: [String] = []
    var sawStar = false
    let all = (signature.own("parameters")?.asDict?.values ?? []).compactMap(\.asInstance)
    for (index, parameter) in all.enumerated() {
      let kind = parameter.own("kind")?.swiftString
      if kind == "VAR_POSITIONAL" { sawStar = true }
      if kind == "KEYWORD_ONLY", !sawStar {
        parts.append("*")
        sawStar = true
      }
      parts.append(try text(parameter, machine))
      let next = index + 1 < all.count ? all[index + 1].own("kind")?.swiftString : nil
      if kind == "POSITIONAL_ONLY", next != "POSITIONAL_ONLY" { parts.append("/") }
    }
    var result = "(\(parts.joined(separator: ", ")))"
    let back = signature.own("return_annotation") ?? .none
    if !back.isIdentical(to: empty(machine)) { result += " -> \(try shown(back, machine))" }
    return result
  }

  private static func signature(of value: Value, _ machine: Machine) throws(Raise) -> Value {
    var target = value
    var skipsFirst = false
    if let method = value.object as? BoundMethod {
      target = method.function
      skipsFirst = true
    } else if let type = value.asType {
      guard let initializer = type.lookup("__init__") ?? type.lookup("__new__") else {
        return finish([], nil, machine)
      }
      target = initializer
      skipsFirst = true
    } else if value.asInstance != nil, let call = machine.type(of: value).lookup("__call__") {
      target = call
      skipsFirst = true
    }
    if let wrapped = (target.object as? FunctionObject)?.attributes?["__wrapped__"] {
      return try signature(of: wrapped, machine)
    }
    var parameters: [Value] = []
    if let function = target.object as? FunctionObject {
      let layout = function.code.parameters
      for (index, name) in layout.texts.enumerated() {
        let annotation = index < layout.annotations.count ? layout.annotations[index] : nil
        var kind = Parameters.Parameter.Kind.positional
        var value: Value?
        if index < layout.positionalCount {
          if index < layout.positionalOnlyCount { kind = .positionalOnly }
          value = function.defaultValue(index)
        } else if index < layout.positionalCount + layout.keywordOnlyCount {
          kind = .keywordOnly
          value = function.defaultValue(index)
        } else {
          let isStar = layout.hasStar && index == layout.positionalCount + layout.keywordOnlyCount
          kind = isStar ? .star : .doubleStar
        }
        parameters.append(
          make(name, kind, value, annotation.map { machine.annotation($0) }, machine))
      }
      // Parameters behind a star are kept before it: written order puts the star first.
      if layout.hasStar, layout.keywordOnlyCount > 0 {
        let star = parameters.remove(at: layout.positionalCount + layout.keywordOnlyCount)
        parameters.insert(star, at: layout.positionalCount)
      }
      if skipsFirst, !parameters.isEmpty { parameters.removeFirst() }
      return finish(parameters, layout.returnAnnotation.map { machine.annotation($0) }, machine)
    }
    guard let native = target.object as? NativeFunction else {
      throw Raise(.typeError, "\(try machine.repr(value)) is not a callable object")
    }
    for parameter in try native.signature().parameters {
      parameters.append(
        make(
          parameter.text, parameter.kind,
          parameter.isRequired || parameter.kind == .star || parameter.kind == .doubleStar
            ? nil : parameter.defaultValue.isUndefined ? .ellipsis : parameter.defaultValue, nil,
          machine))
    }
    let hidesFirst = skipsFirst || parameters.first?.asInstance?.own("name")?.swiftString == "cls"
    if hidesFirst, !parameters.isEmpty { parameters.removeFirst() }
    return finish(parameters, nil, machine)
  }

  private static func finish(
    _ parameters: [Value], _ back: Value?, _ machine: Machine
  ) -> Value {
    let result = Instance(machine.type(signature))
    let byName = DictObject()
    for parameter in parameters {
      if let name = parameter.asInstance?.own("name")?.asString { byName[name] = parameter }
    }
    result.setOwn("parameters", .object(byName))
    result.setOwn("return_annotation", back ?? empty(machine))
    return .object(result)
  }

  // MARK: - Source

  /// The code of a function; of a class, that of its first method gives only the file.
  private static func code(_ value: Value) -> Code? {
    if let function = value.object as? FunctionObject { return function.code }
    if let method = value.object as? BoundMethod { return code(method.function) }
    return nil
  }

  /// The line where a function begins: above its first instruction.
  private static func definitionLine(_ code: Code) -> Int {
    let body = code.source.position(of: Int(code.span(at: 0).start)).line
    if code.name == "<lambda>" { return body }
    var line = body
    while line > 1 {
      if code.source.line(line).trimmingSpaces().hasPrefix("def \(code.name)") { return line }
      line -= 1
    }
    return body
  }

  /// The lines of a definition: from its first line on, all that is indented deeper.
  private static func lines(of value: Value, _ machine: Machine) throws(Raise) -> ([String], Int) {
    let name = value.asType?.name
    var source: Source?
    var first = 0
    if let code = code(value) {
      source = code.source
      first = definitionLine(code)
    } else if let type = value.asType {
      // A class is found by its name in the text of one of its functions.
      for key in type.attributeOrder {
        if let found = type.own(key).flatMap({ code($0) }) {
          source = found.source
          var line = definitionLine(found)
          while line > 1, !found.source.line(line).trimmingSpaces().hasPrefix("class \(name ?? "")") {
            line -= 1
          }
          first = line
          break
        }
      }
    }
    guard let source, first > 0 else {
      if value.asType != nil || value.kind == .native || value.kind == .module {
        throw Raise(.osError, "could not get source code")
      }
      throw Raise(
        .typeError,
        "module, class, method, function, traceback, frame, or code object was expected, got "
          + machine.typeName(value))
    }
    func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.utf8.count }
    var text = source.line(first)
    let depth = indent(text)
    while first > 1, indent(source.line(first - 1)) == depth,
      source.line(first - 1).trimmingSpaces().hasPrefix("@")
    {
      first -= 1
      text = source.line(first)
    }
    var result: [String] = []
    var number = first
    var inHead = true
    while number <= source.lineStarts.count {
      let line = source.line(number)
      let isBlank = line.trimmingSpaces().isEmpty
      if !inHead, !isBlank, indent(line) <= depth { break }
      result.append(line + "\n")
      if inHead, !line.trimmingSpaces().hasPrefix("@"), line.trimmingSpaces().hasSuffix(":") {
        inHead = false
      } else if inHead, line.contains(":"), line.trimmingSpaces().hasPrefix("def") {
        inHead = !line.contains("):") && !line.contains(") ->")
      } else if inHead, line.contains("lambda") {
        break
      }
      number += 1
    }
    while result.last?.trimmingSpaces().isEmpty == true { result.removeLast() }
    return (result, first)
  }

  // MARK: - Questions

  private static func question(
    _ name: String, _ doc: String, _ example: String,
    _ test: @escaping (Value, Machine) -> Bool
  ) -> Native {
    Native("\(name)(object)", doc, example: "import inspect\ninspect.\(name)(\(example))") { a in
      .bool(test(a[0], a.machine))
    }
  }

  private static let rows: [Native] = [
    Native("signature(obj, *, follow_wrapped=True)", "The parameters of something to call.",
      example: "import inspect\nprint(inspect.signature(lambda a, b=1: a))"
    ) { a in try signature(of: a[0], a.machine) },
    Native("getsource(object)", "The text of a function or class.",
      example: "import inspect\ndef f():\n  return 1\nprint(inspect.getsource(f))"
    ) { a in .string(try lines(of: a[0], a.machine).0.joined()) },
    Native("getsourcelines(object)", "The lines of a function or class, and the first line number.",
      example: "import inspect\ndef f():\n  return 1\nprint(inspect.getsourcelines(f))"
    ) { a in
      let (lines, first) = try lines(of: a[0], a.machine)
      return .tuple([.list(lines.map { .string($0) }), .int(first)])
    },
    Native("getdoc(object)", "The documentation of an object, without its indent.",
      example: "import inspect\ninspect.getdoc(len)"
    ) { a in
      guard let doc = try a.machine.optionalAttribute(a[0], "__doc__")?.swiftString else {
        return .none
      }
      let parts = doc.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let first = String(parts.first ?? "").trimmingSpaces()
      let rest = parts.count > 1 ? "\n" + TextwrapModule.dedent(String(parts[1])) : ""
      var text = (first + rest)[...]
      while text.last?.isWhitespace == true { text.removeLast() }
      return .string(String(text))
    },
    Native("getmembers(object, predicate=None)", "Names and values of the attributes.",
      example: "import inspect\ninspect.getmembers([])"
    ) { a in
      var result: [Value] = []
      for name in a.machine.attributeNames(of: a[0]) {
        guard let value = try a.machine.optionalAttribute(a[0], name) else { continue }
        if try a[1].isNone || a.machine.truth(a.machine.call(a[1], [value])) {
          result.append(.tuple([.string(name), value]))
        }
      }
      return .list(result)
    },
    Native("getfile(object)", "The file of a function.",
      example: "import inspect\ndef f():\n  return 1\ninspect.getfile(f)"
    ) { a in
      guard let code = code(a[0]) else {
        throw Raise(.typeError, "\(try a.machine.repr(a[0])) is a built-in")
      }
      return .string(code.source.name)
    },
    Native("getmro(cls)", "A class and its bases.", example: "import inspect\ninspect.getmro(bool)") {
      a in .tuple(a[0].asType?.lineage.map { .object($0) } ?? [])
    },
    question("isfunction", "Whether it is a function of the program.", "len") { value, _ in
      value.kind == .function
    },
    question("isclass", "Whether it is a class.", "int") { value, _ in value.kind == .type },
    question("ismodule", "Whether it is a module.", "inspect") { value, _ in value.kind == .module },
    question("ismethod", "Whether it is a method bound to an object.", "[].append") { value, _ in
      (value.object as? BoundMethod).map { $0.function.kind == .function } ?? false
    },
    question("isbuiltin", "Whether it is a function of the language itself.", "len") { value, _ in
      value.kind == .native
        || (value.object as? BoundMethod).map { $0.function.kind == .native } ?? false
    },
    question("isgenerator", "Whether it is a generator.", "(i for i in [])") { value, _ in
      value.kind == .generator
    },
    question("isgeneratorfunction", "Whether it is a function that yields.", "len") { value, _ in
      (value.object as? FunctionObject)?.code.isGenerator ?? false
    },
    question("isroutine", "Whether it is a function or a method.", "len") { value, _ in
      value.kind == .function || value.kind == .native || value.kind == .boundMethod
    },
    question("isabstract", "Whether a class lacks methods.", "int") { value, _ in
      !(value.asType?.abstractNames ?? []).isEmpty
    },
    question("iscoroutinefunction", "False: there is no async.", "len") { _, _ in false },
  ]
}
