//===- ReplaceFile.cpp - Files that are never seen half written -----------===//

#include "tenon/Runtime/ReplaceFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace tenon;
namespace fs = std::filesystem;

static Error systemError(const fs::path &path, const char *what) {
  return Error{path.string() + ": " + what + ": " + std::strerror(errno)};
}

static Status writeAll(int file, const fs::path &path,
                       std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return systemError(path, "cannot write");
    bytes = bytes.subspan(written);
  }
  return success();
}

/// Writes the parts and closes the file, whose errors may come only then.
static Status writeParts(int file, const fs::path &path,
                         std::span<const std::span<const std::byte>> parts) {
  Status status = success();
  for (std::span<const std::byte> part : parts)
    if (status.ok())
      status = writeAll(file, path, part);
  if (::close(file) != 0 && status.ok())
    status = systemError(path, "cannot write");
  return status;
}

/// A new, empty file beside `path`.
static Result<fs::path> createTemporary(const fs::path &path) {
  for (unsigned attempt = 0;; ++attempt) {
    fs::path temporary = path;
    temporary +=
        ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    int file = ::open(temporary.c_str(),
                      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0) {
      ::close(file);
      return temporary;
    }
    if (errno != EEXIST)
      return systemError(path, "cannot create");
  }
}

Status
tenon::replaceFileWith(const fs::path &path,
                       const std::function<Status(const fs::path &)> &write) {
  std::error_code error;
  fs::file_status target = fs::status(path, error);
  if (fs::is_directory(target))
    return Error{path.string() + ": is a folder"};
  // A rename over /dev/null would replace the device.
  if (fs::exists(target) && !fs::is_regular_file(target))
    return write(path);

  Result<fs::path> temporary = createTemporary(path);
  if (!temporary)
    return temporary.error();
  Status status = write(*temporary);
  if (status.ok()) {
    fs::rename(*temporary, path, error);
    if (error)
      status = Error{path.string() + ": cannot replace: " + error.message()};
  }
  if (!status.ok())
    fs::remove(*temporary, error);
  return status;
}

Status tenon::replaceFile(const fs::path &path,
                          std::span<const std::span<const std::byte>> parts) {
  return replaceFileWith(path, [&](const fs::path &target) -> Status {
    int file = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0)
      return systemError(path, "cannot write");
    return writeParts(file, path, parts);
  });
}

Status tenon::replaceFile(const fs::path &path, std::string_view text) {
  std::span<const std::byte> part = std::as_bytes(std::span(text));
  return replaceFile(path, std::span(&part, 1));
}
