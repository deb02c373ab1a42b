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

class NodeAdapters {
public:
  static Result<NodeAdapters> open(const AdapterOptions &options,
                                   const onnx::GraphProto &graph);

  /// An initializer of these names with what takes its place or, of a bias, is
  /// added to it; the value itself where that is nothing.
  mlir::Value adaptParameter(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value value, llvm::StringRef name);
  /// The weight that a node is to have in place of its own, and which input
  /// that is; none where it is no layer, or has its adapters beside it.
  std::optional<std::pair<size_t, OnnxValue>> adaptWeight(const Node &node);
  /// The first output of a node with the adapters that it has beside it.
  mlir::Value adaptResult(const Node &node, mlir::Value result);

  Status finish() const { return set.finish(); }

private:
  explicit NodeAdapters(AdapterSet set, AdapterForm form)
      : set(std::move(set)), form(form) {}
  struct Layer;
  std::optional<Layer> layerOf(const Node &node) const;

  AdapterSet set;
  AdapterForm form;
  llvm::StringMap<const onnx::NodeProto *> producers;
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_NODEADAPTERS_H
