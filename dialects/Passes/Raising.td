//===- Raising.td - Passes that raise what exporters take apart -----------===//

#ifndef TENON_PASSES_RAISING
#define TENON_PASSES_RAISING

include "mlir/Pass/PassBase.td"

def RaiseLinearPass : Pass<"tenon-raise-linear"> {
  let summary = "Raise products with weights to tenon.linear";
  let description = [{
    A `tenon.matmul` whose right factor follows from weights, its left one not, becomes a `tenon.linear`; a row that is added becomes its
    bias. `tenon.linear` reads [out, in]: the transpose this needs follows from the weight alone, so that
    `tenon-hoist-stages` moves it to the time of loading. A right factor of few rows that is transposed in each run is read
    as it lies instead.

    ```mlir
    %m = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
    %r = tenon.broadcast %b : tensor<16xf32> to tensor<4x16xf32>
    %y = arith.addf %m, %r : tensor<4x16xf32>
    // becomes
    %t = tenon.transpose %w [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
    %y = tenon.linear %x, %t, %b : (tensor<4x8xf32>, tensor<16x8xf32>, tensor<16xf32>) -> tensor<4x16xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def RaiseNormPass : Pass<"tenon-raise-norm"> {
  let summary = "Raise decomposed layer, RMS and group normalisation";
  let description = [{
    x / sqrt(mean(x^2) + e) becomes a `tenon.rms_norm`, and a `tenon.layer_norm` where x is something minus its own mean
    over the same trailing axes. A `tenon.group_norm` between two reshapes that split channels into groups becomes one of
    the whole. Scale and bias that are multiplied and added afterwards, and follow from weights, become operands.

    ```mlir
    %s = arith.mulf %x, %x : tensor<4x8xf32>
    %m = tenon.reduce mean %s axes [1] {keep_dims} : tensor<4x8xf32> -> tensor<4x1xf32>
    %a = arith.addf %m, %e : tensor<4x1xf32>
    %q = math.sqrt %a : tensor<4x1xf32>
    %d = tenon.broadcast %q : tensor<4x1xf32> to tensor<4x8xf32>
    %y = arith.divf %x, %d : tensor<4x8xf32>
    // becomes
    %y = tenon.rms_norm %x axis 1 epsilon 1.0e-05 : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def RaiseActivationPass : Pass<"tenon-raise-activation"> {
  let summary = "Raise activation functions written as arithmetic";
  let description = [{
    Products of x with 1 + erf, 1 + tanh, a sigmoid or tanh of a softplus become GELU, its tanh form, SiLU (or Swish, with
    `alpha`) and Mish, in whatever order the factors stand: the constants' product and the inner polynomial in x are
    compared, not the spelling. Sigmoid, softplus, softsign and hard swish are raised too.

    ```mlir
    %u = arith.divf %x, %sqrt2 : tensor<8xf32>
    %e = math.erf %u : tensor<8xf32>
    %p = arith.addf %e, %one : tensor<8xf32>
    %m = arith.mulf %x, %p : tensor<8xf32>
    %y = arith.mulf %m, %half : tensor<8xf32>
    // becomes
    %y = tenon.activation gelu %x : tensor<8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def RaiseAttentionPass : Pass<"tenon-raise-attention"> {
  let summary = "Raise decomposed attention to tenon.attention";
  let description = [{
    A product with a key, scaled, capped and masked, a softmax and a product with a value become one op. Scales may stand
    on the query, the key or the scores; masks may be added or chosen by -inf; a guard against rows of NaN goes, since
    such rows are zero by definition. Scores that are the sum of two products are one of longer queries and keys. Heads
    repeated for grouped queries are taken once. Where heads were only split
    from rows and joined again, the attention reads the rows.

    ```mlir
    %t = tenon.transpose %k [0, 1, 3, 2] : tensor<1x2x5x4xf32> -> tensor<1x2x4x5xf32>
    %s = tenon.matmul %q, %t : (tensor<1x2x3x4xf32>, tensor<1x2x4x5xf32>) -> tensor<1x2x3x5xf32>
    %d = arith.divf %s, %two : tensor<1x2x3x5xf32>
    %p = tenon.softmax %d axis 3 : tensor<1x2x3x5xf32>
    %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
    // becomes
    %y = tenon.attention %q, %k, %v {num_heads = 2 : i64, num_kv_heads = 2 : i64} : ...
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def RaiseUpsamplePass : Pass<"tenon-raise-upsample"> {
  let summary = "Raise resizes that only repeat pixels to tenon.upsample";
  let description = [{
    A nearest `tenon.resize` by whole factors becomes a `tenon.upsample` where its coordinate and rounding modes give
    pixel i / factor everywhere; half of the combinations do not.

    ```mlir
    %y = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} :
         tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
    // becomes
    %y = tenon.upsample %x factors [2, 2] : tensor<1x3x4x4xf32> -> tensor<1x3x8x8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

def RaiseLoraPass : Pass<"tenon-raise-lora"> {
  let summary = "Raise thin products beside a linear layer to tenon.lora";
  let description = [{
    A linear layer to which is added what two thin ones make of the same input, as exports of PEFT's models have it, becomes a
    `tenon.lora`. The factors, all known at load, must need fewer products than the layer itself; a number that they are
    multiplied by may stand behind either.

    ```mlir
    %y = tenon.linear %x, %w, %b : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<12xf32>) -> tensor<3x12xf32>
    %l = tenon.linear %x, %wa : (tensor<3x16xf32>, tensor<2x16xf32>) -> tensor<3x2xf32>
    %d = tenon.linear %l, %wb : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
    %s = arith.mulf %d, %two : tensor<3x12xf32>
    %z = arith.addf %y, %s : tensor<3x12xf32>
    // becomes
    %z = tenon.lora %x, %w, %wa, %wb, %scale, %b : ...
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::arith::ArithDialect"];
}

def RaiseMlaPass : Pass<"tenon-raise-mla"> {
  let summary = "Raise attention over products of latents to tenon.mla";
  let description = [{
    A `tenon.attention` whose keys and values are the columns of one product of a latent row a token with a weight, the keys
    lengthened by a turned part that all heads share, becomes a `tenon.mla`: so exporters write DeepSeek's attention, in
    the form that is the slower by far when tokens are generated.

    ```mlir
    %l = tenon.linear %c, %w : (tensor<1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x9x48xf32>
    %r = tenon.reshape %l : tensor<1x9x48xf32> to tensor<1x9x2x24xf32>
    %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
    %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] ...
    %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] ...
    %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
    %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
    %q = tenon.concat %qn, %qr axis 3 : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>) -> tensor<1x2x1x12xf32>
    %y = tenon.attention %q, %k, %v {num_heads = 2 : i64, num_kv_heads = 2 : i64} : ...
    // becomes
    %y = tenon.mla %qn, %qr, %c, %t, %w : ...
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect"];
}

#endif
