//===- Create.h - Ops made from a user's model ------------------*- C++ -*-===//

#ifndef TENON_IR_CREATE_H
#define TENON_IR_CREATE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace mlir::tenon {

/// Creates an op as `OpTy::create` does, but checked: where the operands or
/// attributes break a constraint of the op, the reason is reported at
/// `location` and no op is left behind. `OpTy::create` ends the process when
/// inference fails, so that whatever depends on a model file is made here.
///
///   createChecked<ConvOp>(builder, location, input, weight, bias, ...)
///
/// Result types are inferred where the op can and are arguments where it
/// cannot, as in `create`.
template <typename OpTy, typename... Args>
FailureOr<OpTy> createChecked(OpBuilder &builder, Location location,
                              Args &&...args) {
  OperationState state(location, OpTy::getOperationName());
  if constexpr (OpTy::template hasTrait<InferTypeOpInterface::Trait>()) {
    MLIRContext *context = builder.getContext();
    // The generated builder wants result types; they are replaced below.
    SmallVector<Type, 2> types(
        OpTy::template hasTrait<OpTrait::OneResult>() ? 1 : 2,
        NoneType::get(context));
    OpTy::build(builder, state, TypeRange(types), std::forward<Args>(args)...);
    types.clear();
    if (failed(OpTy::inferReturnTypes(context, location, state.operands,
                                      state.attributes.getDictionary(context),
                                      state.getRawProperties(), state.regions,
                                      types)))
      return failure();
    state.types.assign(types.begin(), types.end());
  } else {
    OpTy::build(builder, state, std::forward<Args>(args)...);
  }
  Operation *op = builder.create(state);
  if (succeeded(verify(op)))
    return cast<OpTy>(op);
  op->erase();
  return failure();
}

/// tenon.reshape of a tensor, or the tensor itself where it has the shape.
Value createReshape(ImplicitLocOpBuilder &b, Value tensor,
                    ArrayRef<int64_t> shape);

/// tenon.cast of a tensor, or the tensor itself where it has the element type.
Value createCast(ImplicitLocOpBuilder &b, Value tensor, Type element);

/// weight [out, rest..] in panels of `width` outputs, which divides them:
/// [panels, rest.., width].
Value createPanels(ImplicitLocOpBuilder &b, Value weight, int64_t width);

/// Bytes [panels, in, width] of the values 0 to 15, of an even width, as
/// [panels, in, width / 2]: the second half of the columns in the upper four
/// bits, as tenon.quantized_linear takes them.
Value createHalfBytes(ImplicitLocOpBuilder &b, Value bytes);

} // namespace mlir::tenon

#endif // TENON_IR_CREATE_H
