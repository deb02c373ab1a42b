//===- EmulateGpu.cpp - A GPU kernel that calls the emulator --------------===//

#include "AddressSpaces.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

namespace tenon {
#define GEN_PASS_DEF_EMULATEGPUPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::sharedSpace;

namespace {
/// One kernel of a module.
class Emulation {
public:
  Emulation(ModuleOp module, LLVM::LLVMFuncOp kernel)
      : module(module), kernel(kernel), b(kernel.getLoc(), module.getContext()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())) {}

  LogicalResult run();

private:
  LogicalResult replace(Operation *op);
  template <typename Access>
  void checkAccess(Access op, OpOperand &address, Type type, bool writes);
  void addEntry(ArrayRef<int64_t> bytes, StringRef name);

  Value call(StringRef name, Type result, ValueRange operands);
  Value generic(Value address) {
    return address.getType() == pointer
               ? address
               : LLVM::AddrSpaceCastOp::create(b, pointer, address).getResult();
  }
  /// Memory of the thread, made once however often the op runs.
  Value createSlot(Type type, int64_t count);
  /// The address of the `number`-th `type` in memory.
  Value slotOf(Value memory, Type type, size_t number);
  /// The values one after the other in memory.
  Value spill(ValueRange values);
  Value constant(Type type, int64_t value) {
    return LLVM::ConstantOp::create(b, type, b.getIntegerAttr(type, value));
  }
  Value i32(int64_t value) { return constant(b.getI32Type(), value); }
  int64_t attribute(StringRef name) {
    return kernel->getAttrOfType<IntegerAttr>(name).getInt();
  }

  ModuleOp module;
  LLVM::LLVMFuncOp kernel;
  ImplicitLocOpBuilder b;
  Type pointer;
  /// Barriers and exchanges so far: each has a number of its own.
  int32_t sites = 0;
};
} // namespace

Value Emulation::call(StringRef name, Type result, ValueRange operands) {
  auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  Type returned =
      result ? result : LLVM::LLVMVoidType::get(module.getContext());
  if (!function) {
    OpBuilder atEnd = OpBuilder::atBlockEnd(module.getBody());
    function = LLVM::LLVMFuncOp::create(
        atEnd, kernel.getLoc(), name,
        LLVM::LLVMFunctionType::get(returned,
                                    llvm::to_vector(operands.getTypes())));
  }
  auto made = LLVM::CallOp::create(b, function, operands);
  return result ? made.getResult() : Value();
}

Value Emulation::createSlot(Type type, int64_t count) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&kernel.getBody().front());
  return LLVM::AllocaOp::create(b, pointer, type,
                                constant(b.getI64Type(), count),
                                /*alignment=*/16);
}

Value Emulation::slotOf(Value memory, Type type, size_t number) {
  return LLVM::GEPOp::create(
      b, pointer, type, memory,
      ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(number)});
}

Value Emulation::spill(ValueRange values) {
  Type type = values.front().getType();
  Value memory = createSlot(type, values.size());
  for (auto [number, value] : llvm::enumerate(values))
    LLVM::StoreOp::create(b, value, slotOf(memory, type, number));
  return memory;
}

/// The emulator's number (FactorType) for what the product multiplies; nothing
/// where it has none.
static std::optional<int32_t> factorTypeOf(NVVM::MmaOp product) {
  std::optional<NVVM::MMATypes> type = product.getMultiplicandAPtxType();
  int64_t depth = product.getShape().getK();
  if (type == NVVM::MMATypes::f16 && depth == 16)
    return 0;
  if (type == NVVM::MMATypes::bf16 && depth == 16)
    return 1;
  if (type == NVVM::MMATypes::tf32 && depth == 8)
    return 2;
  return std::nullopt;
}

static bool multipliesBytes(NVVM::MmaOp product) {
  auto isByte = [](std::optional<NVVM::MMATypes> type) {
    return type == NVVM::MMATypes::s8 || type == NVVM::MMATypes::u8;
  };
  return product.getShape().getK() == 32 &&
         isByte(product.getMultiplicandAPtxType()) &&
         isByte(product.getMultiplicandBPtxType()) &&
         product.getIntOverflowBehavior() == NVVM::MMAIntOverflow::wrapped;
}

