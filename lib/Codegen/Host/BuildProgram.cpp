//===- BuildProgram.cpp - The host's functions as a program ---------------===//

#include "tenon/Codegen/Host/BuildProgram.h"
#include "tenon/Codegen/Host/PlanMemory.h"
#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using ::tenon::ArenaLimit;
using ::tenon::Branch;
using ::tenon::BufferRef;
using ::tenon::DataType;
using ::tenon::Error;
using ::tenon::KernelSteps;
using ::tenon::Launch;
using ::tenon::Lifetime;
using ::tenon::Program;
using ::tenon::Result;
using ::tenon::Stage;
using ::tenon::Status;
using ::tenon::UnplacedLaunches;
namespace ir = mlir::tenon;

static uint64_t bytesOf(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor.getNumElements() *
         llvm::divideCeil(tensor.getElementTypeBitWidth(), 8);
}

/// The model's nodes that a location speaks of, the last first few.
static std::string labelOf(Location loc) {
  SetVector<StringRef> names;
  loc->walk([&](Location part) {
    if (auto name = dyn_cast<NameLoc>(part))
      names.insert(name.getName().getValue());
    return WalkResult::advance();
  });
  return llvm::join(names.getArrayRef().take_front(4), "+");
}

static std::vector<std::byte> contents(DenseElementsAttr attribute) {
  uint64_t bytes = bytesOf(attribute.getType());
  std::vector<std::byte> data;
  data.reserve(bytes);
  unsigned bits = attribute.getType().getElementTypeBitWidth();
  if (bits >= 8 && !attribute.isSplat()) {
    auto raw = std::as_bytes(std::span(attribute.getRawData().data(),
                                       attribute.getRawData().size()));
    return {raw.begin(), raw.end()};
  }
  auto append = [&](const APInt &value) {
    for (unsigned byte = 0; byte < llvm::divideCeil(bits, 8); ++byte)
      data.push_back(static_cast<std::byte>(
          value.extractBitsAsZExtValue(std::min(8u, bits), byte * 8)));
  };
  if (isa<FloatType>(attribute.getElementType()))
    for (const APFloat &value : attribute.getValues<APFloat>())
      append(value.bitcastToAPInt());
  else
    for (const APInt &value : attribute.getValues<APInt>())
      append(value);
  return data;
}

namespace {
/// Builds one stage; constants, kernels and weights go to the program they
/// share.
class StageBuilder {
public:
  StageBuilder(Program &program, Stage &stage)
      : program(program), stage(stage) {}

  void bind(Value value, BufferRef where) { places[value] = where; }

  /// `destinations` says where each result of the function is to lie.
  Status build(func::FuncOp function, ArrayRef<BufferRef> destinations,
               const std::optional<ArenaLimit> &limit = {}) {
    if (Status status = build(function.getBody().front(), destinations);
        !status.ok())
      return status;
    std::vector<Lifetime> whole = lifetimes;
    if (limit && ::tenon::planMemory(whole) > limit->bytes)
      if (Status status = keepLimit(*limit); !status.ok())
        return status;
    placeArena();
    return ::tenon::success();
  }

private:
  /// A block's ops; what its terminator has comes to lie in `destinations`.
  Status build(Block &block, ArrayRef<BufferRef> destinations) {
    ValueRange results = block.getTerminator()->getOperands();
    for (auto [value, destination] : llvm::zip_equal(results, destinations)) {
      Value source = origin(value);
      if (source.getDefiningOp<ir::LaunchOp>() &&
          source.getParentBlock() == &block && !places.count(source))
        places[source] = destination;
    }
    for (Operation &op : block.without_terminator())
      if (Status status = add(op); !status.ok())
        return status;
    for (auto [value, destination] : llvm::zip_equal(results, destinations)) {
      BufferRef place = use(value);
      if (place.space == destination.space &&
          place.index == destination.index &&
          place.offset == destination.offset)
        continue;
      Launch copy;
      copy.bytes = bytesOf(value.getType());
      copy.buffers = {place, destination};
      copy.label = "copy";
      copy.branch = branch();
      stage.launches.push_back(std::move(copy));
    }
    return ::tenon::success();
  }

