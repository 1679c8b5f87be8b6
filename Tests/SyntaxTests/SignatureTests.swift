import Testing

@testable import Syntax

@Suite struct SignatureTests {
  @Test func namesParametersAndResultAreRead() throws {
    let (name, parameters, returns) = try parseSignature(
      "Tensor.sum(self, axis: int | tuple | None = None, *, keepdims: bool = False) -> Tensor")
    #expect(name == "Tensor.sum")
    #expect(parameters.all.map(\.name.text) == ["self", "axis", "keepdims"])
    #expect(parameters.all.map(\.kind) == [.positional, .positional, .keywordOnly])
    #expect(parameters.all[1].annotation.map { dump($0) } == "(| (| int tuple) None)")
    #expect(parameters.all[1].defaultValue.map { dump($0) } == "None")
    #expect(returns.map { dump($0) } == "Tensor")
  }

  @Test func everyKindOfParameterIsTold() throws {
    let (_, parameters, returns) = try parseSignature("f(a, /, b, *c, d, **e)")
    #expect(
      parameters.all.map(\.kind) == [
        .positionalOnly, .positional, .star, .keywordOnly, .doubleStar,
      ])
    #expect(returns == nil)
    #expect(try parseSignature("f()").parameters.all.isEmpty)
  }

  @Test(arguments: [
    "", "f", "f(", "f(a b)", "f() ->", "f() x", "f(a, a)", "1()", "f(a=1, b)", "f.()",
  ])
  func wrongTextsAreRefused(_ text: String) {
    #expect(throws: Diagnostic.self) { try parseSignature(text) }
  }
}
