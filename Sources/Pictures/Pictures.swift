// Pictures: PNG and JPEG files as pixels, and vector pictures as pixels.
//
// Owns: reading and writing picture files (`Bitmap`), drawing an `SVGPicture` dot by dot (`Raster`),
// letters as outlines (`Letters`).
// Must not know: figures, tensors, the language.
//
// Invariants: a damaged or huge file is an error, never a trap; sizes are checked before memory is
// taken.
// Imports: Display, CImages.
