//===- Signature.h - What a graph asks for and gives ----------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_SIGNATURE_H
#define TENON_LIB_IMPORT_ONNX_SIGNATURE_H

#include "ModelFile.h"

#include "tenon/Import/Import.h"

namespace tenon::onnx_import {

/// The inputs a caller gives (initializers of old models are none) and the
/// outputs, as the file declares them. One without a declared shape has the
/// symbol "..." and no size. Where adapters go by rows one more input, the
/// last, gives the adapter of each row: of each step along the first axis of
/// the first other input that has one.
Result<Signature> signatureOf(const ModelFile &file,
                              const ImportOptions &options);

/// Whether an input of that signature gives the adapters of rows.
bool isAdapterPort(const Port &port, const ImportOptions &options);

/// The static shapes of the inputs, in their order, from the shapes at hand,
/// `dims` and the file. A size without a symbol is addressed as "input.axis".
Result<std::vector<std::vector<int64_t>>>
resolveShapes(const ModelFile &file, const std::vector<Port> &inputs,
              const ImportOptions &options);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_SIGNATURE_H
