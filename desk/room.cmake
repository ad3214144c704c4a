# The page is served from the program itself.
file(GLOB desk_page CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/desk/page/*)
copytaster_embed(ct_desk page ${desk_page})
