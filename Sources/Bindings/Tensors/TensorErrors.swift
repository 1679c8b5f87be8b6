import Foundation
import Compute
import Language
import TensorCore

/// Errors of the library as exceptions, in the words that the originals use.
///
/// Programs print these messages and lessons quote them. The library's own sentence, which draws the
/// shapes and names the fix, follows as the hint.
enum TensorErrors {
  /// For `Machine.errorTranslators`: everything that no door has put into words of its own, as
  /// PyTorch would.
  static func translate(_ error: any Error) -> Raise? {
    switch error {
    case let error as TensorError: torch(error)
    case let error as MemoryError: Raise(.memoryError, error.description)
    case is Interrupted:
      {
        Interrupt.clear()
        return Raise(.keyboardInterrupt, arguments: [])
      }()
    default: nil
    }
  }

  // MARK: - PyTorch

  static func torch(_ error: TensorError) -> Raise {
    switch error {
    case .shapesClash(_, let a, let b, let axis):
      let rank = max(a.count, b.count)
      return Raise(
        .runtimeError,
        "The size of tensor a (\(size(a, axis))) must match the size of tensor b "
          + "(\(size(b, axis))) at non-singleton dimension \(rank + axis)",
        hint: error.description)
    case .innerSizes(let operation, let a, let b):
      return Raise(.runtimeError, torchProduct(operation, a, b), hint: error.description)
    case .axis(_, let axis, let rank):
      return Raise(
        .indexError,
        "Dimension out of range (expected to be in range of "
          + "[\(-max(rank, 1)), \(max(rank, 1) - 1)], but got \(axis))")
    case .index(let operation, let index, let size, let axis):
      if operation == "index_select" {
        return Raise(.indexError, "index out of range in self", hint: error.description)
      }
      if operation == "embedding" {
        return Raise(
          .indexError, "index out of range in self",
          hint: "the index \(index) stands in an input of an embedding with \(size) rows, 0 to \(size - 1)")
      }
      let text = "index \(index) is out of bounds for dimension \(axis) with size \(size)"
      // PyTorch's kernels of these check their index themselves.
      let isKernel = ["gather", "scatter", "scatter_add", "scatter_reduce"].contains(operation)
      return Raise(isKernel ? .runtimeError : .indexError, text, hint: isKernel ? error.description : nil)
    case .size(let operation, let shape):
      if shape.contains(where: { $0 < 0 }) {
        if operation == "randperm", let size = shape.first {
          return Raise(
            .runtimeError, "Trying to create tensor with negative dimension \(size): [\(size)]",
            hint: error.description)
        }
        return Raise(
          .runtimeError, "\(operation): Dimension size must be non-negative.",
          hint: error.description)
      }
      return Raise(
        .runtimeError, "Storage size calculation overflowed with sizes=\(shape)",
        hint: error.description)
    case .argument(let operation, let message): return torchArgument(operation, message, error)
    case .dtype(let operation, let found, _): return torchDType(operation, found, error)
    case .gradient(let message): return gradient(message)
    case .wrongShape(let operation, let found, let needed) where needed.contains("(a square matrix)"):
      guard found.count >= 2 else { return Raise(.runtimeError, error.description) }
      return Raise(
        .runtimeError,
        "linalg.\(operation): A must be batches of square matrices, but they are "
          + "\(found[found.count - 2]) by \(found[found.count - 1]) matrices", hint: error.description)
    case .wrongShape(let operation, let found, let needed)
    where operation.hasSuffix("_") && needed.hasPrefix("one that broadcasts to "):
      let place = needed.dropFirst("one that broadcasts to ".count)
      let target = place.split { !$0.isNumber }.compactMap { Int($0) }
      guard let both = try? Shape.broadcast(target, found, operation) else {
        return Raise(.runtimeError, error.description)
      }
      return Raise(
        .runtimeError, "output with shape \(place) doesn't match the broadcast shape \(both)",
        hint: error.description)
    case .wrongShape: return Raise(.runtimeError, error.description)
    }
  }

  private static func size(_ shape: [Int], _ axis: Int) -> Int {
    let place = shape.count + axis
    return shape.indices.contains(place) ? shape[place] : 1
  }

