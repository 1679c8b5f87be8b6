// Syntax: source text to tree.
//
// Owns: spans, the scanner, the parser, the tree (`Tree/`), diagnostics, and the answer to
// "is this cell complete?".
// Must not know: values, names' meaning, how code runs.
// Invariants: any bytes give a tree or one diagnostic, never a trap; constructs of Python that the
// language leaves out are parsed and refused by name.
// Imports: nothing.
//
// The ways in: `parse`, `parseExpression`, `parseSignature` (Parse.swift), `completeness`
// (Completeness.swift), `tokens`, `dottedName`, `enclosingCall` (Cursor/), `SourceExcerpt`, `dump`.
// `Scanner/` makes tokens, `Parser/` makes the tree; both follow CPython 3.11 to the wording of its
// errors, which `Tests/SyntaxTests/Golden/generate.py` records.
//
// To add syntax: the node in `Tree/`, its dump, its rule in the fitting `Parser+...` file, programs
// and errors in `Golden/`. To refuse some: a row in `Dialect/Refusal.swift`, its
// error in `Dialect/Dialect.swift`, and a test row.
