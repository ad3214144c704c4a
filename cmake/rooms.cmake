# A room is a folder: all its .cpp files make the static library ct_<room>.
# Adding a platform or a step is adding a file: sources are found, not listed.

# What each room may use of ours (the test tests/architecture reads the includes and checks the same).
set(COPYTASTER_ROOM_core "")
set(COPYTASTER_ROOM_net core)
set(COPYTASTER_ROOM_bus core)
set(COPYTASTER_ROOM_collectors core net)
set(COPYTASTER_ROOM_processors core)
set(COPYTASTER_ROOM_storage core)
set(COPYTASTER_ROOM_desk core net)
set(COPYTASTER_ROOM_rehearsal core net)
set(COPYTASTER_ROOM_app core net bus collectors processors storage desk rehearsal)
set(COPYTASTER_ROOM_bench core net bus collectors processors storage rehearsal app)

# What each room uses of others.
set(COPYTASTER_LIBS_core protobuf::libprotobuf absl::status absl::statusor absl::time absl::strings
    absl::flat_hash_map absl::flat_hash_set absl::inlined_vector OpenSSL::Crypto ICU::uc ICU::i18n PkgConfig::GUMBO Threads::Threads)
set(COPYTASTER_LIBS_net CURL::libcurl Boost::headers OpenSSL::SSL)
set(COPYTASTER_LIBS_bus PkgConfig::RDKAFKA)
set(COPYTASTER_LIBS_collectors simdjson::simdjson LibXml2::LibXml2 PkgConfig::ZSTD)
set(COPYTASTER_LIBS_processors ICU::uc ICU::i18n PkgConfig::EXIV2 PkgConfig::VIPS LibXml2::LibXml2 tomlplusplus::tomlplusplus ${CLD2_LIBRARY})
set(COPYTASTER_LIBS_storage RocksDB::rocksdb-shared PkgConfig::XAPIAN PkgConfig::ZSTD)
set(COPYTASTER_LIBS_desk "")
set(COPYTASTER_LIBS_rehearsal PkgConfig::EXIV2 PkgConfig::VIPS tomlplusplus::tomlplusplus simdjson::simdjson)
set(COPYTASTER_LIBS_bench "")
set(COPYTASTER_LIBS_app CLI11::CLI11 tomlplusplus::tomlplusplus)

function(copytaster_compile_options target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${COPYTASTER_WERROR}>:-Werror>)
  # GCC 12 sees overlaps that are not there in inlined std::string code (its bugs 105329 and 105651).
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Wno-restrict>)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    # simdjson's on-demand front end picks its kernel at compile time; without these it is the fallback.
    target_compile_options(${target} PRIVATE -msse4.2 -mpclmul)
  endif()
  if(COPYTASTER_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${COPYTASTER_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${COPYTASTER_SANITIZE})
    if(COPYTASTER_SANITIZE MATCHES "thread")
      target_compile_options(${target} PRIVATE -Wno-tsan)  # Asio's fences: not modelled, and said so
      # Protobuf's headers give maps another layout under this macro than Debian's library has.
      target_compile_options(${target} PRIVATE -U__SANITIZE_THREAD__)
      target_compile_definitions(${target} PRIVATE COPYTASTER_THREAD_SANITIZER)
    endif()
    if(COPYTASTER_SANITIZE MATCHES "undefined")
      target_compile_options(${target} PRIVATE -fno-sanitize-recover=undefined)
    endif()
  endif()
endfunction()

# Generated code: our flags would only complain about it.
set(COPYTASTER_PROTO_DIR ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
  OUTPUT ${COPYTASTER_PROTO_DIR}/core/copytaster.pb.cc ${COPYTASTER_PROTO_DIR}/core/copytaster.pb.h
  COMMAND ${CMAKE_COMMAND} -E make_directory ${COPYTASTER_PROTO_DIR}
  COMMAND protobuf::protoc --proto_path=${CMAKE_SOURCE_DIR} --cpp_out=${COPYTASTER_PROTO_DIR} core/copytaster.proto
  DEPENDS ${CMAKE_SOURCE_DIR}/core/copytaster.proto
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_library(ct_proto STATIC ${COPYTASTER_PROTO_DIR}/core/copytaster.pb.cc ${COPYTASTER_PROTO_DIR}/core/copytaster.pb.h)
target_include_directories(ct_proto SYSTEM PUBLIC ${COPYTASTER_PROTO_DIR})
target_compile_options(ct_proto PRIVATE -w)
target_link_libraries(ct_proto PUBLIC protobuf::libprotobuf)
if(COPYTASTER_SANITIZE)
  target_compile_options(ct_proto PRIVATE -fsanitize=${COPYTASTER_SANITIZE})
  if(COPYTASTER_SANITIZE MATCHES "thread")
    target_compile_options(ct_proto PRIVATE -U__SANITIZE_THREAD__)
  endif()
endif()

# The records and the status type stand in nearly every file and cost seconds each: read once a target.
function(copytaster_precompile target)
  if(COPYTASTER_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE <core/copytaster.pb.h> <absl/status/statusor.h> <absl/time/time.h>
      <absl/container/flat_hash_map.h> <absl/strings/str_cat.h> <algorithm> <functional> <map> <memory> <string> <vector>)
  endif()
endfunction()

function(copytaster_room room)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${room}/*.cpp ${CMAKE_SOURCE_DIR}/${room}/*/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/app/main\\.cpp$")
  if(NOT sources)
    message(WARNING "The room ${room} has no source file")
    return()
  endif()
  add_library(ct_${room} STATIC ${sources})
  copytaster_compile_options(ct_${room})
  target_link_libraries(ct_${room} PUBLIC ct_proto ${COPYTASTER_LIBS_${room}})
  copytaster_precompile(ct_${room})
  foreach(used ${COPYTASTER_ROOM_${room}})
    if(TARGET ct_${used})
      target_link_libraries(ct_${room} PUBLIC ct_${used})
    endif()
  endforeach()
  if(EXISTS ${CMAKE_SOURCE_DIR}/${room}/room.cmake)
    include(${CMAKE_SOURCE_DIR}/${room}/room.cmake)
  endif()
endfunction()

# copytaster_embed(target name file…): each file's bytes, as
#   std::string_view embedded_<name>(std::string_view file_name)   (empty view: no such file)
# declared by the room in its own header. File names are relative to the room's folder.
function(copytaster_embed target name)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded_${name}.cpp)
  set(assembly "")
  set(table "")
  set(number 0)
  # What is embedded is part of what the compiler is given: a cache that goes by the text alone would keep the old.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  foreach(file ${ARGN})
    file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR} ${file})
    file(SHA256 ${file} digest)
    string(APPEND assembly "// ${digest}\n")
    string(APPEND assembly
      "asm(\".section .rodata\\n.global ct_${name}_${number}\\n.global ct_${name}_${number}_end\\nct_${name}_${number}:\\n.incbin \\\"${file}\\\"\\nct_${name}_${number}_end:\\n.byte 0\\n.previous\\n\");\nextern \"C\" { extern const char ct_${name}_${number}[]; extern const char ct_${name}_${number}_end[]; }\n")
    string(APPEND table "    {\"${relative}\", {ct_${name}_${number}, static_cast<std::size_t>(ct_${name}_${number}_end - ct_${name}_${number})}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "// Generated by cmake/rooms.cmake.
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>
${assembly}
namespace copytaster {
const std::vector<std::pair<std::string_view, std::string_view>>& embedded_${name}() {
  static const std::vector<std::pair<std::string_view, std::string_view>> files = {
${table}  };
  return files;
}
}  // namespace copytaster
")
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${out})
endfunction()
