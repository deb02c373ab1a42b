//===- X86Products.cpp - Instructions that add several products -----------===//

#include "X86Products.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

/// The intrinsic for vectors of 64 bytes as `operand` is, of 32 or of 16.
static Value callIntrinsic(OpBuilder &b, Location loc, Type result,
                           Value operand, ArrayRef<StringRef> names,
                           ValueRange operands) {
  auto type = cast<VectorType>(operand.getType());
  int64_t bits = type.getNumElements() * type.getElementTypeBitWidth();
  StringRef name = names[bits == 512 ? 0 : bits == 256 ? 1 : 2];
  return LLVM::CallIntrinsicOp::create(
             b, loc, result, b.getStringAttr("llvm.x86." + name), operands)
      .getResults();
}

/// A vector as long as `like` with wider elements, and so many fewer.
static Type widened(Value like, Type element) {
  auto type = cast<VectorType>(like.getType());
  return VectorType::get(
      {type.getNumElements() * type.getElementTypeBitWidth() /
       element.getIntOrFloatBitWidth()},
      element);
}

Value tenon::addByteProducts(OpBuilder &b, Location loc, Value sum,
                             Value unsignedBytes, Value signedBytes) {
  return callIntrinsic(
      b, loc, sum.getType(), unsignedBytes,
      {"avx512.vpdpbusd.512", "avx512.vpdpbusd.256", "avx512.vpdpbusd.128"},
      {sum, unsignedBytes, signedBytes});
}

Value tenon::createWordProducts(OpBuilder &b, Location loc, Value left,
                                Value right) {
  return callIntrinsic(
      b, loc, widened(left, b.getI32Type()), left,
      {"avx512.pmaddw.d.512", "avx2.pmadd.wd", "sse2.pmadd.wd"}, {left, right});
}

Value tenon::createBytePairProducts(OpBuilder &b, Location loc,
                                    Value unsignedBytes, Value signedBytes) {
  return callIntrinsic(
      b, loc, widened(unsignedBytes, b.getI16Type()), unsignedBytes,
      {"avx512.pmaddubs.w.512", "avx2.pmadd.ub.sw", "ssse3.pmadd.ub.sw.128"},
      {unsignedBytes, signedBytes});
}

Value tenon::addBf16Products(OpBuilder &b, Location loc, Value sum, Value left,
                             Value right) {
  return callIntrinsic(b, loc, sum.getType(), left,
                       {"avx512bf16.dpbf16ps.512", "avx512bf16.dpbf16ps.256",
                        "avx512bf16.dpbf16ps.128"},
                       {sum, left, right});
}
