import Foundation
import FoundationXML

/// Reads markup as XML: SVG and our HTML must both be well formed.
enum XMLText {
  struct Malformed: Error { let text: String }

  static func check(_ text: String) throws {
    let parser = XMLParser(data: Data(text.utf8))
    if !parser.parse() {
      throw Malformed(text: "\(String(describing: parser.parserError)) in \(text.prefix(300))")
    }
  }
}
