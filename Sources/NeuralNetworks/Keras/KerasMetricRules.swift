import TensorCore

/// A metric that gathers batches: `keras.metrics`.
open class KerasMetricRule {
  public init() {}
  /// Begins anew.
  open func reset() {}
  /// Takes a batch in.
  /// - Parameter weights: a factor per sample, or nil.
  open func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {}
  /// What the batches so far give.
  open func result() throws -> Tensor { try Tensor.zeros([]) }

  static func scalar(_ value: Double) throws -> Tensor { try Tensor(.double(value), dtype: .float32) }
}

/// The weighted mean of numbers per sample.
public final class MeanRule: KerasMetricRule {
  public enum Kind: Sendable { case mean, sum, root }
  private var total = 0.0
  private var count = 0.0
  private let kind: Kind
  /// Numbers of samples from targets and predictions; nil takes the values as they are.
  private let each: ((Tensor, Tensor) throws -> Tensor)?

  public init(_ kind: Kind = .mean, _ each: ((Tensor, Tensor) throws -> Tensor)? = nil) {
    self.kind = kind
    self.each = each
    super.init()
  }

  override public func reset() {
    total = 0
    count = 0
  }

  override public func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {
    try noGrad {
      guard let each else { return try add(prediction, weights) }
      try add(each(target, prediction), weights)
    }
  }

  /// Takes values in.
  public func add(_ values: Tensor, _ weights: Tensor?) throws {
    var numbers = values.dtype.isFloating ? values : try values.to(.float32)
    guard var factors = try weights?.to(numbers.dtype) else {
      total += try numbers.sum().item().double
      count += Double(numbers.count)
      return
    }
    if factors.rank == numbers.rank + 1, factors.shape.last == 1 { factors = try factors.squeeze(-1) }
    // Values behind the weights' axes are averaged.
    while numbers.rank > factors.rank {
      numbers = try numbers.mean([numbers.rank - 1])
    }
    total += try numbers.multiplied(by: factors).sum().item().double
    count += try Tensor.ones(numbers.shape, dtype: numbers.dtype).multiplied(by: factors).sum().item().double
  }

  override public func result() throws -> Tensor {
    switch kind {
    case .sum: return try Self.scalar(total)
    case .mean: return try Self.scalar(count == 0 ? 0 : total / count)
    case .root: return try Self.scalar(count == 0 ? 0 : (total / count).squareRoot())
    }
  }
}

/// Numbers per sample that metrics take means of.
public enum KerasAccuracies {
  public static func equal(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try KerasLossRules.aligned(t, p)
    let same = try Comparison.equal(t.to(.float32), p.to(.float32)).to(.float32)
    return same.rank <= 1 ? same : try same.mean([same.rank - 1])
  }
  public static func binary(_ t: Tensor, _ p: Tensor, threshold: Double) throws -> Tensor {
    let (t, p) = try KerasLossRules.aligned(t, p)
    let found = try Comparison.greater(p, .double(threshold)).to(.float32)
    let same = try Comparison.equal(t.to(.float32), found).to(.float32)
    return same.rank <= 1 ? same : try same.mean([same.rank - 1])
  }
  public static func categorical(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    try Comparison.equal(t.argmax(axis: -1), p.argmax(axis: -1)).to(.float32)
  }
  public static func sparse(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    var classes = t
    if classes.rank == p.rank, classes.shape.last == 1 { classes = try classes.squeeze(-1) }
    return try Comparison.equal(classes.to(.int64), p.argmax(axis: -1)).to(.float32)
  }
  public static func sparseTopK(_ t: Tensor, _ p: Tensor, k: Int) throws -> Tensor {
    guard p.rank > 0 else {
      throw TensorError.wrongShape(operation: "top_k", found: p.shape, needed: "[batch, classes]")
    }
    let classes = p.shape[p.rank - 1]
    let flat = try p.reshape([-1, max(1, classes)])
    let wanted = try t.to(.int64).reshape([-1])
    guard wanted.count == flat.shape[0] else {
      throw TensorError.wrongShape(
        operation: "top_k", found: t.shape, needed: "\(p.shape), that of the predictions")
    }
    let places = try flat.topk(min(max(0, k), classes)).indices
    return try Comparison.equal(places, wanted.unsqueeze(1)).any([1]).to(.float32).reshape(
      Array(p.shape.dropLast()))
  }
  public static func topK(_ t: Tensor, _ p: Tensor, k: Int) throws -> Tensor {
    try sparseTopK(t.argmax(axis: -1), p, k: k)
  }
}

