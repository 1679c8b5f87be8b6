import TensorCore

/// A step whose buffers and order are laid out once, for chains of linear layers with activations,
/// dropout and flattening.
///
/// Each step gathers its rows, multiplies, adds bias and activation in one pass, gets the gradient of
/// the loss, multiplies back, and updates; nothing is allocated. The numbers are those of the tape to
/// rounding, in the same order of random draws.
///
/// Softmax cross-entropy runs on a kernel of its own that also counts right rows. Any other loss gets
/// the outputs as a leaf and uses the tape for itself only.
final class PlannedStep: TrainingStep {
  /// A linear layer with what surrounds it.
  struct Stage {
    let layer: Linear
    let weight: Tensor
    let bias: Tensor?
    let activation: Int32
    let inputs: Int
    let outputs: Int
    /// [batch, outputs]: the activation's result.
    let output: Tensor
    /// [batch, outputs]: the same after dropout; the same memory without it.
    let fed: Tensor
    /// [batch, outputs]: before the activation; for GELU only.
    let before: Tensor?
    /// [batch, outputs]: the gradient.
    let gradient: Tensor
    let weightGradient: Tensor
    let biasGradient: Tensor?
    /// Applied to the output of this stage.
    let dropout: Dropout?
  }

  private let trainer: Trainer
  private let data: TrainingData
  private var stages: [Stage] = []
  private let inputDropout: Dropout?
  private let columns: Int
  private let input: Tensor
  /// The batch's classes, when the fused loss runs.
  private let classes: Tensor?
  private let allClasses: Tensor?
  private let rowWeights: Tensor?
  private let lossScale: LossReduction
  private var masks: [Int: Tensor] = [:]
  /// The same step on addresses, where nothing is drawn and the loss is fused.
  private var addresses: DenseAddresses?
  private var update: PreparedUpdate?

  /// nil when the model, the loss or the data ask for the tape.
  init?(_ trainer: Trainer, _ data: TrainingData) throws {
    guard let chain = Self.chain(trainer.model, data) else { return nil }
    self.trainer = trainer
    self.data = data
    inputDropout = chain.inputDropout
    columns = chain.columns
    let batch = min(data.batchSize, data.rows)
    // The fused loss must be able to read the last layer's logits.
    let fused = try Self.fusedClasses(trainer.loss, chain, data)
    if fused == nil && chain.endsWithSoftmax { return nil }
    if fused == nil && data.weights != nil && trainer.loss.reduction == .none { return nil }
    allClasses = fused
    classes = try fused.map { _ in try Tensor.zeros([batch], dtype: .int64) }
    rowWeights = try data.weights.map { _ in try Tensor.zeros([batch]) }
    lossScale = trainer.loss.reduction
    input = try Tensor.zeros([batch, columns])
    for link in chain.links {
      guard let weight = link.layer.weight, weight.dtype == .float32, weight.isContiguous,
        weight.requiresGrad, link.layer.bias?.requiresGrad ?? true,
        link.layer.bias?.isContiguous ?? true
      else { return nil }
      let (outputs, inputs) =
        link.layer.isInputsFirst
        ? (weight.shape[1], weight.shape[0]) : (weight.shape[0], weight.shape[1])
      let output = try Tensor.zeros([batch, outputs])
      stages.append(
        Stage(
          layer: link.layer, weight: weight, bias: link.layer.bias, activation: link.activation,
          inputs: inputs, outputs: outputs, output: output,
          fed: try link.dropout.map { _ in try Tensor.zeros([batch, outputs]) } ?? output,
          before: link.activation == Int32(SW_ACT_GELU) ? try Tensor.zeros([batch, outputs]) : nil,
          gradient: try Tensor.zeros([batch, outputs]),
          weightGradient: try Tensor.zeros(weight.shape),
          biasGradient: try link.layer.bias.map { try Tensor.zerosLike($0.detach()) },
          dropout: link.dropout))
    }
    if inputDropout == nil, rowWeights == nil, let classes {
      addresses = try Self.addresses(stages, input, classes)
    }
    if addresses != nil {
      var gradients: [ObjectIdentifier: Tensor] = [:]
      for stage in stages {
        gradients[ObjectIdentifier(stage.weight)] = stage.weightGradient
        if let bias = stage.bias { gradients[ObjectIdentifier(bias)] = stage.biasGradient }
      }
      update = try PreparedUpdate(trainer.optimizer, gradients)
    }
  }