  private static func torchProduct(_ operation: String, _ a: [Int], _ b: [Int]) -> String {
    func times(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
    switch (a.count, b.count) {
    case (1, 1):
      return "inconsistent tensor size, expected tensor \(a) and src \(b) to have the same number "
        + "of elements, but got \(a[0]) and \(b[0]) elements respectively"
    case (2, 1): return "size mismatch, got input (\(a[0])), mat (\(times(a))), vec (\(b[0]))"
    case (_, 2) where operation == "linear" || operation == "linear with bias":
      let rows = a.dropLast().reduce(1, &*)
      return (operation == "linear" ? "mm" : "addmm") + ": mat1 and mat2 shapes cannot be multiplied "
        + "(\(times([rows, a.last ?? 1])) and \(times(b)))"
    case (1, 2), (2, 2):
      return "mm: mat1 and mat2 shapes cannot be multiplied "
        + "(\(times(a.count == 1 ? [1] + a : a)) and \(times(b)))"
    case (3, 3):
      return "Expected size for first two dimensions of batch2 tensor to be: "
        + "[\(b[0]), \(a[2])] but got: [\(b[0]), \(b[1])]."
    default:
      return "\(operation): shapes \(a) and \(b) cannot be multiplied"
    }
  }

  private static func torchArgument(
    _ operation: String, _ message: String, _ error: TensorError
  ) -> Raise {
    switch operation {
    case "cross_entropy" where message.hasPrefix("Target "):
      let number = message.dropFirst("Target ".count).prefix { $0 != " " }
      return Raise(.indexError, "Target \(number) is out of bounds.", hint: error.description)
    case "dropout": return Raise(.valueError, message)
    case "batch_norm" where message.hasPrefix("Expected more than 1 value"):
      return Raise(.valueError, message, hint: "a batch of one has no spread: model.eval(), or drop_last=True")
    case "item":
      let count = message.split(separator: " ").compactMap { Int($0) }.first ?? 0
      return Raise(
        .runtimeError, "a Tensor with \(count) elements cannot be converted to Scalar",
        hint: error.description)
    case "index":
      if message.hasPrefix("too many indices") {
        let rank = message.split(whereSeparator: { !$0.isNumber }).first ?? "0"
        return Raise(.indexError, "too many indices for tensor of dimension \(rank)")
      }
      return Raise(.indexError, message)
    case "max", "min", "argmax", "argmin":
      if message.hasPrefix("an empty axis") {
        if operation.hasPrefix("arg") {
          return Raise(
            .indexError,
            "\(operation)(): Expected reduction dim to be specified for input.numel() == 0.")
        }
        return Raise(
          .runtimeError,
          "\(operation)(): Expected reduction dim to be specified for input.numel() == 0. Specify "
            + "the reduction dim with the 'dim' argument.")
      }
      return Raise(.runtimeError, message)
    default: return Raise(.runtimeError, torchSentence(operation, message), hint: error.description)
    }
  }

  /// PyTorch's sentence for what the library says in its own words; the same for all others.
  private static func torchSentence(_ operation: String, _ message: String) -> String {
    let numbers = message.split { !$0.isNumber && $0 != "-" && $0 != "." }.compactMap { Double($0) }
    func whole(_ place: Int) -> Int { numbers.indices.contains(place) ? Int(exactly: numbers[place]) ?? 0 : 0 }
    switch operation {
    case "permute" where message.hasSuffix("named twice"):
      return "permute(): duplicate dims are not allowed."
    case "permute" where message.contains("axes are named"):
      return "permute(sparse_coo): number of dimensions in the tensor input does not match the length of "
        + "the desired ordering of dimensions i.e. input.dim() = \(whole(1)) is not equal to len(dims) = "
        + "\(whole(0))"
    case "arange" where message == "step must not be 0": return "step must be nonzero"
    case "split" where message.contains("must add up to"):
      let sizes = message.drop { $0 != "[" }.prefix { $0 != "]" }
      return "split_with_sizes expects split_sizes to sum exactly to \(whole(numbers.count - 2)) (input "
        + "tensor's size at dimension \(whole(numbers.count - 1))), but got split_sizes=\(sizes)]"
    case "topk" where message.hasPrefix("selected index k out of range"):
      return "selected index k out of range"
    case "bincount": return "bincount only supports 1-d non-negative integral inputs."
    case "one_hot" where message.contains("needs at least"):
      return "Class values must be smaller than num_classes."
    case "repeat" where message.hasPrefix("needs a number for each"):
      return "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
    case "flatten" where message.contains("comes after end axis"):
      return "flatten() has invalid args: start_dim cannot come after end_dim"
    case "quantile" where message.hasPrefix("q must be"):
      return "quantile() " + (message.hasSuffix(".0") ? message.dropLast(2) : message[...])
    case "clamp" where message.hasPrefix("At least one"): return "torch.clamp: " + message
    case "narrow" where message.contains("do not fit axis"):
      return "start (\(whole(0))) + length (\(whole(1))) exceeds dimension size (\(whole(3)))."
    case "einsum":
      let parts = message.split(separator: "'")
      if message.contains("in another place"), parts.count > 1 {
        return "einsum(): subscript \(parts[1]) has size \(whole(1)) for operand \(whole(0)) which does not "
          + "broadcast with previously seen size \(whole(2))"
      }
      let plain = message.components(separatedBy: "; its shape").first ?? message
      return "einsum(): " + plain
    default: break
    }
    if message.hasPrefix("expects std >= 0.0"), let last = numbers.last {
      let number = last == last.rounded() && abs(last) < 1e6 ? "\(Int(last))" : "\(last)"
      return "normal expects std >= 0.0, but found std \(number)"
    }
    if message.hasPrefix("Expected p_in >= 0") {
      return message + "  (Could this error message be improved?  If so, please report an enhancement "
        + "request to PyTorch.)"
    }
    return message
  }

  private static func torchDType(
    _ operation: String, _ found: DType, _ error: TensorError
  ) -> Raise {
    switch (operation, found) {
    case ("linear", _):
      return Raise(
        .runtimeError, "mat1 and mat2 must have the same dtype, but got \(className(found)) and Float",
        hint: error.description)
    case ("matmul", _) where error.description.contains("as the other side"):
      // The C++ names of both dtypes, the left one first.
      func plain(_ dtype: DType) -> String {
        switch dtype {
        case .int64: "long int"
        case .int32: "int"
        case .float32: "float"
        case .float64: "double"
        case .uint8: "unsigned char"
        default: TensorErrors.className(dtype)
        }
      }
      let left = DType.allCases.first { error.description.contains("needed is \($0.name),") } ?? .float32
      return Raise(
        .runtimeError,
        "expected m1 and m2 to have the same dtype, but got: \(plain(left)) != \(plain(found))",
        hint: error.description)
    case ("sub", .bool):
      return Raise(
        .notImplementedError,
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
          + "`logical_xor()` operator instead.")
    case ("mean", _), ("std", _), ("var", _):
      return Raise(
        .notImplementedError,
        "\(operation)(): could not infer output dtype. Input dtype must be either a floating point "
          + "or complex dtype. Got: \(className(found))", hint: "x.float().\(operation)()")
    case ("bitwise_and", _), ("bitwise_or", _), ("bitwise_xor", _):
      return Raise(
        .notImplementedError, "\"\(operation)_cpu\" not implemented for '\(className(found))'")
    case ("index", _):
      return Raise(
        .indexError, "tensors used as indices must be long, int, byte or bool tensors")
    default:
      if operation.hasSuffix("_") {
        let wanted = error.description.contains("needed is int") ? "Long" : "the tensor's"
        return Raise(
          .runtimeError,
          "result type \(className(found)) can't be cast to the desired output type \(wanted)",
          hint: error.description)
      }
      return Raise(.runtimeError, error.description)
    }
  }

  /// PyTorch's class of tensors of a dtype: `Float`, `Long`.
  static func className(_ dtype: DType) -> String {
    switch dtype {
    case .float32: "Float"
    case .float64: "Double"
    case .int64: "Long"
    case .int32: "Int"
    case .uint8: "Byte"
    case .bool: "Bool"
    case .float16: "Half"
    case .bfloat16: "BFloat16"
    case .complex64: "ComplexFloat"
    case .complex128: "ComplexDouble"
    case .int8: "Char"
    case .int16: "Short"
    case .uint16: "UInt16"
    case .uint32: "UInt32"
    }
  }

  /// The tape's sentences begin as PyTorch's; what follows the first of these openings is advice.
  private static func gradient(_ message: String) -> Raise {
    let openings = [
      ("a leaf Variable that requires grad is being used in an in-place operation", "."),
      ("a view of a leaf Variable that requires grad is being used in an in-place operation", "."),
      ("grad can be implicitly created only for scalar outputs", ""),
      ("One of the differentiated Tensors does not require grad", ""),
    ]
    for (opening, end) in openings where message.hasPrefix(opening) {
      return Raise(.runtimeError, opening + end, hint: message)
    }
    if message.hasPrefix("only float tensors can require gradients") {
      return Raise(
        .runtimeError, "only Tensors of floating point dtype can require gradients", hint: message)
    }
    return Raise(.runtimeError, message)
  }

  /// An array knows nothing of gradients.
  static var needsDetach: Raise {
    Raise(
      .runtimeError,
      "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
  }

  // MARK: - NumPy

  /// The same errors in NumPy's words: rows of the `numpy` door translate before the machine does.
  static func numpy(_ error: any Error) -> any Error {
    guard let error = error as? TensorError else { return error }
    switch error {
    case .shapesClash(_, let a, let b, _):
      return Raise(
        .valueError,
        "operands could not be broadcast together with shapes \(numpyShape(a)) \(numpyShape(b)) ",
        hint: error.description)
    case .innerSizes(let operation, let a, let b):
      return Raise(.valueError, numpyProduct(operation, a, b), hint: error.description)
    case .axis(_, let axis, let rank):
      return Raise(.valueError, "axis \(axis) is out of bounds for array of dimension \(rank)")
    case .index(_, let index, let size, let axis):
      return Raise(
        .indexError, "index \(index) is out of bounds for axis \(axis) with size \(size)")
    case .size(_, let shape):
      if shape.contains(where: { $0 < 0 }) {
        return Raise(.valueError, "negative dimensions are not allowed")
      }
      return Raise(
        .valueError, "Maximum allowed dimension exceeded", hint: error.description)
    case .argument(let operation, let message): return numpyArgument(operation, message, error)
    case .dtype(let operation, let found, _):
      if operation == "index" {
        return Raise(.indexError, "arrays used as indices must be of integer (or boolean) type")
      }
      if operation == "sub", found == .bool {
        return Raise(
          .typeError,
          "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the "
            + "`^` operator, or the logical_xor function instead.")
      }
      return Raise(.typeError, error.description)
    case .wrongShape(let operation, _, _):
      return Raise(
        operation == "index" ? .indexError : .valueError, error.description)
    case .gradient(let message): return Raise(.runtimeError, message)
    }
  }

  /// `(2,3)` and `(4,)`, as NumPy writes shapes in errors.
  static func numpyShape(_ shape: [Int]) -> String {
    shape.count == 1
      ? "(\(shape[0]),)" : "(" + shape.map(String.init).joined(separator: ",") + ")"
  }

  private static func numpyProduct(_ operation: String, _ a: [Int], _ b: [Int]) -> String {
    let core = b.count == 1 ? 0 : b.count - 2
    guard let inner = a.last, b.indices.contains(core) else { return "\(operation): \(a) x \(b)" }
    return "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
      + "(n?,k),(k,m?)->(n?,m?) (size \(b[core]) is different from \(inner))"
  }

  private static func numpyArgument(
    _ operation: String, _ message: String, _ error: TensorError
  ) -> Raise {
    switch operation {
    case "item":
      return Raise(.valueError, "can only convert an array of size 1 to a Python scalar")
    case "index":
      if message.hasPrefix("too many indices") {
        let numbers = message.split(whereSeparator: { !$0.isNumber })
        if numbers.count == 2 {
          return Raise(
            .indexError,
            "too many indices for array: array is \(numbers[0])-dimensional, but \(numbers[1]) "
              + "were indexed")
        }
      }
      if message.hasPrefix("The shape of the mask") {
        // "... mask [3] at index 0 ... tensor [2, 3] at index 0": the sizes on that axis.
        let parts = message.components(separatedBy: "[").dropFirst().map {
          $0.prefix { $0 != "]" }.split(separator: ",").compactMap { Int($0.trimmingPrefix { $0 == " " }) }
        }
        let places = message.components(separatedBy: "at index ").dropFirst().compactMap {
          Int($0.prefix { $0.isNumber })
        }
        if parts.count == 2, places.count == 2, parts[0].indices.contains(places[0]),
          parts[1].indices.contains(places[1])
        {
          return Raise(
            .indexError,
            "boolean index did not match indexed array along axis \(places[1]); size of axis is "
              + "\(parts[1][places[1]]) but size of corresponding boolean axis is \(parts[0][places[0]])")
        }
      }
      return Raise(.indexError, message)
    case "bincount" where message.hasPrefix("only non-negative"):
      return Raise(.valueError, "'list' argument must have no negative elements")
    case "permute":
      return Raise(
        .valueError,
        message.contains("named twice") ? "repeated axis in transpose" : "axes don't match array")
    case "max", "min", "argmax", "argmin":
      guard message.hasPrefix("an empty axis") else { return Raise(.valueError, message) }
      if operation.hasPrefix("arg") {
        return Raise(.valueError, "attempt to get \(operation) of an empty sequence")
      }
      return Raise(
        .valueError,
        "zero-size array to reduction operation \(operation)imum which has no identity")
    default: return Raise(.valueError, message)
    }
  }
}
