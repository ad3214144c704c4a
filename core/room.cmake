# The version comes from project(); a definition for this one file changes no other file's build.
set_source_files_properties(${CMAKE_SOURCE_DIR}/core/version.cpp PROPERTIES
  COMPILE_DEFINITIONS "COPYTASTER_VERSION=\"${PROJECT_VERSION}\"" SKIP_PRECOMPILE_HEADERS ON)
