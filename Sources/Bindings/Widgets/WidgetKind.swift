import JSONCoding
import Language

/// A class of widgets: what its model and view are called in the front end, and its traits.
///
/// Names, versions and defaults are those of ipywidgets 8.1 (jupyter-widgets/base and controls 2.0.0,
/// widget protocol 2.1.0).
struct WidgetKind: @unchecked Sendable {
  enum Package: String {
    case base = "@jupyter-widgets/base"
    case controls = "@jupyter-widgets/controls"
    case output = "@jupyter-widgets/output"

    var version: String { self == .output ? "1.0.0" : "2.0.0" }
  }

  /// What a class does besides holding traits.
  enum Behaviour {
    case plain
    /// `value` stays between `min` and `max`.
    case bounded
    /// The same, `min` and `max` being exponents of `base`.
    case boundedLog
    /// Both ends of `value` stay between `min` and `max`.
    case range
    /// One of `options`.
    case selection
    /// Some of `options`.
    case multipleSelection
    case button, output, box
  }

  let name: String
  let package: Package
  let model: String
  let view: String?
  let viewPackage: Package
  /// Parameters that may be given by position, in order.
  let positional: [String]
  let behaviour: Behaviour
  /// Whether it has something to show.
  let isShown: Bool
  let traits: [WidgetTrait]
  let doc: String

  init(
    _ name: String, _ doc: String, package: Package = .controls, model: String? = nil,
    view: String? = "", viewPackage: Package? = nil, positional: [String] = [],
    behaviour: Behaviour = .plain, isShown: Bool = true, traits: [WidgetTrait]
  ) {
    self.name = name
    self.doc = doc
    self.package = package
    self.model = model ?? name + "Model"
    self.view = view == "" ? name + "View" : view
    self.viewPackage = viewPackage ?? package
    self.positional = positional
    self.behaviour = behaviour
    self.isShown = isShown
    self.traits = traits
  }

  func trait(_ name: String) -> WidgetTrait? { traits.first { $0.name == name } }

  var hasValue: Bool { trait("value") != nil }
}

/// All classes of widgets.
enum WidgetKinds {
  private typealias T = WidgetTrait

  private static let dom: [WidgetTrait] = [
    T("_dom_classes", .textTuple), T("layout", .widget("Layout")),
    T("tabbable", .optional(.bool)), T("tooltip", .optional(.text)),
  ]

  private static func described(_ style: String, _ own: [WidgetTrait]) -> [WidgetTrait] {
    dom + [
      T("description", .text, ""), T("description_allow_html", .bool, false),
      T("style", .widget(style)),
    ] + own
  }

  private static func control(_ style: String, _ own: [WidgetTrait]) -> [WidgetTrait] {
    described(style, [T("disabled", .bool, false)] + own)
  }

  private static let orientation = T("orientation", .choice(["horizontal", "vertical"]), "horizontal")
  private static let buttonStyle = T(
    "button_style", .choice(["primary", "success", "info", "warning", "danger", ""]), "")
  private static let barStyle = T("bar_style", .choice(["success", "info", "warning", "danger", ""]), "")
  private static let behavior = T(
    "behavior",
    .choice(["drag-tap", "drag-snap", "tap", "drag", "snap"]), "drag-tap")

  private static func slider(_ format: JSON, _ own: [WidgetTrait]) -> [WidgetTrait] {
    control(
      "SliderStyle",
      [
        behavior, T("continuous_update", .bool, true), orientation, T("readout", .bool, true),
        T("readout_format", .text, format),
      ] + own)
  }

  private static func ints(_ step: WidgetTrait.Kind? = .int) -> [WidgetTrait] {
    [T("max", .int, 100), T("min", .int, 0), T("value", .int, 0)]
      + (step.map { [T("step", $0, 1)] } ?? [])
  }

  private static func floats(_ step: JSON?) -> [WidgetTrait] {
    [T("max", .float, 100.0), T("min", .float, 0.0), T("value", .float, 0.0)]
      + (step.map { [T("step", .optional(.float), $0)] } ?? [])
  }

