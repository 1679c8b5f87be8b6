/// Several arrays in one file, `.npz`: a zip archive of `.npy` entries.
public final class NumpyArchive {
  private let zip: ZipReader
  /// The names of the arrays in order, without `.npy`.
  public let names: [String]

  public init(_ input: InputBytes) throws {
    zip = try ZipReader(input)
    names = zip.entries.map { Self.bare($0.name) }
  }

  /// Whether a file is one: by its first bytes.
  public static func recognizes(_ input: InputBytes) throws -> Bool {
    ZipReader.looksLikeArchive(try input.bytes(at: 0, min(4, input.count)) ?? [])
  }

  private static func bare(_ name: String) -> String {
    name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
  }

  /// Reads one array; nil when there is none of that name.
  public func tensor(_ name: String) throws -> Tensor? {
    guard let entry = zip[name + ".npy"] ?? zip[name] else { return nil }
    return try NumpyFile.read(zip.open(entry, format: .npz))
  }

  /// Writes arrays under their names.
  public static func save(
    _ arrays: [(name: String, tensor: Tensor)], to output: OutputBytes, compress: Bool = false
  ) throws {
    let writer = ZipWriter(output)
    for (name, tensor) in arrays {
      let source = try tensor.detached().contiguousData()
      let header = NumpyFile.header(source)
      try withExtendedLifetime(source) {
        try header.withUnsafeBytes {
          try writer.add(name + ".npy", [$0, NumpyFile.contents(source)], compress: compress)
        }
      }
    }
    try writer.finish()
  }
}
