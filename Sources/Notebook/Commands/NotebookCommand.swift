import Language

/// A notebook command: one row that `%lsmagic`, `%name?`, completion and inspection read, and that runs.
struct NotebookCommand: Sendable {
  /// What a command is about: the headings of `%lsmagic`.
  enum Group: String, CaseIterable, Sendable {
    case help = "Help"
    case timing = "Time"
    case names = "Names and history"
    case files = "Files"
    case display = "Pictures and text"
    case session = "Session"
  }

  typealias LineBody = @Sendable (CommandCall) throws(Raise) -> Void
  typealias CellBody = @Sendable (CommandCall, CellCommand) throws(Raise) -> Value

  let name: String
  let group: Group
  /// What follows the name: `[-n N] [-r R] STATEMENT`.
  let usage: String
  /// What it does, in a sentence.
  let doc: String
  /// The options, one line each: `-n N  loops in a run`.
  let options: [String]
  /// A cell that uses it.
  let example: String
  /// Runs `%name`; nil when there is only `%%name`.
  let line: LineBody?
  /// Runs `%%name` over a cell; nil when there is only `%name`.
  let cell: CellBody?

  init(
    _ name: String, _ group: Group, _ usage: String, _ doc: String, options: [String] = [],
    example: String, line: LineBody? = nil, cell: CellBody? = nil
  ) {
    self.name = name
    self.group = group
    self.usage = usage
    self.doc = doc
    self.options = options
    self.example = example
    self.line = line
    self.cell = cell
  }

  /// `%timeit`, or `%%html` for commands of whole cells.
  var shownName: String { (line == nil ? "%%" : "%") + name }

  /// How one writes it, for each form that there is.
  var signatures: [String] {
    let rest = usage.isEmpty ? "" : " " + usage
    return (line == nil ? [] : ["%\(name)\(rest)"]) + (cell == nil ? [] : ["%%\(name)\(rest)"])
  }

  /// What `%name?` shows.
  var help: String {
    var lines = signatures + ["", doc]
    if !options.isEmpty { lines += [""] + options.map { "  " + $0 } }
    lines += ["", "Example:"]
    lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}

/// A call of a command.
struct CommandCall {
  let command: NotebookCommand
  let session: Session
  /// The rest of the line, trimmed.
  let argument: String
  /// `%` or `%%`.
  let mark: String

  var machine: Machine { session.machine }
  func write(_ text: String) { session.write(text, toError: false) }

  /// The words of the argument.
  var words: [String] { argument.split { $0 == " " || $0 == "\t" }.map(String.init) }

  /// The error of a command that was used wrongly: what was wrong, and how it is used.
  func misuse(_ message: String) -> Raise {
    CommandTable.usageError("\(mark)\(command.name): \(message)", hint: hint, machine)
  }

  private var hint: String { "Usage: " + command.signatures.joined(separator: " or ") }

  /// The error of a command that wants something and got nothing.
  func needs(_ what: String) -> Raise { misuse("\(what) is missing") }

  /// Takes options off the front of the argument, as IPython does: single letters, in any order,
  /// grouped or not, until the first word that is none; `--` ends them.
  ///
  /// - Parameter spec: the letters; one with a colon after it takes a value (`n:r:q`).
  func options(_ spec: String) throws(Raise) -> CommandOptions {
    var takesValue: [Character: Bool] = [:]
    for character in spec {
      if character == ":" { continue }
      takesValue[character] = spec.contains("\(character):")
    }
    var result = CommandOptions(rest: argument)
    while result.rest.hasPrefix("-") {
      let word = result.rest.prefix { $0 != " " && $0 != "\t" }
      let after = String(result.rest.dropFirst(word.count)).trimmingSpaces
      if word == "--" {
        result.rest = after
        return result
      }
      // `-1 + x` is a statement, not an option.
      guard let first = word.dropFirst().first, first.isLetter else { return result }
      result.rest = after
      var letters = word.dropFirst()
      while let letter = letters.popFirst() {
        guard let wantsValue = takesValue[letter] else {
          let known = takesValue.keys.sorted().map { "-\($0)" }.joined(separator: ", ")
          throw misuse(
            "there is no option -\(letter)" + (known.isEmpty ? "" : "; there are \(known)"))
        }
        guard wantsValue else {
          result.flags.insert(letter)
          continue
        }
        var value = String(letters)
        letters = ""
        if value.isEmpty {
          value = String(result.rest.prefix { $0 != " " && $0 != "\t" })
          result.rest = String(result.rest.dropFirst(value.count)).trimmingSpaces
        }
        if value.isEmpty { throw misuse("option -\(letter) needs a value") }
        result.values[letter] = value
      }
    }
    return result
  }

  /// The value of an option as a number from 1 on; nil where it was not given.
  func number(_ letter: Character, in options: CommandOptions) throws(Raise) -> Int? {
    guard let text = options.values[letter] else { return nil }
    guard let value = Int(text.replacingUnderscores), value >= 1 else {
      throw misuse("option -\(letter) takes a number from 1 on, got '\(text)'")
    }
    return value
  }
}

/// The options of a call, and what stands after them.
struct CommandOptions {
  var flags: Set<Character> = []
  var values: [Character: String] = [:]
  var rest: String
  func has(_ letter: Character) -> Bool { flags.contains(letter) }
}

extension String {
  /// `1_000` as `1000`.
  var replacingUnderscores: String { filter { $0 != "_" } }

  /// Without quotes around the whole, as people write file names with spaces.
  var unquoted: String {
    for quote in ["\"", "'"] where count >= 2 && hasPrefix(quote) && hasSuffix(quote) {
      return String(dropFirst().dropLast())
    }
    return self
  }
}
