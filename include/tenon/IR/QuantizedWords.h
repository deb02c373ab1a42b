//===- QuantizedWords.h - Inputs that share a word --------------*- C++ -*-===//
//
// The words of a tenon.quantized_linear's weight.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_IR_QUANTIZEDWORDS_H
#define TENON_IR_QUANTIZEDWORDS_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// The lowest bit of input `input` of a word.
int64_t getPlaceInWord(int64_t input);

/// By how much a word is shifted left for the highest of the `bits` of an
/// input, an index, to be the word's: an i32.
Value createShiftToTop(ImplicitLocOpBuilder &b, Value input, int64_t bits);

} // namespace mlir::tenon

#endif // TENON_IR_QUANTIZEDWORDS_H
