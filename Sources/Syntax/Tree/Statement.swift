/// A statement with its place in the source.
public struct Statement: Sendable {
  public var kind: Kind
  public var span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  public indirect enum Kind: Sendable {
    case expression(Expression)
    /// `a = b = value`: the targets from left to right.
    case assign([Expression], Expression)
    /// `x: int = 1`; annotations are parsed and ignored (kept for dataclasses).
    case annotated(Expression, annotation: Expression, value: Expression?)
    case augmented(Expression, BinaryOperator, Expression)
    case delete([Expression])
    case pass
    case `break`
    case `continue`
    case `return`(Expression?)
    case raise(Expression?, cause: Expression?)
    case global([Identifier])
    case nonlocal([Identifier])
    case assert(Expression, message: Expression?)
    case importModules([ImportAlias])
    case importNames(module: Identifier, names: [ImportAlias])
    /// `if` with all its `elif`s, flat.
    case conditional([Branch], otherwise: [Statement])
    case whileLoop(Expression, body: [Statement], otherwise: [Statement])
    case forLoop(target: Expression, iterable: Expression, body: [Statement], otherwise: [Statement])
    case tryBlock(TryBlock)
    case with([WithItem], body: [Statement])
    case function(FunctionDefinition)
    case classDefinition(ClassDefinition)
    /// A notebook command: `%name argument`, or help asked for by `name?`, which is `help`, and
    /// `name??`, which is `source`.
    case command(Command)
  }

  public struct Branch: Sendable {
    public var test: Expression
    public var body: [Statement]
    public init(test: Expression, body: [Statement]) {
      self.test = test
      self.body = body
    }
  }
}

/// `name as alias`; the name may be dotted.
public struct ImportAlias: Sendable {
  public var name: Identifier
  public var alias: Identifier?
  public init(name: Identifier, alias: Identifier?) {
    self.name = name
    self.alias = alias
  }
}

public struct TryBlock: Sendable {
  public struct Handler: Sendable {
    /// nil for a bare `except:`.
    public var type: Expression?
    public var name: Identifier?
    public var body: [Statement]
    public var span: Span
    public init(type: Expression?, name: Identifier?, body: [Statement], span: Span) {
      self.type = type
      self.name = name
      self.body = body
      self.span = span
    }
  }
  public var body: [Statement]
  public var handlers: [Handler]
  public var otherwise: [Statement]
  public var finally: [Statement]
  public init(
    body: [Statement], handlers: [Handler], otherwise: [Statement], finally: [Statement]
  ) {
    self.body = body
    self.handlers = handlers
    self.otherwise = otherwise
    self.finally = finally
  }
}

public struct WithItem: Sendable {
  public var context: Expression
  public var target: Expression?
  public init(context: Expression, target: Expression?) {
    self.context = context
    self.target = target
  }
}

public struct FunctionDefinition: Sendable {
  public var name: Identifier
  public var parameters: Parameters
  public var returns: Expression?
  public var body: [Statement]
  public var decorators: [Expression]
  public init(
    name: Identifier, parameters: Parameters, returns: Expression?, body: [Statement],
    decorators: [Expression]
  ) {
    self.name = name
    self.parameters = parameters
    self.returns = returns
    self.body = body
    self.decorators = decorators
  }
}

public struct ClassDefinition: Sendable {
  public var name: Identifier
  /// At most one base; the parser refuses more.
  public var base: Expression?
  public var body: [Statement]
  public var decorators: [Expression]
  public init(
    name: Identifier, base: Expression?, body: [Statement], decorators: [Expression]
  ) {
    self.name = name
    self.base = base
    self.body = body
    self.decorators = decorators
  }
}

public struct Command: Sendable {
  /// Without the `%`.
  public var name: String
  /// The rest of the line, trimmed.
  public var argument: String
  public init(name: String, argument: String) {
    self.name = name
    self.argument = argument
  }
}
