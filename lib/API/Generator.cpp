//===- Generator.cpp - Text token by token --------------------------------===//

#include "tenon/Generator.h"

#include "Clock.h"
#include "Sampling.h"

#include "tenon/Import/Import.h"
#include "tenon/Runtime/Comparison.h"

#include <algorithm>
#include <map>

using namespace tenon;

using Rows = std::vector<std::vector<int64_t>>;

/// Tokens of a prompt that are done at once: each size is compiled once, and a
/// prompt is cut into the largest and one that fits the rest.
static constexpr int64_t chunkSizes[] = {16, 64, 256};
/// Capacities are multiples of this, so that few are compiled.
static constexpr int64_t capacityGrain = 256;

struct Generator::State {
  explicit State(Model model) : model(std::move(model)) {}

  Model model;
  GenerationDefaults defaults;
  std::string folder;
  GenerationStatistics statistics;
};

namespace {
/// The rows of one call of generate().
class Session {
public:
  Session(const Model &model, const Rows &prompts,
          const GenerationOptions &options, GenerationStatistics &statistics)
      : model(model), prompts(prompts), options(options),
        statistics(statistics), batch(prompts.size()), lengths(batch, 0),
        isDone(batch, false), result(batch) {
    for (size_t row = 0; row < batch; ++row)
      random.emplace_back(options.sampling.seed + row);
  }

  Status createCaches(int64_t capacity);
  Status prefill();
  Status decode(const std::vector<int64_t> &stopTokens);
  Rows take() { return std::move(result); }

private:
  /// A program of `width` tokens a row, and the tensors that it is given.
  struct Step {
    Tensor ids, past, added;
    Call call;
  };
  Result<Step *> findStep(int64_t width);
  /// Runs `tokens` (for each row those that are new, perhaps none) in a program
  /// of `width` tokens a row; logits [batch, 1, vocabulary], which the next run
  /// overwrites.
  Result<Tensor> run(const Rows &tokens, int64_t width, double &runMs);
  void choose(const Tensor &logits, size_t row);

  const Model &model;
  const Rows &prompts;
  const GenerationOptions &options;
  GenerationStatistics &statistics;
  size_t batch;
  std::vector<NamedTensor> caches;
  KeptTensors kept;              ///< the caches on a device
  std::map<int64_t, Step> steps; ///< by width
  std::vector<float> ofRow;      ///< logits
  std::vector<int64_t> lengths;  ///< tokens in the caches, by row
  std::vector<bool> isDone;
  std::vector<std::mt19937_64> random;
  Rows result;
};
} // namespace

Status Session::createCaches(int64_t capacity) {
  Result<std::vector<NamedTensor>> zeros = model.createCaches(
      {{"batch", static_cast<int64_t>(batch)}, {"capacity", capacity}});
  if (!zeros)
    return Error{"a cache of " + std::to_string(capacity) + " tokens for " +
                 std::to_string(batch) + " rows: " + zeros.error().message};
  caches = std::move(*zeros);
  return success();
}

Result<Session::Step *> Session::findStep(int64_t width) {
  auto found = steps.find(width);
  if (found != steps.end())
    return &found->second;
  auto rows = static_cast<int64_t>(batch);
  Step step{Tensor(DataType::Int64, {rows, width}),
            Tensor(DataType::Int64, {rows}),
            Tensor(DataType::Int64, {rows}),
            {}};
  std::vector<NamedTensor> inputs = {{"input_ids", step.ids},
                                     {"past_lengths", step.past}};
  if (width > 1)
    inputs.push_back({"new_lengths", step.added});
  if (!options.adapters.empty()) {
    Tensor adapters(DataType::Int64, {rows});
    std::ranges::copy(options.adapters, adapters.as<int64_t>().begin());
    inputs.push_back({"adapters", adapters});
  }
  inputs.insert(inputs.end(), caches.begin(), caches.end());
  auto start = Clock::now();
  Result<Call> call = model.bind(inputs, &kept);
  statistics.compileMs += millisecondsSince(start);
  if (!call)
    return call.error();
  step.call = std::move(*call);
  return &steps.emplace(width, std::move(step)).first->second;
}

Result<Tensor> Session::run(const Rows &tokens, int64_t width, double &runMs) {
  Result<Step *> found = findStep(width);
  if (!found)
    return found.error();
  Step &step = **found;
  std::span<int64_t> ids = step.ids.as<int64_t>();
  std::ranges::fill(ids, 0);
  for (size_t row = 0; row < batch; ++row) {
    // What stands behind a row's tokens is overwritten before it is seen.
    std::ranges::copy(tokens[row], ids.begin() + row * width);
    step.past.as<int64_t>()[row] = lengths[row];
    step.added.as<int64_t>()[row] =
        std::max<int64_t>(1, static_cast<int64_t>(tokens[row].size()));
    lengths[row] += static_cast<int64_t>(tokens[row].size());
  }
  auto start = Clock::now();
  if (Status status = step.call.run(); !status)
    return status.error();
  runMs += millisecondsSince(start);
  return step.call.outputs().front();
}

void Session::choose(const Tensor &logits, size_t row) {
  int64_t vocabulary = logits.shape().back(),
          first = static_cast<int64_t>(row) * vocabulary;
  ofRow.resize(vocabulary);
  if (logits.type() == DataType::Float32)
    std::ranges::copy(logits.as<float>().subspan(first, vocabulary),
                      ofRow.begin());
  else
    for (int64_t token = 0; token < vocabulary; ++token)
      ofRow[token] = static_cast<float>(elementAsDouble(logits, first + token));
  result[row].push_back(sampleToken(ofRow, options.sampling, random[row]));
}

