//===- TransposedConvolution.h - As convolutions of stride 1 ----*- C++ -*-===//
//
// A transposed convolution of stride s computes s outputs, its phases, from the
// same inputs: it is a convolution of stride 1 with s times the channels, whose
// results are then put side by side.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_IR_TRANSPOSEDCONVOLUTION_H
#define TENON_IR_TRANSPOSEDCONVOLUTION_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// One axis. Output y stands for y + padBegin = stride q + phase and reads
/// inputs q - dilation m, m < taps, by the weight at distance phase + stride m.
struct TransposedAxis {
  int64_t size;
  int64_t stride;
  int64_t taps;
  /// Distance of neighbouring taps in the input; 1 where there is a stride.
  int64_t dilation;
  /// Distance of neighbouring weights; 1 where `dilation` stands for it.
  int64_t spread;
  int64_t kernel;
  /// q of the first output, and how many q there are.
  int64_t first;
  int64_t count;
  /// How many outputs of the first q are not wanted.
  int64_t crop;

  /// The convolution's pads. Input q - dilation (taps - 1) comes first; a
  /// negative pad leaves inputs out.
  int64_t padBegin() const { return dilation * (taps - 1) - first; }
  int64_t padEnd() const { return first + count - size; }
};

/// The axes of an op of known sizes whose result is not empty.
SmallVector<TransposedAxis> getTransposedAxes(ConvTransposeOp op);

} // namespace mlir::tenon

#endif // TENON_IR_TRANSPOSEDCONVOLUTION_H
