import JSONCoding
import Language

/// The methods of widgets.
enum WidgetMethods {
  private static func names(_ value: Value, _ machine: Machine) throws -> Set<String>? {
    if value.isUndefined || value.isNone { return nil }
    if let name = value.swiftString { return name == "All" ? nil : [name] }
    return Set(try machine.array(value).compactMap(\.swiftString))
  }

  static let common: [Native] = [
    Native(
      "observe(self, handler, names=..., type='change')",
      "Calls handler(change) when an attribute changes; names are all without it."
    ) { a in
      try a.receiver(WidgetObject.self).observe(a[1], names: names(a[2], a.machine))
      return .none
    },
    Native("unobserve(self, handler, names=..., type='change')", "Takes an observer away.") { a in
      let widget = try a.receiver(WidgetObject.self)
      _ = try widget.unobserve(a[1], names: names(a[2], a.machine), a.machine)
      return .none
    },
    Native("unobserve_all(self, name=...)", "Takes all observers away.") { a in
      try a.receiver(WidgetObject.self).unobserveAll(a[1].swiftString)
      return .none
    },
    Native("on_trait_change(self, handler, name=None)", "Older name of observe.") { a in
      try a.receiver(WidgetObject.self).observe(a[1], names: names(a[2], a.machine))
      return .none
    },
    Native("set_trait(self, name, value)", "Sets an attribute.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let name = try a.string(1)
      guard widget.family.trait(name) != nil else {
        throw WidgetErrors.traitError(
          "Class \(widget.type.name) does not have a trait named \(name)", a.machine)
      }
      try widget.set(name, a[2], a.machine)
      return .none
    },
    Native("has_trait(self, name)", "Whether there is such an attribute.") { a in
      .bool(try a.receiver(WidgetObject.self).family.trait(try a.string(1)) != nil)
    },
    Native("trait_names(self)", "The names of the attributes.") { a in
      .list(try a.receiver(WidgetObject.self).family.traits.map { .string($0.name) })
    },
    Native("get_state(self, key=None)", "The attributes as the front end has them.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let wanted = try names(a[1], a.machine)
      let chosen = widget.syncedNames.filter { wanted?.contains($0) ?? true }
      let (state, _, _) = widget.state(of: chosen, a.machine, withIdentity: wanted == nil)
      return JSONValue.value(.object(state))
    },
    Native("send_state(self, key=None)", "Sends attributes to the front end again.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let wanted = try names(a[1], a.machine)
      widget.update(widget.syncedNames.filter { wanted?.contains($0) ?? true }, a.machine)
      return .none
    },
    Native("send(self, content, buffers=None)", "Sends a message of your own.") { a in
      let widget = try a.receiver(WidgetObject.self)
      var buffers: [[UInt8]] = []
      for item in a[2].isNone ? [] : try a.items(2) {
        if case .object(let object) = item, let bytes = object as? BytesObject {
          buffers.append(bytes.bytes)
        }
      }
      widget.send(try JSONConversion.json(a[1], a.machine), buffers, a.machine)
      return .none
    },
    Native(
      "on_msg(self, callback, remove=False)",
      "Calls callback(widget, content, buffers) for messages of the front end."
    ) { a in
      try a.receiver(WidgetObject.self).onMessage(a[1])
      return .none
    },
    Native("open(self)", "Opens the line to the front end.") { a in
      try a.receiver(WidgetObject.self).open(a.machine)
      return .none
    },
    Native("close(self)", "Takes the widget away.") { a in
      try a.receiver(WidgetObject.self).close(a.machine)
      return .none
    },
    Native("hold_sync(self)", "A context in which changes gather; they leave together.") { a in
      try holding(a)
    },
    Native("hold_trait_notifications(self)", "A context in which changes gather.") { a in
      try holding(a)
    },
    Native("__repr__(self)", "The class and what differs from the defaults.") { a in
      .string(try Widgets.text(try a.receiver(WidgetObject.self), a.machine))
    },
  ]

  private static func holding(_ a: Arguments) throws -> Value {
    let hold = Instance(a.machine.type(WidgetHold.table))
    hold.setOwn("widget", a[0])
    return .object(hold)
  }

  static let classes: [Native] = [
    Native("add_class(self, className)", "Gives the widget a CSS class.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let name = try a.string(1)
      let present = try a.machine.array(widget.own("_dom_classes") ?? .tuple([]))
      if !present.contains(where: { $0.swiftString == name }) {
        try widget.set("_dom_classes", .tuple(present + [.string(name)]), a.machine)
      }
      return a[0]
    },
    Native("remove_class(self, className)", "Takes a CSS class away.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let name = try a.string(1)
      let present = try a.machine.array(widget.own("_dom_classes") ?? .tuple([]))
      try widget.set(
        "_dom_classes", .tuple(present.filter { $0.swiftString != name }), a.machine)
      return a[0]
    },
  ]

  static let button: [Native] = [
    Native("on_click(self, callback, remove=False)", "Calls callback(button) on a click.") { a in
      try a.receiver(WidgetObject.self).onClick(a[1], remove: a.bool(2), a.machine)
      return .none
    },
    Native("click(self)", "Clicks.") { a in
      try a.receiver(WidgetObject.self).click(a.machine)
      return .none
    },
  ]

