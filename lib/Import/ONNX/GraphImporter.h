//===- GraphImporter.h - A model file's graph to a module -----------------===//

#ifndef TENON_LIB_IMPORT_ONNX_GRAPHIMPORTER_H
#define TENON_LIB_IMPORT_ONNX_GRAPHIMPORTER_H

#include "Evaluator.h"
#include "GraphValue.h"
#include "Signature.h"

#include "tenon/Import/Import.h"

#include <set>

namespace tenon::onnx_import {

/// The newest opset of ai.onnx whose operators are known.
inline constexpr int64_t newestOpset = 28;

/// A domain under its short name: ai.onnx is the empty one.
inline llvm::StringRef domainOf(llvm::StringRef domain) {
  return domain == "ai.onnx" ? llvm::StringRef() : domain;
}

/// Every operator of every family.
const OperatorTable &operatorTable();

class NodeAdapters;
struct AdaptedLayer;

/// Imports one model. All graphs (branches, loop bodies, functions) are laid
/// out one after another in the one block of @step.
class GraphImporter {
public:
  GraphImporter(mlir::MLIRContext &context, ModelFile &file,
                const ImportOptions &options);

  ~GraphImporter();

  Result<ImportedModel> run();

  using Nodes = google::protobuf::RepeatedPtrField<onnx::NodeProto>;

  // For handlers of nodes that hold graphs.

  /// Imports the graph of an attribute with `inputs` for its inputs.
  mlir::LogicalResult importSubgraph(const Node &node,
                                     const onnx::GraphProto &graph,
                                     llvm::ArrayRef<ValueRef> inputs,
                                     llvm::SmallVectorImpl<ValueRef> &outputs);
  /// Input `i` of a node, of any kind; null where it is not given.
  ValueRef inputOf(const Node &node, size_t i) const;
  void setOutputOf(Node &node, size_t i, ValueRef value);
  /// Fills in the `value` of a tensor.
  void materialize(GraphValue &value);
  /// Contents that are known at import: those of constants, and what follows
  /// from them and from the values given for graph inputs.
  struct Known {
    std::optional<Tensor> contents;
    /// Inputs whose given values these contents rest on.
    std::set<std::string> inputs;
    /// Where there are no contents: an input whose value would be needed.
    std::string missingInput;
  };
  Known contentsOf(GraphValue &value);
  /// From now on the program depends on the values of these inputs.
  void specialise(const std::set<std::string> &inputs);

  /// Keeps the first error; always failure.
  mlir::LogicalResult fail(const llvm::Twine &message);
  bool failed() const { return firstError.has_value(); }

  ModelFile &file;
  mlir::OpBuilder builder;

private:
  mlir::LogicalResult importMain();
  mlir::LogicalResult checkOpsets(Scope &scope);
  mlir::LogicalResult addInputs(Scope &scope);
  mlir::LogicalResult addInitializers(const onnx::GraphProto &graph,
                                      Scope &scope);
  mlir::LogicalResult addOutputs(const onnx::GraphProto &graph, Scope &scope);

  mlir::LogicalResult importNodes(const Nodes &nodes, Scope &scope);
  mlir::LogicalResult importNode(const onnx::NodeProto &proto, int64_t index,
                                 Scope &scope);
  mlir::LogicalResult importOperator(Node &node, llvm::StringRef key);
  mlir::LogicalResult keep(Error error);
  void adaptParameter(GraphValue &value, const std::string &name);
  void adaptWeight(Node &node, const AdaptedLayer &layer);
  void adaptResult(Node &node, const AdaptedLayer &layer);
  mlir::LogicalResult refuseUnreadAttributes(const Node &node);
  mlir::LogicalResult importCall(Node &node,
                                 const onnx::FunctionProto &function);
  void foldOutputs(Node &node);
  mlir::LogicalResult defineOutputs(Node &node);

  const ImportOptions &options;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp step;
  Evaluator evaluator;
  llvm::StringMap<const onnx::FunctionProto *> functions;
  std::unique_ptr<NodeAdapters> adapters;
  std::set<std::string> specialisedInputs;
  std::optional<Error> firstError;
  std::string diagnostic; ///< what MLIR reported last
  int64_t nodesLeft;      ///< unrolling ends where this does
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_GRAPHIMPORTER_H
