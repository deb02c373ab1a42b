//===- ImageBlocks.h - What UNets and autoencoders are built of -----------===//

#ifndef TENON_LIB_IMPORT_DIFFUSERS_IMAGEBLOCKS_H
#define TENON_LIB_IMPORT_DIFFUSERS_IMAGEBLOCKS_H

#include "Component.h"

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace tenon::diffusers {

/// Builds the layers of diffusers by the names of their weights. Images are
/// [batch, channels, height, width].
class ImageBlocks {
public:
  ImageBlocks(mlir::OpBuilder &builder, WeightScope &weights, int64_t groups,
              double epsilon)
      : builder(builder), weights(weights), groups(groups), epsilon(epsilon) {}

  mlir::Location at(const llvm::Twine &name) const {
    return mlir::NameLoc::get(builder.getStringAttr(name));
  }
  static llvm::ArrayRef<int64_t> shapeOf(mlir::Value value) {
    return mlir::cast<mlir::RankedTensorType>(value.getType()).getShape();
  }
  mlir::Value add(const llvm::Twine &name, mlir::Value a, mlir::Value b) {
    return mlir::arith::AddFOp::create(builder, at(name), a, b);
  }
  mlir::Value silu(const llvm::Twine &name, mlir::Value input);
  /// Columns [start, start + size) of axis 1 or the last one.
  mlir::Value part(const llvm::Twine &name, mlir::Value input, int64_t axis,
                   int64_t start, int64_t size);

  mlir::Value linear(const std::string &name, mlir::Value input, int64_t out,
                     bool isBiased = true);
  /// A square window of `size`, padded by the same everywhere.
  mlir::Value conv(const std::string &name, mlir::Value input, int64_t out,
                   int64_t size = 3, int64_t stride = 1, int64_t padding = 1);
  mlir::Value groupNorm(const std::string &name, mlir::Value input) {
    return groupNorm(name, input, epsilon);
  }
  mlir::Value groupNorm(const std::string &name, mlir::Value input,
                        double epsilon);
  mlir::Value layerNorm(const std::string &name, mlir::Value input);

  /// Two convolutions and what goes past them; `time` [batch, size] is the
  /// embedding of the time after its activation, or null.
  mlir::Value resnet(const std::string &prefix, mlir::Value input, int64_t out,
                     mlir::Value time);
  /// Halves an image. Without padding there is a line more to the right and
  /// below (SEMANTICS D17).
  mlir::Value downsample(const std::string &prefix, mlir::Value input,
                         int64_t padding);
  /// Doubles an image, or brings it to the size of another one.
  mlir::Value upsample(const std::string &prefix, mlir::Value input,
                       std::optional<std::pair<int64_t, int64_t>> size);

  /// [batch, channels, height, width] as [batch, pixels, channels], and back.
  mlir::Value toTokens(const llvm::Twine &name, mlir::Value image);
  mlir::Value toImage(const llvm::Twine &name, mlir::Value tokens,
                      int64_t height, int64_t width);
  mlir::Value attend(const llvm::Twine &name, mlir::Value query,
                     mlir::Value key, mlir::Value value, int64_t heads);

  mlir::OpBuilder &builder;
  WeightScope &weights;

private:
  mlir::Value weight(const std::string &name, llvm::ArrayRef<int64_t> shape) {
    return weights.get(builder, at(name), name, shape);
  }

  int64_t groups;
  double epsilon;
};

} // namespace tenon::diffusers

#endif // TENON_LIB_IMPORT_DIFFUSERS_IMAGEBLOCKS_H
