//===- NodeAdapters.h - Adapters of the layers of a model file ------------===//
//
// An adapter names modules, a model file initializers and nodes. A node's
// module is the one of its weight's initializer (`encoder.0.proj.weight`,
// through what exporters put between), or else that of its own name
// (`/encoder.0/proj/MatMul`) or of the scopes that PyTorch's exporter notes.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_NODEADAPTERS_H
#define TENON_LIB_IMPORT_ONNX_NODEADAPTERS_H

#include "GraphValue.h"

#include "AdapterSet.h"

namespace tenon::onnx_import {

/// How the weight of a node lies.
enum class WeightKind { Transposed, Matrix, Table, Kernel, TransposedKernel };

/// A node that multiplies by a weight.
struct AdaptedLayer {
  size_t input; ///< which of the node's is the weight
  WeightKind kind;
  bool isQuantized; ///< the weight has few bits
  bool isBeside;    ///< its adapters go beside its product
  std::vector<std::string> modules;
};

class NodeAdapters {
public:
  static Result<NodeAdapters> open(const AdapterOptions &options,
                                   const onnx::GraphProto &graph);

  /// An initializer of these names with what takes its place or, of a bias, is
  /// added to it; the value itself where that is nothing.
  mlir::Value adaptParameter(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value value, llvm::StringRef name);
  /// What a node is to adapters, where it is a layer.
  std::optional<AdaptedLayer> layerOf(const Node &node);
  /// The weight that a layer is to have in place of its own; none where it has
  /// its adapters beside it.
  std::optional<OnnxValue> adaptWeight(const Node &node,
                                       const AdaptedLayer &layer);
  /// The first output of a layer with the adapters that it has beside it.
  mlir::Value adaptResult(const Node &node, const AdaptedLayer &layer,
                          mlir::Value result);

  /// Where adapters go by rows, the one of each row of the batch [batch].
  void setRows(mlir::Value rows) { set.setRows(rows); }
  Status finish() const { return set.finish(); }

private:
  explicit NodeAdapters(AdapterSet set) : set(std::move(set)) {}
  bool isBeside(const Node &node, const AdaptedLayer &layer);

  AdapterSet set;
  llvm::StringMap<const onnx::NodeProto *> producers;
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_NODEADAPTERS_H
