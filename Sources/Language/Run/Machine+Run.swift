import Syntax

// The loop.
//
// `run` executes the top frame and everything that it calls until the frame it started with returns.
// Calls between functions of the language push a frame and go on in the same loop: the native stack
// does not grow. The state that the loop needs every time (program counter, registers, constants)
// lives in locals; it is stored in the frame before anything that may look at it.
//
// Fast paths read tags and payloads raw (`Value.swift`) and fall through to methods of the machine
// that know every case. Those raise by throwing; the `catch` at the end finds the handler.

extension Machine {
  /// Makes a frame the top one. `base` holds the arguments, bound to the parameters.
  @inline(__always)
  func pushFrame(
    _ function: FunctionObject, base: Registers, result: Registers, mode: Frame.Mode
  ) throws(Raise) {
    try pushFrame(
      .passUnretained(function), function.header, base: base, result: result, mode: mode)
    if mode == .entry || mode == .getter { entryFunctions.append(function) }
  }

  @inline(__always)
  func pushFrame(
    _ function: Unmanaged<FunctionObject>, _ header: UnsafeMutablePointer<CodeHeader>,
    base: Registers, result: Registers, mode: Frame.Mode
  ) throws(Raise) {
    if frameCount + nativeDepth >= depthLimit { throw tooDeep() }
    let end = base + header.pointee.registerCount
    if end >= stackEnd { throw tooDeep() }
    var register = base + header.pointee.parameterCount
    let localEnd = base + header.pointee.localCount
    // The caller may have left values of its own here, in temporaries that it has done with.
    while register < localEnd {
      register.drop()
      register += 1
    }
    (frames + frameCount).initialize(
      to: Frame(
        function: function, header: header, base: base, pc: header.pointee.instructions,
        result: result,
        handledBase: handled.count, savedTop: top, mode: mode, generator: nil))
    frameCount += 1
    top = end
  }

  /// Releases the registers of a frame that ends.
  @inline(__always)
  private func releaseRegisters(_ base: Registers, _ count: Int) {
    var register = base
    let end = base + count
    while register < end {
      register.discard()
      register += 1
    }
  }

  /// Takes the top frame away; its registers are empty afterwards.
  @inline(__always)
  private func popFrame() {
    frameCount -= 1
    let frame = frames + frameCount
    releaseRegisters(frame.pointee.base, frame.pointee.header.pointee.registerCount)
    if handled.count > frame.pointee.handledBase { handled.truncate(to: frame.pointee.handledBase) }
    top = frame.pointee.savedTop
    if let generator = frame.pointee.generator {
      Counting.release(UnsafeRawPointer(generator.toOpaque()))
    }
    if frame.pointee.mode == .entry || frame.pointee.mode == .getter {
      _ = entryFunctions.popLast()
    }
  }

