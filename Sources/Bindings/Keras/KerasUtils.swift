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
    if classes.dtype.isFloating || classes.dtype == .bool { classes = try classes.to(.int64) }
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
      throw Raise(
        .valueError,
        "Expected `seed` argument to be an integer from 0 to 2**32 - 1. Received: seed=\(seed)")
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

  static let seedTensorflow = Native("set_seed(seed)", "Begins TensorFlow's random stream anew.") { a in
    Generator.default.manualSeed(UInt64(bitPattern: Int64(try a.int(0))))
    return .none
  }

  static let clearSession = Native(
    "clear_session(free_memory=True)", "Begins the numbering of layers and models anew.",
    example: "keras.backend.clear_session()"
  ) { a in
    a.machine.kerasNames.clear()
    return .none
  }

  static let normalize = Native("normalize(x, axis=-1, order=2)", "Rows at length 1, as an array.") { a in
    let x = try a.machine.tensor(a[0]).to(.float64)
    let length = try x.norm([a.int(1)], order: a.double(2), keepDims: true)
    let safe = try Tensor.where(Comparison.equal(length, .int(0)), Tensor.onesLike(length), length)
    return a.machine.ndarray(try x.divided(by: safe))
  }

  static let padSequences = Native(
    "pad_sequences(sequences, maxlen=None, dtype='int32', padding='pre', truncating='pre', value=0.0)",
    "Lists of different lengths as the rows of one array.",
    example: "keras.utils.pad_sequences([[1], [2, 3]], maxlen=3)"
  ) { a in
    let n = KerasNamed(a)
    let rows = try a.machine.array(a[0]).map { row -> [Double] in
      guard try a.machine.isIterable(row) else {
        throw Raise(
          .valueError, "`sequences` must be a list of iterables. Found non-iterable: "
            + (try a.machine.repr(row)))
      }
      return try a.machine.doubles(row)
    }
    let width = try a.optionalInt(1) ?? rows.map(\.count).max() ?? 0
    guard width >= 0, width < 1 << 30 else { throw a.mismatch(1, expected: "a number of at least 0") }
    let padsBefore = try n.choice("padding", ["pre", "post"]) == "pre"
    let cutsBefore = try n.choice("truncating", ["pre", "post"]) == "pre"
    let fill = try a.double(5)
    var numbers: [Double] = []
    for row in rows {
      let kept = row.count <= width ? row : cutsBefore ? Array(row.suffix(width)) : Array(row.prefix(width))
      let empty = [Double](repeating: fill, count: width - kept.count)
      numbers += padsBefore ? empty + kept : kept + empty
    }
    let tensor = try Tensor(numbers, shape: [rows.count, width], dtype: .float64)
    return a.machine.ndarray(try tensor.to(KerasDType.read(a[2], a.machine)))
  }

  static let plotModel = Native(
    "plot_model(model, to_file='model.png', show_shapes=False, **kwargs)",
    "Refused: model.summary() shows the layers as text."
  ) { a in
    throw Raise(
      .notImplementedError, "plot_model draws with graphviz, which is not here",
      hint: "model.summary() shows layers, shapes and connections as text")
  }

  static let imageDataset = Native(
    "image_dataset_from_directory(directory, **kwargs)", "Refused: folders of pictures are not read."
  ) { a in
    throw Raise(
      .notImplementedError, "image_dataset_from_directory is not supported",
      hint: "load the pictures as arrays and pass them to fit")
  }

  // MARK: - Data sets

  private static func dataset(_ name: String, _ what: String) -> ModuleTable {
    ModuleTable(
      "keras.datasets.\(name)", doc: what, aliases: ["tensorflow.keras.datasets.\(name)"],
      entries: [
        .function(
          Native("load_data(path='\(name).npz', **kwargs)", "\(what); it has to lie in ~/.keras/datasets.") { a in
            throw Raise(
              .notImplementedError,
              "keras.datasets.\(name) is loaded from the network, which is not reached from here",
              hint: "sklearn.datasets has data that is there: load_digits(), load_iris(), "
                + "load_breast_cancer(), load_wine(), make_classification(...)")
          })
      ])
  }

  static let datasets: [ModuleTable] = [
    dataset("mnist", "Digits of 28 by 28 points"), dataset("fashion_mnist", "Clothes of 28 by 28 points"),
    dataset("cifar10", "Pictures of ten kinds"), dataset("cifar100", "Pictures of a hundred kinds"),
    dataset("imdb", "Reviews of films"), dataset("reuters", "News in numbers"),
    dataset("california_housing", "Prices of houses"), dataset("boston_housing", "Prices of houses"),
  ]
}
