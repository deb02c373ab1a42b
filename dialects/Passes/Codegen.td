//===- Codegen.td - Passes from kernels to machine code -------------------===//

#ifndef TENON_PASSES_CODEGEN
#define TENON_PASSES_CODEGEN

include "mlir/Pass/PassBase.td"

def TileKernelPass : Pass<"tenon-tile-kernel", "::mlir::func::FuncOp"> {
  let summary = "Cut a kernel's outer parallel loops into tiles";
  let description = [{
    The op whose value the kernel returns is tiled over its parallel loops into an `scf.forall`, its
    producers are fused into the tile. The tiles are about as many as `tiles` asks for, not smaller
    than what pays for a thread, and equal where the loop has a divisor near. Of a sum of products, rows are cut into pieces
    large enough to read the other factor rarely, then panels into pieces that fill a register tile. Sums of few products that
    are rounded next are cut into more tiles, each so small that it stays in the second cache until then. A kernel that is too
    small, or that ends in no tileable op, is left alone.

    ```mlir
    %f = linalg.fill ins(%zero) outs(%out)
    %m = linalg.matmul ins(%a, %b) outs(%f)
    return %m
    // becomes
    %m = scf.forall (%i) = (0) to (384) step (48) shared_outs(%o = %out) {
      // slices, linalg.fill and linalg.matmul on 48 rows
    ```
  }];
  let options = [
    Option<"tiles", "tiles", "int64_t", /*default=*/"32", "How many tiles to aim for">,
  ];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect"];
}

