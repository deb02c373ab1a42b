//===- StepOfWeights.h - Functions of weights alone -----------------------===//

#ifndef TENON_LIB_TRANSFORMS_STEPOFWEIGHTS_H
#define TENON_LIB_TRANSFORMS_STEPOFWEIGHTS_H

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// Puts a function without arguments in the place of `step`. It gives for each
/// of `values`, which are known at load, what `measure` makes of a copy of it,
/// under the name of the first weight that is behind it.
void replaceByMeasures(
    func::FuncOp step, ArrayRef<Value> values,
    llvm::function_ref<Value(ImplicitLocOpBuilder &, Value)> measure);

/// The value of all elements of `value` reduced, [1].
Value reduceAll(ImplicitLocOpBuilder &b, ReductionKind kind, Value value);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_STEPOFWEIGHTS_H
