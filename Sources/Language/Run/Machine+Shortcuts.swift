// The natives that programs call most, answered on the registers of the call.
//
// Each case takes the arguments it is sure of and declines all others: then the native itself is
// called, which knows every case and every error. See `Shortcut`.

extension Machine {
  /// Answers a call at `window` (function, receiver or undefined, arguments). `base` is the first of
  /// `given` arguments, the receiver included. Gives false, with nothing changed, when the native
  /// has to be called.
  func answer(
    _ shortcut: Shortcut, _ window: Registers, _ base: Registers, _ given: Int, _ result: Registers
  ) -> Bool {
    switch shortcut {
    case .none, .sum, .any, .all, .list, .items: return false
    case .length:
      guard given == 1, let count = quickLength(base) else { return false }
      finish(window, base, given, result, .int(count))
    case .isInstance:
      guard given == 2, let answer = quickIsInstance(base) else { return false }
      finish(window, base, given, result, .bool(answer))
    case .character:
      guard given == 1, base.tag == RawTag.int, base.rawInt >= 0, base.rawInt < 128 else {
        return false
      }
      finish(window, base, given, result, copying: asciiStrings + base.rawInt)
    case .codePoint:
      guard given == 1, base.holds(.string) else { return false }
      let byte = base.borrow(StringObject.self) { $0.onlyByte }
      if byte < 0 { return false }
      finish(window, base, given, result, .int(byte))
    case .absolute:
      guard given == 1 else { return false }
      if base.tag == RawTag.int, base.rawInt != Int.min {
        finish(window, base, given, result, .int(abs(base.rawInt)))
      } else if base.tag == RawTag.float {
        finish(window, base, given, result, .float(abs(base.rawDouble)))
      } else {
        return false
      }
    case .minimum, .maximum:
      guard given == 2, base.tag == base[1, RawTag.self] else { return false }
      let takesSecond: Bool
      if base.tag == RawTag.int {
        takesSecond =
          shortcut == .minimum
          ? (base + 1).rawInt < base.rawInt : (base + 1).rawInt > base.rawInt
      } else if base.tag == RawTag.float {
        takesSecond =
          shortcut == .minimum
          ? (base + 1).rawDouble < base.rawDouble : (base + 1).rawDouble > base.rawDouble
      } else {
        return false
      }
      finish(window, base, given, result, copying: takesSecond ? base + 1 : base)
    case .listAppend:
      guard given == 2, base.holds(.list) else { return false }
      base.borrow(ListObject.self) { $0.append(copying: base + 1) }
      finish(window, base, given, result, .none)
    case .listPop:
      guard given == 1, base.holds(.list) else { return false }
      let item = base.borrow(ListObject.self) { $0.popLast() }
      if item.isUndefined { return false }
      finish(window, base, given, result, item)
    case .dictGet:
      guard given == 2 || given == 3, base.holds(.dict) else { return false }
      let dict = base.borrow(DictObject.self) { dict in (dict.quickFind(base + 1), dict.entries) }
      if dict.0 == DictObject.notQuick { return false }
      if dict.0 >= 0 {
        finish(window, base, given, result, copying: DictObject.valuePlace(dict.1 + dict.0))
      } else if given == 3 {
        finish(window, base, given, result, copying: base + 2)
      } else {
        finish(window, base, given, result, .none)
      }
    case .dictItems, .dictKeys, .dictValues:
      guard given == 1, base.holds(.dict) else { return false }
      let part: DictView.Part =
        shortcut == .dictItems ? .items : shortcut == .dictKeys ? .keys : .values
      let view = base.borrow(DictObject.self) { DictView($0, part) }
      finish(window, base, given, result, .object(view))
    case .dictSetDefault:
      guard given == 3, base.holds(.dict) else { return false }
      let place = base.borrow(DictObject.self) { $0.place(of: base + 1) }
      guard let place else { return false }
      finish(window, base, given, result, copying: place)
    case .superObject:
      guard given == 2, base.holds(.type), (base + 1).holds(.instance),
        (base + 1).borrow(Instance.self, { $0.descends(from: base.rawObject) }) == true
      else { return false }
      let proxy = base.borrow(TypeObject.self) {
        SuperProxy(after: $0, receiver: (base + 1).pointee)
      }
      finish(window, base, given, result, .object(proxy))
    case .setAdd:
      guard given == 2, base.holds(.set) else { return false }
      guard base.borrow(SetObject.self, { $0.quickAdd(base + 1) }) else { return false }
      finish(window, base, given, result, .none)
    case .startsWith, .endsWith:
      guard given == 2, base.holds(.string), (base + 1).holds(.string) else { return false }
      let answer = base.borrow(StringObject.self) { text in
        (base + 1).borrow(StringObject.self) { piece in
          shortcut == .startsWith ? text.hasPrefix(piece) : text.hasSuffix(piece)
        }
      }
      finish(window, base, given, result, .bool(answer))
    case .isAlphabetic, .isDigit, .isSpace:
      guard given == 1, base.holds(.string) else { return false }
      let answer = base.borrow(StringObject.self) { $0.asciiTest(shortcut) }
      guard let answer else { return false }
      finish(window, base, given, result, .bool(answer))
    case .lower, .upper:
      guard given == 1, base.holds(.string) else { return false }
      let byte = base.borrow(StringObject.self) { $0.onlyByte }
      if byte < 0 { return false }
      let isLower = byte >= 0x61 && byte <= 0x7A
      let isUpper = byte >= 0x41 && byte <= 0x5A
      let changed =
        shortcut == .lower ? (isUpper ? byte + 32 : byte) : (isLower ? byte - 32 : byte)
      finish(window, base, given, result, copying: asciiStrings + changed)
    case .text:
      guard given == 1 else { return false }
      if base.tag == RawTag.int {
        finish(window, base, given, result, .object(IntText.object(base.rawInt)))
      } else if base.holds(.string) {
        finish(window, base, given, result, copying: base)
      } else if base.holds(.exception), let text = quickText(base) {
        finish(window, base, given, result, .object(text))
      } else {
        return false
      }
    case .integer:
      guard given == 1 else { return false }
      if base.tag == RawTag.int {
        finish(window, base, given, result, copying: base)
      } else if base.tag == RawTag.float, let whole = Int(exactly: base.rawDouble.rounded(.towardZero)) {
        finish(window, base, given, result, .int(whole))
      } else if base.tag == RawTag.bool {
        finish(window, base, given, result, .int(base.rawBool ? 1 : 0))
      } else {
        return false
      }
    case .float:
      guard given == 1 else { return false }
      if base.tag == RawTag.float {
        finish(window, base, given, result, copying: base)
      } else if base.tag == RawTag.int {
        finish(window, base, given, result, .float(Double(base.rawInt)))
      } else {
        return false
      }
    case .range:
      guard given >= 1, given <= 3 else { return false }
      for index in 0..<given where (base + index).tag != RawTag.int { return false }
      if given == 3, (base + 2).rawInt == 0 { return false }
      let range = RangeObject(
        start: given == 1 ? 0 : base.rawInt, stop: given == 1 ? base.rawInt : (base + 1).rawInt,
        step: given == 3 ? (base + 2).rawInt : 1)
      finish(window, base, given, result, .object(range))
    case .truth:
      guard given == 1, base.tag != RawTag.object, !base.isUndefined else { return false }
      finish(window, base, given, result, .bool((try? truth(base.pointee)) ?? false))
    }
    return true
  }

