// Notebook: the meeting point: `Interpreter` over the language and its bindings.
//
// Owns: cells, % commands, completion and inspection over live values, running files and notebooks.
// Must not know: sockets.
// Imports: Bindings, JupyterProtocol.