  /// The branch that is being built, noting that the next launch reads its
  /// choice.
  std::optional<Branch> branch() {
    if (!openBranch)
      return std::nullopt;
    return Branch{use(openBranch->choice), openBranch->branches,
                  openBranch->number};
  }

  /// All regions of a switch one after the other, each launch with the number
  /// of its region; the default is the last.
  Status addSwitch(scf::IndexSwitchOp op) {
    auto cast = op.getArg().getDefiningOp<arith::IndexCastOp>();
    auto read = cast ? cast.getIn().getDefiningOp<tensor::ExtractOp>()
                     : tensor::ExtractOp();
    bool isCounted = llvm::all_of(llvm::enumerate(op.getCases()), [](auto c) {
      return static_cast<size_t>(c.value()) == c.index();
    });
    if (!read || !isCounted || openBranch ||
        !read.getTensor().getType().getElementType().isInteger(64))
      return cannotRun(op);
    SmallVector<BufferRef> destinations;
    for (Value result : op.getResults())
      destinations.push_back(allocate(result));
    SmallVector<Region *> regions;
    for (Region &region : op.getCaseRegions())
      regions.push_back(&region);
    regions.push_back(&op.getDefaultRegion());
    for (auto [number, region] : llvm::enumerate(regions)) {
      openBranch =
          OpenBranch{read.getTensor(), static_cast<uint32_t>(regions.size()),
                     static_cast<uint32_t>(number)};
      Status status = build(region->front(), destinations);
      // What the regions write is there until the last of them.
      for (Value result : op.getResults())
        use(result);
      openBranch.reset();
      if (!status.ok())
        return status;
    }
    return ::tenon::success();
  }

  static Status cannotRun(Operation *op) {
    std::string message;
    llvm::raw_string_ostream(message)
        << "the host cannot run " << op->getName() << " at " << op->getLoc();
    return Error{message};
  }

  /// Memory of its own for `value`, from the next launch on.
  BufferRef allocate(Value value) {
    auto now = static_cast<int64_t>(stage.launches.size());
    auto index = static_cast<uint32_t>(lifetimes.size());
    arena[value] = index;
    lifetimes.push_back({bytesOf(value.getType()), now, now, 0});
    return {BufferRef::Space::Arena, index, 0};
  }

  /// The value whose memory `value` is a view of.
  static Value origin(Value value) {
    while (auto view = value.getDefiningOp<ir::ReshapeOp>())
      value = view.getInput();
    return value;
  }

  /// Where `value` lies, noting that the next launch reads it.
  BufferRef use(Value value) {
    Value source = origin(value);
    if (auto found = arena.find(source); found != arena.end()) {
      lifetimes[found->second].last = stage.launches.size();
      return {BufferRef::Space::Arena, static_cast<uint32_t>(found->second), 0};
    }
    return places.lookup(source);
  }

  Status add(Operation &op) {
    if (auto launch = dyn_cast<ir::LaunchOp>(op))
      return addLaunch(launch);
    // The choice of a switch is read where it lies.
    if (isa<ir::ReshapeOp, tensor::ExtractOp, arith::IndexCastOp>(op))
      return ::tenon::success();
    if (auto choice = dyn_cast<scf::IndexSwitchOp>(op))
      return addSwitch(choice);
    if (auto weight = dyn_cast<ir::WeightOp>(op)) {
      places[weight.getResult()] = {BufferRef::Space::Weight,
                                    weightIndex(weight), 0};
      return ::tenon::success();
    }
    if (auto constant = dyn_cast<arith::ConstantOp>(op))
      if (auto elements = dyn_cast<DenseElementsAttr>(constant.getValue()))
        return addConstant(constant, elements);
    if (auto parameter = dyn_cast<ir::ParameterOp>(op))
      if (auto elements = dyn_cast<DenseElementsAttr>(parameter.getValue()))
        return addParameter(parameter, elements);
    return cannotRun(&op);
  }

