// The one place that includes cblas.h, and the declarations of the LAPACK routines that we use.
//
// OpenBLAS carries LAPACK under its Fortran names. They are called as they are, on matrices laid out
// by columns: LAPACKE's row-major forms would transpose each matrix twice, and would need one more
// package. A character argument has its length behind the other arguments, as gfortran passes it.
#include <cblas.h>
#undef I
#include <stddef.h>

#define SW_LAPACK(P, T)                                                                            \
  void P##getrf_(const int *m, const int *n, T *a, const int *lda, int *pivots, int *info);        \
  void P##getrs_(const char *trans, const int *n, const int *nrhs, const T *a, const int *lda,     \
                 const int *pivots, T *b, const int *ldb, int *info, size_t);                      \
  void P##potrf_(const char *uplo, const int *n, T *a, const int *lda, int *info, size_t);         \
  void P##geqrf_(const int *m, const int *n, T *a, const int *lda, T *tau, T *work,                \
                 const int *lwork, int *info);                                                     \
  void P##orgqr_(const int *m, const int *n, const int *k, T *a, const int *lda, const T *tau,     \
                 T *work, const int *lwork, int *info);                                            \
  void P##gesdd_(const char *jobz, const int *m, const int *n, T *a, const int *lda, T *s, T *u,   \
                 const int *ldu, T *vt, const int *ldvt, T *work, const int *lwork, int *iwork,    \
                 int *info, size_t);                                                               \
  void P##syevd_(const char *jobz, const char *uplo, const int *n, T *a, const int *lda, T *w,     \
                 T *work, const int *lwork, int *iwork, const int *liwork, int *info, size_t,      \
                 size_t);                                                                          \
  void P##geev_(const char *jobvl, const char *jobvr, const int *n, T *a, const int *lda, T *wr,   \
                T *wi, T *vl, const int *ldvl, T *vr, const int *ldvr, T *work, const int *lwork,  \
                int *info, size_t, size_t);                                                        \
  void P##gelsd_(const int *m, const int *n, const int *nrhs, T *a, const int *lda, T *b,          \
                 const int *ldb, T *s, const T *rcond, int *rank, T *work, const int *lwork,       \
                 int *iwork, int *info);                                                           \
  void P##trtrs_(const char *uplo, const char *trans, const char *diag, const int *n,              \
                 const int *nrhs, const T *a, const int *lda, T *b, const int *ldb, int *info,     \
                 size_t, size_t, size_t);
SW_LAPACK(s, float)
SW_LAPACK(d, double)
#undef SW_LAPACK
