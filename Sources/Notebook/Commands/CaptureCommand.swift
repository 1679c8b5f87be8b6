import Bindings
import Display
import Language

/// `%%capture`: runs a cell and keeps what it prints and shows.
enum CaptureCommand {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "capture", .display, "[--no-stdout] [--no-stderr] [--no-display] [NAME]",
      "Runs the cell quietly; with a name, NAME.stdout, NAME.stderr and NAME.show() give what it wrote.",
      options: [
        "--no-stdout   shows what the cell prints", "--no-stderr   shows warnings",
        "--no-display  shows plots and tables",
      ],
      example: "%%capture out\nprint('kept')",
      cell: { (call, cell) throws(Raise) in
        let session = call.session
        var name: String?
        var passing = CapturedOutput.Passing()
        for word in call.words {
          switch word {
          case "--no-stdout": passing.stdout = true
          case "--no-stderr": passing.stderr = true
          case "--no-display": passing.display = true
          default:
            guard name == nil, isName(word) else {
              throw call.misuse(
                word.hasPrefix("-") ? "there is no option \(word)" : "'\(word)' is no name")
            }
            name = word
          }
        }
        let outer = session.output
        let capture = CapturedOutput(around: outer, passing)
        session.output = capture
        defer { session.output = outer }
        let value = try session.run(source: cell.source, name: session.cellName)
        if !passing.display { try session.showValue(value) }
        if let name { session.machine[global: name] = capture.object(session.machine) }
        return passing.display ? value : .undefined
      })
  ]

  private static func isName(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isXIDStart)
      && word.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
      && !Machine.keywords.contains(word)
  }
}

/// Output that is kept instead of shown.
final class CapturedOutput: SessionOutput {
  /// What goes on to the output around it.
  struct Passing {
    var stdout = false
    var stderr = false
    var display = false
  }

  private let outer: (any SessionOutput)?
  private let passing: Passing
  private(set) var stdout = ""
  private(set) var stderr = ""
  /// What was shown, in order, each display in its last state.
  private(set) var bundles: [(bundle: MIMEBundle, id: String?)] = []

  init(around outer: (any SessionOutput)?, _ passing: Passing) {
    self.outer = outer
    self.passing = passing
  }

  var updatesInPlace: Bool { outer?.updatesInPlace ?? false }

  func write(_ text: String, toError: Bool) {
    if toError ? passing.stderr : passing.stdout {
      outer?.write(text, toError: toError)
    } else if toError {
      stderr += text
    } else {
      stdout += text
    }
  }

  func show(_ bundle: MIMEBundle, id: String?) {
    if passing.display { outer?.show(bundle, id: id) } else { bundles.append((bundle, id)) }
  }

  func update(_ bundle: MIMEBundle, id: String) {
    if let index = bundles.firstIndex(where: { $0.id == id }) {
      bundles[index].bundle = bundle
    } else {
      outer?.update(bundle, id: id)
    }
  }

  func clear(wait: Bool) {
    stdout = ""
    stderr = ""
    bundles = []
  }

  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    guard let outer else { throw Raise(.eofError, "EOF when reading a line") }
    return try outer.readLine(prompt: prompt, password: password)
  }

  /// What a program sees of it.
  func object(_ machine: Machine) -> Value {
    let object = CapturedObject(machine.type(CapturedObject.table))
    object.stdout = stdout
    object.stderr = stderr
    object.bundles = bundles.map(\.bundle)
    return .object(object)
  }
}

/// The value that `%%capture NAME` gives.
final class CapturedObject: Instance {
  var stdout = ""
  var stderr = ""
  var bundles: [MIMEBundle] = []

  static let table = TypeTable(
    "CapturedIO", module: "swiftlet", doc: "What a cell wrote and showed while %%capture kept it.",
    isSubclassable: false,
    properties: [
      NativeProperty("stdout", "What the cell printed.") { value, _ in
        .string((value.asInstance as? CapturedObject)?.stdout ?? "")
      },
      NativeProperty("stderr", "What the cell wrote to the error output.") { value, _ in
        .string((value.asInstance as? CapturedObject)?.stderr ?? "")
      },
    ],
    methods: [
      Native("show(self)", "Writes and shows all of it here.") { a in
        let captured = try a.receiver(CapturedObject.self)
        if !captured.stdout.isEmpty { a.machine.host?.write(captured.stdout, toError: false) }
        if !captured.stderr.isEmpty { a.machine.host?.write(captured.stderr, toError: true) }
        for bundle in captured.bundles { a.machine.displayPort?.show(bundle, id: nil) }
        return .none
      },
      Native("__call__(self)", "The same as show().") { a in
        try a.machine.call(a.machine.attribute(a[0], "show"))
      },
      Native("__str__(self)", "What the cell printed.") { a in
        .string(try a.receiver(CapturedObject.self).stdout)
      },
    ])
}
