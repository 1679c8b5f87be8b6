import Language
import NeuralNetworks

/// `keras`, which is `tensorflow.keras` too: models, trained by `fit`.
enum KerasDoor {
  static let tables: [ModuleTable] =
    [
      keras, layers, models, saving, optimizers, schedules, legacyOptimizers, losses, metrics, callbacks, utils,
      activations, initializers, regularizers, constraints, backend, ops, random, applications, vgg16, vgg19,
      preprocessing, sequence, datasets,
    ] + KerasUtils.datasets + TensorflowDoor.tables

  private static func module(
    _ name: String, _ doc: String, _ entries: [ModuleEntry]
  ) -> ModuleTable {
    ModuleTable(
      name, doc: doc,
      // `tf.losses` and its kin are Keras's.
      aliases: ["tensorflow.\(name)"]
        + (["losses", "metrics", "optimizers", "initializers"].contains { "keras." + $0 == name }
          ? ["tensorflow." + name.dropFirst(6)] : []), entries: entries)
  }

  private static let version = ModuleEntry.value(
    name: "__version__", doc: "The version of Keras whose behaviour this door follows."
  ) { _ in .string("3.15.1") }

  private static let keras = module(
    "keras", "Models of layers, trained by fit().",
    [
      .type(KerasModels.sequentialTable), .type(KerasModels.modelTable), .function(KerasInputLayer.function),
      .type(KerasLayer.table), .type(KerasVariable.table), .type(KerasTensor.table),
      .type(KerasOptimizers.base), .type(KerasLosses.base), .type(KerasMetrics.base),
      .type(KerasInitializerDoor.base), .type(KerasRegularizers.base), version,
    ])

  private static let layers = module(
    "keras.layers", "The layers of models.",
    KerasLayers.tables.map { .type($0) } + KerasSaving.pair("keras.layers").map { .function($0) } + KerasLayers.joinFunctions.map { .function($0) } + [
      .type(KerasLayer.table), .function(KerasInputLayer.function), .type(KerasInputLayer.layerTable),
      .alias("MaxPool1D", of: "MaxPooling1D"), .alias("MaxPool2D", of: "MaxPooling2D"),
      .alias("AvgPool1D", of: "AveragePooling1D"), .alias("AvgPool2D", of: "AveragePooling2D"),
      .alias("GlobalMaxPool1D", of: "GlobalMaxPooling1D"), .alias("GlobalMaxPool2D", of: "GlobalMaxPooling2D"),
      .alias("GlobalAvgPool1D", of: "GlobalAveragePooling1D"),
      .alias("GlobalAvgPool2D", of: "GlobalAveragePooling2D"), .alias("Convolution2D", of: "Conv2D"),
      .alias("Convolution1D", of: "Conv1D"),
    ])

  private static let models = module(
    "keras.models", "Models.",
    [
      .type(KerasModels.sequentialTable), .type(KerasModels.modelTable),
      .function(KerasSaving.loadModel), .function(KerasSaving.saveModel), .function(KerasSaving.modelFromJSON),
      .function(KerasClone.function),
    ])

  private static let optimizers = module(
    "keras.optimizers", "What changes weights by their gradients.",
    KerasOptimizers.tables.map { .type($0) } + KerasSaving.pair("keras.optimizers").map { .function($0) } + [
      .type(KerasOptimizers.base),
      .function(Native("get(identifier)", "The optimizer of a name.") { a in .object(try KerasOptimizers.read(a[0], a.machine)) }),
    ])

  private static let legacyOptimizers = module(
    "keras.optimizers.legacy", "The optimizers under the names of earlier versions.",
    KerasOptimizers.tables.map { .type($0) })

  private static let schedules = module(
    "keras.optimizers.schedules", "Learning rates that depend on the step.",
    KerasSchedules.tables.map { .type($0) })

  private static let losses = module(
    "keras.losses", "How far outputs are from targets.",
    KerasLosses.tables.map { .type($0) } + [.type(KerasLosses.base)] + KerasSaving.pair("keras.losses").map { .function($0) }
      + KerasLosses.functions.map { .function($0) } + [
        .function(Native("get(identifier)", "The loss of a name.") { a in
          try KerasLosses.read(a[0], a.machine).map { .object($0) } ?? .none
        })
      ])

  private static let metrics = module(
    "keras.metrics", "What judges outputs.",
    KerasMetrics.tables.map { .type($0) } + [.type(KerasMetrics.base)] + KerasSaving.pair("keras.metrics").map { .function($0) }
      + (KerasMetrics.functions + KerasLosses.functions).map { .function($0) } + [
        .function(Native("get(identifier)", "The metric of a name.") { a in .object(try KerasMetrics.read(a[0], a.machine)) })
      ])

  private static let callbacks = module(
    "keras.callbacks", "What hears of a training run.",
    [
      .type(KerasCallback.table), .type(KerasHistory.historyTable), .type(KerasTensorBoard.boardTable),
      .type(KerasLambdaCallback.table), .type(KerasEarlyStopping.earlyTable),
    ] + KerasMoreCallbacks.tables.map { .type($0) })

  private static let utils = module(
    "keras.utils", "Small functions around training.",
    [
      .function(KerasUtils.toCategorical), .function(KerasUtils.setRandomSeed),
      .function(KerasUtils.clearSession), .function(KerasUtils.padSequences),
      .function(KerasUtils.normalize), .function(KerasUtils.plotModel),
      .function(KerasUtils.imageDataset), .type(KerasPyDataset.table), .function(KerasSeries.windows),
      .function(KerasSeries.split), .function(KerasSeries.isSymbolic),
      .alias("Sequence", of: "PyDataset"), .type(KerasObjectScope.table),
      .alias("custom_object_scope", of: "CustomObjectScope"),
    ] + KerasSaving.customObjects.map { .function($0) })

