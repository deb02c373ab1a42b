//===- MlaCost.cpp - What the two forms of latent attention cost ----------===//

#include "MlaCost.h"

#include "tenon/IR/Shapes.h"

namespace mlir::tenon {

MlaSizes sizesOf(MlaOp op) {
  ArrayRef<int64_t> query = shapeOf(op.getQuery()),
                    latent = shapeOf(op.getLatent());
  auto rowBytes = [](Value rows) -> int64_t {
    return rows ? shapeOf(rows).back() *
                      elementTypeOf(rows).getIntOrFloatBitWidth() / 8
                : 0;
  };
  int64_t cachedBytes = rowBytes(op.getLatent()) + rowBytes(op.getKeyRope()) +
                        rowBytes(op.getLatentScale()) +
                        rowBytes(op.getKeyRopeScale());
  unsigned bits = elementTypeOf(op.getQuery()).getIntOrFloatBitWidth();
  return {query[0],          op.getHeads(), query[2],        latent[1],
          latent[1],         latent[2],     op.getKeySize(), op.getRopeSize(),
          op.getValueSize(), bits / 8,      cachedBytes};
}

double countProducts(MlaForm form, const MlaSizes &sizes) {
  double queries = sizes.queries, keys = sizes.keys, rank = sizes.rank;
  double expandedRow = sizes.keySize + sizes.valueSize;
  double ofHead = form == MlaForm::absorbed
                      ? queries * keys * (2 * rank + sizes.ropeSize) +
                            queries * rank * expandedRow
                      : sizes.latents * rank * expandedRow +
                            queries * keys * (expandedRow + sizes.ropeSize);
  return ofHead * sizes.heads * sizes.batch;
}

double countBytes(MlaForm form, const MlaSizes &sizes) {
  double keyRow = sizes.keySize + sizes.ropeSize + sizes.valueSize;
  double weight = static_cast<double>(sizes.heads) * sizes.rank *
                  (sizes.keySize + sizes.valueSize);
  double rows = static_cast<double>(sizes.batch) * sizes.latents;
  double elements = weight;
  if (form == MlaForm::expanded)
    elements += 2 * rows * sizes.heads * keyRow;
  return elements * sizes.elementBytes + rows * sizes.cachedBytes;
}

double cost(MlaForm form, const MlaSizes &sizes, double productsPerByte) {
  return countProducts(form, sizes) + productsPerByte * countBytes(form, sizes);
}

MlaForm cheaperForm(const MlaSizes &sizes, double productsPerByte) {
  return cost(MlaForm::absorbed, sizes, productsPerByte) <
                 cost(MlaForm::expanded, sizes, productsPerByte)
             ? MlaForm::absorbed
             : MlaForm::expanded;
}

} // namespace mlir::tenon
