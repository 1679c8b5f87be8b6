// JupyterProtocol: the Jupyter messaging specification without sockets.
//
// Owns: frames (`WireMessage`), signatures (`MessageSigner`), headers, one file per message in
// `Messages/` (listed in `MessageRegistry`), and what a language implements to be served:
// `Interpreter`, which writes to an `OutputSink`.
// Must not know: ZeroMQ, the language.
// Invariants: any frames give a message or a `ProtocolError`; the parent header of what we send is
// the request's header byte for byte. Nothing here prints.
// To add a message: one file in `Messages/`, one line in `MessageRegistry`, one sample in the tests.
// Imports: Display, JSONCoding, CSodium.
