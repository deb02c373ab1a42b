//===- Draw.h - tenon-run of a diffusion pipeline -------------------------===//

#ifndef TENON_TOOLS_TENON_RUN_DRAW_H
#define TENON_TOOLS_TENON_RUN_DRAW_H

#include "tenon/DiffusionPipeline.h"

#include "llvm/Support/CommandLine.h"

namespace tenon {

/// The options about images.
struct DrawFlags {
  explicit DrawFlags(llvm::cl::OptionCategory &category) : category(category) {}

  llvm::cl::OptionCategory &category;
  llvm::cl::opt<std::string> output{
      "o", llvm::cl::desc("Where a diffusion pipeline's image goes"),
      llvm::cl::value_desc("IMAGE.png"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> negative{
      "negative-prompt", llvm::cl::desc("What the image is led away from"),
      llvm::cl::value_desc("TEXT"), llvm::cl::cat(category)};
  llvm::cl::opt<int64_t> steps{"steps", llvm::cl::init(50),
                               llvm::cl::desc("Steps of the scheduler (50)"),
                               llvm::cl::value_desc("N"),
                               llvm::cl::cat(category)};
  llvm::cl::opt<double> guidance{
      "guidance", llvm::cl::init(7.5),
      llvm::cl::desc("How far the image is led to the prompt (7.5; up to 1: "
                     "without negative prompt)"),
      llvm::cl::value_desc("G"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> scheduler{
      "scheduler",
      llvm::cl::desc("A scheduler of diffusers, with or without the word "
                     "Scheduler behind it (the folder's)"),
      llvm::cl::value_desc("NAME"), llvm::cl::cat(category)};
  llvm::cl::opt<double> eta{
      "eta", llvm::cl::init(0),
      llvm::cl::desc("How much noise DDIM adds in each step (0)"),
      llvm::cl::value_desc("ETA"), llvm::cl::cat(category)};
  llvm::cl::opt<int64_t> width{
      "width", llvm::cl::init(0),
      llvm::cl::desc("Of the image (what the folder was trained with)"),
      llvm::cl::value_desc("PIXELS"), llvm::cl::cat(category)};
  llvm::cl::opt<int64_t> height{
      "height", llvm::cl::init(0),
      llvm::cl::desc("Of the image (what the folder was trained with)"),
      llvm::cl::value_desc("PIXELS"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> latents{
      "latents",
      llvm::cl::desc("Noise to begin with, and that of steps that take some: "
                     "the tensors of this file in order"),
      llvm::cl::value_desc("FILE"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> image{
      "image", llvm::cl::desc("An image to begin with"),
      llvm::cl::value_desc("IMAGE.png"), llvm::cl::cat(category)};
  llvm::cl::opt<double> strength{
      "strength", llvm::cl::init(0.8),
      llvm::cl::desc("How much of --image is drawn anew (0.8)"),
      llvm::cl::value_desc("S"), llvm::cl::cat(category)};
  llvm::cl::list<std::string> controlNets{
      "controlnet",
      llvm::cl::desc("A folder of a ControlNetModel, asked in each step; with "
                     "several, what follows is given for each in order"),
      llvm::cl::value_desc("FOLDER"), llvm::cl::cat(category)};
  llvm::cl::list<std::string> controlImages{
      "control-image",
      llvm::cl::desc("What --controlnet looks at; the image gets its size"),
      llvm::cl::value_desc("IMAGE.png"), llvm::cl::cat(category)};
  llvm::cl::list<double> controlScales{
      "control-scale", llvm::cl::desc("How much --controlnet says (1)"),
      llvm::cl::value_desc("S"), llvm::cl::cat(category)};
  llvm::cl::list<double> controlStarts{
      "control-start",
      llvm::cl::desc("Behind which share of the steps --controlnet is asked "
                     "(0)"),
      llvm::cl::value_desc("SHARE"), llvm::cl::cat(category)};
  llvm::cl::list<double> controlEnds{
      "control-end",
      llvm::cl::desc("Up to which share of the steps --controlnet is asked "
                     "(1)"),
      llvm::cl::value_desc("SHARE"), llvm::cl::cat(category)};
  llvm::cl::opt<bool> guessMode{
      "guess-mode",
      llvm::cl::desc("ControlNets see the prompt alone, and say less where "
                     "images are finer"),
      llvm::cl::cat(category)};
  llvm::cl::opt<std::string> stepsFile{
      "latents-output",
      llvm::cl::desc("Write the latents behind each step there"),
      llvm::cl::value_desc("FILE.npz"), llvm::cl::cat(category)};

  Result<DiffusionOptions> parse() const;

private:
  Result<std::vector<Control>> parseControls() const;
};

/// Whether a folder is one of a diffusion pipeline.
bool isPipeline(const std::filesystem::path &folder);

/// Draws an image, with a bar on standard error where that is a terminal, and
/// says there what it took.
Status draw(const std::filesystem::path &folder, const CompileOptions &compile,
            const DrawFlags &flags, const std::string &prompt, uint64_t seed);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_DRAW_H
