//===- Panels.h - How many panels a tile of a product has -------*- C++ -*-===//

#ifndef TENON_CODEGEN_PANELS_H
#define TENON_CODEGEN_PANELS_H

#include <cstdint>

namespace tenon {

/// Panels that a register tile has, about. With fewer in a tile of the result
/// each row's elements are read for the few vectors of one.
inline constexpr int64_t panelGrain = 3;

} // namespace tenon

#endif // TENON_CODEGEN_PANELS_H