  /// Runs the top frame until it returns; gives what it returned.
  func run() throws(Raise) -> Value {
    let globalValues = globals.values
    let globalFallbacks = globals.fallbacks
    let rangeIterator = knownClasses.range
    let listIterator = knownClasses.list
    let stringIterator = knownClasses.string
    let instanceKind = ObjectKind.instance.rawValue
    let functionKind = ObjectKind.function.rawValue
    let stringKind = ObjectKind.string.rawValue
    let generatorKind = ObjectKind.generator.rawValue
    let nativeKind = ObjectKind.native.rawValue
    let typeKind = ObjectKind.type.rawValue
    let listKind = ObjectKind.list.rawValue
    let dictKind = ObjectKind.dict.rawValue
    let tupleKind = ObjectKind.tuple.rawValue
    let generatorClass = knownClasses.generator

    reload: while true {
      let frame = frames + (frameCount - 1)
      var pc = frame.pointee.pc
      let regs = frame.pointee.base
      let header = frame.pointee.header
      let instructions = header.pointee.instructions
      let constants = header.pointee.constants
      let sites = header.pointee.sites
      let code = header.pointee.code
      do throws(Raise) {
        if let error = pendingThrow {
          let step = pc.pointee
          if step.op == .yieldFrom {
            // Asleep in `yield from`: whatever it waits for is asked first.
            frame.pointee.pc = pc + 1
            let target = regs + Int(step.a)
            let waited = regs + Int(step.b)
            if !isException(error, .generatorExit), let inner = sleeping(waited) {
              try pushGenerator(inner, result: target, mode: .generatorDelegate)
              continue reload
            }
            pendingThrow = nil
            let (value, ended) = try delegateThrow(error, to: waited.pointee)
            if !ended {
              if let value = try yield(value, at: pc, sent: Int(step.a)) { return value }
              continue reload
            }
            target.put(value)
            pc += 1
          } else {
            pendingThrow = nil
            throw error
          }
        }
        while true {
          let i = pc.pointee
          pc += 1
          let a = regs + Int(i.a)
          switch i.op {

          // MARK: Values
          case .move: a.assign(regs + Int(i.b))
          case .take: a.take(regs + Int(i.b))
          case .loadConstant: a.assign(constants + i.bc)
          case .loadInt: a.setInt(i.bc)
          case .loadNone: a.put(.none)
          case .loadBool: a.setBool(i.k != 0)
          case .unbind:
            if a.tag == RawTag.object, a.rawKind == generatorKind {
              frame.pointee.pc = pc
              releaseGenerator(a)
            } else {
              a.drop()
            }
          case .checkLocal:
            if a.isUndefined {
              throw i.k == 1 ? unboundFree(local: Int(i.a), code) : unboundLocal(Int(i.a), code)
            }

          // MARK: Names
          case .getGlobal:
            let slot = globalValues + i.bc
            if !slot.isUndefined {
              a.assign(slot)
            } else {
              let fallback = globalFallbacks + i.bc
              if fallback.isUndefined { throw undefinedGlobal(i.bc, at: pc) }
              a.assign(fallback)
            }
          case .setGlobal: (globalValues + i.bc).assign(a)
          case .deleteGlobal:
            if (globalValues + i.bc).isUndefined { throw undefinedGlobal(i.bc) }
            (globalValues + i.bc).drop()
          case .addToGlobal:
            let slot = globalValues + i.bc
            if i.k == 1 {
              let before = a - 1
              if before.pointee.isIdentical(to: slot.pointee) {
                // Only the global holds it from here on.
                before.drop()
              } else {
                frame.pointee.pc = pc
                slot.put(try binary(.add, before.pointee, a.pointee, inPlace: true))
                before.drop()
                continue
              }
            }
            if slot.tag == RawTag.int, a.tag == RawTag.int {
              let (sum, overflow) = slot.rawInt.addingReportingOverflow(a.rawInt)
              if !overflow {
                slot.initialize(to: .int(sum))
                continue
              }
            } else if slot.tag == RawTag.float, a.tag == RawTag.float {
              slot.initialize(to: .float(slot.rawDouble + a.rawDouble))
              continue
            }
            frame.pointee.pc = pc
            if slot.isUndefined {
              let fallback = globalFallbacks + i.bc
              if fallback.isUndefined { throw undefinedGlobal(i.bc) }
              let sum = try binary(.add, fallback.pointee, a.pointee, inPlace: true)
              slot.put(sum)
            } else if !appendInPlace(slot, a) {
              let sum = try binary(.add, slot.pointee, a.pointee, inPlace: true)
              slot.put(sum)
            }
          case .makeCell: a.put(.object(CellObject(a.pointee)))
          case .getCell: try readCell(regs[Int(i.b)], into: a, code, i)
          case .setCell:
            if case .object(let object) = a.pointee {
              unsafeDowncast(object, to: CellObject.self).value = regs[Int(i.b)]
            }
          case .deleteCell:
            if case .object(let object) = a.pointee {
              let cell = unsafeDowncast(object, to: CellObject.self)
              if cell.value.isUndefined { throw unboundLocal(Int(i.a), code) }
              cell.value = .undefined
            }
          case .getFree:
            let value = frame.pointee.function._withUnsafeGuaranteedRef { $0.closure[Int(i.b)].value }
            if value.isUndefined { throw unboundFree(Int(i.b), code) }
            a.pointee = value
          case .setFree:
            let cell = frame.pointee.function._withUnsafeGuaranteedRef { $0.closure[Int(i.a)] }
            cell.value = regs[Int(i.b)]
          case .deleteFree:
            let cell = frame.pointee.function._withUnsafeGuaranteedRef { $0.closure[Int(i.a)] }
            if cell.value.isUndefined { throw unboundFree(Int(i.a), code) }
            cell.value = .undefined
          case .getName:
            let name = code._withUnsafeGuaranteedRef { $0.names[Int(i.b)] }
            if let value = regs.pointee.asDict?[name.text] {
              a.pointee = value
              if i.k == 0 { pc += 1 }
            } else if i.k == 1 {
              let cell = frame.pointee.function._withUnsafeGuaranteedRef { $0.closure[Int(i.c)] }
              if cell.value.isUndefined { throw undefinedName(name) }
              a.pointee = cell.value
            } else {
              let slot = pc.pointee.bc
              pc += 1
              if !(globalValues + slot).isUndefined {
                a.pointee = globalValues[slot]
              } else {
                if (globalFallbacks + slot).isUndefined { throw undefinedName(name) }
                a.pointee = globalFallbacks[slot]
              }
            }
          case .setName:
            let name = code._withUnsafeGuaranteedRef { $0.names[Int(i.b)] }
            regs.pointee.asDict?[name.text] = a.pointee
          case .deleteName:
            let name = code._withUnsafeGuaranteedRef { $0.names[Int(i.b)] }
            if regs.pointee.asDict?[name.text] == nil { throw undefinedName(name) }
            regs.pointee.asDict?[name.text] = nil
          case .annotate:
            let (name, annotation) = code._withUnsafeGuaranteedRef {
              ($0.names[Int(i.b)], $0.names[Int(i.c)])
            }
            noteAnnotation(name, annotation, in: regs.pointee)

          // MARK: Arithmetic
          case .add:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int {
              let (sum, overflow) = l.rawInt.addingReportingOverflow(r.rawInt)
              if !overflow {
                a.setInt(sum)
                continue
              }
            } else if l.tag == RawTag.float {
              if r.tag == RawTag.float {
                a.setFloat(l.rawDouble + r.rawDouble)
                continue
              }
              if r.tag == RawTag.int {
                a.setFloat(l.rawDouble + Double(r.rawInt))
                continue
              }
            } else if i.k == 1, l == a, appendInPlace(a, r) {
              continue
            }
            frame.pointee.pc = pc
            if try operate(.add, l, r, a, inPlace: i.k == 1) { continue reload }
          case .subtract:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int {
              let (difference, overflow) = l.rawInt.subtractingReportingOverflow(r.rawInt)
              if !overflow {
                a.setInt(difference)
                continue
              }
            } else if l.tag == RawTag.float {
              if r.tag == RawTag.float {
                a.setFloat(l.rawDouble - r.rawDouble)
                continue
              }
              if r.tag == RawTag.int {
                a.setFloat(l.rawDouble - Double(r.rawInt))
                continue
              }
            }
            frame.pointee.pc = pc
            if try operate(.subtract, l, r, a, inPlace: i.k == 1) { continue reload }
          case .multiply:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int {
              let (product, overflow) = l.rawInt.multipliedReportingOverflow(by: r.rawInt)
              if !overflow {
                a.setInt(product)
                continue
              }
            } else if l.tag == RawTag.float {
              if r.tag == RawTag.float {
                a.setFloat(l.rawDouble * r.rawDouble)
                continue
              }
              if r.tag == RawTag.int {
                a.setFloat(l.rawDouble * Double(r.rawInt))
                continue
              }
            } else if l.tag == RawTag.int, r.tag == RawTag.float {
              a.setFloat(Double(l.rawInt) * r.rawDouble)
              continue
            }
            frame.pointee.pc = pc
            if try operate(.multiply, l, r, a, inPlace: i.k == 1) { continue reload }
          case .divide:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.float, r.tag == RawTag.float, r.rawDouble != 0 {
              a.setFloat(l.rawDouble / r.rawDouble)
              continue
            }
            frame.pointee.pc = pc
            if try operate(.divide, l, r, a, inPlace: i.k == 1) { continue reload }
          case .floorDivide:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int, r.rawInt > 0 {
              let n = l.rawInt
              let d = r.rawInt
              let q = n / d
              a.setInt(n % d < 0 ? q - 1 : q)
              continue
            }
            frame.pointee.pc = pc
            if try operate(.floorDivide, l, r, a, inPlace: i.k == 1) { continue reload }
          case .modulo:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int, r.rawInt > 0 {
              let m = l.rawInt % r.rawInt
              a.setInt(m < 0 ? m + r.rawInt : m)
              continue
            }
            frame.pointee.pc = pc
            if try operate(.modulo, l, r, a, inPlace: i.k == 1) { continue reload }
          case .bitAnd:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int {
              a.setInt(l.rawInt & r.rawInt)
              continue
            }
            frame.pointee.pc = pc
            if try operate(.bitAnd, l, r, a, inPlace: i.k == 1) { continue reload }
          case .power, .matrixMultiply, .bitOr, .bitXor, .shiftLeft, .shiftRight:
            frame.pointee.pc = pc
            if try operate(i.op, regs + Int(i.b), regs + Int(i.c), a, inPlace: i.k == 1) {
              continue reload
            }
          case .addInt:
            let l = regs + Int(i.b)
            let number = Int(Int16(bitPattern: i.c))
            if l.tag == RawTag.int {
              let (sum, overflow) = l.rawInt.addingReportingOverflow(number)
              if !overflow {
                a.setInt(sum)
                continue
              }
            } else if l.tag == RawTag.float {
              a.setFloat(l.rawDouble + Double(number))
              continue
            }
            frame.pointee.pc = pc
            if i.k & 1 == 1 {
              a.put(try binary(.subtract, l.pointee, .int(-number), inPlace: i.k & 2 != 0))
            } else {
              a.put(try binary(.add, l.pointee, .int(number), inPlace: i.k & 2 != 0))
            }
          case .negate:
            let r = regs + Int(i.b)
            if r.tag == RawTag.float {
              a.setFloat(-r.rawDouble)
            } else {
              frame.pointee.pc = pc
              a.put(try unary(.negate, r.pointee))
            }
          case .plus, .invert:
            frame.pointee.pc = pc
            a.put(try unary(i.op == .plus ? .plus : .invert, regs[Int(i.b)]))
          case .not:
            let r = regs + Int(i.b)
            if r.tag == RawTag.bool {
              a.setBool(!r.rawBool)
            } else {
              frame.pointee.pc = pc
              a.setBool(try !truth(r.pointee))
            }

          // MARK: Comparison
          case .compare:
            let l = regs + Int(i.b)
            let r = regs + Int(i.c)
            if l.tag == RawTag.int, r.tag == RawTag.int {
              a.setBool(Machine.compareInts(i.k, l.rawInt, r.rawInt))
            } else if l.tag == RawTag.float, r.tag == RawTag.float {
              a.setBool(Machine.compareFloats(i.k, l.rawDouble, r.rawDouble))
            } else {
              frame.pointee.pc = pc
              a.put(try compare(i.k, l.pointee, r.pointee))
            }
          case .branchCompare:
            let r = regs + Int(i.b)
            let holds: Bool
            if a.tag == RawTag.int, r.tag == RawTag.int {
              holds = Machine.compareInts(i.k, a.rawInt, r.rawInt)
            } else if a.tag == RawTag.float, r.tag == RawTag.float {
              holds = Machine.compareFloats(i.k, a.rawDouble, r.rawDouble)
            } else if i.k < 2, a.tag == RawTag.object, r.tag == RawTag.object,
              a.rawKind == stringKind, r.rawKind == stringKind
            {
              let same = a.borrow(StringObject.self) { left in
                r.borrow(StringObject.self) { left.equals($0) }
              }
              holds = same == (i.k == 0)
            } else {
              frame.pointee.pc = pc
              holds = try truth(compare(i.k, a.pointee, r.pointee))
            }
            if holds == (i.c == 1) {
              pc = instructions + pc.pointee.bc
            } else {
              pc += 1
            }
          case .branchCompareInt:
            let number = Int(Int16(bitPattern: i.b))
            let holds: Bool
            if a.tag == RawTag.int {
              holds = Machine.compareInts(i.k, a.rawInt, number)
            } else if a.tag == RawTag.float {
              holds = Machine.compareFloats(i.k, a.rawDouble, Double(number))
            } else {
              frame.pointee.pc = pc
              holds = try truth(compare(i.k, a.pointee, .int(number)))
            }
            if holds == (i.c == 1) {
              pc = instructions + pc.pointee.bc
            } else {
              pc += 1
            }
          case .isSame:
            a.setBool(regs[Int(i.b)].isIdentical(to: regs[Int(i.c)]) == (i.k == 0))
          case .contains:
            let container = regs + Int(i.c)
            if container.tag == RawTag.object,
              let found = quickContains(regs + Int(i.b), in: container)
            {
              a.setBool(found == (i.k == 0))
              continue
            }
            frame.pointee.pc = pc
            a.setBool(try contains(regs[Int(i.b)], in: regs[Int(i.c)]) == (i.k == 0))

          // MARK: Control
          case .jump: pc = instructions + i.bc
          case .loop:
            steps &-= 1
            if steps < 0 { try endSlice() }
            if interrupt.isRaised { try attendInLoop(at: pc) }
            pc = instructions + i.bc
          case .branchIfFalse:
            let holds: Bool
            if a.tag == RawTag.bool {
              holds = a.rawBool
            } else {
              frame.pointee.pc = pc
              holds = try truth(a.pointee)
            }
            if !holds { pc = instructions + i.bc }
          case .branchIfTrue:
            let holds: Bool
            if a.tag == RawTag.bool {
              holds = a.rawBool
            } else {
              frame.pointee.pc = pc
              holds = try truth(a.pointee)
            }
            if holds { pc = instructions + i.bc }
          case .getIterator:
            frame.pointee.pc = pc
            a.put(try iterator(regs[Int(i.b)]))
          case .forNext:
            let target = regs + Int(i.b)
            let walkerClass = a.tag == RawTag.object ? a.rawClass : 0
            if walkerClass == rangeIterator {
              let more = a.borrow(RangeIterator.self) { range -> Bool in
                if range.left <= 0 { return false }
                range.left -= 1
                let value = range.current
                range.current = value &+ range.step
                target.setInt(value)
                return true
              }
              pc = more ? pc + 1 : instructions + pc.pointee.bc
            } else if walkerClass == listIterator {
              let more = a.borrow(ListIterator.self) { walker -> Bool in
                guard let list = walker.list, walker.index < list.count else {
                  walker.list = nil
                  return false
                }
                target.assign(list.storage + walker.index)
                walker.index += 1
                return true
              }
              pc = more ? pc + 1 : instructions + pc.pointee.bc
            } else if walkerClass == stringIterator {
              let byte = a.borrow(StringIterator.self) { $0.nextASCII() }
              if byte >= 0 {
                target.assign(asciiStrings + byte)
                pc += 1
              } else {
                let value = a.borrow(StringIterator.self) { $0.nextCharacter() }
                if value.isUndefined {
                  pc = instructions + pc.pointee.bc
                } else {
                  target.put(value)
                  pc += 1
                }
              }
            } else if walkerClass == generatorClass {
              let generator = Unmanaged<GeneratorObject>.fromOpaque(a.rawObject)
              let state = generator._withUnsafeGuaranteedRef { $0.state }
              if state == .created || state == .suspended {
                frame.pointee.pc = pc
                try pushGenerator(generator, result: target, mode: .generatorLoop)
                continue reload
              }
              if state == .running { throw Raise(.valueError, "generator already executing") }
              pc = instructions + pc.pointee.bc
            } else {
              frame.pointee.pc = pc
              let value = try nextValue(a)
              if value.isUndefined {
                pc = instructions + pc.pointee.bc
              } else {
                target.put(value)
                pc += 1
              }
            }
          case .returnValue, .returnNone:
            if frame.pointee.mode == .call {
              // The usual case: the value moves from register to register.
              let result = frame.pointee.result
              if i.op == .returnValue {
                if a.isUndefined { throw unboundLocal(Int(i.a), code) }
                let value = a.move()
                a.initialize(to: .undefined)
                popFrame()
                result.put(value)
              } else {
                popFrame()
                result.put(.none)
              }
              continue reload
            }
            var value = Value.none
            if i.op == .returnValue {
              if a.isUndefined { throw unboundLocal(Int(i.a), code) }
              // The register dies with the frame: its value moves out.
              value = a.move()
              a.initialize(to: .undefined)
            }
            let mode = frame.pointee.mode
            let result = frame.pointee.result
            if mode != .entry, mode != .construct, mode != .binary, mode != .getter {
              frame.pointee.generator?._withUnsafeGuaranteedRef {
                $0.state = .finished
                $0.returned = value
              }
            }
            let fold = frame.pointee.fold
            let created = mode == .construct ? (regs - 1).pointee : .none
            popFrame()
            switch mode {
            case .call: return value
            case .getter:
              result.put(value)
              continue reload
            case .binary:
              if value.isNotImplemented {
                // The left side does not know how; the right side is asked.
                let below = frames + (frameCount - 1)
                let asked = (below.pointee.pc - 1).pointee
                let base = below.pointee.base
                value = try afterRefusal(
                  asked.op, base[Int(asked.b)], base[Int(asked.c)], inPlace: asked.k == 1)
              }
              result.put(value)
              continue reload
            case .construct:
              if !value.isNone {
                throw Raise(
                  .typeError, "__init__() should return None, not '\(typeName(value))'")
              }
              (regs - 1).clear()
              result.put(created)
              continue reload
            case .entry:
              // A cell that ends with a statement has no value.
              return i.op == .returnNone && i.k == 1 ? .undefined : value
            case .generatorEntry: return .undefined
            case .generatorDelegate:
              result.put(value)
              continue reload
            case .generatorFold:
              try endFold(fold, result)
              continue reload
            case .generatorLoop:
              // The `for` below ends: its instruction is followed by the jump out.
              let below = frames + (frameCount - 1)
              below.pointee.pc = below.pointee.code.instructions + below.pointee.pc.pointee.bc
              continue reload
            }

          // MARK: Attributes
          case .getAttribute:
            let site = sites + Int(i.c)
            let source = regs + Int(i.b)
            if source.tag == RawTag.object, source.rawKind >= instanceKind,
              source.borrow(Instance.self, { $0.stamp }) == site.pointee.stamp
            {
              let slot = site.pointee.slot
              if slot >= 0 {
                if source.borrow(Instance.self, { $0.copySlot(slot, to: a) }) { continue }
              } else if slot == AttributeSite.ofClass {
                a.assign(site.cachedValue)
                continue
              } else {
                frame.pointee.pc = pc
                if try readProperty(source, site, into: a) { continue reload }
                continue
              }
            }
            frame.pointee.pc = pc
            a.put(try attribute(regs[Int(i.b)], site))
          case .setAttribute:
            let site = sites + Int(i.c)
            if a.tag == RawTag.object, a.rawKind >= instanceKind, site.pointee.slot >= 0,
              a.borrow(Instance.self, { $0.stamp }) == site.pointee.stamp
            {
              let slot = site.pointee.slot
              a.borrow(Instance.self) { $0.setSlot(slot, copying: regs + Int(i.b)) }
              continue
            }
            frame.pointee.pc = pc
            try setAttribute(a.pointee, site, regs[Int(i.b)])
          case .deleteAttribute:
            frame.pointee.pc = pc
            try deleteAttribute(a.pointee, (sites + Int(i.c)).pointee.name)
          case .loadMethod:
            let site = sites + Int(i.c)
            let source = regs + Int(i.b)
            if source.tag == RawTag.object {
              let kind = source.rawKind
              let stamp =
                kind >= instanceKind
                ? source.borrow(Instance.self) { $0.stamp } : types.stamps[Int(kind)]
              if stamp == site.pointee.stamp, site.pointee.slot == AttributeSite.ofClass, kind >= instanceKind || !isSubclassed(source, kind)
              {
                (a + 1).assign(source)
                a.assign(site.cachedValue)
                continue
              }
            }
            frame.pointee.pc = pc
            try loadMethod(source.pointee, site, into: a)

          // MARK: Calls
          case .call:
            if a.tag == RawTag.object, a.rawKind == functionKind {
              let function = Unmanaged<FunctionObject>.fromOpaque(a.rawObject)
              let target = function._withUnsafeGuaranteedRef { $0.header }
              let base: Registers
              var given = Int(i.b)
              if (a + 1).isUndefined {
                base = a + 2
              } else {
                base = a + 1
                given += 1
              }
              frame.pointee.pc = pc
              // Before the arguments may reach beyond `top`.
              if interrupt.isRaised { try attend() }
              if target.pointee.plainCount != given {
                try bind(function, base: base, positional: given, names: nil, nameCount: 0)
              }
              if target.pointee.isGenerator {
                // A step as any call: generators that make generators end too.
                steps &-= 1
                if steps < 0 { try endSlice() }
                let generator = GeneratorObject(function.takeUnretainedValue(), arguments: base)
                (regs + Int(i.c)).put(.object(generator))
                if a != regs + Int(i.c) { a.clear() }
                continue
              }
              steps &-= 1
              if steps < 0 { try endSlice() }
              try pushFrame(function, target, base: base, result: regs + Int(i.c), mode: .call)
              continue reload
            }
            frame.pointee.pc = pc
            if a.tag == RawTag.object {
              let kind = a.rawKind
              if kind == nativeKind {
                let native = Unmanaged<NativeFunction>.fromOpaque(a.rawObject)
                let result = regs + Int(i.c)
                var base = a + 2
                var given = Int(i.b)
                if !(a + 1).isUndefined {
                  base = a + 1
                  given += 1
                }
                let shortcut = native._withUnsafeGuaranteedRef { $0.shortcut }
                if shortcut != .none {
                  if answer(shortcut, a, base, given, result) { continue }
                  let fold = shortcut.fold
                  if fold != .none, try beginFold(fold, a, base, given) { continue reload }
                }
                let value = try callNative(native, base: base, given: given)
                a.drop()
                result.put(value)
                continue
              }
              if kind == typeKind, (a + 1).isUndefined {
                switch a.borrow(TypeObject.self, { $0.construction }) {
                case .general: break
                case .shortcut(let shortcut):
                  if shortcut != .none {
                    if answer(shortcut, a, a + 2, Int(i.b), regs + Int(i.c)) { continue }
                    let fold = shortcut.fold
                    if fold != .none, try beginFold(fold, a, a + 2, Int(i.b)) { continue reload }
                  }
                case .exception:
                  let exception = a.borrow(TypeObject.self) { ExceptionObject($0) }
                  let given = Int(i.b)
                  if given > 0 {
                    exception.arguments = Array(unsafeUninitializedCapacity: given) { items, count in
                      for index in 0..<given {
                        (items.baseAddress.unsafelyUnwrapped + index).initialize(to: (a + 2 + index).move())
                        (a + 2 + index).forget()
                      }
                      count = given
                    }
                  }
                  a.drop()
                  (regs + Int(i.c)).put(.object(exception))
                  continue
                case .plain(let initializer):
                  // The object takes the class's place; the arguments stand where `__init__` wants
                  // them.
                  steps &-= 1
                  if steps < 0 { try endSlice() }
                  if interrupt.isRaised { try attend() }
                  let target = initializer._withUnsafeGuaranteedRef { $0.header }
                  a.put(owned: .passRetained(PlainInstance(of: .fromOpaque(a.rawObject)) as Instance))
                  (a + 1).initialize(copying: a)
                  let given = Int(i.b) + 1
                  if target.pointee.plainCount != given {
                    try bind(
                      initializer, base: a + 1, positional: given, names: nil, nameCount: 0)
                  }
                  try pushFrame(
                    initializer, target, base: a + 1, result: regs + Int(i.c), mode: .construct)
                  continue reload
                }
              }
            }
            if try call(a, given: Int(i.b), keywords: nil, result: regs + Int(i.c)) {
              continue reload
            }
          case .callKeywords:
            let place = constants + pc.pointee.bc
            pc += 1
            frame.pointee.pc = pc
            if a.tag == RawTag.object, a.rawKind == functionKind {
              let function = Unmanaged<FunctionObject>.fromOpaque(a.rawObject)
              let target = function._withUnsafeGuaranteedRef { $0.header }
              if !target.pointee.isGenerator {
                let (names, count) = place.borrow(TupleObject.self) { ($0.storage, $0.count) }
                var base = a + 2
                var positional = Int(i.b) - count
                if !(a + 1).isUndefined {
                  base = a + 1
                  positional += 1
                }
                steps &-= 1
                if steps < 0 { try endSlice() }
                if interrupt.isRaised { try attend() }
                try bind(
                  function, base: base, positional: positional, names: names, nameCount: count)
                try pushFrame(function, target, base: base, result: regs + Int(i.c), mode: .call)
                continue reload
              }
            }
            let names = place.pointee.asTuple
            if try call(a, given: Int(i.b), keywords: names, result: regs + Int(i.c)) {
              continue reload
            }
          case .callSpread:
            frame.pointee.pc = pc
            if try callSpread(a, result: regs + Int(i.c)) { continue reload }
          case .makeFunction:
            makeFunction(a, code, i.bc, frame)
          case .makeClass:
            frame.pointee.pc = pc
            try makeClass(a, code, Int(i.b), hasBase: i.k == 1, frame)
          case .yieldValue:
            let source = regs + Int(i.b)
            if source.isUndefined { throw unboundLocal(Int(i.b), code) }
            if frame.pointee.mode == .generatorFold || frame.pointee.mode == .generatorDelegate {
              // Through all that wait in `yield from`.
              var root = frame
              while root.pointee.mode == .generatorDelegate { root -= 1 }
              if root.pointee.mode == .generatorFold, try accumulate(root, source) {
                a.put(.none)
                continue
              }
            }
            if let value = try yield(source.pointee, at: pc, sent: Int(i.a)) { return value }
            continue reload
          case .yieldFrom:
            // R[a] is what was sent; the inner iterator answers with a value or its end.
            frame.pointee.pc = pc
            let inner = regs + Int(i.b)
            if inner.tag == RawTag.object, inner.rawClass == generatorClass {
              // Its frame goes on top; when it ends, its result is in R[a] and this frame goes on.
              let generator = Unmanaged<GeneratorObject>.fromOpaque(inner.rawObject)
              switch generator._withUnsafeGuaranteedRef({ $0.state }) {
              case .running: throw Raise(.valueError, "generator already executing")
              case .finished:
                a.put(.none)
                continue
              case .suspended:
                if a.tag != RawTag.empty {
                  generator._withUnsafeGuaranteedRef { $0.send(a.pointee) }
                }
              case .created: break
              }
              try pushGenerator(generator, result: a, mode: .generatorDelegate)
              continue reload
            }
            let (value, ended) = try delegate(inner.pointee, sent: a.pointee)
            if ended {
              a.put(value)
              continue
            }
            a.put(value)
            if frame.pointee.mode == .generatorFold || frame.pointee.mode == .generatorDelegate {
              var root = frame
              while root.pointee.mode == .generatorDelegate { root -= 1 }
              if root.pointee.mode == .generatorFold, try accumulate(root, a) {
                // The same instruction again.
                a.put(.none)
                pc -= 1
                steps &-= 1
                if steps < 0 { try endSlice() }
                if interrupt.isRaised { try attend() }
                continue
              }
            }
            if let value = try yield(a.pointee, at: pc - 1, sent: Int(i.a)) { return value }
            continue reload

          // MARK: Building
          case .buildList:
            a.put(.object(ListObject(copying: regs + Int(i.b), count: Int(i.c))))
          case .buildTuple:
            a.put(.object(TupleObject(copying: regs + Int(i.b), count: Int(i.c))))
          case .buildSet:
            frame.pointee.pc = pc
            let set = SetObject()
            for offset in 0..<Int(i.c) { try set.add(regs[Int(i.b) + offset], self) }
            a.put(.object(set))
          case .buildDict:
            frame.pointee.pc = pc
            let dict = DictObject(capacity: Int(i.c))
            for offset in 0..<Int(i.c) {
              let pair = regs + (Int(i.b) + 2 * offset)
              try dict.set(pair.pointee, (pair + 1).pointee, self)
            }
            a.put(.object(dict))
          case .listAppend:
            a.borrow(ListObject.self) { $0.append(copying: regs + Int(i.b)) }
          case .setAdd:
            frame.pointee.pc = pc
            if case .object(let object) = a.pointee {
              try unsafeDowncast(object, to: SetObject.self).add(regs[Int(i.b)], self)
            }
          case .listExtend:
            frame.pointee.pc = pc
            if i.k == 2 {
              try spreadItems(a, regs + Int(i.b), callee: a - 2)
            } else {
              try extendList(a.pointee, regs[Int(i.b)])
            }
          case .setUpdate:
            frame.pointee.pc = pc
            guard let set = a.pointee.asSet else { continue }
            if i.k == 0, let other = regs[Int(i.b)].asSet {
              try set.merge(other, self)
            } else {
              try iterate(regs[Int(i.b)]) { (item) throws(Raise) in try set.add(item, self) }
            }
          case .dictMerge:
            frame.pointee.pc = pc
            if i.k == 2 {
              try spreadKeywords(a, regs + Int(i.b), callee: regs + Int(i.c))
            } else {
              try mergeDict(
                a.pointee, regs[Int(i.b)], callee: i.k == 1 ? regs[Int(i.c)] : .undefined)
            }
          case .dictSet:
            frame.pointee.pc = pc
            guard let dict = a.pointee.asDict else { continue }
            if i.k == 1, try dict.get(regs[Int(i.b)], self) != nil {
              throw repeatedKeyword(regs[Int(i.b)], callee: (a - 3).pointee)
            }
            try dict.set(regs[Int(i.b)], regs[Int(i.c)], self)
          case .listToTuple:
            if let list = regs[Int(i.b)].asList {
              a.put(.object(TupleObject(copying: list.storage, count: list.count)))
            }
          case .buildString:
            frame.pointee.pc = pc
            try buildString(a, regs + Int(i.b), Int(i.c))
          case .format:
            frame.pointee.pc = pc
            if i.k & 7 == 0,
              quickFormat(regs + Int(i.b), i.k & 8 != 0 ? regs + Int(i.c) : nil, into: a)
            {
              continue
            }
            a.put(
              try format(
                regs[Int(i.b)], conversion: Int(i.k & 7),
                spec: i.k & 8 != 0 ? regs[Int(i.c)].asString : nil))
          case .buildSlice:
            let base = regs + Int(i.b)
            a.put(.object(SliceObject(base[0], base[1], base[2])))
          case .getItem:
            let container = regs + Int(i.b)
            let key = regs + Int(i.c)
            if container.tag == RawTag.object {
              let kind = container.rawKind
              if kind == listKind, key.tag == RawTag.int {
                let found = container.borrow(ListObject.self) { list in
                  list.place(of: key.rawInt)
                }
                if let found {
                  a.assign(found)
                  continue
                }
              } else if kind == dictKind {
                let found = container.borrow(DictObject.self) { $0.place(of: key) }
                if let found {
                  a.assign(found)
                  continue
                }
              } else if kind == tupleKind, key.tag == RawTag.int {
                let found = container.borrow(TupleObject.self) { tuple in
                  tuple.place(of: key.rawInt)
                }
                if let found {
                  a.assign(found)
                  continue
                }
              }
            }
            frame.pointee.pc = pc
            a.put(try item(container.pointee, key.pointee))
          case .setItem:
            let key = regs + Int(i.b)
            if a.tag == RawTag.object {
              let kind = a.rawKind
              if kind == listKind, key.tag == RawTag.int {
                let found = a.borrow(ListObject.self) { list in list.place(of: key.rawInt) }
                if let found {
                  found.assign(regs + Int(i.c))
                  continue
                }
              } else if kind == dictKind {
                let value = regs + Int(i.c)
                if a.borrow(DictObject.self, { $0.quickSet(key, value) }) { continue }
              }
            }
            frame.pointee.pc = pc
            try setItem(a.pointee, key.pointee, regs[Int(i.c)])
          case .deleteItem:
            frame.pointee.pc = pc
            try deleteItem(a.pointee, regs[Int(i.b)])
          case .unpack:
            frame.pointee.pc = pc
            let places = regs + Int(i.b)
            if a < places || a >= places + Int(i.c), a.tag == RawTag.object {
              let kind = a.rawKind
              var source: UnsafeMutablePointer<Value>?
              if kind == tupleKind {
                source = a.borrow(TupleObject.self) { $0.count == Int(i.c) ? $0.storage : nil }
              } else if kind == listKind {
                source = a.borrow(ListObject.self) { $0.count == Int(i.c) ? $0.storage : nil }
              }
              if let source {
                for index in 0..<Int(i.c) { (places + index).assign(source + index) }
                continue
              }
            }
            try unpack(a.pointee, into: places, count: Int(i.c))
          case .unpackStar:
            frame.pointee.pc = pc
            try unpackStar(
              a.pointee, into: regs + Int(i.b), before: Int(i.c), after: Int(i.k))

          // MARK: Exceptions
          case .raise:
            frame.pointee.pc = pc
            throw raised(i, a, regs)
          case .raiseAssertion:
            frame.pointee.pc = pc
            throw Raise(.assertionError, arguments: i.k == 1 ? [a.pointee] : [])
          case .enterHandler:
            if let exception = a.pointee.asException { handled.append(exception) }
          case .leaveHandler: handled.removeLast()
          case .matchException:
            frame.pointee.pc = pc
            a.setBool(try matches(regs + Int(i.b), regs + Int(i.c)))
          case .enterWith:
            frame.pointee.pc = pc
            try enterWith(regs[Int(i.b)], into: a)
          case .exitWith:
            frame.pointee.pc = pc
            if i.k == 0 {
              _ = try call(a.pointee, [.none, .none, .none])
            } else {
              let exception = regs[Int(i.b)]
              let type = exception.asException.map { Value.object($0.type) } ?? .none
              let answer = try call(a.pointee, [type, exception, .none])
              (regs + Int(i.c)).setBool(try truth(answer))
            }

          // MARK: The rest
          case .statementValue:
            if a.tag == RawTag.object, a.rawKind == instanceKind,
              a.borrow(Instance.self, { !$0.type.isOfProgram })
            {
              frame.pointee.pc = pc
              standsAlone(a.pointee)
            }
          case .traceStatement:
            frame.pointee.pc = pc
            try traceStatement()
          case .importModule:
            frame.pointee.pc = pc
            let name = code._withUnsafeGuaranteedRef { $0.names[Int(i.b)] }
            a.put(try importModule(name.text, first: i.k == 1))
          case .importName:
            frame.pointee.pc = pc
            let name = code._withUnsafeGuaranteedRef { $0.names[Int(i.c)] }
            a.put(try importName(name.text, from: regs[Int(i.b)]))
          case .command:
            frame.pointee.pc = pc
            try runCommand(constants[Int(i.a)], constants[Int(i.b)])
          }
        }
      } catch {
        // When the frame is still the top one, its program counter is the loop's.
        if frames + (frameCount - 1) == frame { frame.pointee.pc = pc }
        try unwind(error)
      }
    }
  }

