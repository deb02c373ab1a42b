//===- Einsum.cpp - Einstein summation ------------------------------------===//
//
// Operands are brought to one axis a label, then multiplied from left to right:
// labels that both have and nothing later needs are summed by a matrix product.
//
//===----------------------------------------------------------------------===//

#include "Expressions.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace tenon::onnx_import {

namespace {
using Labels = SmallVector<int>;

struct Term {
  Value value;
  Labels labels; ///< one an axis, all different
};

struct Equation {
  SmallVector<Labels> inputs;
  Labels output;
};
} // namespace

/// The axes of an ellipsis have labels from here on, counted from the last.
static constexpr int ellipsisLabels = 256;

static FailureOr<Labels> parseLabels(const Node &node, StringRef text,
                                     int64_t ellipsisRank) {
  Labels labels;
  bool seen = false;
  while (!text.empty()) {
    if (text.consume_front("...")) {
      if (seen)
        return node.error("equation has two ellipses in one term");
      seen = true;
      for (int64_t axis = ellipsisRank - 1; axis >= 0; --axis)
        labels.push_back(ellipsisLabels + axis);
      continue;
    }
    char letter = text.front();
    text = text.drop_front();
    if (letter == ' ')
      continue;
    if (!llvm::isAlpha(letter))
      return node.error(Twine("equation holds '") + Twine(letter) + "'");
    labels.push_back(static_cast<unsigned char>(letter));
  }
  return labels;
}

static int64_t countLetters(StringRef text) {
  return llvm::count_if(text,
                        [](char letter) { return llvm::isAlpha(letter); });
}

static FailureOr<Equation> parseEquation(const Node &node) {
  std::string text = node.stringAttribute("equation", "");
  auto [left, right] = StringRef(text).split("->");
  bool isExplicit = StringRef(text).contains("->");
  SmallVector<StringRef> terms;
  left.split(terms, ',');
  if (terms.size() != node.inputCount())
    return node.error("equation has " + Twine(terms.size()) + " terms for " +
                      Twine(node.inputCount()) + " inputs");
  Equation equation;
  int64_t longest = 0;
  for (auto [i, term] : llvm::enumerate(terms)) {
    int64_t rank = node.input(i).rank();
    int64_t hidden = rank - countLetters(term);
    if (hidden < 0 || (hidden > 0 && !term.contains("...")))
      return node.error("term '" + term.trim() + "' does not have the " +
                        Twine(rank) + " axes of input " + Twine(i));
    longest = std::max(longest, hidden);
    FailureOr<Labels> labels = parseLabels(node, term, hidden);
    if (failed(labels))
      return failure();
    equation.inputs.push_back(std::move(*labels));
  }
  if (isExplicit) {
    FailureOr<Labels> labels = parseLabels(node, right, longest);
    if (failed(labels))
      return failure();
    equation.output = std::move(*labels);
    return equation;
  }
  // Implicit output: the ellipsis, then what occurs once, in order.
  for (int64_t axis = longest - 1; axis >= 0; --axis)
    equation.output.push_back(ellipsisLabels + axis);
  for (int letter = 0; letter < ellipsisLabels; ++letter) {
    int64_t uses = 0;
    for (const Labels &labels : equation.inputs)
      uses += llvm::count(labels, letter);
    if (uses == 1)
      equation.output.push_back(letter);
  }
  return equation;
}

/// The size of each label, where 1 gives way to another size.
static FailureOr<llvm::DenseMap<int, int64_t>>
learnSizes(const Node &node, const Equation &equation) {
  llvm::DenseMap<int, int64_t> sizes;
  for (auto [i, labels] : llvm::enumerate(equation.inputs))
    for (auto [label, size] : llvm::zip(labels, node.input(i).shape())) {
      int64_t &known = sizes.try_emplace(label, size).first->second;
      if (known != size && known != 1 && size != 1)
        return node.error("an axis has size " + Twine(known) +
                          " in one term and " + Twine(size) + " in another");
      if (known == 1)
        known = size;
    }
  Labels output = equation.output;
  llvm::sort(output);
  for (auto [i, label] : llvm::enumerate(output))
    if (!sizes.contains(label) || (i > 0 && output[i - 1] == label))
      return node.error("the output of the equation names an axis that the "
                        "terms lack, or names it twice");
  return sizes;
}

/// The diagonal where a label occurs more than once.
static FailureOr<Term> takeDiagonal(const Node &node, Value value,
                                    const Labels &labels) {
  Term term{value, {}};
  for (int label : labels)
    if (!llvm::is_contained(term.labels, label))
      term.labels.push_back(label);
  if (term.labels.size() == labels.size())
    return term;
  if (!isa<FloatType>(elementTypeOf(value)))
    return node.unsupported("a diagonal of integers");
  SmallVector<int64_t> shape;
  for (int label : term.labels)
    shape.push_back(shapeOf(value)[llvm::find(labels, label) - labels.begin()]);
  for (auto [label, size] : llvm::zip(labels, shapeOf(value)))
    if (shape[llvm::find(term.labels, label) - term.labels.begin()] != size)
      return node.error("a diagonal of axes of different size");
  term.value = computeElements(
      node, shape, elementTypeOf(value),
      [&](const ScalarMath &math, ValueRange indices) {
        SmallVector<Value> from;
        for (int label : labels)
          from.push_back(
              indices[llvm::find(term.labels, label) - term.labels.begin()]);
        return math.read(value, from);
      });
  return term;
}

