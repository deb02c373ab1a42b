//===- DiffusionTest.cpp - Diffusion pipelines against diffusers ----------===//
//
// test/Inputs/models/diffusion.py made the folders and what they must give.
//
//===----------------------------------------------------------------------===//

#include "Support/TemporaryFolder.h"
#include "tenon/DiffusionPipeline.h"

#include <cmath>
#include <cstring>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

namespace fs = std::filesystem;

static fs::path folders() {
  return fs::path(TENON_TEST_INPUTS) / "models/diffusion";
}

namespace {
class Diffusion : public testing::Test {
protected:
  DiffusionPipeline open(const std::string &name, AdapterOptions adapters = {},
                         std::vector<fs::path> controlNets = {}) {
    CompileOptions options;
    options.adapters = std::move(adapters);
    options.cacheDirectory = cache().path();
    options.threads = 2;
    auto pipeline = DiffusionPipeline::open(folders() / name / "model", options,
                                            std::move(controlNets));
    EXPECT_TRUE(pipeline.ok()) << pipeline.error().message;
    return *pipeline;
  }

  /// A case's image and its latents behind each step.
  void expectCase(const std::string &name, const std::string &which,
                  DiffusionOptions options, AdapterOptions adapters = {},
                  std::vector<fs::path> controlNets = {}) {
    fs::path stem = folders() / name / which;
    auto noise = loadTensors(stem.string() + "-noise.npz"),
         expected = loadTensors(stem.string() + "-latents.npz");
    ASSERT_TRUE(noise.ok() && expected.ok());
    options.prompt = "a red lighthouse, 1889";
    options.latents = noise->front().tensor;
    for (size_t i = 1; i < noise->size(); ++i)
      options.stepNoise.push_back((*noise)[i].tensor);
    size_t steps = 0;
    options.onLatents = [&](size_t step, const Tensor &latents) {
      ++steps;
      ASSERT_LT(step, expected->size());
      expectNear((*expected)[step].tensor, latents, step);
    };
    auto image = open(name, adapters, std::move(controlNets)).generate(options);
    ASSERT_TRUE(image.ok()) << image.error().message;
    EXPECT_EQ(steps, expected->size());
    auto drawn = readPng(stem.string() + ".png");
    ASSERT_TRUE(drawn.ok()) << drawn.error().message;
    ASSERT_EQ(image->shape(), drawn->shape());
    for (int64_t i = 0; i < image->elements(); ++i)
      ASSERT_NEAR(image->as<float>()[i], drawn->as<float>()[i], 1.0 / 255)
          << "element " << i;
  }

  static void expectNear(const Tensor &expected, const Tensor &got,
                         size_t step) {
    ASSERT_EQ(expected.shape(), got.shape());
    float largest = 0;
    for (float value : expected.as<float>())
      largest = std::max(largest, std::abs(value));
    for (int64_t i = 0; i < expected.elements(); ++i)
      ASSERT_NEAR(expected.as<float>()[i], got.as<float>()[i],
                  1e-4 * std::abs(expected.as<float>()[i]) + 1e-5 * largest)
          << "step " << step << ", element " << i;
  }

private:
  /// One for all tests: they share most kernels.
  static TemporaryFolder &cache() {
    static TemporaryFolder folder;
    return folder;
  }
};
} // namespace

TEST_F(Diffusion, VersionOne) { expectCase("sd-1", "folder", {.steps = 5}); }

TEST_F(Diffusion, NoiseInEachStepAndAnotherSize) {
  DiffusionOptions options;
  options.negativePrompt = "grey";
  options.steps = 4;
  options.guidance = 3;
  options.scheduler = "EulerAncestralDiscreteScheduler";
  options.width = 40;
  options.height = 24;
  expectCase("sd-1", "ancestral", options);
}

TEST_F(Diffusion, WithoutGuidance) {
  DiffusionOptions options;
  options.steps = 3;
  options.guidance = 1;
  options.scheduler = "DPMSolverMultistepScheduler";
  expectCase("sd-1", "unguided", options);
}

