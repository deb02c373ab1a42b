//===- Npz.cpp - Archives of NumPy arrays ---------------------------------===//

#include "Npz.h"
#include "Npy.h"

#include <algorithm>
#include <memory>
#include <set>
#include <zip.h>

using namespace tenon;

namespace {

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Source = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

/// libzip's error, which must be given back.
struct ZipError {
  zip_error_t error;
  ZipError() { zip_error_init(&error); }
  ~ZipError() { zip_error_fini(&error); }
  ZipError(const ZipError &) = delete;
  ZipError &operator=(const ZipError &) = delete;
  std::string text() { return zip_error_strerror(&error); }
};

} // namespace

/// Deflate shrinks at most 1032 to 1: a size beyond that lies, and is refused
/// before memory is taken.
static constexpr uint64_t largestRatio = 1032;
static constexpr uint64_t ratioSlack = 4096;

/// The content of an entry. `left` is what the archive can still hold: no two
/// entries share bytes.
static Result<std::vector<std::byte>> readEntry(zip_t *archive, uint64_t index,
                                                const zip_stat_t &facts,
                                                uint64_t &left) {
  constexpr uint64_t needed =
      ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if ((facts.valid & needed) != needed)
    return Error{"the archive does not tell its size"};
  if (facts.valid & ZIP_STAT_ENCRYPTION_METHOD &&
      facts.encryption_method != ZIP_EM_NONE)
    return Error{"is encrypted"};
  if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE)
    return Error{"is compressed by method " +
                 std::to_string(facts.comp_method) +
                 "; stored and deflated entries are known"};
  if (facts.comp_size > left ||
      (facts.size > ratioSlack &&
       (facts.size - ratioSlack) / largestRatio > facts.comp_size))
    return Error{"cannot hold the " + std::to_string(facts.size) +
                 " bytes that the archive speaks of"};
  left -= facts.comp_size;

  Entry entry(zip_fopen_index(archive, index, 0), zip_fclose);
  if (!entry)
    return Error{zip_strerror(archive)};
  std::vector<std::byte> bytes(facts.size);
  uint64_t filled = 0;
  // Reading up to the end, and once more there, makes libzip check the sum.
  std::byte beyond;
  while (true) {
    bool full = filled == bytes.size();
    zip_int64_t got = full ? zip_fread(entry.get(), &beyond, 1)
                           : zip_fread(entry.get(), bytes.data() + filled,
                                       bytes.size() - filled);
    if (got < 0)
      return Error{zip_file_strerror(entry.get())};
    if (full && got > 0)
      return Error{"is longer than the archive says"};
    if (got == 0)
      break;
    filled += static_cast<uint64_t>(got);
  }
  if (filled != bytes.size())
    return Error{"is shorter than the archive says"};
  return bytes;
}

Result<std::vector<NamedTensor>>
tenon::parseNpz(std::span<const std::byte> bytes, std::string_view name) {
  auto failure = [&](const std::string &reason) {
    return Error{std::string(name) + ": " + reason};
  };
  // libzip takes no bytes at all for an archive of nothing.
  if (bytes.empty())
    return failure("is empty");
  ZipError error;
  Source source(
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error.error),
      zip_source_free);
  if (!source)
    return failure(error.text());
  Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error.error),
                  zip_discard);
  if (!archive)
    return failure(error.text());
  source.release(); // belongs to the archive now

  std::vector<NamedTensor> tensors;
  std::set<std::string> names;
  uint64_t left = bytes.size();
  zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t index = 0; index < count; ++index) {
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(archive.get(), index, 0, &facts) != 0)
      return failure(zip_strerror(archive.get()));
    std::string entryName = facts.valid & ZIP_STAT_NAME ? facts.name : "";
    std::string label = std::string(name) + "/" + entryName;
    if (!entryName.ends_with(".npy"))
      return Error{label + ": is no .npy entry"};
    std::string tensorName = entryName.substr(0, entryName.size() - 4);
    if (!names.insert(tensorName).second)
      return Error{label + ": is there twice"};
    Result<std::vector<std::byte>> content =
        readEntry(archive.get(), index, facts, left);
    if (!content)
      return Error{label + ": " + content.error().message};
    Result<Tensor> tensor = parseNpy(*content, label);
    if (!tensor)
      return tensor.error();
    tensors.push_back({std::move(tensorName), std::move(*tensor)});
  }
  return tensors;
}