  // What the loop does rarely stands outside of it: the compiler would otherwise begin accesses to
  // these properties on every turn.

  /// The generator in a register, if it sleeps at a `yield`.
  @inline(never) private func sleeping(_ place: Registers) -> Unmanaged<GeneratorObject>? {
    guard place.holds(.generator) else { return nil }
    let generator = Unmanaged<GeneratorObject>.fromOpaque(place.rawObject)
    return generator._withUnsafeGuaranteedRef { $0.state == .suspended } ? generator : nil
  }

  /// Puts the generator of the top frame to sleep and gives its value to whoever resumed it. A value
  /// is left when that was Swift: the run ends with it.
  @inline(__always)
  private func yield(
    _ value: consuming Value, at pc: UnsafeMutablePointer<Instruction>, sent register: Int
  ) throws(Raise) -> Value? {
    var pc = pc
    var register = register
    while true {
      let frame = frames + (frameCount - 1)
      let mode = frame.pointee.mode
      let result = frame.pointee.result
      let fold = frame.pointee.fold
      suspend(frame, at: pc, sent: register)
      popFrame()
      switch mode {
      case .generatorEntry: return value
      case .generatorDelegate:
        // What the inner generator yields, the one that waits for it yields too; it will come back
        // to its `yield from`.
        let below = frames + (frameCount - 1)
        pc = below.pointee.pc - 1
        register = Int(pc.pointee.a)
      case .generatorFold:
        try finishFold(fold, result, value)
        return nil
      default:
        result.put(value)
        let below = frames + (frameCount - 1)
        below.pointee.pc += 1
        return nil
      }
    }
  }

