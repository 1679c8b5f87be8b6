// Syntax: source text to tree.
//
// Owns: spans, the scanner, the parser, the tree (`Tree/`), diagnostics, and the answer to
// "is this cell complete?".
// Must not know: values, names' meaning, how code runs.
// Invariants: any bytes give a tree or one diagnostic, never a trap; constructs of Python that the
// language leaves out are parsed and refused by name.
// Imports: nothing.
