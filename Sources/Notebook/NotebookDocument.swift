import JSONCoding

/// The code of a notebook file (nbformat 4).
enum NotebookDocument {
  struct CodeCell {
    /// Where it stands among all cells, from 1 on.
    let position: Int
    let source: String
  }

  struct Unreadable: Error {
    let reason: String
  }

  /// The code cells that are not empty, in order.
  static func codeCells(_ text: [UInt8]) throws(Unreadable) -> [CodeCell] {
    let document: JSON
    do {
      document = try JSON.parse(text)
    } catch {
      throw Unreadable(reason: "\(error)")
    }
    guard let cells = document["cells"]?.array else {
      throw Unreadable(reason: "it has no list of cells")
    }
    return cells.enumerated().compactMap { index, cell in
      guard cell["cell_type"]?.string == "code" else { return nil }
      let source = source(of: cell)
      return source.trimmingSpaces.isEmpty ? nil : CodeCell(position: index + 1, source: source)
    }
  }

  /// A source is a text or a list of lines.
  private static func source(of cell: JSON) -> String {
    if let text = cell["source"]?.string { return text }
    return (cell["source"]?.array ?? []).compactMap(\.string).joined()
  }
}