LogicalResult Emulation::replace(Operation *op) {
  b.setInsertionPoint(op);
  Value result;
  if (isa<NVVM::ThreadIdXOp>(op)) {
    result = call("tenon_emulator_thread", b.getI32Type(), {});
  } else if (isa<NVVM::BlockIdXOp>(op)) {
    result = call("tenon_emulator_block", b.getI32Type(), {});
  } else if (isa<NVVM::GridDimXOp>(op)) {
    result = call("tenon_emulator_blocks", b.getI32Type(), {});
  } else if (isa<NVVM::Barrier0Op>(op)) {
    call("tenon_emulator_barrier", {}, i32(sites++));
  } else if (auto shuffle = dyn_cast<NVVM::ShflOp>(op);
             shuffle && !shuffle.getReturnValueAndIsValid()) {
    Value given = shuffle.getVal();
    Type type = given.getType();
    if (!type.isInteger(32))
      given = LLVM::BitcastOp::create(b, b.getI32Type(), given);
    result = call("tenon_emulator_shuffle", b.getI32Type(),
                  {i32(sites++), i32(static_cast<int32_t>(shuffle.getKind())),
                   shuffle.getThreadMask(), given, shuffle.getOffset(),
                   shuffle.getMaskAndClamp()});
    if (!type.isInteger(32))
      result = LLVM::BitcastOp::create(b, type, result);
  } else if (auto copy = dyn_cast<NVVM::CpAsyncOp>(op)) {
    Value bytes = copy.getCpSize() ? copy.getCpSize() : i32(copy.getSize());
    call("tenon_emulator_copy", {},
         {generic(copy.getDst()), generic(copy.getSrc()), i32(copy.getSize()),
          bytes});
  } else if (isa<NVVM::CpAsyncCommitGroupOp>(op)) {
    call("tenon_emulator_commit", {}, {});
  } else if (auto wait = dyn_cast<NVVM::CpAsyncWaitGroupOp>(op)) {
    call("tenon_emulator_wait", {}, i32(wait.getN()));
  } else if (auto load = dyn_cast<NVVM::LdMatrixOp>(op);
             load && load.getNum() == 4) {
    Value out = createSlot(op->getResult(0).getType(), 1);
    call("tenon_emulator_ldmatrix", {},
         {i32(sites++), out, generic(load.getPtr()),
          i32(load.getLayout() == NVVM::MMALayout::col)});
    result = LLVM::LoadOp::create(b, op->getResult(0).getType(), out);
  } else if (auto product = dyn_cast<NVVM::MmaOp>(op);
             product && factorTypeOf(product)) {
    Value out = createSlot(op->getResult(0).getType(), 1);
    call("tenon_emulator_mma", {},
         {i32(sites++), out, spill(product.getOperandA()),
          spill(product.getOperandB()), spill(product.getOperandC()),
          i32(*factorTypeOf(product))});
    result = LLVM::LoadOp::create(b, op->getResult(0).getType(), out);
  } else if (auto product = dyn_cast<NVVM::MmaOp>(op);
             product && multipliesBytes(product)) {
    Value out = createSlot(op->getResult(0).getType(), 1);
    auto isSigned = [&](std::optional<NVVM::MMATypes> type) {
      return i32(type == NVVM::MMATypes::s8);
    };
    call("tenon_emulator_mma_bytes", {},
         {i32(sites++), out, spill(product.getOperandA()),
          spill(product.getOperandB()), spill(product.getOperandC()),
          isSigned(product.getMultiplicandAPtxType()),
          isSigned(product.getMultiplicandBPtxType())});
    result = LLVM::LoadOp::create(b, op->getResult(0).getType(), out);
  } else if (auto rounded = dyn_cast<NVVM::ConvertFloatToTF32Op>(op);
             rounded && rounded.getRnd() == NVVM::FPRoundingMode::RNA) {
    result = call("tenon_emulator_tf32", b.getI32Type(),
                  LLVM::BitcastOp::create(b, b.getI32Type(), rounded.getSrc())
                      .getResult());
  } else if (auto products = dyn_cast<NVVM::WgmmaMmaAsyncOp>(op)) {
    Type type = op->getResult(0).getType();
    Value sums = createSlot(type, 1);
    LLVM::StoreOp::create(b, products.getInouts(), sums);
    call("tenon_emulator_wgmma", {},
         {i32(sites++), sums, products.getDescriptorA(),
          products.getDescriptorB(), i32(products.getShape().getN()),
          i32(products.getTypeA() == NVVM::WGMMATypes::bf16)});
    result = LLVM::LoadOp::create(b, type, sums);
  } else if (isa<NVVM::FenceProxyOp>(op)) {
    call("tenon_emulator_publish", {}, {});
  } else if (isa<NVVM::WgmmaGroupSyncAlignedOp>(op)) {
    call("tenon_emulator_wgmma_commit", {}, {});
  } else if (auto wait = dyn_cast<NVVM::WgmmaWaitGroupSyncOp>(op)) {
    call("tenon_emulator_wgmma_wait", {}, i32(wait.getGroup()));
  } else if (isa<NVVM::WgmmaFenceAlignedOp>(op)) {
    // Registers are in order here.
  } else {
    return op->emitError("has no emulation");
  }
  if (result)
    op->getResult(0).replaceAllUsesWith(result);
  op->erase();
  return success();
}