/// Counts of right and wrong answers above thresholds: precision, recall and what is made of them.
public final class ConfusionRule: KerasMetricRule {
  public enum Result: Sendable {
    case precision, recall, truePositives, falsePositives, trueNegatives, falseNegatives
    /// The best value of one number where another is at least the given one.
    case sensitivityAtSpecificity(Double), specificityAtSensitivity(Double)
    case precisionAtRecall(Double), recallAtPrecision(Double)
    case auc(curve: Curve, summation: Summation)
  }
  public enum Curve: String, Sendable { case roc = "ROC", pr = "PR", prGain = "PRGAIN" }
  public enum Summation: String, Sendable { case interpolation, minoring, majoring }

  private let wanted: Result
  private let thresholds: [Double]
  private let classID: Int?
  private let topK: Int?
  private let fromLogits: Bool
  private var tp: [Double] = []
  private var fp: [Double] = []
  private var tn: [Double] = []
  private var fn: [Double] = []

  public init(
    _ wanted: Result, thresholds: [Double], classID: Int? = nil, topK: Int? = nil,
    fromLogits: Bool = false
  ) {
    self.wanted = wanted
    self.thresholds = thresholds
    self.classID = classID
    self.topK = topK
    self.fromLogits = fromLogits
    super.init()
    reset()
  }

  /// Thresholds spread evenly over 0...1, the ends a little outside.
  public static func spread(_ count: Int) -> [Double] {
    let inner = (0..<max(0, count - 2)).map { Double($0 + 1) / Double(count - 1) }
    return [-1e-7] + inner + [1 + 1e-7]
  }

  override public func reset() {
    let zeros = [Double](repeating: 0, count: thresholds.count)
    (tp, fp, tn, fn) = (zeros, zeros, zeros, zeros)
  }

  override public func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {
    try noGrad {
      var (t, p) = try KerasLossRules.aligned(target.to(.float32), prediction.to(.float32))
      if fromLogits { p = try p.sigmoid() }
      guard t.shape == p.shape else {
        throw TensorError.wrongShape(
        operation: "confusion metric", found: t.shape, needed: "\(p.shape), that of the predictions")
      }
      if let topK, p.rank > 0 {
        // All but the k largest count as 0.
        let places = try p.topk(min(topK, p.shape[p.rank - 1])).indices
        let keep = try Tensor.zeros(p.shape).scatter(p.rank - 1, places, .double(1))
        p = try p.multiplied(by: keep)
      }
      if let classID {
        guard p.rank > 0, classID >= 0, classID < p.shape[p.rank - 1] else {
          throw TensorError.argument(
            operation: "metric", message: "class_id \(classID) is not among the outputs \(p.shape)")
        }
        t = try t.select(t.rank - 1, classID)
        p = try p.select(p.rank - 1, classID)
      }
      var factors: [Double]?
      if var w = try weights?.to(.float32) {
        while w.rank < p.rank { w = try w.unsqueeze(-1) }
        factors = try w.expand(p.shape).contiguous().doubles()
      }
      let (yes, score) = (try t.doubles(), try p.floats())
      // Elements between two thresholds fall into a bin each; suffix sums give the counts.
      let order = thresholds.indices.sorted { thresholds[$0] < thresholds[$1] }
      let sorted = order.map { Float(thresholds[$0]) }
      var positive = [Double](repeating: 0, count: sorted.count + 1)
      var negative = positive
      for i in yes.indices {
        var (low, high) = (0, sorted.count)
        while low < high {
          let middle = (low + high) / 2
          if sorted[middle] < score[i] { low = middle + 1 } else { high = middle }
        }
        let weight = factors?[i] ?? 1
        if yes[i] != 0 { positive[low] += weight } else { negative[low] += weight }
      }
      let (allPositive, allNegative) = (positive.reduce(0, +), negative.reduce(0, +))
      var (above, aboveNegative) = (0.0, 0.0)
      for i in sorted.indices.reversed() {
        above += positive[i + 1]
        aboveNegative += negative[i + 1]
        let place = order[i]
        tp[place] += above
        fp[place] += aboveNegative
        fn[place] += allPositive - above
        tn[place] += allNegative - aboveNegative
      }
    }
  }

