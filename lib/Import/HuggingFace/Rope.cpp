//===- Rope.cpp - Rotary frequencies of a configuration -------------------===//
//
// Rotary embeddings (Su et al., 2021, arXiv:2104.09864) and the ways to stretch
// them: linear (Chen et al., 2023, arXiv:2306.15595), dynamic NTK, YaRN (Peng
// et al., 2023, arXiv:2309.00071), llama3. What transformers computes in f32 is
// computed in f32 here too: at position 8192 the last bit of a frequency is
// 0.0005 radians.
//
//===----------------------------------------------------------------------===//

#include "Rope.h"

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <cmath>
#include <numbers>

using namespace mlir;

namespace tenon::hugging_face {

namespace {
/// One reading of the parameters; `scaling` holds those of the stretching.
class RopeReader {
public:
  RopeReader(Config &config, Config scaling, int64_t headSize, double theta,
             int64_t maxPositions)
      : config(config), scaling(std::move(scaling)), headSize(headSize),
        theta(theta), maxPositions(maxPositions) {}

  RopeFrequencies read();

private:
  std::vector<float> plain() const {
    std::vector<float> frequencies;
    for (int64_t i = 0; i < headSize; i += 2)
      frequencies.push_back(1.0f / std::pow(static_cast<float>(theta),
                                            static_cast<float>(i) /
                                                static_cast<float>(headSize)));
    return frequencies;
  }
  double factor() {
    double factor = scaling.number("factor", 0);
    if (!(factor > 0) || !std::isfinite(factor))
      scaling.complain("factor is no positive number");
    return factor;
  }
  /// The context of the model before it was stretched.
  double originalPositions() {
    return static_cast<double>(scaling.size(
        "original_max_position_embeddings",
        config.size("original_max_position_embeddings", maxPositions)));
  }
  void stretchEachByWavelength(std::vector<float> &frequencies);
  RopeFrequencies yarn();

  Config &config;
  Config scaling;
  int64_t headSize;
  double theta;
  int64_t maxPositions;
};
} // namespace

/// llama3: long waves are stretched, short ones are not, between them it is
/// mixed.
void RopeReader::stretchEachByWavelength(std::vector<float> &frequencies) {
  double by = factor(), low = scaling.number("low_freq_factor", 0),
         high = scaling.number("high_freq_factor", 0),
         context = originalPositions();
  if (!(low > 0) || !(high > low))
    return scaling.complain("low_freq_factor and high_freq_factor are not "
                            "positive numbers, the second larger");
  for (float &frequency : frequencies) {
    double turns = context * frequency / (2 * std::numbers::pi);
    double kept = std::clamp((turns - low) / (high - low), 0.0, 1.0);
    frequency =
        static_cast<float>((1 - kept) * frequency / by + kept * frequency);
  }
}

/// 0.1 m ln f + 1 for f > 1.
static double yarnAmplitude(double factor, double scale) {
  return factor > 1 ? 0.1 * scale * std::log(factor) + 1 : 1.0;
}

RopeFrequencies RopeReader::yarn() {
  RopeFrequencies result;
  result.perPosition = plain();
  double context = originalPositions();
  double by = scaling.has("factor") ? factor() : maxPositions / context;
  // An explicit factor wins; then the ratio, if both scales are given (A13).
  double scale = scaling.number("mscale", 0),
         ofAll = scaling.number("mscale_all_dim", 0);
  if (scaling.has("attention_factor"))
    result.amplitude = scaling.number("attention_factor", 1);
  else if (scale != 0 && ofAll != 0)
    result.amplitude = yarnAmplitude(by, scale) / yarnAmplitude(by, ofAll);
  else
    result.amplitude = yarnAmplitude(by, 1);

  // The pair that turns so many times within the context.
  auto pairOf = [&](double turns) {
    return headSize * std::log(context / (turns * 2 * std::numbers::pi)) /
           (2 * std::log(theta));
  };
  double fast = scaling.number("beta_fast", 32),
         slow = scaling.number("beta_slow", 1);
  if (!(fast > 0) || !(slow > 0)) {
    scaling.complain("beta_fast and beta_slow are not positive numbers");
    return result;
  }
  double first = pairOf(fast), last = pairOf(slow);
  if (scaling.flag("truncate", true)) {
    first = std::floor(first);
    last = std::ceil(last);
  }
  first = std::max(first, 0.0);
  last = std::min(last, headSize - 1.0);
  if (first == last)
    last += 0.001;
  for (auto [pair, frequency] : llvm::enumerate(result.perPosition)) {
    double stretched = std::clamp((pair - first) / (last - first), 0.0, 1.0);
    frequency = static_cast<float>(frequency / by * stretched +
                                   frequency * (1 - stretched));
  }
  return result;
}

RopeFrequencies RopeReader::read() {
  // Files before transformers 4.45 say `type` (A12).
  std::string type =
      scaling.string("rope_type", scaling.string("type", "default"));
  RopeFrequencies result;
  if (scaling.number("partial_rotary_factor", 1) != 1 ||
      config.number("partial_rotary_factor", 1) != 1)
    config.complain("unsupported: partial_rotary_factor (heads that turn in "
                    "part)");
  else if (type == "yarn")
    result = yarn();
  else {
    result.perPosition = plain();
    if (type == "dynamic") {
      auto size = static_cast<double>(headSize);
      result.growth =
          RopeGrowth{theta, factor(), static_cast<double>(maxPositions),
                     size / (size - 2)};
    } else if (type == "linear") {
      for (float by = static_cast<float>(factor());
           float &frequency : result.perPosition)
        frequency /= by;
    } else if (type == "llama3") {
      stretchEachByWavelength(result.perPosition);
    } else if (type != "default") {
      config.complain("unsupported: rope_type '" + type +
                      "' (known are default, linear, dynamic, llama3, yarn)");
    }
  }
  if (double ofAll = scaling.number("mscale_all_dim", 0);
      ofAll != 0 && type != "default")
    result.scoreAmplitude = yarnAmplitude(factor(), ofAll);
  if (Status status = scaling.status(); !status)
    config.complain(status.error().message);
  return result;
}

RopeFrequencies readRope(Config &config, int64_t headSize, double defaultTheta,
                         int64_t maxPositions) {
  const char *key =
      config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
  llvm::json::Object parameters;
  if (config.has(key)) {
    const llvm::json::Object *object = config.value(key)->getAsObject();
    if (!object) {
      config.complain(std::string(key) + " is no object");
      return {};
    }
    parameters = *object;
  }
  for (const auto &[name, value] : parameters)
    if (value.getAsObject()) {
      config.complain(std::string("unsupported: ") + key + "." + name.str() +
                      " (frequencies by the kind of a layer)");
      return {};
    }
  Config scaling(std::move(parameters), key);
  double theta =
      scaling.number("rope_theta", config.number("rope_theta", defaultTheta));
  if (!(theta > 1) || !std::isfinite(theta)) {
    config.complain("rope_theta is no number above 1");
    return {};
  }
  if (headSize % 2 != 0 || headSize < 4) {
    config.complain("a head of " + std::to_string(headSize) +
                    " channels has no two pairs to turn");
    return {};
  }
  return RopeReader(config, std::move(scaling), headSize, theta, maxPositions)
      .read();
}

static Value numbers(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                     ArrayRef<float> values) {
  auto type = RankedTensorType::get(shape, b.getF32Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, values));
}

