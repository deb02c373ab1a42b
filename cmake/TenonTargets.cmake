# How a Tenon library is declared. The sources are listed where they lie.

set(TENON_INCLUDES ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)

add_library(tenon_options INTERFACE)
target_include_directories(tenon_options INTERFACE ${TENON_INCLUDES})
target_compile_options(tenon_options INTERFACE -Wall -Wextra -Wno-unused-parameter)
if(TENON_SANITIZE)
  target_compile_options(tenon_options INTERFACE -fsanitize=${TENON_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize=vptr,function)
  target_link_options(tenon_options INTERFACE -fsanitize=${TENON_SANITIZE})
endif()

if(NOT TENON_RUNTIME_ONLY)
  add_library(tenon_mlir_options INTERFACE)
  target_link_libraries(tenon_mlir_options INTERFACE tenon_options MLIR LLVM)
  target_include_directories(tenon_mlir_options SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})

  # The MLIR headers cost 15 s a translation unit; one precompiled header serves all of them.
  file(WRITE ${PROJECT_BINARY_DIR}/pch_anchor.cpp.in "")
  configure_file(${PROJECT_BINARY_DIR}/pch_anchor.cpp.in ${PROJECT_BINARY_DIR}/pch_anchor.cpp COPYONLY)
  add_library(tenon_mlir_pch OBJECT ${PROJECT_BINARY_DIR}/pch_anchor.cpp)
  target_link_libraries(tenon_mlir_pch PRIVATE tenon_mlir_options)
  target_precompile_headers(tenon_mlir_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/MLIRHeaders.h)
  target_compile_options(tenon_mlir_pch PRIVATE -Xclang -fno-pch-timestamp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/MLIRHeaders.h)
  file(SHA256 ${PROJECT_SOURCE_DIR}/cmake/MLIRHeaders.h pch_sum)
  file(WRITE ${PROJECT_BINARY_DIR}/CMakeFiles/tenon_mlir_pch.dir/cmake_pch.hxx.pch.sum
       "${pch_sum} ${MLIR_VERSION} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${TENON_SANITIZE}")
endif()

# Gives a target's sources the precompiled headers. CMake's own REUSE_FROM would name a file of this checkout in a way
# that ccache does not see through, and no two checkouts would share a compilation.
set(TENON_MLIR_PCH ${PROJECT_BINARY_DIR}/CMakeFiles/tenon_mlir_pch.dir/cmake_pch.hxx.pch)
function(tenon_use_mlir_headers target)
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -include-pch -Xclang ${TENON_MLIR_PCH}"
                         "SHELL:-Xclang -fno-pch-timestamp" -fPIC)
  get_target_property(sources ${target} SOURCES)
  set_source_files_properties(${sources} PROPERTIES OBJECT_DEPENDS ${TENON_MLIR_PCH})
  add_dependencies(${target} tenon_mlir_pch)
  if(TARGET TenonTableGen)
    add_dependencies(${target} TenonTableGen)
  endif()
endfunction()

# tenon_library(NAME SOURCES... [MLIR] [LINK ...]): a static library, with the
# precompiled MLIR headers where MLIR is given.
function(tenon_library name)
  cmake_parse_arguments(ARG "MLIR" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  if(ARG_MLIR)
    target_link_libraries(${name} PUBLIC tenon_mlir_options)
    tenon_use_mlir_headers(${name})
  else()
    target_link_libraries(${name} PUBLIC tenon_options)
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# tenon_tool(NAME SOURCES... LINK ...): a program in build/bin.
function(tenon_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE tenon_mlir_options ${ARG_LINK})
  tenon_use_mlir_headers(${name})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
