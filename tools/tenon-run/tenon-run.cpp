//===- tenon-run.cpp - Compile a model and run it -------------------------===//

#include "../Command.h"
#include "Calls.h"
#include "Draw.h"
#include "Generate.h"
#include "Report.h"

#include "tenon/Runtime/Comparison.h"
#include "tenon/Tenon.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace tenon;

struct Options : CompilingOptions {
  Options() : CompilingOptions("tenon-run options") {}

  cl::opt<std::string> modelPath{cl::Positional, cl::desc("MODEL"),
                                 cl::Required, cl::cat(category)};
  cl::list<std::string> inputFiles{
      "input", cl::desc("An input from a tensor file (repeatable)"),
      cl::value_desc("NAME=FILE"), cl::cat(category)};
  cl::list<std::string> inputsFiles{
      "inputs",
      cl::desc("Inputs by name from an .npz or .safetensors file; several make "
               "as many calls, and caches pass from one to the next"),
      cl::value_desc("FILE"), cl::cat(category)};
  cl::opt<std::string> outputsFile{"outputs",
                                   cl::desc("Write the outputs there"),
                                   cl::value_desc("FILE"), cl::cat(category)};
  cl::list<std::string> expectFiles{
      "expect",
      cl::desc("Compare the outputs with these, by name; exit 1 if they "
               "differ. One for each call, or one for the last"),
      cl::value_desc("FILE"), cl::cat(category)};
  cl::opt<double> absolute{"atol", cl::init(1e-5),
                           cl::desc("Absolute tolerance (1e-5)"),
                           cl::cat(category)};
  cl::opt<double> relative{"rtol", cl::init(1e-4),
                           cl::desc("Relative tolerance (1e-4)"),
                           cl::cat(category)};
  cl::opt<unsigned> bench{
      "bench", cl::desc("Run N times more and print one line of JSON"),
      cl::value_desc("N"), cl::cat(category)};
  cl::opt<unsigned> threads{"threads", cl::desc("At most N threads"),
                            cl::value_desc("N"), cl::cat(category)};
  cl::opt<std::string> profileFile{
      "profile",
      cl::desc("Write the time of each kernel of a second run (Chrome trace "
               "JSON)"),
      cl::value_desc("FILE.json"), cl::cat(category)};
  cl::opt<int64_t> seed{
      "random-inputs", cl::init(-1),
      cl::desc("Fill inputs that are not given with random values"),
      cl::value_desc("SEED"), cl::cat(category)};
  cl::opt<bool> adapterReport{
      "adapter-report",
      cl::desc("Print what rounding to 16 bits eats of --adapter in each "
               "weight, and run nothing"),
      cl::cat(category)};
  cl::opt<bool> quantizationReport{
      "quantization-report",
      cl::desc("Print what --quantize changes of each weight, and run nothing"),
      cl::cat(category)};
  cl::opt<bool> generate{
      "generate",
      cl::desc("Print what a decoder puts behind --prompt or --prompt-ids"),
      cl::cat(category)};
  cl::list<std::string> textPrompts{
      "prompt",
      cl::desc("A prompt, for the folder's tokenizer (repeatable: a batch)"),
      cl::value_desc("TEXT"), cl::cat(category)};
  cl::list<std::string> prompts{
      "prompt-ids", cl::desc("A prompt by its tokens (repeatable: a batch)"),
      cl::value_desc("N,N,.."), cl::cat(category)};
  cl::list<int64_t> rowAdapters{
      "row-adapter",
      cl::desc("The number of a prompt's adapter, from 0 (repeatable: one for "
               "each prompt; -1: none)"),
      cl::value_desc("N"), cl::cat(category)};
  cl::opt<int64_t> maxTokens{"max-tokens", cl::init(128),
                             cl::desc("At most N new tokens a prompt (128)"),
                             cl::value_desc("N"), cl::cat(category)};
  cl::opt<double> temperature{
      "temperature", cl::init(0),
      cl::desc("Draw tokens at this temperature (0: take the likeliest)"),
      cl::value_desc("T"), cl::cat(category)};
  cl::opt<int64_t> topK{"top-k", cl::init(0),
                        cl::desc("Draw from the K largest logits (0: all)"),
                        cl::value_desc("K"), cl::cat(category)};
  cl::opt<double> topP{
      "top-p", cl::init(1),
      cl::desc("Draw from the likeliest tokens that reach P together (1)"),
      cl::value_desc("P"), cl::cat(category)};
  cl::opt<uint64_t> samplingSeed{"seed", cl::init(0),
                                 cl::desc("Of what is drawn (0)"),
                                 cl::value_desc("SEED"), cl::cat(category)};
  DrawFlags drawing{category};
  cl::opt<bool> noCache{"no-cache",
                        cl::desc("Neither read nor write the kernel cache"),
                        cl::cat(category)};
};

