//===- TensorProto.h - ONNX's tensors -------------------------------------===//

#ifndef TENON_IMPORT_TENSORS_TENSORPROTO_H
#define TENON_IMPORT_TENSORS_TENSORPROTO_H

#include "tenon/Runtime/Tensor.h"

namespace onnx {
class TensorProto;
} // namespace onnx

namespace tenon {

/// The element type behind ONNX's number, types newer than the proto file's own
/// enum included; nothing for strings, complex numbers and numbers that ONNX
/// has not given out.
std::optional<DataType> dataTypeFromProto(int32_t number);
/// ONNX's number of an element type.
int32_t dataTypeToProto(DataType type);
/// How messages call ONNX's number: "float32", "string", "data type 99".
std::string protoTypeName(int32_t number);

/// The values of a TensorProto as a tensor of its own, from `raw_data` or the
/// typed field. 4-bit integers come unpacked, booleans as 0 or 1. An Error
/// (which names the tensor, not the file) for external data, segments, strings,
/// complex numbers, and any disagreement between shape, type and data.
Result<Tensor> tensorFromProto(const onnx::TensorProto &proto);

/// The bytes that `raw_data` or an external file holds for `elements` values:
/// 4-bit integers lie two to a byte.
uint64_t packedBytes(DataType type, int64_t elements);
/// Values from ONNX's raw, little-endian form, as tensorFromProto makes them.
/// `raw` has packedBytes.
Result<Tensor> tensorFromRaw(DataType type, std::vector<int64_t> shape,
                             std::span<const std::byte> raw);

} // namespace tenon

#endif // TENON_IMPORT_TENSORS_TENSORPROTO_H
