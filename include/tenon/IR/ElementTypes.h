//===- ElementTypes.h - Element types in and out of MLIR ------------------===//

#ifndef TENON_IR_ELEMENTTYPES_H
#define TENON_IR_ELEMENTTYPES_H

#include "tenon/Runtime/Tensor.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Types.h"

namespace tenon {

/// The MLIR type of an element type (signless; i1 for bool).
mlir::Type elementType(mlir::MLIRContext *context, DataType type);

/// The element type of an MLIR type; integers without a sign count as signed.
std::optional<DataType> dataTypeOf(mlir::Type type);

} // namespace tenon

#endif // TENON_IR_ELEMENTTYPES_H
