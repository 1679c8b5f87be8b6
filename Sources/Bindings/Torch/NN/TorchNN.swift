import Language

/// The modules of `torch.nn`.
enum TorchNN {
  static let modules: [ModuleTable] = [
    ModuleTable(
      "torch.nn", doc: "Neural networks: layers, losses, and Module, which models derive from.",
      entries: ([TorchModule.table, TorchParameter.table, TorchParameter.bufferTable]
        + TorchContainers.tables + TorchParameterContainers.tables + TorchTransformers.tables).map { .type($0) }
        + TorchLayers.rows.map { .type($0.table) }),
    ModuleTable(
      "torch.nn.functional", doc: "Functions of neural networks on tensors.",
      entries: functions.map { .function($0) }),
    ModuleTable(
      "torch.nn.parameter", doc: "Parameters.",
      entries: [.type(TorchParameter.table), .type(TorchParameter.bufferTable)]),
    ModuleTable(
      "torch.nn.modules", doc: "The layers by their kind.",
      entries: [.type(TorchModule.table)] + TorchContainers.tables.map { .type($0) }
        + TorchLayers.rows.map { .type($0.table) }),
    TorchInit.module, TorchNNUtils.module, SummaryWriter.module,
    ModuleTable(
      "torch.nn.utils.rnn", doc: "Sequences of different lengths.",
      entries: [.type(TorchPackedSequence.table)] + TorchPackedSequence.functions.map { .function($0) }),
  ] + families

  /// `torch.nn.modules.linear` and the others, by the modules that the classes say.
  private static let families: [ModuleTable] = {
    var names: [String] = []
    var tables: [String: [TypeTable]] = [:]
    let types = [TorchModule.table] + TorchContainers.tables + TorchParameterContainers.tables
      + TorchTransformers.tables + TorchLayers.rows.map(\.table) + [TorchLossLayers.base]
    for table in types {
      if tables[table.module] == nil { names.append(table.module) }
      tables[table.module, default: []].append(table)
    }
    return names.filter { $0 != "torch.nn.modules" }.map { name in
      ModuleTable(
        name, doc: "Layers of torch.nn.", entries: (tables[name] ?? []).map { .type($0) })
    }
  }()

  private static let functions: [Native] = {
    var seen: Set<String> = []
    return (TorchActivationFunctions.functions + TorchLayerFunctions.functions + TorchLossFunctions.functions
      + TorchNNFunctional.functions).filter { seen.insert($0.name).inserted }
  }()
}
