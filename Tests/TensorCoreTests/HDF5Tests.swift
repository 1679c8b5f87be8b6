import Testing

@testable import TensorCore

@Suite struct HDF5Tests {
  private func sample() throws -> HDF5.Group {
    let root = HDF5.Group()
    root.attributes = [("note", .text("größer")), ("names", .texts(["a", "", "dense_1"])), ("pi", .number(3.25))]
    // More members than one table takes, and than one tree takes.
    for i in 0..<300 {
      let group = root.making("layers/dense_\(i)/vars")
      group.datasets.append(("0", try Tensor([Float(i), -1.5, 2])))
    }
    root.datasets.append(("whole", try Tensor([1, 2, 3, 4]).reshape([2, 2])))
    root.datasets.append(("empty", try Tensor.zeros([0, 3])))
    root.datasets.append(("single", try Tensor(.double(0.5), dtype: .float64)))
    return root
  }

  private func bytes(_ root: HDF5.Group) throws -> [UInt8] {
    let output = OutputBytes()
    try HDF5.save(root, to: output)
    return output.bytes
  }

  @Test func whatIsWrittenIsRead() throws {
    let found = try HDF5.load(InputBytes(bytes(sample())))
    #expect(found[attribute: "note"] == .text("größer"))
    #expect(found[attribute: "names"] == .texts(["a", "", "dense_1"]))
    #expect(found[attribute: "pi"] == .number(3.25))
    #expect(found.group("layers")?.groups.count == 300)
    for i in [0, 7, 8, 128, 299] {
      #expect(try found.dataset("layers/dense_\(i)/vars/0")?.floats() == [Float(i), -1.5, 2])
    }
    #expect(found.dataset("whole")?.shape == [2, 2])
    #expect(try found.dataset("whole")?.ints() == [1, 2, 3, 4])
    #expect(found.dataset("empty")?.shape == [0, 3])
    #expect(try found.dataset("single")?.item().double == 0.5)
    #expect(found.dataset("layers/none/vars/0") == nil)
  }

  /// Every cut and many a changed byte: an error or other numbers, never a trap.
  @Test func damagedFilesNeverTrap() throws {
    let root = HDF5.Group()
    root.attributes = [("names", .texts(["x", "y"]))]
    root.making("a/b").datasets.append(("0", try Tensor([1.0, 2.0])))
    let whole = try bytes(root)
    var refused = 0
    for length in stride(from: 0, to: whole.count, by: 3) {
      do { _ = try HDF5.load(InputBytes(Array(whole[..<length]))) } catch { refused += 1 }
    }
    #expect(refused > whole.count / 4)
    for place in whole.indices {
      for value in [UInt8(0), 0x7F, 0xFF] {
        var changed = whole
        changed[place] = value
        _ = try? HDF5.load(InputBytes(changed))
      }
    }
  }
}
