import Bindings
import Display
import Foundation
import Glibc
import JSONCoding
import JupyterProtocol
import Language
import Syntax

/// The debug adapter: answers the requests of a front end (Debug Adapter Protocol, with the additions
/// of the Jupyter messaging specification).
///
/// A cell is a file to a debugger; its name is made of a hash of its text, so that the front end knows
/// it before the cell runs. Code is traced from `attach` on: what was defined before has to be run
/// again to be stepped through. Requests come on a thread of their own; what looks at values runs on
/// the evaluator thread: where the program is stopped, or else through the gate of questions.
final class DebugAdapter: @unchecked Sendable {
  private let session: Session
  private let gate: QueryGate
  private let variables: DebugVariables
  private let send: @Sendable (JSON.Object) -> Void
  private let sequence = Monitor(0)
  /// Texts of cells by path.
  private let sources = Monitor<[String: String]>([:])
  private let isAttached = Monitor(false)
  private let stepper: DebugStepper

  private static let seed: UInt32 = 0xC70F_6907
  private static let suffix = ".py"
  /// Cells have paths in the folder for temporary files, as ipykernel's have; nothing is written.
  private static let prefix =
    FileManager.default.temporaryDirectory.appendingPathComponent("swiftlet_\(getpid())").path + "/"

  init(_ session: Session, _ gate: QueryGate, send: @escaping @Sendable (JSON.Object) -> Void) {
    self.session = session
    self.gate = gate
    self.send = send
    variables = DebugVariables(session)
    let sequence = sequence
    @Sendable func event(_ name: String, _ body: JSON.Object) -> JSON.Object {
      let number = sequence.change { number -> Int in
        number += 1
        return number
      }
      return ["type": "event", "seq": .int(number), "event": .string(name), "body": .object(body)]
    }
    stepper = DebugStepper(
      path: { source in
        source.name.hasPrefix("Cell In[")
          ? Self.path(of: String(decoding: source.text, as: UTF8.self)) : nil
      },
      tell: { reason, exception in
        if let reason {
          var body: JSON.Object = [
            "reason": .string(reason), "threadId": 1, "allThreadsStopped": true,
          ]
          if let exception {
            body["description"] = .string(exception.name)
            body["text"] = .string("\(exception.name): \(exception.message)")
          }
          send(event("stopped", body))
        } else {
          send(event("continued", ["threadId": 1, "allThreadsContinued": true]))
        }
      })
    session.machine.tracer = stepper
  }

  static func path(of code: String) -> String {
    prefix + String(Murmur2.hash(code, seed: seed)) + suffix
  }

  /// A cell begins: its text may be asked for.
  func cellBegins(_ code: String) {
    guard isAttached.read({ $0 }) else { return }
    stepper.cellBegins()
    sources.change { $0[Self.path(of: code)] = code }
  }

  // MARK: - Requests

  /// The response to a request. On the thread of debug requests.
  func answer(_ request: JSON.Object) -> JSON.Object {
    let command = request["command"]?.string ?? ""
    let arguments = request["arguments"] ?? [:]
    var response: JSON.Object = [
      "type": "response", "seq": .int(nextNumber()), "request_seq": request["seq"] ?? 0,
      "command": .string(command),
    ]
    do throws(Failure) {
      let body = try body(of: command, arguments)
      response["success"] = true
      response["body"] = .object(body)
    } catch {
      response["success"] = false
      response["message"] = .string(error.sentence)
      response["body"] = ["error": ["id": 1, "format": .string(error.sentence)]]
    }
    return response
  }

  /// What follows a response: events that must not come before it.
  func afterAnswer(_ request: JSON.Object) {
    if request["command"] == "attach" { event("initialized", [:]) }
  }