  @inline(never) private func undefinedGlobal(_ slot: Int, at pc: UnsafeMutablePointer<Instruction>) -> Raise {
    frames[frameCount - 1].pc = pc
    return undefinedGlobal(slot)
  }

  @inline(never) private func undefinedGlobal(_ slot: Int) -> Raise {
    undefinedName(globals.names[undefinedTarget() ?? slot])
  }

  /// `x += y` where neither is defined: Python reads `x` first, `addToGlobal` last. The slot of an
  /// undefined `x` whose statement the failing instruction belongs to.
  private func undefinedTarget() -> Int? {
    let frame = frames + (frameCount - 1)
    let code = frame.pointee.code
    let start = frame.pointee.pc - code.instructions
    guard start > 0, start <= code.instructionCount else { return nil }
    let failing = code.span(at: start - 1)
    for index in start..<min(start + 32, code.instructionCount) {
      let instruction = code.instructions[index]
      guard instruction.op == .addToGlobal else { continue }
      let whole = code.span(at: index)
      guard whole.start < failing.start, whole.end >= failing.end,
        globals.values[instruction.bc].isUndefined
      else { return nil }
      return instruction.bc
    }
    return nil
  }

  @inline(never) private func standsAlone(_ value: Value) {
    host?.statementValue(value, machine: self)
  }

