// Numeric loops. Each body is compiled once per instruction set; `sw_kernels` returns the table
// that fits the processor. All strides are in bytes; a stride of 0 repeats one element.
//
// Loops do not check sizes and do not fail: the caller has checked. No loop divides an integer by
// zero or converts a float out of range: both have defined results (0, and the smallest integer).
#ifndef SWIFTLET_SW_KERNELS_H
#define SWIFTLET_SW_KERNELS_H
#include <stddef.h>
#include <stdint.h>

// Element types, in the order of every table below. The two half floats are for storage: they only
// convert, and what computes with them converts first. A complex number is its real part and its
// imaginary part next to each other.
enum {
  SW_F32, SW_F64, SW_I64, SW_I32, SW_U8, SW_BOOL, SW_F16, SW_BF16, SW_C64, SW_C128, SW_DTYPE_COUNT
};

// Elementwise operations of one operand whose result has the operand's type.
enum {
  SW_NEG, SW_ABS, SW_SIGN, SW_SQUARE,
  SW_SQRT, SW_RSQRT, SW_RECIPROCAL,
  SW_EXP, SW_EXPM1, SW_EXP2, SW_LOG, SW_LOG1P, SW_LOG2, SW_LOG10,
  SW_SIN, SW_COS, SW_TAN, SW_ASIN, SW_ACOS, SW_ATAN,
  SW_SINH, SW_COSH, SW_TANH, SW_ASINH, SW_ACOSH, SW_ATANH,
  SW_SIGMOID, SW_RELU, SW_SOFTPLUS, SW_ERF, SW_ERFC, SW_LGAMMA, SW_GELU, SW_GELU_SLOPE,
  SW_FLOOR, SW_CEIL, SW_ROUND, SW_TRUNC, SW_BITNOT,
  SW_DIGAMMA, SW_TRIGAMMA, SW_TETRAGAMMA, SW_ERFINV, SW_I0, SW_I0E, SW_I1, SW_I1E, SW_SINC, SW_NDTRI, SW_CBRT,
  SW_CONJ,
  SW_UNARY_COUNT
};

// Tests of one operand; the result is SW_BOOL.
enum { SW_ISNAN, SW_ISINF, SW_ISFINITE, SW_NOT, SW_TEST_COUNT };

// Operations of two operands of one type; the result has that type.
enum {
  SW_ADD, SW_SUB, SW_MUL, SW_DIV, SW_FLOORDIV, SW_REMAINDER, SW_FMOD, SW_POW,
  SW_MAX, SW_MIN, SW_ATAN2, SW_BITAND, SW_BITOR, SW_BITXOR, SW_SHL, SW_SHR,
  SW_RELU_BACK,  // a is the gradient, b the value: a where b > 0, else 0
  SW_HYPOT, SW_COPYSIGN, SW_NEXTAFTER, SW_FMAX, SW_FMIN, SW_XLOGY, SW_LOGADDEXP, SW_LOGADDEXP2,
  SW_GCD, SW_LCM,
  SW_BINARY_COUNT
};

// Comparisons of two operands of one type; the result is SW_BOOL.
enum {
  SW_EQ, SW_NE, SW_LT, SW_LE, SW_GT, SW_GE, SW_LOGICAL_AND, SW_LOGICAL_OR, SW_LOGICAL_XOR,
  SW_COMPARE_COUNT
};

// Reductions of one run of elements. SUM and PROD of integers give SW_I64; MAX and MIN keep the
// type and pass NaN on; ANY and ALL give SW_BOOL; NORM1 and NORM2 are for floats; ARGMAX and ARGMIN
// give the first place as SW_I64, a NaN counts as the extreme.
enum {
  SW_SUM, SW_PROD, SW_RMAX, SW_RMIN, SW_ANY, SW_ALL, SW_ARGMAX, SW_ARGMIN, SW_NORM1, SW_NORM2,
  SW_COUNT_NONZERO, SW_REDUCE_COUNT
};

typedef void (*sw_unary_loop)(int64_t n, char *out, int64_t so, const char *a, int64_t sa);
typedef void (*sw_binary_loop)(
    int64_t n, char *out, int64_t so, const char *a, int64_t sa, const char *b, int64_t sb);
typedef void (*sw_select_loop)(
    int64_t n, char *out, int64_t so, const char *c, int64_t sc, const char *a, int64_t sa,
    const char *b, int64_t sb);
