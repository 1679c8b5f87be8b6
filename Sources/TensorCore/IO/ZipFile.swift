/// Zip archives of a few whole members, for formats that are made of them.
public enum ZipFile {
  /// Writes members, stored without packing.
  public static func write(_ members: [(name: String, bytes: [UInt8])], to output: OutputBytes) throws {
    let writer = ZipWriter(output)
    for member in members { try writer.add(member.name, member.bytes) }
    try writer.finish()
  }

  /// The members of these names that an archive has.
  /// - Throws: `FileError` where the bytes are no zip archive or a member is damaged.
  public static func read(_ input: InputBytes, _ names: [String]) throws -> [String: [UInt8]] {
    let reader = try ZipReader(input)
    var result: [String: [UInt8]] = [:]
    for name in names {
      if let entry = reader[name] { result[name] = try reader.bytes(entry, format: .zip) }
    }
    return result
  }
}
