// Loops of single layers; see sw_layers.h.

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang diagnostic ignored "-Wunused-function"
#include "functions.h"

#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(enable)")
// Sums may be reordered: many lanes add up side by side.
#define SUM_LOOP _Pragma("clang fp reassociate(on)")

// The places k of 0..<kernel for which from + k * dilation is inside 0..<size.
static inline void reach(int64_t from, int64_t kernel, int64_t dilation, int64_t size, int64_t *k0,
                         int64_t *k1) {
  int64_t a = 0, b = kernel;
  while (a < b && from + a * dilation < 0) a++;
  while (b > a && from + (b - 1) * dilation >= size) b--;
  *k0 = a;
  *k1 = b;
}

static void layer_unfold_rows(const sw_window *w, int64_t channels, const float *image,
                              float *rows) {
  for (int64_t oy = 0; oy < w->out_h; oy++) {
    for (int64_t ox = 0; ox < w->out_w; ox++) {
      const int64_t x = ox * w->stride_w - w->pad_w;
      int64_t k0, k1;
      reach(x, w->kernel_w, w->dilation_w, w->width, &k0, &k1);
      for (int64_t ky = 0; ky < w->kernel_h; ky++, rows += w->kernel_w * channels) {
        const int64_t y = oy * w->stride_h - w->pad_h + ky * w->dilation_h;
        if (y < 0 || y >= w->height) {
          memset(rows, 0, (size_t)(w->kernel_w * channels) * sizeof(float));
          continue;
        }
        const float *line = image + (y * w->width + x) * channels;
        if (k0 > 0) memset(rows, 0, (size_t)(k0 * channels) * sizeof(float));
        if (k1 < w->kernel_w)
          memset(rows + k1 * channels, 0, (size_t)((w->kernel_w - k1) * channels) * sizeof(float));
        if (w->dilation_w == 1) {
          if (k1 > k0)
            memcpy(rows + k0 * channels, line + k0 * channels,
                   (size_t)((k1 - k0) * channels) * sizeof(float));
        } else {
          for (int64_t k = k0; k < k1; k++)
            memcpy(rows + k * channels, line + k * w->dilation_w * channels,
                   (size_t)channels * sizeof(float));
        }
      }
    }
  }
}

static void layer_fold_rows(const sw_window *w, int64_t channels, const float *rows, float *image) {
  for (int64_t oy = 0; oy < w->out_h; oy++) {
    for (int64_t ox = 0; ox < w->out_w; ox++) {
      const int64_t x = ox * w->stride_w - w->pad_w;
      int64_t k0, k1;
      reach(x, w->kernel_w, w->dilation_w, w->width, &k0, &k1);
      for (int64_t ky = 0; ky < w->kernel_h; ky++, rows += w->kernel_w * channels) {
        const int64_t y = oy * w->stride_h - w->pad_h + ky * w->dilation_h;
        if (y < 0 || y >= w->height) continue;
        float *line = image + (y * w->width + x) * channels;
        if (w->dilation_w == 1) {
          float *to = line + k0 * channels;
          const float *from = rows + k0 * channels;
          VECTOR_LOOP for (int64_t i = 0; i < (k1 - k0) * channels; i++) to[i] += from[i];
        } else {
          for (int64_t k = k0; k < k1; k++) {
            float *to = line + k * w->dilation_w * channels;
            const float *from = rows + k * channels;
            VECTOR_LOOP for (int64_t i = 0; i < channels; i++) to[i] += from[i];
          }
        }
      }
    }
  }
}

// A NaN wins, as in the general pool: comparisons with it are false.
static inline float larger_f32(float a, float b) { return a > b || a != a ? a : b; }

#ifndef SW_OWN_POOLS
static void layer_pool_pairs(int64_t planes, int64_t h, int64_t w, const float *x, float *out) {
  const int64_t oh = h / 2, ow = w / 2;
  for (int64_t p = 0; p < planes; p++, x += h * w) {
    for (int64_t y = 0; y < oh; y++, out += ow) {
      const float *a = x + 2 * y * w, *b = a + w;
      VECTOR_LOOP for (int64_t i = 0; i < ow; i++) {
        float top = larger_f32(a[2 * i], a[2 * i + 1]), low = larger_f32(b[2 * i], b[2 * i + 1]);
        out[i] = larger_f32(top, low);
      }
    }
  }
}

