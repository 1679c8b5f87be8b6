// Windows that slide over planes: what convolutions and pools are made of.

// The places o of 0..<out for which o * stride + shift lies in 0..<size.
static inline void inside(int64_t out, int64_t stride, int64_t shift, int64_t size, int64_t *from,
                          int64_t *to) {
  int64_t low = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
  int64_t high = size - shift <= 0 ? 0 : (size - shift + stride - 1) / stride;
  *from = low < out ? low : out;
  *to = high < *from ? *from : high < out ? high : out;
}

#define WINDOWS(S, T)                                                                   \
  static void unfold_##S(const sw_window *w, int64_t planes, const void *in, void *out) { \
    const int64_t area = w->height * w->width, places = w->out_h * w->out_w;            \
    T *row = (T *)out;                                                                  \
    for (int64_t c = 0; c < planes; c++) {                                              \
      const T *plane = (const T *)in + c * area;                                        \
      for (int64_t i = 0; i < w->kernel_h; i++) {                                       \
        for (int64_t j = 0; j < w->kernel_w; j++, row += places) {                      \
          const int64_t dy = i * w->dilation_h - w->pad_h;                              \
          const int64_t dx = j * w->dilation_w - w->pad_w;                              \
          int64_t y0, y1, x0, x1;                                                       \
          inside(w->out_h, w->stride_h, dy, w->height, &y0, &y1);                       \
          inside(w->out_w, w->stride_w, dx, w->width, &x0, &x1);                        \
          memset(row, 0, (size_t)(y0 * w->out_w) * sizeof(T));                          \
          for (int64_t y = y0; y < y1; y++) {                                           \
            T *to = row + y * w->out_w;                                                 \
            const T *from = plane + (y * w->stride_h + dy) * w->width + dx;             \
            for (int64_t x = 0; x < x0; x++) to[x] = 0;                                 \
            if (w->stride_w == 1) {                                                     \
              if (x1 > x0) memcpy(to + x0, from + x0, (size_t)(x1 - x0) * sizeof(T));   \
            } else {                                                                    \
              for (int64_t x = x0; x < x1; x++) to[x] = from[x * w->stride_w];          \
            }                                                                           \
            for (int64_t x = x1; x < w->out_w; x++) to[x] = 0;                          \
          }                                                                             \
          memset(row + y1 * w->out_w, 0,                                                \
                 (size_t)((w->out_h - y1) * w->out_w) * sizeof(T));                     \
        }                                                                               \
      }                                                                                 \
    }                                                                                   \
  }                                                                                     \
  static void fold_##S(const sw_window *w, int64_t planes, const void *in, void *out) { \
    const int64_t area = w->height * w->width, places = w->out_h * w->out_w;            \
    const T *row = (const T *)in;                                                       \
    for (int64_t c = 0; c < planes; c++) {                                              \
      T *plane = (T *)out + c * area;                                                   \
      for (int64_t i = 0; i < w->kernel_h; i++) {                                       \
        for (int64_t j = 0; j < w->kernel_w; j++, row += places) {                      \
          const int64_t dy = i * w->dilation_h - w->pad_h;                              \
          const int64_t dx = j * w->dilation_w - w->pad_w;                              \
          int64_t y0, y1, x0, x1;                                                       \
          inside(w->out_h, w->stride_h, dy, w->height, &y0, &y1);                       \
          inside(w->out_w, w->stride_w, dx, w->width, &x0, &x1);                        \
          for (int64_t y = y0; y < y1; y++) {                                           \
            const T *from = row + y * w->out_w;                                         \
            T *to = plane + (y * w->stride_h + dy) * w->width + dx;                     \
            if (w->stride_w == 1) {                                                     \
              VECTOR for (int64_t x = x0; x < x1; x++) to[x] += from[x];                \
            } else {                                                                    \
              for (int64_t x = x0; x < x1; x++) to[x * w->stride_w] += from[x];         \
            }                                                                           \
          }                                                                             \
        }                                                                               \
      }                                                                                 \
    }                                                                                   \
  }                                                                                     \
  static void pool_max_##S(const sw_window *w, int64_t planes, const void *in, void *out, \
                           int64_t *places) {                                           \
    const int64_t area = w->height * w->width;                                          \
    T *to = (T *)out;                                                                   \
    for (int64_t c = 0; c < planes; c++) {                                              \
      const T *plane = (const T *)in + c * area;                                        \
      for (int64_t oy = 0; oy < w->out_h; oy++) {                                       \
        for (int64_t ox = 0; ox < w->out_w; ox++) {                                     \
          T best = -INFINITY;                                                           \
          int64_t place = -1;                                                           \
          for (int64_t i = 0; i < w->kernel_h; i++) {                                   \
            const int64_t y = oy * w->stride_h - w->pad_h + i * w->dilation_h;          \
            if (y < 0 || y >= w->height) continue;                                      \
            const T *line = plane + y * w->width;                                       \
            for (int64_t j = 0; j < w->kernel_w; j++) {                                 \
              const int64_t x = ox * w->stride_w - w->pad_w + j * w->dilation_w;        \
              if (x < 0 || x >= w->width) continue;                                     \
              if (place < 0 || line[x] > best || line[x] != line[x]) {                  \
                best = line[x];                                                         \
                place = y * w->width + x;                                               \
              }                                                                         \
            }                                                                           \
          }                                                                             \
          *to++ = best;                                                                 \
          *places++ = place < 0 ? 0 : place;                                            \
        }                                                                               \
      }                                                                                 \
    }                                                                                   \
  }                                                                                     \
  static inline T pool_divisor_##S(const sw_window *w, int64_t oy, int64_t ox, int count_pad, \
                                   int64_t divisor, int64_t *y0, int64_t *y1, int64_t *x0, \
                                   int64_t *x1) {                                       \
    *y0 = oy * w->stride_h - w->pad_h;                                                  \
    *x0 = ox * w->stride_w - w->pad_w;                                                  \
    *y1 = *y0 + w->kernel_h < w->height + w->pad_h ? *y0 + w->kernel_h                  \
                                                   : w->height + w->pad_h;              \
    *x1 = *x0 + w->kernel_w < w->width + w->pad_w ? *x0 + w->kernel_w : w->width + w->pad_w; \
    const int64_t padded = (*y1 - *y0) * (*x1 - *x0);                                   \
    *y0 = *y0 < 0 ? 0 : *y0;                                                            \
    *x0 = *x0 < 0 ? 0 : *x0;                                                            \
    *y1 = *y1 > w->height ? w->height : *y1;                                            \
    *x1 = *x1 > w->width ? w->width : *x1;                                              \
    const int64_t seen = *y1 > *y0 && *x1 > *x0 ? (*y1 - *y0) * (*x1 - *x0) : 0;        \
    return (T)(divisor > 0 ? divisor : count_pad ? padded : seen);                      \
  }                                                                                     \
  static void pool_mean_##S(const sw_window *w, int64_t planes, int count_pad,          \
                            int64_t divisor, const void *in, void *out) {               \
    const int64_t area = w->height * w->width;                                          \
    T *to = (T *)out;                                                                   \
    for (int64_t c = 0; c < planes; c++) {                                              \
      const T *plane = (const T *)in + c * area;                                        \
      for (int64_t oy = 0; oy < w->out_h; oy++) {                                       \
        for (int64_t ox = 0; ox < w->out_w; ox++) {                                     \
          int64_t y0, y1, x0, x1;                                                       \
          T by = pool_divisor_##S(w, oy, ox, count_pad, divisor, &y0, &y1, &x0, &x1);   \
          T sum = 0;                                                                    \
          for (int64_t y = y0; y < y1; y++)                                             \
            for (int64_t x = x0; x < x1; x++) sum += plane[y * w->width + x];           \
          *to++ = sum / by;                                                             \
        }                                                                               \
      }                                                                                 \
    }                                                                                   \
  }                                                                                     \
  static void pool_mean_back_##S(const sw_window *w, int64_t planes, int count_pad,     \
                                 int64_t divisor, const void *in, void *out) {          \
    const int64_t area = w->height * w->width;                                          \
    const T *from = (const T *)in;                                                      \
    for (int64_t c = 0; c < planes; c++) {                                              \
      T *plane = (T *)out + c * area;                                                   \
      for (int64_t oy = 0; oy < w->out_h; oy++) {                                       \
        for (int64_t ox = 0; ox < w->out_w; ox++) {                                     \
          int64_t y0, y1, x0, x1;                                                       \
          T by = pool_divisor_##S(w, oy, ox, count_pad, divisor, &y0, &y1, &x0, &x1);   \
          T share = *from++ / by;                                                       \
          for (int64_t y = y0; y < y1; y++)                                             \
            for (int64_t x = x0; x < x1; x++) plane[y * w->width + x] += share;         \
        }                                                                               \
      }                                                                                 \
    }                                                                                   \
  }

WINDOWS(f32, float)
WINDOWS(f64, double)