  /// nil where a stage draws numbers or has no bias.
  private static func addresses(_ stages: [Stage], _ input: Tensor, _ classes: Tensor) throws
    -> DenseAddresses?
  {
    func start(_ t: Tensor) throws -> UnsafeMutablePointer<Float>? {
      try t.withMutableElements(of: Float.self) { $0.baseAddress }
    }
    var lanes: [DenseAddresses.Lane] = []
    for stage in stages {
      guard stage.dropout == nil, let bias = stage.bias, let biasGradient = stage.biasGradient,
        bias.dtype == .float32, let w = try start(stage.weight), let b = try start(bias),
        let output = try start(stage.output), let gradient = try start(stage.gradient),
        let dw = try start(stage.weightGradient), let db = try start(biasGradient)
      else { return nil }
      lanes.append(
        DenseAddresses.Lane(
          inputs: stage.inputs, outputs: stage.outputs, activation: stage.activation,
          isInputsFirst: stage.layer.isInputsFirst, weight: w, bias: b, output: output,
          before: try stage.before.flatMap { try start($0) }, gradient: gradient,
          weightGradient: dw, biasGradient: db))
    }
    guard let from = try start(input),
      let to = try classes.withMutableElements(of: Int64.self, { $0.baseAddress })
    else { return nil }
    return DenseAddresses(lanes, input: from, classes: to)
  }

  // MARK: Laying out

  private struct Link {
    let layer: Linear
    var activation: Int32
    var dropout: Dropout?
  }

  private struct Chain {
    var links: [Link] = []
    var inputDropout: Dropout?
    var columns = 0
    var endsWithSoftmax = false
  }

  /// The layers of the model as a chain of linear layers, or nil when there is another kind.
  private static func chain(_ model: Module, _ data: TrainingData) -> Chain? {
    var layers: [Module] = []
    var open: [Module] = [model]
    while let next = open.popLast() {
      if let sequence = next as? Sequential {
        open += sequence.layers.reversed()
      } else {
        layers.append(next)
      }
    }
    var chain = Chain()
    chain.columns = data.x.count / max(1, data.rows)
    var flat = data.x.rank == 2
    for layer in layers {
      if chain.endsWithSoftmax { return nil }
      switch layer {
      case let linear as Linear:
        guard flat else { return nil }
        let isSoftmax = linear.activation.name == "softmax"
        guard let code = isSoftmax ? SW_ACT_NONE : linear.activation.code else { return nil }
        chain.links.append(Link(layer: linear, activation: Int32(code)))
        chain.endsWithSoftmax = isSoftmax
      case let activation as ActivationLayer:
        guard let last = chain.links.indices.last, chain.links[last].dropout == nil,
          chain.links[last].activation == Int32(SW_ACT_NONE)
        else { return nil }
        if activation.activation.name == "softmax" {
          guard activation.axis == nil || activation.axis == -1 || activation.axis == 1 else {
            return nil
          }
          chain.endsWithSoftmax = true
        } else if let code = activation.activation.code, activation.axis == nil {
          chain.links[last].activation = Int32(code)
        } else {
          return nil
        }
      case let dropout as Dropout:
        if dropout.p == 0 { continue }
        if let last = chain.links.indices.last {
          guard chain.links[last].dropout == nil else { return nil }
          chain.links[last].dropout = dropout
        } else {
          guard chain.inputDropout == nil else { return nil }
          chain.inputDropout = dropout
        }
      case let flatten as Flatten:
        guard flatten.startAxis == 1, flatten.endAxis == -1 || flatten.endAxis == data.x.rank - 1
        else { return nil }
        flat = true
      case is Identity: continue
      default: return nil
      }
    }
    return chain.links.isEmpty || !flat ? nil : chain
  }

