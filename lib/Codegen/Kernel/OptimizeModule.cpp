//===- OptimizeModule.cpp - LLVM's passes over a kernel -------------------===//

#include "tenon/Codegen/Machine.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace tenon;

static bool hasVectors(const llvm::Loop &loop) {
  return llvm::any_of(loop.blocks(), [](const llvm::BasicBlock *block) {
    return llvm::any_of(*block, [](const llvm::Instruction &instruction) {
      return instruction.getType()->isVectorTy();
    });
  });
}

/// Keeps LLVM from unrolling what is no faster so, but takes it seconds:
/// - a loop around register tiles, which becomes blocks of thousands of
///   instructions;
/// - a loop of vectors that nobody knows the length of, eight at a time: they
///   are as wide as a register tile where it is long, and those at the borders
///   of an image are short;
/// - any long loop else, and what is around it. Short ones, such as a window's
///   taps, are left to it.
/// A GPU's code was measured with its long loops kept alone.
static void keepLoops(llvm::Function &function, bool isForGpu) {
  static constexpr unsigned longestUnrolled = 16;
  llvm::DominatorTree dominators(function);
  llvm::LoopInfo loops(dominators);
  llvm::TargetLibraryInfoImpl libraryImpl(
      function.getParent()->getTargetTriple());
  llvm::TargetLibraryInfo library(libraryImpl);
  llvm::AssumptionCache assumptions(function);
  llvm::ScalarEvolution evolution(function, library, assumptions, dominators,
                                  loops);
  llvm::SmallVector<llvm::Loop *, 4> order = loops.getLoopsInPreorder();
  llvm::SmallPtrSet<const llvm::Loop *, 16> kept;
  for (llvm::Loop *loop : llvm::reverse(order)) {
    unsigned steps = evolution.getSmallConstantTripCount(loop);
    bool isLong = steps > longestUnrolled;
    bool isOfVectors = hasVectors(*loop);
    bool isTile = isOfVectors && loop->isInnermost();
    bool isKept = isTile ? steps == 0
                         : isLong || isOfVectors ||
                               llvm::any_of(*loop, [&](llvm::Loop *inner) {
                                 return kept.contains(inner);
                               });
    if (isForGpu)
      isKept = isLong && !isTile;
    if (!isKept)
      continue;
    kept.insert(loop);
    llvm::addStringMetadataToLoop(loop, "llvm.loop.unroll.disable", 1);
  }
}

/// What O3 does for these kernels, which are loops over memory without calls,
/// structures or branches to thread: each pass that is not here took time and
/// made none of the measured kernels faster. In order: clean up what comes of
/// MLIR, inline the range's loops into the entry point, bring loops into form
/// and take out of them what does not change, make vectors of those that have
/// none, unroll, clean up.
static constexpr llvm::StringLiteral hostPasses =
    "function<eager-inv>("
    "sroa<modify-cfg>,early-cse<>,instcombine<no-verify-fixpoint>,simplifycfg),"
    "cgscc(inline),globaldce,"
    "function<eager-inv>("
    "sroa<modify-cfg>,early-cse<memssa>,"
    "simplifycfg,instcombine<no-verify-fixpoint>,"
    "loop-mssa(loop-instsimplify,loop-simplifycfg,licm<no-allowspeculation>,"
    "loop-rotate,licm,simple-loop-unswitch<trivial>),"
    "simplifycfg,instcombine<no-verify-fixpoint>,"
    "loop(loop-idiom,indvars,loop-deletion,loop-unroll-full),"
    "sroa<modify-cfg>,gvn,instcombine<no-verify-fixpoint>,loop-mssa(licm),"
    "loop-vectorize,instcombine<no-verify-fixpoint>,"
    "simplifycfg<no-keep-loops;hoist-common-insts;sink-common-insts>,"
    "slp-vectorizer,vector-combine,instcombine<no-verify-fixpoint>,"
    "loop-unroll<O3>,instcombine<no-verify-fixpoint>,loop-mssa(licm),"
    "simplifycfg),"
    "constmerge";

void tenon::optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  bool isForGpu = machine.getTargetTriple().isNVPTX();
  for (llvm::Function &function : module) {
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    // LLVM halves the vectors on some CPUs unless told otherwise.
    function.addFnAttr("prefer-vector-width", "512");
    if (!function.isDeclaration())
      keepLoops(function, isForGpu);
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
  llvm::ModulePassManager passes;
  if (isForGpu)
    passes = builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3);
  else
    llvm::cantFail(builder.parsePassPipeline(passes, hostPasses));
  passes.run(module, modules);
}
