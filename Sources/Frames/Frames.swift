// Frames: columnar tables with typed columns, and the CSV reader that fills them.
//
// Owns: `Vector` (a column with a pandas dtype), `Labels` (an axis), `Series` and `DataFrame` with
// grouping, joining, reshaping, windows, dates and the printed form (`Data/`); the CSV reader
// (`CSV/`), which fills a `Frame` of `Column`s that a `DataFrame` takes over column by column.
// Must not know: tensors, the language, how a table is laid out on a page.
// Imports: nothing.
//
// Invariants: all columns of a table have the same length; names may repeat only if the caller made
// them so (the CSV reader does not). A table is a value: every operation gives a new one.
//
// Where to add: a table operation is a file in `Data/`; everything about text files is in `CSV/`.
