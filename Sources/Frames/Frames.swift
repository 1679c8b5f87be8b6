// Frames: columnar tables with typed columns, and the CSV reader that fills them.
//
// Owns: `Frame`, `Column`, CSV.
// Must not know: tensors, the language, how a table is shown.
// Imports: nothing.