  Status addLaunch(ir::LaunchOp op) {
    Launch launch;
    launch.kernel = kernelIndex(op.getKernel());
    launch.label = labelOf(op.getLoc());
    launch.results = op.getNumResults();
    launch.branch = branch();
    for (Value input : op.getInputs())
      launch.buffers.push_back(use(input));
    for (auto [index, result] : llvm::enumerate(op.getResults())) {
      if (int64_t input = op.getInPlace() ? (*op.getInPlace())[index] : -1;
          input >= 0) {
        places[result] = launch.buffers[input];
        launch.buffers.push_back(launch.buffers[input]);
        continue;
      }
      if (auto place = places.find(result); place != places.end()) {
        launch.buffers.push_back(place->second);
        continue;
      }
      launch.buffers.push_back(allocate(result));
    }
    // Kernels touch whole tensors; the executor checks that they are there.
    for (auto [buffer, value] :
         llvm::zip(launch.buffers,
                   llvm::concat<Value>(op.getInputs(), op.getResults())))
      buffer.bytes = bytesOf(value.getType());
    stage.launches.push_back(std::move(launch));
    return ::tenon::success();
  }

  Status addConstant(Value value, DenseElementsAttr elements) {
    auto [entry, fresh] = constants.try_emplace(elements, 0);
    if (fresh)
      entry->second = appendConstant(elements);
    places[value] = {BufferRef::Space::Constant, 0, entry->second};
    return ::tenon::success();
  }

  /// At a place of its own, whatever other constants are equal to it now.
  Status addParameter(ir::ParameterOp op, DenseElementsAttr elements) {
    uint64_t offset = appendConstant(elements);
    program.parameters.push_back(
        {op.getName().str(), offset, bytesOf(op.getType())});
    places[op.getResult()] = {BufferRef::Space::Constant, 0, offset};
    return ::tenon::success();
  }

  uint64_t appendConstant(DenseElementsAttr elements) {
    uint64_t offset = program.constants.size();
    std::vector<std::byte> data = contents(elements);
    program.constants.insert(program.constants.end(), data.begin(), data.end());
    program.constants.resize(llvm::alignTo(program.constants.size(), 64));
    return offset;
  }

  uint32_t kernelIndex(StringRef name) {
    auto found = llvm::find(program.kernels, name);
    if (found == program.kernels.end())
      found = program.kernels.insert(found, name.str());
    return found - program.kernels.begin();
  }

  uint32_t weightIndex(ir::WeightOp op) {
    for (auto [index, weight] : llvm::enumerate(program.weights))
      if (weight.file == op.getFile() && weight.offset == op.getOffset() &&
          weight.tensor == op.getTensor())
        return index;
    unsigned bits = op.getType().getElementTypeBitWidth();
    program.weights.push_back(
        {op.getFile().str(), op.getTensor().str(), op.getOffset(),
         bytesOf(op.getType()),
         static_cast<uint32_t>(llvm::divideCeil(bits, 8))});
    return program.weights.size() - 1;
  }

  /// Cuts launches into strips until what is in use at once fits.
  Status keepLimit(const ArenaLimit &limit) {
    UnplacedLaunches whole;
    whole.launches = std::move(stage.launches);
    for (const Lifetime &lifetime : lifetimes)
      whole.sizes.push_back(lifetime.bytes);
    auto stepsOf = [&](uint32_t kernel) -> const KernelSteps * {
      auto found = limit.steps.find(program.kernels[kernel]);
      return found == limit.steps.end() ? nullptr : &found->second;
    };
    // Gaps between buffers may make the arena larger than what is in use: then
    // less has to be, as long as less can.
    uint64_t wanted = limit.bytes, least = ~uint64_t(0), live = least;
    while (true) {
      UnplacedLaunches found = ::tenon::runInStrips(whole, wanted, stepsOf);
      std::vector<Lifetime> placed = found.lifetimes();
      uint64_t bytes = ::tenon::planMemory(placed),
               used = ::tenon::largestLiveSet(placed);
      if (bytes < least) {
        least = bytes;
        stage.launches = std::move(found.launches);
        lifetimes = std::move(placed);
      }
      if (least <= limit.bytes)
        return ::tenon::success();
      if (used >= live)
        break;
      live = used;
      wanted = std::min(wanted, used - 1);
    }
    return Error{"the memory limit of " + std::to_string(limit.bytes) +
                 " bytes cannot be kept: intermediates take " +
                 std::to_string(least)};
  }

