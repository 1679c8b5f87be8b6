import Language
import TensorCore

/// Methods that write their result over the receiver: made from the rows of the same name without the
/// underscore, for all functions whose result has the receiver's shape.
enum TorchInPlace {
  /// - Parameters:
  ///   - rows: functions whose first parameter is the tensor.
  ///   - known: names of methods that are there already.
  static func methods(of rows: [Native], without known: Set<String>) -> [Native] {
    var result: [Native] = []
    var seen = known
    func add(_ row: Native, _ name: String) {
      guard seen.insert(name + "_").inserted else { return }
      result.append(method(row, name + "_"))
    }
    for row in rows where names.contains(row.name) { add(row, row.name) }
    for (name, target) in aliases {
      guard let row = rows.first(where: { $0.name == target }) else { continue }
      add(row, name)
    }
    return result
  }

  private static let names: Set<String> = [
    "acosh", "asinh", "atanh", "acos", "asin", "atan", "frac", "sgn", "logit", "deg2rad", "rad2deg",
    "nan_to_num", "round", "cumsum", "cumprod", "clamp_min", "clamp_max", "addmm", "addmv", "addr",
    "addbmm", "baddbmm", "addcmul", "addcdiv", "lerp", "hypot", "copysign", "nextafter", "xlogy", "gcd",
    "lcm", "heaviside", "float_power", "ldexp", "fmod", "atan2", "bitwise_and", "bitwise_or",
    "bitwise_xor", "bitwise_not", "bitwise_left_shift", "bitwise_right_shift", "logical_and",
    "logical_or", "logical_xor", "logical_not", "eq", "ne", "lt", "le", "gt", "ge", "renorm",
    "mvlgamma", "i0", "sinc", "erfinv", "lgamma", "digamma", "index_put", "masked_scatter",
  ]

  /// Other names of the same methods.
  private static let aliases: [(String, of: String)] = [
    ("absolute", of: "abs"), ("negative", of: "neg"), ("arcsin", of: "asin"), ("arccos", of: "acos"),
    ("arctan", of: "atan"), ("arcsinh", of: "asinh"), ("arccosh", of: "acosh"),
    ("arctanh", of: "atanh"), ("fix", of: "trunc"), ("arctan2", of: "atan2"), ("clip", of: "clamp"),
    ("greater", of: "gt"), ("greater_equal", of: "ge"), ("less", of: "lt"), ("less_equal", of: "le"),
    ("not_equal", of: "ne"), ("subtract", of: "sub"), ("multiply", of: "mul"), ("divide", of: "div"),
    ("true_divide", of: "div"),
  ]

  /// The row applied to the present value, which stays what it is for the gradient, and written back.
  private static func method(_ row: Native, _ name: String) -> Native {
    let own = row.asMethod()
    let signature = name + own.signature.dropFirst(row.name.count)
    let doc = row.doc.hasSuffix(".") ? String(row.doc.dropLast()) : row.doc
    return Native(signature, doc + ", in place.", example: nil) { a in
      let object = try a.tensorObject(0)
      let parameters = a.function.parameters
      var keywords: [(name: String, value: Value)] = []
      for place in 1..<max(1, min(a.count, parameters.count)) where a.isGiven(place) {
        keywords.append((parameters[place].name, a[place]))
      }
      let function = Value.object(NativeFunction(row))
      try object.tensor.overwrite(name) { copy in
        let result = try a.machine.call(function, [object.types.torch(copy)], keywords: keywords)
        guard let tensor = result.asTensorObject?.tensor else {
          throw TensorError.argument(operation: name, message: "gave no tensor")
        }
        return tensor
      }
      return a[0]
    }
  }
}
