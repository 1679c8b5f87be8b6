import Compute

extension Tensor {
  /// Adds the gradient of this tensor to the `grad` of every leaf that it was made of.
  ///
  /// - Parameters:
  ///   - gradient: the gradient of this tensor, same shape; needed unless it has one element.
  ///   - retainGraph: keeps what was remembered, for another walk. Defaults to `createGraph`.
  ///   - createGraph: records the walk itself, so that gradients have gradients.
  /// - Throws: `TensorError.gradient`.
  public func backward(
    gradient: Tensor? = nil, retainGraph: Bool? = nil, createGraph: Bool = false
  ) throws {
    try Self.backward([self], gradients: [gradient], retainGraph: retainGraph, createGraph: createGraph)
  }

  /// `backward` of several tensors in one walk.
  ///
  /// - Parameter inputs: where the gradients go; `nil` is every leaf.
  public static func backward(
    _ outputs: [Tensor], gradients: [Tensor?] = [], retainGraph: Bool? = nil,
    createGraph: Bool = false, inputs: [Tensor]? = nil
  ) throws {
    if let inputs {
      let found = try self.gradients(
        of: outputs, for: inputs, gradients: gradients, retainGraph: retainGraph,
        createGraph: createGraph, allowUnused: true)
      for (input, gradient) in zip(inputs, found) {
        guard let gradient else { continue }
        input.grad = try input.grad.map { try $0.adding(gradient) } ?? gradient
      }
      return
    }
    var seeds: [(Tensor, Tensor)] = []
    for (i, output) in outputs.enumerated() {
      seeds.append((output, try seed(output, i < gradients.count ? gradients[i] : nil, i)))
    }
    var walk = GradientWalk(createGraph: createGraph, retain: retainGraph ?? createGraph)
    try walk.run(seeds)
  }

  /// The gradients of `outputs` for `inputs`, leaving every `grad` as it is.
  ///
  /// - Returns: one gradient per input; nil where `allowUnused` and an input had no part.
  public static func gradients(
    of outputs: [Tensor], for inputs: [Tensor], gradients: [Tensor?] = [],
    retainGraph: Bool? = nil, createGraph: Bool = false, allowUnused: Bool = false
  ) throws -> [Tensor?] {
    var seeds: [(Tensor, Tensor)] = []
    for (i, output) in outputs.enumerated() {
      seeds.append((output, try seed(output, i < gradients.count ? gradients[i] : nil, i)))
    }
    for input in inputs where !input.requiresGrad {
      throw TensorError.gradient(
        message: "One of the differentiated Tensors does not require grad; "
          + "call requires_grad_() on it before it is used")
    }
    var walk = GradientWalk(createGraph: createGraph, retain: retainGraph ?? createGraph)
    walk.wanted = inputs
    try walk.run(seeds)
    return try walk.found.enumerated().map { i, gradient in
      if gradient == nil && !allowUnused {
        throw TensorError.gradient(
          message: "The differentiated Tensor at index \(i) appears to not have been used in the graph. "
            + "Set allow_unused=True if this is the desired behavior.")
      }
      return gradient
    }
  }

  private static func seed(_ output: Tensor, _ gradient: Tensor?, _ place: Int) throws -> Tensor {
    guard output.requiresGrad else {
      throw TensorError.gradient(
        message: "element \(place) of tensors does not require grad and does not have a grad_fn")
    }
    if let gradient {
      guard gradient.shape == output.shape else {
        throw TensorError.gradient(
          message: "Mismatch in shape: grad_output[\(place)] has a shape of "
            + "torch.Size(\(gradient.shape)) and output[\(place)] has a shape of "
            + "torch.Size(\(output.shape)).")
      }
      return try gradient.converted(to: output.dtype)
    }
    guard output.count == 1 else {
      throw TensorError.gradient(
        message: "grad can be implicitly created only for scalar outputs; this one has shape "
          + "\(output.shape): reduce it with sum() or mean(), or pass a gradient of that shape")
    }
    return try Tensor.full(output.shape, .double(1), dtype: output.dtype)
  }
}

