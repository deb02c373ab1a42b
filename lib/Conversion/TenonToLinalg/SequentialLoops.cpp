//===- SequentialLoops.cpp - Loops that update tensors in order -----------===//

#include "SequentialLoops.h"

using namespace mlir;
using namespace mlir::tenon;

SmallVector<Value> tenon::createSequentialLoop(ImplicitLocOpBuilder &b,
                                               Value begin, Value end,
                                               ValueRange carried,
                                               SequentialBody body) {
  auto build = [&](OpBuilder &nested, Location loc, Value index,
                   ValueRange arguments) {
    ImplicitLocOpBuilder inner(loc, nested);
    scf::YieldOp::create(inner, body(inner, index, arguments));
  };
  return scf::ForOp::create(b, begin, end, createIndex(b, 1), carried, build)
      .getResults();
}

static SmallVector<Value> createNested(ImplicitLocOpBuilder &b,
                                       ArrayRef<int64_t> shape,
                                       SmallVector<Value> &indices,
                                       ValueRange carried,
                                       SequentialBody body) {
  if (indices.size() == shape.size())
    return body(b, indices, carried);
  return createSequentialLoop(
      b, createIndex(b, 0), createIndex(b, shape[indices.size()]), carried,
      [&](ImplicitLocOpBuilder &b, ValueRange index, ValueRange carried) {
        indices.push_back(index.front());
        SmallVector<Value> next =
            createNested(b, shape, indices, carried, body);
        indices.pop_back();
        return next;
      });
}

SmallVector<Value> tenon::createSequentialLoops(ImplicitLocOpBuilder &b,
                                                ArrayRef<int64_t> shape,
                                                ValueRange carried,
                                                SequentialBody body) {
  SmallVector<Value> indices;
  return createNested(b, shape, indices, carried, body);
}

Value tenon::createCopy(ImplicitLocOpBuilder &b, Value tensor) {
  Value empty = createEmpty(b, shapeOf(tensor), elementTypeOf(tensor));
  return linalg::CopyOp::create(b, tensor, empty).getResult(0);
}

Value tenon::createUpdate(ImplicitLocOpBuilder &b, Value tensor,
                          ValueRange point, Value applies, Value element) {
  Value old = tensor::ExtractOp::create(b, tensor, point);
  Value chosen = arith::SelectOp::create(b, applies, element, old);
  return tensor::InsertOp::create(b, chosen, tensor, point);
}

Value tenon::createIsInside(ImplicitLocOpBuilder &b, Value index,
                            int64_t size) {
  // Below zero is a large unsigned number.
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index,
                               createIndex(b, size));
}
