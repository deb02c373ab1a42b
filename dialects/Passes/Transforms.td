//===- Transforms.td - Passes that rewrite models -------------------------===//

#ifndef TENON_PASSES_TRANSFORMS
#define TENON_PASSES_TRANSFORMS

include "Passes/Raising.td"

//===----------------------------------------------------------------------===//
// Rewrites: other ops for the same numbers
//===----------------------------------------------------------------------===//

def MergeLoraPass : Pass<"tenon-merge-lora"> {
  let summary = "Make adapters a part of the weight";
  let description = [{
    A `tenon.lora` whose factors and scale are known at load becomes a `tenon.linear` with the weight W + s B A, formed in f32
    and rounded once to the weight's type; `tenon-hoist-stages` moves that to `@prepare`, so that the adapter costs nothing
    afterwards. A scale of 0 leaves W bit for bit. Weights of 16 bits, whose rounding may eat a small change, are merged
    with `rounded` only.

    ```mlir
    %y = tenon.lora %x, %w, %a, %b, %s : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<2x16xf32>, tensor<12x2xf32>, tensor<f32>) -> tensor<3x12xf32>
    // becomes
    %m = tenon.matmul %b, %a : (tensor<12x2xf32>, tensor<2x16xf32>) -> tensor<12x16xf32>
    %d = arith.mulf %m, %scales : tensor<12x16xf32>
    %v = arith.addf %w, %d : tensor<12x16xf32>
    %y = tenon.linear %x, %v : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
    ```
  }];
  let options = [Option<"rounded", "rounded", "bool", "false", "Merge weights of 16 bits too">];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def ExpandAdaptersPass : Pass<"tenon-expand-adapters"> {
  let summary = "Make adapters beside layers two thin products";
  let description = [{
    A `tenon.adapters` becomes a linear layer with the first factors of all its adapters side by side, whose results are scaled,
    and set to zero where a row of the batch has another adapter, and one with the second factors. Where rows choose among
    adapters of more than 256 ranks together, rows are put together by adapter instead, and only factors that some row has
    are read. A `tenon.lora` that was not merged becomes a linear layer and such products.

    ```mlir
    %z = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
    // becomes
    %t = tenon.linear %x, %as : (tensor<5x3xf32>, tensor<48x3xf32>) -> tensor<5x48xf32>
    %u = arith.mulf %t, %ss : tensor<5x48xf32>
    %d = tenon.linear %u, %bs : (tensor<5x48xf32>, tensor<4x48xf32>) -> tensor<5x4xf32>
    %z = arith.addf %y, %d : tensor<5x4xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def SplitDenoisingPass : Pass<"tenon-split-denoising", "::mlir::ModuleOp"> {
  let summary = "Keep one stage of a network that a denoising loop runs";
  let description = [{
    A diffusion loop runs a network again and again with other images, at known times, for one prompt. By their attribute
    `tenon.stage` its arguments are given before the loop (`begin`: the prompt), for each of its times (`time`), or in each step (any
    other: the image). What an op computes belongs to the stage of its latest operand. @step becomes its part of `stage`: the keys and
    values of cross attention belong to `begin`, the embedding of the time and what layers make of it to `time`. What a stage needs of an earlier one are
    arguments `hoisted.N`, results under the same name there; views that only a later stage uses are made there. Weights whose
    only use is in another stage are gone.

    ```mlir
    func.func @step(%image: tensor<2x4xf32>, %prompt: tensor<2x4xf32> {tenon.stage = "begin"}) -> tensor<2x4xf32> {
      %key = tenon.linear %prompt, %w : (tensor<2x4xf32>, tensor<4x4xf32>) -> tensor<2x4xf32>
      %y = arith.mulf %image, %key : tensor<2x4xf32>
      return %y : tensor<2x4xf32>
    }
    // becomes, for step
    func.func @step(%image: tensor<2x4xf32>, %key: tensor<2x4xf32> {tenon.name = "hoisted.0"}) -> tensor<2x4xf32>
    // and for begin
    func.func @step(%prompt: tensor<2x4xf32>) -> (tensor<2x4xf32> {tenon.name = "hoisted.0"})
    ```
  }];
  let options = [Option<"stage", "stage", "std::string", /*default=*/"\"step\"", "begin, time or step">];
}

def FoldPadsPass : Pass<"tenon-fold-pads"> {
  let summary = "Padding that convolutions do themselves";
  let description = [{
    A `tenon.pad` of spatial axes with zeros in front of a `tenon.conv` is added to the pads of the convolution, which some forms
    (Winograd's, phases of repeated pixels) need not write to memory. Other values, padded channels, and axes that are cropped are left
    alone.

    ```mlir
    %p = tenon.pad %x low [0, 0, 0, 0] high [0, 0, 1, 1] : (tensor<1x8x6x6xf32>) -> tensor<1x8x7x7xf32>
    %y = tenon.conv %p, %w strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x7x7xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x3x3xf32>
    // becomes
    %y = tenon.conv %x, %w strides [2, 2] dilations [1, 1] pads [0, 0] [1, 1] groups 1 : (tensor<1x8x6x6xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x3x3xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def SplitConvTransposePass : Pass<"tenon-split-conv-transpose"> {
  let summary = "Transposed convolutions as convolutions of all phases";
  let description = [{
    Of a transposed convolution of stride s every s-th output is made of the same inputs, by every s-th weight. All outputs of a place, its
    phases, are computed by one convolution of stride 1, each a slot of channels, and put in their places afterwards; no zeros stand
    between inputs and nothing is added up in memory. Weights are sorted by phase when the model is loaded. Without a stride the
    kernel is turned round and nothing is moved.

    Where the stride does not divide the kernel, some phases have a weight less: these are convolutions of their own, joined before they are
    put in their places, where there are 32 channels or more; with fewer, or with `winograd` where all phases as one take Winograd's form, short
    phases compute with zeros. Groups, weights that inputs give, pads that leave inputs out, and kernels that do not overlap, which are
    one product either way, are left alone.

    ```mlir
    %y = tenon.conv_transpose %x, %w strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x8x5x6xf32>, tensor<8x16x4x4xf32>) -> tensor<1x16x10x12xf32>
    // becomes
    %z = tenon.conv %x, %phases strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x5x6xf32>, tensor<64x8x2x2xf32>) -> tensor<1x64x6x7xf32>
    // and, with the channels last, [1, 6, 7, 2, 2, 16] as [1, 12, 14, 16] without its border
    ```
  }];
  let options = [Option<"winograd", "winograd", "bool", "false", "Keep what Winograd's form suits in one">];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def SplitUpsampleConvPass : Pass<"tenon-split-upsample-conv"> {
  let summary = "Convolve small images in place of their repeated pixels";
  let description = [{
    A convolution of a `tenon.upsample` reads most pixels several times. For each phase of the result (where its pixel lies among those that
    repeat one), elements of the kernel that meet the same pixel are summed, so that the small image is convolved by smaller kernels:
    of factors 2 and a 3 x 3 kernel, four of 2 x 2, with 4 products in place of 9. All phases are one convolution, each a slot of channels, whose
    results are put in their places afterwards; phases that start a pixel later are taken from the place behind. Sums of
    kernels follow from weights alone. Strides, dilations, groups, sizes that change, and kernels that save nothing are left alone, and with
    `winograd` those that `tenon-use-winograd` computes with as few products.

    ```mlir
    %u = tenon.upsample %x factors [2, 2] : tensor<1x8x5x6xf32> -> tensor<1x8x10x12xf32>
    %y = tenon.conv %u, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x10x12xf32>
    // becomes
    %z = tenon.conv %x, %sums strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x5x6xf32>, tensor<64x8x2x2xf32>) -> tensor<1x64x6x7xf32>
    // and, with the channels last, [1, 6, 7, 2, 2, 16] as [1, 12, 14, 16] without its border
    ```
  }];
  let options = [Option<"winograd", "winograd", "bool", "false", "Leave what Winograd's form suits">];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def MeasureMergePass : Pass<"tenon-measure-merge", "::mlir::ModuleOp"> {
  let summary = "Say what rounding eats of adapters";
  let description = [{
    `@step` becomes a function without arguments that gives two numbers for each weight of 16 bits that is a sum in f32, rounded:
    the root mean square of what rounding changes over that of what is added, and the share of the elements in which nothing
    of it is left. Results bear the names of the weights' tensors.

    ```mlir
    %f = tenon.cast %w : tensor<32x64xbf16> to tensor<32x64xf32>
    %s = arith.addf %f, %change : tensor<32x64xf32>
    %v = tenon.cast %s : tensor<32x64xf32> to tensor<32x64xbf16>
    // becomes a result of
    func.func @step() -> (tensor<2xf32> {tenon.name = "w"})
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

//===----------------------------------------------------------------------===//
// Latent attention
//===----------------------------------------------------------------------===//

def ChooseMlaPass : Pass<"tenon-choose-mla"> {
  let summary = "Choose the form of each latent attention by its cost";
  let description = [{
    Gives each `tenon.mla` without one the `form` that costs less. With L queries and T keys a head takes
    L T (2 r + dr) + L r (dn + dv) products absorbed, and T r (dn + dv) + L T (dn + dr + dv) expanded; few queries of many keys
    are absorbed, as many queries as keys never. To the products of all heads come the bytes of memory, at `products-per-byte`
    each, of which the expanded form has its keys and values more.

    Behind a cache only `valid_lengths` says how many keys there are. Where the cheaper form depends on it, a `scf.index_switch`
    chooses in each run: by the longest row, among L keys, up to 2 L, 4 L and so on. The expanded form makes keys of no more
    latents than its range needs.

    ```mlir
    %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x16x1x128xf32>, ..., tensor<1x1024x512xf32>, ...) -> tensor<1x16x1x128xf32>
    %z = tenon.mla %p, %pr, %d, %dr, %w valid_lengths %n {causal = #tenon<causal cached>} : (tensor<1x16x64x128xf32>, ..)
    // becomes
    %y = tenon.mla %q, %qr, %c, %kr, %w {form = #tenon<mla_form absorbed>} : ...
    %z = scf.index_switch %range -> tensor<1x16x64x128xf32>
    case 0 {
      // The first 64 latents, as at the start of a prompt.
      %0 = tenon.mla %p, %pr, %e, %er, %w valid_lengths %n {.., form = #tenon<mla_form expanded>} : ...
      scf.yield %0 : tensor<1x16x64x128xf32>
    }
    default {
      %0 = tenon.mla %p, %pr, %d, %dr, %w valid_lengths %n {.., form = #tenon<mla_form absorbed>} : ...
      scf.yield %0 : tensor<1x16x64x128xf32>
    }
    ```
  }];
  let options = [
    Option<"form", "form", "std::string", "\"auto\"", "auto, or the form that all take: absorbed, expanded">,
    Option<"productsPerByte", "products-per-byte", "double", "4",
           "products formed in the time of a byte of memory (48 GFLOP/s of FMAs beside 12 GB/s, a thread of Zen 3)">
  ];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def AbsorbMlaPass : Pass<"tenon-absorb-mla"> {
  let summary = "Let latent attention's queries meet the latents themselves";
  let description = [{
    A `tenon.mla` that is not to be expanded takes its queries to the latents' space, by the key rows of its weight; there one
    key and value head, the latents, serves all heads, and only what is summed of them is taken back by the value rows. A cache
    that holds latents and turned keys side by side is read as it lies. The weight's two factors stay apart from the
    projections before and behind: a product of both would be larger than they are wherever dn < r in / (r + in).

    ```mlir
    %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>,
        tensor<48x16xf32>) -> tensor<1x2x1x16xf32>
    // becomes, with %wk the key rows [2, 8, 16] and %wv the value rows [2, 16, 16] of %w
    %l = tenon.matmul %q, %wk : (tensor<1x2x1x8xf32>, tensor<2x8x16xf32>) -> tensor<1x2x1x16xf32>
    %n = tenon.concat %l, %qr axis 3 : (tensor<1x2x1x16xf32>, tensor<1x2x1x4xf32>) -> tensor<1x2x1x20xf32>
    %k = tenon.concat %c, %kr axis 2 : (tensor<1x9x16xf32>, tensor<1x9x4xf32>) -> tensor<1x9x20xf32>
    %m = tenon.attention %n, %k, %c {num_heads = 2 : i64, num_kv_heads = 1 : i64, scale = 0.28867513459481287 : f64} : ...
    %y = tenon.matmul %m, %wv transposed : (tensor<1x2x1x16xf32>, tensor<2x16x16xf32>) -> tensor<1x2x1x16xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def ExpandMlaPass : Pass<"tenon-expand-mla"> {
  let summary = "Make latent attention's keys and values";
  let description = [{
    A `tenon.mla` that is not to be absorbed becomes a linear layer, which makes all keys and values, and a `tenon.attention`.

    ```mlir
    %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>,
        tensor<48x16xf32>) -> tensor<1x2x9x16xf32>
    // becomes, %n and %v being columns of %l and %t the turned keys for all heads
    %l = tenon.linear %c, %w : (tensor<1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x9x48xf32>
    %k = tenon.concat %n, %t axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
    %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
    %y = tenon.attention %qq, %k, %v {num_heads = 2 : i64, num_kv_heads = 2 : i64, scale = 0.28867513459481287 : f64} : ...
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

def FoldBatchNormPass : Pass<"tenon-fold-batch-norm"> {
  let summary = "Fold scales and shifts of channels into the convolution before them";
  let description = [{
    A product or sum of a `tenon.conv` and a parameter of its output channels, or a `tenon.batch_norm` of one, becomes
    part of the convolution's weight and bias, which are made in `@prepare`. The convolution must have no other user and its
    weight must be known at load; 16-bit weights, which would be rounded twice, stay.

    ```mlir
    %c = tenon.conv %x, %w ...
    %y = tenon.batch_norm %c, %scale, %bias, %mean, %variance epsilon 1.0e-5
    // becomes, with s = scale / sqrt(variance + epsilon)
    %y = tenon.conv %x, %w_times_s, %bias_less_mean_times_s ...
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def QuantizeWeightsPass : Pass<"tenon-quantize-weights"> {
  let summary = "Keep the weights of linear layers in 8 or 4 bits";
  let description = [{
    A `tenon.linear` whose weight is known at load becomes a `tenon.quantized_linear`; integers, scales and offsets are made in
    `@prepare`. Each `group` of neighbouring inputs of an output has a scale of its own: with 8 bits the largest magnitude / 127, q
    from -127 to 127; with 4 bits the range of the group, 0 included, / 15, q from 0 to 15, so that 0 stays 0. Values go to the
    nearest step, halves to even. Layers whose outputs fill no panel or whose inputs fill no group stay, and so do those in
    f64 and those that are computed at load.

    ```mlir
    %y = tenon.linear %x, %w : (tensor<1x64xf32>, tensor<32x64xf32>) -> tensor<1x32xf32>
    // becomes with bits = 4 and group = 32
    %y = tenon.quantized_linear %x, %q scale %s offset %o bits 4 : (tensor<1x64xf32>, tensor<2x64x8xi8>, tensor<2x2x16xf32>,
        tensor<2x2x16xf32>) -> tensor<1x32xf32>
    ```
  }];
  let options = [
    Option<"bits", "bits", "int64_t", /*default=*/"8", "8 or 4">,
    Option<"group", "group", "int64_t", /*default=*/"0", "Inputs that share a scale; 0: all of an output">,
    Option<"panel", "panel", "int64_t", /*default=*/"16", "Outputs in a panel">,
  ];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def MeasureQuantizationPass : Pass<"tenon-measure-quantization", "::mlir::ModuleOp"> {
  let summary = "Say what few bits cost each weight";
  let description = [{
    `@step` becomes a function without arguments that gives two numbers for each weight that `tenon-quantize-weights` with the
    same options would round: the root mean square of the changes over that of the weight, and the largest change over the
    largest magnitude. Results bear the names of the weights' tensors.

    ```mlir
    func.func @step(%x: tensor<4x64xf32>) -> tensor<4x32xf32> {
      %w = tenon.weight "w" in "f" at 0 : tensor<32x64xf32>
      %y = tenon.linear %x, %w : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
      return %y : tensor<4x32xf32>
    }
    // becomes
    func.func @step() -> (tensor<2xf32> {tenon.name = "w"}) {
      %w = tenon.weight "w" in "f" at 0 : tensor<32x64xf32>
      // ...
      return %errors : tensor<2xf32>
    }
    ```
  }];
  let options = [
    Option<"bits", "bits", "int64_t", "8", "8 or 4">,
    Option<"group", "group", "int64_t", "0", "Neighbouring inputs that share a scale; 0: all of an output">,
    Option<"panel", "panel", "int64_t", "16", "Outputs of a panel">
  ];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def PackWeightsPass : Pass<"tenon-pack-weights"> {
  let summary = "Lay weights out for registers, images with the channels last";
  let description = [{
    A `tenon.linear` or `tenon.conv` whose weight is known at load becomes its packed form, the weight in panels of `panel` outputs
    (or half as many where that divides and `panel` does not). A weight that is computed element by element from a thin product,
    as one with adapters is, is computed on panels. Outputs that fill no panel are made up by zero
    rows and cut off; of a linear layer where that adds an eighth at most. A convolution reads and writes images with the channels last, between two transposes.
    The bytes of a `tenon.quantized_linear` whose weight is known at load become words, where its groups fill them, and integers of 4 bits signed
    ones; an offset of eight scales goes with that.
    Each group of a convolution that is not depthwise has panels of its own; up to four neighbours become one, with zeros between them, where their
    outputs alone would not fill half a panel. A linear layer of other outputs, a convolution of other groups, and weights that depend on
    inputs stay as they are.

    ```mlir
    %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<32x8xf32>) -> tensor<4x32xf32>
    // becomes
    %r = tenon.reshape %w : tensor<32x8xf32> to tensor<2x16x8xf32>
    %p = tenon.transpose %r [0, 2, 1] : tensor<2x16x8xf32> -> tensor<2x8x16xf32>
    %y = tenon.packed_linear %x, %p : (tensor<4x8xf32>, tensor<2x8x16xf32>) -> tensor<4x32xf32>
    ```
  }];
  let options = [
    Option<"panel", "panel", "int64_t", /*default=*/"16", "Outputs in a panel">,
    Option<"linear", "linear", "bool", /*default=*/"true", "Whether linear layers are packed too; a GPU reads their weights as they are">,
    Option<"groups", "groups", "bool", /*default=*/"true", "Whether convolutions of several groups are packed too">,
  ];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def UseWinogradPass : Pass<"tenon-use-winograd"> {
  let summary = "Convolve 3 x 3 with fewer products";
  let description = [{
    A `tenon.packed_conv` in two dimensions with a 3 x 3 kernel, steps and dilations of 1, pads of 2 or less and a weight known
    at load becomes a `tenon.winograd_conv`, which forms 16 products where it forms 36. Its weight, 16/9 as large, is made in `@prepare`. Convolutions
    of few channels or pixels, whose transforms would take longer than the products saved, and those of 16-bit floats stay.

    ```mlir
    %y = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1]
        : (tensor<1x64x64x32xf32>, tensor<2x3x3x32x16xf32>) -> tensor<1x64x64x32xf32>
    // becomes
    %t = tenon.reshape %w : tensor<2x3x3x32x16xf32> to tensor<2x9x512xf32>
    %m = tenon.matmul %places, %t : (tensor<16x9xf32>, tensor<2x9x512xf32>) -> tensor<2x16x512xf32>
    %u = tenon.reshape %m : tensor<2x16x512xf32> to tensor<2x16x32x16xf32>
    %y = tenon.winograd_conv %x, %u pads [1, 1] [1, 1]
        : (tensor<1x64x64x32xf32>, tensor<2x16x32x16xf32>) -> tensor<1x64x64x32xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def SinkTransposesPass : Pass<"tenon-sink-transposes"> {
  let summary = "Let images keep the channels last from one convolution to the next";
  let description = [{
    A transpose from [N, spatial.., C] to [N, C, spatial..] moves behind elementwise ops, concatenation, padding, slices, pooling,
    resampling, group normalisation, reductions, pixel shuffles (also as reshapes around a transpose) and reshapes of spatial axes, which then
    work on the image as it was; transposes that meet cancel. Other operands of an elementwise op must be images too, follow from weights, or repeat few axes; else the
    transpose stays.

    ```mlir
    %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x4x8xf32> -> tensor<1x8x4x4xf32>
    %y = tenon.activation relu %t : tensor<1x8x4x4xf32>
    // becomes
    %a = tenon.activation relu %x : tensor<1x4x4x8xf32>
    %y = tenon.transpose %a [0, 3, 1, 2] : tensor<1x4x4x8xf32> -> tensor<1x8x4x4xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def UnpackConvsPass : Pass<"tenon-unpack-convs"> {
  let summary = "Convolutions alone between images with the channels first";
  let description = [{
    A convolution that kept both its transposes works on the image as it stands where that takes less time than they do: a 1x1
    `tenon.packed_conv`, a product of the weight and the image [C, positions], and a `tenon.depthwise_conv` of two axes, which slides
    over planes. It becomes a `tenon.conv` again, and the transposes vanish; elementwise ops between it and the second transpose, and what of
    their operands is known at load, change their layout, too. Left alone are other kernels, images with few positions (1x1) or short
    rows or steps of more than 2 along them (depthwise), and convolutions of which a transpose, or what stands between them, has another use.

    ```mlir
    %t = tenon.transpose %x [0, 2, 3, 1] : tensor<1x8x16x16xf32> -> tensor<1x16x16x8xf32>
    %c = tenon.packed_conv %t, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x16x16x32xf32>
    %r = tenon.activation relu %c : tensor<1x16x16x32xf32>
    %y = tenon.transpose %r [0, 3, 1, 2] : tensor<1x16x16x32xf32> -> tensor<1x32x16x16xf32>
    // becomes
    // %v: the panels %w as tensor<32x8x1x1xf32>
    %c = tenon.conv %x, %v strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x16x16xf32>, tensor<32x8x1x1xf32>) -> tensor<1x32x16x16xf32>
    %y = tenon.activation relu %c : tensor<1x32x16x16xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def FuseElementwisePass : Pass<"tenon-fuse-elementwise"> {
  let summary = "Move elementwise linalg ops into what alone reads them";
  let description = [{
    An elementwise linalg op that one other linalg op reads becomes part of that op's body. It stays where it is when the
    reader is a sum that reads each element many times, as a product of matrices does: there it would be computed as often.

    ```mlir
    %a = linalg.generic {exp} ins(%x)   // elementwise
    %s = linalg.generic {sum along the rows} ins(%a)
    // becomes
    %s = linalg.generic {exp, sum along the rows} ins(%x)
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def SinkReshapesPass : Pass<"tenon-sink-reshapes"> {
  let summary = "Let elementwise ops and what they follow work in one shape";
  let description = [{
    An elementwise linalg op on a `tenon.reshape` of sums that nothing else reads works on the sums' own shape, and the
    reshape follows it: both can then be one kernel. Its other inputs are reshaped, which costs nothing, or read by fewer
    loops. An input that has only some of the axes that became one stops it. Where the reshape is of an elementwise op's
    result that comes of no sums, that op works on the reshaped one's shape instead.

    ```mlir
    %r = tenon.reshape %sums : tensor<4x2x16xf32> to tensor<4x32xf32>
    %y = linalg.generic ins(%r, %z : tensor<4x32xf32>, tensor<4x32xf32>) ...
    // becomes
    %q = tenon.reshape %z : tensor<4x32xf32> to tensor<4x2x16xf32>
    %s = linalg.generic ins(%sums, %q : tensor<4x2x16xf32>, tensor<4x2x16xf32>) ...
    %y = tenon.reshape %s : tensor<4x2x16xf32> to tensor<4x32xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

def HoistStagesPass : Pass<"tenon-hoist-stages", "::mlir::ModuleOp"> {
  let summary = "Move what follows from weights out of @step into @prepare";
  let description = [{
    What @step computes from weights and constants alone is computed once, by @prepare, when the model is loaded;
    @step receives it in trailing arguments marked `tenon.prepared`, in the order of @prepare's results. Equal values are
    computed once. Weights, constants, and views of them stay in @step, and so does a result above 1 MB that is
    more than twice as large as what it is made from: making it again costs less than keeping it. Without anything to
    move there is no @prepare.

    ```mlir
    func.func @step(%x: tensor<4x8xf32>) -> tensor<4x16xf32> {
      %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x16xf32>
      %t = tenon.transpose %w [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
      %y = tenon.linear %x, %t : (tensor<4x8xf32>, tensor<16x8xf32>) -> tensor<4x16xf32>
      return %y : tensor<4x16xf32>
    }
    // becomes
    func.func @prepare() -> tensor<16x8xf32> {
      %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x16xf32>
      %t = tenon.transpose %w [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
      return %t : tensor<16x8xf32>
    }
    func.func @step(%x: tensor<4x8xf32>, %t: tensor<16x8xf32> {tenon.prepared}) -> tensor<4x16xf32> {
      %y = tenon.linear %x, %t : (tensor<4x8xf32>, tensor<16x8xf32>) -> tensor<4x16xf32>
      return %y : tensor<4x16xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
  let statistics = [Statistic<"numHoisted", "hoisted", "Number of values computed at load">];
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

def FormKernelsPass : Pass<"tenon-form-kernels", "::mlir::ModuleOp"> {
  let summary = "Outline compute ops into kernels";
  let description = [{
    Every op on tensors that computes becomes a call of a kernel, a `func.func` with the attribute `tenon.kernel`
    whose trailing arguments are the destinations of its results. An op joins its only consumer's kernel where the consumer
    continues in its destination (fill and matmul, a chain of insertions) or only passes over a reduction's
    elements one by one (bias, activation). Equal kernels are one: a kernel's name is a hash of its content.
    Weights, constants and reshapes stay in the host's function. With `join-rows` what reduces rows of 128 elements or more and what
    passes over them afterwards (softmax, norms) is one kernel, as far as a row's numbers between its ops are few enough for the shared memory
    of a GPU's block.

    ```mlir
    %e = tensor.empty() : tensor<4x8xf32>
    %y = linalg.exp ins(%x) outs(%e)
    // becomes
    %y = tenon.launch @exp_1f2e(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let options = [
    Option<"joinRows", "join-rows", "bool", /*default=*/"false", "Whether ops on the same rows are one kernel">,
  ];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::func::FuncDialect"];
}

#endif
