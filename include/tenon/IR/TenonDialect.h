//===- TenonDialect.h - The tenon dialect -----------------------*- C++ -*-===//

#ifndef TENON_IR_TENONDIALECT_H
#define TENON_IR_TENONDIALECT_H

#include "mlir/IR/Dialect.h"

#include "tenon/IR/TenonDialect.h.inc"

#endif // TENON_IR_TENONDIALECT_H
