import Compute

/// Files of `torch.save`: a zip archive with a pickle (`data.pkl`) and one entry for each storage
/// (torch/serialization.py; caffe2/serialize/inline_container.h).
public enum TorchArchive {
  /// Reads what was saved. Tensors that shared memory share it again.
  ///
  /// - Throws: `FileError`: also for a pickle that holds anything else than data (nothing of a file is
  ///   ever run), `MemoryError`.
  public static func load(_ input: InputBytes) throws -> ObjectGraph {
    let start = try input.bytes(at: 0, min(16, input.count)) ?? []
    guard ZipReader.looksLikeArchive(start) else { throw notAnArchive(start, input) }
    let zip = try ZipReader(input)
    guard let data = zip.entries.first(where: { $0.name.hasSuffix("/data.pkl") || $0.name == "data.pkl" })
    else {
      throw FileError.malformed(
        format: .torch, message: "\(input.name): there is no data.pkl in this archive")
    }
    let folder = String(data.name.dropLast("data.pkl".count))
    if zip[folder + "constants.pkl"] != nil {
      throw FileError.refused(
        format: .torch,
        message: "\(input.name) holds a TorchScript program; save model.state_dict() instead")
    }
    var isSwapped = false
    if let order = zip[folder + "byteorder"], order.size < 16 {
      isSwapped = String(decoding: try zip.bytes(order, format: .torch), as: UTF8.self) == "big"
    }
    var known: [String: PickledStorage] = [:]
    return try PickleReader.read(zip.bytes(data, format: .torch)) { identity in
      if let storage = known[identity.key] {
        guard storage.dtype == identity.type.dtype, identity.count <= storage.count else {
          throw FileError.malformed(
            format: .torch, message: "storage \(identity.key) has two types or sizes")
        }
        return storage
      }
      guard let entry = zip[folder + "data/" + identity.key] else {
        throw FileError.malformed(
          format: .torch, message: "the data of storage '\(identity.key)' are missing")
      }
      let (bytes, overflow) = identity.count.multipliedReportingOverflow(by: identity.type.size)
      guard !overflow, bytes <= entry.size else {
        throw FileError.ended(
          format: .torch,
          message: "storage '\(identity.key)' has \(entry.size) bytes, needed are "
            + "\(identity.count) elements of \(identity.type.size)")
      }
      let dtype = identity.type.dtype
      let storage = try Storage.make(identity.count * dtype.size)
      let stream = try zip.open(entry, format: .torch)
      try identity.type.read(
        identity.count, from: stream, into: storage.pointer, swapped: isSwapped, format: .torch)
      let result = PickledStorage(storage: storage, dtype: dtype, count: identity.count)
      known[identity.key] = result
      return result
    }
  }

  /// Writes a graph so that PyTorch and this read it.
  ///
  /// - Parameter name: the folder inside of the archive; PyTorch takes the file's name without its
  ///   extension.
  public static func save(
    _ graph: ObjectGraph, to output: OutputBytes, name: String = "archive"
  ) throws {
    let (pickle, storages) = try PickleWriter.write(graph)
    let writer = ZipWriter(output)
    try writer.add("\(name)/data.pkl", pickle, alignment: 64)
    try writer.add("\(name)/byteorder", Array("little".utf8), alignment: 64)
    for (key, (storage, _)) in storages.enumerated() {
      try withExtendedLifetime(storage) {
        try writer.add(
          "\(name)/data/\(key)",
          [UnsafeRawBufferPointer(start: storage.pointer, count: storage.byteCount)], alignment: 64)
      }
    }
    try writer.add("\(name)/version", Array("3\n".utf8), alignment: 64)
    try writer.finish()
  }

  private static func notAnArchive(_ start: [UInt8], _ input: InputBytes) -> FileError {
    if input.count == 0 {
      return .ended(format: .torch, message: "Ran out of input: \(input.name) is empty")
    }
    // The number that the format before PyTorch 1.6 begins with, pickled.
    if start.starts(with: [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
    {
      return .refused(
        format: .torch,
        message: "\(input.name) has the format of PyTorch before 1.6; load it there and save it again")
    }
    return .malformed(
      format: .torch,
      message: "PytorchStreamReader failed reading zip archive: failed finding central directory "
        + "(\(input.name) is no file of torch.save)")
  }
}
