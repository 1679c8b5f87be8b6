/// A name as it is written in the source.
public struct Identifier: Sendable, Equatable {
  public var text: String
  public var span: Span
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// An expression with its place in the source.
public struct Expression: Sendable {
  public var kind: Kind
  public var span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  public indirect enum Kind: Sendable {
    case constant(Constant)
    case name(String)
    /// An f-string; neighbouring string literals are already joined into it.
    case formatted([FormatPart])
    /// Elements of displays may be `.starred`.
    case list([Expression])
    case tuple([Expression])
    case set([Expression])
    case dict([DictItem])
    case starred(Expression)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a and b and c`: two operands or more.
    case boolean(BooleanOperator, [Expression])
    /// `a < b <= c`: the first operand, then each operator with its right side.
    case compare(Expression, [Comparison])
    case conditional(test: Expression, then: Expression, otherwise: Expression)
    case lambda(Parameters, body: Expression)
    case call(Expression, [Argument])
    case attribute(Expression, Identifier)
    /// The index is an expression, `.slice`, or `.tuple` of these.
    case subscripted(Expression, index: Expression)
    case slice(lower: Expression?, upper: Expression?, step: Expression?)
    case comprehension(Comprehension)
    case walrus(Identifier, Expression)
    case yield(Expression?)
    case yieldFrom(Expression)
  }
}

public enum Constant: Sendable, Equatable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits: its digits without underscores or prefix, and their radix.
  case bigInt(digits: String, radix: Int)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case ellipsis
}

public enum UnaryOperator: Sendable { case negate, plus, invert, not }

public enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"
  case matrixMultiply = "@"
  case and = "&"
  case or = "|"
  case xor = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
}

public enum BooleanOperator: Sendable { case and, or }

public enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case `is` = "is"
  case isNot = "is not"
  case `in` = "in"
  case notIn = "not in"
}

public struct Comparison: Sendable {
  public var op: ComparisonOperator
  public var right: Expression
  public init(_ op: ComparisonOperator, _ right: Expression) {
    self.op = op
    self.right = right
  }
}

/// `key: value`, or `**mapping` when the key is nil.
public struct DictItem: Sendable {
  public var key: Expression?
  public var value: Expression
  public init(key: Expression?, value: Expression) {
    self.key = key
    self.value = value
  }
}

public struct Argument: Sendable {
  public enum Kind: Sendable {
    case positional
    case keyword(Identifier)
    /// `*iterable`
    case star
    /// `**mapping`
    case doubleStar
  }
  public var kind: Kind
  public var value: Expression
  public init(_ kind: Kind, _ value: Expression) {
    self.kind = kind
    self.value = value
  }
}

/// A piece of an f-string.
public enum FormatPart: Sendable {
  case literal(String)
  case field(FormatField)
}

public struct FormatField: Sendable {
  public enum Conversion: Sendable { case none, str, repr, ascii }
  public var value: Expression
  public var conversion: Conversion
  /// The format spec, itself made of literals and fields; nil without `:`.
  public var spec: [FormatPart]?
  /// For `{expr=}`: the text of the expression with its spaces and `=`; the conversion is then
  /// `repr` unless one was given or a spec is there.
  public var debugText: String?
  public init(
    value: Expression, conversion: Conversion, spec: [FormatPart]?, debugText: String?
  ) {
    self.value = value
    self.conversion = conversion
    self.spec = spec
    self.debugText = debugText
  }
}

public struct Comprehension: Sendable {
  public enum Kind: Sendable { case list, set, dict, generator }
  public var kind: Kind
  /// The element; for a dict the key.
  public var element: Expression
  /// The value of a dict comprehension.
  public var value: Expression?
  public var clauses: [Clause]
  public init(kind: Kind, element: Expression, value: Expression?, clauses: [Clause]) {
    self.kind = kind
    self.element = element
    self.value = value
    self.clauses = clauses
  }

  /// `for target in iterable if condition...`
  public struct Clause: Sendable {
    public var target: Expression
    public var iterable: Expression
    public var conditions: [Expression]
    public init(target: Expression, iterable: Expression, conditions: [Expression]) {
      self.target = target
      self.iterable = iterable
      self.conditions = conditions
    }
  }
}

/// The parameters of a function or a lambda, in the order in which they are written.
public struct Parameters: Sendable {
  public struct Parameter: Sendable {
    public enum Kind: Sendable { case positionalOnly, positional, keywordOnly, star, doubleStar }
    public var name: Identifier
    public var kind: Kind
    public var annotation: Expression?
    public var defaultValue: Expression?
    public init(
      name: Identifier, kind: Kind, annotation: Expression?, defaultValue: Expression?
    ) {
      self.name = name
      self.kind = kind
      self.annotation = annotation
      self.defaultValue = defaultValue
    }
  }
  public var all: [Parameter]
  public init(_ all: [Parameter] = []) { self.all = all }
}
