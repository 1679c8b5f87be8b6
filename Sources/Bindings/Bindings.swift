// Bindings: the library in the language: one table per family, one folder per door.
//
// Owns: the translation of names, argument orders, defaults and layouts. No algorithm.
// Must not know: Jupyter messages.
// To add a name to a door: one row in its table, with signature, doc and example.
// Imports: Language and every library.
