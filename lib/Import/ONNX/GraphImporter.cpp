//===- GraphImporter.cpp - A model file's graph to a module ---------------===//

#include "GraphImporter.h"

#include "NodeAdapters.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failure;
using mlir::LogicalResult;

/// Tensors up to this size are read at once, and stand in the module as text.
static constexpr int64_t smallTensor = 1024;
/// Constants up to this size are read where an operator needs their contents.
static constexpr int64_t largestRead = int64_t(1) << 24;
/// A model that unrolls to more nodes is refused.
static constexpr int64_t mostNodes = 200000;

static std::string functionKey(llvm::StringRef domain, llvm::StringRef name) {
  return (domainOf(domain) + "::" + name).str();
}

GraphImporter::GraphImporter(mlir::MLIRContext &context, ModelFile &file,
                             const ImportOptions &options)
    : file(file), builder(&context), options(options), nodesLeft(mostNodes) {}

GraphImporter::~GraphImporter() = default;

LogicalResult GraphImporter::keep(Error error) {
  if (!firstError)
    firstError = std::move(error);
  return failure();
}

LogicalResult GraphImporter::fail(const llvm::Twine &message) {
  if (!firstError)
    firstError = Error{file.name() + ": " + message.str()};
  return failure();
}

//===----------------------------------------------------------------------===//
// The graph's frame: inputs, initializers, outputs
//===----------------------------------------------------------------------===//

LogicalResult GraphImporter::checkOpsets(Scope &scope) {
  auto opsets = std::make_shared<llvm::StringMap<int64_t>>();
  for (const onnx::OperatorSetIdProto &entry : file.model().opset_import()) {
    llvm::StringRef domain = domainOf(entry.domain());
    if (domain.empty() && entry.version() > newestOpset)
      return fail("the model uses opset " + llvm::Twine(entry.version()) +
                  ", the newest that Tenon knows is " +
                  llvm::Twine(newestOpset));
    if (entry.version() < 1)
      return fail("the model uses opset " + llvm::Twine(entry.version()));
    (*opsets)[domain] = entry.version();
  }
  if (file.model().opset_import().empty()) {
    if (file.model().ir_version() >= 3)
      return fail("the model does not say which opset it uses");
    // Before IR version 3 a model named no operator sets.
    (*opsets)[""] = 1;
  }
  scope.opsets = std::move(opsets);
  return mlir::success();
}

LogicalResult GraphImporter::addInputs(Scope &scope) {
  Result<Signature> signature = signatureOf(file, options);
  if (!signature) {
    firstError = signature.error();
    return failure();
  }
  auto shapes = resolveShapes(file, signature->inputs, options);
  if (!shapes) {
    firstError = shapes.error();
    return failure();
  }
  auto isGiven = [&](const Port &port) {
    return !port.optional || options.inputShapes.count(port.name) ||
           options.inputValues.count(port.name);
  };

  llvm::SmallVector<mlir::Type> types;
  llvm::SmallVector<const Port *> ports;
  for (auto [port, shape] : llvm::zip_equal(signature->inputs, *shapes)) {
    if (!isGiven(port))
      continue;
    types.push_back(mlir::RankedTensorType::get(
        shape, elementType(builder.getContext(), port.type)));
    ports.push_back(&port);
  }
  mlir::Location loc = builder.getUnknownLoc();
  module = mlir::ModuleOp::create(loc);
  builder.setInsertionPointToStart(module->getBody());
  step = mlir::func::FuncOp::create(builder, loc, "step",
                                    builder.getFunctionType(types, {}));
  builder.setInsertionPointToStart(step.addEntryBlock());

  for (auto [i, port] : llvm::enumerate(ports)) {
    step.setArgAttr(i, "tenon.name", builder.getStringAttr(port->name));
    step.setArgAttr(i, "tenon.dtype",
                    builder.getStringAttr(tenon::name(port->type)));
    if (isAdapterPort(*port, options)) {
      adapters->setRows(step.getArgument(i));
      continue;
    }
    ValueRef value = GraphValue::computed(step.getArgument(i), port->type);
    value->name = port->name;
    auto given = options.inputValues.find(port->name);
    if (given != options.inputValues.end()) {
      if (given->second.type() != port->type)
        return fail("input '" + port->name + "' is given as " +
                    std::string(tenon::name(given->second.type())) +
                    ", the model declares " +
                    std::string(tenon::name(port->type)));
      evaluator.assume(step.getArgument(i), given->second);
    }
    if (!scope.define(port->name, value))
      return fail("two inputs are named '" + port->name + "'");
  }
  return mlir::success();
}

