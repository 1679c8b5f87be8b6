import Language
import TensorCore

/// Subscripts: what stands between the brackets of `x[...]` as the library takes it.
enum TensorKeys {
  /// - Returns: one part for each axis that the key speaks of.
  static func parts(_ key: Value, _ object: TensorObject, _ machine: Machine) throws -> [Index] {
    guard let tuple = key.asTuple else { return try list([key], object, machine) }
    let parts = try list(tuple.items, object, machine)
    return object.flavor == .numpy ? try advanced(parts) : parts
  }

  /// NumPy counts a position beside index arrays as one of them: `a[0, :, [1, 2]]` has the axis of the
  /// list in front, because a slice stands between the two.
  private static func advanced(_ parts: [Index]) throws -> [Index] {
    var tensors = 0
    var isSplit = false
    var hasPositions = false
    var gap = false
    for part in parts {
      switch part {
      case .at, .tensor:
        if case .tensor = part { tensors += 1 } else { hasPositions = true }
        if gap { isSplit = true }
      case .slice, .newAxis, .ellipsis: gap = tensors > 0 || hasPositions
      }
    }
    guard tensors > 0, hasPositions, isSplit else { return parts }
    return try parts.map {
      if case .at(let place) = $0 { return .tensor(try Tensor(.int(place), dtype: .int64)) }
      return $0
    }
  }

  private static func list(
    _ keys: [Value], _ object: TensorObject, _ machine: Machine
  ) throws -> [Index] {
    var parts: [Index] = []
    parts.reserveCapacity(keys.count)
    for key in keys { parts.append(try part(key, object, machine)) }
    return parts
  }

  private static func part(
    _ key: Value, _ object: TensorObject, _ machine: Machine
  ) throws -> Index {
    switch key {
    case .int(let place): return .at(place)
    case .none: return .newAxis
    case .bool(let flag):
      return .tensor(try Tensor(.bool(flag), dtype: .bool))
    case .float, .undefined: throw refusal(key, object, machine)
    case .object: break
    }
    if key.isEllipsis { return .ellipsis }
    if let slice = key.object as? SliceObject { return try range(slice, object, machine) }
    if let other = key.asTensorObject { return try chosen(other.tensor) }
    if let scalar = key.asNumpyScalar, case .int(let place) = scalar.value { return .at(place) }
    if key.asList != nil || key.asTuple != nil || key.object is RangeObject {
      let places = try machine.tensor(key, object.flavor)
      return .tensor(places.count == 0 ? try places.to(.int64) : places)
    }
    if let source = key.asInstance as? any ArraySource { return try chosen(source.tensor()) }
    if let place = try machine.index(key) { return .at(place) }
    throw refusal(key, object, machine)
  }

  private static func chosen(_ tensor: Tensor) throws -> Index {
    if tensor.rank == 0, tensor.dtype.isInteger, let place = try tensor.item().int {
      return .at(place)
    }
    return .tensor(tensor)
  }

  private static func range(
    _ slice: SliceObject, _ object: TensorObject, _ machine: Machine
  ) throws -> Index {
    func bound(_ value: Value) throws -> Int? {
      if value.isNone { return nil }
      if let number = try machine.index(value) { return number }
      throw Raise(
        .typeError, "slice indices must be integers or None or have an __index__ method")
    }
    let step = try bound(slice.step)
    if let step, step < 1, object.flavor == .torch {
      throw Raise(
        .valueError, "step must be greater than zero", hint: "x.flip(0) turns an axis around")
    }
    return .slice(start: try bound(slice.lower), stop: try bound(slice.upper), step: step)
  }

  private static func refusal(_ key: Value, _ object: TensorObject, _ machine: Machine) -> Raise {
    if object.flavor == .torch {
      if key.asString != nil { return Raise(.typeError, "new(): invalid data type 'str'") }
      return Raise(
        .indexError,
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
          + "indices (got \(machine.typeName(key)))")
    }
    return Raise(
      .indexError,
      "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "
        + "boolean arrays are valid indices")
  }

  // MARK: - The methods

