import Syntax

/// A compiled function, class body or cell.
///
/// An object, although programs never see one: its attribute sites hold functions, which hold it.
final class Code: Object {
  let name: String
  /// `Model.forward`, `outer.<locals>.inner`.
  var qualifiedName: String
  let source: Source
  let header: UnsafeMutablePointer<CodeHeader>
  let instructions: UnsafeMutablePointer<Instruction>
  let instructionCount: Int
  let spans: [Span]
  let constants: UnsafeMutablePointer<Value>
  let constantCount: Int
  /// All registers of a frame: locals first, then temporaries.
  let registerCount: Int
  let localCount: Int
  /// The names of the local registers.
  let localNames: [String]
  let codes: [Code]
  let sites: UnsafeMutablePointer<AttributeSite>
  let siteCount: Int
  let names: [Name]
  let handlers: [Handler]
  let parameters: ParameterLayout
  /// Where each cell of the closure comes from when the function is made.
  let captures: [Capture]
  /// The names of the closure's cells.
  let freeNames: [String]
  let isGenerator: Bool
  let doc: String?
  /// Locals that inner functions share.
  let cellNames: [String]
  /// Where the definition begins.
  let definition: Span

  enum Capture {
    case register(Int)
    case free(Int)
  }

  /// A range of instructions and where to go when one of them raises.
  struct Handler {
    var start: Int
    var end: Int
    var target: Int
    /// The register that gets the exception.
    var register: Int
    /// How many handlers of this frame are active at the target.
    var depth: Int
    /// An `except`; a `finally` or `with` lets the exception go on as a rule.
    var catches = false
  }

  init(_ draft: CodeDraft) {
    name = draft.name
    qualifiedName = draft.qualifiedName
    source = draft.source
    instructionCount = draft.instructions.count
    instructions = .allocate(capacity: max(1, instructionCount))
    instructions.initialize(from: draft.instructions, count: instructionCount)
    spans = draft.spans
    constantCount = draft.constants.count
    constants = .allocate(capacity: max(1, constantCount))
    constants.initialize(from: draft.constants, count: constantCount)
    registerCount = draft.registerCount
    localCount = draft.localNames.count
    localNames = draft.localNames
    codes = draft.codes
    siteCount = draft.siteNames.count
    sites = .allocate(capacity: max(1, siteCount))
    for (index, name) in draft.siteNames.enumerated() {
      (sites + index).initialize(to: AttributeSite(name: name))
    }
    names = draft.names
    handlers = draft.handlers
    parameters = draft.parameters
    captures = draft.captures
    freeNames = draft.freeNames
    isGenerator = draft.isGenerator
    doc = draft.doc
    cellNames = draft.cellNames
    definition = draft.definition
    header = .allocate(capacity: 1)
    super.init(kind: .code)
    let names = UnsafeMutablePointer<Name>.allocate(capacity: max(1, draft.parameters.count))
    names.initialize(from: draft.parameters.names, count: draft.parameters.names.count)
    header.initialize(
      to: CodeHeader(
        code: .passUnretained(self), instructions: instructions, constants: constants,
        sites: sites, registerCount: registerCount, localCount: localCount,
        parameterCount: draft.parameters.count,
        plainCount: draft.parameters.isSimple ? draft.parameters.positionalCount : -1,
        isGenerator: isGenerator, positionalCount: draft.parameters.positionalCount,
        positionalOnlyCount: draft.parameters.positionalOnlyCount,
        keywordOnlyCount: draft.parameters.keywordOnlyCount,
        hasStar: draft.parameters.hasStar, hasDoubleStar: draft.parameters.hasDoubleStar,
        parameterNames: names))
    track()
  }

  override func surrender(into heap: inout [Value]) {
    for index in 0..<siteCount {
      heap.append(sites[index].value)
      sites[index].value = .undefined
      sites[index].stamp = 0
    }
  }

  override func visit(_ visitor: ReferenceVisitor) {
    for index in 0..<siteCount { visitor.visit(sites[index].value) }
    for code in codes { visitor.visit(code) }
  }