/// Adds one tensor; `prefix` and the tensor must live until the archive is
/// closed.
static Status addEntry(zip_t *archive, const NamedTensor &named,
                       std::string &prefix, NpzCompression compression) {
  zip_buffer_fragment_t parts[] = {
      {reinterpret_cast<zip_uint8_t *>(prefix.data()), prefix.size()},
      {static_cast<zip_uint8_t *>(named.tensor.data()), named.tensor.bytes()},
  };
  ZipError error;
  Source source(zip_source_buffer_fragment_create(
                    parts, named.tensor.bytes() ? 2 : 1, 0, &error.error),
                zip_source_free);
  if (!source)
    return Error{error.text()};
  std::string entryName = named.name + ".npy";
  zip_int64_t index =
      zip_file_add(archive, entryName.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0)
    return Error{zip_strerror(archive)};
  source.release(); // belongs to the archive now
  // The first of January 1980, the earliest that the format knows.
  constexpr zip_uint16_t noTime = 0, firstDate = (1 << 5) | 1;
  zip_int32_t method =
      compression == NpzCompression::Stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  if (zip_set_file_compression(archive, index, method, 0) != 0 ||
      zip_file_set_dostime(archive, index, noTime, firstDate, 0) != 0)
    return Error{zip_strerror(archive)};
  return success();
}

static Result<std::vector<std::byte>> readSource(zip_source_t *source) {
  auto failure = [&] {
    return Error{zip_error_strerror(zip_source_error(source))};
  };
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_source_stat(source, &facts) != 0 || zip_source_open(source) != 0)
    return failure();
  std::vector<std::byte> bytes(facts.size);
  uint64_t filled = 0;
  while (filled < bytes.size()) {
    zip_int64_t got =
        zip_source_read(source, bytes.data() + filled, bytes.size() - filled);
    if (got <= 0) {
      zip_source_close(source);
      return got < 0 ? failure() : Error{"the archive ends early"};
    }
    filled += static_cast<uint64_t>(got);
  }
  zip_source_close(source);
  return bytes;
}

Result<std::vector<std::byte>>
tenon::formatNpz(std::span<const NamedTensor> tensors,
                 NpzCompression compression) {
  // libzip writes no archive of nothing: only the record that ends one.
  if (tensors.empty()) {
    std::vector<std::byte> nothing(22);
    std::ranges::copy(std::as_bytes(std::span("PK\5\6", 4)), nothing.begin());
    return nothing;
  }
  ZipError error;
  Source buffer(zip_source_buffer_create(nullptr, 0, 0, &error.error),
                zip_source_free);
  if (!buffer)
    return Error{error.text()};
  Archive archive(
      zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error.error),
      zip_discard);
  if (!archive)
    return Error{error.text()};
  // One reference goes with the archive, one stays to read the bytes.
  zip_source_keep(buffer.get());

  std::vector<std::string> prefixes;
  prefixes.reserve(tensors.size());
  std::set<std::string_view> names;
  for (const NamedTensor &named : tensors) {
    std::string label = "tensor '" + named.name + "': ";
    if (named.name.empty() || named.name.find('\0') != std::string::npos)
      return Error{label + "cannot be the name of an archive's entry"};
    if (!names.insert(named.name).second)
      return Error{label + "is there twice"};
    Result<std::string> prefix = npyPrefix(named.tensor);
    if (!prefix)
      return Error{label + prefix.error().message};
    prefixes.push_back(std::move(*prefix));
    if (Status status =
            addEntry(archive.get(), named, prefixes.back(), compression);
        !status)
      return Error{label + status.error().message};
  }
  if (zip_close(archive.get()) != 0)
    return Error{zip_strerror(archive.get())};
  archive.release();
  return readSource(buffer.get());
}
