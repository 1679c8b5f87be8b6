// Every operation is one declaration in the table of its family (`UnaryOperation.all`, ...). The
// tests walk `OperationTable.all`: shapes, broadcasting, empty tensors, and gradients against finite
// differences, so a new row is covered by all of them.

/// One operation as the common tests see it.
public struct OperationDeclaration: Sendable {
  /// The name in PyTorch's spelling.
  public let name: String
  /// The family, which is also the file of the declaration.
  public let family: String
  public let isDifferentiable: Bool
  /// Applications to try.
  public let samples: @Sendable () throws -> [OperationSample]
}

/// One application of an operation.
public struct OperationSample {
  public let inputs: [Tensor]
  public let run: ([Tensor]) throws -> Tensor

  public init(_ inputs: [Tensor], _ run: @escaping ([Tensor]) throws -> Tensor) {
    self.inputs = inputs
    self.run = run
  }

  /// A float64 tensor whose elements go evenly from `low` to `high` in a scattered order, so that no
  /// two are equal and none lies on a corner such as 0.
  public static func values(_ shape: [Int], _ low: Double = -2, _ high: Double = 2) throws -> Tensor
  {
    let count = try Shape.count(shape, "sample")
    var values: [Double] = []
    var step = max(1, Int((Double(count) * 0.618).rounded()))
    while count > 1 && greatestCommonDivisor(step, count) != 1 { step += 1 }
    for i in 0..<count {
      let place = (i &* step) % max(count, 1)
      values.append(low + (high - low) * (Double(place) + 0.53) / Double(count))
    }
    return try Tensor(values, shape: shape, dtype: .float64)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

public enum OperationTable {
  /// All declarations.
  public static let all: [OperationDeclaration] =
    UnaryOperation.all.map(\.declaration) + BinaryOperation.all.map(\.declaration)
    + Comparison.all.map(\.declaration) + TestOperation.all.map(\.declaration)
    + reductions + scans + sorting + joining + products + softmaxes + gathering + selection
    + layouts + complexes + solving + factorizations + spectra + matrixFunctions + einsums
    + convolutions + pools + paddings + resizes + patches + fouriers + scatters + moreScans + distances
    + arrangements + statistics
}