  private struct Failure: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
  }

  private func nextNumber() -> Int {
    sequence.change { number -> Int in
      number += 1
      return number
    }
  }

  private func event(_ name: String, _ body: JSON.Object) {
    send([
      "type": "event", "seq": .int(nextNumber()), "event": .string(name), "body": .object(body),
    ])
  }

  private func body(of command: String, _ arguments: JSON) throws(Failure) -> JSON.Object {
    switch command {
    case "debugInfo": return info
    case "initialize":
      return [
        "supportsConfigurationDoneRequest": true, "supportsConditionalBreakpoints": true,
        "supportsEvaluateForHovers": true, "supportsTerminateDebuggee": false,
        "supportsExceptionInfoRequest": true,
        "exceptionBreakpointFilters": .array(
          DebugStepper.ExceptionFilter.allCases.map { filter in
            [
              "filter": .string(filter.rawValue), "label": .string(filter.label),
              "description": .string(filter.meaning), "default": .bool(filter == .uncaught),
            ]
          }),
      ]
    case "attach", "launch":
      isAttached.change { $0 = true }
      trace(true)
      return [:]
    case "configurationDone": return [:]
    case "setFunctionBreakpoints": return ["breakpoints": []]
    case "setExceptionBreakpoints": return try setExceptionBreakpoints(arguments)
    case "exceptionInfo": return try exceptionInfo()
    case "dumpCell":
      guard let code = arguments["code"]?.string else { throw Failure("dumpCell needs code") }
      let path = Self.path(of: code)
      sources.change { $0[path] = code }
      return ["sourcePath": .string(path)]
    case "setBreakpoints": return try setBreakpoints(arguments)
    case "source":
      let path = arguments["source"]?["path"]?.string ?? ""
      guard let text = sources.read({ $0[path] }) else {
        throw Failure("source unavailable: \(path) is no cell that has run or was dumped")
      }
      return ["content": .string(text), "mimeType": "text/x-python"]
    case "threads": return ["threads": [["id": 1, "name": "MainThread"]]]
    case "modules": return ["modules": [], "totalModules": 0]
    case "continue":
      try go(.run)
      return ["allThreadsContinued": true]
    case "next", "stepIn", "stepOut", "pause":
      try step(command)
      return [:]
    case "stackTrace": return try stackTrace(arguments)
    case "scopes": return try scopes(arguments)
    case "variables": return try variables(arguments)
    case "inspectVariables": return try inspect()
    case "richInspectVariables": return try richInspect(arguments)
    case "evaluate": return try evaluate(arguments)
    case "copyToGlobals": return try copyToGlobals(arguments)
    case "disconnect", "terminate":
      isAttached.change { $0 = false }
      trace(false)
      stepper.clear()
      return [:]
    default: throw Failure("the command \(command) is not known")
    }
  }

  private var info: JSON.Object {
    let breakpoints = stepper.breakpoints.map { entry -> JSON in
      [
        "source": .string(entry.path),
        "breakpoints": .array(entry.lines.map { ["line": .int($0)] }),
      ]
    }
    return [
      "isStarted": .bool(isAttached.read { $0 }), "hashMethod": "Murmur2",
      "hashSeed": .int(Int(Self.seed)), "tmpFilePrefix": .string(Self.prefix),
      "tmpFileSuffix": .string(Self.suffix), "breakpoints": .array(breakpoints),
      "stoppedThreads": stepper.isStopped ? [1] : [], "richRendering": true,
      "exceptionPaths": [], "copyToGlobals": true,
    ]
  }

  private func setBreakpoints(_ arguments: JSON) throws(Failure) -> JSON.Object {
    guard let path = arguments["source"]?["path"]?.string else {
      throw Failure("setBreakpoints needs the path of a source")
    }
    let text = sources.read { $0[path] }
    let lineCount = text.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count }
    var lines: [Int: String?] = [:]
    let given = arguments["breakpoints"]?.array ?? []
    let verified = given.map { breakpoint -> JSON in
      let line = breakpoint["line"]?.int ?? 0
      let isGood = line >= 1 && line <= lineCount ?? Int.max
      if isGood {
        let condition = breakpoint["condition"]?.string
        lines.updateValue(condition?.isEmpty ?? true ? nil : condition, forKey: line)
      }
      return [
        "verified": .bool(isGood), "line": .int(line), "source": ["path": .string(path)],
      ]
    }
    stepper.setBreakpoints(lines, in: path)
    return ["breakpoints": .array(verified)]
  }

  private func setExceptionBreakpoints(_ arguments: JSON) throws(Failure) -> JSON.Object {
    let names = arguments["filters"]?.array ?? []
    let filters = names.map { $0.string.flatMap(DebugStepper.ExceptionFilter.init) }
    stepper.filters = Set(filters.compactMap { $0 })
    return ["breakpoints": .array(filters.map { ["verified": .bool($0 != nil)] })]
  }

  private func exceptionInfo() throws(Failure) -> JSON.Object {
    guard let exception = stepper.stoppedException else {
      throw Failure("the program is not stopped at an exception")
    }
    return [
      "exceptionId": .string(exception.name), "description": .string(exception.message),
      "breakMode": .string(exception.filter == .raised ? "always" : "unhandled"),
      "details": [
        "typeName": .string(exception.name), "message": .string(exception.message),
      ],
    ]
  }

  // MARK: - Stepping

  private func go(_ step: DebugStepper.Step) throws(Failure) {
    guard stepper.isStopped else { throw Failure("the program is not stopped") }
    variablesWhileStopped { $0.forget() }
    stepper.go(step)
  }

  private func step(_ command: String) throws(Failure) {
    if command == "pause" { return stepper.go(.pause) }
    guard let depth = stepper.whileStopped({ [session] in session.machine.tracedDepth }) else {
      throw Failure("the program is not stopped")
    }
    switch command {
    case "next": try go(.over(depth: depth))
    case "stepIn": try go(.into)
    default: try go(.out(depth: depth))
    }
  }

  /// Code that is compiled from here on is traced, or not.
  private func trace(_ isTracing: Bool) {
    let session = session
    let set = { session.machine.isTracing = isTracing }
    if stepper.whileStopped(set) == nil { _ = gate.ask(set) }
  }

  private func variablesWhileStopped(_ body: @escaping (DebugVariables) -> Void) {
    _ = stepper.whileStopped { [variables] in body(variables) }
  }

  /// Looks at the session: where it is stopped, or at a safe point.
  private func look<T>(_ body: @escaping () -> T) throws(Failure) -> T {
    let session = session
    if let result = stepper.whileStopped(body)
      ?? gate.ask({
        session.useThisThread()
        return body()
      })
    {
      return result
    }
    throw Failure("the program is busy and cannot be looked at now")
  }

  private func whileStopped<T>(_ body: @escaping () -> T) throws(Failure) -> T {
    if let result = stepper.whileStopped(body) { return result }
    throw Failure("the program is not stopped")
  }

  // MARK: - Looking

  private func stackTrace(_ arguments: JSON) throws(Failure) -> JSON.Object {
    let start = max(0, arguments["startFrame"]?.int ?? 0)
    let levels = arguments["levels"]?.int ?? 0
    let session = session
    let frames = try whileStopped { session.machine.tracedFrames() }
    let shown = frames.enumerated().dropFirst(start).prefix(levels > 0 ? levels : 200)
    return [
      "stackFrames": .array(
        shown.map { index, frame in
          let text = String(decoding: frame.source.text, as: UTF8.self)
          let path = frame.source.name.hasPrefix("Cell In[") ? Self.path(of: text) : frame.source.name
          return [
            "id": .int(index + 1), "name": .string(frame.function), "line": .int(frame.line),
            "column": .int(frame.column),
            "source": ["path": .string(path), "name": .string(frame.source.name)],
          ]
        }), "totalFrames": .int(frames.count),
    ]
  }

  private func frame(_ arguments: JSON, _ name: String = "frameId") -> Int? {
    arguments[name]?.int.map { $0 - 1 }
  }

  private func scopes(_ arguments: JSON) throws(Failure) -> JSON.Object {
    let index = frame(arguments) ?? 0
    let (session, variables) = (session, variables)
    let scopes = try whileStopped { () -> [JSON]? in
      let frames = session.machine.tracedFrames()
      guard frames.indices.contains(index) else { return nil }
      var result: [JSON] = []
      func add(_ name: String, _ names: [(name: String, value: Value)], expensive: Bool) {
        result.append([
          "name": .string(name), "variablesReference": .int(variables.reference(to: names)),
          "expensive": .bool(expensive),
        ])
      }
      if !frames[index].isModule { add("Locals", frames[index].locals, expensive: false) }
      add("Globals", session.userBindings.map { ($0.name, $0.value) }, expensive: false)
      return result
    }
    guard let scopes else { throw Failure("there is no frame \(index + 1)") }
    return ["scopes": .array(scopes)]
  }

  private func variables(_ arguments: JSON) throws(Failure) -> JSON.Object {
    let number = arguments["variablesReference"]?.int ?? 0
    let start = arguments["start"]?.int ?? 0
    let count = arguments["count"]?.int
    let variables = variables
    let members = try look { variables.members(number, start: start, count: count) }
    guard let members else {
      throw Failure("the variables \(number) are not known any more: the program has gone on")
    }
    return ["variables": .array(members)]
  }

  private func inspect() throws(Failure) -> JSON.Object {
    let (session, variables) = (session, variables)
    return [
      "variables": .array(
        try look {
          session.userBindings.map { .object(variables.variable($0.name, $0.value)) }
        })
    ]
  }

  private func locals(_ index: Int?) -> [(name: String, value: Value)] {
    guard let index, stepper.isStopped else { return [] }
    let frames = session.machine.tracedFrames()
    return frames.indices.contains(index) ? frames[index].locals : []
  }

  private func richInspect(_ arguments: JSON) throws(Failure) -> JSON.Object {
    guard let name = arguments["variableName"]?.string else {
      throw Failure("richInspectVariables needs variableName")
    }
    let index = frame(arguments)
    let session = session
    let bundle = try look { [self] () -> MIMEBundle? in
      let value =
        locals(index).first { $0.name == name }?.value ?? LiveValue(session).value(of: name)
      guard let value else { return nil }
      // What a class of the user shows of itself is code of the user.
      if value.asInstance?.type.module == "__main__" {
        return MIMEBundle(plain: "<\(session.machine.typeName(value)) object>")
      }
      return try? Presenter(session.machine).bundle(value)
    }
    guard let bundle else { throw Failure("there is no variable \(name)") }
    return ["data": .object(bundle.data), "metadata": .object(bundle.metadata)]
  }

  private func evaluate(_ arguments: JSON) throws(Failure) -> JSON.Object {
    guard let text = arguments["expression"]?.string else {
      throw Failure("evaluate needs an expression")
    }
    let index = frame(arguments)
    let (session, variables) = (session, variables)
    let result = try whileStopped { [self] () -> Result<JSON.Object, Failure> in
      let machine = session.machine
      do throws(Raise) {
        let value = try machine.evaluate(
          Source(name: "<evaluate>", text: text), with: locals(index ?? 0))
        return .success(variables.variable(text, value))
      } catch {
        let exception = machine.materialize(error)
        return .failure(Failure("\(exception.type.name): \(machine.message(of: exception))"))
      }
    }
    switch result {
    case .failure(let failure): throw failure
    case .success(let variable):
      return [
        "result": variable["value"] ?? "", "type": variable["type"] ?? "",
        "variablesReference": variable["variablesReference"] ?? 0,
      ]
    }
  }

  private func copyToGlobals(_ arguments: JSON) throws(Failure) -> JSON.Object {
    guard let source = arguments["srcVariableName"]?.string,
      let target = arguments["dstVariableName"]?.string
    else { throw Failure("copyToGlobals needs srcVariableName and dstVariableName") }
    let index = frame(arguments, "srcFrameId")
    let session = session
    let isDone = try whileStopped { [self] () -> Bool in
      guard let value = locals(index ?? 0).first(where: { $0.name == source })?.value else {
        return false
      }
      session.machine[global: target] = value
      return true
    }
    if !isDone { throw Failure("there is no local variable \(source)") }
    return [:]
  }
}
