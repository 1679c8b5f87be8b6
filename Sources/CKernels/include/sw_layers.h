// Loops of single layers, float32, by instruction set.
#ifndef SWIFTLET_SW_LAYERS_H
#define SWIFTLET_SW_LAYERS_H
#include <stdint.h>

#include "sw_kernels.h"

typedef struct sw_layer_table {
  // One image [h, w, channels] to rows [out_h * out_w, kernel_h * kernel_w * channels], 0 outside;
  // fold adds rows back into an image that the caller has cleared.
  void (*unfold_rows)(const sw_window *w, int64_t channels, const float *image, float *rows);
  void (*fold_rows)(const sw_window *w, int64_t channels, const float *rows, float *image);

  // The largest of each 2 x 2, step 2: [planes, h, w] -> [planes, h / 2, w / 2]. The way back gives
  // the gradient to the first element in row order that is the largest; the rest becomes 0.
  void (*pool_pairs)(int64_t planes, int64_t h, int64_t w, const float *x, float *out);
  void (*pool_pairs_back)(int64_t planes, int64_t h, int64_t w, const float *x, const float *y,
                          const float *g, float *out);

  // (x - mean) / sqrt(variance + eps) * weight + bias of rows; weight and bias may be NULL. Keeps mean
  // and 1 / sqrt(variance + eps) of each row.
  void (*layer_norm)(int64_t rows, int64_t cols, const float *x, const float *weight,
                     const float *bias, double eps, float *out, float *mean, float *scale);
  // dx of the same; dw and db [cols], where not NULL, are added to.
  void (*layer_norm_back)(int64_t rows, int64_t cols, const float *g, const float *x,
                          const float *weight, const float *mean, const float *scale, float *dx,
                          float *dw, float *db);

  // One step of LSTM. z [batch, 4 size] holds both shares of the gates (input, forget, cell, output)
  // before their functions, and after it their results; `bias` [4 size] is added first unless NULL;
  // cell [batch, size] -> next; hidden = output * tanh(next), which `shown` keeps.
  void (*lstm)(int64_t batch, int64_t size, float *z, const float *bias, const float *cell,
               float *next, float *shown, float *hidden);
  // The way back of one step: from dh and dc (the next step's share, replaced by this one's) to the
  // gradient dz of the gates before their functions.
  void (*lstm_back)(int64_t batch, int64_t size, const float *z, const float *cell,
                    const float *shown, const float *dh, float *dc, float *dz);

  // `cross_entropy` of sw_kernels.h, with the logarithms of many rows at once.
  double (*cross_entropy)(int64_t rows, int64_t cols, const float *z, const int64_t *t,
                          const float *weight, float scale0, float *g, int64_t *correct);
} sw_layer_table;

const sw_layer_table *sw_layers(void);
// Those that this processor can run, for tests: 0 is the baseline. NULL past the last.
const sw_layer_table *sw_layers_at(int index);
#endif