LogicalResult GraphImporter::addInitializers(const onnx::GraphProto &graph,
                                             Scope &scope) {
  std::set<std::string> names;
  auto define = [&](const std::string &name, ValueRef value) {
    value->name = name;
    if (!names.insert(name).second)
      return fail("two initializers are named '" + name + "'");
    // An input that the caller gives goes before its default.
    scope.define(name, std::move(value));
    return mlir::success();
  };
  for (const onnx::TensorProto &tensor : graph.initializer()) {
    Result<onnx_import::StoredTensor> stored = file.locate(tensor);
    if (!stored)
      return keep(stored.error());
    ValueRef value = std::make_shared<GraphValue>();
    value->tensor.type = stored->type;
    bool wholeBytes =
        stored->type != DataType::Int4 && stored->type != DataType::UInt4;
    if (stored->inFile() && stored->elements > smallTensor && wholeBytes) {
      value->stored = std::move(*stored);
    } else {
      Result<Tensor> loaded = file.load(*stored);
      if (!loaded)
        return keep(loaded.error());
      value->tensor.constant = std::move(*loaded);
    }
    if (adapters)
      adaptParameter(*value, tensor.name());
    if (mlir::failed(define(tensor.name(), value)))
      return failure();
  }
  for (const onnx::SparseTensorProto &sparse : graph.sparse_initializer()) {
    Result<Tensor> dense = file.densify(sparse);
    if (!dense)
      return keep(dense.error());
    if (mlir::failed(
            define(sparse.values().name(), GraphValue::constant(*dense))))
      return failure();
  }
  return mlir::success();
}