TEST_F(Diffusion, VersionTwoPredictsVelocities) {
  expectCase("sd-2", "folder", {.steps = 5});
}

TEST_F(Diffusion, XlHasZerosForNoText) {
  DiffusionOptions options;
  options.steps = 4;
  options.guidance = 5;
  expectCase("sd-xl", "folder", options);
}

TEST_F(Diffusion, XlWithANegativePrompt) {
  DiffusionOptions options;
  options.negativePrompt = "grey";
  options.steps = 2;
  options.guidance = 5;
  expectCase("sd-xl", "negative", options);
}

TEST_F(Diffusion, FromAnImage) {
  DiffusionOptions options;
  options.steps = 4;
  options.strength = 0.5;
  options.scheduler = "DDIMScheduler";
  expectCase("sd-1", "from-image", [&] {
    auto image = readPng(folders() / "sd-1/folder.png");
    EXPECT_TRUE(image.ok());
    options.image = *image;
    return options;
  }());
}

/// What ControlNets say of their images is added in the steps where they are
/// asked.
TEST_F(Diffusion, WithControlNets) {
  struct Case {
    const char *folder, *name;
    int64_t steps;
    double guidance;
    std::vector<Control> controls;
    bool guesses = false;
  };
  for (const Case &each : std::vector<Case>{
           {"sd-1", "control", 4, 7.5, {{.scale = 0.8}}},
           {"sd-1",
            "controls",
            4,
            7.5,
            {{.scale = 0.8, .end = 0.6}, {.scale = 0.5, .start = 0.4}}},
           {"sd-1",
            "controls-apart",
            3,
            7.5,
            {{.scale = 0.8, .start = 0.75},
             {.scale = 0.5, .start = 0.25, .end = 0.5}}},
           {"sd-1", "guess", 3, 7.5, {{}}, true},
           {"sd-1",
            "guess-unguided",
            2,
            1,
            {{.scale = 0.8}, {.scale = 0.5}},
            true},
           {"sd-xl", "control", 3, 5, {{}}},
           {"sd-xl",
            "controls",
            3,
            5,
            {{.scale = 0.8}, {.scale = 0.5, .end = 0.5}}},
           {"sd-xl", "guess", 2, 5, {{.scale = 0.8}, {.scale = 0.5}}, true}}) {
    SCOPED_TRACE(std::string(each.folder) + ", " + each.name);
    fs::path folder = folders() / each.folder;
    DiffusionOptions options;
    options.steps = each.steps;
    options.guidance = each.guidance;
    options.controls = each.controls;
    options.guessMode = each.guesses;
    std::vector<fs::path> nets;
    for (size_t i = 0; i < each.controls.size(); ++i) {
      std::string suffix = i == 0 ? "" : "-2";
      auto image = readPng(folder / ("control-image" + suffix + ".png"));
      ASSERT_TRUE(image.ok());
      options.controls[i].image = *image;
      // A folder may be given twice.
      fs::path net = folder / ("controlnet" + suffix);
      nets.push_back(fs::exists(net) ? net : folder / "controlnet");
    }
    expectCase(each.folder, each.name, options, {}, nets);
  }
}

