//===- Machine.cpp - Optimisation and code of a processor -----------------===//

#include "tenon/Codegen/Machine.h"

#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

#include <mutex>

using namespace tenon;

Machine tenon::hostMachine() {
  llvm::SubtargetFeatures features;
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  llvm::SmallVector<llvm::StringRef> names(host.keys());
  llvm::sort(names);
  for (llvm::StringRef name : names)
    features.AddFeature(name, host[name]);
  return {llvm::sys::getDefaultTargetTriple(),
          llvm::sys::getHostCPUName().str(), features.getString()};
}

Result<std::unique_ptr<llvm::TargetMachine>>
tenon::createTargetMachine(const Machine &target) {
  static std::once_flag initialized;
  std::call_once(initialized, [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    llvm::InitializeAllAsmParsers();
  });
  std::string message;
  llvm::Triple triple(target.triple);
  const llvm::Target *description =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!description)
    return Error{"no code generator for '" + target.triple + "': " + message};
  llvm::TargetOptions options;
  std::unique_ptr<llvm::TargetMachine> machine(description->createTargetMachine(
      triple, target.cpu, target.features, options, llvm::Reloc::PIC_,
      std::nullopt, llvm::CodeGenOptLevel::Default));
  if (!machine)
    return Error{"no target machine for '" + target.triple + "'"};
  return machine;
}

static bool hasVectors(const llvm::Loop &loop) {
  return llvm::any_of(loop.blocks(), [](const llvm::BasicBlock *block) {
    return llvm::any_of(*block, [](const llvm::Instruction &instruction) {
      return instruction.getType()->isVectorTy();
    });
  });
}

/// Keeps LLVM from unrolling long loops, but for those of register tiles: what
/// it then makes of the loop around them is blocks of thousands of
/// instructions, which take seconds to schedule and run no faster. Short loops,
/// such as a window's taps, are left to it.
static void keepLongLoops(llvm::Function &function) {
  static constexpr unsigned longestUnrolled = 16;
  llvm::DominatorTree dominators(function);
  llvm::LoopInfo loops(dominators);
  llvm::TargetLibraryInfoImpl libraryImpl(
      function.getParent()->getTargetTriple());
  llvm::TargetLibraryInfo library(libraryImpl);
  llvm::AssumptionCache assumptions(function);
  llvm::ScalarEvolution evolution(function, library, assumptions, dominators,
                                  loops);
  for (llvm::Loop *loop : loops.getLoopsInPreorder())
    if (evolution.getSmallConstantTripCount(loop) > longestUnrolled &&
        !(loop->isInnermost() && hasVectors(*loop)))
      llvm::addStringMetadataToLoop(loop, "llvm.loop.unroll.disable", 1);
}

void tenon::optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  for (llvm::Function &function : module) {
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    // LLVM halves the vectors on some CPUs unless told otherwise.
    function.addFnAttr("prefer-vector-width", "512");
    if (!function.isDeclaration())
      keepLongLoops(function);
  }
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager graphs;
  llvm::ModuleAnalysisManager modules;
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = true;
  llvm::PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(graphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, graphs, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3)
      .run(module, modules);
}

Result<std::string> tenon::emit(llvm::Module &module,
                                llvm::TargetMachine &machine, EmitKind kind) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager manager;
  auto type = kind == EmitKind::Object ? llvm::CodeGenFileType::ObjectFile
                                       : llvm::CodeGenFileType::AssemblyFile;
  if (machine.addPassesToEmitFile(manager, stream, nullptr, type))
    return Error{"the target '" + machine.getTargetTriple().str() +
                 "' cannot emit code"};
  manager.run(module);
  return std::string(bytes.begin(), bytes.end());
}
