/// What `help(x)`, `x?` and inspection in a front end say about a value.
public struct Help {
  let machine: Machine
  public init(_ machine: Machine) { self.machine = machine }

  /// What `help()` and `?` alone say.
  public static let introduction = """
    NAME?        what a name is: signature, description, example
    NAME??       the same with its source
    help(x)      the same for any expression
    %lsmagic     the commands, %NAME? explains one
    %modules     what can be imported, %modules NAME lists its names
    %dialect     what the language has and what it leaves out

    Tab completes names, arguments and commands.
    """

  /// The signature of a callable as one writes it: `fit(x, y, epochs=1)`; nil for others.
  public func signature(of value: Value, name: String? = nil) -> String? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .native:
      let function = unsafeDowncast(object, to: NativeFunction.self)
      return written(name ?? function.name, function.parameters, skipFirst: function.owner != nil)
    case .function:
      let function = unsafeDowncast(object, to: FunctionObject.self)
      return written(name ?? function.name, parameters(of: function), skipFirst: false)
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethod.self)
      guard case .object(let inner) = method.function else { return nil }
      if inner.kind == .function {
        let function = unsafeDowncast(inner, to: FunctionObject.self)
        return written(name ?? function.name, parameters(of: function), skipFirst: true)
      }
      return signature(of: method.function, name: name)
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      guard let initializer = type.special(.`init`) ?? type.special(.new),
        case .object(let inner) = initializer
      else { return (name ?? type.name) + "()" }
      if inner.kind == .function {
        let function = unsafeDowncast(inner, to: FunctionObject.self)
        return written(name ?? type.name, parameters(of: function), skipFirst: true)
      }
      if inner.kind == .native {
        let function = unsafeDowncast(inner, to: NativeFunction.self)
        return written(name ?? type.name, function.parameters, skipFirst: true)
      }
      return nil
    default: return nil
    }
  }

  /// The parameters of a callable, without the receiver.
  public func parameters(of value: Value) -> [ParameterDescription] {
    guard case .object(let object) = value else { return [] }
    switch object.kind {
    case .native:
      let function = unsafeDowncast(object, to: NativeFunction.self)
      return Array(function.parameters.dropFirst(function.owner != nil ? 1 : 0))
    case .function: return parameters(of: unsafeDowncast(object, to: FunctionObject.self))
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethod.self)
      if case .object(let inner) = method.function, inner.kind == .function {
        return Array(parameters(of: unsafeDowncast(inner, to: FunctionObject.self)).dropFirst())
      }
      return parameters(of: method.function)
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      guard let initializer = type.special(.`init`) ?? type.special(.new) else { return [] }
      if case .object(let inner) = initializer, inner.kind == .native {
        let function = unsafeDowncast(inner, to: NativeFunction.self)
        return Array(function.parameters.dropFirst())
      }
      return Array(parameters(of: initializer).dropFirst())
    case .instance:
      guard let call = machine.type(of: value).special(.call) else { return [] }
      if case .object(let inner) = call, inner.kind == .native { return parameters(of: call) }
      return Array(parameters(of: call).dropFirst())
    default: return []
    }
  }

  private func parameters(of function: FunctionObject) -> [ParameterDescription] {
    let layout = function.code.parameters
    var result: [ParameterDescription] = []
    for (index, name) in layout.texts.enumerated() {
      let annotation = index < layout.annotations.count ? layout.annotations[index] : nil
      if index < layout.positionalCount {
        let value = function.defaultValue(index)
        result.append(
          ParameterDescription(
            name: name, kind: index < layout.positionalOnlyCount ? .positionalOnly : .positional,
            annotation: annotation, defaultText: value.map { shortRepr($0) }))
      } else if index < layout.positionalCount + layout.keywordOnlyCount {
        result.append(
          ParameterDescription(
            name: name, kind: .keywordOnly, annotation: annotation,
            defaultText: function.defaultValue(index).map { shortRepr($0) }))
      } else {
        let isStar = layout.hasStar && index == layout.positionalCount + layout.keywordOnlyCount
        result.append(
          ParameterDescription(
            name: name, kind: isStar ? .star : .doubleStar, annotation: annotation,
            defaultText: nil))
      }
    }
    return result
  }

  private func shortRepr(_ value: Value) -> String {
    let text = (try? machine.repr(value)) ?? "..."
    return text.count > 40 ? "..." : text
  }

  private func written(
    _ name: String, _ parameters: [ParameterDescription], skipFirst: Bool
  ) -> String {
    var parts: [String] = []
    var sawStar = false
    for (index, parameter) in parameters.enumerated() where !(skipFirst && index == 0) {
      var text = parameter.name
      switch parameter.kind {
      case .star:
        text = "*" + text
        sawStar = true
      case .doubleStar: text = "**" + text
      case .keywordOnly where !sawStar:
        parts.append("*")
        sawStar = true
      default: break
      }
      if let annotation = parameter.annotation { text += ": \(annotation)" }
      if let value = parameter.defaultText {
        text += parameter.annotation == nil ? "=\(value)" : " = \(value)"
      }
      parts.append(text)
      let isLastPositionalOnly =
        parameter.kind == .positionalOnly
        && (index + 1 == parameters.count || parameters[index + 1].kind != .positionalOnly)
      if isLastPositionalOnly, index + 1 < parameters.count { parts.append("/") }
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// The doc sentence of a value; nil when it has none.
  public func doc(of value: Value) -> String? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .native: return unsafeDowncast(object, to: NativeFunction.self).row.doc
    case .function: return unsafeDowncast(object, to: FunctionObject.self).code.doc
    case .boundMethod: return doc(of: unsafeDowncast(object, to: BoundMethod.self).function)
    case .type: return unsafeDowncast(object, to: TypeObject.self).doc
    case .module: return unsafeDowncast(object, to: ModuleObject.self).doc
    case .property: return unsafeDowncast(object, to: PropertyObject.self).doc
    default: return machine.type(of: value).doc
    }
  }

  /// The whole help text.
  public func text(of value: Value, name: String?) -> String {
    var lines: [String] = []
    if let signature = signature(of: value, name: name) { lines.append(signature) }
    if case .object(let object) = value, object.kind == .module {
      let module = unsafeDowncast(object, to: ModuleObject.self)
      lines.append("module \(module.name)")
      lines.append("")
      lines.append(module.doc)
      lines.append("")
      for entry in module.table?.entries ?? [] {
        lines.append("    \(entry.name)  \(entry.doc)")
      }
      return lines.joined(separator: "\n")
    }
    if lines.isEmpty { lines.append("\(name ?? "value"): \(machine.typeName(value))") }
    if let doc = doc(of: value) {
      lines.append("")
      lines.append(doc)
    }
    if let example = example(of: value) {
      lines.append("")
      lines.append("Example: \(example)")
    }
    let type = value.asType
    if let type {
      let names = type.lineage.flatMap(\.attributeOrder).map(\.text).filter { !$0.hasPrefix("_") }
      if !names.isEmpty {
        lines.append("")
        lines.append("Attributes: " + Array(Set(names)).sorted().joined(separator: ", "))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func example(of value: Value) -> String? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .native: return unsafeDowncast(object, to: NativeFunction.self).row.example
    case .boundMethod: return example(of: unsafeDowncast(object, to: BoundMethod.self).function)
    default: return nil
    }
  }
}
