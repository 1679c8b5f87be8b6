import Language
import NeuralNetworks

/// `keras`, which is `tensorflow.keras` too: models of layers in a row, trained by `fit`.
enum KerasDoor {
  static let tables: [ModuleTable] = [
    keras, layers, models, optimizers, losses, metrics, callbacks, utils, activations, initializers,
    backend, tensorflow, random,
  ]

  private static func module(_ name: String, _ doc: String, _ entries: [ModuleEntry]) -> ModuleTable {
    ModuleTable(name, doc: doc, aliases: ["tensorflow.\(name)"], entries: entries)
  }

  private static let version = ModuleEntry.value(
    name: "__version__", doc: "The version of Keras whose behaviour this door follows."
  ) { _ in .string("3.15.1") }

  private static let keras = module(
    "keras", "Models of layers, trained by fit().",
    [
      .type(KerasSequential.table), .function(KerasInput.function), .type(KerasLayer.table),
      .type(KerasVariable.table), version,
    ])

  private static let layers = module(
    "keras.layers", "The layers of models.",
    KerasLayers.tables.map { .type($0) } + [
      .type(KerasLayer.table), .function(KerasInput.function), .type(KerasInput.table),
    ])

  private static let models = module(
    "keras.models", "Models.", [.type(KerasSequential.table)])

  private static let optimizers = module(
    "keras.optimizers", "What changes weights by their gradients.",
    KerasOptimizers.tables.map { .type($0) } + [.type(KerasOptimizers.base)])

  private static let losses = module(
    "keras.losses", "How far outputs are from targets.", KerasLosses.tables.map { .type($0) })

  private static let metrics = module(
    "keras.metrics", "What judges outputs.", KerasMetrics.tables.map { .type($0) })

  private static let callbacks = module(
    "keras.callbacks", "What hears of a training run.",
    [
      .type(KerasCallback.table), .type(KerasHistory.historyTable),
      .type(KerasLambdaCallback.table), .type(KerasEarlyStopping.earlyTable),
    ])

  private static let utils = module(
    "keras.utils", "Small functions around training.",
    [
      .function(KerasUtils.toCategorical), .function(KerasUtils.setRandomSeed),
      .function(KerasUtils.clearSession),
    ])

  private static let activations = module(
    "keras.activations", "Functions that layers apply to their outputs.",
    KerasActivations.functions.map { .function($0) })

  private static let initializers = module(
    "keras.initializers", "Rules for the first values of weights.",
    KerasInitializers.tables.map { .type($0) })

  private static let backend = module(
    "keras.backend", "The state of the session.", [.function(KerasUtils.clearSession)])

  private static let tensorflow = ModuleTable(
    "tensorflow", doc: "The part of TensorFlow that is Keras.",
    entries: [
      .value(
        name: "__version__", doc: "The version of TensorFlow whose Keras this door follows."
      ) { _ in .string("2.21.0") }
    ])

  private static let random = ModuleTable(
    "tensorflow.random", doc: "The seed of random numbers.",
    entries: [
      .function(
        KerasUtils.setRandomSeed.renamed("set_seed(seed)"))
    ])
}
