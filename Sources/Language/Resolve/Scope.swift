import Syntax

// Name resolution.
//
// The problem: what `x` means depends on assignments anywhere in the enclosing functions, before or
// after the use. So the tree is walked twice: the collector notes, for every scope, which names it
// binds and which it uses; then every use is looked up outwards. A name found in an outer *function*
// is captured: its owner keeps it in a cell, and every function on the way down carries the cell in
// its closure. Names found nowhere are global (and at run time perhaps built in).
//
// Scopes are modules, functions (also lambdas and generator expressions), class bodies, and blocks.
// A block is a list, set or dict comprehension: it has names of its own but runs in the frame of the
// function around it. Class bodies are invisible to the functions inside them, except for the
// hidden `__class__` that `super()` reads.
//
// The compiler finds the scope of a construct by its place in the source. Should two constructs claim
// one place, they are taken in turn, which is the order in which they were collected.

final class Scope {
  enum Kind { case module, function, classBody, block }
  let kind: Kind
  /// Weak, because it holds this one: a strong pair would outlive its compilation.
  private(set) weak var parent: Scope?
  var children: [Scope] = []
  var bound: Set<String> = []
  /// In the order of binding: the layout of locals should not depend on hashing.
  var boundOrder: [String] = []
  var uses: [String] = []
  private(set) var used: Set<String> = []
  var parameters: Set<String> = []
  var annotated: Set<String> = []
  /// Names used so far only by augmented assignments.
  var updated: Set<String> = []
  var globals: Set<String> = []
  var nonlocals: Set<String> = []
  /// Names bound here that inner functions capture.
  var cells: Set<String> = []
  /// Names that this function gets through its closure, in closure order.
  var frees: [String] = []
  var isGenerator = false
  var isGeneratorExpression = false
  /// Names that a walrus binds: reading them needs a copy, the value may change in mid-expression.
  var walrusNames: Set<String> = []

  /// Names that `del` or the end of an `except ... as` unbinds: never certain to have a value.
  var unbindable: Set<String> = []

  private var childrenByPlace: [Place.Key: (scopes: [Scope], next: Int)] = [:]

  init(_ kind: Kind, parent: Scope?, at span: Span = Span(0, 0)) {
    self.kind = kind
    self.parent = parent
    parent?.children.append(self)
    parent?.childrenByPlace[Place.Key(kind: kind, span: span), default: ([], 0)].scopes.append(self)
  }

  /// The scope of the construct at `span`; nil when the collector saw none there.
  func child(_ kind: Kind, at span: Span) -> Scope? {
    let key = Place.Key(kind: kind, span: span)
    guard var entry = childrenByPlace[key], !entry.scopes.isEmpty else { return nil }
    let scope = entry.scopes[entry.next % entry.scopes.count]
    entry.next += 1
    childrenByPlace[key] = entry
    return scope
  }

  func bind(_ name: String) {
    if globals.contains(name) || nonlocals.contains(name) {
      use(name)
      return
    }
    if bound.insert(name).inserted { boundOrder.append(name) }
  }

  func use(_ name: String) {
    if used.insert(name).inserted { uses.append(name) }
  }

  /// The scope whose frame this one runs in: itself unless it is a block.
  var frame: Scope {
    var scope = self
    while scope.kind == .block, let parent = scope.parent { scope = parent }
    return scope
  }

  /// Where a name that is used here lives.
  enum Place {
    case local(Scope), free, global
    struct Key: Hashable {
      var kind: Kind
      var span: Span
    }
  }

  func place(of name: String) -> Place {
    var scope = self
    // Inside this frame: blocks see each other and the function around them, not a class body.
    while true {
      if scope.globals.contains(name) { return .global }
      if scope.bound.contains(name), !scope.nonlocals.contains(name) {
        switch scope.kind {
        case .module: return .global
        case .classBody where scope !== self: break
        default: return .local(scope)
        }
      }
      guard scope.kind == .block, let parent = scope.parent else { break }
      scope = parent
    }
    // Outside: functions and blocks own captured names.
    var outer = scope.parent
    while let candidate = outer {
      if candidate.kind == .function || candidate.kind == .block,
        candidate.bound.contains(name), !candidate.nonlocals.contains(name)
      {
        return .free
      }
      if candidate.kind == .classBody, name == "__class__" { return .free }
      if candidate.kind == .function, candidate.globals.contains(name) { return .global }
      outer = candidate.parent
    }
    return .global
  }

  /// Marks owners and carriers of every captured name. Run once over the finished tree.
  func resolveCaptures() {
    for name in uses {
      if case .free = place(of: name) { capture(name) }
    }
    for child in children { child.resolveCaptures() }
  }

  private func capture(_ name: String) {
    var carrier = frame
    while true {
      if !carrier.frees.contains(name) { carrier.frees.append(name) }
      var outer = carrier.parent
      while let candidate = outer {
        let owns =
          candidate.kind == .classBody
          ? name == "__class__"
          : candidate.kind != .module && candidate.bound.contains(name)
            && !candidate.nonlocals.contains(name)
        if owns {
          candidate.cells.insert(name)
          return
        }
        if candidate.kind != .block { break }
        outer = candidate.parent
      }
      guard let next = outer, next.kind != .module else { return }
      carrier = next
    }
  }
}
