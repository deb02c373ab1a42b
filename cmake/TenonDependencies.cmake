# Everything Tenon is built on. The packages are named in scripts/packages.txt.

if(NOT TENON_RUNTIME_ONLY)
  # Debian's package is asked for by minor version: `22` alone is refused.
  find_package(MLIR 22.1 REQUIRED CONFIG PATHS /usr/lib/llvm-22)
  find_package(fmt REQUIRED)
  find_package(Protobuf REQUIRED)
  find_package(Threads REQUIRED)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
  pkg_check_modules(LIBPNG REQUIRED IMPORTED_TARGET libpng)

  list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
  include(TableGen)
  include(AddLLVM)
  include(AddMLIR)
endif()

# The compiler's OpenMP: LLVM's, so that JIT code and the runtime share one libomp.
add_library(tenon_openmp INTERFACE)
target_compile_options(tenon_openmp INTERFACE -fopenmp)
target_link_options(tenon_openmp INTERFACE -fopenmp)

find_program(CCACHE ccache)
if(CCACHE)
  # A precompiled header holds time stamps and paths of its own checkout. ccache is told to judge it by a checksum that
  # is written beside it (cmake/TenonTargets.cmake) and to see paths relative to the checkout, so that every
  # checkout of one machine shares one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_PCH_EXTSUM=1 CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CCACHE})
endif()
