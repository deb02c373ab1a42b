//===- Selection.cpp - Choosing elements by value, order or place ---------===//

#include "Axes.h"
#include "Contents.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

static LogicalResult oneHot(Node &node) {
  if (failed(requireInputs(node, 3)))
    return failure();
  auto given = node.constant(1, "its depth");
  if (failed(given))
    return failure();
  if (given->elements() != 1)
    return node.error("its depth is not one number");
  auto contents = Contents::fromTensor(*given, node.input(1).tensorType());
  if (!contents)
    return node.unsupported("a depth of this type");
  int64_t depth = contents->isFloat()
                      ? static_cast<int64_t>(contents->floats[0])
                      : contents->ints[0];
  if (depth < 0 || depth > (int64_t(1) << 32))
    return node.error("its depth is " + llvm::Twine(depth));
  const OnnxValue &indices = node.input(0), &values = node.input(2);
  if (values.rank() != 1 || values.shape()[0] != 2)
    return node.error("its values are not a pair");
  auto axis =
      resolveAxis(node, node.intAttribute("axis", -1), indices.rank() + 1);
  if (failed(axis))
    return failure();

  llvm::SmallVector<int64_t> apart(indices.shape());
  apart.insert(apart.begin() + *axis, 1);
  llvm::SmallVector<int64_t> shape(apart);
  shape[*axis] = depth;
  Arithmetic math(node, DataType::Int64);
  Value index = castTo(node.builder, node.loc, indices, DataType::Int64);
  Value zero = math.integer(index, 0);
  index = math.select(math.less(index, zero),
                      math.add(index, math.integer(index, depth)), index);
  index = broadcastTo(node.builder, node.loc,
                      reshapeTo(node.builder, node.loc, index, apart), shape);
  Value hot = math.equal(index, positions(node, shape, *axis));
  Value choice[2];
  for (int i : {0, 1}) {
    auto value = sliceAxis(node, values.value, 0, i, 1);
    if (failed(value))
      return failure();
    choice[i] =
        broadcastTo(node.builder, node.loc,
                    reshapeTo(node.builder, node.loc, *value, {}), shape);
  }
  node.setOutput(0, math.select(hot, choice[1], choice[0]), values.type);
  return mlir::success();
}

static LogicalResult topK(Node &node) {
  if (failed(requireInputs(node, node.opset < 10 ? 1 : 2)))
    return failure();
  const OnnxValue &input = node.input(0);
  int64_t k = node.intAttribute("k", -1);
  if (node.opset >= 10) {
    auto given = node.constantInts(1, "k");
    if (failed(given))
      return failure();
    if (given->size() != 1)
      return node.error("k is not one number");
    k = given->front();
  }
  auto axis = resolveAxis(node, node.intAttribute("axis", -1), input.rank());
  if (failed(axis))
    return failure();
  auto result = node.create<mlir::tenon::TopKOp>(
      input.value, k, *axis, /*smallest=*/!node.intAttribute("largest", 1),
      isUnsigned(input.type));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getValues(), input.type);
  node.setOutput(1, result->getIndices(), DataType::Int64);
  return mlir::success();
}

/// The part of matrices on and above (below) diagonal k.
static LogicalResult trilu(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (input.rank() < 2)
    return node.error("its input has fewer than two axes");
  Arithmetic math(node, DataType::Int64);
  llvm::ArrayRef<int64_t> matrix = input.shape().take_back(2);
  Value rows = positions(node, matrix, 0);
  Value columns = positions(node, matrix, 1);
  Value k = math.integer(rows, 0);
  if (node.has(1)) {
    const OnnxValue &given = node.input(1);
    if (given.type != DataType::Int64 ||
        given.tensorType().getNumElements() != 1)
      return node.error("k is not one int64");
    k = broadcastTo(node.builder, node.loc,
                    reshapeTo(node.builder, node.loc, given.value, {}), matrix);
  }
  Value diagonal = math.add(rows, k);
  Value kept = node.intAttribute("upper", 1)
                   ? math.lessOrEqual(diagonal, columns)
                   : math.lessOrEqual(columns, diagonal);
  Arithmetic values(node, input.type);
  node.setOutput(
      0,
      values.select(broadcastTo(node.builder, node.loc, kept, input.shape()),
                    input.value, values.constant(input.value, 0)),
      input.type);
  return mlir::success();
}

static Value indexLine(const Node &node, llvm::ArrayRef<int64_t> indices) {
  Tensor line(DataType::Int64, {static_cast<int64_t>(indices.size())});
  llvm::copy(indices, line.as<int64_t>().begin());
  return constantTensor(node.builder, node.loc, line);
}