// Reduces `n` elements at `a`, `sa` bytes apart, into one element at `out`.
typedef void (*sw_reduce_run)(int64_t n, const char *a, int64_t sa, char *out);
// Sums `rows` rows of `cols` adjacent elements into `cols` elements at `out`; rows are `sa` bytes
// apart.
typedef void (*sw_reduce_rows)(int64_t rows, int64_t cols, const char *a, int64_t sa, char *out);
// Running sum or product over `n` elements.
typedef void (*sw_scan_run)(int64_t n, char *out, int64_t so, const char *a, int64_t sa);
// Unsigned keys of a run that sort like the elements; 8 bytes each for elements of 8 bytes, else 4.
typedef void (*sw_sort_keys)(int64_t n, const char *a, int64_t sa, void *keys, int descending);

// Rows of `cols` adjacent floats, `rows` of them, in and out alike.
typedef void (*sw_row_op)(int64_t rows, int64_t cols, const void *a, void *out);
// out = gradient of softmax (y its result) or log-softmax for the gradient g.
typedef void (*sw_row_back)(int64_t rows, int64_t cols, const void *g, const void *y, void *out);

// Activations that the fused layers know.
enum { SW_ACT_NONE, SW_ACT_RELU, SW_ACT_SIGMOID, SW_ACT_TANH, SW_ACT_GELU, SW_ACT_COUNT };

// A window that slides over planes of height x width: sizes and steps by axis (height, width), what
// is added before the first row and column, and how many places it takes.
typedef struct sw_window {
  int64_t height, width, kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w, dilation_h,
      dilation_w, out_h, out_w;
} sw_window;

// Planes under a window. `in` and `out` hold `planes` of them.
// Unfold: [planes, h, w] -> [planes * kernel_h * kernel_w, out_h * out_w], 0 outside; fold adds back
// into `out`, which the caller has cleared.
typedef void (*sw_unfold)(const sw_window *w, int64_t planes, const void *in, void *out);
// The largest element under each place of the window, and where in its plane it is; NaN wins.
typedef void (*sw_pool_max)(const sw_window *w, int64_t planes, const void *in, void *out,
                            int64_t *places);
// The mean under each place. `divisor` > 0 replaces the count; `count_pad` counts the padding too.
typedef void (*sw_pool_mean)(const sw_window *w, int64_t planes, int count_pad, int64_t divisor,
                             const void *in, void *out);

typedef struct sw_kernel_table {
  const char *name;  // the instruction set
  sw_unary_loop unary[SW_UNARY_COUNT][SW_DTYPE_COUNT];
  sw_unary_loop test[SW_TEST_COUNT][SW_DTYPE_COUNT];
  sw_binary_loop binary[SW_BINARY_COUNT][SW_DTYPE_COUNT];
  sw_binary_loop compare[SW_COMPARE_COUNT][SW_DTYPE_COUNT];
  sw_unary_loop cast[SW_DTYPE_COUNT][SW_DTYPE_COUNT];  // [from][to]
  sw_unary_loop copy[5];                               // elements of 1, 2, 4, 8, 16 bytes
  sw_select_loop select[5];                            // the same
  sw_reduce_run reduce[SW_REDUCE_COUNT][SW_DTYPE_COUNT];
  sw_reduce_rows sum_rows[SW_DTYPE_COUNT];
  sw_scan_run cumsum[SW_DTYPE_COUNT];
  sw_scan_run cumprod[SW_DTYPE_COUNT];
  sw_sort_keys sort_keys[SW_DTYPE_COUNT];
  sw_row_op softmax[2];  // SW_F32, SW_F64
  sw_row_op log_softmax[2];
  sw_row_back softmax_back[2];
  sw_row_back log_softmax_back[2];
  sw_unfold unfold[2];
  sw_unfold fold[2];
  sw_pool_max pool_max[2];
  sw_pool_mean pool_mean[2];
  sw_pool_mean pool_mean_back[2];  // adds the gradient `in` to `out`, which the caller has cleared

  // Fused forms of training, float32.

  // z = act(z + bias) in place; z is [rows, cols]. For SW_ACT_GELU `pre` receives z + bias.
  void (*bias_act)(int act, int64_t rows, int64_t cols, float *z, const float *bias, float *pre);
  // g = g * act'(.) in place; y is the activation's result, `pre` as above.
  void (*act_back)(int act, int64_t n, float *g, const float *y, const float *pre);
  // Softmax cross-entropy from logits z [rows, cols] with classes t; g gets (softmax - onehot) *
  // scale[row] (or `scale0` when `scale` is NULL); returns the sum over rows of loss * weight.
  // `correct` counts rows whose first largest logit is the class. Rows with t < 0 count nothing.
  double (*cross_entropy)(int64_t rows, int64_t cols, const float *z, const int64_t *t,
                          const float *weight, float scale0, float *g, int64_t *correct);
  // One step of Adam over n values; `t1` = 1 - beta1^t, `t2` = 1 - beta2^t. With `decoupled` the
  // decay multiplies the value (AdamW), else it adds to the gradient. `keras` puts eps inside the
  // bias-corrected form of Kingma and Ba's last paragraph (eps next to sqrt(v), not sqrt(v/t2)).
  void (*adam)(int64_t n, float *w, const float *g, float *m, float *v, double lr, double b1,
               double b2, double eps, double decay, int decoupled, int keras, double t1, double t2);
  // One step of SGD; v is NULL without momentum; `first` starts v with the gradient.
  void (*sgd)(int64_t n, float *w, const float *g, float *v, double lr, double momentum,
              double dampening, double decay, int nesterov, int first);
  // Turns blocks of 16 uniform values into normal ones.
  void (*box_muller)(int64_t blocks, float *x, float mean, float std);
} sw_kernel_table;

