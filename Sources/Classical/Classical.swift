// Classical: classical machine learning: data sets, preprocessing, splits, metrics, estimators.
//
// Owns: the shipped data sets (`Data/`), NumPy's random streams as scikit-learn uses them.
// Must not know: the language, displays, neural networks.
// Imports: Compute (matrix products, the interrupt flag), Frames. Tables of numbers come and go as
// `Samples`, rows of 64-bit floats.
//
// Folders: Datasets, Random, ModelSelection, Preprocessing, Metrics, and one per family of
// estimators. Numbers are scikit-learn's: the same data, hyperparameters and seed give the same
// result, and the golden files of the tests say to which digit.
//
// Estimators: `init` stores hyperparameters, `fit` validates them and sets `fitted`; what needs a
// fitted estimator throws `notFitted` before. Class labels are integers here; `LabelEncoder` maps
// other labels to and fro.
