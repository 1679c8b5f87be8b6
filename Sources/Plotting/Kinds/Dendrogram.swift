import Display

/// What was joined with what, and at which distance: the tree of a hierarchical clustering.
public struct Dendrogram: Sendable, Equatable {
  /// One join: two clusters (leaves are 0 ..< n, the cluster of join i is n + i), their distance and
  /// the leaves of both, as SciPy's linkage gives them.
  public struct Join: Sendable, Equatable {
    public var first: Int
    public var second: Int
    public var distance: Double

    public init(_ first: Int, _ second: Int, _ distance: Double) {
      self.first = first
      self.second = second
      self.distance = distance
    }
  }

  public let joins: [Join]
  /// Leaves from left to right, so that no lines cross.
  public let order: [Int]

  /// nil when a join names a cluster that is not there yet, or one twice.
  public init?(_ joins: [Join]) {
    let leaves = joins.count + 1
    var used: Set<Int> = []
    for (index, join) in joins.enumerated() {
      for child in [join.first, join.second] {
        guard child >= 0, child < leaves + index, used.insert(child).inserted else { return nil }
      }
    }
    self.joins = joins
    // Depth first with a stack of our own: a chain of joins is as deep as there are leaves.
    var order: [Int] = []
    var open = [leaves + joins.count - 1]
    while let node = open.popLast() {
      if node < leaves {
        order.append(node)
      } else {
        let join = joins[node - leaves]
        open += [join.second, join.first]
      }
    }
    self.order = joins.isEmpty ? [0] : order
  }

  /// Brackets in the axes: leaves at 0, 1, 2 ... of x, distances along y.
  public var segments: [Figure.Segment] {
    let leaves = joins.count + 1
    var x = Array(repeating: 0.0, count: leaves + joins.count)
    var height = x
    for (place, leaf) in order.enumerated() where leaf < x.count { x[leaf] = Double(place) }
    var lines: [Figure.Segment] = []
    for (index, join) in joins.enumerated() {
      let (a, b) = (join.first, join.second)
      x[leaves + index] = (x[a] + x[b]) / 2
      height[leaves + index] = join.distance
      lines.append(Figure.Segment(x[a], height[a], x[a], join.distance))
      lines.append(Figure.Segment(x[b], height[b], x[b], join.distance))
      lines.append(Figure.Segment(x[a], join.distance, x[b], join.distance))
    }
    return lines
  }
}

extension Figure {
  /// The tree of a clustering with the names of its leaves below.
  public func dendrogram(_ tree: Dendrogram, labels: [String] = []) -> Figure {
    var figure = segments(tree.segments, color: Palette.color(0))
    figure.xTicks = tree.order.enumerated().map { place, leaf in
      (Double(place), leaf < labels.count ? labels[leaf] : String(leaf))
    }
    figure.xLimits = -0.5...max(Double(tree.joins.count) + 0.5, 0.5)
    figure.ylabel = figure.ylabel ?? "distance"
    return figure
  }
}