/// Lets the emulator see an access first, and say where it is to go. Inputs may
/// begin anywhere on the host: the emulator knows what a GPU's alignment is.
template <typename Access>
void Emulation::checkAccess(Access op, OpOperand &address, Type type,
                            bool writes) {
  if (address.get().getDefiningOp<LLVM::AllocaOp>())
    return;
  b.setInsertionPoint(op);
  DataLayout layout = DataLayout::closest(op);
  auto bytes = static_cast<int64_t>(layout.getTypeSize(type));
  auto natural = static_cast<int64_t>(layout.getTypeABIAlignment(type));
  auto alignment = static_cast<int64_t>(op.getAlignment().value_or(natural));
  address.set(call("tenon_emulator_access", pointer,
                   {generic(address.get()), constant(b.getI64Type(), bytes),
                    i32(writes), i32(alignment)}));
  op.setAlignment(1);
}

/// A constant table of numbers.
static Value createTable(ImplicitLocOpBuilder &b, ModuleOp module,
                         StringRef name, ArrayRef<int64_t> numbers) {
  Type i64 = b.getI64Type();
  auto type = LLVM::LLVMArrayType::get(i64, numbers.size());
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToEnd(module.getBody());
    auto global =
        LLVM::GlobalOp::create(b, type, /*isConstant=*/true,
                               LLVM::Linkage::Internal, name, Attribute());
    b.createBlock(&global.getInitializer());
    Value table = LLVM::UndefOp::create(b, type);
    for (auto [index, number] : llvm::enumerate(numbers))
      table = LLVM::InsertValueOp::create(
          b, table,
          LLVM::ConstantOp::create(b, i64, b.getI64IntegerAttr(number)),
          static_cast<int64_t>(index));
    LLVM::ReturnOp::create(b, table);
  }
  return LLVM::AddressOfOp::create(
      b, LLVM::LLVMPointerType::get(b.getContext()), name);
}

