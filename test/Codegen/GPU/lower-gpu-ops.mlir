// RUN: tenon-opt %s --tenon-lower-gpu-ops | FileCheck %s

// CHECK-LABEL: @numbers
// CHECK: %[[T:.*]] = nvvm.read.ptx.sreg.tid.x : i32
// CHECK: arith.index_castui %[[T]] : i32 to index
// CHECK: nvvm.read.ptx.sreg.ctaid.x
// CHECK: nvvm.read.ptx.sreg.nctaid.x
// CHECK: nvvm.barrier0
func.func @numbers() -> (index, index, index) {
  %t = gpu.thread_id x
  %b = gpu.block_id x
  %n = gpu.grid_dim x
  gpu.barrier
  return %t, %b, %n : index, index, index
}

// CHECK-LABEL: @exchange
// CHECK: nvvm.shfl.sync bfly %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : f32 -> f32
func.func @exchange(%x: f32) -> f32 {
  %one = arith.constant 1 : i32
  %width = arith.constant 32 : i32
  %y, %valid = gpu.shuffle xor %x, %one, %width : f32
  return %y : f32
}

// Other axes and exchanges are not Tenon's.
// CHECK-LABEL: @others
// CHECK: gpu.thread_id y
// CHECK: gpu.shuffle down
func.func @others(%x: f32) -> (index, f32) {
  %t = gpu.thread_id y
  %one = arith.constant 1 : i32
  %width = arith.constant 32 : i32
  %y, %valid = gpu.shuffle down %x, %one, %width : f32
  return %t, %y : index, f32
}
