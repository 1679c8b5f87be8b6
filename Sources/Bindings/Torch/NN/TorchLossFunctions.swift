import Language
import NeuralNetworks
import TensorCore

/// Losses of `torch.nn.functional`.
enum TorchLossFunctions {
  private static let F = "torch.nn.functional"
  private static let tail = "reduction='mean'"

  /// - Parameter signature: without `reduction`, which every loss takes.
  private static func row(
    _ signature: String, _ doc: String, _ example: String,
    _ body: @escaping (Arguments, LossReduction) throws -> Tensor
  ) -> Native {
    let full = signature.hasSuffix("reduction='mean')") || signature.contains("reduction=")
      ? signature : String(signature.dropLast()) + ", size_average=None, reduce=None, reduction='mean')"
    return torchRow(full, doc, "\(F).\(example)") { a in
      try body(a, reduction(a))
    }
  }

  /// `reduction`, or the older `size_average` and `reduce`.
  static func reduction(_ a: Arguments) throws -> LossReduction {
    func old(_ name: String) throws -> Bool? {
      let place = a.place(name)
      return place < 0 || a[place].isNone || !a[place].isGiven ? nil : try a.bool(place)
    }
    let (average, reduce) = (try old("size_average"), try old("reduce"))
    if average != nil || reduce != nil {
      return reduce == false ? .none : average == false ? .sum : .mean
    }
    let name = try a.string(a.place("reduction"))
    guard let reduction = LossReduction(rawValue: name) else {
      throw Raise(.valueError, "\(name) is not a valid value for reduction", hint: "there are 'mean', 'sum' and 'none'")
    }
    return reduction
  }

  /// Two tensors of one shape, or a warning that teaches: (n, 1) with (n,) gives (n, n).
  private static func pair(_ a: Arguments) throws -> (Tensor, Tensor) {
    let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
    if x.shape != y.shape {
      TorchWarnings.say(
        "Using a target size (torch.Size(\(y.shape))) that is different to the input size (torch.Size(\(x.shape))). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.",
        a.machine)
    }
    return (x, y)
  }

  private static func sameSize(_ x: Tensor, _ y: Tensor) throws {
    guard x.shape == y.shape else {
      throw Raise(
        .valueError,
        "Using a target size (torch.Size(\(y.shape))) that is different to the input size (torch.Size(\(x.shape))) is deprecated. Please ensure they have the same size.",
        hint: "y.view_as(x), or y.unsqueeze(1) where the input has one column")
    }
  }

  static let functions: [Native] = distances + classes + embeddings + margins + densities

  private static let distances: [Native] = [
    row("mse_loss(input, target, size_average=None, reduce=None, reduction='mean', weight=None)", "(x - y)^2.", "mse_loss(torch.ones(2), torch.zeros(2))") { a, reduction in
      let (x, y) = try pair(a)
      let each = try x - y
      var squares = try each * each
      if let weight = try a.optionalTensor(5) { squares = try squares * weight }
      return try reduction(squares).named(gradientFunction: "MseLossBackward0")
    },
    row("l1_loss(input, target, size_average=None, reduce=None, reduction='mean', weight=None)", "|x - y|.", "l1_loss(torch.ones(2), torch.zeros(2))") { a, reduction in
      let (x, y) = try pair(a)
      var each = try (x - y).abs()
      if let weight = try a.optionalTensor(5) { each = try each * weight }
      return try reduction(each)
    },
    row("smooth_l1_loss(input, target, size_average=None, reduce=None, reduction='mean', beta=1.0)", "Quadratic near 0, linear beyond beta.", "smooth_l1_loss(torch.ones(2), torch.zeros(2))") { a, reduction in
      let (x, y) = try pair(a)
      let beta = try a.double(5)
      guard beta >= 0 else { throw Raise(.runtimeError, "smooth_l1_loss does not support negative values for beta.") }
      return try LossFunctions.smoothL1(x, y, beta: beta, reduction: reduction)
    },
    row("huber_loss(input, target, reduction='mean', delta=1.0, weight=None)", "Quadratic near 0, linear beyond delta.", "huber_loss(torch.ones(2), torch.zeros(2))") { a, reduction in
      let (x, y) = try pair(a)
      let delta = try a.double(3)
      guard delta > 0 else { throw Raise(.runtimeError, "huber_loss does not support non-positive values for delta.") }
      return try HuberLoss(delta: delta, reduction: reduction)(x, y)
    },
  ]

