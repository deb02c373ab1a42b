//===- TenonOps.td - All families of the dialect ---------------------------===//

#ifndef TENON_OPS
#define TENON_OPS

include "Tenon/Weights.td"
include "Tenon/Elementwise.td"
include "Tenon/Linear.td"
include "Tenon/Norm.td"
include "Tenon/Attention.td"
include "Tenon/Experts.td"
include "Tenon/Convolution.td"
include "Tenon/Packed.td"
include "Tenon/Quantized.td"
include "Tenon/Pooling.td"
include "Tenon/Resample.td"
include "Tenon/Indexing.td"
include "Tenon/Reduction.td"
include "Tenon/Kernel.td"

#endif // TENON_OPS