  /// All targets as classes when the loss is plain softmax cross-entropy.
  private static func fusedClasses(_ loss: any Loss, _ chain: Chain, _ data: TrainingData) throws
    -> Tensor?
  {
    guard let entropy = loss as? CrossEntropy, entropy.labelSmoothing == 0,
      entropy.classWeights == nil, entropy.reduction != .none, let last = chain.links.last,
      last.activation == Int32(SW_ACT_NONE), last.dropout == nil
    else { return nil }
    switch entropy.input {
    case .logits: if chain.endsWithSoftmax { return nil }
    case .probabilities: if !chain.endsWithSoftmax { return nil }
    case .logProbabilities: return nil
    }
    let count = last.layer.outFeatures
    var classes = data.y
    if data.y.dtype.isFloating || data.y.shape == [data.rows, count] {
      // One-hot rows are classes; anything else is a distribution for the tape.
      guard data.y.shape == [data.rows, count], count > 1 else { return nil }
      let ones = try Comparison.equal(data.y, .int(1)).to(.int64).sum([1])
      let zeros = try Comparison.equal(data.y, .int(0)).to(.int64).sum([1])
      guard try Comparison.equal(ones, .int(1)).all().item().bool,
        try Comparison.equal(zeros, .int(count - 1)).all().item().bool
      else { return nil }
      classes = try data.y.argmax(axis: 1)
    }
    if classes.shape == [data.rows, 1] { classes = try classes.squeeze(-1) }
    guard classes.shape == [data.rows], classes.dtype.isInteger else { return nil }
    classes = try classes.to(.int64).contiguous()
    // Out of range or ignored: the tape has the sentences and the counting.
    let inside = try Comparison.and(
      Comparison.greaterOrEqual(classes, .int(0)), Comparison.less(classes, .int(count)))
    return try inside.all().item().bool ? classes : nil
  }

  // MARK: Running

  func run(first: Int, count: Int, order: Tensor?, sums: inout MetricSums) throws {
    Tensor.settle()  // what waits to read a parameter must read it before it changes
    // A replaced parameter (load, surgery in a callback) is not the one that was laid out.
    for i in stages.indices
    where stages[i].layer.weight !== stages[i].weight || stages[i].layer.bias !== stages[i].bias {
      throw NeuralNetworkError.state(
        message: "a parameter was replaced while the model was trained")
    }
    if let addresses { return try run(addresses, first, count, order, &sums) }
    try noGrad {
      try gather(data.x, into: input, block: columns * 4, first, count, order)
      try forward(count)
      let loss = try lossAndGradient(first, count, order, &sums)
      sums.add(0, loss, rows: count)
      try backward(count)
      for stage in stages {
        stage.weight.grad = stage.weightGradient
        stage.bias?.grad = stage.biasGradient
      }
      try trainer.optimizer.step()
    }
  }

  private func run(
    _ addresses: DenseAddresses, _ first: Int, _ count: Int, _ order: Tensor?,
    _ sums: inout MetricSums
  ) throws {
    guard let last = stages.last, let allClasses, let classes else { return }
    try gather(data.x, into: input, block: columns * 4, first, count, order)
    try gather(allClasses, into: classes, block: 8, first, count, order)
    try addresses.forward(count)
    var correct: Int64 = 0
    let total = addresses.loss(
      count, scale: lossScale == .mean ? 1 / Float(count) : 1, &correct)
    if !trainer.metrics.isEmpty {
      try noGrad { try judge(last, Double(correct) / Double(count), first, count, order, &sums) }
      Tensor.settle()  // what a metric of the program keeps of this step
    }
    sums.add(0, lossScale == .mean ? total / Double(count) : total, rows: count)
    try addresses.backward(count)
    for i in stages.indices {
      if stages[i].weight.grad !== stages[i].weightGradient {
        stages[i].weight.grad = stages[i].weightGradient
      }
      if stages[i].bias?.grad !== stages[i].biasGradient {
        stages[i].bias?.grad = stages[i].biasGradient
      }
    }
    if let update, try update.step() { return }
    try trainer.optimizer.step()
  }

  private func gather(
    _ source: Tensor, into target: Tensor, block: Int, _ first: Int, _ count: Int, _ order: Tensor?
  ) throws {
    try source.withBytes { from in
      try target.withMutableBytes { to in
        if let order {
          try order.withElements(of: Int64.self) { rows in
            guard let places = rows.baseAddress else { return }
            sw_gather(Int64(count), Int64(block), places + first, from, to)
          }
        } else {
          to.update(from: from + first * block, count: count * block)
        }
      }
    }
  }

  private func forward(_ count: Int) throws {
    if let inputDropout { try drop(inputDropout, input, into: input, -1, count) }
    var x = input
    for (i, stage) in stages.enumerated() {
      try x.withElements(of: Float.self) { from in
        try stage.weight.withElements(of: Float.self) { weights in
          try stage.output.withMutableElements(of: Float.self) { to in
            guard let a = from.baseAddress, let w = weights.baseAddress, let z = to.baseAddress
            else { return }
            try MatrixProduct.float(
              m: count, n: stage.outputs, k: stage.inputs,
              .init(a, rowStride: stage.inputs, columnStride: 1),
              stage.layer.isInputsFirst
                ? .init(w, rowStride: stage.outputs, columnStride: 1)
                : .init(w, rowStride: 1, columnStride: stage.inputs), into: z, cStride: stage.outputs)
            let before = try stage.before?.withMutableElements(of: Float.self) { $0.baseAddress }
            let bias = try stage.bias?.withElements(of: Float.self) { $0.baseAddress }
            try epilogue(stage, count, z, bias ?? nil, before ?? nil)
          }
        }
      }
      if let dropout = stage.dropout {
        try drop(dropout, stage.output, into: stage.fed, i, count)
      }
      x = stage.fed
    }
  }