// The table for this processor.
const sw_kernel_table *sw_kernels(void);
// The tables that this processor can run, for tests: 0 is the baseline. NULL past the last.
const sw_kernel_table *sw_kernels_at(int index);

// Table entries by number; NULL where a type has no such operation. (Swift sees a C array in a
// structure as a tuple, which cannot be indexed.)
sw_unary_loop sw_unary(int op, int dtype);
sw_unary_loop sw_test(int op, int dtype);
sw_binary_loop sw_binary(int op, int dtype);
sw_binary_loop sw_compare(int op, int dtype);
sw_unary_loop sw_cast(int from, int to);
sw_unary_loop sw_copy(int size);
sw_select_loop sw_select(int size);
sw_reduce_run sw_reduce(int op, int dtype);
sw_reduce_rows sw_sum_rows(int dtype);
sw_scan_run sw_cumsum(int dtype);
sw_scan_run sw_cumprod(int dtype);
sw_sort_keys sw_sort_key_run(int dtype);
sw_row_op sw_softmax(int dtype, int logarithm);
sw_row_back sw_softmax_back(int dtype, int logarithm);
sw_unfold sw_unfold_loop(int dtype);
sw_unfold sw_fold_loop(int dtype);
sw_pool_max sw_pool_max_loop(int dtype);
sw_pool_mean sw_pool_mean_loop(int dtype, int back);

// Walks an index space of `ndim` sizes and calls the loop on its last axis. At most SW_MAX_DIMS.
enum { SW_MAX_DIMS = 64 };
void sw_walk1(sw_unary_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *a, const int64_t *sa);
void sw_walk2(sw_binary_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *a, const int64_t *sa, const char *b, const int64_t *sb);
void sw_walk3(sw_select_loop f, int ndim, const int64_t *shape, char *out, const int64_t *so,
              const char *c, const int64_t *sc, const char *a, const int64_t *sa, const char *b,
              const int64_t *sb);

// Rows of one operand against another: calls the loop for each of `rows` rows; the `row` strides
// lead from row to row, the others along a row.
void sw_rows2(sw_binary_loop f, int64_t rows, int64_t cols, char *out, int64_t out_row, int64_t so,
              const char *a, int64_t a_row, int64_t sa, const char *b, int64_t b_row, int64_t sb);

// Places that sort a run of 4- or 8-byte unsigned keys in ascending order; stable. `keys` are
// changed; `spare` and `spare_places` have the same sizes. Returns 1 when an interrupt stopped it.
int sw_radix_argsort(int size, int64_t n, void *keys, void *spare, int64_t *places,
                     int64_t *spare_places);

// Moves `count` blocks of `bytes` adjacent bytes: out[i] = in[places[i]]. `places` are checked.
void sw_gather(int64_t count, int64_t bytes, const int64_t *places, const char *in, char *out);
// out[places[i]] = in[i]; later blocks win.
void sw_scatter(int64_t count, int64_t bytes, const int64_t *places, const char *in, char *out);
// out[places[i]] += in[i], elements one after another so that repeats add up in order.
void sw_scatter_add(int dtype, int64_t count, int64_t block, const int64_t *places, const char *in,
                    char *out);

// The discrete Fourier transform of `n` complex numbers (pairs of doubles) at `x`, in place, times
// `scale`; `inverse` turns the sign of the exponent. Returns 0, 1 when memory ran out, 2 when an
// interrupt stopped it. A plan holds what depends on the length alone; several threads may share one.
typedef struct sw_fft_plan sw_fft_plan;
sw_fft_plan *sw_fft_make(int64_t n);
void sw_fft_free(sw_fft_plan *plan);
int sw_fft_run(const sw_fft_plan *plan, double *x, int inverse, double scale);
#endif