/// Chunk by chunk, until all prompts are in the caches; a row's first token
/// comes of the chunk in which its prompt ends.
Status Session::prefill() {
  int64_t longest = 0;
  for (const std::vector<int64_t> &prompt : prompts)
    longest = std::max<int64_t>(longest, static_cast<int64_t>(prompt.size()));
  for (int64_t done = 0; done < longest;) {
    int64_t rest = longest - done;
    auto fitting = std::find_if(std::begin(chunkSizes), std::end(chunkSizes),
                                [&](int64_t size) { return size >= rest; });
    int64_t width = rest == 1 ? 1
                    : fitting == std::end(chunkSizes)
                        ? *std::prev(std::end(chunkSizes))
                        : *fitting;
    Rows tokens;
    for (const std::vector<int64_t> &prompt : prompts) {
      auto size = static_cast<int64_t>(prompt.size());
      tokens.emplace_back(prompt.begin() + std::min(done, size),
                          prompt.begin() + std::min(done + width, size));
    }
    Result<Tensor> logits = run(tokens, width, statistics.prefillMs);
    if (!logits)
      return logits.error();
    for (size_t row = 0; row < batch; ++row)
      if (!tokens[row].empty() &&
          lengths[row] == static_cast<int64_t>(prompts[row].size()))
        choose(*logits, row);
    done += width;
  }
  return success();
}

Status Session::decode(const std::vector<int64_t> &stopTokens) {
  // A row ends with a stop token, with its last token, or where it is told to.
  auto takeNewest = [&](size_t row) {
    int64_t token = result[row].back();
    ++statistics.newTokens;
    bool goesOn = !options.onToken || options.onToken(row, token);
    isDone[row] = !goesOn ||
                  std::find(stopTokens.begin(), stopTokens.end(), token) !=
                      stopTokens.end() ||
                  static_cast<int64_t>(result[row].size()) >= options.maxTokens;
  };
  for (size_t row = 0; row < batch; ++row)
    takeNewest(row);
  while (std::find(isDone.begin(), isDone.end(), false) != isDone.end()) {
    Rows tokens(batch);
    for (size_t row = 0; row < batch; ++row)
      if (!isDone[row])
        tokens[row] = {result[row].back()};
    Result<Tensor> logits = run(tokens, 1, statistics.decodeMs);
    if (!logits)
      return logits.error();
    ++statistics.decodeSteps;
    for (size_t row = 0; row < batch; ++row)
      if (!isDone[row]) {
        choose(*logits, row);
        takeNewest(row);
      }
  }
  return success();
}

Result<Generator> Generator::create(const std::filesystem::path &folder,
                                    const CompileOptions &options) {
  Result<Model> model = compile(folder, options);
  if (!model)
    return model.error();
  bool hasCaches =
      std::any_of(model->inputs().begin(), model->inputs().end(),
                  [](const PortInfo &port) { return port.updated; });
  if (!hasCaches || model->outputs().front().name != "logits")
    return Error{folder.string() +
                 ": no decoder: it has no caches, or no logits"};
  Result<GenerationDefaults> defaults = readGenerationDefaults(folder);
  if (!defaults)
    return defaults.error();
  Generator generator;
  generator.state = std::make_shared<State>(std::move(*model));
  generator.state->defaults = std::move(*defaults);
  generator.state->folder = folder.string();
  return generator;
}

static Status checkOptions(const Rows &prompts,
                           const GenerationOptions &options) {
  const SamplingOptions &sampling = options.sampling;
  if (prompts.empty())
    return Error{"there is no prompt"};
  for (const std::vector<int64_t> &prompt : prompts)
    if (prompt.empty())
      return Error{"a prompt has no tokens"};
  if (!options.adapters.empty() && options.adapters.size() != prompts.size())
    return Error{std::to_string(options.adapters.size()) + " adapters for " +
                 std::to_string(prompts.size()) + " rows"};
  if (options.maxTokens < 1)
    return Error{"at most " + std::to_string(options.maxTokens) +
                 " new tokens are none"};
  if (!(sampling.temperature >= 0))
    return Error{"the temperature is below 0"};
  if (sampling.topK < 0)
    return Error{"top-k is below 0"};
  if (!(sampling.topP > 0 && sampling.topP <= 1))
    return Error{"top-p is not above 0 and at most 1"};
  return success();
}

Result<Rows> Generator::generate(const Rows &prompts,
                                 const GenerationOptions &options) {
  if (Status status = checkOptions(prompts, options); !status.ok())
    return Error{state->folder + ": " + status.error().message};
  int64_t vocabulary = state->model.outputs().front().shape.back(), longest = 0;
  state->statistics = {};
  for (const std::vector<int64_t> &prompt : prompts) {
    longest = std::max<int64_t>(longest, static_cast<int64_t>(prompt.size()));
    state->statistics.promptTokens += static_cast<int64_t>(prompt.size());
    for (int64_t token : prompt)
      if (token < 0 || token >= vocabulary)
        return Error{state->folder + ": token " + std::to_string(token) +
                     " of a prompt is none of the vocabulary's " +
                     std::to_string(vocabulary)};
  }
  int64_t needed = longest + options.maxTokens;
  int64_t capacity =
      (needed + capacityGrain - 1) / capacityGrain * capacityGrain;
  Session session(state->model, prompts, options, state->statistics);
  if (Status status = session.createCaches(capacity); !status.ok())
    return Error{state->folder + ": " + status.error().message};
  if (Status status = session.prefill(); !status.ok())
    return status.error();
  if (Status status = session.decode(
          options.stopTokens.value_or(state->defaults.stopTokens));
      !status.ok())
    return status.error();
  return session.take();
}

GenerationStatistics Generator::statistics() const { return state->statistics; }
const Model &Generator::model() const { return state->model; }
