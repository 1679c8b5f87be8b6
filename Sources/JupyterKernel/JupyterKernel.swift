// JupyterKernel: sockets, channels, sessions: serves any `Interpreter` over ZeroMQ.
//
// Owns: `serve`, `Kernel`, the connection file, signals, orphan detection, crash reports.
// Must not know: which language it serves.
// Imports: JupyterProtocol, CZeroMQ, CSQLite.
//
// Threads, and what each owns:
//
//   IO          the sockets shell, control, stdin, iopub; all that is received and sent
//   heartbeat   its socket
//   evaluator   the interpreter; runs cells one after another
//   history     the file of the cells of all sessions
//   query       completion, inspection and completeness, so that they work while a cell runs
//
// Requests go from the IO thread to the evaluator through its task list. Everything that leaves
// goes through one `Outbox`, so that the order in which things were put in is the order on the
// wire: busy, input, outputs, reply, idle. No other thread ever touches a socket; it wakes the IO
// thread with a descriptor that stands in the same poll as the sockets.
//
// Invariants: every request on shell and control gets busy, at most one reply, idle; nothing of a
// cell leaves after its idle; no message from outside can end the process.
