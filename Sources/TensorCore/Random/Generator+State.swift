import Compute

// The state as PyTorch stores it (aten/src/ATen/CPUGeneratorImpl.cpp): 5056 bytes, little-endian.
//
//     0     initial seed, 64 bits
//     8     numbers left before the state is spread anew, 32 bits; then 1
//     16    numbers drawn, 64 bits
//     24    624 words, 64 bits each
//     5016  unused, the spare normal number, unused: three doubles
//     5040  whether there is a spare one, 32 bits; the rest is for float and unused

extension Generator {
  private static let stateSize = 5056
  private static let wordCount = 624

  /// The state, for `setState`. (`torch.get_rng_state`)
  public func state() throws -> Tensor {
    var words = [UInt32](repeating: 0, count: Self.wordCount)
    var next: Int32 = 0
    sw_mt_get(&engine, &words, &next)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.stateSize)
    bytes.append(little: initialSeed)
    bytes.append(little: next == 0 ? Int32(1) : Int32(Self.wordCount) + 1 - next)
    bytes.append(little: Int32(1))
    bytes.append(little: Int64(next))
    for word in words { bytes.append(little: UInt64(word)) }
    bytes.append(little: UInt64(0))
    bytes.append(little: (spareNormal ?? 0).bitPattern)
    bytes.append(little: UInt64(0))
    bytes.append(little: UInt64(spareNormal == nil ? 0 : 1))
    bytes.append(little: UInt64(0))
    return try Tensor(bytes)
  }

  /// Goes on from a state.
  ///
  /// - Throws: `TensorError.argument` for what is no state.
  public func setState(_ state: Tensor) throws {
    guard state.dtype == .uint8 else {
      throw TensorError.argument(
        operation: "set_state", message: "RNG state must be a torch.ByteTensor")
    }
    let bytes = try state.array(of: UInt8.self)
    guard bytes.count == Self.stateSize, let seed = bytes.little(UInt64.self, at: 0),
      let left = bytes.little(UInt32.self, at: 8), let next = bytes.little(UInt64.self, at: 16),
      let hasSpare = bytes.little(UInt32.self, at: 5040),
      let spare = bytes.little(UInt64.self, at: 5024)
    else {
      throw TensorError.argument(operation: "set_state", message: "RNG state is wrong size")
    }
    guard left >= 1, left <= UInt32(Self.wordCount), next <= UInt64(Self.wordCount) else {
      throw TensorError.argument(operation: "set_state", message: "Invalid mt19937 state")
    }
    let words = (0..<Self.wordCount).map {
      UInt32(truncatingIfNeeded: bytes.little(UInt64.self, at: 24 + 8 * $0) ?? 0)
    }
    initialSeed = seed
    sw_mt_set(&engine, words, left == 1 && next == 0 ? 0 : Int32(next))
    spareNormal = hasSpare == 0 ? nil : Double(bitPattern: spare)
  }

  /// Begins the stream of a seed that nobody knows, and gives it. (`torch.seed`)
  public func seed() -> UInt64 {
    var system = SystemRandomNumberGenerator()
    let seed = system.next() & 0x1F_FFFF_FFFF_FFFF
    manualSeed(seed)
    return seed
  }
}
