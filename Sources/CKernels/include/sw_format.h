// Decimal forms of numbers, exactly rounded.
#ifndef SWIFTLET_SW_FORMAT_H
#define SWIFTLET_SW_FORMAT_H
#include <stdint.h>

// `places` digits after the point; returns the length written (at most size - 1).
int32_t sw_format_fixed(char *out, int32_t size, int32_t places, double value);
int32_t sw_format_scientific(char *out, int32_t size, int32_t places, double value);
#endif