  private static func ratio(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a / b }

  override public func result() throws -> Tensor {
    func each(_ values: [Double]) throws -> Tensor {
      values.count == 1 ? try Self.scalar(values[0]) : try Tensor(values.map { Float($0) })
    }
    func best(_ values: [Double], where others: [Double], least: Double) throws -> Tensor {
      var result = 0.0
      for (value, other) in zip(values, others) where other >= least { result = max(result, value) }
      return try Self.scalar(result)
    }
    let recall = tp.indices.map { Self.ratio(tp[$0], tp[$0] + fn[$0]) }
    let precision = tp.indices.map { Self.ratio(tp[$0], tp[$0] + fp[$0]) }
    let specificity = tp.indices.map { Self.ratio(tn[$0], tn[$0] + fp[$0]) }
    switch wanted {
    case .precision: return try each(precision)
    case .recall: return try each(recall)
    case .truePositives: return try each(tp)
    case .falsePositives: return try each(fp)
    case .trueNegatives: return try each(tn)
    case .falseNegatives: return try each(fn)
    case .sensitivityAtSpecificity(let least): return try best(recall, where: specificity, least: least)
    case .specificityAtSensitivity(let least): return try best(specificity, where: recall, least: least)
    case .precisionAtRecall(let least): return try best(precision, where: recall, least: least)
    case .recallAtPrecision(let least): return try best(recall, where: precision, least: least)
    case .auc(let curve, let summation): return try Self.scalar(area(curve, summation))
    }
  }

  private func area(_ curve: Curve, _ summation: Summation) -> Double {
    if curve == .pr, summation == .interpolation { return interpolatedArea() }
    let recall = tp.indices.map { Self.ratio(tp[$0], tp[$0] + fn[$0]) }
    let (x, y): ([Double], [Double])
    if curve == .roc {
      x = fp.indices.map { Self.ratio(fp[$0], fp[$0] + tn[$0]) }
      y = recall
    } else {
      x = recall
      y = tp.indices.map { Self.ratio(tp[$0], tp[$0] + fp[$0]) }
    }
    var total = 0.0
    for i in 0..<max(0, x.count - 1) {
      let height =
        switch summation {
        case .interpolation: (y[i] + y[i + 1]) / 2
        case .minoring: min(y[i], y[i + 1])
        case .majoring: max(y[i], y[i + 1])
        }
      total += (x[i] - x[i + 1]) * height
    }
    return total
  }

  /// The area under precision and recall with the precision interpolated as it really runs. (Davis and
  /// Goadrich 2006)
  private func interpolatedArea() -> Double {
    var total = 0.0
    for i in 0..<max(0, tp.count - 1) {
      let d = tp[i] - tp[i + 1]
      let p = tp[i] + fp[i]
      let dp = p - (tp[i + 1] + fp[i + 1])
      let slope = Self.ratio(d, max(dp, 0))
      let intercept = tp[i + 1] - slope * (tp[i + 1] + fp[i + 1])
      let next = tp[i + 1] + fp[i + 1]
      let share = p > 0 && next > 0 ? Self.ratio(p, max(next, 0)) : 1
      let increment = slope * (d + intercept * (share > 0 ? Self.logarithm(share) : 0))
      total += Self.ratio(increment, max(tp[i] + fn[i], 0))
    }
    return total
  }
  private static func logarithm(_ x: Double) -> Double {
    (try? Tensor(.double(x), dtype: .float64).log().item().double) ?? 0
  }
}