  static let text: [Native] = [
    Native("on_submit(self, callback, remove=False)", "Calls callback(text) on Enter.") { a in
      let callback = a[1]
      let relay = Native("submit(widget, content, buffers)", "Passes Enter on.") { b in
        if let content = b[1].asDict, content["event"]?.swiftString == "submit" {
          _ = try b.machine.call(callback, [b[0]])
        }
        return .none
      }
      try a.receiver(WidgetObject.self).onMessage(.object(NativeFunction(relay)))
      return .none
    }
  ]

  static let pages: [Native] = [
    Native("set_title(self, index, title)", "Names a page.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let count = widget.own("children")?.asTuple?.count ?? 0
      let index = try a.int(1)
      guard index >= 0, index < max(count, 1) else {
        throw Raise(.indexError, "list assignment index out of range")
      }
      var titles = try a.machine.array(widget.own("titles") ?? .tuple([]))
      while titles.count < max(count, index + 1) { titles.append(.string("")) }
      titles[index] = .string(try a.string(2))
      try widget.set("titles", .tuple(titles), a.machine)
      return .none
    },
    Native("get_title(self, index)", "The name of a page.") { a in
      let titles = try a.machine.array(try a.receiver(WidgetObject.self).own("titles") ?? .tuple([]))
      let index = try a.int(1)
      return titles.indices.contains(index) ? titles[index] : .none
    },
  ]

  static let link: [Native] = [
    Native("unlink(self)", "Ends the link.") { a in
      try a.receiver(WidgetObject.self).close(a.machine)
      return .none
    }
  ]

  static let output: [Native] = [
    Native("__enter__(self)", "From here on output goes to the widget.") { a in
      let widget = try a.receiver(WidgetObject.self)
      (widget.part as? OutputCapture)?.begin(widget, a.machine)
      return a[0]
    },
    Native(
      "__exit__(self, exc_type, exc, tb)", "Output goes where it went; an error is shown here."
    ) { a in
      let widget = try a.receiver(WidgetObject.self)
      guard let capture = widget.part as? OutputCapture else { return .bool(false) }
      return .bool(capture.end(widget, error: a[2].asException, a.machine))
    },
    Native("clear_output(self, wait=False)", "Takes away what the widget shows.") { a in
      let widget = try a.receiver(WidgetObject.self)
      (widget.part as? OutputCapture)?.clear(wait: try a.bool(1), widget, a.machine)
      return .none
    },
    Native("append_stdout(self, text)", "Shows text.") { a in
      let widget = try a.receiver(WidgetObject.self)
      (widget.part as? OutputCapture)?.append(try a.string(1), "stdout", widget, a.machine)
      return .none
    },
    Native("append_stderr(self, text)", "Shows text of an error.") { a in
      let widget = try a.receiver(WidgetObject.self)
      (widget.part as? OutputCapture)?.append(try a.string(1), "stderr", widget, a.machine)
      return .none
    },
    Native("append_display_data(self, display_object)", "Shows an object.") { a in
      let widget = try a.receiver(WidgetObject.self)
      let bundle = try Presenter(a.machine).bundle(a[1])
      (widget.part as? OutputCapture)?.append(bundle, id: nil, widget, a.machine)
      return .none
    },
    Native(
      "capture(self, clear_output=False, *clear_args, **clear_kwargs)",
      "A decorator: what the function prints and displays goes to the widget."
    ) { a in
      let widget = try a.receiver(WidgetObject.self)
      let (clears, wait) = (try a.bool(1), a.keywords(3).contains { $0.name == "wait" })
      let decorator = Native("capture(func)", "Sends a function's output to the widget.") { b in
        let function = b[0]
        let inner = Native("inner(*args, **kwargs)", "Runs with its output in the widget.") { c in
          guard let capture = widget.part as? OutputCapture else { return .none }
          if clears { capture.clear(wait: wait, widget, c.machine) }
          capture.begin(widget, c.machine)
          do {
            let result = try c.machine.call(
              function, try c.items(0), keywords: c.keywords(1))
            _ = capture.end(widget, error: nil, c.machine)
            return result
          } catch let error as Raise {
            let exception = c.machine.materialize(error)
            if capture.end(widget, error: exception, c.machine) { return .none }
            throw error
          }
        }
        return .object(NativeFunction(inner))
      }
      return .object(NativeFunction(decorator))
    },
  ]
}

/// `with widget.hold_sync():`.
enum WidgetHold {
  static let table = TypeTable(
    "hold_sync", module: "ipywidgets.widgets", doc: "A context in which changes gather.",
    allocate: { Instance($0) },
    methods: [
      Native("__enter__(self)", "Changes gather from here on.") { a in
        let hold = try a.receiver(Instance.self)
        (hold.own("widget")?.asInstance as? WidgetObject)?.hold()
        return .none
      },
      Native("__exit__(self, exc_type, exc, tb)", "What has gathered leaves.") { a in
        let hold = try a.receiver(Instance.self)
        (hold.own("widget")?.asInstance as? WidgetObject)?.letGo(a.machine)
        return .bool(false)
      },
    ])
}
