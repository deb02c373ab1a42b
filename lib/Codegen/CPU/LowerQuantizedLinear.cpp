//===- LowerQuantizedLinear.cpp - Few rows times weights of few bits ------===//

#include "QuantizedTile.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERQUANTIZEDLINEARPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using mlir::tenon::QuantizedLinearOp;
using mlir::tenon::shapeOf;
using namespace ::tenon;

/// Vectors of one row's tile, each read from memory of its own: with fewer,
/// memory is not asked for enough at a time.
static constexpr int64_t mostAcross = 4;
/// Rows up to which products of pairs take less time than those of f32, whose
/// unpacking more rows share.
static constexpr int64_t mostRowsOfPairs = 2;
/// Rows that share what is read of the weight.
static constexpr int64_t mostRows = 3;

namespace {
/// An op's expansion into loops over tiles.
class Expansion {
public:
  Expansion(QuantizedLinearOp op, int64_t vectorBytes, int64_t registers,
            DigitProducts products)
      : b(op.getLoc(), op), op(op), shape(op, vectorBytes / 4),
        form(products, shape), hasManyRegisters(registers > 16) {}

  void run();

private:
  Value createTotals(Value x);
  void prepareRows();
  Value overRows(Value result, Value vector, int64_t across);
  Value storeTile(QuantizedTile &tile, ArrayRef<Value> sums, Value result);
  Value runTile(Value result, Value row, int64_t rows, Value vector,
                int64_t across);

  bool usesDigits() const { return form.products != DigitProducts::None; }
  Type elementType() { return op.getType().getElementType(); }

  ImplicitLocOpBuilder b;
  QuantizedLinearOp op;
  QuantizedShape shape;
  DigitForm form;
  bool hasManyRegisters;
  FixedPointRows fixed; ///< the rows, for digits
  Value floats, totals; ///< the rows and the sums of their groups, otherwise
};
} // namespace

/// The sums of the groups of `x`.
Value Expansion::createTotals(Value x) {
  Type f32 = b.getF32Type();
  Value empty = tensor::EmptyOp::create(
      b, ArrayRef<int64_t>{shape.rows, shape.groups}, f32);
  int64_t size = shape.groupWords * shape.steps,
          lanes = std::gcd(size, shape.lanes);
  Value zero = createNumber(b, VectorType::get({lanes}, f32), 0);
  auto sumOf = [&](Value row, Value group) -> Value {
    Value begin = arith::MulIOp::create(b, group, createIndex(b, size));
    Value end = arith::AddIOp::create(b, begin, createIndex(b, size));
    auto add = [&](Value input, SmallVector<Value> &sum) {
      sum[0] = arith::AddFOp::create(
          b, sum[0], createVectorRead(b, x, {row, input}, lanes));
    };
    return vector::ReductionOp::create(
        b, vector::CombiningKind::ADD,
        createFor(b, begin, end, lanes, zero, add).front());
  };
  auto overGroups = [&](Value row, SmallVector<Value> &made) {
    made =
        createFor(b, createIndex(b, 0), createIndex(b, shape.groups), 1, made,
                  [&](Value group, SmallVector<Value> &made) {
                    made[0] = tensor::InsertOp::create(
                        b, sumOf(row, group), made[0], ValueRange{row, group});
                  });
  };
  return createFor(b, createIndex(b, 0), createIndex(b, shape.rows), 1, empty,
                   overGroups)
      .front();
}

/// What the rows become for all tiles: ahead of the loop over these, so that
/// each thread does it once.
void Expansion::prepareRows() {
  OpBuilder::InsertionGuard guard(b);
  Value x = op.getInput();
  Operation *before = op;
  for (Operation *parent = op->getParentOp(); isa<scf::ForallOp>(parent);
       parent = parent->getParentOp())
    if (parent->isAncestor(x.getParentBlock()->getParentOp()))
      break;
    else
      before = parent;
  b.setInsertionPoint(before);
  if (usesDigits()) {
    fixed = createFixedPoint(b, x, shape, form);
    return;
  }
  floats = x;
  auto type = op.getInput().getType();
  if (!type.getElementType().isF32())
    floats = arith::ExtFOp::create(b, type.clone(b.getF32Type()), x);
  if (op.getOffset())
    totals = createTotals(floats);
}

