import Testing

@testable import TensorCore

/// Results and gradients of PyTorch, recorded by `Golden/generate.py`.
@Suite struct GoldenTests {
  private typealias Body = @Sendable (_ x: [Tensor], _ a: Golden.Arguments) throws -> [Tensor]

  private static let operations: [String: Body] = {
    var table: [String: Body] = [:]
    for operation in UnaryOperation.all {
      table[operation.name] = { x, _ in [try operation(x[0])] }
    }
    for operation in BinaryOperation.all {
      table[operation.name] = { x, _ in [try operation(x[0], x[1])] }
    }
    for operation in Comparison.all {
      table[operation.name] = { x, _ in [try operation(x[0], x[1])] }
    }
    for operation in TestOperation.all { table[operation.name] = { x, _ in [try operation(x[0])] } }
    table["sum"] = { [try $0[0].sum($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["mean"] = { [try $0[0].mean($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["prod"] = { [try $0[0].prod($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["var"] = {
      [
        try $0[0].variance(
          $1.axes ?? [], correction: $1.correction ?? 1, keepDims: $1.keep ?? false)
      ]
    }
    table["std"] = { [try $0[0].std($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["norm"] = { [try $0[0].norm($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["amax"] = { [try $0[0].amax($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["amin"] = { [try $0[0].amin($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["any"] = { [try $0[0].any($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["all"] = { [try $0[0].all($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["logsumexp"] = { [try $0[0].logSumExp($1.axes ?? [], keepDims: $1.keep ?? false)] }
    table["max"] = { x, a in
      let r = try x[0].max(a.axis ?? 0)
      return [r.values, r.indices]
    }
    table["min"] = { x, a in
      let r = try x[0].min(a.axis ?? 0)
      return [r.values, r.indices]
    }
    table["argmax"] = { [try $0[0].argmax(axis: $1.axis)] }
    table["argmin"] = { [try $0[0].argmin(axis: $1.axis)] }
    table["cumsum"] = { [try $0[0].cumsum($1.axis ?? 0)] }
    table["cumprod"] = { [try $0[0].cumprod($1.axis ?? 0)] }
    table["sort"] = { x, a in
      let r = try x[0].sort(axis: a.axis ?? -1, descending: a.descending ?? false)
      return [r.values, r.indices]
    }
    table["argsort"] = {
      [try $0[0].argsort(axis: $1.axis ?? -1, descending: $1.descending ?? false)]
    }
    table["topk"] = { x, a in
      let r = try x[0].topk(a.k ?? 1, axis: a.axis ?? -1, largest: a.largest ?? true)
      return [r.values, r.indices]
    }
    table["unique"] = { x, _ in
      let r = try x[0].unique()
      return [r.values, r.inverse, r.counts]
    }
    table["median"] = { x, _ in [try x[0].median()] }
    table["cat"] = { [try Tensor.cat($0, axis: $1.axis ?? 0)] }
    table["stack"] = { [try Tensor.stack($0, axis: $1.axis ?? 0)] }
    table["split"] = { try $0[0].split($1.size ?? 1, axis: $1.axis ?? 0) }
    table["chunk"] = { try $0[0].chunk($1.pieces ?? 1, axis: $1.axis ?? 0) }
    table["repeat"] = { [try $0[0].repeated($1.times ?? [])] }
    table["flip"] = { [try $0[0].flip($1.axes ?? [])] }
    table["roll"] = { [try $0[0].roll($1.shift ?? 0, axis: $1.axis)] }
    table["matmul"] = { x, _ in [try x[0].matmul(x[1])] }
    table["linear"] = { x, _ in [try x[0].linear(x[1], x[2])] }
    table["dot"] = { x, _ in [try x[0].dot(x[1])] }
    table["outer"] = { x, _ in [try x[0].outer(x[1])] }
    table["softmax"] = { [try $0[0].softmax(axis: $1.axis ?? -1)] }
    table["log_softmax"] = { [try $0[0].logSoftmax(axis: $1.axis ?? -1)] }
    table["gather"] = { [try $0[0].gather($1.axis ?? 0, $0[1])] }
    table["index_select"] = { [try $0[0].indexSelect($1.axis ?? 0, $0[1])] }
    table["scatter_add"] = { [try $0[0].scatterAdd($1.axis ?? 0, $0[1], $0[2])] }
    table["one_hot"] = { x, _ in [try x[0].oneHot()] }
    table["nonzero"] = { x, _ in [try x[0].nonzero()] }
    table["where"] = { x, _ in [try Tensor.where(x[0], x[1], x[2])] }
    table["clamp"] = { [try $0[0].clamp(min: .double($1.low ?? 0), max: .double($1.high ?? 0))] }
    table["tril"] = { [try $0[0].tril($1.k ?? 0)] }
    table["triu"] = { [try $0[0].triu($1.k ?? 0)] }
    table["masked_fill"] = { [try $0[0].maskedFill($0[1], .double($1.value ?? 0))] }
    table["to"] = { [try $0[0].to(DType(name: $1.dtype ?? "") ?? .float32)] }
    table["index"] = { x, a in [try x[0].index((a.spec ?? []).map { try $0.index() })] }
    return table
  }()

  /// The same values with the axes lying in reverse order in memory.
  private func turned(_ x: Tensor) throws -> Tensor {
    try x.reversedAxes.contiguous().reversedAxes
  }

  private func check(_ found: Tensor, _ expected: Golden.Packed, _ what: String) throws {
    // PyTorch gives uint8 for any and all of uint8; here they give bool, as NumPy does.
    let wasBytes = what.hasPrefix("any") || what.hasPrefix("all")
    #expect(found.dtype.name == expected.dtype || wasBytes, "\(what)")
    #expect(found.shape == expected.shape, "\(what)")
    guard found.shape == expected.shape else { return }
    let a = try found.detach().doubles()
    let b = try expected.tensor().doubles()
    // Functions within 2 units in the last place; sums of float32 in another order, whose terms may be
    // larger than their sum: for those the absolute part counts the terms.
    let terms = ["sum", "matmul", "linear", "cumsum", "var", "std", "norm"].contains {
      what.hasPrefix($0)
    }
    let (relative, absolute) =
      found.dtype == .float32 ? (3e-6, terms ? 1e-5 : 1e-6) : (1e-12, 1e-13)
    for (i, (x, y)) in zip(a, b).enumerated() where !(x == y || (x.isNaN && y.isNaN)) {
      #expect(
        abs(x - y) <= absolute + relative * abs(y), "\(what) element \(i): \(x), recorded \(y)")
    }
  }

  @Test func operationsAgreeWithPyTorch() throws {
    let cases = try Golden.load("operations", Golden.Operation.self)
    #expect(cases.count >= 800)
    for (number, entry) in cases.enumerated() {
      let what = "\(entry.op) #\(number) \(entry.inputs.map(\.shape))"
      guard let run = Self.operations[entry.op] else {
        Issue.record("no operation \(entry.op)")
        continue
      }
      do {
        let leaves = try entry.inputs.map { try $0.tensor() }
        if entry.gradients != nil {
          for leaf in leaves where leaf.dtype.isFloating { try leaf.setRequiresGrad(true) }
        }
        let inputs = try leaves.enumerated().map { entry.turned.contains($0) ? try turned($1) : $1 }
        let outputs = try run(inputs, entry.args)
        #expect(outputs.count == entry.outputs.count, "\(what)")
        for (found, expected) in zip(outputs, entry.outputs) { try check(found, expected, what) }
        guard let gradients = entry.gradients, let first = outputs.first else { continue }
        // The recorded sorts are asked to be stable, which is another operation there.
        if first.count > 0, entry.op != "sort" {
          #expect(first.gradientFunction == entry.function, "\(what)")
        }
        let weights = try Tensor.arange(1, .int(first.count + 1), dtype: .float64)
          .divided(by: .double(Double(max(1, first.count)))).reshape(first.shape).to(first.dtype)
        try first.backward(gradient: weights)
        for (leaf, expected) in zip(leaves, gradients) {
          guard let expected else { continue }
          let grad = try #require(leaf.grad, "\(what): no gradient")
          try check(grad, expected, what + " gradient")
        }
      } catch {
        Issue.record("\(what): \(error)")
      }
    }
  }

  @Test func randomStreamsAgreeWithPyTorch() throws {
    for stream in try Golden.load("random", Golden.Stream.self) {
      let generator = Generator(seed: stream.seed)
      for step in stream.steps {
        let a = step.args
        let shape = a.shape ?? []
        let type = DType(name: a.dtype ?? "float32") ?? .float32
        let found: Tensor
        switch step.call {
        case "rand": found = try Tensor.rand(shape, dtype: type, generator: generator)
        case "randn": found = try Tensor.randn(shape, dtype: type, generator: generator)
        case "randint":
          found = try Tensor.randint(Int(a.low ?? 0), Int(a.high ?? 0), shape, generator: generator)
        case "randperm": found = try Tensor.randperm(a.n ?? 0, generator: generator)
        case "uniform":
          found = try Tensor.zeros(shape)
          try found.uniform(inPlace: a.low ?? 0, a.high ?? 0, generator: generator)
        case "normal":
          found = try Tensor.zeros(shape)
          try found.normal(inPlace: a.mean ?? 0, a.std ?? 0, generator: generator)
        case "bernoulli": found = try Tensor.bernoulli(a.p ?? 0, shape, generator: generator)
        case "dropout":
          let keep = 1 - (a.p ?? 0)
          found = try Tensor.bernoulli(keep, shape, generator: generator).divided(by: .double(keep))
        default:  // linear: weight, then bias, evenly within 1/sqrt(inputs)
          let (inputs, outputs) = (a.in ?? 1, a.out ?? 1)
          let bound = 1 / Double(inputs).squareRoot()
          let (weight, bias) = (try Tensor.zeros([outputs * inputs]), try Tensor.zeros([outputs]))
          try weight.uniform(inPlace: -bound, bound, generator: generator)
          try bias.uniform(inPlace: -bound, bound, generator: generator)
          found = try Tensor.cat([weight, bias])
        }
        // Equal but for normal numbers in blocks, whose logarithms round differently.
        if step.call == "randn" || step.call == "normal" {
          try check(found, step.output, "seed \(stream.seed) \(step.call)")
        } else {
          let recorded = try step.output.tensor()
          let same = try found.isEqual(to: recorded)
          #expect(same, "seed \(stream.seed) \(step.call): \(found), recorded \(recorded)")
        }
      }
    }
  }

  @Test func printedFormsAgree() throws {
    for entry in try Golden.load("printing", Golden.Print.self) {
      let x = try entry.tensor.tensor()
      #expect(x.description(style: .numpyRepr) == entry.repr)
      #expect(x.description(style: .numpyStr) == entry.str)
      if entry.leaf != nil { try x.setRequiresGrad(true) }
      let y = entry.recorded == true ? try x * 1 : x
      #expect(y.description == entry.torch)
    }
  }
}
