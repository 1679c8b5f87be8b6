import Foundation
import JSONCoding
import Testing

@testable import JupyterKernel

@Suite struct ConnectionTests {
  private let good: JSON.Object = [
    "transport": "tcp", "ip": "127.0.0.1", "shell_port": 1, "iopub_port": 2, "stdin_port": 3,
    "control_port": 4, "hb_port": 5, "key": "k", "signature_scheme": "hmac-sha256",
    "kernel_name": "swiftlet", "jupyter_session": "",
  ]

  private func read(_ changes: JSON.Object) throws -> Connection {
    var content = good
    for (name, value) in changes { content[name] = value }
    return try Connection(json: .object(content), path: "kernel.json")
  }

  @Test func readsWhatJupyterWrites() throws {
    let connection = try read([:])
    #expect(connection.shellPort == 1)
    #expect(connection.heartbeatPort == 5)
    #expect(connection.key == "k")
    #expect(connection.endpoint(9) == "tcp://127.0.0.1:9")
    #expect(try Connection(json: connection.json, path: "") == connection)
  }

  @Test func knowsItsEndpoints() throws {
    #expect(try read(["ip": "::1"]).endpoint(9) == "tcp://[::1]:9")
    #expect(try read(["ip": "*"]).endpoint(0) == "tcp://*:*")
    #expect(
      try read(["transport": "ipc", "ip": "/run/k-ipc"]).endpoint(2) == "ipc:///run/k-ipc-2")
  }

  @Test(
    arguments: [
      ["shell_port": "1"], ["shell_port": -1], ["hb_port": 65_536], ["iopub_port": .null],
      ["transport": "udp"], ["transport": 1], ["signature_scheme": "hmac-md5"], ["ip": 1],
      ["curve_publickey": "x"],
    ] as [JSON.Object])
  func saysWhatIsWrong(_ changes: JSON.Object) {
    let error = #expect(throws: KernelError.self) { try read(changes) }
    #expect(error?.description.hasPrefix("the connection file kernel.json: ") == true)
  }

  @Test func aFileThatIsNotThereIsNamed() {
    let error = #expect(throws: KernelError.self) { try Connection(path: "/no/such/file") }
    #expect(error == .unreadable("/no/such/file"))
  }

  @Test func portsThatAreTakenAreReported() throws {
    let first = try Kernel(
      connection: Connection(key: ""), info: EchoInterpreter.info, log: -1,
      makeInterpreter: { EchoInterpreter() })
    let error = #expect(throws: KernelError.self) {
      try Kernel(
        connection: first.connection, info: EchoInterpreter.info, log: -1,
        makeInterpreter: { EchoInterpreter() })
    }
    #expect(error?.description.contains("Address already in use") == true)
  }
}
