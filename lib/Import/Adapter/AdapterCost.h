//===- AdapterCost.h - What the two forms of an adapted layer cost --------===//
//
// Between two changes of a model's adapters a layer [out, in] with adapters of
// `rank` ranks in all multiplies `rows` rows in `calls` calls. What the base
// costs is the same in both forms and left out, as is what starting two more
// kernels takes. With e bytes an element:
//
//            products            bytes
//   merged   out in rank         3 out in e
//   beside   rows rank (in+out)  (calls + 2) rank (in+out) e
//
// Merged, a weight is read and another one written, into fresh pages, which the
// system fills with zeros first. Beside, factors are read by each call; laying
// them out when the set is changed reads and writes them once. Rows themselves
// stay in caches.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_ADAPTERCOST_H
#define TENON_LIB_IMPORT_ADAPTER_ADAPTERCOST_H

#include <cstdint>

namespace tenon {

/// What runs between two changes of the adapters.
struct CallPattern {
  int64_t rows;  ///< of all calls, 1 or more
  int64_t calls; ///< 1 or more
};

/// A linear layer whose weight is changed.
struct AdaptedSizes {
  int64_t out, in, rank;
  int64_t elementBytes;
};

/// Products of two numbers.
double countMergedProducts(const AdaptedSizes &sizes);
double countBesideProducts(const AdaptedSizes &sizes,
                           const CallPattern &pattern);

/// Bytes that go to or come from memory.
double countMergedBytes(const AdaptedSizes &sizes);
double countBesideBytes(const AdaptedSizes &sizes, const CallPattern &pattern);

/// Whether adapters are better beside the weight than merged, where a byte
/// takes as long as a few products (as for tenon-choose-mla). As good as each
/// other is merged: rows that come later than told then cost nothing.
bool isBesideCheaper(const AdaptedSizes &sizes, const CallPattern &pattern);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_ADAPTERCOST_H
