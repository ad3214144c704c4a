# The day is built into the binary: the demonstration needs no files beside it.
file(GLOB COPYTASTER_DAY CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/rehearsal/day/*.toml ${CMAKE_SOURCE_DIR}/rehearsal/day/*.txt
  ${CMAKE_SOURCE_DIR}/rehearsal/day/posts/*.jsonl
  ${CMAKE_SOURCE_DIR}/rehearsal/day/pictures/*.toml ${CMAKE_SOURCE_DIR}/rehearsal/day/pictures/*.svg)
copytaster_embed(ct_rehearsal day ${COPYTASTER_DAY})

# The scenes are drawn by librsvg itself (it comes with libvips-dev): libvips's own SVG loader counts as
# untrusted there, and is switched off for the whole process where foreign pictures are read.
pkg_check_modules(RSVG REQUIRED IMPORTED_TARGET librsvg-2.0)
target_link_libraries(ct_rehearsal PRIVATE PkgConfig::RSVG)
