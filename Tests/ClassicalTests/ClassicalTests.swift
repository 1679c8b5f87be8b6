// Tests of Classical.
