//===- FormKernels.cpp - Outline compute ops into kernels -----------------===//

#include "RowGroups.h"

#include "tenon/IR/TenonOps.h"
#include "tenon/IR/TensorCoreAttention.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace tenon {
#define GEN_PASS_DEF_FORMKERNELSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
namespace ir = mlir::tenon;

/// Whether `op` brings a number out of memory for nothing but the choice of a
/// branch.
static bool readsChoice(Operation *op) {
  return isa<tensor::ExtractOp, arith::IndexCastOp>(op) &&
         llvm::all_of(op->getUsers(), [](Operation *user) {
           return isa<scf::IndexSwitchOp>(user) || readsChoice(user);
         });
}

/// What the host itself does: name buffers and choose between branches. It
/// computes nothing.
static bool staysOnHost(Operation *op) {
  return isa<ir::WeightOp, ir::ParameterOp, ir::ReshapeOp, ir::LaunchOp,
             scf::IndexSwitchOp>(op) ||
         op->hasTrait<OpTrait::IsTerminator>() || readsChoice(op);
}

/// Whether `op` wants its operand `value` in memory: the host does, and an op
/// that has a kernel of its own; but not values that are a part of their keys.
static bool readsMemory(Operation *op, Value value) {
  if (auto attention = dyn_cast<ir::AttentionOp>(op))
    return value != attention.getValue() || !ir::hasValuesInKeys(attention);
  return staysOnHost(op) || isa_and_nonnull<ir::TenonDialect>(op->getDialect());
}

/// Whether `op` stands for memory that nobody has written to.
static bool isUnwritten(Operation *op) {
  auto allocation = dyn_cast<bufferization::AllocTensorOp>(op);
  return isa<tensor::EmptyOp>(op) || (allocation && !allocation.getCopy());
}

/// Ops that cost nothing or next to nothing, cloned into every kernel that
/// needs them.
static bool isCheap(Operation *op) {
  if (isa<tensor::ExtractSliceOp, tensor::ExtractOp>(op) || isUnwritten(op))
    return true;
  if (auto fill = dyn_cast<linalg::FillOp>(op))
    return fill.value().getDefiningOp<arith::ConstantOp>() != nullptr;
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    auto elements = dyn_cast<ElementsAttr>(constant.getValue());
    return !elements || elements.isSplat();
  }
  return op->getNumRegions() == 0 && isPure(op) &&
         llvm::none_of(op->getResultTypes(),
                       [](Type type) { return isa<TensorType>(type); });
}

/// The operand that a destination-passing result starts from, one step back.
static OpOperand *previousInChain(Value value) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return nullptr;
  Operation *op = result.getOwner();
  if (auto style = dyn_cast<DestinationStyleOpInterface>(op))
    return style.getTiedOpOperand(result);
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return &loop.getInitArgsMutable()[result.getResultNumber()];
  if (auto loop = dyn_cast<scf::ForallOp>(op))
    return &loop.getOutputsMutable()[result.getResultNumber()];
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return &insert.getDestMutable();
  if (auto insert = dyn_cast<tensor::InsertOp>(op))
    return &insert.getDestMutable();
  return nullptr;
}

/// Whether `op` is a loop over tiles that puts whole parts of its one result
/// together.
static bool makesTiles(Operation *op) {
  auto loop = dyn_cast<scf::ForallOp>(op);
  if (!loop || loop.getNumResults() != 1)
    return false;
  return llvm::all_of(loop.getTerminator().getYieldingOps(), [](Operation &op) {
    auto insert = cast<tensor::ParallelInsertSliceOp>(op);
    return insert.getSourceType().getRank() == insert.getDestType().getRank();
  });
}

/// Whether `consumer` only passes over `producer`'s elements one by one, so
/// that a tile of the one needs just the same tile of the other.
static bool isEpilogue(Operation *producer, Operation *consumer,
                       OpOperand &use) {
  auto from = dyn_cast<linalg::LinalgOp>(producer);
  auto to = dyn_cast<linalg::GenericOp>(consumer);
  bool reduces = from && from.getNumReductionLoops() > 0;
  if ((!reduces && !makesTiles(producer)) || !to ||
      to.getNumReductionLoops() != 0 || to.getNumResults() != 1 ||
      !to.isDpsInput(&use))
    return false;
  AffineMap map = to.getMatchingIndexingMap(&use);
  return map.isIdentity() &&
         to.getMatchingIndexingMap(to.getDpsInitOperand(0)).isIdentity();
}

