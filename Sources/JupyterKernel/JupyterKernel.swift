// JupyterKernel: sockets, channels, sessions: serves any `Interpreter` over ZeroMQ.
//
// Owns: the IO thread (the only owner of the sockets), the heartbeat thread, the evaluator thread,
// the ordered outbound queue, signals, orphan detection, kernelspec installation.
// Must not know: which language it serves.
// Imports: JupyterProtocol, CZeroMQ.
