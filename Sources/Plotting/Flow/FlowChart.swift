import Display

/// Boxes and arrows: flow charts, computation graphs.
///
///     ┌───────┐
///     │ input │
///     └───┬───┘
///         ▼
///     ┌───────┐
///     │ dense │
///     └───────┘
public struct FlowChart: Plot {
  /// What a box looks like.
  public enum Outline: Sendable, Equatable { case box, round, circle, diamond, cylinder }

  public struct Node: Sendable, Equatable {
    public var label: String
    public var outline: Outline
    public var color: Color?

    public init(_ label: String, _ outline: Outline = .box, color: Color? = nil) {
      self.label = label
      self.outline = outline
      self.color = color
    }
  }

  public struct Edge: Sendable, Equatable {
    /// Numbers of nodes.
    public var from: Int
    public var to: Int
    public var label: String
    public var hasArrow: Bool
    public var isDotted: Bool

    public init(
      _ from: Int, _ to: Int, label: String = "", hasArrow: Bool = true, isDotted: Bool = false
    ) {
      self.from = from
      self.to = to
      self.label = label
      self.hasArrow = hasArrow
      self.isDotted = isDotted
    }
  }

  public enum Direction: Sendable, Equatable { case down, up, right, left }

  public var nodes: [Node]
  public var edges: [Edge]
  public var direction: Direction
  public var title: String?

  /// Edges that name nodes which are not there are left out.
  public init(
    _ nodes: [Node], _ edges: [Edge], direction: Direction = .down, title: String? = nil
  ) {
    self.nodes = nodes
    self.edges = edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
    self.direction = direction
    self.title = title
  }

  /// More than this is not drawn as boxes.
  private static let maxNodes = 400

  /// The layout that fits: as asked, with narrower labels, from above; nil when none does.
  private func layout(_ width: Int) -> FlowLayout? {
    guard !nodes.isEmpty, nodes.count <= Self.maxNodes, edges.count <= Self.maxNodes * 4 else {
      return nil
    }
    let isAcross = direction == .right || direction == .left
    for across in isAcross ? [true, false] : [false] {
      for room in [28, 18, 12] {
        let layout = FlowLayout(self, isAcross: across, labelWidth: room)
        if layout.width <= width { return layout }
      }
    }
    return nil
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var rows: [StyledText.Row] = []
    if let title, !title.isEmpty {
      rows.append(StyledText.Row([.init(ColumnName.oneLine(title), .strong)]))
    }
    if nodes.isEmpty {
      return StyledText(rows: rows + [StyledText.Row([.init("(no nodes)", .muted)])])
    }
    guard let layout = layout(settings.width) else {
      return StyledText(rows: rows + list(settings)).finished(settings)
    }
    return StyledText(rows: rows + FlowDrawing(self, layout, settings).rows()).finished(settings)
  }

  /// Too wide for boxes: one edge a row.
  private func list(_ settings: DisplaySettings) -> [StyledText.Row] {
    edges.prefix(500).map { edge in
      let arrow = settings.ascii ? " -> " : " → "
      let label = edge.label.isEmpty ? "" : " (\(ColumnName.oneLine(edge.label)))"
      return StyledText.Row([
        .init(
          ColumnName.oneLine(nodes[edge.from].label) + arrow
            + ColumnName.oneLine(nodes[edge.to].label)),
        .init(label, .muted),
      ])
    }
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    guard let layout = layout(max(settings.width * 2, 160)) else {
      var svg = SVGPicture(width: 400, height: 40)
      svg.text(nodes.isEmpty ? "(no nodes)" : "(too many nodes to draw)", 12, 24)
      return svg
    }
    return FlowPicture(self, layout).drawn()
  }
}