  private static let classes: [Native] = [
    row("cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)", "Cross-entropy of logits with classes or probabilities.", "cross_entropy(torch.eye(2), torch.tensor([0, 1]))") { a, reduction in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      try checkClasses(x, y, "cross_entropy_loss")
      return try CrossEntropy(
        .logits, labelSmoothing: a.double(7), ignoredClass: a.int(4), classWeights: a.optionalTensor(2),
        reduction: reduction)(x, y)
    },
    row("nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')", "-log of the probability of the right class, from log-probabilities.", "nll_loss(torch.eye(2), torch.tensor([0, 1]))") { a, reduction in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      try checkClasses(x, y, "nll_loss")
      return try CrossEntropy(
        .logProbabilities, ignoredClass: a.int(4), classWeights: a.optionalTensor(2), reduction: reduction)(x, y)
    },
    row("binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction='mean')", "Cross-entropy of probabilities with 0 and 1.", "binary_cross_entropy(torch.tensor([0.5]), torch.tensor([1.0]))") { a, reduction in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      try sameSize(x, y)
      guard y.dtype.isFloating else {
        throw Raise(.runtimeError, "Found dtype \(TensorErrors.className(y.dtype)) but expected \(TensorErrors.className(x.dtype))", hint: "target.float()")
      }
      let ends = try noGrad { x.count == 0 ? (0.0, 1.0) : (try x.amin().item().double, try x.amax().item().double) }
      guard ends.0 >= 0, ends.1 <= 1 else {
        throw Raise(
          .runtimeError, "all elements of input should be between 0 and 1",
          hint: "these are logits: use binary_cross_entropy_with_logits, or torch.sigmoid first")
      }
      let loss = BinaryCrossEntropy(fromLogits: false, reduction: reduction)
      return try loss(x, y, weights: weights(a, 2, x))
    },
    row("binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None)", "Cross-entropy of logits with 0 and 1.", "binary_cross_entropy_with_logits(torch.zeros(1), torch.ones(1))") { a, reduction in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      guard x.shape == y.shape else {
        throw Raise(
          .valueError,
          "Target size (torch.Size(\(y.shape))) must be the same as input size (torch.Size(\(x.shape)))",
          hint: "y.view_as(x), or y.unsqueeze(1) where the input has one column")
      }
      if !y.dtype.isFloating {
        throw Raise(
          .runtimeError,
          "result type Float can't be cast to the desired output type \(TensorErrors.className(y.dtype))",
          hint: "target.float()")
      }
      if let positive = try a.optionalTensor(6) {
        // (1 - y) x + (1 + (p - 1) y) log(1 + exp(-x))
        let factor = try (positive - .double(1)) * y + .double(1)
        var each = try (y.neg() + .double(1)) * x + factor * x.neg().softplus()
        if let weight = try a.optionalTensor(2) { each = try each * weight }
        return try reduction(each).named(gradientFunction: "BinaryCrossEntropyWithLogitsBackward0")
      }
      return try BinaryCrossEntropy(fromLogits: true, reduction: reduction)(x, y, weights: weights(a, 2, x))
    },
    torchRow("kl_div(input, target, size_average=None, reduce=None, reduction='mean', log_target=False)", "The divergence of Kullback and Leibler, from log-probabilities.", "\(F).kl_div(torch.zeros(2), torch.ones(2), reduction='sum')") { a in
      let isBatchMean = a[4].swiftString == "batchmean"
      if !isBatchMean, a[4].swiftString == "mean", a[2].isNone, a[3].isNone {
        TorchWarnings.say(
          "reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.",
          a.machine)
      }
      return try LossFunctions.klDivergence(
        a.torchTensor(0), a.torchTensor(1), logTarget: a.bool(5),
        reduction: isBatchMean ? .sum : reduction(a), batchMean: isBatchMean)
    },
    row("multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction='mean')", "Cross-entropy of each class by itself.", "multilabel_soft_margin_loss(torch.zeros(1, 2), torch.ones(1, 2))") { a, reduction in
      try LossFunctions.multiLabelSoftMargin(
        a.torchTensor(0), a.torchTensor(1), weight: a.optionalTensor(2), reduction: reduction)
    },
  ]