static void layer_pool_pairs_back(int64_t planes, int64_t h, int64_t w, const float *x,
                                  const float *y, const float *g, float *out) {
  const int64_t oh = h / 2, ow = w / 2;
  for (int64_t p = 0; p < planes; p++, x += h * w, out += h * w) {
    for (int64_t r = 0; r < oh; r++, y += ow, g += ow) {
      const float *a = x + 2 * r * w, *b = a + w;
      float *to = out + 2 * r * w, *under = to + w;
      VECTOR_LOOP for (int64_t i = 0; i < ow; i++) {
        float m = y[i], d = g[i];
        // Where the result is NaN, so is an operand: the first of them.
        int none = m != m;
        int f0 = none ? a[2 * i] != a[2 * i] : a[2 * i] == m;
        int f1 = none ? a[2 * i + 1] != a[2 * i + 1] : a[2 * i + 1] == m;
        int f2 = none ? b[2 * i] != b[2 * i] : b[2 * i] == m;
        to[2 * i] = f0 ? d : 0;
        to[2 * i + 1] = ((f0 ^ 1) & f1) ? d : 0;
        under[2 * i] = ((f0 ^ 1) & (f1 ^ 1) & f2) ? d : 0;
        under[2 * i + 1] = (f0 | f1 | f2) ? 0 : d;
      }
      if (w & 1) to[w - 1] = under[w - 1] = 0;
    }
    if (h & 1) memset(out + (h - 1) * w, 0, (size_t)w * sizeof(float));
  }
}

#endif

static void layer_layer_norm(int64_t rows, int64_t cols, const float *x, const float *weight,
                             const float *bias, double eps, float *out, float *mean, float *scale) {
  for (int64_t r = 0; r < rows; r++, x += cols, out += cols) {
    float sum = 0, squares = 0;
    {
      SUM_LOOP
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) sum += x[i];
    }
    const float m = sum / (float)cols;
    {
      SUM_LOOP
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) squares += (x[i] - m) * (x[i] - m);
    }
    const float s = (float)(1.0 / sqrt((double)squares / (double)cols + eps));
    mean[r] = m;
    scale[r] = s;
    if (weight && bias) {
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) out[i] = (x[i] - m) * s * weight[i] + bias[i];
    } else if (weight) {
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) out[i] = (x[i] - m) * s * weight[i];
    } else {
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) out[i] = (x[i] - m) * s;
    }
  }
}

static void layer_layer_norm_back(int64_t rows, int64_t cols, const float *g, const float *x,
                                  const float *weight, const float *mean, const float *scale,
                                  float *dx, float *dw, float *db) {
  const float share = 1.0f / (float)cols;
  for (int64_t r = 0; r < rows; r++, g += cols, x += cols, dx += cols) {
    const float m = mean[r], s = scale[r];
    float total = 0, along = 0;
    if (weight) {
      SUM_LOOP
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) {
        float d = g[i] * weight[i];
        total += d;
        along += d * ((x[i] - m) * s);
      }
    } else {
      SUM_LOOP
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) {
        total += g[i];
        along += g[i] * ((x[i] - m) * s);
      }
    }
    const float a = total * share, b = along * share;
    VECTOR_LOOP for (int64_t i = 0; i < cols; i++) {
      float h = (x[i] - m) * s, d = weight ? g[i] * weight[i] : g[i];
      dx[i] = s * (d - a - h * b);
    }
    if (dw) {
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) dw[i] += g[i] * ((x[i] - m) * s);
    }
    if (db) {
      VECTOR_LOOP for (int64_t i = 0; i < cols; i++) db[i] += g[i];
    }
  }
}

static void layer_lstm(int64_t batch, int64_t size, float *z, const float *bias, const float *cell,
                       float *next, float *shown, float *hidden) {
  for (int64_t r = 0; r < batch; r++) {
    float *i = z + r * 4 * size, *f = i + size, *n = f + size, *o = n + size;
    const float *c = cell + r * size;
    float *d = next + r * size, *t = shown + r * size, *h = hidden + r * size;
    if (bias) {
      VECTOR_LOOP for (int64_t j = 0; j < 4 * size; j++) i[j] += bias[j];
    }
    VECTOR_LOOP for (int64_t j = 0; j < size; j++) {
      float a = sigmoid_f32(i[j]), b = sigmoid_f32(f[j]), e = tanh_f32(n[j]);
      float v = b * c[j] + a * e;
      i[j] = a;
      f[j] = b;
      n[j] = e;
      d[j] = v;
    }
    VECTOR_LOOP for (int64_t j = 0; j < size; j++) {
      float s = sigmoid_f32(o[j]), e = tanh_f32(d[j]);
      o[j] = s;
      t[j] = e;
      h[j] = s * e;
    }
  }
}

