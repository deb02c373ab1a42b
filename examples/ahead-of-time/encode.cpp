// encode WEIGHTS TOKEN[:TYPE]...: runs the encoder that was linked in, for as
// many tokens as it was compiled for, and prints the first and the last number
// of each token's state.

#include <tenon/CompiledModel.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" const tenon::CompiledObject tenon_model;

static int complain(const tenon::Error &error) {
  std::fprintf(stderr, "encode: %s\n", error.message.c_str());
  return 2;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: encode WEIGHTS TOKEN[:TYPE]...\n");
    return 2;
  }
  tenon::LoadOptions options;
  options.weights = argv[1];
  tenon::Result<tenon::CompiledModel> model =
      tenon::CompiledModel::open(tenon_model, options);
  if (!model)
    return complain(model.error());

  int64_t count = argc - 2;
  tenon::Tensor ids(tenon::DataType::Int64, {1, count}),
      mask(tenon::DataType::Int64, {1, count}),
      types(tenon::DataType::Int64, {1, count});
  for (int64_t i = 0; i < count; ++i) {
    const char *type = std::strchr(argv[i + 2], ':');
    ids.as<int64_t>()[i] = std::atoll(argv[i + 2]);
    types.as<int64_t>()[i] = type ? std::atoll(type + 1) : 0;
    mask.as<int64_t>()[i] = 1;
  }
  auto outputs = model->run({{"input_ids", ids},
                             {"attention_mask", mask},
                             {"token_type_ids", types}});
  if (!outputs)
    return complain(outputs.error());
  std::printf("%s\n", model->processor().c_str());
  const tenon::Tensor &states = outputs.value().front();
  int64_t size = states.shape().back();
  for (int64_t i = 0; i < count; ++i)
    std::printf("%.3f %.3f\n", states.as<float>()[i * size],
                states.as<float>()[(i + 1) * size - 1]);
  return 0;
}
