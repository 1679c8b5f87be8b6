import ArgumentParser
import Bindings
import Glibc
import Language
import Notebook

/// `swiftlet run`: a program file, a notebook, or standard input.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a program (.py), a notebook (.ipynb) or standard input (-).",
    discussion: """
      Exit codes: 0; 1 when the program raised an error; 2 for wrong usage; 130 when interrupted.
      """)

  @Argument(help: "The file to run; - for standard input.")
  var file: String

  @Argument(parsing: .captureForPassthrough, help: "What the program finds in sys.argv.")
  var arguments: [String] = []

  func run() throws {
    let bytes: [UInt8]
    do {
      bytes = file == "-" ? StandardInput.all() : try TextFile.bytes(file)
    } catch {
      // No such file is wrong usage, as for any command.
      let reason = String(cString: strerror(errno))
      let line = "swiftlet run: cannot read '\(file)': \(reason)\n"
      _ = write(STDERR_FILENO, line, line.utf8.count)
      Glibc.exit(2)
    }
    let name = file == "-" ? "<stdin>" : file
    let arguments = [file] + self.arguments
    let status = EvaluatorThread.run {
      do throws(Raise) {
        let runner = try FileRunner(arguments: arguments)
        InterruptSignal.connect(to: runner.interruptFlag)
        let isNotebook = name.hasSuffix(".ipynb")
        let outcome =
          isNotebook
          ? runner.run(notebook: bytes, name: name)
          : runner.run(program: String(decoding: bytes, as: UTF8.self), name: name)
        return outcome.rawValue
      } catch {
        let line = "swiftlet run: the language could not start: \(error)\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        return 1
      }
    }
    Glibc.exit(status)
  }
}

private enum StandardInput {
  static func all() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        result += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        return result
      }
    }
  }
}

/// Programs nest deeply: they run on a thread with a large stack.
enum EvaluatorThread {
  static let stackSize = 512 << 20

  private final class Work {
    let body: () -> Int32
    var status: Int32 = 1
    init(_ body: @escaping () -> Int32) { self.body = body }
  }

  /// Runs `body` on such a thread and waits; gives what it returned.
  static func run(_ body: @escaping () -> Int32) -> Int32 {
    let work = Work(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(work)
    let failed = pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw else { return nil }
        let work = Unmanaged<Work>.fromOpaque(raw).takeUnretainedValue()
        work.status = work.body()
        return nil
      }, retained.toOpaque())
    if failed != 0 {
      retained.release()
      return body()
    }
    pthread_join(thread, nil)
    retained.release()
    return work.status
  }
}

/// SIGINT as an interrupt of the running program.
enum InterruptSignal {
  nonisolated(unsafe) private static var flag: InterruptFlag?

  static func connect(to target: InterruptFlag) {
    flag = target
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      // Only atomic stores: a handler may run between any two instructions.
      InterruptSignal.flag?.request()
      LibraryInterrupt.request()
    }
    sigaction(SIGINT, &action, nil)
    signal(SIGPIPE, SIG_IGN)
  }
}
