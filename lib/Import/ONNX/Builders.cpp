//===- Builders.cpp - Building blocks of the operators' importers ---------===//

#include "NodeImporter.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::RankedTensorType;
using mlir::Value;

static RankedTensorType typeOf(Value value) {
  return mlir::cast<RankedTensorType>(value.getType());
}

Value onnx_import::broadcastTo(mlir::OpBuilder &builder, mlir::Location loc,
                               Value value, llvm::ArrayRef<int64_t> shape) {
  RankedTensorType type = typeOf(value);
  if (type.getShape() == shape)
    return value;
  RankedTensorType wide = RankedTensorType::get(shape, type.getElementType());
  // A splat of another shape is a constant of its own, not a copy.
  mlir::DenseElementsAttr splat;
  if (mlir::matchPattern(value, mlir::m_Constant(&splat)) && splat.isSplat())
    return mlir::arith::ConstantOp::create(
        builder, loc, wide,
        mlir::DenseElementsAttr::get(wide,
                                     splat.getSplatValue<mlir::Attribute>()));
  return mlir::tenon::BroadcastOp::create(builder, loc, wide, value);
}

mlir::FailureOr<llvm::SmallVector<int64_t>>
onnx_import::broadcastShape(llvm::ArrayRef<int64_t> a,
                            llvm::ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  llvm::SmallVector<int64_t> shape(a);
  for (size_t i = 0; i < b.size(); ++i) {
    int64_t &size = shape[a.size() - b.size() + i];
    if (size == 1)
      size = b[i];
    else if (b[i] != 1 && b[i] != size)
      return mlir::failure();
  }
  return shape;
}

Value onnx_import::reshapeTo(mlir::OpBuilder &builder, mlir::Location loc,
                             Value value, llvm::ArrayRef<int64_t> shape) {
  RankedTensorType type = typeOf(value);
  if (type.getShape() == shape)
    return value;
  return mlir::tenon::ReshapeOp::create(
      builder, loc, RankedTensorType::get(shape, type.getElementType()), value);
}

static Value splatOf(mlir::OpBuilder &builder, mlir::Location loc,
                     RankedTensorType type, mlir::TypedAttr element) {
  // An empty tensor has no element to repeat.
  auto contents =
      llvm::is_contained(type.getShape(), 0)
          ? mlir::DenseElementsAttr::get(type,
                                         llvm::ArrayRef<mlir::Attribute>())
          : mlir::DenseElementsAttr::get(type, mlir::Attribute(element));
  return mlir::arith::ConstantOp::create(builder, loc, type, contents);
}

Value onnx_import::splat(mlir::OpBuilder &builder, mlir::Location loc,
                         RankedTensorType type, double value) {
  if (auto element = mlir::dyn_cast<mlir::FloatType>(type.getElementType()))
    return splatOf(builder, loc, type, builder.getFloatAttr(element, value));
  return splatInt(builder, loc, type, static_cast<int64_t>(value));
}

Value onnx_import::splatInt(mlir::OpBuilder &builder, mlir::Location loc,
                            RankedTensorType type, int64_t value) {
  mlir::Type element = type.getElementType();
  if (mlir::isa<mlir::FloatType>(element))
    return splat(builder, loc, type, static_cast<double>(value));
  llvm::APInt bits(64, static_cast<uint64_t>(value));
  return splatOf(builder, loc, type,
                 builder.getIntegerAttr(
                     element, bits.trunc(element.getIntOrFloatBitWidth())));
}

Value onnx_import::castTo(mlir::OpBuilder &builder, mlir::Location loc,
                          const OnnxValue &value, DataType type,
                          bool saturate) {
  mlir::Type element = elementType(builder.getContext(), type);
  RankedTensorType from = value.tensorType();
  // Integers that differ in sign alone have the same bits.
  if (from.getElementType() == element)
    return value.value;
  bool isNarrow = isFloat(type) && byteWidth(type) == 1;
  return mlir::tenon::CastOp::create(
      builder, loc, RankedTensorType::get(from.getShape(), element),
      value.value, isUnsigned(value.type), isUnsigned(type),
      saturate && isNarrow);
}

/// Bits of each element, for the widths that a raw buffer does not hold one a
/// byte or more.
static mlir::DenseElementsAttr fromNarrow(RankedTensorType type,
                                          std::span<const uint8_t> values) {
  unsigned width = type.getElementTypeBitWidth();
  llvm::SmallVector<llvm::APInt> elements;
  elements.reserve(values.size());
  for (uint8_t value : values)
    elements.push_back(llvm::APInt(8, value).trunc(width));
  return mlir::DenseElementsAttr::get(type, elements);
}

Value onnx_import::constantTensor(mlir::OpBuilder &builder, mlir::Location loc,
                                  const Tensor &tensor) {
  RankedTensorType type = RankedTensorType::get(
      tensor.shape(), elementType(builder.getContext(), tensor.type()));
  mlir::DenseElementsAttr contents;
  if (tensor.elements() == 0)
    contents =
        mlir::DenseElementsAttr::get(type, llvm::ArrayRef<mlir::Attribute>());
  else if (type.getElementTypeBitWidth() < 8)
    contents = fromNarrow(type, tensor.as<uint8_t>());
  else
    contents = mlir::DenseElementsAttr::getFromRawBuffer(
        type, llvm::ArrayRef(static_cast<const char *>(tensor.data()),
                             tensor.bytes()));
  return mlir::arith::ConstantOp::create(builder, loc, type, contents);
}
