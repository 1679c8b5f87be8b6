// Matrix products of float32 for processors with AVX-512.
//
// Why beside BLAS: OpenBLAS chooses its kernels by the processor's family, and where it does not know
// the family, or is told to, it stays at half of the speed; and a layer that multiplies with the same
// matrix many times can arrange it once.
#ifndef SWIFTLET_SW_PRODUCT_H
#define SWIFTLET_SW_PRODUCT_H
#include <stdint.h>

typedef struct sw_product_table {
  // c [m, n] = a [m, k] b [k, n], or c += where `adds`. Element (i, j) of an operand is i * row +
  // j * column elements from its start, of c it is i * ldc + j. Returns 1 when memory ran out, before
  // c is touched.
  int (*multiply)(int64_t m, int64_t n, int64_t k, const float *a, int64_t a_row, int64_t a_column,
                  const float *b, int64_t b_row, int64_t b_column, int adds, float *c, int64_t ldc);
  // Arranges b for `multiply_arranged`; `out` holds `sw_product_arranged(k, n)` elements.
  void (*arrange)(int64_t k, int64_t n, const float *b, int64_t b_row, int64_t b_column, float *out);
  int (*multiply_arranged)(int64_t m, int64_t n, int64_t k, const float *a, int64_t a_row,
                           int64_t a_column, const float *b, int adds, float *c, int64_t ldc);
  // y [n] = b [n, k] x; rows of b are `ldb` elements apart.
  void (*rows_dot)(int64_t n, int64_t k, const float *b, int64_t ldb, const float *x, float *y);
  // out [columns, rows] = the transpose of a [rows, columns] (rows `lda` and `ldo` apart).
  void (*transpose)(int64_t rows, int64_t columns, const float *a, int64_t lda, float *out,
                    int64_t ldo);
} sw_product_table;

// NULL where the processor has no AVX-512.
const sw_product_table *sw_products(void);

static inline int64_t sw_product_arranged(int64_t k, int64_t n) { return k * ((n + 31) / 32 * 32); }
#endif