def TileCopiesPass : Pass<"tenon-tile-copies", "::mlir::func::FuncOp"> {
  let summary = "Cut a kernel that joins, pads or slices tensors into tiles";
  let description = [{
    A kernel that does nothing but insert tensors into its result, perhaps over a number that fills it, becomes an
    `scf.forall` over parts of the outermost axis that is long enough; each part takes what lies in it of every tensor. One that
    returns a slice inserts it into its destination. Small kernels and others are left alone.

    ```mlir
    %f = linalg.fill ins(%zero) outs(%out : tensor<514x514xf32>)
    %r = tensor.insert_slice %x into %f[1, 1] [512, 512] [1, 1]
    return %r
    // becomes
    %r = scf.forall (%i) = (0) to (514) step (33) shared_outs(%o = %out) {
      // linalg.fill of rows i.. of %o, tensor.insert_slice of those rows of %x that belong there
    ```
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect"];
}

def TakeBuffersPass : Pass<"tenon-take-buffers", "::mlir::func::FuncOp"> {
  let summary = "Give a kernel memory arguments";
  let description = [{
    Turns the kernel's tensor arguments into contiguous memrefs, the trailing ones being where its results go,
    and its results into writes there. One-shot bufferization then finds no copy to make.
    A constant tensor of one number is written where it is wanted.

    ```mlir
    func.func @k(%x: tensor<8xf32>, %out: tensor<8xf32>) -> tensor<8xf32> { ... return %y }
    // becomes
    func.func @k(%x: memref<8xf32>, %out: memref<8xf32>) { ... return }
    ```
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def PlaceAllocationsPass : Pass<"tenon-place-allocations", "::mlir::func::FuncOp"> {
  let summary = "Take a kernel's temporary buffers out of its loops and free them";
  let description = [{
    A buffer of static size moves to the kernel's entry: onto the stack up to `stack-bytes`, else onto the heap,
    freed before the return. A buffer whose dynamic sizes have bounds becomes a part of a static one of those sizes; any other is
    freed at the end of its block. Bufferization has seen to it that no buffer leaves its block.

    ```mlir
    scf.for ... { %t = memref.alloc() : memref<12x32xf32> ... }
    // becomes
    %t = memref.alloca() : memref<12x32xf32>
    scf.for ... { ... }
    ```
  }];
  let options = [Option<"stackBytes", "stack-bytes", "int64_t", /*default=*/"262144", "Largest buffer put on the stack">];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}

def CopyToLoopsPass : Pass<"tenon-copy-to-loops", "::mlir::func::FuncOp"> {
  let summary = "Turn copies between strided buffers into linalg ops";
  let description = [{
    `memref.copy` of a buffer that is not contiguous would become a call of a runtime function that Tenon does not have;
    as a linalg op it becomes a loop. Contiguous copies stay (memcpy).
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def LowerContractionPass : Pass<"tenon-lower-contraction", "::mlir::func::FuncOp"> {
  let summary = "Lower sums of products on memory to register-tiled vector loops";
  let description = [{
    A linalg op on memrefs whose body is `acc + a * b` (through widening casts) and whose accesses are affine
    becomes a loop nest around a tile of vector accumulators held in registers. Three forms, by
    which axis is contiguous: the *outer* form vectorises an output axis that one input shares (x W), the *inner* form
    vectorises a summed axis both inputs share (x W^T) and adds up the lanes at the end, the *window* form an output axis that
    both share or along which one slides over the other: a depthwise convolution with the channels last or on one plane, whose
    windows load what they have in common once. Other
    convolutions are outer forms with several summed axes. Edges run the same code at smaller widths. Tiles of sums of few products leave an
    eighth of the registers to what is done with them next. Other ops are left alone.

    In the outer form a block of the summed axes is done for all rows before the next. Vectors that many rows meet are
    copied first where they have to be converted or lie far apart, and so are rows that would push each other out of the first
    cache. With `bf16-products` two summed steps of bf16 are multiplied at once (`vdpbf16ps`, with `arm` `bfdot`), with `byte-products` four of unsigned and
    signed bytes (`vpdpbusd`, `usdot`), with `signed-byte-products` four of signed ones (`sdot`), with `word-products` two of any bytes as i16 (`vpmaddwd`), from copies of the vectors in which they lie side by side; where the rows exceed the second cache, all panels of the other factor pass by one block of them.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "int64_t", /*default=*/"32", "Bytes of a vector register">,
    Option<"registers", "registers", "int64_t", /*default=*/"16", "Vector registers">,
    Option<"bf16Products", "bf16-products", "bool", /*default=*/"false", "Whether the processor adds products of pairs of bf16 to f32">,
    Option<"byteProducts", "byte-products", "bool", /*default=*/"false", "Whether the processor adds products of four unsigned and signed bytes to i32">,
    Option<"signedByteProducts", "signed-byte-products", "bool", /*default=*/"false", "Whether the processor adds products of four signed bytes to i32, as AArch64 does">,
    Option<"wordProducts", "word-products", "bool", /*default=*/"false", "Whether the processor multiplies pairs of i16 to sums of i32">,
    Option<"arm", "arm", "bool", /*default=*/"false", "Whether products of bf16 and of bytes are AArch64's instructions, not x86's">,
    Option<"summedSteps", "summed-steps", "int64_t", /*default=*/"256", "Steps of the summed axes in a block, at most">,
    Option<"columnsToCopy", "columns-to-copy", "int64_t", /*default=*/"128", "Columns of the result from which on rows are copied">,
  ];
  let dependentDialects = ["::mlir::vector::VectorDialect", "::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::arith::ArithDialect", "::mlir::affine::AffineDialect", "::mlir::LLVM::LLVMDialect"];
}

def LowerQuantizedLinearPass : Pass<"tenon-lower-quantized-linear", "::mlir::func::FuncOp"> {
  let summary = "Expand products of few rows with weights of few bits for a processor";
  let description = [{
    A `tenon.quantized_linear` in two dimensions with a weight of words becomes loops over tiles of a few rows and vectors of
    columns, whose sums stay in vectors over all inputs. Where a processor adds products of bytes (`byte-products`: `vpdpbusd`; `signed-byte-products`: `sdot`; `word-products` for 4 bits:
    `vpmaddubsw` and `vpmaddwd`), the rows become numbers of fixed point first, ahead of the loop of tiles that the op is in: each block of up to 128 inputs of a group has the unit
    in which its largest number has 24 bits, and each number is three digits of 8 bits. The weight's integers, made unsigned bytes by masks
    alone, meet one digit after the other; the three sums, which are exact, are put together in f32, scaled and added up over the blocks. A block that
    has an infinity, a NaN or only numbers below 2^-100 (but zeros) is multiplied number by number, as f32. Otherwise integers become f32, meet the inputs,
    and scale and offset are applied to the sums of a block. Weights of bytes are left alone.

    ```mlir
    %y = scf.forall (%c) = (0) to (4096) step (64) shared_outs(%o = %out) -> (tensor<1x4096xf32>) {
      %q = tenon.quantized_linear %x, %words scale %scale bits 4
          : (tensor<1x4096xf32>, tensor<4x512x16xi32>, tensor<4x32x16xf32>) -> tensor<1x64xf32>
    // becomes with byte-products, vector-bytes = 64 and registers = 32
    %digits, %starts, %units, %totals = scf.for ...
    %y = scf.forall (%c) = (0) to (4096) step (64) shared_outs(%o = %out) -> (tensor<1x4096xf32>) {
      scf.for %vector = 0 to 4 step 4 { // four sums
        scf.for %group = 0 to 32 {
          scf.for %word = .. { // 24 x vpdpbusd
    ```
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "int64_t", /*default=*/"32", "Bytes of a vector register">,
    Option<"registers", "registers", "int64_t", /*default=*/"16", "Vector registers">,
    Option<"byteProducts", "byte-products", "bool", /*default=*/"false", "Whether the processor adds products of four unsigned and signed bytes to i32">,
    Option<"signedByteProducts", "signed-byte-products", "bool", /*default=*/"false", "Whether the processor adds products of four signed bytes to i32, as AArch64 does">,
    Option<"wordProducts", "word-products", "bool", /*default=*/"false", "Whether the processor multiplies pairs of bytes to i16, and of i16 to i32">,
  ];
  let dependentDialects = ["::mlir::vector::VectorDialect", "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::LLVM::LLVMDialect"];
}

def LowerColumnReductionPass : Pass<"tenon-lower-column-reduction", "::mlir::func::FuncOp"> {
  let summary = "Lower reductions of columns on memory to vectors held in registers";
  let description = [{
    A linalg op on memrefs of static shape, whose innermost loop is parallel and along which all operands are contiguous or
    the same, and some results of which are reduced by other loops: a few vectors of columns at a time, whose results stay in registers
    while the reduced loops run. Other results are stored in each step. What is not reduced, has columns that are no whole vectors,
    booleans in memory or other than elementwise arithmetic, is left alone.

    ```mlir
    linalg.generic {maps = [(i, j) -> (i, j), (i, j) -> (j)], iterator_types = ["reduction", "parallel"]}
        ins(%x : memref<128x64xf32>) outs(%sum : memref<64xf32>)
    // becomes
    scf.for %j = 0 to 64 step 16 {
      %begin = vector.load %sum[%j]
      %end = scf.for %i = 0 to 128 iter_args(%now = %begin) { %row = vector.load %x[%i, %j] ... scf.yield %next }
      vector.store %end, %sum[%j]
    ```
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "int64_t", /*default=*/"32", "Bytes of a vector register">,
    Option<"registers", "registers", "int64_t", /*default=*/"16", "Vector registers">,
  ];
  let dependentDialects = ["::mlir::vector::VectorDialect", "::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::arith::ArithDialect"];
}

def LowerTransposePass : Pass<"tenon-lower-transpose", "::mlir::func::FuncOp"> {
  let summary = "Lower transpositions on memory to squares held in registers";
  let description = [{
    An elementwise linalg op on memrefs of 16- and 32-bit elements, some inputs of which are contiguous along another loop than
    its result, becomes a loop nest over squares of 8 x 8 of these two loops: 8 vectors are loaded along the one (lines further on are asked for), exchanged
    in registers, put through the op's arithmetic and stored along the other. Where a vector register holds more of the arithmetic's numbers, the columns of
    as many squares below each other are joined for it. What the squares leave over goes element by element.
    Ops without such an input, with a reduction, with other than `arith` ops or with an axis shorter than a square are left alone.

    ```mlir
    linalg.generic {maps = [(i, j) -> (j, i), (i, j) -> (i, j)]} ins(%x : memref<64x32xf32>) outs(%y : memref<32x64xf32>)
    // becomes
    scf.for %i = 0 to 32 step 16 {
      scf.for %j = 0 to 64 step 8 {
        // twice: 8 x vector.load %x[%j + r, %i], 24 x vector.shuffle, 8 x vector.store %y[%i + r, %j]
    ```
  }];
  let options = [Option<"vectorBytes", "vector-bytes", "int64_t", /*default=*/"32", "Bytes of a vector register">];
  let dependentDialects = ["::mlir::vector::VectorDialect", "::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::arith::ArithDialect"];
}

def SplitRangePass : Pass<"tenon-split-range", "::mlir::func::FuncOp"> {
  let summary = "Let a kernel do a part of its parallel loop";
  let description = [{
    The kernel gains two index arguments, the begin and the end of the part it is to do. Where the kernel is one
    `scf.forall` (beside ops without effects and what is written into its own buffers ahead of the loop, which each part does again), the loop runs over that part of its iterations, counted row-major, and the function
    gets `tenon.extent`, their number. Otherwise the extent is 1 and the arguments are not read.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect"];
}

def FindFootprintsPass : Pass<"tenon-find-footprints", "::mlir::func::FuncOp"> {
  let summary = "Note which bytes of its tensors each step of a kernel touches";
  let description = [{
    For a kernel on tensors whose tiles are cut and that is one `scf.forall`. A step is one iteration of the outermost axis of
    the loop that has several. The function gets `tenon.steps`, how many there are and how many iterations of the whole
    loop each of them is. An argument gets `tenon.footprint`, three numbers of bytes [stride, low, high], where all that step i touches of it
    lies in [i stride + low, i stride + high): where each access is a slice whose place along the first axis longer than 1 has such a
    bound. Arguments that are read otherwise, as weights are, get none, and other kernels nothing.

    It is how a program is planned under a memory limit (`docs/runtime.md`), and is no part of compiling a kernel.

    ```mlir
    func.func private @k(%x: tensor<1x64x16xf32>, %out: tensor<1x64x16xf32>) -> tensor<1x64x16xf32> attributes {tenon.kernel} {
      %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %out) -> (tensor<1x64x16xf32>) {
        %s = tensor.extract_slice %x[0, %i, 0] [1, 8, 16] [1, 1, 1]
        // .., inserted at [0, %i, 0] of %o
    // becomes
    func.func private @k(%x: tensor<1x64x16xf32> {tenon.footprint = array<i64: 512, 0, 512>},
                         %out: tensor<1x64x16xf32> {tenon.footprint = array<i64: 512, 0, 512>})
        -> tensor<1x64x16xf32> attributes {tenon.kernel, tenon.steps = array<i64: 8, 1>}
    ```
  }];
}

def AllowReassociationPass : Pass<"tenon-allow-reassociation", "::mlir::func::FuncOp"> {
  let summary = "Let sums inside reductions be reordered and products contract with sums";
  let description = [{
    Marks float additions and multiplications in the bodies of linalg ops that reduce with `reassoc` and
    `contract`, and those elsewhere with `contract`. NaN and infinity keep their meaning.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def LowerMaximaPass : Pass<"tenon-lower-maxima", "::mlir::func::FuncOp"> {
  let summary = "Turn maxima and minima of f32 and f64 into LLVM's intrinsics";
  let description = [{
    LLVM vectorises a loop that reduces by `llvm.maximum`, but not one by the comparisons and selections that upstream expands
    `arith.maximumf` to. NaN stays NaN; which of two zeros comes out is left open (`nsz`), as it is by the expansion.

    ```mlir
    %m = arith.maximumf %a, %b : f32
    // becomes
    %m = llvm.intr.maximum(%a, %b) {fastmathFlags = #llvm.fastmath<nsz>} : (f32, f32) -> f32
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def ApproximateMathPass : Pass<"tenon-approximate-math", "::mlir::func::FuncOp"> {
  let summary = "Expand f32 exp, tanh, erf and log into polynomials that vectorise";
  let description = [{ Upstream's approximations, within a few units in the last place. Other functions stay calls of the C library.
    The rounding of f32 to bf16 becomes integer arithmetic, unless the processor has it. }];
  let options = [Option<"roundToBf16", "round-to-bf16", "bool", /*default=*/"true", "Whether to round to bf16 by integers">];
  let dependentDialects = ["::mlir::vector::VectorDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def AddEntryPointPass : Pass<"tenon-add-entry-point", "::mlir::ModuleOp"> {
  let summary = "Give each kernel the C interface by which the executor calls it";
  let description = [{
    After the conversion to LLVM: `llvm.func @k(ptr, ..., i64, i64)` becomes internal and `@k(ptr buffers, i64 begin, i64 end)` calls it with the
    pointers that `buffers` holds.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def TileForBlocksPass : Pass<"tenon-tile-for-blocks", "::mlir::func::FuncOp"> {
  let summary = "Cut a kernel's outer parallel loops into tiles for a GPU's blocks";
  let description = [{
    As `tenon-tile-kernel`, for a processor that wants many small tiles: sums of products are cut into up to 128 rows by 128 columns
    (64 by 128 where no tensor core takes them), into smaller tiles where there would be few. Of a few rows a tile has as many columns as a warp forms one by one, or, where columns lie side
    by side, as make up 32 to 128 bytes; other
    kernels with reductions into a result (or a row around one) for each warp, or for the block where it sums up 8 elements a thread or more (loops that a
    reduction inside the kernel lacks stay whole, since every tile would repeat it), the rest into four elements a thread.

    ```mlir
    %m = linalg.matmul ins(%a, %b) outs(%f : tensor<256x512xf32>)
    // becomes
    %m = scf.forall (%i, %j) = (0, 0) to (256, 512) step (32, 32) shared_outs(%o = %out) {
    ```
  }];
  let options = [
    Option<"threads", "threads", "int64_t", /*default=*/"128", "Threads of a block">,
    Option<"warpgroups", "warpgroups", "bool", /*default=*/"false", "Whether the GPU has wgmma (sm_90a)">,
    Option<"tf32", "tf32", "bool", /*default=*/"false", "Whether tensor cores may take f32 factors as tf32">,
  ];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect"];
}

def LowerBlockAttentionPass : Pass<"tenon-lower-block-attention", "::mlir::func::FuncOp"> {
  let summary = "Do attention by tensor cores, a tile of queries a block";
  let description = [{
    A kernel that is nothing but a `tenon.attention` of 16-bit numbers (which ones: `tenon/IR/TensorCoreAttention.h`) becomes what one thread of a block does, on
    memrefs. Of 16 queries or more each warp has 16 of one head, and keeps their scores against 64 keys at a time, the sums of values and what softmax knows of each row in
    registers; a block of keys that a mask hides from all of its rows it leaves out. Of fewer queries, and of heads with more than 128 numbers, all warps share a tile of rows, which are the queries of
    all heads that read one key head: each warp has the scores of some keys and the sums of some columns, and scores, their largest and their totals meet in shared memory. Values
    that are the first numbers of their keys (an `extract_slice`, as of latents) are read where the keys are. With `splits` each block has a part of the keys that are seen.
    Scores are rounded to the values' type before they weigh values. Keys that no query of a tile sees are not read. Other kernels are left alone.

    ```mlir
    %y = tenon.attention %q, %k, %v {causal = #tenon<causal top_left>, num_heads = 8 : i64, num_kv_heads = 8 : i64} : ...
    // becomes
    scf.for %tile = %block to 128 step %blocks {
      // cp.async of queries; for each block of keys: cp.async of the next, mma.sync, softmax, mma.sync
    ```
  }];
  let options = [
    Option<"threads", "threads", "int64_t", /*default=*/"128", "Threads of a block, a multiple of 32">,
    Option<"sharedBytes", "shared-bytes", "int64_t", /*default=*/"166912", "Shared memory that a block may have">,
  ];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect", "::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::vector::VectorDialect", "::mlir::LLVM::LLVMDialect",
                           "::mlir::NVVM::NVVMDialect"];
}

def DistributeToThreadsPass : Pass<"tenon-distribute-to-threads", "::mlir::func::FuncOp"> {
  let summary = "Let the threads of a GPU's block share the work on a tile";
  let description = [{
    For a kernel on memrefs. Its `scf.forall` becomes a loop of each block over some of the tiles, and all threads of the block go through a
    tile together: a linalg op's elements are divided among them (where there are few, a warp or several share each long reduction, or where results lie side by side each thread forms parts of
    16 bytes of them), a
    single store is the first thread's, control flow and loads are everyone's. They wait for one another after each write. Temporaries
    lie in shared memory as far as `shared-bytes` reach, the smallest first, the others in a workspace, of which
    each block has a part: the kernel's new last argument. A sum of products of 8 rows and columns or more is the whole block's:
    pieces of its factors are staged in shared memory, by asynchronous copies where 16 bytes lie side by side, and multiplied by tensor cores
    where both have 16 bits (mma.sync, or with `warpgroups` wgmma) or, with `tf32`, of f32 numbers rounded to that, else one by one; a factor that the body computes, of integers and scales say, is
    computed on its way, and rounded where the other has 16 bits; the zeros that it starts with and the op that passes over its result are part of it. The function gets `tenon.extent` (the tiles), `tenon.threads`,
    `tenon.shared_bytes`, `tenon.workspace_bytes` (of a block) and `tenon.buffer_bytes`.

    ```mlir
    scf.forall (%i) = (0) to (64) step (1) {
      linalg.fill ins(%zero) outs(%row : memref<512xf32, ...>)
    // becomes
    scf.for %i = %block to 64 step %blocks {
      scf.for %e = %thread to 128 step 128 { // four stores }
      gpu.barrier
    ```
  }];
  let options = [
    Option<"threads", "threads", "int64_t", /*default=*/"128", "Threads of a block, a multiple of 32">,
    Option<"sharedBytes", "shared-bytes", "int64_t", /*default=*/"49152", "Shared memory that a block may have">,
    Option<"warpgroups", "warpgroups", "bool", /*default=*/"false", "Whether the GPU has wgmma (sm_90a)">,
    Option<"tf32", "tf32", "bool", /*default=*/"false", "Whether tensor cores may take f32 factors as tf32">,
  ];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::affine::AffineDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::vector::VectorDialect", "::mlir::LLVM::LLVMDialect",
                           "::mlir::NVVM::NVVMDialect"];
}

def LowerGpuOpsPass : Pass<"tenon-lower-gpu-ops", "::mlir::func::FuncOp"> {
  let summary = "Lower thread numbers, barriers and exchanges between lanes to NVVM ops";
  let description = [{ In functions, where upstream's conversion wants a `gpu.module`. Blocks and threads have one axis, x; exchanges are
    between all lanes of a warp. }];
  let dependentDialects = ["::mlir::NVVM::NVVMDialect", "::mlir::arith::ArithDialect"];
}

def AddDeviceEntryPass : Pass<"tenon-add-device-entry", "::mlir::ModuleOp"> {
  let summary = "Make a kernel one that the CUDA driver launches";
  let description = [{
    After the conversion to LLVM: the function becomes a kernel with a fixed number of threads, its pointers are aligned and do not
    alias, and its shared memory is as large as the launch says.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::NVVM::NVVMDialect"];
}

def EmulateGpuPass : Pass<"tenon-emulate-gpu", "::mlir::ModuleOp"> {
  let summary = "Make a GPU kernel one for the CPU, whose threads the emulator runs";
  let description = [{
    After the conversion to LLVM: NVVM ops become calls of `lib/Emulator`, each load and store asks it first, shared memory is what it
    provides. `@k(ptr buffers, i64 begin, i64 end)` runs those blocks of the kernel, as kernels for the CPU run a part of their loop.

    ```mlir
    nvvm.barrier0
    %x = llvm.load %p : !llvm.ptr -> f32
    // becomes
    llvm.call @tenon_emulator_barrier(%site)
    %q = llvm.call @tenon_emulator_access(%p, %four, %reads)
    %x = llvm.load %q : !llvm.ptr -> f32
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif
