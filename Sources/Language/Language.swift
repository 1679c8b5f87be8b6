// Language: the command language, from tree to result.
//
// Owns: `Resolve/` (scopes), `Compile/` (register bytecode), `Run/` (values, the machine),
// `Cycles/` (frees objects that hold each other), `Builtins/`, `Registration/` (the tables that natives
// are declared in).
// Must not know: tensors, Jupyter, displays. Other modules add doors through `Registration/`.
// Invariants: nothing a program does may trap; every error is an exception of the language.
// An object that holds others shows them exactly (`Object.visit`) and enters the collector's table
// (`track()` at the end of its `init`).
// Imports: Syntax, CThreadState.