/// `@name(ptr buffers, i64 begin, i64 end)`, by which the executor calls every
/// kernel; it hands the emulator a description of this one. All fields of that
/// are 64 bits wide, in the order of tenon::EmulatedKernel.
void Emulation::addEntry(ArrayRef<int64_t> bytes, StringRef name) {
  Type i64 = b.getI64Type();
  auto nothing = LLVM::LLVMVoidType::get(module.getContext());
  // One thread, whose buffers lie in a table.
  b.setInsertionPointToEnd(module.getBody());
  auto thread = LLVM::LLVMFuncOp::create(
      b, (name + ".thread").str(),
      LLVM::LLVMFunctionType::get(nothing, pointer), LLVM::Linkage::Internal);
  Block *block = thread.addEntryBlock(b);
  b.setInsertionPointToStart(block);
  SmallVector<Value> operands;
  for (unsigned index = 0; index < kernel.getNumArguments(); ++index) {
    operands.push_back(LLVM::LoadOp::create(
        b, pointer, slotOf(block->getArgument(0), pointer, index)));
  }
  LLVM::CallOp::create(b, kernel, operands);
  LLVM::ReturnOp::create(b, ValueRange());

  b.setInsertionPointToEnd(module.getBody());
  auto text = LLVM::GlobalOp::create(
      b, LLVM::LLVMArrayType::get(b.getI8Type(), name.size() + 1),
      /*isConstant=*/true, LLVM::Linkage::Internal, (name + ".name").str(),
      b.getStringAttr(name + Twine('\0')));
  auto emulator = LLVM::GlobalOp::create(b, b.getI8Type(), /*isConstant=*/false,
                                         LLVM::Linkage::External,
                                         "tenon_emulator", Attribute());
  auto entry = LLVM::LLVMFuncOp::create(
      b, name, LLVM::LLVMFunctionType::get(nothing, {pointer, i64, i64}));
  block = entry.addEntryBlock(b);
  b.setInsertionPointToStart(block);
  Value sizes = createTable(b, module, (name + ".bytes").str(), bytes);
  SmallVector<Value> fields = {
      LLVM::AddressOfOp::create(b, pointer, thread.getName()),
      LLVM::AddressOfOp::create(b, pointer, text.getName()),
      constant(i64, attribute("tenon.threads")),
      constant(i64, attribute("tenon.extent")),
      constant(i64, attribute("tenon.shared_bytes")),
      constant(i64, attribute("tenon.workspace_bytes")),
      constant(i64, bytes.size()),
      constant(i64, attribute("tenon.results")),
      sizes};
  Value description = LLVM::AllocaOp::create(
      b, pointer, i64, constant(i64, fields.size()), /*alignment=*/8);
  for (auto [number, field] : llvm::enumerate(fields))
    LLVM::StoreOp::create(b, field, slotOf(description, i64, number));
  call("tenon_emulator_run", {},
       {LLVM::AddressOfOp::create(b, pointer, emulator.getName()), description,
        block->getArgument(0), block->getArgument(1), block->getArgument(2)});
  LLVM::ReturnOp::create(b, ValueRange());
}

LogicalResult Emulation::run() {
  std::string name = kernel.getName().str();
  SmallVector<int64_t> bytes(
      kernel->getAttrOfType<DenseI64ArrayAttr>("tenon.buffer_bytes")
          .asArrayRef());

  SmallVector<Operation *> work;
  kernel.walk([&](Operation *op) {
    if (isa<LLVM::AddressOfOp, LLVM::LoadOp, LLVM::StoreOp>(op) ||
        isa_and_nonnull<NVVM::NVVMDialect>(op->getDialect()))
      work.push_back(op);
  });
  SmallVector<LLVM::GlobalOp> replaced;
  for (Operation *op : work) {
    if (auto load = dyn_cast<LLVM::LoadOp>(op)) {
      checkAccess(load, load.getAddrMutable(), load.getType(), false);
    } else if (auto store = dyn_cast<LLVM::StoreOp>(op)) {
      checkAccess(store, store.getAddrMutable(), store.getValue().getType(),
                  true);
    } else if (auto address = dyn_cast<LLVM::AddressOfOp>(op)) {
      auto global =
          module.lookupSymbol<LLVM::GlobalOp>(address.getGlobalName());
      if (!global || global.getAddrSpace() != sharedSpace)
        continue;
      b.setInsertionPoint(op);
      Value shared = call("tenon_emulator_shared", pointer, {});
      address.replaceAllUsesWith(
          LLVM::AddrSpaceCastOp::create(b, address.getType(), shared)
              .getResult());
      address.erase();
      if (!llvm::is_contained(replaced, global))
        replaced.push_back(global);
    } else if (failed(replace(op))) {
      return failure();
    }
  }
  for (LLVM::GlobalOp global : replaced)
    global.erase();
  kernel.setName(name + ".body");
  kernel.setLinkage(LLVM::Linkage::Internal);
  addEntry(bytes, name);
  return success();
}

namespace {
struct EmulateGpu : ::tenon::impl::EmulateGpuPassBase<EmulateGpu> {
  void runOnOperation() override {
    for (auto kernel :
         llvm::to_vector(getOperation().getOps<LLVM::LLVMFuncOp>()))
      if (kernel->hasAttr("tenon.kernel") &&
          failed(Emulation(getOperation(), kernel).run()))
        return signalPassFailure();
  }
};
} // namespace