  /// Weights of single elements in the shape of the losses.
  private static func weights(_ a: Arguments, _ index: Int, _ x: Tensor) throws -> Tensor? {
    guard let weight = try a.optionalTensor(index) else { return nil }
    return try weight.expand(Shape.broadcast(weight.shape, x.shape, "weight"))
  }

  /// Errors of targets in PyTorch's words.
  private static func checkClasses(_ x: Tensor, _ y: Tensor, _ name: String) throws {
    if y.dtype.isFloating, x.shape == y.shape, name == "cross_entropy_loss" { return }
    let batch = x.rank == 0 ? 0 : x.shape[0]
    if x.rank >= 2, y.rank >= 1, y.shape[0] != batch {
      throw Raise(
        .valueError,
        "Expected input batch_size (\(batch)) to match target batch_size (\(y.shape[0])).",
        hint: "the input is [batch, classes], the target [batch]")
    }
    if y.dtype != .int64, y.dtype != .uint8 {
      throw Raise(
        .runtimeError, "expected target dtype to be Long or Byte, but got \(TensorErrors.className(y.dtype))",
        hint: "classes are whole numbers: target.long(); probabilities have the input's shape \(x.shape)")
    }
    if x.rank == 2, y.rank == 2 {
      throw Raise(
        .runtimeError,
        "0D or 1D target tensor expected, multi-target not supported",
        hint: "the target is [batch]: target.squeeze(1), or target.argmax(1) for rows of 0 and 1")
    }
  }

  private static let embeddings: [Native] = [
    row("hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean')", "x for 1, max(0, margin - x) for -1.", "hinge_embedding_loss(torch.ones(1), torch.ones(1))") {
      try LossFunctions.hingeEmbedding($0.torchTensor(0), $0.torchTensor(1), margin: $0.double(2), reduction: $1)
    },
    row("cosine_embedding_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean')", "1 - cos for 1, max(0, cos - margin) for -1.", "cosine_embedding_loss(torch.ones(1, 2), torch.ones(1, 2), torch.ones(1))") {
      try LossFunctions.cosineEmbedding($0.torchTensor(0), $0.torchTensor(1), $0.torchTensor(2), margin: $0.double(3), reduction: $1)
    },
    row("triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2.0, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean')", "max(0, d(a, p) - d(a, n) + margin).", "triplet_margin_loss(torch.ones(1, 2), torch.ones(1, 2), torch.zeros(1, 2))") {
      try LossFunctions.triplet(
        $0.torchTensor(0), $0.torchTensor(1), $0.torchTensor(2), margin: $0.double(3), power: $0.double(4),
        epsilon: $0.double(5), swap: $0.bool(6), reduction: $1)
    },
    row("triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean')", "max(0, d(a, p) - d(a, n) + margin) with a distance of one's own.", "triplet_margin_with_distance_loss(torch.ones(1, 2), torch.ones(1, 2), torch.zeros(1, 2))") { a, reduction in
      if a[3].isNone {
        return try LossFunctions.triplet(
          a.torchTensor(0), a.torchTensor(1), a.torchTensor(2), margin: a.double(4), swap: a.bool(5), reduction: reduction)
      }
      func distance(_ x: Value, _ y: Value) throws -> Tensor {
        guard let result = try a.machine.call(a[3], [x, y]).asTensorObject?.tensor else {
          throw Raise(.typeError, "distance_function must give a Tensor")
        }
        return result
      }
      let near = try distance(a[0], a[1])
      var far = try distance(a[0], a[2])
      if try a.bool(5) { far = try far.minimum(distance(a[1], a[2])) }
      return try reduction((near - far + .double(a.double(4))).clamp(min: 0))
    },
    row("margin_ranking_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean')", "max(0, -y (x1 - x2) + margin).", "margin_ranking_loss(torch.ones(1), torch.zeros(1), torch.ones(1))") {
      try LossFunctions.marginRanking($0.torchTensor(0), $0.torchTensor(1), $0.torchTensor(2), margin: $0.double(3), reduction: $1)
    },
  ]