/// One walk over the tape.
private struct GradientWalk {
  let createGraph: Bool
  let retain: Bool
  /// Tensors whose gradients are asked for; when not empty, no leaf collects.
  var wanted: [Tensor] = []
  var found: [Tensor?] = []
  /// Leaves with hooks, which see the whole gradient once: what has come, and the uses still to come.
  private var waiting: [ObjectIdentifier: Waiting] = [:]

  private struct Waiting {
    let leaf: Tensor
    var uses: Int
    var gradient: Tensor?
  }

  init(createGraph: Bool, retain: Bool) {
    self.createGraph = createGraph
    self.retain = retain
  }

  mutating func run(_ seeds: [(Tensor, Tensor)]) throws {
    found = Array(repeating: nil, count: wanted.count)
    var nodes = try reachable(from: seeds.compactMap { $0.0.node })
    defer { for node in nodes { node.pending = nil } }
    for (output, _) in seeds where output.edge.leaf?.hooks != nil { expect(output) }
    for (output, seed) in seeds {
      try deliver(seed, to: output.edge)
      if let leaf = output.edge.leaf, leaf.hooks != nil { try used(leaf) }
    }
    // Ascending numbers, so that the walk takes nodes from the end and lets them go.
    var ascending = true
    for i in nodes.indices.dropFirst() where nodes[i - 1].sequence > nodes[i].sequence {
      ascending = false
      break
    }
    if !ascending { nodes.sort { $0.sequence < $1.sequence } }
    let needed = neededNodes(nodes)
    try GradientMode.with(createGraph) {
      for node in nodes.reversed() {
        guard var gradient = node.pending else { continue }
        node.pending = nil
        if let needed, !needed.contains(ObjectIdentifier(node)) {
          // Nothing that is asked for lies below: its values may have changed meanwhile.
          for i in 0..<node.edges.count {
            if let leaf = node.edges[i].leaf, leaf.hooks != nil { try used(leaf) }
          }
          continue
        }
        if let hooks = node.hooks { gradient = try hooks.pass(gradient) }
        for i in wanted.indices where wanted[i].node === node {
          found[i] = gradient
        }
        try Interrupt.check()
        guard let rule = node.rule else {
          throw TensorError.gradient(
            message: "Trying to backward through the graph a second time (or directly access saved "
              + "tensors after they have already been freed). Saved intermediate values of the "
              + "graph are freed when you call .backward() or autograd.grad(). Specify "
              + "retain_graph=True if you need to backward through the graph a second time or if "
              + "you need to access saved tensors after calling backward.")
        }
        let incoming = gradient
        let gradients = try rule(GradientCall(gradient: incoming, node: node))
        if GradientMode.detectsAnomaly { try checkNumbers(gradients, node) }
        for (i, gradient) in gradients.enumerated() {
          guard let gradient else { continue }
          let isFresh =
            node.givesFresh && !retain && gradient !== incoming && gradient.ownsItsMemory
          try deliver(gradient, to: node.edges[i], isFresh: isFresh)
        }
        if !waiting.isEmpty {
          for i in 0..<node.edges.count {
            if let leaf = node.edges[i].leaf, leaf.hooks != nil { try used(leaf) }
          }
        }
        if !retain { node.release() }
      }
      // Leaves of operations that no gradient reached still wait for them.
      for key in Array(waiting.keys) { try finish(key) }
    }
  }

  /// The nodes on the way to what is asked for; nil when all leaves collect.
  /// - Parameter nodes: each after those below it.
  private func neededNodes(_ nodes: [Node]) -> Set<ObjectIdentifier>? {
    if wanted.isEmpty { return nil }
    var leaves: Set<ObjectIdentifier> = []
    var needed: Set<ObjectIdentifier> = []
    for tensor in wanted {
      if let node = tensor.node { needed.insert(ObjectIdentifier(node)) } else { leaves.insert(ObjectIdentifier(tensor)) }
    }
    for node in nodes {
      for i in 0..<node.edges.count {
        let edge = node.edges[i]
        let leads =
          edge.node.map { needed.contains(ObjectIdentifier($0)) }
          ?? edge.leaf.map { leaves.contains(ObjectIdentifier($0)) } ?? false
        if leads {
          needed.insert(ObjectIdentifier(node))
          break
        }
      }
    }
    return needed
  }

