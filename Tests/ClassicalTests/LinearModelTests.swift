import TestSupport
import Testing

@testable import Classical

@Suite struct LinearModelTests {
  private let golden: GoldenValue
  private let x: Samples
  private let y: [Double]

  init() throws {
    golden = try ClassicalTests.golden("linear")
    let set = try Dataset.diabetes()
    x = set.data
    y = set.targetValues
  }

  private func recorded(_ name: String) throws -> GoldenValue {
    try #require(golden["regression"].items.first { $0["name"].string == name })
  }

  /// Other factorizations than LAPACK's: equal to about the condition number times the precision.
  private func compare(
    _ name: String, _ fit: LinearFit?, _ tolerance: Double = 1e-9
  ) throws {
    let expected = try recorded(name)
    let fit = try #require(fit)
    #expect(close(fit.coefficients, expected["coef"].doubles, tolerance), "\(name)")
    #expect(close([fit.intercept], [try #require(expected["intercept"].double)], tolerance))
  }

  @Test(arguments: [
    ("plain", true, false), ("no intercept", false, false), ("weighted", true, true),
  ])
  func leastSquares(_ name: String, _ intercept: Bool, _ weighted: Bool) throws {
    var model = LinearRegression(fitIntercept: intercept)
    try model.fit(x, y, sampleWeight: weighted ? golden["weight"].doubles : nil)
    try compare(name, model.fitted)
    let expected = try recorded(name)
    #expect(close([try model.score(x, y)], [try #require(expected["score"].double)], 1e-12))
    #expect(close(try model.predict(x.taking([0, 1, 2])), expected["predicted"].doubles, 1e-11))
  }

  @Test func dependentFeaturesGiveTheShortestSolution() throws {
    let rows = (0..<x.rows).map { r -> [Double] in
      Array(x[r].prefix(4)) + [2 * x[r, 0], x[r, 1] + x[r, 2]]
    }
    var model = LinearRegression()
    try model.fit(Samples(rows: rows), y)
    #expect(model.rank == (try recorded("dependent"))["rank"].int)
    try compare("dependent", model.fitted)
    try model.fit(try x.taking(Array(0..<6)), Array(y.prefix(6)))
    #expect(model.rank == 5)
    try compare("wide", model.fitted)
  }

  @Test func ridge() throws {
    let few = try x.taking(Array(0..<6))
    let cases: [(String, Ridge, Samples, Bool)] = [
      ("ridge", Ridge(), x, false), ("ridge weak", Ridge(alpha: 1e-3), x, false),
      ("ridge no intercept", Ridge(alpha: 0.5, fitIntercept: false), x, false),
      ("ridge weighted", Ridge(alpha: 0.1), x, true), ("ridge wide", Ridge(alpha: 0.1), few, false),
      ("ridge zero", Ridge(alpha: 0), x, false),
    ]
    for (name, model, data, weighted) in cases {
      var model = model
      try model.fit(
        data, Array(y.prefix(data.rows)), sampleWeight: weighted ? golden["weight"].doubles : nil)
      try compare(name, model.fitted)
    }
    var wrong = Ridge(alpha: -1)
    #expect(throws: ClassicalError.self) { try wrong.fit(x, y) }
    wrong.alpha = .nan
    #expect(throws: ClassicalError.self) { try wrong.fit(x, y) }
  }

  @Test func keepTheContractOfRegressors() throws {
    try checkRegressor({ LinearRegression() }, x, y)
    try checkRegressor({ Ridge() }, x, y)
  }

  @Test func aConstantFeatureIsHarmless() throws {
    var model = LinearRegression()
    try model.fit(Samples(rows: [[1, 3], [2, 3], [3, 3]]), [2, 4, 6])
    let fit = try #require(model.fitted)
    #expect(close(fit.coefficients, [2, 0]))
    try model.fit(Samples(rows: [[0], [0]]), [1, 3])
    #expect(model.fitted == LinearFit(coefficients: [0], intercept: 2))
  }
}
