import TensorCore

/// Limited-memory BFGS, which asks for the loss several times a step. (Liu and Nocedal 1989)
///
/// In PyTorch's form: without line search the first step of all is min(1, 1 / sum |g|) * rate, later
/// ones `rate` long.
public final class LBFGS {
  public struct Settings: Sendable {
    public var learningRate = 1.0
    public var iterations = 20
    public var evaluations: Int?
    public var gradientTolerance = 1e-7
    public var changeTolerance = 1e-9
    public var historySize = 100
    public var usesStrongWolfe = false
    public init() {}
  }

  public let parameters: [Tensor]
  public private(set) var evaluationCount = 0
  public private(set) var iterationCount = 0
  private var direction: Tensor?
  private var stepLength = 0.0
  private var previousGradient: Tensor?
  private var previousLoss = 0.0
  private var steps: [Tensor] = []
  private var changes: [Tensor] = []
  private var inverses: [Double] = []
  private var scale = 1.0

  public init(_ parameters: [Tensor]) { self.parameters = parameters }

  private func gathered() throws -> Tensor {
    try noGrad {
      try Tensor.cat(
        parameters.map { try ($0.grad ?? Tensor.zerosLike($0.detach())).reshape([-1]) }
      ).clone()
    }
  }

  private func move(_ length: Double, _ direction: Tensor) throws {
    try noGrad {
      var start = 0
      for parameter in parameters {
        let part = try direction.narrow(0, start: start, length: parameter.count)
        try parameter.add(inPlace: part.reshape(parameter.shape) * .double(length))
        start += parameter.count
      }
    }
  }

  private static func dot(_ a: Tensor, _ b: Tensor) throws -> Double {
    try noGrad { try a.dot(b).item().double }
  }

  /// - Parameter closure: computes the loss and its gradients.
  /// - Returns: the first loss.
  @discardableResult
  public func step(_ s: Settings, _ closure: () throws -> Double) throws -> Double {
    let first = try closure()
    var loss = first
    var evaluations = 1
    evaluationCount += 1
    var gradient = try gathered()
    func largest(_ x: Tensor) throws -> Double { try noGrad { try x.abs().max().item().double } }
    if gradient.count == 0 { return first }
    if try largest(gradient) <= s.gradientTolerance { return first }
    let limit = s.evaluations ?? s.iterations * 5 / 4
    var iteration = 0
    while iteration < s.iterations {
      iteration += 1
      iterationCount += 1
      try chooseDirection(gradient, s)
      guard let d = direction else { return first }
      previousGradient = gradient
      previousLoss = loss
      stepLength =
        iterationCount == 1
        ? min(1, 1 / (try noGrad { try gradient.abs().sum().item().double })) * s.learningRate
        : s.learningRate
      let slope = try Self.dot(gradient, d)
      if slope > -s.changeTolerance { break }
      var asked = 0
      if s.usesStrongWolfe {
        let start = try noGrad { try parameters.map { try $0.detach().clone() } }
        let found = try LineSearch.strongWolfe(
          at: { length in
            try self.move(length, d)
            let value = try closure()
            let slopes = try self.gathered()
            try noGrad { for (p, saved) in zip(self.parameters, start) { try p.copy(from: saved) } }
            return (value, slopes)
          }, direction: d, length: stepLength, loss: loss, gradient: gradient, slope: slope,
          tolerance: s.changeTolerance)
        (loss, gradient, stepLength, asked) = (found.loss, found.gradient, found.length, found.evaluations)
        try move(stepLength, d)
      } else {
        try move(stepLength, d)
        if iteration != s.iterations {
          loss = try closure()
          gradient = try gathered()
          asked = 1
        }
      }
      evaluations += asked
      evaluationCount += asked
      if iteration == s.iterations || evaluations >= limit { break }
      if try largest(gradient) <= s.gradientTolerance { break }
      if try largest(d) * abs(stepLength) <= s.changeTolerance { break }
      if abs(loss - previousLoss) < s.changeTolerance { break }
      if !loss.isFinite { break }
    }
    return first
  }

