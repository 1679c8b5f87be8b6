// Notebook: the meeting point: `Interpreter` over the language and its bindings.
//
// Owns: cells, % commands (`Commands/`: a row each; `CommandTable` has them all), completion and
// inspection over live values, running files and notebooks.
// Must not know: sockets.
// Imports: Bindings, JupyterProtocol, Compute.
