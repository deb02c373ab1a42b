//===- QuantizedTile.h - Sums over weights of few bits --------------------===//
//
// A tile is some rows of the inputs and some vectors of neighbouring columns of
// the weight, whose sums are held in registers over all inputs.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_CODEGEN_CPU_QUANTIZEDTILE_H
#define TENON_LIB_CODEGEN_CPU_QUANTIZEDTILE_H

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {

/// The sizes of a tenon.quantized_linear with a weight of words. Its inputs are
/// summed in blocks, those of a group or a part of one.
struct QuantizedShape {
  QuantizedShape(mlir::tenon::QuantizedLinearOp op, int64_t mostLanes);

  int64_t vectorsOfPanel() const { return width / lanes; }
  int64_t vectors() const { return panels * vectorsOfPanel(); }
  int64_t blocks() const { return groups * blocksOfGroup; }

  int64_t bits, rows, panels, width, groups;
  int64_t steps;      ///< inputs in a word
  int64_t words;      ///< of an output
  int64_t groupWords; ///< of a group of an output
  int64_t blockWords; ///< of a block; the last of a group may have fewer
  int64_t blocksOfGroup;
  int64_t lanes; ///< of a vector
};

/// One block of inputs: its number and its words.
struct QuantizedBlock {
  mlir::Value number, begin, end;
};

using LoopBody = llvm::function_ref<void(
    mlir::Value index, llvm::SmallVector<mlir::Value> &values)>;
using BlockBody = llvm::function_ref<void(
    const QuantizedBlock &block, llvm::SmallVector<mlir::Value> &values)>;

/// What becomes of `start` when `body` changes it for each index.
llvm::SmallVector<mlir::Value> createFor(mlir::ImplicitLocOpBuilder &b,
                                         mlir::Value begin, mlir::Value end,
                                         int64_t step, mlir::ValueRange start,
                                         LoopBody body);
/// The same for each block of inputs of a group.
llvm::SmallVector<mlir::Value>
createForBlocks(mlir::ImplicitLocOpBuilder &b, const QuantizedShape &shape,
                mlir::Value group, mlir::ValueRange start, BlockBody body);

mlir::Value createIndex(mlir::ImplicitLocOpBuilder &b, int64_t value);
/// `value` in every lane of an i32 or f32 vector or as a scalar.
mlir::Value createNumber(mlir::ImplicitLocOpBuilder &b, mlir::Type type,
                         double value);
/// An element in each of `lanes` lanes.
mlir::Value createSplat(mlir::ImplicitLocOpBuilder &b, mlir::Value tensor,
                        mlir::ValueRange place, int64_t lanes);
/// `lanes` neighbouring elements.
mlir::Value createVectorRead(mlir::ImplicitLocOpBuilder &b, mlir::Value tensor,
                             mlir::ValueRange place, int64_t lanes);
mlir::Value createVectorWrite(mlir::ImplicitLocOpBuilder &b, mlir::Value vector,
                              mlir::Value tensor, mlir::ValueRange place);
/// Floats of any width, as f32.
mlir::Value createWidened(mlir::ImplicitLocOpBuilder &b, mlir::Value value);

/// The sums of a tile; those of vector v and row r are number v * rows + r.
struct QuantizedTile {
  /// Reads something of vector `v` of the tile.
  mlir::Value readWords(size_t v, mlir::Value word);
  mlir::Value readScale(size_t v, mlir::Value group);
  mlir::Value readOffset(size_t v, mlir::Value group);
  /// The integers that words have for input `step` of each, a constant or
  /// between 0 and the inputs of a word, as f32.
  mlir::Value createNumbers(mlir::Value words, int64_t step);
  mlir::Value createNumbers(mlir::Value words, mlir::Value step);

  /// The sums of one group's inputs times integers, scaled and added to `sums`;
  /// `totals` [rows, groups] are those of the inputs where there is an offset.
  void addGroup(mlir::Value group, llvm::ArrayRef<mlir::Value> ofGroup,
                mlir::Value totals, llvm::SmallVector<mlir::Value> &sums);

  mlir::VectorType vectorOf(mlir::Type element) const {
    return mlir::VectorType::get({shape.lanes}, element);
  }
  size_t count() const { return rows.size() * panels.size(); }

  mlir::ImplicitLocOpBuilder &b;
  mlir::tenon::QuantizedLinearOp op;
  const QuantizedShape &shape;
  llvm::SmallVector<mlir::Value> rows;
  llvm::SmallVector<mlir::Value> panels, columns; ///< of each vector
};

/// Products in f32. `x` is [rows, inputs] of f32, `totals` [rows, groups] the
/// sums of its groups where there is an offset.
llvm::SmallVector<mlir::Value> sumFloats(QuantizedTile &tile, mlir::Value x,
                                         mlir::Value totals);

/// What a processor multiplies at once and adds up: four unsigned and signed
/// bytes (`vpdpbusd`) or signed ones (`sdot`), two of the former, to an i16
/// (`vpmaddubsw`: exact for unsigned ones below 16), or two i16 (`vpmaddwd`).
enum class DigitProducts {
  None,
  FourBytes,
  FourSignedBytes,
  BytePairs,
  WordPairs
};

/// How rows in fixed point are written for such products.
struct DigitForm {
  DigitForm(DigitProducts products, const QuantizedShape &shape);

  /// The largest number.
  int64_t largest() const;

  DigitProducts products;
  int64_t count = 3, bits = 8; ///< of digits, and of each, with its sign
  int64_t inputsOfWord = 4;    ///< whose digits are side by side
  /// What is added to the weight's integers for them to be unsigned, where they
  /// have to be.
  int64_t middle;
};

/// Rows in fixed point, of a unit of its own for each block of inputs, so that
/// the largest takes 24 bits.
struct FixedPointRows {
  mlir::Value x;      ///< what they are made of
  mlir::Value digits; ///< i32 [rows, digits, words]
  mlir::Value starts; ///< i32 [rows, blocks, digits]: - middle * their sum
  mlir::Value units;  ///< f32 [rows, blocks]; infinite for small numbers, NaN
                      ///< for others that three digits do not tell
  mlir::Value totals; ///< f32 [rows, groups]: sums of the blocks with a unit
};

FixedPointRows createFixedPoint(mlir::ImplicitLocOpBuilder &b, mlir::Value x,
                                const QuantizedShape &shape,
                                const DigitForm &form);

/// Products of digits. Blocks that have no unit are multiplied as floats.
llvm::SmallVector<mlir::Value>
sumDigits(QuantizedTile &tile, const FixedPointRows &x, const DigitForm &form);

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_QUANTIZEDTILE_H
