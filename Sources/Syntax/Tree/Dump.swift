/// The tree as text, for golden tests and for looking at what the parser made of a cell.
///
/// Compact S-expressions: `x = a + 1` is `(= x (+ a 1))`. Statements stand one per line, the bodies
/// of compound statements indented below them. With `spans`, every statement and expression is
/// followed by its bytes: `(+ a@4:5 1@8:9)@4:9`.
public func dump(_ statements: [Statement], spans: Bool = false) -> String {
  var dumper = Dumper(spans: spans)
  dumper.block(statements)
  return dumper.text
}

/// One expression as an S-expression.
public func dump(_ expression: Expression, spans: Bool = false) -> String {
  var dumper = Dumper(spans: spans)
  dumper.expression(expression)
  return dumper.text
}

struct Dumper {
  let spans: Bool
  var text = ""
  var indentation = ""

  init(spans: Bool) { self.spans = spans }

  mutating func span(_ span: Span) {
    if spans { text += "@\(span.start):\(span.end)" }
  }

  // MARK: - Expressions

  mutating func expression(_ value: Expression) {
    switch value.kind {
    case .constant(let constant): text += Dumper.describe(constant)
    case .name(let name): text += name
    case .formatted(let parts):
      form("f") { $0.formatParts(parts) }
    case .list(let parts): form("list") { $0.each(parts) }
    case .tuple(let parts): form("tuple") { $0.each(parts) }
    case .set(let parts): form("set") { $0.each(parts) }
    case .dict(let items):
      form("dict") { dumper in
        for item in items {
          dumper.text += " ("
          if let key = item.key { dumper.expression(key) } else { dumper.text += "**" }
          dumper.one(item.value)
          dumper.text += ")"
        }
      }
    case .starred(let inner): form("*") { $0.one(inner) }
    case .unary(let op, let inner): form(op.dumped) { $0.one(inner) }
    case .binary(let op, let left, let right): form(op.rawValue) { $0.each([left, right]) }
    case .boolean(let op, let parts): form(op == .and ? "and" : "or") { $0.each(parts) }
    case .compare(let first, let rest):
      form("cmp") { dumper in
        dumper.one(first)
        for comparison in rest {
          dumper.text += " \(comparison.op.rawValue)"
          dumper.one(comparison.right)
        }
      }
    case .conditional(let test, let then, let otherwise):
      form("if") { $0.each([test, then, otherwise]) }
    case .lambda(let parameters, let body):
      form("lambda") { dumper in
        dumper.parameters(parameters)
        dumper.one(body)
      }
    case .call(let callee, let arguments):
      form("call") { dumper in
        dumper.one(callee)
        dumper.arguments(arguments)
      }
    case .attribute(let object, let name):
      form(".") { dumper in
        dumper.one(object)
        dumper.text += " \(name.text)"
      }
    case .subscripted(let object, let index): form("at") { $0.each([object, index]) }
    case .slice(let lower, let upper, let step):
      form("slice") { dumper in
        for part in [lower, upper, step] { dumper.optional(part) }
      }
    case .comprehension(let comprehension): self.comprehension(comprehension)
    case .walrus(let name, let inner):
      form(":=") { dumper in
        dumper.text += " \(name.text)"
        dumper.one(inner)
      }
    case .yield(let inner): form("yield") { if let inner { $0.one(inner) } }
    case .yieldFrom(let inner): form("yield-from") { $0.one(inner) }
    }
    span(value.span)
  }

  private mutating func form(_ head: String, _ body: (inout Dumper) -> Void) {
    text += "(\(head)"
    body(&self)
    text += ")"
  }

  mutating func one(_ value: Expression) {
    text += " "
    expression(value)
  }

  mutating func each(_ values: [Expression]) {
    for value in values { one(value) }
  }

  mutating func optional(_ value: Expression?) {
    if let value { one(value) } else { text += " _" }
  }

  private mutating func arguments(_ arguments: [Argument]) {
    for argument in arguments {
      switch argument.kind {
      case .positional: one(argument.value)
      case .keyword(let name):
        text += " (= \(name.text)"
        one(argument.value)
        text += ")"
      case .star:
        text += " (*"
        one(argument.value)
        text += ")"
      case .doubleStar:
        text += " (**"
        one(argument.value)
        text += ")"
      }
    }
  }

  private mutating func comprehension(_ value: Comprehension) {
    let head =
      switch value.kind {
      case .list: "list-for"
      case .set: "set-for"
      case .dict: "dict-for"
      case .generator: "gen-for"
      }
    form(head) { dumper in
      dumper.one(value.element)
      if let second = value.value { dumper.one(second) }
      for clause in value.clauses {
        dumper.text += " (for"
        dumper.each([clause.target, clause.iterable])
        dumper.each(clause.conditions)
        dumper.text += ")"
      }
    }
  }

  private mutating func formatParts(_ parts: [FormatPart]) {
    for part in parts {
      switch part {
      case .literal(let literal): text += " \(Dumper.quote(literal.utf8))"
      case .field(let field):
        text += " {"
        expression(field.value)
        if let debugText = field.debugText { text += " =\(Dumper.quote(debugText.utf8))" }
        switch field.conversion {
        case .none: break
        case .str: text += " !s"
        case .repr: text += " !r"
        case .ascii: text += " !a"
        }
        if let spec = field.spec {
          text += " :"
          formatParts(spec)
        }
        text += "}"
      }
    }
  }

  /// `(x (y : int) / (z = 1) * k)`: the marks stand where the source must have them.
  mutating func parameters(_ parameters: Parameters) {
    text += " ("
    var parts = [String]()
    var sawStar = false
    for (position, parameter) in parameters.all.enumerated() {
      if parameter.kind == .keywordOnly, !sawStar {
        parts.append("*")
        sawStar = true
      }
      if parameter.kind == .star { sawStar = true }
      var inner = Dumper(spans: spans)
      inner.parameter(parameter)
      parts.append(inner.text)
      let isLast = position + 1 == parameters.all.count
      if parameter.kind == .positionalOnly,
        isLast || parameters.all[position + 1].kind != .positionalOnly
      {
        parts.append("/")
      }
    }
    text += parts.joined(separator: " ") + ")"
  }

  private mutating func parameter(_ parameter: Parameters.Parameter) {
    let stars =
      switch parameter.kind {
      case .star: "*"
      case .doubleStar: "**"
      case .positionalOnly, .positional, .keywordOnly: ""
      }
    guard parameter.annotation != nil || parameter.defaultValue != nil else {
      text += stars + parameter.name.text
      return
    }
    text += "(\(stars)\(parameter.name.text)"
    if let annotation = parameter.annotation {
      text += " :"
      one(annotation)
    }
    if let value = parameter.defaultValue {
      text += " ="
      one(value)
    }
    text += ")"
  }

  // MARK: - Constants

  static func describe(_ constant: Constant) -> String {
    switch constant {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .bigInt(let digits, let radix): "\(radix)#\(digits)"
    case .float(let value): value.description
    case .string(let value): quote(value.utf8)
    case .bytes(let value): "b" + quote(value)
    case .ellipsis: "..."
    }
  }

  /// Printable ASCII as it is, every other byte as `\xx`.
  static func quote(_ bytes: some Sequence<UInt8>) -> String {
    var text = "\""
    for byte in bytes {
      switch byte {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return text + "\""
  }
}

extension UnaryOperator {
  var dumped: String {
    switch self {
    case .negate: "neg"
    case .plus: "pos"
    case .invert: "~"
    case .not: "not"
    }
  }
}
