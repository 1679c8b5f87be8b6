/// A column with a label for each row and a name.
public struct Series: Sendable {
  public var values: Vector
  public var index: Labels
  /// `.null` when it has none.
  public var name: Cell

  /// - Precondition: as many labels as values; `checked` is for values from outside.
  public init(_ values: Vector, index: Labels? = nil, name: Cell = .null) {
    self.values = values
    self.index = index ?? Labels(count: values.count)
    self.name = name
  }

  public init(checked values: Vector, index: Labels, name: Cell = .null) throws {
    guard values.count == index.count else {
      throw FrameError.raised(
        .value,
        "Length of values (\(values.count)) does not match length of index (\(index.count))")
    }
    self.init(values, index: index, name: name)
  }

  public var count: Int { values.count }
  public var frame: DataFrame {
    let label = name == .null ? Labels(count: 1) : Labels.one(name)
    return DataFrame(columns: [values], labels: label, index: index)
  }

  public func taking(_ rows: [Int]) -> Series {
    Series(values.taking(rows), index: index.taking(rows), name: name)
  }
  public func slice(_ range: Range<Int>) -> Series {
    Series(values.slice(range), index: index.slice(range), name: name)
  }
  public func filtered(_ mask: [Bool]) -> Series { taking(mask.indices.filter { mask[$0] }) }
  public func with(_ values: Vector) -> Series { Series(values, index: index, name: name) }

  /// The values at other labels, missing where there is none.
  public func reindexed(_ labels: Labels) throws -> Series {
    if index.isEqual(labels) { return Series(values, index: labels, name: name) }
    guard index.isUnique else {
      throw FrameError.raised(.value, "cannot reindex on an axis with duplicate labels")
    }
    return Series(try values.taking(labels.places(in: index)), index: labels, name: name)
  }

  public func sorted(ascending: Bool = true, missingFirst: Bool = false) throws -> Series {
    taking(try values.sortedRows(ascending: ascending, missingFirst: missingFirst))
  }

  /// Distinct values and how often each occurs.
  public func valueCounts(
    normalize: Bool = false, sort: Bool = true, ascending: Bool = false, dropsMissing: Bool = true
  ) throws -> Series {
    var labels: Vector
    var counts: [Int]
    if let categories = values.type.categories, case .int(let codes) = values.storage {
      counts = [Int](repeating: 0, count: categories.values.count)
      var missing = 0
      for code in codes { if code >= 0 { counts[code] += 1 } else { missing += 1 } }
      var all = Array(counts.indices)
      if !dropsMissing, missing > 0 {
        counts.append(missing)
        all.append(-1)
      }
      labels = Vector(.int(all), values.type)
    } else {
      let (codes, firstRows) = values.codes()
      counts = [Int](repeating: 0, count: firstRows.count)
      for code in codes { counts[code] += 1 }
      labels = values.taking(firstRows)
      if dropsMissing {
        let missing = labels.isMissing()
        let kept = counts.indices.filter { !missing[$0] }
        labels = labels.taking(kept)
        counts = kept.map { counts[$0] }
      }
    }
    if sort {
      let order = counts.indices.sorted {
        counts[$0] != counts[$1]
          ? (ascending ? counts[$0] < counts[$1] : counts[$0] > counts[$1]) : $0 < $1
      }
      labels = labels.taking(order)
      counts = order.map { counts[$0] }
    }
    let index = Labels(labels, name: name)
    if normalize {
      let total = Double(counts.reduce(0, +))
      return Series(
        Vector(doubles: counts.map { Double($0) / total }), index: index,
        name: .string("proportion"))
    }
    return Series(Vector(ints: counts), index: index, name: .string("count"))
  }

  /// True for values that occurred before (or will again, or do so at all).
  public func duplicated(keep: DataFrame.Keep) -> [Bool] { Series.duplicated(values.codes().codes, keep) }

  static func duplicated(_ codes: [Int], _ keep: DataFrame.Keep) -> [Bool] {
    var flags = [Bool](repeating: false, count: codes.count)
    switch keep {
    case .first, .last:
      var seen: Set<Int> = []
      for row in keep == .first ? Array(codes.indices) : codes.indices.reversed() {
        flags[row] = !seen.insert(codes[row]).inserted
      }
    case .none:
      var counts: [Int: Int] = [:]
      for code in codes { counts[code, default: 0] += 1 }
      for row in codes.indices { flags[row] = counts[codes[row], default: 0] > 1 }
    }
    return flags
  }

  /// The most frequent values, sorted.
  public func mode(dropsMissing: Bool = true) throws -> Vector {
    let counts = try valueCounts(dropsMissing: dropsMissing)
    guard case .int(let numbers) = counts.values.storage, let most = numbers.first else {
      return Vector(empty: values.type)
    }
    let found = counts.index.vector.taking(numbers.indices.filter { numbers[$0] == most })
    return found.taking((try? found.sortedRows()) ?? Array(0..<found.count))
  }
}

extension Labels {
  /// An axis of one label, which may be a tuple.
  public static func one(_ cell: Cell) -> Labels {
    if case .tuple(let parts) = cell, !parts.isEmpty {
      return Labels(
        levels: parts.map { (try? Vector(cells: [$0])) ?? Vector(objects: [$0]) },
        names: parts.map { _ in .null })
    }
    return Labels((try? Vector(cells: [cell])) ?? Vector(objects: [cell]))
  }
}
