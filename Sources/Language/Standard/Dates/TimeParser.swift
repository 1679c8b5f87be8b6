/// `strptime`: a text read by a format of % codes.
///
/// Each code lists the lengths of text that it could take, longest first, and the match tries them
/// in that order, so that `%d%m` reads `111` as 11 and 1.
struct TimeParser {
  /// What was found.
  struct Found {
    var year = 1900
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var micro = 0
    /// Microseconds east of Greenwich.
    var offset: Int?
    var zoneName: String?
    var weekday: Int?
    fileprivate var isAfternoon: Bool?
    fileprivate var hour12: Int?
    fileprivate var dayOfYear: Int?
    fileprivate var isoYear: Int?
    fileprivate var isoWeek: Int?
    fileprivate var weekOfYear: (number: Int, startsMonday: Bool)?
    fileprivate var hasDate = false
  }

  private enum Token {
    case letter(UInt8)
    case space
    case code(Character)
  }

  private let text: [UInt8]
  private let tokens: [Token]

  static func parse(_ text: String, _ format: String, _ machine: Machine) throws(Raise) -> Found {
    let parser = TimeParser(
      text: Array(text.utf8), tokens: try tokens(of: format, original: format, machine))
    guard let (found, end) = parser.match(0, 0, Found()) else {
      throw Raise(
        .valueError,
        "time data \(try machine.repr(.string(text))) does not match format "
          + "\(try machine.repr(.string(format)))")
    }
    if end < parser.text.count {
      let rest = String(decoding: parser.text[end...], as: UTF8.self)
      throw Raise(.valueError, "unconverted data remains: \(rest)")
    }
    return try completed(found)
  }

  private static func tokens(
    of format: String, original: String, _ machine: Machine
  ) throws(Raise) -> [Token] {
    var result: [Token] = []
    var letters = format.makeIterator()
    while let letter = letters.next() {
      if letter == "%" {
        guard let code = letters.next() else {
          throw Raise(.valueError, "stray % in format '\(original)'")
        }
        switch code {
        case "%": result.append(.letter(0x25))
        case "D": result += try tokens(of: "%m/%d/%y", original: original, machine)
        case "T", "X": result += try tokens(of: "%H:%M:%S", original: original, machine)
        case "R": result += try tokens(of: "%H:%M", original: original, machine)
        case "x": result += try tokens(of: "%m/%d/%y", original: original, machine)
        case "c": result += try tokens(of: "%a %b %d %H:%M:%S %Y", original: original, machine)
        default:
          guard "YmdHMSfybBaApIjzZwUWGVu".contains(code) else {
            throw Raise(
              .valueError, "'\(code)' is a bad directive in format '\(original)'")
          }
          result.append(.code(code))
        }
      } else if letter.isWhitespace {
        if case .space? = result.last { continue }
        result.append(.space)
      } else {
        for byte in String(letter).utf8 { result.append(.letter(byte)) }
      }
    }
    return result
  }

