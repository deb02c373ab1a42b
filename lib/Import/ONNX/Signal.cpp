//===- Signal.cpp - Windows, Fourier transforms, mel filters --------------===//
//
// A Fourier transform is a product with a table of cosines and sines, computed
// here in double. Complex numbers are a last axis of two.
//
//===----------------------------------------------------------------------===//

#include "Expressions.h"

#include <cmath>
#include <numbers>

using namespace mlir;

namespace tenon::onnx_import {

static FailureOr<int64_t> readScalar(const Node &node, size_t i,
                                     StringRef what) {
  auto values = node.constantInts(i, what);
  if (failed(values))
    return failure();
  if (values->size() != 1)
    return node.error(what + " is not one number");
  return values->front();
}

/// output_datatype, float by default.
static FailureOr<DataType> readOutputType(const Node &node) {
  int64_t number =
      node.intAttribute("output_datatype", onnx::TensorProto::FLOAT);
  switch (number) {
  case onnx::TensorProto::FLOAT:
    return DataType::Float32;
  case onnx::TensorProto::DOUBLE:
    return DataType::Float64;
  case onnx::TensorProto::FLOAT16:
    return DataType::Float16;
  case onnx::TensorProto::BFLOAT16:
    return DataType::BFloat16;
  case onnx::TensorProto::INT8:
    return DataType::Int8;
  case onnx::TensorProto::INT16:
    return DataType::Int16;
  case onnx::TensorProto::INT32:
    return DataType::Int32;
  case onnx::TensorProto::INT64:
    return DataType::Int64;
  case onnx::TensorProto::UINT8:
    return DataType::UInt8;
  case onnx::TensorProto::UINT16:
    return DataType::UInt16;
  case onnx::TensorProto::UINT32:
    return DataType::UInt32;
  case onnx::TensorProto::UINT64:
    return DataType::UInt64;
  default:
    return node.error("output_datatype " + Twine(number) +
                      " is not a type of numbers");
  }
}

static void setConstant(Node &node, Tensor tensor) {
  OnnxValue value;
  value.value = constantTensor(node.builder, node.loc, tensor);
  value.type = tensor.type();
  value.constant = std::move(tensor);
  node.setOutput(0, std::move(value));
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

/// A sum of cosines: a0 - a1 cos(2 pi n / N) + a2 cos(4 pi n / N).
static LogicalResult setWindow(Node &node, double a0, double a1, double a2) {
  FailureOr<int64_t> size = readScalar(node, 0, "the window's size");
  FailureOr<DataType> type = readOutputType(node);
  if (failed(size) || failed(type))
    return failure();
  if (*size < 0 || *size > (int64_t(1) << 28))
    return node.error("a window of size " + Twine(*size));
  int64_t period = node.intAttribute("periodic", 1) != 0 ? *size : *size - 1;
  SmallVector<double> values;
  for (int64_t n = 0; n < *size; ++n) {
    // A single symmetric point is the window's middle.
    double angle =
        period == 0 ? std::numbers::pi : 2 * std::numbers::pi * n / period;
    values.push_back(a0 - a1 * std::cos(angle) + a2 * std::cos(2 * angle));
  }
  setConstant(node, tensorOf(*type, {*size}, values));
  return mlir::success();
}

static LogicalResult importHannWindow(Node &node) {
  return setWindow(node, 0.5, 0.5, 0);
}
static LogicalResult importHammingWindow(Node &node) {
  return setWindow(node, 25.0 / 46, 1 - 25.0 / 46, 0);
}
static LogicalResult importBlackmanWindow(Node &node) {
  return setWindow(node, 0.42, 0.5, 0.08);
}

//===----------------------------------------------------------------------===//
// Fourier transforms
//===----------------------------------------------------------------------===//

namespace {
struct Fourier {
  int64_t length;  ///< of the transform
  int64_t inputs;  ///< numbers read along the axis
  int64_t outputs; ///< numbers given
  bool isComplex;  ///< the input
  bool givesReal;  ///< the inverse of a one-sided spectrum
  bool isInverse;

  int64_t inputParts() const { return isComplex ? 2 : 1; }
  int64_t outputParts() const { return givesReal ? 1 : 2; }
};
} // namespace

/// Row (input number, part), column (output number, part): what the part of the
/// input adds to that of the output.
static SmallVector<double> fourierTable(const Fourier &transform) {
  int64_t length = transform.length;
  SmallVector<double> table;
  for (int64_t n = 0; n < transform.inputs; ++n)
    for (int64_t from = 0; from < transform.inputParts(); ++from)
      for (int64_t k = 0; k < transform.outputs; ++k)
        for (int64_t to = 0; to < transform.outputParts(); ++to) {
          // Reduced first, so that the angle is exact for long transforms.
          double angle = 2 * std::numbers::pi *
                         static_cast<double>(n * k % length) /
                         static_cast<double>(length);
          if (!transform.isInverse)
            angle = -angle;
          double factor = from == to ? std::cos(angle)
                          : to == 0  ? -std::sin(angle)
                                     : std::sin(angle);
          if (transform.isInverse)
            factor /= static_cast<double>(length);
          // The half that a one-sided spectrum leaves out mirrors this one.
          if (transform.givesReal && n != 0 && 2 * n != length)
            factor *= 2;
          table.push_back(factor);
        }
  return table;
}

static LogicalResult checkTable(const Node &node, const Fourier &transform) {
  constexpr int64_t most = int64_t(1) << 24;
  if (transform.length < 1)
    return node.error("a transform of length " + Twine(transform.length));
  if (transform.length > most ||
      transform.inputs * transform.inputParts() > most ||
      transform.inputs * transform.inputParts() * transform.outputs *
              transform.outputParts() >
          most)
    return node.unsupported("a transform of length " + Twine(transform.length));
  return mlir::success();
}

static FailureOr<int64_t> readTransformAxis(const Node &node) {
  int64_t rank = node.input(0).rank();
  int64_t axis = node.opset < 20 ? node.intAttribute("axis", 1) : -2;
  if (node.opset >= 20 && node.has(2)) {
    FailureOr<int64_t> given = readScalar(node, 2, "the axis");
    if (failed(given))
      return failure();
    axis = *given;
  }
  axis = axis < 0 ? axis + rank : axis;
  if (axis < 0 || axis >= rank - 1)
    return node.error("the axis is not one of the signal's");
  return axis;
}

static LogicalResult checkSignal(const Node &node) {
  const OnnxValue &x = node.input(0);
  if (!isFloatValue(x) || x.rank() < 2 ||
      (x.shape().back() != 1 && x.shape().back() != 2))
    return node.error("the signal is not a float tensor with a last axis of 1 "
                      "or 2");
  return mlir::success();
}

static LogicalResult importDft(Node &node) {
  if (failed(checkSignal(node)))
    return failure();
  const OnnxValue &x = node.input(0);
  FailureOr<int64_t> axis = readTransformAxis(node);
  if (failed(axis))
    return failure();
  bool oneSided = node.intAttribute("onesided", 0) != 0;
  Fourier transform;
  transform.isInverse = node.intAttribute("inverse", 0) != 0;
  transform.isComplex = x.shape().back() == 2;
  transform.givesReal = oneSided && transform.isInverse;
  int64_t size = x.shape()[*axis];
  transform.length = transform.givesReal ? 2 * (size - 1) : size;
  if (node.has(1)) {
    FailureOr<int64_t> given = readScalar(node, 1, "dft_length");
    if (failed(given))
      return failure();
    transform.length = *given;
  }
  if (oneSided && !transform.isInverse && transform.isComplex)
    return node.error("onesided needs a real signal");
  if (transform.givesReal && !transform.isComplex)
    return node.error("the inverse of a one-sided spectrum needs complex "
                      "numbers");
  int64_t half = transform.length / 2 + 1;
  transform.outputs =
      oneSided && !transform.isInverse ? half : transform.length;
  // What is missing counts as zero, what is too much is not read.
  transform.inputs =
      std::min(size, transform.givesReal ? half : transform.length);
  if (failed(checkTable(node, transform)))
    return failure();

  TensorMath math(node);
  Type element = elementTypeOf(x.value), wide = accumulatorOf(element);
  Value signal = math.convert(x.value, wide);
  signal = math.slice(signal, *axis, 0, transform.inputs);
  SmallVector<int64_t> toEnd, back, shape;
  int64_t last = x.rank() - 1;
  for (int64_t i = 0; i < last; ++i)
    if (i != *axis) {
      toEnd.push_back(i);
      shape.push_back(x.shape()[i]);
    }
  toEnd.append({*axis, last});
  back.resize(toEnd.size());
  for (auto [i, from] : llvm::enumerate(toEnd))
    back[from] = i;
  int64_t rows = 1;
  for (int64_t size : shape)
    rows *= size;
  int64_t inner = transform.inputs * transform.inputParts();
  int64_t outer = transform.outputs * transform.outputParts();
  signal = math.reshape(math.transpose(signal, toEnd), {rows, inner});
  Value table = tableOf(node, wide, {inner, outer}, fourierTable(transform));
  shape.append({transform.outputs, transform.outputParts()});
  Value result =
      math.transpose(math.reshape(math.matmul(signal, table), shape), back);
  node.setOutput(0, math.convert(result, element), x.type);
  return mlir::success();
}

/// Frames times a table is a convolution whose kernels are the table's columns
/// times the window.
static LogicalResult importStft(Node &node) {
  const OnnxValue &x = node.input(0);
  // ONNX Runtime takes a real signal without its last axis of 1, too, and
  // exporters leave it out.
  bool isFlat = x.rank() == 2 && isFloatValue(x);
  if (!isFlat && failed(checkSignal(node)))
    return failure();
  if (!isFlat && x.rank() != 3)
    return node.error("the signal has neither rank 2 nor rank 3");
  FailureOr<int64_t> step = readScalar(node, 1, "frame_step");
  if (failed(step))
    return failure();
  int64_t length = x.shape()[1];
  if (node.has(2)) {
    if (node.input(2).rank() != 1 || !isFloatValue(node.input(2)))
      return node.error("the window is not a float vector");
    length = node.input(2).shape()[0];
  }
  if (node.has(3)) {
    FailureOr<int64_t> given = readScalar(node, 3, "frame_length");
    if (failed(given))
      return failure();
    if (node.has(2) && *given != length)
      return node.error("frame_length is not that of the window");
    length = *given;
  }
  bool oneSided = node.intAttribute("onesided", 1) != 0;
  Fourier transform;
  transform.isInverse = transform.givesReal = false;
  transform.isComplex = !isFlat && x.shape()[2] == 2;
  transform.length = transform.inputs = length;
  transform.outputs = oneSided ? length / 2 + 1 : length;
  if (oneSided && transform.isComplex)
    return node.error("onesided needs a real signal");
  if (*step < 1 || length < 1 || length > x.shape()[1])
    return node.error("frames of " + Twine(length) + " every " + Twine(*step) +
                      " do not fit a signal of " + Twine(x.shape()[1]));
  if (failed(checkTable(node, transform)))
    return failure();

  TensorMath math(node);
  Type element = elementTypeOf(x.value), wide = accumulatorOf(element);
  int64_t parts = transform.inputParts();
  int64_t columns = transform.outputs * transform.outputParts();
  Value kernels =
      tableOf(node, wide, {length, parts, columns}, fourierTable(transform));
  kernels = math.transpose(kernels, {2, 1, 0});
  if (node.has(2))
    kernels = math.mul(kernels, math.convert(node.input(2).value, wide));
  Value signal = math.convert(x.value, wide);
  signal = isFlat ? math.reshape(signal, {x.shape()[0], 1, x.shape()[1]})
                  : math.transpose(signal, {0, 2, 1});
  SmallVector<int64_t> one = {1}, zero = {0}, strides = {*step};
  auto conv = node.create<mlir::tenon::ConvOp>(signal, kernels, Value(),
                                               strides, one, zero, zero, 1);
  if (failed(conv))
    return failure();
  Value frames = math.transpose(conv->getResult(), {0, 2, 1});
  SmallVector<int64_t> shape(shapeOf(frames).take_front(2));
  shape.append({transform.outputs, 2});
  node.setOutput(0, math.convert(math.reshape(frames, shape), element), x.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Mel filters
//===----------------------------------------------------------------------===//

static double melOf(double hertz) { return 2595 * std::log10(1 + hertz / 700); }
static double hertzOf(double mel) {
  return 700 * (std::pow(10, mel / 2595) - 1);
}

/// Triangles between bins that are evenly spaced on the mel scale.
static LogicalResult importMelWeightMatrix(Node &node) {
  FailureOr<int64_t> bands = readScalar(node, 0, "num_mel_bins");
  FailureOr<int64_t> length = readScalar(node, 1, "dft_length");
  FailureOr<int64_t> rate = readScalar(node, 2, "sample_rate");
  auto low = node.constantFloats(3, "lower_edge_hertz");
  auto high = node.constantFloats(4, "upper_edge_hertz");
  FailureOr<DataType> type = readOutputType(node);
  if (failed(bands) || failed(length) || failed(rate) || failed(low) ||
      failed(high) || failed(type))
    return failure();
  constexpr int64_t most = 1 << 20;
  if (*bands < 1 || *bands > most || *length < 1 || *length > most ||
      *rate < 1 || low->size() != 1 || high->size() != 1)
    return node.error("a number is out of range");
  int64_t rows = *length / 2 + 1;
  if (rows * *bands > (int64_t(1) << 26))
    return node.unsupported("a matrix of that size");
  double first = melOf(low->front()), last = melOf(high->front());
  double step = (last - first) / static_cast<double>(*bands + 2);
  SmallVector<int64_t> bins;
  for (int64_t i = 0; i < *bands + 2; ++i) {
    double bin = std::floor(static_cast<double>(*length + 1) *
                            hertzOf(first + static_cast<double>(i) * step) /
                            static_cast<double>(*rate));
    if (!(bin >= 0 && bin < static_cast<double>(rows)))
      return node.error("an edge lies outside the spectrum");
    bins.push_back(static_cast<int64_t>(bin));
  }
  SmallVector<double> matrix(rows * *bands, 0);
  for (int64_t band = 0; band < *bands; ++band) {
    int64_t left = bins[band], centre = bins[band + 1], right = bins[band + 2];
    auto at = [&](int64_t row) -> double & {
      return matrix[row * *bands + band];
    };
    for (int64_t row = left; row <= centre; ++row)
      at(row) = left == centre ? 1
                               : static_cast<double>(row - left) /
                                     static_cast<double>(centre - left);
    for (int64_t row = centre; row < right; ++row)
      at(row) = static_cast<double>(right - row) /
                static_cast<double>(right - centre);
  }
  setConstant(node, tensorOf(*type, {rows, *bands}, matrix));
  return mlir::success();
}

void addSignal(OperatorTable &table) {
  table["::HannWindow"] = withInputs<1, importHannWindow>;
  table["::HammingWindow"] = withInputs<1, importHammingWindow>;
  table["::BlackmanWindow"] = withInputs<1, importBlackmanWindow>;
  table["::DFT"] = withInputs<1, importDft>;
  table["::STFT"] = withInputs<2, importStft>;
  table["::MelWeightMatrix"] = withInputs<5, importMelWeightMatrix>;
}

} // namespace tenon::onnx_import