namespace {
/// The compute ops of one block, in groups that become kernels.
class Grouping {
public:
  Grouping(Block &block, bool joinsRows) {
    for (Operation &op : block)
      if (needsKernel(op))
        classes.insert(&op);
    for (Operation &op : block)
      if (classes.contains(&op))
        joinWithConsumer(op);
    // Users come before what they use.
    if (joinsRows)
      for (Operation &op : llvm::reverse(block))
        if (auto root = dyn_cast<linalg::LinalgOp>(op))
          joinRows(root);
  }

  /// The groups in the order of their last ops; the members in program order.
  SmallVector<SmallVector<Operation *>> groups(Block &block) const {
    llvm::MapVector<Operation *, SmallVector<Operation *>> byLeader;
    for (Operation &op : block)
      if (classes.contains(&op))
        byLeader[classes.getLeaderValue(&op)].push_back(&op);
    SmallVector<SmallVector<Operation *>> result =
        llvm::to_vector(llvm::make_second_range(byLeader));
    llvm::sort(result, [](auto &a, auto &b) {
      return a.back()->isBeforeInBlock(b.back());
    });
    return result;
  }

private:
  static bool needsKernel(Operation &op) {
    if (staysOnHost(&op))
      return false;
    if (!isCheap(&op))
      return !isa<arith::ConstantOp>(op);
    // A cheap op whose value is handed on must lie in memory.
    return !isa<arith::ConstantOp>(op) &&
           llvm::any_of(op.getUses(), [](OpOperand &use) {
             return readsMemory(use.getOwner(), use.get());
           });
  }

  void joinWithConsumer(Operation &op) {
    joinWithUsersOfScalars(op);
    if (op.getNumResults() != 1 || !op.getResult(0).hasOneUse())
      return;
    OpOperand &use = *op.getResult(0).use_begin();
    Operation *consumer = use.getOwner();
    if (!classes.contains(consumer))
      return;
    bool chained = llvm::any_of(consumer->getResults(), [&](Value result) {
      OpOperand *previous = previousInChain(result);
      return previous && previous->get() == op.getResult(0);
    });
    if (chained || (isEpilogue(&op, consumer, use) && fits(&op, consumer)))
      classes.unionSets(&op, consumer);
  }

  /// Makes one group of what works on the same rows and ends in `root`.
  void joinRows(linalg::LinalgOp root) {
    if (!classes.contains(root))
      return;
    auto kernelOf = [&](Operation *op) {
      SmallVector<Operation *> members;
      if (classes.contains(op))
        llvm::append_range(members, classes.members(op));
      return members;
    };
    SmallVector<Operation *> group = ::tenon::collectRows(root, kernelOf);
    for (Operation *op : group)
      classes.unionSets(op, root);
  }

  /// What is no tensor has no place in memory: all that uses it, cheap or not,
  /// is in the kernel that makes it.
  void joinWithUsersOfScalars(Operation &op) {
    for (Value result : op.getResults())
      for (Operation *user : result.getUsers())
        if (!isa<TensorType>(result.getType()))
          classes.unionSets(&op, op.getBlock()->findAncestorOpInBlock(*user));
  }

  /// Whether the group of `consumer` may take the epilogue's producer `op`: a
  /// loop over tiles holds what passes over its own result alone.
  bool fits(Operation *op, Operation *consumer) const {
    auto computes = [](Operation *member) {
      auto linalgOp = dyn_cast<linalg::LinalgOp>(member);
      return linalgOp && linalgOp.getNumReductionLoops() > 0;
    };
    return llvm::none_of(classes.members(consumer), [&](Operation *member) {
      return makesTiles(member) || (makesTiles(op) && computes(member));
    });
  }

  llvm::EquivalenceClasses<Operation *> classes;
};

/// A group with all that its kernel must hold and be given.
struct Outline {
  SetVector<Operation *> body;
  SetVector<Value> inputs;
  SmallVector<Value> results;
};
} // namespace