/// F-beta per class, averaged as wanted: `F1Score`, `FBetaScore`.
public final class FBetaRule: KerasMetricRule {
  private let beta: Double
  private let average: String?
  private let threshold: Double?
  private var counts: [(tp: Double, fp: Double, fn: Double, weight: Double)] = []

  public init(beta: Double, average: String?, threshold: Double?) {
    self.beta = beta
    self.average = average
    self.threshold = threshold
    super.init()
  }
  override public func reset() { counts = [] }
  override public func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {
    try noGrad {
      guard prediction.rank == 2, target.shape == prediction.shape else {
        throw TensorError.argument(
          operation: "FBetaScore",
          message: "FBetaScore expects 2D inputs with shape (batch_size, output_dim). Received input "
            + "shapes: y_pred.shape=\(KerasUnit.text(prediction.shape.map { $0 })) and "
            + "y_true.shape=\(KerasUnit.text(target.shape.map { $0 })).")
      }
      let classes = prediction.shape[1]
      if counts.count != classes { counts = Array(repeating: (0, 0, 0, 0), count: classes) }
      let scores = try prediction.doubles()
      let truth = try target.doubles()
      let factors = try weights?.doubles()
      for row in 0..<prediction.shape[0] {
        let values = scores[(row * classes)..<((row + 1) * classes)]
        let limit = threshold ?? values.max() ?? 0
        let w = factors.map { row < $0.count ? $0[row] : 1 } ?? 1
        for c in 0..<classes {
          let value = scores[row * classes + c]
          let yes = threshold == nil ? value >= limit && abs(value) > 1e-9 : Float(value) > Float(limit)
          let real = truth[row * classes + c]
          if yes { counts[c].tp += w * real; counts[c].fp += w * (1 - real) } else { counts[c].fn += w * real }
          counts[c].weight += w * real
        }
      }
    }
  }
  private func score(_ tp: Double, _ fp: Double, _ fn: Double) -> Double {
    let precision = tp / (tp + fp + 1e-7)
    let recall = tp / (tp + fn + 1e-7)
    return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall + 1e-7)
  }
  override public func result() throws -> Tensor {
    if average == "micro" {
      return try Self.scalar(
        score(
          counts.reduce(0) { $0 + $1.tp }, counts.reduce(0) { $0 + $1.fp },
          counts.reduce(0) { $0 + $1.fn }))
    }
    let each = counts.map { score($0.tp, $0.fp, $0.fn) }
    switch average {
    case "macro": return try Self.scalar(each.isEmpty ? 0 : each.reduce(0, +) / Double(each.count))
    case "weighted":
      let total = counts.reduce(0) { $0 + $1.weight }
      return try Self.scalar(
        zip(each, counts).reduce(0) { $0 + $1.0 * $1.1.weight } / (total + 1e-7))
    default: return try Tensor(each.map { Float($0) })
    }
  }
}

/// Intersection over union per class: `MeanIoU`, `IoU`, `BinaryIoU`, `OneHotIoU`, `OneHotMeanIoU`.
public final class IntersectionRule: KerasMetricRule {
  private let classes: Int
  private let chosen: [Int]
  private let ignored: Int?
  private let prepare: (Tensor, Tensor) throws -> (Tensor, Tensor)
  private var matrix: [Double]

