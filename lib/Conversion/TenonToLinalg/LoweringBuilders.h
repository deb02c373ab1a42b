//===- LoweringBuilders.h - What the lowerings build from -------*- C++ -*-===//
//
// Destinations, indexing maps, loops in the form of linalg.generic and scalar
// arithmetic that does not care which element type it meets.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CONVERSION_TENONTOLINALG_LOWERINGBUILDERS_H
#define TENON_CONVERSION_TENONTOLINALG_LOWERINGBUILDERS_H

#include "tenon/Conversion/Passes.h"
#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// Makes one scalar from the elements at a point of the loops. The last of
/// `elements` is the destination's own, which a reduction reads.
using BodyBuilder =
    llvm::function_ref<Value(ImplicitLocOpBuilder &b, ValueRange elements)>;

/// The type in which sums and functions of `element` are formed: f32 for
/// narrower floats, else the type itself.
Type getComputeType(Type element);

//===-- Destinations and their parts --------------------------------------===//

Value createEmpty(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                  Type element);
Value createFilled(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                   Value scalar);
/// The elements of `tensor` from `offsets` on, `sizes` many along each axis.
Value createSlice(ImplicitLocOpBuilder &b, Value tensor,
                  ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes);

//===-- Indexing maps -----------------------------------------------------===//

/// (d0 .. d<loops-1>) -> (d<axes[0]>, d<axes[1]>, ..).
AffineMap selectLoops(MLIRContext *context, int64_t loops,
                      ArrayRef<int64_t> axes);
/// How `shape`, broadcast to `loops` axes by NumPy's rules, is read: an axis of
/// size 1 by index 0.
AffineMap broadcastMap(MLIRContext *context, ArrayRef<int64_t> shape,
                       ArrayRef<int64_t> result);
/// The numbers from 0 to rank - 1 without those in `axes`.
SmallVector<int64_t> otherAxes(int64_t rank, ArrayRef<int64_t> axes);

//===-- Loops -------------------------------------------------------------===//

/// A linalg.generic that reads `inputs` by the first maps and writes `init` by
/// the last. Loops that the last map does not mention are reductions. Where a
/// loop runs over nothing it is `init` itself.
Value createLoops(ImplicitLocOpBuilder &b, ValueRange inputs, Value init,
                  ArrayRef<AffineMap> maps, BodyBuilder body);

/// result[i..] = body(inputs[i..]), each input broadcast to `shape`.
Value createElementwise(ImplicitLocOpBuilder &b, ValueRange inputs,
                        ArrayRef<int64_t> shape, Type element,
                        BodyBuilder body);

/// Folds the elements along `axes` of the first input: accumulator =
/// body(elements.., accumulator), from `initial` on. The other inputs are
/// broadcast to the first. The axes vanish.
Value createReduction(ImplicitLocOpBuilder &b, ValueRange inputs,
                      ArrayRef<int64_t> axes, Value initial, BodyBuilder body);

//===-- Scalars -----------------------------------------------------------===//

/// `value` in an integer or float type.
Value createScalar(ImplicitLocOpBuilder &b, Type type, double value);
Value createIndex(ImplicitLocOpBuilder &b, int64_t value);
/// -inf or the lowest integer; `isUnsigned` says how integers are read.
Value createLowest(ImplicitLocOpBuilder &b, Type type, bool isUnsigned);
/// +inf or the highest integer.
Value createHighest(ImplicitLocOpBuilder &b, Type type, bool isUnsigned);

/// Arithmetic of floats or signless integers.
Value createAdd(ImplicitLocOpBuilder &b, Value left, Value right);
Value createSub(ImplicitLocOpBuilder &b, Value left, Value right);
Value createMul(ImplicitLocOpBuilder &b, Value left, Value right);
/// The larger or smaller; NaN where a side is NaN.
Value createMax(ImplicitLocOpBuilder &b, Value left, Value right,
                bool isUnsigned);
Value createMin(ImplicitLocOpBuilder &b, Value left, Value right,
                bool isUnsigned);
/// An i32 or i64 element as an index into an axis of `size` elements: a
/// negative one counts from the end, one outside is clamped.
Value createClampedIndex(ImplicitLocOpBuilder &b, Value element, int64_t size);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_LOWERINGBUILDERS_H