static void layer_lstm_back(int64_t batch, int64_t size, const float *z, const float *cell,
                            const float *shown, const float *dh, float *dc, float *dz) {
  for (int64_t r = 0; r < batch; r++) {
    const float *i = z + r * 4 * size, *f = i + size, *n = f + size, *o = n + size;
    const float *c = cell + r * size, *t = shown + r * size, *g = dh + r * size;
    float *d = dc + r * size, *q = dz + r * 4 * size;
    VECTOR_LOOP for (int64_t j = 0; j < size; j++) {
      float all = d[j] + g[j] * o[j] * (1.0f - t[j] * t[j]);
      q[j] = all * n[j] * (i[j] * (1.0f - i[j]));
      q[size + j] = all * c[j] * (f[j] * (1.0f - f[j]));
      q[2 * size + j] = all * i[j] * (1.0f - n[j] * n[j]);
      q[3 * size + j] = g[j] * t[j] * (o[j] * (1.0f - o[j]));
      d[j] = all * f[j];
    }
  }
}

// o = exp(x - max) * scale / sum for up to 16 elements; gives the sum.
#ifndef SW_OWN_ROWS
static inline float short_exp(int64_t cols, const float *x, float scale, float *o, float *max) {
  float m = -INFINITY, sum = 0;
  for (int64_t i = 0; i < cols; i++) m = x[i] > m ? x[i] : m;
  for (int64_t i = 0; i < cols; i++) {
    o[i] = exp_f32(x[i] - m);
    sum += o[i];
  }
  const float q = scale / sum;
  for (int64_t i = 0; i < cols; i++) o[i] *= q;
  *max = m;
  return sum;
}
#endif

static double layer_cross_entropy(int64_t rows, int64_t cols, const float *z, const int64_t *t,
                                  const float *weight, float scale0, float *g, int64_t *correct) {
  enum { BLOCK = 64, SHORT = 16 };
  float sums[BLOCK], shifts[BLOCK], factors[BLOCK];
  double loss = 0;
  int64_t right = 0;
  for (int64_t first = 0; first < rows; first += BLOCK) {
    const int64_t count = rows - first < BLOCK ? rows - first : BLOCK;
    for (int64_t r = 0; r < count; r++) {
      const float *x = z + (first + r) * cols;
      float *o = g + (first + r) * cols;
      const int64_t k = t[first + r];
      if (k < 0 || k >= cols) {
        memset(o, 0, (size_t)cols * sizeof(float));
        sums[r] = 1;
        shifts[r] = factors[r] = 0;
        continue;
      }
      float m = -INFINITY, sum = 0;
      const float scale = scale0 * (weight ? weight[first + r] : 1.0f);
      if (cols <= SHORT) {
        sum = short_exp(cols, x, scale, o, &m);
      } else {
        {
          SUM_LOOP
          VECTOR_LOOP for (int64_t i = 0; i < cols; i++) m = x[i] > m ? x[i] : m;
        }
        {
          SUM_LOOP
          VECTOR_LOOP for (int64_t i = 0; i < cols; i++) {
            o[i] = exp_f32(x[i] - m);
            sum += o[i];
          }
        }
        const float q = scale / sum;
        VECTOR_LOOP for (int64_t i = 0; i < cols; i++) o[i] *= q;
      }
      o[k] -= scale;
      if (x[k] == m) {  // right when no earlier place holds the same value
        int64_t i = 0;
        while (x[i] != m) i++;
        right += i == k;
      }
      sums[r] = sum;
      shifts[r] = x[k] - m;
      factors[r] = weight ? weight[first + r] : 1.0f;
    }
    VECTOR_LOOP for (int64_t r = 0; r < count; r++) sums[r] = log_f32(sums[r]);
    for (int64_t r = 0; r < count; r++)
      loss += (double)factors[r] * ((double)sums[r] - (double)shifts[r]);
  }
  *correct += right;
  return loss;
}

const sw_layer_table SW_LAYER_TABLE = {
    layer_unfold_rows, layer_fold_rows, layer_pool_pairs, layer_pool_pairs_back,
    layer_layer_norm,  layer_layer_norm_back, layer_lstm, layer_lstm_back,
    layer_cross_entropy};
#pragma clang diagnostic pop