  deinit {
    header.pointee.parameterNames.deallocate()
    header.deallocate()
    instructions.deallocate()
    constants.deinitialize(count: constantCount)
    constants.deallocate()
    sites.deinitialize(count: siteCount)
    sites.deallocate()
  }

  func span(at index: Int) -> Span {
    index >= 0 && index < spans.count ? spans[index] : Span(0, 0)
  }
}

/// What calls and the loop read of a code: plain memory, so that nothing is retained on the way.
struct CodeHeader {
  let code: Unmanaged<Code>
  let instructions: UnsafeMutablePointer<Instruction>
  let constants: UnsafeMutablePointer<Value>
  let sites: UnsafeMutablePointer<AttributeSite>
  let registerCount: Int
  let localCount: Int
  /// Registers that parameters take.
  let parameterCount: Int
  /// The number of arguments with which a call needs no binding; -1 where every call needs it.
  let plainCount: Int
  let isGenerator: Bool
  let positionalCount: Int
  let positionalOnlyCount: Int
  let keywordOnlyCount: Int
  let hasStar: Bool
  let hasDoubleStar: Bool
  /// The names of the parameters, in register order.
  let parameterNames: UnsafeMutablePointer<Name>
}

/// What the compiler fills in.
struct CodeDraft {
  var name: String
  var qualifiedName: String
  var source: Source
  var instructions: [Instruction] = []
  var spans: [Span] = []
  var constants: [Value] = []
  var registerCount = 0
  var localNames: [String] = []
  var codes: [Code] = []
  var siteNames: [Name] = []
  var names: [Name] = []
  var handlers: [Code.Handler] = []
  var parameters = ParameterLayout()
  var captures: [Code.Capture] = []
  var freeNames: [String] = []
  var isGenerator = false
  var doc: String?
  var cellNames: [String] = []
  var definition = Span(0, 0)
}

/// An attribute access in the source with what was found there last time.
struct AttributeSite {
  let name: Name
  /// The class stamp for which the rest holds; 0 when nothing is cached.
  var stamp = 0
  /// The slot of the instance, or what the attribute is instead.
  var slot = AttributeSite.ofClass
  /// The class attribute: a function for `loadMethod`.
  var value: Value = .undefined

  /// The attribute of the class, as it stands there.
  static let ofClass = -1
  /// A function behind the class that `super()` begins at.
  static let ofSuper = -2
  /// A property; the value is its getter, of Swift or of the program.
  static let nativeProperty = -3
  static let property = -4

  static let valueOffset = MemoryLayout<AttributeSite>.offset(of: \.value) ?? 0
}

extension UnsafeMutablePointer where Pointee == AttributeSite {
  /// Where the class attribute stands.
  @inline(__always) var cachedValue: UnsafeMutablePointer<Value> {
    // Three words before it: name, stamp, slot. `RawTag.layoutHolds` checks.
    (UnsafeMutableRawPointer(self) + 24).assumingMemoryBound(to: Value.self)
  }
}

/// The parameters of a function, in register order: positional, keyword-only, `*`, `**`.
struct ParameterLayout {
  var names: [Name] = []
  var texts: [String] = []
  var positionalOnlyCount = 0
  /// Positional parameters, positional-only ones included.
  var positionalCount = 0
  var keywordOnlyCount = 0
  var hasStar = false
  var hasDoubleStar = false
  /// Positional parameters with defaults: the last ones.
  var defaultCount = 0
  /// Keyword-only parameters with defaults.
  var keywordDefaults: [Name] = []
  /// Annotations as written, for signatures.
  var annotations: [String?] = []
  var returnAnnotation: String?

  /// Registers that parameters take.
  var count: Int {
    positionalCount + keywordOnlyCount + (hasStar ? 1 : 0) + (hasDoubleStar ? 1 : 0)
  }
  var isSimple: Bool { keywordOnlyCount == 0 && !hasStar && !hasDoubleStar }
}
