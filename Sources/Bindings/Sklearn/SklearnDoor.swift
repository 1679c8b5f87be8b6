import Language

/// `sklearn`.
enum SklearnDoor {
  static let tables: [ModuleTable] = [
    ModuleTable("sklearn", doc: "Classical machine learning.", entries: []),
    SklearnDatasets.table, SklearnModelSelection.table, SklearnPreprocessing.table,
    SklearnMetrics.table, SklearnPipeline.module, SklearnParameters.base, SklearnErrors.module,
  ] + EstimatorTable.modules
}
