import Language
import TensorCore

/// Products of arrays.
enum NumpyProducts {
  static let functions: [Native] = [
    numpyRow("dot(a, b)", "The product of vectors or matrices; the last axis of a with the last but one of b.", example: "np.dot([1, 2], [3, 4])") {
      a in try dot(a.array(0), a.array(1), a.machine)
    },
    numpyRow("matmul(x1, x2)", "The matrix product, over leading axes as well.", example: "np.matmul(np.eye(2), [1, 2])") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      if x.rank == 0 || y.rank == 0 {
        throw Raise(
          .valueError,
          "matmul: Input operand \(x.rank == 0 ? 0 : 1) does not have enough dimensions (has 0, "
            + "gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)")
      }
      return try a.machine.numpyValue(x.matmul(y, promotion: .numpy))
    },
    numpyRow("inner(a, b)", "The sum of the products along the last axes.", example: "np.inner([1, 2], [3, 4])") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      return try dot(x, y.rank > 1 ? y.transpose(-2, -1) : y, a.machine)
    },
    numpyRow("outer(a, b)", "All products of the elements of two arrays.", example: "np.outer([1, 2], [3, 4])") { a in
      let (x, y) = (try a.array(0).reshape([-1, 1]), try a.array(1).reshape([1, -1]))
      return a.machine.ndarray(try BinaryOperation.multiply(x, y, promotion: .numpy))
    },
    numpyRow("vdot(a, b)", "The sum of the products of all elements.", example: "np.vdot([1, 2], [3, 4])") { a in
      try dot(a.array(0).reshape([-1]), a.array(1).reshape([-1]), a.machine)
    },
  ]

  static func dot(_ x: Tensor, _ y: Tensor, _ machine: Machine) throws -> Value {
    if x.rank == 0 || y.rank == 0 {
      return try machine.numpyValue(BinaryOperation.multiply(x, y, promotion: .numpy))
    }
    let core = y.rank == 1 ? 0 : y.rank - 2
    let inner = x.shape[x.rank - 1]
    if inner != y.shape[core] {
      throw Raise(
        .valueError,
        "shapes \(TensorErrors.numpyShape(x.shape)) and \(TensorErrors.numpyShape(y.shape)) not "
          + "aligned: \(inner) (dim \(x.rank - 1)) != \(y.shape[core]) (dim \(core))",
        hint: "transpose one side (a.T) or reshape")
    }
    if y.rank <= 2 { return try machine.numpyValue(x.matmul(y, promotion: .numpy)) }
    // Every row of x with every matrix of y: the axes of x come first.
    let flat = try x.reshape([-1, inner])
    let count = y.rank
    let front = try y.permute([count - 2] + (0..<(count - 2)) + [count - 1])
    let rest = front.shape.dropFirst()
    let product = try flat.matmul(front.reshape([inner, -1]), promotion: .numpy)
    return try machine.numpyValue(product.reshape(Array(x.shape.dropLast()) + rest))
  }
}
