/// What some natives make of the values of a generator, one by one.
enum Fold: UInt8 {
  case none
  case sum, minimum, maximum, any, all
  /// The values become the result.
  case list
  /// The values become a list, which takes the place of the generator; then the call is made again.
  case items
}

extension Shortcut {
  /// What the native does when its only source is a generator.
  var fold: Fold {
    switch self {
    case .sum: .sum
    case .minimum: .minimum
    case .maximum: .maximum
    case .any: .any
    case .all: .all
    case .list: .list
    case .items: .items
    default: .none
    }
  }
}

// `sum(x * x for x in xs)` and its like, without leaving the loop.
//
// The generator's frame stands above the caller's as in a `for`, with one difference: what it yields
// is taken on the spot (`accumulate`) and the generator goes on without having slept. It sleeps only
// when a value needs more than that, an object with an `__add__` say: then the native itself works
// on with the rest (`finishFold`). What has been made so far stands in the register of the callee.
extension Machine {
  /// Begins such a call at `window` when the arguments are of that kind; gives true when the frame
  /// of the generator was pushed.
  @inline(never)
  func beginFold(
    _ fold: Fold, _ window: Registers, _ base: Registers, _ given: Int
  ) throws(Raise) -> Bool {
    var source = base
    if fold == .items, given == 2, base.holds(.string) {
      source = base + 1
    } else if base != window + 2 {
      return false
    } else if given != 1 {
      let start = (base + 1).tag
      guard fold == .sum, given == 2, start == RawTag.int || start == RawTag.float else {
        return false
      }
    }
    guard source.holds(.generator) else { return false }
    let generator = Unmanaged<GeneratorObject>.fromOpaque(source.rawObject)
    let state = generator._withUnsafeGuaranteedRef { $0.state }
    guard state == .created || state == .suspended else { return false }
    steps &-= 1
    if steps < 0 { try endSlice() }
    if interrupt.isRaised { try attend() }
    try pushGenerator(
      generator, result: fold == .items ? source : window, mode: .generatorFold)
    (frames + (frameCount - 1)).pointee.fold = fold
    switch fold {
    case .none, .any, .all: break
    case .sum:
      if given == 2 { window.assign(base + 1) } else { window.put(.int(0)) }
    case .minimum, .maximum: window.drop()
    case .list: window.put(.object(ListObject()))
    case .items: source.put(.object(ListObject()))
    }
    return true
  }

  /// Takes what the generator of a fold yields. Gives false when it takes more than that.
  @inline(__always)
  func accumulate(
    _ frame: UnsafeMutablePointer<Frame>, _ value: Registers
  ) throws(Raise) -> Bool {
    let total = frame.pointee.result
    switch frame.pointee.fold {
    case .sum:
      switch (total.tag, value.tag) {
      case (RawTag.int, RawTag.int):
        let (sum, overflow) = total.rawInt.addingReportingOverflow(value.rawInt)
        if overflow { return false }
        total.setInt(sum)
      case (RawTag.float, RawTag.float): total.setFloat(total.rawDouble + value.rawDouble)
      case (RawTag.float, RawTag.int): total.setFloat(total.rawDouble + Double(value.rawInt))
      case (RawTag.int, RawTag.float): total.setFloat(Double(total.rawInt) + value.rawDouble)
      case (RawTag.int, RawTag.bool):
        let (sum, overflow) = total.rawInt.addingReportingOverflow(value.rawBool ? 1 : 0)
        if overflow { return false }
        total.setInt(sum)
      default: return false
      }
      return true
    case .minimum, .maximum:
      let isGreatest = frame.pointee.fold == .maximum
      if total.isUndefined {
        total.assign(value)
      } else if total.tag == RawTag.int, value.tag == RawTag.int {
        if isGreatest ? value.rawInt > total.rawInt : value.rawInt < total.rawInt {
          total.setInt(value.rawInt)
        }
      } else if total.tag == RawTag.float, value.tag == RawTag.float {
        if isGreatest ? value.rawDouble > total.rawDouble : value.rawDouble < total.rawDouble {
          total.setFloat(value.rawDouble)
        }
      } else {
        return false
      }
      return true
    case .any: return value.tag == RawTag.bool && !value.rawBool
    case .all: return value.tag == RawTag.bool && value.rawBool
    case .list, .items:
      // Every value is taken here, so that these never end in `finishFold`.
      let count = total.borrow(ListObject.self) { list in
        list.append(copying: value)
        return list.count
      }
      try grows(count, of: 16, "the list")
      return true
    case .none: return false
    }
  }

  /// The generator of a fold sleeps, its frame is gone, and its last value is still to be taken: the
  /// native goes on with it and with the rest.
  @inline(never)
  func finishFold(_ fold: Fold, _ window: Registers, _ value: Value) throws(Raise) {
    giveFolded(window, try foldRest(fold, window, value))
  }

  /// Apart, so that nothing holds the generator when its register lets it go.
  @inline(never)
  private func foldRest(
    _ fold: Fold, _ window: Registers, _ value: Value
  ) throws(Raise) -> Value {
    let rest = window[2]
    switch fold {
    case .sum: return try Builtins.sum(window.pointee, value, rest, self)
    case .minimum, .maximum:
      return try Builtins.extreme(
        fold == .minimum ? .least : .greatest, window.isUndefined ? value : window.pointee, value,
        rest, self)
    case .any:
      let isDecided = try truth(value)
      return .bool(isDecided ? true : try Builtins.isAnyTrue(rest, self))
    case .all:
      let goesOn = try truth(value)
      return .bool(goesOn ? try Builtins.areAllTrue(rest, self) : false)
    case .none, .list, .items:
      throw Raise(.systemError, "the values of a generator were lost")
    }
  }

  /// The generator of a fold has returned, and its frame is gone.
  @inline(never)
  func endFold(_ fold: Fold, _ window: Registers) throws(Raise) {
    let result: Value
    switch fold {
    case .minimum, .maximum:
      if window.isUndefined {
        throw Raise(
          .valueError, "\(fold == .minimum ? "min" : "max")() arg is an empty sequence")
      }
      result = window.pointee
    case .any: result = .bool(false)
    case .all: result = .bool(true)
    case .none, .sum, .list: result = window.pointee
    case .items:
      // The call again, of the list this time.
      (frames + (frameCount - 1)).pointee.pc -= 1
      return
    }
    giveFolded(window, result)
  }

  /// Empties the window of the call and puts the result where the instruction wants it.
  private func giveFolded(_ window: Registers, _ result: Value) {
    let caller = frames + (frameCount - 1)
    window.drop()
    // One that sleeps where it would clean up does so now.
    releaseGenerator(window + 2)
    (window + 2).drop()
    (caller.pointee.base + Int((caller.pointee.pc - 1).pointee.c)).put(result)
  }
}
