//===- ContractionProducts.h - What is added to an outer form's sums ------===//
//
// A product of a row's element, which is the same in all lanes, and a vector;
// or what one instruction of the processor makes of several summed steps, whose
// elements then lie side by side (a group).
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_CODEGEN_CPU_CONTRACTIONPRODUCTS_H
#define TENON_LIB_CODEGEN_CPU_CONTRACTIONPRODUCTS_H

#include "ContractionForms.h"
#include "ContractionNest.h"

namespace tenon {

class ProductNest : public ContractionNest {
public:
  using ContractionNest::ContractionNest;

protected:
  /// How many summed steps one instruction of the processor takes: four of
  /// unsigned and signed bytes or of signed ones, two of bf16 or of bytes as
  /// words, else one. Tiles have rows of `width` elements.
  void chooseGroup(const RegisterTiling &tiling, int64_t width);

  /// The vector of `rhs` that lies `shift` on, as factors or in groups.
  Value vectorAt(int64_t shift, Value mask);

  /// The element of `lhs`, or the group of them, that lies `shift` on, in each
  /// lane.
  Value factorAt(int64_t shift);

  Value addProduct(Value factor, Value vector, Value sum);
  Value addSums(Value a, Value b);

  /// Summed steps that one product takes, and of what, where these are several.
  int64_t group = 1;
  mlir::Type groupElement;

private:
  bool isArm = false, isOfSignedBytes = false;
  bool suitsGroups(int64_t size, int64_t width);
  mlir::VectorType groupsType();
};

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_CONTRACTIONPRODUCTS_H