  private static let margins: [Native] = [
    row("soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean')", "log(1 + exp(-y x)).", "soft_margin_loss(torch.ones(1), torch.ones(1))") {
      try LossFunctions.softMargin($0.torchTensor(0), $0.torchTensor(1), reduction: $1)
    },
    row("multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean')", "Hinge of the right class against the others.", "multi_margin_loss(torch.eye(2), torch.tensor([0, 1]))") {
      try LossFunctions.multiMargin(
        $0.torchTensor(0), $0.torchTensor(1), power: $0.int(2), margin: $0.double(3),
        weight: $0.optionalTensor(4), reduction: $1)
    },
    row("multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean')", "Hinge over pairs of right and wrong classes.", "multilabel_margin_loss(torch.eye(2), torch.tensor([[0, -1], [1, -1]]))") {
      try LossFunctions.multiLabelMargin($0.torchTensor(0), $0.torchTensor(1), reduction: $1)
    },
  ]

  private static let densities: [Native] = [
    row("poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean')", "-log of a Poisson probability.", "poisson_nll_loss(torch.zeros(1), torch.ones(1))") { a, reduction in
      try LossFunctions.poisson(
        a.torchTensor(0), a.torchTensor(1), logInput: a.bool(2), full: a.bool(3), epsilon: a.double(5),
        reduction: reduction)
    },
    row("gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction='mean')", "-log of a normal density.", "gaussian_nll_loss(torch.zeros(1), torch.ones(1), torch.ones(1))") { a, reduction in
      let x = try a.torchTensor(0)
      let variance = try a[2].asDouble.map { try Tensor.full(x.shape, .double($0), dtype: x.dtype) } ?? a.torchTensor(2)
      return try LossFunctions.gaussian(
        x, a.torchTensor(1), variance, full: a.bool(3), epsilon: a.double(4), reduction: reduction)
    },
    row("ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False)", "Rows of steps against shorter rows of labels.", "ctc_loss(torch.zeros(3, 1, 2).log_softmax(2), torch.tensor([[1]]), (3,), (1,))") { a, reduction in
      try ctc(a, reduction)
    },
  ]

  private static func ctc(_ a: Arguments, _ reduction: LossReduction) throws -> Tensor {
    var logs = try a.torchTensor(0)
    let isSingle = logs.rank == 2
    if isSingle { logs = try logs.unsqueeze(1) }
    guard logs.rank == 3 else { throw Raise(.runtimeError, "ctc_loss: log_probs must be [time, batch, classes]") }
    func lengths(_ index: Int) throws -> [Int] {
      if let tensor = a[index].asTensorObject?.tensor { return try tensor.to(.int64).reshape([-1]).ints() }
      return try a.shape(index)
    }
    let (steps, sizes) = (try lengths(2), try lengths(3))
    let (time, batch) = (logs.shape[0], logs.shape[1])
    guard steps.count == batch, sizes.count == batch else {
      throw Raise(.runtimeError, "input_lengths must be of size batch_size")
    }
    guard steps.allSatisfy({ $0 >= 0 && $0 <= time }) else {
      throw Raise(.runtimeError, "Expected input_lengths to have value at most \(time), but got value \(steps.max() ?? 0)")
    }
    let blank = try a.int(4)
    guard blank >= 0, blank < logs.shape[2] else { throw Raise(.runtimeError, "blank must be in label range") }
    let target = try a.torchTensor(1).to(.int64)
    let flat = try target.reshape([-1]).ints()
    var rows: [[Int]] = []
    if target.rank == 2 {
      guard target.shape[0] == batch, sizes.allSatisfy({ $0 >= 0 && $0 <= target.shape[1] }) else {
        throw Raise(.runtimeError, "ctc_loss: targets of shape \(target.shape) do not fit target_lengths \(sizes)")
      }
      let width = target.shape[1]
      rows = (0..<batch).map { Array(flat[($0 * width)..<($0 * width + sizes[$0])]) }
    } else {
      guard sizes.allSatisfy({ $0 >= 0 && $0 <= flat.count }), sizes.reduce(0, +) <= flat.count else {
        throw Raise(.runtimeError, "ctc_loss: there are \(flat.count) targets, target_lengths add up to more")
      }
      var start = 0
      for size in sizes {
        rows.append(Array(flat[start..<(start + size)]))
        start += size
      }
    }
    let each = try CTC.losses(logs, targets: rows, lengths: steps, blank: blank, zeroInfinity: a.bool(6))
    switch reduction {
    case .none: return isSingle ? try each.squeeze(0) : each
    case .sum: return try each.sum()
    case .mean:
      let divisors = try Tensor(sizes.map { Double(max(1, $0)) }, dtype: each.dtype)
      return try (each / divisors).mean()
    }
  }
}
