//===- TenonBase.td - The tenon dialect and what its ops share ------------===//

#ifndef TENON_BASE
#define TENON_BASE

include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Tenon_Dialect : Dialect {
  let name = "tenon";
  let cppNamespace = "::mlir::tenon";
  let summary = "Model graphs on tensors";
  let description = [{
    The language in which Tenon holds a model between import and code generation.
    Its ops are the parts of a model that have no upstream counterpart or lose
    meaning when broken up: attention, norms, convolutions, resampling, weights by
    reference. Elementwise arithmetic is `arith` and `math` on tensors of equal
    shape, which `tenon.broadcast` gives them. Ops of other dialects may stand among
    these.

    Sizes may be dynamic. An op that infers its result makes every size static that
    some operand or attribute tells; the declared type may know more or less, but
    must not contradict. Code is generated from static shapes only.

    Integer types are signless. Where the sign matters the op chosen carries it, or a
    unit attribute (`unsigned_elements`, `unsigned_input`, ...) does. A boolean is `i1`.

    Each op lists its constraints under numbers (c1, c2, ...); the check in `lib/IR`
    and the test in `test/IR` that breaks it bear the same number.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

class Tenon_Op<string mnemonic, list<Trait> traits = []>
    : Op<Tenon_Dialect, mnemonic, !listconcat([Pure], traits)>;

/// An op whose result types follow from its operands and attributes. The
/// constraints of the op are checked there, so that inference and verification
/// cannot differ.
/// The declared result types may be more or less static than the inferred ones.
class Tenon_InferredOp<string mnemonic, list<Trait> traits = []>
    : Tenon_Op<mnemonic, !listconcat([InferTypeOpAdaptorBase<[{
        static bool isCompatibleReturnTypes(::mlir::TypeRange left, ::mlir::TypeRange right) {
          return ::mlir::tenon::areCompatibleTypes(left, right);
        }
      }]>], traits)>;

/// An op whose result type is given (it chooses a size), checked by a verifier.
class Tenon_SizedOp<string mnemonic, list<Trait> traits = []>
    : Tenon_Op<mnemonic, traits> {
  let hasVerifier = 1;
}

def Tenon_FloatTensor : RankedTensorOf<[AnyFloat]>;
def Tenon_IndexTensor : RankedTensorOf<[I32, I64]>;
def Tenon_AnyTensor : RankedTensorOf<[AnyType]>;

class Tenon_Enum<string name, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, name, cases> {
  let cppNamespace = "::mlir::tenon";
  let genSpecializedAttr = 0;
}
class Tenon_EnumAttr<EnumAttrInfo e, string mnemonic>
    : EnumAttr<Tenon_Dialect, e, mnemonic>;

#endif // TENON_BASE