  private func match(_ token: Int, _ place: Int, _ found: Found) -> (Found, Int)? {
    if token == tokens.count { return (found, place) }
    switch tokens[token] {
    case .letter(let byte):
      guard place < text.count, TimeParser.lower(text[place]) == TimeParser.lower(byte) else {
        return nil
      }
      return match(token + 1, place + 1, found)
    case .space:
      var end = place
      while end < text.count, text[end] == 0x20 || (text[end] >= 9 && text[end] <= 13) { end += 1 }
      return end > place ? match(token + 1, end, found) : nil
    case .code(let code):
      for (length, next) in candidates(code, place, found) {
        if let result = match(token + 1, place + length, next) { return result }
      }
      return nil
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }

  /// The lengths of text that a code could take, with what is then known.
  private func candidates(_ code: Character, _ place: Int, _ found: Found) -> [(Int, Found)] {
    func digits(
      _ most: Int, exactly: Bool = false, _ range: ClosedRange<Int>,
      _ set: (inout Found, Int, Int) -> Void
    ) -> [(Int, Found)] {
      var result: [(Int, Found)] = []
      for length in stride(from: most, through: exactly ? most : 1, by: -1)
      where place + length <= text.count {
        let part = text[place..<(place + length)]
        guard part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
          let number = Int(String(decoding: part, as: UTF8.self)), range.contains(number)
        else { continue }
        var next = found
        set(&next, number, length)
        result.append((length, next))
      }
      return result
    }
    func names(_ list: [String], _ set: (inout Found, Int) -> Void) -> [(Int, Found)] {
      var result: [(Int, Found)] = []
      for (index, name) in list.enumerated() {
        let bytes = Array(name.utf8)
        guard place + bytes.count <= text.count,
          zip(bytes, text[place...]).allSatisfy({ TimeParser.lower($0) == TimeParser.lower($1) })
        else { continue }
        var next = found
        set(&next, index)
        result.append((bytes.count, next))
      }
      return result
    }
    switch code {
    case "Y": return digits(4, exactly: true, 0...9999) { $0.year = $1; $0.hasDate = true; _ = $2 }
    case "y":
      return digits(2, exactly: true, 0...99) {
        $0.year = $1 + ($1 < 69 ? 2000 : 1900)
        $0.hasDate = true
        _ = $2
      }
    case "m": return digits(2, 1...12) { $0.month = $1; $0.hasDate = true; _ = $2 }
    case "d": return digits(2, 1...31) { $0.day = $1; $0.hasDate = true; _ = $2 }
    case "H": return digits(2, 0...23) { $0.hour = $1; _ = $2 }
    case "I": return digits(2, 1...12) { $0.hour12 = $1; _ = $2 }
    case "M": return digits(2, 0...59) { $0.minute = $1; _ = $2 }
    case "S": return digits(2, 0...61) { $0.second = $1; _ = $2 }
    case "j": return digits(3, 1...366) { $0.dayOfYear = $1; _ = $2 }
    case "w": return digits(1, 0...6) { $0.weekday = ($1 + 6) % 7; _ = $2 }
    case "u": return digits(1, 1...7) { $0.weekday = $1 - 1; _ = $2 }
    case "G": return digits(4, exactly: true, 0...9999) { $0.isoYear = $1; _ = $2 }
    case "V": return digits(2, 1...53) { $0.isoWeek = $1; _ = $2 }
    case "U": return digits(2, 0...53) { $0.weekOfYear = ($1, false); _ = $2 }
    case "W": return digits(2, 0...53) { $0.weekOfYear = ($1, true); _ = $2 }
    case "f":
      return digits(6, 0...999_999) {
        var number = $1
        for _ in $2..<6 { number *= 10 }
        $0.micro = number
      }
    case "b": return names(DateText.months.map { String($0.prefix(3)) }) { $0.month = $1 + 1 }
    case "B": return names(DateText.months) { $0.month = $1 + 1 }
    case "a": return names(DateText.weekdays.map { String($0.prefix(3)) }) { $0.weekday = $1 }
    case "A": return names(DateText.weekdays) { $0.weekday = $1 }
    case "p": return names(["AM", "PM"]) { $0.isAfternoon = $1 == 1 }
    case "Z": return names(["UTC", "GMT"]) { next, _ in next.zoneName = nil }
    case "z":
      guard let (offset, end) = ISOText.offset(text[place...]) else { return [] }
      var next = found
      next.offset = offset
      return [(end - place, next)]
    default: return []
    }
  }

  /// Puts together what several codes say of one thing.
  private static func completed(_ found: Found) throws(Raise) -> Found {
    var result = found
    if let hour = found.hour12 {
      result.hour = hour % 12 + (found.isAfternoon == true ? 12 : 0)
    }
    if result.second > 59 { result.second = 59 }
    var ordinal: Int?
    if let day = found.dayOfYear {
      ordinal = Days.ordinal(max(result.year, 1), 1, 1) + day - 1
    } else if let week = found.isoWeek {
      guard let year = found.isoYear, let weekday = found.weekday else {
        throw Raise(
          .valueError,
          "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
            + "directive ('%A', '%a', '%w', or '%u').")
      }
      ordinal = try DateType.ordinal(year: year, week: week, weekday: weekday + 1)
    } else if let week = found.weekOfYear, let weekday = found.weekday {
      let first = Days.ordinal(max(result.year, 1), 1, 1)
      let start = week.startsMonday ? (first + 6) % 7 : (first) % 7
      let day = week.startsMonday ? weekday : (weekday + 1) % 7
      ordinal = first + (week.number - 1) * 7 + day + (7 - start) % 7
      if week.number == 0 { ordinal = first - start + day }
      if start == 0, week.number > 0 { ordinal = first + (week.number - 1) * 7 + day }
    }
    if let ordinal, ordinal > 0 {
      (result.year, result.month, result.day) = Days.date(ordinal)
    }
    return result
  }
}

/// Texts of ISO 8601.
enum ISOText {
  static func invalid(_ text: String, _ machine: Machine) -> Raise {
    Raise(
      .valueError,
      "Invalid isoformat string: \((try? machine.repr(.string(text))) ?? text)")
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> Int? {
    guard at + count <= bytes.endIndex else { return nil }
    let part = bytes[at..<(at + count)]
    guard part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Int(String(decoding: part, as: UTF8.self))
  }

  /// A date at the start of a text and where it ends; nil when there is none.
  static func date(_ text: [UInt8], _ type: TypeObject) throws(Raise) -> (MomentObject, Int)? {
    let bytes = text[...]
    guard let year = number(bytes, 0, 4) else { return nil }
    let dash = UInt8(ascii: "-")
    let isSplit = text.count > 4 && text[4] == dash
    var place = isSplit ? 5 : 4
    let result = MomentObject(type)
    if place < text.count, text[place] == UInt8(ascii: "W") {
      guard let week = number(bytes, place + 1, 2) else { return nil }
      place += 3
      var weekday = 1
      if isSplit, place < text.count, text[place] == dash, let day = number(bytes, place + 1, 1) {
        weekday = day
        place += 2
      } else if !isSplit, let day = number(bytes, place, 1) {
        weekday = day
        place += 1
      }
      let ordinal = try DateType.ordinal(year: year, week: week, weekday: weekday)
      (result.year, result.month, result.day) = Days.date(max(ordinal, 1))
      return (result, place)
    }
    guard let month = number(bytes, place, 2) else { return nil }
    place += 2
    if isSplit {
      guard place < text.count, text[place] == dash else { return nil }
      place += 1
    }
    guard let day = number(bytes, place, 2) else { return nil }
    (result.year, result.month, result.day) = (year, month, day)
    try Moments.checkDate(result)
    return (result, place + 2)
  }

  /// A time that fills the rest of a text, with its zone.
  static func time(
    _ bytes: ArraySlice<UInt8>, into moment: MomentObject, _ machine: Machine
  ) -> Bool {
    let end =
      bytes.firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "Z") }
      ?? bytes.endIndex
    guard let micros = clock(bytes[bytes.startIndex..<end]) else { return false }
    Moments.setTime(moment, micros)
    if end == bytes.endIndex { return true }
    guard let (offset, last) = offset(bytes[end...]), last == bytes.endIndex,
      abs(offset) < Timedelta.day
    else { return false }
    moment.zone = TimeZones.fixed(offset, machine)
    return true
  }

