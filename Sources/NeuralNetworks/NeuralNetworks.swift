// NeuralNetworks: layers, losses, optimizers, initializers and the training loop.
//
// Owns: one implementation of each layer, loss and optimizer; the doors (`torch.nn`, `keras`)
// translate names and layouts onto them.
// Must not know: the language, displays. Training reports progress through `TrainingObserver`.
// To add a layer: one file in `Layers/`.
// Imports: TensorCore.
