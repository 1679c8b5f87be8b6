import Language

/// `link` and `dlink` on this side, `jslink` and `jsdlink` in the front end.
enum WidgetLinks {
  /// A widget and the name of an attribute.
  private static func end(
    _ a: Arguments, _ index: Int
  ) throws -> (widget: WidgetObject, name: String) {
    guard let pair = a[index].asTuple?.items, pair.count == 2,
      let widget = pair[0].asInstance as? WidgetObject, let name = pair[1].swiftString
    else { throw a.mismatch(index, expected: "a pair of a widget and the name of an attribute") }
    guard widget.family.trait(name) != nil else {
      throw Raise(
        .typeError, "\(name) is not a trait of \(widget.type.name)",
        hint: "it has \(widget.family.traits.map(\.name).sorted().joined(separator: ", "))")
    }
    return (widget, name)
  }

  static let table = TypeTable(
    "link", module: "traitlets.traitlets", doc: "Two attributes that stay equal.",
    allocate: { LinkObject($0) },
    methods: [
      Native("unlink(self)", "Ends the link.") { a in
        try a.receiver(LinkObject.self).isActive = false
        return .none
      }
    ])

  private static func follow(
    _ source: (widget: WidgetObject, name: String), _ target: (widget: WidgetObject, name: String),
    _ transform: Value, _ link: LinkObject, _ machine: Machine
  ) throws {
    func copy(_ machine: Machine) throws {
      guard link.isActive, !link.isBusy else { return }
      link.isBusy = true
      defer { link.isBusy = false }
      var value = source.widget.own(source.name) ?? .none
      if !transform.isNone { value = try machine.call(transform, [value]) }
      try target.widget.set(target.name, value, machine)
    }
    source.widget.observe(source.name) { machine in try copy(machine) }
    if !link.hasBegun { try copy(machine) }
    link.hasBegun = true
  }

  static let functions: [Native] = [
    Native("link(source, target)", "Keeps two attributes equal: link((a, 'value'), (b, 'value')).") { a in
      let link = LinkObject(a.machine.type(table))
      let (source, target) = (try end(a, 0), try end(a, 1))
      try follow(source, target, .none, link, a.machine)
      try follow(target, source, .none, link, a.machine)
      return .object(link)
    },
    Native(
      "dlink(source, target, transform=None)", "Makes an attribute follow another."
    ) { a in
      let link = LinkObject(a.machine.type(table))
      try follow(try end(a, 0), try end(a, 1), a[2], link, a.machine)
      return .object(link)
    },
    Native(
      "jslink(attr1, attr2)", "Keeps two attributes equal in the front end, without the kernel."
    ) { a in
      _ = (try end(a, 0), try end(a, 1))
      return .object(
        try Widgets.make("Link", [("source", a[0]), ("target", a[1])], a.machine))
    },
    Native(
      "jsdlink(source, target)", "Makes an attribute follow another in the front end."
    ) { a in
      _ = (try end(a, 0), try end(a, 1))
      return .object(
        try Widgets.make("DirectionalLink", [("source", a[0]), ("target", a[1])], a.machine))
    },
  ]
}

/// A link; the observers stay and do nothing once it has ended.
final class LinkObject: Instance {
  var isActive = true
  var isBusy = false
  var hasBegun = false
}
