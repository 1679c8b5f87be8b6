import TestSupport
import Testing

@testable import Classical

@Suite struct LogisticRegressionTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("linear") }

  private func scaled(_ set: Dataset) throws -> (Samples, [Int]) {
    var scaler = StandardScaler()
    return (try scaler.fitTransform(set.data), try #require(set.targetClasses))
  }

  /// The fit of that name, the recorded one, and both sets of numbers compared.
  private func compare(
    _ name: String, _ model: LogisticRegression, _ data: (Samples, [Int]), _ tolerance: Double
  ) throws {
    let expected = try #require(golden["logistic"].items.first { $0["name"].string == name })
    var model = model
    try model.fit(data.0, data.1)
    let fit = try #require(model.fitted)
    let coefficients = expected["coef"].items.flatMap(\.doubles)
    #expect(close(fit.coefficients.values, coefficients, tolerance), "\(name)")
    #expect(close(fit.intercepts, expected["intercept"].doubles, tolerance), "\(name)")
    #expect(fit.iterations == expected["n_iter"].int, "\(name)")
    let some = try data.0.taking(Array(stride(from: 0, to: data.0.rows, by: 50)))
    let probabilities = try model.predictProbabilities(some)
    #expect(
      close(probabilities.values, expected["proba"].items.flatMap(\.doubles), tolerance), "\(name)")
    #expect(
      close(try model.decisionFunction(some).values, expected["decision"].doubles, tolerance * 10))
    #expect(try model.predict(data.0) == expected["predicted"].ints, "\(name)")
    #expect(try model.score(data.0, data.1) == expected["score"].double)
  }

  @Test func takesTheStepsOfTheReference() throws {
    let iris = try Dataset.iris()
    let irisData = (iris.data, try #require(iris.targetClasses))
    let cancer = try scaled(Dataset.breastCancer())
    // Unscaled, cut off at 100 steps: the reference itself moves by up to 0.02 when the rows come
    // in another order.
    try compare("iris", LogisticRegression(), irisData, 1e-2)
    try compare("cancer", LogisticRegression(), cancer, 1e-5)
    try compare("cancer weak", LogisticRegression(c: 0.01, fitIntercept: false), cancer, 1e-5)
    try compare("wine few", LogisticRegression(maxIterations: 5), scaled(Dataset.wine()), 1e-8)
    let digits = try Dataset.digits()
    let rows = Array(0..<500)
    let part = try digits.data.taking(rows).mappingColumns { $1 / 16 }
    let labels = try taking(try #require(digits.targetClasses), at: rows)
    try compare("digits", LogisticRegression(), (part, labels), 1e-5)
  }

  /// At a tight tolerance both searches end at the same minimum; the last steps may differ in
  /// number.
  @Test(arguments: ["iris tight", "cancer tight", "cancer balanced"])
  func findsTheMinimum(_ name: String) throws {
    let iris = try Dataset.iris()
    let data =
      name == "iris tight"
      ? (iris.data, try #require(iris.targetClasses)) : try scaled(Dataset.breastCancer())
    var model = LogisticRegression(
      tolerance: 1e-11, maxIterations: 10000,
      classWeight: name == "cancer balanced" ? .balanced : .none)
    try model.fit(data.0, data.1)
    let expected = try #require(golden["logistic"].items.first { $0["name"].string == name })
    let fit = try #require(model.fitted)
    #expect(fit.converged)
    let coefficients = expected["coef"].items.flatMap(\.doubles)
    // Values of the function agree to 64 units of rounding, where either search stops; the flat
    // minimum of iris leaves the place open to 1e-5.
    let tolerance = name == "iris tight" ? 1e-5 : 1e-6
    #expect(close(fit.coefficients.values, coefficients, tolerance))
    #expect(close(fit.intercepts, expected["intercept"].doubles, tolerance))
  }

  @Test func keepsTheContractOfClassifiers() throws {
    let iris = try Dataset.iris()
    let y = try #require(iris.targetClasses)
    try checkClassifier({ LogisticRegression() }, iris.data, y)
    try checkClassifier({ LogisticRegression() }, iris.data, y.map { min($0, 1) })
  }

  @Test func weightsByClassAreWeightsOfSamples() throws {
    let iris = try Dataset.iris()
    let y = try #require(iris.targetClasses)
    var byClass = LogisticRegression(classWeight: .weights([0: 2, 2: 0.5]))
    try byClass.fit(iris.data, y)
    var bySample = LogisticRegression()
    try bySample.fit(iris.data, y, sampleWeight: y.map { [2, 1, 0.5][$0] })
    #expect(byClass.fitted == bySample.fitted)
  }

  @Test func refusesWhatCannotBe() throws {
    let x = try Samples(rows: [[0], [1], [2], [3]])
    let models = [
      LogisticRegression(c: 0), LogisticRegression(c: .nan), LogisticRegression(tolerance: -1),
      LogisticRegression(maxIterations: -1),
      LogisticRegression(classWeight: .weights([7: 1])),
      LogisticRegression(classWeight: .weights([0: -1])),
    ]
    for var model in models {
      #expect(throws: ClassicalError.self) { try model.fit(x, [0, 0, 1, 1]) }
    }
    var model = LogisticRegression()
    #expect(throws: ClassicalError.tooFewClasses(estimator: "LogisticRegression", found: 1)) {
      try model.fit(x, [1, 1, 1, 1])
    }
  }

  @Test func hugeValuesGiveAnAnswerAndNoTrap() throws {
    let x = try Samples(rows: [[-1e200], [1e200], [-1e300], [1e300]])
    var model = LogisticRegression()
    try model.fit(x, [0, 1, 0, 1])
    #expect(model.fitted != nil)
  }
}
