//===- Measures.h - What rounding weights costs ---------------------------===//

#ifndef TENON_LIB_API_MEASURES_H
#define TENON_LIB_API_MEASURES_H

#include "tenon/Tenon.h"

namespace tenon {

/// Where adapters have a limit of loss, finds the weights that are to have them
/// beside (AdapterOptions::beside).
Status findKept(const std::filesystem::path &model, CompileOptions &options);

} // namespace tenon

#endif // TENON_LIB_API_MEASURES_H
