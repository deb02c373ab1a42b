# The install target and the exported package: find_package(Tenon) gives Tenon::Runtime and, with the compiler, Tenon::Tenon.
include(CMakePackageConfigHelpers)

install(TARGETS TenonRuntimeShared EXPORT TenonTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
# The public headers and what they include: the rest of include/ is Tenon's own.
install(FILES include/tenon/CompiledModel.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tenon)
if(NOT TENON_RUNTIME_ONLY)
  install(TARGETS Tenon EXPORT TenonTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(FILES include/tenon/Tenon.h include/tenon/AheadOfTime.h include/tenon/Generator.h include/tenon/Tokenizer.h include/tenon/RewriteOptions.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tenon)
endif()
install(FILES include/tenon/Runtime/Tensor.h include/tenon/Runtime/TensorSpec.h include/tenon/Runtime/CompiledObject.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tenon/Runtime)
install(EXPORT TenonTargets NAMESPACE Tenon:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Tenon)

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/TenonConfig.cmake CONTENT
"include(\"\${CMAKE_CURRENT_LIST_DIR}/TenonTargets.cmake\")
" @ONLY)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/TenonConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/TenonConfig.cmake ${PROJECT_BINARY_DIR}/TenonConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Tenon)
