// Every loop and the table of them, for the instruction set that the including file has set.

// Loops over functions of the C library and over integer powers stay scalar; that is known.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang diagnostic ignored "-Wunused-function"
#include "functions.h"
#include "special.h"
#include "elementwise.h"
#include "complex.h"
#include "reduce.h"
#include "rows.h"
#include "windows.h"
#include "table.h"
#pragma clang diagnostic pop
