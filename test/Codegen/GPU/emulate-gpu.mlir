// RUN: tenon-opt %s --tenon-emulate-gpu --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: llvm.func internal @k.body
// CHECK: %[[THREAD:.*]] = llvm.call @tenon_emulator_thread()
// CHECK: %[[SHARED:.*]] = llvm.call @tenon_emulator_shared()
// CHECK: %[[PLACE:.*]] = llvm.call @tenon_emulator_access(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, i64, i32, i32) -> !llvm.ptr
// CHECK: llvm.load %[[PLACE]] {alignment = 1 : i64} : !llvm.ptr -> f32
// CHECK: llvm.call @tenon_emulator_access
// CHECK: llvm.store
// CHECK: llvm.call @tenon_emulator_barrier(%{{.*}}) : (i32) -> ()
// CHECK: llvm.call @tenon_emulator_shuffle
// CHECK: llvm.func internal @k.thread(%{{.*}}: !llvm.ptr)
// CHECK: llvm.call @k.body
// CHECK: llvm.mlir.global external @tenon_emulator
// CHECK: llvm.func @k(%{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64)
// CHECK: llvm.call @tenon_emulator_run
llvm.mlir.global private @k_shared() {addr_space = 3 : i32} : !llvm.array<128 x i8>
llvm.func @k(%x: !llvm.ptr, %workspace: !llvm.ptr) attributes {tenon.kernel, tenon.threads = 32 : i64, tenon.extent = 1 : i64,
    tenon.shared_bytes = 128 : i64, tenon.workspace_bytes = 0 : i64, tenon.results = 1 : i64, tenon.buffer_bytes = array<i64: 4>} {
  %t = nvvm.read.ptx.sreg.tid.x : i32
  %s = llvm.mlir.addressof @k_shared : !llvm.ptr<3>
  %v = llvm.load %x : !llvm.ptr -> f32
  llvm.store %v, %s : f32, !llvm.ptr<3>
  nvvm.barrier0
  %all = llvm.mlir.constant(-1 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  %clamp = llvm.mlir.constant(31 : i32) : i32
  %w = nvvm.shfl.sync bfly %all, %v, %one, %clamp : f32 -> f32
  llvm.return
}

// -----

// A rounding that only a GPU has an instruction for.
// CHECK-LABEL: llvm.func internal @tf32.body
// CHECK: llvm.call @tenon_emulator_tf32(%{{.*}}) : (i32) -> i32
llvm.func @tf32(%x: !llvm.ptr, %workspace: !llvm.ptr) attributes {tenon.kernel, tenon.threads = 32 : i64, tenon.extent = 1 : i64,
    tenon.shared_bytes = 0 : i64, tenon.workspace_bytes = 0 : i64, tenon.results = 1 : i64, tenon.buffer_bytes = array<i64: 4>} {
  %v = llvm.load %x : !llvm.ptr -> f32
  %w = nvvm.convert.float.to.tf32 %v {rnd = #nvvm.fp_rnd_mode<rna>}
  llvm.store %w, %x : i32, !llvm.ptr
  llvm.return
}

// -----

// Memory of a thread is its own.
// CHECK-LABEL: llvm.func internal @own.body
// CHECK-NOT: tenon_emulator_access
// CHECK: llvm.return
llvm.func @own(%workspace: !llvm.ptr) attributes {tenon.kernel, tenon.threads = 32 : i64, tenon.extent = 1 : i64,
    tenon.shared_bytes = 0 : i64, tenon.workspace_bytes = 0 : i64, tenon.results = 0 : i64, tenon.buffer_bytes = array<i64>} {
  %one = llvm.mlir.constant(1 : i64) : i64
  %a = llvm.alloca %one x f32 : (i64) -> !llvm.ptr
  %v = llvm.load %a : !llvm.ptr -> f32
  llvm.return
}

// -----

llvm.func @unknown(%workspace: !llvm.ptr) attributes {tenon.kernel, tenon.threads = 32 : i64, tenon.extent = 1 : i64,
    tenon.shared_bytes = 0 : i64, tenon.workspace_bytes = 0 : i64, tenon.results = 0 : i64, tenon.buffer_bytes = array<i64>} {
  // expected-error @below {{has no emulation}}
  %t = nvvm.read.ptx.sreg.tid.y : i32
  llvm.return
}
