import Glibc

/// A text table of precision, recall, F1 score and support per class, with averages, as
/// scikit-learn's `classification_report` writes it.
///
/// - Parameters:
///   - labels: which classes, in which order; nil takes all that occur.
///   - targetNames: a name per class; nil writes the labels.
///   - digits: decimals of the scores.
/// - Throws: `badArgument` when the number of names is not that of the classes.
public func classificationReport<Label: Hashable & Comparable & Sendable>(
  _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, targetNames: [String]? = nil,
  digits: Int = 2, zeroDivision: Double = 0
) throws(ClassicalError) -> String {
  guard digits >= 0, digits <= 100 else {
    throw .badArgument(name: "digits", found: "\(digits)", expected: "0 to 100")
  }
  let table = try PrecisionRecall(yTrue, yPred, labels: labels, zeroDivision: zeroDivision)
  let names = targetNames ?? table.labels.map { "\($0)" }
  guard names.count == table.labels.count else {
    let classes = table.labels.map { "\($0)" }.joined(separator: ", ")
    throw .badArgument(
      name: "target_names", found: "\(names.count) names",
      expected: "\(table.labels.count), one for each of the classes \(classes)")
  }
  let lastHeading = "weighted avg"
  let width = max(names.map(\.unicodeScalars.count).max() ?? 0, lastHeading.count, digits)
  func line(_ name: String, _ cells: [String]) -> String {
    padded(name, width) + " " + cells.map { " " + padded($0, 9) }.joined() + "\n"
  }
  func row(_ name: String, _ scores: PrecisionRecall<Label>.Scores, _ support: Int) -> String {
    let numbers = [scores.precision, scores.recall, scores.fScore]
    return line(name, numbers.map { fixed($0, digits) } + ["\(support)"])
  }
  var report = line("", ["precision", "recall", "f1-score", "support"]) + "\n"
  for (place, name) in names.enumerated() {
    report += row(name, table.scores[place], table.support[place])
  }
  report += "\n"
  let total = table.support.reduce(0, +)
  let micro = table.average(.micro)
  // Over all classes the micro average is the accuracy.
  let coversAll = labels.map { Set($0).isSuperset(of: Set(yTrue).union(yPred)) } ?? true
  if coversAll {
    report += line("accuracy", ["", "", fixed(micro.fScore, digits), "\(total)"])
  } else {
    report += row("micro avg", micro, total)
  }
  report += row("macro avg", table.average(.macro), total)
  report += row(lastHeading, table.average(.weighted), total)
  return report
}

/// Right-aligned in `width` characters.
private func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
}

/// `digits` decimals; `nan` for NaN.
func fixed(_ value: Double, _ digits: Int) -> String {
  if value.isNaN { return "nan" }
  var room = [CChar](repeating: 0, count: 330 + digits)
  let count = withVaList([Int32(digits), value]) { vsnprintf(&room, room.count, "%.*f", $0) }
  guard count > 0, count < room.count else { return "\(value)" }
  return String(decoding: room[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
