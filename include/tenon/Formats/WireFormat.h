//===- WireFormat.h - Protobuf's wire format, read in place ---------------===//

#ifndef TENON_FORMATS_WIREFORMAT_H
#define TENON_FORMATS_WIREFORMAT_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tenon {

enum class WireType : uint8_t {
  Varint = 0,
  Fixed64 = 1,
  Bytes = 2,
  Fixed32 = 5,
};

/// One field of a message. `content` is what follows the tag, without the
/// length of a Bytes field, and lies in the bytes that were read.
struct WireField {
  uint32_t number;
  WireType type;
  std::span<const std::byte> content;
};

/// Walks over the fields of one message.
class WireReader {
public:
  explicit WireReader(std::span<const std::byte> bytes) : bytes(bytes) {}

  bool atEnd() const { return position == bytes.size(); }
  /// The next field; nothing where the bytes are no field.
  std::optional<WireField> next();

private:
  std::optional<uint64_t> varint();

  std::span<const std::byte> bytes;
  size_t position = 0;
};

/// Appends a field to a message that is being written.
void appendField(std::string &out, const WireField &field);
void appendBytes(std::string &out, uint32_t number, std::string_view content);
void appendVarint(std::string &out, uint32_t number, uint64_t value);

} // namespace tenon

#endif // TENON_FORMATS_WIREFORMAT_H