/// The inputs that the command line names for call `number`.
static Result<std::vector<NamedTensor>>
readInputs(const Options &options, const Model &model, size_t number) {
  std::vector<NamedTensor> inputs;
  if (number < options.inputsFiles.size()) {
    Result<std::vector<NamedTensor>> tensors =
        loadTensors(options.inputsFiles[number]);
    if (!tensors)
      return tensors.error();
    inputs = std::move(*tensors);
  }
  for (const std::string &argument : options.inputFiles) {
    Result<std::pair<std::string, std::string>> parts =
        splitAssignment(argument, "--input");
    if (!parts)
      return parts.error();
    Result<std::vector<NamedTensor>> tensors = loadTensors(parts->second);
    if (!tensors)
      return tensors.error();
    if (tensors->size() != 1)
      return Error{parts->second + ": holds " +
                   std::to_string(tensors->size()) +
                   " tensors, --input takes a file of one"};
    inputs.push_back({parts->first, tensors->front().tensor});
  }
  if (options.seed >= 0)
    return fillWithRandom(model, std::move(inputs), options.seed,
                          parseDims(options.dims).value());
  return inputs;
}

/// One call; what the command line asks for besides is asked of the last.
static Result<int> call(const Options &options, const Model &model,
                        const std::vector<NamedTensor> &inputs,
                        const std::string &expectFile, bool isLast) {
  if (Status prepared = model.prepare(inputs); !prepared.ok())
    return prepared.error();
  Result<std::vector<Tensor>> outputs = model.run(inputs);
  // A first run also meets memory that no one has touched.
  if (outputs && isLast && !options.profileFile.empty())
    outputs = model.profile(inputs, options.profileFile.getValue());
  if (!outputs)
    return outputs.error();

  std::vector<NamedTensor> named;
  for (size_t index = 0; index < outputs->size(); ++index)
    named.push_back({model.outputs()[index].name, (*outputs)[index]});
  if (isLast && !options.outputsFile.empty())
    if (Status saved = saveTensors(options.outputsFile.getValue(), named);
        !saved.ok())
      return saved.error();
  int status = 0;
  if (!expectFile.empty()) {
    Result<std::vector<NamedTensor>> expected = loadTensors(expectFile);
    if (!expected)
      return expected.error();
    Result<bool> agrees =
        reportComparison(named, *expected, options.relative, options.absolute);
    if (!agrees)
      return agrees.error();
    status = *agrees ? 0 : 1;
  }
  if (isLast && options.bench > 0) {
    Result<std::string> line = measure(model, inputs, options.bench);
    if (!line)
      return line.error();
    llvm::outs() << *line << "\n";
  } else if (isLast && options.outputsFile.empty() &&
             options.expectFiles.empty() && options.profileFile.empty()) {
    printSummary(named);
  }
  return status;
}

