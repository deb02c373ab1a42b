//===- Png.cpp - Images as files ------------------------------------------===//

#include "tenon/DiffusionPipeline.h"
#include "tenon/Runtime/ReplaceFile.h"

#include <algorithm>
#include <cmath>
#include <png.h>

using namespace tenon;

static constexpr int64_t channels = 3;
static constexpr int64_t largestSide = 1 << 15;

static Error pngError(const std::filesystem::path &file, const char *message) {
  return Error{file.string() + ": " + message};
}

Status tenon::writePng(const std::filesystem::path &file, const Tensor &image) {
  const std::vector<int64_t> &shape = image.shape();
  if (image.type() != DataType::Float32 || shape.size() != 3 ||
      shape[0] != channels || shape[1] < 1 || shape[2] < 1 ||
      shape[1] > largestSide || shape[2] > largestSide)
    return pngError(file, "an image is [3, height, width] of f32");
  int64_t pixels = shape[1] * shape[2];
  std::span<const float> values = image.as<float>();
  std::vector<png_byte> bytes(pixels * channels);
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (int64_t channel = 0; channel < channels; ++channel) {
      float value = values[channel * pixels + pixel];
      // Also what is no number.
      value = value > 0 ? std::min(value, 1.0F) : 0.0F;
      bytes[pixel * channels + channel] =
          static_cast<png_byte>(std::nearbyint(value * 255));
    }
  png_image header = {};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(shape[2]);
  header.height = static_cast<png_uint_32>(shape[1]);
  header.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  if (!png_image_write_get_memory_size(header, size, 0, bytes.data(), 0,
                                       nullptr))
    return pngError(file, header.message);
  std::string content(size, '\0');
  if (!png_image_write_to_memory(&header, content.data(), &size, 0,
                                 bytes.data(), 0, nullptr))
    return pngError(file, header.message);
  return replaceFile(file, std::string_view(content.data(), size));
}

Result<Tensor> tenon::readPng(const std::filesystem::path &file) {
  png_image header = {};
  header.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&header, file.c_str()))
    return pngError(file, header.message);
  header.format = PNG_FORMAT_RGB;
  if (header.width > largestSide || header.height > largestSide) {
    png_image_free(&header);
    return pngError(file, "the image is too large");
  }
  int64_t pixels = static_cast<int64_t>(header.width) * header.height;
  std::vector<png_byte> bytes(pixels * channels);
  png_color black = {};
  if (!png_image_finish_read(&header, &black, bytes.data(), 0, nullptr))
    return pngError(file, header.message);
  Result<Tensor> image = Tensor::allocate(
      DataType::Float32, {channels, header.height, header.width});
  if (!image)
    return pngError(file, image.error().message.c_str());
  std::span<float> values = image->as<float>();
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (int64_t channel = 0; channel < channels; ++channel)
      values[channel * pixels + pixel] =
          static_cast<float>(bytes[pixel * channels + channel]) / 255;
  return image;
}
