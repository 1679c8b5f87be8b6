// Plotting: text plots. Takes `[Double]`, gives `StyledText` and MIME bundles.
//
// Owns: canvases (`Canvas/`), colours (`Colors/`), axes, ticks and the frame of a figure (`Axes/`),
// plot kinds (`Kinds/`, one per file).
// Must not know: tensors, the language, training.
//
// Two families. What lives in a pair of axes is a layer of `Figure` (lines, points, bars, bands),
// so that kinds can be laid over one another; what has a layout of its own (heat map, image, bars
// with names, progress) is a `Plot` by itself. Both draw twice from the same numbers: as text and
// as SVG.
//
// Invariants: no input traps (empty, NaN, infinite, one point, constant, huge); a picture is never
// wider than `DisplaySettings.width`; cost is linear in the points and in the cells.
// To add a plot kind: one file in `Kinds/` and its text snapshots.
// Imports: Display.
