/// The module `numbers`: kinds of numbers as classes to ask for.
enum NumbersModule {
  static let table = ModuleTable(
    "numbers", doc: "Kinds of numbers, as classes to ask for.",
    entries: [.type(number), .type(complex), .type(real), .type(rational), .type(integral)])

  private static func kind(
    _ name: String, _ doc: String, base: TypeTable? = nil,
    _ test: @escaping (Value) -> Bool
  ) -> TypeTable {
    TypeTable(
      name, module: "numbers", doc: doc, base: base,
      classMethods: [
        Native("__instancecheck__(cls, instance)", "Whether an object is such a number.") { a in
          guard let type = a[0].asType else { return .bool(false) }
          if a.machine.type(of: a[1]).isSubclass(of: type) { return .bool(true) }
          return .bool(type.module == "numbers" && test(a[1].bare))
        },
        Native("register(cls, subclass)", "Gives the class back.") { a in a[1] },
      ])
  }

  private static func isReal(_ value: Value) -> Bool {
    value.asDouble != nil || value.asInstance is FractionObject
  }

  private static let number = kind("Number", "Any number.", isReal)
  private static let complex = kind("Complex", "Any number.", base: number, isReal)
  private static let real = kind("Real", "Numbers with an order.", base: complex, isReal)
  private static let rational = kind("Rational", "Exact fractions.", base: real) { value in
    value.isInteger || value.asInstance is FractionObject
  }
  private static let integral = kind("Integral", "Integers.", base: rational) { $0.isInteger }
}
