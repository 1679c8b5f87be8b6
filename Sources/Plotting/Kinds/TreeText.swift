import Display

/// A tree of texts, one line each: decision trees, folders, nested modules.
///
///     petal width <= 0.8
///     ├─ yes: setosa (50)
///     └─ no: petal width <= 1.75
///        ├─ yes: versicolor (54)
///        └─ no: virginica (46)
public struct TreeText: Plot {
  /// One node; children are numbers of other nodes.
  public struct Node: Sendable, Equatable {
    public var text: String
    /// What stands on the line that leads here: `yes`, `no`.
    public var edge: String
    public var children: [Int]
    public var color: Color?

    public init(_ text: String, edge: String = "", children: [Int] = [], color: Color? = nil) {
      self.text = text
      self.edge = edge
      self.children = children
      self.color = color
    }
  }

  /// The first one is the root.
  public var nodes: [Node]
  public var title: String?
  /// Deeper nodes are left out, with a note.
  public var maxDepth = 40

  public init(_ nodes: [Node], title: String? = nil) {
    self.nodes = nodes
    self.title = title
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var rows: [StyledText.Row] = []
    if let title, !title.isEmpty {
      rows.append(StyledText.Row([.init(ColumnName.oneLine(title), .strong)]))
    }
    guard !nodes.isEmpty else {
      return StyledText(rows: rows + [StyledText.Row([.init("(no nodes)", .muted)])])
    }
    let signs =
      settings.ascii ? ["|- ", "`- ", "|  ", "   "] : ["├─ ", "└─ ", "│  ", "   "]
    var seen: Set<Int> = []
    var open: [(node: Int, prefix: String, branch: String, depth: Int)] = [(0, "", "", 0)]
    while let (number, prefix, branch, depth) = open.popLast() {
      // A node that was shown already (a graph is no tree) is not gone into again.
      guard nodes.indices.contains(number), seen.insert(number).inserted, rows.count < 5000 else {
        continue
      }
      let node = nodes[number]
      var row = StyledText.Row([.init(prefix + branch, .muted)])
      if !node.edge.isEmpty { row.append(ColumnName.oneLine(node.edge) + ": ", .muted) }
      let room = max(settings.width - row.width, 8)
      row.append(
        TextWidth.truncated(ColumnName.oneLine(node.text), to: room),
        node.color.map { TextStyle($0) } ?? .normal)
      rows.append(row)
      let inner =
        prefix + (branch.isEmpty ? "" : branch == signs[1] ? signs[3] : signs[2])
      if depth >= maxDepth, !node.children.isEmpty {
        rows.append(StyledText.Row([.init(inner + signs[1] + "...", .muted)]))
        continue
      }
      for (place, child) in node.children.enumerated().reversed() {
        let isLast = place == node.children.count - 1
        open.append((child, inner, isLast ? signs[1] : signs[0], depth + 1))
      }
    }
    return StyledText(rows: rows).finished(settings)
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let lines = text(settings)
    var svg = SVGPicture(
      width: Double(max(lines.width, 10)) * 6.8 + 24, height: Double(lines.height) * 16 + 16)
    for (number, row) in lines.rows.enumerated() {
      var x = 12.0
      for run in row.runs {
        svg.text(
          run.text.replacing(" ", with: "\u{A0}"), x, Double(number) * 16 + 20,
          fill: run.style.foreground ?? Color(0x303030), bold: run.style.bold, monospaced: true)
        x += Double(TextWidth.of(run.text)) * 6.62
      }
    }
    return svg
  }
}
