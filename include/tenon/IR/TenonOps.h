//===- TenonOps.h - Ops, enums and attributes of the dialect ----*- C++ -*-===//

#ifndef TENON_IR_TENONOPS_H
#define TENON_IR_TENONOPS_H

#include "tenon/IR/Shapes.h"
#include "tenon/IR/TenonDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "tenon/IR/TenonEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "tenon/IR/TenonAttributes.h.inc"

#define GET_OP_CLASSES
#include "tenon/IR/TenonOps.h.inc"

#endif // TENON_IR_TENONOPS_H
