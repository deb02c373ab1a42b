//===- AdapterSet.h - The adapters of a model -----------------------------===//
//
// What importers ask for: weights and layers with what all adapters change of
// them, in the form that the options choose.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_ADAPTERSET_H
#define TENON_LIB_IMPORT_ADAPTER_ADAPTERSET_H

#include "Adapter.h"

#include "tenon/RewriteOptions.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace tenon {

/// A layer x W^T + b, made of operands without adapters.
struct PlainLayer {
  mlir::Value input, weight; ///< [.., in], [out, in]
  mlir::Value bias;          ///< [out], or null
};

/// Modules are given by all names under which adapters may know them, the
/// base's own first. The first complaint is kept for `finish`; what is built
/// behind it is to be thrown away.
class AdapterSet {
public:
  static Result<AdapterSet> open(const AdapterOptions &options);

  bool empty() const { return adapters.empty(); }
  bool isByRow() const { return form == AdapterForm::ByRow; }
  /// Whether a linear layer has its adapters beside its weight, which has, read
  /// as [out, in], this shape.
  bool isBeside(mlir::Value weight, llvm::ArrayRef<int64_t> shape,
                llvm::ArrayRef<std::string> module);
  /// The adapter of each row of the batch [batch]; without it, where they go by
  /// rows, all have the base.
  void setRows(mlir::Value value) { rows = value; }

  /// The parameter `module.part` with all changes merged, in any form.
  mlir::Value merge(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::Value parameter, llvm::ArrayRef<std::string> module,
                    llvm::StringRef part);
  /// Of a weight only what is added to it. That of a transposed convolution is
  /// [in, out, k..]; of a convolution's those changes that no kernel of its
  /// groups can hold are left to addAcrossGroups().
  enum class WeightUse { Any, Convolution, TransposedConvolution };
  mlir::Value mergeWeight(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value weight,
                          llvm::ArrayRef<std::string> module,
                          WeightUse use = WeightUse::Any);
  /// What takes the place of `module.part`, or the parameter itself.
  mlir::Value replace(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value parameter, llvm::ArrayRef<std::string> module,
                      llvm::StringRef part);
  /// A bias with what is added to it.
  mlir::Value mergeBiases(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value bias, llvm::ArrayRef<std::string> module);
  /// The result of a layer with its changes.
  mlir::Value addLayer(mlir::OpBuilder &builder, mlir::Location loc,
                       const PlainLayer &layer,
                       llvm::ArrayRef<std::string> module);
  /// `base`, which some layer made of `input`, with the changes beside it. Of a
  /// tenon.conv those that no weight of its groups can hold.
  mlir::Value addBeside(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value base, mlir::Value input,
                        llvm::ArrayRef<std::string> module);

  mlir::Value addAcrossGroups(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::Value base,
                              llvm::ArrayRef<std::string> module);
  /// Names of modules that adapters know whose ends are alike.
  std::vector<std::string> namesLike(llvm::StringRef name) const;

  /// The first complaint, or that something of an adapter was used by nothing.
  Status finish() const;

private:
  /// A place without adapter holds none.
  using Places = std::vector<std::optional<Adapter>>;
  using Changes = std::vector<std::optional<WeightChange>>;

  AdapterSet(const AdapterOptions &options, Places adapters)
      : form(options.form), rowsPerSwap(options.rowsPerSwap),
        rowsPerCall(options.rowsPerCall), rank(options.rank),
        kept(options.beside), adapters(std::move(adapters)) {}
  void know(llvm::ArrayRef<std::string> module) {
    modules.push_back(module.front());
  }
  /// By place.
  Changes changesOf(llvm::ArrayRef<std::string> module,
                    llvm::ArrayRef<int64_t> shape, bool isTransposed = false);
  mlir::Value layerBeside(mlir::OpBuilder &builder, mlir::Location loc,
                          const PlainLayer &layer,
                          llvm::ArrayRef<std::string> module);
  mlir::Value withProducts(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value base, mlir::Value input,
                           const Changes &changes, const std::string &module);
  void complain(const std::string &message) {
    if (!first)
      first = Error{message};
  }

  AdapterForm form;
  int64_t rowsPerSwap, rowsPerCall; ///< of AdapterForm::Auto
  int64_t rank; ///< that all factors are filled up to; 0: their own
  std::set<std::string> kept; ///< weights with adapters beside them
  Places adapters;
  mlir::Value rows;
  std::vector<std::string> modules; ///< that were asked for
  std::optional<Error> first;
};

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_ADAPTERSET_H
