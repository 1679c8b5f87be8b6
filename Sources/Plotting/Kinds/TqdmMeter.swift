import Display
import Glibc

/// One row of progress as tqdm 4 writes it: `fit:  42%|████▏     | 42/100 [00:03<00:04, 13.90it/s]`.
///
/// Follows `tqdm.format_meter` to the letter: rates below one per second are written as seconds per
/// count, the bar has ten columns unless a width is given, and a total that was overshot is no total.
public struct TqdmMeter: Sendable, Equatable {
  /// A count that prints as the program gave it: `3` or `3.5`.
  public struct Count: Sendable, Equatable {
    public var value: Double
    public var text: String
    public init(_ value: Double, _ text: String) { (self.value, self.text) = (value, text) }
  }

  public var done = Count(0, "0")
  public var total: Count?
  /// Seconds since the start.
  public var elapsed = 0.0
  /// What counted before the start.
  public var initial = 0.0
  /// Counts per second where it is not the mean of the run.
  public var rate: Double?
  public var label = ""
  public var postfix = ""
  public var unit = "it"
  /// Whether counts are written with k, M, G.
  public var scalesUnits = false
  public var divisor = 1000.0
  /// Columns of the whole row; nil: a bar of ten columns; 0: no bar.
  public var columns: Int?
  /// Letters of the bar from empty to full; the default is eighth blocks.
  public var letters = TqdmMeter.blocks
  public var format: String?

  public static let blocks: [Character] = Array(" ▏▎▍▌▋▊▉█")
  public static let ascii: [Character] = Array(" 123456789#")

  public init() {}

  public var text: String {
    var total = total
    if let value = total?.value, value != 0, done.value >= value + 0.5 || value == .infinity {
      total = nil
    }
    let speed = rate ?? (elapsed != 0 ? (done.value - initial) / elapsed : 0)
    let inverse = speed != 0 ? 1 / speed : nil
    func number(_ value: Double?) -> String {
      guard let value, value != 0 else { return "?" }
      return scalesUnits
        ? Self.size(value, "", 1000)
        : TextWidth.padded(NumberText.fixed(value, 2), to: 5, .right)
    }
    let perSecond = number(speed) + unit + "/s"
    let perCount = number(inverse) + "s/" + unit
    let rateText = (inverse ?? 0) > 1 ? perCount : perSecond
    let doneText = scalesUnits ? Self.size(done.value, "", divisor) : done.text
    let totalText = total.map { scalesUnits ? Self.size($0.value, "", divisor) : $0.text } ?? "?"
    let tail = postfix.isEmpty ? "" : ", " + postfix
    let hasTotal = (total?.value ?? 0) != 0
    let left = speed != 0 && hasTotal ? ((total?.value ?? 0) - done.value) / speed : 0
    let leftText = speed != 0 ? Self.interval(left) : "?"
    let elapsedText = Self.interval(elapsed)
    let head = label.isEmpty || label.hasSuffix(": ") ? label : label + ": "
    let rightBar = "| \(doneText)/\(totalText) [\(elapsedText)<\(leftText), \(rateText)\(tail)]"
    var fields = [
      "n": done.text, "n_fmt": doneText, "total": total?.text ?? "None", "total_fmt": totalText,
      "elapsed": elapsedText, "remaining": leftText, "rate_fmt": rateText, "postfix": tail,
      "desc": label, "unit": unit, "r_bar": rightBar, "rate_noinv_fmt": perSecond,
      "rate_inv_fmt": perCount, "l_bar": head + "|", "elapsed_s": NumberText.general(elapsed, 12),
    ]
    guard hasTotal, let whole = total?.value else {
      guard let format else {
        // The colon of a label that ends in one stands twice, as in tqdm.
        let front = label.isEmpty ? "" : label + ": "
        return trimmed("\(front)\(doneText)\(unit) [\(elapsedText), \(rateText)\(tail)]")
      }
      return filled(format, fields, percent: 0, fraction: 0)
    }
    let fraction = done.value / whole
    let percent = TextWidth.padded(NumberText.fixed(fraction * 100, 0), to: 3, .right)
    let leftBar = head + percent + "%|"
    if columns == 0 { return String(leftBar.dropLast()) + rightBar.dropFirst() }
    fields["l_bar"] = leftBar
    var pattern = format ?? "{l_bar}{bar}{r_bar}"
    if label.isEmpty { pattern = pattern.replacing("{desc}: ", with: "") }
    return filled(pattern, fields, percent: fraction * 100, fraction: fraction)
  }

