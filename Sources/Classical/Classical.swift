// Classical: classical machine learning: data sets, preprocessing, splits, metrics, estimators.
//
// Owns: the shipped data sets (`Data/`), NumPy's legacy random stream as scikit-learn uses it.
// Must not know: the language, displays, neural networks.
// Imports: TensorCore, Frames.