  private static func selection(
    _ own: [WidgetTrait], style: String = "DescriptionStyle"
  ) -> [WidgetTrait] {
    control(
      style,
      [
        T("_options_labels", .textTuple), T("index", .optional(.int)),
        T("options", .any, isSynced: false), T("value", .any, isSynced: false),
        T("label", .optional(.text), isSynced: false),
      ] + own)
  }

  private static func text(_ style: String, _ own: [WidgetTrait]) -> [WidgetTrait] {
    described(style, [T("placeholder", .text, "\u{200b}"), T("value", .text, "")] + own)
  }

  private static let entry = [T("continuous_update", .bool, true), T("disabled", .bool, false)]

  private static func box(_ own: [WidgetTrait] = []) -> [WidgetTrait] {
    dom + [
      T("box_style", .choice(["success", "info", "warning", "danger", ""]), ""),
      T("children", .widgets),
    ] + own
  }

  private static let pages = [T("selected_index", .optional(.int)), T("titles", .textTuple)]

  private static func style(_ name: String, _ doc: String, _ own: [WidgetTrait]) -> WidgetKind {
    WidgetKind(name, doc, view: "StyleView", viewPackage: .base, isShown: false, traits: own)
  }

  private static func optionalTexts(_ names: String) -> [WidgetTrait] {
    names.split(separator: " ").map { T(String($0), .optional(.text)) }
  }

  private static let font = optionalTexts("font_family font_size font_style font_variant font_weight")
  private static let textLook = optionalTexts("background font_size text_color")
  private static let width = [T("description_width", .text, "")]

  private static let bounded = ["value", "min", "max", "step"]

