//===- ElementConversion.h - Scalars from type to type ----------*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_ELEMENTCONVERSION_H
#define TENON_CONVERSION_TENONTOLINALG_ELEMENTCONVERSION_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// A float in another float type, rounded once (to nearest even) where that is
/// narrower. With `saturate` a float of 8 bits or less is never infinite.
Value convertFloat(ImplicitLocOpBuilder &b, Value scalar, Type type,
                   bool saturate = false);

struct ConversionFlags {
  bool unsignedInput = false;
  bool unsignedResult = false;
  bool saturate = false;
};

/// A scalar converted as tenon.cast says.
Value convertElement(ImplicitLocOpBuilder &b, Value scalar, Type type,
                     ConversionFlags flags);

/// elements[2] + elements[0] elements[1] in the type of elements[2].
Value createMultiplyAdd(ImplicitLocOpBuilder &b, ValueRange elements);

/// Whether elements of the type can be converted.
bool isConvertible(Type element);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_ELEMENTCONVERSION_H
