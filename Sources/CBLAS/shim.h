// The one place that includes cblas.h and lapacke.h.
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float float _Complex
#define lapack_complex_double double _Complex
#include <cblas.h>
#undef I
