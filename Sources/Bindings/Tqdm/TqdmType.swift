import Display
import Language
import Plotting

/// The type `tqdm` and what its modules hold.
enum TqdmDoor {
  static let tables: [ModuleTable] = ["tqdm", "tqdm.auto", "tqdm.notebook", "tqdm.std", "tqdm.autonotebook"].map { name in
    ModuleTable(
      name, doc: "Bars of progress.",
      entries: [
        .type(TqdmBar.table), .function(trange),
        .alias(name == "tqdm" || name == "tqdm.std" ? "tqdm_notebook" : "tqdm_auto", of: "tqdm"),
        .alias(name == "tqdm.notebook" ? "tnrange" : "trange_auto", of: "trange"),
        .value(name: "__version__", doc: "The version whose behaviour this door follows.") { _ in .string("4.70.1") },
      ])
  } + [
    ModuleTable(
      "tqdm.contrib", doc: "Walks with a bar.",
      entries: [
        .function(
          Native("tenumerate(iterable, start=0, total=None, **kwargs)", "enumerate with a bar.") { a in
            let bar = try make(a.machine, a[0], total: a[2], a.keywords(3))
            return try a.machine.call(a.machine.builtin("enumerate") ?? .none, [bar, a[1]])
          })
      ])
  ]

  static func make(
    _ machine: Machine, _ iterable: Value, total: Value = .none, _ keywords: [(name: String, value: Value)]
  ) throws -> Value {
    try machine.call(
      .object(machine.type(TqdmBar.table)), [iterable],
      keywords: (total.isNone ? [] : [("total", total)]) + keywords)
  }

  static let trange = Native("trange(*args, **kwargs)", "tqdm(range(...)).", example: "[i for i in trange(3)]") { a in
    let range = try a.machine.call(a.machine.builtin("range") ?? .none, a.items(0))
    return try make(a.machine, range, a.keywords(1))
  }
}

extension TqdmBar {
  private static func of(_ value: Value) throws -> TqdmBar {
    guard let bar = value.asInstance as? TqdmBar else { throw Raise(.typeError, "a tqdm bar is needed") }
    return bar
  }

  /// Numbers as tqdm shortens them: three digits, unless the number itself is shorter.
  static func number(_ value: Value, _ machine: Machine) throws -> String {
    let plain = try machine.text(of: value)
    guard let number = value.asDouble ?? (try? machine.scalar(value))??.double else { return plain }
    let short = NumberText.general(number, 3).replacing("e+0", with: "e+").replacing("e-0", with: "e-")
    return short.utf8.count < plain.utf8.count ? short : plain
  }