  public init(
    classes: Int, chosen: [Int]?, ignored: Int?,
    prepare: @escaping (Tensor, Tensor) throws -> (Tensor, Tensor) = { ($0, $1) }
  ) {
    self.classes = classes
    self.chosen = chosen ?? Array(0..<classes)
    self.ignored = ignored
    self.prepare = prepare
    matrix = Array(repeating: 0, count: classes * classes)
    super.init()
  }
  override public func reset() { matrix = Array(repeating: 0, count: classes * classes) }
  override public func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {
    try noGrad {
      let (t, p) = try prepare(target, prediction)
      let (truth, found) = (try t.to(.int64).ints(), try p.to(.int64).ints())
      guard truth.count == found.count else {
        throw TensorError.wrongShape(
        operation: "IoU", found: t.shape, needed: "\(p.shape), that of the predictions")
      }
      let factors = try weights?.doubles()
      for i in truth.indices where truth[i] != ignored {
        guard truth[i] >= 0, truth[i] < classes, found[i] >= 0, found[i] < classes else {
          throw TensorError.argument(
            operation: "IoU",
            message: "class \(max(truth[i], found[i])) is not from 0 to \(classes - 1)")
        }
        matrix[truth[i] * classes + found[i]] += factors.map { i < $0.count ? $0[i] : 1 } ?? 1
      }
    }
  }
  override public func result() throws -> Tensor {
    var values: [Double] = []
    for c in chosen where c >= 0 && c < classes {
      let row = (0..<classes).reduce(0) { $0 + matrix[c * classes + $1] }
      let column = (0..<classes).reduce(0) { $0 + matrix[$1 * classes + c] }
      let union = row + column - matrix[c * classes + c]
      if union > 0 { values.append(matrix[c * classes + c] / (union + 1e-7)) }
    }
    return try Self.scalar(values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count))
  }
}

/// The share of the targets' variance that predictions explain: `R2Score`.
public final class R2Rule: KerasMetricRule {
  private let aggregation: String?
  private let predictors: Int
  private var rows = 0.0
  private var sums: [(total: Double, squares: Double, residual: Double, weight: Double)] = []

  public init(aggregation: String?, predictors: Int) {
    self.aggregation = aggregation
    self.predictors = predictors
    super.init()
  }
  override public func reset() {
    rows = 0
    sums = []
  }
  override public func update(_ target: Tensor, _ prediction: Tensor, _ weights: Tensor?) throws {
    try noGrad {
      let (t, p) = try KerasLossRules.aligned(target, prediction)
      guard t.shape == p.shape, t.rank > 0 else {
        throw TensorError.wrongShape(
        operation: "R2Score", found: t.shape, needed: "\(p.shape), that of the predictions")
      }
      let columns = t.rank > 1 ? t.shape[t.rank - 1] : 1
      if sums.count != columns { sums = Array(repeating: (0, 0, 0, 0), count: columns) }
      let (truth, found, factors) = (try t.doubles(), try p.doubles(), try weights?.doubles())
      for i in truth.indices {
        let (row, c) = (i / max(1, columns), i % max(1, columns))
        let w = factors.map { row < $0.count ? $0[row] : 1 } ?? 1
        sums[c].total += w * truth[i]
        sums[c].squares += w * truth[i] * truth[i]
        sums[c].residual += w * (truth[i] - found[i]) * (truth[i] - found[i])
        sums[c].weight += w
      }
      rows += Double(truth.count / max(1, columns))
    }
  }
  override public func result() throws -> Tensor {
    let each = sums.map { s -> (score: Double, total: Double) in
      let mean = s.weight == 0 ? 0 : s.total / s.weight
      let total = s.squares - s.total * mean
      // What does not vary cannot be explained.
      return (total == 0 ? (s.residual == 0 ? .nan : 0) : 1 - s.residual / total, total)
    }
    if aggregation == nil { return try Tensor(each.map { Float($0.score) }) }
    var score: Double
    if aggregation == "variance_weighted_average" {
      let total = each.reduce(0) { $0 + $1.total }
      score = total == 0 ? 0 : each.reduce(0) { $0 + $1.score * $1.total } / total
    } else {
      score = each.isEmpty ? 0 : each.reduce(0) { $0 + $1.score } / Double(each.count)
    }
    if predictors > 0, rows > Double(predictors) + 1 {
      score = 1 - (1 - score) * (rows - 1) / (rows - Double(predictors) - 1)
    }
    return try Self.scalar(score)
  }
}
