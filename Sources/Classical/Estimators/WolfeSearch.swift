/// Finds a step along a direction of descent that lowers the value enough and flattens the slope
/// enough (the strong Wolfe conditions).
///
/// The search keeps an interval that holds such a step and picks trial steps by cubic and quadratic
/// interpolation. Source: Moré and Thuente, "Line search algorithms with guaranteed sufficient
/// decrease" (1994), with the constants of L-BFGS-B: 1e-3 for the value, 0.9 for the slope.
struct WolfeSearch {
  static let largestStep = 1e10
  private static let decrease = 1e-3
  private static let curvature = 0.9
  /// The search also ends when the interval is narrower than this share of its upper end.
  private static let width = 0.1

  /// A step with the value and slope there.
  private struct Point {
    var step: Double
    var value: Double
    var slope: Double
  }

  /// The step to try next; the one accepted once `accept` has said so.
  private(set) var step: Double
  private let startValue: Double
  private let startSlope: Double
  /// The best step so far, and the other end of the interval.
  private var best: Point
  private var other: Point
  private var isBracketed = false
  private var isFirstStage = true
  private var lower = 0.0
  private var upper: Double
  private var lastWidth = WolfeSearch.largestStep
  private var widthBefore = 2 * WolfeSearch.largestStep

  init(value: Double, slope: Double, step: Double) {
    startValue = value
    startSlope = slope
    self.step = step
    best = Point(step: 0, value: value, slope: slope)
    other = best
    upper = step + 4 * step
  }

  /// Takes the value and slope at `step`; true when the search ends here, else `step` is the next
  /// one to try.
  mutating func accept(_ value: Double, _ slope: Double) -> Bool {
    let required = Self.decrease * startSlope
    let limit = startValue + step * required
    if isFirstStage, value <= limit, slope >= Self.decrease * startSlope { isFirstStage = false }
    if isBracketed, step <= lower || step >= upper { return true }
    if isBracketed, upper - lower <= Self.width * upper { return true }
    if step == Self.largestStep, value <= limit, slope <= required { return true }
    if step == 0 { return true }
    if value <= limit, abs(slope) <= Self.curvature * -startSlope { return true }

    if isFirstStage, value <= best.value, value > limit {
      // Until a step lowers the value enough, the line of required decrease is taken out.
      shift(-required)
      next(Point(step: step, value: value - step * required, slope: slope - required))
      shift(required)
    } else {
      next(Point(step: step, value: value, slope: slope))
    }
    if isBracketed {
      let span = abs(other.step - best.step)
      if span >= 0.66 * widthBefore { step = best.step + 0.5 * (other.step - best.step) }
      widthBefore = lastWidth
      lastWidth = span
      lower = min(best.step, other.step)
      upper = max(best.step, other.step)
    } else {
      lower = step + 1.1 * (step - best.step)
      upper = step + 4 * (step - best.step)
    }
    step = min(max(step, 0), Self.largestStep)
    if isBracketed, step <= lower || step >= upper || upper - lower <= Self.width * upper {
      step = best.step
    }
    return false
  }

  /// Adds a line through the origin to both ends of the interval.
  private mutating func shift(_ slope: Double) {
    best.value += best.step * slope
    best.slope += slope
    other.value += other.step * slope
    other.slope += slope
  }

  /// The next trial step, and the interval with the trial in it.
  private mutating func next(_ trial: Point) {
    let oppositeSigns = trial.slope * (best.slope / abs(best.slope)) < 0
    if trial.value > best.value {
      // Higher: the minimum lies between. The cubic step if it is nearer, else the mean of both.
      let cubic = Self.cubicStep(best, trial, rising: trial.step < best.step)
      let slope = (best.value - trial.value) / (trial.step - best.step) + best.slope
      let quadratic = best.step + best.slope / slope / 2 * (trial.step - best.step)
      step =
        abs(cubic - best.step) < abs(quadratic - best.step)
        ? cubic : cubic + (quadratic - cubic) / 2
      isBracketed = true
    } else if oppositeSigns {
      // Lower, and past the minimum: the step farther from the trial.
      let cubic = Self.cubicStep(trial, best, rising: trial.step > best.step)
      let secant = Self.secantStep(trial, best)
      step = abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
      isBracketed = true
    } else if abs(trial.slope) < abs(best.slope) {
      step = flatterStep(trial)
    } else if isBracketed {
      step = Self.cubicStep(trial, other, rising: trial.step > other.step)
    } else {
      step = trial.step > best.step ? upper : lower
    }
    if trial.value > best.value {
      other = trial
    } else {
      if oppositeSigns { other = best }
      best = trial
    }
  }

  /// Lower, same direction, flatter: the cubic may have no minimum that way.
  private func flatterStep(_ trial: Point) -> Double {
    let theta = Self.theta(trial, best)
    let s = max(abs(theta), abs(best.slope), abs(trial.slope))
    let root = max(0, (theta / s) * (theta / s) - best.slope / s * (trial.slope / s)).squareRoot()
    let gamma = trial.step > best.step ? -s * root : s * root
    let r = (gamma - trial.slope + theta) / (gamma + (best.slope - trial.slope) + gamma)
    let cubic =
      r < 0 && gamma != 0
      ? trial.step + r * (best.step - trial.step) : trial.step > best.step ? upper : lower
    let secant = Self.secantStep(trial, best)
    let cubicIsNearer = abs(cubic - trial.step) < abs(secant - trial.step)
    guard isBracketed else {
      return min(max(cubicIsNearer ? secant : cubic, lower), upper)
    }
    let chosen = cubicIsNearer ? cubic : secant
    let bound = trial.step + 0.66 * (other.step - trial.step)
    return trial.step > best.step ? min(bound, chosen) : max(bound, chosen)
  }

  private static func theta(_ a: Point, _ b: Point) -> Double {
    3 * (b.value - a.value) / (a.step - b.step) + a.slope + b.slope
  }

  /// The minimum of the cubic through values and slopes of two points, from the first one.
  private static func cubicStep(_ a: Point, _ b: Point, rising: Bool) -> Double {
    let theta = theta(a, b)
    let s = max(abs(theta), abs(a.slope), abs(b.slope))
    let root = ((theta / s) * (theta / s) - a.slope / s * (b.slope / s)).squareRoot()
    let gamma = rising ? -s * root : s * root
    let r = (gamma - a.slope + theta) / (gamma - a.slope + gamma + b.slope)
    return a.step + r * (b.step - a.step)
  }

  /// The zero of the line through the slopes of two points.
  private static func secantStep(_ a: Point, _ b: Point) -> Double {
    a.step + a.slope / (a.slope - b.slope) * (b.step - a.step)
  }
}
