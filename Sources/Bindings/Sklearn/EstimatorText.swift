import Language

/// The printed form of estimators: the class and the hyperparameters that differ from the defaults,
/// filled into lines of 80 characters.
///
/// The filling is that of CPython's `pprint` in its compact mode, which scikit-learn builds upon:
/// entries follow each other on a line while they fit; what does not fit on a line of its own is
/// broken inside.
struct EstimatorText {
  let machine: Machine
  private static let width = 80

  func text(_ value: Value) throws -> String {
    var out = ""
    try write(value, indent: 0, allowance: 0, to: &out)
    return out
  }

  /// On one line.
  private func plain(_ value: Value, depth: Int = 0) throws -> String {
    guard depth < SklearnParameters.deepest else { throw SklearnParameters.tooDeep }
    if SklearnParameters.isEstimator(value) {
      let entries = try changed(value).map { "\($0.name)=\(try plain($0.value, depth: depth + 1))" }
      return "\(machine.typeName(value))(\(entries.joined(separator: ", ")))"
    }
    if let list = value.asList {
      return "[" + (try machine.array(.object(list)).map { try plain($0, depth: depth + 1) }.joined(separator: ", ")) + "]"
    }
    if let tuple = value.asTuple {
      let items = try tuple.items.map { try plain($0, depth: depth + 1) }
      return "(" + items.joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
    }
    return try machine.repr(value)
  }

  private func changed(_ value: Value) throws -> [(name: String, value: Value)] {
    let defaults = try SklearnParameters.defaults(value, machine)
    return try SklearnParameters.current(value, machine).enumerated().compactMap { place, entry in
      let standard = defaults[place].value
      if standard.isUndefined { return entry }
      return try plain(entry.value) == plain(standard) ? nil : entry
    }
  }

  private struct Entry {
    let text: String
    let write: (_ indent: Int, _ allowance: Int, _ out: inout String) throws -> Void
  }

  private func write(_ value: Value, indent: Int, allowance: Int, to out: inout String) throws {
    let line = try plain(value)
    guard line.count > Self.width - indent - allowance else {
      out += line
      return
    }
    if SklearnParameters.isEstimator(value) {
      let name = machine.typeName(value)
      out += name + "("
      let entries = try changed(value).map { entry in
        Entry(text: "\(entry.name)=\(try plain(entry.value))") { indent, allowance, out in
          out += entry.name + "="
          try write(
            entry.value, indent: indent + entry.name.count + 1, allowance: allowance, to: &out)
        }
      }
      try fill(entries, indent: indent + name.count, allowance: allowance + 1, to: &out)
      out += ")"
    } else if value.asList != nil || value.asTuple != nil {
      let isList = value.asList != nil
      out += isList ? "[" : "("
      let entries = try machine.array(value).map { item in
        Entry(text: try plain(item)) { indent, allowance, out in
          try write(item, indent: indent, allowance: allowance, to: &out)
        }
      }
      try fill(entries, indent: indent, allowance: allowance + 1, to: &out)
      out += isList ? "]" : ")"
    } else if let dict = value.asDict {
      out += "{"
      let entries = try dict.pairs.map { pair in
        let key = try machine.repr(pair.key)
        return Entry(text: "\(key): \(try plain(pair.value))") { indent, allowance, out in
          out += key + ": "
          try write(pair.value, indent: indent + key.count + 2, allowance: allowance, to: &out)
        }
      }
      try fill(entries, indent: indent, allowance: allowance + 1, to: &out)
      out += "}"
    } else {
      out += line
    }
  }

  private func fill(
    _ entries: [Entry], indent: Int, allowance: Int, to out: inout String
  ) throws {
    let indent = indent + 1
    let newLine = ",\n" + String(repeating: " ", count: indent)
    var delimiter = ""
    var room = Self.width - indent + 1
    var fullRoom = room
    for (place, entry) in entries.enumerated() {
      let isLast = place == entries.count - 1
      if isLast {
        fullRoom -= allowance
        room -= allowance
      }
      let need = entry.text.count + 2
      if room < need {
        room = fullRoom
        if !delimiter.isEmpty { delimiter = newLine }
      }
      if room >= need {
        room -= need
        out += delimiter + entry.text
        delimiter = ", "
        continue
      }
      out += delimiter
      delimiter = newLine
      try entry.write(indent, isLast ? allowance : 1, &out)
    }
  }
}
