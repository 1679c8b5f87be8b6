import Display
import JSONCoding
import Language

/// `HTML(...)`, `Markdown(...)`...: data of one MIME type, shown as that.
final class MIMEObject: Instance, RichObject {
  var content = MIMEBundle()

  func bundle(_ machine: Machine) throws -> MIMEBundle { content }
  var showsItself: Bool { false }
}

/// What `display(..., display_id=...)` gives: the place of an output that can be changed later.
final class DisplayHandle: Instance {
  var displayID = ""
}

/// The classes of `IPython.display`.
enum DisplayObjects {
  /// A class whose objects hold text of one MIME type.
  private static func text(
    _ name: String, _ type: String, _ doc: String, plain: @escaping (String) -> String
  ) -> TypeTable {
    TypeTable(
      name, module: "IPython.display", doc: doc, allocate: { MIMEObject($0) },
      properties: [
        NativeProperty("data", "The text that is shown.") { value, _ in
          let object = value.asInstance as? MIMEObject
          return object?.content.data[type]?.string.map { .string($0) } ?? .none
        }
      ],
      methods: [
        Native(
          "__init__(self, data=None, url=None, filename=None, metadata=None)", doc
        ) { a in
          let object = try a.receiver(MIMEObject.self)
          let text: String
          if let path = try a.optionalString(3) {
            text = try TextFile.read(path)
          } else if a[1].isNone {
            throw Raise(.typeError, "\(name) expects data or a filename")
          } else {
            text = try a.machine.text(of: a[1])
          }
          if a.isGiven(2), !a[2].isNone {
            throw Raise(.valueError, "\(name)(url=...) would need the network: give the data")
          }
          object.content = MIMEBundle(
            data: ["text/plain": .string(plain(text)), type: .string(text)])
          return .none
        },
        Native("__repr__(self)", "A short name of the object.") { a in
          .string(try a.receiver(MIMEObject.self).content.plain)
        },
      ])
  }

  static let html = text("HTML", "text/html", "Shows HTML.") { _ in "<IPython.core.display.HTML object>" }
  static let markdown = text("Markdown", "text/markdown", "Shows Markdown.") { _ in
    "<IPython.core.display.Markdown object>"
  }
  static let latex = text("Latex", "text/latex", "Shows LaTeX.") { _ in
    "<IPython.core.display.Latex object>"
  }
  static let math = text("Math", "text/latex", "Shows a formula.") { _ in
    "<IPython.core.display.Math object>"
  }
  static let svg = text("SVG", "image/svg+xml", "Shows a vector picture.") { _ in
    "<IPython.core.display.SVG object>"
  }
  static let pretty = text("Pretty", "text/plain", "Shows text as it is.") { $0 }
  static let code = text("Code", "text/plain", "Shows source text.") { $0 }

  static let json = TypeTable(
    "JSON", module: "IPython.display", doc: "Shows data as a tree that folds.",
    allocate: { MIMEObject($0) },
    methods: [
      Native("__init__(self, data=None, expanded=False, root='root')", "Shows data as a tree.") { a in
        let object = try a.receiver(MIMEObject.self)
        object.content = MIMEBundle(data: [
          "text/plain": "<IPython.core.display.JSON object>",
          "application/json": try JSONConversion.json(a[1], a.machine),
        ])
        object.content.metadata["application/json"] = [
          "expanded": .bool(try a.bool(2)), "root": .string(try a.string(3)),
        ]
        return .none
      }
    ])

  static let image = TypeTable(
    "Image", module: "IPython.display", doc: "Shows a PNG, JPEG or GIF picture.",
    allocate: { MIMEObject($0) },
    methods: [
      Native(
        "__init__(self, data=None, url=None, filename=None, format=None, width=None, height=None)",
        "Shows a picture from bytes or a file."
      ) { a in
        let object = try a.receiver(MIMEObject.self)
        let bytes: [UInt8]
        if let path = try a.optionalString(3) ?? a[1].swiftString {
          bytes = try TextFile.bytes(path)
        } else if case .object(let given) = a[1], let data = given as? BytesObject {
          bytes = data.bytes
        } else {
          throw Raise(.typeError, "Image expects data=bytes or filename=path")
        }
        let type =
          bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? "image/png"
          : bytes.starts(with: [0xFF, 0xD8]) ? "image/jpeg"
          : bytes.starts(with: [0x47, 0x49, 0x46]) ? "image/gif" : nil
        guard let type else {
          throw Raise(.valueError, "the picture is none of PNG, JPEG, GIF")
        }
        object.content = MIMEBundle(data: [
          "text/plain": "<IPython.core.display.Image object>", type: .string(Base64.text(bytes)),
        ])
        var size = JSON.Object()
        if let width = try a.optionalInt(5) { size["width"] = .int(width) }
        if let height = try a.optionalInt(6) { size["height"] = .int(height) }
        if !size.isEmpty { object.content.metadata[type] = .object(size) }
        return .none
      },
      Native("__repr__(self)", "A short name of the object.") { a in
        .string(try a.receiver(MIMEObject.self).content.plain)
      },
    ])

  static let handle = TypeTable(
    "DisplayHandle", module: "IPython.display",
    doc: "The place of an output, which can be changed later.",
    allocate: { DisplayHandle($0) },
    properties: [
      NativeProperty("display_id", "The id of the output.") { value, _ in
        .string((value.asInstance as? DisplayHandle)?.displayID ?? "")
      }
    ],
    methods: [
      Native("__init__(self, display_id=None)", "A handle with a given or a new id.") { a in
        let handle = try a.receiver(DisplayHandle.self)
        handle.displayID = try a.optionalString(1) ?? a.machine.newDisplayID()
        return .none
      },
      Native("display(self, obj)", "Shows an object at a new place with this id.") { a in
        let handle = try a.receiver(DisplayHandle.self)
        a.machine.displayPort?.show(
          try Presenter(a.machine).bundle(a[1]), id: handle.displayID)
        return .none
      },
      Native("update(self, obj)", "Shows another object in the same place.") { a in
        let handle = try a.receiver(DisplayHandle.self)
        a.machine.displayPort?.update(
          try Presenter(a.machine).bundle(a[1]), id: handle.displayID)
        return .none
      },
      Native("__repr__(self)", "The handle with its id.") { a in
        .string("<DisplayHandle display_id=\(try a.receiver(DisplayHandle.self).displayID)>")
      },
    ])
}
