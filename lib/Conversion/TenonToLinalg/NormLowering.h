//===- NormLowering.h - What the normalisations share -----------*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_NORMLOWERING_H
#define TENON_CONVERSION_TENONTOLINALG_NORMLOWERING_H

#include "LoweringBuilders.h"

namespace mlir::tenon {

/// Mean and 1/sqrt(variance + epsilon), one each a row, in the compute type.
struct Statistics {
  Value mean, inverseDeviation;
};

/// The mean along `axes`. The row's first element is taken off before summing,
/// so that a mean far from 0 costs no digits.
Value createMean(ImplicitLocOpBuilder &b, Value input, ArrayRef<int64_t> axes);

/// The sum along `axes` of the squared distances from `mean`.
Value createSquares(ImplicitLocOpBuilder &b, Value input, Value mean,
                    ArrayRef<int64_t> axes);

/// From the sum of squares of `count` elements to 1/sqrt(their mean + epsilon).
Value createInverseDeviation(ImplicitLocOpBuilder &b, Value squares,
                             int64_t count, double epsilon);

/// Both along `axes`, in two passes.
Statistics createStatistics(ImplicitLocOpBuilder &b, Value input,
                            ArrayRef<int64_t> axes, double epsilon);

/// Inputs of the last step of a normalisation, with how each is read.
struct NormInputs {
  SmallVector<Value> tensors;
  SmallVector<AffineMap> maps;

  void add(Value tensor, AffineMap map) {
    tensors.push_back(tensor);
    maps.push_back(map);
  }
  /// Adds a tensor if there is one; says whether.
  bool addBroadcast(Value tensor, ArrayRef<int64_t> shape);
};

/// (x - mean) inverse scale + bias, where the inputs are x, mean, inverse and
/// those of scale and bias that are there.
Value createNormalised(ImplicitLocOpBuilder &b, NormInputs inputs,
                       bool hasScale, bool hasBias);

/// Part of populateNormToLinalgPatterns.
void populateGroupNormToLinalgPatterns(RewritePatternSet &patterns);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_NORMLOWERING_H