  // MARK: - Leaves with hooks

  private mutating func expect(_ leaf: Tensor) {
    waiting[ObjectIdentifier(leaf), default: Waiting(leaf: leaf, uses: 0)].uses += 1
  }

  /// One use of a leaf has delivered what it had; after the last, the hooks run.
  private mutating func used(_ leaf: Tensor) throws {
    let key = ObjectIdentifier(leaf)
    guard let left = waiting[key]?.uses else { return }
    waiting[key]?.uses = left - 1
    if left == 1 { try finish(key) }
  }

  private mutating func finish(_ key: ObjectIdentifier) throws {
    guard let entry = waiting.removeValue(forKey: key), let gradient = entry.gradient else { return }
    let passed = try entry.leaf.hooks?.pass(gradient) ?? gradient
    try collect(passed, in: entry.leaf)
    if wanted.isEmpty { try entry.leaf.hooks?.announce(entry.leaf) }
  }

  private func checkNumbers(_ gradients: [Tensor?], _ node: Node) throws {
    for (i, gradient) in gradients.enumerated() {
      guard let gradient, node.edges[i].wanted, gradient.dtype.isFloating else { continue }
      let hasNaN = try noGrad { try TestOperation.isNaN(gradient).any().item().bool }
      if hasNaN {
        throw TensorError.gradient(
          message: "Function '\(node.name)' returned nan values in its \(i)th output.")
      }
    }
  }

  /// All nodes below the given ones, each once, without recursion; falling numbers come last when
  /// the graph is a chain, which spares the sort.
  private mutating func reachable(from roots: [Node]) throws -> [Node] {
    let mark = sw_next_sequence()
    var found: [Node] = []
    var open: [Node] = []
    for root in roots where root.mark != mark {
      root.mark = mark
      open.append(root)
    }
    while let node = open.popLast() {
      found.append(node)
      for i in 0..<node.edges.count {
        guard let next = node.edges[i].node else {
          if let leaf = node.edges[i].leaf, leaf.hooks != nil { expect(leaf) }
          continue
        }
        if next.mark == mark { continue }
        next.mark = mark
        open.append(next)
      }
    }
    found.reverse()
    return found
  }

  private mutating func deliver(_ gradient: Tensor, to edge: Edge, isFresh: Bool = false) throws {
    if let node = edge.node {
      node.pending = try node.pending.map { try $0.adding(gradient) } ?? gradient
    } else if let leaf = edge.leaf {
      if leaf.hooks != nil, let before = waiting[ObjectIdentifier(leaf)] {
        waiting[ObjectIdentifier(leaf)]?.gradient =
          try before.gradient.map { try $0.adding(gradient) } ?? gradient
      } else {
        try collect(gradient, in: leaf, isFresh: isFresh)
      }
    }
  }

  private mutating func collect(_ gradient: Tensor, in leaf: Tensor, isFresh: Bool = false) throws {
    if wanted.isEmpty { return try accumulate(gradient, into: leaf, isFresh: isFresh) }
    for i in wanted.indices where wanted[i] === leaf {
      found[i] = try found[i].map { try $0.adding(gradient) } ?? gradient
    }
  }

  private func accumulate(_ gradient: Tensor, into leaf: Tensor, isFresh: Bool) throws {
    guard let sum = leaf.grad else {
      // The gradient may be shared with other edges or be an expanded view: keep a copy of its own
      // unless it is being recorded.
      leaf.grad = createGraph ? gradient : isFresh ? gradient.alias() : try gradient.detached().clone()
      return
    }
    if createGraph {
      leaf.grad = try sum.adding(gradient)
    } else {
      try noGrad { try sum.add(inPlace: gradient) }
    }
  }
}
