// Tests of TensorCore.
