//===- Resample.td - Resizing, pixel shuffles, unpooling ------------------===//

#ifndef TENON_RESAMPLE
#define TENON_RESAMPLE

include "Tenon/TenonBase.td"

def Tenon_ResizeMode : Tenon_Enum<"ResizeMode", [
  I32EnumAttrCase<"nearest", 0>, I32EnumAttrCase<"linear", 1>, I32EnumAttrCase<"cubic", 2>
]>;
def Tenon_ResizeModeAttr : Tenon_EnumAttr<Tenon_ResizeMode, "resize_mode">;
def Tenon_CoordinateMode : Tenon_Enum<"CoordinateMode", [
  I32EnumAttrCase<"half_pixel", 0>, I32EnumAttrCase<"asymmetric", 1>, I32EnumAttrCase<"align_corners", 2>,
  I32EnumAttrCase<"pytorch_half_pixel", 3>, I32EnumAttrCase<"half_pixel_symmetric", 4>,
  I32EnumAttrCase<"tf_crop_and_resize", 5>, I32EnumAttrCase<"tf_half_pixel_for_nn", 6>
]>;
def Tenon_CoordinateModeAttr : Tenon_EnumAttr<Tenon_CoordinateMode, "coordinate_mode">;
def Tenon_NearestMode : Tenon_Enum<"NearestMode", [
  I32EnumAttrCase<"round_prefer_floor", 0>, I32EnumAttrCase<"round_prefer_ceil", 1>,
  I32EnumAttrCase<"floor", 2>, I32EnumAttrCase<"ceil", 3>
]>;
def Tenon_NearestModeAttr : Tenon_EnumAttr<Tenon_NearestMode, "nearest_mode">;

def Tenon_ResizeOp : Tenon_SizedOp<"resize"> {
  let summary = "resampling to the size of the result, as ONNX Resize defines it";
  let description = [{
    Every axis of the input maps to the same axis of the result. `scales` gives the factor out/in per axis that enters the
    coordinate formula; absent, it is the exact ratio of the sizes. An axis of equal size and scale 1 is identity whatever
    the modes. Taps outside the input clamp to its edge, unless `exclude_outside` (they drop out and the weights are normalised again) or
    tf_crop_and_resize (`extrapolation_value`). `antialias` widens the filter when an axis shrinks. `roi` (two values per axis: all starts,
    then all ends) is for tf_crop_and_resize. `cubic_coeff` is Keys' a (Keys, 1981). `nearest` and
    `cubic_coeff` say nothing in other modes.

    Constraints: (resize_c1) the element type and (c2) the rank stay; (c3) an empty axis stays empty; (c4) `linear` and `cubic` have
    float elements; (c5) `antialias` and (c6) `exclude_outside` do not stand beside `nearest`; (c7) `roi` is given exactly for
    tf_crop_and_resize, and (c8) `extrapolation_value` only for it; (c9) `cubic_coeff` is finite; (c10) `scales` has a positive number
    per axis; (c11) `roi` has two finite values per axis; (c12) the bytes of the result can be counted in 64 bits.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_ResizeModeAttr:$mode,
      DefaultValuedAttr<Tenon_CoordinateModeAttr, "::mlir::tenon::CoordinateMode::half_pixel">:$coordinates,
      DefaultValuedAttr<Tenon_NearestModeAttr, "::mlir::tenon::NearestMode::round_prefer_floor">:$nearest,
      OptionalAttr<DenseF64ArrayAttr>:$scales, OptionalAttr<DenseF64ArrayAttr>:$roi,
      DefaultValuedAttr<F64Attr, "-0.75">:$cubic_coeff, DefaultValuedAttr<F64Attr, "0.0">:$extrapolation_value,
      UnitAttr:$exclude_outside, UnitAttr:$antialias);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$mode $input attr-dict `:` type($input) `to` type($result)";
}

def Tenon_UpsampleOp : Tenon_InferredOp<"upsample"> {
  let summary = "repetition of every pixel: nearest upsampling by whole factors";
  let description = [{
    `factors` has an entry for each spatial axis of `input` [N, C, spatial...]; result pixel i is input pixel i / factor.

    Constraints: (upsample_c1) the input has rank 3 or more; (c2) there is a positive factor for each spatial axis; (c3) the sizes
    fit in 64 bits.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, DenseI64ArrayAttr:$factors);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `factors` $factors attr-dict `:` type($input) `->` type($result)";
}

def Tenon_PixelOrder : Tenon_Enum<"PixelOrder", [
  I32EnumAttrCase<"crd", 0>, I32EnumAttrCase<"dcr", 1>
]>;
def Tenon_PixelOrderAttr : Tenon_EnumAttr<Tenon_PixelOrder, "pixel_order">;

def Tenon_PixelShuffleOp : Tenon_InferredOp<"pixel_shuffle"> {
  let summary = "blocks of channels to blocks of pixels";
  let description = [{
    [N, C b b, H, W] to [N, C, H b, W b] (Shi et al., 2016). `crd`: input channel c b b + i b + j goes to pixel (i, j) of channel c (torch);
    `dcr`: input channel (i b + j) C + c does (ONNX DepthToSpace's default).

    Constraints: (pixel_shuffle_c1) rank 4; (c2) `block` is positive; (c3) the channels are a multiple of b b.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, I64Attr:$block, DefaultValuedAttr<Tenon_PixelOrderAttr, "::mlir::tenon::PixelOrder::crd">:$order);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `block` $block attr-dict `:` type($input) `->` type($result)";
}

def Tenon_PixelUnshuffleOp : Tenon_InferredOp<"pixel_unshuffle"> {
  let summary = "blocks of pixels to blocks of channels: the inverse of tenon.pixel_shuffle";
  let description = [{
    [N, C, H b, W b] to [N, C b b, H, W], channel order as in `tenon.pixel_shuffle`.

    Constraints: (pixel_unshuffle_c1) rank 4; (c2) `block` is positive; (c3) height and width are multiples of b.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, I64Attr:$block, DefaultValuedAttr<Tenon_PixelOrderAttr, "::mlir::tenon::PixelOrder::crd">:$order);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `block` $block attr-dict `:` type($input) `->` type($result)";
}

def Tenon_MaxUnpoolOp : Tenon_SizedOp<"max_unpool"> {
  let summary = "values put back where max pooling found them, zeros elsewhere";
  let description = [{
    `indices` are flat in the result's plane (its spatial axes); with `whole_tensor` they also count the batch and channel axes of the result.
    An index outside the result is dropped.

    Constraints: (max_unpool_c1) the element type stays; (c2) rank 3 to 5 stays; (c3) `indices` has input's shape; (c4) batch and
    channels stay; (c5) the bytes of the result can be counted in 64 bits.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, UnitAttr:$whole_tensor);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices attr-dict `:` functional-type(operands, $result)";
}

#endif // TENON_RESAMPLE
