//===- WireFormat.cpp - Protobuf's wire format, read in place -------------===//

#include "tenon/Formats/WireFormat.h"

using namespace tenon;

std::optional<uint64_t> WireReader::varint() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && position < bytes.size(); shift += 7) {
    uint64_t byte = static_cast<uint8_t>(bytes[position++]);
    value |= (byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return value;
  }
  return std::nullopt;
}

std::optional<WireField> WireReader::next() {
  std::optional<uint64_t> tag = varint();
  if (!tag || *tag >> 3 == 0 || *tag > UINT32_MAX)
    return std::nullopt;
  size_t start = position;
  uint64_t length = 0;
  auto type = static_cast<WireType>(*tag & 7);
  switch (type) {
  case WireType::Varint:
    if (!varint())
      return std::nullopt;
    length = position - start;
    break;
  case WireType::Fixed64:
    length = 8;
    break;
  case WireType::Fixed32:
    length = 4;
    break;
  case WireType::Bytes: {
    std::optional<uint64_t> given = varint();
    if (!given)
      return std::nullopt;
    start = position;
    length = *given;
    break;
  }
  default:
    return std::nullopt;
  }
  if (length > bytes.size() - start)
    return std::nullopt;
  position = start + length;
  return WireField{static_cast<uint32_t>(*tag >> 3), type,
                   bytes.subspan(start, length)};
}

static void appendRawVarint(std::string &out, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

static void appendTag(std::string &out, uint32_t number, WireType type) {
  appendRawVarint(out, uint64_t(number) << 3 | static_cast<uint64_t>(type));
}

void tenon::appendField(std::string &out, const WireField &field) {
  appendTag(out, field.number, field.type);
  if (field.type == WireType::Bytes)
    appendRawVarint(out, field.content.size());
  out.append(reinterpret_cast<const char *>(field.content.data()),
             field.content.size());
}

void tenon::appendBytes(std::string &out, uint32_t number,
                        std::string_view content) {
  appendTag(out, number, WireType::Bytes);
  appendRawVarint(out, content.size());
  out.append(content);
}

void tenon::appendVarint(std::string &out, uint32_t number, uint64_t value) {
  appendTag(out, number, WireType::Varint);
  appendRawVarint(out, value);
}
