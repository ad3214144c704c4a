# CLI11's header makes code in every file that includes it: eight seconds of it under the sanitizers. The commands
# are compiled in a few large files, and nothing else of the room sees it.
file(GLOB others CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/app/*.cpp)
set_source_files_properties(${others} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
set_target_properties(ct_app PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 7)
