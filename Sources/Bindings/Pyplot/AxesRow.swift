import Display
import Language
import Plotting
import TensorCore

/// A call of a method of axes, or of the function of `pyplot` that passes it to the current axes.
struct AxesCall {
  let a: Arguments
  /// Where the arguments begin: 1 for methods.
  let first: Int
  let axes: PyAxes
  var machine: Machine { a.machine }

  subscript(_ index: Int) -> Value { a[index + first] }
  func isGiven(_ index: Int) -> Bool { a.isGiven(index + first) && !self[index].isNone }
  func string(_ index: Int) throws -> String { try a.string(index + first) }
  func optionalString(_ index: Int) throws -> String? { try a.optionalString(index + first) }
  func double(_ index: Int) throws -> Double { try a.double(index + first) }
  func optionalDouble(_ index: Int) throws -> Double? { try a.optionalDouble(index + first) }
  func int(_ index: Int) throws -> Int { try a.int(index + first) }
  func bool(_ index: Int) throws -> Bool { try a.bool(index + first) }
  func items(_ index: Int) throws -> [Value] { try a.items(index + first) }
  func keywords(_ index: Int) -> [(name: String, value: Value)] { a.keywords(index + first) }
  func flat(_ index: Int) throws -> [Double] { try PyplotData.flat(self[index], machine) }
  func x(_ index: Int) throws -> [Double] { try axes.numbers(self[index], true, machine) }
  func y(_ index: Int) throws -> [Double] { try axes.numbers(self[index], false, machine) }

  func shape(
    _ content: PyShape.Content, _ table: TypeTable, _ style: PyplotStyle, fill: Bool = true,
    zorder: Double = 1
  ) throws -> PyShape {
    let shape = PyShape(machine.type(table))
    shape.kindName = table.name
    shape.content = content
    shape.zorder = zorder
    try shape.take(style, axes, machine, fill: fill)
    axes.add(shape)
    return shape
  }

  /// One number for all, or one for each.
  func spread(_ values: [Double], _ count: Int) -> [Double] {
    values.count == 1 && count != 1 ? Array(repeating: values[0], count: count) : values
  }
}

/// A row of what axes can do; it gives a method of `Axes` and, where `pyplot` has it, a function.
struct AxesRow: @unchecked Sendable {
  /// Without `self`.
  let parameters: String
  let method: String
  /// The name in `pyplot`; nil where it has none.
  let function: String?
  let doc: String
  let example: String?
  let body: (AxesCall) throws -> Value

  init(
    _ method: String, _ parameters: String, _ doc: String, function: String? = nil,
    isOnlyMethod: Bool = false, example: String? = nil,
    body: @escaping (AxesCall) throws -> Value
  ) {
    self.method = method
    self.parameters = parameters
    self.function = isOnlyMethod ? nil : function ?? method
    self.doc = doc
    self.example = example
    self.body = body
  }

  var methodRow: Native {
    Native(method + "(self" + (parameters.isEmpty ? "" : ", ") + parameters + ")", doc) { a in
      try body(AxesCall(a: a, first: 1, axes: a.receiver(PyAxes.self)))
    }
  }

  var functionRow: Native? {
    function.map { name in
      Native(name + "(" + parameters + ")", doc, example: example) { a in
        try body(AxesCall(a: a, first: 0, axes: PyplotState.of(a.machine).axes()))
      }
    }
  }
}
