import Compute

// Einstein's summation: named axes, of which those that the result does not name are summed.
//
// Every axis gets a label. Two operands are joined at a time: labels that nothing needs any more are
// summed before or, where both have them, contracted by one batched matrix product.

extension Tensor {
  /// `einsum("ij,jk->ik", [a, b])`. Without `->` the result has the labels that occur once, in
  /// alphabetical order, behind those of an ellipsis.
  ///
  /// - Throws: `TensorError.argument` with what is wrong with the equation.
  public static func einsum(
    _ equation: String, _ operands: [Tensor], promotion: Promotion = .torch
  ) throws -> Tensor {
    let plan = try EinsumPlan(equation, operands)
    let type = operands.dropFirst().reduce(operands[0].dtype) { promotion.join($0, $1.dtype) }
    if promotion == .torch, operands.contains(where: { $0.dtype != type }) {
      throw TensorError.dtype(
        operation: "einsum",
        found: operands.first { $0.dtype != type }?.dtype ?? type,
        needed: "\(type), as the other operands'")
    }
    var parts = try zip(operands, plan.labels).map {
      try LabelledTensor($0.to(type), $1, plan.output)
    }
    while parts.count > 1 {
      let (a, b) = (parts.removeFirst(), parts.removeFirst())
      var needed = Set(plan.output)
      for part in parts { needed.formUnion(part.labels) }
      parts.insert(try a.joined(with: b, keeping: needed), at: 0)
    }
    let last = try parts[0].summed(keeping: Set(plan.output))
    let order = plan.output.compactMap { last.labels.firstIndex(of: $0) }
    return order == Array(order.indices) ? last.tensor : try last.tensor.permute(order)
  }
}

/// An equation read against its operands: a label for every axis, ellipses spelled out.
private struct EinsumPlan {
  private(set) var labels: [[Int]] = []
  private(set) var output: [Int] = []

  /// Labels of ellipsis axes start here; letters are their code points.
  private static let ellipsisBase = 1000

  init(_ equation: String, _ operands: [Tensor]) throws {
    func fail(_ message: String) -> TensorError { .argument(operation: "einsum", message: message) }
    let text = equation.filter { $0 != " " }
    let sides = text.split(separator: "->", omittingEmptySubsequences: false).map(String.init)
    guard sides.count <= 2 else { throw fail("'\(equation)' has more than one '->'") }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !operands.isEmpty else { throw fail("must provide at least one operand") }
    if terms.count != operands.count {
      throw fail(
        terms.count > operands.count
          ? "fewer operands were provided than specified in the equation: \(operands.count) of "
            + "\(terms.count)"
          : "more operands were provided than specified in the equation: \(operands.count), not "
            + "\(terms.count)")
    }
    let parsed = try terms.map { try Self.letters($0, equation) }
    var widest = 0
    for (place, (term, operand)) in zip(parsed, operands).enumerated() {
      let named = term.count - (term.contains(-1) ? 1 : 0)
      if term.contains(-1) {
        guard operand.rank >= named else {
          throw fail(
            "the number of subscripts in the equation (\(named)) is more than the number of "
              + "dimensions (\(operand.rank)) for operand \(place)")
        }
        widest = max(widest, operand.rank - named)
      } else if operand.rank != named {
        throw fail(
          "the number of subscripts in the equation (\(named)) does not match the number of "
            + "dimensions (\(operand.rank)) for operand \(place) and no ellipsis was given; its shape "
            + "is \(operand.shape)")
      }
    }
    var sizes: [Int: Int] = [:]
    var uses: [Int: Int] = [:]
    for (place, (term, operand)) in zip(parsed, operands).enumerated() {
      let hidden = operand.rank - (term.count - 1)
      let own = term.flatMap { letter in
        letter >= 0 ? [letter] : (0..<hidden).map { Self.ellipsisBase + widest - hidden + $0 }
      }
      labels.append(own)
      for (axis, label) in own.enumerated() {
        uses[label, default: 0] += 1
        let size = operand.shape[axis]
        let known = sizes[label] ?? 1
        if known != 1, size != 1, known != size {
          throw fail(
            "operand \(place) has size \(size) on the axis '\(Self.name(label))', which has size "
              + "\(known) in another place; its shape is \(operand.shape)")
        }
        sizes[label] = size == 1 ? known : size
      }
    }
    let dots = (0..<widest).map { Self.ellipsisBase + $0 }
    if sides.count == 1 {
      output = dots + uses.filter { $0.value == 1 && $0.key < Self.ellipsisBase }.keys.sorted()
    } else {
      let term = try Self.letters(sides[1], equation)
      output = term.flatMap { $0 >= 0 ? [$0] : dots }
      for label in output where uses[label] == nil {
        throw fail(
          "output subscript \(Self.name(label)) does not appear in the equation for any input operand")
      }
      if Set(output).count != output.count {
        throw fail("an output subscript appears more than once in '\(equation)'")
      }
    }
  }

  private static func name(_ label: Int) -> String {
    label >= ellipsisBase ? "..." : UnicodeScalar(UInt8(clamping: label)).description
  }

  /// Code points of the letters, -1 for the dots.
  private static func letters(_ term: String, _ equation: String) throws -> [Int] {
    var result: [Int] = []
    var bytes = Array(term.utf8)[...]
    while let byte = bytes.first {
      if byte == UInt8(ascii: ".") {
        guard bytes.prefix(3).elementsEqual("...".utf8), !result.contains(-1) else {
          throw TensorError.argument(
            operation: "einsum", message: "found '.' in '\(equation)' that is not part of one ellipsis")
        }
        result.append(-1)
        bytes = bytes.dropFirst(3)
        continue
      }
      guard (65...90).contains(byte) || (97...122).contains(byte) else {
        throw TensorError.argument(
          operation: "einsum",
          message: "invalid subscript in '\(equation)': subscripts are letters in [a-zA-Z]")
      }
      result.append(Int(byte))
      bytes = bytes.dropFirst()
    }
    return result
  }
}

