import JSONCoding

/// One output in several representations: what `display_data` and `execute_result` carry.
///
/// A front end shows the richest type that it knows; `text/plain` is always there. Keys are MIME
/// types; text types hold a string, JSON types hold JSON.
public struct MIMEBundle: Sendable, Equatable {
  /// Representations by MIME type.
  public var data: JSON.Object
  /// Metadata by MIME type (for example the size of an image).
  public var metadata: JSON.Object

  public init(data: JSON.Object = [:], metadata: JSON.Object = [:]) {
    self.data = data
    self.metadata = metadata
  }

  /// A bundle of text alone.
  public init(plain: String) { self.init(data: ["text/plain": .string(plain)]) }

  /// Text with a twin in HTML.
  public init(plain: String, html: String) {
    self.init(data: ["text/plain": .string(plain), "text/html": .string(html)])
  }

  /// The representation that every bundle has; empty when a raw bundle came without it.
  public var plain: String { data["text/plain"]?.string ?? "" }
}
