extension Frame {
  /// Reads a CSV file.
  ///
  /// Fields after RFC 4180; types are found per column (int, float, bool, text) and missing values
  /// are the texts that pandas takes for missing. A row with too few fields ends in missing values.
  /// UTF-8 is expected; UTF-16 with a byte order mark is converted, broken UTF-8 shows as U+FFFD.
  ///
  /// - Throws: `FrameError` when the file cannot be read, is empty, has a row with too many fields
  ///   (with its line number) or a quote that is never closed; what `checkInterrupt` throws.
  public static func readCSV(path: String, _ options: CSVOptions = CSVOptions()) throws -> Frame {
    try CSVReader.read(try ByteSource(path: path), options)
  }

  /// Reads CSV from memory; `name` stands for the file in error messages.
  public static func readCSV(
    bytes: [UInt8], name: String = "text", _ options: CSVOptions = CSVOptions()
  ) throws -> Frame {
    try CSVReader.read(ByteSource(bytes: bytes, name: name), options)
  }

  /// Reads CSV from a text.
  public static func readCSV(
    text: String, name: String = "text", _ options: CSVOptions = CSVOptions()
  ) throws -> Frame {
    try readCSV(bytes: Array(text.utf8), name: name, options)
  }
}
