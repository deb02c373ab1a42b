//===- Recurrent.cpp - RNN, GRU and LSTM, unrolled ------------------------===//
//
// The sequence length is static, so each step is written out: the inputs'
// products for all steps at once, then the recurrence, in f32 or wider.
//
//===----------------------------------------------------------------------===//

#include "RecurrentParts.h"

using namespace mlir;
using mlir::tenon::ActivationKind;

namespace tenon::onnx_import {

/// One step's new hidden state and, of an LSTM, cell state.
using Step = llvm::function_ref<FailureOr<RecurrentState>(
    const RecurrentDirection &, Value inputs, const RecurrentState &)>;

/// Bounds what goes into an activation.
static Value clip(const TensorMath &math, const RecurrentLayer &layer,
                  Value value) {
  return layer.clip ? math.clamp(value, -*layer.clip, *layer.clip) : value;
}

static Value gate(const TensorMath &math, const RecurrentLayer &layer,
                  const RecurrentDirection &direction, size_t activation,
                  Value value) {
  return applyActivation(math, direction.activations[activation],
                         clip(math, layer, value));
}

/// Rows [begin, begin + count) times the hidden size of a matrix or vector.
static Value gateRows(const TensorMath &math, const RecurrentLayer &layer,
                      Value rows, int64_t begin, int64_t count = 1) {
  return math.slice(rows, 0, begin * layer.hidden, count * layer.hidden);
}

static Value gateColumns(const TensorMath &math, const RecurrentLayer &layer,
                         Value columns, int64_t begin, int64_t count = 1) {
  return math.slice(columns, 1, begin * layer.hidden, count * layer.hidden);
}

static Value linear(const TensorMath &math, Value input, Value weight,
                    Value bias = {}) {
  return mlir::tenon::LinearOp::create(math.builder, math.loc, input, weight,
                                       bias);
}

/// Step `time` of [length, batch, width] as [batch, width], read from a piece
/// of some steps: the kernels that read one piece serve the others too.
static Value takeStep(const TensorMath &math, Value inputs, int64_t time,
                      SmallVectorImpl<Value> &pieces) {
  constexpr int64_t most = 16;
  SmallVector<int64_t> shape(shapeOf(inputs));
  int64_t piece = time / most, begin = piece * most;
  pieces.resize((shape[0] + most - 1) / most);
  if (!pieces[piece]) {
    int64_t steps = std::min(most, shape[0] - begin);
    pieces[piece] = math.reshape(math.slice(inputs, 0, begin, steps),
                                 {steps * shape[1], shape[2]});
  }
  return math.slice(pieces[piece], 0, (time - begin) * shape[1], shape[1]);
}

/// Runs one direction; appends the hidden state of every step, in time's order,
/// to `outputs` and gives the last state.
static FailureOr<RecurrentState>
runDirection(const Node &node, const RecurrentLayer &layer,
             const RecurrentDirection &direction, Step step,
             SmallVectorImpl<Value> &outputs) {
  TensorMath math(node);
  RecurrentState state = direction.initial;
  // W X^T of every step in one product, with both biases where they just add.
  Value inputs =
      linear(math, layer.input, direction.weight, direction.inputBias);
  SmallVector<Value> pieces;
  outputs.resize(layer.length);
  for (int64_t i = 0; i < layer.length; ++i) {
    int64_t time = direction.isReverse ? layer.length - 1 - i : i;
    Value current = takeStep(math, inputs, time, pieces);
    FailureOr<RecurrentState> next = step(direction, current, state);
    if (failed(next))
      return failure();
    outputs[time] = next->hidden;
    if (layer.lengths) {
      // Past its end a sequence keeps its state and gives zeros. A reversed
      // one begins at its own end.
      Value isActive = isBefore(math, time, layer.lengths);
      outputs[time] =
          math.select(isActive, next->hidden, math.like(next->hidden, 0));
      next->hidden = math.select(isActive, next->hidden, state.hidden);
      if (next->cell)
        next->cell = math.select(isActive, next->cell, state.cell);
    }
    state = *next;
  }
  return state;
}

static LogicalResult runLayer(Node &node, const RecurrentLayer &layer,
                              Step step) {
  TensorMath math(node);
  SmallVector<Value> sequences, hidden, cells;
  for (const RecurrentDirection &direction : layer.directions) {
    SmallVector<Value> outputs;
    FailureOr<RecurrentState> last =
        runDirection(node, layer, direction, step, outputs);
    if (failed(last))
      return failure();
    SmallVector<int64_t> one = {1, layer.batch, layer.hidden};
    hidden.push_back(math.reshape(last->hidden, one));
    if (last->cell)
      cells.push_back(math.reshape(last->cell, one));
    for (Value &output : outputs)
      output = math.reshape(output, {1, 1, layer.batch, layer.hidden});
    sequences.push_back(
        outputs.empty()
            ? splat(node.builder, node.loc,
                    RankedTensorType::get({0, 1, layer.batch, layer.hidden},
                                          elementTypeOf(layer.input)),
                    0)
            : math.concat(outputs, 0));
  }
  Type element = elementTypeOf(node.input(0).value);
  auto give = [&](size_t i, Value value, ArrayRef<int64_t> batchFirst) {
    if (layer.batchFirst)
      value = math.transpose(value, batchFirst);
    node.setOutput(i, math.convert(value, element), node.input(0).type);
  };
  if (node.wants(0))
    give(0, math.concat(sequences, 1), {2, 0, 1, 3});
  if (node.wants(1))
    give(1, math.concat(hidden, 0), {1, 0, 2});
  if (node.wants(2))
    give(2, math.concat(cells, 0), {1, 0, 2});
  return mlir::success();
}

static LogicalResult importRnn(Node &node) {
  auto layer = readRecurrentLayer(node, {/*gates=*/1, {"Tanh"}});
  if (failed(layer))
    return failure();
  TensorMath math(node);
  return runLayer(
      node, *layer,
      [&](const RecurrentDirection &direction, Value inputs,
          const RecurrentState &state) -> FailureOr<RecurrentState> {
        Value sum =
            math.add(inputs, linear(math, state.hidden, direction.recurrence,
                                    direction.recurrentBias));
        return RecurrentState{gate(math, *layer, direction, 0, sum), Value()};
      });
}

/// Gates in the order update, reset, hidden.
static LogicalResult importGru(Node &node) {
  auto layer = readRecurrentLayer(node, {/*gates=*/3, {"Sigmoid", "Tanh"}});
  if (failed(layer))
    return failure();
  TensorMath math(node);
  bool resetsLast = node.intAttribute("linear_before_reset", 0) != 0;
  return runLayer(
      node, *layer,
      [&](const RecurrentDirection &direction, Value inputs,
          const RecurrentState &state) -> FailureOr<RecurrentState> {
        Value recurrence = direction.recurrence;
        Value bias = direction.recurrentBias;
        auto biasOf = [&](int64_t begin, int64_t count) {
          return bias ? gateRows(math, *layer, bias, begin, count) : Value();
        };
        Value both = math.add(gateColumns(math, *layer, inputs, 0, 2),
                              linear(math, state.hidden,
                                     gateRows(math, *layer, recurrence, 0, 2),
                                     biasOf(0, 2)));
        both = gate(math, *layer, direction, 0, both);
        Value update = gateColumns(math, *layer, both, 0);
        Value reset = gateColumns(math, *layer, both, 1);
        Value weight = gateRows(math, *layer, recurrence, 2);
        Value past = resetsLast ? math.mul(reset, linear(math, state.hidden,
                                                         weight, biasOf(2, 1)))
                                : linear(math, math.mul(reset, state.hidden),
                                         weight, biasOf(2, 1));
        Value candidate =
            gate(math, *layer, direction, 1,
                 math.add(gateColumns(math, *layer, inputs, 2), past));
        Value kept = math.mul(update, state.hidden);
        Value fresh =
            math.mul(math.sub(math.like(update, 1), update), candidate);
        return RecurrentState{math.add(fresh, kept), Value()};
      });
}

/// Gates in the order input, output, forget, cell.
static LogicalResult importLstm(Node &node) {
  auto layer =
      readRecurrentLayer(node, {/*gates=*/4, {"Sigmoid", "Tanh", "Tanh"}});
  if (failed(layer))
    return failure();
  TensorMath math(node);
  bool couples = node.intAttribute("input_forget", 0) != 0;
  return runLayer(
      node, *layer,
      [&](const RecurrentDirection &direction, Value inputs,
          const RecurrentState &state) -> FailureOr<RecurrentState> {
        Value sums =
            math.add(inputs, linear(math, state.hidden, direction.recurrence,
                                    direction.recurrentBias));
        auto peep = [&](Value sum, int64_t i, Value cell) {
          if (!direction.peephole)
            return sum;
          Value weight = gateRows(math, *layer, direction.peephole, i);
          return math.add(sum, math.mul(cell, weight));
        };
        auto sumOf = [&](int64_t i) {
          return gateColumns(math, *layer, sums, i);
        };
        Value in =
            gate(math, *layer, direction, 0, peep(sumOf(0), 0, state.cell));
        Value forget = couples ? math.sub(math.like(in, 1), in)
                               : gate(math, *layer, direction, 0,
                                      peep(sumOf(2), 2, state.cell));
        Value candidate = gate(math, *layer, direction, 1, sumOf(3));
        Value cell =
            math.add(math.mul(forget, state.cell), math.mul(in, candidate));
        Value out = gate(math, *layer, direction, 0, peep(sumOf(1), 1, cell));
        // The cell state is not clipped, as in ONNX Runtime.
        Value hidden = math.mul(
            out, applyActivation(math, direction.activations[2], cell));
        return RecurrentState{hidden, cell};
      });
}

void addRecurrent(OperatorTable &table) {
  table["::RNN"] = withInputs<3, importRnn>;
  table["::GRU"] = withInputs<3, importGru>;
  table["::LSTM"] = withInputs<3, importLstm>;
}

} // namespace tenon::onnx_import