  /// Until here an arena buffer was its number; now it gets its offset.
  void placeArena() {
    stage.liveBytes = ::tenon::largestLiveSet(lifetimes);
    stage.arenaBytes = ::tenon::planMemory(lifetimes);
    auto place = [&](BufferRef &buffer) {
      if (buffer.space == BufferRef::Space::Arena)
        buffer = {BufferRef::Space::Arena, 0,
                  lifetimes[buffer.index].offset + buffer.offset, buffer.bytes,
                  buffer.skipped};
    };
    for (Launch &launch : stage.launches) {
      llvm::for_each(launch.buffers, place);
      if (launch.branch)
        place(launch.branch->choice);
    }
  }

  Program &program;
  Stage &stage;
  llvm::DenseMap<Value, BufferRef> places;
  llvm::DenseMap<Value, size_t> arena;
  std::vector<Lifetime> lifetimes;
  llvm::DenseMap<Attribute, uint64_t> constants;
  struct OpenBranch {
    Value choice;
    uint32_t branches, number;
  };
  std::optional<OpenBranch> openBranch;
};
} // namespace

static Result<::tenon::TensorSpec> specOf(Type type, DictionaryAttr attributes,
                                          const std::string &fallback) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    return Error{"'" + fallback + "' is not a tensor of static shape"};
  ::tenon::TensorSpec spec;
  spec.name = fallback;
  spec.shape.assign(tensor.getShape().begin(), tensor.getShape().end());
  std::optional<DataType> dataType =
      ::tenon::dataTypeOf(tensor.getElementType());
  if (attributes) {
    if (auto name = attributes.getAs<StringAttr>("tenon.name"))
      spec.name = name.str();
    spec.updated = attributes.contains("tenon.updated");
    if (auto name = attributes.getAs<StringAttr>("tenon.dtype"))
      dataType = ::tenon::dataTypeByName(name.getValue());
  }
  if (!dataType)
    return Error{"'" + spec.name +
                 "' has an element type that cannot cross the interface"};
  spec.type = *dataType;
  return spec;
}

namespace tenon {

Result<Program> buildProgram(ModuleOp module, StringRef functionName,
                             const std::optional<ArenaLimit> &limit) {
  auto step = module.lookupSymbol<func::FuncOp>(functionName);
  if (!step)
    return Error{"the module has no function '" + functionName.str() + "'"};
  Program program;
  program.prepare.name = "prepare";
  program.step.name = functionName.str();

  std::vector<BufferRef> prepared;
  if (auto prepare = module.lookupSymbol<func::FuncOp>("prepare")) {
    for (Type type : prepare.getResultTypes()) {
      auto index = static_cast<uint32_t>(program.prepared.size());
      prepared.push_back({BufferRef::Space::Prepared, index, 0});
      program.prepared.push_back(bytesOf(type));
    }
    StageBuilder builder(program, program.prepare);
    if (Status status = builder.build(prepare, prepared); !status.ok())
      return status.error();
  }

  StageBuilder builder(program, program.step);
  size_t nextPrepared = 0;
  for (BlockArgument argument : step.getArguments()) {
    unsigned number = argument.getArgNumber();
    // Prepared arguments stand in the order of @prepare's results.
    if (step.getArgAttr(number, "tenon.prepared")) {
      if (nextPrepared == prepared.size())
        return Error{"@prepare has no result for argument " +
                     std::to_string(number)};
      builder.bind(argument, prepared[nextPrepared++]);
      continue;
    }
    Result<TensorSpec> spec =
        specOf(argument.getType(), step.getArgAttrDict(number),
               "arg" + std::to_string(number));
    if (!spec)
      return spec.error();
    builder.bind(argument, {BufferRef::Space::Input,
                            static_cast<uint32_t>(program.inputs.size()), 0});
    program.inputs.push_back(std::move(*spec));
  }
  std::vector<BufferRef> outputs;
  for (unsigned number = 0; number < step.getNumResults(); ++number) {
    Result<TensorSpec> spec =
        specOf(step.getResultTypes()[number], step.getResultAttrDict(number),
               "result" + std::to_string(number));
    if (!spec)
      return spec.error();
    outputs.push_back({BufferRef::Space::Output, number, 0});
    program.outputs.push_back(std::move(*spec));
  }
  if (Status status = builder.build(step, outputs, limit); !status.ok())
    return status.error();
  return program;
}

} // namespace tenon
