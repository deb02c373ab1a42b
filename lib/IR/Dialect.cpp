//===- Dialect.cpp - The tenon dialect ------------------------------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tenon;

#include "tenon/IR/TenonDialect.cpp.inc"
#include "tenon/IR/TenonEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "tenon/IR/TenonAttributes.cpp.inc"

#define GET_OP_CLASSES
#include "tenon/IR/TenonOps.cpp.inc"

void TenonDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "tenon/IR/TenonAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "tenon/IR/TenonOps.cpp.inc"
      >();
}

Operation *TenonDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location location) {
  return arith::ConstantOp::materialize(builder, value, type, location);
}