  private static func postfix(
    _ dict: Value, _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> String {
    var entries: [(name: String, value: Value)] = []
    if let given = dict.asDict {
      entries = try given.pairs.map { (try machine.text(of: $0.key), $0.value) }
    }
    for entry in keywords.sorted(by: { $0.name < $1.name }) {
      if let place = entries.firstIndex(where: { $0.name == entry.name }) { entries[place] = entry }
      else { entries.append(entry) }
    }
    return try entries.map { entry in
      let text = try entry.value.swiftString ?? number(entry.value, machine)
      return entry.name + "=" + text.trimmingBlanks
    }.joined(separator: ", ")
  }

  private static func initialize(_ a: Arguments) throws -> Value {
    let bar = try of(a[0])
    let machine = a.machine
    for (name, _) in a.keywords(29) where !["gui", "lock_args", "display", "name"].contains(name) {
      throw Raise(
        .keyError, "Unknown argument(s): {'\(name)': ...}",
        hint: Suggestion.nearest(to: name, among: a.function.parameters.map(\.name)).map { "Did you mean '\($0)'?" })
    }
    bar.iterable = a[1]
    bar.meter.label = try a[2].isNone ? "" : machine.text(of: a[2])
    bar.total = a[3]
    if bar.total.isNone, !a[1].isNone, let method = try machine.optionalAttribute(a[1], "__len__") {
      bar.total = (try? machine.call(method)) ?? .none
    }
    bar.leaves = a[4].isNone ? true : try a.bool(4)
    bar.meter.columns = try a.optionalInt(6).map { min(max($0, 0), 400) }
    bar.minInterval = try a.double(7)
    if let letters = a[10].swiftString {
      if letters.count > 1 { bar.meter.letters = Array(letters) }
    } else if !a[10].isNone, try a.bool(10) {
      bar.meter.letters = TqdmMeter.ascii
    }
    bar.isDisabled = a[11].isNone ? false : try a.bool(11)
    bar.meter.unit = try machine.text(of: a[12])
    bar.meter.scalesUnits = try a.bool(13)
    bar.meter.format = try a.optionalString(16)
    bar.done = a[17]
    bar.meter.initial = a[17].asDouble ?? 0
    if a[19].asDict != nil { bar.meter.postfix = try postfix(a[19], [], machine) }
    else if !a[19].isNone { bar.meter.postfix = try machine.text(of: a[19]) }
    bar.meter.divisor = try a.double(20)
    bar.delay = try a.double(25)
    bar.restart(machine)
    return .none
  }

  static let table = TypeTable(
    "tqdm", module: "tqdm.std", doc: "A bar of progress around anything that can be walked.",
    allocate: { TqdmBar($0) },
    properties: [
      NativeProperty(
        "n", "What is done.", get: { value, _ in try of(value).done },
        set: { value, new, machine in
          try of(value).done = new
          try of(value).draw(machine)
        }),
      NativeProperty(
        "total", "What there is to do.", get: { value, _ in try of(value).total },
        set: { value, new, _ in try of(value).total = new }),
      NativeProperty(
        "desc", "What is counted.", get: { value, _ in .string(try of(value).meter.label) },
        set: { value, new, machine in try of(value).meter.label = machine.text(of: new) }),
      NativeProperty("postfix", "What stands at the end.") { value, _ in
        let text = try of(value).meter.postfix
        return text.isEmpty ? .none : .string(text)
      },
      NativeProperty("unit", "What one count is.") { value, _ in .string(try of(value).meter.unit) },
      NativeProperty("leave", "Whether the bar stays.") { value, _ in .bool(try of(value).leaves) },
      NativeProperty("disable", "Whether nothing is shown.") { value, _ in .bool(try of(value).isDisabled) },
      NativeProperty("iterable", "What is walked.") { value, _ in try of(value).iterable },
    ],
    statics: [
      Native(
        "format_meter(n, total, elapsed, ncols=None, prefix='', ascii=False, unit='it', "
          + "unit_scale=False, rate=None, bar_format=None, postfix=None, unit_divisor=1000, initial=0, "
          + "colour=None, **extra_kwargs)",
        "One row of progress.", example: "tqdm.format_meter(3, 10, 1.5)"
      ) { a in
        var meter = TqdmMeter()
        meter.done = .init(try a.double(0), try a.machine.text(of: a[0]))
        if !a[1].isNone { meter.total = .init(try a.double(1), try a.machine.text(of: a[1])) }
        meter.elapsed = try a.double(2)
        meter.columns = try a.optionalInt(3).map { min(max($0, 0), 400) }
        meter.label = try a[4].isNone ? "" : a.machine.text(of: a[4])
        if let letters = a[5].swiftString {
          if letters.count > 1 { meter.letters = Array(letters) }
        } else if try a.bool(5) {
          meter.letters = TqdmMeter.ascii
        }
        meter.unit = try a.string(6)
        meter.scalesUnits = try a.bool(7)
        meter.rate = try a.optionalDouble(8)
        meter.format = try a.optionalString(9)
        meter.postfix = try a.optionalString(10) ?? ""
        meter.divisor = try a.double(11)
        meter.initial = try a.double(12)
        return .string(meter.text)
      },
      Native("format_interval(t)", "Seconds as [H:]MM:SS.", example: "tqdm.format_interval(75)") { a in
        .string(TqdmMeter.interval(try a.double(0)))
      },
      Native("format_num(n)", "A number in three digits, or as it is where that is shorter.") { a in
        .string(try number(a[0], a.machine))
      },
      Native("format_sizeof(num, suffix='', divisor=1000)", "A number with the letter of its thousands.") { a in
        .string(TqdmMeter.size(try a.double(0), try a.string(1), try a.double(2)))
      },
      Native("write(s, file=None, end='\\n', nolock=False)", "Writes a line beside the bars.") { a in
        a.machine.host?.write(try a.machine.text(of: a[0]) + a.string(2), toError: false)
        return .none
      },
    ],
    methods: [
      Native(
        "__init__(self, iterable=None, desc=None, total=None, leave=True, file=None, ncols=None, "
          + "mininterval=0.1, maxinterval=10.0, miniters=None, ascii=None, disable=False, unit='it', "
          + "unit_scale=False, dynamic_ncols=False, smoothing=0.3, bar_format=None, initial=0, "
          + "position=None, postfix=None, unit_divisor=1000, write_bytes=False, lock_args=None, "
          + "nrows=None, colour=None, delay=0.0, gui=False, color=None, display=True, **kwargs)",
        "A bar.", body: initialize),
      Native("__iter__(self)", "Walks and counts.") { a in try of(a[0]).iterator(a.machine) },
      Native("__len__(self)", "How many there are.") { a in
        let bar = try of(a[0])
        if let total = bar.total.asInt { return .int(total) }
        guard let method = try a.machine.optionalAttribute(bar.iterable, "__len__") else {
          throw Raise(.typeError, "object of type 'NoneType' has no len()")
        }
        return try a.machine.call(method)
      },
      Native("__contains__(self, item)", "Whether what is walked holds it.") { a in
        let bar = try of(a[0])
        guard let method = try a.machine.optionalAttribute(bar.iterable, "__contains__") else { return .bool(false) }
        return try a.machine.call(method, [a[1]])
      },
      Native("__bool__(self)", "Whether there is something to do.") { a in
        let total = try of(a[0]).total
        return .bool(total.isNone ? true : (total.asDouble ?? 1) > 0)
      },
      Native("__enter__(self)", "The bar for a with block.") { a in a[0] },
      Native("__exit__(self, *args)", "Closes the bar.") { a in
        try of(a[0]).close(a.machine)
        return .bool(false)
      },
      Native("update(self, n=1)", "Counts n further ones.") { a in
        try of(a[0]).advance(a[1], a.machine)
        return .none
      },
      Native("close(self)", "Leaves the last state.") { a in
        try of(a[0]).close(a.machine)
        return .none
      },
      Native("refresh(self, *args, **kwargs)", "Draws the bar now.") { a in
        try of(a[0]).draw(a.machine)
        return .none
      },
      Native("display(self, *args, **kwargs)", "Draws the bar now.") { a in
        try of(a[0]).draw(a.machine)
        return .none
      },
      Native("clear(self, *args, **kwargs)", "Bars stand in displays of their own.") { _ in .none },
      Native("unpause(self)", "Bars do not pause.") { _ in .none },
      Native("reset(self, total=None)", "Begins anew.") { a in
        let bar = try of(a[0])
        bar.done = .int(0)
        if !a[1].isNone { bar.total = a[1] }
        bar.restart(a.machine)
        return .none
      },
      Native("set_description(self, desc=None, refresh=True)", "Sets what is counted.") { a in
        let bar = try of(a[0])
        let text = try a[1].isNone ? "" : a.machine.text(of: a[1])
        bar.meter.label = text.isEmpty ? "" : text + ": "
        bar.draw(a.machine)
        return .none
      },
      Native("set_description_str(self, desc=None, refresh=True)", "Sets what is counted, without a colon.") { a in
        let bar = try of(a[0])
        bar.meter.label = try a[1].isNone ? "" : a.machine.text(of: a[1])
        bar.draw(a.machine)
        return .none
      },
      Native("set_postfix(self, ordered_dict=None, refresh=True, **kwargs)", "Sets numbers at the end of the row.") { a in
        let bar = try of(a[0])
        bar.meter.postfix = try postfix(a[1], a.keywords(3), a.machine)
        bar.draw(a.machine)
        return .none
      },
      Native("set_postfix_str(self, s='', refresh=True)", "Sets the end of the row.") { a in
        let bar = try of(a[0])
        bar.meter.postfix = try a.machine.text(of: a[1])
        bar.draw(a.machine)
        return .none
      },
      Native("__repr__(self)", "The row.") { a in .string(try of(a[0]).row(a.machine)) },
    ])
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