/// Where the condition holds; it decides the shape, so it must be known.
static LogicalResult compress(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  auto condition = node.constantInts(1, "the number of elements");
  if (failed(condition))
    return failure();
  const OnnxValue &input = node.input(0);
  Value value = input.value;
  int64_t axis = 0;
  if (node.hasAttribute("axis")) {
    auto given = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
    if (failed(given))
      return failure();
    axis = *given;
  } else {
    value = reshapeTo(node.builder, node.loc, value,
                      {input.tensorType().getNumElements()});
  }
  int64_t size =
      mlir::cast<mlir::RankedTensorType>(value.getType()).getShape()[axis];
  llvm::SmallVector<int64_t> kept;
  for (auto [i, holds] : llvm::enumerate(*condition))
    if (holds && static_cast<int64_t>(i) < size)
      kept.push_back(i);
  auto result =
      node.create<mlir::tenon::GatherOp>(value, indexLine(node, kept), axis);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

/// Input 0's elements, for ops the number of whose results depends on them.
static FailureOr<Contents> knownContents(Node &node) {
  auto input = node.constant(0, "the number of elements");
  if (failed(input))
    return failure();
  auto contents = Contents::fromTensor(*input, node.input(0).tensorType());
  if (!contents)
    return node.unsupported("elements of this type");
  return *std::move(contents);
}

static LogicalResult nonZero(Node &node) {
  FailureOr<Contents> contents = knownContents(node);
  if (failed(contents))
    return failure();
  llvm::SmallVector<int64_t> found;
  for (size_t i = 0; i < contents->size(); ++i)
    if (contents->isFloat() ? contents->floats[i] != 0 : contents->ints[i] != 0)
      found.push_back(i);
  llvm::SmallVector<int64_t> strides = stridesOf(contents->shape);
  int64_t rank = strides.size(), count = found.size();
  Tensor result(DataType::Int64, {rank, count});
  for (int64_t axis = 0; axis < rank; ++axis)
    for (int64_t i = 0; i < count; ++i)
      result.as<int64_t>()[axis * count + i] =
          found[i] / strides[axis] % contents->shape[axis];
  node.setOutput(0, OnnxValue{{}, DataType::Int64, result});
  return mlir::success();
}

namespace {
/// The slices of a tensor along one axis, to be compared.
struct Slices {
  const Contents &contents;
  int64_t axis, length;
  size_t inner, outer;

  Slices(const Contents &contents, int64_t axis)
      : contents(contents), axis(axis), length(contents.shape[axis]),
        inner(stridesOf(contents.shape)[axis]),
        outer(length ? contents.size() / (inner * length) : 0) {}

  size_t elements() const { return inner * outer; }
  size_t offset(int64_t slice, size_t element) const {
    return (element / inner * length + slice) * inner + element % inner;
  }
  /// -1, 0, 1 in the order of the elements.
  int compare(int64_t a, int64_t b, bool isUnsigned) const {
    for (size_t i = 0; i < elements(); ++i) {
      size_t x = offset(a, i), y = offset(b, i);
      if (contents.isFloat() ? contents.floats[x] != contents.floats[y]
                             : contents.ints[x] != contents.ints[y]) {
        bool less = contents.isFloat() ? contents.floats[x] < contents.floats[y]
                    : isUnsigned
                        ? contents.unsignedAt(x) < contents.unsignedAt(y)
                        : contents.ints[x] < contents.ints[y];
        return less ? -1 : 1;
      }
    }
    return 0;
  }
};
} // namespace

/// The distinct slices, where each stands first, which each slice is, and how
/// often each stands there.
static LogicalResult unique(Node &node) {
  FailureOr<Contents> contents = knownContents(node);
  if (failed(contents))
    return failure();
  int64_t axis = 0;
  if (node.hasAttribute("axis")) {
    auto given =
        resolveAxis(node, node.intAttribute("axis", 0), contents->shape.size());
    if (failed(given))
      return failure();
    axis = *given;
  } else {
    contents->shape = {static_cast<int64_t>(contents->size())};
  }
  Slices slices(*contents, axis);
  DataType type = node.input(0).type;
  bool isUnsignedType = isUnsigned(type);
  std::vector<int64_t> order(slices.length);
  for (int64_t i = 0; i < slices.length; ++i)
    order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
    return slices.compare(a, b, isUnsignedType) < 0;
  });
  // Groups of equal slices, each by its first member.
  std::vector<std::vector<int64_t>> groups;
  for (int64_t slice : order) {
    if (groups.empty() ||
        slices.compare(groups.back().front(), slice, isUnsignedType) != 0)
      groups.emplace_back();
    groups.back().push_back(slice);
  }
  if (!node.intAttribute("sorted", 1))
    llvm::sort(groups, [](const auto &a, const auto &b) {
      return a.front() < b.front();
    });

  int64_t count = groups.size();
  Tensor first(DataType::Int64, {count}), counts(DataType::Int64, {count});
  Tensor inverse(DataType::Int64, {slices.length});
  llvm::SmallVector<int64_t> shape(contents->shape);
  shape[axis] = count;
  Contents values(shape, contents->element);
  Slices target(values, axis);
  for (int64_t group = 0; group < count; ++group) {
    int64_t from = groups[group].front();
    first.as<int64_t>()[group] = from;
    counts.as<int64_t>()[group] = groups[group].size();
    for (int64_t member : groups[group])
      inverse.as<int64_t>()[member] = group;
    for (size_t i = 0; i < slices.elements(); ++i)
      values.copy(target.offset(group, i), *contents, slices.offset(from, i));
  }
  node.setOutput(0, OnnxValue{{}, type, values.toTensor(type)});
  node.setOutput(1, OnnxValue{{}, DataType::Int64, first});
  node.setOutput(2, OnnxValue{{}, DataType::Int64, inverse});
  node.setOutput(3, OnnxValue{{}, DataType::Int64, counts});
  return mlir::success();
}

void onnx_import::addSelection(OperatorTable &table) {
  table["::OneHot"] = oneHot;
  table["::TopK"] = topK;
  table["::Trilu"] = trilu;
  table["::Compress"] = compress;
  table["::NonZero"] = nonZero;
  table["::Unique"] = unique;
}
