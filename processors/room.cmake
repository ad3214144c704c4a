# What the steps know that is not code, built into the binary so that `process` works without a file.
copytaster_embed(ct_processors config
  ${CMAKE_SOURCE_DIR}/config/sections.toml
  ${CMAKE_SOURCE_DIR}/config/places.toml
  ${CMAKE_SOURCE_DIR}/config/house_style.toml)

# CLD2's code and its big tables are two libraries: libcld2_full holds tables for 175 languages under the
# same names as the 80 of libcld2, and wins when the loader meets it first. So it goes before all
# libraries, and must not be dropped as "not needed".
find_library(CLD2_FULL_LIBRARY cld2_full REQUIRED)
target_link_options(ct_processors INTERFACE
  "SHELL:LINKER:--push-state,--no-as-needed ${CLD2_FULL_LIBRARY} LINKER:--pop-state")
