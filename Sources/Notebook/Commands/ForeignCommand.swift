import Language

/// A command that notebooks of Python use and that does nothing here, with what does its job.
struct ForeignCommand: Sendable {
  enum Answer: Sendable {
    /// Its work is done anyway: said once in a session, then it is quiet.
    case needless
    /// A program that relies on it would go wrong: an error.
    case refused
  }

  let names: [String]
  let answer: Answer
  /// What to do instead, as a sentence.
  let sentence: String

  private static let noShell =
    "the kernel runs no shell; use open() and os for files, %run for programs, and a terminal for the rest"

  static let all: [ForeignCommand] = [
    ForeignCommand(
      names: ["matplotlib", "pylab"], answer: .needless,
      sentence: "plots are shown where they are made; %display svg makes them pictures."),
    ForeignCommand(
      names: ["load_ext", "reload_ext", "unload_ext", "autoreload", "aimport"], answer: .needless,
      sentence: "there are no extensions to load: everything is built in."),
    ForeignCommand(
      names: ["config", "colors", "automagic", "autosave", "gui", "xmode", "autocall", "doctest_mode"],
      answer: .needless, sentence: "there is nothing to configure; %display chooses how plots are shown."),
    ForeignCommand(
      names: ["pip", "conda", "mamba", "micromamba", "uv"], answer: .needless,
      sentence: "there is nothing to install: the modules are built in, %modules lists them."),
    ForeignCommand(
      names: ["tensorflow_version"], answer: .needless,
      sentence: "tensorflow and keras are the kernel's own, in one version."),
    ForeignCommand(
      names: ["precision", "pprint"], answer: .refused,
      sentence: "format numbers with f\"{x:.3f}\", arrays with np.set_printoptions or torch.set_printoptions."),
    ForeignCommand(
      names: ["debug", "pdb", "tb", "xdebug"], answer: .refused,
      sentence: "the debugger is the front end's: press the bug at the top right of the notebook, set breakpoints or stop at exceptions, and run the cell again."),
    ForeignCommand(
      names: ["prun", "lprun", "snakeviz", "pyinstrument", "scalene"], answer: .refused,
      sentence: "there is no profiler; %time and %timeit measure a statement, %%time a cell."),
    ForeignCommand(
      names: ["memit", "mprun", "mem_usage"], answer: .refused,
      sentence: "%memory shows what the session takes."),
    ForeignCommand(
      names: ["bash", "sh", "script", "system", "sx", "sc", "cmd", "powershell", "!"], answer: .refused,
      sentence: noShell + "."),
    ForeignCommand(
      names: ["mkdir", "rmdir", "rm", "cp", "mv", "man", "more", "less", "cat", "pycat", "touch", "wget", "curl", "unzip"],
      answer: .refused,
      sentence: "use os.makedirs, os.remove, os.rename and open(); %ls lists a folder."),
    ForeignCommand(
      names: ["python", "python2", "python3", "pypy", "perl", "ruby", "R", "julia", "sql", "cython", "javascript", "js"],
      answer: .refused,
      sentence: "this kernel runs its own language only; %dialect shows what is in it."),
    ForeignCommand(
      names: ["tensorboard"], answer: .refused,
      sentence: "fit() draws the learning curves while it runs; curves(history) draws them again."),
    ForeignCommand(
      names: ["xdel", "reset_selective"], answer: .refused,
      sentence: "write `del NAME` to forget a name, %reset to forget all."),
    ForeignCommand(
      names: ["who_ls", "psearch"], answer: .refused, sentence: "%who lists the names, dir(x) those of an object."),
    ForeignCommand(
      names: ["rerun", "recall", "rep", "macro", "notebook", "logstart", "logon", "logoff", "logstop", "edit", "pastebin"],
      answer: .refused,
      sentence: "%history shows cells that ran, %load 3-5 puts them into the cell, %save writes them to a file."),
    ForeignCommand(
      names: ["store"], answer: .refused,
      sentence: "nothing is kept between sessions by itself; write it with json.dump, np.save or torch.save."),
    ForeignCommand(
      names: ["pushd", "popd", "dirs", "dhist", "bookmark"], answer: .refused,
      sentence: "%cd FOLDER goes to a folder, %cd - back."),
    ForeignCommand(
      names: ["alias", "unalias", "rehashx", "alias_magic"], answer: .refused,
      sentence: "there are no aliases; write a function."),
    ForeignCommand(
      names: ["pfile"], answer: .refused, sentence: "NAME?? shows the source of what you defined."),
    ForeignCommand(
      names: ["set_env"], answer: .refused, sentence: "%env NAME=VALUE sets a variable."),
    ForeignCommand(
      names: ["connect_info", "qtconsole", "killbgscripts", "page", "profile", "subshell"], answer: .refused,
      sentence: "it has no meaning in this kernel."),
  ]

  static func named(_ name: String) -> ForeignCommand? { all.first { $0.names.contains(name) } }

  static func runLine(_ name: String, _ session: Session) throws(Raise) {
    guard let command = named(name) else {
      throw CommandTable.unknown(name, mark: "%", session)
    }
    try command.run("%" + name, session)
  }

  static func runCell(_ name: String, _ session: Session) throws(Raise) -> Value {
    guard let command = named(name) else {
      throw CommandTable.unknown(name, mark: "%%", session)
    }
    // Nothing of the cell runs: a quiet answer would hide that.
    throw CommandTable.usageError(
      "%%\(name) is not available here: nothing of this cell ran", hint: command.advice,
      session.machine)
  }

  private var advice: String { sentence.prefix(1).uppercased() + sentence.dropFirst() }

  private func run(_ name: String, _ session: Session) throws(Raise) {
    switch answer {
    case .needless:
      guard session.remarks.insert(sentence).inserted else { return }
      session.write("\(name) is not needed: \(sentence)\n", toError: false)
    case .refused:
      throw CommandTable.usageError(
        "\(name) is not available here", hint: advice, session.machine)
    }
  }
}