/// A tensor whose axes have different labels.
private struct LabelledTensor {
  let tensor: Tensor
  let labels: [Int]

  private init(_ tensor: Tensor, plain labels: [Int]) {
    self.tensor = tensor
    self.labels = labels
  }

  /// A label that occurs twice becomes the diagonal.
  init(_ tensor: Tensor, _ labels: [Int], _ output: [Int]) throws {
    var (tensor, labels) = (tensor, labels)
    var i = 0
    while i < labels.count {
      guard let j = labels[(i + 1)...].firstIndex(of: labels[i]) else {
        i += 1
        continue
      }
      let label = labels[i]
      let size = max(tensor.shape[i], tensor.shape[j])
      for axis in [i, j] where tensor.shape[axis] != size {
        guard tensor.shape[axis] == 1 else {
          throw TensorError.argument(
            operation: "einsum",
            message: "axes \(i) and \(j) carry the same subscript but have sizes "
              + "\(tensor.shape[i]) and \(tensor.shape[j])")
        }
        var wide = tensor.shape
        wide[axis] = size
        tensor = tensor.expanded(wide)
      }
      tensor = try tensor.diagonal(offset: 0, i, j)
      labels.remove(at: j)
      labels.remove(at: i)
      labels.append(label)
    }
    self.tensor = tensor
    self.labels = labels
  }

  func size(_ label: Int) -> Int? { labels.firstIndex(of: label).map { tensor.shape[$0] } }

  /// Without the labels that nothing needs.
  func summed(keeping needed: Set<Int>) throws -> LabelledTensor {
    let axes = labels.indices.filter { !needed.contains(labels[$0]) }
    if axes.isEmpty { return self }
    let sum = try tensor.sum(axes, dtype: tensor.dtype.isDifferentiable ? nil : tensor.dtype)
    return LabelledTensor(sum, plain: labels.filter { needed.contains($0) })
  }

  /// The axes in this order, with size 1 where a label is missing.
  private func arranged(_ order: [Int]) throws -> Tensor {
    let present = order.filter { labels.contains($0) }
    let places = present.compactMap { labels.firstIndex(of: $0) }
    var result = places == Array(places.indices) ? tensor : try tensor.permute(places)
    for (place, label) in order.enumerated() where !labels.contains(label) {
      result = try result.unsqueeze(place)
    }
    return result
  }

  func joined(with other: LabelledTensor, keeping needed: Set<Int>) throws -> LabelledTensor {
    let a = try summed(keeping: needed.union(other.labels))
    let b = try other.summed(keeping: needed.union(a.labels))
    let common = a.labels.filter { b.labels.contains($0) }
    // A contracted label of size 1 on one side: sum the other side first.
    for label in common where !needed.contains(label) {
      let (x, y) = (a.size(label) ?? 1, b.size(label) ?? 1)
      if x == 1 && y != 1 {
        return try LabelledTensor(a.tensor.squeeze(a.labels.firstIndex(of: label)), plain: a.labels.filter { $0 != label })
          .joined(with: b, keeping: needed)
      }
      if y == 1 && x != 1 {
        return try a.joined(
          with: LabelledTensor(
            b.tensor.squeeze(b.labels.firstIndex(of: label)), plain: b.labels.filter { $0 != label }),
          keeping: needed)
      }
    }
    let contracted = common.filter { !needed.contains($0) }
    let batch = common.filter { needed.contains($0) }
    let ownA = a.labels.filter { !common.contains($0) }
    let ownB = b.labels.filter { !common.contains($0) }
    let order = batch + ownA + ownB
    if contracted.isEmpty {
      return LabelledTensor(
        try a.arranged(order).multiplied(by: b.arranged(order)), plain: order)
    }
    let batchSizes = batch.map { max(a.size($0) ?? 1, b.size($0) ?? 1) }
    let (m, n) = (ownA.map { a.size($0) ?? 1 }, ownB.map { b.size($0) ?? 1 })
    let k = contracted.map { a.size($0) ?? 1 }
    let (rows, columns, inner) = (Shape.product(m), Shape.product(n), Shape.product(k))
    var left = try a.arranged(batch + ownA + contracted)
    var right = try b.arranged(batch + contracted + ownB)
    if !batch.isEmpty {
      left = left.expanded(batchSizes + m + k)
      right = right.expanded(batchSizes + k + n)
    }
    let lead = batch.isEmpty ? [] : [Shape.product(batchSizes)]
    let product = try left.reshape(lead + [rows, inner]).matmul(right.reshape(lead + [inner, columns]))
    return LabelledTensor(try product.reshape(batchSizes + m + n), plain: order)
  }
}

extension OperationTable {
  static let einsums: [OperationDeclaration] = [
    OperationDeclaration(name: "einsum", family: "Einsum", isDifferentiable: true) {
      let cases: [(String, [[Int]])] = [
        ("ij,jk->ik", [[2, 3], [3, 4]]), ("ii->i", [[3, 3]]), ("bij,bjk->bik", [[2, 2, 3], [2, 3, 2]]),
        ("...i,...i->...", [[2, 3], [3]]), ("i,j,k->ijk", [[2], [3], [2]]), ("ij->j", [[2, 3]]),
        ("bhqd,bhkd->bhqk", [[1, 2, 3, 2], [1, 2, 2, 2]]),
      ]
      return try cases.map { equation, shapes in
        OperationSample(try shapes.map { try OperationSample.values($0) }) {
          try Tensor.einsum(equation, $0)
        }
      }
    }
  ]
}