LogicalResult GraphImporter::addOutputs(const onnx::GraphProto &graph,
                                        Scope &scope) {
  llvm::SmallVector<mlir::Value> results;
  llvm::SmallVector<ValueRef> values;
  for (const onnx::ValueInfoProto &info : graph.output()) {
    ValueRef value = scope.lookup(info.name());
    if (!value)
      return fail("nothing computes the output '" + info.name() + "'");
    if (value->kind != GraphValue::Kind::Tensor)
      return fail("unsupported: output '" + info.name() +
                  "' (it is a sequence or an optional)");
    materialize(*value);
    results.push_back(value->tensor.value);
    values.push_back(value);
  }
  mlir::func::ReturnOp::create(builder, builder.getUnknownLoc(), results);
  step.setFunctionType(builder.getFunctionType(
      step.getArgumentTypes(), mlir::ValueRange(results).getTypes()));
  for (auto [i, value] : llvm::enumerate(values)) {
    step.setResultAttr(i, "tenon.name",
                       builder.getStringAttr(graph.output(i).name()));
    step.setResultAttr(i, "tenon.dtype",
                       builder.getStringAttr(tenon::name(value->tensor.type)));
  }
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

int64_t GraphValue::elementCount() const {
  if (tensor.value)
    return tensor.tensorType().getNumElements();
  if (tensor.constant)
    return tensor.constant->elements();
  return stored ? stored->elements : 0;
}

ValueRef GraphValue::constant(Tensor contents) {
  ValueRef value = std::make_shared<GraphValue>();
  value->tensor.type = contents.type();
  value->tensor.constant = std::move(contents);
  return value;
}

ValueRef GraphValue::computed(mlir::Value result, DataType type) {
  ValueRef value = std::make_shared<GraphValue>();
  value->tensor.value = result;
  value->tensor.type = type;
  return value;
}

ValueRef GraphValue::list(Kind kind, std::vector<ValueRef> elements) {
  ValueRef value = std::make_shared<GraphValue>();
  value->kind = kind;
  value->elements = std::move(elements);
  return value;
}

void GraphImporter::materialize(GraphValue &value) {
  if (value.tensor.value)
    return;
  mlir::Location loc = builder.getUnknownLoc();
  if (!value.name.empty())
    loc = mlir::NameLoc::get(builder.getStringAttr(value.name));
  if (value.tensor.constant) {
    value.tensor.value = constantTensor(builder, loc, *value.tensor.constant);
    return;
  }
  const onnx_import::StoredTensor &stored = *value.stored;
  auto type = mlir::RankedTensorType::get(
      stored.shape, elementType(builder.getContext(), stored.type));
  value.tensor.value = mlir::tenon::WeightOp::create(
      builder, loc, type, stored.name, stored.path.string(), stored.offset);
}

/// Of a parameter that an adapter changes, the changed one: nothing may look at
/// the contents of the file then.
void GraphImporter::adaptParameter(GraphValue &value, const std::string &name) {
  if (value.tensor.type != DataType::Float32 &&
      value.tensor.type != DataType::Float16 &&
      value.tensor.type != DataType::BFloat16)
    return;
  GraphValue plain = value;
  plain.name = name;
  materialize(plain);
  mlir::Value own = plain.tensor.value;
  mlir::Value adapted =
      adapters->adaptParameter(builder, own.getLoc(), own, name);
  if (adapted == own) {
    own.getDefiningOp()->erase();
    return;
  }
  value.tensor.value = adapted;
  value.tensor.constant = std::nullopt;
  value.stored = std::nullopt;
}

GraphImporter::Known GraphImporter::contentsOf(GraphValue &value) {
  Known known;
  if (value.kind != GraphValue::Kind::Tensor)
    return known;
  if (!value.tensor.constant && value.stored &&
      value.stored->elements <= largestRead)
    if (Result<Tensor> loaded = file.load(*value.stored))
      value.tensor.constant = std::move(*loaded);
  if (value.tensor.constant || value.stored) {
    known.contents = value.tensor.constant;
    return known;
  }
  auto nameOf = [&](unsigned argument) {
    return step.getArgAttrOfType<mlir::StringAttr>(argument, "tenon.name")
        .str();
  };
  const Evaluator::Outcome &outcome = evaluator.evaluate(value.tensor.value);
  if (outcome.missingArgument)
    known.missingInput = nameOf(*outcome.missingArgument);
  if (!outcome.contents)
    return known;
  for (unsigned argument : outcome.arguments)
    known.inputs.insert(nameOf(argument));
  known.contents = outcome.contents->toTensor(value.tensor.type);
  return known;
}

void GraphImporter::specialise(const std::set<std::string> &inputs) {
  specialisedInputs.insert(inputs.begin(), inputs.end());
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

LogicalResult GraphImporter::importMain() {
  const onnx::GraphProto &graph = file.model().graph();
  for (const onnx::FunctionProto &function : file.model().functions())
    functions[functionKey(function.domain(), function.name())] = &function;
  if (!options.adapters.sources.empty() ||
      options.adapters.form == AdapterForm::ByRow) {
    Result<NodeAdapters> opened = NodeAdapters::open(options.adapters, graph);
    if (!opened)
      return keep(opened.error());
    adapters = std::make_unique<NodeAdapters>(std::move(*opened));
  }
  Scope scope(nullptr);
  if (mlir::failed(checkOpsets(scope)) || mlir::failed(addInputs(scope)) ||
      mlir::failed(addInitializers(graph, scope)) ||
      mlir::failed(importNodes(graph.node(), scope)) ||
      mlir::failed(addOutputs(graph, scope)))
    return failure();
  if (adapters)
    if (Status status = adapters->finish(); !status)
      return keep(status.error());
  return mlir::success();
}

/// Erases what nothing uses: weights and arithmetic that folded away.
static void eraseDeadOps(mlir::Block &block) {
  for (mlir::Operation &op :
       llvm::make_early_inc_range(llvm::reverse(block.getOperations())))
    if (mlir::isOpTriviallyDead(&op))
      op.erase();
}

/// The name of a location of the model, if it has one.
static std::string placeOf(mlir::Location loc) {
  if (auto named = mlir::dyn_cast<mlir::NameLoc>(loc))
    return "node '" + named.getName().str() + "': ";
  return "";
}

Result<ImportedModel> GraphImporter::run() {
  mlir::ScopedDiagnosticHandler handler(
      builder.getContext(), [&](mlir::Diagnostic &reported) {
        if (reported.getSeverity() == mlir::DiagnosticSeverity::Error &&
            diagnostic.empty())
          diagnostic = placeOf(reported.getLocation()) + reported.str();
        return mlir::success();
      });
  if (mlir::failed(importMain()))
    return *firstError;
  eraseDeadOps(step.getBody().front());
  if (mlir::failed(mlir::verify(*module)))
    return Error{file.name() + ": " + diagnostic};

  ImportedModel imported;
  imported.module = std::move(module);
  imported.specialisedInputs.assign(specialisedInputs.begin(),
                                    specialisedInputs.end());
  return imported;
}

Result<ImportedModel> tenon::importOnnx(mlir::MLIRContext &context,
                                        const std::filesystem::path &model,
                                        const ImportOptions &options) {
  Result<ModelFile> file = ModelFile::open(model);
  if (!file)
    return file.error();
  context.loadDialect<mlir::tenon::TenonDialect, mlir::arith::ArithDialect,
                      mlir::math::MathDialect, mlir::func::FuncDialect,
                      mlir::tensor::TensorDialect>();
  return GraphImporter(context, *file, options).run();
}