  private func chooseDirection(_ gradient: Tensor, _ s: Settings) throws {
    try noGrad {
      guard iterationCount > 1, let old = direction, let before = previousGradient else {
        direction = try gradient.neg()
        (steps, changes, inverses, scale) = ([], [], [], 1)
        return
      }
      let change = try gradient - before
      let step = try old * .double(stepLength)
      let curvature = try Self.dot(change, step)
      if curvature > 1e-10 {
        if steps.count >= s.historySize, !steps.isEmpty {
          steps.removeFirst()
          changes.removeFirst()
          inverses.removeFirst()
        }
        changes.append(change)
        steps.append(step)
        inverses.append(1 / curvature)
        scale = curvature / (try Self.dot(change, change))
      }
      var q = try gradient.neg()
      var factors = [Double](repeating: 0, count: steps.count)
      for i in steps.indices.reversed() {
        factors[i] = try Self.dot(steps[i], q) * inverses[i]
        q = try q - changes[i] * .double(factors[i])
      }
      var r = try q * .double(scale)
      for i in steps.indices {
        let back = try Self.dot(changes[i], r) * inverses[i]
        r = try r + steps[i] * .double(factors[i] - back)
      }
      direction = r
    }
  }
}

/// A search along a line for a point that satisfies Wolfe's conditions. (Nocedal and Wright 2006,
/// algorithms 3.5 and 3.6, with cubic interpolation)
enum LineSearch {
  typealias Point = (length: Double, loss: Double, gradient: Tensor, slope: Double)

  static func strongWolfe(
    at evaluate: (Double) throws -> (Double, Tensor), direction: Tensor, length: Double, loss: Double,
    gradient: Tensor, slope: Double, tolerance: Double, c1: Double = 1e-4, c2: Double = 0.9,
    limit: Int = 25
  ) throws -> (loss: Double, gradient: Tensor, length: Double, evaluations: Int) {
    let reach = try noGrad { try direction.abs().max().item().double }
    func point(_ length: Double) throws -> Point {
      let (value, slopes) = try evaluate(length)
      return (length, value, slopes, try noGrad { try slopes.dot(direction).item().double })
    }
    var evaluations = 1
    var previous: Point = (0, loss, gradient, slope)
    var current = try point(length)
    var bracket: [Point] = []
    var isDone = false
    var iteration = 0
    while iteration < limit {
      if current.loss > loss + c1 * current.length * slope
        || (iteration > 1 && current.loss >= previous.loss)
      {
        bracket = [previous, current]
        break
      }
      if abs(current.slope) <= -c2 * slope {
        bracket = [current]
        isDone = true
        break
      }
      if current.slope >= 0 {
        bracket = [previous, current]
        break
      }
      let low = current.length + 0.01 * (current.length - previous.length)
      let high = current.length * 10
      let next = interpolated(previous, current, (low, high))
      previous = current
      current = try point(next)
      evaluations += 1
      iteration += 1
    }
    if bracket.isEmpty { bracket = [(0, loss, gradient, slope), current] }
    var stalls = false
    var best = bracket.count == 1 || bracket[0].loss <= bracket[bracket.count - 1].loss ? 0 : 1
    while !isDone, iteration < limit, bracket.count == 2 {
      let worst = 1 - best
      if abs(bracket[1].length - bracket[0].length) * reach < tolerance { break }
      var next = interpolated(bracket[0], bracket[1], nil)
      let (low, high) = (min(bracket[0].length, bracket[1].length), max(bracket[0].length, bracket[1].length))
      let margin = 0.1 * (high - low)
      if min(high - next, next - low) < margin {
        if stalls || next >= high || next <= low {
          next = abs(next - high) < abs(next - low) ? high - margin : low + margin
          stalls = false
        } else {
          stalls = true
        }
      } else {
        stalls = false
      }
      let found = try point(next)
      evaluations += 1
      iteration += 1
      if found.loss > loss + c1 * found.length * slope || found.loss >= bracket[best].loss {
        bracket[worst] = found
        best = bracket[0].loss <= bracket[1].loss ? 0 : 1
      } else {
        if abs(found.slope) <= -c2 * slope {
          isDone = true
        } else if found.slope * (bracket[worst].length - bracket[best].length) >= 0 {
          bracket[worst] = bracket[best]
        }
        bracket[best] = found
      }
    }
    let result = bracket[min(best, bracket.count - 1)]
    return (result.loss, result.gradient, result.length, evaluations)
  }

  /// The lowest point of the cubic through two points with slopes, within bounds.
  private static func interpolated(_ a: Point, _ b: Point, _ bounds: (Double, Double)?) -> Double {
    let (low, high) = bounds ?? (min(a.length, b.length), max(a.length, b.length))
    let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.length - b.length)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return (low + high) / 2 }
    let d2 = square.squareRoot()
    let place =
      a.length <= b.length
      ? b.length - (b.length - a.length) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.length - (a.length - b.length) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
    return min(max(place, low), high)
  }
}
