// PNG and JPEG pictures as pixels in memory: the one place that includes libpng's and libjpeg's headers.
//
// Both libraries report damage by long jumps; these functions catch them and give an error text instead.
#ifndef SWIFTLET_CIMAGES_H
#define SWIFTLET_CIMAGES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t *pixels;    // row by row from the top, channels side by side; free with swiftlet_image_free
  uint32_t width;
  uint32_t height;
  uint32_t channels;  // 1 gray, 2 gray and alpha, 3 colour, 4 colour and alpha
  char error[200];    // empty when all went well
} swiftlet_image;

// Pictures of more than max_pixels are refused before memory is taken.
void swiftlet_image_read_png(const uint8_t *bytes, size_t count, uint64_t max_pixels, swiftlet_image *image);
void swiftlet_image_read_jpeg(const uint8_t *bytes, size_t count, uint64_t max_pixels, swiftlet_image *image);
void swiftlet_image_free(swiftlet_image *image);

// Writes 8-bit pixels as a PNG file in memory; NULL when that fails. Free the result with free().
uint8_t *swiftlet_image_write_png(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, size_t *count);

// The same as a JPEG file; channels are 1 or 3.
uint8_t *swiftlet_image_write_jpeg(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int quality, size_t *count);

#endif
