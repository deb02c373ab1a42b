//===- QuantizedWords.cpp - Inputs that share a word ----------------------===//

#include "tenon/IR/QuantizedWords.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tenon;

// Inputs 0 to 3 begin the four bytes; 4 to 7, of 4 bits, their upper halves.

int64_t tenon::getPlaceInWord(int64_t input) {
  return input % 4 * 8 + input / 4 * 4;
}

Value tenon::createShiftToTop(ImplicitLocOpBuilder &b, Value input,
                              int64_t bits) {
  Type i32 = b.getI32Type();
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  input = arith::IndexCastOp::create(b, i32, input);
  Value byte = arith::AndIOp::create(b, input, constant(3)),
        half = arith::ShRUIOp::create(b, input, constant(2));
  Value place =
      arith::AddIOp::create(b, arith::MulIOp::create(b, byte, constant(8)),
                            arith::MulIOp::create(b, half, constant(4)));
  return arith::SubIOp::create(b, constant(32 - bits), place);
}