  private static let saving = module(
    "keras.saving", "Models and objects in files.",
    KerasSaving.customObjects.map { .function($0) } + [
      .type(KerasObjectScope.table), .alias("custom_object_scope", of: "CustomObjectScope"),
      .function(KerasSaving.loadModel), .function(KerasSaving.saveModel),
    ])

  private static let activations = module(
    "keras.activations", "Functions that layers apply to their outputs.",
    KerasActivations.functions.map { .function($0) } + [
      .function(KerasActivations.get),
      .function(Native("serialize(activation)", "The name of an activation.", example: "keras.activations.serialize(keras.activations.relu)") { a in
        .string(try KerasActivations.read(a[0], a.machine)?.name ?? "linear")
      }),
      .function(Native("deserialize(config, custom_objects=None)", "The activation of a name.", example: "keras.activations.deserialize('relu')") { a in
        KerasActivations.value(try KerasActivations.read(a[0], a.machine), a.machine)
      }),
    ])

  private static let initializers = module(
    "keras.initializers", "Rules for the first values of weights.",
    KerasInitializerDoor.tables.map { .type($0) } + [.function(KerasInitializerDoor.get)]
      + KerasSaving.pair("keras.initializers").map { .function($0) })

  private static let regularizers = module(
    "keras.regularizers", "Prices on the size of weights.",
    KerasRegularizers.tables.map { .type($0) } + [
      .alias("l1", of: "L1"), .alias("l2", of: "L2"), .alias("l1_l2", of: "L1L2"),
      .alias("orthogonal_regularizer", of: "OrthogonalRegularizer"),
      .function(Native("get(identifier)", "The regularizer of a name.", example: "keras.regularizers.get('l2')") { a in
        if a[0].isNone || a[0].asInstance is KerasRegularizer { return a[0] }
        return KerasRegularizers.value(try KerasRegularizers.read(a[0], a.machine), a.machine)
      }),
    ] + KerasSaving.pair("keras.regularizers").map { .function($0) })

  private static let constraints = module(
    "keras.constraints", "What weights are brought back to after each step.",
    KerasConstraints.tables.map { .type($0) } + [
      .alias("max_norm", of: "MaxNorm"), .alias("non_neg", of: "NonNeg"), .alias("unit_norm", of: "UnitNorm"),
      .alias("min_max_norm", of: "MinMaxNorm"),
    ])

  private static let backend = module(
    "keras.backend", "The state of the session.",
    [
      .function(KerasUtils.clearSession),
      .function(Native("backend()", "The name of what computes.") { _ in .string("tensorflow") }),
      .function(Native("floatx()", "The type of floats.") { _ in .string("float32") }),
      .function(Native("epsilon()", "What keeps logarithms finite.") { _ in .float(1e-7) }),
      .function(Native("image_data_format()", "Where the channels stand.") { _ in .string("channels_last") }),
    ])

  private static let ops = module(
    "keras.ops", "Functions of tensors.",
    {
      var seen: Set<String> = []
      return (KerasOps.all + KerasActivations.functions).filter { seen.insert($0.name).inserted }
        .map { .function($0) }
    }())

  private static let random = module(
    "keras.random", "Random numbers.",
    (TensorflowDoor.randomFunctions + KerasRandom.functions).map { .function($0) } + [.type(KerasRandom.seedGenerator)])

  private static let applications = module(
    "keras.applications", "Known models, without weights that somebody trained.",
    KerasApplications.functions.map { .function($0) })
  private static let vgg16 = module(
    "keras.applications.vgg16", "The model VGG16.", [.function(KerasApplications.functions[0])])
  private static let vgg19 = module(
    "keras.applications.vgg19", "The model VGG19.", [.function(KerasApplications.functions[1])])

  private static let preprocessing = module("keras.preprocessing", "What prepares data.", [])
  private static let sequence = module(
    "keras.preprocessing.sequence", "What prepares sequences.", [.function(KerasUtils.padSequences)])
  private static let datasets = module("keras.datasets", "Data that is loaded from the network.", [])
}

/// `keras.utils.PyDataset`: batches by number, from a class of the program.
enum KerasPyDataset {
  static let table = TypeTable(
    "PyDataset", module: "keras.utils",
    doc: "Batches by number: derive from it and define __len__ and __getitem__.",
    methods: [
      Native("__init__(self, workers=1, use_multiprocessing=False, max_queue_size=10)", "A set of batches.") { _ in
        .none
      },
      Native("on_epoch_end(self)", "Called when an epoch has ended.") { _ in .none },
    ])
}

/// `keras.models.clone_model`.
enum KerasClone {
  static let function = Native(
    "clone_model(model, input_tensors=None, clone_function=None, call_function=None, recursive=False)",
    "A model of the same layers with weights of its own."
  ) { a in
    guard let model = a[0].asInstance as? KerasModel else { throw a.mismatch(0, expected: "Model") }
    guard model.graph != nil || model is KerasSequential else {
      throw Raise(
        .valueError,
        "Expected `model` argument to be a functional `Model` instance, but got a subclassed model instead: "
          + (try a.machine.repr(a[0])))
    }
    return try KerasConfig.deserialized(KerasConfig.serialized(a[0], a.machine), a.machine, module: "keras")
  }
}
