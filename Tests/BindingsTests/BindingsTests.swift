// Tests of Bindings.
