import Foundation
import JSONCoding
import Testing

@testable import Kernelspec

@Suite struct KernelspecTests {
  private func file(_ name: String, _ spec: Kernelspec) throws -> [UInt8] {
    try #require(spec.files.first { $0.name == name }).bytes
  }

  @Test func kernelJSONNamesTheProgramAndWhatJupyterNeeds() throws {
    let spec = try Kernelspec(executable: "/opt/a b/swiftlet")
    let json = try JSON.parse(try file("kernel.json", spec))
    #expect(
      json["argv"] == ["/opt/a b/swiftlet", "kernel", "--connection-file", "{connection_file}"])
    #expect(json["display_name"] == "Swiftlet")
    #expect(json["language"] == "swiftlet")
    #expect(json["interrupt_mode"] == "message")
    #expect(json["metadata"]?["debugger"] == true)
  }

  @Test func anotherNameShowsInTheLauncher() throws {
    let json = try JSON.parse(
      try file("kernel.json", try Kernelspec(name: "swiftlet-dev", executable: "/x")))
    #expect(json["display_name"] == "Swiftlet (swiftlet-dev)")
  }

  @Test(arguments: [("logo-32x32.png", 32), ("logo-64x64.png", 64)])
  func logosHaveTheSizeOfTheirName(_ name: String, _ size: UInt8) throws {
    let bytes = try file(name, try Kernelspec(executable: "/x"))
    #expect(Array(bytes[..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // IHDR: width and height, big-endian.
    #expect(Array(bytes[16..<24]) == [0, 0, 0, size, 0, 0, 0, size])
  }

  @Test func theVectorLogoNeedsNoStyleSheet() throws {
    let bytes = try file("logo-svg.svg", try Kernelspec(executable: "/x"))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("viewBox"))
    for word in ["<style", "class=", "<script", "foreignObject"] { #expect(!text.contains(word)) }
  }

  @Test(arguments: ["", ".", "..", "a/b", "a b", "é", "../x"])
  func namesThatJupyterWouldNotListAreRefused(_ name: String) {
    #expect(throws: KernelspecError.badName(name)) {
      try Kernelspec(name: name, executable: "/x")
    }
  }

  @Test func installsBelowAPrefixAndOverItself() throws {
    let prefix = FileManager.default.temporaryDirectory.appending(
      path: "kernelspec-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: prefix) }
    for program in ["/one", "/two"] {
      let spec = try Kernelspec(executable: program)
      let folder = try spec.install(.prefix(prefix.path))
      #expect(folder == prefix.path + "/share/jupyter/kernels/swiftlet")
      for (name, bytes) in spec.files {
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)) == Data(bytes))
      }
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
    let spec = try Kernelspec(executable: "/x")
    let error = #expect(throws: KernelspecError.self) {
      try spec.install(.prefix("/proc/nowhere"))
    }
    #expect(error?.description.contains("/proc/nowhere") == true)
  }
}
