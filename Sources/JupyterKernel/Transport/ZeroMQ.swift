import CZeroMQ
import Glibc
import JupyterProtocol

/// A failed call of libzmq.
struct ZeroMQError: Error, Equatable, CustomStringConvertible {
  let operation: String
  let code: Int32

  /// The error of the call that has just failed.
  init(_ operation: String) {
    self.operation = operation
    code = zmq_errno()
  }

  var description: String { "\(operation): \(String(cString: zmq_strerror(code)))" }
}

/// A context of libzmq: its own IO thread and all sockets made from it.
final class ZeroMQContext: @unchecked Sendable {
  fileprivate let handle: UnsafeMutableRawPointer

  init() throws(ZeroMQError) {
    guard let handle = zmq_ctx_new() else { throw ZeroMQError("making a ZeroMQ context") }
    self.handle = handle
  }

  /// Makes every blocking call on its sockets return, from any thread.
  func shutdown() { zmq_ctx_shutdown(handle) }

  /// Waits until all sockets are closed and what they still hold has left, or lingered away.
  func terminate() {
    while zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
  }
}

/// A socket. It belongs to one thread at a time.
final class ZeroMQSocket {
  let handle: UnsafeMutableRawPointer

  enum Kind {
    case router, xpub, dealer

    fileprivate var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .xpub: ZMQ_XPUB
      case .dealer: ZMQ_DEALER
      }
    }
  }

  init(_ context: ZeroMQContext, _ kind: Kind) throws(ZeroMQError) {
    guard let handle = zmq_socket(context.handle, kind.code) else {
      throw ZeroMQError("opening a socket")
    }
    self.handle = handle
  }

  func close() { zmq_close(handle) }

  // MARK: - Options

  func set(_ option: Int32, _ value: Int32) throws(ZeroMQError) {
    var value = value
    if zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) != 0 {
      throw ZeroMQError("setting socket option \(option)")
    }
  }

  func set(_ option: Int32, _ value: Int64) throws(ZeroMQError) {
    var value = value
    if zmq_setsockopt(handle, option, &value, MemoryLayout<Int64>.size) != 0 {
      throw ZeroMQError("setting socket option \(option)")
    }
  }

  func set(_ option: Int32, _ value: String) throws(ZeroMQError) {
    if zmq_setsockopt(handle, option, value, value.utf8.count) != 0 {
      throw ZeroMQError("setting socket option \(option)")
    }
  }

  /// Binds, and gives the endpoint that came of it: a port of 0 becomes the one that was free.
  func bind(_ endpoint: String) throws(ZeroMQError) -> String {
    if zmq_bind(handle, endpoint) != 0 { throw ZeroMQError("binding \(endpoint)") }
    var bytes = [UInt8](repeating: 0, count: 1024)
    var count = bytes.count
    if zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &bytes, &count) != 0 {
      throw ZeroMQError("reading the endpoint of \(endpoint)")
    }
    return String(decoding: bytes.prefix(count).prefix { $0 != 0 }, as: UTF8.self)
  }

  func connect(_ endpoint: String) throws(ZeroMQError) {
    if zmq_connect(handle, endpoint) != 0 { throw ZeroMQError("connecting to \(endpoint)") }
  }

  // MARK: - Messages

  /// Receives a message within `seconds`; nil when none comes.
  func receive(seconds: Double) -> [[UInt8]]? {
    var item = zmq_pollitem_t(socket: handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    let end = monotonicSeconds() + seconds
    while true {
      let left = max(0, end - monotonicSeconds())
      let ready = zmq_poll(&item, 1, Int((left * 1000).rounded(.up)))
      if ready > 0 { return receive() }
      if ready == 0 || zmq_errno() != EINTR { return nil }
    }
  }

  /// Frames of one message beyond this are thrown away, with the message: no message has that many.
  static let frameLimit = 4096

  /// Receives all frames of a message.
  /// - Parameter waiting: sleep until there is one.
  /// - Returns: nil when there is none, or the context was shut down.
  func receive(waiting: Bool = false) -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var frame = zmq_msg_t()
    zmq_msg_init(&frame)
    defer { zmq_msg_close(&frame) }
    while true {
      if zmq_msg_recv(&frame, handle, waiting ? 0 : ZMQ_DONTWAIT) < 0 {
        if zmq_errno() == EINTR { continue }
        return nil
      }
      if frames.count <= Self.frameLimit {
        let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(&frame), count: zmq_msg_size(&frame))
        frames.append(Array(bytes))
      }
      if zmq_msg_more(&frame) == 0 { return frames.count > Self.frameLimit ? [] : frames }
    }
  }

  /// Sends the frames as one message, without waiting.
  /// - Returns: false if it could not leave; a reader that is gone counts as served.
  @discardableResult
  func send(_ frames: [[UInt8]]) -> Bool {
    for (i, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (i + 1 < frames.count ? ZMQ_SNDMORE : 0)
      while zmq_send(handle, frame, frame.count, flags) < 0 {
        guard zmq_errno() == EINTR else { return false }
      }
    }
    return true
  }
}
