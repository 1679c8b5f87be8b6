// Display: what a rich output is made of: MIME bundles, tables, styled text, terminal width.
//
// Owns: `MIMEBundle`, `StyledText` and its renderings (plain, ANSI, HTML), the table formatter.
// Must not know: plots, tensors, Jupyter messages.
// Imports: JSONCoding.
