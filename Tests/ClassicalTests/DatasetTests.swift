import TestSupport
import Testing

@testable import Classical

@Suite struct DatasetTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("datasets") }

  private func load(_ name: String) throws -> Dataset {
    switch name {
    case "digits": try Dataset.digits()
    case "iris": try Dataset.iris()
    case "wine": try Dataset.wine()
    case "breast_cancer": try Dataset.breastCancer()
    default: try Dataset.diabetes()
    }
  }

  @Test(arguments: Dataset.names)
  func equalsTheReferenceBitForBit(_ name: String) throws {
    let set = try load(name)
    let expected = golden[name]
    #expect(set.name == name)
    #expect([set.data.rows, set.data.columns] == expected["shape"].ints)
    #expect(set.featureNames == expected["feature_names"].strings)
    #expect(set.targetNames == expected["target_names"].strings)
    #expect(Array(set.data[0]) == expected["first"].doubles)
    #expect(Array(set.data[set.data.rows - 1]) == expected["last"].doubles)
    #expect(fingerprint(set.data.values) == expected["data"].string)
    #expect(fingerprint(set.targetValues) == expected["target"].string)
    #expect(set.description.contains("Source:"))
    #expect((set.targetClasses == nil) == (name == "diabetes"))
  }

  @Test func diabetesComesUnscaledOnRequest() throws {
    let set = try Dataset.diabetes(scaled: false)
    #expect(fingerprint(set.data.values) == golden["diabetes_unscaled"]["data"].string)
  }

  @Test func digitsArePictures() throws {
    let shape = try #require(try Dataset.digits().imageShape)
    #expect(shape == (8, 8))
    #expect(try Dataset.iris().imageShape == nil)
  }

  @Test func saysWhereItLooked() {
    #expect {
      try DataFolder.path(of: "nothing.csv", name: "nothing")
    } throws: { error in
      let text = String(describing: error)
      return text.contains("Swiftlet_Classical.resources/Data") && text.contains("SWIFTLET_DATA")
    }
  }
}
