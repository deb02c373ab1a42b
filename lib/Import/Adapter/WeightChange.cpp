//===- WeightChange.cpp - What an adapter adds to a weight ----------------===//

#include "WeightChange.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace tenon {

using Shape = std::vector<int64_t>;

const StoredTensor &WeightChange::tensor() const {
  return a ? *a : first.whole ? *first.whole : *first.a;
}

int64_t WeightChange::rank() const {
  const StoredTensor *factor = a ? a : second.b ? second.b : first.b;
  size_t axis = kind == ChangeKind::TransposedKernel ? 1 : 0;
  return factor && axis < factor->entry.shape.size() ? factor->entry.shape[axis]
                                                     : 0;
}

static Error wrongShape(const StoredTensor &tensor, const std::string &module,
                        llvm::ArrayRef<int64_t> expected) {
  return Error{tensor.file + ": tensor '" + tensor.entry.name + "' is " +
               shapeString(tensor.entry.shape) + ", but the base's '" + module +
               "' and its rank make it " + shapeString(expected)};
}

/// An Error where there is a tensor and it has none of these shapes.
static Status checkShape(const StoredTensor *tensor, const std::string &module,
                         llvm::ArrayRef<Shape> expected) {
  if (!tensor || llvm::is_contained(expected, tensor->entry.shape))
    return success();
  return wrongShape(*tensor, module, expected.front());
}

static Shape joined(Shape front, llvm::ArrayRef<int64_t> back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

/// A and B of a change to a weight of `shape`.
static std::pair<Shape, Shape> factorShapes(const WeightChange &change,
                                            int64_t rank,
                                            llvm::ArrayRef<int64_t> shape) {
  llvm::ArrayRef<int64_t> window = shape.drop_front(2);
  Shape points(window.size(), 1);
  int64_t first = shape[0], second = shape[1];
  switch (change.kind) {
  case ChangeKind::Matrix:
    return {{rank, second}, {first, rank}};
  case ChangeKind::Table:
    return {{rank, first}, {second, rank}};
  case ChangeKind::Kernel:
    return {joined({rank, second}, window), joined({first, rank}, points)};
  case ChangeKind::AcrossGroups: {
    int64_t groups = change.a->entry.shape[1] / second;
    return {joined({rank, groups * second}, window),
            joined({first, rank / groups}, points)};
  }
  case ChangeKind::TransposedKernel:
    return {joined({first, rank}, window), joined({second, rank}, points)};
  case ChangeKind::Hadamard:
  case ChangeKind::Kronecker:
    break;
  }
  llvm_unreachable("its factors are matrices");
}

void findGroups(WeightChange &change, llvm::ArrayRef<int64_t> shape) {
  const Shape &a = change.a->entry.shape;
  if (a.size() != shape.size() || shape[1] == 0 || a[1] <= shape[1] ||
      a[1] % shape[1] != 0 || a[0] % (a[1] / shape[1]) != 0)
    return;
  change.kind = ChangeKind::AcrossGroups;
}

/// Of a matrix or kernel [rows, columns, window..].
static Status checkFactored(const FactoredMatrix &matrix, int64_t rank,
                            int64_t rows, int64_t columns,
                            llvm::ArrayRef<int64_t> window,
                            const std::string &module) {
  int64_t taps = 1;
  for (int64_t size : window)
    taps *= size;
  // A window of points may be left out; along one axis PEFT's cores have
  // another of size 1.
  std::vector<Shape> wholes = {joined({rows, columns}, window)};
  if (taps == 1)
    wholes.push_back({rows, columns});
  std::vector<Shape> cores = {joined({rank, rank}, window)};
  if (window.size() == 1)
    cores.push_back({rank, rank, window[0], 1});
  Shape a = {rows, rank}, b = {rank, columns * taps};
  if (matrix.core) {
    a = {rank, rows};
    b = {rank, columns};
  }
  for (const auto &[tensor, shapes] :
       {std::pair(matrix.whole, wholes), std::pair(matrix.core, cores),
        std::pair(matrix.a, std::vector<Shape>{a}),
        std::pair(matrix.b, std::vector<Shape>{b})})
    if (Status status = checkShape(tensor, module, shapes); !status)
      return status;
  return success();
}

/// [rows, columns] that the first matrix of a Kronecker product has by its own
/// tensors; none where these are no matrices.
static std::optional<std::pair<int64_t, int64_t>>
sizesOf(const FactoredMatrix &matrix) {
  auto isMatrix = [](const StoredTensor *tensor) {
    return !tensor || tensor->entry.shape.size() == 2;
  };
  if (!isMatrix(matrix.whole) || !isMatrix(matrix.a) || !isMatrix(matrix.b))
    return std::nullopt;
  const StoredTensor *rows = matrix.whole ? matrix.whole : matrix.a,
                     *columns = matrix.whole ? matrix.whole : matrix.b;
  return std::pair(rows->entry.shape[0], columns->entry.shape[1]);
}

static Status checkKronecker(const WeightChange &change, int64_t rank,
                             llvm::ArrayRef<int64_t> shape) {
  auto sizes = sizesOf(change.first);
  const StoredTensor &named = change.tensor();
  if (!sizes || sizes->first < 1 || sizes->second < 1 ||
      shape[0] % sizes->first != 0 || shape[1] % sizes->second != 0)
    return Error{named.file + ": tensor '" + named.entry.name +
                 "' and what belongs to it divide no weight of " +
                 shapeString(shape) + ", as the base's '" + change.module +
                 "' is"};
  auto [rows, columns] = *sizes;
  if (Status status =
          checkFactored(change.first, rank, rows, columns, {}, change.module);
      !status)
    return status;
  return checkFactored(change.second, rank, shape[0] / rows, shape[1] / columns,
                       shape.drop_front(2), change.module);
}

/// PEFT's are [out] or [1, out, 1..], LyCORIS' [out, 1..] or of columns [1, in,
/// 1..].
static Status checkMagnitude(WeightChange &change,
                             llvm::ArrayRef<int64_t> shape) {
  if (!change.magnitude)
    return success();
  Shape points(shape.size() - 2, 1);
  Shape ofColumns = joined({1, shape[1]}, points);
  llvm::StringRef name = change.magnitude->entry.name;
  if (!name.ends_with(".dora_scale")) {
    Shape rows =
        shape.size() == 2 ? Shape{shape[0]} : joined({1, shape[0]}, points);
    return checkShape(change.magnitude, change.module, {rows});
  }
  Shape ofRows = joined({shape[0], 1}, points);
  change.isOfColumns = change.magnitude->entry.shape == ofColumns &&
                       change.magnitude->entry.shape != ofRows;
  return checkShape(change.magnitude, change.module, {ofRows, ofColumns});
}

Status checkShapes(WeightChange &change, int64_t rank,
                   llvm::ArrayRef<int64_t> shape) {
  const std::string &module = change.module;
  Status status = success();
  if (change.kind == ChangeKind::Kronecker) {
    status = checkKronecker(change, rank, shape);
  } else if (change.kind == ChangeKind::Hadamard) {
    for (const FactoredMatrix &pair : {change.first, change.second})
      if (status)
        status = checkFactored(pair, rank, shape[0], shape[1],
                               shape.drop_front(2), module);
  } else {
    auto [a, b] = factorShapes(change, rank, shape);
    status = checkShape(change.a, module, {a});
    if (status)
      status = checkShape(change.b, module, {b});
  }
  return status ? checkMagnitude(change, shape) : status;
}

} // namespace tenon
