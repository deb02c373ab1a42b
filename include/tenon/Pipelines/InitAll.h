//===- InitAll.h - Registration of everything Tenon can parse ---*- C++ -*-===//
//
// The one place where the tools learn which dialects and passes there are.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINES_INITALL_H
#define TENON_PIPELINES_INITALL_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace tenon {

/// The tenon dialect, all upstream dialects and their extensions.
void registerAll(mlir::DialectRegistry &registry);

/// Tenon's passes and pipelines and all upstream passes.
void registerAllPasses();

} // namespace tenon

#endif // TENON_PIPELINES_INITALL_H