TEST_F(Diffusion, RefusesImagesThatNoControlNetLooksAt) {
  fs::path controlNet = folders() / "sd-1/controlnet";
  auto messageOf =
      [&](const std::vector<fs::path> &nets, std::vector<Control> controls,
          const std::optional<Tensor> &image = {}, bool guesses = false) {
        DiffusionOptions options;
        options.steps = 1;
        options.controls = std::move(controls);
        options.image = image;
        options.guessMode = guesses;
        auto drawn = open("sd-1", {}, nets).generate(options);
        return drawn.ok() ? std::string() : drawn.error().message;
      };
  Tensor small(DataType::Float32, {3, 16, 16}),
      large(DataType::Float32, {3, 16, 24}),
      grey(DataType::Float32, {1, 16, 16});
  EXPECT_THAT(messageOf({}, {{small}}), HasSubstr("of which there is none"));
  EXPECT_THAT(messageOf({}, {}, {}, true),
              HasSubstr("guessing is for a ControlNet"));
  EXPECT_THAT(messageOf({controlNet}, {}),
              HasSubstr("controlnet: needs an image to look at"));
  EXPECT_THAT(
      messageOf({controlNet, folders() / "sd-1/controlnet-2"}, {{small}}),
      HasSubstr("controlnet-2: needs an image to look at"));
  EXPECT_THAT(messageOf({controlNet}, {{small}, {small}}),
              HasSubstr("2 images to look at are more than ControlNets, of "
                        "which there are 1"));
  EXPECT_THAT(messageOf({controlNet}, {{grey}}),
              HasSubstr("to look at is [3, height, width]"));
  EXPECT_THAT(messageOf({controlNet}, {Control()}),
              HasSubstr("to look at is [3, height, width]"));
  EXPECT_THAT(
      messageOf({controlNet}, {{small}}, large),
      HasSubstr("to begin with is 3x16x24, the one to look at 3x16x16"));
  EXPECT_THAT(messageOf({controlNet, controlNet}, {{small}, {large}}),
              HasSubstr("one image to look at is 3x16x16, another 3x16x24"));
  for (auto [start, end] : {std::pair(0.5, 0.5), std::pair(-0.5, 1.0),
                            std::pair(0.0, 1.5), std::pair(0.0, double(NAN))})
    EXPECT_THAT(
        messageOf({controlNet}, {{small, 1, start, end}}),
        HasSubstr("a ControlNet is asked in a share of the steps within 0"));
  EXPECT_THAT(messageOf({folders() / "sd-1/model/vae"}, {{small}}),
              HasSubstr("no dimension is named"));
  // Of another pipeline's size.
  EXPECT_THAT(messageOf({folders() / "sd-xl/controlnet"}, {{small}}),
              HasSubstr("sd-xl/controlnet: input 'encoder_hidden_states'"));
}

/// Files for the UNet and the text encoder: kohya's, with factors of
/// convolutions and alphas, and diffusers', without; LyCORIS' with LoHa, LoKr
/// and lengths of columns, and with lengths of rows.
TEST_F(Diffusion, WithAdapters) {
  for (const char *file : {"kohya", "diffusers", "lycoris", "dora"})
    expectCase(
        "sd-1", file, {.steps = 3},
        {{{folders() / "sd-1" / (std::string(file) + ".safetensors"), 0.8}}});
}

TEST_F(Diffusion, RefusesAdaptersOfOtherPipelines) {
  fs::path file = folders() / "sd-1/kohya.safetensors";
  CompileOptions options;
  options.adapters = {{{file}}};
  // Of other sizes.
  auto pipeline = DiffusionPipeline::open(folders() / "sd-2/model", options);
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().message;
  auto image = pipeline->generate({.steps = 1});
  ASSERT_FALSE(image.ok());
  EXPECT_THAT(image.error().message, HasSubstr("kohya.safetensors"));
  // Of no part of a pipeline.
  auto other =
      compile(fs::path(TENON_TEST_INPUTS) / "models/llama/model", options);
  ASSERT_TRUE(other.ok());
  Tensor ids(DataType::Int64, {1, 3});
  auto outputs = other->run({{"input_ids", ids}});
  ASSERT_FALSE(outputs.ok());
  EXPECT_THAT(outputs.error().message, HasSubstr("no part of"));
}

TEST_F(Diffusion, EqualSeedsGiveEqualImages) {
  DiffusionPipeline pipeline = open("sd-1");
  DiffusionOptions options;
  options.prompt = "a lighthouse";
  options.steps = 2;
  options.scheduler = "EulerAncestralDiscreteScheduler";
  auto first = pipeline.generate(options), again = pipeline.generate(options);
  options.seed = 7;
  auto other = pipeline.generate(options);
  ASSERT_TRUE(first.ok() && again.ok() && other.ok());
  auto isSame = [](const Tensor &a, const Tensor &b) {
    return std::memcmp(a.data(), b.data(), a.bytes()) == 0;
  };
  EXPECT_TRUE(isSame(*first, *again));
  EXPECT_FALSE(isSame(*first, *other));
  EXPECT_EQ(pipeline.statistics().modelCalls, 2);
}

