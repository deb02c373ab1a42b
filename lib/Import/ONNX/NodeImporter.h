//===- NodeImporter.h - What an operator's importer sees ------------------===//
//
// One ONNX operator family is one file of importers: functions of a Node that
// read its inputs and attributes, build IR, and set its outputs.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_NODEIMPORTER_H
#define TENON_LIB_IMPORT_ONNX_NODEIMPORTER_H

#include "tenon/IR/Create.h"
#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"
#include "tenon/Runtime/Tensor.h"

#include "llvm/ADT/StringSet.h"
#include "onnx.pb.h"

namespace tenon::onnx_import {

class GraphImporter;
class Scope;
struct GraphValue;

/// A value of the graph: its SSA value, its ONNX element type (MLIR's is
/// signless), and where it is known at import its contents.
struct OnnxValue {
  mlir::Value value;
  DataType type = DataType::Float32;
  std::optional<Tensor> constant;

  mlir::RankedTensorType tensorType() const {
    return mlir::cast<mlir::RankedTensorType>(value.getType());
  }
  llvm::ArrayRef<int64_t> shape() const { return tensorType().getShape(); }
  int64_t rank() const { return tensorType().getRank(); }
};

/// A node while it is imported. The functions that fail have already said why.
class Node {
public:
  Node(GraphImporter &graph, Scope &scope, const onnx::NodeProto &proto,
       int64_t opset, mlir::OpBuilder &builder, mlir::Location loc)
      : graph(graph), proto(proto), opset(opset), builder(builder), loc(loc),
        scope(scope) {}

  // Inputs.
  size_t inputCount() const;
  /// Whether input `i` is given (named, not the empty name).
  bool has(size_t i) const;
  /// Input `i`; call only where has(i).
  const OnnxValue &input(size_t i) const;
  /// The contents of input `i`. Where it is a graph input, the model becomes
  /// specialised by its value. Fails with "unsupported: <op> (<what> depends on
  /// data)" where it cannot be known.
  mlir::FailureOr<Tensor> constant(size_t i, llvm::StringRef what) const;
  /// The same as integers (int32 or int64 tensors of any rank, flattened).
  mlir::FailureOr<llvm::SmallVector<int64_t>>
  constantInts(size_t i, llvm::StringRef what) const;
  /// The same as doubles (float tensors).
  mlir::FailureOr<llvm::SmallVector<double>>
  constantFloats(size_t i, llvm::StringRef what) const;

  // Attributes; the second argument is the default.
  bool hasAttribute(llvm::StringRef name) const;
  int64_t intAttribute(llvm::StringRef name, int64_t otherwise) const;
  double floatAttribute(llvm::StringRef name, double otherwise) const;
  std::string stringAttribute(llvm::StringRef name,
                              llvm::StringRef otherwise) const;
  llvm::SmallVector<int64_t>
  intsAttribute(llvm::StringRef name,
                llvm::ArrayRef<int64_t> otherwise = {}) const;
  llvm::SmallVector<double> floatsAttribute(llvm::StringRef name) const;
  const onnx::AttributeProto *attribute(llvm::StringRef name) const;

  // Outputs.
  size_t outputCount() const;
  /// Whether output `i` is asked for.
  bool wants(size_t i) const;
  void setOutput(size_t i, mlir::Value value, DataType type);
  void setOutput(size_t i, OnnxValue value);

  /// "<file>: node '<name>' (<op>): <message>"; always failure.
  mlir::LogicalResult error(const llvm::Twine &message) const;
  /// "<file>: node '<name>': unsupported: <op> (<why>)"; always failure.
  mlir::LogicalResult unsupported(const llvm::Twine &why) const;

  /// Creates an op whose result types are inferred. Inference that refuses a
  /// damaged model fails here, where `Op::create` would end the process; what
  /// it reports becomes the node's error. The arguments are those of
  /// `Op::create` without builder, location and result types:
  ///
  ///   auto conv = node.create<mlir::tenon::ConvOp>(input, weight, ...);
  ///   if (failed(conv)) return failure();
  ///   node.setOutput(0, conv->getResult(), type);
  template <typename OpTy, typename... Args>
  mlir::FailureOr<OpTy> create(Args &&...args) const {
    return mlir::tenon::createChecked<OpTy>(builder, loc,
                                             std::forward<Args>(args)...);
  }