/// `term` with its axes in the order of `labels`, which it has all of.
static Value arrange(const TensorMath &math, const Term &term,
                     ArrayRef<int> labels) {
  SmallVector<int64_t> permutation;
  for (int label : labels)
    permutation.push_back(llvm::find(term.labels, label) - term.labels.begin());
  return math.transpose(term.value, permutation);
}

/// Sums away the labels that `needed` does not hold.
static Term sumUnneeded(const TensorMath &math, Term term,
                        const Labels &needed) {
  SmallVector<int64_t> axes;
  Labels left;
  for (auto [axis, label] : llvm::enumerate(term.labels)) {
    if (llvm::is_contained(needed, label))
      left.push_back(label);
    else
      axes.push_back(axis);
  }
  if (axes.empty())
    return term;
  Value sum = math.reduce(mlir::tenon::ReductionKind::sum, term.value, axes,
                          /*keepDims=*/false);
  return {sum, left};
}

/// The product of two terms; labels that are not `needed` are summed.
static Term multiply(const TensorMath &math, const Term &a, const Term &b,
                     const Labels &needed,
                     const llvm::DenseMap<int, int64_t> &sizes) {
  Labels batch, contracted, onlyA, onlyB;
  for (int label : a.labels) {
    if (!llvm::is_contained(b.labels, label))
      onlyA.push_back(label);
    else if (llvm::is_contained(needed, label))
      batch.push_back(label);
    else
      contracted.push_back(label);
  }
  for (int label : b.labels)
    if (!llvm::is_contained(a.labels, label))
      onlyB.push_back(label);

  auto shapeFor = [&](ArrayRef<int> labels) {
    SmallVector<int64_t> shape;
    for (int label : labels)
      shape.push_back(sizes.lookup(label));
    return shape;
  };
  auto count = [&](ArrayRef<int> labels) {
    int64_t product = 1;
    for (int label : labels)
      product *= sizes.lookup(label);
    return product;
  };
  auto join = [](ArrayRef<int> first, ArrayRef<int> second,
                 ArrayRef<int> third) {
    Labels all(first);
    all.append(second.begin(), second.end());
    all.append(third.begin(), third.end());
    return all;
  };
  Value left = arrange(math, a, join(batch, onlyA, contracted));
  Value right = arrange(math, b, join(batch, contracted, onlyB));
  left = math.reshape(left, {count(batch), count(onlyA), count(contracted)});
  right = math.reshape(right, {count(batch), count(contracted), count(onlyB)});
  Value product =
      contracted.empty() ? math.mul(left, right) : math.matmul(left, right);
  Labels labels = join(batch, onlyA, onlyB);
  return {math.reshape(product, shapeFor(labels)), labels};
}

static LogicalResult importEinsum(Node &node) {
  if (failed(requireInputs(node, node.inputCount())))
    return failure();
  FailureOr<Equation> equation = parseEquation(node);
  if (failed(equation))
    return failure();
  FailureOr<llvm::DenseMap<int, int64_t>> sizes = learnSizes(node, *equation);
  if (failed(sizes))
    return failure();
  TensorMath math(node);
  Type element = elementTypeOf(node.input(0).value);
  Type wide = isa<FloatType>(element) ? accumulatorOf(element) : element;

  SmallVector<Term> terms;
  for (size_t i = 0; i < node.inputCount(); ++i) {
    FailureOr<Term> term = takeDiagonal(
        node, math.convert(node.input(i).value, wide), equation->inputs[i]);
    if (failed(term))
      return failure();
    SmallVector<int64_t> shape;
    for (int label : term->labels)
      shape.push_back(sizes->lookup(label));
    term->value = math.broadcast(term->value, shape);
    terms.push_back(std::move(*term));
  }
  // What the output or a later term still needs, seen from term i.
  auto neededAfter = [&](size_t i) {
    Labels needed = equation->output;
    for (size_t later = i + 1; later < terms.size(); ++later)
      needed.append(terms[later].labels.begin(), terms[later].labels.end());
    return needed;
  };
  Term result = sumUnneeded(math, terms[0], neededAfter(0));
  for (size_t i = 1; i < terms.size(); ++i) {
    Labels needed = neededAfter(i);
    Labels neededByPair = needed;
    neededByPair.append(result.labels.begin(), result.labels.end());
    Term term = sumUnneeded(math, terms[i], neededByPair);
    result = multiply(math, result, term, needed, *sizes);
    result = sumUnneeded(math, result, needed);
  }
  Value arranged = arrange(math, result, equation->output);
  node.setOutput(0, math.convert(arranged, element), node.input(0).type);
  return mlir::success();
}

void addEinsum(OperatorTable &table) {
  table["::Einsum"] = withInputs<1, importEinsum>;
}

} // namespace tenon::onnx_import
