import CSodium

/// Signs what we send and checks what we receive: HMAC-SHA256 over header, parent header, metadata
/// and content, in lower-case hexadecimal (messaging: the wire protocol).
///
/// An empty key turns both off: signatures are empty, and every message is taken. Used by one
/// thread, the owner of the sockets.
public struct MessageSigner: Sendable {
  private let key: [UInt8]
  private var seen = DigestHistory()

  public init(key: [UInt8]) {
    // Chooses the fastest code for this processor. It can be called again and from any thread; it
    // fails only when there is no random source, which signing does not need.
    _ = sodium_init()
    self.key = key
  }

  /// The signature frame of `parts`.
  public func sign(_ parts: [[UInt8]]) -> [UInt8] {
    key.isEmpty ? [] : Self.hexadecimal(digest(parts))
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
  }

  /// Checks the signature frame that came with `parts`, and remembers it.
  /// - Throws: `badSignature`, or `replayed` when the very same message has come before.
  public mutating func verify(
    _ signature: [UInt8], of parts: [[UInt8]]
  ) throws(ProtocolError) {
    if key.isEmpty { return }
    let digest = digest(parts)
    let expected = Self.hexadecimal(digest)
    // The time of the comparison must not tell how many bytes were right.
    guard signature.count == expected.count,
      sodium_memcmp(signature, expected, expected.count) == 0
    else { throw .badSignature }
    guard seen.insert(digest) else { throw .replayed }
  }

  private func digest(_ parts: [[UInt8]]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    _ = crypto_auth_hmacsha256_init(&state, key, key.count)
    for part in parts {
      _ = crypto_auth_hmacsha256_update(&state, part, UInt64(part.count))
    }
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    _ = crypto_auth_hmacsha256_final(&state, &digest)
    return digest
  }
}

/// The signatures of the last messages. When `limit` is reached the older half is forgotten, so
/// that a session of any length takes bounded memory; the numbers are those of `jupyter_client`.
private struct DigestHistory: Sendable {
  private static let limit = 65_536
  private var known: Set<Mark> = []
  private var order: [Mark] = []

  /// Half of a digest, which no two messages share by accident: sixteen bytes in place, where the
  /// whole as an array would take six times as much.
  private struct Mark: Hashable {
    let high, low: UInt64

    init(_ digest: [UInt8]) {
      func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
      }
      high = number(digest.prefix(8))
      low = number(digest.dropFirst(8).prefix(8))
    }
  }

  /// False when `digest` is known.
  mutating func insert(_ digest: [UInt8]) -> Bool {
    let mark = Mark(digest)
    guard known.insert(mark).inserted else { return false }
    order.append(mark)
    if order.count > Self.limit {
      for old in order.prefix(Self.limit / 2) { known.remove(old) }
      order.removeFirst(Self.limit / 2)
    }
    return true
  }
}
