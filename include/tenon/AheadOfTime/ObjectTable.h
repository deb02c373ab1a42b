//===- ObjectTable.h - The data of a compiled model as an object file -----===//

#ifndef TENON_AHEADOFTIME_OBJECTTABLE_H
#define TENON_AHEADOFTIME_OBJECTTABLE_H

#include "tenon/Codegen/Target.h"
#include "tenon/Runtime/Program.h"

namespace tenon {

/// The code of one kernel of one program.
struct TableKernel {
  std::string symbol;
  std::string ptx; ///< empty: the symbol is its code
  KernelShape shape;
};

/// As ObjectVersion, ObjectProgram and CompiledObject of CompiledObject.h.
struct TableVersion {
  std::string target, processor, features;
};
struct TableProgram {
  Program program;
  std::vector<std::vector<TableKernel>> kernels; ///< by version
};
struct ObjectTable {
  std::string symbol; ///< under which the linker finds it
  uint64_t weights = 0;
  std::vector<TableVersion> versions;
  std::vector<TableProgram> programs;
};

/// A relocatable object for the machine that holds the table.
Result<std::string> emitTable(const ObjectTable &table, const Machine &machine);

} // namespace tenon

#endif // TENON_AHEADOFTIME_OBJECTTABLE_H