  GraphImporter &graph;
  const onnx::NodeProto &proto;
  int64_t opset; ///< of the node's domain
  mlir::OpBuilder &builder;
  mlir::Location loc;
  Scope &scope; ///< the names that the node sees

private:
  friend class GraphImporter;
  /// The names that attribute() was called with.
  mutable llvm::StringSet<> askedAttributes;
  /// Null where not given, and not asked for or not set yet.
  std::vector<std::shared_ptr<GraphValue>> inputs, outputs;
};

using NodeHandler = mlir::LogicalResult (*)(Node &);

/// Operators by "domain::Name" ("::Conv", "com.microsoft::Gelu").
using OperatorTable = llvm::StringMap<NodeHandler>;

// Each family adds its operators.
void addElementwise(
    OperatorTable &table); // arithmetic, comparison, logic, math, Where, Clip,
                           // Mod, Pow, BitShift...
void addMath(OperatorTable &table); // functions of one value (with Elementwise)
void addActivations(OperatorTable &table); // Relu ... Softmax family, Hardmax
void addCasts(OperatorTable &table);       // Cast, CastLike, BitCast,
                                     // Quantize/Dequantize, DynamicQuantize
void addQuantization(OperatorTable &table); // (with Casts)
void addShapes(
    OperatorTable &table); // Shape, Size, Reshape, Transpose, Squeeze, Expand,
                           // Tile, Concat, Split, Slice, Pad, ...
void addSlices(OperatorTable &table);   // Slice, Split, Pad (with Shapes)
void addIndexing(OperatorTable &table); // Gather*, Scatter*, OneHot, TopK,
                                        // Trilu, EyeLike, ...
void addSelection(
    OperatorTable &table); // OneHot, TopK, NonZero (with Indexing)
void addReductions(
    OperatorTable &table); // Reduce*, ArgMax, ArgMin, CumSum, CumProd
void addConstants(OperatorTable &table); // Constant, ConstantOfShape, Range,
                                         // RandomNormal-free
void addLinear(
    OperatorTable &table); // MatMul, Gemm, Einsum, MatMulInteger, QLinearMatMul
void addNorms(
    OperatorTable &table); // Batch/Instance/Layer/Group/RMS/Lp/MeanVariance
                           // normalization, LRN
void addAttention(
    OperatorTable &table); // Attention, RotaryEmbedding, com.microsoft forms
void addConvolutions(OperatorTable &table); // Conv, ConvTranspose, ConvInteger,
                                            // QLinearConv, DeformConv, Col2Im
void addPooling(OperatorTable &table); // Max/Average/Lp pools, global pools,
                                       // MaxUnpool, MaxRoiPool, RoiAlign
void addResampling(
    OperatorTable &table); // Resize, Upsample, DepthToSpace, SpaceToDepth,
                           // GridSample, AffineGrid, CenterCropPad
void addRecurrent(OperatorTable &table); // RNN, LSTM, GRU, unrolled
void addSignal(OperatorTable &table);    // windows, DFT, STFT, MelWeightMatrix
void addControlFlow(OperatorTable &table); // If, Loop, Scan with what is known
                                           // at import, SequenceMap...
void addSequences(
    OperatorTable &table);            // sequences, optionals (with ControlFlow)
void addLosses(OperatorTable &table); // over classes

// Building blocks that several families use (Builders.cpp).

/// `value` broadcast to `shape` by NumPy's rules (itself where it has that
/// shape already).
mlir::Value broadcastTo(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value value, llvm::ArrayRef<int64_t> shape);
/// The common shape of two operands; failure where they do not broadcast.
mlir::FailureOr<llvm::SmallVector<int64_t>>
broadcastShape(llvm::ArrayRef<int64_t> a, llvm::ArrayRef<int64_t> b);
mlir::Value reshapeTo(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value value, llvm::ArrayRef<int64_t> shape);
/// A splat constant of `type` (`value` converted; integers and bool too).
mlir::Value splat(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::RankedTensorType type, double value);
mlir::Value splatInt(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::RankedTensorType type, int64_t value);
mlir::Value castTo(mlir::OpBuilder &builder, mlir::Location loc,
                   const OnnxValue &value, DataType type, bool saturate = true);
/// An arith.constant with the contents of `tensor`.
mlir::Value constantTensor(mlir::OpBuilder &builder, mlir::Location loc,
                           const Tensor &tensor);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_NODEIMPORTER_H
