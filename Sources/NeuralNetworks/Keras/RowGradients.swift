import TensorCore

/// The gradients of the rows that lookups took from a table, one for each lookup.
///
/// In TensorFlow the gradient of a lookup is a list of rows with their places (`IndexedSlices`), in
/// which a row that was looked up twice stands twice. Keras's optimizers apply `square` and `abs` to
/// that list as it is: what Adam calls the squared gradient of a word is then the sum of the squares
/// of its occurrences, not the square of their sum. Models with an `Embedding` train by that rule,
/// so it is followed here.
public struct RowGradients {
  private final class Store {
    var entries: [(places: Tensor, gradient: Tensor)] = []
  }
  private let store = Store()

  public init() {}

  /// Notes the gradient of looked up rows when it comes.
  /// - Parameters:
  ///   - rows: [lookups, size], what the lookups gave.
  ///   - places: the rows' numbers in the table, any shape of as many elements.
  public func watch(_ rows: Tensor, places: Tensor) throws {
    guard rows.requiresGrad else { return }
    let store = store
    let flat = try places.detach().reshape([-1])
    _ = try rows.registerHook { gradient in
      store.entries.append((flat, gradient.detach()))
      return nil
    }
  }

  /// Forgets what came so far.
  public func clear() { store.entries = [] }

  /// What came since the last `clear`, as the sums of squares and of magnitudes of the single
  /// gradients; nil when nothing did.
  /// - Parameters:
  ///   - gradient: the whole gradient, [rows, size], which must be what the single ones add up to.
  public func sums(_ gradient: Tensor) throws -> (squares: Tensor, magnitudes: Tensor)? {
    guard !store.entries.isEmpty else { return nil }
    return try noGrad {
      let zeros = try Tensor.zerosLike(gradient.detach())
      var (squares, magnitudes, total) = (zeros, zeros, zeros)
      for (places, rows) in store.entries {
        guard rows.rank == 2, rows.shape.last == gradient.shape.last else { return nil }
        squares = try squares.indexAdd(0, places, rows.square())
        magnitudes = try magnitudes.indexAdd(0, places, rows.abs())
        total = try total.indexAdd(0, places, rows)
      }
      // A program that changed the gradient, or a table that is used otherwise as well.
      let off = try total.subtracting(gradient).abs().amax([], keepDims: false).item().double
      let size = try gradient.abs().amax([], keepDims: false).item().double
      guard off <= 1e-4 * size + 1e-12 else { return nil }
      return (squares, magnitudes)
    }
  }
}
