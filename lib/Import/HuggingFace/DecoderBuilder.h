//===- DecoderBuilder.h - What decoders' graphs are built with ------------===//
//
// One class, whose parts lie in files by meaning: DecoderGraph.cpp what all
// families share, DecoderLatent.cpp latent attention, DecoderExperts.cpp
// mixtures of experts.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_DECODERBUILDER_H
#define TENON_LIB_IMPORT_HUGGINGFACE_DECODERBUILDER_H

#include "Decoder.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace tenon::hugging_face {

class DecoderBuilder {
public:
  DecoderBuilder(mlir::OpBuilder &builder, DecoderFolder &folder,
                 const DecoderInputs &inputs)
      : builder(builder), folder(folder), config(folder.config), inputs(inputs),
        element(elementType(builder.getContext(), folder.weights.type())) {
    auto shape =
        mlir::cast<mlir::RankedTensorType>(inputs.ids.getType()).getShape();
    batch = shape[0];
    tokens = shape[1];
  }

  void prepareAngles(const RopeFrequencies &frequencies) {
    scoreAmplitude = frequencies.scoreAmplitude;
    std::tie(cosines, sines) =
        buildAngles(builder, at("rotary_emb"), frequencies, positions(),
                    frequencies.growth ? lengths() : mlir::Value(), element);
  }
  mlir::Value embeddings(mlir::Value ids);
  /// What hides tokens: the mask [batch, 1, 1, sequence] of those that are to
  /// be seen, or with caches the lengths up to which these hold anything.
  void prepareVisible();
  mlir::Value layer(int64_t number, mlir::Value states);
  /// Of each row the state of its last token: [batch, 1, hidden].
  mlir::Value lastStates(mlir::Value states);
  mlir::Value norm(const std::string &name, mlir::Value input, int64_t size) {
    return norm(name, input, size, config.epsilon);
  }
  mlir::Value logits(mlir::Value states);

private:
  mlir::Location at(const llvm::Twine &name) const {
    return mlir::NameLoc::get(builder.getStringAttr(name));
  }
  mlir::Value weight(const std::string &name, llvm::ArrayRef<int64_t> shape) {
    return folder.weights.get(builder, at(name), name, shape);
  }
  mlir::Value linear(const std::string &name, mlir::Value input, int64_t in,
                     int64_t out, bool isBiased) {
    return folder.weights.linear(builder, at(name), input, name, {out, in},
                                 isBiased);
  }
  mlir::Value reshape(mlir::Location loc, mlir::Value input,
                      llvm::ArrayRef<int64_t> shape) {
    mlir::Type own =
        mlir::cast<mlir::RankedTensorType>(input.getType()).getElementType();
    return mlir::tenon::ReshapeOp::create(
        builder, loc, mlir::RankedTensorType::get(shape, own), input);
  }
  mlir::Value inType(mlir::Location loc, mlir::Value value,
                     mlir::Type element) {
    mlir::ImplicitLocOpBuilder b(loc, builder);
    return mlir::tenon::createCast(b, value, element);
  }
  /// `value` for each row.
  mlir::Value integers(mlir::Location loc, int64_t value) {
    auto type = mlir::RankedTensorType::get({batch}, builder.getI64Type());
    return mlir::arith::ConstantOp::create(
        builder, loc,
        mlir::DenseElementsAttr::get(type, builder.getI64IntegerAttr(value)));
  }
  mlir::Value splat(mlir::Location loc, mlir::Value like, double value) {
    auto type = mlir::cast<mlir::RankedTensorType>(like.getType());
    return mlir::arith::ConstantOp::create(
        builder, loc,
        mlir::DenseElementsAttr::get(
            type, builder.getFloatAttr(type.getElementType(), value)));
  }
  mlir::Value positioned(const std::string &name, mlir::Value heads,
                         int64_t count);
  mlir::Value inRows(mlir::Location loc, mlir::Value lengths);
  mlir::Value lengths();
  mlir::Value positions();
  mlir::Value splitHeads(mlir::Location loc, mlir::Value input, int64_t count);
  mlir::Value norm(const std::string &name, mlir::Value input, int64_t size,
                   double epsilon);
  mlir::Value columns(mlir::Location loc, mlir::Value input, int64_t start,
                      int64_t size);
  std::pair<mlir::Value, mlir::Value>
  stored(mlir::Location loc, const Cache &cache, mlir::Value rows);
  mlir::Value attention(const std::string &prefix, int64_t number,
                        mlir::Value states);
  /// DeepSeek's (DecoderLatent.cpp).
  mlir::Value latentAttention(const std::string &prefix, int64_t number,
                              mlir::Value states);
  mlir::Value latentQuery(const std::string &prefix, mlir::Value states);
  std::pair<mlir::Value, mlir::Value>
  partsOfCache(mlir::Location loc, mlir::Value cache, int64_t size);
  mlir::Value turned(mlir::Location loc, mlir::Value heads, int64_t count);
  /// A gated layer of which `prefix` is all of its name.
  mlir::Value feedForward(const std::string &prefix, mlir::Value states,
                          int64_t intermediate);
  /// Experts, of which each token takes a few (DecoderExperts.cpp).
  mlir::Value mixture(const std::string &prefix, mlir::Value states);
  mlir::Value routerScores(const std::string &prefix, mlir::Value rows);
  mlir::Value withinBestGroups(mlir::Location loc, mlir::Value scores);
  std::pair<mlir::Value, mlir::Value> route(const std::string &prefix,
                                            mlir::Value rows);
  mlir::Value expertWeights(const std::string &prefix, const char *part,
                            int64_t out, int64_t in);

  mlir::OpBuilder &builder;
  DecoderFolder &folder;
  const DecoderConfig &config;
  const DecoderInputs &inputs;
  int64_t batch, tokens;
  mlir::Type element;
  mlir::Value cosines, sines, mask, validLengths;
  double scoreAmplitude = 1;
};

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_DECODERBUILDER_H
