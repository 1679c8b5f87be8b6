import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `random.Random`: a generator with its state. The distributions follow CPython's (Lib/random.py)
/// step by step, because a seed promises a sequence.
final class RandomObject: Instance {
  // Unchecked: nothing that it calls comes back here, and every number asks.
  @exclusivity(unchecked) var twister = MersenneTwister(key: [0])
  var nextGauss: Double?

  override init(_ type: TypeObject) {
    super.init(type)
    seedFromSystem()
  }

  // MARK: - Seeds and state

  func seedFromSystem() {
    var system = SystemRandomNumberGenerator()
    twister = MersenneTwister(
      key: (0..<MersenneTwister.size).map { _ in UInt32.random(in: 0...UInt32.max, using: &system) })
    nextGauss = nil
  }

  func seed(_ value: Value, _ machine: Machine) throws(Raise) {
    nextGauss = nil
    if value.isNone || value.isUndefined {
      seedFromSystem()
    } else if let number = value.asInteger {
      seed(BigUInt(number.magnitude))
    } else if case .float = value {
      seed(BigUInt(UInt(bitPattern: try machine.hash(value))))
    } else if let text = value.asString {
      seed(text: text.bytes)
    } else if case .object(let object) = value, object.kind == .bytes {
      seed(text: unsafeDowncast(object, to: BytesObject.self).bytes)
    } else {
      throw Raise(
        .typeError,
        "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
    }
  }

  private func seed(text: [UInt8]) {
    var number = BigUInt(0)
    for byte in text + SHA512.digest(text) { number = number << 8 | BigUInt(byte) }
    seed(number)
  }

  private func seed(_ number: BigUInt) {
    var key: [UInt32] = []
    for word in number.words {
      key.append(UInt32(truncatingIfNeeded: word))
      key.append(UInt32(truncatingIfNeeded: word >> 32))
    }
    while key.last == 0 { key.removeLast() }
    twister = MersenneTwister(key: key)
  }

  /// `(3, (624 words and the index), gauss_next)`, as CPython has it.
  var state: Value {
    let words = twister.state.map { Value.int(Int($0)) } + [.int(twister.index)]
    return .tuple([.int(3), .tuple(words), nextGauss.map { .float($0) } ?? .none])
  }

  func restore(_ value: Value) throws(Raise) {
    guard let parts = value.asTuple, parts.count == 3, let words = parts[1].asTuple,
      words.count == MersenneTwister.size + 1
    else { throw Raise(.valueError, "state vector is the wrong size") }
    if parts[0].asInt != 3 {
      throw Raise(.valueError, "state with version passed to Random.setstate() of version 3")
    }
    let numbers = words.items.compactMap { $0.asInt.flatMap { UInt32(exactly: $0) } }
    guard numbers.count == words.count,
      let restored = MersenneTwister(
        state: Array(numbers.dropLast()), index: Int(numbers[MersenneTwister.size]))
    else { throw Raise(.valueError, "invalid state") }
    twister = restored
    nextGauss = parts[2].asDouble
  }

  // MARK: - Distributions

  func double() -> Double { twister.double() }

  func gauss() -> Double {
    if let z = nextGauss {
      nextGauss = nil
      return z
    }
    let angle = double() * (2 * Double.pi)
    let radius = (-2 * log(1 - double())).squareRoot()
    nextGauss = sin(angle) * radius
    return cos(angle) * radius
  }

  /// By the ratio of uniforms (Kinderman and Monahan 1977).
  func normal() -> Double {
    let magic = 4 * exp(-0.5) / (2.0).squareRoot()
    while true {
      let u1 = double()
      let u2 = 1 - double()
      let z = magic * (u1 - 0.5) / u2
      if z * z / 4 <= -log(u2) { return z }
    }
  }

  /// Cheng 1977 for alpha > 1, Ahrens and Dieter's GS below.
  ///
  /// Parameters that no double can hold apart never accept a number: an interrupt ends that.
  func gamma(_ alpha: Double, _ beta: Double, _ machine: Machine) throws(Raise) -> Double {
    if alpha <= 0 || beta <= 0 {
      throw Raise(.valueError, "gammavariate: alpha and beta must be > 0.0")
    }
    if alpha > 1 {
      let ainv = (2 * alpha - 1).squareRoot()
      let b = alpha - log(4.0)
      let c = alpha + ainv
      let magic = 1 + log(4.5)
      while true {
        try machine.pollItem()
        let u1 = double()
        if !(u1 > 1e-7 && u1 < 0.9999999) { continue }
        let u2 = 1 - double()
        let v = log(u1 / (1 - u1)) / ainv
        let x = alpha * exp(v)
        let z = u1 * u1 * u2
        let r = b + c * v - x
        if r + magic - 4.5 * z >= 0 || r >= log(z) { return x * beta }
      }
    }
    if alpha == 1 { return -log(1 - double()) * beta }
    while true {
      try machine.pollItem()
      let u = double()
      let b = (M_E + alpha) / M_E
      let p = b * u
      let x = p <= 1 ? pow(p, 1 / alpha) : -log((b - p) / alpha)
      let u1 = double()
      if p > 1 ? u1 <= pow(x, alpha - 1) : u1 <= exp(-x) { return x * beta }
    }
  }

  func vonMises(_ mu: Double, _ kappa: Double, _ machine: Machine) throws(Raise) -> Double {
    let circle = 2 * Double.pi
    if kappa <= 1e-6 { return circle * double() }
    let s = 0.5 / kappa
    let r = s + (1 + s * s).squareRoot()
    var z: Double
    while true {
      try machine.pollItem()
      z = cos(Double.pi * double())
      let d = z / (r + z)
      let u2 = double()
      if u2 < 1 - d * d || u2 <= (1 - d) * exp(d) { break }
    }
    let q = 1 / r
    let f = (q + z) / (1 + q * z)
    let angle = double() > 0.5 ? mu + acos(f) : mu - acos(f)
    return Floats.divmod(angle, circle).remainder
  }
}