  // MARK: - Parts

  private func filled(
    _ pattern: String, _ fields: [String: String], percent: Double, fraction: Double
  ) -> String {
    var before = ""
    var after = ""
    var barWidth: Int?
    var hasBar = false
    var rest = Substring(pattern)
    func append(_ text: String) { if hasBar { after += text } else { before += text } }
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      append(String(rest[..<open]))
      let inner = rest[rest.index(after: open)..<close]
      let parts = inner.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let spec = parts.count > 1 ? String(parts[1]) : ""
      if name == "bar" {
        hasBar = true
        barWidth = Int(spec)
      } else if name == "percentage" {
        append(Self.formatted(percent, spec))
      } else {
        append(fields[name] ?? "")
      }
      rest = rest[rest.index(after: close)...]
    }
    append(String(rest))
    guard hasBar else { return trimmed(before) }
    let room = columns.map {
      max($0 - TextWidth.of(before) - TextWidth.of(after), 1)
    }
    return trimmed(before + bar(fraction, min(max(barWidth ?? room ?? 10, 1), 1000)) + after)
  }

  /// `3.0f` and its like.
  private static func formatted(_ value: Double, _ spec: String) -> String {
    guard spec.hasSuffix("f") else { return NumberText.general(value, 12) }
    let parts = spec.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.count > 1 ? Int(parts[1]) ?? 0 : 6
    let width = Int(parts.first ?? "") ?? 0
    return TextWidth.padded(
      NumberText.fixed(value, min(max(digits, 0), 20)), to: min(max(width, 0), 100), .right)
  }

  func bar(_ fraction: Double, _ width: Int) -> String {
    let steps = max(letters.count - 1, 1)
    let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let filled = Int(share * Double(width * steps))
    var out = String(repeating: String(letters[letters.count - 1]), count: filled / steps)
    if filled / steps < width {
      out.append(letters[filled % steps])
      out += String(repeating: String(letters[0]), count: width - filled / steps - 1)
    }
    return out
  }

  private func trimmed(_ text: String) -> String {
    guard let columns, columns > 0 else { return text }
    return TextWidth.truncated(text, to: columns, ellipsis: "")
  }

  /// `[H:]MM:SS`
  public static func interval(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e15 else { return "?" }
    let whole = Int(seconds)
    let (minutes, rest) = (abs(whole) / 60, abs(whole) % 60)
    let (hours, left) = (minutes / 60, minutes % 60)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return (whole < 0 || seconds < 0 ? "-" : "") + (hours > 0 ? "\(hours):" : "") + two(left) + ":"
      + two(rest)
  }

  /// A number of three digits with the letter of its thousands.
  public static func size(_ value: Double, _ suffix: String, _ divisor: Double) -> String {
    var value = value
    for letter in ["", "k", "M", "G", "T", "P", "E", "Z"] {
      let size = abs(value)
      if size < 999.5 {
        let digits = size < 9.995 ? 2 : size < 99.95 ? 1 : 0
        return TextWidth.padded(NumberText.fixed(value, digits), to: digits == 0 ? 3 : 0, .right)
          + letter + suffix
      }
      value /= divisor
    }
    return NumberText.fixed(value, 1) + "Y" + suffix
  }
}
