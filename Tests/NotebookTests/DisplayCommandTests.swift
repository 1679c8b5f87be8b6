import TestSupport
import Testing

@testable import Notebook

/// `%plot`, `%table`, `%display`, `%%capture`, `%%html` and its kin.
@Suite struct DisplayCommandTests {
  @Test func plotDrawsWhatFits() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run("import numpy as np\nx = np.linspace(0, 6, 50)\nhistory = {'loss': [3, 2, 1]}")
      for expression in [
        "[1, 4, 9]", "x, np.sin(x)", "history", "np.sin, 0, 6", "x, x, kind='scatter', title='dots'",
        "plot([1, 2])", "[n * n for n in range(5)]",
      ] {
        let outcome = session.run("%plot \(expression)")
        #expect(outcome.error == nil, "\(expression): \(outcome.error ?? "")")
        #expect(outcome.bundles.count == 1, "\(expression)")
        #expect((outcome.bundles.first?.plain.count ?? 0) > 200, "\(expression)")
      }
      #expect(session.run("%plot x, x, kind='scatter', title='dots'").bundles[0].plain.contains("dots"))
      #expect(session.run("%plot").error == "UsageError: %plot: an expression is missing")
      #expect(session.run("%plot 'text'").error != nil)
      #expect(session.run("%plot missing").error?.hasPrefix("NameError") == true)
      #expect(session.run("%plot 1 +").error?.hasPrefix("SyntaxError") == true)
      // The name may be the user's.
      session.run("plot = 3")
      #expect(session.run("%plot [1, 2]").error == nil)
      #expect(session.run("%plot [1, 2], title='t'").error == nil)
      #expect(session.run("plot").result == "3")
    }
  }

  @Test func tableShowsWhatFits() throws {
    try onBigStack {
      let session = try RecordedSession()
      let outcome = session.run("%table {'x': [1, 2], 'y': ['a', 'b']}")
      #expect(outcome.bundles[0].plain.contains("x") && outcome.bundles[0].plain.contains("b"))
      #expect(outcome.bundles[0].data["text/html"] != nil)
      #expect(session.run("%table [{'a': 1}, {'a': 2}], title='r'").bundles[0].plain.contains("─ r ─"))
      #expect(session.run("%table 3").error?.hasPrefix("TypeError: table() takes") == true)
      #expect(session.run("%table").error == "UsageError: %table: an expression is missing")
    }
  }

  @Test func displaySwitchesTheForm() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%display").text == "Plots are shown as text.\n")
      #expect(session.run("%display svg").error == nil)
      #expect(session.run("%plot [1, 2]").bundles[0].data["image/svg+xml"] != nil)
      #expect(session.run("%display").text == "Plots are shown as svg.\n")
      session.run("%display text")
      #expect(session.run("%plot [1, 2]").bundles[0].data["image/svg+xml"] == nil)
      #expect(session.run("%display png").error == "UsageError: %display: it takes text or svg, got 'png'")
    }
  }

  @Test func captureKeepsWhatACellWrites() throws {
    try onBigStack {
      let session = try RecordedSession()
      let outcome = session.run("%%capture out\nprint('kept')\ndisplay('shown')\n41 + 1")
      #expect(outcome.text == "" && outcome.bundles.isEmpty && outcome.result == nil)
      #expect(session.run("out.stdout").result == "'kept\\n'")
      #expect(session.run("print(out, end='')").text == "kept\n")
      let shown = session.run("out.show()")
      #expect(shown.text == "kept\n")
      #expect(shown.bundles.map(\.plain) == ["'shown'", "42"])
      #expect(session.run("%%capture --no-stdout\nprint('seen')").text == "seen\n")
      #expect(session.run("%%capture --no-display\n7").result == "7")
      #expect(session.run("%%capture a b\n1").error == "UsageError: %%capture: 'b' is no name")
      #expect(session.run("%%capture --what\n1").error == "UsageError: %%capture: there is no option --what")
      #expect(session.run("%%capture for\n1").error == "UsageError: %%capture: 'for' is no name")
      // The output is back after an error.
      #expect(session.run("%%capture\n1 / 0").error == "ZeroDivisionError: division by zero")
      #expect(session.run("print('back')").text == "back\n")
    }
  }

  @Test(arguments: [
    ("html", "text/html"), ("markdown", "text/markdown"), ("latex", "text/latex"),
    ("svg", "image/svg+xml"),
  ])
  func aCellIsShownAsWhatItIs(_ name: String, _ type: String) throws {
    try onBigStack {
      let session = try RecordedSession()
      let outcome = session.run("%%\(name)\n<b>1</b>\nx")
      #expect(outcome.bundles[0].data[type]?.string == "<b>1</b>\nx")
      #expect(session.run("%%\(name) more\nx").error?.hasPrefix("UsageError: %%\(name): the first line") == true)
    }
  }
}
