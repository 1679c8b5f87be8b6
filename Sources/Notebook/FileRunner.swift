import Bindings
import Display
import Glibc
import Language
import Syntax

/// Runs program files and notebooks in a terminal: `swiftlet run`.
public final class FileRunner {
  /// Exit codes of `swiftlet run`.
  public enum Outcome: Int32, Sendable {
    case ok = 0
    case failed = 1
    case interrupted = 130
  }

  private let session: Session
  private let terminal: TerminalOutput

  /// - Parameter arguments: what `sys.argv` holds, the file's name first.
  public init(arguments: [String]) throws(Raise) {
    terminal = TerminalOutput()
    let columns = TerminalOutput.columns
    session = try Session(
      settings: DisplaySettings(
        width: columns, colorDepth: isatty(STDOUT_FILENO) == 1 ? .trueColor : .none))
    session.output = terminal
    session.machine.programArguments = arguments
  }

  /// What an interrupt from another thread or a signal sets.
  public var interruptFlag: InterruptFlag { session.machine.interrupt }

  /// Runs a program. Its output is standard output; a traceback goes to standard error.
  public func run(program text: String, name: String) -> Outcome {
    defer { terminal.finish() }
    do throws(Raise) {
      _ = try session.machine.run(text, name: name, interactive: false)
      session.machine.finish()
      return .ok
    } catch {
      let outcome = failed(error)
      session.machine.finish()
      return outcome
    }
  }

  /// Runs every code cell of a notebook in order and prints the text of each output.
  public func run(notebook text: [UInt8], name: String) -> Outcome {
    defer { terminal.finish() }
    let cells: [NotebookDocument.CodeCell]
    do throws(NotebookDocument.Unreadable) {
      cells = try NotebookDocument.codeCells(text)
    } catch {
      TerminalOutput.error("swiftlet run: '\(name)' is no notebook: \(error.reason)\n")
      return .failed
    }
    for (index, cell) in cells.enumerated() {
      let number = index + 1
      do throws(Raise) {
        let value = try session.run(cell: cell.source, number: number, name: "Cell In[\(number)]")
        try session.showValue(value)
        try CellEnd.showFigures(session.machine)
      } catch {
        let outcome = failed(error)
        if outcome != .ok {
          TerminalOutput.error("swiftlet run: cell \(cell.position) of '\(name)' failed\n")
          return outcome
        }
        return .ok
      }
      terminal.endCell()
    }
    return .ok
  }

  private func failed(_ error: Raise) -> Outcome {
    terminal.endCell()
    let machine = session.machine
    let exception = machine.materialize(error)
    if exception.type.isSubclass(of: machine.types.exception(.systemExit)) {
      guard let status = exception.arguments.first, !status.isNone else { return .ok }
      if let code = status.asInt {
        terminal.finish()
        exit(Int32(truncatingIfNeeded: code & 0xFF))
      }
      TerminalOutput.error(machine.message(of: exception) + "\n")
      return .failed
    }
    let color = isatty(STDERR_FILENO) == 1
    let lines = ErrorReport(machine, style: .init(color: color)).lines(exception)
    TerminalOutput.error(lines.joined(separator: "\n") + "\n")
    return exception.type.isSubclass(of: machine.types.exception(.keyboardInterrupt))
      ? .interrupted : .failed
  }
}
