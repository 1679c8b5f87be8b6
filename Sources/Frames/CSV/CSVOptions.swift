/// How a CSV file is read. The defaults are those of pandas' `read_csv`, save that the separator is
/// found by looking.
public struct CSVOptions: Sendable {
  /// Where the column names come from.
  public enum Header: Sendable, Equatable {
    /// The first line, unless `names` are given.
    case infer
    /// The first line is data; columns are named "0", "1", ...
    case none
    /// The line at this place (0 is the first that is not blank); lines above it are left out.
    case row(Int)
  }

  /// The separator, one ASCII byte; nil looks for the one of `, ; tab |` that splits the first
  /// lines evenly.
  public var separator: UInt8?
  public var header: Header
  /// Column names; with `header` `.infer` the file is taken to have none of its own.
  public var names: [String]?
  /// The columns to keep, by name; nil keeps all.
  public var columns: [String]?
  /// Lines at the start of the file that are not part of the table.
  public var skipRows: Int
  /// The most rows to read; nil reads all.
  public var maxRows: Int?
  /// Texts that mean "missing", beside the usual ones.
  public var missingTexts: [String]
  /// Whether the usual texts (`""`, `NA`, `NaN`, `null`, ...) mean "missing".
  public var usesDefaultMissingTexts: Bool
  /// Columns that stay text, whatever they look like.
  public var textColumns: Set<String>
  /// Whether rows with too many fields are passed over; else they are errors.
  public var skipsLongRows = false
  /// Whether columns before those that the head names hold the labels of rows, as where a file was
  /// written with its row names and without a name for them.
  public var findsRowLabels = true
  /// Called between blocks of a megabyte; what it throws ends the reading.
  public var checkInterrupt: (@Sendable () throws -> Void)?

  public init(
    separator: UInt8? = nil, header: Header = .infer, names: [String]? = nil,
    columns: [String]? = nil, skipRows: Int = 0, maxRows: Int? = nil, missingTexts: [String] = [],
    usesDefaultMissingTexts: Bool = true, textColumns: Set<String> = [],
    checkInterrupt: (@Sendable () throws -> Void)? = nil
  ) {
    self.separator = separator
    self.header = header
    self.names = names
    self.columns = columns
    self.skipRows = skipRows
    self.maxRows = maxRows
    self.missingTexts = missingTexts
    self.usesDefaultMissingTexts = usesDefaultMissingTexts
    self.textColumns = textColumns
    self.checkInterrupt = checkInterrupt
  }

  /// The texts that pandas takes for a missing value.
  public static let defaultMissingTexts: [String] = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
  ]
}

/// The set of texts that mean "missing", asked once per field: the first byte and the length rule
/// out nearly all fields before any comparison.
struct MissingTexts {
  private var longest = -1
  private var empty = false
  private var startsWith = [Bool](repeating: false, count: 256)
  private var texts: [[UInt8]] = []

  init(_ options: CSVOptions) {
    let all =
      options.missingTexts
      + (options.usesDefaultMissingTexts ? CSVOptions.defaultMissingTexts : [])
    for text in all {
      let bytes = Array(text.utf8)
      longest = max(longest, bytes.count)
      if let first = bytes.first {
        startsWith[Int(first)] = true
        texts.append(bytes)
      } else {
        empty = true
      }
    }
  }

  func contains(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = field.first else { return empty }
    guard field.count <= longest, startsWith[Int(first)] else { return false }
    return texts.contains { $0.count == field.count && $0.elementsEqual(field) }
  }
}
