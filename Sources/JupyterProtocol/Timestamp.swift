import Glibc

/// A moment, to the microsecond, in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int

  public init(microseconds: Int) { self.microseconds = microseconds }

  public static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: time.tv_sec * 1_000_000 + time.tv_nsec / 1_000)
  }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// Seconds from `earlier` to this moment.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(microseconds) / 1e6 - Double(earlier.microseconds) / 1e6
  }

  /// As `2024-05-31T12:00:00.000000Z`.
  public var iso8601: String {
    var seconds = microseconds / 1_000_000
    var fraction = microseconds % 1_000_000
    if fraction < 0 {
      seconds -= 1
      fraction += 1_000_000
    }
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "1970-01-01T00:00:00.000000Z" }
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let time = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)]
    return padded(date[0], 4) + "-" + padded(date[1], 2) + "-" + padded(date[2], 2) + "T"
      + time.map { padded($0, 2) }.joined(separator: ":") + "." + padded(fraction, 6) + "Z"
  }

  /// Reads `2024-05-31T12:00:00[.fraction][Z|±hh[:]mm]`; without a zone it is taken for UTC. Nil for
  /// anything else, and outside of the years 1970 to 9999.
  public init?(iso8601 text: String) {
    let bytes = Array(text.utf8.prefix(64))
    var at = 0
    func number(_ digits: Int) -> Int? {
      guard at + digits <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[at..<at + digits] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      at += digits
      return value
    }
    func take(_ choices: String) -> Bool {
      guard at < bytes.count, choices.utf8.contains(bytes[at]) else { return false }
      at += 1
      return true
    }
    guard let year = number(4), year >= 1970, take("-"), let month = number(2), take("-"),
      let day = number(2), take("T "), let hour = number(2), take(":"), let minute = number(2),
      take(":"), let second = number(2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var microseconds = 0
    if take(".") {
      var unit = 100_000
      let first = at
      while let digit = number(1) {
        microseconds += digit * unit
        unit /= 10
      }
      if at == first { return nil }
    }
    var offset = 0  // minutes east of Greenwich
    if !take("Zz"), at < bytes.count {
      let west = bytes[at] == UInt8(ascii: "-")
      guard take("+-"), let hours = number(2) else { return nil }
      _ = take(":")
      offset = (hours * 60 + (number(2) ?? 0)) * (west ? -1 : 1)
    }
    guard at == bytes.count else { return nil }
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    let seconds = timegm(&parts) + hour * 3600 + (minute - offset) * 60 + second
    self.microseconds = seconds * 1_000_000 + microseconds
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
