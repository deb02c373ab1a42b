//===- WeightChange.h - What an adapter adds to a weight ------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_WEIGHTCHANGE_H
#define TENON_LIB_IMPORT_ADAPTER_WEIGHTCHANGE_H

#include "SafetensorsIndex.h"

#include "llvm/ADT/ArrayRef.h"

namespace tenon {

using hugging_face::StoredTensor;

/// What the factors of a change are for.
enum class ChangeKind {
  Matrix, ///< [out, in]: A [rank, in], B [out, rank]
  Table,  ///< [rows, size], by (B A)^T: A [rank, rows], B [size, rank]
  /// Of a convolution [out, in, k..]: A [rank, in, k..], B [out, rank, 1..]
  Kernel,
  /// Of one of several groups, A taking the channels of all: A [rank, groups
  /// in, k..], B [out, rank / groups, 1..]. No kernel of those groups is their
  /// product.
  AcrossGroups,
  /// Of a transposed convolution [in, out, k..]: A [in, rank, k..], B [out,
  /// rank, 1..]
  TransposedKernel,
  /// LoHa (Hyeon-Woo et al., 2021, arXiv:2108.06098): the products of two pairs
  /// [out, in, k..], element by element.
  Hadamard,
  /// LoKr (Yeh et al., 2023, arXiv:2309.14859): each element of a matrix [out1,
  /// in1] times all of another [out2, in2, k..]; out is out1 out2, in is in1
  /// in2.
  Kronecker
};

/// A matrix or kernel [m, n, k..] as an adapter stores it: `whole`; or the
/// product of `a` [m, rank] and `b` [rank, n k..]; or, by Tucker, of `core`
/// [rank, rank, k..] with `a` [rank, m] along its first axis and `b` [rank, n]
/// along its second.
struct FactoredMatrix {
  const StoredTensor *whole, *a, *b, *core;

  explicit operator bool() const { return whole || a || b || core; }
};

/// What an adapter adds to a weight: scale times what its factors make.
struct WeightChange {
  ChangeKind kind;
  const StoredTensor *a, *b;    ///< of all but the last two kinds
  FactoredMatrix first, second; ///< of these
  /// The length that each row is to have in the end (DoRA: Liu et al., 2024,
  /// arXiv:2402.09353), or each column; null where they keep the length that
  /// they get.
  const StoredTensor *magnitude;
  bool isOfColumns; ///< the magnitude
  double scale;
  std::string module; ///< as the adapter knows it

  /// One of its factors, for messages.
  const StoredTensor &tensor() const;
  /// What products of factors sum up, by the factors' own shapes; 0 where there
  /// is no such product.
  int64_t rank() const;
  /// Whether a layer can have it as two thin products beside its weight.
  bool isThin() const { return kind == ChangeKind::Matrix && !isOfColumns; }
};

/// Makes `change` one of kind AcrossGroups where A takes the channels of
/// several groups of a convolution's weight of `shape`.
void findGroups(WeightChange &change, llvm::ArrayRef<int64_t> shape);

/// An Error where a factor or the magnitude has another shape than a weight of
/// `shape` and `rank` make it; sets whether the magnitude is of columns.
Status checkShapes(WeightChange &change, int64_t rank,
                   llvm::ArrayRef<int64_t> shape);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_WEIGHTCHANGE_H
