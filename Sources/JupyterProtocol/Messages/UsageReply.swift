import JSONCoding

/// What the kernel and its machine use, with ipykernel's field names.
public struct UsageReply: MessageContent, Equatable {
  public static let messageType = "usage_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  public var hostname: String
  public var pid: Int
  /// Per cent of one processor since the last request; nil for the first, which has no such time.
  public var kernelCPU: Double?
  /// Bytes.
  public var kernelMemory: Int
  /// Per cent of all processors since the last request.
  public var hostCPU: Double?
  public var processors: Int
  public var memory: Memory

  /// Of the machine, in bytes.
  public struct Memory: Sendable, Equatable {
    public var total: Int
    public var available: Int
    public var free: Int

    public init(total: Int, available: Int, free: Int) {
      self.total = total
      self.available = available
      self.free = free
    }
  }

  public init(
    hostname: String, pid: Int, kernelCPU: Double?, kernelMemory: Int, hostCPU: Double?,
    processors: Int, memory: Memory
  ) {
    self.hostname = hostname
    self.pid = pid
    self.kernelCPU = kernelCPU
    self.kernelMemory = kernelMemory
    self.hostCPU = hostCPU
    self.processors = processors
    self.memory = memory
  }

  public init(content: JSON) throws(ProtocolError) {
    hostname = try content.field("hostname")
    pid = try content.field("pid")
    kernelCPU = content["kernel_cpu"]?.double
    kernelMemory = try content.field("kernel_memory")
    hostCPU = content["host_cpu_percent"]?.double
    processors = try content.field("cpu_count")
    let host = JSON.object(try content.field("host_virtual_memory"))
    memory = Memory(
      total: try host.field("total"), available: try host.field("available"),
      free: try host.field("free"))
  }

  public var content: JSON.Object {
    let used = max(0, memory.total - memory.available)
    let percent = memory.total > 0 ? Double(used) / Double(memory.total) * 100 : 0
    var content: JSON.Object = [
      "hostname": .string(hostname), "pid": .int(pid), "kernel_memory": .int(kernelMemory),
      "cpu_count": .int(processors),
      "host_virtual_memory": [
        "total": .int(memory.total), "available": .int(memory.available),
        "percent": .double((percent * 10).rounded() / 10), "used": .int(used),
        "free": .int(memory.free),
      ],
    ]
    content["kernel_cpu"] = kernelCPU.map { .double($0) }
    content["host_cpu_percent"] = hostCPU.map { .double($0) }
    return content
  }
}
