/// What a door may know of a function of the program: which arguments it takes.
extension FunctionObject {
  /// The names of its parameters, those of `*args` and `**kwargs` left out.
  public var parameterNames: [String] {
    let layout = code.parameters
    return layout.texts.prefix(layout.positionalCount + layout.keywordOnlyCount).map { $0 }
  }

  /// Whether it takes keywords that it does not name.
  public var takesAnyKeyword: Bool { code.parameters.hasDoubleStar }
}