  /// `HH[:MM[:SS[.ffffff]]]`, with or without colons, in microseconds.
  private static func clock(_ bytes: ArraySlice<UInt8>) -> Int? {
    let colon = UInt8(ascii: ":")
    guard let hour = number(bytes, bytes.startIndex, 2) else { return nil }
    var parts = [hour, 0, 0]
    var place = bytes.startIndex + 2
    let isSplit = place < bytes.endIndex && bytes[place] == colon
    for index in 1...2 {
      if place == bytes.endIndex { break }
      if isSplit {
        guard bytes[place] == colon else { return nil }
        place += 1
      }
      guard let value = number(bytes, place, 2) else { return nil }
      parts[index] = value
      place += 2
    }
    var micros = 0
    if place < bytes.endIndex {
      guard bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ",") else { return nil }
      place += 1
      let digits = bytes[place...]
      if digits.isEmpty || !digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return nil }
      for index in 0..<6 {
        micros = micros * 10 + (place + index < bytes.endIndex ? Int(bytes[place + index]) - 0x30 : 0)
      }
    }
    if parts[1] > 59 || parts[2] > 59 { return nil }
    return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1_000_000 + micros
  }

  /// `Z`, `+05:30`, `-0530` at the start of a text, in microseconds, and where it ends.
  static func offset(_ bytes: ArraySlice<UInt8>) -> (Int, Int)? {
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "Z") { return (0, bytes.startIndex + 1) }
    guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return nil }
    var end = bytes.startIndex + 1
    while end < bytes.endIndex, bytes[end] == UInt8(ascii: ":") || bytes[end] == UInt8(ascii: ".")
      || (bytes[end] >= 0x30 && bytes[end] <= 0x39)
    {
      end += 1
    }
    guard end - bytes.startIndex >= 3, let size = clock(bytes[(bytes.startIndex + 1)..<end]) else {
      return nil
    }
    return (first == UInt8(ascii: "-") ? -size : size, end)
  }
}
