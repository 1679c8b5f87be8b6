import TestSupport
import Testing

@testable import Classical

@Suite struct ScalerTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("preprocessing") }

  private func data(_ name: String) throws -> Samples {
    switch name {
    case "wine": try Dataset.wine().data
    case "digits": try Dataset.digits().data
    default: try Samples(rows: golden["table_rows"].items.map(\.doubles))
    }
  }

  @Test(arguments: ["wine", "digits", "table"])
  func standardisesBitForBit(_ name: String) throws {
    var scaler = StandardScaler()
    let x = try data(name)
    let scaled = try scaler.fitTransform(x)
    let fitted = try #require(scaler.fitted)
    let expected = golden[name]
    #expect(fitted.mean == expected["mean"].doubles)
    #expect(fitted.variance == expected["var"].doubles)
    #expect(fitted.scale == expected["scale"].doubles)
    #expect(Array(scaled[0]) == expected["standard_first"].doubles)
    #expect(fingerprint(scaled.values) == expected["standard"].string)
    var ranged = MinMaxScaler(low: -1, high: 2)
    let inRange = try ranged.fitTransform(x)
    #expect(Array(inRange[0]) == expected["minmax_first"].doubles)
    #expect(fingerprint(inRange.values) == expected["minmax"].string)
    // Back again: one rounding each way.
    #expect(close(try scaler.inverseTransform(scaled).values, x.values, 1e-13))
  }

  @Test func refusesWhatItWasNotFittedFor() throws {
    var scaler = StandardScaler()
    let x = try Samples(rows: [[1, 2], [3, 4]])
    #expect(throws: ClassicalError.notFitted(estimator: "StandardScaler", method: "transform")) {
      try scaler.transform(x)
    }
    try scaler.fit(x)
    #expect(
      throws: ClassicalError.featureCount(estimator: "StandardScaler", found: 1, expected: 2)
    ) { try scaler.transform(Samples(rows: [[1]])) }
    #expect(throws: ClassicalError.notFinite(what: "X", row: 1, column: 0)) {
      try scaler.fit(Samples(rows: [[1, 2], [.nan, 4]]))
    }
    #expect(throws: ClassicalError.empty(what: "X")) { try scaler.fit(Samples(rows: [])) }
  }

  @Test func aRangeMayBeKept() throws {
    var scaler = MinMaxScaler(clip: true)
    try scaler.fit(Samples(rows: [[0, 5], [10, 5]]))
    #expect(try scaler.transform(Samples(rows: [[20, 5], [-3, 5]])).values == [1, 0, 0, 0])
    #expect(try scaler.inverseTransform(Samples(rows: [[0.5, 0]])).values == [5, 5])
    #expect(throws: ClassicalError.self) { try scaler.transform(Samples(rows: [[1]])) }
    scaler.high = -1
    #expect(throws: ClassicalError.self) { try scaler.fit(Samples(rows: [[1]])) }
    #expect(throws: ClassicalError.self) { try MinMaxScaler().transform(Samples(rows: [[1]])) }
  }
}
