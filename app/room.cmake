if(COPYTASTER_PRECOMPILE)
  target_precompile_headers(ct_app PRIVATE <CLI/CLI.hpp>)
endif()
