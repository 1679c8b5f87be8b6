import Display
import Language

/// Where the language shows rich output: the notebook, a terminal, a test.
public protocol DisplayPort: AnyObject {
  /// Width, colour and mode that plots and tables are drawn with.
  var settings: DisplaySettings { get set }
  /// Whether updates replace what was shown (a notebook) or only the last state matters (a log).
  var updatesInPlace: Bool { get }
  func show(_ bundle: MIMEBundle, id: String?)
  func update(_ bundle: MIMEBundle, id: String)
  func clear(wait: Bool)
  /// From here on output goes to `collector` instead, until `pop`.
  func push(_ collector: any OutputCollector)
  func pop()
}

/// Takes the output of a part of a program (`with out:`).
public protocol OutputCollector: AnyObject {
  func write(_ text: String, toError: Bool)
  func show(_ bundle: MIMEBundle, id: String?)
  /// False when it has shown nothing under this id.
  func update(_ bundle: MIMEBundle, id: String) -> Bool
  func clear(wait: Bool)
}

extension Machine {
  /// The session's display; nil in a machine without one.
  public var displayPort: (any DisplayPort)? {
    get { (extensions["display port"] as? DisplayPortHolder)?.port }
    set { extensions["display port"] = newValue.map(DisplayPortHolder.init) }
  }

  /// The settings to draw with.
  public var displaySettings: DisplaySettings { displayPort?.settings ?? DisplaySettings() }

  /// A display id that this session has not used.
  public func newDisplayID() -> String {
    let counter = extensions["display ids"] as? DisplayCounter ?? DisplayCounter()
    extensions["display ids"] = counter
    counter.count += 1
    return "swiftlet-\(counter.prefix)-\(counter.count)"
  }
}

private final class DisplayPortHolder {
  weak var port: (any DisplayPort)?
  init(_ port: any DisplayPort) { self.port = port }
}

private final class DisplayCounter {
  var count = 0
  /// Two kernels that show in one notebook must not share ids.
  let prefix = String(UInt32.random(in: 0...UInt32.max), radix: 16)
}

/// A library object that has a picture of itself.
public protocol RichObject: Instance {
  /// The object as a front end should show it.
  func bundle(_ machine: Machine) throws -> MIMEBundle
  /// Whether it is shown when a call that made it stands alone on a line (plots, tables).
  var showsItself: Bool { get }
}

extension RichObject {
  public var showsItself: Bool { false }
}
