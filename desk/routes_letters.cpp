// Dead letters.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> letter_routes() {
  return {
      {"POST",
       "/api/dead-letters/{id}/retry",
       "retryDeadLetter",
       "Tries again to read or process what was refused, from what is kept of it.",
       false,
       {in_path("id", "The letter's id, percent-encoded.")},
       {{200, kJson, "What came of it: the letter is gone (read), or why it stays.", "Retried"},
        {404, kJson, "No such letter.", "Error"},
        {503, kJson, "The log is full, or nobody here can do it.", "Error"}},
       retry_letter},
  };
}

}  // namespace copytaster
