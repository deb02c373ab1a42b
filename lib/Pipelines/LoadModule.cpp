//===- LoadModule.cpp - Any model file to a module ------------------------===//

#include "tenon/Pipelines/LoadModule.h"
#include "tenon/IR/ElementTypes.h"
#include "tenon/Pipelines/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"

using namespace mlir;
using namespace tenon;

static bool isMlir(const std::filesystem::path &model) {
  return model.extension() == ".mlir" || model.extension() == ".mlirbc";
}

std::unique_ptr<MLIRContext> tenon::createContext() {
  DialectRegistry registry;
  registerAll(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerNVVMDialectTranslation(registry);
  auto context =
      std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->getDiagEngine().registerHandler(
      [](Diagnostic &) { return llvm::success(); });
  return context;
}

static Result<OwningOpRef<ModuleOp>> parse(MLIRContext &context,
                                           const std::filesystem::path &path) {
  std::string messages;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream(messages)
        << diagnostic.getLocation() << ": " << diagnostic << "; ";
    return llvm::success();
  });
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(path.string(), ParserConfig(&context));
  if (!module)
    return Error{path.string() + ": " + messages};
  return module;
}

static Result<Port> portOf(Type type, DictionaryAttr attributes,
                           std::string fallback) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return Error{"'" + fallback + "' is not a ranked tensor"};
  Port port;
  port.name = std::move(fallback);
  std::optional<DataType> dataType = dataTypeOf(tensor.getElementType());
  if (attributes) {
    if (auto name = attributes.getAs<StringAttr>("tenon.name"))
      port.name = name.str();
    port.updated = attributes.contains("tenon.updated");
    if (auto name = attributes.getAs<StringAttr>("tenon.dtype"))
      dataType = dataTypeByName(name.getValue());
  }
  if (!dataType)
    return Error{"'" + port.name +
                 "' has an element type that cannot cross the interface"};
  port.type = *dataType;
  for (int64_t size : tensor.getShape()) {
    port.shape.push_back(ShapedType::isDynamic(size) ? -1 : size);
    port.symbols.emplace_back();
  }
  return port;
}

static Result<Signature> signatureOf(const std::filesystem::path &model,
                                     const std::string &name) {
  std::unique_ptr<MLIRContext> context = createContext();
  Result<OwningOpRef<ModuleOp>> module = parse(*context, model);
  if (!module)
    return module.error();
  auto function = (**module).lookupSymbol<func::FuncOp>(name);
  if (!function || function.isExternal())
    return Error{model.string() + ": there is no function '" + name + "'"};
  Signature signature;
  for (unsigned index = 0; index < function.getNumArguments(); ++index) {
    if (function.getArgAttr(index, "tenon.prepared"))
      continue;
    Result<Port> port =
        portOf(function.getArgumentTypes()[index],
               function.getArgAttrDict(index), "arg" + std::to_string(index));
    if (!port)
      return Error{model.string() + ": " + port.error().message};
    signature.inputs.push_back(std::move(*port));
  }
  for (unsigned index = 0; index < function.getNumResults(); ++index) {
    Result<Port> port = portOf(function.getResultTypes()[index],
                               function.getResultAttrDict(index),
                               "result" + std::to_string(index));
    if (!port)
      return Error{model.string() + ": " + port.error().message};
    signature.outputs.push_back(std::move(*port));
  }
  return signature;
}

Result<Signature> tenon::loadSignature(const std::filesystem::path &model,
                                       const std::string &function,
                                       const ImportOptions &options) {
  return isMlir(model) ? signatureOf(model, function)
                       : readSignature(model, options);
}

Result<ImportedModel> tenon::loadModule(MLIRContext &context,
                                        const std::filesystem::path &model,
                                        const ImportOptions &options) {
  if (!isMlir(model))
    return importModel(context, model, options);
  if (!options.adapters.sources.empty())
    return Error{model.string() + ": unsupported: adapters of a module"};
  Result<OwningOpRef<ModuleOp>> module = parse(context, model);
  if (!module)
    return module.error();
  ImportedModel imported;
  imported.module = std::move(*module);
  return imported;
}