  static func get(_ a: Arguments) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      let tensor = object.tensor
      if tensor.rank == 0, !a[1].isNone, !a[1].isEllipsis, a[1].asTuple == nil { throw flat(object) }
      if case .int(let place) = a[1] {
        return based(try object.types.value(tensor.select(0, place), object.flavor), object)
      }
      let result = try tensor.index(parts(a[1], object, a.machine))
      return based(try object.types.value(result, object.flavor), object)
    } catch {
      throw object.flavor == .torch ? error : NumpyErrors.translated(error, a.machine)
    }
  }

  /// An array's part knows whose memory it shows.
  @inline(__always)
  private static func based(_ value: Value, _ object: TensorObject) -> Value {
    if object.flavor == .numpy, let part = value.asTensorObject { part.noteBase(object) }
    return value
  }

  static func set(_ a: Arguments) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      let tensor = object.tensor
      var value = try a.machine.tensor(a[2], object.flavor)
      // The place has the last word on the dtype, as in both originals.
      if value.dtype != tensor.dtype { value = try value.to(tensor.dtype) }
      let key = try parts(a[1], object, a.machine)
      // NumPy takes a value with leading axes of size 1.
      if object.flavor == .numpy, value.rank > 1, value.shape[0] == 1 {
        while value.rank > tensor.rank, value.shape[0] == 1 { value = try value.squeeze(0) }
      }
      do {
        try tensor.assign(key, value: value)
      } catch let error as TensorError {
        var isMask = false
        if key.count == 1, case .tensor(let mask) = key[0] { isMask = mask.dtype == .bool }
        throw misfit(
          error, try? tensor.index(key).shape, value.shape, object.flavor, isMask: isMask)
      }
      return .none
    } catch {
      throw object.flavor == .torch ? error : NumpyErrors.translated(error, a.machine)
    }
  }

  private static func flat(_ object: TensorObject) -> Raise {
    object.flavor == .torch
      ? Raise(
        .indexError,
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in "
          + "C++ to convert a 0-dim tensor to a number")
      : Raise(
        .indexError, "too many indices for array: array is 0-dimensional, but 1 were indexed")
  }

  private static func misfit(
    _ error: TensorError, _ place: [Int]?, _ value: [Int], _ flavor: Flavor, isMask: Bool
  ) -> any Error {
    guard case .wrongShape = error, let place else { return error }
    if flavor == .numpy, isMask, place.count == 1, value.count == 1 {
      return Raise(
        .valueError,
        "NumPy boolean array indexing assignment cannot assign \(value[0]) input values to the "
          + "\(place[0]) output values where the mask is true")
    }
    if flavor == .numpy {
      return Raise(
        .valueError,
        "could not broadcast input array from shape \(TensorErrors.numpyShape(value)) into shape "
          + TensorErrors.numpyShape(place))
    }
    let axis = zip(place.reversed(), value.reversed()).enumerated().first {
      $0.element.0 != $0.element.1 && $0.element.1 != 1
    }?.offset
    guard let axis, value.count <= place.count else {
      return Raise(
        .runtimeError,
        "expand(torch.FloatTensor{\(value)}, size=\(place)): the number of sizes provided "
          + "(\(place.count)) must be greater or equal to the number of dimensions in the tensor "
          + "(\(value.count))")
    }
    let dimension = place.count - 1 - axis
    return Raise(
      .runtimeError,
      "The expanded size of the tensor (\(place[dimension])) must match the existing size "
        + "(\(value[value.count - 1 - axis])) at non-singleton dimension \(dimension).  Target "
        + "sizes: \(place).  Tensor sizes: \(value)")
  }
}

/// The rows of a tensor one after the other.
final class TensorIterator: IteratorObject {
  private let object: TensorObject
  private var place = 0
  override var typeName: String { object.flavor == .torch ? "tensor_iterator" : "array_iterator" }

  init(_ object: TensorObject) { self.object = object }

  override func next(_ machine: Machine) throws(Raise) -> Value {
    guard let count = object.tensor.shape.first, place < count else { return .undefined }
    do {
      let row = try object.tensor.select(0, place)
      place += 1
      return try object.types.value(row, object.flavor)
    } catch {
      throw machine.translate(error)
    }
  }

  override var remaining: Int? { max(0, (object.tensor.shape.first ?? 0) - place) }
}
