/// What a pickled file holds: numbers, texts, tensors, and containers of these.
///
/// Containers live in one list and are named by their place there, so that one that is shared, or
/// holds itself, stays what it is, and a chain of millions is let go without recursion.
public struct ObjectGraph {
  public enum Item {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case bytes([UInt8])
    case tensor(Tensor)
    /// A tensor that a module trains (`torch.nn.Parameter`).
    case parameter(Tensor)
    /// A dtype by PyTorch's name: `"float32"`.
    case dtype(String)
    /// A device: `"cpu"`.
    case device(String)
    /// A container: its place in `containers`.
    case container(Int)
  }

  public enum Kind: Sendable {
    case list, tuple, set, frozenSet
    /// `torch.Size`.
    case size
    case dictionary, orderedDictionary
    /// `collections.Counter`.
    case counter
  }

  public struct Container {
    public var kind: Kind
    /// The elements; of dictionaries the keys.
    public var items: [Item]
    /// The values of a dictionary, one for each key.
    public var values: [Item]

    public init(_ kind: Kind, items: [Item] = [], values: [Item] = []) {
      self.kind = kind
      self.items = items
      self.values = values
    }

    public var isDictionary: Bool {
      kind == .dictionary || kind == .orderedDictionary || kind == .counter
    }
  }

  public var root: Item = .none
  public var containers: [Container] = []

  /// Containers within containers at most, where they are walked by recursion.
  public static let depthLimit = 200

  public init() {}

  /// Adds a container and gives the item that names it.
  public mutating func add(_ container: Container) -> Item {
    containers.append(container)
    return .container(containers.count - 1)
  }
}

extension ObjectGraph {
  /// A state dict: names and tensors in order.
  public init(stateDict: [(name: String, tensor: Tensor)]) {
    self.init()
    root = add(
      Container(
        .orderedDictionary, items: stateDict.map { .string($0.name) },
        values: stateDict.map { .tensor($0.tensor) }))
  }

  /// The tensors of a dictionary whose keys are texts; of dictionaries within it as well, their keys
  /// joined by dots. Everything else is passed over. Nil when the root is no dictionary.
  public var stateDict: [(name: String, tensor: Tensor)]? {
    guard case .container(let place) = root, containers[place].isDictionary else { return nil }
    var result: [(name: String, tensor: Tensor)] = []
    func walk(_ container: Container, _ prefix: String, _ depth: Int) {
      if depth > Self.depthLimit { return }
      for (key, value) in zip(container.items, container.values) {
        guard case .string(let name) = key else { continue }
        switch value {
        case .tensor(let tensor), .parameter(let tensor): result.append((prefix + name, tensor))
        case .container(let inner) where containers[inner].isDictionary:
          walk(containers[inner], prefix + name + ".", depth + 1)
        default: break
        }
      }
    }
    walk(containers[place], "", 0)
    return result
  }
}
