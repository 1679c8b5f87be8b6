import Language
import NeuralNetworks
import TensorCore

/// `keras.utils` and `keras.backend`: small functions around training.
enum KerasUtils {
  static let toCategorical = Native(
    "to_categorical(x, num_classes=None)",
    "Classes as rows with a 1 at the class, as a float64 array.",
    example: "keras.utils.to_categorical([0, 2], num_classes=3)"
  ) { a in
    var classes = try a.machine.tensor(a[0])
    if classes.dtype.isFloating { classes = try classes.to(.int64) }
    if classes.rank > 1, classes.shape.last == 1 { classes = try classes.squeeze(-1) }
    let largest = classes.count == 0 ? -1 : (try classes.max().item().int ?? -1)
    let count = try a.optionalInt(1) ?? (largest + 1)
    if classes.count > 0, try classes.min().item().int ?? 0 < 0 || largest >= count {
      throw Raise(
        .valueError,
        "to_categorical: the classes must be from 0 to \(count - 1), found "
          + "\(try classes.min().item().int ?? 0) to \(largest)",
        hint: "num_classes=\(largest + 1) has room for all")
    }
    return a.machine.ndarray(try classes.to(.int64).oneHot(classes: max(count, 0)).to(.float64))
  }

  static let setRandomSeed = Native(
    "set_random_seed(seed)", "Begins all random streams anew: the language's, NumPy's and the library's.",
    example: "keras.utils.set_random_seed(42)"
  ) { a in
    let seed = try a.int(0)
    guard seed >= 0, seed <= Int(UInt32.max) else {
      throw Raise(.valueError, "set_random_seed: the seed must be from 0 to 2**32 - 1, got \(seed)")
    }
    Generator.default.manualSeed(UInt64(seed))
    // The other doors keep their own streams: they are seeded by their own functions.
    for name in ["random", "numpy.random"] where a.machine.doors.table(name)?["seed"] != nil {
      if let module = try? a.machine.importModule(name, first: false) {
        _ = try a.machine.call(a.machine.attribute(module, "seed"), [.int(seed)])
      }
    }
    return .none
  }

  static let clearSession = Native(
    "clear_session()", "Begins the numbering of layers and models anew.",
    example: "keras.backend.clear_session()"
  ) { a in
    a.machine.kerasNames.clear()
    return .none
  }
}
