// JSONCoding: the JSON value, its parser (depth-limited, never traps) and its writer.
//
// Owns: `JSON`. Integers and floats stay apart, object order is kept.
// Must not know: what a message or a notebook is.
// Imports: nothing.
