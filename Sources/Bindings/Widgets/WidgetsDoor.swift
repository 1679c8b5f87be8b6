import Language

/// `ipywidgets`: sliders, buttons, boxes and `interact`, over the comms of the kernel.
enum WidgetsDoor {
  static let tables: [ModuleTable] = [
    ModuleTable(
      "ipywidgets", doc: "Widgets: sliders, buttons, boxes, interact.",
      aliases: ["ipywidgets.widgets"],
      entries: types + functions + interaction),
    ModuleTable(
      "ipywidgets.widgets.interaction", doc: "interact and its relatives.", entries: interaction),
  ]

  private static let types: [ModuleEntry] = Widgets.all.map { .type($0) }

  private static let functions: [ModuleEntry] = WidgetLinks.functions.map { .function($0) }

  private static let interaction: [ModuleEntry] = [
    .value(
      name: "interact",
      doc: "Shows widgets for the arguments of a function, and calls it when they change."
    ) { machine in Interact.object(manual: false, machine) },
    .value(
      name: "interact_manual",
      doc: "Shows widgets for the arguments of a function, and a button that calls it."
    ) { machine in Interact.object(manual: true, machine) },
    .type(Interact.interactive), .type(Interact.fixed),
    .function(Interact.interactiveOutput),
  ]
}
