//===- RelativeBias.h - Attention biases by distance ----------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_RELATIVEBIAS_H
#define TENON_LIB_IMPORT_HUGGINGFACE_RELATIVEBIAS_H

#include "tenon/IR/TenonOps.h"

namespace tenon::hugging_face {

/// The bias [1, heads, tokens, tokens] that a `table` [buckets, heads] gives to
/// each pair of query and key by the bucket of their distance (Raffel et al.,
/// 2020, section 2.1; both directions, distances up to 128).
mlir::Value relativeBias(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value table, int64_t buckets, int64_t tokens);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_RELATIVEBIAS_H
