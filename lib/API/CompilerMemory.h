//===- CompilerMemory.h - What compiling leaves in memory -------*- C++ -*-===//

#ifndef TENON_LIB_API_COMPILERMEMORY_H
#define TENON_LIB_API_COMPILERMEMORY_H

namespace tenon {

/// Gives memory back to the system that only compiling needs: free parts of
/// the heap, and the pages of LLVM's and MLIR's code and of the tables by which
/// they were linked, which are read from their files again where they are used.
/// They are more than many models take: worth it before compiling, for the
/// tables, and after. Any thread may call this while others compile.
void releaseCompilerMemory();

} // namespace tenon

#endif // TENON_LIB_API_COMPILERMEMORY_H
