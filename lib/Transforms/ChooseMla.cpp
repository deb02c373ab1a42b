//===- ChooseMla.cpp - Which form each latent attention takes -------------===//

#include "MlaCost.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/Shapes.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace tenon {
#define GEN_PASS_DEF_CHOOSEMLAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// What is won by a branch must be worth the code of one more form.
static constexpr double worthABranch = 0.9;

namespace {
/// How to compute as long as no row has more than `most` keys.
struct Choice {
  MlaForm form;
  int64_t most;
};

struct ChooseMla : ::tenon::impl::ChooseMlaPassBase<ChooseMla> {
  using ChooseMlaPassBase::ChooseMlaPassBase;

  void runOnOperation() override {
    std::optional<MlaForm> asked = symbolizeMlaForm(form.getValue());
    if (!asked && form.getValue() != "auto") {
      getOperation()->emitError()
          << "tenon-choose-mla: form '" << form.getValue()
          << "' is none of auto, absorbed, expanded";
      return signalPassFailure();
    }
    SmallVector<MlaOp> ops;
    getOperation()->walk([&](MlaOp op) { ops.push_back(op); });
    for (MlaOp op : ops) {
      bool isStatic = llvm::none_of(op->getOperandTypes(), [](Type type) {
        return !cast<RankedTensorType>(type).hasStaticShape();
      });
      if (op.getForm() || (!asked && !isStatic))
        continue;
      if (asked) {
        op.setForm(*asked);
        continue;
      }
      SmallVector<Choice> choices = chooseByKeys(op);
      if (choices.size() == 1)
        op.setForm(choices.front().form);
      else
        createSwitch(op, choices);
    }
  }

  SmallVector<Choice> chooseByKeys(MlaOp op);
  void createSwitch(MlaOp op, ArrayRef<Choice> choices);
};
} // namespace

/// The cheaper form for each range of key counts: those of the queries alone,
/// as at the start of a prompt, then up to twice as many and so on. The
/// expanded form makes as many keys as the range may need.
SmallVector<Choice> ChooseMla::chooseByKeys(MlaOp op) {
  MlaSizes sizes = sizesOf(op);
  if (!op.getValidLengths() || op.getMask() ||
      op.getCausal() != CausalKind::cached)
    return {{cheaperForm(sizes, productsPerByte), sizes.latents}};
  int64_t capacity = sizes.latents;
  SmallVector<Choice> choices;
  int64_t least = std::max<int64_t>(1, sizes.queries),
          most = std::min(least, capacity);
  while (true) {
    sizes.keys = (least + most) / 2;
    sizes.latents = most;
    double expanded = cost(MlaForm::expanded, sizes, productsPerByte),
           absorbed = cost(MlaForm::absorbed, sizes, productsPerByte);
    MlaForm form = expanded < worthABranch * absorbed ? MlaForm::expanded
                                                      : MlaForm::absorbed;
    // The absorbed form reads no more than what is seen.
    if (form == MlaForm::absorbed && !choices.empty() &&
        choices.back().form == form)
      choices.back().most = most;
    else
      choices.push_back({form, most});
    if (most == capacity)
      return choices;
    least = most;
    most = std::min(2 * most, capacity);
  }
}

/// Which of the choices' ranges the longest row lies in, as an index.
static Value createRange(ImplicitLocOpBuilder &b, Value lengths,
                         ArrayRef<Choice> choices) {
  auto type = RankedTensorType::get({}, b.getI64Type());
  if (!elementTypeOf(lengths).isInteger(64))
    lengths = arith::ExtSIOp::create(
        b, RankedTensorType::get(shapeOf(lengths), b.getI64Type()), lengths);
  Value longest = ReduceOp::create(b, type, ReductionKind::max, lengths,
                                   b.getDenseI64ArrayAttr({0}),
                                   /*keep_dims=*/false,
                                   /*unsigned_elements=*/false);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(type, b.getI64IntegerAttr(value)));
  };
  Value range = constant(0);
  for (const Choice &choice : choices.drop_back()) {
    Value isMore = arith::CmpIOp::create(b, arith::CmpIPredicate::sgt, longest,
                                         constant(choice.most));
    range = arith::AddIOp::create(b, range,
                                  arith::ExtUIOp::create(b, type, isMore));
  }
  Value number = tensor::ExtractOp::create(b, range, ValueRange{});
  return arith::IndexCastOp::create(b, b.getIndexType(), number);
}

/// The op once for each choice, on as many latents as its rows may have.
void ChooseMla::createSwitch(MlaOp op, ArrayRef<Choice> choices) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  Value range = createRange(b, op.getValidLengths(), choices);
  SmallVector<int64_t> cases =
      llvm::to_vector(llvm::seq<int64_t>(0, choices.size() - 1));
  auto branches =
      scf::IndexSwitchOp::create(b, TypeRange(op->getResultTypes()), range,
                                 b.getDenseI64ArrayAttr(cases), cases.size());
  for (auto [number, choice] : llvm::enumerate(choices)) {
    OpBuilder::InsertionGuard guard(b);
    Region &region = number < cases.size() ? branches.getCaseRegions()[number]
                                           : branches.getDefaultRegion();
    b.setInsertionPointToStart(&region.emplaceBlock());
    auto firstRows = [&](Value rows) -> Value {
      if (!rows || choice.form == MlaForm::absorbed ||
          shapeOf(rows)[1] == choice.most)
        return rows;
      SmallVector<int64_t> sizes(shapeOf(rows));
      sizes[1] = choice.most;
      return SliceOp::create(b, rows, ArrayRef<int64_t>{0, 0, 0}, sizes,
                             ArrayRef<int64_t>{1, 1, 1});
    };
    Value result = MlaOp::create(
        b, op.getQuery(), op.getQueryRope(), firstRows(op.getLatent()),
        firstRows(op.getKeyRope()), op.getWeight(), /*mask=*/Value(),
        op.getValidLengths(), firstRows(op.getLatentScale()),
        firstRows(op.getKeyRopeScale()), op.getScaleAttr(), op.getCausalAttr(),
        MlaFormAttr::get(&getContext(), choice.form));
    scf::YieldOp::create(b, result);
  }
  op.replaceAllUsesWith(branches.getResult(0));
  op.erase();
}
