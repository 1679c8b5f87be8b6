// Plotting: text plots. Takes `[Double]`, gives `StyledText` and MIME bundles.
//
// Owns: canvases (`Canvas/`), axes and ticks (`Axes/`), plot kinds (`Kinds/`, one per file).
// Must not know: tensors, the language, training.
// To add a plot kind: one file in `Kinds/` and its text snapshots.
// Imports: Display.