  /// Bias and activation in one pass over the rows.
  private func epilogue(
    _ stage: Stage, _ count: Int, _ z: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>?,
    _ before: UnsafeMutablePointer<Float>?
  ) throws {
    let kernel = sw_kernels().pointee.bias_act
    let width = stage.outputs
    let zero = bias == nil ? [Float](repeating: 0, count: width) : []
    try zero.withUnsafeBufferPointer { zeros in
      guard let add = bias ?? zeros.baseAddress else { return }
      if bias == nil && stage.activation == Int32(SW_ACT_NONE) { return }
      try ThreadPool.forRanges(count, grain: max(1, (1 << 15) / width)) { start, end in
        kernel?(
          stage.activation, Int64(end - start), Int64(width), z + start * width, add,
          before.map { $0 + start * width })
      }
    }
  }

  /// Multiplies by a fresh mask, which the way back uses again.
  private func drop(
    _ dropout: Dropout, _ from: Tensor, into to: Tensor, _ key: Int, _ count: Int
  ) throws {
    let rows = try from.narrow(0, start: 0, length: count)
    let mask = try dropout.mask(rows.shape, dtype: .float32)
    masks[key] = mask
    try to.narrow(0, start: 0, length: count).copy(from: rows.multiplied(by: mask))
  }

  /// The loss of the batch, its gradient in the last stage's buffer, and the metrics.
  private func lossAndGradient(
    _ first: Int, _ count: Int, _ order: Tensor?, _ sums: inout MetricSums
  ) throws -> Double {
    guard let last = stages.last else { return 0 }
    let weights = try data.weights.flatMap { all -> Tensor? in
      guard let rowWeights else { return nil }
      try gather(all, into: rowWeights, block: 4, first, count, order)
      return rowWeights
    }
    guard let allClasses, let classes else {
      return try tapeLoss(last, weights, first, count, order, &sums)
    }
    try gather(allClasses, into: classes, block: 8, first, count, order)
    var correct: Int64 = 0
    let scale: Float = lossScale == .mean ? 1 / Float(count) : 1
    let total = try last.output.withElements(of: Float.self) { logits in
      try classes.withElements(of: Int64.self) { targets in
        try last.gradient.withMutableElements(of: Float.self) { gradient -> Double in
          let factors = try weights?.withElements(of: Float.self) { $0.baseAddress }
          guard let z = logits.baseAddress, let t = targets.baseAddress,
            let g = gradient.baseAddress
          else { return 0 }
          return sw_kernels().pointee.cross_entropy(
            Int64(count), Int64(last.outputs), z, t, factors ?? nil, scale, g, &correct)
        }
      }
    }
    if !trainer.metrics.isEmpty {
      try judge(last, Double(correct) / Double(count), first, count, order, &sums)
    }
    return lossScale == .mean ? total / Double(count) : total
  }

  private func judge(
    _ last: Stage, _ accuracy: Double, _ first: Int, _ count: Int, _ order: Tensor?,
    _ sums: inout MetricSums
  ) throws {
    let shape = [count, last.outputs]
    for (i, metric) in trainer.metrics.enumerated() {
      if metric.isClassAccuracy(prediction: shape, target: data.y.shape) {
        sums.add(i + 1, accuracy, rows: count)
      } else {
        var prediction = try last.output.narrow(0, start: 0, length: count)
        if case .probabilities = (trainer.loss as? CrossEntropy)?.input ?? .logits {
          prediction = try prediction.softmax()
        }
        let target = try rows(data.y, first, count, order)
        sums.add(i + 1, try metric.rows(prediction, target).mean().item().double, rows: count)
      }
    }
  }

  private func rows(_ t: Tensor, _ first: Int, _ count: Int, _ order: Tensor?) throws -> Tensor {
    guard let order else { return try t.narrow(0, start: first, length: count) }
    return try t.indexSelect(0, order.narrow(0, start: first, length: count))
  }