/// Frequencies of sequences of `lengths` [batch, 1, 1]: [batch, 1, pairs]. Each
/// step is rounded as transformers rounds it.
static Value buildGrown(ImplicitLocOpBuilder &b,
                        const RopeFrequencies &frequencies, Value lengths) {
  const RopeGrowth &growth = *frequencies.growth;
  auto type = cast<RankedTensorType>(lengths.getType());
  auto ofRow = [&](double value) {
    return numbers(b, type.getShape(), static_cast<float>(value));
  };
  Value stretch = arith::MulFOp::create(b, lengths, ofRow(growth.factor));
  stretch = arith::DivFOp::create(b, stretch, ofRow(growth.context));
  stretch = arith::SubFOp::create(b, stretch, ofRow(growth.factor - 1));
  Value base = math::PowFOp::create(b, stretch, ofRow(growth.exponent));
  base = arith::MulFOp::create(b, base, ofRow(growth.theta));

  auto pairs = static_cast<int64_t>(frequencies.perPosition.size());
  std::vector<float> powers(pairs);
  for (auto [pair, power] : llvm::enumerate(powers))
    power = static_cast<float>(pair) / static_cast<float>(pairs);
  auto wide = RankedTensorType::get({type.getDimSize(0), 1, pairs},
                                    type.getElementType());
  auto widened = [&](Value value) -> Value {
    auto own = cast<RankedTensorType>(value.getType()).getElementType();
    return mlir::tenon::BroadcastOp::create(b, wide.clone(own), value);
  };
  Value grown = arith::DivFOp::create(
      b, widened(numbers(b, {1, 1, 1}, 1.0f)),
      math::PowFOp::create(b, widened(base),
                           widened(numbers(b, {1, 1, pairs}, powers))));
  // What a length within the context makes of the formula, negative numbers
  // among it, is not used.
  Value isGrown = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, lengths,
                                        ofRow(growth.context));
  return arith::SelectOp::create(
      b, widened(isGrown), grown,
      widened(numbers(b, {1, 1, pairs}, frequencies.perPosition)));
}

std::pair<Value, Value> buildAngles(OpBuilder &builder, Location loc,
                                    const RopeFrequencies &frequencies,
                                    Value positions, Value lengths,
                                    Type element) {
  ImplicitLocOpBuilder b(loc, builder);
  auto pairs = static_cast<int64_t>(frequencies.perPosition.size());
  auto type = cast<RankedTensorType>(positions.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = pairs;
  Type f32 = type.getElementType();
  auto wide = RankedTensorType::get(shape, f32);
  Value perPosition = frequencies.growth
                          ? buildGrown(b, frequencies, lengths)
                          : numbers(b, {1, 1, pairs}, frequencies.perPosition);
  Value angles = arith::MulFOp::create(
      b, mlir::tenon::BroadcastOp::create(b, wide, positions),
      mlir::tenon::BroadcastOp::create(b, wide, perPosition));
  auto finish = [&](Value value) -> Value {
    if (frequencies.amplitude != 1)
      value = arith::MulFOp::create(
          b, value,
          numbers(b, shape, static_cast<float>(frequencies.amplitude)));
    if (element == f32)
      return value;
    return mlir::tenon::CastOp::create(b, wide.clone(element), value);
  };
  return {finish(math::CosOp::create(b, angles)),
          finish(math::SinOp::create(b, angles))};
}

} // namespace tenon::hugging_face
