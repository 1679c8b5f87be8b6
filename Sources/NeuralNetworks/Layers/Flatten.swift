import TensorCore

/// Several neighbouring axes as one: [batch, a, b] -> [batch, a * b].
public final class Flatten: Module {
  public let startAxis: Int
  public let endAxis: Int

  public init(from startAxis: Int = 1, to endAxis: Int = -1) {
    self.startAxis = startAxis
    self.endAxis = endAxis
    super.init()
  }

  override public var details: String { "start_dim=\(startAxis), end_dim=\(endAxis)" }

  override public func forward(_ input: Tensor) throws -> Tensor {
    // A batch of single numbers stays [batch, 1], as in Keras.
    if input.rank == 1 && startAxis == 1 { return try input.unsqueeze(1) }
    return try input.flatten(from: startAxis, to: endAxis)
  }

  override public func build(_ input: [Int?]) throws -> [Int?] {
    if input.count == 1 && startAxis == 1 { return input + [1] }
    let first = try Shape.axis(startAxis, rank: input.count, "flatten")
    let last = try Shape.axis(endAxis, rank: input.count, "flatten")
    guard first <= last else { return input }
    var size: Int? = 1
    for part in input[first...last] {
      guard let known = size, let part else {
        size = nil
        break
      }
      let (product, overflow) = known.multipliedReportingOverflow(by: part)
      if overflow {
        throw TensorError.size(operation: "flatten", shape: input.compactMap { $0 })
      }
      size = product
    }
    return input[..<first] + [size] + input[(last + 1)...]
  }
}

/// Passes its input on.
public final class Identity: Module {
  override public func forward(_ input: Tensor) throws -> Tensor { input }
}
