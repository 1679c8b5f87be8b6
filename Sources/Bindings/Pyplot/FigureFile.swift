import Display
import Language
import Pictures
import Plotting

/// Figures as files: SVG, PNG, text.
enum FigureFile {
  private static let known = [
    "avif", "eps", "gif", "jpeg", "jpg", "pdf", "pgf", "png", "ps", "raw", "rgba", "svg", "svgz",
    "tif", "tiff", "webp",
  ]

  static func write(
    _ figure: PyFigure, to path: String, format: String?, dpi: Double?, _ machine: Machine
  ) throws {
    var path = path
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".")
    let kind: String
    if let format {
      kind = format.lowercased()
    } else if parts.count > 1, let last = parts.last {
      kind = last.lowercased()
    } else {
      kind = "png"
      path += ".png"
    }
    let bytes = try bytes(figure, format: kind, dpi: dpi, machine)
    try TextFile.write(bytes: bytes, to: TextFile.expanded(path))
  }

  static func bytes(
    _ figure: PyFigure, format: String, dpi: Double?, _ machine: Machine
  ) throws -> [UInt8] {
    var settings = DisplaySettings()
    settings.colorDepth = .trueColor
    let plot = try figure.plot(settings)
    switch format {
    case "svg": return Array(plot.picture(settings).document.utf8)
    case "png", "jpg", "jpeg":
      // 100 dots per inch are one dot to a pixel of the vector picture.
      let scale = (dpi ?? figure.dpi) / 100
      do {
        let bitmap = try Raster.bitmap(plot.picture(settings), scale: scale)
        return try format == "png" ? bitmap.png() : bitmap.jpeg(quality: 90)
      } catch let problem as Bitmap.Problem {
        throw Raise(.valueError, "savefig(): \(problem.description)")
      }
    case "txt":
      settings.colorDepth = .none
      return Array((plot.text(settings).plain + "\n").utf8)
    default:
      if known.contains(format) {
        throw Raise(
          .valueError, "Format '\(format)' is not supported here",
          hint: "savefig() writes .png, .jpg, .svg and .txt files.")
      }
      throw Raise(
        .valueError, "Format '\(format)' is not supported (supported formats: \(known.joined(separator: ", ")))",
        hint: "savefig() writes .png, .jpg, .svg and .txt files.")
    }
  }
}
