import Foundation
import Language
import TensorCore
import TestSupport
import Testing

@testable import Bindings

/// Expressions in PyTorch's and NumPy's words, and what the originals gave for them
/// (`Golden/generate.py`): values, dtypes, shapes, and for torch the gradients.
@Suite struct GoldenExpressionTests {
  @Test(arguments: ["torch.json", "numpy.json"])
  func expressionsGiveWhatTheOriginalsGive(_ file: String) throws {
    try onBigStack {
      let golden = try GoldenValue(file: "BindingsTests/Golden/\(file)")
      let cases = golden["cases"].items
      #expect(cases.count >= 280)
      let isTorch = file == "torch.json"
      let machine = try LibraryDoors.machine()
      _ = try machine.run(
        "import numpy as np\nimport torch\nimport torch.nn.functional as F\n", name: "golden",
        interactive: false)
      for entry in cases {
        let expression = entry["expression"].string ?? ""
        do {
          try check(entry, expression, machine, isTorch)
        } catch {
          Issue.record("\(expression): \(describe(error, machine))")
        }
      }
    }
  }

  private func describe(_ error: any Error, _ machine: Machine) -> String {
    guard let raise = error as? Raise else { return "\(error)" }
    let exception = machine.materialize(raise)
    return exception.type.name + ": " + machine.message(of: exception)
  }

  private func check(
    _ entry: GoldenValue, _ expression: String, _ machine: Machine, _ isTorch: Bool
  ) throws {
    let gradients = entry["gradients"]
    var operands: [(name: String, tensor: Tensor)] = []
    guard case .object(let members) = entry["operands"] else { return }
    let turned = entry["turned"].items.compactMap(\.string)
    for (name, packed) in members {
      var tensor = try unpack(packed)
      if turned.contains(name), tensor.rank >= 2 {
        tensor = try tensor.transpose(-2, -1).contiguous().transpose(-2, -1)
      }
      if case .object = gradients, tensor.dtype.isDifferentiable {
        tensor = tensor.detach()
        try tensor.setRequiresGrad(true)
      }
      operands.append((name, tensor))
      machine[global: name] =
        isTorch ? machine.tensorTypes.torch(tensor) : machine.tensorTypes.ndarray(tensor)
    }
    _ = try machine.run("result = (\(expression))\n", name: "golden", interactive: false)
    let value = machine[global: "result"] ?? .none
    let flavor: Flavor = isTorch ? .torch : .numpy
    var results: [Tensor]
    if value.asTensorObject == nil, value.asNumpyScalar == nil,
      value.asTuple != nil || value.asList != nil
    {
      results = try machine.array(value).map { try machine.tensor($0, flavor) }
    } else {
      results = [try machine.tensor(value, flavor)]
    }
    let outputs = entry["outputs"].items
    guard results.count == outputs.count else {
      Issue.record("\(expression): \(results.count) results, expected \(outputs.count)")
      return
    }
    let tolerance = entry["tolerance"].double
    for (result, output) in zip(results, outputs) {
      try compare(expression, result.detach(), output, tolerance)
    }
    guard case .object(let wanted) = gradients, let first = results.first else { return }
    let flat = first.dtype.isComplex ? try first.viewAsReal() : first
    let count = max(1, flat.count)
    let weights = try Tensor(
      (0..<flat.count).map { Double($0 + 1) / Double(count) }, shape: flat.shape, dtype: flat.dtype)
    try flat.backward(gradient: weights)
    for (name, packed) in wanted {
      guard let found = operands.first(where: { $0.name == name })?.tensor.grad else {
        Issue.record("\(expression): no gradient of \(name)")
        continue
      }
      try compare("\(expression): gradient of \(name)", found, packed, tolerance)
    }
  }

  private func unpack(_ packed: GoldenValue) throws -> Tensor {
    let dtype = DType(name: packed["dtype"].string ?? "") ?? .float32
    let shape = packed["shape"].items.compactMap(\.int)
    let words = (packed["data"].string ?? "").split(separator: " ")
    if dtype.isInteger || dtype == .bool {
      return try Tensor(words.map { Int($0) ?? 0 }, shape: shape, dtype: dtype)
    }
    let numbers = words.map { Double($0) ?? .nan }
    if dtype.isComplex {
      return try Tensor(numbers, shape: shape + [2], dtype: dtype.realPart).viewAsComplex()
    }
    return try Tensor(numbers, shape: shape, dtype: dtype)
  }

  /// |found - wanted| <= t + t |wanted|; t is that of the case or of the dtype.
  private func compare(
    _ label: String, _ found: Tensor, _ packed: GoldenValue, _ tolerance: Double?
  ) throws {
    let wanted = try unpack(packed)
    #expect(found.shape == wanted.shape, "\(label): shape")
    guard found.shape == wanted.shape else { return }
    // Integers of NumPy's types that are not here count as int64.
    let name = packed["dtype"].string ?? ""
    if DType(name: name) != nil {
      #expect(found.dtype.name == name, "\(label): dtype")
    }
    let bound: Double =
      switch wanted.dtype.realPart {
      case .float64: tolerance ?? 1e-9
      case .float32: tolerance ?? 3e-5
      case .float16, .bfloat16: tolerance ?? 0
      default: 0
      }
    func numbers(_ tensor: Tensor) throws -> [Double] {
      tensor.dtype.isComplex
        ? try tensor.viewAsReal().to(.float64).doubles() : try tensor.to(.float64).doubles()
    }
    for (i, (x, y)) in zip(try numbers(found), try numbers(wanted)).enumerated() {
      if x == y || (x.isNaN && y.isNaN) { continue }
      if abs(x - y) <= bound + bound * abs(y) { continue }
      Issue.record("\(label): element \(i) is \(x), expected \(y)")
      return
    }
  }
}
