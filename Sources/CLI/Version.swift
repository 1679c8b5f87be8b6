/// The version of the program and of its language.
let version = "0.1.0"
