//===- Tensor.h - Tensors, element types, errors --------------------------===//
//
// The values that cross Tenon's API. Standard library only.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_RUNTIME_TENSOR_H
#define TENON_RUNTIME_TENSOR_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What libTenon gives to those who link it.
#if defined(__GNUC__)
#define TENON_API __attribute__((visibility("default")))
#else
#define TENON_API
#endif

namespace tenon {

/// What went wrong, as a sentence that names file, node and reason.
struct Error {
  std::string message;
};

/// A value or an Error; the API throws nothing.
template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : state(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// The value. Call only where ok().
  T &value() & { return std::get<0>(state); }
  const T &value() const & { return std::get<0>(state); }
  T &&value() && { return std::get<0>(std::move(state)); }
  T &operator*() & { return value(); }
  T *operator->() { return &value(); }

  /// The error. Call only where not ok().
  const Error &error() const { return std::get<1>(state); }

private:
  std::variant<T, Error> state;
};

/// Success or an Error.
using Status = Result<std::monostate>;
inline Status success() { return Status(std::monostate()); }

/// Element types. Int4 and UInt4 are held one value a byte.
enum class DataType : uint8_t {
  Bool,
  Int4,
  UInt4,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Int64,
  UInt64,
  Float8E4M3FN,
  Float8E4M3FNUZ,
  Float8E5M2,
  Float8E5M2FNUZ,
  Float16,
  BFloat16,
  Float32,
  Float64,
};
inline constexpr size_t dataTypeCount =
    static_cast<size_t>(DataType::Float64) + 1;

/// Bytes that one element takes in memory.
TENON_API size_t byteWidth(DataType type);
/// "float32", "int64", ...: NumPy's and safetensors' long names.
TENON_API std::string_view name(DataType type);
TENON_API std::optional<DataType> dataTypeByName(std::string_view name);
TENON_API bool isFloat(DataType type);
TENON_API bool isUnsigned(DataType type);

/// The product of the sizes; nothing where one is negative or the product does
/// not fit.
TENON_API std::optional<int64_t> elementCount(std::span<const int64_t> shape);

/// The bytes of a tensor; nothing where elementCount gives nothing or they do
/// not fit an int64_t.
std::optional<uint64_t> byteCount(DataType type,
                                  std::span<const int64_t> shape);

/// "2x3x4", "scalar" for rank 0.
TENON_API std::string shapeString(std::span<const int64_t> shape);

/// From here on memory comes from the system directly: zero already, from the
/// start of a huge page and on huge pages where the system has them.
inline constexpr uint64_t mappedFrom = uint64_t(4) << 20;

/// Memory aligned to 64 bytes; null where the system has none. The first form
/// leaves the bytes unset.
std::shared_ptr<std::byte> allocateAligned(uint64_t bytes);
std::shared_ptr<std::byte> allocateZeroed(uint64_t bytes);

/// A contiguous row-major tensor. Copies share the bytes.
class TENON_API Tensor {
public:
  Tensor() = default;
  /// Zero bytes, aligned to 64. The shape must be one that byteCount accepts.
  Tensor(DataType type, std::vector<int64_t> shape);
  /// The same for shapes that come from a file: an Error where byteCount
  /// refuses or the memory is not there.
  static Result<Tensor> allocate(DataType type, std::vector<int64_t> shape);
  /// A view of bytes that `owner` keeps alive (a null owner: the caller does).
  Tensor(DataType type, std::vector<int64_t> shape, void *data,
         std::shared_ptr<const void> owner);

  /// The same in memory of its own, aligned to 64.
  Result<Tensor> clone() const;

  DataType type() const { return elementType; }
  const std::vector<int64_t> &shape() const { return dims; }
  int64_t elements() const { return count; }
  size_t bytes() const {
    return static_cast<size_t>(count) * byteWidth(elementType);
  }
  void *data() const { return storage; }
  template <typename T> std::span<T> as() const {
    return {static_cast<T *>(storage), static_cast<size_t>(count)};
  }

private:
  DataType elementType = DataType::Float32;
  std::vector<int64_t> dims;
  int64_t count = 0;
  void *storage = nullptr;
  std::shared_ptr<const void> keep;
};

/// A tensor and the name under which a model or a file knows it.
struct NamedTensor {
  std::string name;
  Tensor tensor;
};

/// Tensors that calls update, on a device with memory of its own, by their
/// address on the host: the first call that is bound to one copies it there,
/// the others use that copy, and the host's is not kept up to date.
using KeptTensors = std::map<const void *, std::shared_ptr<std::byte>>;

} // namespace tenon

#endif // TENON_RUNTIME_TENSOR_H
