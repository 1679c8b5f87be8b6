import Testing

@testable import Classical

/// What every regressor has to do, whichever it is.
func checkRegressor<Model: Regressor>(_ make: () -> Model, _ x: Samples, _ y: [Double]) throws {
  var model = make()
  #expect(throws: ClassicalError.notFitted(estimator: Model.name, method: "predict")) {
    try model.predict(x)
  }
  try model.fit(x, y)
  let whole = try model.predict(x)
  #expect(model.featureCount == x.columns)
  #expect(
    throws: ClassicalError.featureCount(
      estimator: Model.name, found: x.columns + 1, expected: x.columns)
  ) { try model.predict(Samples(rows: [[Double](repeating: 0, count: x.columns + 1)])) }
  #expect(throws: ClassicalError.self) { try model.fit(x, Array(y.dropLast())) }
  #expect(throws: ClassicalError.self) { try model.fit(x, y.map { _ in .nan }) }
  #expect(throws: ClassicalError.self) { try model.fit(Samples(rows: []), []) }
  #expect(throws: ClassicalError.self) {
    try model.fit(x, y, sampleWeight: y.map { _ in -1 })
  }
  // One sample at a time, in another order: the same predictions.
  for row in [x.rows - 1, 0, x.rows / 2] {
    #expect(close(try model.predict(x.taking([row])), [whole[row]], 1e-14))
  }
  // A second fit forgets the first.
  try model.fit(x, y.map { 2 * $0 })
  try model.fit(x, y)
  #expect(try model.predict(x) == whole)
  #expect(!Model.hyperparameters.isEmpty)
}

/// What every classifier has to do, whichever it is.
func checkClassifier<Model: Classifier>(_ make: () -> Model, _ x: Samples, _ y: [Int]) throws {
  var model = make()
  #expect(throws: ClassicalError.self) { try model.predict(x) }
  #expect(throws: ClassicalError.self) { try model.predictProbabilities(x) }
  #expect(model.classes == nil)
  try model.fit(x, y)
  #expect(model.classes == Set(y).sorted())
  let whole = try model.predict(x)
  let probabilities = try model.predictProbabilities(x)
  #expect(probabilities.rows == x.rows && probabilities.columns == model.classes?.count)
  for row in 0..<x.rows {
    #expect(abs(probabilities[row].reduce(0, +) - 1) < 1e-12)
  }
  for row in [x.rows - 1, 0, x.rows / 2] {
    #expect(try model.predict(x.taking([row])) == [whole[row]])
  }
  #expect(throws: ClassicalError.self) {
    try model.predict(Samples(rows: [[Double](repeating: 0, count: x.columns + 1)]))
  }
  #expect(throws: ClassicalError.self) { try model.fit(x, Array(y.dropLast())) }
  #expect(throws: ClassicalError.self) { try model.fit(Samples(rows: []), []) }
  // Other labels in the same order: the same decisions.
  try model.fit(x, y.map { 10 * $0 - 7 })
  #expect(try model.predict(x) == whole.map { 10 * $0 - 7 })
  #expect(!Model.hyperparameters.isEmpty)
}
