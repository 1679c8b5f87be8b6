// Tests of NeuralNetworks.
