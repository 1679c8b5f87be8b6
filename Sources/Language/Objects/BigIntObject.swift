import BigInt

/// An integer beyond 64 bits.
final class BigIntObject: Object {
  let value: BigInt
  init(_ value: BigInt) {
    self.value = value
    super.init(kind: .bigInt)
  }
}

extension Value {
  /// Any integer, small or big; nil for what is none.
  public var asInteger: BigInt? {
    if let small = asInt { return BigInt(small) }
    return asBigInt?.value
  }

  /// Whether this is an integer of any size (or a bool).
  public var isInteger: Bool { asInt != nil || kind == .bigInt }
}
