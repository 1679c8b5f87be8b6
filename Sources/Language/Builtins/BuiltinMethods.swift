/// The tables of methods of the built-in types, by kind.
enum BuiltinMethods {
  static func rows(for kind: BuiltinKind) -> [Native] {
    switch kind {
    case .int: NumberMethods.integerRows
    case .float: NumberMethods.floatRows
    case .string: StringMethods.rows
    case .bytes: BytesMethods.rows
    case .list: ListMethods.rows
    case .tuple: TupleMethods.rows
    case .dict: DictMethods.rows
    case .dictView: DictMethods.viewRows
    case .set: SetMethods.rows
    case .frozenSet: SetMethods.frozenRows
    case .range: RangeMethods.rows
    case .slice: RangeMethods.sliceRows
    case .generator: GeneratorMethods.rows
    case .exception: ExceptionMethods.rows
    case .property: ExceptionMethods.propertyRows
    default: []
    }
  }

  static func statics(for kind: BuiltinKind) -> [Native] {
    switch kind {
    case .string: StringMethods.statics
    case .bytes: BytesMethods.statics
    default: []
    }
  }

  static func classMethods(for kind: BuiltinKind) -> [Native] {
    switch kind {
    case .int: NumberMethods.integerClassMethods
    case .float: NumberMethods.floatClassMethods
    case .dict: DictMethods.classMethods
    case .bytes: BytesMethods.classMethods
    default: []
    }
  }

  static func properties(for kind: BuiltinKind) -> [NativeProperty] {
    switch kind {
    case .int: NumberMethods.integerProperties
    case .float: NumberMethods.floatProperties
    case .range: RangeMethods.properties
    case .exception: ExceptionMethods.properties
    default: []
    }
  }
}