TEST_F(Diffusion, StopsWhereItIsTold) {
  DiffusionPipeline pipeline = open("sd-1");
  DiffusionOptions options;
  options.steps = 4;
  options.onStep = [](size_t done, size_t) { return done < 2; };
  auto image = pipeline.generate(options);
  ASSERT_FALSE(image.ok());
  EXPECT_THAT(image.error().message, HasSubstr("stopped after step 2"));
}

TEST_F(Diffusion, RefusesWhatMakesNoImage) {
  DiffusionPipeline pipeline = open("sd-1");
  auto messageOf = [&](auto change) {
    DiffusionOptions options;
    options.steps = 2;
    change(options);
    auto image = pipeline.generate(options);
    return image.ok() ? std::string() : image.error().message;
  };
  using Options = DiffusionOptions;
  EXPECT_THAT(messageOf([](Options &o) { o.width = 15; }), HasSubstr("of 15"));
  EXPECT_THAT(messageOf([](Options &o) { o.height = 1 << 20; }),
              HasSubstr("pixels"));
  EXPECT_THAT(messageOf([](Options &o) { o.steps = 0; }), HasSubstr("steps"));
  EXPECT_THAT(messageOf([](Options &o) { o.guidance = NAN; }),
              HasSubstr("guidance"));
  EXPECT_THAT(messageOf([](Options &o) { o.scheduler = "FastScheduler"; }),
              HasSubstr("FastScheduler"));
  EXPECT_THAT(messageOf([](Options &o) {
                o.latents = Tensor(DataType::Float32, {1, 4, 8, 9});
              }),
              HasSubstr("1x4x8x8"));
  EXPECT_THAT(messageOf([](Options &o) {
                o.stepNoise = {Tensor(DataType::Float16, {1, 4, 8, 8})};
              }),
              HasSubstr("noise of a step"));
  EXPECT_THAT(messageOf([](Options &o) {
                o.image = Tensor(DataType::Float32, {1, 16, 16});
              }),
              HasSubstr("[3, height, width]"));
}

TEST_F(Diffusion, RefusesOtherFolders) {
  auto component = DiffusionPipeline::open(folders() / "unet-1/model");
  ASSERT_FALSE(component.ok());
  EXPECT_THAT(component.error().message, HasSubstr("model_index.json"));
}

TEST(Png, WritesWhatItReads) {
  TemporaryFolder folder;
  Tensor image(DataType::Float32, {3, 5, 7});
  for (int64_t i = 0; i < image.elements(); ++i)
    image.as<float>()[i] = static_cast<float>(i % 256) / 255;
  image.as<float>()[0] = -3;
  image.as<float>()[1] = 7;
  image.as<float>()[2] = NAN;
  fs::path file = folder.path() / "image.png";
  ASSERT_TRUE(writePng(file, image).ok());
  auto read = readPng(file);
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->shape(), image.shape());
  EXPECT_EQ(read->as<float>()[0], 0);
  EXPECT_EQ(read->as<float>()[1], 1);
  EXPECT_EQ(read->as<float>()[2], 0);
  for (int64_t i = 3; i < image.elements(); ++i)
    EXPECT_EQ(read->as<float>()[i], image.as<float>()[i]) << i;
}

TEST(Png, RefusesOthers) {
  TemporaryFolder folder;
  folder.write("text.png", "no image");
  EXPECT_FALSE(readPng(folder.path() / "text.png").ok());
  EXPECT_FALSE(readPng(folder.path() / "nowhere.png").ok());
  EXPECT_FALSE(
      writePng(folder.path() / "a.png", Tensor(DataType::Float32, {1, 5, 7}))
          .ok());
  EXPECT_FALSE(fs::exists(folder.path() / "a.png"));
}
