// JupyterProtocol: the Jupyter messaging specification without sockets.
//
// Owns: frames, signatures, headers, one file per message in `Messages/`, and the `Interpreter`
// protocol that a language implements to be served.
// Must not know: ZeroMQ, the language.
// Imports: Display, JSONCoding, CSodium.