  /// Empties the window and gives a value that is at hand.
  @inline(__always)
  private func finish(
    _ window: Registers, _ base: Registers, _ given: Int, _ result: Registers,
    _ value: consuming Value
  ) {
    for index in 0..<given { (base + index).drop() }
    window.put(value)
    if window != result { result.take(window) }
  }

  /// Empties the window and gives a copy of a value, which may be one of the arguments.
  @inline(__always)
  private func finish(
    _ window: Registers, _ base: Registers, _ given: Int, _ result: Registers,
    copying source: UnsafeMutablePointer<Value>
  ) {
    window.assign(source)
    for index in 0..<given { (base + index).drop() }
    if window != result { result.take(window) }
  }

  /// `str()` of an exception that was made with one text.
  @inline(never)
  private func quickText(_ place: Registers) -> StringObject? {
    place.borrow(ExceptionObject.self) { exception in
      guard let text = exception.onlyText, exception.type.showsItsText(types) else { return nil }
      return text
    }
  }

  @inline(__always)
  private func quickLength(_ place: Registers) -> Int? {
    guard place.tag == RawTag.object else { return nil }
    switch ObjectKind(rawValue: place.rawKind) {
    case .list: return place.borrow(ListObject.self) { $0.count }
    case .string: return place.borrow(StringObject.self) { $0.count }
    case .tuple: return place.borrow(TupleObject.self) { $0.subclass == nil ? $0.count : nil }
    case .dict: return place.borrow(DictObject.self) { $0.subclass == nil ? $0.count : nil }
    case .set: return place.borrow(SetObject.self) { $0.count }
    default: return nil
    }
  }

  /// `isinstance` of a scalar, string or instance and one plain class.
  @inline(__always)
  private func quickIsInstance(_ base: Registers) -> Bool? {
    guard (base + 1).holds(.type) else { return nil }
    let wanted = (base + 1).rawObject
    let isPlain = (base + 1).borrow(TypeObject.self) { $0.metatype == nil }
    guard isPlain else { return nil }
    if base.tag == RawTag.object, base.rawKind == ObjectKind.instance.rawValue {
      let descends = base.borrow(Instance.self) { $0.descends(from: wanted) }
      // A class of a library may take in others by a test of its own.
      if descends == true { return true }
      return (base + 1).borrow(TypeObject.self) { $0.isWhollyOfProgram } ? descends : nil
    }
    let known: TypeObject
    switch base.tag {
    case RawTag.int: known = types.int
    case RawTag.float: known = types.float
    case RawTag.object where base.rawKind == ObjectKind.string.rawValue: known = types.string
    default: return nil
    }
    return UnsafeRawPointer(Unmanaged.passUnretained(known).toOpaque()) == wanted ? true : nil
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// Whether an object of exactly one kind stands here.
  @inline(__always) func holds(_ kind: ObjectKind) -> Bool {
    tag == RawTag.object && rawKind == kind.rawValue
  }

  /// The tag of a neighbour.
  @inline(__always) subscript(offset: Int, _: RawTag.Type) -> UInt8 { (self + offset).tag }
}
