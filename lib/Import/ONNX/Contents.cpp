//===- Contents.cpp - The elements of a tensor, widened -------------------===//

#include "Contents.h"
#include "tenon/Runtime/Comparison.h"

using namespace tenon;
using namespace tenon::onnx_import;

static size_t countOf(llvm::ArrayRef<int64_t> shape) {
  size_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

Contents::Contents(llvm::ArrayRef<int64_t> shape, mlir::Type element)
    : shape(shape), element(element) {
  if (isFloat())
    floats.resize(countOf(shape));
  else
    ints.resize(countOf(shape));
}

void Contents::copy(size_t i, const Contents &from, size_t j) {
  if (isFloat())
    floats[i] = from.floats[j];
  else
    ints[i] = from.ints[j];
}

static double roundTo(double value, mlir::Type element) {
  if (element.isF64())
    return value;
  if (element.isF32())
    return static_cast<float>(value);
  llvm::APFloat rounded(value);
  bool inexact;
  rounded.convert(mlir::cast<mlir::FloatType>(element).getFloatSemantics(),
                  llvm::APFloat::rmNearestTiesToEven, &inexact);
  rounded.convert(llvm::APFloat::IEEEdouble(),
                  llvm::APFloat::rmNearestTiesToEven, &inexact);
  return rounded.convertToDouble();
}

static int64_t lowBits(int64_t value, unsigned width) {
  if (width >= 64)
    return value;
  if (width == 1)
    return value & 1;
  return llvm::SignExtend64(static_cast<uint64_t>(value), width);
}

void Contents::set(size_t i, double value) {
  floats[i] = roundTo(value, element);
}

void Contents::set(size_t i, int64_t value) {
  ints[i] = lowBits(value, width());
}

uint64_t Contents::unsignedAt(size_t i) const {
  uint64_t bits = static_cast<uint64_t>(ints[i]);
  return width() >= 64 ? bits : bits & ((uint64_t(1) << width()) - 1);
}

template <typename T>
static void read(const Tensor &tensor, std::vector<int64_t> &out) {
  std::span<T> values = tensor.as<T>();
  out.assign(values.begin(), values.end());
}

std::optional<Contents> Contents::fromTensor(const Tensor &tensor,
                                             mlir::RankedTensorType type) {
  Contents contents;
  contents.shape.assign(tensor.shape().begin(), tensor.shape().end());
  contents.element = type.getElementType();
  switch (tensor.type()) {
  case DataType::Bool:
  case DataType::UInt4:
    read<uint8_t>(tensor, contents.ints);
    break;
  case DataType::Int4:
  case DataType::Int8:
  case DataType::UInt8:
    read<int8_t>(tensor, contents.ints);
    break;
  case DataType::Int16:
  case DataType::UInt16:
    read<int16_t>(tensor, contents.ints);
    break;
  case DataType::Int32:
  case DataType::UInt32:
    read<int32_t>(tensor, contents.ints);
    break;
  case DataType::Int64:
  case DataType::UInt64:
    read<int64_t>(tensor, contents.ints);
    break;
  case DataType::Float16:
  case DataType::BFloat16:
  case DataType::Float32:
  case DataType::Float64:
    for (int64_t i = 0; i < tensor.elements(); ++i)
      contents.floats.push_back(elementAsDouble(tensor, i));
    break;
  default:
    return std::nullopt;
  }
  for (int64_t &value : contents.ints)
    value = lowBits(value, contents.width());
  return contents;
}

std::optional<Contents> Contents::fromAttribute(mlir::Attribute attribute) {
  auto dense = mlir::dyn_cast_if_present<mlir::DenseElementsAttr>(attribute);
  if (!dense || !mlir::isa<mlir::RankedTensorType>(dense.getType()))
    return std::nullopt;
  mlir::Type element = dense.getElementType();
  Contents contents(dense.getType().getShape(), element);
  size_t i = 0;
  if (contents.isFloat()) {
    for (llvm::APFloat value : dense.getValues<llvm::APFloat>()) {
      bool inexact;
      value.convert(llvm::APFloat::IEEEdouble(),
                    llvm::APFloat::rmNearestTiesToEven, &inexact);
      contents.floats[i++] = value.convertToDouble();
    }
  } else if (element.isIntOrIndex()) {
    for (const llvm::APInt &value : dense.getValues<llvm::APInt>())
      contents.ints[i++] =
          element.isInteger(1) ? value.getZExtValue() : value.getSExtValue();
  } else {
    return std::nullopt;
  }
  return contents;
}

template <typename T, typename In>
static void write(const std::vector<In> &values, Tensor &tensor) {
  std::span<T> out = tensor.as<T>();
  for (size_t i = 0; i < values.size(); ++i)
    out[i] = static_cast<T>(values[i]);
}

static void writeHalf(const std::vector<double> &values,
                      const llvm::fltSemantics &semantics, Tensor &tensor) {
  std::span<uint16_t> out = tensor.as<uint16_t>();
  for (size_t i = 0; i < values.size(); ++i) {
    llvm::APFloat value(values[i]);
    bool inexact;
    value.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &inexact);
    out[i] = static_cast<uint16_t>(value.bitcastToAPInt().getZExtValue());
  }
}

Tensor Contents::toTensor(DataType type) const {
  Tensor tensor(type, std::vector<int64_t>(shape.begin(), shape.end()));
  switch (type) {
  case DataType::Float32:
    write<float>(floats, tensor);
    break;
  case DataType::Float64:
    write<double>(floats, tensor);
    break;
  case DataType::Float16:
    writeHalf(floats, llvm::APFloat::IEEEhalf(), tensor);
    break;
  case DataType::BFloat16:
    writeHalf(floats, llvm::APFloat::BFloat(), tensor);
    break;
  case DataType::Int64:
  case DataType::UInt64:
    write<int64_t>(ints, tensor);
    break;
  case DataType::Int32:
  case DataType::UInt32:
    write<int32_t>(ints, tensor);
    break;
  case DataType::Int16:
  case DataType::UInt16:
    write<int16_t>(ints, tensor);
    break;
  case DataType::UInt4:
    for (size_t i = 0; i < ints.size(); ++i)
      tensor.as<uint8_t>()[i] = static_cast<uint8_t>(ints[i] & 0xf);
    break;
  default:
    write<int8_t>(ints, tensor);
    break;
  }
  return tensor;
}

llvm::SmallVector<int64_t>
onnx_import::stridesOf(llvm::ArrayRef<int64_t> shape) {
  llvm::SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * shape[i];
  return strides;
}
