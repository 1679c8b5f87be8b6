/// Minimises a smooth function by its values and gradients: limited-memory BFGS.
///
/// The search direction is -H g, with H built from the last ten steps; the step along it is found
/// by `WolfeSearch`. Without bounds this is the method of L-BFGS-B (Byrd, Lu, Nocedal and Zhu,
/// 1995), with its constants, so that the steps are those that SciPy takes.
struct LBFGS {
  /// How many steps are remembered.
  private static let memory = 10

  /// Ends when no component of the gradient is larger.
  var gradientTolerance: Double
  /// Ends when a step lowers the value by less, relative to the value.
  var valueTolerance: Double
  var maxIterations: Int
  /// Trials of one line search.
  var maxTrials = 50

  struct Result {
    var x: [Double]
    var value: Double
    var iterations: Int
    var converged: Bool
  }

  /// - Parameter function: writes the gradient at a point and returns the value there.
  /// - Throws: what the function throws.
  func minimize(
    from start: [Double],
    _ function: (_ x: [Double], _ gradient: inout [Double]) throws(ClassicalError) -> Double
  ) throws(ClassicalError) -> Result {
    var x = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = try function(x, &gradient)
    var history = History(capacity: Self.memory)
    var iterations = 0
    var isFirst = true
    if largest(gradient) <= gradientTolerance {
      return Result(x: x, value: value, iterations: 0, converged: true)
    }
    while iterations < maxIterations {
      let direction = history.direction(gradient)
      let slope = DenseAlgebra.dot(direction, gradient)
      let length = DenseAlgebra.dot(direction, direction).squareRoot()
      let previous = (x: x, gradient: gradient, value: value)
      var search = WolfeSearch(
        value: value, slope: slope, step: isFirst ? min(1 / length, WolfeSearch.largestStep) : 1)
      var trials = 0
      var found = false
      while slope < 0, trials < maxTrials {
        trials += 1
        let step = search.step
        for i in x.indices { x[i] = previous.x[i] + step * direction[i] }
        value = try function(x, &gradient)
        if search.accept(value, DenseAlgebra.dot(gradient, direction)) {
          found = true
          break
        }
      }
      guard found else {
        // No step lowers the value: forget the past and go down the gradient once more.
        (x, gradient, value) = previous
        if history.isEmpty {
          return Result(x: x, value: value, iterations: iterations, converged: false)
        }
        history.clear()
        continue
      }
      iterations += 1
      isFirst = false
      if largest(gradient) <= gradientTolerance {
        return Result(x: x, value: value, iterations: iterations, converged: true)
      }
      let scale = max(abs(previous.value), abs(value), 1)
      if previous.value - value <= valueTolerance * scale {
        return Result(x: x, value: value, iterations: iterations, converged: true)
      }
      history.append(
        step: zip(x, previous.x).map { $0 - $1 },
        change: zip(gradient, previous.gradient).map { $0 - $1 },
        slope: -slope * search.step)
    }
    return Result(x: x, value: value, iterations: iterations, converged: false)
  }

  private func largest(_ values: [Double]) -> Double {
    // NaN counts as large: a value that cannot be computed is no minimum.
    values.reduce(0) { $1.isNaN ? .infinity : max($0, abs($1)) }
  }
}

/// The last steps s and changes of gradient y, which stand for the curvature.
private struct History {
  private struct Pair {
    let s: [Double]
    let y: [Double]
    let product: Double
  }

  private var pairs: [Pair] = []
  private let capacity: Int
  /// (s, y) / (y, y) of the last pair: the scale of H.
  private var scale = 1.0

  init(capacity: Int) { self.capacity = capacity }

  var isEmpty: Bool { pairs.isEmpty }

  mutating func clear() {
    pairs = []
    scale = 1
  }

  /// Remembers a pair, unless the curvature along it is not positive.
  mutating func append(step s: [Double], change y: [Double], slope: Double) {
    let product = DenseAlgebra.dot(s, y)
    let square = DenseAlgebra.dot(y, y)
    guard product > Double.ulpOfOne * slope, square > 0 else { return }
    if pairs.count == capacity { pairs.removeFirst() }
    pairs.append(Pair(s: s, y: y, product: product))
    scale = product / square
  }

  /// -H g by the two loops of Nocedal (1980).
  func direction(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var alphas: [Double] = []
    for pair in pairs.reversed() {
      let alpha = DenseAlgebra.dot(pair.s, q) / pair.product
      alphas.append(alpha)
      for i in q.indices { q[i] -= alpha * pair.y[i] }
    }
    for i in q.indices { q[i] *= scale }
    for (pair, alpha) in zip(pairs, alphas.reversed()) {
      let beta = DenseAlgebra.dot(pair.y, q) / pair.product
      for i in q.indices { q[i] += (alpha - beta) * pair.s[i] }
    }
    for i in q.indices { q[i] = -q[i] }
    return q
  }
}
