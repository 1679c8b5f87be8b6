// Index spaces and moves of whole blocks.
#include <string.h>

#include "sw_kernels.h"

// Counts through the outer axes; STEP moves the operands by one step of axis d, REWIND takes a
// whole axis back.
#define WALK(CALL, STEP, REWIND)                          \
  int64_t at[SW_MAX_DIMS];                                \
  for (int d = 0; d < ndim; d++) {                        \
    if (shape[d] <= 0) return;                            \
    at[d] = 0;                                            \
  }                                                       \
  for (;;) {                                              \
    CALL;                                                 \
    int d = ndim - 2;                                     \
    for (; d >= 0; d--) {                                 \
      STEP;                                               \
      if (++at[d] < shape[d]) break;                      \
      at[d] = 0;                                          \
      REWIND;                                             \
    }                                                     \
    if (d < 0) return;                                    \
  }

// A two-dimensional walk whose operands disagree about which axis is the near one runs in tiles, so
// that a line of the cache is used whole before it goes.
enum { TILE = 64 };

static int disagree(const int64_t *x, const int64_t *y) {
  int64_t x0 = x[0] < 0 ? -x[0] : x[0], x1 = x[1] < 0 ? -x[1] : x[1];
  int64_t y0 = y[0] < 0 ? -y[0] : y[0], y1 = y[1] < 0 ? -y[1] : y[1];
  return (x0 > x1) != (y0 > y1) && y0 != 0 && y1 != 0;
}

static void tiles1(sw_unary_loop f, const int64_t *shape, char *out, const int64_t *so,
                   const char *a, const int64_t *sa) {
  for (int64_t i = 0; i < shape[0]; i += TILE) {
    int64_t end = shape[0] - i < TILE ? shape[0] : i + TILE;
    for (int64_t j = 0; j < shape[1]; j += TILE) {
      int64_t width = shape[1] - j < TILE ? shape[1] - j : TILE;
      for (int64_t r = i; r < end; r++)
        f(width, out + r * so[0] + j * so[1], so[1], a + r * sa[0] + j * sa[1], sa[1]);
    }
  }
}

void sw_walk1(sw_unary_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *a, const int64_t *sa) {
  if (ndim == 0) {
    f(1, out, 0, a, 0);
    return;
  }
  if (ndim > SW_MAX_DIMS) return;
  if (ndim == 2 && disagree(so, sa)) {
    tiles1(f, shape, out, so, a, sa);
    return;
  }
  const int last = ndim - 1;
  WALK(f(shape[last], out, so[last], a, sa[last]), (out += so[d], a += sa[d]),
       (out -= so[d] * shape[d], a -= sa[d] * shape[d]))
}

void sw_walk2(sw_binary_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *a, const int64_t *sa, const char *b, const int64_t *sb) {
  if (ndim == 0) {
    f(1, out, 0, a, 0, b, 0);
    return;
  }
  if (ndim > SW_MAX_DIMS) return;
  const int last = ndim - 1;
  WALK(f(shape[last], out, so[last], a, sa[last], b, sb[last]),
       (out += so[d], a += sa[d], b += sb[d]),
       (out -= so[d] * shape[d], a -= sa[d] * shape[d], b -= sb[d] * shape[d]))
}

void sw_walk3(sw_select_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *c, const int64_t *sc, const char *a, const int64_t *sa, const char *b,
              const int64_t *sb) {
  if (ndim == 0) {
    f(1, out, 0, c, 0, a, 0, b, 0);
    return;
  }
  if (ndim > SW_MAX_DIMS) return;
  const int last = ndim - 1;
  WALK(f(shape[last], out, so[last], c, sc[last], a, sa[last], b, sb[last]),
       (out += so[d], c += sc[d], a += sa[d], b += sb[d]),
       (out -= so[d] * shape[d], c -= sc[d] * shape[d], a -= sa[d] * shape[d],
        b -= sb[d] * shape[d]))
}

void sw_rows2(sw_binary_loop f, int64_t rows, int64_t cols, char *out, int64_t out_row, int64_t so,
              const char *a, int64_t a_row, int64_t sa, const char *b, int64_t b_row, int64_t sb) {
  for (int64_t r = 0; r < rows; r++)
    f(cols, out + r * out_row, so, a + r * a_row, sa, b + r * b_row, sb);
}

void sw_gather(int64_t count, int64_t bytes, const int64_t *places, const char *in, char *out) {
  switch (bytes) {
    case 4:
      for (int64_t i = 0; i < count; i++) memcpy(out + i * 4, in + places[i] * 4, 4);
      return;
    case 8:
      for (int64_t i = 0; i < count; i++) memcpy(out + i * 8, in + places[i] * 8, 8);
      return;
    default:
      for (int64_t i = 0; i < count; i++)
        memcpy(out + i * bytes, in + places[i] * bytes, (size_t)bytes);
  }
}

void sw_scatter(int64_t count, int64_t bytes, const int64_t *places, const char *in, char *out) {
  for (int64_t i = 0; i < count; i++)
    memcpy(out + places[i] * bytes, in + i * bytes, (size_t)bytes);
}

#define SCATTER_ADD(T, U)                                                            \
  for (int64_t i = 0; i < count; i++) {                                              \
    const T *x = (const T *)in + i * block;                                          \
    T *y = (T *)out + places[i] * block;                                             \
    for (int64_t j = 0; j < block; j++) y[j] = (T)((U)y[j] + (U)x[j]);               \
  }

void sw_scatter_add(int dtype, int64_t count, int64_t block, const int64_t *places, const char *in,
                    char *out) {
  switch (dtype) {
    case SW_F32: SCATTER_ADD(float, float) break;
    case SW_F64: SCATTER_ADD(double, double) break;
    case SW_I64: SCATTER_ADD(int64_t, uint64_t) break;
    case SW_I32: SCATTER_ADD(int32_t, uint32_t) break;
    case SW_U8: SCATTER_ADD(uint8_t, uint32_t) break;
    default: break;
  }
}
