import Frames
import Language
import TensorCore

extension PandasTexts {
  /// The methods of `.str`.
  static let methods: [Native] = [
    forwarded("upper(self)", "In capital letters."), forwarded("lower(self)", "In small letters."),
    forwarded("title(self)", "Words with a capital first."), forwarded("capitalize(self)", "A capital first."),
    forwarded("swapcase(self)", "Capital and small letters exchanged."), forwarded("casefold(self)", "For comparison."),
    forwarded("strip(self, to_strip=None)", "Without blanks at both ends."),
    forwarded("lstrip(self, to_strip=None)", "Without blanks at the start."),
    forwarded("rstrip(self, to_strip=None)", "Without blanks at the end."),
    forwarded("isdigit(self)", "Whether all are digits.", flags: true), forwarded("isalpha(self)", "Whether all are letters.", flags: true),
    forwarded("isalnum(self)", "Whether all are letters or digits.", flags: true), forwarded("isnumeric(self)", "Whether all are numbers.", flags: true),
    forwarded("isdecimal(self)", "Whether all are decimal digits.", flags: true), forwarded("isspace(self)", "Whether all is blank.", flags: true),
    forwarded("isupper(self)", "Whether all are capitals.", flags: true), forwarded("islower(self)", "Whether all are small.", flags: true),
    forwarded("istitle(self)", "Whether all words begin with a capital.", flags: true),
    forwarded("zfill(self, width)", "With zeros before it."), forwarded("center(self, width, fillchar=' ')", "In the middle."),
    forwarded("ljust(self, width, fillchar=' ')", "At the left."), forwarded("rjust(self, width, fillchar=' ')", "At the right."),
    forwarded("find(self, sub, start=0, end=None)", "Where a text is, or -1."), forwarded("rfind(self, sub, start=0, end=None)", "Where a text is last, or -1."),
    forwarded("removeprefix(self, prefix)", "Without a prefix."), forwarded("removesuffix(self, suffix)", "Without a suffix."),
    forwarded("encode(self, encoding='utf-8', errors='strict')", "As bytes."),
    forwarded("translate(self, table)", "Characters exchanged by a table."),
    Native("pad(self, width, side='left', fillchar=' ')", "Filled up to a width.") { a in
      let side = try a.text("side") ?? "left"
      let name = side == "left" ? "rjust" : side == "right" ? "ljust" : "center"
      return try each(a) { try a.machine.cell(a.machine.call(a.machine.attribute(.string($0), name), [a[1], a["fillchar"]])) }
    },
    Native("len(self)", "The length.") { a in
      let owner = try a.receiver(AccessorObject.self).owner
      if let series = (owner as? SeriesObject)?.series, series.values.type == .object {
        let cells = try series.values.cells.map { cell -> Frames.Cell in
          if let text = cell.text { return .int(text.unicodeScalars.count) }
          if case .other(let foreign) = cell, let items = foreign.items { return .int(items.count) }
          if case .other = cell, let count = try a.machine.length(a.machine.value(cell)) { return .int(count) }
          if case .tuple(let parts) = cell { return .int(parts.count) }
          return .missing
        }
        return a.machine.value(series.with(try Vector(cells: cells)))
      }
      return try each(a) { .int($0.unicodeScalars.count) }
    },
    Native("startswith(self, pat, na=...)", "Whether it begins with a text.") { a in
      try each(a, missing: flag(a), flags: true) { text in .bool(try texts(a, 1).contains { text.hasPrefix($0) }) }
    },
    Native("endswith(self, pat, na=...)", "Whether it ends with a text.") { a in
      try each(a, missing: flag(a), flags: true) { text in .bool(try texts(a, 1).contains { text.hasSuffix($0) }) }
    },
    Native("contains(self, pat, case=True, flags=0, na=..., regex=True)", "Whether a pattern occurs.") { a in
      if try a.bool("regex") {
        let search = try a.machine.attribute(pattern(a, a[1]), "search")
        return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(search, [.string($0)])).isNone) }
      }
      let wanted = try a.string(1)
      let isExact = try a.bool("case")
      return try each(a, missing: flag(a), flags: true) {
        .bool(isExact ? $0.replacingAll(wanted, "") != $0 || wanted.isEmpty : $0.lowercased().contains(wanted.lowercased()))
      }
    },
    Native("match(self, pat, case=True, flags=0, na=...)", "Whether a pattern stands at the start.") { a in
      let match = try a.machine.attribute(pattern(a, a[1]), "match")
      return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(match, [.string($0)])).isNone) }
    },
    Native("fullmatch(self, pat, case=True, flags=0, na=...)", "Whether a pattern is all of it.") { a in
      let match = try a.machine.attribute(pattern(a, a[1]), "fullmatch")
      return try each(a, missing: flag(a), flags: true) { .bool(!(try a.machine.call(match, [.string($0)])).isNone) }
    },
    Native("count(self, pat, flags=0)", "How often a pattern occurs.") { a in
      let find = try a.machine.attribute(pattern(a, a[1]), "findall")
      return try each(a) { .int(try a.machine.array(a.machine.call(find, [.string($0)])).count) }
    },
    Native("findall(self, pat, flags=0)", "All places of a pattern, a list.") { a in
      let find = try a.machine.attribute(pattern(a, a[1]), "findall")
      return try each(a) { try a.machine.cell(a.machine.call(find, [.string($0)])) }
    },
    Native("replace(self, pat, repl=..., n=-1, case=None, flags=0, regex=False)", "A text in place of another.") { a in
      let isFunction = a[2].object is FunctionObject
      if try a.bool("regex") || isFunction {
        let sub = try a.machine.attribute(pattern(a, a[1]), "sub")
        let count = max(0, try a.int("n") ?? -1)
        return try each(a) { try a.machine.cell(a.machine.call(sub, [a[2], .string($0), .int(count)])) }
      }
      return try each(a) {
        try a.machine.cell(a.machine.call(a.machine.attribute(.string($0), "replace"), [a[1], a[2], a["n"]]))
      }
    },
    Native("split(self, pat=None, *, n=-1, expand=False, regex=None)", "The parts between a separator.") { a in try split(a, "split") },
    Native("rsplit(self, pat=None, *, n=-1, expand=False)", "The parts between a separator, from the end.") { a in try split(a, "rsplit") },
    Native("partition(self, sep=' ', expand=True)", "Before, the separator, behind.") { a in
      let (own, _) = try column(a)
      let rows = try own.values.cells.map { cell -> [Frames.Cell]? in
        guard let text = cell.text else { return nil }
        return try a.machine.array(a.machine.call(a.machine.attribute(.string(text), "partition"), [a[1]])).map { try a.machine.cell($0) }
      }
      return try expanded(rows, own, a.machine)
    },
    Native("extract(self, pat, flags=0, expand=True)", "The groups of a pattern.") { a in
      let (own, _) = try column(a)
      let machine = a.machine
      let compiled = try pattern(a, a[1])
      let count = try machine.attribute(compiled, "groups").asInt ?? 0
      guard count > 0 else { throw Raise(.valueError, "pattern contains no capture groups") }
      let search = try machine.attribute(compiled, "search")
      var columns = [[Frames.Cell]](repeating: [], count: count)
      for cell in own.values.cells {
        let match = try cell.text.map { try machine.call(search, [.string($0)]) } ?? .none
        let groups = match.isNone ? nil : try machine.array(machine.call(machine.attribute(match, "groups")))
        for place in 0..<count {
          let found = groups.map { $0[place] } ?? .none
          columns[place].append(found.isNone ? .missing : try machine.cell(found))
        }
      }
      var names = (0..<count).map { Frames.Cell.int($0) }
      let groups = try machine.call(machine.attribute(machine.attribute(compiled, "groupindex"), "items"))
      for item in try machine.array(groups) {
        if let pair = item.asTuple, pair.count == 2, let place = pair[1].asInt, place >= 1, place <= count {
          names[place - 1] = try machine.cell(pair[0])
        }
      }
      let vectors = try columns.map { try Vector(cells: $0, as: .string) }
      if !(try a.bool("expand")), count == 1 { return machine.value(own.with(vectors[0])) }
      return machine.value(DataFrame(columns: vectors, labels: names.allSatisfy({ $0.text == nil }) ? Labels(count: count) : try Labels(cells: names), index: own.index))
    },
    Native("extractall(self, pat, flags=0)", "The groups of every match, in rows.") { a in
      let (own, _) = try column(a)
      let machine = a.machine
      let compiled = try pattern(a, a[1])
      let finder = try machine.attribute(compiled, "finditer")
      let count = try machine.attribute(compiled, "groups").asInt ?? 0
      guard count > 0 else { throw Raise(.valueError, "pattern contains no capture groups") }
      var columns = [[Frames.Cell]](repeating: [], count: count)
      var rows: [Int] = []
      var turns: [Int] = []
      for (row, cell) in own.values.cells.enumerated() {
        guard let text = cell.text else { continue }
        for (turn, match) in try machine.array(machine.call(finder, [.string(text)])).enumerated() {
          let groups = try machine.array(machine.call(machine.attribute(match, "groups")))
          for place in 0..<count { columns[place].append(groups[place].isNone ? .missing : try machine.cell(groups[place])) }
          rows.append(row)
          turns.append(turn)
        }
      }
      let index = own.index.taking(rows).appending(levels: [Vector(ints: turns)], names: [.string("match")])
      return machine.value(DataFrame(columns: try columns.map { try Vector(cells: $0, as: .string) }, labels: Labels(count: count), index: index))
    },
    Native("get(self, i)", "The item at a place.") { a in try item(a, a[1]) },
    Native("__getitem__(self, key)", "The item at a place, or a part.") { a in try item(a, a[1]) },
    Native("slice(self, start=None, stop=None, step=None)", "A part.") { a in
      try item(a, .object(SliceObject(a[1], a[2], a[3])))
    },
    Native("slice_replace(self, start=None, stop=None, repl='')", "Another text in place of a part.") { a in
      try each(a) { text in
        let scalars = Array(text.unicodeScalars)
        let part = try SliceObject(a[1], a[2], .none).indices(count: scalars.count)
        let stop = max(part.start, part.stop)
        return .string(String(String.UnicodeScalarView(scalars[..<part.start])) + (try a.string(3)) + String(String.UnicodeScalarView(scalars[stop...])))
      }
    },
    Native("join(self, sep)", "The items of lists, joined.") { a in
      let (own, _) = try column(a)
      let cells = try own.values.cells.map { cell -> Frames.Cell in
        if let text = cell.text { return .string(text.map(String.init).joined(separator: try a.string(1))) }
        guard case .other(let foreign) = cell, let items = foreign.items else { return .missing }
        return .string(items.map(\.shown).joined(separator: try a.string(1)))
      }
      return a.machine.value(own.with(try Vector(cells: cells)))
    },
    Native("repeat(self, repeats)", "Several times.") { a in
      if let counts = try a[1].asInt == nil ? a.machine.vector(a[1]) : nil {
        let (own, _) = try column(a)
        guard counts.count == own.count else { throw Raise(.valueError, "repeats must be as many as rows") }
        let cells = try (0..<own.count).map { row -> Frames.Cell in
          guard let text = own.values[row].text, case .int(let n) = counts[row] else { return .missing }
          return try VectorMath.single(.mul, .string(text), .int(n))
        }
        return a.machine.value(own.with(try Vector(cells: cells, as: .string)))
      }
      let n = try a.int(1)
      return try each(a) { try VectorMath.single(.mul, .string($0), .int(n)) }
    },
    Native("cat(self, others=None, sep=None, na_rep=None)", "All texts in one, or beside others.") { a in
      let (own, _) = try column(a)
      let separator = try a.text("sep") ?? ""
      let filler = try a.text("na_rep")
      guard a.isSet("others") else {
        return .string(own.values.cells.compactMap { $0.text ?? filler }.joined(separator: separator))
      }
      var vectors: [Vector] = []
      if let list = a["others"].asList, list.items.contains(where: { $0.asSeries != nil }) {
        for item in list.items { if let series = item.asSeries { vectors.append(try series.reindexed(own.index).values) } }
      } else if let series = a["others"].asSeries {
        vectors = [try series.reindexed(own.index).values]
      } else if let vector = try a.machine.vector(a["others"]) {
        vectors = [vector]
      }
      let cells = (0..<own.count).map { row -> Frames.Cell in
        let parts = ([own.values] + vectors).map { $0[row].text ?? filler }
        return parts.contains(where: { $0 == nil }) ? .missing : .string(parts.compactMap { $0 }.joined(separator: separator))
      }
      return a.machine.value(own.with(try Vector(cells: cells, as: .string)))
    },
    Native("get_dummies(self, sep='|')", "A column for each part.") { a in
      let (own, _) = try column(a)
      let separator = try a.text("sep") ?? "|"
      let parts = try own.values.cells.map { cell in
        try cell.text.map { try a.machine.array(a.machine.call(a.machine.attribute(.string($0), "split"), [.string(separator)])).compactMap(\.swiftString) } ?? []
      }
      let names = Set(parts.flatMap { $0 }).filter { !$0.isEmpty }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let columns = names.map { name in Vector(ints: parts.map { $0.contains(name) ? 1 : 0 }) }
      return a.machine.value(DataFrame(columns: columns, labels: Labels(try Vector(texts: names)), index: own.index))
    },
    Native("normalize(self, form)", "In a form of Unicode.") { a in
      let function = try a.machine.attribute(a.machine.importModule("unicodedata", first: false), "normalize")
      return try each(a) { try a.machine.cell(a.machine.call(function, [a[1], .string($0)])) }
    },
    Native("wrap(self, width)", "In lines of a width.") { a in
      let function = try a.machine.attribute(a.machine.importModule("textwrap", first: false), "fill")
      return try each(a) { try a.machine.cell(a.machine.call(function, [.string($0), a[1]])) }
    },
  ]
}