/// Whether `one` comes before `two`, of which one's block holds the other.
static bool comesBefore(Operation *one, Operation *two) {
  if (one->getBlock() == two->getBlock())
    return one->isBeforeInBlock(two);
  // What an inner block uses of an outer one stands before it.
  return one->getBlock()->findAncestorOpInBlock(*two) != nullptr;
}

static Outline outlineOf(ArrayRef<Operation *> group) {
  Outline outline;
  SmallPtrSet<Operation *, 8> members(group.begin(), group.end());
  SmallVector<Operation *> worklist(group);
  SetVector<Value> inputs;
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    if (!outline.body.insert(op))
      continue;
    SetVector<Value> used(op->operand_begin(), op->operand_end());
    getUsedValuesDefinedAbove(op->getRegions(), used);
    for (Value value : used) {
      Operation *definition = value.getDefiningOp();
      if (definition && (members.contains(definition) ||
                         (isCheap(definition) && !readsMemory(op, value))))
        worklist.push_back(definition);
      else
        inputs.insert(value);
    }
  }
  // Not by MLIR's sort, which looks through all of the block for each kernel.
  SmallVector<Operation *> body = outline.body.takeVector();
  llvm::sort(body, comesBefore);
  outline.body.insert_range(body);
  // Inputs in order of first use, so that equal kernels have equal text.
  for (Operation *op : outline.body) {
    SetVector<Value> used(op->operand_begin(), op->operand_end());
    getUsedValuesDefinedAbove(op->getRegions(), used);
    for (Value value : used)
      if (inputs.contains(value))
        outline.inputs.insert(value);
  }
  for (Operation *op : group)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(), [&](Operation *user) {
            return !members.contains(
                user->getBlock()->getParentOp() == op->getParentOp()
                    ? user
                    : op->getBlock()->findAncestorOpInBlock(*user));
          }))
        outline.results.push_back(result);
  return outline;
}

/// Lets a result be computed in place in its destination: the unwritten tensor
/// at the start of its chain, or the input that is overwritten, gives way to
/// the argument.
static void useDestination(Value result, Value destination, Value overwritten) {
  OpOperand *start = nullptr;
  for (OpOperand *operand = previousInChain(result); operand;
       operand = previousInChain(operand->get()))
    start = operand;
  Operation *definition = start ? start->get().getDefiningOp() : nullptr;
  if (start &&
      ((definition && isUnwritten(definition)) ||
       (overwritten && start->get() == overwritten)) &&
      start->get().getType() == destination.getType())
    start->set(destination);
}

/// Whether the host may overwrite the memory of `value`: an argument marked so,
/// or what came of one in place.
static bool isUpdated(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    return function && function.getArgAttr(argument.getArgNumber(),
                                           "tenon.updated") != nullptr;
  }
  auto launch = value.getDefiningOp<ir::LaunchOp>();
  std::optional<ArrayRef<int64_t>> places =
      launch ? launch.getInPlace() : std::nullopt;
  return places && (*places)[cast<OpResult>(value).getResultNumber()] >= 0;
}

/// For each result the input in whose memory it comes to be, or -1.
static SmallVector<int64_t> findUpdates(const Outline &outline) {
  SmallVector<int64_t> updates;
  for (Value result : outline.results) {
    Value start = result;
    while (OpOperand *previous = previousInChain(start))
      start = previous->get();
    auto input = llvm::find(outline.inputs, start);
    bool isOnlyUse = start.hasOneUse() && isUpdated(start);
    updates.push_back(input != outline.inputs.end() && isOnlyUse
                          ? std::distance(outline.inputs.begin(), input)
                          : -1);
  }
  return updates;
}

/// A word for what the group does, from its ops' locations or names.
static std::string kindOf(ArrayRef<Operation *> group) {
  StringRef kind = group.back()->getName().stripDialect();
  if (kind == "generic")
    kind = "map";
  for (Operation *op : group)
    if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
        linalgOp && linalgOp.getNumReductionLoops() > 0)
      kind = isa<linalg::ContractionOpInterface>(op) ? "contract" : "reduce";
    else if (isa<scf::ForOp>(op))
      kind = "loop";
    else if (isa<scf::ForallOp>(op))
      kind = "tiles";
  return kind.str();
}

