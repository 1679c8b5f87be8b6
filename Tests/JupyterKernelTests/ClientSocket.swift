import CZeroMQ
import Testing

/// The client's side of a socket, as small as it can be: it sends and receives raw frames.
final class ClientSocket {
  enum Kind {
    case dealer, subscriber, requester
  }

  private static let context = UncheckedContext()
  private let handle: UnsafeMutableRawPointer

  /// - Parameter identity: how a ROUTER names this client; empty lets it choose.
  init(_ kind: Kind, _ endpoint: String, identity: String = "") throws {
    let code =
      switch kind {
      case .dealer: ZMQ_DEALER
      case .subscriber: ZMQ_SUB
      case .requester: ZMQ_REQ
      }
    handle = try #require(zmq_socket(Self.context.handle, code))
    var none: Int32 = 0
    zmq_setsockopt(handle, ZMQ_LINGER, &none, MemoryLayout<Int32>.size)
    zmq_setsockopt(handle, ZMQ_RCVHWM, &none, MemoryLayout<Int32>.size)
    zmq_setsockopt(handle, ZMQ_SNDHWM, &none, MemoryLayout<Int32>.size)
    if !identity.isEmpty {
      zmq_setsockopt(handle, ZMQ_ROUTING_ID, identity, identity.utf8.count)
    }
    try #require(zmq_connect(handle, endpoint) == 0)
  }

  deinit { zmq_close(handle) }

  func subscribe(to topic: String = "") {
    zmq_setsockopt(handle, ZMQ_SUBSCRIBE, topic, topic.utf8.count)
  }

  func send(_ frames: [[UInt8]]) {
    for (i, frame) in frames.enumerated() {
      zmq_send(handle, frame, frame.count, i + 1 < frames.count ? ZMQ_SNDMORE : 0)
    }
  }

  /// The next message; nil when none comes within `seconds`.
  func receive(within seconds: Double) -> [[UInt8]]? {
    var item = [
      zmq_pollitem_t(socket: handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    ]
    guard zmq_poll(&item, 1, Int(seconds * 1000)) > 0 else { return nil }
    var frames: [[UInt8]] = []
    var frame = zmq_msg_t()
    zmq_msg_init(&frame)
    defer { zmq_msg_close(&frame) }
    repeat {
      guard zmq_msg_recv(&frame, handle, 0) >= 0 else { return nil }
      frames.append(
        Array(UnsafeRawBufferPointer(start: zmq_msg_data(&frame), count: zmq_msg_size(&frame))))
    } while zmq_msg_more(&frame) != 0
    return frames
  }
}

/// One context serves all clients of the test process, and is never ended.
private struct UncheckedContext: @unchecked Sendable {
  let handle = zmq_ctx_new()
}
