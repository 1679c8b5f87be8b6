// JSONCoding: the JSON value, its parser (depth-limited, never traps) and its writer.
//
// Owns: `JSON` and `JSON.Object`, `JSON.parse`, `write`. Integers and floats stay apart, object
// order is kept, keys are compared byte by byte.
// Must not know: what a message or a notebook is.
// Invariants: any bytes give a value or a `JSONError`; a parsed value is finite and nests at most
// `JSON.depthLimit` levels; what `write` gives, `parse` reads back as the same value.
// Imports: nothing.
