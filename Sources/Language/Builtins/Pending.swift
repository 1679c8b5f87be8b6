import BigInt
enum FloatText { static func repr(_ x: Double) -> String { "\(x)" } }
enum QuotedText { static func repr(_ b: [UInt8]) -> [UInt8] { [39] + b + [39] }
 static func reprBytes(_ b: [UInt8]) -> [UInt8] { [98,39] + b + [39] }
 static func ascii(_ b: [UInt8]) -> [UInt8] { b } }
enum IntText { static func decimal(_ v: BigInt) throws(Raise) -> String { "\(v)" }
 static func parse(_ t: StringObject, base: Int) throws(Raise) -> Value { .int(Int(t.swiftString) ?? 0) }
 static func parseFloat(_ t: StringObject) throws(Raise) -> Double { Double(t.swiftString) ?? 0 } }
enum BuiltinMethods { static func rows(for kind: BuiltinKind) -> [Native] {
 if kind == .list { return [Native("append(self, x, /)", "Adds.") { a in a[0].asList?.append(a[1]); return .none }] }
 return [] }
 static func statics(for kind: BuiltinKind) -> [Native] { [] }
 static func classMethods(for kind: BuiltinKind) -> [Native] { [] }
 static func properties(for kind: BuiltinKind) -> [NativeProperty] { [] } }
enum ListMethods { static func sorted(_ items: [Value], key: Value, reverse: Bool, _ m: Machine) throws(Raise) -> [Value] { items } }
enum StandardModules { static let all: [ModuleTable] = [] }
enum Files { static let openRow = Native("open(file)", "Opens.") { _ in .none } }
extension Machine {
  func format(_ value: Value, conversion: Int, spec: StringObject?) throws(Raise) -> Value { .object(try textObject(of: value)) }
  func percentFormat(_ format: StringObject, _ arguments: Value) throws(Raise) -> Value { .none }
  public func formatted(_ value: Value, _ spec: String) throws(Raise) -> String { try text(of: value) }
}