/// A tile's sums with the bias, rounded, into `result`.
Value Expansion::storeTile(QuantizedTile &tile, ArrayRef<Value> sums,
                           Value result) {
  for (size_t v = 0; v < tile.panels.size(); ++v) {
    Value column = arith::AddIOp::create(
        b,
        arith::MulIOp::create(b, tile.panels[v], createIndex(b, shape.width)),
        tile.columns[v]);
    Value bias;
    if (op.getBias())
      bias = createWidened(
          b, createVectorRead(b, op.getBias(), column, shape.lanes));
    for (auto [r, row] : llvm::enumerate(tile.rows)) {
      Value sum = sums[v * tile.rows.size() + r];
      if (bias)
        sum = arith::AddFOp::create(b, sum, bias);
      if (!elementType().isF32())
        sum = arith::TruncFOp::create(b, tile.vectorOf(elementType()), sum);
      result = createVectorWrite(b, sum, result, {row, column});
    }
  }
  return result;
}

Value Expansion::runTile(Value result, Value row, int64_t rows, Value vector,
                         int64_t across) {
  QuantizedTile tile{b, op, shape, {}, {}, {}};
  for (int64_t r = 0; r < rows; ++r)
    tile.rows.push_back(b.createOrFold<arith::AddIOp>(row, createIndex(b, r)));
  Value ofPanel = createIndex(b, shape.vectorsOfPanel());
  for (int64_t v = 0; v < across; ++v) {
    Value own = b.createOrFold<arith::AddIOp>(vector, createIndex(b, v));
    tile.panels.push_back(b.createOrFold<arith::DivUIOp>(own, ofPanel));
    tile.columns.push_back(
        arith::MulIOp::create(b, b.createOrFold<arith::RemUIOp>(own, ofPanel),
                              createIndex(b, shape.lanes)));
  }
  return storeTile(tile,
                   usesDigits() ? sumDigits(tile, fixed, form)
                                : sumFloats(tile, floats, totals),
                   result);
}

/// All rows with the vectors from `vector` on.
Value Expansion::overRows(Value result, Value vector, int64_t across) {
  int64_t most = usesDigits() && !hasManyRegisters ? 2 : mostRows;
  // Of equal size, or nearly so.
  int64_t tile =
              llvm::divideCeil(shape.rows, llvm::divideCeil(shape.rows, most)),
          rest = shape.rows % tile;
  auto over = [&](int64_t begin, int64_t end, int64_t rows) {
    result =
        createFor(b, createIndex(b, begin), createIndex(b, end), rows, result,
                  [&](Value row, SmallVector<Value> &results) {
                    results[0] = runTile(results[0], row, rows, vector, across);
                  })
            .front();
  };
  over(0, shape.rows - rest, tile);
  if (rest > 0)
    over(shape.rows - rest, shape.rows, rest);
  return result;
}

void Expansion::run() {
  prepareRows();
  int64_t most = shape.rows == 1 ? mostAcross : 2;
  // Each takes a register for each digit; pairs of bytes are summed up twice.
  if (usesDigits() && !hasManyRegisters)
    most = shape.rows == 1 && form.products != DigitProducts::BytePairs ? 2 : 1;
  int64_t across = std::gcd(shape.vectors(), most);
  Value result =
      tensor::EmptyOp::create(b, op.getType().getShape(), elementType());
  result = createFor(b, createIndex(b, 0), createIndex(b, shape.vectors()),
                     across, result,
                     [&](Value vector, SmallVector<Value> &results) {
                       results[0] = overRows(results[0], vector, across);
                     })
               .front();
  op.replaceAllUsesWith(result);
  op.erase();
}

namespace {
struct LowerQuantizedLinear
    : ::tenon::impl::LowerQuantizedLinearPassBase<LowerQuantizedLinear> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<QuantizedLinearOp> ops;
    getOperation().walk([&](QuantizedLinearOp op) {
      if (op.hasWords() && op.getType().hasStaticShape() &&
          op.getType().getNumElements() > 0 && op.getType().getRank() == 2)
        ops.push_back(op);
    });
    for (QuantizedLinearOp op : ops)
      Expansion(op, vectorBytes, registers, chooseProducts(op)).run();
  }

  DigitProducts chooseProducts(QuantizedLinearOp op) {
    // There is a register of as many lanes.
    if (shapeOf(op.getScale())[2] % 4 != 0)
      return DigitProducts::None;
    if (signedByteProducts)
      return DigitProducts::FourSignedBytes;
    if (byteProducts)
      return DigitProducts::FourBytes;
    if (!wordProducts || shapeOf(op.getInput())[0] > mostRowsOfPairs)
      return DigitProducts::None;
    return op.getBits() == 4 ? DigitProducts::BytePairs
                             : DigitProducts::WordPairs;
  }
};
} // namespace