static Status generateTokens(const Options &options,
                             const CompileOptions &compileOptions) {
  std::vector<std::vector<int64_t>> prompts;
  for (const std::string &text : options.prompts) {
    Result<std::vector<int64_t>> tokens = parseTokens(text);
    if (!tokens)
      return tokens.error();
    prompts.push_back(std::move(*tokens));
  }
  std::filesystem::path folder = options.modelPath.getValue();
  std::optional<Tokenizer> tokenizer;
  if (!options.textPrompts.empty()) {
    if (!prompts.empty())
      return Error{"--prompt and --prompt-ids exclude each other"};
    Result<Tokenizer> loaded = Tokenizer::load(folder);
    if (!loaded)
      return loaded.error();
    tokenizer = *loaded;
    Result<std::vector<std::vector<int64_t>>> encoded =
        encodePrompts(*tokenizer, options.textPrompts);
    if (!encoded)
      return encoded.error();
    prompts = std::move(*encoded);
  }
  if (prompts.empty())
    return Error{"--generate needs --prompt or --prompt-ids"};
  GenerationOptions generation;
  generation.maxTokens = options.maxTokens;
  generation.adapters = {options.rowAdapters.begin(),
                         options.rowAdapters.end()};
  generation.sampling = {options.temperature, options.topK, options.topP,
                         options.samplingSeed};
  return generate(folder, compileOptions, prompts, std::move(generation),
                  tokenizer);
}

static Result<int> run(const Options &options) {
  Result<CompileOptions> parsed = options.parse();
  if (!parsed)
    return parsed.error();
  CompileOptions &compileOptions = *parsed;
  compileOptions.threads = options.threads;
  if (options.noCache)
    compileOptions.cacheDirectory = std::filesystem::path();
  Result<std::map<std::string, int64_t>> sizes = parseDims(options.dims);
  if (!sizes)
    return sizes.error();
  compileOptions.dims = *sizes;
  if (options.adapterReport) {
    auto losses = measureMerging(options.modelPath.getValue(), compileOptions);
    if (!losses)
      return losses.error();
    printMergeLosses(*losses);
    return 0;
  }
  if (options.quantizationReport) {
    auto errors =
        measureQuantization(options.modelPath.getValue(), compileOptions);
    if (!errors)
      return errors.error();
    printWeightErrors(*errors);
    return 0;
  }
  if (isPipeline(options.modelPath.getValue())) {
    if (options.textPrompts.size() != 1)
      return Error{options.modelPath + ": a diffusion pipeline takes one "
                                       "--prompt"};
    if (Status status =
            draw(options.modelPath.getValue(), compileOptions, options.drawing,
                 options.textPrompts.front(), options.samplingSeed);
        !status.ok())
      return status.error();
    return 0;
  }
  if (options.generate) {
    if (Status status = generateTokens(options, compileOptions); !status.ok())
      return status.error();
    return 0;
  }
  Result<Model> model = compile(options.modelPath.getValue(), compileOptions);
  if (!model)
    return model.error();
  size_t calls = std::max<size_t>(1, options.inputsFiles.size()),
         expectations = options.expectFiles.size();
  if (expectations > 1 && expectations != calls)
    return Error{std::to_string(expectations) + " --expect for " +
                 std::to_string(calls) + " calls: give one for each, or one"};
  int status = 0;
  std::vector<NamedTensor> caches;
  for (size_t number = 0; number < calls; ++number) {
    Result<std::vector<NamedTensor>> inputs =
        readInputs(options, *model, number);
    if (!inputs)
      return inputs.error();
    if (Status passed = passCaches(*model, *sizes, *inputs, caches); !passed)
      return passed.error();
    std::string expected;
    if (expectations == calls)
      expected = options.expectFiles[number];
    else if (expectations == 1 && number + 1 == calls)
      expected = options.expectFiles[0];
    Result<int> outcome =
        call(options, *model, *inputs, expected, number + 1 == calls);
    if (!outcome)
      return outcome;
    status = std::max(status, *outcome);
  }
  return status;
}

int main(int argc, char **argv) {
  cl::ResetCommandLineParser();
  Options options;
  return runTool(argc, argv, options.category,
                 "Compiles a model and runs it.\n\n"
                 "Example: tenon-run model.onnx --inputs in.npz --expect "
                 "out.npz --rtol 1e-4\n",
                 [&] { return run(options); });
}
