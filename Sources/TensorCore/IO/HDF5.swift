/// The part of HDF5 that model files use: groups, datasets of numbers, attributes.
///
/// Source: HDF5 File Format Specification, version 3.0: superblock version 0, object headers version 1,
/// groups as symbol tables, contiguous layout. That is what `h5py` writes by default, so files go both
/// ways between here and there.
public enum HDF5 {
  /// A node of the tree.
  public final class Group {
    public var attributes: [(name: String, value: Attribute)] = []
    public var groups: [(name: String, group: Group)] = []
    public var datasets: [(name: String, tensor: Tensor)] = []
    public init() {}

    public subscript(attribute name: String) -> Attribute? {
      attributes.first { $0.name == name }?.value
    }

    /// A group or nil, by a path of names: `"layers/dense/vars"`.
    public func group(_ path: String) -> Group? {
      var at = self
      for name in path.split(separator: "/") {
        guard let next = at.groups.first(where: { $0.name == name })?.group else { return nil }
        at = next
      }
      return at
    }

    /// The group of a path, made where it is missing.
    public func making(_ path: String) -> Group {
      var at = self
      for name in path.split(separator: "/").map(String.init) {
        if let next = at.groups.first(where: { $0.name == name })?.group {
          at = next
        } else {
          let next = Group()
          at.groups.append((name, next))
          at = next
        }
      }
      return at
    }

    /// A dataset or nil, by a path.
    public func dataset(_ path: String) -> Tensor? {
      let parts = path.split(separator: "/")
      guard let last = parts.last, let place = group(parts.dropLast().joined(separator: "/")) else { return nil }
      return place.datasets.first { $0.name == last }?.tensor
    }
  }

  /// What an attribute holds.
  public enum Attribute: Equatable, Sendable {
    case text(String)
    /// Several texts, in one dimension.
    case texts([String])
    case number(Double)
  }

  static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
  static let undefined = UInt64.max
  /// Entries of one symbol table node: `2 * leaf K`, with the leaf K that is written.
  static let leafK = 4
  /// Children of one B-tree node are at most `2 * internal K`.
  static let internalK = 16
  /// Groups inside of groups are followed to this depth.
  static let maximumDepth = 64

  static func broken(_ what: String) -> FileError {
    .malformed(format: .hdf5, message: "this is no HDF5 file that can be read: \(what)")
  }
}