  static let all: [WidgetKind] = [
    WidgetKind(
      "Layout", "How a widget is laid out: CSS properties.", package: .base, isShown: false,
      traits: optionalTexts(
        "align_content align_items align_self border_bottom border_left border_right border_top "
          + "bottom display flex flex_flow grid_area grid_auto_columns grid_auto_flow "
          + "grid_auto_rows grid_column grid_gap grid_row grid_template_areas "
          + "grid_template_columns grid_template_rows height justify_content justify_items left "
          + "margin max_height max_width min_height min_width object_fit object_position order "
          + "overflow padding right top visibility width")),
    style("DescriptionStyle", "How the description looks.", width),
    style("SliderStyle", "How a slider looks.", width + [T("handle_color", .optional(.color))]),
    style("ProgressStyle", "How a progress bar looks.", width + [T("bar_color", .optional(.color))]),
    style("CheckboxStyle", "How a checkbox looks.", width + [T("background", .optional(.text))]),
    style("TextStyle", "How a text field looks.", width + textLook),
    style("HTMLStyle", "How HTML looks.", width + textLook),
    style("HTMLMathStyle", "How HTML with formulas looks.", width + textLook),
    style(
      "LabelStyle", "How a label looks.",
      width + font + optionalTexts("background text_color text_decoration")),
    style(
      "ButtonStyle", "How a button looks.",
      font + [T("button_color", .optional(.color))] + optionalTexts("text_color text_decoration")),
    style(
      "ToggleButtonStyle", "How a toggle button looks.",
      width + font + optionalTexts("text_color text_decoration")),
    style(
      "ToggleButtonsStyle", "How toggle buttons look.",
      width + [T("button_width", .text, ""), T("font_weight", .text, "")]),

    WidgetKind(
      "IntSlider", "A slider of whole numbers.", positional: bounded, behaviour: .bounded,
      traits: slider("d", ints())),
    WidgetKind(
      "FloatSlider", "A slider of numbers.", positional: bounded, behaviour: .bounded,
      traits: slider(".2f", floats(0.1))),
    WidgetKind(
      "FloatLogSlider", "A slider of powers of `base`: min and max are exponents.",
      positional: ["value", "base", "min", "max", "step"], behaviour: .boundedLog,
      traits: slider(
        ".3g",
        [
          T("base", .float, 10.0), T("max", .float, 4.0), T("min", .float, 0.0),
          T("step", .optional(.float), 0.1), T("value", .float, 1.0),
        ])),
    WidgetKind(
      "IntRangeSlider", "A slider with two handles.", positional: bounded, behaviour: .range,
      traits: slider(
        "d",
        [
          T("max", .int, 100), T("min", .int, 0), T("step", .int, 1),
          T("value", .intPair, [25, 75]),
        ])),
    WidgetKind(
      "FloatRangeSlider", "A slider with two handles.", positional: bounded, behaviour: .range,
      traits: slider(
        ".2f",
        [
          T("max", .float, 100.0), T("min", .float, 0.0), T("step", .optional(.float), 0.1),
          T("value", .floatPair, [25.0, 75.0]),
        ])),
    WidgetKind(
      "IntText", "A field for a whole number.", positional: ["value"],
      traits: control(
        "DescriptionStyle",
        [T("continuous_update", .bool, false), T("step", .int, 1), T("value", .int, 0)])),
    WidgetKind(
      "FloatText", "A field for a number.", positional: ["value"],
      traits: control(
        "DescriptionStyle",
        [
          T("continuous_update", .bool, false), T("step", .optional(.float)),
          T("value", .float, 0.0),
        ])),
    WidgetKind(
      "BoundedIntText", "A field for a whole number between two bounds.", view: "IntTextView",
      positional: bounded, behaviour: .bounded,
      traits: control("DescriptionStyle", [T("continuous_update", .bool, false)] + ints())),
    WidgetKind(
      "BoundedFloatText", "A field for a number between two bounds.", view: "FloatTextView",
      positional: bounded, behaviour: .bounded,
      traits: control(
        "DescriptionStyle", [T("continuous_update", .bool, false)] + floats(.null))),
    WidgetKind(
      "IntProgress", "A progress bar.", view: "ProgressView", positional: ["value", "min", "max"],
      behaviour: .bounded, traits: described("ProgressStyle", [barStyle, orientation] + ints(nil))),
    WidgetKind(
      "FloatProgress", "A progress bar.", view: "ProgressView",
      positional: ["value", "min", "max"], behaviour: .bounded,
      traits: described("ProgressStyle", [barStyle, orientation] + floats(nil))),
    WidgetKind(
      "Play", "Plays a number forward, for animations.", positional: bounded, behaviour: .bounded,
      traits: control(
        "DescriptionStyle",
        ints() + [
          T("interval", .int, 100), T("playing", .bool, false), T("repeat", .bool, false),
          T("show_repeat", .bool, true),
        ])),
    WidgetKind(
      "Checkbox", "A box to tick.", positional: ["value"],
      traits: control("CheckboxStyle", [T("indent", .bool, true), T("value", .bool, false)])),
    WidgetKind(
      "ToggleButton", "A button that stays down.", positional: ["value"],
      traits: control(
        "ToggleButtonStyle", [buttonStyle, T("icon", .text, ""), T("value", .bool, false)])),
    WidgetKind(
      "Valid", "A mark that says whether something is valid.", positional: ["value"],
      traits: control(
        "DescriptionStyle", [T("readout", .text, "Invalid"), T("value", .bool, false)])),

    WidgetKind(
      "Dropdown", "One of several options, in a menu.", behaviour: .selection,
      traits: selection([])),
    WidgetKind(
      "Select", "One of several options, in a list.", behaviour: .selection,
      traits: selection([T("rows", .int, 5)])),
    WidgetKind(
      "RadioButtons", "One of several options, as buttons.", behaviour: .selection,
      traits: selection([T("orientation", .choice(["horizontal", "vertical"]), "vertical")])),
    WidgetKind(
      "ToggleButtons", "One of several options, as buttons that stay down.", behaviour: .selection,
      traits: selection(
        [buttonStyle, T("icons", .textTuple), T("tooltips", .textTuple)], style: "ToggleButtonsStyle")),
    WidgetKind(
      "SelectionSlider", "One of several options, on a slider.", behaviour: .selection,
      traits: selection(
        [behavior, T("continuous_update", .bool, true), orientation, T("readout", .bool, true)],
        style: "SliderStyle")),
    WidgetKind(
      "SelectMultiple", "Some of several options.", behaviour: .multipleSelection,
      traits: control(
        "DescriptionStyle",
        [
          T("_options_labels", .textTuple), T("index", .tuple),
          T("options", .any, isSynced: false), T("value", .tuple, isSynced: false),
          T("label", .textTuple, isSynced: false), T("rows", .int, 5),
        ])),

    WidgetKind(
      "Text", "A line to type text into.", positional: ["value"],
      traits: text("TextStyle", entry)),
    WidgetKind(
      "Textarea", "A field of several lines to type text into.", positional: ["value"],
      traits: text("TextStyle", entry + [T("rows", .optional(.int))])),
    WidgetKind(
      "Password", "A line to type text into that is not shown.", positional: ["value"],
      traits: text("TextStyle", entry)),
    WidgetKind(
      "Combobox", "A line to type text into, with suggestions.", positional: ["value"],
      traits: text(
        "TextStyle", entry + [T("ensure_option", .bool, false), T("options", .textTuple)])),
    WidgetKind(
      "Label", "A line of text.", positional: ["value"], traits: text("LabelStyle", [])),
    WidgetKind("HTML", "HTML.", positional: ["value"], traits: text("HTMLStyle", [])),
    WidgetKind(
      "HTMLMath", "HTML with formulas.", positional: ["value"], traits: text("HTMLMathStyle", [])),
    WidgetKind(
      "ColorPicker", "A colour.", 
      traits: control(
        "DescriptionStyle", [T("concise", .bool, false), T("value", .color, "black")])),
    WidgetKind(
      "Image", "A picture from bytes.",
      traits: dom + [
        T("format", .text, "png"), T("height", .text, ""), T("value", .bytes),
        T("width", .text, ""),
      ]),

    WidgetKind(
      "Button", "A button: `on_click(f)` calls f(button).", behaviour: .button,
      traits: dom + [
        buttonStyle, T("description", .text, ""), T("disabled", .bool, false),
        T("icon", .text, ""), T("style", .widget("ButtonStyle")),
      ]),
    WidgetKind(
      "Output", "A place for output: `with out:` shows there what is printed and displayed.",
      package: .output, behaviour: .output,
      traits: dom + [T("msg_id", .text, ""), T("outputs", .tuple)]),
    WidgetKind(
      "Box", "Several widgets.", positional: ["children"], behaviour: .box, traits: box()),
    WidgetKind(
      "HBox", "Several widgets beside each other.", positional: ["children"], behaviour: .box,
      traits: box()),
    WidgetKind(
      "VBox", "Several widgets above each other.", positional: ["children"], behaviour: .box,
      traits: box()),
    WidgetKind(
      "GridBox", "Several widgets in a grid.", positional: ["children"], behaviour: .box,
      traits: box()),
    WidgetKind(
      "Tab", "Several widgets, one of them shown.", positional: ["children"], behaviour: .box,
      traits: box(pages)),
    WidgetKind(
      "Accordion", "Several widgets that fold.", positional: ["children"], behaviour: .box,
      traits: box(pages)),
    WidgetKind(
      "Stack", "Several widgets, one of them shown.", positional: ["children"], behaviour: .box,
      traits: box(pages)),

    WidgetKind(
      "Link", "Keeps two attributes equal, in the front end.", view: nil,
      positional: ["source", "target"], isShown: false,
      traits: [T("source", .tuple), T("target", .tuple)]),
    WidgetKind(
      "DirectionalLink", "Makes an attribute follow another, in the front end.", view: nil,
      positional: ["source", "target"], isShown: false,
      traits: [T("source", .tuple), T("target", .tuple)]),
  ]

  static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
}
