//===- ElementTypes.cpp - Element types in and out of MLIR ----------------===//

#include "tenon/IR/ElementTypes.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using ::tenon::DataType;

Type tenon::elementType(MLIRContext *context, DataType type) {
  switch (type) {
  case DataType::Bool:
    return IntegerType::get(context, 1);
  case DataType::Int4:
  case DataType::UInt4:
    return IntegerType::get(context, 4);
  case DataType::Int8:
  case DataType::UInt8:
    return IntegerType::get(context, 8);
  case DataType::Int16:
  case DataType::UInt16:
    return IntegerType::get(context, 16);
  case DataType::Int32:
  case DataType::UInt32:
    return IntegerType::get(context, 32);
  case DataType::Int64:
  case DataType::UInt64:
    return IntegerType::get(context, 64);
  case DataType::Float8E4M3FN:
    return Float8E4M3FNType::get(context);
  case DataType::Float8E4M3FNUZ:
    return Float8E4M3FNUZType::get(context);
  case DataType::Float8E5M2:
    return Float8E5M2Type::get(context);
  case DataType::Float8E5M2FNUZ:
    return Float8E5M2FNUZType::get(context);
  case DataType::Float16:
    return Float16Type::get(context);
  case DataType::BFloat16:
    return BFloat16Type::get(context);
  case DataType::Float32:
    return Float32Type::get(context);
  case DataType::Float64:
    return Float64Type::get(context);
  }
  return {};
}

std::optional<DataType> tenon::dataTypeOf(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type)) {
    switch (integer.getWidth()) {
    case 1:
      return DataType::Bool;
    case 4:
      return integer.isUnsigned() ? DataType::UInt4 : DataType::Int4;
    case 8:
      return integer.isUnsigned() ? DataType::UInt8 : DataType::Int8;
    case 16:
      return integer.isUnsigned() ? DataType::UInt16 : DataType::Int16;
    case 32:
      return integer.isUnsigned() ? DataType::UInt32 : DataType::Int32;
    case 64:
      return integer.isUnsigned() ? DataType::UInt64 : DataType::Int64;
    default:
      return std::nullopt;
    }
  }
  return TypeSwitch<Type, std::optional<DataType>>(type)
      .Case([](Float16Type) { return DataType::Float16; })
      .Case([](BFloat16Type) { return DataType::BFloat16; })
      .Case([](Float32Type) { return DataType::Float32; })
      .Case([](Float64Type) { return DataType::Float64; })
      .Case([](Float8E4M3FNType) { return DataType::Float8E4M3FN; })
      .Case([](Float8E4M3FNUZType) { return DataType::Float8E4M3FNUZ; })
      .Case([](Float8E5M2Type) { return DataType::Float8E5M2; })
      .Case([](Float8E5M2FNUZType) { return DataType::Float8E5M2FNUZ; })
      .Default(std::nullopt);
}