static func::FuncOp buildKernel(const Outline &outline,
                                ArrayRef<Operation *> group,
                                ArrayRef<int64_t> updates, OpBuilder &builder) {
  Location loc = builder.getUnknownLoc();
  SmallVector<Type> arguments, results;
  for (Value value : outline.inputs)
    arguments.push_back(value.getType());
  for (Value value : outline.results) {
    arguments.push_back(value.getType());
    results.push_back(value.getType());
  }
  auto kernel = func::FuncOp::create(
      loc, "kernel", builder.getFunctionType(arguments, results));
  kernel.setPrivate();
  kernel->setAttr("tenon.kernel", builder.getUnitAttr());
  Block *entry = kernel.addEntryBlock();
  OpBuilder inner = OpBuilder::atBlockEnd(entry);
  IRMapping mapping;
  for (auto [value, argument] :
       llvm::zip(outline.inputs, entry->getArguments()))
    mapping.map(value, argument);
  for (Operation *op : outline.body)
    inner.clone(*op, mapping);
  SmallVector<Value> returned;
  for (Value value : outline.results)
    returned.push_back(mapping.lookup(value));
  func::ReturnOp::create(inner, loc, returned);
  for (auto [value, argument, update] : llvm::zip(
           returned, entry->getArguments().drop_front(outline.inputs.size()),
           updates))
    useDestination(value, argument,
                   update < 0 ? Value() : entry->getArgument(update));
  kernel.walk([&](Operation *op) { op->setLoc(loc); });
  return kernel;
}

/// The name of a kernel says what it does and is a function of its content.
static std::string contentName(func::FuncOp kernel, StringRef kind) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  kernel->print(stream, OpPrintingFlags().useLocalScope());
  llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(text));
  return (kind + "_" + llvm::utohexstr(hash.high64, /*LowerCase=*/true)).str();
}

namespace {
struct FormKernels : ::tenon::impl::FormKernelsPassBase<FormKernels> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    for (auto function : llvm::to_vector(module.getOps<func::FuncOp>()))
      if (!function->hasAttr("tenon.kernel") && !function.isExternal())
        if (failed(outlineBlock(function.getBody().front(), symbols)))
          return signalPassFailure();
  }

  LogicalResult outlineBlock(Block &block, SymbolTable &symbols) {
    for (auto choice : llvm::to_vector(block.getOps<scf::IndexSwitchOp>()))
      for (Region &region : choice->getRegions())
        if (failed(outlineBlock(region.front(), symbols)))
          return failure();
    Grouping grouping(block, joinRows);
    for (SmallVector<Operation *> &group : grouping.groups(block)) {
      Outline outline = outlineOf(group);
      for (Value value : outline.inputs)
        if (!isa<RankedTensorType>(value.getType()))
          return group.back()->emitError("kernel input of type ")
                 << value.getType() << " is not a tensor";
      OpBuilder builder(group.back());
      SmallVector<int64_t> updates = findUpdates(outline);
      func::FuncOp kernel = buildKernel(outline, group, updates, builder);
      std::string name = contentName(kernel, kindOf(group));
      if (symbols.lookup(name)) {
        kernel.erase();
      } else {
        kernel.setName(name);
        symbols.insert(kernel);
      }
      SmallVector<Type> types = llvm::map_to_vector(
          outline.results, [](Value v) { return v.getType(); });
      SmallVector<Location> locations = llvm::map_to_vector(
          group, [](Operation *op) { return op->getLoc(); });
      auto launch = ir::LaunchOp::create(
          builder, FusedLoc::get(&getContext(), locations), types, name,
          outline.inputs.getArrayRef(),
          llvm::all_of(updates, [](int64_t i) { return i < 0; })
              ? DenseI64ArrayAttr()
              : builder.getDenseI64ArrayAttr(updates));
      for (auto [value, result] :
           llvm::zip(outline.results, launch.getResults()))
        value.replaceAllUsesWith(result);
      for (Operation *op : llvm::reverse(group))
        op->erase();
    }
    // What was cloned into the kernels is dead here.
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&op) || (isUnwritten(&op) && op.use_empty()))
        op.erase();
    return success();
  }
};
} // namespace