  /// A loss without a kernel: the outputs are a leaf, the tape gives their gradient.
  private func tapeLoss(
    _ last: Stage, _ weights: Tensor?, _ first: Int, _ count: Int, _ order: Tensor?,
    _ sums: inout MetricSums
  ) throws -> Double {
    let target = try rows(data.y, first, count, order)
    let leaf = try last.fed.narrow(0, start: 0, length: count).clone()
    try leaf.setRequiresGrad(true)
    let loss = try enableGrad {
      let factors = try weights?.narrow(0, start: 0, length: count)
      let loss = try trainer.loss(leaf, Trainer.fit(target, to: leaf), weights: factors)
      return loss.count == 1 ? loss : try loss.mean()
    }
    try loss.backward()
    let place = try last.gradient.narrow(0, start: 0, length: count)
    if let gradient = leaf.grad { try place.copy(from: gradient) } else { try place.fill(0) }
    // The gradient is that of the activation's result here; the fused loss gives the logits'.
    if let dropout = last.dropout, dropout.p > 0, let mask = masks[stages.count - 1] {
      try place.multiply(inPlace: mask)
    }
    try activationBack(last, count)
    for (i, metric) in trainer.metrics.enumerated() {
      sums.add(i + 1, try metric.rows(leaf, target).mean().item().double, rows: count)
    }
    return try loss.item().double
  }

  private func activationBack(_ stage: Stage, _ count: Int) throws {
    if stage.activation == Int32(SW_ACT_NONE) { return }
    let kernel = sw_kernels().pointee.act_back
    try stage.gradient.withMutableElements(of: Float.self) { gradient in
      try stage.output.withElements(of: Float.self) { output in
        let before = try stage.before?.withElements(of: Float.self) { $0.baseAddress }
        guard let g = gradient.baseAddress, let y = output.baseAddress else { return }
        try ThreadPool.forRanges(count * stage.outputs, grain: 1 << 15) { start, end in
          kernel?(
            stage.activation, Int64(end - start), g + start, y + start,
            (before ?? nil).map { $0 + start })
        }
      }
    }
  }

  private func backward(_ count: Int) throws {
    for i in stages.indices.reversed() {
      let stage = stages[i]
      let x = i == 0 ? input : stages[i - 1].fed
      try stage.gradient.withElements(of: Float.self) { gradient in
        guard let g = gradient.baseAddress else { return }
        try x.withElements(of: Float.self) { inputs in
          try stage.weightGradient.withMutableElements(of: Float.self) { to in
            guard let a = inputs.baseAddress, let dw = to.baseAddress else { return }
            if stage.layer.isInputsFirst {
              try MatrixProduct.float(
                m: stage.inputs, n: stage.outputs, k: count,
                .init(a, rowStride: 1, columnStride: stage.inputs),
                .init(g, rowStride: stage.outputs, columnStride: 1), into: dw,
                cStride: stage.outputs)
              return
            }
            try MatrixProduct.float(
              m: stage.outputs, n: stage.inputs, k: count,
              .init(g, rowStride: 1, columnStride: stage.outputs),
              .init(a, rowStride: stage.inputs, columnStride: 1), into: dw, cStride: stage.inputs)
          }
        }
        try stage.biasGradient?.withMutableBytes { to in
          sw_kernels().pointee.sum_rows.0?(
            Int64(count), Int64(stage.outputs),
            UnsafeRawPointer(g).assumingMemoryBound(to: CChar.self), Int64(stage.outputs * 4), to)
        }
        if i == 0 { return }
        let below = stages[i - 1]
        try stage.weight.withElements(of: Float.self) { weights in
          try below.gradient.withMutableElements(of: Float.self) { to in
            guard let w = weights.baseAddress, let dx = to.baseAddress else { return }
            try MatrixProduct.float(
              m: count, n: stage.inputs, k: stage.outputs,
              .init(g, rowStride: stage.outputs, columnStride: 1),
              stage.layer.isInputsFirst
                ? .init(w, rowStride: 1, columnStride: stage.outputs)
                : .init(w, rowStride: stage.inputs, columnStride: 1), into: dx, cStride: stage.inputs)
          }
        }
      }
      if i == 0 { continue }
      let below = stages[i - 1]
      if below.dropout != nil, let mask = masks[i - 1] {
        try below.gradient.narrow(0, start: 0, length: count).multiply(inPlace: mask)
      }
      try activationBack(below, count)
    }
  }
}
