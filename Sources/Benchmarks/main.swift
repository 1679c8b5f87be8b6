import Foundation
import Language
import Syntax
final class H: LanguageHost {
  func write(_ text: String, toError: Bool) { print(text, terminator: "") }
  func readLine(prompt: String, password: Bool) throws(Raise) -> String { Swift.readLine() ?? "" }
  func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {}
}
nonisolated(unsafe) let path = CommandLine.arguments[1]
let t = Thread {
  let host = H()
  let machine = try! Machine(host: host)
  let text = try! String(contentsOfFile: path, encoding: .utf8)
  do { 
    _ = try machine.run(text, name: path, interactive: false)
  } catch let e {
    let x = machine.materialize(e as! Raise)
    for t in x.traceback { print(t.source.name, t.source.position(of: Int(t.span.start)), t.function) }
    print(x.type.name, machine.message(of: x), x.hint ?? "")
  }
  exit(0)
}
t.stackSize = 512 << 20
t.start()
sleep(100000)
