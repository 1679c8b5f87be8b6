#include "CImages.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static void fail(swiftlet_image *image, const char *text) {
  snprintf(image->error, sizeof image->error, "%s", text);
}

void swiftlet_image_free(swiftlet_image *image) {
  free(image->pixels);
  image->pixels = NULL;
}

void swiftlet_image_read_png(
  const uint8_t *bytes, size_t count, uint64_t max_pixels, swiftlet_image *image) {
  memset(image, 0, sizeof *image);
  png_image png;
  memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&png, bytes, count)) {
    fail(image, png.message);
    return;
  }
  if ((uint64_t)png.width * png.height > max_pixels) {
    png_image_free(&png);
    fail(image, "the picture is too large");
    return;
  }
  // Eight bits a channel, palettes resolved; gray and alpha stay as they are in the file.
  png.format &= PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA;
  image->channels = PNG_IMAGE_PIXEL_CHANNELS(png.format);
  image->width = png.width;
  image->height = png.height;
  image->pixels = malloc((size_t)png.width * png.height * image->channels + 1);
  if (!image->pixels) {
    png_image_free(&png);
    fail(image, "there is no memory for the picture");
    return;
  }
  if (!png_image_finish_read(&png, NULL, image->pixels, 0, NULL)) {
    fail(image, png.message);
    png_image_free(&png);
    swiftlet_image_free(image);
  }
}

uint8_t *swiftlet_image_write_png(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, size_t *count) {
  png_image png;
  memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  png.width = width;
  png.height = height;
  png.format = channels == 1 ? PNG_FORMAT_GRAY
             : channels == 2 ? PNG_FORMAT_GA
             : channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
  uint8_t *out = malloc(size);
  if (!out) return NULL;
  if (!png_image_write_to_memory(&png, out, &size, 0, pixels, 0, NULL)) {
    free(out);
    return NULL;
  }
  *count = size;
  return out;
}

// libjpeg's default handler ends the process; this one comes back with the message.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf back;
  char message[JMSG_LENGTH_MAX];
} jpeg_failure;

static void leave(j_common_ptr info) {
  jpeg_failure *failure = (jpeg_failure *)info->err;
  info->err->format_message(info, failure->message);
  longjmp(failure->back, 1);
}

static void say_nothing(j_common_ptr info) { (void)info; }

void swiftlet_image_read_jpeg(
  const uint8_t *bytes, size_t count, uint64_t max_pixels, swiftlet_image *image) {
  memset(image, 0, sizeof *image);
  struct jpeg_decompress_struct info;
  jpeg_failure failure;
  memset(&info, 0, sizeof info);
  info.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = leave;
  failure.manager.output_message = say_nothing;
  if (setjmp(failure.back)) {
    fail(image, failure.message);
    jpeg_destroy_decompress(&info);
    swiftlet_image_free(image);
    return;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes, count);
  jpeg_read_header(&info, TRUE);
  if ((uint64_t)info.image_width * info.image_height > max_pixels) {
    jpeg_destroy_decompress(&info);
    fail(image, "the picture is too large");
    return;
  }
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(&info);
  image->width = info.output_width;
  image->height = info.output_height;
  image->channels = info.output_components;
  size_t stride = (size_t)info.output_width * info.output_components;
  image->pixels = malloc(stride * info.output_height + 1);
  if (!image->pixels) {
    jpeg_destroy_decompress(&info);
    fail(image, "there is no memory for the picture");
    return;
  }
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = image->pixels + stride * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
}

uint8_t *swiftlet_image_write_jpeg(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int quality,
  size_t *count) {
  struct jpeg_compress_struct info;
  jpeg_failure failure;
  unsigned char *volatile out = NULL;
  unsigned char *buffer = NULL;
  unsigned long size = 0;
  memset(&info, 0, sizeof info);
  info.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = leave;
  failure.manager.output_message = say_nothing;
  if (setjmp(failure.back)) {
    jpeg_destroy_compress(&info);
    free(out);
    return NULL;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = channels;
  info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)width * channels * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  out = buffer;
  *count = size;
  return buffer;
}
