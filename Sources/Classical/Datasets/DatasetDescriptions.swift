/// What the shipped data sets are, with their public source.
enum DatasetDescriptions {
  static let digits = """
    Handwritten digits
    ==================

    1797 pictures of the digits 0 to 9, about 180 of each, written by 13 people. A picture has 8 x 8
    pixels. It was scanned at 32 x 32 in black and white; a pixel here counts the black dots of a
    block of 4 x 4, so that it is a whole number from 0 (white) to 16 (black).

    Samples: 1797. Features: 64, pixel_<row>_<column>. Classes: 10. Missing values: none.

    Source: E. Alpaydin and C. Kaynak (1998), "Optical Recognition of Handwritten Digits", test
    part, UCI Machine Learning Repository, https://archive.ics.uci.edu/dataset/80
    """

  static let iris = """
    Iris flowers
    ============

    Length and width of sepals and petals, in centimetres, of 50 flowers of each of three kinds.
    Setosa is set apart from the others by a straight line; versicolor and virginica overlap.

    Samples: 150. Features: 4. Classes: 3 (50 each). Missing values: none.

    Source: R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems", Annals of
    Eugenics 7; UCI Machine Learning Repository, https://archive.ics.uci.edu/dataset/53, with the
    two samples that differ from the paper corrected.
    """

  static let wine = """
    Wine
    ====

    Chemical analyses of wines that three growers of one region of Italy made from different grapes:
    alcohol, acids, ash, phenols, colour and others. The features have very different scales
    (proline goes to 1680, hue stays below 2), which makes the set an exercise in standardising.

    Samples: 178. Features: 13. Classes: 3 (59, 71, 48). Missing values: none.

    Source: S. Aeberhard and M. Forina (1991), "Wine", UCI Machine Learning Repository,
    https://archive.ics.uci.edu/dataset/109
    """

  static let breastCancer = """
    Breast cancer, Wisconsin (diagnostic)
    =====================================

    Ten measurements of the cell nuclei in a digitised picture of a fine needle aspirate: radius,
    texture, perimeter, area, smoothness, compactness, concavity, concave points, symmetry, fractal
    dimension. Each comes three times: the mean over the nuclei, its standard error, and the mean of
    the three largest ("worst"). To predict: malignant (0) or benign (1).

    Samples: 569. Features: 30. Classes: 2 (212 malignant, 357 benign). Missing values: none.

    Source: W. Wolberg, O. Mangasarian, N. Street and W. Street (1993), "Breast Cancer Wisconsin
    (Diagnostic)", UCI Machine Learning Repository, https://archive.ics.uci.edu/dataset/17
    """

  static let diabetes = """
    Diabetes
    ========

    Ten measurements of 442 patients: age, sex, body mass index (bmi), mean blood pressure (bp) and
    six values of the blood serum: s1 total cholesterol, s2 LDL, s3 HDL, s4 total cholesterol over
    HDL, s5 a measure of triglycerides (taken to be their logarithm), s6 blood sugar. To predict:
    how far the disease has progressed one year later, a number from 25 to 346.

    Samples: 442. Features: 10, each centred and scaled so that its squares sum to 1 (ask for the
    unscaled ones to see years and units). Missing values: none.

    Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004), "Least angle regression",
    Annals of Statistics 32; https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html
    """
}