  @inline(never) private func runCommand(_ name: Value, _ argument: Value) throws(Raise) {
    guard let host else { throw Raise(.runtimeError, "notebook commands need a notebook") }
    try host.command(name.swiftString ?? "", argument.swiftString ?? "", machine: self)
  }

  /// Finds the handler of an error among the frames of this run; throws when there is none.
  @inline(never)
  private func unwind(_ error: Raise) throws(Raise) {
    var exception = materialize(error)
    if isTracing {
      let frame = frames + (frameCount - 1)
      top = frame.pointee.base + frame.pointee.code.registerCount
      exception = traceRaise(exception)
    }
    var isFirst = true
    while true {
      let frame = frames + (frameCount - 1)
      let code = frame.pointee.code
      let index = frame.pointee.pc - code.instructions - 1
      if !(isFirst && error.isReraise) {
        exception.passes(code, at: index)
      }
      isFirst = false
      if !isStopping,
        let handler = code.handlers.first(where: { index >= $0.start && index < $0.end })
      {
        let depth = frame.pointee.handledBase + handler.depth
        handled.truncate(to: depth)
        frame.pointee.base[handler.register] = .object(exception)
        frame.pointee.pc = code.instructions + handler.target
        top = frame.pointee.base + code.registerCount
        return
      }
      let mode = frame.pointee.mode
      if let generator = frame.pointee.generator {
        generator._withUnsafeGuaranteedRef { $0.state = .finished }
        exception = leaving(exception)
      }
      popFrame()
      if mode == .entry || mode == .generatorEntry { throw Raise(exception) }
    }
  }
}
