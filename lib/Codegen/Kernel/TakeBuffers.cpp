//===- TakeBuffers.cpp - Give a kernel memory arguments -------------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

namespace tenon {
#define GEN_PASS_DEF_TAKEBUFFERSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// Whether `value` is the last state of `destination` in a chain of
/// destination-passing ops.
static bool isComputedIn(Value value, Value destination) {
  while (value && value != destination) {
    auto result = dyn_cast<OpResult>(value);
    if (!result)
      return false;
    Operation *op = result.getOwner();
    if (auto style = dyn_cast<DestinationStyleOpInterface>(op))
      value = style.getTiedOpOperand(result)->get();
    else if (auto loop = dyn_cast<scf::ForallOp>(op))
      value = loop.getOutputs()[result.getResultNumber()];
    else if (auto loop = dyn_cast<scf::ForOp>(op))
      value = loop.getInitArgs()[result.getResultNumber()];
    else if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
      value = insert.getDest();
    else
      return false;
  }
  return value == destination;
}

/// Writes tensors of one number where they are wanted, instead of keeping them
/// in memory that is part of the code.
static void fillConstants(func::FuncOp kernel) {
  SmallVector<arith::ConstantOp> constants;
  kernel.walk([&](arith::ConstantOp constant) {
    if (isa<RankedTensorType>(constant.getType()) &&
        isa<SplatElementsAttr>(constant.getValue()))
      constants.push_back(constant);
  });
  for (arith::ConstantOp constant : constants) {
    auto elements = cast<SplatElementsAttr>(constant.getValue());
    OpBuilder builder(constant);
    Location loc = constant.getLoc();
    Value number = arith::ConstantOp::create(
        builder, loc, cast<TypedAttr>(elements.getSplatValue<Attribute>()));
    for (Operation *user : llvm::make_early_inc_range(constant->getUsers()))
      if (auto copy = dyn_cast<linalg::CopyOp>(user);
          copy && copy.getInputs().front() == constant.getResult()) {
        builder.setInsertionPoint(copy);
        copy->replaceAllUsesWith(linalg::FillOp::create(
            builder, copy.getLoc(), number, copy.getOutputs()));
        copy.erase();
      }
    builder.setInsertionPoint(constant);
    if (!constant->use_empty()) {
      Value empty = tensor::EmptyOp::create(builder, loc, constant.getType(),
                                            ValueRange());
      constant->replaceAllUsesWith(
          linalg::FillOp::create(builder, loc, number, empty));
    }
    constant.erase();
  }
}

namespace {
struct TakeBuffers : ::tenon::impl::TakeBuffersPassBase<TakeBuffers> {
  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    // One that a GPU pass has made on memory has how it is launched already.
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal() ||
        kernel->hasAttr("tenon.threads"))
      return;
    fillConstants(kernel);
    Block &entry = kernel.getBody().front();
    auto terminator = cast<func::ReturnOp>(entry.getTerminator());
    unsigned results = terminator.getNumOperands();
    unsigned inputs = entry.getNumArguments() - results;
    Location loc = kernel.getLoc();

    // Before the arguments change: which results already lie where they belong.
    SmallVector<bool> inPlace;
    for (auto [value, destination] : llvm::zip(
             terminator.getOperands(), entry.getArguments().drop_front(inputs)))
      inPlace.push_back(isComputedIn(value, destination));

    OpBuilder builder = OpBuilder::atBlockBegin(&entry);
    SmallVector<Type> types;
    for (BlockArgument argument : entry.getArguments()) {
      auto tensor = cast<RankedTensorType>(argument.getType());
      bool isEmpty = tensor.getNumElements() == 0;
      // A memref of no elements cannot be passed as a bare pointer.
      auto memref =
          isEmpty ? MemRefType::get({1}, tensor.getElementType())
                  : MemRefType::get(tensor.getShape(), tensor.getElementType());
      types.push_back(memref);
      argument.setType(memref);
      if (argument.use_empty())
        continue;
      if (isEmpty) {
        argument.replaceAllUsesWith(
            tensor::EmptyOp::create(builder, loc, tensor, ValueRange())
                .getResult());
        continue;
      }
      bool writable = argument.getArgNumber() >= inputs;
      auto view = bufferization::ToTensorOp::create(
          builder, loc, tensor, argument, /*restrict=*/true, writable);
      argument.replaceAllUsesExcept(view, view);
    }
    builder.setInsertionPoint(terminator);
    for (auto [index, value] : llvm::enumerate(terminator.getOperands())) {
      if (cast<RankedTensorType>(value.getType()).getNumElements() == 0)
        continue;
      Value destination = entry.getArgument(inputs + index);
      auto write = bufferization::MaterializeInDestinationOp::create(
          builder, loc, value, destination);
      write.setWritable(true);
      // A destination that is read as a tensor too is not the only way to its
      // memory.
      write.setRestrict(!inPlace[index]);
    }
    terminator->setOperands({});
    kernel.setType(builder.getFunctionType(types, {}));
    kernel->setAttr("tenon.results", builder.getI64IntegerAttr(results));
  }
};
} // namespace
