//===- ProcessorProducts.cpp - Instructions that add several products -----===//

#include "ProcessorProducts.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

static Value call(OpBuilder &b, Location loc, Type result, const Twine &name,
                  ValueRange operands) {
  return LLVM::CallIntrinsicOp::create(b, loc, result, b.getStringAttr(name),
                                       operands)
      .getResults();
}

/// The intrinsic of x86 for vectors of 64 bytes as `operand` is, of 32 or of
/// 16.
static Value callX86(OpBuilder &b, Location loc, Type result, Value operand,
                     ArrayRef<StringRef> names, ValueRange operands) {
  auto type = cast<VectorType>(operand.getType());
  int64_t bits = type.getNumElements() * type.getElementTypeBitWidth();
  StringRef name = names[bits == 512 ? 0 : bits == 256 ? 1 : 2];
  return call(b, loc, result, "llvm.x86." + name, operands);
}

/// A vector as long as `like` with wider elements, and so many fewer.
static Type widened(Value like, Type element) {
  auto type = cast<VectorType>(like.getType());
  return VectorType::get(
      {type.getNumElements() * type.getElementTypeBitWidth() /
       element.getIntOrFloatBitWidth()},
      element);
}

Value tenon::addByteProducts(OpBuilder &b, Location loc, bool isArm, Value sum,
                             Value unsignedBytes, Value signedBytes) {
  // AArch64's takes the unsigned ones first, too.
  Value operands[] = {sum, unsignedBytes, signedBytes};
  if (isArm)
    return call(b, loc, sum.getType(), "llvm.aarch64.neon.usdot", operands);
  return callX86(
      b, loc, sum.getType(), unsignedBytes,
      {"avx512.vpdpbusd.512", "avx512.vpdpbusd.256", "avx512.vpdpbusd.128"},
      operands);
}

Value tenon::addBf16Products(OpBuilder &b, Location loc, bool isArm, Value sum,
                             Value left, Value right) {
  if (isArm)
    return call(b, loc, sum.getType(), "llvm.aarch64.neon.bfdot",
                {sum, left, right});
  return callX86(b, loc, sum.getType(), left,
                 {"avx512bf16.dpbf16ps.512", "avx512bf16.dpbf16ps.256",
                  "avx512bf16.dpbf16ps.128"},
                 {sum, left, right});
}

Value tenon::addSignedByteProducts(OpBuilder &b, Location loc, Value sum,
                                   Value left, Value right) {
  return call(b, loc, sum.getType(), "llvm.aarch64.neon.sdot",
              {sum, left, right});
}

Value tenon::createWordProducts(OpBuilder &b, Location loc, Value left,
                                Value right) {
  return callX86(b, loc, widened(left, b.getI32Type()), left,
                 {"avx512.pmaddw.d.512", "avx2.pmadd.wd", "sse2.pmadd.wd"},
                 {left, right});
}

Value tenon::createBytePairProducts(OpBuilder &b, Location loc,
                                    Value unsignedBytes, Value signedBytes) {
  return callX86(
      b, loc, widened(unsignedBytes, b.getI16Type()), unsignedBytes,
      {"avx512.pmaddubs.w.512", "avx2.pmadd.ub.sw", "ssse3.pmadd.ub.sw.128"},
      {unsignedBytes, signedBytes});
}
