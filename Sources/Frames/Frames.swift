// Frames: columnar tables with typed columns, and the CSV reader that fills them.
//
// Owns: `Frame`, `Column`, `Cell`, the CSV reader and writer, the text of a cell as pandas prints
// it. Must not know: tensors, the language, how a table is laid out on a page.
// Imports: nothing.
//
// `Data/` holds what the pandas door stands on: `Vector` (a column with a pandas dtype), `Labels` (an
// axis), `Series` and `DataFrame`, with grouping, joining, reshaping, windows, dates and the printed
// form. The CSV reader fills a `Frame`, which a `DataFrame` takes over column by column.
//
// Invariants: all columns of a frame have the same length; names may repeat only if the caller made
// them so (the CSV reader does not). A frame is a value: every operation gives a new one.
//
// Where to add: a column kind is a case of `Column` (the compiler then lists the places); a table
// operation is a file `Frame+<Topic>.swift`; everything about text files is in `CSV/`.
