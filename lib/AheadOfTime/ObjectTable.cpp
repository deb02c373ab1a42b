//===- ObjectTable.cpp - The data of a compiled model as an object file ---===//

#include "tenon/AheadOfTime/ObjectTable.h"

#include "tenon/Runtime/CompiledObject.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

using namespace tenon;

namespace {
/// Makes the constants. Structures are those of CompiledObject.h, member by
/// member; none of them needs padding.
class TableBuilder {
public:
  explicit TableBuilder(llvm::Module &module)
      : module(module), context(module.getContext()),
        pointer(llvm::PointerType::getUnqual(context)) {}

  void build(const ObjectTable &table);

private:
  llvm::Constant *integer(uint64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context), value);
  }
  llvm::Constant *integer32(uint32_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), value);
  }
  llvm::Constant *structure(llvm::ArrayRef<llvm::Constant *> members) {
    return llvm::ConstantStruct::getAnon(members);
  }
  llvm::GlobalVariable *global(llvm::Constant *value) {
    auto *variable =
        new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                                 llvm::GlobalValue::PrivateLinkage, value);
    variable->setAlignment(llvm::Align(8));
    return variable;
  }
  llvm::Constant *array(llvm::ArrayRef<llvm::Constant *> items) {
    if (items.empty())
      return llvm::ConstantPointerNull::get(pointer);
    return global(llvm::ConstantArray::get(
        llvm::ArrayType::get(items.front()->getType(), items.size()), items));
  }
  llvm::Constant *bytes(llvm::StringRef text, bool terminated) {
    return global(
        llvm::ConstantDataArray::getString(context, text, terminated));
  }
  llvm::Constant *kernel(const TableKernel &kernel);
  llvm::Constant *program(const TableProgram &program);

  llvm::Module &module;
  llvm::LLVMContext &context;
  llvm::PointerType *pointer;
};
} // namespace

llvm::Constant *TableBuilder::kernel(const TableKernel &kernel) {
  llvm::Constant *code;
  if (kernel.ptx.empty()) {
    auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), false);
    auto *function = llvm::cast<llvm::Function>(
        module.getOrInsertFunction(kernel.symbol, type).getCallee());
    function->setVisibility(llvm::GlobalValue::HiddenVisibility);
    code = function;
  } else {
    code = bytes(kernel.ptx, /*terminated=*/false);
  }
  const KernelShape &shape = kernel.shape;
  return structure({code, integer(kernel.ptx.size()), integer(shape.extent),
                    integer(shape.threads), integer(shape.sharedBytes),
                    integer(shape.workspaceBytes)});
}

llvm::Constant *TableBuilder::program(const TableProgram &entry) {
  std::vector<std::byte> serialized = serialize(entry.program);
  llvm::StringRef text(reinterpret_cast<const char *>(serialized.data()),
                       serialized.size());
  std::vector<llvm::Constant *> versions;
  for (const std::vector<TableKernel> &kernels : entry.kernels) {
    std::vector<llvm::Constant *> items;
    for (const TableKernel &each : kernels)
      items.push_back(kernel(each));
    versions.push_back(array(items));
  }
  return structure({bytes(text, /*terminated=*/false),
                    integer(serialized.size()), array(versions)});
}

void TableBuilder::build(const ObjectTable &table) {
  std::vector<llvm::Constant *> versions, programs;
  for (const TableVersion &version : table.versions)
    versions.push_back(
        structure({bytes(version.target, true), bytes(version.processor, true),
                   bytes(version.features, true)}));
  for (const TableProgram &entry : table.programs)
    programs.push_back(program(entry));
  llvm::StringRef magic(CompiledObject::magicBytes,
                        sizeof CompiledObject::magicBytes);
  llvm::Constant *object = structure(
      {llvm::ConstantDataArray::getString(context, magic, false),
       integer32(CompiledObject::layoutVersion),
       integer32(static_cast<uint32_t>(table.versions.size())),
       integer32(static_cast<uint32_t>(table.programs.size())), integer32(0),
       integer(table.weights), array(versions), array(programs)});
  llvm::GlobalVariable *variable = global(object);
  variable->setName(table.symbol);
  variable->setLinkage(llvm::GlobalValue::ExternalLinkage);
}

Result<std::string> tenon::emitTable(const ObjectTable &table,
                                     const Machine &target) {
  Result<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(target);
  if (!machine)
    return machine.error();
  llvm::LLVMContext context;
  llvm::Module module(table.symbol, context);
  module.setTargetTriple((*machine)->getTargetTriple());
  module.setDataLayout((*machine)->createDataLayout());
  TableBuilder(module).build(table);
  return emit(module, **machine, EmitKind::Object);
}
