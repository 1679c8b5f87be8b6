import Glibc

/// Notices that the program that started the kernel is gone.
///
/// Jupyter gives its process id in `JPY_PARENT_PID`. Without it the kernel was started by hand and
/// lives on its own. Usually that process is our parent, and we get another one when it ends. With a
/// program in between (`conda run`, a fork server) our parent may end early and mean nothing; then
/// Jupyter's process itself is looked for, if it can be seen from here at all (not from inside of a
/// container).
struct ParentWatch {
  private enum Subject {
    case nobody
    case ourParent(pid_t)
    case process(pid_t)
  }

  private let subject: Subject

  init() {
    let parent = getppid()
    guard let text = getenv("JPY_PARENT_PID"), let jupyter = pid_t(String(cString: text)),
      jupyter > 0
    else {
      subject = .nobody
      return
    }
    if jupyter == parent {
      subject = .ourParent(parent)
    } else {
      subject = Self.exists(jupyter) ? .process(jupyter) : .nobody
    }
  }

  func isOrphaned() -> Bool {
    switch subject {
    case .nobody: false
    case .ourParent(let parent): getppid() != parent
    case .process(let id): !Self.exists(id)
    }
  }

  private static func exists(_ id: pid_t) -> Bool { kill(id, 0) == 0 || errno == EPERM }
}
