//===- MlaCost.h - What the two forms of latent attention cost ------------===//

#ifndef TENON_LIB_TRANSFORMS_MLACOST_H
#define TENON_LIB_TRANSFORMS_MLACOST_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// Sizes of a latent attention, and the keys that its queries see: fewer than
/// its latents where a cache is not full.
struct MlaSizes {
  int64_t batch, heads, queries, latents, keys;
  int64_t rank, keySize, ropeSize, valueSize;
  int64_t elementBytes;
  int64_t cachedBytes; ///< of a latent and a turned key as a cache keeps them
};

/// Of an op of static shape whose queries see all its latents.
MlaSizes sizesOf(MlaOp op);

/// Products of two numbers, in all heads and batch entries. Absorbed, each
/// query goes to the latents' space and back, and meets latents there;
/// expanded, all latents become keys and values first (SEMANTICS B1).
double countProducts(MlaForm form, const MlaSizes &sizes);

/// Bytes that go to or come from memory: the weight and the cache once, and the
/// keys and values of the expanded form twice.
double countBytes(MlaForm form, const MlaSizes &sizes);

/// Time where a byte takes as long as `productsPerByte` products, in products.
double cost(MlaForm form, const MlaSizes &sizes, double productsPerByte);

/// The form that costs less.
MlaForm cheaperForm(const MlaSizes &sizes, double productsPerByte);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_MLACOST_H
