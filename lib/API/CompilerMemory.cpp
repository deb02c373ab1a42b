//===- CompilerMemory.cpp - What compiling leaves in memory ---------------===//

#include "CompilerMemory.h"

#include <cstdint>
#include <link.h>
#include <malloc.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

static bool isOfCompiler(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with("libLLVM") || name.starts_with("libMLIR");
}

/// Segments that nothing writes hold what their file does.
static int releaseCode(dl_phdr_info *library, size_t, void *) {
  if (!isOfCompiler(library->dlpi_name))
    return 0;
  auto pageBytes = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (const ElfW(Phdr) *segment = library->dlpi_phdr;
       segment != library->dlpi_phdr + library->dlpi_phnum; ++segment) {
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W))
      continue;
    uintptr_t begin = library->dlpi_addr + segment->p_vaddr,
              end = begin + segment->p_filesz;
    begin -= begin % pageBytes;
    ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
  }
  return 0;
}

void tenon::releaseCompilerMemory() {
  ::malloc_trim(0);
  ::dl_iterate_phdr(releaseCode, nullptr);
}
