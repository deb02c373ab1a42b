// RUN: tenon-opt %s --tenon-add-device-entry | FileCheck %s

// The launch says how much shared memory there is.
// CHECK: llvm.mlir.global external @k_shared() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>
llvm.mlir.global private @k_shared() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<2048 x i8>
// CHECK: llvm.func @k(%{{.*}}: !llvm.ptr {llvm.align = 64 : i64, llvm.noalias}, %{{.*}}: !llvm.ptr {llvm.align = 64 : i64, llvm.noalias})
// CHECK-SAME: nvvm.kernel
// CHECK-SAME: nvvm.maxntid = array<i32: 128>
// CHECK-SAME: nvvm.minctasm = 1 : i32
llvm.func @k(%x: !llvm.ptr, %workspace: !llvm.ptr) attributes {tenon.kernel, tenon.threads = 128 : i64} {
  llvm.return
}
// CHECK: llvm.func @host(%{{.*}}: !llvm.ptr)
// CHECK-NOT: nvvm.kernel
llvm.func @host(%x: !llvm.ptr) {
  llvm.return
}
