import Foundation
import Language
import TensorCore

/// `np.poly1d`: a polynomial of one variable by its coefficients, highest power first.
final class NumpyPolynomial: Instance {
  /// [degree + 1], without zeros in front.
  let coefficients: Tensor
  let variable: String

  init(_ coefficients: Tensor, _ variable: String, _ type: TypeObject) throws {
    let values = try coefficients.scalars()
    let zeros = values.prefix { !$0.bool }.count
    let kept = try coefficients.narrow(0, start: min(zeros, max(0, values.count - 1)), length: max(1, values.count - zeros))
    self.coefficients = kept
    self.variable = variable
    super.init(type)
  }

  private var degree: Int { coefficients.count - 1 }

  private static func own(_ a: Arguments) throws -> NumpyPolynomial { try a.receiver() }

  private static func array(_ object: NumpyPolynomial, _ machine: Machine) -> Value {
    machine.ndarray(object.coefficients)
  }

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping (NumpyPolynomial, Machine) throws -> Value
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, machine in
      guard let own = value.asInstance as? NumpyPolynomial else { return .none }
      return try get(own, machine)
    }
  }

  /// A function of the door on coefficients.
  private static func call(_ name: String, _ arguments: [Value], _ machine: Machine) throws -> Value {
    guard let row = NumpyCurves.functions.first(where: { $0.name == name }) else { return .none }
    return try machine.call(.object(NativeFunction(row)), arguments)
  }

  private func made(_ value: Value, _ machine: Machine) throws -> Value {
    .object(try NumpyPolynomial(machine.tensor(value, .numpy).reshape([-1]), variable, type))
  }

  /// The coefficients of the other side: a polynomial, a sequence, or a number.
  private static func side(_ value: Value, _ machine: Machine) throws -> Value {
    if let other = value.asInstance as? NumpyPolynomial { return array(other, machine) }
    return machine.ndarray(try machine.tensor(value, .numpy).reshape([-1]))
  }

  private static func operation(_ name: String, _ sign: String, _ function: String) -> [Native] {
    [false, true].map { reflected in
      Native("__\(reflected ? "r" : "")\(name)__(self, other)", "\(reflected ? "other \(sign) self" : "self \(sign) other").", example: "np.poly1d([1, 2]) \(sign) np.poly1d([3])") { a in
        let own = try own(a)
        let (x, y) = (array(own, a.machine), try side(a[1], a.machine))
        return try own.made(call(function, reflected ? [y, x] : [x, y], a.machine), a.machine)
      }
    }
  }

  static let table = TypeTable(
    "poly1d", module: "numpy", doc: "A polynomial of one variable.",
    properties: [
      property("coeffs", "The coefficients, highest power first.") { array($0, $1) },
      property("coef", "The coefficients, highest power first.") { array($0, $1) },
      property("coefficients", "The coefficients, highest power first.") { array($0, $1) },
      property("c", "The coefficients, highest power first.") { array($0, $1) },
      property("order", "The highest power.") { own, _ in .int(own.degree) },
      property("o", "The highest power.") { own, _ in .int(own.degree) },
      property("variable", "The letter of the variable.") { own, _ in .string(own.variable) },
      property("roots", "Where it is 0.") { try call("roots", [array($0, $1)], $1) },
      property("r", "Where it is 0.") { try call("roots", [array($0, $1)], $1) },
    ],
    methods: [
      numpyRow("__new__(cls, c_or_r, r=False, variable=None)", "The polynomial of coefficients, or of its roots.", example: "np.poly1d([1, 2, 3])(2)") { a in
        guard let type = a[0].asType else { return .none }
        let letter = a[3].isNone ? "x" : try a.string(3)
        if let other = a[1].asInstance as? NumpyPolynomial {
          return .object(try NumpyPolynomial(other.coefficients, a[3].isNone ? other.variable : letter, type))
        }
        var x = try a.array(1)
        if try a.bool(2) { x = try a.machine.tensor(call("poly", [a[1]], a.machine), .numpy) }
        guard x.rank <= 1 else { throw Raise(.valueError, "Polynomial must be 1d only.") }
        return .object(try NumpyPolynomial(x.count == 0 ? Tensor.zeros([1], dtype: .float64) : x.reshape([-1]), letter, type))
      },
      numpyRow("__call__(self, val)", "The value at places, or the polynomial of another.", example: "np.poly1d([1, 0])(3)") { a in
        let own = try own(a)
        guard let inner = a[1].asInstance as? NumpyPolynomial else {
          return try call("polyval", [array(own, a.machine), a[1]], a.machine)
        }
        // Horner's rule with a polynomial in place of the number.
        var result = a.machine.ndarray(try Tensor.zeros([1], dtype: own.coefficients.dtype))
        for scalar in try own.coefficients.scalars() {
          result = try call("polymul", [result, array(inner, a.machine)], a.machine)
          result = try call("polyadd", [result, a.machine.ndarray(Tensor(scalar, dtype: own.coefficients.dtype).reshape([1]))], a.machine)
        }
        return try own.made(result, a.machine)
      },
      numpyRow("deriv(self, m=1)", "The derivative.", example: "np.poly1d([1, 2, 3]).deriv()") { a in
        let own = try own(a)
        return try own.made(call("polyder", [array(own, a.machine), a[1]], a.machine), a.machine)
      },
      numpyRow("integ(self, m=1)", "The integral.", example: "np.poly1d([1, 2, 3]).integ()") { a in
        let own = try own(a)
        return try own.made(call("polyint", [array(own, a.machine), a[1]], a.machine), a.machine)
      },
      Native("__len__(self)", "The highest power.", example: "len(np.poly1d([1, 2, 3]))") { .int(try own($0).degree) },
      numpyRow("__getitem__(self, power)", "The coefficient of a power.", example: "np.poly1d([1, 2, 3])[2]") { a in
        let own = try own(a)
        let power = try a.int(1)
        guard power >= 0, power <= own.degree else { return .int(0) }
        return try a.machine.numpyValue(own.coefficients.select(0, own.degree - power))
      },
      Native("__iter__(self)", "The coefficients, highest power first.", example: "list(np.poly1d([1, 2]))") { a in
        .object(TensorIterator(TensorObject(try own(a).coefficients, type: a.machine.tensorTypes.numpy, flavor: .numpy, types: a.machine.tensorTypes)))
      },
      Native("__neg__(self)", "The negative.", example: "-np.poly1d([1, 2])") { a in
        let own = try own(a)
        return try own.made(a.machine.ndarray(own.coefficients.neg()), a.machine)
      },
      Native("__pow__(self, power)", "A whole power.", example: "np.poly1d([1, 1]) ** 2") { a in
        let own = try own(a)
        let power = try a.int(1)
        guard power >= 0, power <= 1 << 12 else {
          throw Raise(.valueError, "Power to non-negative integers only.")
        }
        var result = a.machine.ndarray(try Tensor.ones([1], dtype: own.coefficients.dtype))
        for _ in 0..<power { result = try call("polymul", [result, array(own, a.machine)], a.machine) }
        return try own.made(result, a.machine)
      },
      Native("__eq__(self, other)", "Whether the coefficients are the same.", example: "np.poly1d([1]) == np.poly1d([1])") { a in
        guard let other = a[1].asInstance as? NumpyPolynomial else { return .notImplemented }
        return .bool(try own(a).coefficients.isEqual(to: other.coefficients))
      },
      Native("__truediv__(self, other)", "Divided by a number, or quotient and rest by a polynomial.", example: "np.poly1d([2, 4]) / 2") { a in
        let own = try own(a)
        guard let other = a[1].asInstance as? NumpyPolynomial else {
          return try own.made(
            a.machine.ndarray(BinaryOperation.divide(own.coefficients, a.machine.tensor(a[1], .numpy), promotion: .numpy)), a.machine)
        }
        let parts = try NumpyPolynomial.division(own.coefficients, other.coefficients)
        return .tuple([
          try own.made(a.machine.ndarray(parts.quotient), a.machine),
          try own.made(a.machine.ndarray(parts.rest), a.machine),
        ])
      },
      Native("__repr__(self)", "`poly1d([1, 2])`.", example: "repr(np.poly1d([1, 2]))") { a in
        let text = try own(a).coefficients.description(style: .numpyRepr, options: a.machine.tensorTypes.numpyPrinting)
        return .string("poly1d" + text.dropFirst("array".count))
      },
      Native("__str__(self)", "Written with powers above the line.", example: "str(np.poly1d([1, 2, 3]))") { a in
        .string(try own(a).text(a.machine))
      },
    ] + operation("add", "+", "polyadd") + operation("sub", "-", "polysub") + operation("mul", "*", "polymul"))

  static let divide = numpyRow("polydiv(u, v)", "The quotient and the rest of two polynomials.", example: "np.polydiv([3., 5., 2.], [2., 1.])") { a in
    let parts = try division(a.array(0).reshape([-1]), a.array(1).reshape([-1]))
    return .tuple([a.machine.ndarray(parts.quotient), a.machine.ndarray(parts.rest)])
  }

  private static func division(_ u: Tensor, _ v: Tensor) throws -> (quotient: Tensor, rest: Tensor) {
    var rest = try u.doubles()
    let divisor = try v.doubles()
    guard let lead = divisor.first, lead != 0 else {
      throw Raise(.valueError, "the divisor begins with 0; leave zeros in front away")
    }
    let n = rest.count - divisor.count
    var quotient = [Double](repeating: 0, count: max(n + 1, 1))
    if n >= 0 {
      let scale = 1 / lead
      for k in 0...n {
        let d = scale * rest[k]
        quotient[k] = d
        for (i, c) in divisor.enumerated() { rest[k + i] -= d * c }
      }
    }
    while rest.count > 1, abs(rest[0]) <= 1e-14 { rest.removeFirst() }
    return (try Tensor(quotient, dtype: .float64), try Tensor(rest, dtype: .float64))
  }

  // MARK: - Text

  private func text(_ machine: Machine) throws -> String {
    var parts = ""
    for (k, scalar) in try coefficients.scalars().enumerated() {
      let power = degree - k
      var number = try machine.formatted(.float(scalar.double), ".4g")
      if number.hasSuffix(".0000") { number = String(number.dropLast(5)) }
      var term = ""
      if power == 0 {
        term = number != "0" || k == 0 ? number : ""
      } else if number != "0" {
        term = number + " " + variable + (power == 1 ? "" : "**\(power)")
      }
      if k == 0 {
        parts = term
      } else if !term.isEmpty {
        parts += term.hasPrefix("-") ? " - " + term.dropFirst() : " + " + term
      }
    }
    return raised(parts)
  }

  /// Powers on a line of their own above the rest.
  private func raised(_ text: String) -> String {
    var (above, below, result) = ("", "", " ")
    var rest = Substring(text)
    while let stars = rest.range(of: "**") {
      let part = rest[..<stars.lowerBound]
      let power = rest[stars.upperBound...].prefix { $0.isNumber }
      rest = rest[stars.upperBound...].dropFirst(power.count)
      let lower = part + String(repeating: " ", count: max(0, power.count - 1))
      let upper = String(repeating: " ", count: max(0, part.count - 1)) + power
      if below.count + lower.count > 70 || above.count + upper.count > 70 {
        result += above + "\n" + below + "\n "
        (above, below) = (upper, String(lower))
      } else {
        above += upper
        below += lower
      }
    }
    return result + above + "\n" + below + rest
  }
}
