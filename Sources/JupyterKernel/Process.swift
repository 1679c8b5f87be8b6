import Glibc

/// The login name of who runs the kernel, for message headers.
func userName() -> String {
  for name in ["LOGNAME", "USER"] {
    if let value = getenv(name) {
      let text = String(cString: value)
      if !text.isEmpty { return text }
    }
  }
  return "kernel"
}
