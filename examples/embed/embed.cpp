// embed MODEL INPUTS EXPECTED: compiles a model, runs it from two threads at
// once, and prints how far each output is from the expected one.

#include <tenon/Tenon.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <thread>

using Tensors = std::vector<tenon::Tensor>;

static int complain(const tenon::Error &error) {
  std::fprintf(stderr, "embed: %s\n", error.message.c_str());
  return 2;
}

/// The largest difference between two float tensors; infinite where they are
/// not of one shape.
static float distance(const tenon::Tensor &a, const tenon::Tensor &b) {
  if (a.type() != tenon::DataType::Float32 || b.type() != a.type() ||
      a.shape() != b.shape())
    return INFINITY;
  float largest = 0;
  for (int64_t i = 0; i < a.elements(); ++i) {
    float difference = std::abs(a.as<float>()[i] - b.as<float>()[i]);
    largest = difference <= largest ? largest : difference;
  }
  return largest;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: embed MODEL INPUTS EXPECTED\n");
    return 2;
  }
  tenon::Result<tenon::Model> model = tenon::compile(argv[1]);
  if (!model)
    return complain(model.error());
  auto inputs = tenon::loadTensors(argv[2]);
  if (!inputs)
    return complain(inputs.error());
  auto expected = tenon::loadTensors(argv[3]);
  if (!expected)
    return complain(expected.error());

  tenon::Result<Tensors> results[2] = {Tensors(), Tensors()};
  std::thread other([&] { results[1] = model->run(*inputs); });
  results[0] = model->run(*inputs);
  other.join();

  bool good = true;
  for (const tenon::Result<Tensors> &result : results) {
    if (!result)
      return complain(result.error());
    for (size_t i = 0; i < result.value().size(); ++i) {
      const std::string &name = model->outputs()[i].name;
      auto match = std::find_if(expected->begin(), expected->end(),
                                [&](const tenon::NamedTensor &tensor) {
                                  return tensor.name == name;
                                });
      float apart = match == expected->end()
                        ? INFINITY
                        : distance(result.value()[i], match->tensor);
      std::printf("%s: largest difference %g\n", name.c_str(), apart);
      good &= apart < 1e-4f;
    }
  }
  return good ? 0 : 1;
}
